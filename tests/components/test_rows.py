"""Several grants in one sentence, in lists and in tables."""

import spacy

from policy_ie.components.base import policy_layer
from policy_ie.components.events.examples import describe, parse_example


def fundings(marked):
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_events")
    text, mentions = parse_example(marked)
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.add(mentions)
    nlp.get_pipe("policy_events")(doc)
    return [describe(d, layer) | {"part": d.part_of is not None} for d in layer.events if d.type == "funding"]


def test_rows_of_a_list_are_parts():
    text = (
        "Das [Land|territory=state~] fördert Radwege mit [6 Millionen Euro|money].\n\n"
        "Stadt [Fulda|territory]: [1 Million Euro|money]\nStadt [Hanau|territory]: [2 Millionen Euro|money]\n"
        "Stadt [Gera|territory]: [3 Millionen Euro|money]\n"
    )
    found = fundings(text)
    assert [f["part"] for f in found] == [False, True, True, True]
    assert found[0]["recipients"] == ["Fulda", "Hanau", "Gera"]


def test_list_under_another_total_is_no_part():
    text = (
        "Das [Land|territory=state~] fördert Radwege mit [60 Millionen Euro|money].\n\n"
        "Im Osten sind es [3 Millionen Euro|money].\n\n"
        "Stadt [Fulda|territory]: [1 Million Euro|money]\nStadt [Hanau|territory]: [2 Millionen Euro|money]\n"
    )
    found = fundings(text)
    assert [(f["part"], f["recipients"]) for f in found[1:]] == [(False, ["Fulda"]), (False, ["Hanau"])]


def test_sums_in_brackets_are_parts():
    text = (
        "Geld erhalten die Städte [Fulda|territory] ([1 Million Euro|money]) und [Hanau|territory] ([2 Millionen Euro|money])."
    )
    assert [f["part"] for f in fundings(text)] == [False, True, True]


def test_rows_of_places_no_table_lists():
    found = fundings(
        "Das Land [Hessen|territory=state] fördert Orgeln mit [450.000 Euro|money].\n\n"
        "Neuenheersee: [250.000 Euro|money] für den Umbau der Orgel\n- Ortsgemeinde am Bach: [200.000 Euro|money]\n",
    )
    rows = [(e["recipients"], e["amounts"], e.get("purpose")) for e in found[1:]]
    assert rows == [
        (["Neuenheersee"], ["250.000 Euro"], ["Umbau der Orgel"]),
        (["Ortsgemeinde am Bach"], ["200.000 Euro"], None),
    ]


def test_rows_below_the_name_of_a_place():
    found = fundings(
        "Das Land [Hessen|territory=state] fördert Schulen mit [450.000 Euro|money].\n\n"
        "Gemeinde [Celle|territory]\n[250.000 Euro|money]: Neubau der Schule\n"
        "Stadt [Peine|territory]\n[200.000 Euro|money]: Umbau der Halle\n",
    )
    assert [(e["recipients"], e["purpose"]) for e in found[1:]] == [
        (["Celle"], ["Neubau der Schule"]),
        (["Peine"], ["Umbau der Halle"]),
    ]


def test_labels_that_name_nobody():
    found = fundings(
        "Das Land [Hessen|territory=state] fördert Orgeln mit [450.000 Euro|money].\n\n"
        "Gesamtkosten: [250.000 Euro|money]\nEigenanteil: [200.000 Euro|money]\n",
    )
    assert len(found) == 1


