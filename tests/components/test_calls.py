"""Calls: one per programme, with the deadline and the owner that other sentences tell."""

import pytest

from policy_ie import Extractor


@pytest.fixture(scope="module")
def calls():
    extractor = Extractor(profile="rules")

    def of(text, published=None):
        record = extractor.extract(text, published=published)
        names = {e.id: e.text for e in record.entities}

        def words(value):
            values = value if isinstance(value, tuple) else (value,)
            return [names.get(getattr(v, "entity", ""), v.text) for v in values if v is not None]

        return [
            {role: words(getattr(e, role)) for role in ("programme", "owners", "eligible", "deadline", "amounts")}
            for e in record.events
            if e.type == "call"
        ], [e for e in record.events if e.type == "funding"]

    return of


TEXT = (
    "Die Stadt Celle schreibt den Heimatpreis „Grüne Höfe“ aus. Vereine können Vorschläge bei der Verwaltung einreichen. "
    "Einsendeschluss ist der 31. März 2024."
)


def test_sentences_about_one_prize_are_one_call(calls):
    [found], _ = calls(TEXT, "2024-01-10")
    assert found["owners"] == ["Celle"]
    assert found["deadline"] == ["der 31. März 2024"]
    assert found["eligible"] == ["Vereine"]


def test_the_day_of_the_release_is_no_deadline(calls):
    [found], _ = calls(
        "Ministerin Anna Lang ruft am 10. Januar 2024 alle Vereine auf, sich am Wettbewerb zu beteiligen.", "2024-01-10"
    )
    assert found["deadline"] == []


def test_a_prize_that_is_offered_is_no_funding(calls):
    found, fundings = calls("Der Landkreis Celle lobt einen mit 5.000 Euro dotierten Preis für Dorfläden aus.")
    assert found[0]["owners"] == ["Landkreis Celle"]
    assert found[0]["amounts"] == ["5.000 Euro"]
    assert fundings == []


def test_who_runs_the_office_for_applications_calls_only_where_nobody_else_does(calls):
    text = (
        "Das Bundesumweltministerium fördert Projekte zum Klimaschutz mit 2 Millionen Euro. "
        "Anträge können bis zum 30. Juni 2024 beim Projektträger Jülich eingereicht werden."
    )
    [found], _ = calls(text, "2024-01-10")
    assert found["owners"] == ["Bundesumweltministerium"]


@pytest.mark.parametrize(
    ("more", "amounts"),
    [
        ("Pro Verein ist ein Zuschuss von höchstens 5.000 Euro möglich.", ["5.000 Euro"]),
        ("Beantragt werden können bis zu 5.000 Euro.", ["5.000 Euro"]),
        ("Das Fest kostete 5.000 Euro.", []),
    ],
)
def test_what_can_be_had_belongs_to_the_call(calls, more, amounts):
    text = "Die Stadt Celle nimmt bis zum 31. März 2024 Anträge für das Programm „Grüne Höfe“ entgegen. " + more
    [found], _ = calls(text, "2024-01-10")
    assert found["amounts"] == amounts


def test_the_first_day_is_no_deadline(calls):
    text = (
        "Von Montag, 5. Februar, an können sich Vereine um den Heimatpreis der Stadt Celle bewerben. Schluss ist am 31. März."
    )
    [found], _ = calls(text, "2024-01-10")
    assert found["deadline"] == ["31. März"]


def test_a_day_in_the_headline_is_no_deadline_where_the_text_names_the_last_day(calls):
    text = (
        "Kreis beginnt Ideenwettbewerb zum Tag der Deutschen Einheit 2024\n\n"
        "Vorschläge können bis zum 31. März 2024 beim Landratsamt abgegeben werden."
    )
    [found], _ = calls(text, "2024-01-10")
    assert found["deadline"] == ["31. März 2024"]
