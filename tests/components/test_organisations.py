"""Organisations: ministries by Land and date, other bodies by knowledge base, head nouns and legal forms."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import spacy

from policy_ie.components.base import Mention, PolicyLayer, policy_layer
from policy_ie.components.organisations.grammar import head_table
from policy_ie.records import OrganisationValue


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_organisations")
    return nlp


def read(nlp: spacy.Language, text: str, published: str | None = None) -> PolicyLayer:
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    if published:
        layer.published = dt.date.fromisoformat(published)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return layer


def names(layer: PolicyLayer) -> list[str]:
    return [layer.text[m.start : m.end] for m in layer.of_kind("organisation")]


def value(mention: Mention) -> OrganisationValue:
    assert isinstance(mention.value, OrganisationValue)
    return mention.value


@pytest.mark.parametrize("head", [h for h in head_table().values() if h.example], ids=lambda h: h.noun)
def test_examples_of_the_head_nouns(nlp, head):
    text = head.example.replace("{", "").replace("}", "")
    found = names(read(nlp, text))
    wanted = re.search(r"\{(.*?)\}", head.example)
    if wanted is None:
        assert found == []
    else:
        assert wanted[1] in found


@pytest.mark.parametrize("head", [h for h in head_table().values() if h.counter], ids=lambda h: h.noun)
def test_counter_examples_of_the_head_nouns(nlp, head):
    assert names(read(nlp, head.counter)) == []


VALIDITY = [
    ("Das NRW-Familienministerium hilft.", ("MGFFI", "MFKJKS", "MKFFI", "MKJFGFI")),
    ("Das Bundeswirtschaftsministerium hilft.", ("BMWi", "BMWi", "BMWi", "BMWK")),
    ("Das Bundesverkehrsministerium hilft.", ("BMVBS", "BMVI", "BMVI", "BMDV")),
    ("Das Bundesumweltministerium hilft.", ("BMU", "BMUB", "BMU", "BMUV")),
    ("Das bayerische Umweltministerium hilft.", ("StMUGV", "StMUV", "StMUV", "StMUV")),
    ("Das rheinland-pfälzische Sozialministerium hilft.", ("MASGFF", "MSAGD", "MSAGD", "MASTD")),
    ("Das hessische Umweltministerium hilft.", ("HMULV", "HMUKLV", "HMUKLV", "HMLU")),
    ("Sachsens Umweltministerium hilft.", ("SMUL", "SMUL", "SMUL", "SMEKUL")),
    ("Das Thüringer Bildungsministerium hilft.", ("TKM", "TMBWK", "TMBJS", "TMBJS")),
    ("Das Justizministerium Schleswig-Holstein hilft.", ("MJAE", "MJKE", "MJEVG", "MJG")),
]


@pytest.mark.parametrize(("sentence", "abbreviations"), VALIDITY, ids=[s for s, _ in VALIDITY])
def test_a_short_name_means_the_ministry_of_its_year(nlp, sentence, abbreviations):
    for published, wanted in zip(("2008-05-01", "2014-05-01", "2018-05-01", "2024-05-01"), abbreviations, strict=True):
        (mention,) = read(nlp, sentence, published).of_kind("organisation")
        assert value(mention).abbreviation == wanted, published
        assert value(mention).org_type == "ministry"


def test_a_full_name_keeps_its_ministry_whatever_the_date(nlp):
    text = "Ministerium für Kinder, Familie, Flüchtlinge und Integration des Landes Nordrhein-Westfalen"
    for published in ("2013-09-11", "2017-09-11", "2023-09-11"):
        (mention,) = read(nlp, text, published).of_kind("organisation")
        assert value(mention).abbreviation == "MKFFI"
        assert (mention.start, mention.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "published", "wanted"),
    [
        ("Düsseldorf. Das Familienministerium hilft.", "2017-09-01", "org:nw-mkffi"),
        ("Hannover. Das Sozialministerium hilft.", "2020-09-01", "org:ni-ms-2013"),
        ("Das Finanzministerium in Schwerin zahlt.", "2015-09-01", "org:mv-fm"),
        ("Die Sozialbehörde in Hamburg hilft.", "2018-09-01", "org:hh-basfi"),
        ("Die Behörde für Schule und Berufsbildung in Hamburg hilft.", "2018-09-01", "org:hh-bsb"),
        ("Die Senatsverwaltung für Bildung, Jugend und Familie hilft.", "2018-09-01", "org:be-senbjf"),
        ("Der Beamte im niedersächsischen Ministerium für Wissenschaft und Kultur.", "2018-09-01", "org:ni-mwk"),
        ("Ein Erlass des Bayerischen Staatsministeriums des Innern, für Bau und Verkehr.", "2015-09-01", "org:by-stmi-2013"),
    ],
)
def test_the_land_is_found_beside_the_name_or_in_the_document(nlp, text, published, wanted):
    assert [m.kb_id for m in read(nlp, text, published).of_kind("organisation")] == [wanted]


def test_coordinated_short_names_are_two_ministries(nlp):
    layer = read(nlp, "Das Innen- und Justizministerium in Wiesbaden stimmen zu.", "2015-03-01")
    assert [m.kb_id for m in layer.of_kind("organisation")] == ["org:he-hmdis", "org:he-hmdj-2014"]


def test_a_coordinated_name_of_one_ministry_is_one_mention(nlp):
    layer = read(nlp, "Das hessische Umwelt- und Landwirtschaftsministerium stimmt zu.", "2015-03-01")
    assert [(layer.text[m.start : m.end], m.kb_id) for m in layer.of_kind("organisation")] == [
        ("Umwelt- und Landwirtschaftsministerium", "org:he-hmuklv")
    ]


def test_the_list_of_subjects_ends_where_the_name_ends(nlp):
    layer = read(nlp, "Das Ministerium für Soziales, Gesundheit und Sport und die Stadt Wismar laden ein.", "2022-03-01")
    assert names(layer)[0] == "Ministerium für Soziales, Gesundheit und Sport"


def test_an_abbreviation_in_brackets_is_an_alias_for_the_rest_of_the_text(nlp):
    layer = read(nlp, "Der Verband der Wohnungswirtschaft (VdWw) klagt. Der VdWw will mehr.")
    first, second, third = layer.of_kind("organisation")
    assert value(first).abbreviation == "VdWw"
    assert second.head is first
    assert third.head is first


def test_a_known_abbreviation_says_which_body_is_meant(nlp):
    layer = read(nlp, "Der Landesverband Rheinland (LVR) zahlt. Der LVR hilft.")
    assert {m.kb_id for m in layer.of_kind("organisation")} == {"org:nw-lvr"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mainz: Die Landesregierung plant.", "org:rp-landesregierung"),
        ("Die Bayerische Staatsregierung plant.", "org:by-landesregierung"),
        ("Der Hamburger Senat plant.", "org:hh-landesregierung"),
        ("Der Landtag in Magdeburg berät.", "org:st-landtag"),
        ("Die Bremische Bürgerschaft berät.", "org:hb-landtag"),
        ("Das Abgeordnetenhaus von Berlin berät.", "org:be-landtag"),
        ("Der Bundestag berät.", "org:de-bundestag"),
        ("Die Niedersächsische Staatskanzlei lädt ein.", "org:ni-staatskanzlei"),
    ],
)
def test_governments_and_parliaments(nlp, text, wanted):
    assert [m.kb_id for m in read(nlp, text).of_kind("organisation")] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Der Senat der Universität tagt.",
        "Die Jugendämter helfen.",
        "Das Fachministerium prüft.",
        "Die Bürgerschaft der Stadt ist eingeladen.",
        "Der Bund und die Länder zahlen.",
        "Eva Muster von der SPD-Liste kam.",
        "Eine Sparkasse half, eine Bezirksregierung auch.",
        "Die Behörde für den Verfassungsschutz schweigt.",
        "IM LANDKREIS ENTSTEHT EIN NEUER WEG",
    ],
)
def test_what_is_no_organisation(nlp, text):
    assert names(read(nlp, text)) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Auch die Muster & Söhne GmbH hilft.", "Muster & Söhne GmbH"),
        ("Auch der Trägerverein Lichtblick e. V. hilft.", "Lichtblick e. V."),
        ("Der Geschäftsführer der Wohnbau Nord gGmbH kam.", "Wohnbau Nord gGmbH"),
        ("Der Präsident des Vereins der Freunde Korsikas e. V. kam.", "Vereins der Freunde Korsikas e. V."),
    ],
)
def test_legal_forms(nlp, text, wanted):
    assert wanted in names(read(nlp, text))


def test_parties_and_their_groups(nlp):
    layer = read(nlp, "Die SPD-Fraktion und die Fraktion Bündnis 90/Die Grünen stimmten zu, die CDU nicht.")
    assert names(layer) == ["SPD-Fraktion", "Fraktion Bündnis 90/Die Grünen", "CDU"]


def test_the_canonical_name_is_in_the_nominative(nlp):
    (mention,) = read(nlp, "Ein Vertreter des Deutschen Instituts für Stadtforschung kam.").of_kind("organisation")
    assert value(mention).name == "Deutsches Institut für Stadtforschung"


def test_the_publisher_is_named(nlp):
    doc = nlp.make_doc("Pressemitteilung der Staatskanzlei des Landes Brandenburg\n\nDer Weg ist frei.")
    layer = policy_layer(doc)
    layer.publisher_hint = (21, 57)
    nlp.get_pipe("policy_organisations")(doc)
    assert layer.publisher is not None
    assert layer.publisher.kb_id == "org:bb-staatskanzlei"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Eva Muster (SPD) und Karl Probe (Grüne) kamen.", ["SPD", "Grüne"]),
        ("Der Haushaltsausschuss des Bundestages tagt.", ["Haushaltsausschuss des Bundestages", "Bundestages"]),
        ("Die Kassenärztliche Vereinigung Hessen warnt.", ["Kassenärztliche Vereinigung Hessen"]),
        ("Gestern beschloss der Rat der Stadt den Plan.", ["Rat der Stadt"]),
        ("Die Agentur für Wandel GmbH wächst.", ["Agentur für Wandel GmbH"]),
        ("Das Wohnungsunternehmen Muster Wohnen SE baut.", ["Muster Wohnen SE"]),
        ("Der Minister für Bundesrat und Europa traf den Bundesrat.", ["Bundesrat"]),
        ("Geld kam von der Nassauischen Sparkasse.", ["Nassauischen Sparkasse"]),
        ("Geld kam von der heimischen Sparkasse.", []),
        ("Der Spieler des FC Muster e. V. gewann.", ["FC Muster e. V."]),
    ],
)
def test_names_that_were_missed(nlp, text, wanted):
    assert [text[m.start : m.end] for m in read(nlp, text).of_kind("organisation")] == wanted


def test_head_noun_alone_means_the_body_named_with_it(nlp):
    text = "Die Bezirksregierung Detmold prüft. Danach zahlt die Bezirksregierung. Eine Bezirksregierung prüft viel."
    first, second = read(nlp, text).of_kind("organisation")
    assert (second.start, second.head, second.kb_id) == (text.index("die Bezirksregierung") + 4, first, "org:nw-brdt")


def test_head_noun_alone_is_open_where_two_bodies_have_it(nlp):
    text = "Die Sparkasse Unna und die Sparkasse Soest helfen. Auch die Sparkasse in Werl hilft."
    assert len(read(nlp, text).of_kind("organisation")) == 2


def test_cabinet_is_the_government_of_the_land(nlp):
    layer = read(nlp, "Hessen spart. Das Kabinett beschloss den Haushalt von Hessen.")
    assert [m.kb_id for m in layer.of_kind("organisation")] == ["org:he-landesregierung"]


def test_land_of_a_minister_for_federal_affairs(nlp):
    layer = read(nlp, "Minister für Bundesangelegenheiten\n\nHessen hilft. Die Landesregierung von Hessen zahlt.")
    assert [m.kb_id for m in layer.of_kind("organisation")] == ["org:he-landesregierung"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Das Umwelt- und Naturschutzamt prüft.", ["Umwelt- und Naturschutzamt"]),
        ("Der Schwäbische Albverein wandert.", ["Schwäbische Albverein"]),
        ("Der Musische Lehrerverband (mlv) klagt.", ["Musische Lehrerverband", "mlv"]),
        ("Kritik übte die GAL-Fraktion.", ["GAL-Fraktion"]),
        ("Umgebaut hat ihn ein Verein zum Kulturhaus.", []),
        ("Bezirksstadtrat und stellvertretender Bürgermeister Karl Muster kam.", []),
        ("Die Landesbaudirektion Bayern baut.", ["Landesbaudirektion Bayern"]),
    ],
)
def test_names_of_bodies_as_releases_write_them(nlp, text, wanted):
    assert names(read(nlp, text)) == wanted


def test_the_abbreviation_behind_a_full_name_means_it(nlp):
    layer = read(nlp, "Das Bundesministerium für Wirtschaft und Technologie (BMWi) hilft.", "2012-06-22")
    assert {m.kb_id for m in layer.of_kind("organisation")} == {"org:de-bmwi-2005"}


def test_a_ministry_is_never_an_authority_of_a_city_state(nlp):
    layer = read(nlp, "Das Ministerium für Familie und Soziales fördert die Kita.", "2021-05-03")
    (ministry,) = layer.of_kind("organisation")
    assert ministry.kb_id is None
    layer = read(nlp, "Die Behörde für Soziales und Familie fördert die Kita.", "2003-05-03")
    assert [m.kb_id for m in layer.of_kind("organisation")] == ["org:hh-bsf"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Der Landtag Steiermark und der Landtag von Südtirol luden ein.", ["Landtag Steiermark", "Landtag Südtirol"]),
        ("Das Bremer Haus und die Bremer Straßenbahn Aktiengesellschaft bauen.", ["Bremer Straßenbahn Aktiengesellschaft"]),
        ("Künstler des Fördervereins Theater Musterstadt e. V. kamen.", ["Förderverein Theater Musterstadt e. V."]),
        ("Der Verein Natur- und Heimatfreunde erhält Geld.", ["Verein Natur- und Heimatfreunde"]),
        ("Der Kreisverband des Deutschen Roten Kreuzes half.", ["Kreisverband des Deutschen Roten Kreuzes"]),
        ("Sie dankt der Stiftung zur Bewahrung kirchlicher Bauten.", ["Stiftung zur Bewahrung kirchlicher Bauten"]),
        ("Sie wurde vom Kreistag zur Beigeordneten gewählt.", ["Kreistag"]),
        ("Der Bürgermeister dankte dem Rat und den Ratsmitgliedern für guten Rat.", ["Rat"]),
        ("Entworfen hat es die steinundklang GmbH, eine gemeinnützige GmbH.", ["steinundklang GmbH"]),
        (
            "Er sprach in der Senatskanzlei mit dem Ministerpräsidenten von Niedersachsen in Bremen.",
            ["Senatskanzlei Bremen"],
        ),
        (
            "Das Hessische Kabinett tagte, das bayerische Kabinett auch.",
            ["Hessische Landesregierung", "Bayerische Staatsregierung"],
        ),
        ("Der Lückenschluss im Grünen Ring gelang, die Grüne Woche begann.", []),
        ("Arbeit und Leben DGB/VHS NRW e.V. hilft.", ["Deutscher Gewerkschaftsbund"]),
        ("Staatskanzlei\nPresse- und Informationsamt\nPotsdam, 11.10.2016", ["Staatskanzlei des Landes Brandenburg"]),
    ],
)
def test_names_by_their_form(nlp, text, wanted):
    assert [value(m).name for m in read(nlp, text).of_kind("organisation")] == wanted


@pytest.mark.parametrize(
    ("text", "kb_id"),
    [
        ("Das Bundesumweltministerium (BMU) zahlt, sagte Svenja Schulze.", "org:de-bmu-2018"),
        ("Das Bundesumweltministerium (BMUB) zahlt.", "org:de-bmub"),
    ],
)
def test_the_abbreviation_behind_a_short_name_says_which_ministry_it_is(nlp, text, kb_id):
    assert {m.kb_id for m in read(nlp, text).of_kind("organisation")} == {kb_id}


@pytest.mark.parametrize(
    ("text", "published", "wanted"),
    [
        # Düsseldorf speaks, but the minister is one of the Federation.
        ("Düsseldorf. Verkehrsminister Volker Wissing kam. Das Verkehrsministerium zahlt.", "2023-03-12", "org:de-bmdv"),
        ("Düsseldorf. Bundesverkehrsminister Udo Muster kam. Das Verkehrsministerium zahlt.", "2023-03-12", "org:de-bmdv"),
        ("Berlin. Verkehrsminister Oliver Krischer kam. Das Verkehrsministerium zahlt.", "2023-03-12", "org:nw-munv"),
        # No Land is named at all.
        ("Ministerin Ina Scharrenbach kam. Das Finanzministerium zahlt.", "2024-09-01", "org:nw-fm-2017"),
        # Nobody known, and a word that is also a municipality of Rheinland-Pfalz.
        ("Ministerin Eva Muster übergab den Bescheid. Das Familienministerium zahlt.", "2012-03-12", None),
        # Known, but for another time.
        ("Ministerin Ina Scharrenbach kam. Das Finanzministerium zahlt.", "2001-09-01", None),
    ],
)
def test_known_office_holders_are_evidence_for_the_land(nlp, text, published, wanted):
    assert [m.kb_id for m in read(nlp, text, published).of_kind("organisation")] == [wanted]
