"""Ministries: full names ("Ministerium für …"), short names ("Familienministerium"), resolved by Land and date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from policy_ie.components.organisations.lands import FEDERAL, land_words
from policy_ie.knowledge.base import KnowledgeBase
from policy_ie.knowledge.entries import OrganisationEntry
from policy_ie.knowledge.portfolios import portfolios

__all__ = ["Ministries", "ShortName", "full_name_end", "ministries", "nearest_in_time", "short_name", "word_key"]

WS = r"(?:[ \xa0\t]+\n?[ \xa0\t]*|\n[ \xa0\t]*(?=\S))"
_OPEN = re.compile(rf"{WS}(?:für|der|des|fur){WS}(?:den{WS}|die{WS}|das{WS}|der{WS})?")
_ITEM = re.compile(
    rf"(?:(?:für|der|des|den|die|das){WS}){{0,2}}"
    rf"(?P<adjective>(?:[Dd]igital|[Ll]ändlich|[Nn]uklear|[Ww]irtschaftlich|[Ss]ozial|[Rr]egional|[Bb]eruflich|[Gg]esellschaftlich"
    rf"|[Aa]llgemein|[Gg]eistig)e[nrms]?{WS}(?:und{WS}[Bb]erufliche[nr]?{WS})?)?(?P<word>[A-ZÄÖÜ][\w]*(?:-[A-ZÄÖÜ]\w+)*-?)"
)
_GLUE = re.compile(rf"{WS}?,{WS}?(?:(?:und|sowie){WS})?|{WS}(?:und|sowie|&){WS}")
_SMALL = frozenset(["für", "und", "der", "die", "das", "des", "den", "dem", "sowie"])
_WORDS = re.compile(r"[\w-]+")
_HEAD_WORDS = re.compile(
    r"^(?:(?:Hessisch|Bayerisch|Sächsisch|Niedersächsisch)e[srn]?|Thüringer|Bundes\w+|(?:Staats|Landes)?[Mm]inisterium(?:s|es)?|Senatsverwaltung|Behörde|Senator(?:in)?)$"
)
#: City states have no ministries: "Ministerium für Soziales" is never the "Behörde für Soziales".
_CITY_STATE = re.compile(r"\b(?:Behörde|Senat)")
_ENDING = re.compile(r"(?:e[nrsm]?|n|s)$")
_SHORT = re.compile(
    r"(?:(?P<prefix>[A-ZÄÖÜ][\w-]*?)-)?(?P<level>Bundes|Landes|Staats|Senats|Fach)?(?P<stem>\w+?)(?P<head>ministerium|behörde|ressort|verwaltung)(?:s|es)?$"
)


def word_key(name: str) -> frozenset[str]:
    """The content words of a ministry's name, without endings and order.

    Example:
        >>> word_key("Ministerium des Innern, für Bau und Verkehr") == word_key("Ministeriums für Verkehr, Bau und Inneres")
        True
    """
    words = (w for w in _WORDS.findall(name) if w not in _SMALL and not _HEAD_WORDS.match(w))
    return frozenset(_ENDING.sub("", w.strip("-").casefold()) for w in words)


@dataclass(frozen=True, slots=True)
class Ministries:
    """All ministries of the knowledge base: by Land, by the words of their names; and all words that names have."""

    by_land: dict[str, tuple[OrganisationEntry, ...]]
    by_words: dict[frozenset[str], tuple[OrganisationEntry, ...]]
    vocabulary: frozenset[str]

    def named(
        self, phrase: str, land: str | None, date: dt.date | None, *, certain: bool = False
    ) -> tuple[OrganisationEntry | None, str | None]:
        """The ministry with this full name, and its Land.

        The name counts, whatever the date; among ministries of one name the date decides. Without a Land the name
        must exist in one Land only; `certain` keeps to the Land given, else it may be overruled by such a name.
        """
        city = bool(_CITY_STATE.search(phrase))
        found = [e for e in self.by_words.get(word_key(phrase), ()) if bool(_CITY_STATE.search(e.name)) == city]
        here = [e for e in found if e.territory == land]
        if here:
            return nearest_in_time(here, date), land
        lands = {e.territory for e in found}
        if len(lands) == 1 and not certain and found[0].territory != FEDERAL:
            return nearest_in_time(found, date), lands.pop()
        if land is None and found:
            valid = [e for e in found if e.valid_at(date) and e.territory != FEDERAL]
            if len({e.territory for e in valid}) == 1:
                return valid[0], valid[0].territory
        return None, land

    def responsible(
        self, subjects: tuple[str, ...], land: str, date: dt.date | None, introduced: list[OrganisationEntry]
    ) -> OrganisationEntry | None:
        """The ministry of a Land that has these subjects at that date; ministries named in the text come first."""
        valid = [e for e in self.by_land.get(land, ()) if e.valid_at(date)]
        named = [e for e in introduced if e.territory == land and (date is None or e.valid_at(date))]
        wanted = frozenset(subjects)
        for pool in (named, valid):
            best = [e for e in pool if wanted.issubset(e.portfolios)]
            if best:
                return min(best, key=lambda e: (e.portfolios.index(subjects[0]), len(e.portfolios)))
        if len(subjects) == 1:
            for near in portfolios().near.get(subjects[0], ()):
                best = [e for e in (*named, *valid) if near in e.portfolios]
                if best:
                    return min(best, key=lambda e: (e.portfolios.index(near), len(e.portfolios)))
        return None


def nearest_in_time(entries: list[OrganisationEntry], date: dt.date | None) -> OrganisationEntry:
    """Of entries with one name: the one valid at the date, else the nearest in time."""
    valid = [e for e in entries if e.valid_at(date)]
    if valid:
        return valid[0]
    if date is None:
        return max(entries, key=lambda e: e.valid_to or dt.date.max)

    def distance(entry: OrganisationEntry) -> int:
        if entry.valid_from is not None and date < entry.valid_from:
            return (entry.valid_from - date).days
        return (date - entry.valid_to).days if entry.valid_to is not None else 0

    return min(entries, key=distance)


@cache
def ministries(kb: KnowledgeBase) -> Ministries:
    """The ministries of a knowledge base, indexed once."""
    by_land: dict[str, list[OrganisationEntry]] = {}
    by_words: dict[frozenset[str], list[OrganisationEntry]] = {}
    vocabulary = set(portfolios().words)
    for kb_id in kb.ids("organisation"):
        entry = kb.entry(kb_id)
        if not isinstance(entry, OrganisationEntry) or entry.org_type != "ministry" or entry.territory is None:
            continue
        by_land.setdefault(entry.territory, []).append(entry)
        bare = entry.aliases[0] if entry.aliases and entry.name.startswith(entry.aliases[0]) else entry.name
        key = word_key(bare)
        if len(key) and not bare.endswith(("ministerium", "behörde")):
            by_words.setdefault(key, []).append(entry)
            vocabulary.update(w.casefold().rstrip("-") for w in _WORDS.findall(bare) if w[0].isupper())
    return Ministries(
        {land: tuple(entries) for land, entries in by_land.items()},
        {key: tuple(entries) for key, entries in by_words.items()},
        frozenset(vocabulary - {"ministerium", "staatsministerium", "senatsverwaltung", "behörde", "thüringer"}),
    )


def full_name_end(text: str, start: int, vocabulary: frozenset[str]) -> int | None:
    """Where the list of subjects ends that follows "Ministerium" at `start`; None where there is none.

    Example:
        >>> text = "Ministerium für Soziales, Jugend und Sport und die Stadt Kiel"
        >>> text[: full_name_end(text, 11, frozenset({"soziales", "jugend", "sport"}))]
        'Ministerium für Soziales, Jugend und Sport'
    """
    opening = _OPEN.match(text, start)
    if opening is None:
        return None
    end = None
    position = opening.end()
    for _ in range(14):
        item = _ITEM.match(text, position)
        if item is None:
            break
        word = item["word"].casefold().rstrip("-")
        if end is not None and not item["word"].endswith("-") and word not in vocabulary:
            break
        if not item["word"].endswith("-"):
            end = item.end()
        glue = _GLUE.match(text, item.end())
        if glue is None:
            break
        position = glue.end()
    return end


class ShortName(NamedTuple):
    """A short name read: subjects, the Land its prefix names (`FEDERAL` for "Bundes-"), its head noun, the lemma."""

    subjects: tuple[str, ...]
    land: str | None
    head: str
    lemma: str


@cache
def _stems() -> dict[str, str]:
    return {stem.casefold(): portfolio for stem, portfolio in portfolios().stems.items()}


def short_name(word: str) -> ShortName | None:
    """Reads a compound such as "Familienministerium", "NRW-Innenministeriums", "Bundesfinanzministerium".

    Example:
        >>> short_name("NRW-Innenministeriums")
        ShortName(subjects=('Inneres',), land='ags:05', head='ministerium', lemma='Innenministerium')
        >>> short_name("Fachministerium") is None
        True
    """
    match = _SHORT.match(word)
    if match is None or word.endswith("en"):
        return None
    stem = match["stem"]
    subject = _stems().get(stem.casefold())
    if subject is None or (match["head"] == "verwaltung" and match["level"] != "Senats"):
        return None
    if not stem[0].isupper() and match["level"] is None:
        return None
    land = FEDERAL if match["level"] == "Bundes" else None
    if match["prefix"]:
        land = land_words().prefixes.get(match["prefix"])
        if land is None:
            return None
    level = match["level"] or ""
    lemma = (level + stem if level == "Bundes" else stem.capitalize()) + match["head"]
    return ShortName((subject,), land, match["head"], lemma)


_TRUNCATED = re.compile(r"(?<![\w-])(?:(?:Bundes)?[A-ZÄÖÜ]\w+-(?:,\s?|\s(?:und|sowie|bzw\.)\s))+$")


def truncated_before(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Truncated stems before a short name ("Innen- und Justizministerium"): offsets without the hyphen's follower, subject."""
    match = _TRUNCATED.search(text[max(0, start - 80) : start])
    if match is None:
        return
    base = max(0, start - 80) + match.start()
    for part in re.finditer(r"([A-ZÄÖÜ]\w+)-", match[0]):
        subject = _stems().get(part[1].removeprefix("Bundes").casefold())
        if subject is None:
            return
        yield base + part.start(), base + part.end(), subject
