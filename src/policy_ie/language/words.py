"""The closed word classes of German and the gender of nouns, read once from `function_words.toml`."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Final, NamedTuple

__all__ = ["ACC", "ANY_CASE", "DAT", "GEN", "NOM", "Words", "gender", "heads_name", "words"]

# Cases, as bits of a mask.
NOM: Final = 1
GEN: Final = 2
DAT: Final = 4
ACC: Final = 8
ANY_CASE: Final = NOM | GEN | DAT | ACC
_CASES = {"N": NOM, "G": GEN, "D": DAT, "A": ACC}

# Token classes.
NOUN: Final = 0
DET: Final = 1
PREP: Final = 2
VERB: Final = 3
LOWER: Final = 4
NUM: Final = 5
CONJ: Final = 6
PRON: Final = 7
ADV: Final = 8
COMMA: Final = 9
STOP: Final = 10
OPEN: Final = 11
CLOSE: Final = 12
SKIP: Final = 13
DASH: Final = 14


class Words(NamedTuple):
    """The closed classes, ready for look-up."""

    determiners: dict[str, dict[str, int]]
    prepositions: frozenset[str]
    contracted: dict[str, tuple[str, str]]
    government: dict[str, int]
    conjunctions: frozenset[str]
    coordinators: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    conditionals: frozenset[str]
    infinitive_openers: frozenset[str]
    pronouns: frozenset[str]
    particles: frozenset[str]
    adverbs: frozenset[str]
    gender: dict[str, str]
    name_heads: tuple[str, ...]
    classes: dict[str, int]


def _inflected(stems: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    strong = {
        "e": {"f": "NA", "p": "NA"},
        "er": {"m": "N", "f": "GD", "p": "G"},
        "es": {"n": "NA", "m": "G"},
        "en": {"m": "A", "p": "D"},
        "em": {"m": "D", "n": "D"},
    }
    for kind, names in stems.items():
        for stem in names:
            for ending, cases in strong.items():
                found = dict(cases)
                if kind == "ein" and ending == "er":
                    found = {"f": "GD", "p": "G"}
                if kind == "ein" and ending == "es":
                    found = {"m": "G", "n": "G"}
                table[stem + ending] = {g: _mask(c) for g, c in found.items()}
            if kind == "ein":
                table[stem] = {"m": NOM, "n": NOM | ACC}
    return table


def _mask(cases: str) -> int:
    return sum(_CASES[c] for c in cases)


@functools.cache
def words() -> Words:
    """The closed word classes, read once."""
    data = tomllib.loads(files("policy_ie.language").joinpath("function_words.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(values) for name, values in data["words"].items()}
    determiners = _inflected(data["determiner_stems"])
    determiners |= {word: {g: _mask(c) for g, c in cases.items()} for word, cases in data["determiners"].items()}
    for word in lists["determiners"]:
        determiners.setdefault(word, {})
    contracted = {word: (prep, det) for word, (prep, det) in data["contracted"].items()}
    classes: dict[str, int] = dict.fromkeys(lists["subordinators"], PRON)
    for name, code in (
        ("adverbs", ADV),
        ("pronouns", PRON),
        ("determiners", DET),
        ("prepositions", PREP),
        ("conjunctions", CONJ),
    ):
        for word in lists[name]:
            classes[word] = code
    for word in determiners:
        classes[word] = DET if classes.get(word) != PREP else PREP
    for word in contracted:
        classes[word] = PREP
    return Words(
        determiners=determiners,
        contracted=contracted,
        government={prep: _mask(cases) for cases, preps in data["government"].items() for prep in preps},
        gender={end: g for g, ends in data["gender"].items() for end in ends},
        classes=classes,
        name_heads=tuple(data["words"]["name_heads"]),
        **{k: lists[k] for k in (
            "prepositions", "conjunctions", "coordinators", "subordinators", "relatives", "conditionals", "infinitive_openers",
            "pronouns", "particles", "adverbs",
        )},
    )  # fmt: skip


@functools.lru_cache(maxsize=1 << 14)
def heads_name(noun: str) -> bool:
    """True for a noun in lower case that stands before a name as its title or head.

    Example:
        >>> heads_name("oberbürgermeister"), heads_name("brücke")
        (True, False)
    """
    return noun.endswith(words().name_heads)


@functools.lru_cache(maxsize=1 << 14)
def gender(noun: str) -> str:
    """Gender of a noun by its end: m, f, n, p (plural), or "" where unknown.

    Example:
        >>> gender("Landesregierung"), gender("Förderbescheid"), gender("Kommunen"), gender("Xy")
        ('f', 'm', 'p', '')
    """
    table = words().gender
    low = noun.lower()
    for size in range(min(12, len(low)), 1, -1):
        found = table.get(low[-size:])
        if found:
            return found
    return ""
