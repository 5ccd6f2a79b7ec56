"""The time and place of a happening, told in its sentence, its paragraph or the one below the headline."""

import datetime as dt

import pytest
import spacy

from policy_ie.components.base import policy_layer
from policy_ie.components.events.examples import describe, parse_example


def run(marked, title=False, published=dt.date(2024, 6, 5)):
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_events")
    text, mentions = parse_example(marked)
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.published = published
    layer.add(mentions)
    if title:
        layer.title = (0, text.index("\n"))
    nlp.get_pipe("policy_events")(doc)
    return [describe(e, layer) for e in layer.events]


HEADLINE = "Ministerin [Anna Lang|official] überreicht den [Schulpreis|programme=award]"


@pytest.mark.parametrize(
    ("marked", "title", "time"),
    [
        (
            HEADLINE + "\n\nBei der Feier am [4. Juni|date=2024-06-04] in [Celle|territory] war auch ein Chor zu hören.",
            True,
            "4. Juni",
        ),
        (
            "Wer kam, war [heute|date=2024-06-05] früh wach. Ministerin [Anna Lang|official] überreichte den "
            "[Schulpreis|programme=award].",
            False,
            "heute",
        ),
        (
            "Es war ein langer Tag. Ministerin [Anna Lang|official] überreichte den [Schulpreis|programme=award]. "
            "Am [3. Juni|date=2024-06-03] und am [4. Juni|date=2024-06-04] gab es Konzerte.",
            False,
            None,
        ),
        (
            "Am [4. Juni|date=2024-06-04] war Markt. Bereits zuvor überreichte Ministerin [Anna Lang|official] den "
            "[Schulpreis|programme=award].",
            False,
            None,
        ),
    ],
)
def test_the_only_day_told(marked, title, time):
    (award,) = [e for e in run(marked, title) if e.get("award")]
    assert award.get("time") == time


def test_town_beside_the_day():
    marked = HEADLINE + "\n\nBei der Feier am [4. Juni|date=2024-06-04] in [Celle|territory] war auch ein Chor zu hören."
    (award,) = [e for e in run(marked, title=True) if e.get("award")]
    assert award["place"] == ["Celle"]


def test_a_headline_of_a_day_ahead_is_planned():
    marked = HEADLINE + "\n\nBei der Feier am [10. Juni|date=2024-06-10] in [Celle|territory] wird auch ein Chor zu hören sein."
    (award,) = [e for e in run(marked, title=True) if e.get("award")]
    assert (award["time"], award["modality"]) == ("10. Juni", "planned")


def test_when_and_where_it_was_said():
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_quotes")
    nlp.add_pipe("policy_events")
    marked = (
        "„Wir bauen die Schule jetzt“, sagte Ministerin [Anna Lang|official] am [Dienstag|date=2024-06-04] "
        "im Landtag in [Celle|territory]. "
        "„Sie öffnet am [1. Juni|date=2024-06-01] für alle“, ergänzte [Karl Groß|official]."
    )
    text, mentions = parse_example(marked)
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.add(mentions)
    for name in ("policy_quotes", "policy_events"):
        nlp.get_pipe(name)(doc)
    found = [describe(e, layer) for e in layer.events if e.type == "statement"]
    assert [(e.get("time"), e.get("place")) for e in found] == [("Dienstag", ["Celle"]), (None, None)]


@pytest.mark.parametrize(
    ("below", "modality"),
    [
        ("Am [10. Juni 2024|date=2024-06-10] findet die Feier im Schloss der Stadt [Celle|territory] statt.", "planned"),
        ("Am [10. Juni 2024|date=2024-06-10] wurde in der Stadt [Celle|territory] sehr lange gefeiert.", "asserted"),
    ],
)
def test_an_undated_headline_is_planned_where_the_text_says_so(below, modality):
    award = run(f"{HEADLINE}\n{below}", title=True, published=None)[0]
    assert award["modality"] == modality


@pytest.mark.parametrize(
    ("marked", "time"),
    [
        # The day of the damage, of what went before, of the plan is none of the event.
        (
            "Für die Schäden nach der Flut im [Mai 2016|date=2016-05] erhält die Stadt [Celle|territory] vom "
            "[Land|organisation] [drei Millionen Euro|money].",
            None,
        ),
        (
            "Für die Schäden durch das Hochwasser vom [14. Juli 2021|date=2021-07-14] erhielt die Stadt [Celle|territory] am "
            "[4. Juni 2024|date=2024-06-04] vom [Land|organisation] [drei Millionen Euro|money].",
            "4. Juni 2024",
        ),
        (
            "Das [Land|organisation] fördert [heute|date=2024-06-05] den Aufbau nach [2030|date=2030] in [Celle|territory] mit "
            "[drei Millionen Euro|money].",
            "heute",
        ),
        (
            "Nach dem Besuch am [4. Juni 2024|date=2024-06-04] übergab Ministerin [Anna Lang|official] der Stadt "
            "[Celle|territory] [drei Millionen Euro|money].",
            "4. Juni 2024",
        ),
    ],
)
def test_the_time_of_a_noun_is_not_that_of_the_verb(marked, time):
    (funding,) = [e for e in run(marked) if e.get("amounts")]
    assert funding.get("time") == time


@pytest.mark.parametrize(
    ("marked", "time"),
    [
        (
            "Auch [2024|date=2024] empfängt Ministerin [Anna Lang|official] den Botschafter [Karl Adler|official]. "
            "Der Empfang beginnt am [kommenden Dienstag, 11. Juni 2024|date=2024-06-11].",
            "kommenden Dienstag, 11. Juni 2024",
        ),
        (
            "Auch [2024|date=2024] empfängt Ministerin [Anna Lang|official] den Botschafter [Karl Adler|official]. "
            "Der Verein wurde am [11. Juni 2019|date=2019-06-11] gegründet.",
            "2024",
        ),
    ],
)
def test_a_year_gives_way_to_the_day_told(marked, time):
    (visit,) = [e for e in run(marked) if e.get("hosts")]
    assert visit.get("time") == time


def test_a_named_day_at_the_head_is_the_time_but_not_behind_a_noun():
    who = "Ministerin [Anna Lang|official] den Botschafter [Karl Adler|official]"
    (visit,) = [e for e in run(f"Zum [Tag der Arbeit|date=2024-05-01] empfängt {who} im Palais") if e.get("hosts")]
    assert visit.get("time") == "Tag der Arbeit"
    (visit,) = [e for e in run(f"Beim Empfang zum [Tag der Arbeit|date=2024-05-01] begrüßt {who}.") if e.get("hosts")]
    assert visit.get("time") is None


def test_the_time_of_an_attribute_is_not_that_of_the_verb():
    marked = "Der im [März 2024|date=2024-03] begonnene zweite Abschnitt der Brücke in [Celle|territory] ist fertiggestellt."
    (opening,) = [e for e in run(marked) if e.get("facility")]
    assert opening.get("time") is None
