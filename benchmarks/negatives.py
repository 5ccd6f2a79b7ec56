"""Counts what the extractor finds where there is nothing to find: recipes, matches, novels, statutes, traffic, weather.

    python benchmarks/negatives.py [CORPORA] [--profile rules] [--show N]

The texts under `tests/negatives` are our own. With the folder of corpora, court decisions (LER) and traffic messages (MobIE)
are counted too; they are not part of the project, and a few of the messages do tell events.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from policy_ie import Extractor

OWN = Path(__file__).parent.parent / "tests" / "negatives"
#: Tokens of a document where a corpus has none, and tokens read of each file.
DOCUMENT, FILE = 400, 60_000


def own() -> Iterator[tuple[str, str]]:
    """Kind and text of our own negative documents; the kind stands before the underscore of the name."""
    for file in sorted(OWN.glob("*.txt")):
        yield file.stem.partition("_")[0], file.read_text(encoding="utf-8")


def corpora(folder: Path) -> Iterator[tuple[str, str]]:
    """Kind and text of negative documents from the corpora of others."""
    for name in ("ler-bag", "ler-bfh", "ler-bsg", "ler-bverwg"):
        yield from (("court decisions (LER)", text) for text in documents(folder / "ner" / "ler" / f"{name}.conll"))
    for name in ("train", "test"):
        file = folder / "ner" / "mobie" / f"{name}.conll2003"
        yield from (("traffic messages (MobIE)", text) for text in documents(file))


def documents(file: Path) -> Iterator[str]:
    """The words in the first column of a file as running text, a few hundred at a time."""
    words: list[str] = []
    read = 0
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            word = line.split(maxsplit=1)[:1]
            if word and word != ["-DOCSTART-"]:
                words += word
            elif len(words) >= DOCUMENT:
                read += len(words)
                yield running(words)
                words = []
            if read > FILE:
                return
    if words:
        yield running(words)


def running(words: Iterable[str]) -> str:
    """Words with the spaces that German typography puts between them."""
    text = re.sub(r" ([.,;:!?)\]“])", r"\1", " ".join(words))
    return re.sub(r"([(\[„]) ", r"\1", text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="?", type=Path)
    parser.add_argument("--profile", default="rules", choices=("rules", "default"))
    parser.add_argument("--show", type=int, default=0, help="print up to N events of every kind of text and type")
    options = parser.parse_args()
    extractor = Extractor(profile=options.profile)
    words: Counter[str] = Counter()
    events: dict[str, Counter[str]] = {}
    shown: Counter[tuple[str, str]] = Counter()
    for kind, text in [*own(), *(corpora(options.corpora) if options.corpora else ())]:
        words[kind] += len(text.split())
        for event in extractor.extract(text).events:
            events.setdefault(kind, Counter())[event.type] += 1
            shown[kind, event.type] += 1
            if shown[kind, event.type] <= options.show:
                print(f"{kind} | {event.type} | {event.why} | {' '.join(event.sentence.text.split())[:240]}")
    print(f"{'kind':26} {'words':>7} {'events':>7} {'per 1,000':>9}  types")
    for kind, count in words.items():
        found = events.get(kind, Counter())
        types = ", ".join(f"{name} {n}" for name, n in found.most_common())
        print(f"{kind:26} {count:7} {found.total():7} {1000 * found.total() / count:9.2f}  {types}")


if __name__ == "__main__":
    main()
