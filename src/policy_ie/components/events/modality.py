"""How real an event is: asserted, planned, possible or negated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from policy_ie.components.base import Mention
from policy_ie.language.clauses import Clause, Sentence
from policy_ie.language.phrases import Phrase, Token, words
from policy_ie.language.verbs import Form

__all__ = ["modality"]

_PLAN = frozenset(
    "soll sollen solle will wollen wolle möchte möchten plant planen plane geplant vorgesehen beabsichtigt beabsichtigen anstrebt streben strebt angestrebt angekündigt "
    "sollte sollten vorgeschlagen anstehen bevorsteht vorhat vorhaben wollte wollten plante planten".split()
)
_PAST_PLAN = frozenset("sollte sollten wollte wollten plante planten".split())
_MAYBE = frozenset("muss müssen müsse müsste müssten kann können könne könnte könnten dürfte dürften möglicherweise vielleicht eventuell gegebenenfalls ggf mag erwägt erwägen prüft prüfen fordert fordern forderte forderten hofft hoffen wünscht wünschen denkbar würde würden".split())
_FUTURE = frozenset("wird werden werde würden".split())
_NOT = frozenset("nicht nichts nie niemals weder keineswegs kein keine keinen keinem keiner keines".split())
_REFUSED = frozenset("abgelehnt ablehnt lehnt lehnte lehnten abgesagt gescheitert verzichtet verzichten gestoppt zurückgezogen verschoben entfällt ausgefallen".split())
_PLAN_ATTRIBUTE = ("geplant", "vorgesehen", "beabsichtigt", "bevorstehend", "anstehend", "künftig", "angekündigt", "angestrebt", "vorgeschlagen")
_MAYBE_ATTRIBUTE = ("möglich", "denkbar", "etwaig", "eventuell", "gefordert")
_PLAN_VERBS = ("plan", "beabsichtig", "streb", "ankündig", "angekündig", "kündig", "verpflichte", "vereinbar", "beschlo", "beschließ", "einig", "will", "woll", "hat vor", "möcht", "bereit", "entschied", "entschlo")
_HOPE_VERBS = ("forder", "forde", "hoff", "wünsch", "bitt", "appellier", "schlag", "vorgeschlagen", "empf", "prüf", "erwäg", "setzt")


def _negated(tokens: Sequence[Token], trigger: Token) -> bool:
    for k, token in enumerate(tokens):
        if token.lower in _NOT:
            following = tokens[k + 1].lower if k + 1 < len(tokens) else ""
            if following in ("nur", "zuletzt", "allein", "selten", "zwingend", "zuletzt", "ohne", "unerheblich"):
                continue
            if token.lower in ("nicht", "nie", "niemals", "weder", "keineswegs") and abs(token.start - trigger.start) > 160:
                continue
            return True
    return False


def modality(
    sentence: Sentence, clause: Clause, trigger: Token, form: int, home: Phrase | None, time: Mention | None, published: dt.date | None, *, planned: bool, invites: bool = False
) -> str:
    """Modality of an event.

    Args:
        sentence, clause: where the trigger stands.
        trigger: its token.
        form: what the trigger can be as a verb form; 0 for nouns.
        home: phrase of a noun trigger, or None.
        time: the event's date.
        published: date of the release.
        planned: true where the frame speaks of a plan.
        invites: true for calls, which say "können" and mean it.
    """
    tokens = clause.tokens
    attribute = home is None and form & (Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE) and not form & ~(Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE)
    if home is not None:
        attributes = [t.lower for t in sentence.tokens[home.first : home.last + 1] if t.payload is None]
        if any(a.startswith(_PLAN_ATTRIBUTE) for a in attributes):
            return "planned"
        if any(a.startswith(_MAYBE_ATTRIBUTE) for a in attributes):
            return "possible"
        if home.det in _NOT:
            return "negated"
        if any(t.lower in _REFUSED for t in tokens):
            return "negated"
        # Words inside a prepositional phrase of the noun do not depend on the clause's verb.
        if home.prep in ("nach", "bei", "seit", "anlässlich", "während"):
            return _by_time(time, published)
    if attribute:
        return "asserted"
    if _negated(tokens, trigger):
        return "negated"
    if invites:
        return "planned" if planned else "asserted"
    lows = {t.lower for t in tokens}
    if clause.shared >= 0 and not any(t.form & Form.FINITE for t in tokens if t is not trigger):
        lows |= {t.lower for t in sentence.clauses[clause.shared].tokens if t.lower in _PLAN or t.lower in _MAYBE or t.lower in _FUTURE}
    if clause.kind in ("sub",) and clause.opener in words().conditionals:
        return "possible" if clause.opener != "damit" else "planned"
    if lows & _MAYBE and not (lows & {"würde", "würden"} and form & Form.PAST):
        return "possible"
    if lows & _PLAN:
        return "planned"
    if lows & _FUTURE and (form & Form.INFINITIVE if home is None else any(t.form & Form.INFINITIVE and t.lower not in _FUTURE for t in tokens)):
        finite_plural = form & Form.PLURAL and not any(t.lower in _FUTURE for t in tokens)
        if not finite_plural:
            return "planned"
    if lows & {"wird", "werde", "werden"} and "werden" in [t.lower for t in tokens if t.lower in _FUTURE][1:]:
        return "planned"
    parent = sentence.clauses[clause.parent] if clause.parent >= 0 else None
    if parent is not None and clause.kind in ("inf", "sub"):
        above = [t.lower for t in parent.tokens if t.form]
        if any(t.lower in ("gelegenheit", "anlass") for t in parent.tokens):
            return _by_time(time, published)
        if any(a.startswith(_HOPE_VERBS) for a in above):
            return "possible"
        if clause.kind == "inf" or any(a in _PLAN for a in above):
            return "planned"
    if planned:
        return "planned"
    if form & Form.PAST and not form & Form.INFINITIVE:
        return "asserted"
    if lows & {"wurde", "wurden", "hat", "haben", "hatte", "hatten", "worden", "war", "waren", "ist", "sind"}:
        return "asserted"
    return _by_time(time, published)


def _by_time(time: Mention | None, published: dt.date | None) -> str:
    """Planned where the event lies after the day of the release."""
    start = getattr(time.value, "start", None) if time is not None else None
    return "planned" if start is not None and published is not None and start > published else "asserted"
