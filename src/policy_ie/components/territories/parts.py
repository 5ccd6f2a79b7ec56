"""Parts of municipalities behind a hyphen: "Köln-Mülheim", "Dessau-Waldersee"."""

from __future__ import annotations

from typing import cast

from policy_ie.components.territories.sites import Site
from policy_ie.knowledge import KnowledgeBase, TerritoryEntry
from policy_ie.knowledge.lookup import distance_km

__all__ = ["CITY_STATES", "inside", "join_parts"]

#: City states and their cities.
CITY_STATES = {"ags:02": "ags:02000000", "ags:04": "ags:04011000", "ags:11": "ags:11000000"}


def inside(entry: TerritoryEntry, whole: TerritoryEntry | None) -> bool:
    """True for a part of the city: Köln-Mülheim, Berlin-Neukölln."""
    return whole is not None and entry.level == "locality" and entry.parent in (whole.kb_id, CITY_STATES.get(whole.kb_id))


def _is_unlisted_part(site: Site, city: TerritoryEntry, whole: TerritoryEntry | None) -> bool:
    """True for Stetten in "Achstetten-Stetten": a part no table lists, of a name that towns elsewhere bear."""
    return (
        whole is not None
        and (len(site.entries) > 1 or (city.population < 3000 and (distance_km(city, whole) or 0.0) > 25))
        and {city.level, whole.level} <= {"municipality", "locality"}
        and (city.ags or "")[:5] != (whole.ags or "")[:5]
    )


def join_parts(sites: list[Site], kb: KnowledgeBase) -> list[Site]:
    """One site for a city and its part: "Köln-Mülheim" is the part, "in Dessau-Waldersee" one that no table lists."""
    joined: list[Site] = []
    for site in sites:
        whole, city = site.whole, site.choice
        if whole is not None and joined and joined[-1] is whole and city and inside(city, whole.choice):
            site.start = whole.start
            joined.pop()
        elif whole is not None and city is not None and _is_unlisted_part(site, city, whole.choice):
            continue
        elif (
            joined
            and city is not None
            and joined[-1].surface != site.surface
            and joined[-1].end + 1 == site.start
            and joined[-1].choice is city
            and site.form == "name"
        ):
            joined[-1].end = site.end  # "Schleife/Slepo"
            continue
        elif city is not None and site.part and _names_part(site, city) and not kb.by_name(site.part):
            if city.kb_id in CITY_STATES:
                city = cast(TerritoryEntry, kb.entry(CITY_STATES[city.kb_id]))
            site.end += 1 + len(site.part)
            key = city.successor_ags or city.ags
            name = f"{site.surface}-{site.part}"
            site.choice = TerritoryEntry(kb_id="", name=name, level="locality", ags=key, state=city.state, parent=city.kb_id)
        joined.append(site)
    return joined


def _names_part(site: Site, city: TerritoryEntry) -> bool:
    """True where a hyphened name stands like a place: "in Dortmund-Eving", not "der Dortmund-Plan"."""
    if city.kb_id not in CITY_STATES and (city.level != "municipality" or city.population < 20_000):
        return False
    return (
        site.chain >= 0
        or site.before in ("in", "In", "aus", "nach", "von", "bis", "zwischen", "bei")
        or (site.type is not None and site.type.level == "locality")
    )
