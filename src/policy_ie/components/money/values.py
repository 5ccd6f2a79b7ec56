"""From the place of a currency word to the sums around it: spans and amounts, without the context that qualifies them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from policy_ie.components.money.tables import DIGIT_COUNT, Currency, context, currencies, currency_automaton
from policy_ie.language.numbers import CARDINAL_WORD, NUMERAL, SCALE_WORD, VAGUE_WORD, WRAPPED_NUMERAL, Quantity, parse_quantity

__all__ = ["Sum", "find_sums"]

#: How far from the currency word the numbers of a sum may begin.
_REACH = 110
_SPACE = r"[^\S\n]{0,4}\n?[^\S\n]{0,4}"
_HYPHEN = "[-\u2010\u2011\u2013]"
_GAP = re.compile(rf"{_SPACE}|\s?{_HYPHEN}")
#: Between the number and the currency: white space, a hyphen, the dash for no cents, "von" ("Millionen von Euro").
_BEFORE_CURRENCY = re.compile(rf"{_SPACE}|{_HYPHEN}|,[-–—]{{1,2}}{_SPACE}|{_SPACE}von{_SPACE}")
_ADJECTIVE = re.compile(r"(?:([a-zäöüß]+isch)e[nrsm]?)\s+$")
_MODIFIERS = (
    r"(?:\s+(?:bis zu|hin zu|rund|etwa|ca\.|circa|knapp|fast|gut|maximal|höchstens|mindestens|über|mehr als|jetzt|nun|nunmehr|künftig|dann"
    r"|sogar|zu))?"
)
_LEX = re.compile(
    rf"(?P<link>(?<![^\W_])(?:bis|und|oder|bzw\.|beziehungsweise|auf|sowie|statt)(?![^\W_]){_MODIFIERS}|,(?=\s)|/|[–—‒]|(?<=[\d\s])-(?=[\d\s]))"
    rf"|(?P<number>{WRAPPED_NUMERAL}|{NUMERAL})(?P<dash>,[-–—]{{1,2}}(?!\d))?"
    rf"|(?P<word>{SCALE_WORD}|{CARDINAL_WORD}|(?<![^\W_])(?i:{VAGUE_WORD}|hunderttausend|viele)(?![^\W_])|(?<=[nre])\s(?:von)(?=\s))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: Words after which a number is a label, not the first of two sums.
_LABEL = re.compile(
    r"(?:Klassen?|Stufen?|Platz|Plätze|Nr\.|Nummern?|§+|Artikel|Art\.|Absatz|Abs\.|Kapitel|Titel|Seiten?|Jahr(?:e|en|es)?|Uhr|Lose?|Gruppen?"
    r"|Phasen?|Kategorien?|Pflegegrad|Paragra(?:f|ph)|Einzelplan)\s+$"
)
_BETWEEN = re.compile(r"\bzwischen(?:\s+(?:rund|etwa|ca\.|circa|jeweils|je|knapp|gut|über|mindestens))?\s+$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:von|um|statt)(?:\s+[a-zäöüß.]+){0,2}\s+$", re.IGNORECASE)
_DIGITS_BEFORE = re.compile(r"\b(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|[2-9]-?)$", re.IGNORECASE)
_DIGITS_AFTER = re.compile(
    r"e[nrsm]?(?:\s+(?:[a-zäöüß]+e[nrsm]?\s+)?|\s*)"
    r"(?:(Tausend|Millionen|Milliarden)-?)?(Euro-?|EUR-?)?"
    r"(Betr[aä]g(?:e[ns]?|s)?|Summen?|Höhe|Bereich[es]{0,2}|Förderung|Investition(?:en)?|Kosten|Schaden|Schäden|Defizit|Zuschuss|Verluste?)\b",
    re.IGNORECASE,
)
_COUNTS = {w: n for n, w in enumerate(("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"), 1)}
_THEN_CENTS = re.compile(
    r"\s(?:und\s)?(\d\d|fünfzig|zwanzig|dreißig|vierzig|sechzig|siebzig|achtzig|neunzig|zehn)(?=[.;!?)]?\s*$|\s+(?:pro|je)\b|[.;)]\s)"
)
_AND_CENTS = re.compile(r"(?:,?\s|\s+und\s+)")
_SCALES = {"tausend": 10**3, "millionen": 10**6, "milliarden": 10**9}


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money in a text.

    Attributes:
        start, end: offsets.
        iso: ISO 4217 code.
        amount: exact amount in units of the currency, None for ranges and vague sums.
        bounds: lower and upper end of a range or vague sum.
        rule: how it was found.
        first: index of the first sum of a coordination that shares its unit, relative (0 for the first, 1 …).
        stop: end of the coordination, where the context to the right begins.
        minor: true for an amount in Cent, Pfennig, Rappen.
    """

    start: int
    end: int
    iso: str
    amount: Decimal | None
    bounds: tuple[Decimal, Decimal] | None = None
    rule: str = "number_currency"
    first: int = 0
    stop: int = 0
    minor: bool = False


