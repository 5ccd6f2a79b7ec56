"""Inflected forms of German verbs, from the infinitive: weak verbs by rule, strong ones from a table.

A verb is written with its particle marked: `bereit|stellen` is separable ("stellt … bereit"), `über=geben` is not, and
the prefixes be-, emp-, ent-, er-, ge-, miss-, ver-, zer- need no mark.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import Final, NamedTuple

__all__ = ["Form", "Verb", "common_verb_forms", "verb"]


class Form:
    """What a verb form can be: bits of a mask (plain integers, as they are tested for every word)."""

    SINGULAR: Final = 1
    PLURAL: Final = 2
    PAST: Final = 4
    INFINITIVE: Final = 8
    PARTICIPLE: Final = 16
    ATTRIBUTE: Final = 32
    PRESENT_PARTICIPLE: Final = 64
    SUBJUNCTIVE: Final = 128
    FINITE: Final = 3


class Verb(NamedTuple):
    """The forms of a verb.

    Attributes:
        particle: the separable particle, or "".
        joined: form -> what it is, for the verb in one word ("bereitstellt", "bereitgestellt", "bereitzustellen").
        apart: form -> what it is, for the finite verb without its particle ("stellt"); empty without particle.
    """

    particle: str
    joined: dict[str, int]
    apart: dict[str, int]


_INSEPARABLE = re.compile(r"(?:be|emp|ent|er|ge|miss|ver|zer)(?=\w{4})")
_ENDINGS = ("e", "en", "er", "es", "em")


def _lines(name: str) -> list[str]:
    text = files("policy_ie.language").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def _irregular() -> dict[str, tuple[str, str, str, str]]:
    table = {}
    for line in _lines("verbs_irregular.tsv"):
        infinitive, present, preterite, participle, subjunctive = line.split("\t")
        table[infinitive] = (present, preterite, participle, subjunctive)
    return table


def _principal_parts(infinitive: str) -> tuple[str, str, str, str, str]:
    """Stem, present, preterite, participle and Konjunktiv II of a verb without particle."""
    stem = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    table = _irregular()
    if infinitive in table:
        return (stem, *table[infinitive])
    prefix = _INSEPARABLE.match(infinitive)
    if prefix and infinitive[prefix.end() :] in table:
        present, preterite, participle, subjunctive = table[infinitive[prefix.end() :]]
        bare = participle[2:] if participle.startswith("ge") else participle
        p = prefix.group()
        return stem, p + present, p + preterite, p + bare, p + subjunctive
    link = "e" if re.search(r"(?:[td]|[^aeiouäöülrhmn][mn]|ch[mn])$", stem) else ""
    without_ge = bool(prefix) or infinitive.endswith("ieren")
    participle = ("" if without_ge else "ge") + stem + link + "t"
    return stem, stem + link + "t", stem + link + "te", participle, stem + link + "te"


def _add(forms: dict[str, int], word: str, what: int) -> None:
    forms[word] = forms.get(word, 0) | what


def _finite(infinitive: str, parts: tuple[str, str, str, str, str]) -> dict[str, int]:
    stem, present, preterite, _, subjunctive = parts
    forms: dict[str, int] = {}
    _add(forms, present, Form.SINGULAR)
    if infinitive == "sein":
        for word in ("sind", "seien"):
            _add(forms, word, Form.PLURAL | (Form.SUBJUNCTIVE if word == "seien" else 0))
        _add(forms, "sei", Form.SINGULAR | Form.SUBJUNCTIVE)
    else:
        _add(forms, infinitive, Form.PLURAL)
        first = stem + "e"
        _add(forms, first, Form.SINGULAR | (Form.SUBJUNCTIVE if first != preterite else 0))
    _add(forms, preterite, Form.SINGULAR | Form.PAST)
    _add(forms, preterite + ("n" if preterite.endswith("e") else "en"), Form.PLURAL | Form.PAST)
    _add(forms, subjunctive, Form.SINGULAR | (Form.SUBJUNCTIVE if subjunctive != preterite else 0))
    _add(forms, subjunctive + "n", Form.PLURAL | (Form.SUBJUNCTIVE if subjunctive != preterite else 0))
    return forms


@functools.cache
def verb(marked: str) -> Verb:
    """The forms of a verb.

    Args:
        marked: infinitive with its particle marked.

    Example:
        >>> verb("bereit|stellen").apart["stellte"] == Form.SINGULAR | Form.PAST
        True
        >>> [w for w, f in verb("über=geben").joined.items() if f & Form.PARTICIPLE]
        ['übergeben']
        >>> "unterzeichnet" in verb("unter=zeichnen").joined
        True
        >>> [w for w, f in verb("eröffnen").joined.items() if f & Form.FINITE][:4]
        ['eröffnet', 'eröffnen', 'eröffne', 'eröffnete']
        >>> "teilnehmende" in verb("teil|nehmen").joined, "teilzunehmen" in verb("teil|nehmen").joined
        (True, True)
    """
    particle, bar, base = marked.rpartition("|")
    prefix, _, base = base.rpartition("=")
    parts = _principal_parts(base)
    finite = {prefix + word: what for word, what in _finite(base, parts).items()}
    participle = parts[3]
    if prefix and participle.startswith("ge") and not _INSEPARABLE.match(base):
        participle = participle[2:]
    participle = prefix + participle
    infinitive = prefix + base
    joined = {particle + word: what for word, what in finite.items()}
    _add(joined, particle + infinitive, Form.INFINITIVE)
    if bar:
        _add(joined, f"{particle}zu{infinitive}", Form.INFINITIVE)
    _add(joined, particle + participle, Form.PARTICIPLE)
    for ending in _ENDINGS:
        _add(joined, particle + participle + ending, Form.ATTRIBUTE)
        _add(joined, f"{particle}{infinitive}d{ending}", Form.PRESENT_PARTICIPLE)
    return Verb(particle, joined, finite if bar else {})


@functools.cache
def common_verb_forms() -> dict[str, int]:
    """Forms of frequent verbs; those that are attributive only are left out.

    Example:
        >>> "beteiligte" in common_verb_forms(), "geförderte" in common_verb_forms()
        (True, False)
    """
    forms: dict[str, int] = {}
    names = [name for line in _lines("verbs_common.txt") for name in line.split()]
    for name in [*names, *_irregular()]:
        entry = verb(name)
        for table in (entry.joined, entry.apart):
            for word, what in table.items():
                if what & ~(Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE):
                    _add(forms, word, what)
    _add(forms, "worden", Form.PARTICIPLE)
    return forms
