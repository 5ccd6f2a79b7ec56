"""Merging, rows, modality and silence: what the frame examples do not show."""

import datetime as dt

import pytest
import spacy

from policy_ie.components.base import policy_layer
from policy_ie.components.events.examples import describe, parse_example
from policy_ie.components.events.frames import frame_set
from policy_ie.errors import DataError
from policy_ie.records import Section, SectionKind


def layer_of(marked, title=None, sections=(), published=dt.date(2024, 3, 15), **settings):
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_quotes")
    nlp.add_pipe("policy_events", config=settings)
    text, mentions = parse_example(marked)
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.published = published
    layer.add(mentions)
    layer.title = title
    if sections:
        layer.sections = [Section(kind=k, start=a, end=b) for k, a, b in sections]
    for _, component in nlp.pipeline:
        doc = component(doc)
    return layer


def events(marked, kind, **more):
    layer = layer_of(marked, **more)
    return [describe(d, layer) | {"part": d.part_of is not None} for d in layer.events if d.type == kind]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("fördert den Bau mit {}.", "asserted"),
        ("hat den Bau mit {} gefördert.", "asserted"),
        ("will den Bau mit {} fördern.", "planned"),
        ("plant, den Bau mit {} zu fördern.", "planned"),
        ("wird den Bau mit {} fördern.", "planned"),
        ("könnte den Bau mit {} fördern.", "possible"),
        ("fördert den Bau nicht mit {}.", "negated"),
    ],
)
def test_modality(text, modality):
    found = events("Das [Land|territory=state~] " + text.format("[2 Millionen Euro|money]"), "funding")
    assert [f["modality"] for f in found] == [modality]


def test_future_day_is_planned():
    assert (
        events("Am [1. Mai 2024|date=2024-05-01] eröffnet [Ute Lang|official] die neue Kita.", "opening")[0]["modality"]
        == "planned"
    )
    assert (
        events("Am [1. Mai 2023|date=2023-05-01] eröffnet [Ute Lang|official] die neue Kita.", "opening")[0]["modality"]
        == "asserted"
    )


def opening(text, **more):
    return events(f"{text} [Ute Lang|official] die neue Kita.", "opening", **more)[0]["modality"]


def test_a_part_of_a_month_is_ahead_or_over():
    assert opening("Im [Mai|date=2024-05] eröffnet") == "planned"
    assert opening("Im [Februar|date=2024-02] eröffnet") == "asserted"


def test_an_undated_release_tells_in_the_present_what_is_to_come():
    assert opening("Am [1. Mai 2024|date=2024-05-01] eröffnet", published=None) == "planned"
    assert opening("Am [1. Mai 2024|date=2024-05-01] eröffnete", published=None) == "asserted"
    assert opening("Wie die Stadt mitteilte, eröffnet am [1. Mai 2024|date=2024-05-01]", published=None) == "asserted"
    assert opening("[2024|date=2024] eröffnet", published=None) == "asserted"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        (
            "Am [1. Mai 2024|date=2024-05-01] wird im [Kreistag|organisation=parliament] über den Haushalt entschieden.",
            "planned",
        ),
        ("Am [1. Mai 2023|date=2023-05-01] entschieden die Fraktionen im [Kreistag|organisation=parliament].", None),
    ],
)
def test_a_passive_of_a_day_ahead_is_planned(text, modality):
    assert [e["modality"] for e in events(text, "decision")] == ([modality] if modality else [])


def test_what_is_settled_may_begin_later():
    text = (
        "Die Mittel des [Landes|territory=state~] steigen im [Jahr 2025|date=2025] "
        "von [2 Millionen Euro|money] auf [3 Millionen Euro|money]."
    )
    assert [e["modality"] for e in events(text, "budget")] == ["asserted"]
    assert [e["modality"] for e in events(text.replace("steigen", "sollen").replace("].", "] steigen."), "budget")] == [
        "planned"
    ]


