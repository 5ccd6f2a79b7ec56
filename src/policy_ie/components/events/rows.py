"""Several recipients with sums: in one sentence, and in lists and tables of a release."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.means import costs
from policy_ie.components.events.merge import key
from policy_ie.components.events.nounsets import TERRITORIAL, territorial_noun
from policy_ie.components.events.roles import phrase_span
from policy_ie.language.clauses import Sentence
from policy_ie.language.phrases import Phrase
from policy_ie.language.words import COMMA, DAT, NOM, VERB
from policy_ie.records import MoneyValue, SectionKind

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["sentence_rows", "table_rows", "told_parts"]

_SEGMENT = re.compile(r"[,;]\s|\s(?:und|sowie|während)\s")
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
_BRACKET = re.compile(r"\s*\(\s*(?:[a-zäöü]+\s+){0,2}")
#: Longest line that can be a row of a table.
_ROW = 220
#: The label of a row that no table of places lists: "Neuenheersee: 250.000 Euro", "- Achstetten-Stetten – 52.000 Euro".
_LABEL = re.compile(
    r"\s*(?:[-–•*·▪]\s+(?P<item>[A-ZÄÖÜ][^\d\n:;|\t]{2,45}?)"
    r"|(?P<name>[A-ZÄÖÜ][\w.()/-]+"
    r"(?:,? (?:[A-ZÄÖÜ(][\w.()/-]+|a[nm]|de[rmns]|im|in|ob|vor|bei|und|v\.|a\.|d\.|i\.)){0,5}))"
    r"\s*(?:[:|\t]|\s?[–-]\s)\s*(?:(?:rund|etwa|bis zu|ca\.|knapp|über|insgesamt)\s)?"
)
_NO_LABEL = re.compile(
    r"(?i)gesamt|summe|kosten|förder|volumen|zuschuss|eigen|invest|budget|davon|preis|platz|laufzeit|strafe|ausgaben|einnahmen|etat"
)
#: What a row is for: "Seedorf: 90.000 Euro | für eine neue Turnhalle".
_FOR = re.compile(
    r"\s*(?:für|zur|zum|:)\s+(?:de[nrm]|die|das|eine?[nr]?)?\s*((?!Verfügung)[^\n;(]{6,90}?)\s*[;,.]?\s*(?:\(|\n|;|\Z)"
)
_TOTAL = re.compile(r"\b(?:[Ii]nsgesamt|Insg\.|insg\.|[Zz]usammen|Gesamt\w+|in Summe)\b")
#: How far below its total, in characters, a grant is told as a part of it.
_FAR = 2500
_HEADING = re.compile(r"(?:gefördert|unterstützt|bewilligt|zuwendung\w*|förder\w+)\b[^\n:]{0,60}:\s*\Z", re.IGNORECASE)


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
    rows: list[EventDraft] = []
    bounds = [start, *(m.end() for m in _SEGMENT.finditer(text, start, end)), end]
    # A segment without a sum belongs to the one that follows or precedes it; only segments with one sum and one taker are rows.
    for a, b in pairwise(bounds):
        here = [m for m in sums if a <= m.start < b]
        thereof = bool(_THEREOF.search(text, a, b))
        if len(here) != 1 or here[0] is first or id(here[0]) in known:
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
            rows.append(_part(draft, here[0], own))
            continue
        if not takers and not thereof:
            continue
        if takers and id(takers[0]) in used and len(takers) == 1 and not thereof:
            takers = []
            continue
        roles: dict[str, list[Filler]] = {"amounts": [here[0]]}
        gives = bool(takers) and _parties(engine, draft, here[0], takers, roles)
        if takers and not gives:
            gives = _gives_too(engine, draft, takers[0])
            roles["funders" if gives else "recipients"] = [_named(engine, takers[0])]
        purpose = _purpose(engine, here[0])
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
    if rows and draft.roles.get("amounts"):
        draft.roles["amounts"] = [first]
        told = [f for row in rows for f in row.roles.get("purpose", ()) if isinstance(f, tuple)]
        draft.roles["purpose"] = [f for f in draft.roles.get("purpose", ()) if f not in told]
        taken = [r for row in rows for r in row.roles.get("recipients", [])]
        draft.place = [p for p in draft.place if not any(p is r for r in taken)]
        if draft.roles.get("recipients"):
            spans = [_span(r) for r in taken]
            draft.roles["recipients"] = [r for r in draft.roles["recipients"] if _span(r) not in spans]
            if not draft.roles["recipients"]:
                del draft.roles["recipients"]
    return rows


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
            plain = not phrase.prep and phrase.cases & NOM and phrase.det and phrase.head.payload is None
            return phrase_span(sentence, phrase) if plain else None
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
    for phrase in engine.parsed(taker.start).phrases:
        if phrase.tokens[-1].payload is taker and taker.kind == "territory" and not taker.nominal:
            noun = phrase.tokens[0]
            called = noun.payload is None and not territorial_noun(noun.lower) and not noun.lower.endswith(TERRITORIAL)
            return (phrase.inner, phrase.end) if called else taker
    return taker


def _purpose(engine: Engine, amount: Mention, preps: Sequence[str] = ("für", "zu")) -> tuple[int, int] | None:
    """What the words right behind a sum say that it is for."""
    sentence = engine.parsed(amount.start)
    last = next((p.last for p in sentence.phrases if p.tokens[-1].payload is amount), None)
    after = next((p for p in sentence.phrases if last is not None and p.first == last + 1), None)
    if after is None or after.prep not in preps or after.head.payload is not None or after.head.lower == "verfügung":
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


def table_rows(engine: Engine, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """One funding per line of a list of recipients with amounts, each a part of the funding that the list belongs to."""
    text = engine.text
    fundings = [d for d in drafts if d.type == "funding" and d.part_of is None]
    lines = _lines(engine)
    if not fundings and not (lines and _HEADING.search(text, max(0, lines[0][0] - 120), lines[0][0])):
        return []
    rows: list[EventDraft] = []
    group: list[tuple[int, int, Filler, Mention]] = []
    groups = []
    last_end = -1
    for start, end, taker, amount in lines:
        if group and start - last_end > 400:
            groups.append(group)
            group = []
        group.append((start, end, taker, amount))
        last_end = end
    groups.append(group)
    for group in groups:
        if len(group) < 2:
            continue
        whole = _whole(engine, fundings, group)
        for start, end, taker, amount in group:
            if any(d.trigger[0] < end and start < d.trigger[1] for d in fundings if d is not whole):
                continue
            roles: dict[str, list[Filler]] = {"recipients": [taker], "amounts": [amount]}
            purpose = _FOR.match(text, amount.end, end)
            if purpose is not None:
                roles["purpose"] = [purpose.span(1)]
            row = EventDraft(
                "funding", (amount.start, amount.end), (start, end), roles=roles, confidence=0.6, why="funding.table"
            )
            if whole is not None:
                for name in ("funders", "programme"):
                    if whole.roles.get(name):
                        roles[name] = list(whole.roles[name])
                row.modality, row.values, row.time = whole.modality, dict(whole.values), whole.time
                row.part_of, row.confidence = whole, 0.75
            rows.append(row)
        if whole is None:
            continue
        have = {key(f, text) for f in whole.roles.get("recipients", [])}
        named = [f for f in whole.roles.get("recipients", []) if isinstance(f, Mention)]
        more = [t for _, _, t, _ in group if key(t, text) not in have]
        if not named or len(named) > 1:
            whole.roles["recipients"] = [*named, *more]
    return rows


def told_parts(engine: Engine, drafts: Sequence[EventDraft]) -> None:
    """Makes grants that sentences tell one by one parts of the grant above whose sum they share out.

    They have its giver and its programme where they name none, and it has their takers. A sum is shared out where theirs add
    up to it (within 4 %, for rounded totals), or are a good part of what is called a total, or three or more are most of it.
    """
    fundings = sorted((d for d in drafts if d.type == "funding" and d.modality != "negated"), key=lambda d: d.trigger)
    sums = [[s for f in d.roles.get("amounts", ()) if (s := _sum(f)) is not None] for d in fundings]
    for i, whole in enumerate(fundings):
        if whole.part_of is not None or len(sums[i]) != 1:
            continue
        total = sums[i][0]
        parts: list[EventDraft] = []
        told = Decimal(0)
        for draft, own in zip(fundings[i + 1 :], sums[i + 1 :], strict=True):
            if draft.trigger[0] - whole.sentence[1] > _FAR or (own and max(own) >= total):
                break
            beside = draft.part_of is not None or draft.sentence == whole.sentence
            if len(own) == 1 and not beside and not _apart(whole, draft, engine):
                parts.append(draft)
                told += own[0]
        if len(parts) < 2 or told * 100 > total * 104:
            continue
        whole_told = told * 100 >= total * 96
        called = told * 3 >= total and _TOTAL.search(engine.text, *whole.sentence)
        if not (whole_told or called or (len(parts) > 2 and told * 5 >= total * 3)):
            continue
        for part in parts:
            part.part_of = whole
            for name in ("funders", "programme"):
                if whole.roles.get(name) and not part.roles.get(name):
                    part.roles[name] = list(whole.roles[name])
        named = [f for f in whole.roles.get("recipients", ()) if isinstance(f, Mention)]
        takers = {key(f, engine.text): f for part in parts for f in part.roles.get("recipients", ()) if isinstance(f, Mention)}
        if whole_told and len(takers) > 1 and not named:
            whole.roles["recipients"] = list(takers.values())


def _apart(whole: EventDraft, draft: EventDraft, engine: Engine) -> bool:
    """Whether a grant names another giver or programme than the one above."""
    for name in ("funders", "programme"):
        ours, theirs = ({key(f, engine.text) for f in d.roles.get(name, ())} for d in (whole, draft))
        if ours and theirs and not ours & theirs:
            return True
    return False


def _sum(filler: Filler) -> Decimal | None:
    value = filler.value if isinstance(filler, Mention) else None
    return value.amount if isinstance(value, MoneyValue) else None


def _whole(
    engine: Engine, fundings: Sequence[EventDraft], group: Sequence[tuple[int, int, Filler, Mention]]
) -> EventDraft | None:
    """The funding before a list that its rows are parts of: one whose sum they add up to, else the nearest."""
    start = group[0][0]
    before = [d for d in fundings if d.trigger[0] < start]
    if not before:
        return None
    total = sum((_sum(m) or Decimal(0) for _, _, _, m in group), Decimal(0))
    spans = [(d, [s for a in d.roles.get("amounts", []) if (s := _sum(a)) is not None]) for d in before]
    for draft, sums in spans:
        if any(total * 9 <= s * 10 <= total * 11 for s in sums):
            return draft
    if any(
        m.kind == "money" and m.start < start and (s := _sum(m)) is not None and abs(s - total) * 30 <= total
        for m in engine.layer.mentions
    ):
        return None  # The text names the total of the list, and it is no funding that was found.
    return before[-1] if start - before[-1].trigger[1] < 3000 else None


def _lines(engine: Engine) -> list[tuple[int, int, Filler, Mention]]:
    """Lines that hold one taker and one sum, and hardly more."""
    text = engine.text
    found: list[tuple[int, int, Filler, Mention]] = []
    money = [m for m in engine.layer.mentions if m.kind == "money"]
    money.sort(key=lambda m: m.start)
    for mention in money:
        if engine.silent(mention.start):
            continue
        start = text.rfind("\n", max(0, mention.start - _ROW), mention.start) + 1
        end = text.find("\n", mention.end, mention.end + _ROW)
        end = len(text) if end < 0 and len(text) - mention.end < _ROW else end
        if end < 0 or end - start > _ROW or (start == 0 and mention.start > _ROW):
            continue
        line = text[start:end]
        inside = engine.mentions(start, end)
        takers: list[Filler] = [m for m in inside if m.kind in _TAKERS and not m.nominal]
        if not takers and not engine.in_title(mention.start):
            takers = _label(text, start, mention.start) or _above(engine, start, mention)
        if not takers or sum(m.kind == "money" for m in inside) != 1:
            continue
        rowlike = engine.layer.section_at(mention.start) == SectionKind.LIST or bool(
            re.match(r"\s*(?:[-–•*·▪\d]|\S+(?:\s\S+){0,6}\s*[:|\t–-])", line)
        )
        if not rowlike or re.search(r"\b(?:hat|haben|wird|werden|wurde|ist|sind|erhält|erhalten)\b", line):
            continue
        found.append((start, end, takers[0], mention))
    return found


def _label(text: str, start: int, end: int) -> list[Filler]:
    """The words before a sum that name who takes it, where no table knows the place."""
    label = _LABEL.fullmatch(text, start, end)
    if label is None:
        return []
    words = "item" if label["item"] else "name"
    return [] if _NO_LABEL.search(label[words]) else [label.span(words)]


def _above(engine: Engine, start: int, amount: Mention) -> list[Filler]:
    """The place or body that alone fills the line above one that begins with a sum: "Gemeinde Bidingen / 400.000 Euro: …"."""
    text = engine.text
    if text[start : amount.start].strip(" -–•*\t"):
        return []
    end = len(text[:start].rstrip())
    first = text.rfind("\n", 0, end) + 1
    named = [m for m in engine.mentions(first, end) if m.kind in _TAKERS and not m.nominal]
    if len(named) != 1 or len(text[first:end].strip()) - (named[0].end - named[0].start) > 12:
        return []
    return [named[0]]
