"""From the place of a currency word to the sums around it: spans and amounts, without the context that qualifies them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from policy_ie.components.money.tables import Currency, context, currencies, currency_automaton
from policy_ie.language.numbers import parse_quantity, plain
from policy_ie.language.operands import REACH, SPACE, Operand, operands_after, operands_before

__all__ = ["Sum", "find_sums"]

#: A number before these is no sum: "gegenüber dem Dollar 18 Prozent".
_OTHER_UNIT = re.compile(r"\s?(?:Prozent|%|Uhr\b|Jahre\b|Tage\b)")
_HYPHENS = "-\u2010\u2011"
_COMPOUND = re.compile(r"[\w-]{1,60}")
_ADJECTIVE = re.compile(r"([A-Za-zäöüß]+isch)e[nrsm]?\s+$")
#: Budget tables: "500 T €".
_THOUSANDS = re.compile(r"(?<=[\d\s])T\s?$")
_BETWEEN = re.compile(r"\bzwischen(?:\s+(?:rund|etwa|ca\.|circa|jeweils|je|knapp|gut|über|mindestens))?\s+$", re.IGNORECASE)
_DIGITS_BEFORE = re.compile(r"\b(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|[2-9]-?)$", re.IGNORECASE)
_DIGITS_AFTER = re.compile(
    r"e[nrsm]?(?:\s+(?:[a-zäöüß]+e[nrsm]?\s+)?|\s*)"
    r"(?:(Tausend|Millionen|Milliarden)-?)?(Euro-?|EUR-?)?"
    r"(Betr[aä]g(?:e[ns]?|s)?|Summen?|Höhe|Bereich[es]{0,2}|Förderung|Investition(?:en)?|Kosten|Schaden|Schäden|Defizit"
    r"|Zuschuss|Verluste?)\b",
    re.IGNORECASE,
)
_COUNTS = {w: n for n, w in enumerate(("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"), 1)}
_THEN_CENTS = re.compile(
    r"\s(\d\d|zehn|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)(?=[.;!?)]?\s*+\Z|\s(?:pro|je)\b|[.;)]\s)"
)
_AND_CENTS = re.compile(r"(?:,?\s|\s+und\s+)")
_SCALES = {"tausend": 10**3, "millionen": 10**6, "milliarden": 10**9}


#: A number of millions that no noun follows: "1,8 Millionen und", "92,8 Millionen aus Bundesmitteln".
_BARE = re.compile(
    r"(?<![\d.,])(\d{1,4}(?:,\d+)?\s(?:Millionen|Milliarden|Mio\.|Mrd\.))"
    r"(?=\s(?:und|sowie|in|an|für|aus|nach|auf|zu|mit|davon|bzw|oder|vom|von|flossen|fließen|gehen|gingen|kommen|kamen|stammen)\b|[,;)]|\.\s)"
)
#: What is counted is no money.
_COUNTED = re.compile(
    r"(?i)zahl(?!t)|mensch|einwohn|besuch|gäste|übernacht|stück|bäum|fahrgäst|tonnen|kilometer|nutzer|kunden|haushalte|versicherte"
)
_NEAR = 150
_SENTENCE_END = re.compile(r"(?<!\bMio)(?<!\bMrd)[.!?]\s+[A-ZÄÖÜ„]|\n")


@dataclass(slots=True, eq=False)
class Sum:
    """A sum of money in a text.

    Attributes:
        start, end: offsets.
        iso: ISO 4217 code.
        amount: exact amount in units of the currency, None for ranges and vague sums.
        bounds: lower and upper end of a range or vague sum.
        rule: how it was found.
        place: place in a coordination that shares its unit, 0 for the first.
        stop: end of the coordination, where the context to the right begins.
        minor: true for an amount in Cent, Pfennig, Rappen.
    """

    start: int
    end: int
    iso: str
    amount: Decimal | None
    bounds: tuple[Decimal, Decimal] | None = None
    rule: str = "number_currency"
    place: int = 0
    stop: int = 0
    minor: bool = False


@cache
def _forms() -> tuple[Currency, ...]:
    return tuple(currency for _, currency in currencies())


def find_sums(text: str) -> list[Sum]:
    """The sums of a text in order, ranges joined, coordinations resolved.

    Examples:
        >>> [(s.amount, s.iso) for s in find_sums("von 3,2 auf 4,1 Millionen Euro")]
        [(Decimal('3200000'), 'EUR'), (Decimal('4100000'), 'EUR')]
        >>> [s.bounds for s in find_sums("zwischen 10 und 15 Millionen Euro")]
        [(Decimal('10000000'), Decimal('15000000'))]
    """
    forms = _forms()
    found: list[Sum] = []
    done = before = 0
    for index, start, end in currency_automaton().find_matches_as_indexes(text):
        if start < done:
            continue
        # No number phrase reaches back over another currency word.
        low, before = max(done, before), end
        if index == len(forms):
            sums = _digit_count(text, start, end)
        elif (start and text[start - 1].isalpha()) or text[end : end + 1].isalpha():
            continue
        else:
            sums = _at_currency(text, start, end, forms[index], low)
        if not sums:
            continue
        if found and (joined := _join(text, found[-1], sums[0])) is not None:
            found[-1] = joined
            sums = sums[1:]
        found += sums
        done = found[-1].stop
    return _with_bare(text, found) if found else found


def _with_bare(text: str, found: list[Sum]) -> list[Sum]:
    """Adds millions without a currency where another sum of their sentence names it: "Celle erhält 1,8 Millionen und …"."""
    bare: list[Sum] = []
    starts = [s.start for s in found]
    for word in ("Million", "Milliard", "Mio.", "Mrd."):
        k = text.find(word)
        while k >= 0:
            match = _BARE.search(text, max(0, k - 8), min(len(text), k + 30))
            if match is not None and not _COUNTED.search(text, max(0, match.start() - 60), match.start()):
                i = bisect_left(starts, match.start())
                near = _beside(text, found[max(0, i - 1) : i + 1], *match.span(1))
                quantity = parse_quantity(match[1]) if near is not None else None
                if near is not None and quantity is not None and quantity.value is not None:
                    bare.append(
                        Sum(match.start(1), match.end(1), near.iso, plain(quantity.value), None, "bare", 0, match.end(1))
                    )
            k = text.find(word, k + 1)
    return sorted((*found, *bare), key=lambda s: s.start) if bare else found


def _beside(text: str, others: list[Sum], start: int, end: int) -> Sum | None:
    """The sum within a sentence's reach; None where one holds the number itself: "EUR 2 Millionen"."""
    for other in others:
        if other.start < end and start < other.end:
            return None
    for other in others:
        first, last = (end, other.start) if other.start >= end else (other.end, start)
        if last - first <= _NEAR and other.iso == "EUR" and _SENTENCE_END.search(text, first, last) is None:
            return other
    return None


