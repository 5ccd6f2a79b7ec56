"""The test suites of other tools, run through our components and scored.

    python benchmarks/suites.py SUITES_FOLDER SCORER [--suite ms_currency] [--errors FOLDER]

SUITES_FOLDER holds `<suite>.jsonl` (converted cases of other tools), SCORER is the script that compares spans and values.
Each suite is scored on its press subset, as it stands and without the cases of `suites_exceptions.tsv` (what a suite wants
and TimeML or our contract forbids, with the reason). Exit code 1 where a suite misses its floor without the exceptions.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from suite_dates import convert

Case = dict[str, Any]
Spans = list[dict[str, Any]]
EXCEPTIONS = Path(__file__).with_name("suites_exceptions.tsv")


@cache
def pipeline(name: str) -> Any:
    import spacy

    nlp = spacy.blank("de")
    nlp.add_pipe(name)
    return nlp


def money(case: Case) -> Spans:
    """Money spans with their amount."""
    spans: Spans = []
    for mention in pipeline("policy_money")(case["text"])._.policy.mentions:
        amount = mention.value.amount
        value = None if amount is None else str(amount)
        spans.append(
            {"start": mention.start, "end": mention.end, "type": "currency", "value": value, "iso": mention.value.currency}
        )
    return spans


def numbers(case: Case) -> Spans:
    """Numbers in words and digits."""
    from policy_ie.language.numbers import find_numbers

    return [{"start": n.start, "end": n.end, "type": "number", "value": str(n.value)} for n in find_numbers(case["text"])]


def dates(case: Case) -> Spans:
    """Temporal expressions against the reference time of the case."""
    nlp = pipeline("policy_dates")
    doc = nlp.make_doc(case["text"])
    if case["reference_time"]:
        doc._.policy.published = dt.datetime.fromisoformat(case["reference_time"]).date()
    doc = nlp.get_pipe("policy_dates")(doc)
    return convert(case["text"], doc._.policy.mentions, case["id"].split("-")[0])


#: Suite: how to run it, and the floors of strict span and value (per cent, press subset without exceptions).
SUITES: dict[str, tuple[Callable[[Case], Spans], float, float]] = {
    "ms_currency": (money, 100, 100),
    "text2num": (numbers, 95, 95),
    "ms_datetime_model": (dates, 95, 88),
    "chrono": (dates, 95, 90),
    "dateparser": (dates, 0, 95),
}


def exceptions() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with EXCEPTIONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault(row["suite"], set()).add(row["id"])
    return found


def score(cases: list[Case], run: Callable[[Case], Spans], scorer: Path, errors: Path | None) -> tuple[str, float, float]:
    """The scorer's line, strict span and value in per cent."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
        gold.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
        predicted.write_text("".join(json.dumps({"id": c["id"], "spans": run(c)}) + "\n" for c in cases), encoding="utf-8")
        command = [sys.executable, str(scorer), str(gold), str(predicted), "--press"]
        command += ["--errors", str(errors)] if errors else []
        line = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    found = re.search(r"strict-span ([\d.]+|nan)%.*value ([\d.]+|nan)%", line)
    if found is None:
        raise SystemExit(f"the scorer said: {line}")
    return line, float(found[1]), float(found[2])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", type=Path, help="folder with the suites")
    parser.add_argument("scorer", type=Path, help="script that scores a suite")
    parser.add_argument("--suite", choices=sorted(SUITES), action="append", help="only this one")
    parser.add_argument("--errors", type=Path, help="folder for the cases that fail")
    arguments = parser.parse_args()
    if arguments.errors:
        arguments.errors.mkdir(parents=True, exist_ok=True)
    left_out = exceptions()
    failed = False
    for name in arguments.suite or SUITES:
        run, span_floor, value_floor = SUITES[name]
        lines = (arguments.suites / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        cases = [json.loads(line) for line in lines]
        line, _, _ = score(cases, run, arguments.scorer, arguments.errors and arguments.errors / f"{name}.jsonl")
        print(f"{name:18} as it stands        {line}")
        kept = [case for case in cases if case["id"] not in left_out.get(name, set())]
        line, span, value = score(kept, run, arguments.scorer, None)
        ok = span >= span_floor and value >= value_floor
        failed |= not ok
        print(f"{name:18} without exceptions  {line}  {'ok' if ok else f'BELOW {span_floor}/{value_floor}'}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
