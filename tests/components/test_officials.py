"""`policy_officials`: who is named, which office the words give, what is no person."""

from __future__ import annotations

import pickle
import re
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from policy_ie.components.base import Mention
from policy_ie.components.officials.titles import table
from policy_ie.records import PersonValue, Role, TerritoryValue


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("de")
    pipeline.add_pipe("policy_officials")
    return pipeline


def mentions(nlp: Language, text: str) -> list[Mention]:
    found: list[Mention] = nlp(text)._.policy.mentions
    return found


def person(mention: Mention) -> PersonValue:
    assert isinstance(mention.value, PersonValue)
    return mention.value


def named(nlp: Language, text: str) -> dict[str, list[str]]:
    """Surface of each named mention with the roles of the person."""
    return {text[m.start : m.end]: [o.role.value for o in person(m).offices] for m in mentions(nlp, text) if not m.nominal}


def examples(name: str) -> list[Any]:
    return [pytest.param(row["example"], row["role"], id=row["example"]) for row in table(name)]


@pytest.mark.parametrize(("example", "role"), [*examples("titles.tsv"), *examples("bodies.tsv")])
def test_examples_of_the_data_files(nlp: Language, example: str, role: str) -> None:
    match = re.search(r"\{(.+?)\}", example)
    assert match is not None
    found = named(nlp, example.replace("{", "").replace("}", ""))
    assert match[1] in found
    if role == "-":
        assert found[match[1]] == []
    elif role != "body":
        assert role in found[match[1]]


