"""What `policy_officials` takes from the PER entities of a base pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from policy_ie.components.base import policy_layer

NLP = spacy.blank("de")
OFFICIALS = spacy.blank("de").add_pipe("policy_officials")


def persons(text: str, *entities: str) -> list[str]:
    """Names that the component writes when a base pipeline calls `entities` persons, wherever they stand."""
    doc = NLP.make_doc(text)
    spans: list[Span] = []
    for entity in entities:
        at = text.find(entity)
        while at >= 0:
            span = doc.char_span(at, at + len(entity), label="PER")
            spans += [span] if span is not None else []
            at = text.find(entity, at + 1)
    doc.ents = filter_spans(spans)
    found: Doc = OFFICIALS(doc)
    return [text[m.start : m.end] for m in policy_layer(found).mentions if m.kind in ("person", "official") and not m.nominal]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Das hat gestern Xandrio Probixtu gesagt.", "Xandrio Probixtu"),
        ("Empfangen wurde Roman Probixtu aus Odessa.", "Roman Probixtu"),  # a given name that is a word too
        ("Gewählt wurden Felix Dort und andere.", "Felix Dort"),  # a surname that is a word too
        ("Danach fragte Rodney Thomas.", "Rodney Thomas"),  # two given names
        ("„Das hilft uns“, erklärte Probixtu.", "Probixtu"),
        ("„Das hilft uns“, so Probixtu.", "Probixtu"),
        ("Probixtu: Neue Mittel für die Schulen", "Probixtu"),
        ("Nach den Worten von Probixtu reicht das Geld.", "Probixtu"),
        ("Im Rat lobte Probixtu den Plan.", "Probixtu"),
    ],
)
def test_names_of_the_base_are_taken_where_something_speaks_for_them(text: str, entity: str) -> None:
    assert persons(text) != [entity]
    assert persons(text, entity) == [entity]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Die Fahrt ging bis Probixtu.", "Probixtu"),  # a word alone, and nobody speaks
        ("Die Kirche St. Peter wird saniert.", "St. Peter"),
        ("Die Anne Frank Schule wird saniert.", "Anne Frank"),
        ("Voller Stolz sprach sie vom Haus.", "Voller Stolz"),
        ("Ansprechpartner: PROBIXTU MUSTER", "PROBIXTU MUSTER"),
        ("„Das hilft uns“, erklärte Landesregierung.", "Landesregierung"),
    ],
)
def test_names_of_the_base_are_left_where_nothing_does(text: str, entity: str) -> None:
    assert persons(text, entity) == []


def test_a_given_name_alone_is_the_surname_of_a_person_named_in_full() -> None:
    text = "Murat Deniz kam 1980 nach Bonn. Zehn Jahre danach gründete Deniz einen Verein."
    assert persons(text) == ["Murat Deniz"]
    assert persons(text, "Murat Deniz", "Deniz") == ["Murat Deniz", "Deniz"]


def test_a_name_of_the_base_takes_the_title_beside_it() -> None:
    text = "Es sprach Xandrio Probixtu, Oberbürgermeister der Stadt Hamm."
    doc = NLP.make_doc(text)
    doc.ents = [Span(doc, 2, 4, label="PER")]
    kinds = [(text[m.start : m.end], m.kind) for m in policy_layer(OFFICIALS(doc)).mentions]
    assert ("Xandrio Probixtu", "official") in kinds


def test_names_with_a_title_or_an_honorific_are_not_touched() -> None:
    text = "Die Leitung hat Frau Wilms- Probixtu."
    assert persons(text, "Wilms- Probixtu") == persons(text) == ["Wilms"]
