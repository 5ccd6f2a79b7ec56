"""German number words, numerals and quantities: the one place that knows them.

Values are exact `Decimal`s. A quantity is a number that may be vague: "mehrere hunderttausend" has bounds and no value.

The module offers four parsers for text that is known to be a number (`parse_cardinal`, `parse_ordinal`, `parse_numeral`,
`parse_quantity`), the finder `find_numbers`, and regex fragments (`NUMERAL`, `CARDINAL_WORD`, `ORDINAL_WORD`, `SCALE_WORD`)
for grammars that are composed of them. All fragments are free of groups and match in linear time.

Examples:
    >>> parse_quantity("zweieinhalb Millionen").value
    Decimal('2500000')
    >>> parse_quantity("mehrere hunderttausend").bounds
    (Decimal('200000'), Decimal('999999'))
    >>> [(n.text, str(n.value)) for n in find_numbers("Zwölf Städte und 1.500 Gemeinden")]
    [('Zwölf', '12'), ('1.500', '1500')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

__all__ = [
    "CARDINAL_WORD",
    "NUMERAL",
    "ORDINAL_WORD",
    "SCALE_WORD",
    "VAGUE_WORD",
    "WRAPPED_NUMERAL",
    "Number",
    "Quantity",
    "find_numbers",
    "parse_cardinal",
    "parse_numeral",
    "parse_ordinal",
    "parse_quantity",
    "parse_roman",
    "plain",
]


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


_UNITS = {"ein": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
_TEENS = {
    "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17,
    "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_ONE = ("eins", "eine", "einen", "einem", "einer", "eines")

#: Words below a hundred, inflected forms of one included.
_BELOW_HUNDRED = {
    "null": 0,
    **_UNITS,
    **dict.fromkeys(_ONE, 1),
    **_TEENS,
    **_TENS,
    **{f"{unit}und{ten}": u + t for unit, u in _UNITS.items() for ten, t in _TENS.items()},
}
#: What stands before "hundert": drei-, but also neunzehn- as in years.
_HUNDREDS = {"": 1, **_UNITS, **{word: n for word, n in _TEENS.items() if n != 10}}
_HALF = {"eineinhalb": "1.5", "einundeinhalb": "1.5", "anderthalb": "1.5", "anderthalbe": "1.5"}
_FRACTIONS = {
    "halb": "0.5", "einhalb": "0.5", "viertel": "0.25", "einviertel": "0.25", "dreiviertel": "0.75",
}  # fmt: skip
#: Scale words and their abbreviations (without the dot), by factor; Duden: "Mill." and "Md." are rare but official.
_SCALES = {
    "tausend": 10**3, "tsd": 10**3,
    "million": 10**6, "millionen": 10**6, "mio": 10**6, "mill": 10**6,
    "milliarde": 10**9, "milliarden": 10**9, "mrd": 10**9, "md": 10**9, "mia": 10**9,
    "billion": 10**12, "billionen": 10**12, "bio": 10**12, "billiarde": 10**15, "billiarden": 10**15,
}  # fmt: skip
#: Plural words of vague size: lower end, and the number above the upper end.
_VAGUE_PLURALS = {
    "dutzende": (24, 100), "hunderte": (100, 1000), "tausende": (1000, 10**4), "abertausende": (1000, 10**4),
    "zehntausende": (10**4, 10**5), "zigtausende": (10**4, 10**5), "hunderttausende": (10**5, 10**6),
    "millionen": (10**6, 10**9), "milliarden": (10**9, 10**12), "billionen": (10**12, 10**15),
}  # fmt: skip
#: Vague counters, in the same way.
_VAGUE_COUNTS = {
    **dict.fromkeys(("mehrere", "mehreren", "mehrerer", "einige", "einigen", "einiger", "etliche", "etlichen"), (2, 10)),
    **dict.fromkeys(("paar", "wenige", "wenigen"), (2, 10)),
    "zig": (20, 100),
}
#: A word of a vague quantity, inflected forms ("Hunderten", "Hunderter") included.
VAGUE_WORD = _alternation([*(word + tail for word in _VAGUE_PLURALS for tail in ("", "n", "r")), *_VAGUE_COUNTS])

#: A numeral in digits: thousands grouped by dot, apostrophe or (narrow, no-break) space, decimals after a comma. A second
#: separator may be missing: "1.080000", "1 080000".
NUMERAL = (
    r"(?<![^\W_])(?<!\d[.,])(?:"
    r"[1-9]\d{0,2}(?:\.\d{6}|[ \u00a0\u202f]0\d{5}|(?:\.\d{3})++|(?:['’]\d{3})++|(?:[ \u00a0\u2009\u202f]\d{3})++)"
    r"(?![\d]|[.'’]\d)(?:,\d++)?"
    r"|\d++(?:[.,]\d++)*+)"
)
# Line breaks inside a grouped number count only where a second group shows that the number goes on: "2 500\n000".
WRAPPED_NUMERAL = (
    r"(?<![^\W_])(?<!\d[.,])[1-9]\d{0,2}(?:\n\d{3}(?:[ \u00a0\u202f]\d{3})++|(?:[ \u00a0\u202f]\d{3})++\n\d{3})(?!\d)"
)

_MORPHEMES = _alternation([*_BELOW_HUNDRED, "hundert", "tausend", "einhalb", "eineinhalb", "anderthalb", "viertel", "und"])
_SCALE_TAIL = r"(?:million(?:en)?|milliarden?|billion(?:en)?)"
#: One word that may be a cardinal: "zweiundvierzig", "eineinhalb", "Dreiviertelmillion". `parse_cardinal` decides.
CARDINAL_WORD = (
    rf"(?<![^\W_])(?i:(?:{_MORPHEMES})++{_SCALE_TAIL}?|halbe[nrs]?|halb|anderthalbe?|halbmillion|paar|zig)(?![^\W_])"
)
#: One word that may be an ordinal: "einundzwanzigster", "dritten". `parse_ordinal` decides.
ORDINAL_WORD = (
    rf"(?<![^\W_])(?i:(?:(?:{_MORPHEMES})++(?:st|t|(?<=acht))"
    rf"|(?:{_MORPHEMES})*+(?:erst|dritt|siebt|millionst))e[nmrs]?)(?![^\W_])"
)
#: A scale word or its abbreviation, with the dot of the abbreviation.
SCALE_WORD = (
    r"(?<![^\W\d_])(?i:million(?:en)?|milliarden?|billion(?:en)?|billiarden?|tausend|(?:mio|mrd|tsd|mill|bio|mia|md)\b\.?)"
    r"(?![^\W_])"
)

_GROUPED = re.compile(
    r"[1-9]\d{0,2}(?:\.\d{6}|[ \u00a0\u202f]0\d{5}|(?:\.\d{3})+|(?:['’]\d{3})+|(?:[\s\u00a0\u2009\u202f]\d{3})+)(?:,\d+)?"
)
_PLAIN = re.compile(r"\d+(?:,\d+)?")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_POINT = re.compile(r"\d+\.\d+")
_SEPARATORS = re.compile(r"['’\s\u00a0\u2009\u202f]")
#: Longer numerals are no numbers that anybody means; keeps the work bounded.
_MAX_DIGITS = 40


def parse_numeral(text: str) -> Decimal | None:
    """The value of a numeral in digits, None for what is no number (a date, a version).

    German notation; "1.5" (a point that groups nothing) and "1,500,000" are read as in English.

    Examples:
        >>> [str(parse_numeral(t)) for t in ("2.500.000", "1,5", "12 500", "1'000", "1.5", "1,500,000", "1 080000")]
        ['2500000', '1.5', '12500', '1000', '1.5', '1500000', '1080000']
        >>> parse_numeral("9.11.2017") is None
        True
    """
    if not text or len(text) > _MAX_DIGITS or not text[0].isdigit():
        return None
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _GROUPED.fullmatch(text):
        return Decimal(_SEPARATORS.sub("", text).replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _POINT.fullmatch(text):
        return Decimal(text)
    return None


def _below_thousand(word: str) -> int | None:
    left, hundert, right = word.partition("hundert")
    if not hundert:
        return _BELOW_HUNDRED.get(word)
    hundreds = _HUNDREDS.get(left)
    rest = _BELOW_HUNDRED.get(right.removeprefix("und")) if right else 0
    return None if hundreds is None or rest is None else hundreds * 100 + rest


def _below_million(word: str) -> Decimal | None:
    left, tausend, right = word.partition("tausend")
    if not tausend:
        return _mixed(word)
    factor = _mixed(left) if left else Decimal(1)
    rest = _below_thousand(right.removeprefix("und")) if right else 0
    return None if factor is None or rest is None else factor * 1000 + rest


def _mixed(word: str) -> Decimal | None:
    """An integer below a thousand, a fraction, or both in one word: "zweieinhalb"."""
    value = _below_thousand(word)
    if value is not None:
        return Decimal(value)
    if word in _HALF:
        return Decimal(_HALF[word])
    # "eine Dreiviertelmillion" is no more than "Dreiviertelmillion".
    for article in ("", *_ONE):
        fraction = _FRACTIONS.get(word.removeprefix(article))
        if fraction is not None:
            return Decimal(fraction)
    for tail, part in (("undeinhalb", "0.5"), ("einhalb", "0.5"), ("dreiviertel", "0.75"), ("einviertel", "0.25")):
        if word.endswith(tail):
            whole = _below_thousand(word.removesuffix(tail))
            return None if not whole else whole + Decimal(part)
    return None


_HALF_PHRASE = re.compile(r"(?:eine[nmrs]?|ein|die|der|das|den)?\s*halbe[nmrs]?\s*", re.IGNORECASE)
_SPLIT_SCALE = re.compile(r"(billionen|billion|milliarden|milliarde|millionen|million)")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")


@lru_cache(maxsize=4096)
def parse_cardinal(text: str) -> Decimal | None:
    """The value of a cardinal in words, joined or spaced; None for what is none.

    Examples:
        >>> [str(parse_cardinal(t)) for t in ("fünfundachtzig", "zwei und vierzig", "zwölfhundert", "eineinhalb")]
        ['85', '42', '1200', '1.5']
        >>> [str(parse_cardinal(t)) for t in ("eine halbe Million", "Dreiviertelmillion", "eine Milliarde zwei")]
        ['500000', '750000', '1000000002']
        >>> parse_cardinal("eins und zwanzig"), parse_cardinal("dreißig und elf"), parse_cardinal("und")
        (None, None, None)
    """
    if len(text) > 200:
        return None
    word = _HALF_PHRASE.sub("halb", text.lower(), count=1) if "halbe" in text.lower() else text.lower()
    word = _SPACES.sub("", word)
    while word.startswith("null") and word != "null":
        word = word[4:]
    if not word:
        return None
    parts = _SPLIT_SCALE.split(word)
    if len(parts) == 1:
        value = _below_million(word)
        return None if value is None else plain(value)
    total, last = Decimal(0), 10**18
    for count_word, scale_word in zip(parts[::2], parts[1::2], strict=False):
        scale = _SCALES[scale_word]
        count = Decimal(1) if not count_word else _below_million(count_word.removeprefix("und") if total else count_word)
        # "ein Millionen-Projekt": the article belongs to the compound, the number would be "eine".
        if count is None or scale >= last or (not count_word and total) or count_word == "ein":
            return None
        total, last = total + count * scale, scale
    if parts[-1]:
        rest = _below_million(parts[-1].removeprefix("und"))
        if rest is None:
            return None
        total += rest
    return plain(total)


#: Ordinal stems that are no cardinal with "t" or "st".
_ORDINAL_STEMS = {"erst": "ein", "dritt": "drei", "siebt": "sieben", "acht": "acht"}
_ORDINAL_ENDING = re.compile(r"e[nmrs]?$")


@lru_cache(maxsize=1024)
def parse_ordinal(text: str) -> int | None:
    """The rank of an ordinal in words or digits ("3."); None for what is none.

    Examples:
        >>> [parse_ordinal(t) for t in ("erste", "dritten", "siebter", "achtes", "einundzwanzigster", "hundertste", "3.")]
        [1, 3, 7, 8, 21, 100, 3]
        >>> parse_ordinal("eintausendzweihundertdreißigster"), parse_ordinal("heute"), parse_ordinal("zehn")
        (1230, None, None)
    """
    if text.endswith(".") and text[:-1].isdigit() and text[:-1].isascii() and len(text) < 6:
        return int(text[:-1])
    stem, endings = _ORDINAL_ENDING.subn("", _SPACES.sub("", text.lower()))
    if not endings or len(stem) > 80:
        return None
    for irregular, cardinal in _ORDINAL_STEMS.items():
        if stem.endswith(irregular):
            return _rank(parse_cardinal(stem.removesuffix(irregular) + cardinal))
    for tail in ("st", "t"):
        rank = _rank(parse_cardinal(stem.removesuffix(tail))) if stem.endswith(tail) else None
        # "-te" up to nineteen, "-ste" from twenty on.
        if rank is not None and (rank % 100 >= 20 or rank % 100 == 0) == (tail == "st"):
            return rank
    return None


def _rank(value: Decimal | None) -> int | None:
    return int(value) if value and value == value.to_integral_value() else None


_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def parse_roman(text: str) -> int | None:
    """The value of a Roman numeral in capitals, None for what is none.

    Examples:
        >>> parse_roman("XIV"), parse_roman("IIX"), parse_roman("")
        (14, None, None)
    """
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, exact (`value`) or vague (`bounds`).

    Attributes:
        value: exact value, None for a vague quantity.
        bounds: lower and upper end of a vague quantity.
        scaled: true where a scale word (Millionen) is part of it.
        grouped: true where thousands are grouped or decimals given, so that it can't be a year.
        one: true for an article that may mean the number one.
    """

    value: Decimal | None
    bounds: tuple[Decimal, Decimal] | None = None
    scaled: bool = False
    grouped: bool = False
    one: bool = False