def test_reported_passive_is_no_possibility():
    text = "Das [Land|territory=state~] teilte mit, dass Bauten mit [2 Millionen Euro|money] gefördert würden."
    assert [e["modality"] for e in events(text, "funding")] == ["asserted"]
    assert [e["modality"] for e in events(text.replace("Bauten", "Bauten, wenn nötig,"), "funding")] == ["possible"]


def test_title_and_body_are_one_event():
    text = (
        "Land fördert Radweg mit [2 Millionen Euro|money]\n\n"
        "Das [Land Hessen|territory=state] fördert den Radweg in [Fulda|territory] mit [2 Millionen Euro|money]."
    )
    layer = layer_of(text, title=(0, 40))
    fundings = [d for d in layer.events if d.type == "funding"]
    assert len(fundings) == 1
    assert fundings[0].evidence


def test_different_sums_stay_apart():
    text = "[Fulda|territory] erhält [2 Millionen Euro|money]. [Hanau|territory] erhält [3 Millionen Euro|money]."
    assert len(events(text, "funding")) == 2


def test_part_of_a_sum():
    text = (
        "Das [Land|territory=state~] stellt [12 Millionen Euro|money] bereit, "
        "davon gehen [3 Millionen Euro|money] an [Fulda|territory]."
    )
    found = events(text, "funding")
    assert [(f["amounts"], f["part"]) for f in found] == [(["12 Millionen Euro"], False), (["3 Millionen Euro"], True)]


@pytest.mark.parametrize(
    ("total", "gera", "parts"),
    [
        ("[3 Millionen Euro|money]", "1 Million Euro", [False, True, True]),  # shared out
        ("insgesamt [5 Millionen Euro|money]", "1 Million Euro", [False, True, True]),  # a good part of what is called a total
        ("[5 Millionen Euro|money]", "1 Million Euro", [False, False, False]),
        ("[3 Millionen Euro|money]", "4 Millionen Euro", [False, False, False]),
    ],
)
def test_grants_told_after_their_total_are_parts(total, gera, parts):
    text = (
        f"Das [Land|territory=state~] fördert Radwege mit {total} aus dem [Radfonds|programme].\n"
        "Die Stadt [Fulda|territory] erhält [2 Millionen Euro|money] für eine Brücke.\n"
        f"Die Stadt [Gera|territory] bekommt [{gera}|money] für einen Tunnel."
    )
    found = events(text, "funding")
    assert [f["part"] for f in found] == parts
    if parts[1]:
        assert [f["programme"] for f in found] == [["Radfonds"]] * 3
        assert [f["funders"] for f in found] == [["Land"]] * 3
        assert found[0].get("recipients", []) == (["Fulda", "Gera"] if "insgesamt" not in text else [])


@pytest.mark.parametrize(
    ("text", "funders"),
    [
        ("[Gera|territory] erhält [2 Euro|money] aus Mitteln des [Landes|territory=state~].", ["Landes"]),
        ("[Gera|territory] erhält [2 Euro|money] aus dem Programm „Höfe“ des [Bundes|organisation=government~].", ["Bundes"]),
        (
            "[Gera|territory] erhält [2 Euro|money]. Das Geld kommt aus einem Programm des Landes [Hessen|territory=state].",
            ["Hessen"],
        ),
        ("[Gera|territory] erhält [2 Euro|money] für Bauten des [Landes|territory=state~].", []),
    ],
)
def test_whose_means_it_is(text, funders):
    assert [f.get("funders", []) for f in events(text, "funding")] == [funders]


def test_what_happened_long_ago_is_another_event():
    text = (
        "[Karl Groß|official] übergab heute einen Förderbescheid an [Fulda|territory]. "
        "Als er im [Januar 2014|date=2014-01] den ersten Förderbescheid übergab, war viel zu tun."
    )
    found = events(text, "funding")
    assert [f.get("time") for f in found] == [None, "Januar 2014"]


