from __future__ import annotations

import datetime as dt
import pickle

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from policy_ie.components.base import PolicyLayer, policy_layer
from policy_ie.records import PublishedFrom, SectionKind
from policy_ie.text import SourceText

TEXT = """Kreis baut Radweg

Soest, 3. Mai 2019. Der Kreis Soest baut einen Radweg bis zur Stadt Werl. „Wir fangen am 2. Juni an“, sagte die Landrätin.

Der Radweg kostet rd. 2,3 Mio. Euro, von denen das Land die Hälfte zahlt.

Kontakt
Telefon: 02921 000"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_document")
    return nlp


def run(nlp: Language, text: str = TEXT, **known: object) -> PolicyLayer:
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    for name, value in known.items():
        setattr(layer, name, value)
    return policy_layer(nlp(doc))


def test_layer_is_filled(nlp: Language) -> None:
    layer = run(nlp)
    assert layer.published == dt.date(2019, 5, 3)
    assert layer.published_from is PublishedFrom.DATELINE
    assert layer.title
    assert layer.text[slice(*layer.title)] == "Kreis baut Radweg"
    assert layer.language == "de"
    assert layer.warnings == []
    assert [s.kind for s in layer.sections or ()] == [
        SectionKind.TITLE, SectionKind.LEAD, SectionKind.BODY, SectionKind.CONTACT
    ]  # fmt: skip
    assert [layer.text[a:b] for a, b in layer.sentences][:5] == [
        "Kreis baut Radweg",
        "Soest, 3. Mai 2019.",
        "Der Kreis Soest baut einen Radweg bis zur Stadt Werl.",
        "„Wir fangen am 2. Juni an“, sagte die Landrätin.",
        "Der Radweg kostet rd. 2,3 Mio. Euro, von denen das Land die Hälfte zahlt.",
    ]


def test_section_at(nlp: Language) -> None:
    layer = run(nlp)
    assert layer.section_at(0) is SectionKind.TITLE
    assert layer.section_at(layer.text.index("Telefon")) is SectionKind.CONTACT
    assert layer.section_at(layer.text.index("\n\n")) is SectionKind.BODY  # between sections
    assert layer.section_at(10_000) is SectionKind.BODY


def test_what_the_caller_sets_stays(nlp: Language) -> None:
    day = dt.date(2020, 1, 31)
    layer = run(nlp, published=day, published_from=PublishedFrom.ARGUMENT, title=(0, 5), sections=[])
    assert (layer.published, layer.published_from, layer.title, layer.sections) == (day, PublishedFrom.ARGUMENT, (0, 5), [])
    assert run(nlp, published=day).published_from is PublishedFrom.ARGUMENT


def test_metadata_yield_to_the_text(nlp: Language) -> None:
    day = dt.date(2020, 1, 31)
    hints = SourceText(TEXT, metadata_date=day, title_hint="Kreis baut Radweg")
    assert run(nlp, hints=hints).published == dt.date(2019, 5, 3)
    bare = "Der Kreis Soest baut einen Radweg bis zur Stadt Werl, wie die Landrätin sagte."
    layer = run(nlp, bare, hints=SourceText(bare, metadata_date=day))
    assert (layer.published, layer.published_from) == (day, PublishedFrom.METADATA)


def test_warnings_are_added_to_those_of_the_input(nlp: Language) -> None:
    layer = run(nlp, "The city council has approved the grant for the new school, and the mayor said it was good.")
    assert [w.code for w in layer.warnings] == ["language"]


def test_sentences_of_the_base_are_taken_and_cut_at_paragraphs() -> None:
    nlp = spacy.blank("de")

    @Language.component("test_two_sentences")
    def two_sentences(doc: Doc) -> Doc:
        for token in doc:
            token.is_sent_start = token.i in (0, len(doc) - 2)
        return doc

    nlp.add_pipe("test_two_sentences")
    nlp.add_pipe("policy_document", config={"base_sentences": True})
    text = "Kreis baut Radweg\n\nDer Bau beginnt am 3. Mai  Ende gut"
    layer = policy_layer(nlp(text))
    assert [text[a:b] for a, b in layer.sentences] == ["Kreis baut Radweg", "Der Bau beginnt am 3. Mai", "Ende gut"]


def test_sentences_component_before_it_is_not_run_twice() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_sentences")
    nlp.add_pipe("policy_document")
    doc = nlp(TEXT)
    assert [s.start_char for s in doc.sents] == [a for a, _ in policy_layer(doc).sentences]


def test_pickle_and_disk(nlp: Language, tmp_path) -> None:  # type: ignore[no-untyped-def]
    pickle.loads(pickle.dumps(nlp.get_pipe("policy_document")))
    nlp.to_disk(tmp_path)
    assert policy_layer(spacy.load(tmp_path)(TEXT)).published == dt.date(2019, 5, 3)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "x", "(" * 50])
def test_next_to_nothing(nlp: Language, text: str) -> None:
    layer = run(nlp, text)
    assert layer.language == "und"
    assert "no_release" in {w.code for w in layer.warnings}
