"""When and where it happened, where the own clause leaves that open and the sentence or its paragraph tells it once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Mention
from policy_ie.components.events.givers import paragraph
from policy_ie.components.events.merge import keys
from policy_ie.components.events.modality import PAST
from policy_ie.language.verbs import Form
from policy_ie.records import DateValue, TerritoryValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["when_and_where"]

#: What happens at one time and in one place.
_HAPPENINGS = frozenset(("visit", "meeting", "award", "agreement", "opening", "decision", "appointment"))
_PLACED = frozenset(("visit", "meeting", "award", "agreement", "opening"))
_DAY = re.compile(r"(?:(?:\d{4}|XXXX)-(?:\d\d-\d\d|W(?:\d\d|XX)-\d)|PRESENT_REF|PAST_REF|FUTURE_REF)(?:T.+)?")
_YEAR = re.compile(r"\d{4}")
#: Words that tell of the day by themselves, and what stands before any other day.
_DEICTIC = re.compile(r"(?:heute|gestern|vorgestern|morgen|übermorgen)\b", re.I)
_ON = re.compile(r"\b(?:am|beim|dem|an diesem)\s+(?:\(?heutigen\)?\s+|gestrigen\s+|morgigen\s+)?\(?\Z", re.I)
_THERE = re.compile(
    r"(?:\s\([^)\n]{1,40}\)|\))?,?(?:\s+um [\d.:]+ Uhr,?)?"
    r"(?:\s+(?:im|in der|bei der|beim|am Rande der|vor dem|auf der)(?:\s+[\w-]+){1,3})?\s+in\s+"
)
_THEN = re.compile(r",?\s+am\s+")
#: What a sentence tells that was not at the time of the others.
_EARLIER = re.compile(
    r"\b(?:zuvor|bereits|zuletzt|bisher|bislang|später|damals|einst|früher|künftig|seit|regelmäßig|jährlich|jedes Jahr)\b", re.I
)
#: Between a verb of saying and a day that is no longer its own.
_CLAUSE = re.compile(r"[:;„\"»]|, (?:dass|die|der|das|wo|wie|wer|um|weil|wenn)\b")
#: A day beside words that were said at the happening: "sagte sie bei der Eröffnung am Montag".
_DURING = re.compile(r"\b(?:anlässlich|bei|beim|im Rahmen|am Rande|während|zur|zum|nach)\b")
_COMING = re.compile(r"\b(?:findet|finden|wird|werden)\b")
#: Longest way from a headline to the first paragraph, and shortest sentence of that, in characters.
_LEAD, _LINE = 900, 60
_LEVELS = frozenset(("municipality", "locality"))


def when_and_where(engine: Engine, events: Sequence[EventDraft]) -> None:
    """Fills the time and place of happenings from their sentence, else from their paragraph or the one below the headline."""
    planned: EventDraft | None = None
    for event in sorted(events, key=lambda e: e.trigger):
        if event.type == "statement":
            _said(engine, event)
            continue
        if event.type == "visit":
            if planned is not None and event.modality == "asserted" and _next_stop(engine, planned, event):
                event.modality = "planned"
            planned = event if event.modality == "planned" else None
        if event.type not in _HAPPENINGS or event.modality == "negated" or event.part_of is not None:
            continue
        if event.time is not None and not _YEAR.fullmatch(str(getattr(event.time.value, "value", ""))):
            continue
        year, event.time = event.time, _day_of(engine, event, event.time)
        if event.time is not year and event.modality == "asserted" and _ahead(engine, event):
            event.modality = "planned"  # "empfängt", said the day before
        if event.time is not None and event.type in _PLACED and not event.place:
            event.place = _beside(engine, event.time)


def _day_of(engine: Engine, event: EventDraft, year: Mention | None) -> Mention | None:
    """The day, and one in the year where the clause names that alone: "Auch 2018 empfängt er … am 21. August"."""
    day = _time(engine, event)
    same = day is not None and year is not None and str(getattr(day.value, "value", ""))[:4] == getattr(year.value, "value", "")
    return day if year is None or same else year


def _next_stop(engine: Engine, planned: EventDraft, event: EventDraft) -> bool:
    """True for the next stop of a tour to come: "Am Montag wird Ministerin Groß … Danach besucht sie die Klinik"."""
    return (
        event.time is None
        and event.trigger[0] - planned.trigger[0] < 2 * _LEAD
        and not PAST.search(engine.text, *event.sentence)
        and bool(keys(planned.roles.get("visitors", ()), engine.text) & keys(event.roles.get("visitors", ()), engine.text))
    )


def _said(engine: Engine, event: EventDraft) -> None:
    """The day in the words that say who spoke: "sagte die Ministerin am Dienstag in Celle"."""
    text, (start, end) = engine.text, event.trigger
    words = [f for f in event.roles.get("quote", ()) if isinstance(f, tuple)] + event.evidence
    dates = []
    for mention in _dates(engine, [event.sentence]):
        between = (end, mention.start) if mention.start >= end else (mention.end, start)
        if (
            between[1] - between[0] < 2 * _LINE
            and not _CLAUSE.search(text, *between)
            and not any(a <= mention.start < b for a, b in words)
        ):
            dates.append(mention)
    event.time = _only(engine, event, dates)
    if event.time is not None:
        event.place = _beside(engine, event.time)


def _ahead(engine: Engine, event: EventDraft) -> bool:
    """True where the day lies after the release, or an undated one tells of it in the present tense only."""
    published = engine.layer.published
    start: dt.date | None = getattr(event.time.value, "start", None) if event.time is not None else None
    if event.time is None or start is None:
        return False
    if published is not None:
        return start > published
    there = next((s for s in engine.sentences if s[0] <= event.time.start < s[1]), event.sentence)
    if there != event.sentence and not _COMING.search(engine.text, *there):
        return False
    return not any(PAST.search(engine.text, *sentence) for sentence in (event.sentence, there))


def _time(engine: Engine, event: EventDraft) -> Mention | None:
    inside = [m for m in _dates(engine, [event.sentence]) if len(getattr(m.value, "value", "")) > len("2024")]
    if inside or _EARLIER.search(engine.text, *event.sentence) or _had_happened(engine, event):
        return _only(engine, event, inside)
    found = _only(engine, event, _dates(engine, _around(engine, event)))
    if found is None or _DEICTIC.match(engine.text, found.start):
        return found
    # "… betonte die Ministerin am Dienstag" is the day of the words; an office may begin on any day.
    said = next((q.sentence[0] for q in engine.layer.quotes if q.sentence[0] <= found.start < q.sentence[1]), None)
    if event.type == "appointment" or (said is not None and not _DURING.search(engine.text, said, found.start)):
        return None
    return found


def _had_happened(engine: Engine, event: EventDraft) -> bool:
    """True for a verb in the pluperfect, which tells of another day: "Der Senat hatte beschlossen"."""
    if engine.low.find("hatte", *event.sentence) < 0:
        return False
    sentence = engine.parsed(event.trigger[0])
    verb = next((t for t in sentence.tokens if t.start == event.trigger[0]), None)
    if verb is None or not verb.form & Form.PARTICIPLE:
        return False
    return any(t.lower in ("hatte", "hatten") for t in sentence.clauses[verb.clause].tokens)


def _around(engine: Engine, event: EventDraft) -> list[tuple[int, int]]:
    """The paragraph of an event, a short one with the next; for a headline the first one below, for that the headline."""
    text = engine.text
    sentence = event.sentence
    headline = _headline(engine, sentence)
    if headline:
        below = next(
            (s for s in engine.sentences if s[0] >= sentence[1] and s[1] - s[0] > _LINE and not engine.silent(s[0])), None
        )
        if below is None or below[0] - sentence[1] > _LEAD:
            return []
        sentence = below
    start, end = paragraph(text, sentence)
    if end - sentence[1] < _LINE and end - start < 6 * _LINE:
        end = paragraph(text, (end + 1, min(end + 2, len(text))))[1]
    spans = [(start, end)]
    if not headline:
        spans += [t for t in engine.titles if 0 <= start - t[1] < _LINE]
    return spans


def _headline(engine: Engine, sentence: tuple[int, int]) -> bool:
    """True for the headline, and for a line without an end mark."""
    start, end = sentence
    if engine.in_title(start):
        return True
    text = engine.text
    return end - start < 2 * _LINE and text[start:end].rstrip()[-1:].isalnum() and text[end : end + 2].count("\n") > 0


def _dates(engine: Engine, spans: Sequence[tuple[int, int]]) -> list[Mention]:
    return [
        m
        for start, end in spans
        for m in engine.mentions(start, end)
        if isinstance(m.value, DateValue) and m.value.timex_type in ("DATE", "TIME", "INTERVAL") and not engine.quoted(m.start)
    ]


def _only(engine: Engine, event: EventDraft, dates: Sequence[Mention]) -> Mention | None:
    """The only day that is told, where the happening can have been on it."""
    days: dict[str, Mention] = {}
    for mention in dates:
        value = mention.value
        if isinstance(value, DateValue) and _DAY.fullmatch(value.value) and _on(engine, mention):
            days.setdefault(value.value.partition("T")[0], mention)
    found = next(iter(days.values()), None)
    return found if found is not None and len(days) == 1 and _fits(engine, event, found) else None


def _on(engine: Engine, mention: Mention) -> bool:
    text = engine.text
    if _DEICTIC.match(text, mention.start, mention.end) and text[max(0, mention.start - 3) : mention.start] != "am ":
        return True  # "morgen", not "am Morgen"
    if getattr(mention.value, "value", "").endswith("_REF"):
        return False
    return _ON.search(text, max(0, mention.start - 24), mention.start) is not None


def _fits(engine: Engine, event: EventDraft, mention: Mention) -> bool:
    """True where what has happened lies before the release, what is planned not before it."""
    published = engine.layer.published
    start: dt.date | None = getattr(mention.value, "start", None)
    if published is None or start is None:
        return True
    apart = (start - published).days
    if event.modality != "asserted":
        return 0 <= apart <= 120
    return -60 <= apart <= (0 if PAST.search(engine.text, *event.sentence) else 30)


def _beside(engine: Engine, time: Mention) -> list[Mention]:
    """The town beside a day: "am 6. September in Celle", "in Celle am 6. September"."""
    for mention in engine.mentions(max(0, time.start - 60), time.end + 60):
        value = mention.value
        if isinstance(value, TerritoryValue) and value.level in _LEVELS and not mention.nominal:
            first, last = sorted((time, mention), key=lambda m: m.start)
            if (_THERE if first is time else _THEN).fullmatch(engine.text, first.end, last.start):
                return [mention]
    return []