#: Text and the persons in it with their roles; an empty list for a person without public office.
PERSONS: list[tuple[str, dict[str, list[str]]]] = [
    (
        "Es kamen die Landtagsabgeordneten Karl Muster\n(FDP), Eva Muster (CDU) und Jan Peter Muster (SPD).",
        {
            "Karl Muster": ["member_of_parliament"],
            "Eva Muster": ["member_of_parliament"],
            "Jan Peter Muster": ["member_of_parliament"],
        },
    ),
    (
        "Die Minister Karl Muster (Europa und Internationales) und Jan Muster (Ländlicher Raum) kamen.",
        {"Karl Muster": ["minister"], "Jan Muster": ["minister"]},
    ),
    ("Die Staatssekretärin des Ministeriums für Verkehr (MVI), Eva Muster, kam.", {"Eva Muster": ["state_secretary"]}),
    ("Karl Muster (2. v. l.), Präsident des Landtags, kam.", {"Karl Muster": ["president"]}),
    ("Regierungspräsidentin (a. D.) Eva Muster kam.", {"Eva Muster": ["president"]}),
    ("Karl Muster war seit dem 17. Dezember 2013 Innenminister.", {"Karl Muster": ["minister"]}),
    ("Geehrt wurde sie vom 1. Stellvertretenden des Landrats, Karl Muster, im Schloss.", {"Karl Muster": ["deputy_mayor"]}),
    (
        "Ihr wurde gedankt. Er gab Eva Muster die Urkunde über die Ernennung zur Vizepräsidentin des Landgerichts.",
        {"Eva Muster": ["president"]},
    ),
    ("Empfangen wurde er auch von Mady Muster-Stehres, Ministerin für Erziehung.", {"Mady Muster-Stehres": ["minister"]}),
    ("Sie begrüßte den Präsidenten der Nationalversammlung, Justin B.N. Muster.", {"Justin B.N. Muster": ["president"]}),
    ("Der Staatssekretär für Vorpommern und das östliche Mecklenburg, Karl Muster, kam.", {"Karl Muster": ["state_secretary"]}),
    ("Nachfolgerin von Muster wird Eva Probe. Jan Muster ging.", {"Eva Probe": [], "Jan Muster": []}),
    ("Er folgt auf Karl Muster, der seit Oktober Polizeipräsident in Kassel ist.", {"Karl Muster": ["president"]}),
    ("Sie übergab den Karl Muster Preis und die Karl Muster Preise.", {}),
    ("Die Senatorin für Kinder und Bildung, Sascha Karolin Muster, kam.", {"Sascha Karolin Muster": ["senator"]}),
    ("Karl Muster (Kirchham, Lkr. Passau)\nLandrat des Landkreises Passau", {"Karl Muster": ["district_administrator"]}),
    (
        "Bürgermeister Karl Probe kam. Wehrführer wurde Karl Muster und zu dessen Stellvertreter wurde Jan Muster gewählt.",
        {"Karl Probe": ["mayor"], "Karl Muster": [], "Jan Muster": []},
    ),
    ("Zum neuen Bürgermeister gewählt wurde gestern Karl Muster.", {"Karl Muster": ["mayor"]}),
    ("Wir danken Eva Muster, Roland Koch und Karl Muster.", {"Eva Muster": [], "Roland Koch": [], "Karl Muster": []}),
    ("Familienministerin Ute Muster besuchte Bonn.", {"Ute Muster": ["minister"]}),
    ("Der Minister für Arbeit, Gesundheit und Soziales, Karl-Josef Muster, kam.", {"Karl-Josef Muster": ["minister"]}),
    ("Die Ministerin für Kinder, Familie und Integration Josefine Muster kam.", {"Josefine Muster": ["minister"]}),
    ("Eva Muster (CDU), Ministerin der Finanzen, sprach.", {"Eva Muster": ["minister"]}),
    ("Finanz- und Heimatminister Dr. Muster übergibt Bescheide", {"Muster": ["minister"]}),
    ("Oberbürgermeisterin der Stadt Neustadt Henriette Muster kam.", {"Henriette Muster": ["mayor"]}),
    (
        "Oberbürgermeisterin Eva Muster und die Landrätin des Kreises, Ina Probe, kamen.",
        {"Eva Muster": ["mayor"], "Ina Probe": ["district_administrator"]},
    ),
    ("Staatssekretär im Ministerium für Verkehr Hendrik Muster kam.", {"Hendrik Muster": ["state_secretary"]}),
    (
        "Der Parlamentarische Staatssekretär Klaus Muster MdB kam.",
        {"Klaus Muster": ["member_of_parliament", "state_secretary"]},
    ),
    (
        "Die Ministerinnen Ina Muster und Yvonne Probe sowie Minister Karl Test kamen.",
        {"Ina Muster": ["minister"], "Yvonne Probe": ["minister"], "Karl Test": ["minister"]},
    ),
    (
        "Die Dezernentinnen Eva Muster (li.) und Rita Maria Probe gehen.",
        {"Eva Muster": ["head_of_department"], "Rita Maria Probe": ["head_of_department"]},
    ),
    ("Landrat Dr. Schulze Pellengahr begrüßte die Gäste.", {"Schulze Pellengahr": ["district_administrator"]}),
    ("Laut Oberbürgermeister Sören Muster (SPD) ist das gut.", {"Sören Muster": ["mayor"]}),
    ("Der Regierende Bürgermeister Kai Muster kam.", {"Kai Muster": ["head_of_government"]}),
    ("Erster Bürgermeister der Freien und Hansestadt Hamburg Dr. Peter Muster kam.", {"Peter Muster": ["head_of_government"]}),
    ("Bürgermeisterin für Soziales Eva Muster kam.", {"Eva Muster": ["head_of_department"]}),
    (
        "Gesundheitsstadträtin Eva Muster und Erste Stadträtin Ina Probe kamen.",
        {"Eva Muster": ["head_of_department"], "Ina Probe": ["head_of_department"]},
    ),
    ("Die stellvertretende Bürgermeisterin Eva Muster kam.", {"Eva Muster": ["deputy_mayor"]}),
    ("Erster Kreisrat Hans Muster kam.", {"Hans Muster": ["head_of_department"]}),
    ("Der schulpolitische Sprecher der FDP-Fraktion Hans Muster sprach.", {"Hans Muster": ["group_leader"]}),
    ("Karl Muster wird neuer Landrat.", {"Karl Muster": ["district_administrator"]}),
    ("Stellvertretender Ministerpräsident soll Jürgen Muster werden.", {"Jürgen Muster": ["minister"]}),
    ("Das Land ernannte Frau Eva Muster zur Staatssekretärin.", {"Eva Muster": ["state_secretary"]}),
    (
        "Der Chef der Staatskanzlei, Staatsminister Dr. Johannes Muster, kam.",
        {"Johannes Muster": ["state_secretary", "minister"]},
    ),
    (
        "Staatsministerin und Beauftragte der Bundesregierung für Migration Eva Muster kam.",
        {"Eva Muster": ["minister", "commissioner"]},
    ),
    ("Pressesprecherin: Eva Muster\nTelefon: 0211 837", {"Eva Muster": ["spokesperson"]}),
    (
        "Gäste waren Tobias Muster (OB Stadt Neustadt) und Eva Probe (Geschäftsführerin).",
        {"Tobias Muster": ["mayor"], "Eva Probe": []},
    ),
    ("Bundesministerin Dr. Ursula von der Leyen sprach.", {"Ursula von der Leyen": ["minister"]}),
    ("Landrat Armin v. Buttlar sprach.", {"Armin v. Buttlar": ["district_administrator"]}),
    ("Karl-Theodor zu Guttenberg und Thomas de Maizière kamen.", {"Karl-Theodor zu Guttenberg": [], "Thomas de Maizière": []}),
    ("Alexander Graf Lambsdorff und Beatrix von Storch kamen.", {"Alexander Graf Lambsdorff": [], "Beatrix von Storch": []}),
    (
        "Baudezernent Ümit Yıldız und Bürgermeister Upit Nakubi kamen.",
        {"Ümit Yıldız": ["head_of_department"], "Upit Nakubi": ["mayor"]},
    ),
    ("Der Botschafter der Tschechischen Republik, Tomáš Kafka, kam.", {"Tomáš Kafka": ["other"]}),
    ("Projektleiter Karl Muster und Prof. Dr. Anna Lena Bach halfen.", {"Karl Muster": [], "Anna Lena Bach": []}),
    ("Frau Muster und Herr Probe waren da.", {"Muster": [], "Probe": []}),
    ("Ministerin Muster Förderbescheide: gut", {"Muster": ["minister"]}),
    ("Ministerin Muster zu Besuch bei der Feuerwehr", {"Muster": ["minister"]}),
    ("Eva Muster ist seit 2014 Landrätin im Kreis.", {"Eva Muster": ["district_administrator"]}),
    ("Eva Muster, seit 2014 Bürgermeisterin, trat zurück.", {"Eva Muster": ["mayor"]}),
    ("Der Rat wählte Eva Muster mit großer Mehrheit zur Beigeordneten.", {"Eva Muster": ["head_of_department"]}),
    (
        "Minister Karl Probe ernannte Eva Muster gestern zur Präsidentin der Polizeidirektion.",
        {"Karl Probe": ["minister"], "Eva Muster": ["president"]},
    ),
    (
        "Eva Muster wurde von Minister Karl Probe gestern zur Präsidentin des Landesamtes ernannt.",
        {"Eva Muster": ["president"], "Karl Probe": ["minister"]},
    ),
    (
        "Ministerin Eva Muster traf ihre hessische Amtskollegin Ina Probe und ihren Vorgänger Karl Test.",
        {"Eva Muster": ["minister"], "Ina Probe": ["minister"], "Karl Test": ["minister"]},
    ),
    (
        "Bürgermeisterin Eva Muster und ihr Stellvertreter Karl Probe kamen.",
        {"Eva Muster": ["mayor"], "Karl Probe": ["deputy_mayor"]},
    ),
    ("Die Trainerin lobte ihre Nachfolgerin Eva Muster.", {"Eva Muster": []}),
    ("Eva Muster kam gestern zur Bürgermeisterin.", {"Eva Muster": []}),
    ("Eva Muster sprach als erste mit der Landrätin.", {"Eva Muster": []}),
    ("Vor der Wahl von Stephan Muster zum neuen hessischen Ministerpräsidenten", {"Stephan Muster": ["head_of_government"]}),
    # The second of two words behind the given name is the family name, where the text calls the person by it
    ("Minister Claus Ruhe Mohrstett kam. „Gut“, so Mohrstett.", {"Claus Ruhe Mohrstett": ["minister"]}),
    ("Landrat Karl Ruhe Fördermittel gab es. Die Fördermittel kamen.", {"Karl Ruhe": ["district_administrator"]}),
    ("Der Botschafter der Republik, S.E. Ajit Muster, kam.", {"Ajit Muster": ["other"]}),
]


