"""The tables that linking makes, with one fixed schema each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["SCHEMAS", "described", "link_schemas"]

_TEXT, _NUMBER, _DAY, _FLAG, _SHARE = pa.string(), pa.int64(), pa.date32(), pa.bool_(), pa.float64()
_DOCUMENT = ("document", _NUMBER, "Position of the document in the archive.")
_DOCUMENT_ID = ("document_id", _TEXT, "Id of the document.")
_EVENT = ("event", _TEXT, 'Id of the event in its document, "ev1".')
_HAPPENING = ("happening", _NUMBER, "Number of the happening.")


def _schema(*columns: tuple[str, Any, str]) -> Any:
    return pa.schema([pa.field(name, kind, metadata={"description": text}) for name, kind, text in columns])


#: Schema of each table.
SCHEMAS: Mapping[str, Any] = {
    "duplicates": _schema(
        _DOCUMENT,
        _DOCUMENT_ID,
        ("text_group", _NUMBER, "Documents with the same number have the same text."),
        ("first", _FLAG, "The earliest of its group."),
        ("similarity", _SHARE, "Share of the word triples that it has in common with the nearest of its group, estimated."),
    ),
    "happenings": _schema(
        _HAPPENING,
        ("type", _TEXT, "Type of the events."),
        ("documents", _NUMBER, "Documents that report it."),
        ("texts", _NUMBER, "Different texts that report it: near-duplicates count once."),
        ("published", _DAY, "Date of the first report."),
        ("first_day", _DAY, "First day that a report states for it."),
        ("last_day", _DAY, "Last day that a report states for it."),
        ("amount", pa.decimal128(38, 6), "The sum that most reports state, the greater one of two."),
        ("programme", _TEXT, "Key of the programme, as in `programmes`."),
        ("place", _TEXT, "Official key (AGS) of the place that most reports name."),
        ("contradictory", _FLAG, "Whether reports differ; see `contradictions`."),
    ),
    "reports": _schema(
        _HAPPENING,
        _DOCUMENT,
        _DOCUMENT_ID,
        _EVENT,
        ("type", _TEXT, "Type of the event."),
        ("publisher", _TEXT, "Who issued the release."),
        ("source", _TEXT, "URL or path of the release."),
        ("published", _DAY, "Date of the release."),
        ("score", _SHARE, "Points for the best agreement with another report; null where it is the only one."),
    ),
    "contradictions": _schema(
        _HAPPENING,
        ("field", _TEXT, "What differs: amount, day, count."),
        _DOCUMENT,
        _DOCUMENT_ID,
        _EVENT,
        ("value", _TEXT, "What this report states."),
    ),
    "programmes": _schema(
        ("programme", _TEXT, "Key: the id in the knowledge base, else the name in small letters and the Land."),
        ("kb_id", _TEXT, "Id in the knowledge base."),
        ("name", _TEXT, "Most frequent name."),
        ("names", pa.list_(pa.field("element", _TEXT)), "All names under which it was found."),
        ("territory", _TEXT, "Official key (AGS) of the Land, for a programme that is not in the knowledge base."),
        ("documents", _NUMBER, "Documents that name it."),
        ("first", _DAY, "Date of the first release that names it."),
        ("last", _DAY, "Date of the last release that names it."),
    ),
    "persons": _schema(
        ("person", _TEXT, "Key: the name in small letters and the territory."),
        ("name", _TEXT, "Most frequent name."),
        ("given_name", _TEXT, "Given name."),
        ("family_name", _TEXT, "Family name."),
        ("territory", _TEXT, "Official key (AGS) of where the person holds office; DE for the Bund."),
        ("roles", pa.list_(pa.field("element", _TEXT)), "Roles of the offices: minister, mayor."),
        ("titles", pa.list_(pa.field("element", _TEXT)), "Titles of the offices, as written."),
        ("documents", _NUMBER, "Documents that name the person."),
        ("first", _DAY, "Date of the first release that names the person."),
        ("last", _DAY, "Date of the last release that names the person."),
    ),
    "identities": _schema(
        _DOCUMENT,
        _DOCUMENT_ID,
        ("entity", _TEXT, 'Id of the entity in its document, "e3".'),
        ("kind", _TEXT, "programme or person."),
        ("identity", _TEXT, "Key in `programmes` or `persons`."),
    ),
}


def link_schemas() -> Mapping[str, Any]:
    """Arrow schema of each table that `link` makes, with a description for each column.

    Example:
        >>> link_schemas()["duplicates"].names
        ['document', 'document_id', 'text_group', 'first', 'similarity']
    """
    return SCHEMAS


def described(source: Path, target: Path, schema: Any) -> None:
    """Copies a Parquet file into one with exactly the schema."""
    with pq.ParquetFile(source) as file, pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in file.iter_batches():
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
    source.unlink()
