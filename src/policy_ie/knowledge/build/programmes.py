"""Compiles the programmes from the curated tables `sources/programmes*.tsv`.

Only names that mean the programme wherever they stand are in the tables; the rest is left to the grammar of
`policy_programmes`. The raw table `funding_programmes.tsv` served as evidence; its rows are too generic to be names.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from policy_ie.knowledge.build.organisations import rows
from policy_ie.knowledge.entries import ProgrammeEntry

__all__ = ["compile"]


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def compile(facts: Path, sources: Path) -> list[ProgrammeEntry]:
    """All programmes of the curated tables."""
    return [
        ProgrammeEntry(
            kb_id=row["kb_id"],
            name=row["name"],
            abbreviation=row["abbreviation"] or None,
            aliases=tuple(part for part in row["aliases"].split("|") if part),
            valid_from=_date(row["valid_from"]),
            valid_to=_date(row["valid_to"]),
            programme_type=row["programme_type"],
            owner=row["owner"] or None,
            source=row["evidence"] or None,
        )
        for path in sorted(sources.glob("programmes*.tsv"))
        for row in rows(path)
    ]
