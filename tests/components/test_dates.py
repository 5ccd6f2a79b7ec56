"""The component policy_dates: values, anchors, ranges, and what is no date."""

import datetime as dt
import pickle
import random
from itertools import pairwise

import pytest
import spacy

from policy_ie.components.dates import Dates
from policy_ie.components.dates.component import temporal_expressions
from policy_ie.records import DateRelation, TimexMod, TimexType

RELEASE = dt.date(2024, 5, 15)  # a Wednesday


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_dates")
    return nlp


def dates_of(nlp, text, published=RELEASE):
    doc = nlp.make_doc(text)
    doc._.policy.published = published
    return [(text[m.start : m.end], m.value) for m in nlp.get_pipe("policy_dates")(doc)._.policy.mentions]


def values_of(text, published=RELEASE):
    return [(text[e.start : e.end], e.value) for e in temporal_expressions(text, published)]


def test_a_date_is_a_typed_mention(nlp):
    [(text, value)] = dates_of(nlp, "Der Bescheid wurde am 9.11.2017 übergeben.")
    assert text == "9.11.2017"
    assert value.timex_type is TimexType.DATE
    assert (value.value, value.start, value.end, value.edtf) == (
        "2017-11-09",
        dt.date(2017, 11, 9),
        dt.date(2017, 11, 9),
        "2017-11-09",
    )


def test_a_range_gives_both_ends_and_an_interval(nlp):
    found = dates_of(nlp, "Die Messe findet vom 9. bis 11. Oktober statt.")
    assert [(t, v.value, v.timex_type, v.relation) for t, v in found] == [
        ("9.", "2024-10-09", TimexType.DATE, DateRelation.FROM),
        ("11. Oktober", "2024-10-11", TimexType.DATE, DateRelation.UNTIL),
        ("9. bis 11. Oktober", "2024-10-09/2024-10-11", TimexType.INTERVAL, None),
    ]
    assert (found[2][1].start, found[2][1].end) == (dt.date(2024, 10, 9), dt.date(2024, 10, 11))


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("Das Programm lief von 2014 bis 2020.", "2014/2020"),
        ("Die Förderperiode 2021–2027 läuft.", "2021/2027"),
        ("Gezählt wird von 10 bis 12 Uhr.", "2024-05-15T10:00/2024-05-15T12:00"),
        ("Vom 28. Dezember bis 3. Januar 2025 ist geschlossen.", "2024-12-28/2025-01-03"),
        ("Zwischen Juni und September 2023 wurde gebaut.", "2023-06/2023-09"),
        ("Das Rathaus bleibt von Montag bis Freitag geschlossen.", "2024-05-20/2024-05-24"),
    ],
)
def test_intervals(nlp, text, interval):
    assert [v.value for _, v in dates_of(nlp, text) if v.timex_type is TimexType.INTERVAL] == [interval]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("Im Schuljahr 2023/24 sind es 40 Schulen.", "Schuljahr 2023/24", "2023/2024"),
        ("Im Doppelhaushalt 2024/2025 fehlt Geld.", "Doppelhaushalt 2024/2025", "2024/2025"),
    ],
)
def test_a_term_of_two_years_is_one_interval(nlp, text, span, value):
    [(found, v)] = dates_of(nlp, text)
    assert (found, v.value, v.timex_type) == (span, value, TimexType.INTERVAL)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Anträge sind bis 31.12.2025 möglich.", DateRelation.UNTIL),
        ("Ab 2019 gilt die Regel.", DateRelation.FROM),
        ("Seit dem 1. März 2020 läuft der Versuch.", DateRelation.SINCE),
        ("Vor 2010 gab es das nicht.", DateRelation.BEFORE),
        ("Nach 2010 wurde es besser.", DateRelation.AFTER),
        ("Im Jahr 2010 war das so.", None),
    ],
)
def test_the_preposition_is_the_relation_and_the_extent_is_that_of_the_words(nlp, text, relation):
    [(_, value)] = dates_of(nlp, text)
    assert value.relation is relation
    assert value.start is not None
    assert value.start.year == int(value.value[:4]) == value.end.year


