"""The table format of the knowledge base.

A table is tab-separated UTF-8 text, plain (`.tsv`) or compressed (`.tsv.gz`), with a header row that names its columns.
Columns are fields of the entry class of its kind (`entries.py`); which are given, and in which order, is free, `kb_id`
and `name` must be there. Several values in a cell are joined by `|`, dates are ISO 8601 (`2017-06-30`, or a year, which
counts from its first or to its last day), an empty cell means unknown. Lines that begin with `#` are comments.
A user's table holds entries of several kinds and has the column `kind`; ours hold one kind a file, named after it.

Example of a user's table:

    kind	kb_id	name	aliases	org_type	territory
    organisation	org:my-verein	Verein für Bildungsnetze	VfB|Bildungsnetze-Verein	association	ags:05
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from policy_ie.errors import DataError
from policy_ie.knowledge.entries import Entry, OrganisationEntry, PersonEntry, ProgrammeEntry, TerritoryEntry

__all__ = ["ENTRY_CLASSES", "RawTable", "read_table", "write_table"]

#: Entry class of each kind.
ENTRY_CLASSES: dict[str, type[Entry]] = {
    cls.kind: cls for cls in (TerritoryEntry, OrganisationEntry, ProgrammeEntry, PersonEntry)
}


def _date(text: str, *, last: bool = False) -> dt.date:
    if len(text) == 4:
        return dt.date(int(text), 12, 31) if last else dt.date(int(text), 1, 1)
    return dt.date.fromisoformat(text)


def _parser(name: str, annotation: object) -> Callable[[str], Any] | None:
    parts = {annotation, *typing.get_args(annotation)}
    if name == "valid_to":
        return lambda text: _date(text, last=True)
    if dt.date in parts:
        return _date
    if typing.get_origin(annotation) is tuple:
        return lambda text: tuple(text.split("|"))
    if int in parts:
        return int
    if float in parts:
        return float
    return None


def _parsers(cls: type[Entry]) -> dict[str, Callable[[str], Any] | None]:
    hints = typing.get_type_hints(cls)
    return {field.name: _parser(field.name, hints[field.name]) for field in dataclasses.fields(cls)}


class RawTable:
    """Lines of a table that become entries when they are asked for.

    Args:
        header: names of the columns.
        kind: kind of all rows; None where the column `kind` says it.
        name: name of the file, for messages.
    """

    def __init__(self, header: list[str], kind: str | None, name: str) -> None:
        self.header = header
        self.kind = kind
        self.name = name
        self.columns = {column: i for i, column in enumerate(header)}
        self._parsers: dict[str, list[tuple[int, str, Callable[[str], Any] | None]]] = {}
        for needed in ("kb_id", "name", *(() if kind else ("kind",))):
            if needed not in self.columns:
                raise DataError(f"{name}: the header lacks the column {needed}", remedy="see policy_ie.knowledge.tables")
        if kind is not None:
            self._plan(kind)

    def _plan(self, kind: str) -> list[tuple[int, str, Callable[[str], Any] | None]]:
        plan = self._parsers.get(kind)
        if plan is None:
            cls = ENTRY_CLASSES.get(kind)
            if cls is None:
                raise DataError(f"{self.name}: unknown kind {kind!r}", remedy=f"use one of {', '.join(ENTRY_CLASSES)}")
            parsers = _parsers(cls)
            known = set().union(*map(_parsers, ENTRY_CLASSES.values())) if self.kind is None else set(parsers)
            unknown = [column for column in self.header if column not in known and column != "kind"]
            if unknown:
                raise DataError(f"{self.name}: unknown columns {unknown}", remedy="see policy_ie.knowledge.tables")
            plan = [(i, c, parsers[c]) for i, c in enumerate(self.header) if c in parsers]
            self._parsers[kind] = plan
        return plan

    def entry(self, line: str) -> Entry:
        """The entry of a line.

        Raises:
            DataError: where the line does not follow the format.
        """
        cells = line.split("\t")
        kind = self.kind or cells[self.columns["kind"]]
        try:
            values: dict[str, Any] = {
                column: cells[i] if parse is None else parse(cells[i]) for i, column, parse in self._plan(kind) if cells[i]
            }
            return ENTRY_CLASSES[kind](**values)
        except DataError:
            raise
        except (ValueError, IndexError, TypeError) as error:
            message = f"{self.name}: {error} in the row {line[:80]!r}"
            raise DataError(message, remedy="see policy_ie.knowledge.tables") from error


def read_table(path: Path, kind: str | None = None) -> tuple[RawTable, list[str]]:
    """Header and data lines of a table.

    Raises:
        DataError: where the file cannot be read or has no usable header.
    """
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, ValueError, EOFError) as error:
        raise DataError(f"{path}: cannot be read as a knowledge table: {error}", remedy="give a UTF-8 TSV file") from error
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line and line[0] != "#"]
    if not lines:
        raise DataError(f"{path}: is empty", remedy="a table begins with a header row")
    return RawTable(lines[0].split("\t"), kind, path.name), lines[1:]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    text = str(value)
    return "" if text == "0" else text


def _rows(entries: Iterable[Entry]) -> Iterator[list[str]]:
    for entry in entries:
        row = [_cell(getattr(entry, field.name)) for field in dataclasses.fields(entry)]
        if any(c in cell for cell in row for c in "\t\n\r"):
            raise DataError(f"{entry.kb_id}: a cell holds a tab or line break", remedy="clean the source")
        yield row


def write_table(path: Path, entries: Iterable[Entry], kind: str) -> None:
    """Writes entries of one kind, sorted by key, byte for byte the same at every run; `.gz` compresses."""
    columns = [field.name for field in dataclasses.fields(ENTRY_CLASSES[kind])]
    rows = sorted(_rows(entries))
    used = [i for i, column in enumerate(columns) if column in ("kb_id", "name") or any(row[i] for row in rows)]
    lines = ["\t".join(row[i] for i in used) for row in [columns, *rows]]
    data = ("\n".join(lines) + "\n").encode("utf-8")
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)