def test_each_sum_of_a_sentence_has_its_own_purpose():
    text = (
        "Der Turnverein erhielt [30.000 Euro|money] für ein neues Dach"
        " und die Stadt [Celle|territory] [20.000 Euro|money] zur Sanierung der Brücke."
    )
    assert [(f["amounts"], f["purpose"]) for f in fundings(text)] == [
        (["30.000 Euro"], ["neues Dach"]),
        (["20.000 Euro"], ["Sanierung der Brücke"]),
    ]
    text = (
        "Der Neubau der Brücke wird mit [2 Millionen Euro|money], der Radweg mit [400.000 Euro|money]"
        " und die Sporthalle mit [900.000 Euro|money] gefördert."
    )
    assert [(f["amounts"], f["purpose"]) for f in fundings(text)] == [
        (["400.000 Euro"], ["Radweg"]),
        (["900.000 Euro"], ["Sporthalle"]),
        (["2 Millionen Euro"], ["Neubau der Brücke"]),
    ]
    text = "Für Schulen sind [6 Millionen Euro|money] vorgesehen, für Horte und Bäder noch [2 Millionen Euro|money]."
    assert [f["amounts"] for f in fundings(text)] == [["6 Millionen Euro"], ["2 Millionen Euro"]]
    text = "Davon entfallen [8 Millionen Euro|money] auf den Bau von Schulen und [3 Millionen Euro|money] auf den Brandschutz."
    assert [(f["amounts"], f["purpose"]) for f in fundings(text)] == [
        (["8 Millionen Euro"], ["Bau von Schulen"]),
        (["3 Millionen Euro"], ["Brandschutz"]),
    ]


def test_who_is_called_after_a_town_is_no_town():
    text = "Der Turnverein erhält [30.000 Euro|money] und die Tafel [Gera|territory] [20.000 Euro|money]."
    assert [f["recipients"] for f in fundings(text)] == [["Turnverein"], ["Tafel Gera"]]


def test_further_sums_with_a_purpose_of_their_own():
    text = (
        "Die größte Summe erhält der Schulverband Nord mit [2 Millionen Euro|money=2000000] für den Neubau der Schule"
        " sowie [500.000 Euro|money=500000] für die Sanierung der Turnhalle."
    )
    assert [(f["amounts"], f["purpose"]) for f in fundings(text)] == [
        (["2 Millionen Euro"], ["Neubau der Schule"]),
        (["500.000 Euro"], ["Sanierung der Turnhalle"]),
    ]
    text = (
        "Der Landkreis [Celle|territory=district] erhält [3 Millionen Euro|money=3000000]:"
        " [2 Millionen Euro|money=2000000] für den Neubau der Schule und [1 Million Euro|money=1000000] für den Radweg."
    )
    found = fundings(text)
    assert [(f["amounts"], f["recipients"], f["part"]) for f in found] == [
        (["3 Millionen Euro"], ["Celle"], False),
        (["2 Millionen Euro"], ["Celle"], True),
        (["1 Million Euro"], ["Celle"], True),
    ]
    # Who pays the rest gets nothing.
    text = (
        "Die Stadt [Celle|territory] erhält [2 Millionen Euro|money] für die Halle,"
        " sie selbst zahlt [300.000 Euro|money] für den Rest."
    )
    assert [f["amounts"] for f in fundings(text)] == [["2 Millionen Euro"]]
    # One of two sums side by side is no second grant.
    text = "Neun Vereine hatten, von möglichen [60.000 Euro|money], [52.400 Euro|money] beantragt."
    assert [f["amounts"] for f in fundings(text)] == [["52.400 Euro"]]


def test_taker_and_purpose_before_a_further_sum():
    text = "[Celle|territory] bekommt [180.000 Euro|money], [Peine|territory] für das Kinderhaus am Bach [70.000 Euro|money]."
    assert [(f["recipients"], f["amounts"]) for f in fundings(text)] == [
        (["Celle"], ["180.000 Euro"]),
        (["Peine"], ["70.000 Euro"]),
    ]


def test_a_sum_that_the_next_words_take_up():
    text = "[400.000 Euro|money] – so viel hat das [Land|territory=state~] der Stadt [Celle|territory] für die Halle bewilligt."
    assert [(f["funders"], f["recipients"], f["amounts"]) for f in fundings(text)] == [(["Land"], ["Celle"], ["400.000 Euro"])]
    text = "[2 Millionen Euro|money] – diese Summe hat die [Regierung von Schwaben|organisation] [Celle|territory] bewilligt."
    assert [(f["funders"], f["recipients"]) for f in fundings(text)] == [(["Regierung von Schwaben"], ["Celle"])]
    assert fundings("Der Landrat sprach von [2 Millionen Euro|money] – so viel kostet der Bau der Schule.") == []