def test_parts_of_a_period_and_seasons_have_no_extent(nlp):
    [(_, end)] = dates_of(nlp, "Das war Ende März 2023.")
    assert (end.value, end.mod, end.start, end.end) == ("2023-03", TimexMod.END, None, None)
    [(_, summer)] = dates_of(nlp, "Das war im Sommer 2022.")
    assert (summer.value, summer.start, summer.edtf) == ("2022-SU", None, "2022-22")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Am Dienstag hat der Kreistag getagt.", "2024-05-14"),
        ("Meier, der am Dienstag die Halle besucht hatte, lobte sie.", "2024-05-14"),
        ("Am Dienstag wird der Kreistag tagen.", "2024-05-21"),
        ("Die Ministerin, die am Freitag den Bescheid übergab, dankte.", "2024-05-10"),
        ("Am 3. Dezember wurde der Vertrag unterzeichnet.", "2023-12-03"),
        ("Die Feier findet am 3. Dezember statt.", "2024-12-03"),
        ("Am kommenden Mittwoch beginnt der Bau.", "2024-05-22"),
        ("In der vergangenen Woche war Sitzung.", "2024-W19"),
        ("Im nächsten Jahr wird gewählt.", "2025"),
        ("Am Karfreitag wurde gefeiert.", "2024-03-29"),
        ("Am Buß- und Bettag bleibt die Halle zu.", "2024-11-20"),
    ],
)
def test_tense_and_adjectives_choose_the_reading(text, value):
    assert [v for _, v in values_of(text)] == [value]


def test_what_is_still_to_be_done_lies_ahead_whatever_year_goes_on():
    text = "Seit 2013 gibt es den Preis. Alle Dörfer haben die Chance, sich bis zum 30. April um ihn zu bewerben."
    assert values_of(text, dt.date(2016, 1, 4)) == [("2013", "2013"), ("30. April", "2016-04-30")]


def test_a_near_day_counts_more_than_a_misread_verb():
    assert values_of("Er hat Karten für den 9. Dezember verkauft.", dt.date(2012, 11, 30)) == [
        ("den 9. Dezember", "2012-12-09")
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Am 25. Dezember ist frei.", "XXXX-12-25"),
        ("Am Dienstag ist Sitzung.", "XXXX-WXX-2"),
        ("Heute ist Sitzung.", "PRESENT_REF"),
        ("Im Mai beginnt der Bau.", "XXXX-05"),
        ("Im Sommer beginnt der Bau.", "XXXX-SU"),
        ("An Weihnachten ist frei.", "XXXX-12-25"),
    ],
)
def test_without_a_release_date_nothing_is_guessed(text, value):
    assert [v for _, v in values_of(text, None)] == [value]


def test_anaphoric_expressions_take_the_date_before():
    text = "Am 3. Mai 2019 wurde gewählt, am Tag darauf gezählt. Im selben Jahr begann der Bau."
    assert values_of(text) == [("3. Mai 2019", "2019-05-03"), ("Tag darauf", "2019-05-04"), ("selben Jahr", "2019")]


