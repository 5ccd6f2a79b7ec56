"""Compiles the table of territories.

Sources: Destatis GV-ISys (municipalities, Kreise, associations, Länder, former municipalities and Kreise), GeoNames
(localities), and the curated tables `laender`, `countries`, `adjectives`, `former_kreise`, `localities` beside this package.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from policy_ie.knowledge.build.localities import localities
from policy_ie.knowledge.build.placenames import ISO, aliases, read, short_forms, split, written
from policy_ie.knowledge.entries import TerritoryEntry
from policy_ie.language.names import name_forms

__all__ = ["compile"]

_KREIS_KINDS = ("Landkreis", "Kreis", "LK")
# Days at which a key of a kind ended, for the years between two snapshots.
_REFORMS = {"BB": "1993-12-05", "MV": "1994-06-11", "SN": "1994-07-31", "ST": "1994-06-30", "TH": "1994-06-30"}
_DISTRICT_REGIONS = {  # Regierungsbezirke that exist no longer: first and last day
    "031": ("1978-02-01", "2004-12-31"), "032": ("1978-02-01", "2004-12-31"), "033": ("1978-02-01", "2004-12-31"),
    "034": ("1978-02-01", "2004-12-31"), "071": ("1946-08-30", "1999-12-31"), "072": ("1946-08-30", "1999-12-31"),
    "073": ("1968-10-01", "1999-12-31"), "145": ("1991-01-01", "2012-02-29"), "146": ("1991-01-01", "2012-02-29"),
    "147": ("1991-01-01", "2012-02-29"),
}  # fmt: skip


def _place(row: dict[str, str]) -> tuple[float | None, float | None]:
    return (float(row["lat"]), float(row["lon"])) if row.get("lat") else (None, None)


def _adjectives(name: str, population: int) -> tuple[str, ...]:
    """Adjectives in -er that do not begin with the whole name (those are found by their ending): Göttinger, Zweibrücker."""
    if population < 5000 or " " in name or "(" in name or "/" in name:
        return ()
    if re.search(r"(?:ing|brück|kirch|haus|hof|leb|münd|stett|hau|werd|weil|berg|burg|dorf|born)en$", name) and len(name) > 7:
        return (name[:-2] + "er",)
    if re.search(r"[^aeiouäöüry]e$", name) and len(name) > 5:
        return (name + "r",)
    return ()


def _municipalities(facts: Path, sources: Path) -> list[TerritoryEntry]:
    adjectives = {row["key"]: tuple(split(row["adjectives"])) for row in read(sources / "adjectives.tsv")}
    before: dict[str, list[str]] = defaultdict(list)
    for row in read(facts / "renamed_municipalities.tsv"):
        if row["current"] == "1":
            before[row["ags"]].append(re.sub(r",.*$", "", row["name_before"]))
    for row in read(sources / "aliases.tsv"):
        before[row["key"]] += split(row["aliases"])
    entries = []
    for row in read(facts / "gemeinden_2024-12-31.tsv"):
        if row["gemeindefrei"] == "1":
            continue
        population = int(row["population"] or 0)
        latitude, longitude = _place(row)
        name, ags = row["name"], row["ags"]
        further = aliases(name, [*split(row["aliases"]), *split(row["sorbian"]), *before[ags], *written(name)])
        own = tuple(a for a in dict.fromkeys((*adjectives.get(ags, ()), *_adjectives(name, population))) if a != name)
        entries.append(
            TerritoryEntry(
                kb_id=f"ags:{ags}",
                name=name,
                aliases=further,
                level="municipality",
                ags=ags,
                ars=row["ars"],
                state=f"DE-{row['land_iso']}",
                kreis_key=row["kreis_key"],
                parent=f"ars:{row['verband_key']}" if row["verband_key"] else f"ags:{row['kreis_key']}",
                population=population,
                latitude=latitude,
                longitude=longitude,
                designation=row["suffix"] or row["typ"],
                adjectives=own,
                source="Destatis 2024-12-31",
            )
        )
    return entries


def _centre(members: list[TerritoryEntry]) -> tuple[float | None, float | None]:
    """Centre of the inhabitants."""
    placed = [m for m in members if m.latitude is not None and m.longitude is not None]
    weight = sum(m.population + 1 for m in placed)
    if not weight:
        return None, None
    return (
        sum((m.latitude or 0) * (m.population + 1) for m in placed) / weight,
        sum((m.longitude or 0) * (m.population + 1) for m in placed) / weight,
    )


def _union(
    row: dict[str, str], key: str, name: str, names: list[str], members: list[TerritoryEntry], **own: Any
) -> TerritoryEntry:
    """A Kreis or association: what its row says, at the centre of the inhabitants of its members."""
    latitude, longitude = _centre(members)
    return TerritoryEntry(
        kb_id=key,
        name=name,
        aliases=tuple(dict.fromkeys(n for n in names if n != name)),
        state=f"DE-{row['land_iso']}",
        kreis_key=row["kreis_key"],
        population=int(row["population"] or 0),
        latitude=latitude,
        longitude=longitude,
        designation=row["typ"],
        source="Destatis 2024-12-31",
        **own,
    )


def _kreise(facts: Path, members: dict[str, list[TerritoryEntry]]) -> list[TerritoryEntry]:
    entries = []
    for row in read(facts / "kreise.tsv"):
        if row["typ"] in ("Kreisfreie Stadt", "Stadtkreis"):
            continue
        bare, full = row["name"].removeprefix("Landkreis "), row["full_name"].replace("Landkreis Landkreis", "Landkreis")
        if re.search(r"[a-z]kreis |-Kreis ", bare):
            full = bare  # Eifelkreis Bitburg-Prüm
        bares = [bare, *(a for a in aliases(bare, []) if a)]
        if " a." in bare or " i." in bare or "a.d." in bare:
            bares.append(_spelled_out(bare))
        names = [alias for alias in split(row["aliases"]) if not alias.startswith(("Landratsamt", "Kreisverwaltung"))]
        if bare != full:
            names += [f"{kind} {b}" for b in bares for kind in _KREIS_KINDS] + bares
        elif full.endswith("kreis") and " " not in full and full[-6] not in "s-" and len(full) > 10:
            names += [f"{kind} {full[:-5]}" for kind in _KREIS_KINDS]  # "Kreis Wetterau"
        names += [form for n in (full, *bares) if " " in n for form in name_forms(n)]
        key = row["kreis_key"]
        entries.append(_union(row, f"ags:{key}", full, names, members[key], level="district", ags=key))
    return entries


def _spelled_out(name: str) -> str:
    for short, full in (("i.d.OPf.", "in der Oberpfalz"), ("a.d.", "an der "), ("a.", "am "), ("i.", "im "), ("b.", "bei ")):
        name = name.replace(short, full)
    return re.sub(r" +", " ", name)


def _laender(facts: Path, sources: Path, by_key: dict[str, TerritoryEntry]) -> list[TerritoryEntry]:
    names = {row["key"]: row for row in read(sources / "laender.tsv")}
    capitals = {e.name: e for e in by_key.values() if e.level == "municipality" and e.population > 80000}
    entries = []
    for row in read(facts / "laender.tsv"):
        key = row["land_key"]
        capital = capitals[row["seat"]]
        entries.append(
            TerritoryEntry(
                kb_id=f"ags:{key}",
                name=row["name"],
                abbreviation={"05": "NRW", "13": "MV"}.get(key),
                aliases=tuple(split(names[key]["aliases"])),
                adjectives=tuple(split(names[key]["adjectives"])),
                level="state",
                ags=key,
                state=row["iso"],
                population=int(row["population"]),
                latitude=capital.latitude,
                longitude=capital.longitude,
                designation=row["long_name"].split(" ")[0] if row["long_name"].startswith("Freistaat") else "Land",
                source="Destatis 2024-12-31",
            )
        )
    return entries


def _regions(facts: Path) -> list[TerritoryEntry]:
    entries = []
    for row in read(facts / "regierungsbezirke_regionen.tsv"):
        key, name = row["rb_key"], row["name"]
        if len(key) != 3:
            continue
        first, last = _DISTRICT_REGIONS.get(key, (None, None))
        full = f"Regierungsbezirk {name}"
        aliases = [f"Reg.-Bez. {name}", f"Reg.-Bezirk {name}", name]
        if key.startswith("14"):
            aliases.append(f"Direktionsbezirk {name}")
        entries.append(
            TerritoryEntry(
                kb_id=f"ags:{key}",
                name=name if key.startswith("09") else full,
                aliases=tuple(a for a in (full, *aliases) if a != (name if key.startswith("09") else full)),
                level="region",
                ags=key,
                state=f"DE-{ISO[row['land_key']]}",
                valid_from=dt.date.fromisoformat(first) if first else None,
                valid_to=dt.date.fromisoformat(last) if last else None,
                designation="Regierungsbezirk",
                source="Destatis 2024-12-31",
            )
        )
    return entries


def _associations(facts: Path, members: dict[str, list[TerritoryEntry]]) -> list[TerritoryEntry]:
    entries = []
    for row in read(facts / "gemeindeverbaende.tsv"):
        full, name = row["full_name"], row["name"]
        # The bare name counts only beside its type word, which the component sees.
        bare = [name, *short_forms(name)]
        names = bare if row["typ"] in ("Amt", "Verbandsgemeinde", "Samtgemeinde", "Kirchspielslandgemeinde") else []
        names += [f"{row['typ']} {b}" for b in bare[1:]]
        if row["typ"] in ("Verbandsgemeinde", "Samtgemeinde"):
            names += [f"{'VG' if row['typ'] == 'Verbandsgemeinde' else 'SG'} {b}" for b in bare]
        if row["typ"] == "Vereinbarte Verwaltungsgemeinschaft":
            names.append(f"Verwaltungsgemeinschaft {name}")
        key = row["verband_key"]
        entries.append(_union(row, f"ars:{key}", full, names, members[key], level="municipal_association", ars=key))
    return entries


def _former_municipalities(facts: Path, sources: Path, by_key: dict[str, TerritoryEntry]) -> list[TerritoryEntry]:
    """Merged municipalities. The day is known since 2023 only; before, the middle between the snapshots is taken."""
    days = {
        row["ags_old"]: dt.datetime.strptime(row["effective_legal"], "%d.%m.%Y").date() - dt.timedelta(days=1)
        for row in read(facts / "gebietsaenderungen_2023-2025-02.tsv")
        if row["level"] == "Gemeinde" and row["change_type"] == "1"
    }
    for row in read(sources / "former_kreise.tsv"):
        days[row["key"] + "000"] = dt.date.fromisoformat(row["valid_to"])
    entries = []
    for row in read(facts / "former_names.tsv"):
        ags, successor = row["ags_old"], row["successor_ags"]
        first, last = int(row["last_snapshot"]), int(row["next_snapshot"])
        day = dt.date(first + (last - first) // 2, 12, 31)
        if row["land_iso"] == "ST" and first == 2009:  # the reform of Sachsen-Anhalt was complete on 1 January 2011
            day = dt.date(2010, 12, 31)
        name = row["name"]
        entries.append(
            TerritoryEntry(
                kb_id=f"ags:{ags}",
                name=name,
                aliases=aliases(name, []),
                level="municipality",
                ags=ags,
                state=f"DE-{row['land_iso']}",
                kreis_key=by_key[f"ags:{successor}"].kreis_key,
                parent=f"ags:{successor}",
                population=int(row["population_last"] or 0),
                valid_to=days.get(ags, day),
                successor=f"ags:{successor}",
                successor_ags=successor,
                source=f"Destatis, snapshots {first} and {last}",
            )
        )
    return entries


def _former_kreise(facts: Path, sources: Path, by_key: dict[str, TerritoryEntry]) -> list[TerritoryEntry]:
    curated = {row["key"]: row for row in read(sources / "former_kreise.tsv")}
    renumbered = [
        replace(
            by_key[f"ags:{row['successor']}"],
            kb_id=f"ags:{row['key']}",
            ags=row["key"],
            ars=None,
            kreis_key=row["key"][:5],
            parent=f"ags:{row['key'][:5]}",
            valid_to=dt.date.fromisoformat(row["valid_to"]),
            successor=f"ags:{row['successor']}",
            successor_ags=row["successor"],
            source="curated",
        )
        for row in read(sources / "former_keys.tsv")
    ]
    entries = renumbered
    for row in read(facts / "former_kreise.tsv"):
        key, name = row["kreis_key_old"], row["name_old"]
        more = curated.get(key)
        city = more is not None and len(more["successor"]) == 8
        if more is None and (int(row["last_snapshot"]) >= 1998 or (key[2] == "0" and int(key[3:]) < 10)):
            continue  # cities of 1990, whose entry of today serves
        land = ISO[key[:2]]
        last = more["valid_to"] if more else "1995-12-31" if row["last_snapshot"] == "1994" else _REFORMS[land]
        successor = f"ags:{more['successor']}" if more else None
        heir = by_key.get(successor or "")
        ags = key + "000" if city else key
        if f"ags:{ags}" in by_key:
            continue
        own_name = re.search(r"kreis(?: |$)|Kreis$| Land$", name)
        full = name if city or (own_name and not name.endswith(" Land")) else f"Landkreis {name}"
        bares = [name, *short_forms(name)]  # "Landkreis Osterode" was the one of Osterode am Harz
        names = [] if city or full == name else [f"{kind} {bare}" for bare in bares for kind in _KREIS_KINDS] + [name]
        if city:
            names = list(aliases(name, []))
        elif full == name and " " in name:
            first, rest = name.split(" ", 1)  # "im Mittleren Erzgebirgskreis", "des Unteren Kreises"
            names += name_forms(name) if first[-2:] != "er" else [f"{first[:-1]}{e} {rest}" for e in ("", "n", "m")]
        entries.append(
            TerritoryEntry(
                kb_id=f"ags:{ags}",
                name=full,
                aliases=tuple(dict.fromkeys(n for n in names if n != full)),
                level="municipality" if city else "district",
                ags=ags,
                state=f"DE-{land}",
                kreis_key=key,
                population=heir.population if heir and city else 0,
                latitude=heir.latitude if heir else None,
                longitude=heir.longitude if heir else None,
                valid_to=dt.date.fromisoformat(last),
                successor=successor,
                successor_ags=successor[4:] if successor else None,
                designation="Kreisfreie Stadt" if city else "Landkreis",
                source=f"Destatis, snapshots {row['first_snapshot']} to {row['last_snapshot']}",
            )
        )
    return entries


def _first_days(former: list[TerritoryEntry]) -> dict[str, dt.date]:
    """First day of the keys that took the place of former ones."""
    return {e.successor: e.valid_to + dt.timedelta(days=1) for e in former if e.successor and e.valid_to}


def _countries(sources: Path) -> list[TerritoryEntry]:
    return [
        TerritoryEntry(
            kb_id=f"country:{row['iso']}",
            name=row["name"],
            aliases=tuple(split(row["aliases"])),
            level="country",
            state=row["iso"],
            source="ISO 3166-1",
        )
        for row in read(sources / "countries.tsv")
    ]


def _cities_abroad(sources: Path) -> list[TerritoryEntry]:
    return [
        TerritoryEntry(
            kb_id=f"city:{row['country']}-{row['name'].replace(' ', '-').replace('.', '').lower()}",
            name=row["name"],
            aliases=tuple(split(row["aliases"])),
            level="municipality",
            state=row["country"],
            parent=f"country:{row['country']}",
            source="curated",
        )
        for row in read(sources / "cities_abroad.tsv")
    ]


def compile(facts: Path, sources: Path) -> list[TerritoryEntry]:
    """All territories.

    Args:
        facts: folder of the raw tables.
        sources: folder of the curated tables.
    """
    municipalities = _municipalities(facts, sources)
    by_kreis: dict[str, list[TerritoryEntry]] = defaultdict(list)
    by_association: dict[str, list[TerritoryEntry]] = defaultdict(list)
    for entry in municipalities:
        by_kreis[entry.kreis_key or ""].append(entry)
        by_association[(entry.ars or "")[:9]].append(entry)
    entries = [*municipalities, *_kreise(facts, by_kreis), *_associations(facts, by_association), *_regions(facts)]
    by_key = {entry.kb_id: entry for entry in entries}
    entries += _laender(facts, sources, by_key)
    entries += _former_municipalities(facts, sources, by_key)
    by_key = {entry.kb_id: entry for entry in entries}
    former = _former_kreise(facts, sources, by_key)
    starts = _first_days(former)
    entries = [replace(e, valid_from=starts[e.kb_id]) if e.kb_id in starts else e for e in entries] + former
    by_key = {entry.kb_id: entry for entry in entries}
    entries += localities(facts, sources, by_key)
    entries += _countries(sources)
    entries += _cities_abroad(sources)
    # A kreisfreie Stadt has no association and its Kreis no entry of its own.
    keys = {entry.kb_id for entry in entries}
    return [_with_double_s(replace(e, parent=None) if e.parent and e.parent not in keys else e) for e in entries]


def _with_double_s(entry: TerritoryEntry) -> TerritoryEntry:
    """The entry with its names as they are written without "ß": "Hassloch"."""
    if "ß" not in "".join(entry.names):
        return entry
    swiss = (name.replace("ß", "ss") for name in (entry.name, *entry.aliases) if "ß" in name)
    return replace(entry, aliases=tuple(dict.fromkeys((*entry.aliases, *swiss))))
