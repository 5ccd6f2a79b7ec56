"""The `policy_quotes` component: who says what, in quoted and in reported words."""

from __future__ import annotations

from spacy.language import Language

from policy_ie.components.base import Component, PolicyLayer, component
from policy_ie.components.quotes.attribution import attribute


@component("policy_quotes")
class Quotes(Component):
    """Finds quotations and reported speech with their speakers.

    A statement needs a speaker and a verb, a colon or a formula of saying; quoted names and titles are none. A
    quotation that its verb interrupts, and the indirect speech that continues it, are one `Quote` with `more`.
    """

    def __init__(self, nlp: Language | None, name: str = "policy_quotes", *, reported: bool = True) -> None:
        """Keeps the settings.

        Args:
            nlp: the pipeline.
            name: name in the pipeline.
            reported: find reported speech too, not only quoted words.
        """
        self.reported = reported

    def annotate(self, layer: PolicyLayer) -> None:
        """Writes `layer.quotes` in order of the text."""
        layer.quotes = attribute(layer, reported=self.reported)
