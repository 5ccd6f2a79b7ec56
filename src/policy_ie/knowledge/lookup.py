"""Looking up what a name may mean."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, NamedTuple

from policy_ie.errors import KnowledgeError
from policy_ie.knowledge.entries import Entry, EntryKind, OrganisationEntry, PersonEntry, TerritoryEntry
from policy_ie.knowledge.portfolios import portfolios_of

if TYPE_CHECKING:
    from policy_ie.knowledge.base import KnowledgeBase

__all__ = ["Candidate", "distance_km", "rank"]

_DESIGNATION = re.compile(
    r"(?i)^(?:die |der |das )?"
    r"(?:(?:landeshaupt|hanse|universitäts|kreis|groß|bundes)?stadt|gemeinde|markt|land|freistaat) (?=\w)"
)
_KEY = re.compile(r"(?:\d{2}|\d{3}|\d{5}|\d{8})$")
# Levels in the order in which a bare name means them.
_LEVELS = ("country", "state", "municipality", "district", "region", "municipal_association", "locality")


class Candidate(NamedTuple):
    """An entry that a name may mean, with a score in [0, 1] and the grounds for it."""

    entry: Entry
    score: float
    why: str


def distance_km(a: TerritoryEntry, b: TerritoryEntry) -> float | None:
    """Great-circle distance between two territories in kilometres, None where a place is unknown."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    x = math.radians(b.longitude - a.longitude) * math.cos((p + q) / 2)
    return 6371.0 * math.hypot(x, q - p)


def _nearness(entry: TerritoryEntry, place: TerritoryEntry) -> tuple[float, str]:
    if entry.kb_id == place.kb_id:
        return 1.0, "the place itself"
    key, other = entry.ags or entry.kreis_key or "", place.ags or ""
    if len(other) == 5 and entry.kreis_key == other:
        return 1.0, f"in {place.name}"
    if len(other) in (2, 3) and key.startswith(other):
        return 0.9, f"in {place.name}"
    kreis = place.kreis_key or ""
    distance = distance_km(entry, place)
    if kreis and entry.kreis_key == kreis:
        return 0.95, f"in the Kreis of {place.name}"
    if distance is not None:
        land = 0.15 if entry.state == place.state else 0.0
        return min(0.94, 0.75 * math.exp(-distance / 80) + land), f"{distance:.0f} km from {place.name}"
    return (0.3, f"in the Land of {place.name}") if entry.state == place.state else (0.0, "")


def _with_portfolio(kb: KnowledgeBase, name: str) -> tuple[Entry, ...]:
    """The ministries that a short name such as "Familienministerium" may mean."""
    wanted = portfolios_of(name) if " " not in name else ()
    if not wanted:
        return ()
    bodies = (kb.entry(kb_id) for kb_id in kb.ids("organisation"))
    return tuple(
        e for e in bodies if isinstance(e, OrganisationEntry) and e.org_type == "ministry" and wanted[0] in e.portfolios
    )


def rank(
    kb: KnowledgeBase,
    name: str,
    *,
    near: str | None,
    date: dt.date | None,
    kind: EntryKind | None,
) -> list[Candidate]:
    """Candidates for a name, best first; see `KnowledgeBase.lookup`."""
    if not isinstance(name, str):
        raise KnowledgeError(f"a name is a text, not {type(name).__name__}", remedy="give the name or the key as a text")
    if date is not None and not isinstance(date, dt.date):
        raise KnowledgeError(f"{date!r} is no date", remedy="give a datetime.date")
    name = " ".join(name.split())
    found: dict[str, tuple[Entry, float, str]] = {}

    def take(entries: tuple[Entry, ...], weight: float, why: str) -> None:
        for entry in entries:
            if (kind is None or entry.kind == kind) and entry.kb_id not in found:
                own = weight if entry.name == name else weight * 0.95
                found[entry.kb_id] = (entry, own, why)

    for key in (name, f"ags:{name}") if _KEY.match(name) else (name,):
        if key in kb:
            take((kb.entry(key),), 1.0, "key")
    take(kb.by_name(name), 1.0, "name")
    take(kb.folded(name), 0.9, "name in another case")
    bare = _DESIGNATION.sub("", name)
    if bare != name:
        take(kb.by_name(bare), 0.9, "name without designation")
        take(kb.folded(bare), 0.85, "name without designation, in another case")
    take(_with_portfolio(kb, name), 0.9, "portfolio")
    place = None
    if near is not None:
        places = [c.entry for c in rank(kb, near, near=None, date=date, kind="territory")]
        place = next((p for p in places if isinstance(p, TerritoryEntry)), None)
    candidates = []
    for entry, score, why in found.values():
        reasons = [why]
        if not entry.valid_at(date):
            score *= 0.4
            reasons.append(f"not valid at {date}" if date else "not valid today")
        if isinstance(entry, TerritoryEntry):
            prior = min(1.0, math.log10(entry.population + 10) / 7)
            if place is not None:
                nearness, reason = _nearness(entry, place)
                score *= 0.15 + 0.75 * nearness + 0.1 * prior
                if reason:
                    reasons.append(reason)
            else:
                score *= 0.6 + 0.3 * prior + 0.1 * (1 - _LEVELS.index(entry.level) / len(_LEVELS))
        elif isinstance(entry, PersonEntry):
            term = entry.term_at(date)
            score *= 0.4 if term is None else 1.0
            reasons.append("no office known then" if term is None else f"{term.office} ({term.first.year}–{term.last.year})")
        elif isinstance(entry, OrganisationEntry) and place is not None and place.state:
            home = entry.territory == f"ags:{(place.ags or '')[:2]}"
            score *= 1.0 if home else 0.5
            if home:
                reasons.append(f"of the Land of {place.name}")
        candidates.append(Candidate(entry, round(min(score, 1.0), 3), ", ".join(reasons)))
    candidates.sort(key=lambda c: (-c.score, c.entry.kb_id))
    return candidates
