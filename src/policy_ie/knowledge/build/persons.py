"""Builds `data/persons.tsv`, the given names and surnames, from public name lists.

The folder of facts holds the source tables:

* `firstnames_de.tsv`: given names of children registered in Berlin 2012–2023 (Land Berlin, CC BY 3.0 DE), and the lists
  of faker (MIT);
* `surnames_de.tsv`: the lists of faker and zxcvbn (MIT);
* `given_names_europe.tsv` (beside this package's other sources): given names of other countries of Europe (faker, MIT);
* `mdb_dip_1972-2021.tsv`, `officeholders_dip_1972-2021.tsv`: members of the Bundestag and holders of federal offices
  (documentation of the Bundestag, public domain); names only, never who holds which office.

Each line of the result is a name and its flags: `f`, `m` or `u` (either) for a given name, `w` where it is also an
ordinary word or a place and needs more evidence, `s` for a surname.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

HEADER = (
    "# Given names: Land Berlin, Vornamen 2012-2023 (CC BY 3.0 DE); faker (MIT). Surnames: faker, zxcvbn (MIT).\n"
    "# Names of members of the Bundestag and of the Federal Government: Deutscher Bundestag, DIP (public domain).\n"
    "# Flags: f/m/u gender of a given name, w also a word or a place, s surname.\n"
)


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _parts(name: str) -> list[str]:
    return [p for p in re.split(r"[ \-]", name) if len(p) > 1 and "." not in p and p[0].isupper()]


def _source(name: str) -> list[str]:
    lines = (Path(__file__).parent.parent / "sources" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def _weak() -> frozenset[str]:
    return frozenset(word for line in _source("given_names_weak.txt") for word in line.split())


def build(facts: Path) -> dict[str, str]:
    """Names with their flags, from the tables in `facts`."""
    genders: dict[str, str] = {}
    for row in _rows(facts / "firstnames_de.tsv"):
        male, female = int(row["berlin_m"] or 0), int(row["berlin_w"] or 0)
        gender = row["gender"]
        if male and female:
            gender = "m" if male > 5 * female else "f" if female > 5 * male else "u"
        for part in _parts(row["name"]) if "-" in row["name"] else [row["name"]]:
            if len(part) > 1 and (part == row["name"] or part not in genders):
                genders[part] = gender if gender in ("m", "f") else "u"
    surnames = {row["name"] for row in _rows(facts / "surnames_de.tsv")}
    for table in ("mdb_dip_1972-2021.tsv", "officeholders_dip_1972-2021.tsv"):
        for row in _rows(facts / table):
            for part in _parts(row["first_name"]):
                genders.setdefault(part, "u")
            surnames.update(p for p in _parts(row["last_name"]) if len(p) > 2)
    for line in _source("given_names_europe.tsv"):
        name, _, gender = line.partition("\t")
        genders.setdefault(name, gender)
    weak = _weak()
    flags: dict[str, str] = {}
    for name in sorted(genders.keys() | surnames):
        flag = genders.get(name, "")
        if flag and (name in weak or len(name) < 3):
            flag += "w"
        flags[name] = flag + ("s" if name in surnames else "")
    return flags


def write(facts: Path, target: Path) -> None:
    """Writes the table."""
    lines = (f"{name}\t{flags}\n" for name, flags in build(facts).items())
    target.write_text(HEADER + "".join(lines), encoding="utf-8")