@dataclass(frozen=True, slots=True)
class _Operand:
    start: int
    end: int
    quantity: Quantity
    text: str
    link: str = ""  # the connector before it

    @property
    def year(self) -> bool:
        return bool(_YEAR.fullmatch(self.text))


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
    done = 0
    for index, start, end in currency_automaton().find_matches_as_indexes(text):
        if start < done:
            continue
        if index == len(forms):
            sums = _digit_count(text, start, end)
        elif (start and text[start - 1].isalpha()) or text[end : end + 1].isalpha():
            continue
        else:
            sums = _at_currency(text, start, end, forms[index], done)
        if not sums:
            continue
        if found and (joined := _join(text, found[-1], sums[0])) is not None:
            found[-1] = joined
            sums = sums[1:]
        found += sums
        done = found[-1].stop
    return found


def _at_currency(text: str, start: int, end: int, currency: Currency, done: int) -> list[Sum]:
    """The sums whose currency word stands at [start, end)."""
    low = max(done, start - _REACH)
    window = text[low:start]
    iso = currency.iso
    edge = len(window)
    adjective = False
    if currency.adjectives and (match := _ADJECTIVE.search(window)) is not None:
        iso = currency.adjectives.get(match[1].lower().lstrip("("), "")
        if not iso:
            return []
        edge, adjective = match.start(), True
    if currency.needs == "adjective" and not adjective:
        return []
    after = text[end : end + 1]
    compound = after in ("-", "\u2010", "\u2011") and text[end + 1 : end + 2].isalpha()
    operands = _operands_before(window[:edge], low)
    if operands:
        last = operands[-1]
        bare = currency.needs in ("scale", "count") and not adjective
        if bare and (last.quantity.one or (currency.needs == "scale" and not last.quantity.scaled)):
            return []
        if compound and not _is_sum(text, last, start, end):
            return []
        if not (last.year and currency.prefix and not after.strip() and _operands_after(text, end)):
            return _sums(text, operands, iso, currency, end, "number_currency")
    if currency.prefix and not compound:
        if window.rstrip().endswith(("Mio.", "Mrd.", "Tsd.", "Millionen", "Milliarden", " in", "(in")):
            return []
        operands = _operands_after(text, end)
        if operands and (not currency.word or operands[0].quantity.grouped or operands[0].quantity.scaled):
            return [
                replace(s, start=start) if not s.first else s
                for s in _sums(text, operands, iso, currency, 0, "currency_number")
            ]
    return []


def _is_sum(text: str, last: _Operand, start: int, end: int) -> bool:
    """True where a compound ("30.000-Euro-Scheck") speaks of a sum and not of a product or of euro countries."""
    head = re.compile(r"[\w-]+").match(text, end + 1)
    name = head[0].rsplit("-", 1)[-1] if head else ""
    if name in context().products:
        return False
    return text[start - 1] in "-\u2010\u2011" or last.quantity.scaled or last.quantity.grouped


def _operands_before(window: str, offset: int) -> list[_Operand]:
    """The numbers that end at the end of the window, with what links them, in order of the text."""
    tokens = list(_LEX.finditer(window))
    if not tokens or not _BEFORE_CURRENCY.fullmatch(window, tokens[-1].end()):
        return []
    operands: list[_Operand] = []
    index = len(tokens)
    while index:
        # The run of adjacent number tokens that ends before `index`.
        first = index
        while first and tokens[first - 1].lastgroup != "link":
            if first < index and not _GAP.fullmatch(window, tokens[first - 1].end(), tokens[first].start()):
                break
            first -= 1
        operand, used = _parse(window, tokens, first, index, offset)
        if operand is None:
            break
        operands.insert(0, operand)
        # Goes on to the left only over a link that touches on both sides.
        if used != first or not first or tokens[first - 1].lastgroup != "link":
            break
        link = tokens[first - 1]
        if first < 2 or not _touch(window, link.end(), operand.start - offset):
            break
        if tokens[first - 2].lastgroup == "link" or not _touch(window, tokens[first - 2].end(), link.start()):
            break
        operands[0] = replace(operand, link=link[0])
        index = first - 1
    if operands and operands[0].link:
        operands[0] = replace(operands[0], link="")
    return _linked(window, offset, operands)


