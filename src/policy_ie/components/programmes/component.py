"""The `policy_programmes` component."""

from __future__ import annotations

from spacy.language import Language

from policy_ie.components.base import Component, Mention, PolicyLayer, component
from policy_ie.components.programmes.reading import Reading
from policy_ie.knowledge.base import knowledge_base

__all__ = ["Programmes"]


@component("policy_programmes")
class Programmes(Component):
    """Finds programmes, initiatives, projects, funds, prizes and plans by head nouns, quotation marks and known names.

    Variants of one name ("Kein Kind zurücklassen!", "KeKiz") become one entity.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("de")
        >>> programmes = nlp.add_pipe("policy_programmes")
        >>> doc = nlp("Das Land fördert das Projekt „Gute Nachbarn“ aus dem EFRE.")
        >>> [(m.value.name, m.value.programme_type.value) for m in doc._.policy.of_kind("programme")]
        [('Gute Nachbarn', 'project'), ('Europäischer Fonds für regionale Entwicklung', 'fund')]
    """

    def __init__(self, nlp: Language | None, name: str = "policy_programmes") -> None:
        """Takes no settings."""

    def annotate(self, layer: PolicyLayer) -> None:
        """Adds programme mentions; takes back organisations that are programmes by their quotation marks."""
        found = Reading(layer, knowledge_base()).mentions()
        if not found:
            return
        inside = [
            m
            for m in layer.mentions
            if m.kind == "organisation" and any(p.start <= m.start and m.end <= p.end and p.rule != "kb" for p in found)
        ]
        layer.discard([m for m in inside if m.kb_id is None and not _is_referred(m, layer.mentions)])
        layer.add(found)


def _is_referred(mention: Mention, others: list[Mention]) -> bool:
    return any(other.same_as is mention for other in others)
