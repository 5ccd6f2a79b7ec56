"""The knowledge base: loading, indexes, look-up."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache, cached_property
from pathlib import Path
from typing import cast

from policy_ie.errors import DataError, KnowledgeError
from policy_ie.knowledge.entries import Entry, EntryKind, TerritoryEntry
from policy_ie.knowledge.lookup import Candidate, rank
from policy_ie.knowledge.matcher import NameHit, NameMatcher
from policy_ie.knowledge.tables import RawTable, read_table
from policy_ie.language.names import name_forms

__all__ = ["DATA", "KnowledgeBase", "knowledge_base"]

#: Folder of the compiled tables.
DATA = Path(__file__).parent / "data"

_TABLES: tuple[tuple[EntryKind, str], ...] = (
    ("territory", "territories.tsv.gz"),
    ("organisation", "organisations.tsv"),
    ("programme", "programmes.tsv"),
    ("person", "officeholders.tsv"),
)


_LEVELS = ("country", "state", "municipality", "district", "region", "municipal_association", "locality")


def _prominence(entry: Entry) -> tuple[bool, int, int]:
    gone = entry.valid_to is not None
    if isinstance(entry, TerritoryEntry):
        return gone, _LEVELS.index(entry.level), -entry.population
    return gone, 0, 0


class KnowledgeBase:
    """All entries, by key and by name; entries are made when first asked for.

    Args:
        tables: files with the kind of their rows (None: the column `kind` says it).

    Raises:
        DataError: a table does not follow the format, or two rows have the same key.
    """

    def __init__(self, tables: tuple[tuple[EntryKind | None, Path], ...]) -> None:
        self._lines: dict[str, tuple[RawTable, str]] = {}
        self._entries: dict[str, Entry] = {}
        self._ids: dict[str, list[str]] = {}
        self._stems: set[str] = set()
        self._by_name: dict[str, tuple[Entry, ...]] = {}
        digest = hashlib.sha256()
        for kind, path in tables:
            table, lines = read_table(path, kind)
            for line in lines:
                digest.update(line.encode())
            self._index(table, lines)
        self._digest = digest.hexdigest()[:8]

    def _index(self, table: RawTable, lines: list[str]) -> None:
        column = table.columns
        key, name = column["kb_id"], column["name"]
        others = [(column[c], c) for c in ("abbreviation", "aliases", "adjectives") if c in column]
        ids = self._ids
        inflected = table.kind not in ("territory", "person")
        level, population = column.get("level"), column.get("population", 0)
        for line in lines:
            cells = line.split("\t")
            if len(cells) != len(column):
                message = f"{table.name}: {len(cells)} instead of {len(column)} cells in {line[:80]!r}"
                raise DataError(message, remedy="fix the row")
            kb_id = cells[key]
            if kb_id in self._lines:
                raise DataError(f"{table.name}: the key {kb_id} is there twice", remedy="give every entry its own key")
            self._lines[kb_id] = (table, line)
            names = {cells[name]}
            for i, what in others:
                if cells[i]:
                    parts = cells[i].split("|")
                    names.update(parts)
                    if what == "adjectives":
                        self._stems.update(parts)
            if inflected:
                names.update(*map(name_forms, tuple(names)))
            elif level is not None and (cells[level] == "state" or len(cells[population]) > 4):
                names.add(cells[name].upper())  # datelines: "DRESDEN."
            for surface in names:
                ids.setdefault(surface, []).append(kb_id)

    @cached_property
    def version(self) -> str:
        """Vintage of the official keys and a hash of all rows: "2024-12-31+1a2b3c4d"."""
        vintage = (DATA / "VINTAGE").read_text(encoding="utf-8").strip()
        return f"{vintage}+{self._digest}"

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, kb_id: str) -> bool:
        return kb_id in self._lines

    def ids(self, kind: EntryKind | None = None) -> list[str]:
        """Keys of all entries, or of those of one kind."""
        return [kb_id for kb_id in self._lines if kind is None or self.entry(kb_id).kind == kind]

    def entry(self, kb_id: str) -> Entry:
        """The entry with this key.

        Raises:
            KnowledgeError: where there is none.

        Example:
            >>> knowledge_base().entry("ags:05913000").name
            'Dortmund'
        """
        entry = self._entries.get(kb_id)
        if entry is None:
            try:
                table, line = self._lines[kb_id]
            except KeyError:
                raise KnowledgeError(f"no entry has the key {kb_id!r}", remedy="look it up by name") from None
            entry = self._entries[kb_id] = table.entry(line)
        return entry

    def by_name(self, name: str) -> tuple[Entry, ...]:
        """Entries that bear exactly this name, alias, abbreviation, adjective or inflected form.

        What exists comes first, then what is larger: the entry that a reader without context would think of.

        Example:
            >>> [e.kb_id for e in knowledge_base().by_name("NRW")]
            ['ags:05']
        """
        entries = self._by_name.get(name)
        if entries is None:
            ids = self._ids.get(name)
            if ids is None:
                return ()
            entries = self._by_name[name] = tuple(sorted((self.entry(kb_id) for kb_id in ids), key=_prominence))
        return entries

    @cached_property
    def _matcher(self) -> NameMatcher:
        # Names of persons are the officials' business; those here are only looked up.
        names = [name for name, ids in self._ids.items() if len(name) > 1 and not ids[0].startswith("person:")]
        return NameMatcher(names, frozenset(self._stems), self.by_name)

    def hits(self, text: str) -> list[NameHit]:
        """All names in a text, in order, without overlaps: one pass of the automaton, longest name first.

        Example:
            >>> [(h.surface, h.entries[0].kb_id) for h in knowledge_base().hits("die NRW-Initiative in Leverkusen")]
            [('NRW', 'ags:05'), ('Leverkusen', 'ags:05316000')]
        """
        return self._matcher.hits(text)

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        folded: dict[str, list[str]] = {}
        for name in self._ids:
            folded.setdefault(name.casefold(), []).append(name)
        return folded

    def lookup(
        self,
        name: str,
        *,
        near: str | None = None,
        date: dt.date | None = None,
        kind: EntryKind | None = None,
    ) -> list[Candidate]:
        """What a name may mean, best first.

        Args:
            name: a name, in any case, with or without "Stadt", "Gemeinde"; a key ("ags:…", 2, 3, 5 or 8 digits); or the
                short name of a ministry by its subject ("Familienministerium").
            near: name or key of a territory in whose neighbourhood it should lie, or in whose Land.
            date: the day at which the entry should exist; without it, what exists today comes first.
            kind: entries of this kind only.

        Raises:
            KnowledgeError: the name is no text or the date no date.

        Example:
            >>> [c.entry.name for c in knowledge_base().lookup("Neustadt", near="Marburg")][0]
            'Neustadt (Hessen)'
            >>> knowledge_base().lookup("Familienministerium", near="Düsseldorf", date=dt.date(2017, 9, 1))[0].entry.kb_id
            'org:nw-mkffi'
        """
        return rank(self, name, near=near, date=date, kind=kind)

    def folded(self, name: str) -> tuple[Entry, ...]:
        """Entries that bear this name in any case."""
        found: dict[str, Entry] = {}
        for exact in self._folded.get(name.casefold(), ()):
            found.update((entry.kb_id, entry) for entry in self.by_name(exact))
        return tuple(found.values())


@cache
def _load(extra: tuple[Path, ...]) -> KnowledgeBase:
    ours = [(kind, DATA / file) for kind, file in _TABLES if (DATA / file).exists()]
    if not ours:
        raise KnowledgeError(f"{DATA} holds no tables", remedy="reinstall the package")
    return KnowledgeBase((*cast("list[tuple[EntryKind | None, Path]]", ours), *((None, path) for path in extra)))


def knowledge_base(extra: tuple[str | Path, ...] = ()) -> KnowledgeBase:
    """The knowledge base, loaded once; `extra` adds tables of the user's own (format: `policy_ie.knowledge.tables`).

    Raises:
        KnowledgeError: the compiled tables are missing.
        DataError: a table does not follow the format.
    """
    return _load(tuple(Path(path) for path in extra))
