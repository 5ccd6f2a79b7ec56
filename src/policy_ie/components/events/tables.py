"""Recipients with sums in the lists and tables of a release, and grants that are told as parts of one above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.merge import key
from policy_ie.components.events.rows import amount_of
from policy_ie.records import SectionKind

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["table_rows", "told_parts"]

_TAKERS = frozenset(("territory", "organisation"))
#: Longest line that can be a row of a table.
_ROW = 220
#: How such a line begins, and what none has.
_BEGINS_ROW = re.compile(r"\s*(?:[-–•*·▪\d]|\S+(?:\s\S+){0,6}\s*[:|\t–-])")
_VERB = re.compile(r"\b(?:hat|haben|wird|werden|wurde|ist|sind|erhält|erhalten)\b")
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
    r"\s*(?:\w*[Zz]uschuss )?(?:für|zur|zum|:)\s+(?:de[nrm]|die|das|eine?[nr]?)?\s*"
    r"((?!Verfügung)[^\n;(]{6,90}?)\s*[;,.]?\s*(?:\(|\n|;|\Z)"
)
#: The same before the sum: "- Zuschuss zum Neubau der Sporthalle: | 90.000 Euro".
_WORKS = re.compile(
    r"[\s•*·▪|,:(–-]*(?:\w*[Zz]uschuss )?(?:(?:für|zur|zum)\s+(?:(?:de[nrm]|die|das|eine?[nr]?)\s+)?)?"
    r"(?P<works>(?=[^\n]*?(?:[Bb]au|[Ss]anierung|[Ee]rweiterung|[Ee]rrichtung|schaffung|[Ee]rneuerung|[Gg]estaltung|[Ii]nstandsetzung"
    r"|[Mm]odernisierung|[Rr]enovierung|[Ee]inrichtung|[Aa]usstattung|[Aa]ufwertung|[Ee]rtüchtigung|[Ee]rschließung|[Kk]auf|[Ee]rwerb)\b)"
    r"[^\n]{6,200}?)[\s:,()|–-]*(?:(?:mit|rund|etwa|ca\.|knapp|über|insgesamt|bis zu|in Höhe von)\s)*"
)
_TOTAL = re.compile(r"\b(?:[Ii]nsgesamt|Insg\.|insg\.|[Zz]usammen|Gesamt\w+|in Summe)\b")
#: How far below its total, in characters, a grant is told as a part of it.
_FAR = 2500
_HEADING = re.compile(
    r"(?:gefördert|unterstützt|bewilligt|erhalten|bekommen|zuwendung\w*|förder\w+)\b[^\n:]{0,60}:\s*\Z", re.IGNORECASE
)


#: Between a name and its sum, between such pairs, and before the first.
_BESIDE = re.compile(r"\s?(?:\(|:|mit|rund|–)?\s?(?:rund |je |etwa )?")
_NEXT_PAIR = re.compile(r"\)?[,;]?\s(?:(?:und|sowie)\s)?(?:an\s)?(?:(?:der|die|das)\s)?(?:[A-ZÄÖÜ][a-zäöü]{3,16}\s)?")
_GRANTS = re.compile(
    r"\b(?:erhalten|bekommen|gefördert|unterstützt|bewilligt|\w*[Zz]uw(?:eis|end)ung\w*|\w*[Zz]usch[uü]ss\w*|\w*[Ff]örder\w+)\b"
)


class _Row:
    """A line with a sum: who takes it, where it names one, and what for."""

    __slots__ = ("amount", "end", "purpose", "start", "taker")

    def __init__(self, start: int, end: int, taker: Filler | None, amount: Mention, purpose: tuple[int, int] | None) -> None:
        self.start, self.end, self.taker, self.amount, self.purpose = start, end, taker, amount, purpose


def table_rows(engine: Engine, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """One funding per line of a list of recipients with amounts, each a part of the funding that the list belongs to."""
    text = engine.text
    money = sorted((m for m in engine.layer.mentions if m.kind == "money"), key=lambda m: m.start)
    if len(money) < 2:
        return []
    fundings = [d for d in drafts if d.type == "funding" and d.part_of is None]
    lines = _lines(engine, money)
    lines += _pairs(engine, drafts, lines)
    lines.sort(key=lambda r: r.start)
    if not fundings and not (lines and _HEADING.search(text, max(0, lines[0].start - 120), lines[0].start)):
        return []
    rows: list[EventDraft] = []
    groups: list[list[_Row]] = []
    for line in lines:
        last = groups[-1][-1].end if groups else line.start
        # Works below another heading are another list: "Bis 2027 sind geplant:"; so are rows below another grant.
        heading = line.taker is None and text.find(":", last, line.start) >= 0
        another = line.start - last > 40 and any(last <= d.trigger[0] < line.start for d in fundings)
        if not groups or line.start - last > 400 or heading or (another and len(groups[-1]) > 1):
            groups.append([])
        groups[-1].append(line)
    for group in groups:
        if len(group) < 2:
            continue
        whole, shared_out = _whole(engine, fundings, group)
        for line in group:
            if any(d.trigger[0] < line.end and line.start < d.trigger[1] for d in fundings if d is not whole):
                continue
            roles: dict[str, list[Filler]] = {"amounts": [line.amount]}
            if line.taker is not None:
                roles["recipients"] = [line.taker]
            elif not shared_out or whole is None:
                continue  # works with their costs, as far as we know
            elif whole.roles.get("recipients"):
                roles["recipients"] = list(whole.roles["recipients"])
            if line.purpose is not None:
                roles["purpose"] = [line.purpose]
            span = (line.amount.start, line.amount.end)
            row = EventDraft("funding", span, (line.start, line.end), roles=roles, confidence=0.6, why="funding.table")
            if whole is not None:
                for name in ("funders", "programme"):
                    if whole.roles.get(name):
                        roles[name] = list(whole.roles[name])
                row.modality, row.values, row.time = whole.modality, dict(whole.values), whole.time
                row.part_of, row.confidence = whole, 0.75
            rows.append(row)
        if whole is None:
            continue
        told = whole.roles.get("recipients", [])
        have = {key(f, text) for f in told}
        named = [f for f in told if isinstance(f, Mention)]
        more = {key(r.taker, text): r.taker for r in group if r.taker is not None and key(r.taker, text) not in have}
        total = max((amount_of(f) or Decimal(0) for f in whole.roles.get("amounts", ())), default=Decimal(0))
        few = sum((amount_of(r.amount) or Decimal(0) for r in group), Decimal(0)) * 2 < total
        if more and not few and (not named or len(named) > 1):
            whole.roles["recipients"] = [*named, *more.values()]
    return rows


def told_parts(engine: Engine, drafts: Sequence[EventDraft]) -> None:
    """Makes grants that sentences tell one by one parts of the grant above whose sum they share out.

    They have its giver and its programme where they name none, and it has their takers. A sum is shared out where theirs add
    up to it (within 4 %, for rounded totals), or are a good part of what is called a total, or three or more are most of it.
    """
    fundings = sorted((d for d in drafts if d.type == "funding" and d.modality != "negated"), key=lambda d: d.trigger)
    if len(fundings) < 3:
        return
    sums = [[s for f in d.roles.get("amounts", ()) if (s := amount_of(f)) is not None] for d in fundings]
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


def _whole(engine: Engine, fundings: Sequence[EventDraft], group: Sequence[_Row]) -> tuple[EventDraft | None, bool]:
    """The funding before a list that its rows are parts of, and whether they add up to its sum; else it is the nearest."""
    start = group[0].start
    before = [d for d in fundings if d.trigger[0] < start]
    if not before:
        return None, False
    total = sum((amount_of(r.amount) or Decimal(0) for r in group), Decimal(0))
    for draft in before:
        sums = [s for a in draft.roles.get("amounts", []) if (s := amount_of(a)) is not None]
        if any(total * 9 <= s * 10 <= total * 11 for s in sums):
            return draft, True
    if any(
        m.kind == "money" and m.start < start and (s := amount_of(m)) is not None and abs(s - total) * 30 <= total
        for m in engine.layer.mentions
    ):
        return None, False  # The text names the total of the list, and it is no funding that was found.
    return (before[-1] if start - before[-1].trigger[1] < 3000 else None), False


def _lines(engine: Engine, money: Sequence[Mention]) -> list[_Row]:
    """Lines that hold one sum, who takes it or what it is for, and hardly more."""
    text = engine.text
    found: list[_Row] = []
    below: list[Filler] = []  # the name above a run of rows
    last = -1
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
        named = [m for m in inside if m.kind in _TAKERS and not m.nominal]
        takers: list[Filler] = list(named)
        if last < 0 or text[last:start].strip():
            below = _above(engine, start)
        last = end
        rowlike = engine.layer.section_at(mention.start) == SectionKind.LIST or _BEGINS_ROW.match(line) is not None
        if not rowlike or _VERB.search(line):
            continue
        works = _WORKS.fullmatch(text, start, mention.start)
        after = _WORKS.fullmatch(text, named[0].end, mention.start) if works is not None and named else None
        if after is not None:
            works = after  # "Stadt Celle: Umbau der Halle"
        elif works is not None and below:
            takers = below
        elif named and _WORKS.fullmatch(text, start, named[0].start) is None:
            works = None  # "Stadt Ornbau"
        elif not takers and works is None and not engine.in_title(mention.start):
            takers = _label(text, start, mention.start) or ([] if line[: mention.start - start].strip(" -–•*\t") else below)
        if not (takers or works) or sum(m.kind == "money" for m in inside) != 1:
            continue
        behind = _FOR.match(text, mention.end, end)
        purpose = behind.span(1) if behind is not None else works.span("works") if works is not None else None
        found.append(_Row(start, end, takers[0] if takers else None, mention, purpose))
    return found


def _pairs(engine: Engine, drafts: Sequence[EventDraft], lines: Sequence[_Row]) -> list[_Row]:
    """Names with their sums, three or more side by side, that no verb reads: "erhalten: Celle 2 Mio. Euro, Peine …"."""
    text = engine.text
    known = {id(f) for d in drafts for f in d.roles.get("amounts", ())} | {id(r.amount) for r in lines}
    named = [m for m in engine.layer.mentions if m.kind == "money" or (m.kind in _TAKERS and not m.nominal)]
    named.sort(key=lambda m: (m.start, -m.end))
    found: list[_Row] = []
    run: list[_Row] = []
    for taker, amount in pairwise(named):
        if amount.kind != "money" or taker.kind == "money" or id(amount) in known or engine.silent(amount.start):
            continue
        if not _BESIDE.fullmatch(text, taker.end, amount.start):
            continue
        if run and not _NEXT_PAIR.fullmatch(text, run[-1].end, taker.start):
            found += run if len(run) > 2 else []
            run = []
        if run or _GRANTS.search(text, max(0, taker.start - 160), taker.start):
            run.append(_Row(taker.start, amount.end, taker, amount, None))
    return found + (run if len(run) > 2 else [])


def _label(text: str, start: int, end: int) -> list[Filler]:
    """The words before a sum that name who takes it, where no table knows the place."""
    label = _LABEL.fullmatch(text, start, end)
    if label is None:
        return []
    words = "item" if label["item"] else "name"
    return [] if _NO_LABEL.search(label[words]) else [label.span(words)]


def _above(engine: Engine, start: int) -> list[Filler]:
    """The place or body that alone fills the line above a row: "Gemeinde Bidingen / 400.000 Euro: …"."""
    text = engine.text
    end = start - _ROW + len(text[start - _ROW : start].rstrip()) if start > _ROW else len(text[:start].rstrip())
    first = text.rfind("\n", 0, end) + 1
    named = [m for m in engine.mentions(first, end) if m.kind in _TAKERS and not m.nominal]
    if len(named) != 1 or len(text[first:end].strip()) - (named[0].end - named[0].start) > 12:
        return []
    return [named[0]]
