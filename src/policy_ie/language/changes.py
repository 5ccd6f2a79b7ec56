"""Shares and changes: "60 Prozent", "zwei Drittel", "Verdreifachung", "um 12 Prozent auf 4,1 Millionen".

A share is a part of a whole, a change compares with before; both may be given per cent, a change as a factor too.

Examples:
    >>> [(c.text, c.kind, str(c.percent)) for c in find_changes("Der Etat steigt um 12 Prozent auf 4,1 Millionen Euro.")]
    [('12 Prozent', 'change', '12')]
    >>> [(c.text, str(c.factor)) for c in find_changes("eine Verdreifachung der Mittel")]
    [('Verdreifachung', '3')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

import ahocorasick_rs

from policy_ie.language.numbers import parse_cardinal, plain
from policy_ie.language.operands import REACH, operands_before

__all__ = ["Change", "find_changes"]


@dataclass(frozen=True, slots=True)
class Change:
    """A share or a change in a text.

    Attributes:
        start, end: offsets; number and unit without "um", "rund", "bis zu".
        text: surface.
        kind: "share" for a part of a whole, "change" for a comparison with before.
        percent: percentage; of a change the signed difference (-12 for "sinkt um 12 Prozent"). None for ranges.
        factor: new over old, for a change that is told as a multiple ("Verdreifachung": 3).
        bounds: ends of a range ("5 bis 10 Prozent"), in per cent, with the sign of the change.
        points: true for percentage points.
    """

    start: int
    end: int
    text: str
    kind: Literal["share", "change"]
    percent: Decimal | None = None
    factor: Decimal | None = None
    bounds: tuple[Decimal, Decimal] | None = None
    points: bool = False


#: Words whose stem tells the direction of a change; looked up in the clause of "um 12 Prozent".
_DOWN = re.compile(
    r"sink|sank|gesunken|gesenk|senk|kürz|gekürzt|reduz|rückgang|zurückg|weniger|niedriger|geringer|günstiger|minus|verringer"
    r"|abgenommen|abnahme|\bnimmt\b[^,.;]*\bab\b|gefallen|\bfiel|fällt|einspar|eingespart|schrumpf|geschrumpft|einbruch"
    r"|eingebrochen|abbau|abgebaut|verbillig|verminder",
    re.IGNORECASE,
)
_UP = re.compile(
    r"steig|stieg|erhöh|wachs|wuchs|zuwachs|zugenommen|zunahme|\bplus\b|\bmehr\b|höher|anheb|angehoben|aufstock|aufgestockt"
    r"|anstieg|verteuer|teurer|\bzu\b\s*$|ausweit|ausgeweitet|zulegen|zugelegt|verbesser|ausbau|anwachs|aufwuchs",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:um|plus|minus|[Pp]lus von|[Mm]inus von|(?:[Zz]uwachs|[Rr]ückgang|[Aa]nstieg|Erhöhung|Steigerung|Kürzung|Senkung"
    r"|Aufwuchs)(?:\s\w+){0,2}? (?:von|um))(?:\s(?:rund|etwa|ca\.|circa|knapp|gut|fast|bis zu|über|mehr als|weitere|weiteren"
    r"|jeweils|insgesamt|durchschnittlich))*\s+[+-]?$"
)
_AFTER = re.compile(r"\s(mehr|weniger|höher|niedriger|(?:über|unter)(?=\sdem\s))\b(?!\s(?:als\s)?(?:\d|die\sHälfte))")
_SIGN = re.compile(r"(?:^|[\s(])([+\u2212–-])\s?$")
#: Prefixes of multiples: Verdopplung, verdreifacht, Verzehnfachung.
_MULTIPLY = re.compile(r"[Vv]er([a-zäöüß]{3,20}?)fach(?:ung|t|te|ten|en|e)?(?![a-zäöüß])")
_DOUBLE = re.compile(r"[Vv]erdopp(?:e?lung|elt|elte|elten|eln|ele)[nrsm]?(?![a-zäöüß])")
_HALVE = re.compile(r"[Hh]albier(?:ung|t|te|ten|en|e)(?![a-zäöüß])")
_MULTIPLE = re.compile(
    r"(?:(?:auf|um) das (?P<nominal>[A-ZÄÖÜa-zäöüß]+?)(?:fache|e)\b|(?P<times>[a-zäöüß]+|\d+) ?mal so (?:viel|hoch|hoh|groß)\w*"
    r"|(?P<double>doppelt) so (?:viel|hoch|hoh|groß)\w*)"
)
_FRACTION = re.compile(
    r"\b(?:(?P<count>ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|[1-9])e?[mnrs]?\s+(?P<part>Drittel|Viertel|Fünftel|Sechstel|Siebtel|Achtel"
    r"|Neuntel|Zehntel|Zwanzigstel)[ns]?|(?P<half>(?:die|der|zur|einer|eine)\s+Hälfte))\b"
)
_PARTS = {
    "Drittel": 3, "Viertel": 4, "Fünftel": 5, "Sechstel": 6, "Siebtel": 7, "Achtel": 8, "Neuntel": 9, "Zehntel": 10,
    "Zwanzigstel": 20,
}  # fmt: skip
_ANCHORS = (
    "Prozentpunkte", "Prozentpunkten", "Prozentpunkt", "Prozent", "Prozents", "prozentige", "prozentiger", "prozentigen",
    "prozentiges", "prozentigem", "%", "v. H.", "v.H.", "vH", "Promille",
    "fach", "erdopp", "albier", "mal so", "oppelt so", "das Doppelte", "Drittel", "iertel", "ünftel", "echstel", "iebtel",
    "Achtel", "euntel", "ehntel", "wanzigstel", "Hälfte",
)  # fmt: skip
_UNITS = 15  # how many of the anchors are units of a number


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(_ANCHORS, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def find_changes(text: str) -> list[Change]:
    """The shares and changes of a text, in order.

    Examples:
        >>> [(c.text, c.kind, str(c.percent)) for c in find_changes("60 Prozent vom Land, ein Viertel vom Bund")]
        [('60 Prozent', 'share', '60'), ('ein Viertel', 'share', '25')]
        >>> [str(c.percent) for c in find_changes("Die Zuschüsse sinken um 5 %.")]
        ['-5']
        >>> find_changes("Das Drittmittelprojekt im Viertel verdoppelte nichts Einfaches")[0].text
        'verdoppelte'
    """
    found: list[Change] = []
    done = before = 0
    for index, start, end in _automaton().find_matches_as_indexes(text):
        if start < done:
            continue
        low, before = max(done, before), end
        change = _per_cent(text, start, end, low) if index < _UNITS else _in_words(text, start, end, done)
        if change is not None:
            found.append(change)
            done = change.end
    return found


def _per_cent(text: str, start: int, end: int, low: int) -> Change | None:
    if text[end : end + 1].isalpha():
        return None
    low = max(low, start - REACH)
    operands = operands_before(text[low:start], low)
    if not operands:
        return None
    last = operands[-1]
    unit = text[start:end]
    per = Decimal("0.1") if unit == "Promille" else Decimal(1)
    first = operands[-2] if len(operands) > 1 and (last.ranges or last.link.startswith("und")) else last
    value, low_end = last.quantity.value, first.quantity.value
    if value is None or low_end is None or last.quantity.scaled:
        return None
    between = "zwischen" in text[max(0, first.start - 20) : first.start]
    if first is not last and (low_end >= value or (last.link.startswith("und") and not between)):
        first, low_end = last, value
    kind, sign = _kind_of(text, first.start, end)
    bounds = None if first is last else (plain(low_end * per * sign), plain(value * per * sign))
    percent = plain(value * per * sign) if first is last else None
    return Change(first.start, end, text[first.start : end], kind, percent, None, bounds, "punkt" in unit)


def _kind_of(text: str, start: int, end: int) -> tuple[Literal["share", "change"], int]:
    """Whether a percentage is a change, and its sign."""
    before = text[max(0, start - 80) : start]
    by = _BY.search(before)
    after = _AFTER.match(text, end)
    sign = _SIGN.search(before)
    if by is None and after is None and (sign is None or sign[1] not in "+\u2212"):
        return "share", 1
    if sign is not None:
        return "change", 1 if sign[1] == "+" else -1
    if after is not None:
        return "change", -1 if after[1] in ("weniger", "niedriger", "unter") else 1
    # The clause around "um": the words before it back to the last punctuation, then those after.
    clause = re.split(r"[.;:!?]\s|,\s", before)[-1]
    rest = re.split(r"[.,;:!?]", text[end : end + 80])[0]
    for part in (clause, rest):
        down, up = list(_DOWN.finditer(part)), list(_UP.finditer(part))
        if down or up:
            nearest_down = down[-1].start() if down else -1
            nearest_up = up[-1].start() if up else -1
            return "change", -1 if nearest_down > nearest_up else 1
    return "change", 1


def _in_words(text: str, start: int, end: int, done: int) -> Change | None:
    low = max(done, start - 40)
    for pattern in (_MULTIPLY, _DOUBLE, _HALVE, _MULTIPLE, _FRACTION):
        for match in pattern.finditer(text, low, min(len(text), end + 30)):
            if match.start() <= start and match.end() >= end and not (match.start() and text[match.start() - 1].isalpha()):
                change = _change_of(text, match, pattern)
                if change is not None:
                    return change
    return None


def _change_of(text: str, match: re.Match[str], pattern: re.Pattern[str]) -> Change | None:
    start, end, surface = match.start(), match.end(), match[0]
    factor: Decimal | None
    if pattern is _FRACTION:
        percent = (
            Decimal(50)
            if match["half"]
            else plain((Decimal(100) * _count(match["count"]) / _PARTS[match["part"]]).quantize(Decimal("0.01")))
        )
        kind, sign = _kind_of(text, start, end)
        return Change(start, end, surface, kind, percent * sign)
    if pattern is _DOUBLE:
        factor = Decimal(2)
    elif pattern is _HALVE:
        factor = Decimal("0.5")
    elif pattern is _MULTIPLY:
        factor = parse_cardinal(match[1])
    elif match["double"]:
        factor = Decimal(2)
    else:
        word = (match["nominal"] or match["times"]).lower()
        factor = (
            Decimal(2)
            if word in ("doppelt", "zweifach")
            else Decimal(word)
            if word.isascii() and word.isdigit()
            else parse_cardinal(word)
        )
    return None if not factor else Change(start, end, surface, "change", None, factor)


def _count(word: str) -> Decimal:
    return Decimal(word) if word.isdigit() else parse_cardinal(word) or Decimal(1)
