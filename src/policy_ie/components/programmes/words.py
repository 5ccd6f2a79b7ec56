"""Word lists of the grammar of programmes, read from `words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["WordLists", "word_lists"]

_FILE = Path(__file__).parent / "words.toml"


class WordLists(NamedTuple):
    """The lists; what each is for stands beside it in the file."""

    clause: frozenset[str]
    generic: frozenset[str]
    no_prize: frozenset[str]
    no_fund: frozenset[str]
    no_programme: frozenset[str]
    funding: frozenset[str]
    prize: frozenset[str]
    no_bare: frozenset[str]
    ordinary: frozenset[str]


@cache
def word_lists() -> WordLists:
    """The word lists, read once.

    Example:
        >>> "strom" in word_lists().no_prize
        True
    """
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return WordLists(*(frozenset(lists[name]) for name in WordLists._fields))
