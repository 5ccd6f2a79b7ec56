"""Prizes and distinctions that are named without quotation marks: "Deutscher Kita-Preis", "Ehrennadel des Landkreises"."""

from __future__ import annotations

import re
from functools import cache

from policy_ie.components.programmes.grammar import ADJECTIVE_BEFORE, DEFINITE, WORD, WS, Found, HeadHit, with_land
from policy_ie.components.programmes.words import word_lists
from policy_ie.knowledge.names import name_tables
from policy_ie.records import ProgrammeType

__all__ = ["nominative", "order_name", "prize_name"]

_PRIZE = re.compile(
    rf"(?:{WS}für{WS}(?:[a-zäöüß]+e[nrs]?{WS})?[A-ZÄÖÜ][\w-]+(?:{WS}und{WS}[A-ZÄÖÜ][\w-]+)?)?(?:{WS}(?:des{WS}Landes{WS}[A-ZÄÖÜ][\w-]+|der{WS}Stadt{WS}[A-ZÄÖÜ][\w-]+|NRW|20\d\d))*"
)


_YEAR = re.compile(r"[ \xa0]20\d\d(?!\d)")
_OF_PERSON = re.compile(r"(?<![\w-])([A-ZÄÖÜ][\w-]+)[ \xa0](?:[A-ZÄÖÜ][\w.-]+[ \xa0]|von[ \xa0]){1,2}$")
_MEDALS = ("medaille", "plakette")
_OF_SPORT = ("gold", "silber", "bronze")
_FORMS = frozenset({"preis", "preises", "preise", "wettbewerb", "wettbewerbs", "medaille", "plakette"})


@cache
def _prizes() -> tuple[str, ...]:
    return tuple(word_lists().prize)


def _is_called(text: str, hit: HeadHit, first: str, core: str) -> bool:
    """True where a compound alone names a prize: "der Demografiepreis", "die Carl-Muster-Medaille"."""
    if text[hit.end + 1 : hit.end + 2] in ("„", '"', "»", "‚", "“"):
        return False
    if hit.head.noun == "wettbewerb" or not DEFINITE.search(text[max(0, hit.begin - 5) : hit.begin]):
        return False
    if "-" in first:
        return first[0].isupper() and (hit.head.noun == "preis" or first.endswith("-"))
    return hit.head.noun == "preis" and core.endswith(_prizes())


def prize_name(text: str, hit: HeadHit) -> Found | None:
    """A prize: "Deutscher Kita-Preis", "Integrationspreis des Landes Hessen", "Landespreis für Heimatforschung"."""
    first = text[hit.begin : hit.noun]
    if hit.head.noun == "preis" and not first and text[hit.begin - 9 : hit.begin - 1] in ("Deutsche", "eutschen", "eutscher"):
        # "Deutscher Preis für Denkmalschutz"
        national = _PRIZE.match(text, hit.end)
        if national is not None and text.startswith(" für ", hit.end):
            start = text.rindex("Deutsch", 0, hit.begin)
            return Found(start, national.end(), ProgrammeType.AWARD, "prize")
    person = None if first or hit.head.noun != "preis" else _OF_PERSON.search(text, max(0, hit.begin - 50), hit.begin)
    if person is not None and person[1].split("-")[0] in name_tables().given:  # "Karl Muster Preis"
        year = _YEAR.match(text, hit.end)
        return Found(person.start(), year.end() if year else hit.end, ProgrammeType.AWARD, "prize")
    if hit.head.noun not in ("preis", "wettbewerb", "medaille", "plakette") or len(first) < 3:
        return None
    core = first.rstrip("-").rsplit("-", 1)[-1].casefold()
    if (
        core in (_OF_SPORT if hit.head.noun in _MEDALS else word_lists().no_prize)
        or text[hit.noun : hit.end].lower() not in _FORMS
    ):
        return None
    before = ADJECTIVE_BEFORE.search(text[max(0, hit.begin - 30) : hit.begin])
    after = (_OF_BODY if hit.head.noun in _MEDALS else _PRIZE).match(text, hit.end)
    start = hit.begin - (len(before[1]) if before else 0)
    end = after.end() if after else hit.end
    if (
        hit.head.noun == "wettbewerb"
        and not (before and first.startswith(("Bundes", "Landes")))
        and not first.startswith(("Bundes", "Landes"))
    ):
        return None
    if end == hit.end and hit.head.noun == "preis":
        end = with_land(text, end)
        if end > hit.end and (year := _YEAR.match(text, end)):
            end = year.end()
    if before is None and end == hit.end and not _is_called(text, hit, first, core):
        return None
    if hit.head.noun == "preis" and text[hit.end - 1] == "e" and before is None:
        return None
    return Found(start, end, ProgrammeType.AWARD, "prize")


# Distinctions of Länder, districts and towns, and the gender of the noun.
_ORDERS = {
    "verdienstorden": "m", "helferorden": "m", "verdienstmedaille": "f", "verdienstkreuz": "n", "ehrenmedaille": "f",
    "ehrennadel": "f", "ehrenplakette": "f", "ehrenzeichen": "n", "ehrenbrief": "m",
}  # fmt: skip
_OF_BODY = re.compile(
    rf"(?:{WS}am{WS}Bande|{WS}in{WS}(?:Gold|Silber|Bronze))?{WS}(?:(?:des|der){WS}(?:Landes|Freistaate?s|Landkreises|Kreises|Stadt|Gemeinde|Region"
    rf"|Landeshauptstadt|Hansestadt|Bundesrepublik)(?:{WS}(?!Für|Am|Im|In|Und){WORD}(?:{WS}Deutschland)?)?)"
)


def order_name(text: str, hit: HeadHit) -> Found | None:
    """A distinction: "Sächsischer Verdienstorden", "Ehrennadel des Landkreises", "Landesehrennadel"."""
    if hit.head.noun not in _ORDERS:
        return None
    before = ADJECTIVE_BEFORE.search(text[max(0, hit.begin - 30) : hit.begin])
    after = _OF_BODY.match(text, hit.end)
    if before is None and after is None and not text.startswith("Landes", hit.begin, hit.noun):
        return None
    start = hit.begin - (len(before[1]) if before else 0)
    return Found(start, after.end() if after else hit.end, ProgrammeType.AWARD, "order")


def nominative(name: str, hit_noun: str) -> str:
    """The name of a distinction in the nominative: "Sächsischen Verdienstordens" is the Sächsischer Verdienstorden.

    Example:
        >>> nominative("Niedersächsischen Verdienstkreuzes", "verdienstkreuz")
        'Niedersächsisches Verdienstkreuz'
    """
    ending = {"m": "er", "f": "e", "n": "es"}[_ORDERS[hit_noun]]
    name = re.sub(r"^([A-ZÄÖÜ][\w-]*(?:isch|deutsch))e[rnms]?(?= )", rf"\1{ending}", name)
    return re.sub(rf"({hit_noun})e?s(?!\w)", r"\1", name, count=1, flags=re.I)
