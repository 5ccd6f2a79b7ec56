"""Phrases of a sentence without a tagger: German nouns are capitalised, and its closed classes are small.

Cases are guessed from determiners and the gender of nouns; an unclear case stays a set of possible ones.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from policy_ie.language.memory import Memory
from policy_ie.language.tokens import Token
from policy_ie.language.verbs import Form
from policy_ie.language.words import (
    ADV,
    ANY_CASE,
    CLOSE,
    COMMA,
    CONJ,
    DAT,
    DET,
    GEN,
    LOWER,
    NOUN,
    NUM,
    OPEN,
    PREP,
    PRON,
    SKIP,
    STOP,
    VERB,
    Words,
    gender,
    heads_name,
    words,
)

__all__ = ["ABBREVIATED", "Phrase", "find_phrases", "is_person", "part_pronoun", "phrase_gender"]

#: Units of what is measured by an adjective: "zwei Kilometer lange".
_UNITS = frozenset(
    ("kilometer", "kilometern", "meter", "metern", "quadratmeter", "zentimeter", "hektar", "tonnen", "jahre", "monate")
)
_EXTENT = re.compile(r"(?:lang|breit|hoh|groß|tief|weit|alt|schwer|stark)e[nrsm]?")
_YEAR = re.compile(r"\d{4}(?:[/–-]\d{2,4})?")
_ACTORS = frozenset(("landkreis", "kreis", "stadt", "gemeinde", "land", "bund", "freistaat"))  # "will der Landkreis | 2024 …"
# Sets of classes, made once: they are asked for every word.
_BEGINS = frozenset((NOUN, DET, PREP, NUM, LOWER, VERB))
_BEFORE_NOUN = frozenset((DET, NUM, LOWER, ADV, VERB, SKIP, PRON))
_BETWEEN = frozenset((COMMA, CONJ))
_LIGHT = frozenset((LOWER, NUM, SKIP))
_LIGHT_VERB = frozenset((LOWER, VERB))
_INNER_SKIPS = frozenset((PREP, SKIP, ADV))
_DEFINITE = frozenset(("der", "die", "das", "dem", "den", "des"))
_ARTICLES = _DEFINITE | {"ein", "eine", "einen", "einem", "einer", "eines"}
_ATTRIBUTIVE = Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE


class Phrase:
    """A noun phrase, with its preposition.

    Attributes:
        start, end: offsets, preposition and determiner included.
        inner: offset where the phrase begins without preposition and article.
        prep: preposition, or "".
        det: determiner, or "".
        cases: possible cases, as a mask.
        head: the last noun before a name, or the name.
        tokens: its nouns and names.
        first, last: indices of its tokens.
        of: the phrase that this one is a genitive of.
        chain: number shared by coordinated phrases.
        clause: index of its clause.
    """

    __slots__ = ("cases", "chain", "clause", "det", "end", "first", "head", "inner", "last", "of", "prep", "start", "tokens")

    def __init__(
        self, start: int, end: int, inner: int, prep: str, det: str, cases: int, tokens: list[Token], first: int, last: int
    ) -> None:
        self.start, self.end, self.inner = start, end, inner
        self.prep, self.det, self.cases = prep, det, cases
        self.tokens, self.first, self.last = tokens, first, last
        self.head = tokens[0]
        for token in tokens:
            if token.payload is None:
                self.head = token
                break
        self.of: Phrase | None = None
        self.chain = -1
        self.clause = 0

    def __repr__(self) -> str:
        return f"<{self.prep}|{self.det}|{' '.join(t.text for t in self.tokens)}>"


_ADJECTIVE = re.compile(r"\w{2,}(?:e|en|er|es|em)")
#: Titles and forms of address that belong to the name behind them.
ABBREVIATED = frozenset({"Dr", "Prof", "St", "Mag", "Dipl", "Ing", "med", "Frau", "Herr", "Herrn"})

_ADJECTIVES: Final = Memory(lambda low: _ADJECTIVE.fullmatch(low) is not None, 1 << 13)


@functools.lru_cache(maxsize=1 << 13)
def _name_gender(name: str) -> str:
    """Gender of a name of several words: that of its first noun ("Rat der Stadt"), adjectives skipped ("Deutsche Bahn AG")."""
    parts = name.split()
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if part.endswith(("en", "e", "er", "es")) and following[:1].isupper() and following.isalpha():
            continue
        found = gender(part)
        if found:
            return found
    return ""


def phrase_gender(phrase: Phrase) -> str:
    """Gender of a phrase by its head noun: m, f, n, p (plural), or "" where unknown."""
    head = phrase.head
    if phrase.chain >= 0 or (head.payload is not None and head.text[0].isdigit()):
        return ""
    return gender(head.text) if head.payload is None else _name_gender(head.text)


def _cases(prep: str, det: str, noun: Token, closed: Words) -> int:
    if not det:
        return closed.government.get(prep, GEN | DAT) if prep else ANY_CASE
    table = closed.determiners.get(det)
    if table:
        g = gender(noun.text) if noun.payload is None else _name_gender(noun.text)
        found = table.get(g, 0) if g else 0
        if not found:
            for mask in table.values():
                found |= mask
    else:
        found = ANY_CASE
    if prep:
        governed = closed.government.get(prep, GEN | DAT)
        found = (found & governed) or governed
    return found


def part_pronoun(phrase: Phrase, tokens: Sequence[Token], openers: set[int]) -> None:
    """Takes a relative pronoun away that stands like an article: "der Bericht, den | Ministerin Groß vorstellte"."""
    for k in (phrase.first, phrase.first + 1):
        if k < phrase.last and id(tokens[k]) in openers:
            phrase.first = k + 1
            phrase.start = phrase.inner = tokens[k + 1].start
            phrase.prep = phrase.det = ""
            phrase.cases = ANY_CASE
            if tokens[k + 1].kind == DET:
                phrase.det = tokens[k + 1].lower
                phrase.cases = _cases("", phrase.det, phrase.head, words())
            return


def find_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """Noun phrases of a sentence, in order.

    Example:
        >>> from policy_ie.language.tokens import tokenize
    >>> from policy_ie.language.verbs import common_verb_forms
        >>> text = "Das Land zahlt der Stadt für den Bau der neuen Schule 200 Stühle."
        >>> find_phrases(tokenize(text, 0, len(text), [], common_verb_forms()))
        [<|das|Land>, <|der|Stadt>, <für|den|Bau>, <|der|Schule>, <|200|Stühle>]
    """
    closed = words()
    phrases: list[Phrase] = []
    #: Preposition and article that wait for their noun behind embedded phrases, and the number of the first.
    waiting: tuple[str, str, int] | None = None
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        kind = token.kind
        if kind not in _BEGINS:
            i += 1
            continue
        first = j = i
        prep = det = ""
        if kind == PREP:
            prep = token.lower
            if prep in closed.contracted:
                prep, det = closed.contracted[prep]
            j += 1
            if (
                prep == "bis"
                and j + 1 < n
                and tokens[j].lower == "zu"
                and tokens[j + 1].kind in (NUM, DET)
                and tokens[j + 1].lower not in ("der", "den", "dem", "einem", "einer")
            ):
                prep = ""  # "bis zu zwölf Studierende"
                j += 1
            elif (
                j < n
                and tokens[j].kind == PREP
                and prep in ("bis", "von")
                and tokens[j].lower in ("zu", "auf", "in", "nach", "an", "über", "unter", "vor")
            ):
                prep = tokens[j].lower
                j += 1
            elif prep == "als" and i and tokens[i - 1].lower in ("mehr", "weniger") and j < n and tokens[j].kind == NUM:
                prep = ""  # "mehr als 70 Gäste"
            elif prep == "von" and j < n and tokens[j].lower == "seiten":
                prep = "seitens"
                j += 1
            elif (
                j + 1 < n
                and tokens[j].lower in ("über", "bis", "zu", "um", "unter")
                and (tokens[j + 1].kind == NUM or tokens[j + 1].payload is not None or tokens[j + 1].lower == "zu")
            ):
                # "mit über 30 Millionen Euro": the second word belongs to the number.
                j += 2 if tokens[j + 1].lower == "zu" else 1
            elif (
                prep == "über"
                and j + 1 < n
                and tokens[j].payload is not None
                and tokens[j].text[0].isdigit()
                and tokens[j + 1].kind == NOUN
            ):
                prep = ""  # "über 30 Millionen Euro Fördermittel"
        # determiner, then adjectives, numbers and adverbs, up to a noun
        while j < n:
            current = tokens[j]
            kind = current.kind
            if kind not in _BEFORE_NOUN and not (
                kind in _BETWEEN and j > first and j + 1 < n and _between_adjectives(tokens, j)
            ):
                break
            if kind in (DET, NUM):
                if det and current.lower in _DEFINITE and j > first and not det[0].isdigit():
                    break
                if not det or det not in closed.determiners:
                    det = current.lower
            elif (
                (
                    kind == VERB
                    and (
                        not current.form & _ATTRIBUTIVE
                        or (
                            j == first
                            and not (det or prep)
                            and (not _before_noun(tokens, j) or (waiting is None and _behind_name(phrases, tokens, first)))
                        )
                    )
                )
                or (j == first and kind in (ADV, PRON))
                or (kind == PRON and current.lower not in ("diese", "dieser", "beide", "viele"))
                or (
                    kind == LOWER
                    and not _ADJECTIVES[current.lower]
                    and not current.text[0].isupper()
                    and current.text not in ("und", "oder", "sowie")
                    and not _before_noun(tokens, j)
                )
            ):
                break
            j += 1
        if j >= n or tokens[j].kind != NOUN:
            # An embedded participle construction ("die vom Land geförderte Halle"): the article waits for its noun.
            if (
                j < n
                and tokens[j].kind == PREP
                and j > first + bool(prep)
                and (waiting is None or waiting[2] != len(phrases))
                and (not first or tokens[first - 1].kind != COMMA)
            ):
                waiting = prep, det, len(phrases)
            i = first + 1
            continue
        if j + 1 < n and _origin(tokens[j], tokens[j + 1]):
            j += 1
        elif tokens[j].lower in _UNITS:
            j = _measured(tokens, j)
        nouns = [tokens[j]]
        j += 1
        while j < n:
            current = tokens[j]
            if current.kind == NOUN and _joins(nouns[-1], current):
                nouns.append(current)
                j += 1
            elif current.kind == SKIP and j + 1 < n and tokens[j + 1].kind in (NOUN, SKIP) and current.text not in "…":
                j += 1
            elif current.kind == OPEN:
                close = _short_bracket(tokens, j)
                if close < 0:
                    break
                j = close + 1
            elif current.text in ("a", "i") and _retired(tokens, j):
                j += 4
            else:
                break
        while tokens[j - 1].kind == SKIP:
            j -= 1
        begin = inner = tokens[first].start
        for t in tokens[first:j]:
            if t.kind in _INNER_SKIPS or t.lower in _ARTICLES:
                continue
            inner = t.start
            break
        embedded: list[Phrase] = []
        if waiting is not None:
            held = phrases[waiting[2] :]
            light = not prep and not det.isalpha() and tokens[first].kind in _LIGHT_VERB
            if held and light and first == phrases[-1].last + 1:
                (prep, det, _), embedded, waiting = waiting, held, None
            elif len(held) > 2 or not (prep or tokens[first - 1].kind == CONJ):
                waiting = None
        phrase = Phrase(begin, nouns[-1].end, inner, prep, det, 0, nouns, first, j - 1)
        for inside in embedded:
            inside.of = phrase
        phrase.cases = _cases(prep, det, phrase.head, closed)
        if not det and not prep and phrases and phrases[-1].last == first - 1 and _strong_genitive(tokens[first], phrase.head):
            phrase.cases = GEN
        phrases.append(phrase)
        i = j
    return phrases


def _behind_name(phrases: Sequence[Phrase], tokens: Sequence[Token], first: int) -> bool:
    """True for the verb in "Anna Berger | begrüßte Gäste", not for "von Anna Berger geförderte Vereine"."""
    before = phrases[-1] if phrases and tokens[first].form & Form.FINITE else None
    if before is None or before.last != first - 1 or before.prep or not is_person(before):
        return False
    return not before.first or tokens[before.first - 1].kind != CONJ


def _strong_genitive(first: Token, head: Token) -> bool:
    """True for "(die Sanierung) denkmalgeschützter Gebäude": an adjective in -er before what can be no masculine subject."""
    if first.kind not in (LOWER, VERB) or not first.lower.endswith("er") or head.payload is not None:
        return False
    found = gender(head.text)
    return found in ("n", "p", "f") or (not found and head.lower.endswith(("e", "en", "ung")))


def _between_adjectives(tokens: Sequence[Token], j: int) -> bool:
    """True for the comma or "und" in "die alten, kleinen und neuen Häuser"."""
    before, after = tokens[j - 1], tokens[j + 1]
    return (
        before.kind in (LOWER, NUM, VERB)
        and after.kind in (LOWER, VERB)
        and _ADJECTIVES[before.lower]
        and _ADJECTIVES[after.lower]
        and _before_noun(tokens, j + 1)
    )


def _before_noun(tokens: Sequence[Token], j: int) -> bool:
    """True where a noun follows within four lower-case words."""
    for k in range(j + 1, min(j + 5, len(tokens))):
        kind = tokens[k].kind
        if kind == NOUN:
            return True
        if kind not in _LIGHT and not (kind == VERB and tokens[k].form & _ATTRIBUTIVE):
            return False
    return False


def _short_bracket(tokens: Sequence[Token], j: int) -> int:
    """Index of the bracket that closes an abbreviation or party after a name; -1 for other brackets."""
    for k in range(j + 1, min(j + 6, len(tokens))):
        if tokens[k].kind == CLOSE:
            return k
        if tokens[k].kind in (VERB, STOP, PREP) or (tokens[k].payload is not None and tokens[k].text[0].isdigit()):
            return -1
    return -1


def _origin(token: Token, following: Token) -> bool:
    """True for an adjective made of the name of a town: "der Kronacher Inspektion"."""
    return (
        token.payload is None
        and token.text.endswith("er")
        and following.kind == NOUN
        and following.payload is None
        and following.text not in ABBREVIATED
        and not gender(token.text)
        and not heads_name(token.lower)
    )


def _measured(tokens: Sequence[Token], j: int) -> int:
    """Index of the noun that a unit at j only measures: "der 2,8 | Kilometer | lange und zwei Meter breite Radweg"; else j."""
    k = j
    while k + 2 < len(tokens) and tokens[k].lower in _UNITS and _EXTENT.fullmatch(tokens[k + 1].lower):
        if tokens[k + 2].kind == NOUN:
            return k + 2
        k += 3
        while k < len(tokens) and tokens[k].kind in _BEFORE_NOUN:
            k += 1
    return j


def _retired(tokens: Sequence[Token], j: int) -> bool:
    """True for "a. D." and "i. R." between a title and its name."""
    return j + 4 < len(tokens) and tokens[j + 2].text in ("D", "R") and tokens[j + 4].payload is not None


#: Adjectives that begin a name, hence with a capital.
_NAME_ADJECTIVE = re.compile(
    r"(?:isch|lich|ierte?nd|regierend|iert|freiwillig|ständig|gemeinsam|offen|frei|deutsch|historisch|zentral)e[nrsm]?$"
)

#: True for "der Regierende Bürgermeister", "die Integrierte Gesamtschule".
_OPENS_NAME: Final = Memory(lambda low: _NAME_ADJECTIVE.search(low) is not None, 1 << 13)


def _joins(left: Token, right: Token) -> bool:
    """True where two neighbouring nouns are one phrase: a title or head noun and its name."""
    if right.payload is not None:
        if right.text[0].isdigit() and (not _YEAR.fullmatch(right.text) or left.lower in _ACTORS):
            return False
        return left.payload is None or left.text in ABBREVIATED
    if left.payload is not None:
        return False
    title = left.lower.removesuffix("nen") if right.text in ABBREVIATED else left.lower  # "die Präsidentinnen Dr. Anna Groß"
    return left.text[-1] == "-" or left.text in ABBREVIATED or heads_name(title) or _OPENS_NAME[title]


def is_person(phrase: Phrase) -> bool:
    """True for a phrase that ends with the name of a person."""
    return getattr(phrase.tokens[-1].payload, "kind", "") in ("official", "person")
