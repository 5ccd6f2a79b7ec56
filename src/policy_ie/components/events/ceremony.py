"""Who got a prize, where the sentence that tells of it leaves it open: in the sentences that follow, and in lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.merge import counted, key, keys
from policy_ie.components.events.nounsets import PERSONS
from policy_ie.language.clauses import Clause
from policy_ie.language.verbs import Form

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["REACH", "explained", "gather_laureates", "gather_prizes"]

#: How far behind an award a sentence may add to it, in characters.
REACH = 900
#: What such sentences add, and from how far.
_ADDED = {
    "award": (("laureates", "amounts"), REACH),
    "meeting": (("topic", "participants"), REACH // 2),
    "visit": (("visitors", "hosts"), REACH),
    "opening": (("openers",), REACH),
    "funding": (("purpose",), REACH // 2),
    "budget": (("amounts",), REACH // 3),
}
#: Works that end without a ceremony.
_DONE = frozenset(("opening.complete", "opening.works_done", "opening.done_after", "opening.works_ended"))
#: How far behind an award the heading of a list of names may stand.
_LIST_REACH = 4000
_WINNERS = re.compile(
    r"(?:\b|\w)(?:[Ss]ieger|[Gg]ewinner|[Pp]reisträger)\b|\b(?:Preisträgerinnen|Siegerinnen|Gewinnerinnen|Ausgezeichneten|Geehrten|Beteiligten)"
)
_PRIZE = re.compile(
    r"(?:(?:den|der|die|das|ein|einen|mit) )*(?:dotierten? )?(?:\d\. |\w+(?:st|t)en? |dritte[nr]? |weitere[nr]? )?"
    r"(?:Haupt|Sonder|Förder|Publikums)?(?:[Pp]reise?s?|[Pp]l[aä]tze?|Anerkennung\w*)\b"
)
#: "überreichte die Ehrennadeln an: Anna Meier, Soest; …", in one paragraph.
_COLON = re.compile(r"\ban(?: (?:die folgenden|folgende)[^.:]{0,60})?:\s|\b(?:sind|waren|wurden|werden):\s")
#: The line before a list: "Folgende Personen wurden geehrt:", "Die Preisträgerinnen und Preisträger:".
_HEADING = re.compile(
    r"^[^\n]{0,200}\b(?:geehrt|ausgezeichnet|Ausgezeichnet|Geehrt|prämiert|überreicht|verliehen|ausgehändigt|erhielten|erhalten"
    r"|Preisträger(?:innen)?|Ausgezeichneten|Geehrten|Laureaten|Gewinner(?:innen)?|Sieger(?:innen)?|Ordensträger(?:innen)?)"
    r"[^\n.:]{0,140}:[ \t]*\n",
    re.M,
)
_TITLES = r"Herrn?|Frau|Familie|Eheleute|Prof\.?|Professor(?:in)?|Dr\.?|Dipl\.-\w+\.?|h\.? ?c\.?|med\.?|Ing\."
_BULLET = re.compile(rf"[\s•·▪*–\-]*(?:\d{{1,3}}[.)]\s+)?(?:(?:{_TITLES})\s+)*")
_NAME = re.compile(r"(?:[A-ZÄÖÜÉŠ][\w'’-]+[ ]){1,3}[A-ZÄÖÜÉŠ][\w'’-]+(?=[ ]?[(,;–]|[ \t]*$)", re.M)
_AND = re.compile(r"\bund\s+(?:Prof\. |Dr\. )*\Z")
_PLAIN = re.compile(
    r"(?:(?:de[mnr]|die|das|ein\w*) )?(?:\w+(?:en|e|er|es|em) )?"
    r"(?:Preis(?:e|es|en)?|Auszeichnung(?:en)?|Urkunden?|Ehrung(?:en)?|Pl[aä]tze?n?)"
)
#: A line that says which prize the lines below it got: "1. Preise:", "Kategorie Umwelt:".
_PRIZE_LINE = re.compile(
    r"[\s•·▪*–\-]*(?:(?:\d\.|Erster|Zweiter|Dritter|I{1,3}\.) "
    r"(?:Preis|Platz|Pl[aä]tz|Rang|Sieger)|\w*[Pp]reise?\b|Platz|Kategorie|(?:Gold|Silber|Bronze)\b)"
)
#: … and with it who got it: "1. Platz: Chor Rosengrund (Celle)".
_BEHIND = re.compile(r"[^:\n]{0,80}:\s+(?=[\"„“«»]?[A-ZÄÖÜ])")
_WORDS = re.compile(
    r"[^\n(;:|–]{3,80}?(?=\s*(?:[(;|:]| [–-] |, (?!\w+ e\.)|(?:mit|für) (?:das|die|dem|den|der|ihr|sein|„)|aus |\.?\s*$))", re.M
)
#: Words of what is done again and again, and of what is done now.
_HABITS = frozenset(("seit", "jährlich", "alljährlich", "regelmäßig", "traditionell", "zweijährlich"))
_HAVE = frozenset(("hat", "haben"))
_NOW = frozenset(("diesem", "dieses", "heute", "gestern", "erneut", "nun", "jetzt"))
#: What tells them from others, behind who gets a prize; and before whom the text knows already.
_WHO = re.compile(r"(?: (?:aus|vor|ausgezeichnet|geehrt|prämiert|vergeben|verliehen))?, (?:\w+ )?(?:die|deren|denen|welche)\b")
_THOSE = re.compile(r"\b(?:d(?:ie|en|er|as)|(?:ihr|sein|dies|all)e[nrs]?)\s+\Z")
#: Longest list, in lines, and how many lines may tell of one person.
_LINES, _TOLD = 150, 3
_TAKERS = frozenset(("official", "person", "territory", "organisation"))


def explained(text: str, clause: Clause, form: int, draft: EventDraft) -> bool:
    """True where a verb of the present only tells what a prize is for, with no person named.

    It is given again and again ("seit 1950", "jährlich"), or to whoever deserves it ("Sie ehrt | Bürger, die …"), or there
    to be given ("die höchste Ehrung, die der Kreis zu vergeben hat").
    """
    laureates = draft.roles.get("laureates", [])
    lows = [t.lower for t in clause.tokens]
    if form & Form.PAST or any(isinstance(f, Mention) and f.kind in PERSONS for f in laureates):
        return False
    if any(low == "zu" and lows[k + 2] in _HAVE for k, low in enumerate(lows[:-2])):
        return True
    if form & Form.FINITE and not form & Form.PARTICIPLE:
        if not _HABITS.isdisjoint(lows) or any(low.startswith(("alle zwei", "alle drei", "jedes jahr")) for low in lows):
            return True
    elif not form & Form.PARTICIPLE or not ("werden" in lows or "wird" in lows):
        return False
    presenters = draft.roles.get("presenters", ())
    if (
        not laureates
        or not _NOW.isdisjoint(lows)
        or draft.time is not None
        or any(isinstance(f, Mention) and f.kind in PERSONS for f in presenters)
    ):
        return False
    return all(
        isinstance(f, tuple)
        and not counted(f, text)
        and _WHO.match(text, f[1]) is not None
        and _THOSE.search(text, max(0, f[0] - 12), f[0]) is None
        for f in laureates
    )


def gather_prizes(text: str, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """Joins the single prizes to the ceremony they were given at: "zeichnete die Sieger aus. … Der zweite Preis ging an …"."""
    kept: list[EventDraft] = []
    ceremony: EventDraft | None = None
    for draft in drafts:
        if draft.type == "award":
            named = draft.roles.get("laureates", [])
            general = all(_general(f, text) for f in named)
            if ceremony is not None and not draft.roles.get("presenters") and _single_prize(draft, text):
                own = ceremony.roles.get("laureates", [])
                ceremony.roles["laureates"] = [*(f for f in own if not _general(f, text)), *named]
                sums = ceremony.roles.setdefault("amounts", [])
                sums += [f for f in draft.roles.get("amounts", []) if not any(f is s for s in sums)]
                ceremony.evidence += [draft.trigger, *draft.evidence]
                continue
            ceremony = draft if general and draft.modality == "asserted" else ceremony
        kept.append(draft)
    return kept


def gather_laureates(engine: Engine, events: Sequence[EventDraft]) -> None:
    """Adds to the awards who is named in the sentences and lists behind them, to meetings what they were about."""
    awards = [e for e in events if e.type == "award" and e.modality != "negated"]
    for award in awards:
        if not any(isinstance(f, Mention) for f in award.roles.get("laureates", ())):
            for trigger in (award.trigger, *award.evidence):
                listed = _behind_colon(engine, trigger[1])
                if listed:
                    award.roles["laureates"] = listed
                    break
    _follow(engine, events)
    _name(engine, awards)
    if awards:
        for heading in _HEADING.finditer(engine.text):
            told = _before(awards, heading.end(), _LIST_REACH)
            if told is not None and not engine.silent(heading.start()):
                named = _names(engine, heading.end())
                if named:
                    own = told.roles.get("laureates", [])
                    said = [f for f in own if isinstance(f, Mention) or not heading.start() <= f[0] < heading.end()]
                    told.roles["laureates"] = said  # "Folgende Projekte wurden geehrt:"
                _add(told, "laureates", named, engine.text)


def _follow(engine: Engine, events: Sequence[EventDraft]) -> None:
    """Adds what sentences that are no events of their own say of the one before."""
    for draft in engine.followers:
        roles, reach = _ADDED[draft.type]
        kin = [e for e in events if e.type == draft.type and e.modality != "negated"]
        told = _before(kin, draft.trigger[0], reach)
        if told is None or (draft.type == "award" and any(e.sentence == draft.sentence for e in kin)):
            continue
        if draft.type == "funding" and (told.roles.get("purpose") or told.why.startswith("funding.row")):
            continue
        if draft.type == "opening" and (told.roles.get("openers") or told.why in _DONE or told.trigger in engine.opened):
            continue  # guests open only where nobody else does
        for role in roles:
            others = keys([f for name, fillers in told.roles.items() if name != role for f in fillers], engine.text)
            named = [f for f in draft.roles.get(role, []) if not _empty(f, engine.text) and key(f, engine.text) not in others]
            if any(counted(f, engine.text) for f in told.roles.get(role, ())):
                named = [f for f in named if not counted(f, engine.text)]  # "… an 25 Bürger. Geehrt wurden 12 Frauen und …"
            _add(told, role, named, engine.text)
        told.evidence.append(draft.trigger)


def _name(engine: Engine, awards: Sequence[EventDraft]) -> None:
    """Puts the only prize that the release names in the place of "den ersten Preis", "die Auszeichnung", "die Urkunden"."""
    plain = [
        a for a in awards if (f := a.roles.get("award")) and isinstance(f[0], tuple) and _PLAIN.fullmatch(engine.text, *f[0])
    ]
    if not plain:
        return
    named = {
        key(m, engine.text): m
        for m in engine.layer.of_kind("programme")
        if getattr(m.head.value, "programme_type", "") == "award" and not m.nominal and not engine.silent(m.start)
    }
    if len(named) == 1:
        for award in plain:
            award.roles["award"] = list(named.values())


def _empty(filler: Filler, text: str) -> bool:
    return filler.nominal if isinstance(filler, Mention) else text[slice(*filler)] in ("Themen", "Thema")


def _general(filler: Filler, text: str) -> bool:
    """True for words that only say that somebody won: "die Gewinner des Wettbewerbs"."""
    return not isinstance(filler, Mention) and _WINNERS.search(text, *filler) is not None


def _single_prize(draft: EventDraft, text: str) -> bool:
    return any(isinstance(f, tuple) and _PRIZE.match(text, *f) for f in draft.roles.get("award", []))


def _before(awards: Sequence[EventDraft], offset: int, reach: int) -> EventDraft | None:
    """The award told of last before an offset."""
    last = {id(e): max((t[0] for t in (e.trigger, *e.evidence) if t[0] < offset), default=-reach - 1) for e in awards}
    near = [e for e in awards if offset - last[id(e)] <= reach]
    return max(near, key=lambda e: last[id(e)], default=None)


def _add(award: EventDraft, role: str, fillers: Sequence[Filler], text: str) -> None:
    if not fillers:
        return
    own = [f for f in award.roles.get(role, []) if not _general(f, text)]
    known = {key(f, text) for f in own}
    award.roles[role] = own + [f for f in fillers if key(f, text) not in known and not _general(f, text)]


def _behind_colon(engine: Engine, offset: int) -> list[Filler]:
    """Persons in a list behind a colon in the sentence: "überreichte die Nadeln an: Anna Meier, Soest; Karl Vogt, Werl"."""
    colon = _COLON.search(engine.text, offset, offset + 160)
    if colon is None:
        return []
    end = engine.text.find("\n\n", colon.end() + 3)
    limit = min(colon.end() + 3000, end if end > 0 else len(engine.text))
    named: list[Filler] = [m for m in engine.mentions(colon.end(), limit) if m.kind == "person"]
    return named if len(named) > 1 else []


def _names(engine: Engine, start: int) -> list[Filler]:
    """Names that open the lines of a list; other lines tell of the one named before."""
    text = engine.text
    found: list[Filler] = []
    told = 0
    position = start
    for _ in range(_LINES):
        if position >= len(text) or told > _TOLD or engine.silent(position):
            break
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if not text[position:end].strip():
            position = end + 1
            continue
        opening = _BULLET.match(text, position, end)
        begin = opening.end() if opening else position
        labelled = _BEHIND.match(text, begin, end) if _PRIZE_LINE.match(text, position, end) else None
        if labelled is not None:
            begin = labelled.end()
        mention = next((m for m in engine.mentions(begin, begin + 1) if m.kind in _TAKERS and not m.nominal), None)
        name = None if mention is not None else _NAME.match(text, begin, end)
        if labelled is not None and mention is None:
            name = _WORDS.match(text, begin, end)
        if mention is not None:
            found.append(mention)
            if mention.kind in ("official", "person"):
                found += [
                    m for m in engine.mentions(mention.end, end) if m.kind == "person" and _AND.search(text, begin, m.start)
                ]
            told = 0
        elif name is not None and (found or text[position:begin].strip()):
            found.append(name.span())
            told = 0
        else:
            told += 1
            if text[position:end].rstrip().endswith(":") and _PRIZE_LINE.match(text, position, end) is None:
                break
        position = end + 1
    return found
