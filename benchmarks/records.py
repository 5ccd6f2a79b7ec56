"""Writes the records of the annotated corpus: two builds of the library must write the same bytes.

python benchmarks/records.py OUT.jsonl [--build compiled]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from speed import build, texts_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--build", choices=("compiled", "pure Python"), help="fail where this is another build")
    options = parser.parse_args()
    if options.build not in (None, build()):
        raise SystemExit(f"this build is {build()}, not {options.build}")

    from policy_ie import Extractor

    items = [{"text": text, "id": str(n)} for n, text in enumerate(texts_of(None))]
    records = [record.model_dump_json() for record in Extractor(profile="rules").extract_many(items, errors="raise")]
    options.out.write_text("\n".join(records), encoding="utf-8")
    print(f"{build()}: {len(records)} records in {options.out}")


if __name__ == "__main__":
    main()
