"""The territories component: spans, values, words, persons, lists, dates."""

from __future__ import annotations

import datetime as dt
import pickle
import sys
from pathlib import Path

import pytest
import spacy

from policy_ie.components.base import Mention, policy_layer
from policy_ie.components.territories import Territories
from policy_ie.knowledge import knowledge_base
from policy_ie.records import Level, Section, SectionKind, TerritoryValue

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from linking import generated, linked, written


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_territories")
    return nlp


def mentions(nlp: spacy.Language, text: str, published: str | None = None) -> list[Mention]:
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.published = dt.date.fromisoformat(published) if published else None
    nlp.get_pipe("policy_territories")(doc)
    return layer.of_kind("territory")


def named(nlp: spacy.Language, text: str, published: str | None = None) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], m.value.ags) for m in mentions(nlp, text, published) if not m.nominal]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Spans: municipalities without, districts with their type word; Länder without "Land".
        ("der Stadt Leverkusen", [("Leverkusen", "05316000")]),
        ("im Kreis Euskirchen", [("Kreis Euskirchen", "05366")]),
        ("des Landkreises Harz", [("Landkreises Harz", "15085")]),
        ("Das Land Nordrhein-Westfalen zahlt", [("Nordrhein-Westfalen", "05")]),
        ("der Rheinisch-Bergische Kreis", [("Rheinisch-Bergische Kreis", "05378")]),
        ("Regierungsbezirks Detmold", [("Regierungsbezirks Detmold", "057")]),
        # Lists
        ("Die Landkreise Soest und Unna", [("Soest", "05974"), ("Unna", "05978")]),
        (
            "der Kreis Soest und die Städte Hamm, Lage und Unna",
            [("Kreis Soest", "05974"), ("Hamm", "05915000"), ("Lage", "05766040"), ("Unna", "05978036")],
        ),
        ("Dortmund (2 Mio. Euro), Essen (1 Mio. Euro)", [("Dortmund", "05913000"), ("Essen", "05113000")]),
        # Compounds
        ("die NRW-Initiative", [("NRW", "05")]),
        ("in Köln-Mülheim", [("Köln-Mülheim", "05315000")]),
        ("die Bologna-Reform, die Essen-Ausgabe", []),
        # Words and persons
        ("Das Essen in der Halle war gut, der Regen störte.", []),
        ("Frau Horn, Uwe Hagen und Ministerin Ute Brühl", []),
        ("Ministerpräsident Sachsen-Anhalts", [("Sachsen-Anhalts", "15")]),
        # Streets, clubs, companies
        ("Kölner Straße 5, Borussia Dortmund, Stadtwerke Unna, die Bonn Netz GmbH", []),
        ("www.NRW.de, presse@Essen.de und die NRW.Bank", []),
    ],
)
def test_spans_and_keys(nlp: spacy.Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert named(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("das Land Berlin", "11"),
        ("Die Länder Berlin und Brandenburg", "11"),
        ("Stadt Bremen", "04011000"),
        ("Hamburg, 18. Mai 2018", "02000000"),
        ("Die Konferenz in Berlin endet.", "11000000"),
        ("Hamburg, Niedersachsen und Hessen klagen", "02"),
    ],
)
def test_city_states(nlp: spacy.Language, text: str, key: str) -> None:
    assert named(nlp, text)[0][1] == key


def test_merged_municipality_before_and_after(nlp: spacy.Language) -> None:
    (before,) = mentions(nlp, "Die Stadt Dessau baut.", "2003-05-01")
    (after,) = mentions(nlp, "Die Stadt Dessau baut.", "2012-05-01")
    assert isinstance(before.value, TerritoryValue)
    assert isinstance(after.value, TerritoryValue)
    assert (before.value.level, before.value.ags, before.value.successor_ags) == (Level.MUNICIPALITY, "15101000", "15001000")
    assert (after.value.level, after.value.ags, after.value.successor_ags) == (Level.LOCALITY, "15001000", None)


