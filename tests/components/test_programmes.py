"""Programmes: quoted and bare names, known names, variants of one name; what is none."""

from __future__ import annotations

import re

import pytest
import spacy

from policy_ie.components.base import PolicyLayer, policy_layer
from policy_ie.components.programmes.grammar import head_table
from policy_ie.records import ProgrammeType, ProgrammeValue


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_programmes")
    return nlp


def names(layer: PolicyLayer) -> list[str]:
    return [layer.text[m.start : m.end] for m in layer.of_kind("programme")]


def read(nlp: spacy.Language, text: str) -> PolicyLayer:
    return policy_layer(nlp(text))


@pytest.mark.parametrize("head", head_table().values(), ids=lambda h: h.noun)
def test_examples_of_the_head_nouns(nlp, head):
    layer = read(nlp, head.example.replace("{", "").replace("}", ""))
    assert names(layer) == re.findall(r"\{(.*?)\}", head.example)
    if head.counter:
        assert names(read(nlp, head.counter)) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Geld kommt aus den Programmen „Starke Höfe“, „Grüne Wege“ und „Neue Mitte“.",
            ["Starke Höfe", "Grüne Wege", "Neue Mitte"],
        ),
        ("Die Initiative des Landes Hessen „Gute Nachbarn“ wächst.", ["Gute Nachbarn"]),
        ("Das Projekt der Stadt Kassel »Zusammen wohnen« endet.", ["Zusammen wohnen"]),
        ("Programme wie beispielsweise „Gute Nachbarn“ helfen.", ["Gute Nachbarn"]),
        ("Die Kampagne des Kreises heißt „Sicher ans Ziel“.", ["Sicher ans Ziel"]),
        ("Das „Gute Nachbarn“-Programm endet.", ["Gute Nachbarn"]),
        ("„Gute Nachbarn“ heißt das neue Projekt des Kreises.", ["Gute Nachbarn"]),
        ("„Gute Nachbarn“ – so lautet der Titel der Kampagne.", ["Gute Nachbarn"]),
        ("Das Projekt Familienpaten startet im Mai.", ["Familienpaten"]),
        ("Sie arbeiten im Projekt Familienpaten.", ["Familienpaten"]),
        ("Der Start der „Initiative Heimatwald“ gelang.", ["Initiative Heimatwald"]),
        ("Mit dem Förderprogramm Gemeinwesenarbeit und Nachbarschaft hilft das Land.", ["Gemeinwesenarbeit und Nachbarschaft"]),
        ("Der Digitalpakt Schule läuft aus.", ["Digitalpakt Schule"]),
        ("Die Städtebauförderung 2021 beginnt.", ["Städtebauförderung 2021"]),
        ("Das Startchancen-Programm beginnt.", ["Startchancen-Programm"]),
        ("Das 1.000-Höfe-Programm beginnt.", ["1.000-Höfe-Programm"]),
        ("Das Schulbauprogramm 2020 beginnt.", ["Schulbauprogramm 2020"]),
        ("Das Geld kommt aus dem Engagementfonds.", ["Engagementfonds"]),
        ("Der Landespreis für Heimatforschung geht nach Calw.", ["Landespreis für Heimatforschung"]),
        ("Der Aktionsplan gegen Gewalt an Frauen liegt vor.", ["Aktionsplan gegen Gewalt an Frauen"]),
        ("Das Land zahlt EFRE-Mittel.", ["EFRE"]),
        ("Geld aus dem Niedersächsischen Vorab fließt.", ["Niedersächsischen Vorab"]),
        ("Sie übergab den Karl Muster Preis 2010 in Köln.", ["Karl Muster Preis 2010"]),
        ("Die „Gemeinsame Entwicklungsstrategie Küste“ gilt.", ["Gemeinsame Entwicklungsstrategie Küste"]),
        (
            "Geld aus dem Fonds für Vorpommern und das östliche Mecklenburg fließt.",
            ["Fonds für Vorpommern und das östliche Mecklenburg"],
        ),
        ("Die Kita-Offensive rollt.", ["Kita-Offensive"]),
        ("Das Hort- und Pausenhofbauprogramm (HPBP) läuft.", ["Hort- und Pausenhofbauprogramm", "HPBP"]),
        ("Das Wahlprogramm (SPD) liegt vor.", []),
        ("Geld aus dem Investitionsprogramm für saubere Verfahren fließt.", ["Investitionsprogramm für saubere Verfahren"]),
        ("Das Modellprojekt Smart Village endet.", ["Smart Village"]),
        ("Geld aus dem Deich-Sonderprogramm VI fließt.", ["Deich-Sonderprogramm VI"]),
        ("Was der Aktionsplan zur Verfügung stellt, reicht.", []),
        ("Der Umweltpreis Hessens ging nach Fulda.", ["Umweltpreis"]),
        ("Sie gab die Ausschreibung des Umweltpreises Hessen 2015 bekannt.", ["Umweltpreises Hessen 2015"]),
        ("Geld aus dem Denkmalschutz-Sonderprogramm fließt.", ["Denkmalschutz-Sonderprogramm"]),
        ("Mittel des Wege-Förderprogramms fließen.", ["Wege-Förderprogramm"]),
        (
            "Sie stellte die „Hochschulinitiative für gute Lehre und gutes Studium in allen Fächern“ vor.",
            ["Hochschulinitiative für gute Lehre und gutes Studium in allen Fächern"],
        ),
        (
            "Gemäß der „Richtlinie zur Förderung neuer Antriebe von Bussen im Personenverkehr“ gibt es Geld.",
            ["Richtlinie zur Förderung neuer Antriebe von Bussen im Personenverkehr"],
        ),
        ("Geld aus dem Programm Brücken in die Zukunft II floss.", ["Brücken in die Zukunft II"]),
        ("Das Land plant das Förderprogramm ,Bessere ländliche Wege (BeWe)‘ ein.", ["Bessere ländliche Wege", "BeWe"]),
        ("Ein Besuch bei einer KeKiz-Kommune.", ["KeKiz"]),
    ],
)
def test_names(nlp, text, wanted):
    assert names(read(nlp, text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Die Grundschule „Am Park“ feiert.",
        "Unter dem Motto „Gute Nachbarn“ wird gefeiert.",
        "Sie erhielt den Preis der Stadt in der Kategorie „Engagement“.",
        "Gefördert werden Projekte des Wohnens. „Menschen müssen wieder gern in der Stadt wohnen“, sagte er.",
        "Die Verleihungs-Richtlinien sehen das vor.",
        "Das Breitband-Förderprogramm läuft.",
        "Die Studie „Gute Nachbarn“ erscheint.",
        "„Gute Nachbarn“ heißt das neue Buch.",
        "Sie hat mit dem Projekt Schulen geholfen.",
        "Die SPD-Fraktion Kassel tagt.",
        "„Das Programm hilft uns“, sagte sie.",
        "Das Gute-Kita-Gesetz gilt.",
        "Für das Programm stehen Mittel bereit.",
        "Sie stellt für das Programm Mittel bereit.",
        "Der Strompreis steigt, der Preis auch.",
        "Das Konzert „Nachtmusik“ beginnt.",
        "Die Frühen Hilfen sind Aufgabe der Kreise.",
        "Die Dorferneuerung ist wichtig.",
        "Das 100-Millionen-Euro-Programm beginnt.",
        "Das Bund-Länder-Programm beginnt.",
    ],
)
def test_what_is_no_programme(nlp, text):
    assert names(read(nlp, text)) == []


