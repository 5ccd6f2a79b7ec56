"""What the words beside a sum say about it: qualifier, period, unit that gets it, total."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_ie.components.money.tables import Sign, context
from policy_ie.components.money.values import Sum
from policy_ie.records import MoneyPer, MoneyQualifier

__all__ = ["Reading", "read_context"]

#: How far context is looked for, in characters.
_REACH = 90
_END_OF_PHRASE = tuple('.,:;!?)"“”»«')
_OPENING = '(„"-–'
_UNIT_BEFORE = re.compile(
    r"\b((?:pro|je)\s+(?:[a-zäöüß]+e[nrsm]?\s+)?[A-ZÄÖÜ][\w-]*)(?:\s+und\s+(Jahr|Monat|Quartal|Woche|Tag|Stunde))?"
    r"(?:\s+(?:rund|etwa|bis zu|maximal|mindestens|insgesamt|jährlich|monatlich))?\s+$"
)
_UNIT_AFTER = re.compile(
    r"((?:pro|je|für jede[nsrm]?|/)\s?(?:[a-zäöüß]+e[nrsm]?\s+|\d[\d.]*\s+){0,2}[A-ZÄÖÜ][\w²³-]*"
    r"|(?:pro|je|/)\s?(?:kWh|km|m²|m2|qm|ha|kg|t|l)\b)"
    r"(?:\s+(?:und|pro|je|im|/)\s*(Jahr|Monat|Quartal|Woche|Tag|Stunde)\b)?"
)
_PERIODS = {
    "Jahr": MoneyPer.YEAR, "Monat": MoneyPer.MONTH, "Quartal": MoneyPer.QUARTER, "Woche": MoneyPer.WEEK, "Tag": MoneyPer.DAY,
    "Stunde": MoneyPer.HOUR,
}  # fmt: skip
_PERIOD_AND_UNIT = re.compile(
    r"(?:pro|je)\s(Jahr|Monat|Quartal|Woche|Tag|Stunde)\s(?:und|pro|je)\s((?:pro\s|je\s)?[A-ZÄÖÜ][\w-]*)"
)
#: Adverbs that hold for the sum of their clause: "Insgesamt stehen für das Programm 12 Millionen Euro bereit".
_CLAUSE = re.compile(
    r"\b(?:(?P<total>insgesamt)|(?P<year>jährlich|pro Jahr|jedes Jahr)|(?P<month>monatlich|pro Monat|jeden Monat))\s"
    r"(?!\S*end(?:e[nrsm]?)?\b)(?=[a-zäöüß])(?!.*\boder\b)[^\d.,;:()„“\"!?]*$",
    re.IGNORECASE,
)
_TOTAL_NOUN = re.compile(
    r"\bGesamt(?:summe|betrag|volumen|kosten|ausgaben|förderung|investition|fördersumme|haushalt|budget|wert|etat)\w{0,3}\s"
    r"(?:in Höhe )?(?:von|auf|sich auf|beträgt|betragen"
    r"|belaufen sich auf|beläuft sich auf|liegen bei|liegt bei)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_YEARLY_NOUN = re.compile(
    r"\b(?:(?P<year>jährliche[nrsm]?)|(?P<month>monatliche[nrsm]?))\s[A-ZÄÖÜ][\w-]*\s(?:in Höhe )?von\s(?:\w+\s){0,2}$"
)


#: Words between the sum and what qualifies it: "30.000 Euro an Fördermitteln pro Jahr".
_SKIPPED = tuple(
    re.compile(p)
    for p in (
        r"\s*(?:brutto|netto|zusätzlich|mehr)\s+",
        r"\s*(?:an\s+|aus\s+)?(?:[a-zäöüß]+e[nrsm]?\s+)?[A-ZÄÖÜ][\w-]*\s+",
        r"\s*(?:an|aus|für)\s+(?:den\s+|die\s+|das\s+)?(?:[a-zäöüß]+e[nrsm]?\s+)?[A-ZÄÖÜ][\w-]*\s+",
    )
)


@dataclass(slots=True)
class Reading:
    """The context of a sum, in the terms of `MoneyValue`."""

    qualifier: MoneyQualifier | None = None
    per: MoneyPer | None = None
    each: str | None = None
    total: bool = False


def read_context(text: str, item: Sum) -> Reading:
    """Reads the words left and right of a sum.

    Example:
        >>> from policy_ie.components.money.values import find_sums
        >>> text = "Sie erhalten bis zu 50 Euro pro Kind und Monat."
        >>> reading = read_context(text, find_sums(text)[0])
        >>> reading.qualifier.value, reading.each, reading.per.value
        ('up_to', 'pro Kind', 'month')
    """
    reading = Reading()
    _read_left(text, item.start, reading)
    _read_right(text, item.stop, reading)
    _read_clause(text, item.start, reading)
    return reading


def _read_left(text: str, start: int, reading: Reading) -> None:
    window = text[max(0, start - _REACH) : start]
    words = window.split()
    if start > _REACH and not window[:1].isspace() and words:
        words = words[1:]
    if window and not window[-1].isspace() and window[-1] not in "(-–":
        return
    end = len(words)
    keys = [word.lower().lstrip(_OPENING) for word in words]
    while end:
        size, sign = _phrase_before(keys, end)
        if sign is None:
            break
        first = words[end - size]
        if size == 1 and first.lower() == "über" and _is_amount_of(words[: end - 1], reading):
            break
        reading.qualifier = reading.qualifier or sign.qualifier
        reading.per = reading.per or sign.per
        reading.total = reading.total or sign.total
        if sign.each and reading.each is None:
            reading.each = first.lstrip(_OPENING).lower()
        end -= size
        if first.startswith("("):
            break
    if reading.each is None and (match := _UNIT_BEFORE.search(window)) is not None:
        noun = match[1].split()[-1]
        if noun in _PERIODS:
            reading.per = reading.per or _PERIODS[noun]
        else:
            reading.each = match[1]
            if match[2]:
                reading.per = reading.per or _PERIODS[match[2]]


def _phrase_before(words: list[str], end: int) -> tuple[int, Sign | None]:
    """The longest known phrase that ends before word `end` of lower-case words: how many words, and what it says."""
    table = context()
    for size in range(min(table.longest, end), 0, -1):
        phrase = tuple(words[end - size : end])
        if phrase in table.left and (phrase != ("um", "die") or end == len(words)):
            return size, table.left[phrase]
    return 0, None


def _read_clause(text: str, start: int, reading: Reading) -> None:
    """What stands farther to the left, in the same clause or on the noun of the sum; what is nearer has been read."""
    window = text[max(0, start - _REACH) : start]
    low = window.lower()
    if ("insgesamt" in low or "jahr" in low or "jährlich" in low or "monat" in low) and (match := _CLAUSE.search(window)):
        reading.total = reading.total or bool(match["total"])
        if reading.per is None and not match["total"]:
            reading.per = MoneyPer.YEAR if match["year"] else MoneyPer.MONTH
    if not reading.total and "esamt" in window and _TOTAL_NOUN.search(window):
        reading.total = True
    if reading.per is None and "liche" in window and (match := _YEARLY_NOUN.search(window)):
        reading.per = MoneyPer.YEAR if match["year"] else MoneyPer.MONTH


def _is_amount_of(words: list[str], reading: Reading) -> bool:
    """True where "über" means "to the amount of": after Bescheid, Scheck …, or before another qualifier."""
    if reading.qualifier is not None or reading.total:
        return True
    before: list[str] = []
    for word in reversed(words):
        if word.endswith(_END_OF_PHRASE):
            break
        before.append(word.lower().strip('„“"()'))
    if not before:
        return False
    return before[0].endswith(context().over) or any(word.endswith(context().documents) for word in before)


def _read_right(text: str, end: int, reading: Reading) -> None:
    window = text[end : end + _REACH]
    if not window or window[0] in ".;:?!" or window[0].isalnum():
        return
    position = 0
    for _ in range(3):
        found = _at(window, position, reading)
        if found is None:
            break
        position = found


def _at(window: str, position: int, reading: Reading) -> int | None:
    """Reads one phrase at, or a few words after, a position to the right; where it ends, None where there is none."""
    places = {len(window) - len(window[position:].lstrip(" \n\u00a0\u202f("))}
    if position == 0:
        places |= {match.end() for pattern in _SKIPPED if (match := pattern.match(window)) is not None}
    for place in sorted(places):
        if match := _PERIOD_AND_UNIT.match(window, place):
            reading.per = reading.per or _PERIODS[match[1]]
            reading.each = reading.each or match[2]
            return match.end()
        for pattern, sign in context().right:
            if match := pattern.match(window, place):
                if sign.qualifier is not None:
                    reading.qualifier = reading.qualifier or sign.qualifier
                reading.per = reading.per or sign.per
                reading.total = reading.total or sign.total
                return match.end()
        if match := _UNIT_AFTER.match(window, place):
            reading.each = match[1] if reading.each in (None, "je", "jeweils") else reading.each
            if match[2]:
                reading.per = reading.per or _PERIODS[match[2]]
            return match.end()
    return None
