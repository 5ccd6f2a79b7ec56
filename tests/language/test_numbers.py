"""German number words and numerals, checked against text2num where it is installed."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_ie.language.numbers import (
    find_numbers,
    parse_cardinal,
    parse_numeral,
    parse_ordinal,
    parse_quantity,
    parse_roman,
)

UNITS = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
TEENS = ["zehn", "elf", "zwölf", *(f"{s}zehn" for s in ("drei", "vier", "fünf", "sech", "sieb", "acht", "neun"))]
TENS = ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def spell(n: int) -> str:
    """The usual German word, for numbers below a million."""
    if n >= 1000:
        return f"{spell(n // 1000) if n >= 2000 else 'ein'}tausend{spell(n % 1000)}"
    if n >= 100:
        return f"{UNITS[n // 100]}hundert{spell(n % 100)}"
    if n < 10:
        return UNITS[n]
    if n < 20:
        return TEENS[n - 10]
    return (f"{UNITS[n % 10]}und" if n % 10 else "") + TENS[n // 10]


@given(st.integers(1, 999_999))
def test_every_integer_is_read_back(n: int) -> None:
    word = spell(n)
    assert parse_cardinal(word) == n
    assert parse_cardinal(word.upper().replace("SS", "ß")) == n
    assert parse_cardinal(word.replace("hundert", " hundert ").replace("tausend", " tausend ").strip()) == n


@given(st.integers(1, 999))
def test_millions_in_words(n: int) -> None:
    count = spell(n) if n > 1 else "eine"
    assert parse_quantity(f"{count} Millionen").value == n * 10**6  # type: ignore[union-attr]
    assert parse_cardinal(f"{count} Milliarden {spell(n)}tausend") == n * 10**9 + n * 1000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("eineinhalb", "1.5"),
        ("anderthalb", "1.5"),
        ("zweieinhalb", "2.5"),
        ("zweieinhalbtausend", "2500"),
        ("dreiviertel", "0.75"),
        ("eine dreiviertel Million", "750000"),
        ("Viertelmillion", "250000"),
        ("eine Viertelmilliarde", "250000000"),
        ("einer Dreiviertelmillion", "750000"),
        ("eine halbe Million", "500000"),
        ("ein halbes", "0.5"),
        ("neunzehnhundertdreiundsiebzig", "1973"),
        ("dreissig", "30"),
        ("null acht", "8"),
        ("hunderteins", "101"),
        ("tausendundeins", "1001"),
    ],
)
def test_cardinal(text: str, value: str) -> None:
    assert parse_cardinal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "und", "fünf null", "fünfzignullzwei", "tausendtausend", "sechzigfünfzehn", "sechzighundert", "dreißig und elf",
     "eins und zwanzig", "neun zwanzig", "zwanzig zweitausend", "eine und zwanzig", "Million Millionen", "Haus", "einsam"],
)  # fmt: skip
def test_no_cardinal(text: str) -> None:
    assert parse_cardinal(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.000", "1000"),
        ("1.000,50", "1000.50"),
        ("0.500", "0.500"),
        ("1,500,000.25", "1500000.25"),
        ("007", "7"),
        ("12\u202f345", "12345"),
    ],
)
def test_numeral(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1.1.1", "1.000.00", "3.5.2020", "10.000.00,5", "a1", "1" * 100, "1,2,3"])
def test_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


@given(st.integers(1, 9_999_999))
def test_ordinals(n: int) -> None:
    if n < 1000:
        tail = n % 100
        irregular = {1: "erste", 3: "dritte", 7: "siebte", 8: "achte"}
        head = spell(n - tail) if n > tail else ""
        word = head + irregular[tail] if tail in irregular else spell(n) + ("te" if 0 < tail < 20 else "ste")
        assert parse_ordinal(word) == n
        assert parse_ordinal(word + "n") == n
    assert parse_ordinal(f"{n % 10000}.") == n % 10000


@pytest.mark.parametrize("text", ["", "heute", "Kiste", "achtzig", "leichte", "zwanzigte", "zehnste", "unerste", "12.5."])
def test_no_ordinal(text: str) -> None:
    assert parse_ordinal(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("mehrere hunderttausend", 200_000, 999_999),
        ("ein paar tausend", 2000, 9999),
        ("zig Millionen", 20_000_000, 99_999_999),
        ("Hunderten von Millionen", 10**8, 10**9 - 1),
        ("Tausende", 1000, 9999),
        ("viele Milliarden", 10**9, 10**12 - 1),
    ],
)
def test_vague_quantity(text: str, low: int, high: int) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    assert quantity.value is None
    assert quantity.bounds == (low, high)


@pytest.mark.parametrize("text", ["2017 30 Millionen", "5 Euro", "ein Haus", "Millionen 5", "weniger", "von"])
def test_no_quantity(text: str) -> None:
    assert parse_quantity(text) is None


def test_roman_numerals_round_trip() -> None:
    digits = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
              (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]  # fmt: skip
    for n in range(1, 4000):
        rest, text = n, ""
        for value, sign in digits:
            text += sign * (rest // value)
            rest %= value
        assert parse_roman(text) == n
    assert parse_roman("VX") is None


def test_finder_tells_articles_and_dates_from_numbers() -> None:
    text = "Ein Haus, das zweite am 9.11.2017, hat zwölf Zimmer und 1.500 Euro Miete; CO2 nicht, Version 1.2.3 nicht."
    assert [(n.text, n.kind) for n in find_numbers(text)] == [
        ("zweite", "ordinal"),
        ("zwölf", "cardinal"),
        ("1.500", "cardinal"),
    ]


def test_against_text2num() -> None:
    text_to_num = pytest.importorskip("text_to_num")
    for n in range(1, 20_000, 37):
        assert parse_cardinal(spell(n)) == text_to_num.text2num(spell(n), "de")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789., '\u202f\n-einszwdrhutaumlo")))
def test_any_text(text: str) -> None:
    found = list(find_numbers(text))
    assert all(text[n.start : n.end] == n.text for n in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("unit", ["1.1.1.1.", "1", "eins ", "ein", "(", "123 ", "und", "1 000 ", "zwei und "])
def test_monotonous_text_is_read(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert all(text[n.start : n.end] == n.text for n in find_numbers(text))