@pytest.mark.parametrize(("text", "expected"), PERSONS, ids=[text for text, _ in PERSONS])
def test_persons_and_their_roles(nlp: Language, text: str, expected: dict[str, list[str]]) -> None:
    assert named(nlp, text) == expected


NO_PERSONS = [
    "In der Konrad-Adenauer-Stiftung und in der Anne Frank Schule war viel los.",
    "Das Robert Koch Institut und Sankt Peter Ording liegen im Norden.",
    "Im August Kinder, im Mai Wanderungen und im Juni Konzerte.",
    "Der Vorsitzende Richter sprach das Urteil.",
    "Der Gemeinderat Musterdorf und der Stadtrat Neustadt tagen.",
    "Bürgermeister und Landräte der Region trafen sich.",
    "Der Minister freut sich auf die Begleitung der Gäste.",
    "Ort: Walter-Hase-Straße 42, 19370 Parchim",
    "Die reichste Frau Frankreichs und eine Frau Mitte vierzig kamen.",
    "Wie in einem Jackie Chan-Film, bemerkte jemand.",
    "Die Spinnerei Johann Wülfing & Sohn baut an.",
    "Sie wünschte der Ministerin Erfolg und dem Landrat Rückenwind.",
    "Das Programm Erasmus Mundus läuft aus.",
    "Wir suchen Leiter, Halbleiter und Begleiter.",
    "Mitglied Deutschland im Rat, Vorstand Marketing im Haus.",
]