def _at_currency(text: str, start: int, end: int, currency: Currency, low: int) -> list[Sum]:
    """The sums whose currency word stands at [start, end)."""
    low = max(low, start - REACH)
    window = text[low:start]
    iso = currency.iso
    edge = len(window)
    adjective = False
    if currency.adjectives and "isch" in window and (match := _ADJECTIVE.search(window)) is not None:
        iso = currency.adjectives.get(match[1].lower().lstrip("("), "")
        if not iso:
            return []
        edge, adjective = match.start(), True
    if currency.iso == "EUR" and "T" in window[-3:] and (match := _THOUSANDS.search(window)) is not None:
        currency, edge = replace(currency, unit=currency.unit * 1000), match.start()
    if currency.needs == "adjective" and not adjective:
        return []
    after = text[end : end + 1]
    compound = after != "" and after in _HYPHENS and text[end + 1 : end + 2].isalpha()
    operands = operands_before(window[:edge], low)
    if operands:
        last = operands[-1]
        bare = currency.needs in ("scale", "count") and not adjective
        if bare and (last.quantity.one or (currency.needs == "scale" and not last.quantity.scaled)):
            return []
        if compound and not _is_sum(text, last, start, end):
            return []
        if not (last.year and currency.prefix == "yes" and operands_after(text, end)):
            return _sums(text, operands, iso, currency, end, "number_currency")
    if currency.prefix != "no" and not compound:
        if window.rstrip().endswith(("Mio.", "Mrd.", "Tsd.", "Millionen", "Milliarden", " in", "(in")):
            return []
        operands = operands_after(text, end)
        if operands and _OTHER_UNIT.match(text, operands[-1].end):
            return []
        if operands and (currency.prefix == "yes" or operands[0].quantity.grouped or operands[0].quantity.scaled):
            return [
                replace(s, start=start) if not s.place else s
                for s in _sums(text, operands, iso, currency, 0, "currency_number")
            ]
    return []


def _is_sum(text: str, last: Operand, start: int, end: int) -> bool:
    """True where a compound ("30.000-Euro-Scheck") speaks of a sum and not of a product or of euro countries."""
    match = _COMPOUND.match(text, end + 1)
    head = match[0].rsplit("-", 1)[-1] if match else ""
    if head in context().products or (last.quantity.value is None and not last.text.strip().count(" ")):
        return False  # "49-Euro-Ticket", "Millionen-Euro-Projekt"
    return head not in context().area or text[start - 1] in _HYPHENS or last.quantity.scaled


