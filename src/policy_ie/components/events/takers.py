"""Who takes, where the clause of a funding names only persons: their towns, and the bodies for which they receive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.parties import body_beside

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["body_before", "on_behalf", "takers"]

#: How far a pronoun looks back, in characters.
_REACH = 350
#: In or before the name of a body that "sie" or "er" means; towns without these are "es".
_GENDER = {
    "sie": re.compile(r"(?:[Ss]tadt|[Gg]emeinde|Kommune|[Ss]chule|[Ss]tiftung|Universität|Feuerwehr|[Gg]esellschaft|GmbH)\b"),
    "er": re.compile(r"(?:[Kk]reis|[Vv]erein|[Vv]erband|Markt|e\. ?V\.)"),
}

_MAYORS = re.compile(r"\ban (?:die|den) (?:Ober)?[Bb]ürgermeister(?:innen|in)?(?: und \w+)?\s+(?:von|aus|der \w+)\s+")
_AND = re.compile(r",\s+|,?\s+(?:und|sowie)\s+(?:von\s+|der (?:Stadt|Gemeinde) )?")
#: "nahm den Bescheid für die Stadt | Celle entgegen".
_FOR = re.compile(
    r"\b(?:für|stellvertretend für|im Namen|namens)\s+(?:(?:die|den|das|der|des)\s+)?"
    r"(?:(?:Stadt|Hansestadt|Landeshauptstadt|Gemeinde|Samtgemeinde|Verbandsgemeinde|Ortsgemeinde|Markt)\s+)?\Z"
)
#: Behind who takes for others: "Karl Vogt, Geschäftsführer der Wirtschaftsförderung".
_ACTS = re.compile(
    r",\s+(?:\w+\s+)?[\w-]*(?:[Ff]ührer|[Vv]orsitzende|[Ll]eiter|[Pp]räsident|[Vv]orstand|[Ss]precher|[Dd]irektor|[Mm]anager)"
)
_BODIES = frozenset(("territory", "organisation"))


def body_before(engine: Engine, offset: int, pronoun: str) -> list[Filler]:
    """The town, district or club that a pronoun means, unless a person was named since."""
    gender = _GENDER.get(pronoun)
    if gender is None:
        return []
    for mention in reversed(engine.mentions(max(0, offset - _REACH), offset)):
        if mention.kind in ("official", "person"):
            return []
        if mention.kind in _BODIES and gender.search(engine.text, max(0, mention.start - 18), mention.end):
            return [mention]
    return []


def takers(engine: Engine, draft: EventDraft) -> list[Filler]:
    """The towns whose mayors receive, unnamed, and the body for which somebody receives."""
    start, last = draft.sentence
    mayors = _MAYORS.search(engine.text, start, last)
    if mayors is None:
        if not draft.why.startswith("funding.receive_notice"):
            return []
        for mention in engine.mentions(start, last):
            if mention.kind in _BODIES and _FOR.search(engine.text, max(start, mention.start - 60), mention.start):
                return [mention]
        return []
    found: list[Filler] = []
    end = mayors.end()
    for mention in engine.mentions(end, last):
        if mention.kind != "territory" or (
            end < mention.start if not found else not _AND.fullmatch(engine.text, end, mention.start)
        ):
            break
        found.append(mention)
        end = mention.end
    return found


def on_behalf(engine: Engine, draft: EventDraft) -> None:
    """Puts the body in the place of the person who takes for it: "an Karl Vogt, Geschäftsführer beim Turnerbund"."""
    persons = [f for f in draft.roles.get("recipients", ()) if isinstance(f, Mention) and f.kind == "person"]
    if not persons:
        return
    others = [f for f in draft.roles.get("presented_by", ()) if isinstance(f, Mention) and id(f) not in engine.givers]
    body = next((b for p in (*persons, *others) if (b := body_beside(engine, p)) is not None), None)
    if body is None:
        persons = [p for p in persons if _ACTS.match(engine.text, p.end)]
    if persons:
        bodies: list[Filler] = [body] if body is not None else []
        draft.roles["recipients"] = [*bodies, *(f for f in draft.roles["recipients"] if f not in persons)]
        draft.roles["presented_by"] = [*draft.roles.get("presented_by", ()), *persons]
        if not draft.roles["recipients"]:
            del draft.roles["recipients"]
