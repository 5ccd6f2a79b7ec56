"""Bodies that stand beside: that of an office behind its noun, and that of a further decision in the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.nounsets import office_noun, territorial_noun

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["bodies_before", "body_of_office", "is_place"]

#: Between the noun of an office and its body: "Vizepräsident | beim Bayerischen | Landesamt".
_OF = re.compile(r"\s+(?:beim?|der|des|im|in der|von|vom|am|an der|für das|für die|bei der)\s+(?:[A-ZÄÖÜ]\w+(?:er|en)\s+)?\Z")
#: "ihr Amt", "in sein neues Amt": no office that is named.
_BARE = re.compile(r"(?:(?:sein|ihr|das|dieses|sein neues|ihr neues|das neue|neues) )?(?:Amt|Ämter)(?:e?s)?")
_NOUN = re.compile(r"[A-ZÄÖÜ][\w-]+")
#: Between the office of who goes and the name: "Vizepräsidentin | des Landesamts für Statistik, Dr. | Anna Berg".
_TO_NAME = re.compile(
    r"(?P<of>(?:\s+(?:des|der|im|in der|beim|für|vom|am)\s(?:(?! [–-] )[^,.;:()\n]){2,80}?)?),?\s+"
    r"(?:(?:Dr|Prof|Dipl|med|h|c|jur)\.[ -]?\w*\s*)*\Z"
)
#: "aus | Celle", and the post that is told right behind a name: "Karl Vogt, bisher Leiter im | Ministerium".
_FROM = re.compile(r"\baus(?:\s+(?:dem|der))?\s+\Z")
_POST = re.compile(
    r"(?:\s\([^)\n]{1,40}\))?,\s+(?:\d\. |[Zz]weiter |bisher\w*|bislang|zuletzt|zuvor|derzeit\w*|früher\w*|ehemalig\w*|seit)"
    r"[^,;.]*\Z"
)
#: "Festakt der | Landesregierung": whose feast it was.
_FEAST = re.compile(
    r"\b\w*(?:[Ff]estakts?|[Ff]eierstunde|[Ff]eier|saale?s?|[Ee]mpfangs?|[Rr]athaus|[Ss]chloss)\s+(?:der|des)\s+\Z"
)
#: "vom | Kreistag", "von den Mitgliedern des | Kreistags"; not "Leiter vom | Bauamt".
_BY = re.compile(r"(?:\b[Mm]itgliedern?\s+(?:des|der)|(?<!er )(?<!in )\b(?:vom|durch den|durch die))\s+(?:\w+(?:en|em) )?\Z")
#: "der bisherige Leiter der | Polizei Celle".
_FORMER = re.compile(r"\b(?:bisherig|ehemalig|früher|derzeitig)e[nrs]?\s[^,.;:]*\Z")
_NEW = frozenset(("appointed", "elected", "sworn_in"))
_CHOSEN = frozenset(("elected", "confirmed", "dismissed"))
_IN = re.compile(r"\bin\s+\Z")
_NOUN_IN = re.compile(r"\b([A-ZÄÖÜ][\w-]+)\s+in\s+\Z")
_TITLE = 120
_KINDS = frozenset(("organisation", "territory"))
#: How far behind a decision a further one of the same body stands, in characters.
_REACH = 1500


def is_place(text: str, filler: Filler) -> bool:
    """True for words that name a place, not who decides there: "in Sachsen", "im Landkreis"."""
    if isinstance(filler, Mention):
        return filler.kind == "territory"
    return territorial_noun(text[slice(*filler)].lower().split()[-1])


def body_of_office(engine: Engine, draft: EventDraft) -> None:
    """The body that the words of the office name, or that follows them, comes before others in the sentence."""
    office = draft.roles.get("office", [None])[0]
    if isinstance(office, tuple) and _BARE.fullmatch(engine.text, *office):
        del draft.roles["office"]
        office = None
    if office is None and draft.values.get("action") in ("resigned", "dismissed"):
        office = _left(engine, draft)
        if office is not None:
            draft.roles["office"] = [office]
    bodies_named = draft.roles.get("organisation", [])
    draft.roles["organisation"] = [b for b in bodies_named if not (isinstance(b, Mention) and _elsewhere(engine, draft, b))]
    if not draft.roles["organisation"]:
        del draft.roles["organisation"]
    if not isinstance(office, tuple):
        return
    if any(isinstance(p, Mention) and _POST.match(engine.text, p.end, office[0]) for p in draft.roles.get("person", ())):
        del draft.roles["office"]  # the former one
        return
    named = [m for m in engine.mentions(office[0], min(office[1] + 60, draft.sentence[1])) if m.kind in _KINDS]
    inside = [m for m in named if m.end <= office[1] and m.start > office[0]]
    behind = [m for m in named if m.start >= office[1] and _OF.fullmatch(engine.text, office[1], m.start)]
    found: list[Mention] = inside or behind
    if found:
        bodies = [m for m in found if m.kind == "organisation"]
        draft.roles["organisation"] = [(bodies or found)[0]]


def _elsewhere(engine: Engine, draft: EventDraft, body: Mention) -> bool:
    """True for the home or the former post of a person: "Karl Vogt aus Celle", "Eva Schulz, bisher Richterin am …"."""
    before = max(0, body.start - 60)
    if draft.values.get("action") in _NEW and _FORMER.search(engine.text, before, body.start):
        return True
    if _FROM.search(engine.text, before, body.start):
        return True
    if _FEAST.search(engine.text, before, body.start):
        return True
    if draft.values.get("action") in _CHOSEN and _BY.search(engine.text, before, body.start):
        return True  # who elects
    if body.kind == "territory" and _IN.search(engine.text, before, body.start):
        noun = _NOUN_IN.search(engine.text, before, body.start)
        if noun is None or not office_noun(noun[1].lower()):
            return True  # where it took place
    return any(
        isinstance(p, Mention) and _POST.match(engine.text, p.end, body.start) is not None
        for p in draft.roles.get("person", ())
    )


def _left(engine: Engine, draft: EventDraft) -> tuple[int, int] | None:
    """The office that the words before the name of who goes tell: "Amtsleiter Karl Vogt"."""
    person = draft.roles.get("person", [None])[0]
    if not isinstance(person, Mention) or person.nominal:
        return None
    text = engine.text
    first = max(draft.sentence[0], person.start - _TITLE)
    for noun in _NOUN.finditer(text, first, person.start):
        word = noun.group().lower()
        if office_noun(word) and not word.endswith(("amt", "leitung", "spitze", "vorsitz")):
            rest = _TO_NAME.match(text, noun.end(), person.start)
            if rest is not None:
                return noun.start(), rest.end("of")
    return None


def bodies_before(drafts: Sequence[EventDraft]) -> None:
    """Who decided before decided on the next item too: "Der Kreistag beschloss … Abgelehnt wurde der Antrag …"."""
    last: EventDraft | None = None
    for draft in drafts:
        if draft.type != "decision":
            continue
        if draft.values.get("action") == "introduces":
            last = None  # who brings in a draft does not decide on it
        elif draft.roles.get("bodies"):
            last = draft
        elif last is not None and 0 < draft.trigger[0] - last.trigger[0] < _REACH:
            draft.roles["bodies"] = list(last.roles["bodies"])
            last = draft
