"""Tokens of a sentence, classed by closed word classes, capitals and verb forms; no tagger.

Names, dates and sums that other components found come in as opaque stretches with a payload and count as one noun.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from policy_ie.language.verbs import Form
from policy_ie.language.words import (
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
        self.start, self.end, self.text, self.lower = start, end, text, lower
        self.kind, self.form, self.payload = kind, form, payload
        self.clause = 0

    def __repr__(self) -> str:
        return f"{self.text}/{self.kind}"


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:[-–]\w+)?|\w+(?:[-*:_/’'&]\w+)*-?|[^\w\s]")
#: Adjectives that may stand capitalised at the head of a sentence.
ADJECTIVE_FIRST = re.compile(
    r"(?:isch|lich|ig|sam|bar|[ae]l|iv|los|voll|\bneu|groß|gut|jung|\balt|hoh|klein|\berst|zweit|dritt|letzt|weiter|nächst|deutsch|\brot|technisch|privat)(?:e[nrms]?)$"
)
_MODALS = frozenset(
    ["kann", "können", "soll", "sollen", "will", "wollen", "muss", "müssen", "darf", "dürfen", "konnte", "konnten"]
)
_ADJECTIVE_OF_TIME = re.compile(
    r"(?:heutig|gestrig|morgig|vorgestrig|kommend|vergangen|nächst|letzt|laufend|damalig|jährlich|diesjährig|vorjährig|letztjährig|\d+-?(?:jährig|tägig|wöchig|monatig)|\w+(?:jährig|tägig|wöchig|monatig))e[nrsm]?"
)
_PUNCTUATION = {
    ",": COMMA, ";": STOP, ":": STOP, "!": STOP, "?": STOP, "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE,
    "–": DASH, "—": DASH, "-": DASH, "&": CONJ, "/": CONJ, "|": STOP, "•": STOP,
}  # fmt: skip


def _words_between(
    text: str, start: int, end: int, forms: Mapping[str, int], out: list[Token], classes: Mapping[str, int]
) -> None:
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        first = word[0]
        if first.isalpha():
            low = word.lower()
            kind = classes.get(low, -1)
            form = 0
            if first.isupper() and (kind < 0 or (out and out[-1].kind not in (STOP, OPEN))):
                # A capitalised function word inside a sentence begins a title or quote: still a function word.
                kind = kind if kind >= 0 else NOUN
                if kind == NOUN and (not out or out[-1].kind in (STOP, SKIP)) and ADJECTIVE_FIRST.search(low):
                    kind = LOWER
            elif kind < 0:
                form = forms.get(low, 0)
                kind = VERB if form else LOWER
            out.append(Token(match.start(), match.end(), word, low, kind, form))
        elif first.isdigit():
            out.append(Token(match.start(), match.end(), word, word, NUM))
        else:
            out.append(Token(match.start(), match.end(), word, word, _PUNCTUATION.get(word, SKIP)))


def tokenize(text: str, start: int, end: int, opaque: Sequence[Opaque], forms: Mapping[str, int]) -> list[Token]:
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
    classes = words().classes
    out: list[Token] = []
    position = start
    for first, last, payload in opaque:
        if first < position or last > end:
            continue
        _words_between(text, position, first, forms, out, classes)
        stretch = text[first:last]
        # A possessor, or an adjective such as "heutigen", stands before its noun.
        before_noun = payload is None or _ADJECTIVE_OF_TIME.fullmatch(stretch) is not None
        out.append(Token(first, last, stretch, stretch.lower(), LOWER if before_noun else NOUN, 0, payload))
        position = last
    _words_between(text, position, end, forms, out, classes)
    if len(out) > 1 and out[0].kind == NOUN and out[0].payload is None and out[1].kind == VERB:
        # "Freigegeben wird der Abschnitt", "Bewerben können sich Vereine": a verb at the head of the sentence.
        form = forms.get(out[0].lower, 0)
        if form & Form.PARTICIPLE or (form & Form.INFINITIVE and out[1].lower in _MODALS):
            out[0].kind, out[0].form = VERB, form
    for k in range(len(out) - 1):
        if out[k].kind == NOUN and out[k + 1].kind == NOUN and out[k].payload is None and ADJECTIVE_FIRST.search(out[k].lower):
            out[k].kind = LOWER  # "Freiwillige Feuerwehr"
    for k in range(len(out) - 2):
        # "Finanz- und Heimatminister": the first part stands before its noun like an adjective.
        if out[k].text[-1] == "-" and out[k].kind == NOUN and out[k + 1].kind == CONJ and out[k + 2].kind == NOUN:
            out[k].kind = out[k + 1].kind = LOWER
    return out
