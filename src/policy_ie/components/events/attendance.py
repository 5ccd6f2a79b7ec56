"""Who met and who visits: nobody visits the own house, cabinets and their Länder are one side, talks of visits are theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.merge import key, keys
from policy_ie.records import PersonValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["guests", "one_side", "talks_of_visits"]

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
#: "bei einem | Besuch | im Innenministerium": whose house that is.
_SOME = re.compile(r"\b(?:bei|während|anlässlich|im Rahmen)\s+eine[ms]\s+(?:\w+\s+)?\Z")
_HOUSE = re.compile(r"\s+(?:im|in der)\s+(\w*[Mm]inisterium|Staatskanzlei|Rathaus|Kreishaus|Landratsamt|Kreisverwaltung)\b")
_HOUSES = {
    "head_of_government": ("Staatskanzlei",),
    "mayor": ("Rathaus",),
    "district_administrator": ("Kreishaus", "Landratsamt", "Kreisverwaltung"),
}
_MINISTERIAL = frozenset(("minister", "state_secretary"))
#: "und | Landrat Vogt", "mit | Landrat Vogt": no receiver of what is handed over.
_BESIDE = re.compile(r"\b(?:und|sowie|mit|von|neben|für|durch)\s+(?:(?:der|dem|den)\s+)?(?:[\w-]+\s+){0,3}\Z")
#: "begleitet | Bundespräsident Berg während des Besuchs".
_ACCOMPANIES = re.compile(r"\bbegleite(?:t|te|n|ten)\s+(?:(?:den|die)\s+)?(?:[A-ZÄÖÜ][\w-]+\s+){0,3}\Z")
#: How far behind a visit its talk is told, in characters.
_REACH = 900


def guests(engine: Engine, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """Sets right who visits where the noun stands beside another verb; drafts of which no guest is left are dropped.

    "Minister A hat Landrätin B bei einem Besuch im Ministerium … überreicht" is a visit of B, and "A begleitet B während
    des Besuchs" one of both.
    """
    kept: list[EventDraft] = []
    for draft in drafts:
        if draft.why != "visit.noun" or not (first := draft.roles["visitors"][0]) or not isinstance(first, Mention):
            kept.append(draft)
            continue
        start, at = draft.sentence[0], draft.trigger[0]
        others = [m for m in engine.mentions(first.end, at) if m.kind == "official" and m.head is not first.head]
        house = _HOUSE.match(engine.text, draft.trigger[1])
        if house is not None and _SOME.search(engine.text, start, at) and _at_home(first, house[1]):
            named = [m for m in others if not _BESIDE.search(engine.text, first.end, m.start)]
            if named:
                draft.roles["visitors"] = list(named[:1])
                draft.roles.setdefault("hosts", [first])
            else:
                continue
        elif first.end <= at:
            led = next((m for m in others if _ACCOMPANIES.search(engine.text, first.end, m.start)), None)
            if led is not None:
                draft.roles["visitors"] = [led, *(f for f in draft.roles["visitors"] if f is not led)]
        kept.append(draft)
    return kept


def _at_home(person: Mention, house: str) -> bool:
    """True where the house is the one that the person heads: "Innenministerin", "Innenministerium"."""
    value = person.head.value
    for office in value.offices if isinstance(value, PersonValue) else ():
        if house in _HOUSES.get(office.role or "", ()):
            return True
        if office.role in _MINISTERIAL and house.lower() in ("ministerium", office.title.removesuffix("in").lower() + "ium"):
            return True
    return False


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
    draft.roles[role] = [f for f in fillers if f not in gone and f not in both]


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
