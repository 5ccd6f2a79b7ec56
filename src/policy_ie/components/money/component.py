"""The `policy_money` component."""

from __future__ import annotations

from spacy.language import Language

from policy_ie.components.base import Component, PolicyLayer, component


@component("policy_money")
class Money(Component):
    """Placeholder until the component lands."""

    def __init__(self, nlp: Language | None, name: str = "policy_money") -> None:
        """Takes no settings yet."""

    def annotate(self, layer: PolicyLayer) -> None:
        """Does nothing yet."""
