"""Temporal expressions of KRAUTS: predictions in the form that timex_score.py reads.

usage: python benchmarks/timex.py CORPUS.jsonl > predictions.jsonl

The corpus (newspaper articles with TIMEX3, CC BY-NC) is used for measuring only. Intervals are ours, TimeML has none.
"""

from __future__ import annotations

import datetime as dt
import json
import sys

from policy_ie.components.dates.component import temporal_expressions


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            found = temporal_expressions(document["text"], dt.date.fromisoformat(document["dct"][:10]))
            timex = [
                {"start": e.start, "end": e.end, "type": "DATE" if e.type == "INTERVAL" else e.type, "value": e.value}
                for e in found
            ]
            print(json.dumps({"id": document["id"], "timex": timex}))


if __name__ == "__main__":
    main()