_QUANTITY_PART = re.compile(r"\d[\d.,'’\s\u00a0\u2009\u202f]*(?<=\d)|[^\W\d_]+\.?")
_POWER_OF_TEN = re.compile(r"10{1,8}")
_EXACT_SCALES = {"hunderttausend": 10**5, "zehntausend": 10**4, "hundert": 100}


@lru_cache(maxsize=4096)
def parse_quantity(text: str) -> Quantity | None:
    """The value of a number phrase in digits and words with scale words; None for what is none.

    Examples:
        >>> [str(parse_quantity(t).value) for t in ("2,3 Millionen", "1.5 Mio.", "500 Tsd.", "3 Millionen 500 Tausend")]
        ['2300000', '1500000', '500000', '3500000']
        >>> parse_quantity("Hunderte Millionen").bounds
        (Decimal('100000000'), Decimal('999999999'))
        >>> parse_quantity("2017 30 Millionen") is None
        True
    """
    text = text.replace("-", " ").strip()
    if not text or len(text) > 200:
        return None
    if text[0].isdigit():
        return _digits_quantity(text)
    vague = _vague(text)
    if vague is not None:
        return vague
    value = parse_cardinal(text)
    lower = text.lower()
    if value is None:
        words = lower.split()
        factor = _SCALES.get(words[-1].rstrip("."))
        value = parse_cardinal(" ".join(words[:-1])) if factor and words[:-1] not in ([], ["ein"]) else None
        if value is None or factor is None:
            return None
        return Quantity(plain(value * factor), scaled=True, grouped=True)
    return Quantity(value, scaled="illi" in lower, grouped=True, one=lower == "ein" or lower in _ONE[1:])