def test_variants_of_a_known_name_are_one_programme(nlp):
    layer = read(
        nlp,
        "Das Landesprojekt „Kein Kind zurücklassen! Kommunen in NRW beugen vor“ (KeKiz) wächst. "
        "„Kein Kind zurücklassen“ hilft, KeKiz auch.",
    )
    assert len(names(layer)) == 4
    assert {m.kb_id for m in layer.of_kind("programme")} == {"prog:kekiz"}


def test_variants_of_a_new_name_are_one_programme(nlp):
    layer = read(
        nlp,
        "Das Projekt „Land in Sicht – Höfe für Kinder“ wächst. Auch „Land in Sicht“ hilft. Das Projekt „Land in Sicht“ endet.",
    )
    heads = {m.head for m in layer.of_kind("programme")}
    assert len(heads) == 1
    (head,) = heads
    assert isinstance(head.value, ProgrammeValue)
    assert head.value.name == "Land in Sicht – Höfe für Kinder"


def test_an_abbreviation_in_brackets_is_found_again(nlp):
    layer = read(nlp, "Das Sonderprogramm „Kommunale Sportstätten“ (KSP) beginnt. Das KSP hilft.")
    assert names(layer) == ["Kommunale Sportstätten", "KSP", "KSP"]
    assert {m.head.value.abbreviation for m in layer.of_kind("programme")} == {"KSP"}


