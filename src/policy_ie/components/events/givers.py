"""Who gives, where the sentence of a funding leaves it open and its paragraph says it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.merge import key
from policy_ie.records import OrganisationValue, TerritoryValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["givers_told", "paragraph"]

#: How far a paragraph is looked through, in characters.
_REACH = 450
_PARAGRAPH = re.compile(r"\n(?:\s*\n|(?<=[.!?“”\"]\n))")
#: "Das Land | Hessen fördert": a giver that opens its sentence.
_OPENS = re.compile(r"(?:\A|[.!?:]\s+|\n)(?:(?:Das|Der|Die|Auch das|Auch der)\s+)?(?:Land\s+|Freistaat\s+)?\Z")
_GIVES = re.compile(
    r"(?:\s+\([A-ZÄÖÜ]\w{1,9}\))?\s+(?:fördert|förderte|unterstützt|unterstützte|bezuschusst|bezuschusste|gewährt|gewährte)\b"
)
#: "die Zuwendung des Landes | Hessen", "die Förderung vom | Ministerium".
_GRANT_OF = re.compile(
    r"(?:[Ff]örderung|[Zz]uwendung|[Zz]uschuss|[Zz]uschüsse|[Mm]ittel|[Bb]escheide?|[Ff]inanzhilfen?"
    r"|[Ff]inanzielle Unterstützung)"
    r"(?:\s+(?:für|von)\s[^.!?\n]{1,80}?)?\s+(?:des|der|vom|von der|durch das|durch den)\s+"
    r"(?:Landes\s+|Freistaat(?:e?s)?\s+)?\Z"
)
#: "Finanzspritze vom | Bund", "2 Millionen Euro vom | Land".
_SUM_FROM = re.compile(
    r"(?:[Gg]eld|[Ff]inanzspritze|[Mm]illionen|[Ee]uro|[Zz]uschuss|[Mm]ittel)\s+(?:vom|von der|durch den|durch das)\s+\Z"
)
#: "aus Mitteln des Landes | Hessen", "durch das Förderprogramm „Stadt und Land“ des | Bundes".
_MEANS_OF = re.compile(
    r"\b(?:[Aa]us|[Dd]urch|[Üü]ber|[Mm]it|[Ii]m Rahmen)\s[^.,;!?„]{0,60}?"
    r"(?:[Mm]itteln?|[Gg]eldern|[Pp]rogramms?|[Ff]onds|[Ff]örderung|[Ii]nitiative|[Pp]akts?|[Tt]opf)"
    r"(?:\s+(?:für|zur|zum)\s[^.,;!?]{1,60}?)?(?:\s*[„\"»][^“”\"«.!?]{2,60}[“”\"«])?(?:\s*\([^)]{2,20}\))?"
    r"\s+(?:des|der|von)\s+(?:Landes\s+|Freistaate?s\s+)?\Z"
)
#: A sentence that only says whose the money told of before is.
_THE_MONEY = re.compile(
    r"(?:Die(?:se)? (?:Förder)?(?:[Mm]ittel|[Gg]elder)|Das (?:Förder)?[Gg]eld|Die (?:Förderung|Zuwendung)|Der Zuschuss)"
    r" (?:stammt|stammen|kommt|kommen|erfolgt|fließt|fließen) "
)
#: Between a sum and whose it is: "832 Millionen Euro | des | Bundes".
_OF = re.compile(r"\s+(?:des|der)\s+(?:Landes\s+|Freistaate?s\s+)?")
_AND_OF = re.compile(r"\s+und\s+(?:(?:des|der|vom)\s+)?(?:Landes\s+|Freistaate?s\s+)?\Z")
#: Words of a sentence with means of somebody else.
_OTHERS = re.compile(
    r"\b(?:Bund(?:es)?|EU|Eigen\w+|privat\w*|Spende\w*|Sponsor\w*|[Ww]eitere\w*|außerdem|zusätzlich\w*|Bundesmittel\w*|Kommune\w*)\b"
)
_FRAMES = frozenset(
    (
        "support",
        "receive",
        "give",
        "provide",
        "flow",
        "the_money",
        "hand_over_notice",
        "hand_over_sum",
        "receive_notice",
        "headline_sum",
    )
)
_LEVELS = frozenset(("state", "country", "district"))
_BODIES = frozenset(("ministry", "government"))
_WORDS = frozenset(("Land", "Freistaat", "Bund", "Kreis", "Landkreis"))


def givers_told(engine: Engine, drafts: Sequence[EventDraft]) -> None:
    """Fills the funders of a funding from its paragraph, where just one giver is told there."""
    fundings = [d for d in drafts if d.type == "funding"]
    for draft in fundings:
        if draft.modality != "negated" and all(_passes_on(f) for f in draft.roles.get("funders", ())):
            _owners_of_means(engine, draft)
        if (
            draft.roles.get("funders")
            or draft.roles.get("programme")
            or draft.modality == "negated"
            or draft.why.rpartition(".")[2] not in _FRAMES
        ):
            continue
        if _OTHERS.search(engine.text, *draft.sentence):
            continue
        start, end = paragraph(engine.text, draft.sentence)
        told: dict[object, Filler] = {}
        for other in fundings:
            if other is not draft and start <= other.sentence[0] < draft.sentence[0] and other.modality != "negated":
                told.update((key(f, engine.text), f) for f in other.roles.get("funders", ()))
        if not all(_public(engine.text, f) for f in told.values()):
            continue
        told.update((key(m, engine.text), m) for m in engine.mentions(start, end) if _gives(engine.text, m))
        takers = {key(f, engine.text) for f in draft.roles.get("recipients", ())}
        if len(told) == 1 and not takers & told.keys():
            draft.roles["funders"] = list(told.values())
    _giver_of_all(engine, fundings)


def _passes_on(filler: Filler) -> bool:
    """True for an authority, which grants the means of others."""
    value = filler.head.value if isinstance(filler, Mention) else None
    return isinstance(value, OrganisationValue) and value.org_type == "authority"


def _owners_of_means(engine: Engine, draft: EventDraft) -> None:
    """Adds those whose means, sum or programme it is, where the sentence says so: "aus Mitteln des Landes"."""
    text = engine.text
    taken = {key(f, text) for fillers in draft.roles.values() for f in fillers}
    sums = [a.end for a in draft.roles.get("amounts", ()) if isinstance(a, Mention)]
    following = bisect_left(engine.sentences, (draft.sentence[1],))
    zones = {draft.sentence, *draft.evidence}
    if following < len(engine.sentences) and _THE_MONEY.match(text, *engine.sentences[following]):
        zones.add(engine.sentences[following])
    for start, end in sorted(zones):
        last = -1
        for mention in engine.mentions(start, end):
            if mention.kind not in ("territory", "organisation") or not _public(text, mention):
                continue
            and_of = last >= 0 and _AND_OF.match(text, last, mention.start)
            of_sum = any(end < mention.start and _OF.fullmatch(text, end, mention.start) for end in sums)
            if not and_of and not of_sum and not _MEANS_OF.search(text, max(start, mention.start - 160), mention.start):
                continue
            last = mention.end
            if key(mention, text) not in taken:
                taken.add(key(mention, text))
                draft.roles.setdefault("funders", []).append(mention)


def _giver_of_all(engine: Engine, fundings: Sequence[EventDraft]) -> None:
    """Fills the one public giver that the headline or lead tells, where no other gives in the document."""
    told: dict[object, Filler] = {}
    for draft in fundings:
        told.update((key(f, engine.text), f) for f in draft.roles.get("funders", ()))
    first = min((d.sentence[0] for d in fundings if d.roles.get("funders")), default=-1)
    lead = engine.sentences[min(3, len(engine.sentences) - 1)][1] if engine.sentences else 0
    if len(told) != 1 or first >= lead or not all(_public(engine.text, f) for f in told.values()):
        return
    for draft in fundings:
        if (
            not draft.roles.get("funders")
            and not draft.roles.get("programme")
            and draft.modality != "negated"
            and draft.sentence[0] >= first
            and not _OTHERS.search(engine.text, *draft.sentence)
            and not {key(f, engine.text) for f in draft.roles.get("recipients", ())} & told.keys()
        ):
            draft.roles["funders"] = list(told.values())


def _gives(text: str, mention: Mention) -> bool:
    if mention.kind not in ("territory", "organisation") or not _public(text, mention):
        return False
    before = max(0, mention.start - 140)
    if _GRANT_OF.search(text, before, mention.start) or _SUM_FROM.search(text, before, mention.start):
        return not mention.nominal or text[mention.start : mention.end] in _WORDS
    return (
        not mention.nominal
        and _GIVES.match(text, mention.end) is not None
        and _OPENS.search(text, before, mention.start) is not None
    )


def _public(text: str, filler: Filler) -> bool:
    """True for a Land, the Bund, a district, a ministry or government, or the mere word for one."""
    if not isinstance(filler, Mention):
        return text[filler[0] : filler[1]] in _WORDS
    value = filler.head.value
    if isinstance(value, TerritoryValue):
        return value.level in _LEVELS
    return isinstance(value, OrganisationValue) and value.org_type in _BODIES


def paragraph(text: str, sentence: tuple[int, int]) -> tuple[int, int]:
    """The paragraph around a sentence, as far as it is looked through."""
    start, end = max(0, sentence[0] - _REACH), min(len(text), sentence[1] + _REACH)
    for boundary in _PARAGRAPH.finditer(text, start, end):
        if boundary.end() <= sentence[0]:
            start = boundary.end()
        elif boundary.start() >= sentence[1] - 1:
            end = boundary.start()
            break
    return start, end