@pytest.mark.parametrize("text", NO_PERSONS)
def test_what_is_no_person(nlp: Language, text: str) -> None:
    assert named(nlp, text) == {}


def test_values_of_a_person(nlp: Language) -> None:
    text = "Der frühere Minister für Verkehr, Prof. Dr. Karl J. Muster (SPD), kam."
    (mention,) = mentions(nlp, text)
    assert (mention.kind, text[mention.start : mention.end]) == ("official", "Karl J. Muster")
    value = person(mention).model_dump(mode="json", exclude_none=True, exclude={"offices"})
    assert value == {
        "name": "Karl J. Muster",
        "given_name": "Karl J.",
        "family_name": "Muster",
        "academic_title": "Prof. Dr.",
        "gender": "male",
        "party": "SPD",
    }
    (office,) = person(mention).offices
    assert (office.title, office.role, office.portfolio) == ("Minister für Verkehr", Role.MINISTER, ("Verkehr",))
    assert (office.former, office.acting) == (True, False)


@pytest.mark.parametrize(
    ("text", "former", "acting"),
    [
        ("Ex-Minister Karl Muster kam.", True, False),
        ("Minister a. D. Karl Muster kam.", True, False),
        ("Karl Muster, Landrat a. D., kam.", True, False),
        ("Die ehemalige Landrätin Eva Muster kam.", True, False),
        ("Der amtierende Landrat Karl Muster kam.", False, True),
        ("Die kommissarische Amtsleiterin Eva Muster kam.", False, True),
        ("Der designierte Minister Karl Muster kam.", False, False),
    ],
)
def test_former_and_acting(nlp: Language, text: str, former: bool, acting: bool) -> None:
    (mention,) = mentions(nlp, text)
    (office,) = person(mention).offices
    assert (office.former, office.acting) == (former, acting)


def test_several_forms_are_one_person_with_one_office(nlp: Language) -> None:
    text = "Ministerin Muster kommt\n\nFamilienministerin Ute Muster besuchte uns. Frau Muster lobte, Herr Muster nicht."
    found = mentions(nlp, text)
    heads = {id(m.head) for m in found[:3]}
    assert len(heads) == 1
    assert found[3].head is found[3]  # another gender, another person
    assert [o.title for o in person(found[0]).offices] == ["Familienministerin"]


def test_genitive_of_a_name(nlp: Language) -> None:
    text = "Die Ernennung Frank Musters freut alle. Frank Muster dankte."
    assert {person(m).family_name for m in mentions(nlp, text)} == {"Muster"}


def test_titles_without_name_mean_the_official(nlp: Language) -> None:
    text = (
        "Familienministerin Ute Muster traf Landrat Karl Probe. Die Ministerin lobte, die Familienministerin dankte, "
        "der Landrat auch. Der Finanzminister fehlte, ein Landrat auch. Der Staatssekretär nicht."
    )
    nominal = [m for m in mentions(nlp, text) if m.nominal]
    meant = [(text[m.start : m.end], person(m).family_name) for m in nominal]
    assert meant == [("Ministerin", "Muster"), ("Familienministerin", "Muster"), ("Landrat", "Probe")]
    assert all(m.same_as is m.head and m.kind == "official" for m in nominal)


