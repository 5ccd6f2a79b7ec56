from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_sentences")
    return nlp


def test_every_token_is_decided(nlp: Language) -> None:
    doc = nlp("Die Stadt erhält rd. 3 Mio. Euro. Am 3. Mai beginnt der Bau.\n\n Und dann?")
    assert [s.text.strip() for s in doc.sents] == [
        "Die Stadt erhält rd. 3 Mio. Euro.", "Am 3. Mai beginnt der Bau.", "Und dann?"
    ]  # fmt: skip
    assert {token.is_sent_start for token in doc} == {True, False}


def test_overwrite() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("policy_sentences", config={"overwrite": False})
    assert len(list(nlp("Wohin? fragte sie.").sents)) == 2
    nlp.remove_pipe("policy_sentences")
    nlp.add_pipe("policy_sentences")
    assert len(list(nlp("Wohin? fragte sie.").sents)) == 1


def test_empty(nlp: Language) -> None:
    assert list(nlp("").sents) == []
    assert [s.text for s in nlp("  ").sents] == ["  "]


@given(st.text(alphabet="aBä. !?\n„“\"'()1", max_size=80))
@settings(max_examples=100, deadline=None)
def test_tokens_belong_to_sentences_in_order(text: str) -> None:
    nlp = _cached()
    doc = nlp(text)
    assert sum(len(s) for s in doc.sents) == len(doc)


def _cached(pipeline: list[Language] = []) -> Language:  # noqa: B006
    if not pipeline:
        nlp = spacy.blank("de")
        nlp.add_pipe("policy_sentences")
        pipeline.append(nlp)
    return pipeline[0]
