"""Days: written dates, weekdays, feasts, "gestern", and their parts."""

from __future__ import annotations

import datetime as dt
import re
from datetime import timedelta as days

from policy_ie.components.dates import values
from policy_ie.components.dates.context import OFFSETS, date_or_none, pick
from policy_ie.components.dates.grammar import Expression
from policy_ie.components.dates.periods import Periods
from policy_ie.components.dates.surroundings import near, word_list
from policy_ie.language.calendar import feast_day

__all__ = ["Days"]

#: What may stand between a day and the weekday or feast that explains it.
_APPOSED = frozenset(("(", ", ein", ", einem", "- einem", "– einem", "- ein", "– ein", ", dem"))
_PREPOSITIONS_OF_PARTS = frozenset(("am", "gegen", "in", "im", "bis", "ab", "seit"))
_PREPOSITIONS_OF_FEASTS = frozenset(("am", "zu", "bis", "vor", "nach", "ab", "seit", "um"))


class Days(Periods):
    """Resolves expressions of a day; a handler answers False where the words are no date."""

    def _day(self, e: Expression) -> bool | None:
        if e.month is None or e.day is None:
            return False
        month, day = e.month, e.day
        if e.rule == "open_day" and not e.link and e.preposition is None and not e.weekday and e.tokens[0].cls != "DET":
            onward = self.tokens[e.last : e.last + 4]  # "Rn. 12 und vom 22. Oktober"
            if (
                e.tokens[0].cls == "DAY"
                or any(t.cls == "PREP" for t in onward)
                or near("numbered").search(self.text, max(0, e.start - 12), e.start)
            ):
                return False
        name = e.tokens[-1]
        if name.cls == "DATE" and len(name.form) < 9 and near("numbered").search(self.text, max(0, e.start - 12), e.start):
            return False  # "Abschnitt 10.11.12"
        abbreviated = (
            name.cls == "MONTH" and len(name.form) < 4 and name.end - name.start == len(name.form) and name.form != "Mai"
        )
        if abbreviated and re.match(r"\s+[A-ZÄÖÜ]", self.text[e.end : e.end + 4]):
            return False  # "9. Jan Kuppelwieser"
        if not (1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)):
            return False
        left = self.done[-1] if e.link == "list" and self.done else None
        if e.year is None and (
            any(t.form == "jeweils" for t in e.before)
            or (left and left.value[:5] == "XXXX-" and left.type == "SET")
            or (self.done and self.done[-1].value == "P1Y" and e.rule == "day_month" and e.start - self.done[-1].end < 9)
        ):  # "jährlich am 3. Oktober"
            e.type, e.value = "SET", f"XXXX-{month:02d}-{day:02d}"
            return None
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None:
            year = self._known.get((month, day))
        if year is None:
            year = self._pick_year(e, lambda y: date_or_none(y, month, day))
        if year is None:
            e.value = f"XXXX-{month:02d}-{day:02d}"
        elif date_or_none(year, month, day) is None:
            return False
        else:
            e.value = f"{year:04d}-{month:02d}-{day:02d}"
            if isinstance(e.data, Expression) and e.data.year is None and e.data.year_adjective is None:
                e.data.year = year  # "am 12. und 13. Mai" are days of one year
        self._daypart(e)
        return None

    def _daypart(self, e: Expression) -> None:
        if e.part and len(e.value) == 10:
            e.value += e.part
            e.type = "TIME"

    def _numeric_day(self, e: Expression) -> bool | None:
        ordinals = [t for t in e.tokens if t.cls == "ORD"]
        e.day, e.month = int(ordinals[0].data), int(ordinals[1].data)
        if e.month > 12 or (e.year is None and e.preposition is None):
            return False
        return self._day(e)

    def _weekday(self, e: Expression) -> bool | None:
        token = next(t for t in e.tokens if t.cls in ("WEEKDAY", "WDPART"))
        if len(token.form) <= 2:
            follows = self.tokens[e.last].cls if e.last < len(self.tokens) else ""
            if not (token.end - token.start > len(token.form) or e.link or follows in ("DASH", "TO", "CLOCK")):
                return False
            hours = follows in ("DAY", "CLOCK", "DOT") and e.preposition is None
            if len(e.tokens) == 1 and (e.link == "range" or hours or follows in ("DASH", "TO")):  # opening hours
                e.type, e.value = "SET", f"XXXX-WXX-{e.weekday}"
                return None
            if len(e.tokens) == 1 and e.preposition is None and not e.link:
                return False
        if len(e.tokens) == 1 and token.form == "Sonntag" and e.preposition is None and not e.link:
            head = self.text[max(0, e.start - 6) : e.start]
            if head.endswith(("Herr ", "Frau ", "Herrn ")):
                return False
        if token.form == "Sonntag" and near("newspaper").search(self.text, max(0, e.start - 9), e.start):
            return False
        genitive = any(t.cls in ("DET", "ADJ", "DEM") for t in e.tokens)
        if token.form.endswith("s") and token.cls == "WEEKDAY" and not genitive and not e.link:
            e.type, e.value = "SET", f"XXXX-WXX-{e.weekday}"
            return None
        if e.weekday is None:
            return False
        if same := self._apposed(e):
            e.value, e.extent = same.value[:10], same.extent
            return None
        if len(e.tokens) == 1 and not e.part and self._weekly(e):
            e.type, e.value = "SET", f"XXXX-WXX-{e.weekday}"
            return None
        week = e.unit == "W"
        if self.published is None:
            e.value = f"XXXX-WXX-{e.weekday}" + (e.part or "")
            e.type = "TIME" if e.part else "DATE"
            return None
        published = self.published
        delta = e.weekday - published.isoweekday()
        left = self._left(e) if e.adjective is None else None
        if week:
            day = published + days(delta + 7 * OFFSETS.get(e.adjective or "this", 0))
        elif left is not None and left.extent and e.link == "range":
            day = left.extent[0] + days((e.weekday - left.extent[0].isoweekday()) % 7)
        elif e.adjective in ("same", "following") and (other := self.previous(e, 400)) and other.extent:
            day = other.extent[1] + days((e.weekday - other.extent[1].isoweekday() - 1) % 7 + 1)
        elif e.adjective in ("last", "last2"):
            day = published - days((published.isoweekday() - e.weekday - 1) % 7 + 1 + 7 * (e.adjective == "last2"))
        elif e.adjective in ("next", "next2", "following"):
            day = published + days((e.weekday - published.isoweekday() - 1) % 7 + 1 + 7 * (e.adjective == "next2"))
        else:
            direction = self.direction(e)
            if e.demonstrative and direction != "past":
                direction = "future"
            if direction == "past":
                day = published - days((published.isoweekday() - e.weekday) % 7)
            elif direction == "future":
                day = published + days((e.weekday - published.isoweekday()) % 7)
            else:
                best = pick([published + days(delta + k) for k in (-7, 0, 7)], lambda d: (d - published).days, None)
                assert best is not None
                day = best
        e.value = day.isoformat()
        self._daypart(e)
        return None

    def _apposed(self, e: Expression) -> Expression | None:
        """The day that the expression explains: "am 3. Mai 2024 (Freitag)"."""
        other = self.done[-1] if self.done else None
        if other is None or other.kind != "day" or not other.extent or self.text[other.end : e.start].strip() not in _APPOSED:
            return None
        return other if e.weekday in (None, other.extent[0].isoweekday()) else None

    def _weekly(self, e: Expression) -> bool:
        """True for opening hours: "Montag bis Freitag 8 bis 16 Uhr", without a preposition."""
        if e.link == "range":
            return bool(self.done and self.done[-1].type == "SET" and self.done[-1].kind == "weekday")
        onward = [t.cls for t in self.tokens[e.last : e.last + 2]]
        return e.preposition is None and onward[:1] in (["TO"], ["DASH"]) and onward[1:] == ["WEEKDAY"]

    def _weekday_day(self, e: Expression) -> bool | None:
        published = self.published
        if published is None or e.day is None or e.weekday is None:
            return False
        near_days = (published + days(k) for k in range(-200, 300))
        day = pick(
            [d for d in near_days if d.day == e.day and d.isoweekday() == e.weekday],
            lambda d: (d - published).days,
            self.direction(e),
        )
        e.value = day.isoformat() if day else ""
        return None

    def _nth(self, e: Expression) -> bool | None:
        """The first Saturday, the last week, the second weekend of a month."""
        if e.adjective not in (None, "last") or (e.adjective is None and e.number is None):
            return False
        unit = next((t.data for t in e.tokens if t.cls in ("WOCHE", "WE", "TAG")), "")
        weekday = e.weekday or {"W": 1, "WE": 6, "TAG": 1}.get(unit, 1)
        month = e.month
        if month is None:
            if self.published is None:
                return False
            other = self.previous(e, 200)
            month, year = (
                (other.extent[0].month, other.extent[0].year)
                if other and other.extent
                else (self.published.month, self.published.year)
            )
        else:
            found = self._year(e)
            e.explicit = e.year is not None
            if found is None:
                found = self._pick_month(e, month)
            if found is None:
                return False
            year = found
        if unit == "D":
            day = values.month_end(year, month) if e.adjective else date_or_none(year, month, e.number or 1)
        elif e.adjective:
            last = values.month_end(year, month)
            day = last - days((last.isoweekday() - weekday) % 7)
        else:
            first = dt.date(year, month, 1)
            day = first + days((weekday - first.isoweekday()) % 7 + 7 * ((e.number or 1) - 1))
        if day is None or day.month != month:
            return False
        e.value = values.truncate(day, unit if unit in ("W", "WE") else "D")
        return None

    def _night(self, e: Expression) -> bool | None:
        part = e.part
        weekdays = [int(t.data) for t in e.tokens if t.cls == "WEEKDAY"]
        if len(weekdays) > 1:  # "von Mittwoch auf Donnerstag"
            e.weekday = weekdays[0]
        if e.month is not None:
            if self._day(e) is False:
                return False
        else:
            self._weekday(e)
        if "T" not in e.value and e.value and part:
            e.value += part
        e.type = "TIME"
        return None

    def _deictic(self, e: Expression) -> bool | None:
        assert e.number is not None
        if e.tokens[-1].cls == "TODAYS" and e.number == 0 and not near("happening").match(self.text, e.end):
            e.start, e.value = e.tokens[-1].start, "PRESENT_REF"
            return None
        if e.tokens[-1].cls == "TODAYS":
            e.start = e.tokens[-1].start
        if e.weekday and self.published and e.number == 0 and e.weekday != self.published.isoweekday():
            e.adjective = None
            return self._weekday(e)
        around = self.text[max(0, e.start - 6) : e.start].lower(), self.text[e.end : e.end + 6].lower()
        if (
            e.number == 0
            and not e.part
            and (around[0].endswith((" noch ", "auch ")) or around[1].startswith((" noch", " auch")))
        ):
            e.value = "PRESENT_REF"
            return None
        if self.published is None:
            e.value = "PRESENT_REF" if e.number == 0 else "PAST_REF" if e.number < 0 else "FUTURE_REF"
            return None
        e.value = (self.published + days(e.number)).isoformat()
        if e.tokens[-1].form == "früh":
            e.part = "TMO"
        self._daypart(e)
        return None

    def _feast(self, e: Expression) -> bool | None:
        rule = str(e.data)
        if e.tokens[-1].form in word_list("namesakes") and e.preposition not in _PREPOSITIONS_OF_FEASTS:
            return False
        year = self._year(e)
        e.explicit = e.year is not None
        if year is None and (same := self._apposed(e)) and same.extent:
            year = same.extent[0].year
        if year is None:
            if self.published is None:
                e.value = f"XXXX-{rule}" if len(rule) == 5 else "XXXX-XX-XX"
                return None
            year = self._pick_year(e, lambda y: feast_day(rule, y))
        if year is None or not 1583 <= year <= 4099:
            return False
        e.value = feast_day(rule, year).isoformat()
        return None

    def _part(self, e: Expression) -> bool | None:
        article, noun = e.tokens[0] if e.tokens[0].cls == "DET" else None, next(t for t in e.tokens if t.cls == "PART")
        if noun.form == "Morgen" and article is None and not e.before:  # at the beginning of a sentence the adverb
            head = self.text[self.bounds(e)[0] : e.start]
            if head.strip(' \n„"»-–•') or self.published is None:
                return False
            e.value = (self.published + days(1)).isoformat()
            e.part = "TMO" if len(e.tokens) > 1 else None
            self._daypart(e)
            return None
        timed = e.preposition in _PREPOSITIONS_OF_PARTS or any(t.cls == "TO" for t in e.before)
        genitive = article is not None and article.form == "des"
        midnight = noun.form == "Mitternacht" and e.preposition is not None
        if not (timed or genitive or midnight) or (e.preposition == "in" and article is None):
            return False
        other = self.previous(e, 200, day=True)
        day = other.value[:10] if other and other.extent else self.published.isoformat() if self.published else "XXXX-XX-XX"
        e.type, e.value = "TIME", day + (e.part or "")
        return None
