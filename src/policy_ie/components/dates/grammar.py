"""The rules of grammar.toml as one regular expression over token classes, and the expressions they find."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from policy_ie.components.dates.scan import BREAK, CLASSES, Token, scan
from policy_ie.errors import DataError

__all__ = ["Expression", "find", "rules"]

_NAME = re.compile(r"[A-Z]+")
#: Tokens of a run that is too long to be kept.
_LONG = 24


@cache
def rules() -> list[dict[str, Any]]:
    """The rules of grammar.toml as they stand there, macros resolved in `pattern`."""
    raw = tomllib.loads((files(__package__) / "grammar.toml").read_text(encoding="utf-8"))
    macros: dict[str, str] = raw["macros"]
    for rule in raw["rule"]:
        pattern = rule["pattern"]
        for _ in range(3):
            for name, body in macros.items():
                pattern = pattern.replace("{" + name + "}", body)
        rule["pattern"] = pattern
    return list(raw["rule"])


@cache
def _grammar() -> re.Pattern[str]:
    def terminal(match: re.Match[str]) -> str:
        if match[0] not in CLASSES:
            raise DataError(f"grammar.toml: no token class {match[0]}", remedy="use a class of scan.py")
        return CLASSES[match[0]]

    parts = []
    for rule in rules():
        pattern = _NAME.sub(terminal, rule["pattern"]).replace(" ", "")
        pattern = re.sub(r"\((?!\?)", "(?:", pattern)
        parts.append(f"(?P<{rule['name']}>{pattern})")
    return re.compile("|".join(parts))


@cache
def _kinds() -> dict[str, str]:
    return {rule["name"]: rule["kind"] for rule in rules()}


class Expression:
    """A temporal expression as found: offsets, the rule, its tokens, and what they say.

    Attributes:
        first, last: index of the first token and after the last one.
        before: function words in front, nearest first.
        link: how it is joined to the expression before: "range", "list" or "".
        value, type, start_day, end_day …: what the resolver found; `value` is empty as long as nothing is known.
    """

    __slots__ = (
        "adjective", "before", "count", "data", "day", "demonstrative", "end", "explicit", "extent", "first", "freq", "kind",
        "last", "link", "mod", "month", "number", "part", "quant", "relation", "rule", "start", "tokens", "type", "unit",
        "value", "weekday", "year", "year_adjective",
    )  # fmt: skip

    def __init__(self, rule: str, kind: str, first: int, last: int, tokens: list[Token]) -> None:
        self.start = tokens[0].start
        self.end = tokens[-1].end
        self.rule = rule
        self.kind = kind
        self.first = first
        self.last = last
        self.tokens = tokens
        self.before: list[Token] = []
        self.year: int | None = None
        self.month: int | None = None
        self.day: int | None = None
        self.weekday: int | None = None
        self.part: str | None = None
        self.adjective: str | None = None
        self.demonstrative = False
        self.year_adjective: str | None = None
        self.unit: str | None = None
        self.count: str | None = None
        self.number: int | None = None
        self.mod: str | None = None
        self.data: Any = None
        self.link = ""
        self.type = "DATE"
        self.value = ""
        self.extent: tuple[dt.date, dt.date] | None = None
        self.quant: str | None = None
        self.freq: str | None = None
        self.relation: str | None = None
        self.explicit = False

    @property
    def preposition(self) -> str | None:
        """The nearest preposition before the expression."""
        for token in self.before:
            if token.cls in ("PREP", "TO"):
                return str(token.data)
        return None


def _read(e: Expression) -> None:
    """Fills the slots of an expression from its tokens."""
    tokens = e.tokens
    for i, token in enumerate(tokens):
        cls, data = token.cls, token.data
        after = tokens[i + 1].cls if i + 1 < len(tokens) else ""
        if cls in ("ORD", "DAY", "NTH"):
            if e.kind in ("day", "night", "weekday_day") and e.day is None:
                e.day = int(data)
            elif e.count is None and cls != "NTH" and e.kind in ("duration", "span", "shift", "set"):
                e.count = str(data)
            elif e.number is None:
                e.number = int(data)
        elif cls == "DATE":
            e.year, e.month, e.day = data
        elif cls == "MY":
            e.year, e.month = data
        elif cls == "DM":
            e.month, e.day = data
        elif cls in (
            "CLOCK",
            "DOT",
            "DECADE",
            "TIMES",
            "SETADV",
            "FEAST",
            "TERM",
            "REF",
            "DURADJ",
            "NOUN",
            "EARLIER",
            "SHIFT",
            "HALF",
        ):
            if cls in ("TERM", "SHIFT", "EARLIER", "HALF") or e.data is None:
                e.data = data
        elif cls == "QNUM":
            e.number = data
        elif cls == "YEARPAIR":
            e.year, e.number = data
        elif cls == "YEAR":
            if e.kind in ("duration", "span", "shift"):
                e.count = str(data)
            else:
                e.year = data
        elif cls in ("NUM", "CARD"):
            if e.kind == "week":
                e.number = int(data) if str(data).isdigit() else None
            else:
                e.count = str(data)
        elif cls == "EIN":
            e.count = e.count or "1"
        elif cls == "VAGUE":
            e.count = "X"
        elif cls == "MONTH":
            e.month = data
        elif cls == "SEASON":
            e.data = data
        elif cls in ("WEEKDAY", "WEEKDAYS"):
            e.weekday = data
        elif cls in ("WDPART", "WDPARTS"):
            e.weekday, e.part = data
        elif cls in ("PART", "PARTADV"):
            e.part = data
        elif cls in ("DEICTIC", "TODAYS"):
            e.number = int(data)
        elif cls == "ADJ":
            if after == "JAHR" and e.kind in _IN_YEAR and (e.kind != "unit" or e.mod):
                e.year_adjective = data
                e.demonstrative = e.demonstrative and i != 1
            else:
                e.adjective = data
        elif cls == "DEM":
            if after == "JAHR" and i:
                e.year_adjective = "this"
            else:
                e.demonstrative = True
        elif cls == "REL":
            if e.kind in _IN_YEAR and (e.kind != "unit" or e.mod):
                e.year_adjective = data
            else:
                e.data = data
        elif cls == "PHASE":
            e.mod = data
        elif cls == "PHASED":
            e.mod, e.unit = data.split()
        elif cls == "APPROX":
            e.mod = data or None
        elif cls in ("JAHR", "TAG", "WOCHE", "MONAT", "UNIT", "JHDT", "WE", "QUARTAL", "HALBJAHR"):
            e.unit = data


_IN_YEAR = frozenset(("day", "month", "season", "quarter", "half", "feast", "nth", "unit"))


@lru_cache(1 << 13)
def _rules_of(run: str) -> tuple[tuple[str, int, int], ...]:
    """The rules that match in a run of tokens that follow each other, with their first token and the one after the last."""
    return tuple((m.lastgroup, *m.span()) for m in _grammar().finditer(run) if m.lastgroup and m.end() > m.start())


def _matches(classes: str) -> Iterator[tuple[str, int, int]]:
    """The matches of the grammar; texts repeat the few ways in which tokens follow each other, so each is read once."""
    offset = 0
    for run in classes.split(BREAK):
        if run:
            found = _rules_of(run) if len(run) < _LONG else _rules_of.__wrapped__(run)
            for rule, first, last in found:
                yield rule, first + offset, last + offset
        offset += len(run) + 1


def find(text: str) -> tuple[list[Token], list[Expression]]:
    """The tokens of a text and the expressions that the grammar finds in them, before anything is resolved."""
    tokens, classes = scan(text)
    kinds = _kinds()
    found: list[Expression] = []
    floor = 0
    for rule, first, last in _matches(classes):
        # ", die Ende März in den Ruhestand tritt": a relative pronoun, no article.
        if (
            tokens[first].cls == "DET"
            and last - first > 1
            and tokens[first + 1].cls in _BARE
            and _behind_comma(text, tokens[first])
        ):
            first += 1
        e = Expression(rule, kinds[rule], first, last, tokens[first:last])
        position = first - 1
        while position >= floor and len(e.before) < 4 and tokens[position].cls in _BEFORE:
            e.before.append(tokens[position])
            position -= 1
        floor = last
        _read(e)
        found.append(e)
    return tokens, found


def _behind_comma(text: str, token: Token) -> bool:
    before = token.start - 1
    while before >= 0 and text[before].isspace():
        before -= 1
    return before >= 0 and text[before] == ","


#: What stands without an article where it is not told more of.
_BARE = frozenset(("PHASE", "WEEKDAY", "MONTH"))
_BEFORE = frozenset(("PREP", "TO", "DET", "APPROX", "PER", "EIN", "ALL", "DEM", "EACH", "ADJ", "ADV"))
