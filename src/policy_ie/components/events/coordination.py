"""Persons named side by side, each with title, office or origin: "Ministerin Anna Groß, Landrat Karl Vogt (Celle) und …"."""

from __future__ import annotations

from collections.abc import Sequence

from policy_ie.components.base import Mention
from policy_ie.components.events.nounsets import PERSONS
from policy_ie.language.clauses import Sentence
from policy_ie.language.phrases import Phrase
from policy_ie.language.tokens import Token
from policy_ie.language.verbs import Form
from policy_ie.language.words import COMMA, CONJ, PREP, PRON, STOP, VERB

__all__ = ["side_by_side"]

#: Prepositions inside what is told of a person: "Bürgermeister von Celle", "aus Eisenach", "Ministerin für Bau".
_OF_A_PERSON = frozenset(("von", "vom", "aus", "für", "in", "im", "am", "beim", "bei", "zu", "zur", "zum"))
#: Longest stretch between two of them, in tokens.
_APART = 24


def side_by_side(sentence: Sentence, found: Sequence[Mention], used: set[int]) -> list[Mention]:
    """The persons found and those that stand beside them, in order of the text; without those of phrases in `used`."""
    known = {id(m) for m in found}
    # A title and the name apposed to it are two phrases of one person.
    once = {
        id(p.tokens[-1].payload): p
        for p in reversed(sentence.phrases)
        if p.tokens[-1].payload is not None and p.tokens[-1].payload.kind in PERSONS and not p.tokens[-1].payload.nominal
    }
    persons = sorted(once.values(), key=lambda p: p.first)
    places = [k for k, p in enumerate(persons) if id(p.tokens[-1].payload) in known]
    if not places:
        return list(found)
    before: list[Mention] = []
    after: list[Mention] = []
    for start, step, more in ((places[0], -1, before), (places[-1], 1, after)):
        k = start
        while 0 <= k + step < len(persons):
            left, right = sorted((persons[k], persons[k + step]), key=lambda p: p.first)
            if not _joined(sentence, left, right) or id(persons[k + step]) in used:
                break
            k += step
            used.add(id(persons[k]))
            more.append(persons[k].tokens[-1].payload)
    return [*reversed(before), *found, *after]


def _joined(sentence: Sentence, left: Phrase, right: Phrase) -> bool:
    """True where only a comma or "und" and what is told of the two stands between them."""
    if right.clause != left.clause or right.prep not in ("", left.prep) or right.of is not None:
        return False
    between = sentence.tokens[left.last + 1 : right.first]
    own: list[Token] = [t for t in between if t.clause == left.clause]
    if len(between) > _APART or any(_parts(t) for t in own):
        return False
    return any(t.kind == COMMA or (t.kind == CONJ and t.lower in ("und", "sowie")) for t in own)


def _parts(token: Token) -> bool:
    """True for a word that ends a coordination: a verb, a pronoun, another preposition."""
    kind = token.kind
    if kind == VERB:
        return bool(token.form & Form.FINITE) and not token.form & Form.ATTRIBUTE
    return kind in (STOP, PRON) or (kind == PREP and token.lower not in _OF_A_PERSON)