def test_title_in_a_headline_means_the_official_named_below(nlp: Language) -> None:
    text = "Landrat übergibt Bescheid\n\nDas sagte Landrat Karl Probe."
    first = mentions(nlp, text)[0]
    assert (first.nominal, person(first).family_name) == (True, "Probe")


def test_two_officials_in_one_sentence_leave_the_role_open(nlp: Language) -> None:
    text = "Minister Karl Muster und Minister Hans Probe kamen. Der Minister lobte."
    assert not any(m.nominal for m in mentions(nlp, text))


def test_place_in_a_name_is_taken_back_and_place_of_an_office_is_linked() -> None:
    pipeline = spacy.blank("de")

    @Language.component("test_places")
    def places(doc: Doc) -> Doc:
        text = doc.text
        layer = doc._.policy
        value = TerritoryValue.model_validate({"name": "Ort", "level": "municipality"})
        for word in ("Hagen", "Essen"):
            at = text.index(word)
            layer.add([Mention(at, at + len(word), "territory", value)])
        return doc

    pipeline.add_pipe("test_places")
    pipeline.add_pipe("policy_officials")
    text = "Karl Hagen ist Oberbürgermeister von Essen."
    doc = pipeline(text)
    kinds = {text[m.start : m.end]: m.kind for m in doc._.policy.mentions}
    assert kinds == {"Essen": "territory", "Karl Hagen": "official"}
    (office,) = next(m.value.offices for m in doc._.policy.mentions if m.kind == "official")
    assert text[slice(*office.territory)] == "Essen"


def test_entities_of_the_base_pipeline_are_taken() -> None:
    pipeline = spacy.blank("de")

    @Language.component("test_ner")
    def ner(doc: Doc) -> Doc:
        doc.ents = [Span(doc, 3, 5, label="PER")]
        return doc

    pipeline.add_pipe("test_ner")
    pipeline.add_pipe("policy_officials")
    assert list(named(pipeline, "Das hat gestern Xandrio Probixtu gesagt.")) == ["Xandrio Probixtu"]


def test_persons_can_be_left_out() -> None:
    pipeline = spacy.blank("de")
    pipeline.add_pipe("policy_officials", config={"persons": False})
    assert list(named(pipeline, "Landrat Karl Muster traf Eva Probe.")) == ["Karl Muster"]


def test_component_is_pickled_and_repeats_itself(nlp: Language) -> None:
    text = "Ministerin Ute Muster traf Landrat Karl Probe; die Ministerin lobte."
    again = pickle.loads(pickle.dumps(nlp.get_pipe("policy_officials")))
    doc = again(nlp.make_doc(text))
    assert [(m.start, m.end, m.kind, m.value) for m in doc._.policy.mentions] == [
        (m.start, m.end, m.kind, m.value) for m in mentions(nlp, text)
    ]