def test_headline_decision_is_the_one_told():
    text = (
        "Kabinett beschließt neue Leitung\n\n"
        "Die [Landesregierung|organisation=government] hat die angekündigten Wechsel beschlossen. "
        "Mit diesem Beschluss stärkt das [Land|territory=state~] die Polizei."
    )
    layer = layer_of(text, title=(0, 32))
    assert len([d for d in layer.events if d.type == "decision"]) == 1


def test_rounded_sum_of_the_headline_is_the_same_sum():
    text = (
        "[Karl Groß|official] übergab [Fulda|territory] Förderbescheide über [790.000 Euro|money]. "
        "Insgesamt überreichte [Karl Groß|official] Förderbescheide über [789.733 Euro|money]."
    )
    assert len(events(text, "funding")) == 1


def test_no_meeting_inside_quoted_words():
    text = "„Ich bin dankbar für das Gespräch mit [Uwe Sommer|official] über die Lage der Häfen.“"
    assert events(text, "meeting") == []


def test_one_join_event_per_year():
    text = (
        "Am Programm „[Gut ankommen|programme]“ sind seit [2011|date=2011] [Celle|territory] und [Peine|territory] beteiligt. "
        "[2013|date=2013] kamen [Gifhorn|territory] und [Uelzen|territory] hinzu."
    )
    assert [(f["time"], f["participants"]) for f in events(text, "programme")] == [
        ("2011", ["Celle", "Peine"]),
        ("2013", ["Gifhorn", "Uelzen"]),
    ]


def test_boilerplate_is_silent():
    marked = "Das [Land|territory=state~] fördert den Bau mit [2 Millionen Euro|money]."
    size = len(parse_example(marked)[0])
    assert events(marked, "funding")
    assert not events(marked, "funding", sections=[(SectionKind.BOILERPLATE, 0, size)])


def test_dateline_is_no_funder_and_no_place():
    text = "[Fulda|territory] – Das [Land Hessen|territory=state] fördert den Bau mit [2 Millionen Euro|money]."
    found = events(text, "funding")
    assert found[0]["funders"] == ["Land Hessen"]
    assert "place" not in found[0]


def test_person_who_hands_over_is_no_funder():
    text = "Ministerin [Ute Lang|official] übergab [Fulda|territory] einen Förderbescheid über [2 Millionen Euro|money]."
    found = events(text, "funding")[0]
    assert found["presented_by"] == ["Ute Lang"]
    assert "funders" not in found


def test_day_of_a_planned_handing_over_is_not_that_of_the_funding():
    text = (
        "Bund und [Land Hessen|territory=state] gaben [5 Millionen Euro|money] für die Wege aus. Ministerin"
        " [Ute Lang|official] will die Bescheide am [Montag|date=2024-03-18] in [Fulda|territory] überreichen."
    )
    found = events(text, "funding")
    assert [(f["modality"], f.get("time"), f["stage"]) for f in found] == [("asserted", None, "announced")]


def test_two_givers_behind_the_thing_that_they_support():
    text = (
        "Den Ausbau unterstützen der [Bund|organisation=government~] mit [23 Millionen Euro|money] und das"
        " [Land Hessen|territory=state] mit [6 Millionen Euro|money]."
    )
    found = events(text, "funding")
    assert [(f["funders"], f["amounts"]) for f in found] == [
        (["Bund"], ["23 Millionen Euro"]),
        (["Land Hessen"], ["6 Millionen Euro"]),
    ]
    assert not any(f.get("recipients") for f in found)


def test_change_of_a_budget():
    text = "Der [Senat|organisation=government] kürzt die Mittel für Schulen um 12 Prozent auf [4 Millionen Euro|money]."
    assert events(text, "budget")[0]["change"] == {"percent": -12.0}


def test_own_frames(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        'type = "opening"\n[roles.facility]\nheads = ["facilities"]\n[[frame]]\nid = "mine"\nverbs = ["beflaggen"]\n'
        'slots = { facility = ["object"] }\nrequire = ["facility"]\n'
    )
    assert not events("[Ute Lang|official] beflaggte das Museum.", "opening")
    assert events("[Ute Lang|official] beflaggte das Museum.", "opening", frames=[str(file)])


