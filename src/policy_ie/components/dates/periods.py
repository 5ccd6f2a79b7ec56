"""Months, seasons, quarters, years, terms and other stretches of the calendar."""

from __future__ import annotations

import datetime as dt
import re
from datetime import timedelta as days

from policy_ie.components.dates import values
from policy_ie.components.dates.context import OFFSETS, pick
from policy_ie.components.dates.durations import Durations
from policy_ie.components.dates.grammar import Expression
from policy_ie.components.dates.surroundings import DIALLED, PLURAL, near

__all__ = ["Periods"]


class Periods(Durations):
    """Resolves expressions of a period; a handler answers False where the words are no date."""

    def _month(self, e: Expression) -> bool | None:
        token = next(t for t in e.tokens if t.cls == "MONTH")
        month = e.month
        assert month is not None
        bare = len(e.tokens) == 1
        if token.form.islower():
            return False  # only after a day
        if len(token.form) <= 4 and token.form not in ("Juni", "Juli", "März", "Mai") and bare:
            return False
        if (
            bare
            and not e.link
            and e.preposition is None
            and not self._listed(e)
            and token.form in ("Mai", "März", "August", "April", "Juni", "Juli", "Juno")
        ):
            return False
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None:
            if e.adjective in ("last", "next", "last2", "next2") and self.published:
                limit = -1 if e.adjective.startswith("last") else 1
                this = self.published.year * 12 + self.published.month
                best = pick(
                    [y for y in range(self.published.year - 2, self.published.year + 3) if (y * 12 + month - this) * limit > 0],
                    lambda y: y * 12 + month - this, None,
                )  # fmt: skip
                year = best
            elif e.demonstrative and self.published:
                year = self.published.year
            else:
                year = self._pick_month(e, month)
        e.value = f"{year:04d}-{month:02d}" if year is not None else f"XXXX-{month:02d}"
        return None

    def _numeric_month(self, e: Expression) -> bool | None:
        onward = e.last < len(self.tokens) and self.tokens[e.last].cls in ("DASH", "TO")
        if not (onward or e.link == "range" or e.preposition in ("ab", "bis", "seit")):
            return False  # "Pressemitteilung 12/2024"
        e.value, e.explicit = f"{e.year:04d}-{e.month:02d}", True
        return None

    def _listed(self, e: Expression) -> bool:
        return e.last < len(self.tokens) and self.tokens[e.last].cls in ("SLASH", "DASH", "TO", "AND")

    def _season(self, e: Expression) -> bool | None:
        if (
            len(e.tokens) == 1
            and e.preposition is None
            and not e.link
            and not any(t.cls in ("DET", "DEM", "ADJ") for t in e.before)
        ):
            return False
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None and self.published:
            month = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}[e.data]
            if e.adjective in OFFSETS and e.adjective != "this":
                this = self.published.year * 12 + self.published.month
                limit = OFFSETS[e.adjective]
                year = pick(
                    [y for y in range(self.published.year - 2, self.published.year + 3) if (y * 12 + month - this) * limit > 0],
                    lambda y: y * 12 + month - this, None,
                )  # fmt: skip
            elif e.demonstrative:
                year = self.published.year
            else:
                year = self._pick_month(e, month)
        e.value = f"{year:04d}-{e.data}" if year is not None else f"XXXX-{e.data}"
        return None

    def _quarter(self, e: Expression) -> bool | None:
        return self._numbered(e, "Q", 4, 3)

    def _half(self, e: Expression) -> bool | None:
        return self._numbered(e, "H", 2, 6)

    def _numbered(self, e: Expression, unit: str, most: int, months: int) -> bool | None:
        if e.number is None:
            if self.published is None or (e.adjective not in OFFSETS and not e.demonstrative):
                return False
            day = values.shift(self.published, unit, OFFSETS.get(e.adjective or "this", 0))
            e.value = values.truncate(day, unit) if day else ""
            return None
        if not 1 <= e.number <= most:
            return False
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None and self.published:
            year = self._pick_month(e, e.number * months - months // 2)
        e.value = f"{year:04d}-{unit}{e.number}" if year is not None else f"XXXX-{unit}{e.number}"
        return None

    def _week(self, e: Expression) -> bool | None:
        if e.number is None or not 1 <= e.number <= 53:
            return False
        year = e.year if e.year is not None else self.published.year if self.published else None
        e.value = f"{year:04d}-W{e.number:02d}" if year is not None else f"XXXX-W{e.number:02d}"
        return None

    def _century(self, e: Expression) -> bool | None:
        numbers = [int(t.data) for t in e.tokens if t.cls in ("ORD", "NTH")]
        if e.data == "half" and len(numbers) > 1:
            e.mod = {1: "START", 2: "END"}.get(numbers[0])
        e.value = f"{numbers[-1] - 1:02d}"
        return None

    def _decade(self, e: Expression) -> bool | None:
        e.value = e.data
        return None

    def _term(self, e: Expression) -> bool | None:
        token = next((t for t in e.tokens if t.cls == "TERM"), None)
        kind = token.data if token else "pair"
        year, second = e.year, e.number
        if year is None:
            if self.published is None or kind == "period" or (e.adjective is not None and e.adjective not in OFFSETS):
                return False
            offset = OFFSETS.get(e.adjective or "this", 0)
            turn = {"school": 8, "study": 10, "winter": 10, "summer": 4}.get(kind, 1)
            year = self.published.year - (self.published.month < turn) + offset
            if kind == "summer" and offset == 1 and self.published.month < 4:
                year = self.published.year
        elif kind == "pair" and second is not None and (second - year > 1 or not 1800 <= year <= 2100):
            return False
        double = kind in ("school", "winter", "study") or second is not None
        if e.year is not None and second is None:
            double = kind == "winter"
        if not double:
            e.value = f"{year:04d}"
            e.explicit = e.year is not None
            if kind == "summer":
                e.extent = dt.date(year, 4, 1), dt.date(year, 9, 30)
            elif token and e.year is not None and kind == "period":
                e.start = e.tokens[-1].start
            return None
        second = second or year + 1
        e.type, e.value = "INTERVAL", f"{year:04d}/{second:04d}"
        first, last = {"school": ((8, 1), (7, 31)), "study": ((10, 1), (9, 30)), "winter": ((10, 1), (3, 31))}.get(
            kind, ((1, 1), (12, 31))
        )
        e.extent = dt.date(year, *first), dt.date(second, *last)
        return None

    def _unit(self, e: Expression) -> bool | None:
        unit = e.unit
        adjective = e.adjective
        if unit == "TH" and e.tokens[-2].form.startswith("Aktuelle"):
            return False  # a format of parliamentary debate
        if e.data and isinstance(e.data, str) and unit is None:  # Vorjahr, heuer, Vortag
            unit, offset = e.data[0], int(e.data[1:].lstrip("<"))
            base: dt.date | None = None
            if "<" in e.data:
                other = self.previous(e, 400, day=unit == "D")
                base = other.extent[0] if other and other.extent else None
            base = base or self.published
            day = values.shift(base, unit, offset) if base else None
            e.value = values.truncate(day, unit) if day else "PAST_REF" if offset < 0 else "FUTURE_REF"
            return None
        if e.year is not None:
            e.value, e.explicit = f"{e.year:04d}", True
            return None
        if unit is None:
            if e.year_adjective is None:
                return False
            unit = "Y"
        plural = bool(PLURAL.search(e.tokens[-1].form)) and e.mod is None
        if plural and (adjective or e.demonstrative):
            if e.demonstrative and adjective is None and e.tokens[-1].form == "Jahre":
                plural = False
            elif adjective in ("same",):
                return False
            elif e.tokens[-1].form == "Jahre" and adjective in ("last", "last2", "next") and e.tokens[0].cls == "ADJ":
                pass
        if plural:
            if adjective in ("whole", "half"):
                return False
            e.type, e.value = "DURATION", values.duration("X", unit)
            return None
        if adjective in ("whole", "half"):
            e.type, e.value = "DURATION", values.duration("1" if adjective == "whole" else "0.5", unit)
            return None
        if adjective in ("first", "early"):
            return False
        if unit.startswith("T") or unit in ("C",):
            return False
        if e.mod and e.year_adjective:
            year = self._year(e)
            e.value = f"{year:04d}" if year else ""
            return None
        if unit == "WE" and adjective is None and not e.demonstrative:
            return self._weekend(e)
        if adjective in ("same", "following") or (e.demonstrative and unit == "D"):
            other = self.previous(e, 600, day=unit == "D")
            if other is not None and other.extent:
                day = values.shift(other.extent[0], unit, OFFSETS[adjective or "this"])
                e.value = values.truncate(day, unit) if day else ""
                return None
            if adjective == "same":
                e.value = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "D": "XXXX-XX-XX"}.get(unit, "")
                return None
        if e.mod and adjective is None and unit == "Y" and not e.demonstrative:
            context = self.context_year(e)
            if context is not None and self.direction(e) != "future":
                e.value = f"{context:04d}"
                return None
        if self.published is None:
            offset = OFFSETS.get(adjective or "this", 0)
            e.value = "PAST_REF" if offset < 0 else "FUTURE_REF" if offset > 0 else "PRESENT_REF"
            return None
        day = values.shift(self.published, unit, OFFSETS.get(adjective or "this", 0))
        e.value = values.truncate(day, unit) if day else ""
        if unit == "E":
            e.value = values.truncate(day, "E") if day else ""
        return None

    def _weekend(self, e: Expression) -> bool | None:
        if e.preposition not in ("am", "über", "bis", "vor", "nach", "für", "von", "ab", "zu") and e.tokens[0].cls != "DET":
            return False
        if self.published is None:
            e.value = "XXXX-WXX-WE"
            return None
        monday = self.published - days(self.published.weekday())
        direction = self.direction(e)
        if (direction == "past" and self.published.isoweekday() < 6) or (direction is None and self.published.isoweekday() < 3):
            monday -= days(7)
        e.value = values.truncate(monday, "WE")
        return None

    def _the_year(self, e: Expression) -> bool | None:
        form = e.tokens[0].form.lower()
        if form == "die" and e.tokens[1].form == "Jahre" and e.preposition == "über":
            e.type, e.value = "DURATION", "PXY"
            return None
        if e.tokens[1].form not in ("Jahr", "Jahres", "Jahrs") or form not in ("das", "dem", "des"):
            return False
        if form == "des" and not near("course").search(self.text, max(0, e.start - 14), e.start):
            return False
        if re.match(r"\s+(?:der|des|lang|alt)\b", self.text[e.end : e.end + 6]):
            return False
        year = self.context_year(e) if form != "das" or self.published is None else self.published.year
        if year is None and self.published:
            year = self.published.year
        e.value = f"{year:04d}" if year else ""
        return None

    def _year_alone(self, e: Expression) -> bool | None:
        year = e.year
        assert year is not None
        text = self.text
        before = self.tokens[e.first - 1] if e.first else None
        if before is not None and before.end == e.start and before.cls in ("DASH", "SLASH") and not e.link:
            return False
        if before is not None and before.cls in ("DAY", "ORD", "NUM", "DM", "DOT", "CLOCK") and not e.link:
            return False
        if (e.preposition != "seit" and near("counted").match(text, e.end)) or near("numbered").search(
            text, max(0, e.start - 12), e.start
        ):
            return False
        if DIALLED.search(text, max(0, e.start - 24), e.start):
            return False
        following = self.tokens[e.last] if e.last < len(self.tokens) else None
        if (
            following is not None
            and following.cls in ("JAHR", "TAG", "UNIT", "MONAT", "WOCHE", "DAY", "NUM", "YEAR")
            and following.start - e.end < 2
            and (following.cls not in ("DAY", "NUM") or e.preposition not in ("seit", "bis", "ab", "in"))
        ):
            return False
        onward = following is not None and following.cls in ("DASH", "TO") and e.last + 1 < len(self.tokens)
        if onward and self.tokens[e.last + 1].cls == "NUM":
            return False
        onward = onward and self.tokens[e.last + 1].cls == "YEAR"
        cue = e.link or onward or e.preposition in ("in", "im", "seit", "ab", "bis", "um", "anno", "vor", "nach", "von")
        if not 1900 <= year <= 2060 and not cue and text[e.start - 1 : e.start] != "(":
            return False
        if (
            year in (1000, 1500, 2000)
            and re.match(r"\s+[A-ZÄÖÜa-zäöü]+", text[e.end : e.end + 30])
            and not (cue or text[e.start - 1 : e.start] == "(")
        ):
            return False
        if text[e.end : e.end + 1] in ("%", "€", "°") or text[e.end : e.end + 2] in (":1", "er"):
            return False
        e.value, e.explicit = f"{year:04d}", True
        return None