@pytest.mark.parametrize(
    "unit", ["Ministerin Ute Muster und ", "Eva Muster, Eva Probe, ", "Dr. Dr. Dr. ", "Landrat der Stadt der ", "von "]
)
def test_monotonous_text_is_read(nlp: Language, unit: str) -> None:
    text = unit * (40_000 // len(unit))
    assert all(0 <= m.start < m.end <= len(text) for m in mentions(nlp, text))


def test_predecessor_of_a_person_without_office_has_none(nlp: Language) -> None:
    text = "Geschäftsführerin wird Dr. Eva Probe; ihr Vorgänger Karl Muster geht. Landrat Otto Beispiel dankte."
    kinds = {text[m.start : m.end]: m.kind for m in mentions(nlp, text)}
    assert kinds == {"Eva Probe": "person", "Karl Muster": "person", "Otto Beispiel": "official"}


def test_officials_of_a_caption(nlp: Language) -> None:
    text = "Die Bürgermeister v.l. Karl Muster (Mauth), Eva Probe (Haidmühle) und Otto Beispiel kamen."
    assert {text[m.start : m.end]: m.kind for m in mentions(nlp, text)} == dict.fromkeys(
        ("Karl Muster", "Eva Probe", "Otto Beispiel"), "official"
    )


def test_namesake_of_a_school_is_no_person(nlp: Language) -> None:
    assert named(nlp, "Die Grundschule Heinrich Muster freut sich.") == {}


def test_adjectival_titles_in_the_plural_go_to_all_names(nlp: Language) -> None:
    text = "Die Bundestagsabgeordneten Eva Muster (SPD) und Karl Probe (CDU) kamen."
    assert {text[m.start : m.end]: m.kind for m in mentions(nlp, text)} == {"Eva Muster": "official", "Karl Probe": "official"}
    text = "Die Abgeordnete Eva Muster und Karl Probe kamen."
    assert {text[m.start : m.end]: m.kind for m in mentions(nlp, text)} == {"Eva Muster": "official", "Karl Probe": "person"}


def test_former_office_in_the_next_sentence() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("policy_document")
    nlp.add_pipe("policy_officials")
    text = "Neuer Vorsitzender der Jury ist Karl Muster. Der frühere Leiter des Gesundheitsamtes wurde gestern gewählt."
    assert [m.kind for m in mentions(nlp, text) if text[m.start : m.end] == "Karl Muster"] == ["official"]
    text = "Zum Vorsitzenden wurde Karl Muster gewählt. Der Minister gratulierte."
    assert [m.kind for m in mentions(nlp, text) if text[m.start : m.end] == "Karl Muster"] == ["person"]


def test_first_mayor_is_head_of_government_beside_senators_only(nlp: Language) -> None:
    text = "Erster Bürgermeister Karl Muster und Justizsenatorin Eva Probe sprachen in {}."
    for place, role in (("Hamburg", "head_of_government"), ("Dachau", "mayor")):
        first = mentions(nlp, text.format(place))[0]
        assert person(first).offices[0].role.value == role


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Der Kreistag hat Eva Muster zur weiteren Stellvertreterin des Landrats bestimmt.", {"Eva Muster": ["deputy_mayor"]}),
        ("Die 1. Stellvertreterin des Landrats, Ina Probe, lobte das.", {"Ina Probe": ["deputy_mayor"]}),
        ("Der Staatssekretär beim Bundesminister für Verkehr, Karl Muster, sprach.", {"Karl Muster": ["state_secretary"]}),
        ("Die Staatssekretärin bei der Ministerin der Finanzen Ina Probe sprach.", {"Ina Probe": ["state_secretary"]}),
        (
            "Senator Karl Muster und sein hessischer Kollege Hans Probe kamen.",
            {"Karl Muster": ["senator"], "Hans Probe": ["minister"]},
        ),
        ("Bürgermeister Carsten Sieling kam aus Bremen.", {"Carsten Sieling": ["head_of_government"]}),
        ("Bürgermeister Carsten Muster kam aus Bremen.", {"Carsten Muster": ["mayor"]}),
        ("Amtsinhaberin Eva Muster geht.", {"Eva Muster": ["other"]}),
        ("Es kam dessen Präsident Karl Muster.", {"Karl Muster": []}),
        ("Geehrt wird Christa Holzhäuser aus Bonn.", {"Christa Holzhäuser": []}),
        ("Text: Sven Herzog Saarbrücken", {"Sven Herzog": []}),
    ],
)
def test_offices_by_way_of_others(nlp: Language, text: str, wanted: dict[str, list[str]]) -> None:
    assert named(nlp, text) == wanted


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Ohne das Land, so Ulrich Stoffels, der Bürgermeister, ginge es nicht.", "Stoffels"),
        ("Die Rede Ulrich Stoffels war lang.", "Stoffel"),
    ],
)
def test_a_final_s_is_a_genitive_only_after_a_noun(nlp: Language, text: str, family: str) -> None:
    assert person(mentions(nlp, text)[0]).family_name == family


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Minister Karl Muster, Beauftragte des Landes, Eva Probe, und Landrat Hans Test kamen.",
            {"Karl Muster": ["minister"], "Eva Probe": ["commissioner"], "Hans Test": ["district_administrator"]},
        ),
        (
            "Eva Muster, Abgeordnete und seit Mitte März auch Staatssekretärin, kam.",
            {"Eva Muster": ["member_of_parliament", "state_secretary"]},
        ),
        ("Die Musikschule Johann Sebastian Bach feiert.", {}),
        # An office of many, each with a place of their own.
        (
            "Die Landräte aus Soest, Karl Muster, und dem Havelland, Dr. Hans Probe, sowie die Oberbürgermeister von Mainz, "
            "Sven Test (SPD), und von Trier, Jan Vogel, kamen.",
            {
                "Karl Muster": ["district_administrator"],
                "Hans Probe": ["district_administrator"],
                "Sven Test": ["mayor"],
                "Jan Vogel": ["mayor"],
            },
        ),
        (
            "Der Landrat von Soest, Karl Muster, und Jan Vogel kamen.",
            {"Karl Muster": ["district_administrator"], "Jan Vogel": []},
        ),
        (
            "Die Bürgermeisterin von Mainz, Eva Muster, und dem Verein, Jan Vogel, zufolge",
            {"Eva Muster": ["mayor"], "Jan Vogel": []},
        ),
    ],
)
def test_chains_of_titles(nlp: Language, text: str, wanted: dict[str, list[str]]) -> None:
    assert named(nlp, text) == wanted


