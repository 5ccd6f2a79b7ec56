"""Compiles the parts of municipalities: each is placed in the municipality that it lies in."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from pathlib import Path

from policy_ie.knowledge.build.placenames import ISO, read, short_forms
from policy_ie.knowledge.entries import TerritoryEntry

__all__ = ["localities"]


class _Nearest:
    """The municipality in which a point probably lies: centres are near, and large municipalities reach far."""

    def __init__(self, facts: Path) -> None:
        self.cells: dict[tuple[int, int], list[tuple[float, float, float, str]]] = defaultdict(list)
        for row in read(facts / "gemeinden_2024-12-31.tsv"):
            if row["lat"] and row["gemeindefrei"] == "0":
                lat, lon = float(row["lat"]), float(row["lon"])
                radius = math.sqrt(max(float(row["area_km2"] or 1), 1.0))
                self.cells[round(lat * 4), round(lon * 4)].append((lat, lon, radius, row["ags"]))

    def find(self, lat: float, lon: float, state: str) -> str | None:
        best: tuple[float, str | None] = (1.6, None)
        for i in range(-1, 2):
            for j in range(-1, 2):
                for lat2, lon2, radius, ags in self.cells[round(lat * 4) + i, round(lon * 4) + j]:
                    if ISO[ags[:2]] != state:
                        continue
                    distance = 111.2 * math.hypot(lat2 - lat, (lon2 - lon) * math.cos(math.radians(lat)))
                    best = min(best, (distance / radius, ags), key=lambda t: t[0])
        return best[1]


def _owner(owners: list[TerritoryEntry], lat: float, lon: float) -> str | None:
    """Of the municipalities that hold a place of this name, the nearest, where its centre is less than 25 km away."""
    best: tuple[float, str | None] = (25.0, None)
    for owner in owners:
        if owner.latitude is not None and owner.longitude is not None:
            distance = 111.2 * math.hypot(owner.latitude - lat, (owner.longitude - lon) * math.cos(math.radians(lat)))
            best = min(best, (distance, owner.ags), key=lambda t: t[0])
    return best[1]


def localities(facts: Path, sources: Path, by_key: dict[str, TerritoryEntry]) -> list[TerritoryEntry]:
    """Localities of GeoNames and the curated ones; `by_key` holds all municipalities, former ones too."""
    nearest = _Nearest(facts)
    names_of: dict[str, set[str]] = defaultdict(set)
    for entry in by_key.values():
        names_of[entry.kb_id].update(entry.names)
    rows: list[tuple[str, str, str, float, float, int, str | None, str]] = []
    for row in read(facts / "ortsteile_geonames.tsv"):
        key, lat, lon = f"geonames:{row['geonameid']}", float(row["lat"]), float(row["lon"])
        rows.append((row["name"], key, row["land_iso"], lat, lon, int(row["population"] or 0), None, "GeoNames"))
    # Where a place is known to have been merged, that tells more than what is near.
    owners: dict[tuple[str, str], list[TerritoryEntry]] = defaultdict(list)
    for entry in by_key.values():
        heir = by_key.get(entry.successor or "")
        if entry.level == "municipality" and heir is not None and heir.valid_to is None:
            owners[entry.name, heir.state or ""].append(heir)
    for row in read(sources / "localities.tsv"):
        owners[row["name"], f"DE-{ISO[row['ags'][:2]]}"] = [by_key[f"ags:{row['ags']}"]]
    rows = [(*row[:6], _owner(owners[row[0], f"DE-{row[2]}"], row[3], row[4]), row[7]) for row in rows]
    for row in read(sources / "localities.tsv"):
        key, iso = f"locality:{row['ags']}-{row['key']}", ISO[row["ags"][:2]]
        rows.append((row["name"], key, iso, 0.0, 0.0, 0, row["ags"], "curated"))
    entries: dict[tuple[str, str], TerritoryEntry] = {}
    for name, kb_id, iso, lat, lon, population, known, source in rows:
        ags = known or nearest.find(lat, lon, iso)
        if ags is None or re.search(r" (?:am|in|an|bei|auf) |[^\w .()/’'-]", name):
            continue
        owner = by_key[f"ags:{ags}"]
        same = name in names_of[owner.kb_id]
        # A place as large as its municipality, or at its centre, is the municipality under an exonym.
        exonym = source == "GeoNames" and population > 0.5 * owner.population and population > 20000
        if same or exonym or (name, ags) in entries:
            continue
        entries[name, ags] = TerritoryEntry(
            kb_id=kb_id,
            name=name,
            aliases=tuple(a for a in short_forms(name) if len(a) > 3),
            level="locality",
            ags=ags,
            state=f"DE-{iso}",
            kreis_key=owner.kreis_key,
            parent=owner.kb_id,
            population=population,
            latitude=lat or owner.latitude,
            longitude=lon or owner.longitude,
            source=source,
        )
    return list(entries.values())
