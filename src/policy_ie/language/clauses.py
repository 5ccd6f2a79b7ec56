"""Clauses of a German sentence, found by commas, openers and the place of the verb; no parser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policy_ie.language.attachment import attach_phrases
from policy_ie.language.phrases import Phrase, find_phrases, is_person, part_pronoun, phrase_gender
from policy_ie.language.tokens import Opaque, Token, tokenize
from policy_ie.language.verbs import Form
from policy_ie.language.words import ADV, CLOSE, COMMA, CONJ, DASH, DET, LOWER, NOUN, OPEN, PREP, PRON, SKIP, STOP, VERB, words

__all__ = ["Clause", "Sentence", "parse"]

#: Longest look-ahead, in tokens.
_AHEAD = 60


class Clause:
    """A clause.

    Attributes:
        kind: main, rel(ative), sub(ordinate), inf(initive), paren(thesis).
        index: its number in the sentence.
        parent: number of the clause that holds it; -1 for none.
        opener: the word that opens it (dass, um, die …), or "".
        antecedent: the phrase that a relative clause belongs to.
        shared: number of the clause whose subject and auxiliary it shares ("… und fördert …"); -1 for none.
        tokens: its own tokens, without those of clauses inside it.
    """

    __slots__ = ("antecedent", "index", "kind", "opener", "parent", "shared", "tokens")

    def __init__(self, kind: str, index: int, parent: int, opener: str = "", shared: int = -1) -> None:
        self.kind, self.index, self.parent, self.opener, self.shared = kind, index, parent, opener, shared
        self.antecedent: Phrase | None = None
        self.tokens: list[Token] = []

    def __repr__(self) -> str:
        return f"{self.kind}({' '.join(t.text for t in self.tokens)})"


class Sentence:
    """A parsed sentence: tokens, phrases and clauses."""

    __slots__ = ("clauses", "end", "phrases", "start", "tokens")

    def __init__(self, start: int, end: int, tokens: list[Token], phrases: list[Phrase], clauses: list[Clause]) -> None:
        self.start, self.end, self.tokens, self.phrases, self.clauses = start, end, tokens, phrases, clauses


def _segment_end(tokens: Sequence[Token], i: int) -> int:
    """Index of the comma or stop that ends the segment that begins at i; brackets inside it are skipped."""
    depth = 0
    for k in range(i, min(i + _AHEAD, len(tokens))):
        kind = tokens[k].kind
        if kind == OPEN:
            depth += 1
        elif kind == CLOSE:
            if not depth:
                return k
            depth -= 1
        elif not depth and kind in (COMMA, STOP):
            return k
    return min(i + _AHEAD, len(tokens))


def _ends_with_verb(tokens: Sequence[Token], start: int, end: int) -> bool:
    """True where a lower-case verb stands last in the segment."""
    k = end - 1
    while k > start and tokens[k].kind in (SKIP, DASH):
        k -= 1
    return k > start and (tokens[k].kind == VERB or tokens[k].kind == LOWER)


def _zu_infinitive(tokens: Sequence[Token], start: int, end: int) -> bool:
    k = end - 1
    while k > start and tokens[k].kind == SKIP:
        k -= 1
    last = tokens[k]
    if not last.form & Form.INFINITIVE and not (last.kind in (VERB, LOWER) and last.lower.endswith("n")):
        return False
    return (k > start and tokens[k - 1].lower == "zu") or (
        "zu" in last.lower[2:-4] and bool(last.form & Form.INFINITIVE) and not last.form & Form.PLURAL
    )


def _enumerates(tokens: Sequence[Token], k: int, end: int) -> bool:
    """True for the article of a further name in a list of names: "Celle, der Kreis Peine und …"; not "Groß, den Vogt kennt"."""
    if k < 2 or tokens[k - 2].payload is None or k + 2 >= len(tokens):
        return False
    last = tokens[end - 1]
    if last.kind == VERB and last.form & Form.FINITE and not last.form & Form.PARTICIPLE:
        return any(t.kind == CONJ for t in tokens[k:end])
    return tokens[k + 1].payload is not None or (tokens[k + 1].kind == NOUN and tokens[k + 2].payload is not None)


def _lists(tokens: Sequence[Token], end: int) -> bool:
    """True where a list of names that goes on at `end` has a verb last: "dem bereits Celle, Peine und Unna angehören"."""
    while end < len(tokens) and tokens[end].kind == COMMA:
        start, end = end + 1, _segment_end(tokens, end + 1)
        verbs = [t for t in tokens[start:end] if t.kind == VERB]
        if verbs:
            return len(verbs) < 3 and bool(verbs[-1].form & Form.FINITE) and _ends_with_verb(tokens, start, end)
        if end - start > 4:
            return False
    return False


def _opens(tokens: Sequence[Token], i: int, end: int) -> tuple[str, str, int]:
    """Kind and opener of the clause that begins at i, and the index of the opener; kind "" for none."""
    closed = words()
    k = i
    while k < end and (tokens[k].kind == ADV or tokens[k].lower in ("und", "oder", "sondern", "aber", "auch")) and k < i + 3:
        k += 1
    if k >= end:
        return "", "", i
    first = tokens[k]
    low = first.lower
    if low in closed.infinitive_openers and _zu_infinitive(tokens, k, end):
        return "inf", low, k
    zu = first.kind != VERB and _zu_infinitive(tokens, k, end)
    if zu and (low not in closed.subordinators or low in closed.relatives):
        return "inf", "zu", k
    if low in closed.relatives and _ends_with_verb(tokens, k, end) and not _enumerates(tokens, k, end):
        return "rel", low, k
    if low in closed.relatives and k + 1 < end and tokens[k + 1].kind in (ADV, PREP) and _lists(tokens, end):
        return "rel", low, k
    if (
        first.kind == PREP
        and k + 1 < end
        and tokens[k + 1].lower in closed.relatives
        and (_ends_with_verb(tokens, k, end) or (tokens[min(k + 2, end - 1)].lower == "sich" and _lists(tokens, end)))
    ):
        return "rel", tokens[k + 1].lower, k + 1
    if low in closed.subordinators and first.kind != NOUN:
        # "…, während Karl Vogt, der frühere Leiter, geht"
        named = low == "während" and k + 1 < end and getattr(tokens[k + 1].payload, "kind", "") in ("official", "person")
        if low in ("als", "wie", "während") and not named and not _ends_with_verb(tokens, k, end):
            return "", "", i
        return "sub", low, k
    return "", "", i


def _finite_second(tokens: Sequence[Token], i: int, end: int) -> bool:
    """True where the segment is a main clause of its own: one phrase, then a finite verb that is not its last word."""
    while end > i and tokens[end - 1].kind == SKIP:
        end -= 1
    k = i
    seen_noun = False
    while k < end and k < i + 12:
        token = tokens[k]
        if token.kind == VERB and token.form & Form.FINITE and not token.form & (Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE):
            return (
                seen_noun
                and tokens[k - 1].kind != CONJ  # "am Freitag, 9. Juni, die Prignitz | und machte dort Halt"
                and k < end - 1
                and not (token.form & (Form.INFINITIVE | Form.PARTICIPLE) and tokens[k + 1].kind == VERB)
                and not (  # "wird … nach Kiel fahren | und …", "hat in Schulen und Heime investiert | sowie …"
                    token.form & (Form.INFINITIVE | Form.PARTICIPLE) and tokens[k + 1].kind == CONJ
                )
            )
        if token.kind in (NOUN, ADV) or (token.kind == PRON and token.lower != "sich"):
            seen_noun = True
        elif k == i and k + 1 < end and token.lower == "das" and _finite(tokens[k + 1]):
            seen_noun = True  # "mit 2 Millionen Euro, | das ist die Hälfte"
        elif token.kind == VERB and token.form & Form.PARTICIPLE and not token.form & Form.ATTRIBUTE:
            return False
        k += 1
    return False


def _says(tokens: Sequence[Token], k: int, before: Clause) -> bool:
    """True for a finite verb and its subject behind a comma: "…, teilte das Ministerium mit"."""
    form = tokens[k].form
    if form & Form.PARTICIPLE and [t.lower in _AUXILIARIES for t in before.tokens if t.kind == VERB] == [True]:
        return False  # "hat der Kreis, wie gewünscht, | gefördert"
    return bool(
        tokens[k].kind == VERB
        and form & Form.FINITE
        and not form & Form.INFINITIVE
        and (form & Form.PAST or not form & Form.ATTRIBUTE)
        and (tokens[k + 1].kind == DET or tokens[k + 1].kind == NOUN)
    )


def _finite(token: Token) -> bool:
    return token.kind == VERB and bool(token.form & Form.FINITE)


def _has_finite(clause: Clause) -> bool:
    for k, token in enumerate(clause.tokens):
        if _finite(token):
            # Behind a determiner alone it is an attribute: "Zwölf verdiente Frauen und Männer".
            return not (token.form & Form.ATTRIBUTE and k and all(t.kind == DET for t in clause.tokens[:k])) or any(
                _finite(t) for t in clause.tokens[k + 1 :]
            )
    return False


def _heads(tokens: Sequence[Token], i: int, stack: Sequence[Clause]) -> bool:
    """True for the only dash of a headline: words without a verb before it, a clause behind it."""
    return (
        len(stack) == 1
        and i > 0
        and i < _AHEAD
        and not any(t.kind == DASH for t in tokens[i + 1 : i + _AHEAD])
        and not any(t.kind == VERB and t.form for t in tokens[:i])
        and _finite_second(tokens, i + 1, _segment_end(tokens, i + 1))
    )


def _closed(tokens: Sequence[Token], i: int) -> bool:
    """True for a colon in a short bracket: "(Träger: Stiftung Celle)"."""
    return any(t.kind == CLOSE for t in tokens[i + 1 : i + 12])


def _aside(tokens: Sequence[Token], i: int) -> bool:
    """True for the last dash of a sentence, with a clause of its own behind it: "mit 2 Millionen Euro – das ist die Hälfte"."""
    rest = tokens[i + 1 :]
    return not any(t.kind == DASH for t in rest) and _finite_second(tokens, i + 1, _segment_end(tokens, i + 1))


def split_clauses(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> list[Clause]:
    """Clauses of a sentence; sets `clause` of every token and phrase."""
    clauses = [Clause("main", 0, -1)]
    stack = [clauses[0]]

    def push(kind: str, opener: str = "", shared: int = -1, *, replace: bool = False) -> Clause:
        parent = stack[-1].parent if replace else stack[-1].index
        clause = Clause(kind, len(clauses), parent, opener, shared)
        clauses.append(clause)
        if replace:
            stack[-1] = clause
        else:
            stack.append(clause)
        return clause

    by_last = {p.last: p for p in phrases}
    closed = words()
    n = len(tokens)
    if n and tokens[0].kind != NOUN:
        first, opener, _ = _opens(tokens, 0, _segment_end(tokens, 0))
        second = n > 1 and tokens[1].kind == VERB and opener == "damit"  # "Damit wurden 17 Läden gefördert"
        if (
            first in ("sub", "inf")
            and not second
            and not (tokens[0].kind == PREP and first != "inf")
            and opener not in ("was", "wer", "wie")
        ):
            push(first, opener)
    for i, token in enumerate(tokens):
        kind = token.kind
        if kind < COMMA and kind != CONJ:  # a word that parts nothing
            token.clause = stack[-1].index
            stack[-1].tokens.append(token)
            continue
        if kind == COMMA:
            if (
                len(stack) > 1
                and stack[-1].kind in ("sub", "rel", "inf")
                and len(stack[-1].tokens) > 1
                and _ends_with_verb(tokens, i - 3 if i > 3 else -1, i)
            ):
                stack.pop()
            token.clause = stack[-1].index
            end = _segment_end(tokens, i + 1)
            new, opener, _ = _opens(tokens, i + 1, end)
            goes_on = i + 1 < n and new in ("rel", "") and _bracket_closes(tokens, i + 1, end, stack[-1])
            if goes_on:
                new = ""
            if new:
                clause = push(new, opener)
                if new == "rel":
                    clause.antecedent = _antecedent(by_last, i - 1, phrases, _number(tokens, end, opener))
            elif not goes_on and stack[-1].kind == "main" and _has_finite(stack[-1]):
                k = i + 1
                if k < n and tokens[k].lower in closed.conjunctions:
                    k += 1
                if k < n and (_finite_second(tokens, k, end) or (k == i + 1 and k + 1 < n and _says(tokens, k, stack[-1]))):
                    push("main", replace=True)
            continue
        if kind == DASH and i and i + 1 < n and tokens[i + 1].lower in closed.relatives:
            new, opener, _ = _opens(tokens, i + 1, _segment_end(tokens, i + 1))
            token.clause = stack[-1].index
            if new == "rel":  # "im Heim – das früher gefördert wurde"
                push(new, opener).antecedent = _antecedent(by_last, i - 1, phrases, opener)
                continue
            if stack[-1].kind == "main" and _aside(tokens, i):
                push("main", replace=True)
                continue
        if kind == DASH and _heads(tokens, i, stack):  # "Wechsel im Landesamt – Minister Groß führt Frau Els ein"
            token.clause = stack[-1].index
            push("main", replace=True)
            continue
        if kind == STOP:
            if i < n - 1 and not (stack[-1].kind == "paren" and token.text == ":" and _closed(tokens, i)):
                del stack[1:]
                push("main", replace=True)
            token.clause = stack[-1].index
            continue
        if kind == OPEN:
            token.clause = push("paren").index
            continue
        if kind == CLOSE:
            while len(stack) > 1 and stack[-1].kind != "paren":
                stack.pop()
            token.clause = stack[-1].index
            if len(stack) > 1:
                stack.pop()
            continue
        if (
            kind == CONJ
            and i + 1 < n
            and stack[-1].kind in ("main", "rel", "sub")
            and not (i and tokens[i - 1].text[-1] == "-")
        ):
            k = i + 1
            while k < n - 1 and tokens[k].kind == ADV:
                k += 1
            following = tokens[k]
            top = stack[-1]
            if top.kind == "main" and _has_finite(top):
                finite = following.kind == VERB and following.form & Form.FINITE and not _completed(tokens, k, top)
                if finite and (following.form & Form.PAST or not following.form & Form.ATTRIBUTE):
                    push("main", shared=top.index, replace=True)
                elif _finite_second(tokens, k, _segment_end(tokens, k)):
                    push("main", replace=True)
                elif _second_participle(tokens, i, top):
                    push("main", shared=top.index, replace=True)
        token.clause = stack[-1].index
        stack[-1].tokens.append(token)
    openers = {
        id(c.tokens[k])
        for c in clauses
        if c.kind == "rel" or c.opener == "während"
        for k in (0, 1)
        if c.tokens[k : k + 1] and c.tokens[k].lower == c.opener
    }
    for phrase in phrases:
        phrase.clause = phrase.head.clause
        if openers and (phrase.det or phrase.prep == "während"):
            part_pronoun(phrase, tokens, openers)
    return clauses


def _completed(tokens: Sequence[Token], k: int, clause: Clause) -> bool:
    """True for an adjective that looks like a verb: "hat Gruppen sowie | verdiente Bürger geehrt"."""
    if not tokens[k].form & Form.ATTRIBUTE or k + 1 >= len(tokens) or tokens[k + 1].kind != NOUN:
        return False
    verbs = [t for t in clause.tokens if t.kind == VERB]
    if not verbs or verbs[-1].lower not in _AUXILIARIES:
        return False
    rest = [t for t in tokens[k + 1 : _segment_end(tokens, k)] if t.kind == VERB]
    return bool(rest) and bool(rest[-1].form & Form.PARTICIPLE)


def _second_participle(tokens: Sequence[Token], i: int, clause: Clause) -> bool:
    """True for the "und" between two participles with objects: "hat die Schule besucht | und den Bescheid übergeben"."""
    before = tokens[i - 1]
    if before.kind != VERB or not before.form & Form.PARTICIPLE or not any(t.lower in _AUXILIARIES for t in clause.tokens):
        return False
    segment = [t for t in tokens[i + 1 : _segment_end(tokens, i + 1)] if t.kind != SKIP]
    if len(segment) < 3 or segment[-1].kind != VERB or not segment[-1].form & Form.PARTICIPLE:
        return False
    return any(t.kind == NOUN for t in segment) and not any(
        t.kind == VERB and t.form & Form.FINITE and not t.form & (Form.PARTICIPLE | Form.ATTRIBUTE) for t in segment
    )


def _bracket_closes(tokens: Sequence[Token], i: int, end: int, clause: Clause) -> bool:
    """True for the rest of a clause behind an apposition: "wurde der Leiter, Karl Vogt, in den Ruhestand verabschiedet".

    And for the last members of a list: "werden beim Bau der Wege, der neuen Plätze und Brücken unterstützt".
    """
    last = all(t.kind == SKIP for t in tokens[end:])
    joined = next((k for k in range(i + 2, end - 1) if tokens[k].kind == CONJ and _finite(tokens[k + 1])), end)
    if joined < end and tokens[joined - 1].kind == VERB:  # "hat, so Karl Vogt, das Lagebild vorgestellt | und ist …"
        end, last = joined, True
    verbs = [t for t in tokens[i:end] if t.kind == VERB and t.form & (Form.FINITE | Form.PARTICIPLE | Form.INFINITIVE)]
    if i > 1 and tokens[i - 2].payload is not None and _infinitive_closes(verbs, clause):
        return True
    if (tokens[i].kind != PREP and not last) or not verbs or not all(v.form & Form.PARTICIPLE for v in verbs):
        return False
    if len(verbs) > 1 and (len(verbs) > 2 or not any(t.kind == CONJ for t in tokens[i:end])):
        return False
    open_verbs = [t for t in clause.tokens if t.kind == VERB]
    return len(open_verbs) == 1 and open_verbs[0].lower in _AUXILIARIES


def _infinitive_closes(verbs: Sequence[Token], clause: Clause) -> bool:
    """True for the infinitive that a modal verb before a date or name awaits: "kann bis Montag, 3. Mai, | Anträge stellen"."""
    if (
        not verbs
        or not all(v.form & (Form.PARTICIPLE | Form.INFINITIVE) for v in verbs)
        or not verbs[-1].form & Form.INFINITIVE
    ):
        return False
    waiting = [t.lower for t in clause.tokens if t.kind == VERB]
    return len(waiting) == 1 and waiting[0] in _MODALS


#: Verbs that an infinitive at the end of the clause completes.
_MODALS = frozenset([
    "wird", "werden", "werde", "würde", "würden", "kann", "können", "könnte", "könnten", "konnte", "konnten", "soll", "sollen",
    "sollte", "sollten", "will", "wollen", "muss", "müssen", "musste", "mussten", "darf", "dürfen", "möchte", "möchten",
])  # fmt: skip
#: Verbs that a participle at the end of the clause completes.
_AUXILIARIES = frozenset(
    ["wird", "werden", "wurde", "wurden", "werde", "würden", "ist", "sind", "war", "waren", "hat", "haben", "hatte", "hatten"]
)


def _number(tokens: Sequence[Token], end: int, opener: str) -> str:
    """The opener of a relative clause; "die" of a plural verb as "die+": "Kommunen in der Region, die Geld erhalten"."""
    while end > 1 and tokens[end - 1].kind == SKIP:
        end -= 1
    form = tokens[end - 1].form
    plural = form & Form.PLURAL and not form & Form.SINGULAR
    return "die+" if opener == "die" and plural else opener


#: Genders that a relative pronoun agrees with.
_AGREES = {
    "die+": "p",
    "der": "mf",
    "den": "m",
    "dem": "mn",
    "die": "fp",
    "das": "n",
    "denen": "p",
    "dessen": "mn",
    "deren": "fp",
}


def _antecedent(by_last: Mapping[int, Phrase], last: int, phrases: Sequence[Phrase], opener: str) -> Phrase | None:
    """The phrase before a relative clause, or the one that it belongs to: "der Bericht zum Programm, den …"."""
    found = by_last.get(last)
    if found is None:
        found = next((p for p in reversed(phrases) if p.last <= last), None)
        if found is None or found.last < last - 3:
            return None
    agrees = _AGREES.get(opener, "")
    nearest = found
    for _ in range(3):
        gender = phrase_gender(found)
        before = by_last.get(found.first - 1)
        if found.prep == "aus" and not found.det and before is not None and is_person(before):
            return before  # "Karl Vogt aus Celle, der …"
        if not agrees or not gender or gender in agrees:
            return found
        if before is None:
            return nearest
        found = before
    return nearest


def parse(text: str, start: int, end: int, opaque: Sequence[Opaque], forms: dict[str, int]) -> Sentence:
    """Tokens, phrases and clauses of a sentence.

    Args:
        text: the text.
        start, end: the sentence.
        opaque: stretches that count as one noun, in order and without overlap.
        forms: verb forms to know.

    Example:
        >>> from policy_ie.language.verbs import common_verb_forms
        >>> text = "Das Land, das die Halle baut, zahlt der Stadt Geld und fördert Vereine."
        >>> parse(text, 0, len(text), [], common_verb_forms()).clauses
        [main(Das Land zahlt der Stadt Geld), rel(das die Halle baut), main(und fördert Vereine .)]
    """
    tokens = tokenize(text, start, end, opaque, forms)
    phrases = find_phrases(tokens)
    clauses = split_clauses(tokens, phrases)
    attach_phrases(phrases, tokens)
    return Sentence(start, end, tokens, phrases, clauses)
