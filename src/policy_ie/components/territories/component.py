"""The `policy_territories` component: countries, Länder, districts, municipalities and their parts, with official keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from spacy.language import Language

from policy_ie.components.base import Component, Mention, PolicyLayer, component
from policy_ie.components.territories.cues import cues
from policy_ie.components.territories.resolve import resolve
from policy_ie.components.territories.sites import Site, sites_of
from policy_ie.components.territories.unlisted import unlisted
from policy_ie.knowledge import TerritoryEntry, knowledge_base
from policy_ie.knowledge.names import name_tables
from policy_ie.records import Level, SectionKind, TerritoryValue


@lru_cache(maxsize=4096)
def _value(entry: TerritoryEntry, gone: bool) -> TerritoryValue:
    """The value of an entry; what has been merged before the release is a locality of its successor."""
    return TerritoryValue(
        name=entry.name,
        level=Level.LOCALITY if gone and entry.level == "municipality" else Level(entry.level),
        ags=entry.successor_ags if gone and entry.successor_ags else entry.ags,
        successor_ags=None if gone else entry.successor_ags,
        state=entry.state,
        latitude=entry.latitude,
        longitude=entry.longitude,
    )


def _dated(layer: PolicyLayer) -> set[int]:
    """Offsets inside dates: "Mitte des Jahres" is not in Berlin. Intervals hold other words between their ends."""
    dates = (m for m in layer.of_kind("date") if getattr(m.value, "timex_type", None) != "INTERVAL")
    return set().union(*[range(m.start, m.end) for m in dates])


@component("policy_territories")
class Territories(Component):
    """Finds names of territories, decides which territory is meant, and writes mentions with official keys.

    Settings:
        knowledge: paths of tables of the user's own (format: `policy_ie.knowledge.tables`).
        adjectives: also write nominal mentions for adjectives ("Dortmunder", "hessisch").

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("de")
        >>> _ = nlp.add_pipe("policy_territories")
        >>> doc = nlp("Die Landkreise Harz und Börde und die Stadt Essen treffen sich in Halle (Saale).")
        >>> [(str(m.value.level), m.value.ags) for m in doc._.policy.mentions]
        [('district', '15085'), ('district', '15083'), ('municipality', '05113000'), ('municipality', '15002000')]
    """

    def __init__(
        self, nlp: Language | None, name: str = "policy_territories", *, knowledge: Iterable[str] = (), adjectives: bool = True
    ) -> None:
        """Keeps the settings; tables and automaton are fetched at the first document."""
        self.knowledge = tuple(knowledge)
        self.adjectives = adjectives

    def annotate(self, layer: PolicyLayer) -> None:
        """Writes the mentions."""
        kb = knowledge_base(self.knowledge)
        hits = layer.name_hits(kb)
        if not hits:
            return
        words, names = cues(), name_tables()
        dated = _dated(layer)
        sites = [s for s in sites_of(layer.text, hits, kb, words, names) if s.start not in dated]
        resolved = resolve(sites, hits, layer.text, kb, words, names, layer.published)
        resolved += unlisted(layer.text, resolved, sites, names, lambda name: bool(kb.by_name(name)))
        if not self.adjectives:
            resolved = [site for site in resolved if site.form != "adjective"]
        for section in layer.sections or ():
            if section.kind is SectionKind.DUPLICATE:
                resolved = [site for site in resolved if not section.start <= site.start < section.end]
        layer.add([self._mention(site, layer.published) for site in resolved])

    def _mention(self, site: Site, date: dt.date | None) -> Mention:
        entry = site.choice
        assert entry is not None
        gone = entry.valid_to is not None and (date is None or date > entry.valid_to)
        return Mention(
            site.start,
            site.end,
            "territory",
            _value(entry, gone),
            nominal=site.form == "adjective",
            kb_id=entry.kb_id or None,
            confidence=round(min(0.99, 0.6 + 0.08 * min(site.margin, 4.0) + 0.03 * max(0.0, min(site.place, 3.0))), 2),
            rule="type" if site.type else "name" if site.form != "adjective" else "adjective",
        )
