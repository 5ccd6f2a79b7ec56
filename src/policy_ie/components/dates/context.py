"""What a resolver knows around an expression: its sentence and tense, the dates before it, the day of the release."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TypeVar

from policy_ie.components.dates.grammar import Expression
from policy_ie.components.dates.scan import Token
from policy_ie.components.dates.tense import Cue, cues, tense

__all__ = ["OFFSETS", "Context", "date_or_none", "pick"]

#: Relative adjectives: offset in the unit they stand before.
OFFSETS = {"this": 0, "last": -1, "last2": -2, "next": 1, "next2": 2, "following": 1, "same": 0}
#: "Am 9. Dezember" in a release of 30 November is next week's even where the verb is misread: being near outweighs the tense.
_AGAINST = 6
_WINDOW = 400
#: What is still to be done.
_TO_DO = re.compile(
    r"\bzu (?:bewerben|beantragen|melden|stellen)\b|\b\w{2,5}zu(?:reichen|senden|geben|melden|schlagen|stellen)\b"
)
#: Characters within which a year named before holds on, and within which a narrative of earlier years does.
_NEAR, _NARRATIVE = 260, 600
#: "seit dem Bau der Halle im | Mai 2019"
_SINCE = re.compile(r"\b[Ss]eit(?:\s[\w-]+){1,5}\s(?:im|am)\s\Z")
#: Begins with one class of characters, so that the search skips to the next of them.
_BREAK = re.compile(r"[.!?\n](?:(?<!\n)[“\"»]?\s+(?=[A-ZÄÖÜ„»\"])|(?<=\n)(?:\s*\n|(?=[-•*])))")
_MONTH_NAMES = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
T = TypeVar("T")


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """The date, None where the calendar has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def pick(candidates: Iterable[T], distance: Callable[[T], int], direction: str | None) -> T | None:
    """The nearest candidate, where one against the tense counts as `_AGAINST` times as far; the future wins a tie."""

    def cost(candidate: T) -> tuple[int, int]:
        d = distance(candidate)
        against = d > 0 if direction == "past" else d < 0 if direction == "future" else False
        return abs(d) * (_AGAINST if against else 1), -d

    return min(candidates, key=cost, default=None)


