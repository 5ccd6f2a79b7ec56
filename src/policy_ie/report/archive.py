"""The report of an archive: one self-contained page, in which every figure leads to the sentences behind it.

`figures.sql` says what counts and what is shown, this module writes that into the page as data, and its scripts draw them.
"""

from __future__ import annotations

import html
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from policy_ie import __version__
from policy_ie.archive import connect
from policy_ie.errors import InvalidInput
from policy_ie.knowledge import TerritoryEntry, knowledge_base
from policy_ie.records import Modality
from policy_ie.report.page import as_json, filled, resource

__all__ = ["archive_page"]

#: Longest quotation, in characters, and longest name of a participant.
_QUOTED, _NAMED = 480, 160

#: Further releases that tell an event, and things that they say differently: as many as are named.
_FURTHER = 5

#: Characters of a text before and behind a place that is quoted without its sentence, as in `figures.sql`.
_AROUND = 200

#: A place in a text and what it is: start, end, kind.
_Mark = tuple[int, int, str]


def archive_page(folder: str | Path, *, title: str | None = None, events: int = 10_000) -> str:
    """One page (HTML, no network) about an archive: funding over time, funders, recipients on a map, programmes, officials.

    The figures count all events of the archive. The page holds the sentences of at most `events` of them, those with the
    largest sums of every figure first, and says where a figure counts more.

    Args:
        folder: folder of the archive, made by `policy_ie.archive.run`.
        title: heading of the page; the name of the folder where not given.
        events: how many events the page may hold; 10,000 make a page of about 8 MB.

    Raises:
        ArchiveError: where the folder is no archive, or no shard is finished.
        InvalidInput: where `events` is negative.
        MissingExtra: where DuckDB is not installed.
    """
    if events < 0:
        raise InvalidInput(f"a page cannot hold {events} events")
    folder = Path(folder)
    title = title or folder.resolve().name
    with connect(folder) as connection:
        data = {"title": title, "folder": str(folder), "library": __version__, **_Page(connection, events).data()}
    script = "\n".join(resource(f"archive_{part}.js") for part in ("figures", "funding", "lists"))
    return filled("archive.html", {"title": html.escape(title), "script": script, "data": as_json(data)})


class _Page:
    """The data of the page; how they look in JSON is told at the head of `archive_figures.js`."""

    def __init__(self, connection: Any, events: int) -> None:
        self.connection = connection
        connection.execute("CREATE TEMP TABLE settings AS SELECT ?::BIGINT AS events", [events])
        self.linked = _linked(connection)
        connection.execute(resource("figures.sql"))
        self.documents: dict[int, int] = {}

    def rows(self, sql: str) -> list[Any]:
        rows: list[Any] = self.connection.execute(sql).fetchall()
        return rows

    def grouped(self, sql: str) -> dict[int, list[Any]]:
        """The rows by their first column, without it; what follows a single column is its value."""
        groups: dict[int, list[Any]] = defaultdict(list)
        for first, *rest in self.rows(sql):
            groups[first].append(rest if len(rest) > 1 else rest[0])
        return groups

    def data(self) -> dict[str, Any]:
        stats = self.grouped("SELECT number, modality, type, events, alone, shared FROM stats ORDER BY ALL")
        return {
            "counts": json.loads(self.rows("SELECT to_json(counts) FROM counts")[0][0]),
            "linked": self.linked,
            "modalities": [modality.value for modality in Modality],
            "figures": [
                [figure, key, label, stats[number]]
                for number, figure, key, label in self.rows("SELECT number, figure, key, label FROM shown ORDER BY number")
            ],
            "events": list(self.events()),
            "programmes": list(self.programmes()),
            "officials": self.rows("SELECT number, office, party, first, last FROM officials ORDER BY number"),
            "spots": self.rows(
                "SELECT number, max(state), round(max(latitude), 3), round(max(longitude), 3) "
                "FROM shown s JOIN spots USING (key) WHERE s.figure = 'spot' GROUP BY number ORDER BY number"
            ),
            "lands": _lands(),
            "documents": self.named_documents(),
        }

    def events(self) -> Iterator[list[Any]]:
        figures = self.grouped(
            "SELECT n, number FROM figures SEMI JOIN held USING (n) JOIN shown USING (figure, key) ORDER BY ALL"
        )
        fillers = self.grouped("SELECT n, role, name FROM fillers WHERE role <> 'quote' ORDER BY n, role, position")
        marks = self.grouped('SELECT n, start, "end", kind FROM marks ORDER BY ALL')
        sums = self.grouped('SELECT n, text, start, "end" FROM sums_elsewhere ORDER BY n')
        further = self.grouped("SELECT n, document FROM further ORDER BY n, published NULLS LAST, document")
        differing = self.grouped("SELECT n, field, value FROM contradicted ORDER BY ALL")
        for n, document, kind, modality, confidence, value, text, start, end in self.rows("FROM sentences ORDER BY n"):
            quotations = [_quotation(text, start, end, [*marks[n], (start, end, "trigger")])]
            quotations += [_quotation(t, s, e, [(s, e, "money")], cut=True) for t, s, e in sums[n]]
            told = [(role, name if len(name) <= _NAMED else f"{name[:_NAMED]}…") for role, name in fillers[n]]
            others = [self.document(other) for other in further[n][:_FURTHER]]
            row = [self.document(document), kind, modality, confidence, value, quotations, told, figures[n]]
            yield [*row, len(further[n]), others, differing[n][:_FURTHER]] if others else row

    def programmes(self) -> Iterator[list[Any]]:
        periods = self.grouped("SELECT place, period, releases FROM life_periods ORDER BY ALL")
        seen = self.grouped(
            'SELECT place, document, period, text, start, "end" FROM seen ORDER BY place, published NULLS LAST, document'
        )
        for place, number, label, releases, first, last in self.rows(
            "SELECT place, number, label, releases, first::VARCHAR, last::VARCHAR FROM lives ORDER BY place"
        ):
            places = [
                [self.document(document), period, _quotation(text, start, end, [(start, end, "programme")], cut=True)]
                for document, period, text, start, end in seen[place]
            ]
            yield [number, label, releases, first, last, periods[place], places]

    def document(self, number: int) -> int:
        """Place of a release among those that the page names."""
        return self.documents.setdefault(number, len(self.documents))

    def named_documents(self) -> list[list[Any]]:
        self.connection.execute("CREATE TEMP TABLE named AS SELECT unnest(?::BIGINT[]) AS document", [list(self.documents)])
        rows = self.grouped(
            "SELECT document, id, title, published::VARCHAR, source, coalesce(publisher_name, publisher_text) "
            "FROM documents SEMI JOIN named USING (document)"
        )
        return [rows[document][0] for document in self.documents]


