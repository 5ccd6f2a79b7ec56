"""Speed and memory of the pipeline, as ratios in one run.

    python benchmarks/speed.py [--profile rules] [--releases FOLDER] [--repeat 5]

Words are stretches without white space. Every figure is the best of several rounds over the same documents on one core,
so a noisy machine disturbs little; the ratios to spaCy's blank German tokenizer, measured in the same rounds, are what
to compare. `--growth` measures that time grows linearly with the text: with copies of the releases, and with texts that
repeat what the rules look for, at one length and at twice the length.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_ie import Extractor

# One core, before any numeric library is loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"

#: What a page may repeat ten thousand times: lists, tables, menus, and the beginnings of what the rules read.
HOSTILE = (
    "a", "(", "„", "1 ", "1.", "– ", ". ", "A ", "Ä-", "\n", "\n\n", "x\n", "Wort ", "wort, ", "Kreis-, ", "von ", "und ",
    "1.000 ", "5 Euro ", "5 Euro, ", "rund ", "zwei hundert ", "Mio. ", "von 5 bis ", "pro ",
    "3. ", "3. Mai ", "am 3., ", "bis ", "ab dem 3. ", "seit 2019 bis ", "Montag, ", "9 Uhr - ", "letzten ",
    "Essen, ", "Köln\n", "Köln (", "Köln-", "Stadt ", "der Stadt ", "Mülheim und ", "Kreis ",
    "Ministerium für ", "Innen- und ", "Verband der ", "Landtag ", "GmbH ", "ABC ", "(LVR) ", "Amt für ",
    "Programm ", "„Programm“ ", "Projekt „A“, ", "Preis für ",
    "Ministerin Ute Muster und ", "Eva Muster, ", "Dr. Dr. ", "Landrat der Stadt der ", "Eva ", "Muster ", "das Land ",
    "sagte ", "„Ja“, sagte er. ", "so Muster. ", "„Ja ", "fördert ", "das Land fördert die Stadt ", "wird, dass ", ", die ",
)  # fmt: skip
#: Characters of such a text.
HOSTILE_SIZE = 20_000


def texts_of(folder: Path | None) -> list[str]:
    if folder is not None:
        return [p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.txt"))]
    sys.path.insert(0, str(CORPUS))
    from annotation import gold

    return [document["text"] for split in ("dev", "test") for document in gold(split)]


def build() -> str:
    """Whether the hot modules are compiled (hatch_build.py)."""
    from policy_ie.language import tokens

    return "pure Python" if (tokens.__file__ or "").endswith(".py") else "compiled"


def best(action: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def memory_mb() -> float:
    """Peak resident memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def components(nlp, texts: list[str], rounds: int) -> dict[str, float]:
    """Seconds that each component takes over all texts, best of the rounds."""
    from policy_ie.components.base import policy_layer

    spent: dict[str, float] = {}
    for _ in range(rounds):
        now: dict[str, float] = {}
        docs = [nlp.make_doc(text) for text in texts]
        for doc in docs:
            policy_layer(doc).mirrored = False
        for name, component in nlp.pipeline:
            start = time.perf_counter()
            docs = [component(doc) for doc in docs]
            now[name] = time.perf_counter() - start
        for name, seconds in now.items():
            spent[name] = min(spent.get(name, seconds), seconds)
    return spent


def growth(extractor: Extractor, texts: list[str]) -> None:
    """Prints time against the length of the text."""
    print(f"\n{'copies':>7} {'characters':>11} {'µs/word':>8}")
    body = "\n\n".join(texts)[:20_000]
    for copies in (1, 2, 4, 8, 16, 32):
        text = "\n\n".join([body] * copies)
        seconds = best(lambda text=text: extractor.extract(text), 2)
        print(f"{copies:7} {len(text):11,} {1e6 * seconds / len(text.split()):8.2f}")

    print(f"\n{'repeated':28} {'µs/char':>8} {'at 2n':>8} {'growth':>7}   n = {HOSTILE_SIZE:,} characters; 1.0 is linear")
    for unit in HOSTILE:
        cost = []
        for size in (HOSTILE_SIZE, 2 * HOSTILE_SIZE):
            text = "x " + unit * (size // len(unit))
            cost.append(1e6 * best(lambda text=text: extractor.extract(text), 3) / len(text))
        print(f"{unit!r:28} {cost[0]:8.2f} {cost[1]:8.2f} {cost[1] / cost[0]:7.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default="rules")
    parser.add_argument("--releases", type=Path, help="folder of .txt files; the annotated corpus by default")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="time against length of the text")
    options = parser.parse_args()

    empty = memory_mb()
    start = time.perf_counter()
    import spacy

    from policy_ie import Extractor

    imported = time.perf_counter()
    extractor = Extractor(profile=options.profile)
    extractor.extract("Der Landkreis Soest erhält am 3. Mai 2024 eine Förderung von 1,5 Mio. Euro.")
    loaded = time.perf_counter()

    texts = texts_of(options.releases)
    words = sum(len(text.split()) for text in texts)
    blank = spacy.blank("de")
    items = [{"text": text, "id": str(n)} for n, text in enumerate(texts)]

    # Taken turn by turn, so that a slow moment of the machine meets both.
    tokenizer = whole = float("inf")
    for _ in range(options.repeat):
        tokenizer = min(tokenizer, best(lambda: [blank.make_doc(text) for text in texts], 2))
        whole = min(whole, best(lambda: list(extractor.extract_many(items)), 2))
    parts = components(extractor.nlp, texts, options.repeat)
    records = list(extractor.extract_many(items))
    written = best(lambda: [r.model_dump_json() for r in records], options.repeat)

    versions = f"python {sys.version.split()[0]}, spacy {spacy.__version__}, policy_ie {build()}"
    print(f"{versions}, profile {options.profile}: {len(texts)} documents, {words} words")
    print(f"{'step':28} {'words/s':>10} {'µs/word':>8} {'of tokenizer':>13}")
    rows = [("blank German tokenizer", tokenizer), *parts.items(), ("writing JSON", written), ("extract_many, all", whole)]
    for name, seconds in rows:
        seconds = max(seconds, 1e-9)
        print(f"{name:28} {words / seconds:10,.0f} {1e6 * seconds / words:8.2f} {seconds / tokenizer:12.0%}")
    print(f"speed of the profile against the tokenizer: {tokenizer / whole:.1%}")
    print(f"import {imported - start:.2f} s, load with first document {loaded - imported:.2f} s")
    print(f"peak memory {memory_mb():.0f} MB ({empty:.0f} MB of them the interpreter)")

    if options.growth:
        growth(extractor, texts)


if __name__ == "__main__":
    main()
