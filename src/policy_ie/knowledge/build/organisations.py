"""Compiles the organisations from the curated tables `sources/organisations*.tsv`.

The tables are kept by hand; their column `evidence` says where name, abbreviation and dates were seen. `url` and other
columns of raw fact tables are not taken over. Federal authorities beyond the curated ones come from the raw table
`federal_bodies_2013.tsv` (PDDL), as far as they are authorities of their own.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from policy_ie.errors import DataError
from policy_ie.knowledge.entries import OrganisationEntry

__all__ = ["compile", "rows"]

# Classes of the raw table that hold authorities known by their name.
_AUTHORITIES = {"Obere Bundesbehörde", "Stiftung des öffentlichen Rechts"}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated table with a header; lines that begin with `#` are comments.

    Raises:
        DataError: a row has another number of cells than the header.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader((line for line in lines if line[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE):
            if None in row or None in row.values():
                raise DataError(f"{path.name}: wrong number of cells at {row.get('kb_id') or row}", remedy="fix the row")
            yield row


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _curated(row: dict[str, str]) -> OrganisationEntry:
    return OrganisationEntry(
        kb_id=row["kb_id"],
        name=row["name"],
        abbreviation=row["abbreviation"] or None,
        aliases=_parts(row["aliases"]),
        valid_from=_date(row["valid_from"]),
        valid_to=_date(row["valid_to"]),
        successor=row["successor"] or None,
        predecessor=row["predecessor"] or None,
        org_type=row["org_type"],
        territory=row["territory"] or None,
        portfolios=_parts(row["portfolios"]),
        source=row["evidence"] or None,
    )


def compile(facts: Path, sources: Path) -> list[OrganisationEntry]:
    """All organisations; the curated rows come first, and no name is taken twice from the raw table."""
    entries = [_curated(row) for path in sorted(sources.glob("organisations*.tsv")) for row in rows(path)]
    known = {name for entry in entries for name in entry.names}
    raw = facts / "federal_bodies_2013.tsv"
    if raw.exists():
        for number, row in enumerate(rows(raw)):
            name, abbreviation = row["name"].strip(), row["abbr"].strip()
            if row["classification"] not in _AUTHORITIES or name in known or " " not in name or len(name) > 90:
                continue
            known.add(name)
            entries.append(
                OrganisationEntry(
                    kb_id=f"org:de-fb{number:04d}",
                    name=name,
                    abbreviation=abbreviation if abbreviation and abbreviation not in known else None,
                    org_type="authority" if row["classification"] == "Obere Bundesbehörde" else "other",
                    territory="country:DE",
                    source="federal bodies 2013",
                )
            )
    return entries
