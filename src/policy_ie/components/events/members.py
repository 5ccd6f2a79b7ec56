"""Who is named out of a number: "zehn Länder, darunter Bayern und Hamburg"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Mention

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["members"]

#: The list of each type that may name some of its members.
_LISTS = {"programme": "participants", "funding": "recipients", "meeting": "participants", "award": "laureates"}
_KINDS = frozenset(("territory", "organisation", "official", "person"))
_AMONG = re.compile(r",?\s+darunter\s+")
_NOUN = r"(?:(?:Städten?|Stadt|Gemeinden?|Kommunen|Landkreise?n?|Kreise?n?|Ländern?|Ortsteile)\s+)?"
_FIRST = re.compile(rf"(?:(?:auch|etwa|unter anderem|zum Beispiel|die|der|das|den|dem|aus|von)\s+)*{_NOUN}")
#: Between two members: a bracket, a comma or "und", an article.
_NEXT = re.compile(
    rf"(?:\s*\([^)]{{1,60}}\))?(?:,|,?\s+(?:und|sowie))\s+(?:(?:auch|die|der|das|den|dem|von|aus)\s+)*{_NOUN}(?:von\s+)?"
)
_WHERE = re.compile(r"\s+(?:im|in|am|bei)\s+")


def members(engine: Engine, draft: EventDraft) -> None:
    """Adds the members that the sentence names beside a number of participants, recipients, laureates."""
    role = _LISTS.get(draft.type, "")
    fillers = draft.roles.get(role, [])
    spans = [f for f in fillers if isinstance(f, tuple)]
    among = _AMONG.search(engine.text, spans[0][0], draft.sentence[1]) if spans and spans[0][0] < draft.sentence[1] else None
    if among is None:
        return
    known = {id(f.head) for f in fillers if isinstance(f, Mention)}
    end, gap = among.end(), _FIRST
    for mention in engine.mentions(end, draft.sentence[1]):
        if mention.kind == "territory" and gap is _NEXT and _WHERE.fullmatch(engine.text, end, mention.start):
            end = mention.end  # "Hirschberg im Saale-Orla-Kreis": where a member lies
            continue
        if mention.kind not in _KINDS or not gap.fullmatch(engine.text, end, mention.start):
            return
        end, gap = mention.end, _NEXT
        if id(mention.head) not in known:
            known.add(id(mention.head))
            draft.roles[role].append(mention)
