"""Speed of a run over a generated archive, by number of workers.

    python benchmarks/archive.py [--documents 2000] [--workers 1 2] [--profile rules]

The archive is a generated one (`generate.py`): one in ten documents repeats another one, one in a hundred is broken.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from generate import archive, write


def main() -> None:
    from policy_ie.archive import run

    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--profile", default="rules")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "archive.jsonl"
        write(archive(options.documents), source)
        for workers in options.workers:
            s = run([source], Path(name) / str(workers), workers=workers, profile=options.profile)
            assert s.documents + s.errors == options.documents
            print(
                f"{workers} workers: {s.documents} records, {s.errors} errors, {s.seconds:.1f} s, "
                f"{s.processed / s.seconds:.1f} docs/s, {s.words / s.seconds:,.0f} words/s"
            )


if __name__ == "__main__":
    main()
