"""How real an event is: asserted, planned, possible or negated."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from policy_ie.components.base import Mention
from policy_ie.components.events.frames import word_lists
from policy_ie.components.events.sides import conjunct_before
from policy_ie.language.clauses import Clause, Sentence
from policy_ie.language.phrases import Phrase
from policy_ie.language.tokens import Token
from policy_ie.language.verbs import Form
from policy_ie.language.words import COMMA, CONJ, DET, NOUN, VERB, words

__all__ = ["PAST", "modality"]

#: A sentence that may tell of the past.
PAST = re.compile(
    r"\b(?:hat|haben|hatte|hatten|wurde|wurden|war|waren|ist|sind|worden|[a-zäöü]\w{2,}(?:te|ten)"
    # strong verbs, with and without a prefix: "übergab", "verlieh", "empfingen"
    r"|[a-zäöü]*(?:gab|lieh|nahm|kam|ging|fing|traf|sprach|trat|fand|schloss|stand|hielt|lud|unterschrieb|wies|berief|rief)(?:en)?)\b"
)

#: A season of a year, which has no first day, and the month it begins in; a winter may be that of the year before.
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA)")
_SEASONS = {"SP": 3, "SU": 6, "FA": 9}
#: A part of a month has no first day either: "Ende Juni" is after its middle.
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_PART = {"START": 1, "MID": 10, "END": 20}
#: A day by which an undated release tells what is to come.
_CALENDAR = re.compile(r"\d{4}-\d\d-\d\d(?:T.+)?|XXXX-W(?:\d\d|XX)-\d(?:T.+)?")


#: Ending of a participle before its noun.
_ATTRIBUTE = re.compile(r"\w(?:t|en)e[nrms]?\Z")
_IS = frozenset(("ist", "sind"))
_WILL = frozenset(("wird", "werde", "werden"))
_WOULD = frozenset(("würde", "würden"))


class _Words(NamedTuple):
    plan: frozenset[str]
    possible: frozenset[str]
    future: frozenset[str]
    negation: frozenset[str]
    no_negation: frozenset[str]
    refused: frozenset[str]
    past: frozenset[str]
    plan_attributes: tuple[str, ...]
    possible_attributes: tuple[str, ...]
    hope_verbs: tuple[str, ...]
    free_prepositions: frozenset[str]
    done_nouns: frozenset[str]


@functools.cache
def _words() -> _Words:
    lists = word_lists("modality")
    beginnings = ("plan_attributes", "possible_attributes", "hope_verbs")
    return _Words(**{name: tuple(sorted(words)) if name in beginnings else words for name, words in lists.items()})  # type: ignore[arg-type]


def _negated(tokens: Sequence[Token], trigger: Token) -> bool:
    w = _words()
    negation = w.negation
    for k, token in enumerate(tokens):
        if token.lower in negation:
            following = tokens[k + 1].lower if k + 1 < len(tokens) else ""
            if following in w.no_negation or (token.lower == "nie" and k and tokens[k - 1].lower in ("noch", "wie")):
                continue  # "so viel wie (noch) nie"
            if token.lower in ("nicht", "nie", "niemals", "weder", "keineswegs") and abs(token.start - trigger.start) > 160:
                continue
            if _apart(tokens, token, trigger) or _of_attribute(tokens, k, trigger):
                continue
            return True
    return False


def _apart(tokens: Sequence[Token], negation: Token, trigger: Token) -> bool:
    """True for two verbs of one subordinate clause: "… ausgeschieden ist | und nicht mehr antritt"."""
    first, last = sorted((negation.start, trigger.end))
    finite = False
    for token in tokens:
        if first <= token.start <= last:
            if finite and token.kind == CONJ:
                return True
            finite = token.kind == VERB and bool(token.form & Form.FINITE) and not token.form & Form.PARTICIPLE
    return False


def _of_attribute(tokens: Sequence[Token], negation: int, trigger: Token) -> bool:
    """True for "nicht" in the attribute of a noun: "aus | nicht in Anspruch genommenen | Mitteln"."""
    for k in range(negation + 1, min(negation + 5, len(tokens) - 1)):
        token = tokens[k]
        if (
            token.kind in (DET, COMMA, CONJ)
            or token is trigger
            or (token.form & Form.FINITE and not token.form & Form.ATTRIBUTE)
        ):
            return False
        if _ATTRIBUTE.search(token.lower) and token.text[0].islower() and tokens[k + 1].kind == NOUN:
            return tokens[negation].lower == "nicht"
    return False


def modality(
    sentence: Sentence,
    clause: Clause,
    trigger: Token,
    form: int,
    home: Phrase | None,
    time: Mention | None,
    published: dt.date | None,
    text: str,
    *,
    planned: bool,
    invites: bool = False,
    lasting: bool = False,
) -> str:
    """Modality of an event.

    Args:
        sentence, clause: where the trigger stands.
        trigger: its token.
        form: what the trigger can be as a verb form; 0 for nouns.
        home: phrase of a noun trigger, or None.
        time: the event's date.
        published: date of the release.
        text: the text of the release.
        planned: true where the frame speaks of a plan.
        invites: true for calls, which say "können" and mean it.
        lasting: true for what is settled though it begins later: "die Mittel steigen im nächsten Jahr".
    """
    w = _words()
    tokens = clause.tokens
    attribute = (
        home is None
        and form & (Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE)
        and not form & ~(Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE)
    )
    if home is not None:
        attributes = [t.lower for t in sentence.tokens[home.first : home.last + 1] if t.payload is None]
        if any(t.lower in w.refused for t in tokens):
            return "negated"
        if any(a.startswith(w.plan_attributes) for a in attributes):
            return "planned"
        if any(a.startswith(w.possible_attributes) for a in attributes):
            return "possible"
        if home.det in w.negation:
            return "negated"
        # Words inside a prepositional phrase of the noun do not depend on the clause's verb.
        if home.prep in w.free_prepositions:
            return _by_time(time, published, text)
    if attribute:
        return "asserted"
    if _negated(tokens, trigger):
        return "negated"
    if invites:
        return "planned" if planned else "asserted"
    before = conjunct_before(clause, trigger)  # "von der Stadt geplant | und vom Land gefördert"
    lows = {t.lower for t in tokens if t.kind != NOUN and t.end != before}  # "das Vorhaben" is no plan
    if clause.shared >= 0 and not any(t.form & Form.FINITE for t in tokens if t is not trigger):
        lows |= {
            t.lower
            for t in sentence.clauses[clause.shared].tokens
            if t.lower in w.plan or t.lower in w.possible or t.lower in w.future
        }
    # "tagte in Celle – Länder fordern mehr Geld": a verb of the past hangs on no other.
    alone = home is None and form & Form.PAST and form & Form.FINITE and not form & (Form.INFINITIVE | Form.PARTICIPLE)
    if alone:
        lows -= {t.lower for t in tokens if t.form & Form.FINITE and t is not trigger}
    if clause.kind in ("sub",) and clause.opener in words().conditionals:
        return "possible" if clause.opener != "damit" else "planned"
    if (
        not lows.isdisjoint(w.possible)
        and trigger.lower != "freuen"  # "kann sich über einen Zuschuss freuen": has it
        and not (form & Form.PAST and not lows.isdisjoint(_WOULD))
        and not _reported(sentence, lows, form)
    ):
        return "possible"
    if not lows.isdisjoint(w.plan):
        return "planned"
    if not lows.isdisjoint(w.future) and (
        form & Form.INFINITIVE if home is None else any(t.form & Form.INFINITIVE and t.lower not in w.future for t in tokens)
    ):
        ends_passive = clause.kind == "rel" and _ends_passive(tokens)  # "die vom Land stammen und ausgezahlt werden"
        finite_plural = form & Form.PLURAL and (ends_passive or not any(t.lower in w.future for t in tokens))
        if not finite_plural:
            return "planned"
    if not lows.isdisjoint(_WILL) and "werden" in [t.lower for t in tokens if t.lower in w.future][1:]:
        return "planned"
    parent = sentence.clauses[clause.parent] if clause.parent >= 0 else None
    if parent is not None and clause.kind in ("inf", "sub"):
        above = [t.lower for t in parent.tokens if t.form]
        if any(t.lower in w.done_nouns for t in parent.tokens):
            return _by_time(time, published, text)
        if any(a.startswith(w.hope_verbs) for a in above):
            return "possible"
        if (clause.kind == "inf" and not _before(time, published)) or any(a in w.plan for a in above):
            return "planned"
    if planned:
        return "planned"
    passive = form & Form.PARTICIPLE and ("wird" in lows or "werden" in lows)  # "wird entschieden", not "sie entschieden"
    if form & Form.PAST and not form & Form.INFINITIVE and not passive:
        return "asserted"
    past = lows & w.past
    if not past <= _IS or (past and any(t.form & Form.PARTICIPLE and t is not trigger for t in tokens)):
        return "asserted"
    if lasting and lows.isdisjoint(w.future):
        return "asserted"
    present = any(t.form & Form.FINITE and not t.form & Form.PAST for t in tokens) and not PAST.search(
        text, sentence.start, sentence.end
    )
    return _by_time(time, published, text, season="würden" in lows or not lows.isdisjoint(_WILL), present=present)


def _ends_passive(tokens: Sequence[Token]) -> bool:
    """True where the only "werden" of a clause ends it behind a participle: a passive of the present."""
    known = [k for k, t in enumerate(tokens) if t.lower in ("werden", "wird")]
    return len(known) == 1 and known[0] > 0 and bool(tokens[known[0] - 1].form & Form.PARTICIPLE)


def _before(time: Mention | None, published: dt.date | None) -> bool:
    start: dt.date | None = getattr(time.value, "start", None) if time is not None else None
    return start is not None and published is not None and start <= published


def _reported(sentence: Sentence, lows: set[str], form: int) -> bool:
    """True for "…, das mit 200 Millionen finanziert würde" in indirect speech: a passive without a condition."""
    w = _words()
    return (
        lows & w.possible <= _WOULD
        and bool(form & Form.PARTICIPLE)
        and not any(t.lower in ("wenn", "falls", "sofern") for t in sentence.tokens)
    )


def _by_time(time: Mention | None, published: dt.date | None, text: str, *, season: bool = False, present: bool = False) -> str:
    """Planned where the event lies after the day of the release, or undated releases say so: "am kommenden Montag".

    A release without a date that tells of a day in the present tense tells what is to come: "verleiht am 22. November".
    """
    start = getattr(time.value, "start", None) if time is not None else None
    if start is None and time is not None:
        value = str(getattr(time.value, "value", ""))
        found = _SEASON.fullmatch(value) if season else None
        if found is not None:
            start = dt.date(int(found[1]), _SEASONS[found[2]], 1)
        part = _MONTH.fullmatch(value)
        if part is not None and 0 < int(part[2]) < 13:
            start = dt.date(int(part[1]), int(part[2]), _PART.get(str(getattr(time.value, "mod", "")), 1))
    if published is None and present and time is not None and _CALENDAR.fullmatch(str(getattr(time.value, "value", ""))):
        return "planned"
    if start is not None and published is not None:
        return "planned" if start > published else "asserted"
    ahead = time is not None and text[time.start : time.end].lower().startswith(
        ("morgen", "morgig", "übermorgen", "kommende", "nächste")
    )
    return "planned" if ahead else "asserted"
