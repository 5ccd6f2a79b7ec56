from types import SimpleNamespace

from policy_ie.language.clauses import parse
from policy_ie.language.phrases import Phrase
from policy_ie.language.verbs import common_verb_forms
from policy_ie.language.words import ACC


def phrases(text: str, *persons: str) -> list[Phrase]:
    names = [(text.index(name), text.index(name) + len(name), SimpleNamespace(kind="person")) for name in persons]
    return parse(text, 0, len(text), names, common_verb_forms()).phrases


def test_a_verb_behind_the_name_of_a_person_is_no_attribute() -> None:
    text = "Anna Berger besuchte Vereine."
    assert [text[p.start : p.end] for p in phrases(text, "Anna Berger")] == ["Anna Berger", "Vereine"]


def test_a_participle_behind_the_name_of_who_did_it_is_one() -> None:
    text = "Von Anna Berger besuchte Vereine bauen."
    assert text[phrases(text, "Anna Berger")[1].start :].startswith("besuchte Vereine")
    text = "Von Anna Berger und Karl Vogt besuchte Vereine bauen."
    assert text[phrases(text, "Anna Berger", "Karl Vogt")[2].start :].startswith("besuchte Vereine")


def test_an_ordinal_leaves_the_article_before_the_participle_to_its_noun() -> None:
    found = {p.head.text: p for p in phrases("Den vom Land dotierten 1. Preis erhielt Anna Berger.", "Anna Berger")}
    assert (found["Preis"].det, found["Preis"].cases) == ("den", ACC)
