"""Who met: cabinets and their Länder are one side, and talks during a visit are those of visitors and hosts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.merge import key, keys

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["one_side", "talks_of_visits"]

#: Several governments, told by one noun.
_CABINETS = re.compile(r"\b(?:[Ll]andes)?(?:[Kk]abinette|[Rr]egierungen|[Ll]andesregierungen)\b")
_LANDS = re.compile(r"(?:[Bb]eiden?|[Dd]rei|[Vv]ier|[Ff]ünf|[Dd]ie|[Dd]er) (?:\w+ )?Länder")
#: "Landeskabinette | von | Bremen", "Landesregierungen | Bremens".
_OF = re.compile(r"\s+(?:von\s+|aus\s+|der Länder\s+)?\Z")
_TALK = re.compile(
    r"(?:(?:Meinungs|Gedanken|Erfahrungs)?[Aa]ustausch|(?:Arbeits|Fach|Informations)?[Gg]espräch|Treffen|Unterredung|Begegnung)"
    r"(?:e?s|en?)?"
)
#: Words for them: "die beiden Landräte", "der Gast".
_THEM = re.compile(r"(?:[Dd](?:ie|en|er) )?(?:[Bb]eiden? \w+.*|Gast(?:es)?|Gäste)")
#: How far behind a visit its talk is told, in characters.
_REACH = 900


def one_side(engine: Engine, draft: EventDraft, role: str) -> None:
    """Leaves either the cabinets or their Länder: who "die Kabinette von Bremen und Hamburg" names is told once."""
    fillers = draft.roles.get(role, [])
    cabinets = [f for f in fillers if _CABINETS.search(_words(engine.text, f))]
    if not cabinets:
        return
    lands = [
        f for f in fillers if isinstance(f, Mention) and getattr(f.head.value, "level", "") == "state" and f not in cabinets
    ]
    both = [f for f in fillers if isinstance(f, tuple) and _LANDS.fullmatch(engine.text, *f)]
    ends = [f.end if isinstance(f, Mention) else f[1] for f in cabinets]
    named = any(_OF.fullmatch(engine.text, end, m.start) for m in lands for end in ends if end < m.start)
    gone = lands if named or len(lands) < 2 else cabinets
    draft.roles[role] = [f for f in fillers if not any(f is g for g in (*gone, *both))]


def _words(text: str, filler: Filler) -> str:
    return text[filler.start : filler.end] if isinstance(filler, Mention) else text[slice(*filler)]


def talks_of_visits(engine: Engine, events: Sequence[EventDraft]) -> None:
    """Adds visitors and hosts to the talk that a sentence shortly behind a visit tells, where it names none of them."""
    visits = [e for e in events if e.type == "visit" and e.modality != "negated" and e.roles.get("visitors")]
    for draft in events:
        if draft.type != "meeting" or draft.modality == "negated" or not _TALK.fullmatch(engine.text, *draft.trigger):
            continue
        told = draft.roles.get("participants", [])
        own = [f for f in told if not (isinstance(f, tuple) and _THEM.fullmatch(engine.text, *f))]
        if len(own) > 1:
            continue
        at = draft.trigger[0]
        near = [v for v in visits if any(0 <= at - t[0] <= _REACH for t in (v.trigger, *v.evidence))]
        if not near:
            continue
        visit = near[-1]
        have = keys(own, engine.text)
        people = [
            f
            for role in ("visitors", "hosts")
            for f in visit.roles.get(role, ())
            if isinstance(f, Mention) and f.kind == "official" and visit.sentence[0] <= f.start < visit.sentence[1]
        ]
        new = [f for f in people if key(f, engine.text) not in have]
        if new:
            draft.roles["participants"] = [*(own if len(own) + len(new) > 1 else told), *new]
