"""The `policy_document` component."""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from policy_ie.components.base import Component, PolicyLayer, component
from policy_ie.language.sentences import sentence_spans
from policy_ie.records import PublishedFrom
from policy_ie.text.layout import read_layout

__all__ = ["Document"]

Span = tuple[int, int]


@component("policy_document")
class Document(Component):
    """Reads the form of a release: sections, headline, date, language, and the sentences.

    What the caller has set on the layer stays: `published`, `title`, `sections`. A date that is only known from the
    metadata of a page gives way to one that stands in the text.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("de")
        >>> _ = nlp.add_pipe("policy_document")
        >>> doc = nlp("Kreis baut Radweg\\n\\nSoest, 3. Mai 2019. Der Kreis baut einen Radweg bis Werl, sagte die Landrätin.")
        >>> doc._.policy.published.isoformat(), doc._.policy.published_from.value
        ('2019-05-03', 'dateline')
    """

    def __init__(self, nlp: Language | None, name: str = "policy_document", *, base_sentences: bool = False) -> None:
        """Keeps the settings.

        Args:
            base_sentences: take the sentences of the base pipeline instead of ours, which know this register better.
        """
        self.base_sentences = base_sentences

    def annotate(self, layer: PolicyLayer) -> None:
        """Fills sections, title, published, language, publisher hint, sentences and warnings of the layer."""
        hints = layer.hints
        layout = read_layout(
            layer.text,
            title_hint=hints.title_hint if hints else None,
            metadata_date=hints.metadata_date if hints else None,
        )
        if layer.sections is None:
            layer.sections = layout.sections
        if layer.title is None:
            layer.title = layout.title
        if layer.published is None or (layer.published_from is PublishedFrom.METADATA and layout.published is not None):
            layer.published, layer.published_from = layout.published, layout.published_from
        elif layer.published_from is None:
            layer.published_from = PublishedFrom.ARGUMENT
        layer.language = layout.language
        layer.publisher_hint = layout.publisher
        layer.warnings.extend(layout.warnings)
        if not layer.sentences:
            # `has_annotation` looks at every token; the second one tells as well.
            if self.base_sentences and len(layer.doc) > 1 and layer.doc[1].is_sent_start is not None:
                layer.sentences = _sentences_of(layer.doc, layer.text, layout.paragraphs)
            else:
                layer.sentences = sentence_spans(layer.text, layout.paragraphs)


def _sentences_of(doc: Doc, text: str, paragraphs: list[Span]) -> list[Span]:
    """The sentences of the base pipeline, cut where a paragraph ends: trained splitters run over headlines."""
    found: list[Span] = []
    starts = [start for start, _ in paragraphs]
    for sentence in doc.sents:
        start, end = sentence.start_char, sentence.end_char
        index = max(bisect_right(starts, start) - 1, 0)
        while index < len(paragraphs) and paragraphs[index][0] < end:
            begin, finish = max(start, paragraphs[index][0]), min(end, paragraphs[index][1])
            while begin < finish and text[finish - 1].isspace():
                finish -= 1
            if begin < finish:
                found.append((begin, finish))
            index += 1
    return found