def test_works_below_the_name_of_who_builds():
    found = fundings(
        "Das Land [Hessen|territory=state] fördert Schulen mit [900.000 Euro|money=900000].\n\n"
        "Gemeinde [Celle|territory]\n\n•Neubau der Schule am Markt: [250.000 Euro|money=250000]\n\n"
        "•Zuschuss zur Sanierung der Halle in [Uelzen|territory]: [350.000 Euro|money=350000]\n\n"
        "Stadt [Peine|territory]\n\n•Umbau der Halle: [300.000 Euro|money=300000]\n"
    )
    assert found[0]["recipients"] == ["Celle", "Peine"]
    assert [(f["recipients"], f["purpose"], f["part"]) for f in found[1:]] == [
        (["Celle"], ["Neubau der Schule am Markt"], True),
        (["Celle"], ["Sanierung der Halle in Uelzen"], True),
        (["Peine"], ["Umbau der Halle"], True),
    ]


def test_works_are_parts_only_of_a_grant_that_they_add_up_to():
    text = (
        "Der Kreis [Celle|territory=district] erhält [3 Millionen Euro|money=3000000] vom Land [Hessen|territory=state]:\n\n"
        "- Neubau der Schule: [2 Millionen Euro|money=2000000]\n- Ausbau der Radwege: [1 Million Euro|money=1000000]\n\n"
        "Bis 2030 plant der Kreis:\n\n"
        "- Neubau einer Brücke: [8 Millionen Euro|money=8000000]\n- Umbau des Amtes: [5 Millionen Euro|money=5000000]\n"
    )
    found = fundings(text)
    assert [(f["amounts"], f["recipients"], f.get("purpose")) for f in found[1:]] == [
        (["2 Millionen Euro"], ["Celle"], ["Neubau der Schule"]),
        (["1 Million Euro"], ["Celle"], ["Ausbau der Radwege"]),
    ]


def test_names_and_sums_side_by_side():
    found = fundings(
        "Der [Freistaat Bayern|territory=state] fördert Orte mit [9 Millionen Euro|money=9000000]. Zuweisungen erhalten:\n"
        "Der [Landkreis Celle|territory=district] [100.000 Euro|money=100000],"
        " die Städte [Peine|territory] [2 Mio. Euro|money=2000000] sowie [Gera|territory] [1,2 Mio. Euro|money=1200000].\n"
    )
    assert [(f["recipients"], f["amounts"]) for f in found if f["part"]] == [
        (["Landkreis Celle"], ["100.000 Euro"]),
        (["Peine"], ["2 Mio. Euro"]),
        (["Gera"], ["1,2 Mio. Euro"]),
    ]
    # The takers of a small part are not those of the whole.
    assert "Gera" not in found[0].get("recipients", [])
    assert (
        fundings("Schulden: [Celle|territory] [2 Mio. Euro|money], [Peine|territory] [1 Mio. Euro|money] und so weiter.") == []
    )


def test_rows_below_another_grant_are_its_parts():
    found = fundings(
        "In den Norden fließen [500.000 Euro|money=500000] vom Land [Hessen|territory=state]:\n"
        "Stadt [Celle|territory]: [300.000 Euro|money=300000]\nStadt [Ornbau|territory]: [200.000 Euro|money=200000]\n\n"
        "In den Süden fließen [900.000 Euro|money=900000] vom Land [Hessen|territory=state]:\n"
        "Stadt [Gera|territory]: [400.000 Euro|money=400000]\nStadt [Peine|territory]: [500.000 Euro|money=500000]\n"
    )
    assert [f.get("recipients") for f in found if not f["part"]] == [["Celle", "Ornbau"], ["Gera", "Peine"]]
    assert all("purpose" not in f for f in found if f["part"])  # "Ornbau" is no work
