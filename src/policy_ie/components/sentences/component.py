"""The `policy_sentences` component."""

from __future__ import annotations

from spacy.language import Language

from policy_ie.components.base import Component, PolicyLayer, component


@component("policy_sentences")
class Sentences(Component):
    """Placeholder until the component lands."""

    def __init__(self, nlp: Language | None, name: str = "policy_sentences") -> None:
        """Takes no settings yet."""

    def annotate(self, layer: PolicyLayer) -> None:
        """Does nothing yet."""