def test_types_follow_the_head_noun(nlp):
    layer = read(nlp, "Das Modellprojekt „Eins“, der Wettbewerb „Zwei“, das Netzwerk „Drei“, der Fonds „Vier“.")
    types = [m.value.programme_type for m in layer.of_kind("programme")]
    assert types == [ProgrammeType.MODEL_PROJECT, ProgrammeType.AWARD, ProgrammeType.NETWORK, ProgrammeType.FUND]


def test_a_name_stands_again_without_marks(nlp):
    assert names(read(nlp, "Das Netzwerk „INKlang“ wächst. INKlang hilft.")) == ["INKlang", "INKlang"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Das Ministerium verwies auf das eigene Hebammenprogramm.", ["Hebammenprogramm"]),
        ("Ziel des Hebammenprogramms Hessen ist Hilfe.", ["Hebammenprogramms Hessen"]),
        ("Das Geld kommt aus dem Bibliotheksfonds Bayern.", ["Bibliotheksfonds Bayern"]),
        ("Sie erhält den Deutschen Preis für Gartenkunst 2025.", ["Deutschen Preis für Gartenkunst 2025"]),
        ("Geld kommt aus dem Kommunalen Brunnenfonds.", ["Kommunalen Brunnenfonds"]),
        ("Der Waldpakt Bayern wirkt.", ["Waldpakt Bayern"]),
        ("Die Richtlinie Ländliche Wege gilt.", ["Ländliche Wege"]),
        ("Das Programm Stark fürs Dorf endet.", ["Stark fürs Dorf"]),
        ("Sie erhielt das Bundesverdienstkreuz.", ["Bundesverdienstkreuz"]),
    ],
)
def test_compounds_that_are_names(nlp, text, wanted):
    assert names(read(nlp, text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Das Rahmenprogramm beginnt um zehn.",
        "Das Wohnraumförderprogramm endet.",
        "Das Computerprogramm stürzt ab.",
        "Der Bund gab mit der Richtlinie Kommunen neue Aufgaben.",
        "Der Sozialpakt hält in Bayern.",
        "Das Maßnahmenprogramm beginnt.",
        "Ein Hebammenprogramm fehlt.",
        "Er verlieh die Ehrennadel an sechs Frauen.",
    ],
)
def test_compounds_that_are_none(nlp, text):
    assert names(read(nlp, text)) == []


def test_distinctions_are_named_in_the_nominative(nlp):
    mention = read(nlp, "Sie trägt den Stern des Thüringischen Verdienstordens.").of_kind("programme")[0]
    assert mention.value.name == "Thüringischer Verdienstorden"


