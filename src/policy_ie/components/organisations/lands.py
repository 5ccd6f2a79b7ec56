"""Which Land a body belongs to: words beside it, and the Land that the document is about."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from policy_ie.components.base import PolicyLayer
from policy_ie.knowledge.entries import OrganisationEntry, TerritoryEntry
from policy_ie.knowledge.matcher import NameHit
from policy_ie.records import TerritoryValue

__all__ = ["CITY_STATES", "FEDERAL", "STATES", "LandWords", "document_land", "hits_at", "land_of_territory", "land_words"]

#: kb_id of the Federal Republic.
FEDERAL = "country:DE"
#: kb_ids of the Länder.
STATES = frozenset(f"ags:{number:02}" for number in range(1, 17))
CITY_STATES = frozenset({"ags:02", "ags:04", "ags:11"})

_FILE = Path(__file__).parent / "lands.tsv"
# What stands before a place at the head of a release weighs more than a mention in passing.
_HEAD = 250
# Inhabitants of a place that its bare name means without context ("Bescheid" is a municipality, too).
_KNOWN = 50_000


class LandWords(NamedTuple):
    """The table of words: Land of a form (inflected adjectives included), of a prefix, of a seat, of a name."""

    forms: dict[str, str]
    prefixes: dict[str, str]
    seats: dict[str, str]
    names: dict[str, str]


@cache
def land_words() -> LandWords:
    """The table of words that name a Land, read once.

    Example:
        >>> land_words().forms["Hessisches"], land_words().prefixes["NRW"]
        ('ags:06', 'ags:05')
    """
    forms: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    seats: dict[str, str] = {}
    names = {"NRW": "ags:05", "Saarlandes": "ags:10"}
    lines = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    for line in lines[1:]:
        land, stems, fixed, before, seat = line.split("\t")
        for stem in stems.split("|"):
            for ending in ("e", "er", "es", "en", "em"):
                forms[stem + ending] = forms[stem.capitalize() + ending] = land
                forms["-".join(part.capitalize() for part in stem.split("-")) + ending] = land
        forms.update((form, land) for form in fixed.split("|"))
        prefixes.update((prefix, land) for prefix in before.split("|"))
        if seat:
            seats[seat] = land
        names[before.rsplit("|", 1)[-1]] = land
    return LandWords(forms, prefixes, seats, names)


def hits_at(hits: list[NameHit]) -> dict[int, NameHit]:
    """Hits that may be territories, by where they begin."""
    return {hit.start: hit for hit in hits if "territory" in hit.kinds}


def land_of_territory(entries: tuple[object, ...]) -> str | None:
    """The Land that all readings of a name lie in, None where they differ; a Land itself wins."""
    lands = set()
    for entry in entries:
        if isinstance(entry, TerritoryEntry):
            if entry.level == "state":
                return entry.kb_id
            if entry.level == "country":
                lands.add(entry.kb_id)
            elif entry.ags:
                lands.add(f"ags:{entry.ags[:2]}")
            else:
                return None
    return lands.pop() if len(lands) == 1 else None


def _of_value(value: TerritoryValue) -> str | None:
    if value.ags:
        return f"ags:{value.ags[:2]}"
    return None


def document_land(layer: PolicyLayer, hits: list[NameHit]) -> str | None:
    """The Land that speaks or is spoken of in the document, None where nothing decides.

    The publisher's words decide; else Länder, bodies that exist in one Land only, and places are counted, more where
    they stand in the head of the release.
    """
    votes: Counter[str] = Counter()
    hint = layer.publisher_hint
    resolved: dict[int, str] = {}
    for mention in layer.mentions:
        if mention.kind == "territory" and isinstance(mention.value, TerritoryValue):
            land = _of_value(mention.value)
            if land is not None:
                resolved[mention.start] = land
                level = mention.value.level
                votes[land] += _weight(layer, mention.start, hint) * (3 if level == "state" else 1)
    for hit in hits:
        entry = hit.entries[0]
        if isinstance(entry, OrganisationEntry) and len(hit.entries) == 1 and entry.kb_id != "org:de-bund":
            speaks = hint is not None and hint[0] <= hit.start < hint[1]
            if entry.territory is not None and (entry.territory in STATES or (speaks and entry.territory == FEDERAL)):
                votes[entry.territory] += 4 * _weight(layer, hit.start, hint) if len(hit.surface) > 4 else 0
        elif not resolved and isinstance(entry, TerritoryEntry) and entry.population >= _KNOWN:  # without policy_territories
            land = land_of_territory(hit.entries)
            if land in STATES:
                votes[land] += _weight(layer, hit.start, hint) * (3 if entry.level == "state" else 1)
    if not votes:
        return None
    ranked = votes.most_common(2)
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
        return None
    return ranked[0][0]


def _weight(layer: PolicyLayer, start: int, hint: tuple[int, int] | None) -> int:
    if hint is not None and hint[0] <= start < hint[1]:
        return 10
    return 3 if start < _HEAD else 1
