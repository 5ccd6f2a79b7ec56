"""Phrases that have no place of their own in a clause: what belongs to the noun before it, and letters that act for nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from policy_ie.language.phrases import Phrase
from policy_ie.language.tokens import Token

__all__ = ["asides", "letters", "names", "payload_kind"]

#: What "für" behind these words names is a portfolio.
_PORTFOLIO = re.compile(
    r"(?:minister|ministerin|ministerium|ministeriums|senatorin|senator|sekretär|sekretärin|beauftragte[rn]?|amt|behörde)$"
)


#: Nouns whose "von" names who is there or stands in, not who acts.
_COMPANY = frozenset(
    (
        "beisein",
        "anwesenheit",
        "gegenwart",
        "begleitung",
        "vertretung",
        "leitung",
        "moderation",
        "seite",
        "beiwohnen",
        "federführung",
        "einladung",
    )
)


#: Nouns whose "als" names a part somebody plays.
_ACTIVITY = ("tätigkeit", "engagement", "arbeit", "einsatz", "wirken", "verdienste", "leistung", "rolle", "zeit", "erfahrung")


def payload_kind(token: Token) -> str:
    """Kind of the mention that a token stands for, or ""."""
    return token.payload.kind if token.payload is not None else ""


def names(phrase: Phrase) -> bool:
    """True for a phrase in which a mention is named."""
    return any(t.payload is not None for t in phrase.tokens)


def _attribute(phrase: Phrase, before: Phrase) -> bool:
    """True for what belongs to the noun before it, not to the verb: "der Ortskern von Bücken", "Minister für Umwelt"."""
    if phrase.of is not None:
        return True
    if phrase.prep == "von" and phrase.first == before.last + 1 and before.head.lower in _COMPANY:
        return True  # "im Beisein von Landrat Vogt"
    if phrase.prep == "als" and phrase.first == before.last + 1 and before.head.lower.endswith(_ACTIVITY):
        return True  # "für seine Tätigkeit als Trainer"
    if phrase.prep == "aus" and not phrase.det and phrase.first == before.last + 1 and names(before):
        return _town(phrase)  # "Karl Vogt aus Celle"
    if phrase.prep == "für" and phrase.first == before.last + 1 and before.tokens[-1].payload is None:
        return _PORTFOLIO.search(before.tokens[-1].lower) is not None
    return (
        phrase.prep == "von"
        and not phrase.det
        and phrase.first == before.last + 1
        and before.head.payload is None
        and _town(phrase)
    )


def _town(phrase: Phrase) -> bool:
    mention = phrase.head.payload
    return mention is not None and mention.kind == "territory" and mention.value.level in ("municipality", "locality")


def asides(own: Sequence[Phrase]) -> set[int]:
    """Phrases with a preposition that belong to a noun, with those coordinated with them."""
    found: set[int] = set()
    chain = -1
    for before, phrase in pairwise(own):
        if phrase.prep and (_attribute(phrase, before) or (phrase.chain >= 0 and phrase.chain == chain)):
            chain = phrase.chain
            found.add(id(phrase))
    return found


def letters(phrase: Phrase, bare: Sequence[Phrase]) -> bool:
    """True for letters that act for nobody: those of "i. H. v.", and the short title of a name ("RP Dr. Karl Vogt")."""
    text = phrase.head.text
    if phrase.head.payload is not None or len(phrase.tokens) > 1 or len(text) > 4 or not text.isupper():
        return False
    return len(text) == 1 or any(
        0 < p.first - phrase.last <= 3 and not p.det and payload_kind(p.tokens[-1]) in ("official", "person") for p in bare
    )
