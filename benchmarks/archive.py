"""Cost of a run over generated archives of growing size, and over one with more workers.

    python benchmarks/archive.py [--documents 1000 10000] [--workers 1 2] [--profile rules]

The archives are generated (`generate.py`): one in ten documents repeats another one, one in a hundred is broken. Memory is
that of the largest worker and of the parent, in MB; "grows" compares the last tenth of the run with the second (Linux only).
No worker is recycled, so that growth would show.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import threading
from collections import defaultdict
from pathlib import Path

from generate import archive, write

SECONDS = 0.5
"""Time between two looks at the memory."""


class Memory:
    """Resident memory of this process and its children, looked at all along."""

    def __init__(self) -> None:
        self.seen: dict[int, list[float]] = defaultdict(list)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(SECONDS):
            for pid in [os.getpid(), *(child.pid for child in multiprocessing.active_children())]:
                try:
                    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
                except OSError:
                    continue
                self.seen[pid or 0].append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)

    def __str__(self) -> str:
        """Peak and growth, of the largest worker and of the parent."""
        said = []
        parent = self.seen.pop(os.getpid(), [])
        workers = max(self.seen.values(), key=max, default=[])
        for name, values in (("worker", workers), ("parent", parent)):
            if values:
                tenth = len(values) // 10
                second, last = values[tenth : 2 * tenth], values[-tenth:]
                grows = f", grows {sum(last) / sum(second) - 1:+.1%}" if tenth else ""
                said.append(f"{name} {max(values):.0f} MB{grows}")
        return "; ".join(said)


def main() -> None:
    from policy_ie.archive import run

    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--profile", default="rules")
    options = parser.parse_args()
    for documents in options.documents:
        for workers in options.workers:
            with tempfile.TemporaryDirectory() as name:
                source = Path(name) / "archive.jsonl"
                write(archive(documents), source)
                with Memory() as memory:
                    s = run([source], Path(name) / "out", workers=workers, profile=options.profile, recycle=10**9)
            assert s.documents + s.errors == documents
            print(
                f"{documents} documents, {workers} workers: {s.documents} records, {s.errors} errors, {s.seconds:.1f} s, "
                f"{s.processed / s.seconds:.1f} docs/s, {s.words / s.seconds:,.0f} words/s; {memory}",
                flush=True,
            )


if __name__ == "__main__":
    main()
