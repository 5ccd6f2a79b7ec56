"""Compiles known office holders of Bund and Länder with their terms: evidence for whose minister somebody is.

Sources in the folder of facts:

* `officeholders_dip_1972-2021.tsv`: federal ministers and state secretaries, members of the Bundesrat (documentation of
  the Bundestag, public domain); a term runs from the first to the last document;
* `ministers_2024-2026.tsv`: heads and ministers of Bund and Länder, from the day first to the day last seen in office.

A term says that somebody held the office in that time, not when it began or ended. What ended before the releases that
are read (1998) is left out. Two persons of one name are one entry: their terms tell them apart.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from pathlib import Path

from policy_ie.knowledge.build.placenames import read
from policy_ie.knowledge.entries import PersonEntry

__all__ = ["compile"]

_SINCE = "1998"
_FEDERAL = "country:DE"
#: Functions of the Bundestag's documentation that are offices of a government.
_FUNCTIONS = re.compile(r"Bundesmin\.|Bundeskanzl\.|(?:Parl\. )?Staatssekr\.|Staatsmin\.|(?:Stellv\. )?MdBR$")
_TITLE = re.compile(r"^(?:(?:Prof|Dr)\.\s*(?:h\.\s?c\.\s*)?)+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

#: (office, kb_id of Bund or Land, first day, last day)
_Term = tuple[str, str, str, str]


def _key(name: str) -> str:
    return "person:" + re.sub(r"[^a-z]+", "-", name.lower().translate(_UMLAUTS)).strip("-")


def _cell(office: str) -> str:
    return office.replace("|", "/").replace("@", " ")


def _merged(terms: list[_Term]) -> tuple[str, ...]:
    """One term an office and body, from the first to the last day it was seen, in order of time."""
    spans: dict[tuple[str, str], tuple[str, str]] = {}
    for office, body, first, last in terms:
        known = spans.get((office, body), (first, last))
        spans[office, body] = min(known[0], first), max(known[1], last)
    ordered = sorted((*days, *what) for what, days in spans.items())
    return tuple(f"{office}@{body}@{first}@{last}" for first, last, office, body in ordered)


def compile(facts: Path, sources: Path) -> list[PersonEntry]:
    """All holders of an office of the Federal Government or the government of a Land, one entry a name."""
    lands = {row["name"].casefold(): f"ags:{row['land_key']}" for row in read(facts / "laender.tsv")}
    people: dict[str, PersonEntry] = {}
    terms: dict[str, list[_Term]] = defaultdict(list)

    def held(given: str, family: str, party: str | None, term: _Term) -> None:
        name = f"{given} {family}"
        person = PersonEntry(kb_id=_key(name), name=name, given_name=given, family_name=family, party=party)
        if term[3] >= _SINCE:
            people[person.kb_id] = person
            terms[person.kb_id].append(term)

    for row in read(facts / "officeholders_dip_1972-2021.tsv"):
        body = lands.get(row["land"].casefold()) if row["land"] else _FEDERAL if row["ministry"] else None
        if body is not None and _FUNCTIONS.match(row["function"]):
            family = f"{row['name_particle']} {row['last_name']}".strip()
            office = row["ministry"] or row["function_addition"] or row["function"]
            held(row["first_name"], family, None, (_cell(office), body, row["first_doc"], row["last_doc"]))
    for row in read(facts / "ministers_2024-2026.tsv"):
        body = _FEDERAL if row["body"] == "bundesregierung" else lands.get(row["body"])
        given, _, family = _TITLE.sub("", row["person"]).partition(" ")
        if body is not None and family:
            held(given, family, row["party"], (_cell(row["office"]), body, row["first_seen"], row["last_seen"]))
    return [dataclasses.replace(person, terms=_merged(terms[kb_id])) for kb_id, person in people.items()]
