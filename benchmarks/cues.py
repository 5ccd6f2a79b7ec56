"""How much of the words of saying in parliament the cue lexicon of `policy_quotes` knows.

    python benchmarks/cues.py CORPUS.jsonl [...] [--missing N]

Reads the speech events of SpkAtt-2023 (Bundestag speeches: cue, source, message); not part of the project. Counted is how many
cues have a word that is in the lexicon: all, those without a noun, and of these the ones with a source and a message, as a
release has them. Verbs of thinking, feeling and deciding are cues there too, and no statements for us.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from policy_ie.components.quotes.cues import cues
from policy_ie.language.verbs import verb


def tokens(sentences: list[list[str]], places: list[str]) -> list[str]:
    """The tokens at places like "3:12": sentence and token."""
    return [sentences[int(sentence)][int(token)] for sentence, token in (place.split(":") for place in places)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--missing", type=int, default=0, help="print the N most frequent forms that are not known")
    options = parser.parse_args()
    lexicon = cues()
    words = {word for phrases in lexicon.formulas.values() for phrase in phrases for word in phrase.split()}
    for lemma in {cue.lemma for known in lexicon.forms.values() for cue in known}:
        entry = verb(lemma.split()[-1])
        words |= {*entry.joined, *entry.apart}
    known: Counter[str] = Counter()
    total: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for document in (json.loads(line) for path in options.corpora for line in path.open(encoding="utf-8")):
        sentences = [sentence["Tokens"] for sentence in document["Sentences"]]
        for event in document["Annotations"]:
            cue, particle = (tokens(sentences, event[part]) for part in ("Cue", "PTC"))
            found = any(word.lower() in words for word in cue)
            rows = ["all cues"]
            if cue and not any(word[0].isupper() for word in cue):
                rows += ["verbs and particles"] + ["… with source and message"] * bool(event["Source"] and event["Message"])
            for row in rows:
                total[row] += 1
                known[row] += found
            if not found and len(rows) == 3:
                missing[" ".join([*cue, *(f"| {word}" for word in particle)])] += 1
    for row, count in total.items():
        print(f"{row:32} {count:6} {known[row] / count:.3f}")
    for form, count in missing.most_common(options.missing):
        print(f"{count:5} {form}")


if __name__ == "__main__":
    main()