def _digits_quantity(text: str) -> Quantity | None:
    parts = _QUANTITY_PART.findall(text)
    total, last = Decimal(0), None
    count: Decimal | None = None
    grouped = False
    for part in parts:
        if part[0].isdigit():
            if count is not None:
                return None
            count = parse_numeral(part)
            if count is None:
                return None
            grouped = grouped or not part.isdigit()
            continue
        factor = _SCALES.get(part.lower().rstrip("."))
        if factor is None or count is None or (last is not None and factor >= last):
            return None
        total, last, count = total + count * factor, factor, None
    if count is not None:
        if last is not None and count >= last:
            return None
        total += count
    return Quantity(plain(total), scaled=last is not None, grouped=grouped)


def plain(value: Decimal) -> Decimal:
    """Whole numbers without decimal places ("2,50 Millionen" is 2500000), others as written.

    Example:
        >>> plain(Decimal("2500000.00")), plain(Decimal("2.50"))
        (Decimal('2500000'), Decimal('2.50'))
    """
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and value.adjusted() < 25 else value


def _power_of_ten(word: str) -> int | None:
    """ "mehrere 100.000": the numeral stands for a scale."""
    digits = word.replace(".", "")
    return int(digits) if _POWER_OF_TEN.fullmatch(digits) else None


