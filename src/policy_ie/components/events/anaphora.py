"""Whom a pronoun or a plain noun means that stands for who was told of before: "sie", "beide", "die beiden Minister"."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from policy_ie.components.base import Filler, Mention
from policy_ie.components.events.coordination import side_by_side
from policy_ie.components.events.nounsets import PERSONS

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine
    from policy_ie.components.events.frames import Role

__all__ = ["BOTH", "group_before", "mention_before", "person_before"]

#: Two persons by their office: "beiden Minister", "beide Landräte".
BOTH = re.compile(
    r"(?:[Dd](?:ie|en|er)\s)?[Bb]eiden?\s[\w-]*(?:[Mm]inister(?:innen|n|präsidenten)?|[Ss]enatoren|[Ll]andräten?|[Ll]andrätinnen|[Bb]ürgermeister(?:innen|n)?"
    r"|[Ss]taatssekretären?|[Pp]räsidenten|[Pp]olitiker(?:n|innen)?|[Rr]egierungschefs|[Cc]hefs|[Aa]mtskollegen|[Kk]ollegen|[Vv]orsitzenden)"
)
_REACH = 2500
_WRONG = {"er": "female", "ihn": "female", "sie": "male"}
#: How many sentences are looked back at for a group.
_BACK = 2


def mention_before(engine: Engine, offset: int, role: Role) -> list[Filler]:
    """The last mention before an offset that fits a role, within a few paragraphs."""
    for mention in reversed(engine.mentions(max(0, offset - _REACH), offset)):
        if mention.kind in role.kinds:
            return [mention]
    return []


def person_before(engine: Engine, offset: int, role: Role, pronoun: str, *, acted_on: bool = False) -> list[Filler]:
    """The person whom a pronoun means: the first that fits of the last sentence that names one.

    Where somebody else acts on them ("Minister Groß hat ihn ernannt"), nobody whom the own sentence names.
    """
    wrong = _WRONG.get(pronoun)
    others = {id(m.head) for m in engine.mentions(*engine.sentence_at(offset))} if acted_on else ()
    found: Mention | None = None
    first = -1
    for mention in reversed(engine.mentions(max(0, offset - _REACH), offset)):
        if found is not None and mention.start < first:
            break
        if (
            mention.kind in PERSONS
            and (role.acting or mention.kind in role.kinds)
            and str(getattr(mention.head.value, "gender", None)) != wrong
            and id(mention.head) not in others
        ):
            if found is None:
                first = engine.sentence_at(mention.start)[0]
            found = mention
    return [] if found is None else [found]


def group_before(engine: Engine, offset: int, role: Role, *, persons: bool = False) -> list[Filler]:
    """Those whom "sie" or "beide" means as the subject of a plural: side by side in one of the sentences before."""
    k = bisect_left(engine.starts, offset) - 1
    for number in range(k, max(k - _BACK, -1), -1):
        start, end = engine.sentences[number]
        if engine.silent(start):
            continue
        parsed = engine.parsed(max(start, end - 1))
        named = [p.tokens[-1].payload for p in parsed.phrases if p.tokens[-1].payload is not None]
        people = [m for m in named if m.kind in PERSONS and (role.acting or m.kind in role.kinds)]
        for mention in people:
            group = side_by_side(parsed, [mention], set())
            several = len({id(m.head) for m in group})
            if several > 1 and not (persons and several > 2):
                return list(group)
        if len({id(m.head) for m in people}) == 2 and len(people) == 2:
            return list(people)  # "X traf Y. Beide …"
        if people or persons:
            continue
        chains: dict[int, list[Mention]] = {}
        for phrase in parsed.phrases:
            payload = phrase.tokens[-1].payload
            if phrase.chain >= 0 and payload is not None and payload.kind in role.kinds and not phrase.prep:
                chains.setdefault(phrase.chain, []).append(payload)
        for bodies in chains.values():
            if len(bodies) > 1:
                return list(bodies)
    return []