@pytest.mark.parametrize(
    ("text", "title", "portfolio"),
    [
        ("Im Namen des Bundespräsidenten Karl Muster", "Bundespräsident", ()),
        ("die Rede des Bürgermeisters Karl Muster", "Bürgermeister", ()),
        ("OB Karl Muster und Oberbürgermeister Karl Muster", "OB", ()),
        ("Eva Muster, Bundestagsabgeordnete für Ostholstein, kam.", "Bundestagsabgeordnete", ()),
    ],
)
def test_titles_as_they_are_called(nlp: Language, text: str, title: str, portfolio: tuple[str, ...]) -> None:
    (office,) = person(mentions(nlp, text)[0]).offices
    assert (office.title, office.portfolio) == (title, portfolio)


def test_a_plural_has_no_gender_by_its_article(nlp: Language) -> None:
    found = mentions(nlp, "Es halfen die Mitglieder Eva Muster (Jena) und Karl Muster (Vorsitzender des Kreistags).")
    assert [(person(m).name, [o.role.value for o in person(m).offices]) for m in found][-1] == (
        "Karl Muster",
        ["council_president"],
    )


def test_landrat_of_a_town_is_the_one_of_the_kreis() -> None:
    pipeline = spacy.blank("de")
    for name in ("policy_territories", "policy_officials"):
        pipeline.add_pipe(name)
    found = mentions(pipeline, "Im Landkreis Kelheim sprach Kelheims Landrat Karl Muster.")
    assert [o.territory for m in found if m.kind == "official" for o in person(m).offices] == ["ags:09273"]


def test_landraete_in_a_row_have_a_kreis_each() -> None:
    nlp = spacy.blank("de")
    for name in ("policy_territories", "policy_officials"):
        nlp.add_pipe(name)
    doc = nlp("Die Landräte aus Soest, Karl Muster, und Unna, Hans Probe, kamen.")
    offices = [office for m in doc._.policy.mentions if m.kind == "official" for office in person(m).offices]
    assert [(office.role, office.territory) for office in offices] == [
        (Role.DISTRICT_ADMINISTRATOR, "ags:05974"),
        (Role.DISTRICT_ADMINISTRATOR, "ags:05978"),
    ]


def test_mayor_of_another_town_in_bremen() -> None:
    pipeline = spacy.blank("de")
    for name in ("policy_territories", "policy_officials"):
        pipeline.add_pipe(name)
    text = "Die Senatorin für Bau in Bremen sprach mit dem Bürgermeister der Gemeinde Stuhr, Karl Muster."
    assert [o.role for m in mentions(pipeline, text) if m.kind == "official" for o in person(m).offices] == [Role.MAYOR]


def test_a_possessive_before_a_title_of_many(nlp: Language) -> None:
    found = mentions(nlp, "Es kamen ihre Vizepräsidenten Karl Muster, Jan Weber und die Direktorin Eva Muster.")
    offices = {person(m).given_name: [o.role for o in person(m).offices] for m in found}
    assert offices["Karl"] == offices["Jan"] == [Role.PRESIDENT]
    assert Role.PRESIDENT not in offices.get("Eva", [])


def test_both_are_two(nlp: Language) -> None:
    found = mentions(nlp, "Die beiden Kreisräte Eva Muster und Karl Muster, Ute Meier vom Bauamt und Peter Achatz kamen.")
    assert [len(person(m).offices) for m in found if m.kind == "official"] == [1, 1]


def test_a_family_name_may_end_like_a_noun(nlp: Language) -> None:
    assert person(mentions(nlp, "Landrätin Eva Kaplan lobte.")[0]).family_name == "Kaplan"