def _sums(text: str, operands: list[Operand], iso: str, currency: Currency, end: int, rule: str) -> list[Sum]:
    """The sums of linked numbers: the scale of the last counts for those before it, ranges become one.

    `end` is the end of a currency behind the numbers, 0 where it stands in front.
    """
    last = operands[-1]
    stop = max(end, last.end)
    sums: list[Sum] = []
    for index, operand in enumerate(operands):
        scale = _shared_scale(operand, operands[index + 1], last) if operand is not last else Decimal(1)
        value, bounds = operand.quantity.value, operand.quantity.bounds
        item = Sum(
            operand.start,
            stop if operand is last else operand.end,
            iso,
            None if value is None else plain(value * scale * currency.unit),
            None if bounds is None else (plain(bounds[0] * currency.unit), plain(bounds[1] * currency.unit)),
            "vague" if value is None else rule if operand is last else "shared_unit",
            index,
            stop,
            currency.unit < 1,
        )
        if sums and _is_range(text, operands[index - 1], operand):
            if (joined := _range(sums[-1], item)) is not None:
                sums[-1] = joined
                continue
            if operand.dashed:  # "Titel 685 – 500 Euro": the dash of an aside
                sums.pop()
                item = replace(item, place=0)
        sums.append(item)
    if end and len(operands) == 1 and currency.unit == 1:
        sums[0] = _with_cents(text, sums[0])
    return sums


def _shared_scale(operand: Operand, after: Operand, last: Operand) -> Decimal:
    """The factor that a number takes over from the last one: 1000000 for "3,2" in "3,2 auf 4,1 Millionen"."""
    value = operand.quantity.value
    if operand.quantity.scaled or not last.quantity.scaled or value is None or value >= 1000:
        return Decimal(1)
    one = parse_quantity("1 " + last.text.split()[-1].rsplit("-", 1)[-1])
    scale = Decimal(1) if one is None or one.value is None else one.value
    # A range can't run down as steeply as "zwischen 500 und 1 Million" would.
    upside_down = after.quantity.value is not None and value * scale > after.quantity.value * 50
    return Decimal(1) if upside_down and after.link.startswith(("bis", "und")) else scale


def _is_range(text: str, left: Operand, right: Operand) -> bool:
    if right.ranges:
        return True
    return right.link.startswith("und") and bool(_BETWEEN.search(text, max(0, left.start - 30), left.start))


def _range(left: Sum, right: Sum) -> Sum | None:
    """Both ends in one sum; None where the numbers run down."""
    low = left.bounds[0] if left.bounds else left.amount
    high = right.bounds[1] if right.bounds else right.amount
    if low is None or high is None or low >= high:
        return None
    return replace(right, start=left.start, amount=None, bounds=(low, high), rule="range", place=left.place)


def _with_cents(text: str, item: Sum) -> Sum:
    """ "5 Euro 50": the cents that follow without their unit."""
    match = _THEN_CENTS.match(text, item.end) if item.amount is not None else None
    cents = parse_quantity(match[1]) if match else None
    if match is None or cents is None or cents.value is None or item.amount is None:
        return item
    return replace(item, amount=item.amount + cents.value / 100, end=match.end(), stop=match.end())


_RANGE_LINK = re.compile(rf"{SPACE}(?:bis(?: zu| rund| etwa| maximal| höchstens)?|[–—-]){SPACE}")
_AND = re.compile(rf"{SPACE}und{SPACE}")


def _join(text: str, left: Sum, right: Sum) -> Sum | None:
    """One sum of two that belong together: "5 Euro bis 10 Euro", "15 Dollar und 15 Cent"."""
    if right.start - left.end > 20:
        return None
    if left.amount is not None and right.amount is not None and not left.minor and right.minor and right.amount < 1:
        if _AND_CENTS.fullmatch(text, left.end, right.start):
            return replace(left, end=right.end, stop=right.stop, amount=left.amount + right.amount)
        return None
    if left.iso != right.iso or left.rule == "range":
        return None
    if _RANGE_LINK.fullmatch(text, left.end, right.start) or (
        _AND.fullmatch(text, left.end, right.start) and _BETWEEN.search(text, max(0, left.start - 30), left.start)
    ):
        return _range(left, right)
    return None


def _digit_count(text: str, start: int, end: int) -> list[Sum]:
    """ "zweistelliger Millionenbetrag": as many digits of millions."""
    before = _DIGITS_BEFORE.search(text, max(0, start - 10), start)
    after = _DIGITS_AFTER.match(text, end) if before else None
    if before is None or after is None:
        return []
    digits = _COUNTS.get(before[1].lower()) or int(before[1][0])
    scale = _SCALES[after[1].lower()] if after[1] else 1
    if scale == 1 and (digits < 3 or not re.match("(?i)betr|summe|höhe", after[3])):
        return []
    bounds = Decimal(10 ** (digits - 1) * scale), Decimal(10**digits * scale - 1)
    return [Sum(before.start(), after.end(), "EUR", None, bounds, "digit_count", 0, after.end())]
