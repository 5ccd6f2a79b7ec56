"""Load time, memory and matching speed of the knowledge base.

python benchmarks/knowledge.py
"""

from __future__ import annotations

import resource
import sys
import time


def peak() -> float:
    """Peak memory of this process in MB (ru_maxrss is in kB on Linux, in bytes on macOS)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def main() -> None:
    from policy_ie.knowledge import base

    before = peak()
    start = time.perf_counter()
    kb = base.knowledge_base()
    loaded = time.perf_counter()
    kb.hits("")
    built = time.perf_counter()
    text = (
        "Die Städte Aachen, Stolberg und Düren und der Kreis Euskirchen erhalten vom Land Nordrhein-Westfalen Mittel für "
        "den Aufbau kommunaler Präventionsketten, teilte das Ministerium in Düsseldorf am Dienstag mit. "
    ) * 40
    kb.hits(text)
    best = min(_timed(kb.hits, text) for _ in range(20))
    print(f"entries           {len(kb):10,}")
    print(f"tables            {loaded - start:10.3f} s")
    print(f"automaton         {built - loaded:10.3f} s")
    print(f"memory            {peak() - before:10.1f} MB")
    print(f"one pass          {best / len(text.split()) * 1e6:10.2f} µs/word")


def _timed(function: object, argument: str) -> float:
    start = time.perf_counter()
    function(argument)  # type: ignore[operator]
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
