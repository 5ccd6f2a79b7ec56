"""Given names and surnames, as evidence that capitalised words are a person.

Sources and licences stand in the head of `data/persons.tsv`; `build/persons.py` makes it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["NameTables", "name_tables"]


class NameTables(NamedTuple):
    """The tables: `given` maps a given name to `f`, `m` or `u` (either), `weak` are those that are words or places too."""

    given: dict[str, str]
    weak: frozenset[str]
    surnames: frozenset[str]


@cache
def name_tables() -> NameTables:
    """The name tables, read once.

    Example:
        >>> tables = name_tables()
        >>> tables.given["Ute"], "August" in tables.weak, "Müller" in tables.surnames
        ('f', True, True)
    """
    given: dict[str, str] = {}
    weak: set[str] = set()
    surnames: set[str] = set()
    table = files("policy_ie.knowledge").joinpath("data", "persons.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line[0] == "#":
            continue
        name, _, flags = line.partition("\t")
        if flags[0] != "s":
            given[name] = flags[0]
            if "w" in flags:
                weak.add(name)
        if flags[-1] == "s":
            surnames.add(name)
    return NameTables(given, frozenset(weak), frozenset(surnames))