@pytest.fixture(scope="module")
def with_places() -> Language:
    pipeline = spacy.blank("de")
    for name in ("policy_territories", "policy_organisations", "policy_officials"):
        pipeline.add_pipe(name)
    return pipeline


def homes(nlp: Language, text: str) -> dict[str, object]:
    """The words or the key of the territory or body of each person's last office."""
    found: dict[str, object] = {}
    for mention in mentions(nlp, text):
        if mention.kind == "official" and not mention.nominal:
            office = person(mention).offices[-1]
            link = office.territory or office.organisation
            found[text[mention.start : mention.end]] = text[slice(*link)] if isinstance(link, tuple) else link
    return found


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Bürgermeister Karl Muster (Werl) kam.", "Werl"),
        ("Bürgermeister Karl Muster (CDU, Werl) kam.", "Werl"),
        ("Bürgermeister Karl Muster (Stadt Werl) kam.", "Werl"),
        ("Bürgermeister Karl Muster aus Werl kam.", "Werl"),
        ("Ministerialdirektor Karl Muster vom Bundesministerium der Finanzen kam.", "Bundesministerium der Finanzen"),
        # Where a minister comes from is no home of the office, nor is the party.
        ("Ministerin Eva Muster aus Werl kam.", None),
        ("Bürgermeister Karl Muster von der CDU kam.", None),
        ("Bürgermeister Karl Muster (links) kam.", None),
        ("Soest: Bürgermeister Karl Muster aus Liebe zur Sache", None),
    ],
)
def test_an_office_has_the_home_behind_the_name(with_places: Language, text: str, home: str | None) -> None:
    assert list(homes(with_places, text).values()) == [home]


def test_offices_in_the_plural_have_their_places_by_rank(with_places: Language) -> None:
    text = "Die Oberbürgermeister von Erfurt, Gera und Jena, Karl Muster, Jan Vogel und Dr. Hans Probe, trafen sich."
    assert homes(with_places, text) == {"Karl Muster": "Erfurt", "Jan Vogel": "Gera", "Hans Probe": "Jena"}
    text = "Die Oberbürgermeister von Erfurt und Gera trafen Karl Muster und Jan Vogel."
    assert homes(with_places, text) == {}


def test_a_seat_in_parliament_hides_no_other_office(nlp: Language) -> None:
    def roles(text: str) -> dict[str, list[str]]:
        return {name: sorted(found) for name, found in named(nlp, text).items()}

    assert roles("Der Staatssekretär bei der Ministerin für Bildung, Karl Muster, MdB, kam.") == {
        "Karl Muster": ["member_of_parliament", "state_secretary"]
    }
    assert roles("Bürgermeisterin Eva Muster, MdL Karl Probe und Landrat Jan Vogel kamen.") == {
        "Eva Muster": ["mayor"],
        "Karl Probe": ["member_of_parliament"],
        "Jan Vogel": ["district_administrator"],
    }


def test_the_land_behind_a_portfolio_is_no_subject(with_places: Language) -> None:
    text = "Die Ministerin für Wissenschaft, Forschung und Kunst Baden-Württemberg Dr. Eva Muster MdL kam."
    (mention,) = [m for m in mentions(with_places, text) if m.kind == "official"]
    minister = next(o for o in person(mention).offices if o.role is Role.MINISTER)
    assert minister.title == "Ministerin für Wissenschaft, Forschung und Kunst"
    assert isinstance(minister.territory, tuple)
    assert text[slice(*minister.territory)] == "Baden-Württemberg"


def test_a_dative_plural_is_no_family_name(nlp: Language) -> None:
    text = "Die Beigeordneten Karl Muster und Hans Probe von den Mitgliedern des Kreistages wurden bestätigt."
    assert list(named(nlp, text)) == ["Karl Muster", "Hans Probe"]
    assert list(named(nlp, "Ministerin Eva von den Driesch kam.")) == ["Eva von den Driesch"]
    assert list(named(nlp, "Stefan Caplan, Bürgermeister, kam.")) == ["Stefan Caplan"]


def test_a_given_name_does_not_stand_alone_behind_a_title(nlp: Language) -> None:
    assert list(named(nlp, "Staatssekretärin Dr. Bernadette Weyland kam.")) == ["Bernadette Weyland"]
    assert list(named(nlp, "Landrat Frank Kilian Dr. Eva Muster und Karl Probe kamen."))[:2] == ["Frank Kilian", "Eva Muster"]