def _touch(text: str, end: int, start: int) -> bool:
    return bool(re.compile(_SPACE).fullmatch(text, end, start))


def _parse(window: str, tokens: list[re.Match[str]], first: int, last: int, offset: int) -> tuple[_Operand | None, int]:
    """The longest number phrase that ends with token `last` - 1, and the index of its first token."""
    if first == last:
        return None, last
    end = tokens[last - 1].end("number") if tokens[last - 1]["dash"] else tokens[last - 1].end()
    for index in range(max(first, last - 6), last):
        start = tokens[index].start()
        surface = window[start:end]
        quantity = parse_quantity(surface)
        if quantity is not None and surface[0] not in " \n":
            if tokens[last - 1]["dash"]:
                quantity = replace(quantity, grouped=True)
            return _Operand(offset + start, offset + tokens[last - 1].end(), quantity, surface), index
    return None, last


def _operands_after(text: str, end: int) -> list[_Operand]:
    """The numbers after a currency in front ("EUR 3,2 Mrd."); only ranges link them."""
    window = text[end : end + _REACH]
    position = re.compile(_SPACE).match(window).end()  # type: ignore[union-attr]
    operands: list[_Operand] = []
    link = ""
    while True:
        run: list[re.Match[str]] = []
        match = _LEX.match(window, position)
        while match is not None and match.lastgroup != "link" and len(run) < 6:
            run.append(match)
            position = re.compile(_SPACE).match(window, match.end()).end()  # type: ignore[union-attr]
            match = _LEX.match(window, position)
        operand = None
        for last in range(len(run), 0, -1):
            operand, used = _parse(window, run, 0, last, end)
            if operand is not None and used == 0:
                break
            operand = None
        if operand is None:
            break
        operands.append(replace(operand, link=link))
        if match is None or match.lastgroup != "link" or not re.match(r"bis|[–—‒-]", match[0]) or last != len(run):
            break
        link = match[0]
        position = re.compile(_SPACE).match(window, match.end()).end()  # type: ignore[union-attr]
    if operands and not operands[0].text[0].isdigit() and not operands[0].quantity.scaled:
        return []
    return operands


def _linked(window: str, offset: int, operands: list[_Operand]) -> list[_Operand]:
    """Drops what a link does not really join to the sum: years, labels, lists without an end."""
    for index in range(len(operands) - 1, 0, -1):
        left, right = operands[index - 1], operands[index]
        before = window[: left.start - offset]
        if not _joins(left, right, before, [o.link for o in operands[index + 1 :]]):
            return [replace(right, link=""), *operands[index + 1 :]]
    return operands


def _joins(left: _Operand, right: _Operand, before: str, later: list[str]) -> bool:
    link = right.link
    if left.quantity.value is None and not (left.quantity.bounds and right.quantity.bounds) and not link.startswith("bis"):
        return False
    if left.quantity.one and not right.quantity.scaled and link[:3] != "bis":
        return False
    if left.year and not (right.year and not _LABEL.search(before)):
        return False
    if _LABEL.search(before):
        return False
    if link.startswith("auf"):
        return left.quantity.scaled or bool(_FROM.search(before))
    if link == ",":
        return any(word[:3] in ("und", "ode", "bzw", "bez", "sow") for word in later)
    if link.startswith(("bis", "–", "—", "‒", "-")):
        return True
    if right.quantity.grouped and not right.quantity.scaled and not left.quantity.grouped:
        # "Klasse 5 und 1.500 Euro" is no pair, "500 bzw. 1.000 Euro" is one.
        return left.quantity.value is not None and left.quantity.value >= 50
    return True