@pytest.mark.parametrize(
    "content", ["type = ", 'type = "party"', 'type = "visit"\n[[frame]]\nid = "x"\nslots = { guests = ["subject"] }']
)
def test_bad_frame_file(tmp_path, content):
    file = tmp_path / "bad.toml"
    file.write_text(content)
    with pytest.raises(DataError, match="frame"):
        frame_set((str(file),))


@pytest.mark.parametrize(
    "text",
    [
        "Mehl, Zucker und 200 g Butter verrühren, die Eier dazugeben und den Teig gehen lassen. Den Ofen vorheizen.",
        "In der 83. Minute traf der Stürmer zum 2:1. Der Trainer lobte die Mannschaft, die bald auf den Tabellenführer trifft.",
        "Sie öffnete das Fenster und sah hinaus in den Regen. Niemand kam. Er hatte ihr versprochen, am Abend da zu sein.",
        "Die Kosten des Verfahrens trägt der Kläger. Der Streitwert wird auf 5.000 Euro festgesetzt.",
        "Auf der A 3 staut sich der Verkehr nach einem Unfall auf acht Kilometern; der Sachschaden beträgt 20.000 Euro.",
    ],
)
def test_other_texts_are_silent(text):
    assert layer_of(text).events == []


def test_long_sentence_takes_linear_time():
    text = "Das Land fördert " + "und stellt Mittel bereit, " * 4000
    assert layer_of(text).events == []


def test_persons_side_by_side_share_a_role():
    """Titles, brackets and origins between the persons do not break the coordination."""
    (found,) = events(
        "[Nina Vogt|person] aus [Celle|territory], [Ole Brandt|person] (der Gründer) und [Uwe Sommer|person] aus "
        "[Peine|territory] werden mit dem [Bürgerpreis|programme=award] ausgezeichnet.",
        "award",
    )
    assert found["laureates"] == ["Nina Vogt", "Ole Brandt", "Uwe Sommer"]


def test_person_of_another_phrase_shares_no_role():
    (found,) = events(
        "[Nina Vogt|official] ehrte [Uwe Sommer|person], den [Ole Brandt|person] kennt, mit dem [Bürgerpreis|programme=award].",
        "award",
    )
    assert found["laureates"] == ["Uwe Sommer"]
    assert found["presenters"] == ["Nina Vogt"]


@pytest.mark.parametrize("gives", ["gab {} dazu", "steuert {} bei", "schießt {} zu", "legt {} drauf", "beteiligt sich mit {}"])
def test_second_giver_in_its_own_clause(gives):
    found = events(
        "Das [Land|territory=state~] gab [600.000 Euro|money], die [Stadt Plau|territory] "
        + gives.format("[150.000 Euro|money]")
        + ".",
        "funding",
    )
    assert [(f["funders"], f["amounts"]) for f in found] == [(["Land"], ["600.000 Euro"]), (["Stadt Plau"], ["150.000 Euro"])]
    assert not any(f.get("recipients") for f in found)


def test_what_a_town_gets_beside_a_giver():
    found = events(
        "Das [Land|territory=state~] gab [600.000 Euro|money], für [Plau|territory] gibt es [150.000 Euro|money].", "funding"
    )
    assert found[1]["recipients"] == ["Plau"]


@pytest.mark.parametrize(
    ("clause", "funders", "recipients"),
    [
        ("die [Stadt Plau|territory] hat [150.000 Euro|money] dazugegeben", ["Stadt Plau"], None),
        ("[150.000 Euro|money] kamen von der [Stadt Plau|territory]", ["Stadt Plau"], None),
        (
            "dem [Verein Licht|organisation] gibt die [Stadt Plau|territory] [150.000 Euro|money]",
            ["Stadt Plau"],
            ["Verein Licht"],
        ),
    ],
)
def test_second_giver_in_other_words(clause, funders, recipients):
    found = events(f"Das [Land|territory=state~] gab [600.000 Euro|money], {clause}.", "funding")
    assert found[1]["funders"] == funders
    assert found[1].get("recipients") == recipients


