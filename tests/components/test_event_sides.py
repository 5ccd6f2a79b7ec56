"""Who stands on which side of a verb, and what inside a clause belongs to an attribute, a bracket or a quotation."""

import datetime as dt

import pytest
import spacy

from policy_ie import Extractor
from policy_ie.components.base import policy_layer
from policy_ie.components.events.examples import describe, parse_example


def events(marked, kind):
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_quotes")
    nlp.add_pipe("policy_events")
    text, mentions = parse_example(marked)
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.published = dt.date(2024, 3, 15)
    layer.add(mentions)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return [describe(d, layer) for d in layer.events if d.type == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Das weitere Wachstum unterstützt die [Landesregierung|organisation=government] mit [3 Millionen Euro|money].",
            {"funders": ["Landesregierung"], "purpose": ["weitere Wachstum"], "recipients": None},
        ),
        (
            "Das Museum fördert die Stadt [Gera|territory=municipality] mit [20.000 Euro|money].",
            {"funders": ["Gera"], "recipients": ["Museum"]},
        ),
        (
            "Die Stiftung unterstützt die Stadt [Gera|territory=municipality] mit [20.000 Euro|money].",
            {"funders": ["Stiftung"], "recipients": ["Gera"]},
        ),
        (
            "Die Studie, die von der Stadt [Gera|territory=municipality] geplant und vom [Land Thüringen|territory=state] mit "
            "[80.000 Euro|money] gefördert wurde, ist fertig.",
            {"funders": ["Land Thüringen"], "purpose": ["Studie"], "modality": "asserted"},
        ),
        (
            "Die Stadt [Gera|territory=municipality] erhält [2 Millionen Euro|money] aus nicht in Anspruch genommenen Mitteln.",
            {"recipients": ["Gera"], "modality": "asserted"},
        ),
        (
            "Die Stadt [Gera|territory=municipality] erhält [2 Millionen Euro|money] nicht.",
            {"recipients": ["Gera"], "modality": "negated"},
        ),
        (
            "Für die am [3. Januar 2024|date=2024-01-03] entstandenen Schäden stellt das [Land|territory=state~] der Stadt "
            "[Gera|territory=municipality] [4 Millionen Euro|money] bereit.",
            {"time": None},
        ),
        (
            'Ole Brandt: "Wir stellen mehr Mittel bereit" Die [Landesregierung|organisation=government] stellt '
            "[10 Millionen Euro|money] für Vereine bereit.",
            {"funders": ["Landesregierung"], "recipients": ["Vereine"]},
        ),
    ],
)
def test_who_gives_and_what_is_given(text, expected):
    (funding,) = events(text, "funding")
    assert {name: funding.get(name) or None for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Damit werden Investitionen in Höhe von [14 Millionen Euro|money] unterstützt.",
        "Die Gemeinden, die sich beteiligen, meldeten nach dem Sturm Schäden von rund [3 Millionen Euro|money].",
        "Das Land [Hessen|territory=state] fördert Projekte mit einem Volumen von rund [3 Millionen Euro|money].",
        "Der Umbau (Kosten ca. [1 Mio. Euro|money]) wird von der Stadt [Gera|territory=municipality] unterstützt.",
    ],
)
def test_costs_and_investments_are_no_grant(text):
    assert not [f for f in events(text, "funding") if f.get("amounts")]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        (
            "Der Landkreis Celle baut Radwege. Ministerin Eva Kern übergab den Förderbescheid an Landrat Ole Vogt.",
            ["Landkreis Celle"],
        ),
        ("Die Stadt Gera baut. In Jena übergab Ministerin Eva Kern den Förderbescheid an Bürgermeister Ole Vogt.", []),
    ],
)
def test_body_of_an_official_who_receives(text, recipients):
    release = Extractor(profile="rules").extract(text)
    (funding,) = [event for event in release.events if event.type == "funding"]
    assert [filler.text for filler in funding.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Sie trägt die Medaille, die die Stadt [Gera|territory=municipality] seit 1950 an Künstler verleiht.", 0),
        ("Den Preis verleiht die Stadt [Gera|territory=municipality] jährlich an Autoren.", 0),
        ("Den Preis verleiht die Stadt [Gera|territory=municipality] an [Karl Vogt|person].", 1),
        ("Den Preis verlieh die Stadt [Gera|territory=municipality] an drei Autoren.", 1),
    ],
)
def test_what_is_awarded_again_and_again_is_no_award(text, count):
    assert len(events(text, "award")) == count


def test_a_decision_in_the_pluperfect_is_not_of_today():
    text = (
        "[Karl Vogt|person] nahm [heute|date=2024-03-15] den Preis entgegen. "
        "Der [Stadtrat|organisation=parliament] {} beschlossen, ihn auszuzeichnen."
    )
    (before,) = events(text.format("hatte"), "decision")
    (today,) = events(text.format("hat"), "decision")
    assert before.get("time") is None
    assert today["time"]


def test_who_a_further_sum_comes_from_does_not_take_it():
    text = (
        "[3 Millionen Euro|money] kommen vom [Bund|organisation=government], [2 Millionen Euro|money] vom "
        "[Land Hessen|territory=state]."
    )
    federal, state = events(text, "funding")
    assert federal["funders"] == ["Bund"]
    assert state["funders"] == ["Land Hessen"]
    assert "recipients" not in state


def test_bracketed_costs_are_no_rows():
    text = (
        "Wichtig sind der Deich in [Kiel|territory=municipality] (Kosten ca. [1 Mio. Euro|money]), die Mole in "
        "[Husum|territory=municipality] (Kosten rund [2 Mio. Euro|money]) und der Damm, der vom [Land|territory=state~] mit "
        "[3 Mio. Euro|money] gefördert wird."
    )
    (funding,) = events(text, "funding")
    assert funding["amounts"] == ["3 Mio. Euro"]
