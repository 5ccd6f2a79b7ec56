"""Title nouns: from a capitalised word to the office that it names."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from policy_ie.components.officials.words import is_subject
from policy_ie.knowledge.portfolios import portfolios
from policy_ie.records import Gender

__all__ = ["BODY", "Title", "is_head_of_senate", "portfolio_of", "role_with_body", "table", "title_of"]

#: Roles that are no `Role`: the body decides, or a function without public office.
BODY, NO_OFFICE = "body", "-"

_DEPUTY = re.compile(r"(?:Vize|Stellvertretend)-?(?=\w{4})")
_FORMER = re.compile(r"(?:Ex-|Alt-|Alt(?=(?:ober|bundes|bürger|land|minister|kanzler)))")
_NOT_TITLES = re.compile(
    r"(?i)\w*(?:beglei|halblei|ablei|tonlei|karrierelei|strickle|begle)iter\w*|\w*(?<!ge)trichter\w*|\w*lautsprecher\w*|\w*berichter\w*"
    r"|weltmeister\w*|vorgesetzte\w*|\w*darsteller\w*|begleiter\w*|halbleiter\w*|ableiter\w*|tonleiter\w*"
)


#: "Buergermeister", "Landraetin".
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü", "Ae": "Ä", "Oe": "Ö", "Ue": "Ü"}
_TRANSCRIBED = re.compile(r"(?<![aeiouqAEIOUQ])[aouAOU]e")


class Title(NamedTuple):
    """A title noun as it stands in the text.

    Attributes:
        head: the noun without its compound, masculine: "Minister".
        role: the role, `BODY` where the body decides, `NO_OFFICE` for a function without public office.
        gender: from the form; None where the form leaves it open.
        plural: True or False, None where the form is both.
        stem: what stands before the head in the compound: "Familien".
        former: True for Ex-, Alt-.
        deputy: True for Vize-.
    """

    head: str
    role: str
    gender: Gender | None
    plural: bool | None
    stem: str
    former: bool = False
    deputy: bool = False


def table(name: str) -> list[dict[str, str]]:
    """Rows of a data file of this component, by the names in its head."""
    text = files("policy_ie.components.officials").joinpath(name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


Form = tuple[str, str, Gender | None, bool | None]


def _forms(row: dict[str, str]) -> dict[str, Form]:
    masculine, feminine, role = row["masculine"], row["feminine"], row["role"]
    found: dict[str, Form] = {}

    def put(form: str, gender: Gender | None, plural: bool | None) -> None:
        found.setdefault(form, (masculine, role, gender, plural))

    if masculine.endswith("er") and feminine == masculine[:-1]:  # adjective: der Beauftragte, ein Beauftragter
        put(masculine, Gender.MALE, False)
        put(feminine, None, None)
        for ending in ("en", "em"):
            put(masculine[:-2] + ending, None if ending == "en" else Gender.MALE, None if ending == "en" else False)
        return found
    male = Gender.MALE if feminine != "-" else None
    both = masculine.endswith("er")
    put(masculine, male, None if both else False)
    if feminine != "-":
        put(feminine, Gender.FEMALE, False)
        put(feminine + "nen", Gender.FEMALE, True)
    for form in row["forms"].split():
        put(form, Gender.FEMALE if form.endswith(("frauen", "innen")) else male, not form.endswith("s"))
    if both:
        put(masculine + "s", male, False)
        put(masculine + "n", male, True)
    elif not row["forms"] and masculine.endswith(("t", "e")):  # weak: des Präsidenten, die Präsidenten
        put(masculine + ("n" if masculine.endswith("e") else "en"), male, None)
    return found


@cache
def _lexicon() -> tuple[dict[str, Form], dict[str, Form]]:
    """Forms that stand alone, and lower-case forms that end a compound."""
    alone: dict[str, Form] = {}
    compound: dict[str, Form] = {}
    for row in table("titles.tsv"):
        forms = _forms(row)
        for form, value in forms.items():
            alone.setdefault(form, value)
            if row["compound"] == "y":
                compound.setdefault(form.lower(), value)
            elif "-" not in form:  # Landes-, Alt- and the like stand before any title
                compound.setdefault("-" + form.lower(), value)
    return alone, compound


@lru_cache(maxsize=1 << 15)
def title_of(word: str) -> Title | None:
    """The title noun that a capitalised word is, with its compound; None for all other words.

    Example:
        >>> title = title_of("Familienministerin")
        >>> title.head, title.role, title.stem, title.gender.value
        ('Minister', 'minister', 'Familien', 'female')
        >>> title_of("Begleiter") is None, title_of("Ex-Landrat").former
        (True, True)
    """
    alone, compound = _lexicon()
    if len(word) < 2 or (len(word) < 4 and word not in alone):
        return None
    former = deputy = False
    if m := _FORMER.match(word):
        former, word = True, word[m.end() :]
        word = word[:1].upper() + word[1:]
    if word not in alone and (m := _DEPUTY.match(word)):
        deputy, word = True, word[m.end() :]
        word = word[:1].upper() + word[1:]
    word = re.sub(r"(?<=[a-zäöü])[:*_/](?:in|r|innen)\b|(?<=[a-z])In\b", "", word)
    form = alone.get(word)
    if form is not None:
        return Title(form[0], form[1], form[2], form[3], "", former, deputy)
    if _NOT_TITLES.fullmatch(word):
        return None
    lower = word.lower()
    for start in range(1, len(word) - 2):
        form = compound.get(lower[start:])
        if form is not None:
            return Title(form[0], form[1], form[2], form[3], word[:start].rstrip("-"), former, deputy)
    umlauts = _TRANSCRIBED.sub(lambda m: _UMLAUTS[m[0]], word)
    return title_of(umlauts) if umlauts != word else None


@cache
def _heads_of_senate() -> dict[str, list[tuple[str, dt.date, dt.date]]]:
    heads: dict[str, list[tuple[str, dt.date, dt.date]]] = {}
    for row in table("heads_of_senate.tsv"):
        until = dt.date.fromisoformat(row["until"]) if row["until"] else dt.date.max
        heads.setdefault(row["name"], []).append((row["land"], dt.date.fromisoformat(row["since"]), until))
    return heads


def is_head_of_senate(name: str, date: dt.date | None, text: str) -> bool:
    """True where a Bürgermeister of that name governed Hamburg or Bremen then, and the text names the city.

    Example:
        >>> is_head_of_senate("Carsten Sieling", dt.date(2017, 5, 1), "Bremen"), is_head_of_senate("Eva Muster", None, "Bremen")
        (True, False)
    """
    return any(
        land in text and (date is None or since <= date <= until) for land, since, until in _heads_of_senate().get(name, ())
    )


@cache
def _bodies() -> list[tuple[frozenset[str], re.Pattern[str], str]]:
    return [(frozenset(row["titles"].split()), re.compile(row["body"], re.I), row["role"]) for row in table("bodies.tsv")]


def role_with_body(head: str, body: str) -> str | None:
    """Role of a title whose body decides; None where no row of `bodies.tsv` fits.

    Example:
        >>> role_with_body("Präsident", "des Landesamtes für Umwelt"), role_with_body("Leiter", "des Projekts")
        ('president', None)
    """
    noun = head.lower()
    for titles, pattern, role in _bodies():
        if (noun in titles or "*" in titles) and pattern.search(body):
            return role
    return None


_LINKED = ("ungs", "heits", "keits", "schafts", "ions", "täts", "halts", "rechts", "kehrs", "tags")
_LEVELS = re.compile(r"^(?:Bundes|Landes|Staats|Stadt|Kreis|EU-|NRW-|Ober|Bezirks|Regierungs|Hamburg-)+(?=\w|-|$)-?", re.I)


@lru_cache(1 << 12)
def portfolio_of(stem: str) -> tuple[str, ...]:
    """Subjects that the first part of a compound names; empty where it names none.

    Example:
        >>> portfolio_of("Bundesfamilien"), portfolio_of("Ober"), portfolio_of("Datenschutz")
        (('Familie',), (), ('Datenschutz',))
    """
    stem = _LEVELS.sub("", stem).strip("-")
    stem = re.sub(r"(?:-?staats|-?bundes|-?landes)$", "", stem, flags=re.I)
    if not stem or stem.isupper():
        return ()
    known = portfolios().stems.get(stem[0].upper() + stem[1:])
    if known is None and stem.endswith("s") and (is_subject(stem[:-1]) or stem.endswith(_LINKED)):
        stem = stem[:-1]  # "Haushalts-"
    return (known or stem[0].upper() + stem[1:],)
