"""What the component knows: currencies and context words, read from the data files beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_ie.records import MoneyPer, MoneyQualifier

__all__ = ["Context", "Currency", "Sign", "context", "currencies", "currency_automaton", "currency_rows"]


def _rows(name: str) -> list[dict[str, str]]:
    lines = (files(__package__) / name).read_text("utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def currency_rows() -> list[dict[str, str]]:
    """The rows of `currencies.tsv`."""
    return _rows("currencies.tsv")


@dataclass(frozen=True, slots=True)
class Currency:
    """One form of a currency in a text.

    Attributes:
        iso: ISO 4217 code; empty where only an adjective tells the currency ("Kronen").
        unit: what one of it is worth in the currency: 0.01 for Cent, 1000 for T€.
        needs: "scale" or "adjective" where the word alone means other things too, "count" where an article is no number.
        prefix: "yes" where it may stand before any number, "grouped" only before one that shows groups, decimals or a scale
            ("Euro 50.000", but "Euro 6"), else "no".
        adjectives: ISO codes by adjective stem.
    """

    iso: str
    unit: Decimal
    needs: str
    prefix: str
    adjectives: dict[str, str]


@cache
def currencies() -> tuple[tuple[str, Currency], ...]:
    """All forms, in the order of the automaton's patterns."""
    by_noun: dict[str, dict[str, str]] = {}
    for row in _rows("currency_adjectives.tsv"):
        by_noun.setdefault(row["noun"], {})[row["adjective"]] = row["iso"]
    found = []
    for row in currency_rows():
        forms = row["forms"].split("|")
        adjectives = next((by_noun[form] for form in forms if form in by_noun), {})
        for form in forms:
            entry = Currency(row["iso"], Decimal(row["unit"]), row["needs"], row["prefix"], adjectives)
            found.append((form, entry))
    return tuple(found)


#: Stem of "zweistellig", the anchor of "zweistelliger Millionenbetrag"; the automaton's last pattern.
DIGIT_COUNT = "stellig"


@cache
def currency_automaton() -> AhoCorasick:
    """Finds all currency forms and "-stellig" in one pass over the text, the longest at each place."""
    patterns = [form for form, _ in currencies()] + [DIGIT_COUNT]
    return AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA, store_patterns=False)


@dataclass(frozen=True, slots=True)
class Sign:
    """What a context phrase says about a sum."""

    qualifier: MoneyQualifier | None = None
    per: MoneyPer | None = None
    total: bool = False
    each: bool = False
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The content of `context.toml`, compiled.

    Attributes:
        left: what a phrase before the sum says, by its lower-case words.
        right: patterns after the sum.
        over: lower-case endings of words right after which "über" means "to the amount of".
        documents: the same for words anywhere in the phrase before.
        products: heads of compounds that name a product or a job.
        area: heads of compounds that mean the currency area.
        longest: words of the longest phrase in `left`.
    """

    left: dict[tuple[str, ...], Sign]
    right: tuple[tuple[re.Pattern[str], Sign], ...]
    over: tuple[str, ...]
    documents: tuple[str, ...]
    products: frozenset[str]
    area: frozenset[str]
    longest: int


def _sign(entry: dict[str, Any]) -> Sign:
    return Sign(
        MoneyQualifier(entry["qualifier"]) if "qualifier" in entry else None,
        MoneyPer(entry["per"]) if "per" in entry else None,
        entry.get("total", False),
        entry.get("each", False),
        entry.get("skip", False),
    )


def context_data() -> dict[str, Any]:
    """The content of `context.toml` as it stands."""
    return tomllib.loads((files(__package__) / "context.toml").read_text("utf-8"))


@cache
def context() -> Context:
    """The context words, compiled once."""
    data = context_data()
    left = {tuple(phrase.split()): _sign(entry) for entry in data["left"] for phrase in entry["phrases"]}
    right = tuple((re.compile(entry["pattern"], re.IGNORECASE), _sign(entry)) for entry in data["right"])
    return Context(
        left=left,
        right=right,
        over=tuple(data["over"]["adjacent"] + data["over"]["documents"]),
        documents=tuple(data["over"]["documents"]),
        products=frozenset(data["products"]["heads"]),
        area=frozenset(data["area"]["heads"]),
        longest=max(len(phrase) for phrase in left),
    )
