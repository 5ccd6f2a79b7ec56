"""The evaluation gate: figures on the annotated corpus may only rise.

python tests/corpus/gate.py [--split dev] [--profile rules] [--errors 5] [--update [--lower]]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
BASELINE = FOLDER / "baseline.json"
sys.path.insert(0, str(FOLDER))

from annotation import gold, parse  # noqa: E402, F401
from score import score  # noqa: E402

#: Figures that are gated: value F1 of every kind, the three of events, and who speaks in the statements that were found.
MEASURES = ("value", "event", "argument", "modality", "speaker")


def records_of(documents: list[dict[str, Any]], profile: str) -> list[dict[str, Any]]:
    from policy_ie import Extractor

    items = [{"text": d["text"], "id": d["id"]} for d in documents]
    return [r.model_dump(mode="json") for r in Extractor(profile=profile).extract_many(items, errors="raise")]


def figures(split: str, profile: str) -> tuple[dict[str, float], list[Any]]:
    documents = gold(split)
    rows, errors = score(documents, records_of(documents, profile))
    return {name: row["f1"] for name, row in rows.items() if name.split("/")[1] in MEASURES}, errors


def checksum(split: str) -> str:
    content = json.dumps(gold(split), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def baseline() -> dict[str, Any]:
    return json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "test"))
    parser.add_argument("--profile", choices=("rules", "default"))
    parser.add_argument("--errors", type=int, default=0, help="list up to N errors of every row (dev only)")
    parser.add_argument("--update", action="store_true", help="raise the floors")
    parser.add_argument("--lower", action="store_true", help="with --update: allow a floor to fall")
    options = parser.parse_args()
    floors = baseline()
    for split in [options.split] if options.split else ["dev", "test"]:
        for profile in [options.profile] if options.profile else ["rules", "default"]:
            found, errors = figures(split, profile)
            known = floors.get(split, {}).get(profile, {})
            print(f"{split} {profile}: {len(gold(split))} releases")
            for name, value in sorted(found.items()):
                print(f"  {name:32} {value:.4f}  floor {known.get(name, 0):.4f}")
            if options.errors and split == "dev":
                shown: Counter[str] = Counter()
                for error in errors:
                    shown[error[0]] += 1
                    if shown[error[0]] <= options.errors:
                        print("    ", *error, sep=" | ")
            if options.update:
                fallen = [n for n, v in known.items() if found.get(n, 0) < v]
                if fallen and not options.lower:
                    raise SystemExit(f"would lower {fallen}; pass --lower where that is right")
                floors.setdefault(split, {})[profile] = found
                floors[split]["checksum"] = checksum(split)
    if options.update:
        BASELINE.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
