"""Whose minister somebody is: evidence for the Land of a ministry that the text names without one."""

from __future__ import annotations

import datetime as dt
import re

from policy_ie.components.organisations.lands import FEDERAL
from policy_ie.knowledge.base import KnowledgeBase
from policy_ie.knowledge.entries import PersonEntry
from policy_ie.knowledge.portfolios import portfolios

__all__ = ["holder_bodies"]

_TITLED = re.compile(
    r"\b(?P<level>Bundes)?(?P<stem>\w*?)(?:[Mm]inister|[Ss]enator|[Ss]taatssekretär)(?:in)?\s(?:(?:Prof|Dr)\.\s?(?:h\.\s?c\.\s?)?)*"
    r"(?P<name>[A-ZÄÖÜ][\w.-]*+(?:\s(?:(?:von|van|der|de|zu|vom)\s)*[A-ZÄÖÜ][\w-]++){1,2})"
)


def holder_bodies(text: str, kb: KnowledgeBase, date: dt.date | None) -> dict[str | None, str]:
    """Bund or Land of the ministers with a full name, by the subject of their title; under None where all are of one.

    A title with "Bundes" says it; else the known holders of offices at that date do.

    Example:
        >>> from policy_ie.knowledge import knowledge_base
        >>> holder_bodies("Verkehrsminister Volker Wissing kam.", knowledge_base(), dt.date(2023, 3, 1))
        {'Verkehr': 'country:DE', None: 'country:DE'}
    """
    bodies: dict[str | None, str] = {}
    for match in _TITLED.finditer(text):
        words = match["name"].split()
        names = (" ".join(words[:count]) for count in range(len(words), 1, -1))
        people = (entry for name in names for entry in kb.by_name(name) if isinstance(entry, PersonEntry))
        term = next((found for person in people if (found := person.term_at(date)) is not None), None)
        body = FEDERAL if match["level"] else term.body if term is not None else None
        subject = portfolios().stems.get(match["stem"].capitalize())
        if body is not None and subject is not None:
            bodies.setdefault(subject, body)
        if body is not None:
            bodies[None] = body if bodies.get(None, body) == body else ""
    if not bodies.get(None):
        bodies.pop(None, None)
    return bodies
