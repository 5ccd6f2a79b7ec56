"""Arithmetic on the calendar: TIMEX3 values, their extents and their EDTF notation."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

__all__ = ["duration", "edtf", "extent", "shift", "truncate"]

Extent = tuple[dt.date, dt.date]

_VALUE = re.compile(
    r"(?P<y>\d{4})(?:-(?:(?P<m>\d\d)(?:-(?P<d>\d\d))?|W(?P<w>\d\d)(?P<we>-WE)?|Q(?P<q>[1-4])|H(?P<h>[12])))?(?:T.*)?|(?P<e>\d{3})|(?P<c>\d\d)"
)
_SEASON = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(4096)
def extent(value: str) -> Extent | None:
    """First and last day of a TIMEX3 value; None where it has none on the calendar.

    Example:
        >>> extent("2012-08")
        (datetime.date(2012, 8, 1), datetime.date(2012, 8, 31))
        >>> extent("2022-SU")
    """
    m = _VALUE.fullmatch(value)
    if m is None:
        return None
    if m["e"] or m["c"]:
        first = int(value) * (10 if m["e"] else 100)
        if first < 1:
            return None
        return dt.date(first, 1, 1), dt.date(first + (9 if m["e"] else 99), 12, 31)
    year = int(m["y"])
    if not 1 <= year <= 9998:
        return None
    try:
        if m["d"]:
            day = dt.date(year, int(m["m"]), int(m["d"]))
            return day, day
        if m["m"]:
            return dt.date(year, int(m["m"]), 1), month_end(year, int(m["m"]))
        if m["w"]:
            monday = dt.date.fromisocalendar(year, int(m["w"]), 1)
            return monday + dt.timedelta(5 if m["we"] else 0), monday + dt.timedelta(6)
        if m["q"]:
            return dt.date(year, 3 * int(m["q"]) - 2, 1), month_end(year, 3 * int(m["q"]))
        if m["h"]:
            return dt.date(year, 6 * int(m["h"]) - 5, 1), month_end(year, 6 * int(m["h"]))
    except ValueError:
        return None
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def edtf(value: str) -> str | None:
    """The value in Extended Date/Time Format (ISO 8601-2), None where there is none.

    Example:
        >>> edtf("2017-11-09"), edtf("2022-SU"), edtf("199"), edtf("2018-Q2"), edtf("2014/2020"), edtf("P3Y")
        ('2017-11-09', '2022-22', '199X', '2018-34', '2014/2020', None)
    """
    if "/" in value:
        first, _, second = value.partition("/")
        a, b = edtf(first), edtf(second)
        return f"{a}/{b}" if a and b else None
    if re.fullmatch(r"(\d{4}|XXXX)(-(\d\d|XX)){0,2}", value):
        return value
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", value):
        return value if value.count(":") == 2 else value + ":00"
    if m := re.fullmatch(r"(\d{4}|XXXX)-(SP|SU|FA|WI)", value):
        return f"{m[1]}-{_SEASON[m[2]]}"
    if m := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return f"{m[1]}-{32 + int(m[2])}"
    if m := re.fullmatch(r"(\d{4})-H([12])", value):
        return f"{m[1]}-{39 + int(m[2])}"
    if re.fullmatch(r"\d{2,3}", value):
        return value.ljust(4, "X")
    if m := re.fullmatch(r"(\d{4}-\d\d-\d\d)T[A-Z]{2}", value):
        return m[1]
    return None


def shift(day: dt.date, unit: str, count: int) -> dt.date | None:
    """A day `count` units later; months and years keep the day of the month where it exists.

    Example:
        >>> shift(dt.date(2024, 5, 31), "M", 1), shift(dt.date(2024, 5, 15), "W", -2)
        (datetime.date(2024, 6, 30), datetime.date(2024, 5, 1))
    """
    try:
        if unit in ("D", "W", "WE"):
            return day + dt.timedelta(count * (1 if unit == "D" else 7))
        months = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}.get(unit)
        if months is None:
            return None
        index = day.year * 12 + day.month - 1 + months * count
        year, month = index // 12, index % 12 + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None


def truncate(day: dt.date, unit: str) -> str:
    """The TIMEX3 value of the unit that holds a day.

    Example:
        >>> truncate(dt.date(2024, 5, 15), "W"), truncate(dt.date(2024, 5, 15), "Q")
        ('2024-W20', '2024-Q2')
    """
    match unit:
        case "Y":
            return f"{day.year:04d}"
        case "M":
            return f"{day.year:04d}-{day.month:02d}"
        case "W" | "WE":
            iso = day.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if unit == "WE" else "")
        case "Q":
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case "H":
            return f"{day.year:04d}-H{(day.month + 5) // 6}"
        case "E":
            return f"{day.year // 10:03d}"
        case "C":
            return f"{day.year // 100:02d}"
    return day.isoformat()


def duration(count: str, unit: str) -> str:
    """The TIMEX3 value of a duration; count is a number or X.

    Example:
        >>> duration("3", "Y"), duration("0.5", "Y"), duration("X", "D"), duration("2", "E"), duration("90", "TM")
        ('P3Y', 'P6M', 'PXD', 'P20Y', 'PT90M')
    """
    factor, designator = {"E": (10, "Y"), "C": (100, "Y"), "Q": (3, "M"), "H": (6, "M"), "TQ": (15, "TM")}.get(unit, (1, unit))
    if count == "0.5" and unit in ("Y", "TH", "D", "M"):
        factor, designator = {"Y": (12, "M"), "TH": (60, "TM"), "D": (24, "TH"), "M": (2, "W")}[unit]
    if count == "X":
        number = "X"
        if factor > 1:
            designator = unit
    elif factor > 1:
        product = float(count) * factor
        number = str(int(product)) if product.is_integer() else str(product)
    else:
        number = count
    return f"PT{number}{designator[1:]}" if designator.startswith("T") else f"P{number}{designator}"
