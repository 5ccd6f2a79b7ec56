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


def test_what_stands_behind_many_towns_is_their_name_only_behind_an_article() -> None:
    assert [p.prep for p in phrases("Es gilt in den Kreisen Fulda und Gera.")][-2:] == ["in", "in"]
    assert [p.prep for p in phrases("Er gab an Vertreter von Vereinen und Gemeinden Bescheide aus.")][-1] == ""


def test_a_number_is_no_genitive() -> None:
    text = "Sie verleiht im Namen des Landes vier Bürgern den Orden."
    assert [p.of is not None for p in phrases(text) if p.head.text in ("Landes", "Bürgern")] == [True, False]
