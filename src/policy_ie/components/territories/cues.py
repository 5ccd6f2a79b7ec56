"""The words around names, read from `cues.toml` and `words.txt`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["Cues", "TypeWord", "cues"]


class TypeWord(NamedTuple):
    """A word that says what kind of territory follows."""

    level: str
    plural: bool
    extend: bool


class Cues(NamedTuple):
    """What the words around a name say; see `cues.toml`."""

    types: dict[str, TypeWord]
    before: dict[str, float]
    absorb: frozenset[str]
    absorb_short: frozenset[str]
    absorb_ending: re.Pattern[str]
    absorb_after: re.Pattern[str]
    verb_after: re.Pattern[str]
    determiners: frozenset[str]
    with_article: frozenset[str]
    title: re.Pattern[str]
    address: frozenset[str]
    of: re.Pattern[str]
    street: re.Pattern[str]
    adjective_after: re.Pattern[str]
    not_adjectives: frozenset[str]
    domain: re.Pattern[str]
    land_of_domain: dict[str, str]
    words: frozenset[str]
    hard_words: frozenset[str]


@cache
def cues() -> Cues:
    """The cues, read once."""
    folder = files("policy_ie.components.territories")
    data = tomllib.loads(folder.joinpath("cues.toml").read_text(encoding="utf-8"))
    types = {}
    for entry in data["types"]:
        extend = entry.get("extend", False)
        for word in entry["words"]:
            types[word] = TypeWord(entry["level"], False, extend and word not in entry.get("no_extend", ()))
        types.update((word, TypeWord(entry["level"], True, False)) for word in entry["plural"])
    lands = {domain: f"ags:{key}" for key, domains in data["domains"].items() for domain in domains}
    lines = folder.joinpath("words.txt").read_text(encoding="utf-8").splitlines()
    return Cues(
        types=types,
        before=data["before"],
        absorb=frozenset(data["absorb"]["words"]),
        absorb_short=frozenset(data["absorb"]["before_another"]),
        absorb_ending=re.compile(data["absorb"]["ending"] + "$"),
        absorb_after=re.compile(data["absorb"]["after"]),
        verb_after=re.compile(rf"\s(?:{'|'.join(data['verbs']['after'])})(?!\w)"),
        determiners=frozenset(data["determiners"]["words"]),
        with_article=frozenset(data["with_article"]["names"]),
        address=frozenset(data["persons"]["address"]),
        title=re.compile(data["persons"]["titles"] + "$"),
        of=re.compile(data["persons"]["of"] + "$"),
        street=re.compile(data["streets"]["after"]),
        adjective_after=re.compile(data["adjectives"]["after"]),
        not_adjectives=frozenset(data["adjectives"]["not"]),
        domain=re.compile(r"[@./](" + "|".join(map(re.escape, sorted(lands, key=len, reverse=True))) + r")(?![\w-])"),
        land_of_domain=lands,
        words=frozenset(line.rstrip("!") for line in lines if line and line[0] != "#"),
        hard_words=frozenset(line[:-1] for line in lines if line.endswith("!")),
    )
