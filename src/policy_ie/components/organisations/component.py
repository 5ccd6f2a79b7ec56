"""The `policy_organisations` component."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.language import Language

from policy_ie.components.base import Component, Mention, PolicyLayer, component
from policy_ie.components.organisations.reading import Reading
from policy_ie.knowledge.base import knowledge_base
from policy_ie.records import OrganisationValue, OrgType

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Organisations"]

# A word that an organisation has in its name, by what it then is: without one, a name that only a model has found is as often a
# place or an event.
_WORDS = {
    OrgType.COMPANY: r"\w{3,}gesellschaft|werke?|verlag|bank|versicherung|betriebe?|genossenschaft|redaktion"
    r"|messe|reederei|(?:unternehmens|verlags|zeitungs|firmen)gruppe",
    OrgType.ASSOCIATION: r"verein|verband|bund|bündnis|kreis|gesellschaft|kammer|union|liga|club|klub|forum|netzwerk|netz|hilfe"
    r"|mission|vereinigung|föderation|allianz|jugend|gewerkschaft|arbeit|gruppe|association",
    OrgType.RESEARCH: r"institut|institute|universität|hochschule",
    OrgType.AUTHORITY: r"amt|behörde|polizei",
    OrgType.OTHER: r"stiftung|zentrum|agentur|rat|kirche|gemeinde|dienste?|zentrale|kasse|akademie|kollegium|börse|kommission"
    r"|konferenz|ausschuss|beirat|büro|foundation|council",
}
_ORG_WORD = re.compile(
    rf"(?i)(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _WORDS.items())})(?:e?s|en|n)?(?:$|\s|-)|\s&\s"
)
_LOOSE_START = re.compile(
    r"(?:Jugend|Arbeit|Soziale[nr]?|Kirche|Bund|Land|Landkreis|Kreis|Stadt|Gemeinde|Klinikum|Krankenhaus)\s|(?:Pro|Internationale[nr]?|Ohne|Mit|Für|Je|Neue[nr]?|Alle|Verein|Institut|Stiftung)\s\S+$"
)
# Clubs by the letters that they begin with.
_CLUB = re.compile(r"(?:TC|SV|FC|TSV|TuS|SC|SG|VfB|VfL|SpVgg|DJK|ASV|TV|RC|MTV|FSV|ESV|BSC|HC)[ ][A-ZÄÖÜ][\w-]")
# Before a name that a model has cut, and at the end of what is many bodies.
_NOUN_BEFORE = re.compile(r"[a-zäöüß][ \xa0][A-ZÄÖÜ][\w-]{3,}[ \xa0]$")
_PLURAL = re.compile(
    r"(?:ungen|schaften|vereine|verbände|zentren|akademien|institute|behörden|gruppen|kammern|gemeinden|räte|ämter)$"
)
# What a model calls an organisation although it is none of those that count here.
_NOT_ENTITY = re.compile(
    r"(?:^[a-zäöü]|\n|\d{3}|www|@|^.{0,2}$|^[A-ZÄÖÜ]+\s|schule|Gymnasium|Kita|Museum|Theater|Chor|Jury|Presse|Freiwillige"
    r"|Aktionsgruppe|[ ]Behörde$|des Bundes|Kommunen|Ämter|Länder)"
)


@component("policy_organisations")
class Organisations(Component):
    """Finds organisations and links public bodies to the knowledge base as of the date of the release.

    Ministries are resolved by Land (named beside them, or that of the document) and date; other bodies are found by
    the knowledge base, by head nouns and legal forms, and, with `use_entities`, by the base pipeline's ORG entities.

    Args:
        use_entities: take over ORG entities of the base pipeline that nothing else has explained.

    Example:
        >>> import datetime as dt, spacy
        >>> from policy_ie.components.base import policy_layer
        >>> nlp = spacy.blank("de")
        >>> organisations = nlp.add_pipe("policy_organisations")
        >>> doc = nlp.make_doc("Das NRW-Familienministerium fördert die Stadtwerke Bonn.")
        >>> policy_layer(doc).published = dt.date(2018, 3, 1)
        >>> [(m.value.name, m.value.abbreviation) for m in policy_layer(organisations(doc)).mentions][0]
        ('Ministerium für Kinder, Familie, Flüchtlinge und Integration des Landes Nordrhein-Westfalen', 'MKFFI')
    """

    def __init__(
        self,
        nlp: Language | None,
        name: str = "policy_organisations",
        *,
        knowledge: Iterable[str] = (),
        use_entities: bool = True,
    ) -> None:
        """Keeps the settings; `knowledge` are paths of further tables of names."""
        self.knowledge = tuple(knowledge)
        self.use_entities = use_entities

    def annotate(self, layer: PolicyLayer) -> None:
        """Adds organisation mentions."""
        found = Reading(layer, knowledge_base(self.knowledge)).mentions()
        if self.use_entities and layer.doc.ents:
            found += _from_entities(layer.doc, [*layer.mentions, *found])
        layer.add(found)


def _from_entities(doc: Doc, known: list[Mention]) -> list[Mention]:
    """Names of several words that the base pipeline calls organisations and nobody else has found."""
    found = []
    for entity in doc.ents:
        if entity.label_ != "ORG":
            continue
        start, end, text = entity.start_char, entity.end_char, entity.text
        if " " not in text or "," in text or "\n" in text:
            # One word alone, capitals too, is as often a plan, a show or a law.
            continue
        word, club = _ORG_WORD.search(text), _CLUB.match(text)
        if club is None and (word is None or _NOT_ENTITY.search(text) or _LOOSE_START.match(text)):
            continue
        if _NOUN_BEFORE.search(doc.text, max(0, start - 30), start):
            continue  # the name begins before: "Arbeitskreis Kirche und Umwelt"
        seats = [m for m in known if m.overlaps(start, end)]
        if any(m.kind != "territory" or m.start < start or m.end > end or (m.start, m.end) == (start, end) for m in seats):
            continue  # a place inside a name is where the body sits: "Thüringer Landesmedienanstalt"
        if seats and seats[0].start == start and _PLURAL.search(text):
            continue  # "Hamburger Stiftungen": many
        seat = (seats[0].start, seats[0].end) if len(seats) == 1 else None
        kind = OrgType.ASSOCIATION if word is None else OrgType(word.lastgroup or OrgType.COMPANY)
        value = OrganisationValue(name=" ".join(text.split()), org_type=kind, seat=seat)
        found.append(Mention(start, end, "organisation", value, confidence=0.5, rule="entity"))
    return found
