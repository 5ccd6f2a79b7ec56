"""Happenings: events of different documents that are one, with what their sources say differently.

Pairs to compare come from keys that two reports of one happening share (place, sum, person, programme or a rare word, and a
fortnight), so that the work grows with the number of events. A pair gets points for what agrees (`scored` in
happenings.sql); some disagreements rule it out: another type or place, days that do not meet, another programme. Pairs are
joined from the best on, and two events of one document never become one happening. All of it is SQL over tables on the disk
but the joining, which holds eight bytes per event.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from policy_ie.archive.linking.groups import Groups
from policy_ie.archive.linking.sql import statement

__all__ = ["find_happenings"]

#: Points from which on two events are one happening.
_ENOUGH = 4.5

#: Days between stated days that two reports may differ in: money is announced on one day and handed over on another.
_APART = {"funding": 10, "call": 14, "budget": 14, "programme": 10, "decision": 3, "publication": 3}
_APART_ELSE = 1

#: Days between two releases of which one states no day: a visit is not reported twice in weeks, a grant is.
_RELEASES_APART = dict.fromkeys(("funding", "call", "budget", "programme", "decision", "publication", "appointment"), 14)
_RELEASES_APART_ELSE = 5

#: Events that share a key are compared with those of the same stretch of the block only.
_STRETCH = 32

#: Share of common nouns from which on two sums are one sum told differently, and from which on a release that names one
#: visitor and one that names another tell of one visit.
_SAME_THING, _SAME_VISIT = 0.25, 0.5

#: Actions that are different happenings; the others may be two words for one.
_PHASES = {
    ("opening", "groundbreaking"): "begins", ("opening", "opening"): "ends", ("opening", "completion"): "ends",
    ("appointment", "dismissed"): "goes", ("appointment", "resigned"): "goes", ("appointment", "elected"): "comes",
    ("appointment", "appointed"): "comes", ("appointment", "sworn_in"): "comes", ("appointment", "confirmed"): "comes",
    ("decision", "introduces"): "begins", ("decision", "adopts"): "ends", ("decision", "approves"): "ends",
    ("decision", "rejects"): "fails",
    ("programme", "launch"): "begins", ("programme", "join"): "runs", ("programme", "expand"): "runs",
    ("programme", "continue"): "runs", ("programme", "end"): "ends",
}  # fmt: skip

#: A place by its name: one and the same place can have two keys where releases say too little about where it is.
_PLACE = r"regexp_replace(lower(e.text), '^(land)?kreis(es)?\s|\s+', ' ', 'g')"

#: Sums this near each other are one, rounded differently.
_TOLERANCE = 0.01


def find_happenings(connection: Any, work: Path) -> None:
    """Makes the tables `happenings`, `reports` and `contradictions`; needs those of `find_duplicates` and `find_identities`."""
    paths = {name: work / f"{name}.parquet" for name in ("scored", "parts", "ordered", "members")}
    names = {name: str(path).replace("'", "''") for name, path in paths.items()}
    phase = " ".join(f"WHEN '{kind}/{action}' THEN '{phase}'" for (kind, action), phase in _PHASES.items())
    connection.execute(statement("happenings", "events", phase=f"CASE e.type || '/' || e.action {phase} END", place=_PLACE))
    connection.execute(statement("happenings", "words"))
    connection.execute(statement("happenings", "pairs", stretch=_STRETCH))
    values = {
        "tolerance": _TOLERANCE,
        "apart": _cases(_APART, _APART_ELSE),
        "releases_apart": _cases(_RELEASES_APART, _RELEASES_APART_ELSE),
        "same_thing": _SAME_THING,
        "same_visit": _SAME_VISIT,
        "enough": _ENOUGH,
    }
    connection.execute(statement("happenings", "scored", **values, **names))
    events = int(connection.execute("SELECT count(*) FROM happened").fetchall()[0][0])
    parts = Groups(events)
    with pq.ParquetFile(paths["scored"]) as file:
        for batch in file.iter_batches(columns=["a", "b"]):
            for a, b in zip(batch.column("a").to_pylist(), batch.column("b").to_pylist(), strict=True):
                parts.join(a, b)
    parts.write(paths["parts"], "ev", "part")
    connection.execute(statement("happenings", "ordered", **names))
    _joined(paths["ordered"], events).write(paths["members"], "ev", "happening")
    connection.execute(statement("happenings", "tables", tolerance=_TOLERANCE, **names))
    for path in paths.values():
        path.unlink()


def _cases(days: Mapping[str, int], otherwise: int) -> str:
    """A number of days by the type of event, as SQL."""
    whens = " ".join(f"WHEN '{kind}' THEN {number}" for kind, number in days.items())
    return f"CASE type {whens} ELSE {otherwise} END"


def _joined(ordered: Path, events: int) -> Groups:
    """Joins pairs from the best on, unless a document would report one happening twice."""
    groups = Groups(events)
    with pq.ParquetFile(ordered) as file:
        rows = (row for batch in file.iter_batches() for row in _rows(batch))
        for _, pairs in groupby(rows, key=lambda row: row[0]):
            documents: dict[int, set[int]] = {}
            for _, a, b, first, second in pairs:
                one, other = groups.of(a), groups.of(b)
                if one == other:
                    continue
                few, many = sorted((documents.get(one, {first}), documents.get(other, {second})), key=len)
                if many.isdisjoint(few):
                    many |= few
                    groups.join(one, other)
                    documents[groups.of(one)] = many
    return groups


def _rows(batch: pa.RecordBatch) -> Any:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)
