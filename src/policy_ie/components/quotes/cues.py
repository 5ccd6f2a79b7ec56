"""The lexicon of words of saying, compiled once."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from policy_ie.language.verbs import Form, common_verb_forms, verb

__all__ = ["Cue", "Cues", "Reports", "cues", "reports", "whole_word"]


class Cue(NamedTuple):
    """A form of a verb of saying.

    Attributes:
        lemma: the verb as written in the lexicon.
        form: what the form can be.
        particle: separable particle that must follow, or "".
        reported: true where a clause may report the words.
    """

    lemma: str
    form: int
    particle: str
    reported: bool


class Cues(NamedTuple):
    """The lexicon: form -> cues, and the automaton over the forms of verbs that can report."""

    forms: dict[str, list[Cue]]
    reporting: list[str]
    automaton: AhoCorasick
    verb_forms: dict[str, int]
    formulas: dict[str, list[str]]
    before_name: AhoCorasick


class Reports(NamedTuple):
    """Which verbs report in which way, and the Konjunktiv of indirect speech."""

    plain: frozenset[str]
    demands: frozenset[str]
    infinitive: frozenset[str]
    naming: frozenset[str]
    closing: frozenset[str]
    object: dict[str, re.Pattern[str]]
    indirect: re.Pattern[str]
    spoken: re.Pattern[str]


def _data() -> dict[str, Any]:
    return tomllib.loads(files("policy_ie.components.quotes").joinpath("cues.toml").read_text(encoding="utf-8"))


@functools.cache
def reports() -> Reports:
    """The ways of reporting, from the lexicon."""
    data = _data()["reports"]
    indirect = re.compile(rf"(?<!\w)(?:{'|'.join(data['indirect'])})(?!\w)")
    spoken = re.compile(rf"(?<!\w)(?:{'|'.join(data['indirect'] + data['substitute'])})(?!\w)")
    plain, demands, infinitive, naming, closing = (
        frozenset(data[name]) for name in ("plain", "demands", "infinitive", "naming", "closing")
    )
    objects = {lemma: re.compile(pattern) for lemma, pattern in data["object"].items()}
    return Reports(plain, demands, infinitive, naming, closing, objects, indirect, spoken)


@functools.cache
def whole_word(particle: str) -> re.Pattern[str]:
    """Pattern of a particle of the lexicon as a word of its own."""
    return re.compile(rf"(?<!\w){re.escape(particle)}(?!\w)")


@functools.cache
def cues() -> Cues:
    """The lexicon of the package."""
    data = _data()
    forms: dict[str, list[Cue]] = {}
    known = dict(common_verb_forms())
    reporting: list[str] = []
    for group in data["group"]:
        for name in group["verbs"]:
            *fixed, last = name.split()
            entry = verb(last)
            for table, particle in ((entry.joined, ""), (entry.apart, entry.particle)):
                for word, what in table.items():
                    plain = what & (Form.FINITE | Form.PARTICIPLE)
                    if plain:
                        known[word] = known.get(word, 0) | what
                        forms.setdefault(word, []).append(
                            Cue(name, plain, " ".join(f for f in fixed if f != "sich") or particle, group["reported"])
                        )
                        if group["reported"]:
                            reporting.append(word)
    reporting = sorted(set(reporting))
    before = list(data["formulas"]["before_name"])
    return Cues(
        forms,
        reporting,
        AhoCorasick(reporting, implementation=Implementation.DFA),
        known,
        data["formulas"],
        AhoCorasick(before),
    )
