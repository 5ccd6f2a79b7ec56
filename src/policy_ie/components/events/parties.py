"""Who signs: the bodies that are named, and those for which the persons act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.records import OfficeValue, PersonValue, Role, TerritoryValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["body_beside", "named_body", "own_body", "parties"]

_BODIES = frozenset(("organisation", "territory"))
_OF_THE_LAND = frozenset((Role.MINISTER, Role.STATE_SECRETARY, Role.HEAD_OF_GOVERNMENT, Role.SENATOR))
_SIGNS = _OF_THE_LAND | {
    Role.PRESIDENT,
    Role.DISTRICT_ADMINISTRATOR,
    Role.EU_COMMISSIONER,
    Role.HEAD_OF_STATE,
    Role.MAYOR,
    Role.DEPUTY_MAYOR,
}
#: ", Vorstand der " behind a name, "Präsident der " before it.
_AFTER = re.compile(
    r"(?:\s*\([^)]{1,40}\))?,\s+(?:(?!(?:am|im|in|bei|zum|zur|heute|gestern)\b)[\w-]+\s+){1,4}?"
    r"(?:der|des|von|vom|beim|bei der)\s+\Z"
)
_OFFICE = re.compile(r"(?:[\w-]+\s+){1,2}(?:der|des|von|vom)\s+\Z")
#: "die Stadt | Celle": a town that acts, no place.
_TOWN = re.compile(r"\b(?:Stadt|Gemeinde|Hansestadt|Landeshauptstadt|Marktgemeinde)\s+\Z")
_NAME = re.compile(r",?\s+(?:(?:Prof(?:essor(?:in)?)?|Dr|Dipl|Ing|med|h|c)[. -]*\s*)*\Z")


def parties(engine: Engine, draft: EventDraft) -> None:
    """The bodies that sign: named beside, or behind the persons; who acts for a body that is named is no party."""
    found = draft.roles.get("parties", [])
    bodies: list[Filler] = [f for f in found if not _is_person(f)]
    if len(bodies) > 1:
        draft.roles["parties"] = bodies
        return
    bodies = []
    for party in found:
        body = _body(engine, party, draft) if isinstance(party, Mention) and _is_person(party) else None
        filler = party if body is None else body
        if not any(f is filler or _one(f, filler) for f in bodies):
            bodies.append(filler)
    if bodies:
        draft.roles["parties"] = bodies


def _is_person(filler: Filler) -> bool:
    return isinstance(filler, Mention) and filler.kind in ("official", "person")


def _one(a: Filler, b: Filler) -> bool:
    if not isinstance(a, Mention) or not isinstance(b, Mention):
        return False
    return a.head is b.head or (a.kind == b.kind and a.head.kb_id is not None and a.head.kb_id == b.head.kb_id)


def _body(engine: Engine, person: Mention, draft: EventDraft) -> Mention | None:
    """The body for which a person signs, where the release names it."""
    beside = body_beside(engine, person)
    if beside is not None:
        return beside
    value = person.head.value
    for office in value.offices if isinstance(value, PersonValue) else ():
        if office.role not in _SIGNS or office.former:
            continue
        links = [link for link in (office.territory, office.organisation) if link is not None]
        for link in reversed(links):
            named = engine.linked(link, before=draft.sentence[1])
            if named is not None and not (named.nominal and engine.text[named.start].islower()):
                return named
        if not links:
            own = own_body(engine, office)
            if own is not None:
                return own
    return None


def body_beside(engine: Engine, person: Mention) -> Mention | None:
    """The body in what is told of a person: "Karl Vogt, Vorstand der Sparkasse", "der Präsident der Kammer, Karl Vogt"."""
    text = engine.text
    start, end = max(0, person.start - 120), person.end + 120
    for mention in engine.mentions(start, end):
        if mention.kind not in _BODIES:
            continue
        if mention.start > person.end:
            return mention if _AFTER.fullmatch(text, person.end, mention.start) else None
        if (
            mention.kind == "organisation"
            and mention.end < person.start
            and _NAME.fullmatch(text, mention.end, person.start)
            and _OFFICE.search(text, max(0, mention.start - 60), mention.start)
        ):
            return mention
    return None


def own_body(engine: Engine, office: OfficeValue) -> Mention | None:
    """The district, town or Land of an office without any: that of the publisher, or the only one that is named."""
    if office.role == Role.DISTRICT_ADMINISTRATOR:
        level = "district"
    elif office.role in (Role.MAYOR, Role.DEPUTY_MAYOR):
        level = "municipality"
    elif office.role in _OF_THE_LAND and not office.title.startswith(("Bund", "Parlament")):
        level = "state"
    else:
        return None
    return named_body(engine, level)


def named_body(engine: Engine, level: str) -> Mention | None:
    """The publisher, if it is of a level ("district"), else the only district, town or Land that is named."""
    publisher = engine.layer.publisher
    if publisher is not None and _level(publisher) == level:
        return publisher
    named = [m for m in engine.mentions(0, len(engine.text)) if _level(m) == level and not engine.silent(m.start)]
    if level == "municipality":
        named = [m for m in named if m.nominal or _TOWN.search(engine.text, max(0, m.start - 20), m.start)]
    if len({m.head.kb_id or id(m.head) for m in named}) != 1:
        return None
    return next((m for m in named if not m.nominal), named[0])


def _level(mention: Mention) -> str:
    value = mention.head.value
    return str(value.level) if isinstance(value, TerritoryValue) else ""
