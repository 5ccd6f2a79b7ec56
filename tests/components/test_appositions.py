"""Titles that stand apart from their name, and nouns behind an embedded phrase."""

import pytest

from policy_ie import Extractor


@pytest.fixture(scope="module")
def extractor():
    return Extractor(profile="rules")


def filled(extractor, text, kind, role):
    record = extractor.extract(text)
    names = {e.id: e.text for e in record.entities}
    return [
        [names.get(getattr(f, "entity", None), f.text) for f in getattr(event, role)]
        for event in record.events
        if event.type == kind
    ]


@pytest.mark.parametrize(
    ("text", "visitors"),
    [
        (
            "Ministerpräsident Karl Vogt, die Ministerin der Finanzen und für Europa Anna Berger und der Präsident "
            "des Landesamts für Umwelt Martin Adler besuchten am 3. Mai 2022 die Feuerwache in Celle.",
            ["Karl Vogt", "Anna Berger", "Martin Adler"],
        ),
        (
            "Die Ministerin für Energie, Land- und Forstwirtschaft Anna Berger besuchte am 3. Mai 2022 gemeinsam "
            "mit dem Umweltminister des Landes Hessen Karl Vogt die Baustelle.",
            ["Anna Berger", "Karl Vogt"],
        ),
        ("Landrat Karl Vogt besuchte mit dem Minister Martin Adler am 23. März 2022 die Baustelle.", ["Karl Vogt"]),
    ],
)
def test_a_title_and_its_name_are_one(extractor, text, visitors):
    assert filled(extractor, text, "visit", "visitors") == [visitors]


def test_two_stops_of_a_tour_are_two_visits(extractor):
    text = (
        "Am Montag wird Ministerin Anna Berger das Klinikum Eichenhof besuchen. Im Anschluss besucht Ministerin Berger das "
        "Frauenhaus in Celle."
    )
    record = extractor.extract(text)
    visits = [(e.modality, [h.text for h in e.hosts]) for e in record.events if e.type == "visit"]
    assert [(m, h[0].split()[0]) for m, h in visits] == [("planned", "Klinikum"), ("planned", "Frauenhaus")]


def test_the_facility_of_the_headline_comes_before_the_bare_noun(extractor):
    text = (
        "Innenminister Karl Vogt besucht Lehrzentrum Celle\n\nAm 3. Mai 2022 besuchte Innenminister Karl Vogt die Einrichtung."
    )
    assert filled(extractor, text, "visit", "hosts") == [["Lehrzentrum Celle"]]


def test_who_is_somewhere_is_not_where(extractor):
    text = "Die Landräte im Regierungsbezirk Arnsberg trafen sich am 3. Mai 2022 zu einem Gespräch über die Jagd."
    assert filled(extractor, text, "meeting", "place") == [[]]


def test_each_of_several_landraete_receives_for_a_kreis(extractor):
    text = (
        "Digitalministerin Eva Kern hat den Landräten Karl Adler (Landkreis Gotha), Jan Vogel (Ilm-Kreis) und Ole Brandt "
        "(Landkreis Sömmerda) jeweils einen Bescheid über drei Millionen Euro überreicht."
    )
    assert filled(extractor, text, "funding", "recipients") == [["Landkreis Gotha", "Ilm-Kreis", "Landkreis Sömmerda"]]
    text = (
        "Digitalministerin Eva Kern hat im Beisein von Landrat Karl Adler (Kreis Soest) den Bescheid über drei Millionen Euro "
        "an Bürgermeister Jan Vogel (Werl) überreicht."
    )
    assert filled(extractor, text, "funding", "recipients") == [["Werl"]]


def test_the_first_of_several_hosts_may_hold_the_place(extractor):
    text = "Landrätin Eva Lang besuchte am Montag die Feuerwehr Perleberg, den Turnverein und die Schule."
    assert filled(extractor, text, "visit", "place") == [["Perleberg"]]