class Context:
    """The text, its release date and what has been resolved so far.

    Attributes:
        text: the text.
        published: date of the release, or None.
        tokens: the tokens of the grammar.
        done: the resolved expressions so far, in order.
    """

    def __init__(self, text: str, published: dt.date | None, tokens: list[Token]) -> None:
        self.text = text
        # Arithmetic needs room on both sides, and no release is older than the Gregorian calendar.
        self.published = published if published and 1583 <= published.year <= 2999 else None
        self.tokens = tokens
        self.done: list[Expression] = []
        self._breaks: list[int] | None = None
        self._known: dict[tuple[int, int], int] = {}
        self._cues: dict[tuple[int, int], list[Cue]] = {}

    def bounds(self, e: Expression) -> tuple[int, int]:
        """Offsets of the sentence around the expression, without a model."""
        if self._breaks is None:
            ends, text = [0], self.text
            for match in _BREAK.finditer(text):
                mark, end = match.span()
                ordinal = text[mark] == "." and text[mark - 1 : mark].isdigit()
                if not (ordinal and text.startswith(_MONTH_NAMES, end)):
                    ends.append(end)
            self._breaks = [*ends, len(self.text)]
        i = bisect_right(self._breaks, e.start) - 1
        i = min(i, len(self._breaks) - 2)
        first, last = self._breaks[max(i, 0)], self._breaks[max(i, 0) + 1]
        grid = _WINDOW  # a fixed grid, so that neighbours in an endless sentence share their window
        return max(first, (e.start // grid - 1) * grid), min(last, (e.end // grid + 2) * grid)

    def direction(self, e: Expression) -> str | None:
        """past, future or None."""
        preposition = e.preposition
        if e.adjective in ("last", "last2") or preposition == "seit":
            return "past"
        if e.adjective in ("next", "next2"):
            return "future"
        bounds = self.bounds(e)
        verbs = self._cues.get(bounds)
        if verbs is None:
            verbs = self._cues[bounds] = cues(self.text, *bounds)
        found = tense(self.text, e.start, e.end, bounds[1], verbs)
        if preposition == "für" and found == "past":
            return None
        if preposition in ("bis", "zu") and found == "past" and _TO_DO.search(self.text, e.end, bounds[1]):
            return "future"  # "haben die Chance, sich bis zum 30. April zu melden"
        onward = e.last < len(self.tokens) and self.tokens[e.last].cls in ("TO", "DASH")
        if preposition == "von" and not onward and e.link == "" and found == "future" and e.kind == "weekday":
            return "past"
        return found

    def previous(self, e: Expression, reach: int, *, day: bool = False) -> Expression | None:
        """The nearest resolved date before, at most `reach` characters away."""
        for other in reversed(self.done):
            if e.start - other.end > reach:
                return None
            if other.type in ("DATE", "TIME") and other.extent and (not day or other.extent[0] == other.extent[1]):
                if "\n\n" in self.text[other.end : e.start] and reach < 600:
                    return None
                return other
        return None

    def context_year(self, e: Expression) -> int | None:
        """The year that the sentence or the one before names, where the text tells of another time than its own.

        A narrative of earlier years goes on as long as its dates follow each other.
        """
        published = self.published
        if self.text.endswith("heute (", 0, e.start):
            return None  # the day of the release, which has no other year than its own
        for other in reversed(self.done):
            gap = e.start - other.end
            if gap > _NARRATIVE:
                return None
            if other.type not in ("DATE", "TIME") or other.extent is None or not other.explicit:
                continue
            since = other.preposition == "seit" or _SINCE.search(self.text, max(0, other.start - 80), other.start)
            if since or (other.preposition == "bis" and published is None):
                return None  # "Seit 2013 gibt es den Preis. Bewerbungen bis zum 31. März": a year that goes on to now
            year = other.extent[0].year
            exact = len(other.value) > 4
            long_ago = exact and (published is None or year < published.year - 1)
            if other.extent[1].year != year or (gap > _NEAR and not long_ago):
                return None
            told = published is None or year < published.year or (year > published.year and exact)
            return year if told else None
        return None

    def _year(self, e: Expression) -> int | None:
        """The year that the expression names or points to."""
        if e.year is not None:
            return e.year
        adjective = e.year_adjective
        if adjective is None:
            return None
        base = self.published.year if self.published else None
        if adjective[0] in "YMDWQ" and adjective not in OFFSETS:
            if base is None or adjective[0] != "Y":
                return None
            return base + int(adjective[1:].lstrip("<"))
        if adjective == "same":
            base = self.context_year(e) or base
        if base is None or adjective not in OFFSETS:
            return None
        return base + OFFSETS[adjective]

    def _left(self, e: Expression) -> Expression | None:
        return self.done[-1] if e.link and self.done and self.done[-1].extent else None

    def _pick_year(self, e: Expression, make: Callable[[int], dt.date | None]) -> int | None:
        left = self._left(e)
        if left is not None and left.extent and (e.link == "range" or left.explicit):
            start = left.extent[0]
            for year in (start.year, start.year + 1):
                day = make(year)
                if day and day >= start:
                    return year
        context = self.context_year(e)
        published = self.published
        if published is None:
            e.explicit = context is not None
            return context
        direction = self.direction(e)
        if context is not None and direction == ("future" if context > published.year else "past"):
            e.explicit = True
            return context
        candidates = [(y, d) for y in range(published.year - 1, published.year + 2) if (d := make(y)) is not None]
        if e.weekday:
            agreeing = [(y, d) for y, d in candidates if d.isoweekday() == e.weekday]
            candidates = agreeing or candidates
            if agreeing:
                direction = None
        if direction is None and e.preposition in ("ab", "bis"):
            direction = "future"
        best = pick(candidates, lambda c: (c[1] - published).days, direction)
        return best[0] if best else None

    def _pick_month(self, e: Expression, month: int) -> int | None:
        left = self._left(e)
        if left is not None and left.extent and (e.link == "range" or left.explicit):
            start = left.extent[0]
            return int(start.year) + (month < start.month)
        context = self.context_year(e)
        published = self.published
        if published is None:
            e.explicit = context is not None
            return context
        direction = self.direction(e)
        if context is not None and direction == ("future" if context > published.year else "past"):
            e.explicit = True
            return context
        if direction is None and e.preposition in ("ab", "bis"):
            direction = "future"
        this = published.year * 12 + published.month
        return pick(range(published.year - 1, published.year + 2), lambda y: y * 12 + month - this, direction)
