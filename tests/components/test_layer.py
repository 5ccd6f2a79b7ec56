"""The policy layer: mirrored spans, serialisation, several processes."""

from __future__ import annotations

from decimal import Decimal

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from policy_ie.components.base import EventDraft, Mention, PolicyLayer, Quote, policy_layer
from policy_ie.records import MoneyValue, TerritoryValue

TEXT = "Die NRW-Initiative kostet 5 Euro."


@pytest.fixture
def doc() -> Doc:
    doc = spacy.blank("de")(TEXT)
    layer = policy_layer(doc)
    land = Mention(4, 7, "territory", TerritoryValue(name="Nordrhein-Westfalen", level="state", ags="05"), kb_id="ags:05")
    again = Mention(4, 18, "territory", land.value, nominal=True, same_as=land)
    money = Mention(26, 32, "money", MoneyValue(amount=Decimal(5)))
    layer.add([money, again, land])
    layer.sentences = [(0, len(TEXT))]
    layer.quotes = [Quote(0, 3, True, land, (19, 25), (0, len(TEXT)), [(4, 7)])]
    whole = EventDraft("funding", (19, 25), (0, len(TEXT)), roles={"funders": [land, (0, 3)], "amounts": [money]})
    part = EventDraft("budget", (19, 25), (0, 5), values={"change": {"factor": 3.0, "amount": money}}, part_of=whole)
    layer.events = [whole, part]
    return doc


def test_spans_mirror_mentions_in_whole_tokens(doc: Doc) -> None:
    spans = {(s.text, s.label_): s for s in doc.spans["policy"]}
    assert set(spans) == {("5 Euro", "money"), ("NRW-Initiative", "territory")}
    assert spans["5 Euro", "money"]._.value.amount == 5
    assert spans["NRW-Initiative", "territory"]._.value.ags == "05"


def test_discard_takes_the_span_back(doc: Doc) -> None:
    layer = policy_layer(doc)
    layer.discard([m for m in layer.mentions if m.kind == "money"])
    assert [s.label_ for s in doc.spans["policy"]] == ["territory", "territory"]


def test_bytes_keep_the_layer(doc: Doc) -> None:
    copy = next(DocBin(store_user_data=True, docs=[doc]).get_docs(spacy.blank("de").vocab))
    layer: PolicyLayer = copy._.policy
    assert layer is not policy_layer(doc)
    assert [(m.start, m.end, m.value, m.kb_id) for m in layer.mentions] == [
        (m.start, m.end, m.value, m.kb_id) for m in policy_layer(doc).mentions
    ]
    money, again, land = layer.mentions
    assert again.same_as is land
    assert layer.quotes[0].speaker is land
    whole, part = layer.events
    assert whole.roles == {"funders": [land, (0, 3)], "amounts": [money]}
    assert part.part_of is whole
    assert part.values["change"] == {"factor": 3.0, "amount": money}
    assert layer.doc is copy


def test_sentence_and_section_look_up() -> None:
    layer = policy_layer(spacy.blank("de")("Eins. Zwei. Drei."))
    layer.sentences = [(0, 5), (6, 11), (12, 17)]
    assert layer.sentence_at(7) == (6, 11)
    assert layer.sentence_at(0) == (0, 5)
    assert layer.section_at(3) == "body"
