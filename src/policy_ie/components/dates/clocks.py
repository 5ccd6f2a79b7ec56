"""Clock times."""

from __future__ import annotations

import re

from policy_ie.components.dates import values
from policy_ie.components.dates.days import Days
from policy_ie.components.dates.grammar import Expression
from policy_ie.components.dates.surroundings import near

__all__ = ["Clocks"]


class Clocks(Days):
    """Resolves clock times; a handler answers False where the numbers are none."""

    def _clock(self, e: Expression) -> bool | None:
        token = e.tokens[0]
        hour, minute, second = 0, 0, None
        if token.cls in ("CLOCK", "DOT"):
            hour, minute = token.data[:2]
            second = token.data[2] if len(token.data) > 2 else None
        elif token.cls in ("DAY", "NUM", "CARD", "EIN"):
            if not str(token.data).isdigit():
                return False
            hour = int(token.data)
            if len(e.tokens) > 2 and e.tokens[2].cls in ("DAY", "NUM"):
                minute = int(e.tokens[2].data) if str(e.tokens[2].data).isdigit() else 99
                if minute > 59:
                    minute, e.end = 0, e.tokens[1].end
        part = next((str(t.data) for t in e.tokens if t.cls in ("PARTADV", "PART")), None)
        if hour < 12 and (part in ("TAF", "TEV") or (part == "TNI" and hour > 5)):
            hour += 12
        if hour > 24 or minute > 59:
            return False
        if token.cls == "EIN" and token.form.lower() != "ein":
            return False
        if e.rule == "clock_alone":
            beside = self.tokens[e.first - 1].cls if e.first else ""
            following = [t.cls for t in self.tokens[e.last : e.last + 2]]
            cue = (
                e.preposition in ("um", "ab", "gegen", "bis")
                or e.link
                or len(re.split("[:h]", token.form)[0]) == 2
                or beside in ("WEEKDAY", "DATE", "DM", "MONTH", "YEAR", "DEICTIC")
                or (following[:1] in (["TO"], ["DASH"]) and following[1:] == ["CLOCK"])
            )
            if not cue or (self.text[e.end : e.end + 2].strip()[:1] in ("%", "€")):
                return False
        e.type = "TIME"
        e.unit = e.unit or "h"
        e.value = self._clock_date(e) + f"T{hour:02d}:{minute:02d}" + (f":{second:02d}" if second is not None else "")
        if e.value[0] != "T":
            e.extent = values.extent(e.value[:10])
        return None

    def _clock_date(self, e: Expression) -> str:
        first = self.bounds(e)[0]
        for other in reversed(self.done):
            gap = e.start - other.end
            if gap > 300 or (other.end < first and gap > 150):
                break
            if "jeweils" in self.text[other.end : e.start]:
                return ""
            if other.type == "SET":
                return ""
            if other.type in ("DATE", "TIME") and other.extent and other.extent[0] == other.extent[1]:
                return str(other.extent[0].isoformat())
            if other.type == "TIME" and other.value[0] == "T":
                return ""
        if self.published and not any(o.type in ("DATE", "SET") for o in self.done):
            return self.published.isoformat()
        return ""

    def _dot(self, e: Expression) -> bool | None:
        if near("counted").match(self.text, e.end):
            return False
        first, second = e.tokens[-1].data
        if len(e.tokens) > 1 or e.preposition in ("am", "vom", "bis", "zu", "ab", "von"):
            e.day, e.month = first, second
            if self._day(e) is not False:
                return None
        if (e.preposition == "um" or e.link) and len(e.tokens) == 1:
            return self._clock(e)
        return False
