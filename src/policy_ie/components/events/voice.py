"""Active or passive, participle before a noun, and separable particles: what the words around a verb make of it."""

from __future__ import annotations

import functools

from policy_ie.components.events.frames import word_lists
from policy_ie.language.clauses import Clause, Sentence
from policy_ie.language.tokens import Token
from policy_ie.language.verbs import Form
from policy_ie.language.words import CLOSE, COMMA, CONJ, DASH, DET, LOWER, NOUN, NUM, OPEN, SKIP, STOP, VERB

__all__ = ["particle_follows", "particle_in_clause", "voice"]

#: Marks before quoted words.
_OPENING = frozenset('„»›‚"“')
#: Kinds of words before which a particle is the last of its clause.
_BREAKS = (CONJ, COMMA, STOP, OPEN, CLOSE, SKIP, DASH)
#: Participles that are infinitives too, and what makes the future of these.
_RECEIVED = ("erhalten", "bekommen")
_WILL = frozenset(("wird", "werden", "werde"))


def voice(clause: Clause, sentence: Sentence, token: Token, form: int, *, ergative: bool) -> str:
    """How a verb form is used here: "active", "passive", "attribute" (before its noun), or "none".

    Args:
        clause, sentence: where the verb stands.
        token: its token.
        form: what the form can be.
        ergative: true where sein makes the perfect.
    """
    be, have, passive, auxiliaries = _auxiliaries()
    tokens = clause.tokens
    attributive = form & (Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE)
    if attributive and _before_noun_in(sentence, token):
        if _behind_article(sentence, token):
            return "attribute"
        if not form & ~(Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE) or not _finite_here(clause, token):
            return "attribute"
        previous = sentence.tokens[sentence.tokens.index(token) - 1] if sentence.tokens[0] is not token else None
        if (
            previous is not None
            and previous.kind in (DET, LOWER, NUM)
            and previous.clause == token.clause
            and any(t.form & Form.FINITE for t in tokens if t is not token)
        ):
            return "attribute"
    if attributive and not form & ~(Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE):
        return "none"
    if not form & Form.PARTICIPLE:
        return "active"
    lows = {t.lower for t in tokens if t is not token}
    if clause.shared >= 0 and not any(t.form & Form.FINITE and not t.form & Form.PARTICIPLE for t in tokens):
        lows |= {t.lower for t in sentence.clauses[clause.shared].tokens if t.lower in auxiliaries}
    if lows.isdisjoint(have) and lows.isdisjoint(passive):
        # "konnten finanziert und realisiert werden": the last conjunct has the auxiliary of both
        for other in sentence.clauses:
            if other.shared == clause.index and not any(
                t.form & Form.FINITE and t.lower not in auxiliaries for t in other.tokens
            ):
                lows |= {t.lower for t in other.tokens if t.lower in auxiliaries}
    if not lows.isdisjoint(have) and "worden" not in lows and not _received(sentence, token):
        return "active"
    if token.lower in _RECEIVED and not lows.isdisjoint(_WILL):
        return "active"  # "die 3 Millionen Euro erhalten werden": the future
    if not lows.isdisjoint(passive):
        return "passive"
    if not lows.isdisjoint(be) or not form & Form.FINITE:
        return "active" if ergative else "passive"
    last = next((t for t in reversed(tokens) if t.kind not in (STOP, SKIP, DASH)), None)
    if (
        last is token
        and not any(t.kind == VERB and t is not token and t.form & Form.FINITE for t in tokens)
        and clause.kind == "main"
        and len(tokens) > 2
        and tokens[0] is not token
    ):
        return "active" if ergative else "passive"
    return "active"


@functools.cache
def _auxiliaries() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Forms of sein, of haben, of the passive, and all of them."""
    lists = word_lists("voice")
    be, have, passive = lists["be"], lists["have"], lists["passive"]
    return be, have, passive, be | have | passive


def particle_follows(low: str, particle: str, start: int, end: int) -> bool:
    """True where the particle can stand at the end of a clause: a cheap look before the sentence is parsed."""
    size = len(particle)
    k = low.find(particle, start, end)
    while k >= 0:
        after = k + size
        if not low[k - 1].isalnum():
            rest = low[after : after + 6]
            if not rest[:1].isalnum() and (not rest[1:2].isalpha() or rest.startswith((" und ", " oder ", " sowie", " aber "))):
                return True
        k = low.find(particle, after, end)
    return False


def particle_in_clause(sentence: Sentence, clause: Clause, index: int, particle: str) -> bool:
    """True where the particle stands at the end of the verb's clause."""
    tokens = sentence.tokens
    for k in range(index + 1, min(index + 60, len(tokens))):
        token = tokens[k]
        if token.lower == particle and (token.clause == clause.index or sentence.clauses[token.clause].shared == clause.index):
            following = tokens[k + 1] if k + 1 < len(tokens) else None
            if following is not None and following.text in _OPENING and following.start > token.end:
                continue  # "setzten ihre Unterschrift unter ein „Memorandum“"
            if following is None or following.kind in _BREAKS or following.clause != token.clause:
                return True
    return False


def _received(sentence: Sentence, token: Token) -> bool:
    """True for a participle of the passive with bekommen: "hat die Mittel bewilligt | bekommen"."""
    k = sentence.tokens.index(token) + 1
    return k < len(sentence.tokens) and sentence.tokens[k].lower in _RECEIVED


def _before_noun_in(sentence: Sentence, token: Token) -> bool:
    k = sentence.tokens.index(token)
    for other in sentence.tokens[k + 1 : k + 4]:
        if other.kind == NOUN:
            return other.payload is None or not other.text[0].islower()  # "kürzlich" is a date, but no noun
        if other.kind not in (LOWER, NUM, SKIP) and not other.form & Form.ATTRIBUTE:
            return False
    return False


def _behind_article(sentence: Sentence, token: Token) -> bool:
    """True for "die (heute) unterzeichneten Verträge", where nothing between article and verb can be its subject."""
    k = sentence.tokens.index(token) - 1
    while k > 0 and sentence.tokens[k].text[0].islower() and sentence.tokens[k].kind in (NOUN, LOWER, NUM):
        k -= 1
    return k >= 0 and sentence.tokens[k].lower in ("die", "der", "das", "den", "dem", "des")


def _finite_here(clause: Clause, token: Token) -> bool:
    """True where the clause has no other finite verb, so that this one is it."""
    return not any(t.form & Form.FINITE and t is not token and t.kind == VERB for t in clause.tokens)
