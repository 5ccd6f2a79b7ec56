"""German abbreviations that are written with a full stop, and the words that show that a sentence begins."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["abbreviations", "sentence_starters"]


def _data(name: str) -> list[str]:
    return (files("policy_ie.language") / name).read_text(encoding="utf-8").splitlines()


@cache
def abbreviations() -> dict[str, bool]:
    """Abbreviations without spaces and without the last full stop; true where a sentence can end with them.

    The table `abbreviations.tsv` has an example of each.

    Example:
        >>> abbreviations()["z.B"], abbreviations()["Mio"]
        (False, True)
    """
    table = {}
    for line in _data("abbreviations.tsv")[1:]:
        abbreviation, ends, _example = line.split("\t")
        table[abbreviation.replace(" ", "").removesuffix(".")] = ends == "sometimes"
    return table


@cache
def sentence_starters() -> frozenset[str]:
    """Capitalised words of closed classes (articles, pronouns, prepositions, adverbs …).

    Example:
        >>> "Dabei" in sentence_starters(), "Mai" in sentence_starters()
        (True, False)
    """
    words = (line.split() for line in _data("sentence_starters.txt") if not line.startswith("#"))
    return frozenset(word for line in words for word in line)
