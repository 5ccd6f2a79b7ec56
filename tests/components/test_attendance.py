"""Who met: the cabinets or their Länder, and the visitors and hosts of the visit that a talk belongs to."""

import pytest

from policy_ie import Extractor

VISIT = "Landrat Karl Vogt hat am 3. Mai 2019 Landrätin Eva Lang zum Antrittsbesuch im Kreishaus empfangen. "


@pytest.fixture(scope="module")
def extractor():
    return Extractor(profile="rules")


def filled(extractor, text, kind, role):
    record = extractor.extract(text)
    names = {e.id: e.text for e in record.entities}
    event = next(e for e in record.events if e.type == kind)
    return [names.get(f, getattr(f, "text", f)) for f in getattr(event, role)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Im Anschluss fand ein Gedankenaustausch statt.", ["Eva Lang", "Karl Vogt"]),
        ("Die beiden Landräte waren sich in dem Gespräch einig, dass die Kreise mehr tun müssen.", ["Eva Lang", "Karl Vogt"]),
    ],
)
def test_the_talk_of_a_visit_is_that_of_visitors_and_hosts(extractor, text, expected):
    found = filled(extractor, VISIT + text, "meeting", "participants")
    assert [n for n in expected if n in found] == expected


def test_a_talk_far_behind_or_without_a_visit_names_nobody_else(extractor):
    far = VISIT + "Davon hat die Region viel zu berichten. " * 40 + "Im Anschluss fand ein Gedankenaustausch statt."
    assert filled(extractor, far, "meeting", "participants") == []


def test_cabinets_and_their_laender_are_told_once(extractor):
    text = "Die Landeskabinette von Niedersachsen und Bremen haben am 3. Mai 2019 einen Ausbau der Zusammenarbeit vereinbart."
    assert filled(extractor, text, "agreement", "parties") == ["Landeskabinette"]
    bare = "Niedersachsen und Bremen haben am 3. Mai 2019 in Celle einen Ausbau der Zusammenarbeit vereinbart."
    assert filled(extractor, bare, "agreement", "parties") == ["Niedersachsen", "Bremen"]


def visits(extractor, text):
    record = extractor.extract(text)
    names = {e.id: e.text for e in record.entities}
    return [
        tuple([names.get(f, getattr(f, "text", f)) for f in getattr(e, role)] for role in ("visitors", "hosts"))
        for e in record.events
        if e.type == "visit"
    ]


def test_nobody_visits_the_own_house(extractor):
    text = "Umweltministerin Eva Lang hat {} bei einem Besuch im {} einen Bescheid über 20.000 Euro überreicht."
    found = visits(extractor, text.format("Landrat Karl Vogt", "Umweltministerium"))
    assert [v for v, _ in found] == [["Karl Vogt"]]
    assert visits(extractor, text.format("dem Verein Lichtblick", "Umweltministerium")) == []
    found = visits(extractor, text.format("Landrat Karl Vogt", "Kreishaus"))
    assert [v for v, _ in found] == [["Eva Lang"]]


def test_the_next_stop_is_a_visit_of_its_own(extractor):
    stops = "Ministerin Eva Lang besuchte die Schule in Celle. Anschließend besuchte sie die {}."
    assert [h for _, h in visits(extractor, stops.format("reha GmbH"))] == [["Schule"], ["reha GmbH"]]
    assert [h for _, h in visits(extractor, stops.format("Einrichtung"))] == [["Schule"]]


def test_the_talk_of_the_evening_is_another(extractor):
    talks = "Minister Ole Brandt sprach am 3. Mai 2019 mit dem Vorstand der Werft über die Aufträge. {}"

    def meetings(text):
        return sum(e.type == "meeting" for e in extractor.extract(talks.format(text)).events)

    assert meetings("Am Abend traf er Landrätin Eva Lang zu einem Gespräch.") == 2
    assert meetings("Das Gespräch dauerte zwei Stunden. Am Abend sprach Ole Brandt noch mit dem Vorstand über die Pläne.") == 1


def test_guests_do_not_open_what_somebody_else_opened(extractor):
    guests = " Mit dabei waren Landrat Karl Vogt und Ministerin Eva Lang."
    assert filled(extractor, "Am Montag wurde in Celle die neue Halle eröffnet." + guests, "opening", "openers") == [
        "Karl Vogt",
        "Eva Lang",
    ]
    own = "Der Zulieferer eröffnete in Celle einen neuen Standort."
    assert filled(extractor, own + guests, "opening", "openers") == []
