"""Sentence boundaries on the project's own corpus: what the pipelines use, and what the base alone finds.

`sentences.tsv` holds the offsets at which the sentences of the releases in `tests/corpus/dev` begin: drawn up by the rules,
then read and mended by hand. Headlines, list items, lines of a letterhead and a dateline with a full stop are sentences of
their own. A release whose text has changed since is left out.
"""

import csv
import sys
from pathlib import Path
from zlib import crc32

import pytest

from policy_ie import load
from policy_ie.base import load_base
from policy_ie.components.base import policy_layer

CORPUS = Path(__file__).parents[1] / "corpus"


def spans(text, starts):
    starts = sorted(starts)
    return {(a, len(text[:b].rstrip())) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)}


@pytest.fixture(scope="module")
def releases():
    sys.path.insert(0, str(CORPUS))
    from annotation import gold

    texts = {d["id"]: d["text"] for d in gold("dev")}
    with (Path(__file__).parent / "sentences.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = [(texts[r["release"]], {int(s) for s in r["starts"].split()}) for r in rows
             if crc32(texts.get(r["release"], "").encode()) == int(r["text_crc32"])]  # fmt: skip
    assert len(found) > 0.5 * len(rows), "most texts have changed: draw up sentences.tsv anew"
    return found


def f1(releases, starts_of):
    hit = gold = found = 0
    for text, starts in releases:
        right, ours = spans(text, starts), spans(text, starts_of(text))
        hit, gold, found = hit + len(right & ours), gold + len(right), found + len(ours)
    return 2 * hit / (gold + found)


@pytest.mark.parametrize("profile", ["rules", "default"])
def test_sentences_that_the_components_read(releases, profile):
    nlp = load(profile, disable=["policy_events"])
    assert f1(releases, lambda text: {start for start, _ in policy_layer(nlp(text)).sentences}) >= 0.98


def test_sentences_of_the_base_alone(releases):
    nlp = load_base(exclude=("policy_lemmatizer",))

    def starts(text):
        return {s.start_char + len(s.text) - len(s.text.lstrip()) for s in nlp(text).sents if s.text.strip()}

    assert f1(releases, starts) >= 0.96