def _vague(text: str) -> Quantity | None:
    words = [word.rstrip(".") for word in text.lower().split() if word not in ("von", "viele", "vielen")]
    if words[:2] == ["ein", "paar"]:
        del words[0]
    if not words:
        return None
    head, *rest = words
    factor = 1
    for word in rest:
        scale = _SCALES.get(word) or _EXACT_SCALES.get(word) or _power_of_ten(word)
        if scale is None:
            return None
        factor *= scale
    if head in _VAGUE_COUNTS:
        low, above = _VAGUE_COUNTS[head]
    elif (plural := _VAGUE_PLURALS.get(head) or _VAGUE_PLURALS.get(head[:-1])) is not None:
        low, above = plural
    else:
        return None
    bounds = Decimal(low * factor), Decimal(above * factor - 1)
    return Quantity(None, bounds=bounds, scaled=low * factor >= 10**6, grouped=True)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        start, end: offsets in code points.
        text: surface.
        value: exact value, None for vague quantities.
        kind: cardinal or ordinal.
        bounds: ends of a vague quantity.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    kind: Literal["cardinal", "ordinal"] = "cardinal"
    bounds: tuple[Decimal, Decimal] | None = None


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<digits>{WRAPPED_NUMERAL}|{NUMERAL})|(?P<ordinal>{ORDINAL_WORD})"
        rf"|(?:{SCALE_WORD}|{CARDINAL_WORD}|(?<![^\W_])(?i:{VAGUE_WORD})(?![^\W_]))"
    )