def _sums(text: str, operands: list[_Operand], iso: str, currency: Currency, end: int, rule: str) -> list[Sum]:
    """The sums of linked numbers: the scale of the last counts for those before it, ranges become one."""
    last = operands[-1]
    stop = end or last.end
    scale = _scale(last)
    values: list[tuple[Decimal | None, tuple[Decimal, Decimal] | None]] = []
    for operand in operands:
        value, bounds = operand.quantity.value, operand.quantity.bounds
        shared = scale > 1 and not operand.quantity.scaled and operand is not last
        if shared and value is not None and value < 1000 and not _exceeds(value * scale, operands, operand):
            value *= scale
        values.append((_money(value, currency), bounds and (_money_(bounds[0], currency), _money_(bounds[1], currency))))
    sums: list[Sum] = []
    for index, operand in enumerate(operands):
        amount, bounds = values[index]
        is_last = operand is last
        item = Sum(
            operand.start, max(end, operand.end) if is_last else operand.end, iso, amount, bounds,
            rule if amount is not None else "vague", index, stop, currency.unit < 1,
        )  # fmt: skip
        if sums and _is_range(text, operands, index):
            low, high = _low(sums[-1]), _high(item)
            if low is not None and high is not None and low < high:
                sums[-1] = replace(
                    item, start=sums[-1].start, amount=None, bounds=(low, high), rule="range", first=sums[-1].first
                )
                continue
            if operands[index].link[0] in "–—‒-":
                sums.pop()  # a dash, no range
                item = replace(item, first=0)
        sums.append(item)
    if len(sums) > 1:
        sums = [replace(s, rule="shared_unit") if s.rule == rule and s is not sums[-1] else s for s in sums]
    if end and len(operands) == 1 and currency.unit == 1 and sums[0].amount is not None and (m := _THEN_CENTS.match(text, end)):
        cents = parse_quantity(m[1])
        if cents is not None and cents.value is not None:
            sums[0] = replace(sums[0], amount=sums[0].amount + cents.value / 100, end=m.end(), stop=m.end())
    return sums


def _exceeds(value: Decimal, operands: list[_Operand], operand: _Operand) -> bool:
    """True where the shared scale would turn a range upside down: "zwischen 500 und 1 Million"."""
    after = operands[operands.index(operand) + 1]
    return after.link.startswith(("bis", "und")) and after.quantity.value is not None and value > after.quantity.value * 50


def _is_range(text: str, operands: list[_Operand], index: int) -> bool:
    link = operands[index].link
    if link.startswith(("bis", "–", "—", "‒", "-")):
        return True
    start = operands[index - 1].start
    return link.startswith("und") and bool(_BETWEEN.search(text, max(0, start - 30), start))


def _scale(operand: _Operand) -> Decimal:
    """The factor of the scale word at the end of a number phrase: 1000000 for "4,1 Millionen"."""
    if not operand.quantity.scaled:
        return Decimal(1)
    one = parse_quantity("1 " + operand.text.split()[-1].lstrip("-"))
    return one.value if one is not None and one.value is not None else Decimal(1)


def _money_(value: Decimal, currency: Currency) -> Decimal:
    product = value * currency.unit
    return product.quantize(Decimal(1)) if product == product.to_integral_value() and product.adjusted() < 25 else product


def _money(value: Decimal | None, currency: Currency) -> Decimal | None:
    return None if value is None else _money_(value, currency)


def _low(item: Sum) -> Decimal | None:
    return item.bounds[0] if item.bounds else item.amount


def _high(item: Sum) -> Decimal | None:
    return item.bounds[1] if item.bounds else item.amount


_RANGE_LINK = re.compile(rf"{_SPACE}(?:bis(?: zu| rund| etwa| maximal| höchstens)?|[–—-]){_SPACE}")
_AND = re.compile(rf"{_SPACE}und{_SPACE}")


def _join(text: str, left: Sum, right: Sum) -> Sum | None:
    """One sum of two that belong together: "5 Euro bis 10 Euro", "15 Dollar und 15 Cent"."""
    if right.start - left.end > 20:
        return None
    if left.amount is not None and right.amount is not None and not left.minor and right.minor and right.amount < 1:
        if _AND_CENTS.fullmatch(text, left.end, right.start):
            return replace(left, end=right.end, stop=right.stop, amount=left.amount + right.amount)
        return None
    low, high = _low(left), _high(right)
    if left.iso != right.iso or low is None or high is None or low >= high or left.rule == "range":
        return None
    if _RANGE_LINK.fullmatch(text, left.end, right.start) or (
        _AND.fullmatch(text, left.end, right.start) and _BETWEEN.search(text, max(0, left.start - 30), left.start)
    ):
        return replace(right, start=left.start, amount=None, bounds=(low, high), rule="range", first=left.first)
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


assert DIGIT_COUNT
