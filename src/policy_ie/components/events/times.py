"""The date and the place that belong to an event."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policy_ie.components.base import Mention
from policy_ie.components.events.asides import people
from policy_ie.language.clauses import Clause, Sentence
from policy_ie.language.phrases import Phrase
from policy_ie.language.tokens import Token
from policy_ie.language.verbs import Form
from policy_ie.language.words import ADV, COMMA, CONJ, DET, LOWER, NOUN, VERB
from policy_ie.records import DateValue

__all__ = ["event_place", "event_time"]

_TIME_PREPS = frozenset(("", "an", "in", "seit", "ab", "zu", "vor", "nach", "um", "bis", "von", "gegen", "während"))
_SPAN_PREPS = ("ab", "bis", "seit", "von")
_PLACE_PREPS = frozenset(("in", "bei", "auf", "an", "nach", "vor"))
_FIXED = frozenset(("geplant", "vorgesehen", "angesetzt", "terminiert", "anberaumt", "angekündigt", "einberufen"))
_CITY_STATES = frozenset(("02", "04", "11"))
_ATTRIBUTE = re.compile(r"(?:t|en|nd)e[nrms]?\Z")
#: What befell a place: the day behind it is that of the damage.
_DAMAGES = (
    "hochwasser", "hochwassers", "hochwasserkatastrophe", "flut", "flutkatastrophe", "unwetter", "unwettern", "unwetters",
    "starkregen", "sturm", "sturms", "orkan", "tornado", "erdbeben", "brand", "großbrand", "explosion", "anschlag", "schäden",
)  # fmt: skip
_QUOTES = frozenset('„“”»«"')
_DAY_NAME = re.compile(r"\D*[Tt]ag\b\D*")
_PLACES = frozenset(("municipality", "locality", "district", "region"))


def _dates(sentence: Sentence, clause: int, trigger: Token, *, undated: bool = False) -> list[tuple[Phrase | Token, Mention]]:
    found: list[tuple[Phrase | Token, Mention]] = []
    for number, phrase in enumerate(sentence.phrases):
        mention = phrase.tokens[0].payload
        if (
            phrase.clause == clause
            and mention is not None
            and mention.kind == "date"
            and (phrase.prep in _TIME_PREPS or (phrase.prep == "für" and _set(sentence, clause)))
            and not _of_attribute(sentence, phrase, trigger)
            and not _in_title(sentence, phrase, trigger)
            and not _of_second(sentence, phrase, trigger)
            and not (number and _of_noun(sentence.phrases[number - 1], phrase, trigger))
        ):
            if phrase.prep == "seit" and phrase.first > 1 and sentence.tokens[phrase.first - 1].kind == COMMA:
                continue  # "Susanne Bay, | seit Februar | Regierungspräsidentin, ist …"
            if not phrase.prep and phrase.first and sentence.tokens[phrase.first].text.isdigit():
                before = sentence.tokens[phrase.first - 1]
                if before.kind == NOUN and (before.payload is None or before.payload.kind == "programme"):
                    continue  # "Investitionsstock 2019", "Haushalt 2024"
            value = mention.value
            if (
                phrase.prep == "zu"
                and _DAY_NAME.fullmatch(phrase.tokens[0].text)
                and phrase.first
                and sentence.tokens[phrase.first - 1].kind == NOUN
            ):
                continue  # "Empfang | zum Tag der Arbeit": what for
            if (
                isinstance(value, DateValue)
                and value.timex_type in ("DATE", "TIME", "INTERVAL")
                and (not value.value.endswith("_REF") or (undated and phrase.tokens[0].lower == "heute"))
            ):
                found.append((phrase, mention))
    if not found:
        for token in sentence.clauses[clause].tokens:
            if (
                token.kind == LOWER
                and token.payload is not None
                and token.payload.kind == "date"
                and token.payload.value.start is not None  # "heutigen", not "langjährigen"
            ):
                found.append((token, token.payload))
    return found


def _set(sentence: Sentence, clause: int) -> bool:
    """True where a clause fixes a day: "ist für den 3. Juni geplant"."""
    return any(t.lower in _FIXED for t in sentence.clauses[clause].tokens)


def _of_session(sentence: Sentence, phrase: Phrase | Token) -> bool:
    """True for the day of what was held: "in der Sitzung vom 3. Mai"."""
    if not isinstance(phrase, Phrase) or phrase.prep != "von" or not phrase.first:
        return False
    return sentence.tokens[phrase.first - 1].lower.endswith(
        ("sitzung", "tagung", "konferenz", "versammlung", "beschluss", "entscheidung")
    )


def event_time(
    sentence: Sentence, clause: Clause, trigger: Token, used: Iterable[int], *, punctual: bool = False, undated: bool = False
) -> Mention | None:
    """The date of an event: in its own clause, or in the one whose subject it shares.

    What happens in a moment (`punctual`) has no "ab 2025": that belongs to its object. In a release without a date
    (`undated`) "heute" is a time, though nobody knows which.
    """
    out = _SPAN_PREPS if punctual else ("bis",)
    taken = set(used)
    number, seen = clause.index, set()
    while number >= 0 and number not in seen:
        seen.add(number)
        dates = [
            (p, m)
            for p, m in _dates(sentence, number, trigger, undated=undated)
            if id(p) not in taken and (getattr(p, "prep", "") not in out or _of_session(sentence, p))
        ]
        if punctual:
            dates = [d for d in dates if getattr(d[1].value, "timex_type", "") != "INTERVAL"]
        if dates:
            # The day before the hour and before what lasts since or comes after, then the nearest.
            dates.sort(
                key=lambda d: (
                    getattr(d[1].value, "value", "")[10:11] == "T",  # an hour, or hours
                    punctual and len(getattr(d[1].value, "value", "")) == len("2024"),  # "den Preis des Landes 2010"
                    getattr(d[0], "prep", "") in ("seit", "ab", "nach"),
                    _of_conjunct(sentence, d[0], trigger),
                    abs(d[0].start - trigger.start),
                )
            )
            return dates[0][1]
        current = sentence.clauses[number]
        number = current.shared if current.shared >= 0 else (current.parent if current.kind == "inf" else -1)
    return None


def _of_conjunct(sentence: Sentence, phrase: Phrase | Token, trigger: Token) -> bool:
    """True for the day of the noun before the conjunction: "der Besuch | am 1. Juli | und das Treffen am 19. Juli"."""
    if trigger.kind != NOUN or not isinstance(phrase, Phrase) or phrase.start > trigger.start or phrase.first == 0:
        return False
    before = sentence.tokens[phrase.first - 1]
    return before.kind == NOUN and any(
        t.kind == CONJ and phrase.end <= t.start < trigger.start for t in sentence.clauses[phrase.clause].tokens
    )


def _in_title(sentence: Sentence, phrase: Phrase, trigger: Token) -> bool:
    """True inside quoted words where the verb stands outside: "die Schau „Säle des | 20. Jahrhunderts | “ eröffnet"."""
    before = sentence.tokens[max(0, phrase.first - 8) : phrase.first]
    mark = next((t for t in reversed(before) if t.text in _QUOTES), None)
    if mark is None or mark.text not in "„»":
        return False
    first, last = sorted((phrase.start, trigger.start))
    return any(t.text in _QUOTES and first < t.start < last for t in sentence.tokens)


def _of_second(sentence: Sentence, phrase: Phrase, trigger: Token) -> bool:
    """True for the day of what was done next: "hatte den Bericht vorgestellt und | am 1. Juli | den Verein gegründet"."""
    if trigger.kind != VERB or not trigger.form & Form.PARTICIPLE or phrase.start < trigger.start:
        return False
    tokens = sentence.clauses[phrase.clause].tokens
    joined = any(t.kind == CONJ and trigger.end <= t.start < phrase.start for t in tokens)
    return joined and any(t.kind == VERB and t.start > phrase.start for t in tokens)


def _before_participle(sentence: Sentence, phrase: Phrase) -> bool:
    """True between an article and its noun: "über die in Rostock geplante Schau"."""
    tokens = sentence.tokens
    if not phrase.first or phrase.last + 2 >= len(tokens) or tokens[phrase.first - 1].kind != DET:
        return False
    return tokens[phrase.last + 1].kind in (LOWER, VERB, ADV) and tokens[phrase.last + 2].kind in (NOUN, LOWER, VERB)


def _of_attribute(sentence: Sentence, phrase: Phrase, trigger: Token) -> bool:
    """True for a day inside the attribute of a noun: "die Behebung der | zum Jahresbeginn entstandenen | Schäden"."""
    if not _before_participle(sentence, phrase):
        return False
    clause = sentence.clauses[phrase.clause]
    participle, *following = sentence.tokens[phrase.last + 1 : phrase.last + 5]
    noun = next((t for t in following if t.kind != LOWER), None)  # "der im März begonnene zweite Abschnitt"
    relative = clause.kind == "rel" and clause.tokens[0] is sentence.tokens[phrase.first - 1]
    attribute = participle is not trigger and not relative and _ATTRIBUTE.search(participle.lower) is not None
    return attribute and noun is not None and noun.kind == NOUN


def _of_people(sentence: Sentence, before: Phrase, phrase: Phrase) -> bool:
    """True between those who act and the verb: "Die Landräte | im Regierungsbezirk Kassel | trafen sich"."""
    tokens = sentence.tokens
    return (
        before.last == phrase.first - 1
        and not before.prep
        and before.clause == phrase.clause
        and before.head.payload is None
        and phrase.last + 1 < len(tokens)
        and tokens[phrase.last + 1].kind == VERB
        and bool(tokens[phrase.last + 1].form & Form.FINITE)
        and people(before)
    )


def _of_noun(before: Phrase, phrase: Phrase, trigger: Token) -> bool:
    """True for the time of what went before: "nach dem Hochwasser | im Juni 2013", "nach einer Sitzung | im Jahr 2018"."""
    if before.last + 1 != phrase.first or before.head.payload is not None or trigger in before.tokens or not phrase.prep:
        return False
    day = len(getattr(phrase.tokens[0].payload.value, "value", "")) >= len("2018-05-03")
    return before.head.lower.endswith(_DAMAGES) or (before.prep in ("nach", "seit") and not day)


def event_place(sentence: Sentence, clause: Clause, trigger: Token, used: Iterable[int]) -> list[Mention]:
    """Territories that say where an event takes place."""
    taken = set(used)
    found: list[Mention] = []
    for number, phrase in enumerate(sentence.phrases):
        if phrase.clause != clause.index or phrase.prep not in _PLACE_PREPS or id(phrase) in taken:
            continue
        if number and _of_people(sentence, sentence.phrases[number - 1], phrase):
            continue
        if phrase.prep == "nach" and phrase.start < trigger.start:
            continue
        if _before_participle(sentence, phrase):
            continue
        for token in phrase.tokens:
            mention = token.payload
            if (
                mention is not None
                and mention.kind == "territory"
                and (mention.value.level in _PLACES or mention.value.ags in _CITY_STATES)
                and not mention.nominal
            ):
                if token is not phrase.tokens[0] and not phrase.tokens[0].lower.endswith(
                    ("stadt", "gemeinde", "kreis", "markt", "ort", "rathaus", "haus", "kreises")
                ):
                    continue
                found.append(mention)
    return found[:3]