def test_a_weekday_or_feast_beside_a_day_is_that_day():
    assert values_of("Am 3. April 2015 (Karfreitag) und am 7. April 2015 (Dienstag) war Ruhe.") == [
        ("3. April 2015", "2015-04-03"), ("Karfreitag", "2015-04-03"),
        ("7. April 2015", "2015-04-07"), ("Dienstag", "2015-04-07"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "before", ["Der Weg führt durch ein Gebiet von Natura 2000. ", "Die Stadt rechnet bis 2030 mit mehr Gästen. "]
)
def test_without_a_day_of_release_no_year_is_taken_from_plans_and_names(before):
    text = before + "Ministerin Els hat heute (4. April) die Schule eröffnet. Im November folgt die Halle."
    values = dict(values_of(text, published=None))
    assert (values["4. April"], values["November"]) == ("XXXX-04-04", "XXXX-11")


def test_a_day_of_every_year_is_a_set():
    assert values_of("Der Preis wird seit 1998 jährlich am 3. Oktober verliehen.")[-1] == ("3. Oktober", "XXXX-10-03")


def test_transcribed_umlauts_and_capitals_are_read():
    assert values_of("Im Maerz 2003 und vor fuenf Jahren war das so.") == [("Maerz 2003", "2003-03"), ("fuenf Jahren", "P5Y")]
    assert values_of("DIENSTAG, 3. JUNI 2025") == [("DIENSTAG, 3. JUNI 2025", "2025-06-03")]


def test_opening_hours_are_sets():
    assert values_of("Montag bis Freitag 8 bis 16 Uhr") == [
        ("Montag", "XXXX-WXX-1"), ("Freitag", "XXXX-WXX-5"), ("8", "T08:00"), ("16 Uhr", "T16:00"),
    ]  # fmt: skip


def test_a_narrative_keeps_its_year():
    text = "Im März 1992 wurde das Haus verkauft, im April wurde es umgebaut."
    assert values_of(text)[1] == ("April", "1992-04")


def test_since_when_something_stands_gives_no_year():
    text = "Es war das erste Fest seit Einweihung des Hauses im Mai 2012. Der Rat hatte im Juni die Gäste bestimmt."
    assert values_of(text)[-1][0] == "Juni"
    assert values_of(text)[-1][1].startswith(str(RELEASE.year))


def test_the_year_of_a_day_may_stand_elsewhere():
    assert values_of("Anträge bis 31. Oktober 2023.\n\nDie Frist endet am 31. Oktober.")[1] == ("31. Oktober", "2023-10-31")


def test_a_clock_time_after_a_date_is_an_expression_of_its_own(nlp):
    found = dates_of(nlp, "Am Freitag, 24. Mai 2024, um 18.30 Uhr wird gefeiert.")
    assert [(t, v.value, v.timex_type) for t, v in found] == [
        ("Freitag, 24. Mai 2024", "2024-05-24", TimexType.DATE),
        ("18.30 Uhr", "2024-05-24T18:30", TimexType.TIME),
    ]
    assert found[1][1].start == dt.date(2024, 5, 24)


def test_sets(nlp):
    [(_, value)] = dates_of(nlp, "Der Beirat tagt zweimal im Jahr.")
    assert (value.timex_type, value.value, value.freq) == (TimexType.SET, "P1Y", "2X")
    [(_, value)] = dates_of(nlp, "Er tagt jeden zweiten Mittwoch.")
    assert (value.timex_type, value.value, value.quant) == (TimexType.SET, "XXXX-WXX-3", "EVERY")


@pytest.mark.parametrize(
    ("text", "span", "value", "start", "end"),
    [
        ("Seit vier Jahren wird gebaut.", "vier Jahren", "P4Y", dt.date(2020, 5, 15), RELEASE),
        ("In drei Wochen beginnt der Bau.", "drei Wochen", "P3W", RELEASE, dt.date(2024, 6, 5)),
        ("Das dauert eineinhalb Jahre.", "eineinhalb Jahre", "P1.5Y", None, None),
        ("Das gilt für ein halbes Jahr.", "ein halbes Jahr", "P6M", None, None),
        ("Die 18-monatige Förderung endet.", "18-monatige", "P18M", None, None),
        ("Sie war ein Jahr und zwei Monate im Amt.", "ein Jahr und zwei Monate", "P1Y2M", None, None),
        ("In den nächsten drei Tagen regnet es.", "den nächsten drei Tagen", "P3D", dt.date(2024, 5, 16), dt.date(2024, 5, 18)),
    ],
)
def test_durations(nlp, text, span, value, start, end):
    [(found, v)] = dates_of(nlp, text)
    assert (found, v.value, v.timex_type, v.start, v.end) == (span, value, TimexType.DURATION, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "Die Kita betreut Kinder im Alter von drei bis sechs Jahren.",
        "Kinder ab 3 Jahren und Jugendliche unter 18 Jahren zahlen nichts.",
        "Der 47-jährige Fahrer und die 16-Jährige blieben unverletzt.",
        "Rückfragen: Tel. 0211 837-2018, Fax (0211) 837 1999.",
        "Telefon: (089) 2190 -2120, Telefon +49 711 2010-2015",
        "IBAN DE12 3456 2019 2020 2021 22",
        "Nach § 12 Abs. 3 und Art. 2018 gilt das.",
        "Die Version 1.2.3 und der Abschnitt 10.11.12 fehlen.",
        "Das Spiel endete 3:1.",
        "40213 Düsseldorf, Hauptstraße 12, Raum 2.15",
        "Herr Sonntag, Frau März, Frau Mai und Herr Sommer kamen.",
        "Die Landrätin Mai sprach. Mit So viel hat niemand gerechnet.",
        "Drucksache 18/2019 und Az. 12-2018/3 liegen vor.",
        "Die Karte kostet 20.30 Euro, das Heft 12,50 Euro.",
        "Es kamen 2000 Besucher und 1950 Euro zusammen.",
        "Die Agenda 2030 und Horizont 2020 sind Programme.",
        "bericht_2019-05-03.pdf",
        "Die Bild am Sonntag berichtet.",
        "Guten Morgen, meine Damen und Herren!",
        "Die Kirche St. Peter und Paul wird saniert.",
        "Sie ist Sportlerin des Jahres.",
        "Sommer-Interview und Herbst-Kongress",
        "Die Sonntags- und Feiertagsarbeit nimmt zu.",
        "Siehe Rn. 12 und Az. 10 K 1715/16.",
    ],
)
def test_what_is_no_date(text):
    assert values_of(text) == []


