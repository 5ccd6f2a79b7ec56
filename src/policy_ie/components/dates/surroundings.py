"""Patterns of what stands beside an expression and decides how it is read; the words are in surroundings.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["DIALLED", "LIMIT", "LIMITS", "ONWARD", "PLURAL", "near", "word_list"]

#: Units in the plural.
PLURAL = re.compile(
    r"(?:Jahre|Monate|Tage|Woche|Stunde|Minute|Sekunde|Jahrzehnte|Wochenende)n$|(?:Jahre|Monate|Tage|Jahrzehnte)$"
)
#: "vom 1. Juni an"
ONWARD = re.compile(r"\s+an\b(?!\s+(?:der|die|den|das|dem))")

#: Before a number that is dialled: "(089) 21", "0711 2010-".
DIALLED = re.compile(r"(?:\(0 ?\d{1,5}\)|(?<![\d.,])0\d{2,5}|\+49)[ /\d().-]*$")

#: Words of measure that do not belong to the expression: TIMEX3 modifiers of a duration.
LIMITS = {
    "mehr als": "MORE_THAN", "über": "MORE_THAN", "weniger als": "LESS_THAN", "unter": "LESS_THAN",
    "mindestens": "EQUAL_OR_MORE", "wenigstens": "EQUAL_OR_MORE", "höchstens": "EQUAL_OR_LESS",
    "maximal": "EQUAL_OR_LESS", "bis zu": "EQUAL_OR_LESS",
}  # fmt: skip
LIMIT = re.compile(rf"(?i)(?<!\w)({'|'.join(LIMITS)})\s+$")

#: How a list is looked for: {} is the alternation of its words.
_FRAMES = {
    "counted": r"\s*(?:{})(?!\w)",
    "numbered": r"(?<!\w)(?:{})\s*$",
    "rated": r"(?:(?<!\w)(?:{})|\d\s[A-ZÄÖÜ]\w+)\s+$",
    "course": r"(?<!\w)(?:{})\s+$",
    "lasting": r"(?i)\s+(?:\w+\s+)?(?:{})(?:en|es|s|e|n)?\b",
    "person_after": r"(?i)\s+(?:{})\b",
    "people": r"(?<!\w)(?:{})(?!\w)",
    "happening": r"(?i)\)?\s+(?:[\w-]+\s)?[\w-]*?(?:{})(?:en|es|s|e)?\b",
    "aged": r"\s*(?:alt|jung|jünger|älter)",
    "newspaper": r"(?i:bild|welt) am $",
}


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "surroundings.toml").read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list in surroundings.toml.

    Example:
        >>> "Peter und Paul" in word_list("namesakes")
        True
    """
    return frozenset(word.replace("_", " ") for word in _lists()[name].split())


@cache
def near(name: str) -> re.Pattern[str]:
    """The pattern that finds the words of a list in their place.

    Example:
        >>> bool(near("counted").match(" Besucher")), bool(near("numbered").search("Drucksache "))
        (True, True)
    """
    words = sorted(word_list(name), key=lambda word: (-len(word), word)) if name in _lists() else []
    return re.compile(_FRAMES[name].replace("{}", "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)))
