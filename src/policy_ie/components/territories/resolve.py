"""Which territory a name means: candidates, weighed by the document."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field

from policy_ie.components.territories.cues import Cues
from policy_ie.components.territories.parts import CITY_STATES, inside, join_parts
from policy_ie.components.territories.sites import Site
from policy_ie.knowledge import KnowledgeBase, NameHit, OrganisationEntry, TerritoryEntry
from policy_ie.knowledge.lookup import distance_km
from policy_ie.knowledge.names import NameTables

__all__ = ["resolve"]

#: What a kind of territory has over a municipality of no inhabitants, before any evidence.
_LEVEL = {
    "country": 7.0,
    "state": 7.5,
    "region": 2.0,
    "district": 1.5,
    "municipal_association": 0.5,
    "municipality": 0.0,
    "locality": -1.5,
}
_CITY_ABROAD = 6.5
#: A name that says itself that an association is meant: "Verbandsgemeinde Zell" for the one of Zell (Mosel).
_ASSOCIATION = re.compile(r"(?:Samtgemeinde|Verbandsgemeinde|Amt|Verwaltungsgemeinschaft|VG|SG) ")
#: What stands above a list of Kreise.
_HEADING = re.compile(r"\b(?:Landk|K)reisen?\b[^.!?:\n]{0,80}:[\s•*–-]*$")
#: Neighbours of a list that count, on each side.
_WINDOW = 8
#: What is called after a town, and often lies elsewhere.
_SEATS = frozenset(("Schloss", "Schlosses", "Burg", "Kloster"))
#: Words before Berlin, Hamburg, Bremen that make them a place where something happens.
_VENUE = frozenset(("in", "nach", "aus", "ab", "bei", "bis", "um", "standort", "bahnhof", "raum", "hauptbahnhof", "großraum"))


@dataclass(slots=True)
class _Home:
    """Where the document is at home.

    Attributes:
        land, kreis: weights of keys of two and five digits.
        own: weights of Länder that act, or lend their adjective, rather than being the place where something happens.
        ids: territories that are certain.
    """

    land: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    kreis: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    own: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    ids: set[str] = field(default_factory=set)

    @property
    def total(self) -> float:
        """All evidence of Länder."""
        return sum(self.land.values())

    def share(self, land: str) -> float:
        """Share of a Land in the evidence, 0 where there is little."""
        weight = self.land.get(land)
        if not weight:
            return 0.0
        total = self.total
        return weight / total * min(1.0, total)

    def settle(self, site: Site, entry: TerritoryEntry, weight: float) -> None:
        """Takes a choice into account, where the site is sure to be a place."""
        if site.place < 1.0:
            return
        if entry.kb_id in self.ids:
            weight *= 0.3
        self.ids.add(entry.kb_id)
        if entry.level not in ("state", "country", "region") and _land(entry):
            self.land[_land(entry)] += 0.5 * weight
            if entry.kreis_key:
                self.kreis[entry.kreis_key] += (2.0 if entry.level == "district" else 0.7) * weight


def resolve(
    sites: list[Site],
    hits: list[NameHit],
    text: str,
    kb: KnowledgeBase,
    cues: Cues,
    names: NameTables,
    date: dt.date | None,
) -> list[Site]:
    """The sites that mean a territory, each with its choice: what is certain first, then the rest in its light."""
    home = _home(sites, hits, text, cues)
    persons = {s.surface for s in sites if s.person and s.type is None}
    of_kreise = _lists_of_kreise(sites, text)
    kreise = {s.surface for s in sites if s.type is not None and s.type.level == "district"}
    kreise -= {s.surface for s in sites if s.before in ("in", "aus", "nach") or (s.type and s.type.level == "municipality")}
    pending: list[tuple[Site, list[tuple[float, TerritoryEntry]]]] = []
    chains: dict[int, list[Site]] = defaultdict(list)
    for site in sites:
        if site.chain >= 0:
            site.rank = len(chains[site.chain])
            chains[site.chain].append(site)
        if site.surface in persons and site.chain < 0 and not text.startswith(" (", site.end):
            # What a person receives, too, is no sign of a town: "Muster erhielt 500 Euro".
            site.person = site.person or site.place < (1.7 if cues.verb_after.match(text, site.end) else 1.0)
        # "Landrat Muster (Holzminden)" in a text on the Kreis
        listed = site.chain in of_kreise or (site.surface in kreise and text[site.start - 1 : site.start] == "(")
        bonus = 6.0 if listed and site.type is None else 0.0
        ranked = [(_prior(e, site, date) + (bonus if e.level == "district" else 0.0), e) for e in _candidates(site, date)]
        if not ranked:
            continue
        if len(ranked) > 1:
            ranked.sort(key=_by_score)
        site.choice = ranked[0][1]
        site.margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 9.0
        doubtful = site.form == "adjective" or site.surface in cues.words or site.person
        if not doubtful and site.margin >= 3.0 and (site.place >= 0.4 or ranked[0][1].population > 100_000):
            home.settle(site, site.choice, 1.0 if len(ranked) == 1 else 0.5)
        if len(ranked) > 1:
            pending.append((site, ranked))
    for site, ranked in pending:
        near = [s.choice for s in _neighbours(site, chains) if s.choice is not None and s.margin >= 1.0]
        scored = sorted(((prior + _evidence(site, e, home, near, kb), e) for prior, e in ranked), key=_by_score)
        site.choice = scored[0][1]
        site.margin = scored[0][0] - scored[1][0]
        if site.margin > 1.0 and site.form != "adjective" and site.surface not in cues.words:
            home.settle(site, site.choice, 0.5)
    typed = {s.surface for s in sites if s.type is not None or s.qualifier or s.dateline}
    sure = {s.surface for s in sites if s.place >= (3.0 if s.surface in cues.words else 2.0) and not s.person}
    named = {s.surface: s.choice for s in sites if s.form != "adjective" and s.choice is not None and not s.person}
    ids = {choice.kb_id for choice in named.values()}
    kept = []
    for i, site in enumerate(sites):
        if site.choice is None:
            continue
        if i and site.choice.level == "district" and _locates(sites[i - 1], site, text):
            kept.append(site)
            continue
        if site.form == "adjective" and site.choice.kb_id not in ids and site.surface.endswith("er"):
            # "Haßberger" is of Haßbergen where the text names that, not of the Kreis Haßberge.
            site.choice = named.get(site.surface[:-2] + "en") or site.choice
        if site.qualifier and site.place < 2.0 and _qualified(site, site.choice, kb):
            site.place += 3.0
        if site.form == "adjective":
            if _adjective_counts(site, site.choice, home, names):
                kept.append(site)
        elif _means_place(site, site.choice, sure, typed, home, kb, cues, names, chains, of_kreise, date):
            _decide_city_state(site, home, chains)
            kept.append(site)
    return join_parts(kept, kb)


def _lists_of_kreise(sites: list[Site], text: str) -> set[int]:
    """Chains of names that all can be Kreise, with two that are nothing else, or below "diese Landkreise: …"."""
    lists: dict[int, list[Site]] = defaultdict(list)
    for site in sites:
        if site.chain >= 0:
            lists[site.chain].append(site)
    return {
        chain
        for chain, members in lists.items()
        if all("district" in site.levels for site in members)
        and (
            sum("municipality" not in site.levels for site in members) > 1
            or _HEADING.search(text, max(0, members[0].start - 120), members[0].start)
        )
    }


#: Between a town and the Kreis that it lies in: "Prenzlau (Uckermark)", "Wittenberge in der Prignitz".
_TOWN_AND_KREIS = re.compile(r" \((?:Landkreis |Kreis )?|,? i(?:m|n der) |, ")


def _locates(town: Site, kreis: Site, text: str) -> bool:
    """True for a Kreis named like its landscape behind a town that lies in it."""
    if town.choice is None or kreis.choice is None or kreis.type is not None or kreis.form != "name":
        return False
    return town.choice.kreis_key == kreis.choice.ags and bool(_TOWN_AND_KREIS.fullmatch(text[town.end : kreis.start]))


def _by_score(item: tuple[float, TerritoryEntry]) -> tuple[float, str]:
    return (-item[0], item[1].kb_id)


def _land(entry: TerritoryEntry) -> str:
    return (entry.ags or entry.ars or "")[:2]


def _home(sites: list[Site], hits: list[NameHit], text: str, cues: Cues) -> _Home:
    """Länder named, bodies of a Land, web addresses."""
    home = _Home()
    for site in sites:
        state = next((e for e in site.entries if e.level == "state"), None)
        if state is not None:
            weight = 0.6 if site.form == "adjective" else 1.0
            home.land[state.ags or ""] += weight
            if not site.dateline and not _is_venue(site):
                home.own[state.ags or ""] += weight
    for hit in hits:
        entry = hit.entries[0]
        if isinstance(entry, OrganisationEntry) and entry.territory is not None and entry.territory.startswith("ags:"):
            keys = {e.territory for e in hit.entries if isinstance(e, OrganisationEntry)}
            if len(keys) == 1:
                home.land[(entry.territory or "")[4:6]] += 2.0
                home.own[(entry.territory or "")[4:6]] += 2.0
    for match in cues.domain.finditer(text) if ".de" in text or "nrw" in text else ():
        home.land[cues.land_of_domain[match[1]][4:]] += 2.0
    return home


def _candidates(site: Site, date: dt.date | None) -> list[TerritoryEntry]:
    """Entries that fit the date and the type word."""
    found = _in_force(site.entries, date)
    if site.type is None:
        return [
            e for e in found if e.level != "municipal_association" or site.surface == e.name or _ASSOCIATION.match(site.surface)
        ]
    fitting = [e for e in found if e.level == site.type.level]
    if not fitting and site.type.level == "region":
        fitting = [e for e in found if e.level == "locality"]
    return fitting or found


def _in_force(entries: tuple[TerritoryEntry, ...], date: dt.date | None) -> list[TerritoryEntry]:
    """Entries that a name can mean at a date: what a territory was called and keyed then, not what came of it."""
    if len(entries) == 1:
        return list(entries)
    alive = [e for e in entries if not _is_gone(e, date) and (e.valid_to is None or date is not None)]
    heirs = {e.successor for e in alive if e.successor}
    # … nor the part of the successor as which the name lives on.
    alive = [e for e in alive if e.kb_id not in heirs and not (e.level == "locality" and e.parent in heirs)]
    ids = {e.kb_id for e in alive}
    return alive + [e for e in entries if _is_gone(e, date) and e.successor not in ids]


def _is_gone(entry: TerritoryEntry, date: dt.date | None) -> bool:
    return entry.valid_to is not None and (date is None or date > entry.valid_to)


def _prior(entry: TerritoryEntry, site: Site, date: dt.date | None) -> float:
    """What speaks for an entry at this place alone: level, inhabitants, exact name, type word."""
    abroad = entry.kb_id.startswith("city:")
    score = _CITY_ABROAD if abroad else _LEVEL[entry.level] + math.log10(entry.population + 10)
    if entry.name == site.surface:
        score += 0.8
    elif entry.level in ("district", "region") and site.type is None:
        score -= 4.0  # a bare "Soest" is the city
    if _is_gone(entry, date):
        score -= 2.5
    word, designation = site.type_word, entry.designation or ""
    if word and entry.level == "municipality":
        town = "stadt" in designation.lower()
        if word.endswith(("Stadt", "stadt", "Städte", "Städten", "städte", "städten")):
            score += 1.0 if town else -1.5
        elif word.startswith("Gemeinde"):
            score += -1.5 if town else 1.0
        if word in designation and word not in ("Stadt", "Gemeinde"):
            score += 1.5
    return score


def _evidence(site: Site, entry: TerritoryEntry, home: _Home, near: list[TerritoryEntry], kb: KnowledgeBase) -> float:
    """What the document says for an entry: its Land, its Kreis, its neighbours, words behind the name."""
    score = 0.0
    if entry.level not in ("state", "country"):
        score += 1.6 * home.share(_land(entry))
        now, then = _kreise(entry)
        weight = max(home.kreis.get(now, 0.0), home.kreis.get(then, 0.0))
        if entry.level == "locality":
            # A part of a city named in passing ("aus Köln") is less likely than the city of its name elsewhere.
            if entry.parent in CITY_STATES.values():
                weight = max(weight, home.share(_land(entry)))
            known = entry.parent in home.ids or f"ags:{_land(entry)}" in home.ids
            score += min(2.4, 2.0 * weight) if known else min(1.2, weight)
        elif weight:
            score += min(2.4, 0.8 + weight)
        if entry.parent in home.ids and entry.level != "locality":
            score += 1.5
        if entry.population < 50_000 and _land(entry) not in home.land and home.total >= 2.0:
            score -= min(2.0, 0.5 * home.total)  # a village far from all that the text names
    if near:
        here = _located(entry, kb)
        distances = [d for place in near if (d := distance_km(here, _located(place, kb))) is not None]
        if distances:
            score += 2.0 * math.exp(-min(distances) / 40)
    if site.qualifier:
        score += _qualified(site, entry, kb)
    if site.whole is not None and inside(entry, site.whole.choice):
        score += 9.0
    return score


def _kreise(entry: TerritoryEntry) -> tuple[str, str]:
    """Keys of the Kreis that the entry lies in, and lay in."""
    return (entry.kreis_key or "", (entry.successor_ags or "")[:5])


def _located(entry: TerritoryEntry, kb: KnowledgeBase) -> TerritoryEntry:
    """The entry, or the one that it became part of where its own place is unknown."""
    if entry.latitude is None and entry.successor and entry.successor in kb:
        heir = kb.entry(entry.successor)
        if isinstance(heir, TerritoryEntry):
            return heir
    return entry


def _qualified(site: Site, entry: TerritoryEntry, kb: KnowledgeBase) -> float:
    """4 where the words behind the name locate this entry: "(Kreis Soest)", "in Hessen", ", Landkreis Harz"."""
    hits = kb.hits(site.qualifier)
    if not hits or hits[0].start > 1:
        return 0.0
    for other in hits[0].entries:
        if not isinstance(other, TerritoryEntry) or other.kb_id == entry.kb_id:
            continue
        key, kreis = other.ags or "", entry.kreis_key or ""
        if (len(key) == 5 and kreis == key) or (len(key) in (2, 3) and (entry.ags or kreis).startswith(key)):
            return 4.0
        if other.level == "country" and entry.state == other.state:
            return 4.0
    return 0.0


def _adjective_counts(site: Site, entry: TerritoryEntry, home: _Home, names: NameTables) -> bool:
    """Adjectives of Länder and larger cities, and of places that the document names."""
    if entry.level == "state" or entry.kb_id in home.ids:
        return True
    return entry.population >= 20_000 and site.surface not in names.surnames


def _means_place(
    site: Site,
    entry: TerritoryEntry,
    sure: set[str],
    typed: set[str],
    home: _Home,
    kb: KnowledgeBase,
    cues: Cues,
    names: NameTables,
    chains: dict[int, list[Site]],
    of_kreise: set[int],
    date: dt.date | None,
) -> bool:
    """Whether the name means a place at all, and not a word, a person, a landscape."""
    if site.nested or site.whole is not None:
        return site.whole is None or not site.is_word(cues) or inside(entry, site.whole.choice)
    level, place, surface = entry.level, site.place, site.surface
    is_word = site.is_word(cues)
    is_name = surface in names.surnames or surface in names.given
    if level in ("state", "country") and not is_word:
        return not site.person or not is_name
    if site.person and site.type is None:
        return False
    sure_ones = 0
    for s in _neighbours(site, chains):
        sure_ones += not s.person and s.surface not in cues.words and (s.place >= 1.5 or _is_plain(s))
    if sure_ones:
        place += 2.0 if sure_ones < 4 else 2.6
    in_kreis = home.kreis.get(entry.kreis_key or "", 0.0)
    known = surface in sure or entry.kb_id in home.ids
    if site.before in _SEATS and not (known or in_kreis or home.share(_land(entry)) >= 0.4 or entry.population >= 50_000):
        return False  # "Kloster Eberbach" is not in Eberbach
    if is_word:
        place += (1.5 if known else 0.0) + (0.5 if in_kreis >= 1.0 else 0.0)
        return place >= (2.5 if surface in cues.hard_words else 1.5)
    former = _is_gone(entry, date)
    german = (entry.state or "").startswith("DE-")
    if german and level in ("municipality", "locality") and site.type is None and not site.qualifier and surface not in typed:
        hamlet = level == "locality" or former
        stray = hamlet or (entry.population < 10_000 and len(site.entries) > 1)
        enough = 1.0 if surface != entry.name and entry.population < 3000 else 2.0 if hamlet else 3.0
        if stray and site.place < 3.0 and home.total >= enough and home.share(_land(entry)) < 0.12:
            return False  # a village of another Land that bears the name of one nearby
        if entry.population < 3000 and site.chain < 0 and _is_far(entry, home, kb):
            return False  # … of another Kreis
    if known and place > -2.0:
        return True
    small = level == "locality" or (german and level not in ("region", "district") and entry.population < 20_000)
    if site.before == "(" and home.share(_land(entry)) >= 0.5:
        place += 1.0  # "die Kammer (Ellerhoop)"
    if is_name:
        return place + (0.5 if in_kreis >= 1.0 else 0.0) >= (0.4 if small else -0.5)
    if level == "district" and site.type is None and surface != entry.name and " " not in surface:
        return "-" in surface or site.chain in of_kreise  # "Uckermark" may be the landscape, "Elbe-Elster" is the Kreis
    if place < 0.0 and (small or (not german and place <= -2.0)):
        return False  # … nor "das Derby"
    if small and (entry.population < 3000 or level == "locality" or former) and place < 0.4 and not site.qualifier:
        if in_kreis > 0.5 or entry.parent in home.ids:
            return True
        if level == "locality" and entry.parent in CITY_STATES.values():
            return home.share(_land(entry)) >= 0.5
        if place >= 0.0 and _is_unmistakable(site, home):
            return True
        return level == "municipality" and not former and home.share(_land(entry)) >= 0.5
    return place > -3.0


def _is_unmistakable(site: Site, home: _Home) -> bool:
    """True for a long name that one village alone bears, where the text tells nothing of its Land."""
    entry = site.entries[0]
    return (
        len(site.entries) == 1
        and entry.level == "municipality"
        and len(site.surface) > 6
        and home.total < 0.5
        and entry.valid_to is None
    )


def _is_far(entry: TerritoryEntry, home: _Home, kb: KnowledgeBase) -> bool:
    """True where the text speaks of another Land, or of one Kreis alone, and the village lies far from all that it names."""
    if home.own.get(_land(entry)):
        return False
    abroad = home.total >= 2.0 and _land(entry) not in home.land
    weights = sorted(home.kreis.values())
    local = bool(weights) and weights[-1] >= max(1.5, 0.7 * sum(weights)) and not any(k in home.kreis for k in _kreise(entry))
    if not abroad and not local:
        return False
    places = (kb.entry(kb_id) for kb_id in home.ids)
    here = _located(entry, kb)
    distances = [
        d
        for place in places
        if isinstance(place, TerritoryEntry) and place.kreis_key and (d := distance_km(here, place)) is not None
    ]
    return bool(distances) and min(distances) > (25 if abroad else 50)


def _neighbours(site: Site, chains: dict[int, list[Site]]) -> list[Site]:
    """Sites beside this one in its list; a window, as lists may be long."""
    if site.chain < 0:
        return []
    chain, rank = chains[site.chain], site.rank
    return chain[max(0, rank - _WINDOW) : rank] + chain[rank + 1 : rank + 1 + _WINDOW]


def _is_plain(site: Site) -> bool:
    """True for a municipality, Land or country whose name means nothing else."""
    return site.margin > 2.0 and site.choice is not None and site.choice.level in ("municipality", "state", "country")


def _is_venue(site: Site) -> bool:
    return site.before.lower() in _VENUE or (site.before.isdigit() and len(site.before) == 5)


def _decide_city_state(site: Site, home: _Home, chains: dict[int, list[Site]]) -> None:
    """Berlin, Hamburg, Bremen: the Land as an actor or among Länder, the city as a venue or with the word Stadt."""
    if len(site.entries) < 2:
        return
    pair = {e.kb_id: e for e in site.entries}
    for land_id, city_id in CITY_STATES.items():
        land, city = pair.get(land_id), pair.get(city_id)
        if land is None or city is None:
            continue
        others = [s.entries for s in _neighbours(site, chains)]
        states = [any(e.level == "state" for e in entries) for entries in others]
        if site.type is not None:
            means_city = site.type.level in ("municipality", "locality")
        elif site.dateline:
            means_city = True
        elif site.nested or any(
            state and not any(e.kb_id in CITY_STATES for e in entries) for state, entries in zip(states, others, strict=True)
        ):
            means_city = False
        elif others:
            means_city = not all(states)
        else:
            # Where the release is the Land's own, "in Berlin" is the whole of it.
            own = home.own.get(land.ags or "", 0.0) >= 1.5 and home.share(land.ags or "") > 0.5
            means_city = _is_venue(site) and (not own or site.before.isdigit())
        site.choice = city if means_city else land