def test_offsets_are_those_of_the_text(nlp):
    text = "🎉 Düsseldorf,\u00a09. November 2017 – Am 10.\u00a0November wird gefeiert."
    assert [t for t, _ in dates_of(nlp, text)] == ["9. November 2017", "10.\u00a0November"]


@pytest.mark.parametrize(
    "unit",
    [
        "1.1.1.1.",
        "1",
        "am ",
        "1 ",
        "2014 bis ",
        "den letzten ",
        "3. und ",
        "12:00 ",
        "am Dienstag ",
        "zwei Jahre ",
        "1-",
        "Nacht des ",
    ],
)
def test_monotonous_text_is_read(unit):
    text = unit * (40_000 // len(unit))
    assert all(0 <= e.start < e.end <= len(text) for e in temporal_expressions(text, RELEASE))


def test_the_component_is_deterministic_and_can_be_pickled(nlp):
    text = "Vom 9. bis 11. Oktober und am Dienstag um 20 Uhr wird gefeiert."
    copy = pickle.loads(pickle.dumps(nlp.get_pipe("policy_dates")))
    assert isinstance(copy, Dates)
    doc = nlp.make_doc(text)
    doc._.policy.published = RELEASE
    assert [m.value for m in copy(doc)._.policy.mentions] == [v for _, v in dates_of(nlp, text)]


@pytest.mark.parametrize(
    ("text", "span", "mod"),
    [
        ("Das dauert rund drei Jahre.", "rund drei Jahre", TimexMod.APPROX),
        ("Das dauert knapp drei Jahre.", "knapp drei Jahre", TimexMod.LESS_THAN),
        ("Das dauert mehr als drei Jahre.", "drei Jahre", TimexMod.MORE_THAN),
        ("Das dauert mindestens drei Jahre.", "drei Jahre", TimexMod.EQUAL_OR_MORE),
        ("Das dauert bis zu drei Jahre.", "drei Jahre", TimexMod.EQUAL_OR_LESS),
    ],
)
def test_modifiers_of_durations(nlp, text, span, mod):
    [(found, value)] = dates_of(nlp, text)
    assert (found, value.value, value.mod) == (span, "P3Y", mod)


def test_confidence_says_how_much_was_inferred(nlp):
    def confidence(text, published=RELEASE):
        doc = nlp.make_doc(text)
        doc._.policy.published = published
        return [m.confidence for m in nlp.get_pipe("policy_dates")(doc)._.policy.mentions]

    [explicit], [deictic], [inferred] = (
        confidence("Am 3. Mai 2024 war Wahl."), confidence("Gestern war Wahl."), confidence("Am 3. Mai war Wahl."),
    )  # fmt: skip
    [unknown] = confidence("Am 3. Mai war Wahl.", None)
    assert 1 > explicit > deictic > inferred > unknown > 0


def test_no_sequence_of_temporal_words_raises(nlp):
    from policy_ie.components.dates.scan import _lexicon

    words = [*_lexicon()[0], *_lexicon()[1]]
    signs = [
        "1.",
        "31.",
        "29.2.",
        "30.2.2023",
        "2024",
        "2023/24",
        "24:59",
        "9.75",
        "1,5",
        "06/2023",
        "90er Jahre",
        "Uhr",
        ".",
        "\n",
        "hat",
        "Euro",
    ]
    chance = random.Random(4)
    for _ in range(3000):
        text = " ".join(chance.choice(signs if chance.random() < 0.4 else words) for _ in range(chance.randint(1, 9)))
        found = temporal_expressions(text, chance.choice([None, RELEASE, dt.date(2024, 2, 29), dt.date.min, dt.date.max]))
        assert all(text[e.start : e.end].strip() and e.value for e in found)
        assert all(left.end <= right.start for left, right in pairwise(found))
        assert all(e.extent is None or e.extent[0] <= e.extent[1] for e in found)


def test_an_empty_text_has_no_dates(nlp):
    assert dates_of(nlp, "") == dates_of(nlp, "   \n ") == []


def test_a_range_ends_with_its_clause(nlp):
    text = "Der 2009 begonnene Bau, für den rund elf Millionen Euro und mehr ausgezahlt wurden.\n\nTelefon 5680-1131 bis 2011"
    assert not [v for _, v in dates_of(nlp, text) if v.timex_type is TimexType.INTERVAL]
