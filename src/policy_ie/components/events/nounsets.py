"""Classes of plain nouns that several roles ask for."""

from __future__ import annotations

import functools

from policy_ie.components.events.frames import Nouns, noun_classes

__all__ = ["PLACES", "TERRITORIAL", "award_noun", "giver_noun", "means", "office_noun", "territorial_noun"]

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
def means() -> Nouns:
    """Nouns for money, which receives nothing."""
    nouns = noun_classes().nouns(("means",))
    assert nouns is not None
    return nouns


@functools.cache
def _givers() -> Nouns:
    nouns = noun_classes().nouns(("givers",))
    assert nouns is not None
    return nouns


def giver_noun(noun: str) -> bool:
    """True for a noun in lower case for who may give: "stiftung", "landesregierung"."""
    return bool(_givers().match(noun))


@functools.cache
def _awards() -> Nouns:
    nouns = noun_classes().nouns(("awards",))
    assert nouns is not None
    return nouns


def award_noun(noun: str) -> bool:
    """True for a noun in lower case for a distinction: "ehrenmedaillen", "preis"."""
    return bool(_awards().match(noun))


@functools.cache
def _offices() -> Nouns:
    nouns = noun_classes().nouns(("offices",))
    assert nouns is not None
    return nouns


def office_noun(noun: str) -> bool:
    """True for a noun in lower case for an office: "vizepräsidentin", "leitung"."""
    return bool(_offices().match(noun))
