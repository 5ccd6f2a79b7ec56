"""Whom a contract joins, where the sentence that tells of the signing leaves it open and another one says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.merge import key, keys
from policy_ie.components.events.parties import parties
from policy_ie.records import OrganisationValue, TerritoryValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["one_contract", "signatories", "told_parties"]

_LEVELS = frozenset(("state", "country", "district", "municipality", "municipal_association", "region"))
_NOUN = (
    r"(?:(?:Bundes|Landeshaupt|Hanse|Kreis)?(?:[Ss]tadt|[Ss]tädten?)|Gemeinden?|Kommunen?|Landkreise?[sn]?|Kreise?[sn]?|Land|Landes"
    r"|Ländern?|Freistaat|Bezirk|Region|Unternehmen|Firma|Verein)"
)
_DET = r"(?:(?:auch|der|die|das|den|dem|des|beide[rn]?|von|vom)\s+){0,2}"
#: Between two that are joined: "Kreis Soest (SO) und die Stadt | Werl", "Soest, Werl", "Uni Bonn / Stadt Bonn".
_AND = re.compile(rf"(?:\s*\([^)]{{1,60}}\))?(?:,\s*|,?\s+(?:und|sowie|und auch)\s+|\s*[/+&]\s*){_DET}(?:{_NOUN}\s+)?")
#: "Der Kreis arbeitet künftig mit der Stadt | Werl": the other side.
_WITH = re.compile(rf"\s[^.;:!?\n]{{0,80}}?\bmit\s+{_DET}(?:{_NOUN}\s+)?")
_BETWEEN = re.compile(rf"\bzwischen\s+{_DET}(?:{_NOUN}\s+)?\Z")
#: Before a place, which joins nobody.
_AT = re.compile(rf"\b(?:in|aus|nach|bei|im|am|ab|über|gegen|an|auf|für|durch|beim|zum|zur)\s+{_DET}(?:{_NOUN}\s+)?\Z", re.I)
#: Words of a sentence that tells of the tie.
_TIE = re.compile(
    r"[Kk]ooper|[Zz]usammen|gemeinsam|[Vv]ertrag|[Vv]ertr[äa]g|[Vv]ereinbar|[Pp]artner|[Pp]akt\b|[Bb]ündnis|[Aa]bkommen|[Uu]nterzeich|[Uu]ntersch|verständig|geeinigt|[Ff]reundschaft|besiegel|[Aa]bsichtserkl"
)
#: ", vertreten durch den Landrat, und das | Land".
_FOR_WHOM = re.compile(
    rf"(?:\s*\([^)]{{1,40}}\))?,\s+(?:diese[rs]? )?vertreten durch\s[^.;!?]{{3,200}}?,\s+(?:und|sowie)\s+{_DET}(?:{_NOUN}\s+)?"
)
_AGENT = re.compile(r"vertreten durch\s[^,.;]{0,120}\Z")
#: "für den Landkreis | Göppingen".
_FOR = re.compile(rf"\b[Ff]ür\s+(?:das|den|die)\s+(?:{_NOUN}\s+)?\Z")
#: "die Geschäftsführungen des | Verbandes", "Vorstandsmitglied der | AG": who acts for a body.
_OFFICE_OF = re.compile(
    r"\b[\w-]*(?:[Gg]eschäftsführ|[Vv]orst[aä]nd|[Vv]orsitzend|[Pp]räsident|[Rr]ektor|leitung|[Dd]irektor)[\w-]*"
    rf"\s+(?:der|des|vom|von)\s+(?:{_NOUN}\s+)?\Z"
)
_COMPANY = re.compile(r"\b(?:Beisein|Anwesenheit|Gegenwart|gratulier\w*|dank\w*|Zeuge\w*|sagte|so)\b[^.]*\Z")
#: How far apart a contract is told twice, in characters.
_SOON = 600
#: Persons who sign, told by a noun: their names or bodies say more.
_UNNAMED = re.compile(
    r"[Bb]eiden?\s\w+.*|(?:sein|ihr)?e?\s*[\w-]*(?:[Kk]olleg\w*|[Gg]eschäftsführ\w*|[Vv]orstand\w*|[Ll]eiter\w*|[Dd]irektor\w*|[Pp]räsident\w*|[Vv]orsitzende\w*)\b.*",
    re.S,
)


def signatories(engine: Engine, drafts: Sequence[EventDraft]) -> None:
    """The bodies behind the signing persons, and those that an insertion parts from the subject; before drafts are joined."""
    for draft in drafts:
        if draft.type == "agreement":
            _represented(engine, draft)
            _on_behalf(engine, draft)
            parties(engine, draft)
            _named_signers(draft, engine.text)


def _represented(engine: Engine, draft: EventDraft) -> None:
    """Adds who stands behind ", vertreten durch …, und", and leaves out who only represents."""
    start, end = draft.sentence
    if engine.text.find("vertreten durch", start, end) < 0:
        return
    found = [f for f in draft.roles.get("parties", []) if not _agent(engine, f, start)]
    bodies = [m for m in engine.mentions(start, end) if _body(m) and not _agent(engine, m, start)]
    have = keys(found, engine.text)
    for left, right in pairwise(bodies):
        if _FOR_WHOM.fullmatch(engine.text, left.end, right.start):
            for mention in (left, right):
                if key(mention, engine.text) not in have:
                    have.add(key(mention, engine.text))
                    found.append(mention)
    if found:
        draft.roles["parties"] = found


def _on_behalf(engine: Engine, draft: EventDraft) -> None:
    """The bodies for which several sign: "für das Land Ministerin X, für die Stadt Y", "die Vorstände der A und der B"."""
    start, end = draft.sentence
    text = engine.text
    bodies = [m for m in engine.mentions(start, end) if _body(m)]
    signing = [m for m in bodies if _FOR.search(text, max(start, m.start - 60), m.start)]
    if len(signing) < 2:
        signing = []
        for mention in bodies:
            office = _OFFICE_OF.search(text, max(start, mention.start - 90), mention.start)
            present = office is not None and _COMPANY.search(text, max(start, office.start() - 60), office.start())
            chained = signing and _AND.fullmatch(text, signing[-1].end, mention.start)
            if (office is not None and not present) or chained:
                signing.append(mention)
    have = keys(draft.roles.get("parties", []), text)
    new = [m for m in signing if key(m, text) not in have]
    if new:
        draft.roles["parties"] = [*draft.roles.get("parties", []), *new]


def _agent(engine: Engine, filler: Filler, first: int) -> bool:
    start = filler.start if isinstance(filler, Mention) else filler[0]
    return _AGENT.search(engine.text, max(first, start - 160), start) is not None


def _named_signers(draft: EventDraft, text: str) -> None:
    """Leaves out "sein Kollege aus Bayern" beside two that are named, and the council whose chair signs too."""
    found = draft.roles.get("parties", [])
    others = [f for f in found if getattr(getattr(f, "value", None), "org_type", "") != "parliament"]
    if len(others) > 1:
        draft.roles["parties"] = found = others
    if sum(isinstance(f, Mention) for f in found) > 1:
        draft.roles["parties"] = [f for f in found if isinstance(f, Mention) or not _UNNAMED.fullmatch(text[slice(*f)])]


def told_parties(engine: Engine, draft: EventDraft) -> None:
    """The bodies that the headline, the lead or a sentence beside names together, where fewer than two are known."""
    found = draft.roles.get("parties", [])
    _named_signers(draft, engine.text)
    own = [f for f in found if not (isinstance(f, Mention) and f.kind in ("official", "person"))]
    if len(own) > 1 or draft.modality == "negated":
        return
    have = keys(own, engine.text)
    for start, end in _sentences(engine, draft):
        group = _joined(engine, start, end)
        if group and (not have or have & keys(group, engine.text)):
            draft.roles["parties"] = group
            return


def one_contract(engine: Engine, drafts: list[EventDraft]) -> None:
    """Joins two agreements of the same parties told shortly after each other: "gehen eine Kooperation ein. … unterzeichnet"."""
    last: EventDraft | None = None
    for draft in [d for d in drafts if d.type == "agreement" and d.modality != "negated"]:
        if last is not None and _same_contract(engine, last, draft):
            kept, gone = (draft, last) if draft.time is not None and last.time is None else (last, draft)
            kept.time, kept.place = kept.time or gone.time, kept.place or gone.place
            kept.roles.setdefault("object", gone.roles.get("object", []))
            kept.evidence += [gone.trigger, *gone.evidence]
            drafts.remove(gone)
            last = kept
        else:
            last = draft


def _same_contract(engine: Engine, first: EventDraft, second: EventDraft) -> bool:
    left, right = (keys(d.roles.get("parties", []), engine.text) for d in (first, second))
    if len(left & right) < 2 or not (left <= right or right <= left):
        return False
    times = {key(d.time, engine.text) for d in (first, second) if d.time is not None}
    return len(times) < 2 and first.modality == second.modality and second.sentence[0] - first.sentence[1] < _SOON


def _sentences(engine: Engine, draft: EventDraft) -> Iterator[tuple[int, int]]:
    """Its own sentence, the one before, the headline, the first two, the one behind."""
    yield draft.sentence
    spans = [s for s in engine.sentences if not engine.silent(s[0])]
    here = next((k for k, s in enumerate(spans) if s[0] <= draft.sentence[0] < s[1]), 0)
    beside = [*spans[max(0, here - 1) : here], *engine.titles, *spans[:3], *spans[here + 1 : here + 2]]
    yield from (s for s in dict.fromkeys(beside) if abs(s[0] - draft.sentence[0]) < 1500)


def _joined(engine: Engine, start: int, end: int) -> list[Filler]:
    """Two or more bodies that a sentence about a tie names side by side."""
    if not _TIE.search(engine.text, start, end):
        return []
    bodies = [m for m in engine.mentions(start, end) if _body(m) and not engine.quoted(m.start)]
    for k, first in enumerate(bodies):
        before = engine.text[max(start, first.start - 50) : first.start]
        if _AT.search(before) and not _BETWEEN.search(before):
            continue
        group = [first]
        for other in bodies[k + 1 :]:
            if not _AND.fullmatch(engine.text, group[-1].end, other.start):
                break
            group.append(other)
        behind = bodies[k + len(group) : k + len(group) + 1]
        if behind and _WITH.fullmatch(engine.text, group[-1].end, behind[0].start):
            group += behind
        if len(keys(group, engine.text)) > 1:
            return list(group)
    return []


def _body(mention: Mention) -> bool:
    value = mention.head.value
    if mention.kind == "organisation":
        return not isinstance(value, OrganisationValue) or value.org_type not in ("party", "parliament")
    return isinstance(value, TerritoryValue) and value.level in _LEVELS
