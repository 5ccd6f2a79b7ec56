"""What `policy_organisations` takes from the ORG entities of a base pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from policy_ie.components.base import policy_layer
from policy_ie.records import OrganisationValue, OrgType

NLP = spacy.blank("de")
PIPES = [spacy.blank("de").add_pipe(name) for name in ("policy_territories", "policy_organisations")]


def read(text: str, entity: str) -> Doc:
    doc = NLP.make_doc(text)
    at = text.index(entity)
    span = doc.char_span(at, at + len(entity), label="ORG")
    doc.ents = [span] if isinstance(span, Span) else []
    for pipe in PIPES:
        doc = pipe(doc)
    return doc


def organisations(text: str, entity: str) -> list[str]:
    """Names that the component writes when a base pipeline calls `entity` an organisation."""
    return [text[m.start : m.end] for m in policy_layer(read(text, entity)).of_kind("organisation") if m.rule == "entity"]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Den Preis erhielt die Frauenselbsthilfe Probixtu.", "Frauenselbsthilfe Probixtu"),
        ("Die Thüringer Probezuchtgenossenschaft Nordfeld stellte aus.", "Thüringer Probezuchtgenossenschaft Nordfeld"),
        ("Der TC Blau-Weiß Soest baut Plätze.", "TC Blau-Weiß Soest"),
        ("Das Neuköllner Probebüro Zentrum lud ein.", "Neuköllner Probebüro Zentrum"),
    ],
)
def test_names_with_a_word_of_bodies_or_clubs_are_taken(text: str, entity: str) -> None:
    assert organisations(text, entity) == [entity]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Das Thüringer Archivgesetz wurde beschlossen.", "Thüringer Archivgesetz"),
        ("Die Hamburger Probestiftungen warben um Geld.", "Hamburger Probestiftungen"),  # many
        ("Die Freiwilligen Feuerwehren freuten sich.", "Freiwilligen Feuerwehren"),
        ("Das Haus für Bildung, Jugend und Sport lud ein.", "Jugend und Sport"),  # cut
        ("Der Probekreis Kirche und Umwelt tagte.", "Kirche und Umwelt"),  # cut
        ("Die Freie Hansestadt Bremen gab Geld.", "Freie Hansestadt Bremen"),  # a territory
        ("Die BUGA wird eröffnet.", "BUGA"),  # one word
    ],
)
def test_other_names_are_left(text: str, entity: str) -> None:
    assert organisations(text, entity) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Probixtu Grafische Produktionsgesellschaft", OrgType.COMPANY),
        ("Gesellschaft Probixtu", OrgType.ASSOCIATION),
        ("Heimatgruppe Probixtu Nord", OrgType.ASSOCIATION),
        ("Zeitungsgruppe Probixtu", OrgType.COMPANY),
        ("Bündnis Probixtu Nord", OrgType.ASSOCIATION),
        ("Institut Arbeit und Probixtu", OrgType.RESEARCH),
        ("Probixtu & Muster", OrgType.COMPANY),
        ("TC Blau-Weiß Soest", OrgType.ASSOCIATION),
        ("Stiftung Probixtu Nord", OrgType.OTHER),
    ],
)
def test_the_word_of_bodies_tells_the_kind(name: str, kind: OrgType) -> None:
    found = policy_layer(read(f"Den Preis erhielt gestern die {name} in Hamm.", name)).of_kind("organisation")
    assert [m.value.org_type for m in found if isinstance(m.value, OrganisationValue)] == [kind]


def test_a_place_in_the_name_is_the_seat() -> None:
    (mention,) = policy_layer(read("Der TC Blau-Weiß Soest baut Plätze.", "TC Blau-Weiß Soest")).of_kind("organisation")
    assert isinstance(mention.value, OrganisationValue)
    assert mention.value.seat == (17, 22)
