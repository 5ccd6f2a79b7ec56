"""Tokens of a sentence, classed by closed word classes, capitals and verb forms; no tagger.

Names, dates and sums that other components found come in as opaque stretches with a payload and count as one noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from policy_ie.language.memory import Memory
from policy_ie.language.verbs import Form
from policy_ie.language.words import (
    ADV,
    CLOSE,
    COMMA,
    CONJ,
    DASH,
    LOWER,
    NOUN,
    NUM,
    OPEN,
    SKIP,
    STOP,
    VERB,
    words,
)

__all__ = ["ADJECTIVE_FIRST", "Opaque", "Token", "tokenize"]

#: A stretch that counts as one noun: start, end, and whatever the caller wants back; None for a possessor before its noun.
Opaque = tuple[int, int, Any]


class Token:
    """A word, a punctuation mark or an opaque stretch.

    Attributes:
        start, end: offsets in the text.
        text, lower: as written, and in lower case.
        kind: token class.
        form: what it can be as a verb form; 0 where it is none.
        payload: what the caller gave with an opaque stretch.
        clause: index of its clause, set by `clauses`.
    """

    __slots__ = ("clause", "end", "form", "kind", "lower", "payload", "start", "text")

    def __init__(self, start: int, end: int, text: str, lower: str, kind: int, form: int = 0, payload: Any = None) -> None:
        self.start, self.end = start, end
        self.text, self.lower = text, lower
        self.kind, self.form = kind, form
        self.payload, self.clause = payload, 0

    def __repr__(self) -> str:
        return f"{self.text}/{self.kind}"


# "S. E." (Seine Exzellenz) stands before its noun like an adjective.
_TOKEN = re.compile(r"[SI]\.\s?E\.|\d+(?:[.,]\d+)*(?:[-–]\w+)?|\w+(?:[-*:_/’'&]\w+)*-?|[^\w\s]")
#: Adjectives that may stand capitalised at the head of a sentence.
ADJECTIVE_FIRST = re.compile(
    r"(?:isch|lich|ig|sam|bar|[ae]l|iv|los|voll|\bneu|groß|gut|jung|\balt|hoh|klein|\berst|zweit|dritt|letzt|weiter|nächst|deutsch|\brot|technisch|privat)(?:e[nrms]?)$"
)
#: "Einstimmig gab der Rat …": at the head of a sentence and before its verb these are adverbs.
_PARTICIPIAL = re.compile(r"\w{4}(?<!jug|geg|tug)(?<!ab|us)(?<!utz|hen)end$")
_ADVERBIAL = re.compile(rf"\w{{3}}(?:[^n]ig|lich|isch|sam|weise|tags|mals)$|{_PARTICIPIAL.pattern}")
_MODALS = frozenset(
    ["kann", "können", "soll", "sollen", "will", "wollen", "muss", "müssen", "darf", "dürfen", "konnte", "konnten"]
)
_ADJECTIVE_OF_TIME = re.compile(
    r"(?:heutig|gestrig|morgig|vorgestrig|kommend|vergangen|nächst|letzt|laufend|damalig|jährlich|diesjährig|vorjährig|letztjährig|\d+-?(?:jährig|tägig|wöchig|monatig)|\w+(?:jährig|tägig|wöchig|monatig))e[nrsm]?"
)
_PUNCTUATION = {
    ",": COMMA, ";": STOP, ":": STOP, "!": STOP, "?": STOP, "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE,
    "–": DASH, "—": DASH, "-": DASH, "&": CONJ, "/": CONJ, "|": STOP, "•": STOP, "·": STOP,
}  # fmt: skip
#: Behind the slash that parts two headlines: "Minister übergibt Preis/ Vogt: Land braucht Ideen".
_TOPIC = re.compile(r"\s[A-ZÄÖÜ][^\s:/.]+(?: [^\s:/.]+){0,2}: ")
#: After these a sentence or a title begins.
_HEADS = frozenset((STOP, SKIP))


def _shape(word: str) -> tuple[str, int]:
    """A word in lower case and its class; -1 for a lower-case word of an open class, -2 for a capitalised one."""
    first = word[0]
    if first.isalpha():
        low = word.lower()
        return low, words().classes.get(low, -2 if first.isupper() else -1)
    return word, NUM if first.isdigit() else _PUNCTUATION.get(word, SKIP)


_SHAPES: Final = Memory(_shape, 1 << 15)
_ADJECTIVES: Final = Memory(lambda low: ADJECTIVE_FIRST.search(low) is not None, 1 << 13)


def _words_between(text: str, start: int, end: int, forms: dict[str, int], out: list[Token]) -> None:
    last = start
    for word in _TOKEN.findall(text, start, end):  # half the time of match objects
        low, kind = _SHAPES[word]
        form = 0
        if kind == -1:
            form = forms.get(low, 0)
            kind = VERB if form else LOWER
        elif kind == -2:
            head = not out or out[-1].kind in _HEADS
            kind = LOWER if (head and _ADJECTIVES[low]) or low[-1] == "." else NOUN
        first = text.find(word, last)
        last = first + len(word)
        if word == "/" and _TOPIC.match(text, last):
            kind = STOP
        out.append(Token(first, last, word, low, kind, form))


def tokenize(text: str, start: int, end: int, opaque: Sequence[Opaque], forms: dict[str, int]) -> list[Token]:
    """Tokens of a stretch of text.

    Args:
        text: the text.
        start, end: the stretch.
        opaque: stretches that count as one noun, in order and without overlap.
        forms: verb forms to know.

    Example:
        >>> from policy_ie.language.verbs import common_verb_forms
        >>> tokenize("Das Land zahlt.", 0, 15, [], common_verb_forms())
        [Das/1, Land/0, zahlt/3, ./13]
    """
    out: list[Token] = []
    position = start
    for first, last, payload in opaque:
        if first < position or last > end:
            continue
        _words_between(text, position, first, forms, out)
        stretch = text[first:last]
        # A possessor, or an adjective such as "heutigen", stands before its noun.
        before_noun = payload is None or (stretch[-1] in "enrsm" and _ADJECTIVE_OF_TIME.fullmatch(stretch) is not None)
        out.append(Token(first, last, stretch, stretch.lower(), LOWER if before_noun else NOUN, 0, payload))
        position = last
    _words_between(text, position, end, forms, out)
    head = int(bool(out) and out[0].kind == SKIP)  # a quotation mark
    if len(out) > head + 1 and out[head].kind == NOUN and out[head].payload is None:
        word, following = out[head : head + 2]
        if following.kind == VERB:
            # "Freigegeben wird der Abschnitt", "Bewerben können sich Vereine": a verb at the head of the sentence.
            form = forms.get(word.lower, 0)
            if form & Form.PARTICIPLE or (form & Form.INFINITIVE and following.lower in _MODALS):
                word.kind, word.form = VERB, form
            elif following.form & Form.FINITE and _ADVERBIAL.search(word.lower):
                word.kind = ADV
        elif following.kind == ADV and _PARTICIPIAL.search(word.lower):
            word.kind = ADV  # "Ergänzend dazu fördert der Kreis"
    for left, right in pairwise(out):
        if left.kind == NOUN and right.kind == NOUN and left.payload is None and _ADJECTIVES[left.lower]:
            left.kind = LOWER  # "Freiwillige Feuerwehr"
    if text.find("-", start, end) < 0:
        return out
    for k in range(len(out) - 2):
        # "Finanz- und Heimatminister": the first part stands before its noun like an adjective.
        # So does "straßen-" in "der straßen- und schienengebundene Verkehr".
        if out[k].text[-1] == "-" and out[k + 1].kind == CONJ and (out[k].kind == NOUN) == (out[k + 2].kind == NOUN):
            out[k].kind = out[k + 1].kind = LOWER
    return out
