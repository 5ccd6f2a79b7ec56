"""Genitives and coordinations: which phrases of a sentence belong together."""

from __future__ import annotations

from collections.abc import Sequence

from policy_ie.language.phrases import Phrase, is_person
from policy_ie.language.tokens import Token
from policy_ie.language.words import ADV, COMMA, CONJ, DAT, GEN, SKIP, words

__all__ = ["attach_phrases"]

#: Before the names of several: "in den Kreisen Fulda und Wetterau".
_DISTRICTS = frozenset(("kreisen", "landkreisen", "städten", "gemeinden", "regionen", "ländern", "stadtteilen", "ortsteilen"))
#: Nouns whose field is named right behind them.
_FIELDS = ("bereich", "kategorie", "sparte", "disziplin")
_BODIES = frozenset(("organisation", "territory"))
#: Before the names of several, in any case: "an die Kommunen Fulda, Gera und Celle".
_SEVERAL = _DISTRICTS | {
    "kommunen",
    "städte",
    "gemeinden",
    "ortsgemeinden",
    "verbandsgemeinden",
    "kreise",
    "landkreise",
    "länder",
}
#: Who is of nobody: "hat das Land | der Stadt Celle einen Zuschuss gewährt".
_GIVERS = frozenset(("land", "bund", "freistaat"))
_WHERE = ("in", "bei", "an")


def attach_phrases(phrases: list[Phrase], tokens: Sequence[Token]) -> None:
    """Finds genitives and coordinations, once the clauses of the phrases are known."""
    closed = words()
    chain = 0
    named_after: set[int] = set()
    for k in range(1, len(phrases)):
        left, right = phrases[k - 1], phrases[k]
        if left.clause != right.clause:
            continue
        gap = right.first - left.last - 1
        if gap == 0 or (gap == 1 and tokens[left.last + 1].text in "“”«"):  # "das Programm „Grüne Höfe“ | des Landes"
            named = left.head.payload is not None or is_person(left) or left.head.lower in _GIVERS
            if right.cases == GEN and not right.det and not named:
                right.of = left
            elif not right.prep and right.cases & GEN and right.det[-1:] in ("r", "s") and closed.determiners.get(right.det):
                # "aus dem Programm der Stadt", but "überreichte Minister Groß der Stadt einen Bescheid"
                programme = left.prep and getattr(left.head.payload, "kind", "") == "programme"
                right.of = left if programme or not named else None
            elif (
                not right.prep
                and not right.det
                and ((left.det and left.head.lower in _DISTRICTS) or left.tokens[-1].lower.startswith(_FIELDS))
            ):
                right.prep = left.prep  # "in den Kreisen | Fulda und Wetterau", "aus den Bereichen | Sport und Kultur"
                named_after.add(id(right))
            elif left.prep and not right.prep and not right.det and _measure(left) and not is_person(right):
                right.prep = left.prep  # "für 25 Jahre | ehrenamtliches Wirken"
            continue
        if gap > 3:
            continue
        between = [t for t in tokens[left.last + 1 : right.first] if t.kind != SKIP]
        if not between or len(between) > 2:
            continue
        if right.head.payload is not None:
            left = _named_before(phrases, k)
        link = between[0]
        ok = (link.kind == COMMA and len(between) == 1) or (
            link.kind == CONJ and link.lower in closed.coordinators and (len(between) == 1 or between[1].kind == ADV)
        )
        if not ok or (right.prep and (not left.prep or (right.prep != left.prep and link.kind == COMMA))):
            continue
        if link.kind == COMMA and not _list_goes_on(phrases, tokens, k):
            continue
        if left.prep == "mit" and right.det in ("der", "die", "das") and left.head.text[0].isdigit() and not right.cases & DAT:
            continue  # "mit 2 Millionen Euro und | die Halle"
        if right.head.payload is not None and right.head.text[0].isdigit() != left.head.text[0].isdigit():
            continue  # "18 Millionen aus dem EFRE sowie 4 Millionen": a sum is no second fund
        if left.prep and not right.prep and is_person(right) and not is_person(left) and left.head.payload is not None:
            continue  # "Anna Groß aus Celle, Karl Vogt aus Peine": no second town
        if (
            link.kind == COMMA
            and left.prep
            and not right.prep
            and (left.head.payload is None) != (right.head.payload is None)
            and id(left) not in named_after
            and not ("-" in left.head.text and _kind(right) == "territory")
            and not (  # "vom Bund, dem Land Hessen und …"
                (left.prep == "von" or left.head.lower in _SEVERAL) and {_kind(left), _kind(right)} <= _BODIES
            )
        ):
            continue  # "der Präsident von Niederbayern, Rainer Haselbeck": a name in apposition
        if left.chain < 0:
            chain += 1
            left.chain = chain
        right.chain = left.chain
        if not right.prep and left.prep:
            right.prep = left.prep
        if left.of is not None and right.cases & GEN:
            right.of = left.of


def _named_before(phrases: Sequence[Phrase], k: int) -> Phrase:
    """What phrase k goes on with: the phrase before it, or the name whose place that is.

    "Wangen | im Kreis Unna und | Morbach | in der Eifel": a second town, in no preposition.
    """
    left, right = phrases[k - 1], phrases[k]
    if left.prep not in _WHERE or right.prep or right.det or k < 2 or k + 1 >= len(phrases):
        return left
    name, place = phrases[k - 2], phrases[k + 1]
    if (
        name.last + 1 == left.first
        and place.first == right.last + 1
        and place.prep in _WHERE
        and _kind(name) == _kind(right) == "territory"
    ):
        return name
    return left


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


def _measure(phrase: Phrase) -> bool:
    """True for a number of years, of which something may follow."""
    return phrase.prep == "für" and _kind(phrase) == "date" and phrase.tokens[-1].text.rstrip("n").endswith(("Jahre", "Monate"))


def _kind(phrase: Phrase) -> str:
    return getattr(phrase.tokens[-1].payload, "kind", "")
