"""Durations, sets, shifts from another date, and references without a calendar ("damals")."""

from __future__ import annotations

import re
from datetime import timedelta as days

from policy_ie.components.dates import values
from policy_ie.components.dates.context import Context
from policy_ie.components.dates.grammar import Expression
from policy_ie.components.dates.surroundings import LIMIT, LIMITS, PLURAL, near

__all__ = ["Durations"]


class Durations(Context):
    """Resolves expressions of length and repetition; a handler answers False where the words are none."""

    def _ref(self, e: Expression) -> bool | None:
        if e.tokens[0].form.endswith("Zeit") and re.match(r"\s+(?:der|des|von)\b", self.text[e.end : e.end + 6]):
            return False  # "zur Zeit der Entstehung"
        if e.tokens[0].cls == "EARLIER":
            head = self.text[max(0, e.start - 6) : e.start].lower()
            if re.match(r"\s*(?:als|oder|an|am|in|mit|und|fertig)\b", self.text[e.end : e.end + 8]) or head.endswith(
                ("noch ", "je ", "viel ", "desto ", "wie ")
            ):
                return False
            e.value = "PAST_REF"
            return None
        e.value = e.data
        return None

    def _noun(self, e: Expression) -> bool | None:
        if e.preposition != "in":
            return False
        e.value = e.data
        return None

    def _set(self, e: Expression) -> bool | None:
        e.type = "SET"
        rule = e.rule
        if rule == "frequency":
            e.value = e.data
        elif rule in ("weekdays",):
            e.value = f"XXXX-WXX-{e.weekday}" + (f"-{e.part}" if e.part else "")
            e.value = f"XXXX-WXX-{e.weekday}{e.part or ''}"
        elif rule == "each":
            e.quant = "EVERY"
            if e.weekday:
                e.value = f"XXXX-WXX-{e.weekday}{e.part or ''}"
            elif e.month:
                e.value = f"XXXX-{e.month:02d}"
            elif e.part:
                e.value = f"XXXX-XX-XX{e.part}"
            elif e.unit:
                e.value = values.duration(str(e.number or 1), e.unit)
            elif e.data:
                e.value = f"XXXX-{e.data}"
        elif rule == "every_n":
            e.quant = "EVERY"
            e.value = values.duration(e.count or "1", e.unit or "Y")
        elif rule == "times_per":
            e.freq = next(str(t.data) for t in e.tokens if t.cls == "TIMES")
            setting = next((str(t.data) for t in e.tokens if t.cls == "SETADV"), None)
            e.value = setting or values.duration("1", e.unit or "Y")
        else:
            e.quant = "EACH"
            e.value = values.duration("1", e.unit or "Y")
        return None

    def _count(self, e: Expression) -> str:
        count = e.count or "X"
        if any(t.cls == "ADJ" and t.data == "half" for t in e.tokens):
            return "0.5"
        return count

    def _is_age(self, e: Expression) -> bool:
        if e.unit != "Y":
            return False
        if near("aged").match(self.text, e.end):
            return True
        words = self.text[max(0, e.start - 60) : e.start]
        if "Alter " in words[-24:]:  # "im Alter von 6-13 Jahren"
            return True
        tail = words[-16:].rstrip()
        if tail.endswith(("unter", "Alter von", "mit", "ab", "über")) and e.tokens[-1].form == "Jahren":
            return True
        return bool(
            tail.endswith(("zwischen", "bis", "und", "von")) and e.tokens[-1].form == "Jahren" and near("people").search(words)
        )

    def _duration(self, e: Expression) -> bool | None:
        e.type = "DURATION"
        if e.rule == "duration_adjective":
            last = e.tokens[-1].form
            capital = last[0].isupper() and not last[0].isdigit()
            if "jährig" in last.lower():
                if (
                    near("person_after").match(self.text, e.end)
                    or "-J" in last
                    or (capital and self.text[e.start - 2 : e.start] != ". ")
                ):
                    return False
                years = re.search(r"\d+", str(e.data))
                if years and int(years[0]) > 5 and not last.endswith("es") and not near("lasting").match(self.text, e.end):
                    return False
            e.value = e.data
            return None
        if e.unit is None or e.count is None or e.count == "0":
            return False
        if self._is_age(e.data if isinstance(e.data, Expression) else e):
            return False
        count = self._count(e)
        unit = e.unit
        if unit == "C" or (e.count == "X" and e.tokens[0].cls == "EIN" and len(e.tokens) < 2):
            return False
        form = e.tokens[-1].form
        ein = any(t.cls == "EIN" for t in e.tokens) and count == "1"
        if (
            ein
            and unit == "D"
            and (e.preposition not in ("in", "vor", "nach", "seit", "innerhalb", "für", "auf") or form == "Tages")
        ):
            return False
        if ein and form in ("Stunden", "Jahren", "Jahre", "Tage", "Monate", "Wochen"):
            return False
        if ein and unit == "Y" and e.preposition in ("aus",):
            return False
        units = [t for t in e.tokens if t.cls in ("JAHR", "MONAT", "WOCHE", "TAG", "UNIT", "QUARTAL", "HALBJAHR", "JHDT", "WE")]
        if len(units) > 1:
            counts = [str(t.data) for t in e.tokens if t.cls in ("DAY", "NUM", "CARD", "EIN", "YEAR")]
            return self._compound(e, counts, [t.data for t in units])
        e.value = values.duration(count, unit)
        if any(t.cls == "PER" for t in e.tokens):
            e.type, e.quant = "SET", "EACH"
            return None
        if e.mod is None and (limit := LIMIT.search(self.text, max(0, e.start - 14), e.start)):
            e.mod = LIMITS[limit[1].lower()]
        self._anchor(e, count, unit)
        return None

    def _compound(self, e: Expression, counts: list[str], units: list[str]) -> bool | None:
        """Several units in one: "ein Jahr und zwei Monate"."""
        order = ["Y", "M", "W", "D", "TH", "TM", "TS"]
        if (
            len(counts) != len(units)
            or any(u not in order for u in units)
            or sorted(units, key=order.index) != units
            or len(set(units)) < len(units)
        ):
            return False
        parts = [values.duration(count, unit) for count, unit in zip(counts, units, strict=True)]
        e.value = parts[0] + "".join(part[2:] if "T" in "".join(parts[:i]) else part[1:] for i, part in enumerate(parts) if i)
        day = self.published
        if e.preposition in ("in", "im") and day and all(c.isdigit() for c in counts):
            for count, unit in zip(counts, units, strict=True):
                day = values.shift(day, unit, int(count)) if day else None
            if day and self.published:
                e.extent, e.relation = (self.published, day), "after"
        return None

    def _anchor(self, e: Expression, count: str, unit: str) -> None:
        """Start and end of a duration that is counted from the day of the release."""
        if self.published is None or unit.startswith("T") or not count.isdigit() or len(count) > 3:
            return
        preposition = e.preposition
        if preposition in ("vor", "seit") and not re.match(r"\s+(?:nach|vor)\b", self.text[e.end : e.end + 8]):
            day = values.shift(self.published, unit, -int(count))
            e.extent = (day, self.published) if day else None
            e.relation = "since" if preposition == "seit" else "before"
        elif preposition == "in" and e.tokens[0].cls != "DET":
            day = values.shift(self.published, unit, int(count))
            e.extent = (self.published, day) if day else None
            e.relation = "after"

    def _span(self, e: Expression) -> bool | None:
        e.type = "DURATION"
        if e.unit is None or e.unit == "C" or e.tokens[-2].form.startswith("Aktuelle"):
            return False
        count = self._count(e)
        adjective = e.adjective
        if adjective == "half":
            e.value = values.duration("0.5", e.unit)
            return None
        e.value = values.duration(count, e.unit)
        if self.published and count.isdigit() and len(count) < 4 and adjective in ("last", "next"):
            sign = 1 if adjective == "next" else -1
            day = values.shift(self.published, e.unit, sign * int(count))
            if day:
                e.extent = (day, self.published) if sign < 0 else (self.published, day)
                if e.unit == "D":  # the day of the release itself does not count
                    e.extent = (day, self.published - days(1)) if sign < 0 else (self.published + days(1), day)
        return None

    def _shift(self, e: Expression) -> bool | None:
        sign = 1 if e.data == "after" else -1
        unit = e.unit or "D"
        if unit.startswith("T"):
            e.type, e.value = "TIME", "XXXX-XX-XXTXX:XX"
            return None
        if unit == "WE" or (e.count and not e.count.isdigit() and e.count != "X"):
            return False
        other = self.previous(e, 600)
        count = 1 if e.rule == "shifted" and e.count is None else int(e.count) if e.count and e.count.isdigit() else None
        base = other.extent[0] if other and other.extent else None
        if base is None or count is None:
            e.value = "FUTURE_REF" if sign > 0 and base is None and count else "PAST_REF" if count else ""
            if count and base is None:
                e.type, e.value = "DATE", {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX"}.get(unit, "XXXX-XX-XX")
            elif count is None:
                e.type, e.value = "DURATION", values.duration("X", unit)
                e.end = e.tokens[-2].end
            return None
        day = values.shift(base, unit, sign * count)
        if (
            other is not None
            and not other.explicit
            and unit == "Y"
            and count > 1
            and self.published
            and base > self.published - days(400)
        ):
            e.value = "XXXX"  # counted from something that is no date of the text
            return None
        precision = len(other.value) if other else 0
        if day is None:
            return False
        if unit == "Y" or precision == 4:
            e.value = values.truncate(day, "Y" if precision < 7 else "M" if precision == 7 else "D" if unit != "Y" else "Y")
        elif unit == "M":
            e.value = values.truncate(day, "M")
        elif unit == "W":
            e.value = values.truncate(day, "W")
        else:
            e.value = values.truncate(day, "D")
        if e.tokens[0].cls == "PREP":
            e.start = next(t.start for t in e.tokens if t.cls in ("TAG", "DET"))
        return None

    def _bare(self, e: Expression) -> bool | None:
        form = e.tokens[0].form
        if e.preposition in ("im", "am", "in") and not PLURAL.search(form):  # "400 Euro im Monat"
            start = next(t.start for t in e.before if t.cls == "PREP")
            if near("rated").search(self.text, max(0, start - 40), start):
                e.start, e.type, e.quant, e.value = start, "SET", "EACH", values.duration("1", e.unit or "Y")
            return None
        if not PLURAL.search(form) or e.preposition not in ("seit", "vor", "über", "nach", "für"):
            return False
        if e.before and e.before[0].cls != "PREP":
            return False
        if form == "Stunden" or (e.preposition in ("nach", "für", "über") and form in ("Tagen", "Stunden")):
            return False
        e.type, e.value = "DURATION", values.duration("X", e.unit or "Y")
        return None
