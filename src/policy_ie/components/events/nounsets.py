"""Classes of plain nouns that several roles ask for."""

from __future__ import annotations

import functools

from policy_ie.components.events.frames import Nouns, noun_classes

__all__ = ["PERSONS", "PLACES", "TERRITORIAL", "award_noun", "giver_noun", "means", "office_noun", "territorial_noun"]

#: Kinds of mentions that are people.
PERSONS = frozenset(("official", "person"))
#: Towns and districts, which take and are no purpose.
PLACES = frozenset(
    ("stadt", "städte", "städten", "gemeinde", "gemeinden", "kommune", "kommunen", "kreis", "kreise", "landkreis", "landkreise")
)

#: Ends of nouns that leave the name behind them a territory.
TERRITORIAL = ("stadt", "gemeinde", "kreis", "region", "verwaltung")


@functools.cache
def _words() -> frozenset[str]:
    return frozenset(word.lower() for word in noun_classes()["territorial"])


def territorial_noun(noun: str) -> bool:
    """True for a noun in lower case that leaves the name behind it a territory: "stadt", "markt"."""
    return noun in _words()


@functools.cache
def _nouns(kind: str) -> Nouns:
    nouns = noun_classes().nouns((kind,))
    assert nouns is not None
    return nouns


def means() -> Nouns:
    """Nouns for money, which receives nothing."""
    return _nouns("means")


def giver_noun(noun: str) -> bool:
    """True for a noun in lower case for who may give: "stiftung", "landesregierung"."""
    return bool(_nouns("givers").match(noun))


def award_noun(noun: str) -> bool:
    """True for a noun in lower case for a distinction: "ehrenmedaillen", "preis"."""
    return bool(_nouns("awards").match(noun))


def office_noun(noun: str) -> bool:
    """True for a noun in lower case for an office: "vizepräsidentin", "leitung"."""
    return bool(_nouns("offices").match(noun))