@pytest.mark.parametrize(
    "text",
    [
        "Hiervon zahlen der [Bund|organisation] [4 Mio DM|money] und das [Land|territory=state] [3 Mio DM|money].",
        "An den Kosten beteiligten sich der [Bund|organisation] mit [4 Mio DM|money], das [Land|territory=state] mit"
        " [3 Mio DM|money].",
    ],
)
def test_givers_of_one_verb(text):
    found = events(text, "funding")
    assert [(e["funders"], e["amounts"]) for e in found] == [(["Bund"], ["4 Mio DM"]), (["Land"], ["3 Mio DM"])]
    assert not any("recipients" in e for e in found)


@pytest.mark.parametrize("honorific", ["S.E.", "S. E.", "I. E."])
def test_honorific_before_the_subject(honorific):
    (found,) = events(f"{honorific} Botschafter [Ole Brandt|official] besuchte die Stadt [Celle|territory].", "visit")
    assert found["visitors"] == ["Ole Brandt"]


def test_giver_of_the_paragraph():
    found = events(
        "Das Land [Hessen|territory=state] fördert den Wegebau. Die Straße wird mit [90.000 Euro|money] bezuschusst.",
        "funding",
    )
    assert found[-1]["funders"] == ["Hessen"]


@pytest.mark.parametrize(
    "text",
    [
        "Das Land [Hessen|territory=state] fördert den Wegebau.\n\nDer [Bund|organisation=government] fördert Brücken mit"
        " [1 Million Euro|money].\n\nDie Straße wird mit [90.000 Euro|money] bezuschusst.",
        "Das Land [Hessen|territory=state] lobt den Wegebau. Die Straße wird mit [90.000 Euro|money] bezuschusst.",
        "Das Land [Hessen|territory=state] fördert den Wegebau. Mit Spenden wird der Bau mit [90.000 Euro|money] bezuschusst.",
    ],
)
def test_giver_of_another_paragraph_is_none(text):
    assert "funders" not in events(text, "funding")[-1]


@pytest.mark.parametrize(
    ("further", "item", "action"),
    [
        ("Mehrheitlich angenommen wurde auch der Antrag der Fraktion.", "Antrag der Fraktion", "adopts"),
        ("Abgelehnt wurde der Antrag der Fraktion.", "Antrag der Fraktion", "rejects"),
    ],
)
def test_a_further_decision_is_that_of_the_same_body(further, item, action):
    found = events(f"Der [Kreistag|organisation=parliament] verabschiedete den Haushalt. {further}", "decision")
    assert [(d["bodies"], d["object"]) for d in found] == [(["Kreistag"], ["Haushalt"]), (["Kreistag"], [item])]
    assert found[1]["action"] == action


def test_giver_of_the_whole_release():
    found = events(
        "Das Land [Hessen|territory=state] fördert Orgeln mit [450.000 Euro|money].\n\n"
        "Viele Orgeln sind alt. Sie klingen schief.\n\nDie Stadt [Celle|territory] erhält [90.000 Euro|money].",
        "funding",
    )
    assert found[-1]["funders"] == ["Hessen"]


def test_giver_before_the_colon_of_a_headline():
    (found,) = events(
        "Finanzspritze vom [Land|territory=state~]: Die Stadt [Unna|territory] erhält [3 Millionen Euro|money].",
        "funding",
    )
    assert found["funders"] == ["Land"]


def test_the_certificate_of_who_leaves_office_is_no_award():
    marked = (
        "Ministerpräsident [Ole Brandt|official] überreicht [Ute Lang|person] eine Urkunde.\n\n"
        "[Ole Brandt|official] hat der Präsidentin des Gerichts, [Ute Lang|person], die Entlassungsurkunde überreicht."
    )
    assert {d.type for d in layer_of(marked).events} == {"appointment"}
    assert [d.type for d in layer_of("Minister [Ole Brandt|official] überreicht [Ute Lang|person] eine Urkunde.").events] == [
        "award"
    ]
