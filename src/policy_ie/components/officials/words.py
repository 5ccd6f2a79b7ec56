"""The word lists of `words.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from policy_ie.knowledge.portfolios import portfolios

__all__ = ["is_attribute", "is_subject", "no_person_around", "words"]


@cache
def words(name: str) -> frozenset[str]:
    """A list of the file, by its name.

    Example:
        >>> "Schulze" in words("double_first")
        True
    """
    with files("policy_ie.components.officials").joinpath("words.toml").open("rb") as file:
        return frozenset(tomllib.load(file)[name].split())


@cache
def _subject_ending() -> re.Pattern[str]:
    return re.compile(rf"\w*(?:{'|'.join(sorted(words('subject_endings')))})")


def is_subject(word: str) -> bool:
    """True for a word that names the subject of an office.

    Example:
        >>> is_subject("Verkehr"), is_subject("Stadtplanung"), is_subject("Muster")
        (True, True, False)
    """
    lower = word.lower()
    return lower in portfolios().words or word in words("subjects") or _subject_ending().fullmatch(lower) is not None


@cache
def _attribute() -> re.Pattern[str]:
    adjectives = "|".join(sorted(words("attributes")))
    return re.compile(
        rf"(?:(?:{adjectives})|[\w-]+(?:ische|deutsche|politische))[rnsm]?|[1-3]\.|(?:stellv|stv|parl)\.", re.IGNORECASE
    )


@lru_cache(1 << 12)
def is_attribute(word: str) -> bool:
    """True for an adjective that belongs to a title: "stellvertretende", "hessischen"."""
    return _attribute().fullmatch(word) is not None


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns = "|".join(sorted(words("no_person_before")))
    before = "|".join(re.escape(word) for word in sorted(words("no_person_after")))
    return (
        re.compile(
            rf"-[\wäöü]|[ \xa0](?:(?:{nouns}|Preises|Fonds)|\w+(?:{nouns.lower()})|& (?:Co|Sohn|Söhne|Partner)|e\. ?V)\b"
        ),
        re.compile(rf"(?:\b(?:{before})|[a-z](?:schule|haus|halle)|str\.)[ \xa0]$"),
    )


def no_person_around(text: str, start: int, end: int) -> bool:
    """True where the words beside [start, end) make it the name of a street, school, company.

    Example:
        >>> no_person_around("die Anne Frank Schule", 4, 14)
        True
    """
    after, before = _around()
    return after.match(text, end) is not None or before.search(text[max(0, start - 14) : start]) is not None
