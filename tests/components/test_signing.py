"""The parties of a contract, where another sentence names them, and whom "sie" and "beide" mean."""

import pytest

from policy_ie import Extractor


@pytest.fixture(scope="module")
def events():
    extractor = Extractor(profile="rules")

    def of(text, kind, role):
        record = extractor.extract(text, published="2024-02-22")
        names = {e.id: e.text for e in record.entities}
        return [
            [names.get(getattr(f, "entity", ""), getattr(f, "text", "")) for f in getattr(e, role)]
            for e in record.events
            if e.type == kind
        ]

    return of


TIE = "Der Kreis Soest und die Stadt Werl arbeiten künftig beim Klimaschutz zusammen. "
TWO = "Landrat Martin Vogel und Bürgermeisterin Eva Kern trafen sich in Celle. "


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (TIE + "Ein entsprechender Vertrag wurde am Montag unterzeichnet.", [["Kreis Soest", "Werl"]]),
        (
            "Der Kreis Soest und die Stadt Werl gehen eine Kooperation ein. Dazu ist eine Erklärung unterzeichnet worden.",
            [["Kreis Soest", "Werl"]],
        ),
        (TWO + "Anschließend unterschrieben beide eine Erklärung.", [["Martin Vogel", "Eva Kern"]]),
        (TWO + "Sie unterzeichneten eine Erklärung.", [["Martin Vogel", "Eva Kern"]]),
        (
            "Der Landkreis Celle, vertreten durch die Bau GmbH, und die Stadt Peine, vertreten durch die Stadtwerke Peine, "
            "haben heute eine Vereinbarung unterzeichnet.",
            [["Landkreis Celle", "Peine"]],
        ),
    ],
)
def test_parties(events, text, parties):
    assert events(text, "agreement", "parties") == parties


def test_the_subject_of_a_plural_is_who_stands_side_by_side_before(events):
    assert events(TWO + "Anschließend besuchten sie die Grundschule in Peine.", "visit", "visitors") == [
        ["Martin Vogel", "Eva Kern"]
    ]
    assert events("Eva Kern war in Celle. Dann besuchten sie die Grundschule in Peine.", "visit", "visitors") == []


def test_an_article_before_quoted_words_is_no_particle(events):
    text = "Oberbürgermeister Karl Vogt und Rektor Jan Lang setzten ihre Unterschriften unter ein „Memorandum zur Stadt“."
    assert events(text, "appointment", "organisation") == []
