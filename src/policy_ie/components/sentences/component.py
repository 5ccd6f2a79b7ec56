"""The `policy_sentences` component."""

from __future__ import annotations

from typing import Any, cast

import numpy
from spacy.language import Language
from spacy.tokens import Doc

from policy_ie.components.base import Component, PolicyLayer, component
from policy_ie.language.sentences import sentence_spans

__all__ = ["Sentences"]


@component("policy_sentences")
class Sentences(Component):
    """Sentence boundaries by rules, for pipelines without a parser or a trained splitter.

    Sets `token.is_sent_start` of every token, and with it `doc.sents`. Headlines, list items and paragraphs are
    sentences of their own.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("de")
        >>> _ = nlp.add_pipe("policy_sentences")
        >>> [s.text for s in nlp("Die Stadt erhält rd. 3 Mio. Euro. Am 3. Mai beginnt der Bau.").sents]
        ['Die Stadt erhält rd. 3 Mio. Euro.', 'Am 3. Mai beginnt der Bau.']
    """

    def __init__(self, nlp: Language | None, name: str = "policy_sentences", *, overwrite: bool = True) -> None:
        """Settings of the component.

        Args:
            nlp: the pipeline, unused.
            name: name in the pipeline.
            overwrite: replace boundaries that an earlier component has set.
        """
        self._overwrite = overwrite

    def annotate(self, layer: PolicyLayer) -> None:
        """Sets the boundaries of the doc and the sentences of the layer."""
        doc = layer.doc
        if not self._overwrite and doc.has_annotation("SENT_START"):
            return
        layer.sentences = sentence_spans(layer.text)
        set_sentence_starts(doc, [start for start, _ in layer.sentences])


def set_sentence_starts(doc: Doc, starts: list[int]) -> None:
    """Begins a sentence at the token of each offset; an offset inside a token begins none."""
    if not len(doc):
        return
    offsets = doc.to_array(["IDX"]).astype("int64").reshape(-1)
    flags = numpy.full(len(doc), -1, dtype="int64")
    wanted = numpy.asarray(starts, dtype="int64")
    index = numpy.minimum(numpy.searchsorted(offsets, wanted), len(doc) - 1)
    flags[index[offsets[index] == wanted]] = 1
    flags[0] = 1
    doc.from_array(["SENT_START"], cast(Any, flags.astype("uint64").reshape(-1, 1)))
