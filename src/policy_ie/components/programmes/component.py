"""The `policy_programmes` component."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language

from policy_ie.components.base import Component, PolicyLayer, component
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

    def __init__(self, nlp: Language | None, name: str = "policy_programmes", *, knowledge: Iterable[str] = ()) -> None:
        """Keeps the settings; `knowledge` are paths of further tables of names."""
        self.knowledge = tuple(knowledge)

    def annotate(self, layer: PolicyLayer) -> None:
        """Adds programme mentions; takes back organisations that are programmes by their quotation marks."""
        found = Reading(layer, knowledge_base(self.knowledge)).mentions()
        if not found:
            return
        named = {place: p for p in found for place in range(p.start, p.end)}
        referred = {id(m.same_as) for m in layer.mentions}
        inside = [
            m
            for m in layer.mentions
            if m.kind == "organisation" and m.kb_id is None and id(m) not in referred and m is not layer.publisher
            and (p := named.get(m.start) or named.get(m.end - 1)) is not None
            # What a base pipeline calls an organisation gives way to any programme, our own finds to names in quotes.
            and (m.rule == "entity" or (p.rule != "kb" and m.end <= p.end))
        ]  # fmt: skip
        layer.discard(inside)
        layer.add(found)
