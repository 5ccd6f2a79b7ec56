"""Which territory a name means: candidates, weighed by the document."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from typing import NamedTuple

from policy_ie.components.territories.cues import Cues
from policy_ie.components.territories.sites import Site
from policy_ie.knowledge import KnowledgeBase, NameHit, OrganisationEntry, TerritoryEntry
from policy_ie.knowledge.lookup import distance_km
from policy_ie.knowledge.names import NameTables

__all__ = ["Context", "resolve"]

#: What a kind of territory has over a municipality of no inhabitants, before any evidence.
_LEVEL = {"country": 7.0, "state": 7.5, "region": 2.0, "district": 1.5, "municipal_association": 0.5, "municipality": 0.0, "locality": -1.5}
_CITY_STATES = {"ags:02": "ags:02000000", "ags:04": "ags:04011000", "ags:11": "ags:11000000"}
_TOWN = ("stadt", "Stadt")


class Context(NamedTuple):
    """What the document says about where it is at home.

    `land` and `kreis` weigh keys (2 and 5 digits), `places` are territories that are certain, `ids` all of their keys.
    """

    land: dict[str, float]
    kreis: dict[str, float]
    places: list[TerritoryEntry]
    ids: set[str]


def _in_force(entries: tuple[TerritoryEntry, ...], date: dt.date | None) -> list[TerritoryEntry]:
    """Entries that a name can mean at a date: what a territory was called and keyed then, not what came of it."""
    if len(entries) == 1:
        return list(entries)
    alive = [e for e in entries if e.valid_to is None or (date is not None and date <= e.valid_to)]
    heirs = {e.successor for e in alive if e.successor}
    alive = [e for e in alive if e.kb_id not in heirs]
    ids = {e.kb_id for e in alive}
    gone = [e for e in entries if e.valid_to is not None and (date is None or date > e.valid_to) and e.successor not in ids]
    return alive + gone if alive else gone


def _candidates(site: Site, date: dt.date | None) -> list[TerritoryEntry]:
    found = _in_force(site.entries, date)
    wanted = site.type.level if site.type else None
    if wanted == "region":
        fitting = [e for e in found if e.level == "region"] or [e for e in found if e.level == "locality"]
    elif wanted == "locality":
        fitting = [e for e in found if e.level == "locality"] or found
    elif wanted is not None:
        fitting = [e for e in found if e.level == wanted]
    else:
        fitting = [e for e in found if e.level != "municipal_association" or " " in site.surface and site.surface == e.name]
    return fitting or ([] if wanted in (None, "municipal_association") else found)


def _prior(entry: TerritoryEntry, site: Site, date: dt.date | None) -> float:
    abroad = entry.kb_id.startswith("city:")
    score = 6.5 if abroad else _LEVEL[entry.level] + math.log10(entry.population + 10)
    if entry.name == site.surface:
        score += 0.8
    elif entry.level == "district" and site.type is None:
        score -= 4.0  # a bare "Soest" is the city
    if entry.valid_to is not None and (date is None or date > entry.valid_to):
        score -= 2.5
    word = site.type_word
    if word and entry.level == "municipality" and entry.designation:
        town = entry.designation.endswith(_TOWN) or any(t in entry.designation for t in ("stadt", "Stadt"))
        if word.endswith(_TOWN) or word.startswith(("Städte", "Stadt")):
            score += 1.0 if town else -1.5
        elif word.startswith("Gemeinde"):
            score += -1.5 if town else 1.0
        if word in entry.designation and word not in ("Stadt", "Gemeinde"):
            score += 1.5
    return score


def _state_key(entry: TerritoryEntry) -> str:
    return (entry.ags or entry.kreis_key or (entry.ars or ""))[:2]


def _context(sites: list[Site], hits: list[NameHit], text: str, cues: Cues) -> Context:
    land: dict[str, float] = defaultdict(float)
    kreis: dict[str, float] = defaultdict(float)
    for site in sites:
        if site.entries[0].level == "state" or any(e.level == "state" for e in site.entries):
            key = next(e for e in site.entries if e.level == "state").ags or ""
            land[key] += 0.6 if site.form == "adjective" else 1.0
    for hit in hits:
        entry = hit.entries[0]
        if isinstance(entry, OrganisationEntry) and entry.territory and entry.territory.startswith("ags:"):
            keys = {e.territory for e in hit.entries if isinstance(e, OrganisationEntry)}
            if len(keys) == 1:
                land[entry.territory[4:6]] += 2.0
                if len(entry.territory) > 8:
                    kreis[entry.territory[4:9]] += 1.0
    for match in cues.domain.finditer(text):
        land[cues.land_of_domain[match[1]][4:]] += 2.0
    return Context(land, kreis, [], set())


def _settle(site: Site, entry: TerritoryEntry, margin: float, context: Context, weight: float) -> None:
    site.choice, site.margin = entry, margin
    if entry.kb_id in context.ids:
        weight *= 0.3
    if site.place < 1.0:
        return
    context.ids.add(entry.kb_id)
    if entry.level in ("municipality", "district", "locality", "municipal_association"):
        if len(context.places) < 60:
            context.places.append(entry)
        context.land[_state_key(entry)] += 0.5 * weight
        if entry.kreis_key:
            context.kreis[entry.kreis_key] += (2.0 if entry.level == "district" else 0.7) * weight


def _bonus(entry: TerritoryEntry, context: Context, near: list[TerritoryEntry]) -> float:
    score = 0.0
    if entry.level not in ("state", "country"):
        total = sum(context.land.values())
        key = _state_key(entry)
        if total and key:
            score += 1.6 * context.land.get(key, 0.0) / total * min(1.0, total)
        weight = context.kreis.get(entry.kreis_key or "", 0.0)
        if weight:
            score += min(2.4, 0.8 + weight)
        if entry.parent in context.ids:
            score += 1.5
    best = 0.0
    for place in near:
        distance = distance_km(entry, place)
        if distance is not None:
            best = max(best, math.exp(-distance / 40))
    return score + 2.0 * best


def _qualified(site: Site, entry: TerritoryEntry, kb: KnowledgeBase) -> float:
    """Words behind the name that locate it: "(Kreis Soest)", "in Hessen", ", Landkreis Harz"."""
    hits = kb.hits(site.qualifier)
    if not hits or hits[0].start > 1:
        return 0.0
    for other in hits[0].entries:
        if not isinstance(other, TerritoryEntry) or other.kb_id == entry.kb_id:
            continue
        key = other.ags or ""
        own = entry.kreis_key or entry.ags or ""
        if (len(key) == 5 and own == key) or (len(key) in (2, 3) and (entry.ags or own).startswith(key)):
            return 4.0
        if other.level == "country" and entry.state == other.state:
            return 4.0
    return 0.0


def _inside(entry: TerritoryEntry, place: TerritoryEntry | None) -> bool:
    """True for a part of the city: Köln-Mülheim, Berlin-Neukölln."""
    return place is not None and entry.level == "locality" and entry.parent in (place.kb_id, _CITY_STATES.get(place.kb_id))


def _join(sites: list[Site]) -> list[Site]:
    """One site for a city and its part: "Köln-Mülheim" is the part."""
    joined: list[Site] = []
    for site in sites:
        whole = site.compound
        if whole is not None and site.choice is not None and joined and joined[-1] is whole and _inside(site.choice, whole.choice):
            site.start = whole.start
            joined.pop()
        joined.append(site)
    return joined


def _city_state(site: Site, land: TerritoryEntry, city: TerritoryEntry, sites: list[Site], context: Context) -> TerritoryEntry:
    """Berlin, Hamburg, Bremen: the Land as an actor or among Länder, the city as a venue or with the word Stadt."""
    if site.type is not None:
        return city if site.type.level in ("municipality", "locality") else land
    if site.dateline:
        return city
    if site.nested or site.surface != land.name:
        return land
    if site.chain >= 0:
        others = [s for s in sites if s.chain == site.chain and s is not site]
        if any(e.level == "state" and e.kb_id not in _CITY_STATES for s in others for e in s.entries):
            return land
        if any(not any(e.level == "state" for e in s.entries) for s in others):
            return city
        return land
    if site.preposition.lower() in ("in", "nach", "ab", "bei", "bis", "um", "standort", "flughafen", "bahnhof", "raum", "hauptbahnhof") or (
        site.preposition.isdigit() and len(site.preposition) == 5
    ):
        total = sum(context.land.values())
        at_home = context.land.get(land.ags or "", 0.0) / total if total else 0.0
        # Where the release is the Land's own, "in Berlin" is the whole of it, not a venue.
        strong = context.land.get(land.ags or "", 0.0)
        return land if at_home > 0.6 and strong >= 4 else city
    return land


def _means_place(site: Site, entry: TerritoryEntry, sure: set[str], context: Context, cues: Cues, names: NameTables, sites: list[Site]) -> bool:
    """Whether the name means a place at all."""
    if site.nested or site.compound is not None:
        return True
    level = entry.level
    if level in ("state", "country") and site.surface not in cues.words:
        return not site.person or site.surface not in names.surnames
    place = site.place
    if site.person and site.type is None:
        return False
    if site.chain >= 0 and any(
        s.chain == site.chain and s is not site and (s.place >= 1.5 or s.type or s.margin > 2) and not s.person and s.surface not in cues.words
        for s in sites
    ):
        place += 2.0
    known = site.surface in sure or entry.kb_id in context.ids
    if site.surface in cues.words:
        if known:
            place += 1.2
        if context.kreis.get(entry.kreis_key or "", 0.0) >= 1.0:
            place += 0.5
        return place >= (2.5 if site.surface in cues.hard_words else 1.5)
    if known and place > -2:
        return True
    home = entry.state is not None and entry.state.startswith("DE-")
    small = (home and level != "region" and entry.population < 20000) or level == "locality"
    if site.surface in names.surnames or site.surface in names.given:
        return place >= (0.4 if small else -0.5)
    if level in ("district", "region") and site.type is None and site.surface != entry.name and not site.surface.startswith(("Kreis ", "Landkreis ", "LK ", "Reg")):
        return "-" in site.surface or known
    if place < 0 and small:
        return False
    tiny = (small and entry.population < 3000) or level == "locality" or entry.valid_to is not None
    if tiny and place < 0.4 and not site.qualifier:
        if context.kreis.get(entry.kreis_key or "", 0.0) > 0.5 or entry.parent in context.ids:
            return True
        total = sum(context.land.values())
        at_home = total >= 1.0 and context.land.get(_state_key(entry), 0.0) / total >= 0.5
        return at_home and level == "municipality" and entry.valid_to is None
    return place > -3


def resolve(
    sites: list[Site], hits: list[NameHit], text: str, kb: KnowledgeBase, cues: Cues, names: NameTables, date: dt.date | None
) -> list[Site]:
    """Chooses an entry for each site, in two passes: what is certain first, then the rest in its light."""
    context = _context(sites, hits, text, cues)
    sure = {
        s.surface for s in sites if s.place >= (3.0 if s.surface in cues.words else 2.0) and not s.person and s.form != "adjective"
    }
    persons = {s.surface for s in sites if s.person and s.type is None}
    pending: list[tuple[Site, list[tuple[float, TerritoryEntry]]]] = []
    for site in sites:
        if site.surface in persons and site.place < 1.0:
            site.person = True
        ranked = sorted(
            ((_prior(e, site, date), e) for e in _candidates(site, date)), key=lambda t: (-t[0], t[1].kb_id)
        )
        if not ranked:
            continue
        doubtful = site.form == "adjective" or site.surface in cues.words or site.person or site.compound is not None
        margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 9.0
        if margin >= 3.0 and not site.qualifier and not doubtful:
            alone = len(ranked) == 1
            if site.place >= 0.4 or alone and ranked[0][1].population > 5000 or ranked[0][1].population > 100000:
                _settle(site, ranked[0][1], margin, context, 1.0 if alone else 0.5)
                if alone:
                    continue
        pending.append((site, ranked))
    chains: dict[int, list[Site]] = defaultdict(list)
    for site in sites:
        if site.chain >= 0:
            chains[site.chain].append(site)
    for site, ranked in pending:
        near = [s.choice for s in chains[site.chain] if s.choice is not None and s is not site] if site.chain >= 0 else []
        previous = site.choice
        scored = []
        for prior, entry in ranked:
            score = prior + (_bonus(entry, context, near) if len(ranked) > 1 else 0.0)
            if site.qualifier and len(ranked) > 1:
                score += _qualified(site, entry, kb)
            if site.compound is not None and _inside(entry, site.compound.choice):
                score += 9.0
            scored.append((score, entry))
        scored.sort(key=lambda t: (-t[0], t[1].kb_id))
        site.margin = scored[0][0] - scored[1][0] if len(scored) > 1 else 9.0
        site.choice = scored[0][1]
        if previous is None and site.margin > 1 and site.form != "adjective" and site.surface not in cues.words:
            _settle(site, site.choice, site.margin, context, 0.5)
    for site in sites:
        if site.choice is None:
            continue
        if site.choice.kb_id in _CITY_STATES or site.choice.kb_id in _CITY_STATES.values():
            pair = {e.kb_id: e for e in site.entries}
            for land_id, city_id in _CITY_STATES.items():
                if land_id in pair and city_id in pair and site.form != "adjective":
                    site.choice = _city_state(site, pair[land_id], pair[city_id], sites, context)
    kept = []
    for site in sites:
        if site.choice is None:
            continue
        if site.form == "adjective":
            choice = site.choice
            if choice.level == "state" or choice.kb_id in context.ids or choice.population >= 20000 and site.surface not in names.surnames:
                kept.append(site)
        elif _means_place(site, site.choice, sure, context, cues, names, sites):
            kept.append(site)
        else:
            site.choice = None
    return _join(kept)