def test_renumbered_city(nlp: spacy.Language) -> None:
    (m,) = mentions(nlp, "In Leipzig wird gebaut.", "2004-05-01")
    assert isinstance(m.value, TerritoryValue)
    assert (m.value.ags, m.value.successor_ags, m.kb_id) == ("14365000", "14713000", "ags:14365000")
    assert named(nlp, "In Leipzig wird gebaut.") == [("Leipzig", "14713000")]


def test_adjectives_are_nominal(nlp: spacy.Language) -> None:
    found = mentions(nlp, "Der Dortmunder Rat und die hessische Landesregierung; ein Lehrer und ein Lager.")
    assert [(m.kb_id, m.nominal) for m in found] == [("ags:05913000", True), ("ags:06", True)]


def test_value_has_place_and_state(nlp: spacy.Language) -> None:
    (m,) = mentions(nlp, "in Leverkusen")
    assert isinstance(m.value, TerritoryValue)
    assert m.value.state == "DE-NW"
    assert m.value.latitude == pytest.approx(51.03, abs=0.05)
    assert 0 < m.confidence < 1


def test_duplicates_are_skipped() -> None:
    nlp = spacy.blank("de")
    pipe = nlp.add_pipe("policy_territories")
    text = "In Essen.\n\nIn Essen."
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.sections = [
        Section(kind=SectionKind.BODY, start=0, end=11),
        Section(kind=SectionKind.DUPLICATE, start=11, end=len(text)),
    ]
    pipe(doc)
    assert [m.start for m in layer.mentions] == [3]


def test_setting_adjectives() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_territories", config={"adjectives": False})
    assert nlp("Dortmunder Kitas in Essen")._.policy.mentions[0].kb_id == "ags:05113000"


def test_component_can_be_pickled_and_restored() -> None:
    component = pickle.loads(pickle.dumps(Territories(None, adjectives=False)))
    assert component.settings == {"knowledge": (), "adjectives": False}
    assert not Territories(None).from_bytes(component.to_bytes()).adjectives


def test_no_names_no_mentions(nlp: spacy.Language) -> None:
    for text in ("", " ", "der die das", "\n\n\n", "😀 🏛️", "A" * 5000):
        assert mentions(nlp, text) == []


@pytest.mark.parametrize("unit", ["Essen, ", "Köln\n", "Köln (", "Köln-", "Stadt ", "Mülheim und "])
def test_long_lists_are_read(nlp: spacy.Language, unit: str) -> None:
    doc = nlp.make_doc(unit * 4000)
    layer = policy_layer(doc)
    layer.name_hits(knowledge_base())
    nlp.get_pipe("policy_territories")(doc)
    # "Essen" alone is a word, "Stadt" no name.
    assert len(layer.mentions) >= (0 if unit in ("Stadt ", "Essen, ") else 3000)


