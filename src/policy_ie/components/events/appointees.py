"""Several persons who get an office in one sentence: an appointment names one person, so each has an event of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.frames import Nouns, noun_classes
from policy_ie.components.events.roles import phrase_span
from policy_ie.language.clauses import Sentence
from policy_ie.language.phrases import Phrase
from policy_ie.language.words import COMMA, CONJ

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["further_appointees"]

#: Frames whose trigger can hold for several persons; of "folgt auf" and the like only one person is new.
_SHARED = frozenset(
    f"appointment.{name}"
    for name in ("name", "appoint", "elect", "elect_into", "into_office", "sworn", "oath", "dismiss", "confirm", "send_off")
)


def further_appointees(engine: Engine, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """Appointments of those beside the first: "A und B zu Beigeordneten", "A zum Minister und B zur Ministerin ernannt"."""
    found: list[EventDraft] = []
    for draft in drafts:
        persons = draft.roles.get("person")
        if draft.type != "appointment" or draft.why not in _SHARED or not persons or not isinstance(persons[0], Mention):
            continue
        sentence = engine.parsed(draft.trigger[0])
        first = next((p for p in sentence.phrases if p.tokens[-1].payload is persons[0]), None)
        if first is not None and not first.prep:
            found += _others(engine, draft, sentence, first)
    return found


def _others(engine: Engine, draft: EventDraft, sentence: Sentence, first: Phrase) -> list[EventDraft]:
    office = draft.roles.get("office", [None])[0]
    own = isinstance(office, tuple) and office[0] > first.start
    series: list[EventDraft] = []
    joined = False
    left = first
    for phrase in sentence.phrases:
        if phrase.first <= left.last or phrase.clause != first.clause:
            continue
        mention = phrase.tokens[-1].payload
        if mention is None or mention.kind not in ("official", "person") or mention.nominal:
            continue
        gapped = isinstance(office, tuple) and own and office[0] < phrase.start
        # In "zum Minister der Finanzen und Eva Schulz zur …" the name looks like a second genitive.
        if phrase.prep or (phrase.of is not None and not gapped) or phrase.tokens[0].payload is not mention:
            break
        before = sentence.tokens[phrase.first - 1]
        if before.kind != COMMA and not (before.kind == CONJ and before.lower in ("und", "sowie")):
            break
        roles: dict[str, list[Filler]] = {**draft.roles, "person": [mention]}
        if gapped:
            # The first has an office of its own before the second is named; so must the second.
            words = _office(sentence, phrase)
            if words is None:
                break
            roles["office"] = [words]
            roles.pop("organisation", None)
        elif phrase.first != left.last + 2:
            break
        joined |= before.kind == CONJ
        series.append(
            EventDraft(
                draft.type, draft.trigger, draft.sentence, draft.modality, roles, dict(draft.values), draft.time,
                list(draft.place), list(draft.evidence), draft.part_of, draft.confidence, draft.why,
            )
        )  # fmt: skip
        left = phrase
    return series if joined else []


@cache
def _offices() -> Nouns:
    nouns = noun_classes().nouns(("offices",))
    assert nouns is not None
    return nouns


def _office(sentence: Sentence, person: Phrase) -> tuple[int, int] | None:
    """The office told right after a person: "… und Eva Schulz [zur] Ministerin des Innern"."""
    phrase = next((p for p in sentence.phrases if p.first == person.last + 1), None)
    if phrase is None or phrase.prep not in ("zu", "als") or not _offices().match(phrase.head.lower):
        return None
    return phrase_span(sentence, phrase)
