"""`policy_references`: which short form means what, and what stays open."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import spacy
from spacy.language import Language

from policy_ie.components.base import Mention, PolicyLayer
from policy_ie.components.references.bodies import nouns
from policy_ie.pipeline import load


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load("rules", disable=["policy_quotes", "policy_events"])


@pytest.fixture(scope="module")
def persons() -> Language:
    pipeline = spacy.blank("de")
    pipeline.add_pipe("policy_officials")
    pipeline.add_pipe("policy_references")
    return pipeline


def layer(nlp: Language, text: str, published: dt.date | None = None) -> PolicyLayer:
    doc = nlp.make_doc(text)
    doc._.policy.published = published
    for _, component in nlp.pipeline:
        doc = component(doc)
    found: PolicyLayer = doc._.policy
    return found


def surfaces(nlp: Language, text: str, rule: str) -> list[tuple[str, str]]:
    """Words that the rule found, and the words that they mean."""
    found: list[Mention] = layer(nlp, text).mentions
    return [(text[m.start : m.end], text[m.head.start : m.head.end]) for m in found if m.rule == rule]


@pytest.mark.parametrize("example", [example for noun in nouns() for example in noun.examples])
def test_nouns_mean_what_the_text_has_named(nlp: Language, example: str) -> None:
    text, marks = "", {}
    for part in re.split(r"([\[\]{}])", example):
        if part in ("[", "]", "{", "}"):
            marks[part] = len(text)
        else:
            text += part
    (mention,) = [m for m in layer(nlp, text).mentions if (m.start, m.end) == (marks["{"], marks["}"])]
    assert mention.nominal
    if "[" in marks:
        assert mention.head.overlaps(marks["["], marks["]"])
    else:
        assert mention.head is mention


@pytest.mark.parametrize(("text", "forms"), [(text, noun.forms) for noun in nouns() for text in noun.counter])
def test_nouns_that_are_no_reference(nlp: Language, text: str, forms: tuple[str, ...]) -> None:
    assert not [m for m in layer(nlp, text).mentions if m.nominal and text[m.start : m.end] in forms]


def test_surname_alone_means_the_person_introduced(persons: Language) -> None:
    text = "Muster: Geld für Schulen\n\nMinisterin Ute Muster kam. „Gut“, sagte Muster. Musters Besuch war lang."
    assert surfaces(persons, text, "surname") == [("Muster", "Ute Muster"), ("Muster", "Ute Muster"), ("Musters", "Ute Muster")]


@pytest.mark.parametrize(
    "text",
    [
        "Ministerin Ute Schäfer kam. Die Firma Schäfer baut, die Schäfer-Gruppe auch, der Schäfer hütet.",
        "Ministerin Ute Schäfer und Landrat Karl Schäfer kamen. „Gut“, sagte Schäfer.",
        "Die Schule ist gut. „Gut“, sagte Schäfer.",
    ],
)
def test_surnames_that_stay_open(persons: Language, text: str) -> None:
    assert surfaces(persons, text, "surname") == []


def test_surname_that_is_a_word_needs_a_verb_of_saying(persons: Language) -> None:
    text = "Landrat Hans Kraft kam. „Gut“, sagte Kraft. Neue Kraft für die Wirtschaft. Kraft betonte dies."
    assert [m.start for m in layer(persons, text).mentions if m.rule == "surname"] == [
        text.index("Kraft."),
        text.index("Kraft betonte"),
    ]


def test_many_persons_are_found_like_few(persons: Language) -> None:
    names = [f"Mu{a}ster{b}" for a in "abcdef" for b in "nmk"]
    text = " ".join(f"Frau Eva {name} kam. So {name}, so {name}s Freundin." for name in names)
    found = surfaces(persons, text, "surname")
    assert found == [(short, f"Eva {name}") for name in names for short in (name, f"{name}s")]


def test_abbreviation_introduced_in_brackets(nlp: Language) -> None:
    text = "Der Landesverband Musterland (LVM) hilft. Der LVM zahlt, die LVM-Stelle prüft, HLVM nicht."
    found = surfaces(nlp, text, "abbreviation")
    assert all(short == "LVM" for short, _ in found)


@pytest.mark.parametrize(
    ("text", "kb_id"),
    [
        ("Die hessische Landesregierung hilft. Land und Kommunen zahlen gemeinsam.", "ags:06"),
        ("In Leverkusen, Düren und Velbert wird gebaut. Das Land gibt Geld.", "ags:05"),
        ("In Leverkusen und Kassel wird gebaut. Das Land gibt Geld.", None),
        ("In Leverkusen kam der Bescheid aus Berlin an. Das Land gibt Geld.", None),
        ("Berlin hilft Leverkusen. Das Land gibt Geld.", "ags:05"),
        ("Das Land gibt Geld.", None),
    ],
)
def test_land_is_the_one_of_the_release(nlp: Language, text: str, kb_id: str | None) -> None:
    found = [m for m in layer(nlp, text).mentions if m.nominal and text[m.start : m.end] == "Land"]
    assert [m.head.kb_id for m in found] == ([] if kb_id is None else [kb_id])


def test_bund_is_one_entity(nlp: Language) -> None:
    text = "Bund und Länder zahlen. Das Geld kommt vom Bund. Der Bund der Vertriebenen tagt."
    found = [m for m in layer(nlp, text).mentions if m.kb_id == "org:de-bund"]
    assert [m.start for m in found] == [0, 43]
    assert len({id(m.head) for m in found}) == 1


def test_city_is_left_open_between_two(nlp: Language) -> None:
    text = "Leverkusen und Velbert bauen. Die Stadt gibt Geld."
    assert not [m for m in layer(nlp, text).mentions if m.nominal and m.kind == "territory"]


def test_a_relative_pronoun_stands_before_a_surname(persons: Language) -> None:
    text = "Ministerin Ute Schäfer kam. Die Schau, die Schäfer eröffnete, läuft."
    assert surfaces(persons, text, "surname") == [("Schäfer", "Ute Schäfer")]