def test_the_linking_benchmark_holds(nlp: spacy.Language) -> None:
    cases = [*written(), *generated(knowledge_base(), step=40)]
    right = sum(linked(nlp, case) == case.key for case in cases)
    assert right / len(cases) >= 0.97


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        # Where a person lives, in brackets or behind a comma; other brackets and names of persons are no towns.
        (
            "Geehrt wurden Anna Meier (Harrislee), Eva Moll (Garding) und Karl Vogt, Strande; Uwe Horn, Kiel.",
            None,
            ["01059120", "01054036", "01058157", "01002000"],
        ),
        ("Anna Meier (Grüne), Karl Vogt (Bau), Stefan Horn und Eva Brühl kamen.", None, []),
        # Districts: short forms, what was dissolved, what no table lists, lists of them.
        ("Das Geld fließt in den Landkreis Osterode.", "2011-11-08", ["03156"]),
        ("Auf den Muldentalkreis entfallen 3 Mio. Euro.", "2003-06-01", ["14383"]),
        ("Der Kreis Grevenbroich wurde 1975 aufgelöst.", None, [None]),
        ("Er entstand aus den früheren Landkreisen Ahaus und Borken.", None, [None, "05554"]),
        ("Anna Meier (Lkr. Passau), der Rat des Landkreises Sankt Wendel", None, ["09275", "10046"]),
        (
            "Die Kreise Uckermark und Holzminden tagten. Es kamen Eva Muster (Holzminden) und Karl Muster (Uckermark).",
            None,
            ["12073", "03255", "03255", "12073"],
        ),
        ("Im Altkreis Demmin half die Partnerstadt Angoulême.", "2008-05-01", ["13052", None]),
        # Where officials come from, what a town receives.
        (
            "Bürgermeister Karl Muster (Rellingen), Landrat Jan Muster aus Essen und Eva Muster (Heide) kamen.",
            None,
            ["01056043", "05113000", "01051044"],
        ),
        (
            "Norden erhält zwei Millionen Euro, 500 Euro fließen nach Leer, der Bescheid für Rosendahl kam.",
            None,
            ["03452019", "03457013", "05558040"],
        ),
        ("In der Altstadt von Essen und in Sankt Augustin wird gebaut.", None, ["05113000", "05382056"]),
        # What is called after a town may lie elsewhere.
        ("Sachsen-Anhalt tagte auf Schloss Ballenstedt.", None, ["15", "15085040"]),
        ("Hessen tagte im Kloster Eberbach.", None, ["06"]),
        ("Die Kammer Schleswig-Holstein (Ellerhoop) gewann.", None, ["01", "01056014"]),
        (
            "Das Land Bremen eröffnet in Blumenthal, im Stadtteil Vegesack und in Bremen-Lesum Kitas, so der Bremer Senat.",
            None,
            ["04", "04011000", "04011000", "04011000"],
        ),
        ("Geehrt mit dem Verdienstorden der Bundesrepublik Deutschland", None, [None]),
        ("Gefördert werden:\n- Elbe-Elster\n- Höxter\n- Mittelsachsen\n- Greiz\n", None, ["12062", "05762", "14522", "16076"]),
        ("Schulen in Greiz, Höxter und Kronach", None, ["16076022", "05762020", "09476145"]),
        ("Diese drei Landkreise werden gefördert: Greiz, Kronach und Höxter.", None, ["16076", "09476", "05762"]),
        ("Diese drei Städte werden gefördert: Greiz, Kronach und Höxter.", None, ["16076022", "09476145", "05762020"]),
        ("Im Kreis Wetterau und bei der LRA Kassel", None, ["06440", "06633"]),
        ("Die Wetterau ist schön.", None, []),
        ("Die Verbandsgemeinde Zell baut.", None, [None]),
        # Dateline behind the name of a body.
        ("Bundesministerium für Verkehr, Berlin, 24.06.2015\n", None, ["11000000"]),
        ("Dabei sind Hessen, Berlin, Sachsen.", None, ["06", "11", "14"]),
        ("Das Bad in Carolinensiel wird erneuert.", None, ["03462019"]),
        # A municipality before its merger is no part of its successor.
        ("Der Freistaat Thüringen fördert Orte wie Triebes.", "2001-04-06", ["16", "16076077"]),
        # Words that are towns only where something says so.
        ("Preise gingen an Welt (Schleswig-Holstein) und Karl (Rheinland-Pfalz).", None, ["01054148", "01", "07231065", "07"]),
        ("Karl Meier bereist die Welt.", None, []),
        ("Einen weiten Bogen spannt die Stadt Bogen.", None, ["09278118"]),
        ("In Bergen auf Rügen lagen Bergen von Müll.", None, ["13073010"]),
        ("Auch kleine Orte wie Karl bauen.", None, ["07231065"]),
        ("Der Ort Rosa erhielt Silber, das Band war rosa.", None, ["16066059"]),
        ("In Berlin entsteht im Wedding ein Haus.", None, ["11000000", "11000000"]),
        ("Beim Wedding gab es Kuchen.", None, []),
        # Funds and offices bear the name themselves.
        ("Der Kulturfonds Bayern zahlt, das Flurneuordnungsamt Gera hilft.", None, []),
        ("Das Ehepaar Grabe kam.", None, []),
        # Towns of a Land, not a town of its name.
        ("In den kreisfreien Städten Brandenburgs und in Gemeinden Hessens", None, ["12", "06"]),
        # The city of the name before a part of a city named in passing.
        (
            "Die Juristin aus Köln sprach in NRW. Essen, Velbert und Moers sind fertig. Mülheim folgt.",
            None,
            ["05315000", "05", "05113000", "05158032", "05170024", "05117000"],
        ),
        # In a list the village nearby, even where a larger one bears the name elsewhere, or none does.
        (
            "Wehren aus Joachimsthal, Oderberg, Wandlitz, Lindenberg, Britz und Eberswalde",
            None,
            ["12060100", "12060176", "12060269", "12060005", "12060036", "12060052"],
        ),
        ("Das Land NRW saniert die Straße zwischen Holzhausen und Bredenborn.", None, ["05"]),
        ("Im Rhein-Pfalz-Kreis und in Maxdorf spielte Berghausen.", None, ["07338", "07338018"]),
        (
            "Bad Wildbad, Buchen, Burgstetten, Güglingen, Forbach",
            None,
            ["08235079", "08225014", "08119018", "08125038", "08216013"],
        ),
        ("Die Kreisstraße wird von Hückelhoven-Kleingladbach bis Erkelenz gesperrt.", None, ["05370020", "05370004"]),
        ("Im Ostholstein-Saal des Kreises Ostholstein", None, ["01055", "01055"]),
        ("Neues in Lehre und Forschung", None, []),
        # Without ß and umlauts.
        ("Geld für die Gemeindeverwaltung Hassloch", None, ["07332025"]),
        ("Das Buero fuer Koeln und Baden-Wuerttemberg in Soest", None, ["05315000", "08", "05974040"]),
        # Two names of one town are one mention.
        ("Die Stadt Schleife/Slepo baut.", None, ["14626490"]),
    ],
)
def test_what_releases_show(nlp: spacy.Language, text: str, published: str | None, expected: list[str | None]) -> None:
    assert [key for _, key in named(nlp, text, published)] == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("In Haßbergen wurde am Haßberger Dorfplatz gebaut.", "03256011"),
        ("Der Haßberger Landrat sprach.", "09674"),
        ("Der Kreis Haßberge hilft, wie der Haßberger Landrat in Haßbergen sagte.", "09674"),
    ],
)
def test_adjective_of_a_place_that_the_text_names(nlp: spacy.Language, text: str, key: str) -> None:
    assert [m.value.ags for m in mentions(nlp, text) if m.nominal] == [key]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Pritzwalker Ortsteil Wiesenhain baut, Wiesenhain jubelt.", [("Wiesenhain", "12070316")] * 2),
        (
            "Die Ortsteile Wiesenhain und Bachwinkel in Sinzing",
            [("Wiesenhain", "09375199"), ("Bachwinkel", "09375199"), ("Sinzing", "09375199")],
        ),
        ("Den Preis bekam Wiesenhain, Ortsteil der Stadt Pritzwalk.", [("Wiesenhain", "12070316"), ("Pritzwalk", "12070316")]),
        ("Der Ortsteil Wiesenhain baut, Unna und Soest zahlen.", [("Unna", "05978036"), ("Soest", "05974040")]),
        ("Gäste kamen aus Rosolini (Italien).", [("Rosolini", None), ("Italien", None)]),
        ("die Partnergemeinde Praszka in Polen", [("Praszka", None), ("Polen", None)]),
        ("Der Maler Giuseppe Rossi (Italien) und das Museum (Polen)", [("Italien", None), ("Polen", None)]),
        ("Gäste aus Lublin und Schanghai", [("Lublin", None), ("Schanghai", None)]),
        # A Kreis named like its landscape behind a town that lies in it
        ("In Prenzlau (Uckermark) wird gebaut.", [("Prenzlau", "12073452"), ("Uckermark", "12073")]),
        ("In Wittenberge in der Prignitz wird gebaut.", [("Wittenberge", "12070424"), ("Prignitz", "12070")]),
        ("Die Uckermark ist schön.", []),
        # Authorities bear the place that they are for.
        ("Die Regierung von Oberfranken zahlt.", [("Oberfranken", "094")]),
        ("Die Leiterin des Staatlichen Schulamts Göppingen kam.", [("Göppingen", "08117026")]),
        # Additions to a name as they are shortened
        ("In Rothenburg o. d. Tauber und Triberg/Schwarzwald",
         [("Rothenburg o. d. Tauber", "09571193"), ("Triberg/Schwarzwald", "08326060")]),
        ("in Taufkirchen (Vils)", [("Taufkirchen (Vils)", "09177139")]),
        ("Landrat Karl Muster (Unna) und Bürgermeister Max Probe (Unna)", [("Unna", "05978"), ("Unna", "05978036")]),
        ("Landrat Muster und Bürgermeister Max Probe (Unna)", [("Unna", "05978036")]),
        ("Die Landräte Karl Muster (Unna) und Max Probe (Soest)", [("Unna", "05978"), ("Soest", "05974")]),
        ("Der Rat des Marktes Wald und der Kurort Rathen", [("Wald", "09372169"), ("Rathen", "14628310")]),
        ("In und um Essen wird gebaut.", [("Essen", "05113000")]),
        # A village that no other place is called like, and what stands before towns
        ("Für Prümzurlay sind Mittel vorgesehen.", [("Prümzurlay", "07232108")]),
        ("Für Prümzurlay zahlt Hessen nichts.", [("Hessen", "06")]),
        ("Im Kreis Ravensburg kommt die Ortsumgehung Berg.", [("Kreis Ravensburg", "08436"), ("Berg", "08436013")]),
        ("Karl Muster, Bürgermeister Wusterwitz, kam.", [("Wusterwitz", "12069688")]),
        ("Für Hohenstein zahlt der Rheingau-Taunus-Kreis.", [("Hohenstein", "06439006"), ("Rheingau-Taunus-Kreis", "06439")]),
        ("St. Leon-Rot baut an, St. Peter ist eine Kirche.", [("St. Leon-Rot", "08226103")]),
    ],
)  # fmt: skip
def test_places_by_the_words_around(nlp: spacy.Language, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert named(nlp, text) == expected


def test_former_kreise_in_all_cases(nlp: spacy.Language) -> None:
    assert named(nlp, "im Mittleren Erzgebirgskreis", "2003-05-01") == [("Mittleren Erzgebirgskreis", "14181")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Geld für Achstetten-Stetten.", [("Achstetten", "08426001")]),
        ("In Köln-Mülheim wird gebaut.", [("Köln-Mülheim", "05315000")]),
        ("Das Gelände an der Gera wird saniert.", []),
        ("Eine Brücke über die Fulda entsteht.", []),
        ("Die Eröffnung des neuen Spielbergs naht.", []),
        ("Jens Schwerin fragte nach. Schwerin erhielt zwei Millionen Euro.", []),
        ("Das Derby gewann der ESV Lokomotive Pirna, es spielte der Musikverein Freital.", []),
        ("Das Leiden der Löwen ist groß.", []),
    ],
)
def test_rivers_slopes_and_parts_are_no_towns(nlp: spacy.Language, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert named(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Die kreisfreien Städte Mitte des Jahres förderte das Land Hessen.", ["Hessen"]),
        ("Der Bezirk Mitte in Berlin feiert.", ["Mitte", "Berlin"]),
    ],
)
def test_a_word_of_a_date_is_no_place(text: str, wanted: list[str]) -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_dates")
    nlp.add_pipe("policy_territories")
    layer = nlp(text)._.policy
    assert [layer.text[m.start : m.end] for m in layer.of_kind("territory")] == wanted