_GAP = re.compile(r"[^\S\n]*\n?[^\S\n]*")
#: No number has more parts; bounds the search for the longest one.
_MAX_PARTS = 8


def find_numbers(text: str) -> Iterator[Number]:
    """All numbers of a text: numerals, cardinals and ordinals in words, with scale words; in order, in linear time.

    The article "ein" alone is none.

    Examples:
        >>> [(n.text, n.value) for n in find_numbers("Ein Drittel von zwei und vierzig Millionen ist nicht eins.")]
        [('zwei und vierzig Millionen', Decimal('42000000')), ('eins', Decimal('1'))]
        >>> [(n.text, n.value) for n in find_numbers("zum dritten Mal am 9.11.2017")]
        [('dritten', Decimal('3'))]
    """
    group: list[re.Match[str]] = []
    for match in _token().finditer(text):
        if group and (len(group) == _MAX_PARTS or not _GAP.fullmatch(text, group[-1].end(), match.start())):
            yield from _numbers_of(text, group)
            group = []
        group.append(match)
    yield from _numbers_of(text, group)


def _numbers_of(text: str, group: list[re.Match[str]]) -> Iterator[Number]:
    """The numbers of adjacent tokens, longest first."""
    first = 0
    while first < len(group):
        start = group[first].start()
        for last in range(len(group) - 1, first - 1, -1):
            end = group[last].end()
            surface = text[start:end]
            quantity = parse_quantity(surface)
            if quantity is not None and not quantity.one and (quantity.value is not None or quantity.scaled):
                yield Number(start, end, surface, quantity.value, "cardinal", quantity.bounds)
                break
            if group[last]["ordinal"] and (rank := parse_ordinal(surface)) is not None:
                yield Number(start, end, surface, Decimal(rank), "ordinal")
                break
        else:
            last = first
        first = last + 1
