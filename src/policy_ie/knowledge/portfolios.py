"""Portfolios: the subjects of ministries, as their names and short names state them.

`data/portfolios.tsv` holds one subject a row: the words of full names ("Innern", "Inneres"), the stems of short names
("Innen"), and the subjects that stand in where no ministry of a Land has the first ("Bau" for "Wohnen").
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["Portfolios", "portfolios", "portfolios_of"]

_FILE = Path(__file__).parent / "data" / "portfolios.tsv"
_PART = re.compile(r"[\w-]+", re.UNICODE)
_SMALL = frozenset(["für", "und", "der", "die", "das", "des", "den", "dem", "von", "zum", "im"])


class Portfolios(NamedTuple):
    """The table: portfolio of a word (lower case), of a stem ("Familien"), and what stands in for a portfolio."""

    words: dict[str, str]
    stems: dict[str, str]
    near: dict[str, tuple[str, ...]]


@cache
def portfolios() -> Portfolios:
    """The table of portfolios, read once.

    Example:
        >>> portfolios().stems["Innen"], portfolios().words["innern"]
        ('Inneres', 'Inneres')
    """
    words: dict[str, str] = {}
    stems: dict[str, str] = {}
    near: dict[str, tuple[str, ...]] = {}
    lines = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    for line in lines[1:]:
        portfolio, names, short, others = line.split("\t")
        words.update((word.casefold(), portfolio) for word in names.split("|"))
        stems.update((stem, portfolio) for stem in short.split("|") if stem)
        near[portfolio] = tuple(other for other in others.split("|") if other)
    return Portfolios(words, stems, near)


def portfolios_of(name: str) -> tuple[str, ...]:
    """The portfolios that the name of a ministry states, in its order.

    Example:
        >>> portfolios_of("Ministerium für Umwelt, Landwirtschaft, Natur- und Verbraucherschutz")
        ('Umwelt', 'Agrar', 'Naturschutz', 'Verbraucherschutz')
        >>> portfolios_of("Hessisches Kultusministerium")
        ('Kultus',)
    """
    table = portfolios()
    found: dict[str, None] = {}
    parts = [part for part in _PART.findall(name) if part not in _SMALL]
    before = ""
    for part in parts:
        word = part.casefold().rstrip("-")
        portfolio = table.words.get(f"{before} {word}") or table.words.get(word) or table.words.get(word + "schutz")
        if portfolio is None:
            short = re.match(r"(?:Bundes|Landes|Staats)?(\w+?)(?:ministerium|behörde|ressort)", part)
            portfolio = table.stems.get(short[1]) if short else None
        if portfolio is not None:
            found.setdefault(portfolio)
        before = word
    return tuple(found)
