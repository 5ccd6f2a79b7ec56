"""`policy_money`: what is a sum, what it is worth, what the words beside it say, and what is none."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from policy_ie.components.base import Mention
from policy_ie.components.money.context import read_context
from policy_ie.components.money.tables import context_data, currency_rows
from policy_ie.components.money.values import find_sums
from policy_ie.records import MoneyValue


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("de")
    pipeline.add_pipe("policy_money")
    return pipeline


def sums(nlp: Language, text: str) -> list[tuple[str, dict[str, Any]]]:
    """Surface and value (without what is empty) of each mention."""
    found: list[Mention] = nlp(text)._.policy.mentions
    return [(text[m.start : m.end], m.value.model_dump(mode="json", exclude_defaults=True)) for m in found]


#: Text, span, amount in the currency, ISO code.
AMOUNTS = [
    ("Das kostet 1,5 Mio. € im Bau", "1,5 Mio. €", "1500000", "EUR"),
    ("mit 2.500.000 Euro", "2.500.000 Euro", "2500000", "EUR"),
    ("Summe: 2 500 000,- EUR", "2 500 000,- EUR", "2500000", "EUR"),
    ("über EUR 3,2 Mrd. beschlossen", "EUR 3,2 Mrd.", "3200000000", "EUR"),
    ("ein Etat von 500 T€", "500 T€", "500000", "EUR"),
    ("ein Etat von 500 T €", "500 T €", "500000", "EUR"),
    ("Ansatz TEUR 500", "TEUR 500", "500000", "EUR"),
    ("20 Tsd. Euro", "20 Tsd. Euro", "20000", "EUR"),
    ("20 Tausend Euro", "20 Tausend Euro", "20000", "EUR"),
    ("eineinhalb Milliarden Euro", "eineinhalb Milliarden Euro", "1500000000", "EUR"),
    ("anderthalb Millionen Euro", "anderthalb Millionen Euro", "1500000", "EUR"),
    ("zweieinhalb Millionen Euro", "zweieinhalb Millionen Euro", "2500000", "EUR"),
    ("knapp eine halbe Million Euro", "eine halbe Million Euro", "500000", "EUR"),
    ("rund eine Dreiviertelmillion Euro", "eine Dreiviertelmillion Euro", "750000", "EUR"),
    ("mit einer halben Milliarde Euro", "einer halben Milliarde Euro", "500000000", "EUR"),
    ("zehn Millionen Euro", "zehn Millionen Euro", "10000000", "EUR"),
    ("fünfunddreißigtausend Euro", "fünfunddreißigtausend Euro", "35000", "EUR"),
    ("eine Million Euro", "eine Million Euro", "1000000", "EUR"),
    ("Eintritt einen Euro", "einen Euro", "1", "EUR"),
    ("der 30.000-Euro-Scheck", "30.000-Euro", "30000", "EUR"),
    ("das 100-Milliarden-Euro-Sondervermögen", "100-Milliarden-Euro", "100000000000", "EUR"),
    ("ein 50 Millionen Euro-Paket", "50 Millionen Euro", "50000000", "EUR"),
    ("5 Mill. DM", "5 Mill. DM", "5000000", "DEM"),
    ("damals 300.000 D-Mark", "300.000 D-Mark", "300000", "DEM"),
    ("20 Mio. Mark", "20 Mio. Mark", "20000000", "DEM"),
    ("1,500,000 Euro", "1,500,000 Euro", "1500000", "EUR"),
    ("1.500 Euro", "1.500 Euro", "1500", "EUR"),
    ("1.5 Millionen Euro", "1.5 Millionen Euro", "1500000", "EUR"),
    ("1 Mrd. €", "1 Mrd. €", "1000000000", "EUR"),
    ("€ 500", "€ 500", "500", "EUR"),
    ("Euro 50.000", "Euro 50.000", "50000", "EUR"),
    ("50.000,00 €", "50.000,00 €", "50000.00", "EUR"),
    ("50.000,-- Euro", "50.000,-- Euro", "50000", "EUR"),
    ("3 Millionen 500.000 Euro", "3 Millionen 500.000 Euro", "3500000", "EUR"),
    ("ein 5 Mio.-Euro-Programm", "5 Mio.-Euro", "5000000", "EUR"),
    ("die 500-€-Prämie", "500-€", "500", "EUR"),
    ("mit 500.- Euro", "500.- Euro", "500", "EUR"),
    ("für 49 Cent", "49 Cent", "0.49", "EUR"),
    ("für 0,99 Cent", "0,99 Cent", "0.0099", "EUR"),
    ("5 Euro 50.", "5 Euro 50", "5.5", "EUR"),
    ("zwei Euro und fünfzig Cent", "zwei Euro und fünfzig Cent", "2.5", "EUR"),
    ("12'500 Franken", "12'500 Franken", "12500", "CHF"),
    ("CHF 2’000’000", "CHF 2’000’000", "2000000", "CHF"),
    ("2\u202f500\u202f000 Euro", "2\u202f500\u202f000 Euro", "2500000", "EUR"),
    ("2\u00a0Mio.\u00a0Euro", "2\u00a0Mio.\u00a0Euro", "2000000", "EUR"),
    ("2,3\nMillionen\nEuro", "2,3\nMillionen\nEuro", "2300000", "EUR"),
    ("2 500\n000 Euro", "2 500\n000 Euro", "2500000", "EUR"),
    ("16,4 Millionen kanadischen Dollar", "16,4 Millionen kanadischen Dollar", "16400000", "CAD"),
    ("700 dänische Kronen", "700 dänische Kronen", "700", "DKK"),
    ("3 Mio. Pfund", "3 Mio. Pfund", "3000000", "GBP"),
    ("im Jahr 2017 30 Millionen Euro", "30 Millionen Euro", "30000000", "EUR"),
    ("bis 31.12.2023 500 Euro", "500 Euro", "500", "EUR"),
    ("im Jahr 2017 EUR 500", "EUR 500", "500", "EUR"),
    ("Anlage 10\nund 100 Millionen Euro", "100 Millionen Euro", "100000000", "EUR"),
    ("Klasse 5 und 1.500 Euro", "1.500 Euro", "1500", "EUR"),
    ("je Tonne CO2 – 800 Euro", "800 Euro", "800", "EUR"),
    # the second separator left out
    ("in Höhe von 1 080000 Euro", "1 080000 Euro", "1080000", "EUR"),
    ("in Höhe von 1.250000 Euro", "1.250000 Euro", "1250000", "EUR"),
]


@pytest.mark.parametrize(("text", "span", "amount", "currency"), AMOUNTS)
def test_amount(nlp: Language, text: str, span: str, amount: str, currency: str) -> None:
    [mention] = nlp(text)._.policy.mentions
    assert text[mention.start : mention.end] == span
    assert mention.kind == "money"
    assert mention.value.amount == Decimal(amount)
    assert mention.value.currency == currency
    assert mention.value.min is None
    assert mention.value.max is None


RANGES = [
    ("20.000 bis 50.000 Euro", "20.000 bis 50.000 Euro", "20000", "50000"),
    ("10–15 Mio. €", "10–15 Mio. €", "10000000", "15000000"),
    ("10 - 15 Mio. €", "10 - 15 Mio. €", "10000000", "15000000"),
    ("zwischen 10 und 15 Millionen Euro", "10 und 15 Millionen Euro", "10000000", "15000000"),
    ("zwischen 5 und 1.500 Euro", "5 und 1.500 Euro", "5", "1500"),
    ("von 750 bis zu 7500 Euro", "750 bis zu 7500 Euro", "750", "7500"),
    ("zwischen 5 Euro und 10 Euro", "5 Euro und 10 Euro", "5", "10"),
    ("von 5 Euro bis 10 Euro", "5 Euro bis 10 Euro", "5", "10"),
    ("300 Millionen bis 400 Millionen Euro", "300 Millionen bis 400 Millionen Euro", "300000000", "400000000"),
    ("500.000 bis 1 Million Euro", "500.000 bis 1 Million Euro", "500000", "1000000"),
    ("EUR 10 bis 15 Mio.", "EUR 10 bis 15 Mio.", "10000000", "15000000"),
    ("mehrere hunderttausend Euro", "mehrere hunderttausend Euro", "200000", "999999"),
    ("mehrere Millionen Euro", "mehrere Millionen Euro", "2000000", "9999999"),
    ("einige 100.000 Euro", "einige 100.000 Euro", "200000", "999999"),
    ("mehrere 100 Millionen Euro", "mehrere 100 Millionen Euro", "200000000", "999999999"),
    ("eine bis zwei Milliarden Euro", "eine bis zwei Milliarden Euro", "1000000000", "2000000000"),
    ("ein paar tausend Euro", "ein paar tausend Euro", "2000", "9999"),
    ("Hunderttausende Euro", "Hunderttausende Euro", "100000", "999999"),
    ("mit Hunderten Millionen Euro", "Hunderten Millionen Euro", "100000000", "999999999"),
    ("Millionen von Euro", "Millionen von Euro", "1000000", "999999999"),
    ("einen zweistelligen Millionenbetrag", "zweistelligen Millionenbetrag", "10000000", "99999999"),
    ("einen dreistelligen Millionen-Euro-Betrag", "dreistelligen Millionen-Euro-Betrag", "100000000", "999999999"),
    ("in sechsstelliger Höhe", "sechsstelliger Höhe", "100000", "999999"),
]


@pytest.mark.parametrize(("text", "span", "low", "high"), RANGES)
def test_range_or_vague_sum(nlp: Language, text: str, span: str, low: str, high: str) -> None:
    [mention] = nlp(text)._.policy.mentions
    assert text[mention.start : mention.end] == span
    assert mention.value.amount is None
    assert (mention.value.min, mention.value.max) == (Decimal(low), Decimal(high))


COORDINATIONS = [
    ("10 bzw. 15 Millionen Euro", [("10", "10000000"), ("15 Millionen Euro", "15000000")]),
    ("von 3,2 auf 4,1 Millionen Euro", [("3,2", "3200000"), ("4,1 Millionen Euro", "4100000")]),
    ("von bisher 15 000 auf rund 18 000 Euro", [("15 000", "15000"), ("18 000 Euro", "18000")]),
    ("von 70 Millionen auf 28 Millionen Euro", [("70 Millionen", "70000000"), ("28 Millionen Euro", "28000000")]),
    ("10, 20 und 30 Euro", [("10", "10"), ("20", "20"), ("30 Euro", "30")]),
    ("ein 500 €-Gutschein und ein 20 Euro-Gutschein", [("500 €", "500"), ("20 Euro", "20")]),
    ("500 oder 1.000 Euro", [("500", "500"), ("1.000 Euro", "1000")]),
    ("1.200 D-Mark bzw. 600 Euro", [("1.200 D-Mark", "1200"), ("600 Euro", "600")]),
    ("2016 und 2017 30 Millionen Euro", [("30 Millionen Euro", "30000000")]),
    ("von 2018 auf 30.000 Euro", [("30.000 Euro", "30000")]),
    ("Seite 5, 30 Euro", [("30 Euro", "30")]),
]


@pytest.mark.parametrize(("text", "expected"), COORDINATIONS)
def test_numbers_that_share_a_unit(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    found = [(text[m.start : m.end], m.value.amount) for m in nlp(text)._.policy.mentions]
    assert found == [(span, Decimal(amount)) for span, amount in expected]


CONTEXTS: list[tuple[str, dict[str, Any]]] = [
    ("Das Land gibt 2,3 Millionen Euro jährlich.", {"per": "year"}),
    ("Jährlich 2,3 Millionen Euro fließen.", {"per": "year"}),
    ("Jede Stadt erhält 30.000 Euro im Jahr.", {"per": "year"}),
    ("Sie erhielt 30.000 Euro im Jahr 2018.", {}),
    ("Sie erhielt 30.000 Euro im Monat Mai.", {}),
    ("Es sind 30.000 Euro an Fördermitteln pro Jahr.", {"per": "year"}),
    ("eine jährliche Förderung in Höhe von 30.000 Euro", {"per": "year"}),
    ("50 Euro pro Kind und Monat", {"per": "month", "each": "pro Kind"}),
    ("pro Kind und Monat 50 Euro", {"per": "month", "each": "pro Kind"}),
    ("250 Euro pro Kopf im Jahr", {"per": "year", "each": "pro Kopf"}),
    ("monatlich bis zu 50 Euro", {"per": "month", "qualifier": "up_to"}),
    ("30.000 Euro je Kommune", {"each": "je Kommune"}),
    ("12 Euro pro Kilometer", {"each": "pro Kilometer"}),
    ("je 30.000 Euro", {"each": "je"}),
    ("12,50 Euro die Stunde", {"per": "hour"}),
    ("12,50 Euro/Stunde", {"per": "hour"}),
    ("40.000 Euro über fünf Jahre hinweg", {}),
    ("bis zu 80.000 Euro", {"qualifier": "up_to"}),
    ("rund 80.000 Euro", {"qualifier": "about"}),
    ("mit insgesamt rund 80.000 Euro", {"qualifier": "about", "total": True}),
    ("mindestens 80.000 Euro", {"qualifier": "at_least"}),
    ("mehr als 80.000 Euro", {"qualifier": "more_than"}),
    ("über 80.000 Euro", {"qualifier": "more_than"}),
    ("ein Förderbescheid über 80.000 Euro", {}),
    ("ein Scheck über insgesamt 80.000 Euro", {"total": True}),
    ("ein Förderbescheid des Landes über 80.000 Euro", {}),
    ("Die Kosten liegen über 80.000 Euro", {"qualifier": "more_than"}),
    ("Der Scheck kam an, die Kosten liegen über 80.000 Euro", {"qualifier": "more_than"}),
    ("Der Verein freut sich über 80.000 Euro", {}),
    ("80.000 Euro jährliche Kosten", {"per": "year"}),
    ("80.000 Euro zusammen mit der Stadt", {}),
    ("weniger als 80.000 Euro", {"qualifier": "less_than"}),
    ("nicht mehr als 80.000 Euro", {"qualifier": "up_to"}),
    ("80.000 Euro oder mehr", {"qualifier": "at_least"}),
    ("80.000 Euro insgesamt", {"total": True}),
    ("Insgesamt stehen dafür 80.000 Euro bereit", {"total": True}),
    ("Insgesamt 40 Städte erhalten 80.000 Euro", {}),
    ("Gesamtkosten von 80.000 Euro", {"total": True}),
    ("Das jährlich stattfindende Fest bekommt 80.000 Euro", {}),
    ("ein Scheck über mehr als 80.000 Euro", {"qualifier": "more_than"}),
    ("unter anderem 80.000 Euro", {}),
    ("Kosten jährlich oder etwas über 80.000 Euro im Monat", {"qualifier": "more_than", "per": "month"}),
    ("um die insgesamt 80.000 Euro abzurufen", {"total": True}),
]


@pytest.mark.parametrize(("text", "expected"), CONTEXTS)
def test_words_beside_a_sum(nlp: Language, text: str, expected: dict[str, Any]) -> None:
    [(_, value)] = sums(nlp, text)
    assert {key: value[key] for key in value if key not in ("amount", "currency")} == expected


def test_period_holds_for_the_whole_coordination(nlp: Language) -> None:
    assert [value["per"] for _, value in sums(nlp, "jährlich 10 bzw. 15 Millionen Euro")] == ["year", "year"]
    assert [value["each"] for _, value in sums(nlp, "10 bzw. 15 Millionen Euro je Kreis")] == ["je Kreis", "je Kreis"]


NO_SUMS = [
    "Die Abgasnorm Euro 6 gilt, Euro 5 nicht mehr",
    "Die EURO 2024 in Deutschland",
    "das 49-Euro-Ticket und das 9\u2011Euro-Ticket",
    "im 1-Euro-Shop, ein Ein-Euro-Job, eine Zwei-Euro-Münze",
    "der Euro-Raum, die 20 Euro-Länder und EUR-Lex",
    "die Mark Brandenburg, Mark Meier und der Kreis Mark",
    "500 Pfund Mehl und zwei Pfund Butter",
    "die Krone des Baumes, 20 Kronen",
    "am Rand, 3 Rand, ein Real, zwei Won",
    "in Franken, in Unterfranken, als ein Franken",
    "250 Mio. Einwohner und Millionen Menschen",
    "Telefon 0211 837-2417, 12 Prozent",
    "der digitale Euro, jeder Euro, keinen Cent",
    "Millionenförderung für die Feuerwehr, ein Millionen-Euro-Projekt",
    "eine zweistellige Zahl von Betrieben, eine vierstellige Postleitzahl",
    "Angaben in Mio. EUR 2018",
    "Preise in Euro 2018",
    "gegenüber dem $ 18 Prozent",
    "kein Centrum, ein Marktplatz, Euronen",
    "1.1.1.1 Euro",
    "",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_SUMS)
def test_no_sum(nlp: Language, text: str) -> None:
    assert sums(nlp, text) == []


@pytest.mark.parametrize("row", currency_rows(), ids=lambda row: row["forms"])
def test_each_currency_has_an_example(nlp: Language, row: dict[str, str]) -> None:
    [(span, _)] = sums(nlp, f"Es geht um {row['example']}.")
    assert span == row["example"]
    if row["iso"]:
        assert nlp(row["example"])._.policy.mentions[0].value.currency == row["iso"]


CONTEXT_ENTRIES = [*context_data()["left"], *context_data()["right"]]


@pytest.mark.parametrize("entry", CONTEXT_ENTRIES, ids=lambda entry: entry["example"])
def test_each_context_entry_has_an_example(nlp: Language, entry: dict[str, Any]) -> None:
    [(_, value)] = sums(nlp, f"Das sind {entry['example']}.")
    for key in ("qualifier", "per", "total"):
        assert value.get(key) == entry.get(key) or (key == "total" and entry.get("skip"))
    assert ("each" in value) == ("each" in entry)


@pytest.mark.parametrize("phrase", [p for e in context_data()["left"] if "qualifier" in e for p in e["phrases"]])
def test_each_qualifier_is_outside_the_span(nlp: Language, phrase: str) -> None:
    [(span, value)] = sums(nlp, f"Es waren {phrase} 500 Euro.")
    assert span == "500 Euro"
    assert "qualifier" in value


def test_products_of_the_table_are_no_sums(nlp: Language) -> None:
    for head in context_data()["products"]["heads"]:
        assert sums(nlp, f"das 49-Euro-{head} kommt") == []


def test_value_is_typed_and_mirrored(nlp: Language) -> None:
    doc = nlp("Die Stadt zahlt 500 Euro.")
    assert doc.spans["policy"][0].text == "500 Euro"
    assert doc.spans["policy"][0]._.value == MoneyValue(amount=Decimal(500))


def test_settings_survive_serialisation(nlp: Language) -> None:
    copy = spacy.blank("de")
    copy.add_pipe("policy_money")
    copy.from_bytes(nlp.to_bytes())
    assert sums(copy, "500 Euro") == sums(nlp, "500 Euro")


NUMBERS = ["5", "1.000", "2,5", "Mio.", "Millionen", "eine", "halbe", "mehrere", "zweistellig", "er Millionenbetrag", "T"]
UNITS = ["Euro", "€", "EUR", "Cent", "Mark"]
WORDS = [
    "über",
    "mehr als",
    "Scheck",
    "insgesamt",
    "um die",
    "pro",
    "Kind",
    "jährlich",
    "bis",
    "und",
    "–",
    "-",
    ",",
    "(",
    "zwischen",
    "von",
    "auf",
    "rund",
    "je",
    "pro Jahr",
    " ",
    "\n",
    "\u202f",
]
PIECES = st.sampled_from([*NUMBERS, *UNITS, *WORDS])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text(text: str) -> None:
    found = find_sums(text)
    for item in found:
        read_context(text, item)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all((s.amount is None) != (s.bounds is None) for s in found)
    assert all(s.bounds is None or s.bounds[0] <= s.bounds[1] for s in found)


@pytest.mark.parametrize("unit", ["1.1.1.1.", "1", "€", "5 € ", "Euro ", "10 und ", "5 Euro bis ", "(", "eine ", "$", "1 000 "])
def test_monotonous_text_is_read(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert all(0 <= s.start < s.end <= len(text) for s in find_sums(text))


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Celle erhält 1,8 Millionen und Peine 200.000 Euro.", ["1,8 Millionen", "200.000 Euro"]),
        ("Davon stammen 9,5 Mio. aus Bundesmitteln, das Land gibt 3 Mio. Euro.", ["9,5 Mio.", "3 Mio. Euro"]),
        ("Der Bund zahlt 1,8 Millionen und das Land 200.000 Euro.", ["1,8 Millionen", "200.000 Euro"]),
        ("Das Land gibt EUR 2 Millionen für Celle und EUR 3 Millionen für Peine.", ["EUR 2 Millionen", "EUR 3 Millionen"]),
        # What is counted, what another sentence tells, and what a noun follows is no sum.
        ("Die Zahl der Gäste stieg auf 2 Millionen, das Land gibt 3 Millionen Euro.", ["3 Millionen Euro"]),
        ("Es gab 3 Millionen Euro. Dort leben 2 Millionen in Not.", ["3 Millionen Euro"]),
        ("Für 2 Millionen Menschen gab das Land 3 Millionen Euro.", ["3 Millionen Euro"]),
    ],
)
def test_millions_whose_currency_stands_beside_another_sum(text, sums):
    assert [text[s.start : s.end] for s in find_sums(text)] == sums
