"""The `policy_references` component."""

from __future__ import annotations

from spacy.language import Language

from policy_ie.components.base import Component, PolicyLayer, component
from policy_ie.components.references.bodies import body_mentions
from policy_ie.components.references.names import abbreviation_mentions, surname_mentions


@component("policy_references")
class References(Component):
    """Finds the short forms by which a text comes back to what it has named.

    Surnames and introduced abbreviations are named mentions; "das Land", "die Stadt", "das Ministerium", "das Programm" are
    nominal ones. All point with `same_as` to the mention they mean; what is unclear is left out.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("de")
        >>> for name in ("policy_officials", "policy_references"):
        ...     _ = nlp.add_pipe(name)
        >>> doc = nlp("Ministerin Ute Muster kam nach Bonn. „Das ist gut“, sagte Muster.")
        >>> [(span.text, span._.mention.nominal) for span in doc.spans["policy"]]
        [('Ute Muster', False), ('Muster', False)]
    """

    def __init__(self, nlp: Language | None, name: str = "policy_references") -> None:
        """Takes no settings."""

    def annotate(self, layer: PolicyLayer) -> None:
        """Writes the mentions that refer back."""
        layer.add(abbreviation_mentions(layer))
        layer.add(surname_mentions(layer))
        layer.add(body_mentions(layer))
