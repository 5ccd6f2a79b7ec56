"""What a call leaves open in its own sentence: its programme, until when, who calls, how much there is to win."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.merge import key, keys
from policy_ie.records import TerritoryValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["complete_calls", "name_programmes", "prize_money"]

#: Words of a sentence that says until when.
_TERM = re.compile(
    r"(?:[Ff]rist\b|[Ss]chluss\b|[Bb]ewerbungs(?:zeitraum|phase|ende)|[Bb]ewerb(?:ung|en\b|bar)|[Aa]ntr[aä]g|[Vv]orschl[aä]g|[Ee]in(?:zu)?(?:reich|send)"
    r"|[Tt]eilnahme|teilnehmen|mitmachen|[Aa]nmeld|[Pp]hase|[Bb]eitr[aä]ge|[Uu]nterlagen|[Kk]onzept|[Ss]kizze"
    r"|\b(?:[Ss]ie|[Ee]s) läuft)"
)
#: What stands before the day: "bis zum | 31. März", "Einsendeschluss ist der | 31. März", "endet am | 31. März".
_UNTIL = re.compile(
    r"\b(?:[Bb]is)(?:\s+(?:spätestens|einschließlich|inklusive|zum|zur|zu|den|dem|Ende)){0,3}\s+\Z"
    r"|(?:[Ff]rist|[Ss]chluss|[Ff]risten|[Ee]nde)(?:\s+für\s[^.!?\n]{3,60})?(?:\s+(?:ist|war|sind))?(?:\s*:)?(?:\s+(?:am|der|den|auch))?\s+\Z"
    r"|\b(?:endet|schließt|läuft)\s(?:[^.!?\n]{0,40}\s)?(?:am|bis(?: zum)?)\s+\Z|\b[Ss]tichtag\s+(?:ist\s+)?(?:der|am)\s+\Z"
)
_REACH = 1200
_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d|XX)(?:-(?:\d\d|XX)).*|\d{4}-W\d\d-\d")
#: Money that a winner gets: "mit 5.000 Euro dotiert", "Preisgelder von 5.000 Euro".
_PRIZE = re.compile(
    r"[Dd]otier|[Pp]reisgeld|\bPreise\s(?:im|von|in|mit)\b|\b[Ll]ob(?:t|en|te|ten)\b[^.!?\n]*\baus\b|[Aa]usgelobt|auszuloben|(?:\d|ersten?|zweiten?)\.?\s(?:Platz|Preis)\b|\bPlätze\b"
)
_AT_MOST = re.compile(
    r"\b(?:bis zu|höchstens|maximal|Höchst\w+ von|Zuschuss von)\s+(?:(?:je|jeweils|höchstens|insgesamt)\s+)?\Z"
)
_APPLIED_FOR = re.compile(r"[Bb]eantrag|[Zz]usch[uü]ss|[Ff]örder|Antr[aä]g|unterstützt|[Bb]ezuschuss")
_OF = re.compile(r"[“”\"«‘']?\s+(?:des|der|vom|von der)\s+(?:Landes\s+|Freistaat(?:e?s)?\s+|Stadt\s+)?\Z")
#: A prize or contest told by its noun alone.
_BARE = re.compile(r"[\w-]*(?:[Pp]reis|[Ww]ettbewerb)(?:e?s)?(?:\s\d{4})?")
_CALLERS = {"award": "presenters", "programme": "owners", "funding": "funders"}
_AT = re.compile(r"\b(?:beim|bei|an)(?:\s+(?:der|den|dem|die|das))?(?:\s[\w-]+(?:en|er))?\s+\Z")
#: "am Wettbewerb des | Ministeriums".
_CONTEST_OF = re.compile(r"(?:[Ww]ettbewerbe?s?|[Pp]reise?s?|[Pp]rogramme?s?|[Ff]onds)\s+(?:des|der)\s+(?:Landes\s+)?\Z")
_LEVELS = frozenset(("state", "country", "district", "municipality"))


def name_programmes(engine: Engine, drafts: Sequence[EventDraft]) -> None:
    """The programme that a call is about, where the document names just one, or its headline and lead do."""
    calls = [d for d in drafts if d.type == "call"]
    if not calls:
        return
    named = [m for m in engine.layer.mentions if m.kind == "programme" and not m.nominal and not engine.silent(m.start)]
    proper = [m for m in named if engine.text[m.start - 1 : m.start] in tuple('„“"»›‚')]
    if len(keys(proper, engine.text)) == 1:
        for draft in calls:
            meant = draft.roles.get("programme", [None])[0]
            if isinstance(meant, Mention) and _BARE.fullmatch(engine.text, meant.start, meant.end):
                draft.roles["programme"] = [proper[0]]  # "der Ehrenamtspreis", whose name is „Echt gut“
    open_ones = [d for d in calls if "programme" not in d.roles]
    if not open_ones:
        return
    lead = engine.sentences[min(2, len(engine.sentences) - 1)][1] if engine.sentences else 0
    for mentions in (named, [m for m in named if m.start < lead]):
        if len(keys(mentions, engine.text)) == 1:
            for draft in open_ones:
                draft.roles["programme"] = [mentions[0]]
            return


def complete_calls(engine: Engine, drafts: Sequence[EventDraft]) -> None:
    """Deadline, owners and prize money of the calls of a document."""
    calls = [d for d in drafts if d.type == "call" and d.modality != "negated"]
    for draft in calls:
        _check_deadline(engine, draft)
        if not any(_until(engine, f) for f in draft.roles.get("deadline", ())):
            _deadline(engine, draft, [c for c in calls if c is not draft])
        if all(_address(engine, f) for f in draft.roles.get("owners", ())):
            _owner(engine, draft, drafts)  # where applications go to is less than who calls
        bodies = [f for f in draft.roles.get("owners", ()) if _body(f) or isinstance(f, tuple)]
        bodies = [f for f in bodies if not _address(engine, f)] or bodies
        if bodies:
            draft.roles["owners"] = bodies  # a minister calls for the Land that is named
            own = keys(bodies, engine.text)
            others = [f for f in draft.roles.get("eligible", ()) if key(f, engine.text) not in own]
            if others:
                draft.roles["eligible"] = others
            else:
                draft.roles.pop("eligible", None)
        if not draft.roles.get("amounts"):
            _prize(engine, draft)


def _check_deadline(engine: Engine, draft: EventDraft) -> None:
    """Drops the day of the release itself, which a dateline names, and the first day of a call."""
    published = engine.layer.published
    kept = []
    for filler in draft.roles.get("deadline", ()):
        end = getattr(filler.value, "end", None) if isinstance(filler, Mention) else None
        past = published is not None and end is not None and end <= published
        if isinstance(filler, Mention) and engine.text.startswith((" an ", ", an "), filler.end):
            continue  # "von Montag, 19. Juli, an"
        if not past or _until(engine, filler):
            kept.append(filler)
    if not kept:
        draft.roles.pop("deadline", None)


def _until(engine: Engine, filler: Filler) -> bool:
    """True for a day that its words name as the last one, and for a term: "bis zum 3. Mai", "vom 1. bis 3. Mai"."""
    if isinstance(filler, Mention) and "/" in getattr(filler.value, "value", ""):
        return True
    start = filler.start if isinstance(filler, Mention) else filler[0]
    return _UNTIL.search(engine.text, max(0, start - 70), start) is not None


def _deadline(engine: Engine, draft: EventDraft, others: Sequence[EventDraft]) -> None:
    """The day that a sentence nearby gives as the last one."""
    taken = keys([f for other in others for f in other.roles.get("deadline", ())], engine.text)
    first = max(0, draft.sentence[0] - _REACH // 2)
    for mention in engine.mentions(first, draft.sentence[1] + _REACH):
        if mention.kind != "date" or engine.silent(mention.start) or not _DAY.fullmatch(getattr(mention.value, "value", "")):
            continue
        sentence = engine.sentence_at(mention.start)
        if (
            _UNTIL.search(engine.text, max(sentence[0], mention.start - 70), mention.start)
            and _TERM.search(engine.text, *sentence)
            and key(mention, engine.text) not in taken
        ):
            draft.roles["deadline"] = [mention]
            return


def _owner(engine: Engine, draft: EventDraft, drafts: Sequence[EventDraft]) -> None:
    """Who calls: who gives or runs what the call is about, as its name or another event of the document tells."""
    programme = keys(draft.roles.get("programme", ()), engine.text)
    for mention in engine.layer.mentions:
        if mention.kind == "programme" and key(mention, engine.text) in programme:
            behind = engine.mentions(mention.end, mention.end + 40)
            if behind and _body(behind[0]) and _OF.fullmatch(engine.text, mention.end, behind[0].start):
                draft.roles["owners"] = [behind[0]]
                return
    bodies_of = [m for m in engine.layer.mentions if _body(m) and not engine.silent(m.start) and not engine.quoted(m.start)]
    runs = [m for m in bodies_of if _CONTEST_OF.search(engine.text, max(0, m.start - 40), m.start)]
    if len(keys(runs, engine.text)) == 1:
        draft.roles["owners"] = [runs[0]]
        return
    for other in drafts:
        about = keys([*other.roles.get("award", ()), *other.roles.get("programme", ())], engine.text)
        bodies: list[Filler] = [f for f in other.roles.get(_CALLERS.get(other.type, ""), ()) if _body(f)]
        if bodies and about & programme:
            draft.roles["owners"] = bodies
            return
    givers = {key(f, engine.text): f for d in drafts if d.type == "funding" for f in d.roles.get("funders", ())}
    if len(givers) == 1 and all(_body(f) for f in givers.values()):
        draft.roles["owners"] = list(givers.values())


def _address(engine: Engine, filler: Filler) -> bool:
    """True for the office at which applications are handed in: "bei der Landesstelle"."""
    start = filler.start if isinstance(filler, Mention) else filler[0]
    return _AT.search(engine.text, max(0, start - 30), start) is not None


def _body(filler: Filler) -> bool:
    if not isinstance(filler, Mention):
        return False
    value = filler.head.value
    return filler.kind == "organisation" or (isinstance(value, TerritoryValue) and value.level in _LEVELS)


def _prize(engine: Engine, draft: EventDraft) -> None:
    """The prize money that a sentence of the call names, or what can be had: "bis zu 5.000 Euro können beantragt werden"."""
    for mention in engine.mentions(draft.sentence[0], draft.sentence[1] + _REACH // 3):
        if (
            mention.kind == "money"
            and _AT_MOST.search(engine.text, max(0, mention.start - 40), mention.start)
            and _APPLIED_FOR.search(engine.text, *engine.sentence_at(mention.start))
        ):
            draft.roles["amounts"] = [mention]
            return


def prize_money(engine: Engine, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """Drops the fundings that are the prize money of a call, or the money that it lets apply for: nobody receives it yet."""
    calls = {d.trigger for d in drafts if d.type == "call"}

    def offered(draft: EventDraft) -> bool:
        if draft.type != "funding" or not calls:
            return False
        if draft.trigger in calls and draft.values.get("stage") == "applied":
            return True
        named = any(isinstance(f, Mention) for f in draft.roles.get("recipients", ()))
        return bool(draft.roles.get("amounts")) and not named and _PRIZE.search(engine.text, *draft.sentence) is not None

    return [d for d in drafts if not offered(d)]