def _linked(connection: Any) -> bool:
    """Whether `policy-ie link` has been here; where not, its tables are made, without rows."""
    if connection.execute("SELECT count(*) FROM duckdb_views() WHERE view_name = 'duplicates'").fetchone()[0]:
        return True
    for table, columns in {
        "duplicates": "document BIGINT, text_group BIGINT, first BOOLEAN",
        "reports": "happening BIGINT, document BIGINT, event VARCHAR",
        "contradictions": "happening BIGINT, field VARCHAR, value VARCHAR",
        "identities": "document BIGINT, entity VARCHAR, kind VARCHAR, identity VARCHAR",
    }.items():
        connection.execute(f"CREATE TEMP TABLE {table} ({columns})")
    return False


def _quotation(text: str, start: int, end: int, marks: Iterable[_Mark], cut: bool = False) -> tuple[str, list[_Mark]]:
    """Words around a place, about `_QUOTED` characters at most, and the marks among them.

    Args:
        text: a sentence, or (`cut`) the place with `_AROUND` characters of its text on both sides, where there are so many.

    Example:
        >>> _quotation("am 3. Mai\\nDas Land gibt 5 Euro aus", 24, 30, [(24, 30, "money")], cut=True)
        ('Das Land gibt 5 Euro aus', [(14, 20, 'money')])
    """
    left, right = 0, len(text)
    if right > _QUOTED:
        left = max(0, start - _QUOTED // 2)
        right = max(end, min(right, left + _QUOTED))
    before = after = ""
    if cut and (line := text.rfind("\n", left, start)) >= 0:
        left = line + 1
    elif left > 0 or (cut and start >= _AROUND):
        before = "… "
        left = max(left, text.find(" ", left, start) + 1)
    if cut and (line := text.find("\n", end, right)) >= 0:
        right = line
    elif right < len(text) or (cut and right - end >= _AROUND):
        after = " …"
        right = max(end, text.rfind(" ", end, right))
    shift = len(before) - left
    words = before + text[left:right].replace("\n", " ") + after
    return words, [(s + shift, e + shift, kind) for s, e, kind in marks if left <= s and e <= right]


def _lands() -> list[list[Any]]:
    """Germany as the places of its municipalities: code and name of each Land, and latitudes and longitudes in hundredths."""
    kb = knowledge_base()
    entries = [entry for key in kb.ids("territory") if isinstance(entry := kb.entry(key), TerritoryEntry)]
    lands: dict[str, tuple[str, set[tuple[int, int]]]] = {
        entry.state: (entry.name, set()) for entry in entries if entry.level == "state" and entry.state
    }
    for entry in entries:
        here = entry.level in ("municipality", "state") and entry.valid_to is None and entry.state in lands
        if here and entry.state and entry.latitude is not None and entry.longitude is not None:
            lands[entry.state][1].add((round(entry.latitude * 100), round(entry.longitude * 100)))
    return [[code, name, [degree for place in sorted(places) for degree in place]] for code, (name, places) in lands.items()]
