"""Several persons who get an office in one sentence: an appointment names one person, so each has an event of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.coordination import side_by_side
from policy_ie.components.events.nounsets import office_noun
from policy_ie.components.events.roles import phrase_span
from policy_ie.language.clauses import Sentence
from policy_ie.language.phrases import Phrase, is_person
from policy_ie.language.words import COMMA, CONJ, PREP

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["further_appointees"]

#: Frames whose trigger can hold for several persons; of "folgt auf" and the like only one person is new.
_SHARED = frozenset(
    f"appointment.{name}"
    for name in (
        *("name", "appoint", "elect", "elect_into", "into_office", "sworn", "oath", "dismiss", "confirm", "send_off"),
        *("new_office", "become_inverted"),
    )
)
#: Frames that name nobody beside who gets an office or leaves it and the one who hands over or sends off.
_LISTED = frozenset(
    f"appointment.{name}" for name in ("farewell", "certificate_handed", "certificate_received", "dismissal_certificate")
)


def further_appointees(engine: Engine, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """Appointments of those beside the first: "A und B zu Beigeordneten", "A zum Minister und B zur Ministerin ernannt"."""
    found: list[EventDraft] = []
    for draft in drafts:
        persons = draft.roles.get("person")
        listed = draft.why in _LISTED
        if not (listed or draft.why in _SHARED) or not persons or not isinstance(persons[0], Mention):
            continue
        sentence = engine.parsed(draft.trigger[0])
        first = next((p for p in sentence.phrases if p.tokens[-1].payload is persons[0]), None)
        if first is None:
            continue
        others = _with_offices(engine, draft, sentence, first)
        found += others or [_of(draft, other) for other in _beside(sentence, first, titled=listed)]
    return found


def _beside(sentence: Sentence, first: Phrase, *, titled: bool) -> list[Mention]:
    """Those named beside a person, each with a home ("aus Celle") or, where `titled`, an office, and "und" before the last."""
    tokens = sentence.tokens
    person: Mention = first.tokens[-1].payload
    if titled:  # also those that look like the subject: "überreichte sie | Eva Schulz, Jan Kuhn und …"
        listed = side_by_side(sentence, [person], set())
        joined = any(t.kind == CONJ and listed[0].end <= t.start < listed[-1].start for t in tokens)
        return [m for m in listed if m is not person and not m.nominal] if joined else []
    named = {p.first: p for p in sentence.phrases if is_person(p) and not p.tokens[-1].payload.nominal}
    found: list[Mention] = []
    k, joined = first.last + 1, False
    while k + 1 < len(tokens) and tokens[k].kind in (COMMA, CONJ, PREP):
        if tokens[k].lower == "aus" and tokens[k + 1].payload is not None:
            k += 2
            continue
        phrase = named.get(k + 1)
        if phrase is None or phrase.prep or phrase.of is not None or phrase.tokens[0].payload is None:
            break
        joined |= tokens[k].kind == CONJ
        found.append(phrase.tokens[-1].payload)
        k = phrase.last + 1
    return found if joined else []


def _of(draft: EventDraft, person: Mention, **roles: list[Filler]) -> EventDraft:
    """The same appointment of another person."""
    return EventDraft(
        draft.type, draft.trigger, draft.sentence, draft.modality, {**draft.roles, "person": [person], **roles},
        dict(draft.values), draft.time, list(draft.place), list(draft.evidence), draft.part_of, draft.confidence, draft.why,
    )  # fmt: skip


def _with_offices(engine: Engine, draft: EventDraft, sentence: Sentence, first: Phrase) -> list[EventDraft]:
    """Those named behind the first one's office with another: "A zum Minister und | B zur Ministerin"."""
    office = draft.roles.get("office", [None])[0]
    if not isinstance(office, tuple) or office[0] < first.start or first.prep:
        return []
    series: list[EventDraft] = []
    joined = False
    for phrase in sentence.phrases:
        if phrase.start < office[0] or phrase.clause != first.clause:
            continue
        mention = phrase.tokens[-1].payload
        if mention is None or mention.kind not in ("official", "person") or mention.nominal:
            continue
        # In "zum Minister der Finanzen und Eva Schulz zur …" the name looks like a second genitive.
        before = sentence.tokens[phrase.first - 1]
        words = _office(sentence, phrase)
        if phrase.prep or phrase.tokens[0].payload is not mention or before.kind not in (COMMA, CONJ) or words is None:
            break
        other = _of(draft, mention, office=[words])
        other.roles.pop("organisation", None)
        joined |= before.kind == CONJ
        series.append(other)
    return series if joined else []


def _office(sentence: Sentence, person: Phrase) -> tuple[int, int] | None:
    """The office told right after a person: "… und Eva Schulz [zur] Ministerin des Innern"."""
    phrase = next((p for p in sentence.phrases if p.first == person.last + 1), None)
    if phrase is None or phrase.prep not in ("zu", "als") or not office_noun(phrase.head.lower):
        return None
    return phrase_span(sentence, phrase)