def test_first_words_of_a_programme_mean_it(nlp):
    text = "Das Programm „Nachbarn im Dorf der Zukunft“ endet. Das Programm „Nachbarn“ begann 2020."
    first, second = read(nlp, text).of_kind("programme")
    assert second.head is first
    apart = read(nlp, text.replace("Das Programm „Nachbarn“", "Der Preis „Nachbarn“"))
    assert all(m.same_as is None for m in apart.of_kind("programme"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Geld gibt das Landesprogramm für Vielfalt, Mut und Offenheit.", ["Landesprogramm für Vielfalt, Mut und Offenheit"]),
        ("Die Landesinitiative zur Leseförderung wächst.", ["Landesinitiative zur Leseförderung"]),
        ("Das Programm zur Stärkung der Innenstädte läuft.", ["Programm zur Stärkung der Innenstädte"]),
        ("Die Richtlinie zur Förderung von Kleingärten gilt.", ["Richtlinie zur Förderung von Kleingärten"]),
        ("Der Engagementfonds Sachsen-Anhalt hilft.", ["Engagementfonds Sachsen-Anhalt"]),
        ("Das Land hilft mit seinem Engagementfonds.", ["Engagementfonds"]),
        ("Endspurt beim Ems-Leineser Heimatpreis.", ["Ems-Leineser Heimatpreis"]),
        ("Der Demografiepreis geht nach Calw.", ["Demografiepreis"]),
        ("Der Tourismuspreis Hessen geht nach Calw.", ["Tourismuspreis Hessen"]),
        ("Im Rahmen des LEADER-Programms wird gebaut.", ["LEADER-Programm"]),
        ("Das Städtebauförderungsprogramm „Lebendige Zentren“ hilft.", ["Lebendige Zentren"]),
        ("Das Moorschutzprogramm wirkt.", ["Moorschutzprogramm"]),
        ("Weserberg-Initiative wächst", ["Weserberg-Initiative"]),
        ("Der Wettbewerb ?Schule im Dorf? läuft.", ["Schule im Dorf"]),
        ("Er übergab den Landespreis „Schule im Dorf“.", ["Schule im Dorf"]),
    ],
)
def test_names_as_releases_write_them(nlp, text, wanted):
    assert names(read(nlp, text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Das Land legt ein Programm zur Stärkung der Innenstädte auf.",
        "Das Programm für die Eröffnung steht.",
        "Das Förderprogramm für Kommunen läuft aus.",
        "Das Darlehensprogramm gilt für alle.",
        "Sie sprach von einem „Pakt der Vernunft“.",
        "Das Bauprojekt Seeblick wächst.",
        "Er lobte die Handwerkprojekt GmbH.",
        "Wie das? Warum? Wer zahlt?",
        "Die FFH-Richtlinie gilt.",
    ],
)
def test_descriptions_are_no_names(nlp, text):
    assert names(read(nlp, text)) == []


def test_a_bare_name_is_known_with_its_head_noun_too(nlp):
    (mention,) = read(nlp, "Das Sofortprogramm Hortplätze hilft.").of_kind("programme")
    assert (mention.value.name, mention.value.aliases) == ("Hortplätze", ("Sofortprogramm Hortplätze",))


def test_a_year_makes_no_other_programme(nlp):
    layer = read(nlp, "Das Programm Heimatkultur läuft. Mit dem Programm „Heimatkultur 2017“ hilft der Bund.")
    assert len({m.head for m in layer.of_kind("programme")}) == 1


def test_a_prize_called_by_its_noun_is_the_one_quoted_before(nlp):
    layer = read(nlp, "Sie stiftet den „Bürgerpreis der Stadt Emden“. Der Bürgerpreis ist neu.")
    assert {m.head.value.name for m in layer.of_kind("programme")} == {"Bürgerpreis der Stadt Emden"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Er bekam die Turnermedaille des Landkreises.", ["Turnermedaille des Landkreises"]),
        ("Das Haus erhielt die Hessische Bauplakette.", ["Hessische Bauplakette"]),
        ("Sie holte die Goldmedaille des Landes.", []),
        ("Sie kannten den Baupreis des Landes.", []),
    ],
)
def test_medals(nlp, text, wanted):
    assert names(read(nlp, text)) == wanted
