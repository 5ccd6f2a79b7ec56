"""Tokens and phrases of a sentence without a tagger: German nouns are capitalised, and its closed classes are small.

Names, dates and sums that other components found come in as opaque stretches with a payload and count as one noun.
Cases are guessed from determiners and the gender of nouns; an unclear case stays a set of possible ones.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from policy_ie.language.verbs import Form

__all__ = ["ACC", "ANY_CASE", "DAT", "GEN", "NOM", "Opaque", "Phrase", "Token", "Words", "attach_phrases", "find_phrases", "gender", "tokenize", "words"]

NOM, GEN, DAT, ACC = 1, 2, 4, 8
ANY_CASE = NOM | GEN | DAT | ACC
_CASES = {"N": NOM, "G": GEN, "D": DAT, "A": ACC}

#: A stretch that counts as one noun: start, end, and whatever the caller wants back; None for a possessor before its noun.
Opaque = tuple[int, int, Any]

# Token classes.
NOUN, DET, PREP, VERB, LOWER, NUM, CONJ, PRON, ADV, COMMA, STOP, OPEN, CLOSE, SKIP, DASH = range(15)


class Words(NamedTuple):
    """The closed classes, ready for look-up."""

    determiners: dict[str, dict[str, int]]
    prepositions: frozenset[str]
    contracted: dict[str, tuple[str, str]]
    government: dict[str, int]
    conjunctions: frozenset[str]
    coordinators: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    conditionals: frozenset[str]
    infinitive_openers: frozenset[str]
    pronouns: frozenset[str]
    particles: frozenset[str]
    adverbs: frozenset[str]
    gender: dict[str, str]
    name_heads: tuple[str, ...]
    classes: dict[str, int]


def _inflected(stems: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    strong = {"e": {"f": "NA", "p": "NA"}, "er": {"m": "N", "f": "GD", "p": "G"}, "es": {"n": "NA", "m": "G"}, "en": {"m": "A", "p": "D"}, "em": {"m": "D", "n": "D"}}
    for kind, names in stems.items():
        for stem in names:
            for ending, cases in strong.items():
                found = dict(cases)
                if kind == "ein" and ending == "er":
                    found = {"f": "GD", "p": "G"}
                if kind == "ein" and ending == "es":
                    found = {"m": "G", "n": "G"}
                table[stem + ending] = {g: _mask(c) for g, c in found.items()}
            if kind == "ein":
                table[stem] = {"m": NOM, "n": NOM | ACC}
    return table


def _mask(cases: str) -> int:
    return sum(_CASES[c] for c in cases)


@functools.cache
def words() -> Words:
    """The closed word classes, read once."""
    data = tomllib.loads(files("policy_ie.language").joinpath("function_words.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(values) for name, values in data["words"].items()}
    determiners = _inflected(data["determiner_stems"])
    determiners |= {word: {g: _mask(c) for g, c in cases.items()} for word, cases in data["determiners"].items()}
    for word in lists["determiners"]:
        determiners.setdefault(word, {})
    contracted = {word: (prep, det) for word, (prep, det) in data["contracted"].items()}
    classes: dict[str, int] = dict.fromkeys(lists["subordinators"], PRON)
    for name, code in (("adverbs", ADV), ("pronouns", PRON), ("determiners", DET), ("prepositions", PREP), ("conjunctions", CONJ)):
        for word in lists[name]:
            classes[word] = code
    for word in determiners:
        classes[word] = DET if classes.get(word) != PREP else PREP
    for word in contracted:
        classes[word] = PREP
    return Words(
        determiners=determiners,
        contracted=contracted,
        government={prep: _mask(cases) for cases, preps in data["government"].items() for prep in preps},
        gender={end: g for g, ends in data["gender"].items() for end in ends},
        classes=classes,
        name_heads=tuple(data["words"]["name_heads"]),
        **{k: lists[k] for k in (
            "prepositions", "conjunctions", "coordinators", "subordinators", "relatives", "conditionals", "infinitive_openers",
            "pronouns", "particles", "adverbs",
        )},
    )  # fmt: skip


def gender(noun: str) -> str:
    """Gender of a noun by its end: m, f, n, p (plural), or "" where unknown.

    Example:
        >>> gender("Landesregierung"), gender("Förderbescheid"), gender("Kommunen"), gender("Xy")
        ('f', 'm', 'p', '')
    """
    table = words().gender
    low = noun.lower()
    for size in range(min(12, len(low)), 1, -1):
        found = table.get(low[-size:])
        if found:
            return found
    return ""


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
_ADJECTIVE_FIRST = re.compile(
    r"(?:isch|lich|ig|sam|bar|[ae]l|iv|los|voll|\bneu|groß|gut|jung|\balt|hoh|klein|\berst|zweit|dritt|letzt|weiter|nächst|deutsch|\brot|technisch|privat)(?:e[nrms]?)$"
)
_MODALS = frozenset("kann können soll sollen will wollen muss müssen darf dürfen konnte konnten".split())
_ADJECTIVE_OF_TIME = re.compile(
    r"(?:heutig|gestrig|morgig|vorgestrig|kommend|vergangen|nächst|letzt|laufend|damalig|jährlich|diesjährig|vorjährig|letztjährig|\d+-?(?:jährig|tägig|wöchig|monatig)|\w+(?:jährig|tägig|wöchig|monatig))e[nrsm]?"
)
_YEAR = re.compile(r"\d{4}(?:[/–-]\d{2,4})?")
_PUNCTUATION = {
    ",": COMMA, ";": STOP, ":": STOP, "!": STOP, "?": STOP, "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE,
    "–": DASH, "—": DASH, "-": DASH, "&": CONJ, "/": CONJ, "|": STOP, "•": STOP,
}  # fmt: skip


def _words_between(text: str, start: int, end: int, forms: Mapping[str, int], out: list[Token], classes: Mapping[str, int]) -> None:
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
                if kind == NOUN and (not out or out[-1].kind in (STOP, SKIP)) and _ADJECTIVE_FIRST.search(low):
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
        if out[k].kind == NOUN and out[k + 1].kind == NOUN and out[k].payload is None and _ADJECTIVE_FIRST.search(out[k].lower):
            out[k].kind = LOWER  # "Freiwillige Feuerwehr"
    for k in range(len(out) - 2):
        # "Finanz- und Heimatminister": the first part stands before its noun like an adjective.
        if out[k].text[-1] == "-" and out[k].kind == NOUN and out[k + 1].kind == CONJ and out[k + 2].kind == NOUN:
            out[k].kind = out[k + 1].kind = LOWER
    return out


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

    def __init__(self, start: int, end: int, inner: int, prep: str, det: str, cases: int, tokens: list[Token], first: int, last: int) -> None:
        self.start, self.end, self.inner, self.prep, self.det, self.cases = start, end, inner, prep, det, cases
        self.tokens, self.first, self.last = tokens, first, last
        self.head = next((t for t in tokens if t.payload is None), tokens[0])
        self.of: Phrase | None = None
        self.chain = -1
        self.clause = 0

    def __repr__(self) -> str:
        return f"<{self.prep}|{self.det}|{' '.join(t.text for t in self.tokens)}>"


_ADJECTIVE = re.compile(r"\w{2,}(?:e|en|er|es|em)")
_ABBREVIATED = frozenset({"Dr", "Prof", "St", "Mag", "Dipl", "Ing", "med", "Frau", "Herr", "Herrn"})


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


def _cases(prep: str, det: str, noun: Token, closed: Words) -> int:
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


def find_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """Noun phrases of a sentence, in order.

    Example:
        >>> from policy_ie.language.verbs import common_verb_forms
        >>> text = "Das Land zahlt der Stadt für den Bau der neuen Schule 200 Stühle."
        >>> find_phrases(tokenize(text, 0, len(text), [], common_verb_forms()))
        [<|das|Land>, <|der|Stadt>, <für|den|Bau>, <|der|Schule>, <||Stühle>]
    """
    closed = words()
    phrases: list[Phrase] = []
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        kind = token.kind
        if kind not in (NOUN, DET, PREP, NUM, LOWER, VERB):
            i += 1
            continue
        first = i
        prep = det = ""
        j = i
        if kind == PREP:
            prep = token.lower
            if prep in closed.contracted:
                prep, det = closed.contracted[prep]
            j += 1
            if prep == "bis" and j + 1 < n and tokens[j].lower == "zu" and tokens[j + 1].kind in (NUM, DET) and tokens[j + 1].lower not in ("der", "den", "dem", "einem", "einer"):
                prep = ""  # "bis zu zwölf Studierende"
                j += 1
            elif j < n and tokens[j].kind == PREP and prep in ("bis", "von") and tokens[j].lower in ("zu", "auf", "in", "nach", "an", "über", "unter", "vor"):
                prep = tokens[j].lower
                j += 1
            elif j + 1 < n and tokens[j].lower in ("über", "bis", "zu", "um", "unter") and (tokens[j + 1].kind == NUM or tokens[j + 1].payload is not None or tokens[j + 1].lower == "zu"):
                # "mit über 30 Millionen Euro": the second word belongs to the number.
                j += 2 if tokens[j + 1].lower == "zu" else 1
        # determiner, then adjectives, numbers and adverbs, up to a noun
        while j < n and tokens[j].kind in (DET, NUM, LOWER, ADV, VERB, SKIP, PRON) or (
            j < n and tokens[j].kind in (COMMA, CONJ) and j > first and j + 1 < n and _between_adjectives(tokens, j)
        ):
            current = tokens[j]
            if current.kind == DET:
                if det and current.lower in ("der", "die", "das", "dem", "den", "des") and j > first:
                    break
                if not det or det not in closed.determiners:
                    det = current.lower
            elif current.kind == VERB and not (current.form & (Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE)):
                break
            elif (current.kind == VERB and not det and not prep and j == first and not _before_noun(tokens, j)) or (current.kind in (ADV, PRON) and j == first):
                break
            elif current.kind == PRON and current.lower not in ("diese", "dieser", "beide", "viele"):
                break
            elif current.kind == LOWER and not _ADJECTIVE.fullmatch(current.lower) and not current.text[0].isupper() and current.text not in ("und", "oder", "sowie") and not _before_noun(tokens, j):
                break
            j += 1
        if j >= n or tokens[j].kind != NOUN:
            # An embedded participle construction ("die vom Land geförderte Halle"): the article waits for its noun.
            i = first + 1
            continue
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
            else:
                break
        while tokens[j - 1].kind == SKIP:
            j -= 1
        begin = tokens[first].start
        inner = begin
        for t in tokens[first:j]:
            if t.kind == PREP or t.lower in ("der", "die", "das", "dem", "den", "des", "ein", "eine", "einen", "einem", "einer", "eines") or t.kind in (SKIP, ADV):
                continue
            inner = t.start
            break
        phrase = Phrase(begin, max(t.end for t in nouns), inner, prep, det, 0, nouns, first, j - 1)
        phrase.cases = _cases(prep, det, phrase.head, closed)
        phrases.append(phrase)
        i = j
    return phrases


def _between_adjectives(tokens: Sequence[Token], j: int) -> bool:
    """True for the comma or "und" in "die alten, kleinen und neuen Häuser"."""
    before, after = tokens[j - 1], tokens[j + 1]
    return before.kind in (LOWER, NUM, VERB) and after.kind in (LOWER, VERB) and bool(
        _ADJECTIVE.fullmatch(before.lower) and _ADJECTIVE.fullmatch(after.lower)
    ) and _before_noun(tokens, j + 1)


def _before_noun(tokens: Sequence[Token], j: int) -> bool:
    """True where a noun follows within four lower-case words."""
    for k in range(j + 1, min(j + 5, len(tokens))):
        kind = tokens[k].kind
        if kind == NOUN:
            return True
        if kind not in (LOWER, NUM, SKIP) and not (kind == VERB and tokens[k].form & (Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE)):
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


def _joins(left: Token, right: Token) -> bool:
    """True where two neighbouring nouns are one phrase: a title or head noun and its name."""
    if right.payload is not None:
        if right.text[0].isdigit() and not _YEAR.fullmatch(right.text):
            return False
        return left.payload is None or left.text in _ABBREVIATED
    if left.payload is not None:
        return False
    return left.text[-1] == "-" or left.text in _ABBREVIATED or left.lower.endswith(words().name_heads)


def _list_goes_on(phrases: Sequence[Phrase], tokens: Sequence[Token], k: int) -> bool:
    """True where the commas from phrase k on lead to an "und"."""
    coordinators = words().coordinators
    for j in range(k, min(k + 40, len(phrases) - 1)):
        gap = [t for t in tokens[phrases[j].last + 1 : phrases[j + 1].first] if t.kind != SKIP]
        if any(t.kind == CONJ and t.lower in coordinators for t in gap):
            return True
        if gap and (len(gap) > 1 or gap[0].kind != COMMA):
            return False
    return False


def attach_phrases(phrases: list[Phrase], tokens: Sequence[Token]) -> None:
    """Finds genitives and coordinations, once the clauses of the phrases are known."""
    closed = words()
    chain = 0
    for k in range(1, len(phrases)):
        left, right = phrases[k - 1], phrases[k]
        if left.clause != right.clause:
            continue
        gap = right.first - left.last - 1
        if gap == 0:
            if not right.prep and right.cases & GEN and right.det and left.head.payload is None and right.det[-1:] in "rs":
                right.of = left
            continue
        if gap > 3:
            continue
        between = [t for t in tokens[left.last + 1 : right.first] if t.kind != SKIP]
        if not between or len(between) > 2:
            continue
        link = between[0]
        ok = (link.kind == COMMA and len(between) == 1) or (link.kind == CONJ and link.lower in closed.coordinators and (len(between) == 1 or between[1].kind == ADV))
        if not ok or (right.prep and right.prep != left.prep and link.kind == COMMA):
            continue
        if right.prep and not left.prep:
            continue
        if link.kind == COMMA and not _list_goes_on(phrases, tokens, k):
            continue
        if link.kind == COMMA and left.prep and not right.prep and (left.head.payload is None) != (right.head.payload is None):
            continue  # "der Präsident von Niederbayern, Rainer Haselbeck": a name in apposition
        if left.chain < 0:
            chain += 1
            left.chain = chain
        right.chain = left.chain
        if not right.prep and left.prep:
            right.prep = left.prep
        if left.of is not None and right.cases & GEN:
            right.of = left.of
