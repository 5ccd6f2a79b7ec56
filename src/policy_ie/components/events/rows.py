"""Several recipients with sums in one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.means import costs
from policy_ie.components.events.nounsets import TERRITORIAL, giver_noun, territorial_noun
from policy_ie.components.events.roles import phrase_span
from policy_ie.language.clauses import Sentence
from policy_ie.language.phrases import Phrase
from policy_ie.language.words import COMMA, DAT, NOM, VERB
from policy_ie.records import MoneyValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["amount_of", "sentence_rows"]

_SEGMENT = re.compile(r"[,;:]\s|\s(?:und|sowie|während)\s")
_SUPPORT = frozenset(("funding.support", "funding.support_sum"))
_THEREOF = re.compile(r"\b(?:davon|darunter|hiervon)\b")
_TAKERS = frozenset(("territory", "organisation"))
#: Finite verbs of giving; their particles ("gab … dazu", "legt … drauf") need not be looked at beside a sum.
_GIVING = frozenset(
    (
        *("zahlt", "zahlen", "zahlte", "zahlten", "gibt", "geben", "gab", "gaben", "trägt", "tragen", "trug", "trugen"),
        *("steuert", "steuern", "steuerte", "steuerten", "übernimmt", "übernehmen", "übernahm", "übernahmen"),
        *("stellt", "stellen", "stellte", "stellten", "schießt", "schießen", "schoss", "schossen", "schoß"),
        *("legt", "legen", "legte", "legten", "beteiligt", "beteiligen", "beteiligte", "beteiligten"),
    )
)
_HAVE = frozenset(("hat", "haben", "hatte", "hatten"))
_GIVEN = frozenset(
    (
        *("gegeben", "dazugegeben", "gezahlt", "übernommen", "getragen", "beteiligt", "bereitgestellt"),
        *("beigesteuert", "zugeschossen", "draufgelegt", "dazugelegt"),
    )
)
_COMING = frozenset(("kommt", "kommen", "kam", "kamen", "stammt", "stammen", "stammte", "stammten"))
#: "zur Verfügung" and the like say nothing of what a sum is for.
_NO_PURPOSE = frozenset(("verfügung", "bewilligung", "auszahlung"))
_BRACKET = re.compile(r"\s*\(\s*(?:[a-zäöü]+\s+){0,2}")


def sentence_rows(engine: Engine, draft: EventDraft, known: Mapping[int, EventDraft]) -> list[EventDraft]:
    """Further fundings that a sentence lists: "Köln erhält 2 Mio. Euro, Bonn 1 Mio. Euro" and "davon 3 Mio. Euro für …"."""
    start, end = draft.sentence
    bracketed = _bracketed(engine, draft, known)
    if bracketed:
        return bracketed
    inside = [m for m in engine.mentions(start, end) if m.kind in ("money", "territory", "organisation")]
    sums = [m for m in inside if m.kind == "money" and not costs(engine.text, m.start)]
    if len(sums) < 2 or not draft.roles.get("amounts"):
        return []
    text = engine.text
    used = {id(f) for fillers in draft.roles.values() for f in fillers}
    first = draft.roles["amounts"][0]
    if not isinstance(first, Mention):
        return []
    apart: list[EventDraft] = []  # those with a taker of their own
    rows: list[EventDraft] = []
    bounds = [start, *(m.end() for m in _SEGMENT.finditer(text, start, end) if m[0] != ": " or first.start < m.start()), end]
    # A segment without a sum belongs to the one that follows or precedes it; only segments with one sum and one taker are rows.
    for a, b in pairwise(bounds):
        here = [m for m in sums if a <= m.start < b]
        thereof = bool(_THEREOF.search(text, a, b))
        if len(here) != 1 or here[0] is first or id(here[0]) in known or _passive_apart(engine, first, here[0]):
            continue
        takers = [m for m in inside if m.kind in _TAKERS and a <= m.start < b and not (m.nominal and text[m.start].islower())]
        own = (_own_object if draft.why in _SUPPORT else _own_purpose)(engine, here[0], a)
        if own is None and draft.why == "funding.thereof":
            own = _purpose(engine, here[0], ("auf", "für", "in"))
        if (
            own is not None
            and not thereof
            and here[0].start > first.start
            and not any(own[0] <= t.start < own[1] for t in takers)
        ):
            named = [t for t in takers if t.start < own[0]]
            if not named:
                rows.append(_part(draft, here[0], own))
                continue
            takers = named  # "Celle bekommt 180.000 Euro, Peine für das Bad 70.000 Euro"
        if not takers and not thereof:
            further = _further(engine, first, here[0])
            if further is not None:
                rows.append(_part(draft, here[0], further))
                if draft.roles.get("recipients"):
                    rows[-1].roles["recipients"] = list(draft.roles["recipients"])
            continue
        if takers and id(takers[0]) in used and len(takers) == 1 and not thereof:
            continue
        roles: dict[str, list[Filler]] = {"amounts": [here[0]]}
        gives = bool(takers) and _parties(engine, draft, here[0], takers, roles)
        if takers and not gives:
            gives = _gives_too(engine, draft, takers[0])
            roles["funders" if gives else "recipients"] = [_named(engine, takers[0])]
        purpose = _purpose(engine, here[0]) or own
        if purpose is not None:
            roles["purpose"] = [purpose]
            if purpose in draft.roles.get("purpose", ()):
                own = _purpose(engine, first)
                draft.roles["purpose"] = [own] if own is not None else []
        for name in ("programme",) if gives else ("funders", "programme"):
            if draft.roles.get(name) and not (takers and any(f is takers[0] for f in draft.roles[name])):
                roles[name] = list(draft.roles[name])
        row = EventDraft(
            "funding", (here[0].start, here[0].end), draft.sentence, draft.modality, roles, dict(draft.values), draft.time,
            confidence=round(draft.confidence * 0.9, 3), why="funding.row",
        )  # fmt: skip
        if thereof and here[0].start > first.start:
            row.part_of = draft
        rows.append(row)
        apart.append(row)
    if rows and draft.roles.get("amounts"):
        draft.roles["amounts"] = [first]
        _shared_out(draft, first, rows)
        told = [f for row in rows for f in row.roles.get("purpose", ()) if isinstance(f, tuple)]
        draft.roles["purpose"] = [f for f in draft.roles.get("purpose", ()) if f not in told]
        taken = [r for row in apart for r in row.roles.get("recipients", [])]
        draft.place = [p for p in draft.place if not any(p is r for r in taken)]
        if draft.roles.get("recipients"):
            spans = [_span(r) for r in taken]
            draft.roles["recipients"] = [r for r in draft.roles["recipients"] if _span(r) not in spans]
            if not draft.roles["recipients"]:
                del draft.roles["recipients"]
    return rows


def _shared_out(draft: EventDraft, first: Mention, rows: Sequence[EventDraft]) -> None:
    """Makes the rows parts of the first sum where they add up to it: "3 Millionen Euro: 2 Millionen für …, eine für …"."""
    total = amount_of(first)
    parts = [amount_of(f) or Decimal(0) for row in rows for f in row.roles["amounts"]]
    if total is not None and len(parts) > 1 and total * 96 <= sum(parts) * 100 <= total * 104:
        for row in rows:
            row.part_of = draft


def _span(filler: Filler) -> tuple[int, int]:
    return (filler.start, filler.end) if isinstance(filler, Mention) else filler


def _part(draft: EventDraft, amount: Mention, purpose: tuple[int, int]) -> EventDraft:
    """A further sum of a sentence with its own purpose."""
    roles: dict[str, list[Filler]] = {"amounts": [amount], "purpose": [purpose]}
    roles |= {name: list(draft.roles[name]) for name in ("funders", "programme") if draft.roles.get(name)}
    return EventDraft(
        "funding", (amount.start, amount.end), draft.sentence, draft.modality, roles, dict(draft.values), draft.time,
        confidence=round(draft.confidence * 0.9, 3), why="funding.row",
    )  # fmt: skip


def _further(engine: Engine, first: Mention, amount: Mention) -> tuple[int, int] | None:
    """What a sum is for that is told beside the first: "mit 2 Millionen für die Schule und | 500.000 für das Bad"."""
    sentence = engine.parsed(amount.start)
    phrases = {id(t.payload): p for p in sentence.phrases for t in p.tokens if t.payload is not None}
    own, other = phrases.get(id(amount)), phrases.get(id(first))
    if own is None or other is None or own.prep or other.start > own.start:
        return None
    if own.clause != other.clause and any(t.kind == VERB for t in sentence.clauses[own.clause].tokens):
        return None
    return _purpose(engine, amount)


def _passive_apart(engine: Engine, first: Mention, amount: Mention) -> bool:
    """True for a sum in another clause with a passive of its own: "…, die Schule wird mit 20.000 Euro gefördert"."""
    sentence = engine.parsed(amount.start)
    clauses = {id(t.payload): t.clause for t in sentence.tokens if t.payload is first or t.payload is amount}
    own = clauses.get(id(amount), -1)
    if own < 0 or own == clauses.get(id(first), own):
        return False
    return any(t.lower in ("wird", "werden", "wurde", "wurden") for t in sentence.clauses[own].tokens)


def _before(engine: Engine, amount: Mention, start: int) -> tuple[Sentence, Phrase, list[Phrase]] | None:
    """The phrase of a sum, and those before it from an offset on, nearest first."""
    sentence = engine.parsed(amount.start)
    own = next((p for p in sentence.phrases if p.tokens[-1].payload is amount), None)
    if own is None:
        return None
    return sentence, own, [p for p in reversed(sentence.phrases) if start <= p.start and p.last < own.first]


def _own_object(engine: Engine, amount: Mention, start: int) -> tuple[int, int] | None:
    """What is supported with a further sum: "…, der Radweg mit 2 Millionen Euro"."""
    found = _before(engine, amount, start)
    if found is None or found[1].prep != "mit":
        return None
    sentence, _, phrases = found
    for phrase in phrases:
        if phrase.of is None and phrase.prep not in ("in", "von", "an", "bei"):
            plain = not phrase.prep and phrase.cases & NOM and phrase.det and all(t.payload is None for t in phrase.tokens)
            return phrase_span(sentence, phrase) if plain and not giver_noun(phrase.head.lower) else None
    return None


def _own_purpose(engine: Engine, amount: Mention, start: int) -> tuple[int, int] | None:
    """What a further sum is for: "…, für Horte und Bäder noch 2 Millionen Euro"."""
    found = _before(engine, amount, start)
    if found is None or found[1].prep:
        return None
    sentence, own, phrases = found
    first = next((p for p in phrases if p.prep == "für"), None)
    if first is not None and any(t.payload is not None for t in first.tokens):
        return None  # "für ein Dach und die Stadt Celle 20.000 Euro": who takes
    if first is not None and first.chain >= 0:  # "für Horte | und Bäder"
        first = next(p for p in sentence.phrases if p.chain == first.chain)
    if (
        first is None
        or first.head.payload is not None
        or any(t.kind in (VERB, COMMA) for t in sentence.tokens[first.last : own.first])
    ):
        return None
    return phrase_span(sentence, first)


def _named(engine: Engine, taker: Mention) -> Filler:
    """A town, or who is called after it: "die Tafel Gera"."""
    sentence = engine.parsed(taker.start)
    for k, phrase in enumerate(sentence.phrases):
        if phrase.tokens[-1].payload is taker and taker.kind == "territory" and not taker.nominal:
            site = next(
                (p for p in sentence.phrases[max(0, k - 2) : k] if p.det and not p.prep and p.head.payload is None), None
            )
            if phrase.prep == "in" and site is not None and site.clause == phrase.clause:
                return site.inner, phrase.end  # "die Schule am Park | in Celle"
            noun = phrase.tokens[0]
            called = noun.payload is None and not territorial_noun(noun.lower) and not noun.lower.endswith(TERRITORIAL)
            return (phrase.inner, phrase.end) if called else taker
    return taker


def _purpose(engine: Engine, amount: Mention, preps: Sequence[str] = ("für", "zu")) -> tuple[int, int] | None:
    """What the words right behind a sum say that it is for."""
    sentence = engine.parsed(amount.start)
    last = next((p.last for p in sentence.phrases if p.tokens[-1].payload is amount), None)
    after = next((p for p in sentence.phrases if last is not None and p.first == last + 1), None)
    if after is None or after.prep not in preps or after.head.payload is not None or after.head.lower in _NO_PURPOSE:
        return None
    return phrase_span(sentence, after)


def _parties(
    engine: Engine, draft: EventDraft, amount: Mention, named: Sequence[Mention], roles: dict[str, list[Filler]]
) -> bool:
    """Fills who gives a sum to whom, in a clause with its own verb of giving: "…, der Kreis zahlt 200.000 Euro".

    False, and nothing filled, for other clauses ("für Celle gibt es …").
    """
    sentence = engine.parsed(amount.start)
    phrases = {id(t.payload): p for p in sentence.phrases for t in p.tokens if t.payload is not None}
    own = phrases.get(id(amount))
    if own is None or any(t.start == draft.trigger[0] for t in sentence.clauses[own.clause].tokens):
        return False
    words = {t.lower for t in sentence.clauses[own.clause].tokens}
    active = bool(words & _GIVING) or bool(words & _HAVE and words & _GIVEN)
    from_whom = bool(words & _COMING)
    for mention in named:
        phrase = phrases.get(id(mention))
        if phrase is None:
            giver = active and mention is named[0]
        elif phrase.prep:
            giver = from_whom and phrase.prep == "von"
        else:
            giver = active and bool(phrase.cases & NOM)
        if giver:
            roles["funders"] = [mention]
            break
    else:
        return False
    takers = [m for m in named if (p := phrases.get(id(m))) is not None and p.cases & DAT and not p.cases & NOM and not p.prep]
    if takers:
        roles["recipients"] = list(takers)
    return True


def _gives_too(engine: Engine, draft: EventDraft, mention: Mention) -> bool:
    """True for a further giver: "Der Bund trägt 5 Millionen und der Kreis 6 Millionen", "…, 6 Millionen Euro vom Kreis"."""
    if not draft.roles.get("funders"):
        return False
    for phrase in engine.parsed(mention.start).phrases:
        if any(t.payload is mention for t in phrase.tokens):
            if phrase.prep == "von":
                return True
            return draft.trigger[0] <= mention.start and not phrase.prep and bool(phrase.cases & NOM) and not phrase.cases & DAT
    return False


def _bracketed(engine: Engine, draft: EventDraft, known: Mapping[int, EventDraft]) -> list[EventDraft]:
    """Recipients with their sums in brackets: "die Städte Celle (1,2 Mio. Euro), Peine (400.000 Euro) und …"."""
    inside = engine.mentions(*draft.sentence)
    rows = []
    for taker, amount in pairwise(inside):
        if taker.kind not in _TAKERS or amount.kind != "money" or id(amount) in known:
            continue
        if not _BRACKET.fullmatch(engine.text, taker.end, amount.start):
            continue
        roles: dict[str, list[Filler]] = {"recipients": [taker], "amounts": [amount]}
        row = EventDraft(
            "funding", (taker.start, taker.end), draft.sentence, draft.modality, roles, dict(draft.values), draft.time
        )
        row.part_of, row.confidence, row.why = draft, 0.78, "funding.bracket"
        rows.append(row)
    if len(rows) < 2:
        for row in rows:
            if row.roles["amounts"] == draft.roles.get("amounts") and draft.roles.get("recipients"):
                draft.roles["recipients"] = row.roles["recipients"]  # the sum in brackets is that of the name before it
        return []
    draft.why += ".rows"
    takers = {id(row.roles["recipients"][0]) for row in rows}
    taken = {id(row.roles["amounts"][0]) for row in rows}
    for name, gone in (("amounts", taken), ("funders", takers)):
        draft.roles[name] = [f for f in draft.roles.get(name, []) if id(f) not in gone]
    for row in rows:
        row.roles |= {name: list(draft.roles[name]) for name in ("funders", "programme") if draft.roles.get(name)}
    own = [f for f in draft.roles.get("recipients", []) if id(f) not in takers]
    if own and draft.roles["amounts"] and isinstance(own[0], Mention):
        for row in rows:  # "Köln erhält 3 Millionen, gefolgt von Bonn (2 Millionen)": no total
            row.part_of = None
    else:
        draft.roles["recipients"] = [row.roles["recipients"][0] for row in rows]
    draft.roles = {name: fillers for name, fillers in draft.roles.items() if fillers}
    return rows


def amount_of(filler: Filler) -> Decimal | None:
    """The number of a sum; None for anything else and for ranges."""
    value = filler.value if isinstance(filler, Mention) else None
    return value.amount if isinstance(value, MoneyValue) else None
