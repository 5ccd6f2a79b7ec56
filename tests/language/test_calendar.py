import datetime as dt

import pytest

from policy_ie.language.calendar import FEASTS, MONTHS, UNITS, WEEKDAYS, easter, feast_day


def test_twelve_months_and_seven_days():
    assert set(MONTHS.values()) == set(range(1, 13))
    assert set(WEEKDAYS.values()) == set(range(1, 8))


@pytest.mark.parametrize(
    ("year", "day"), [(1961, "04-02"), (2000, "04-23"), (2008, "03-23"), (2011, "04-24"), (2024, "03-31"), (2038, "04-25")]
)
def test_easter(year, day):
    assert easter(year).strftime("%m-%d") == day


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Buß- und Bettag", 2023, dt.date(2023, 11, 22)),
        ("Volkstrauertag", 2023, dt.date(2023, 11, 19)),
        ("1. Advent", 2023, dt.date(2023, 12, 3)),
        ("Erntedankfest", 2023, dt.date(2023, 10, 1)),
        ("Muttertag", 2024, dt.date(2024, 5, 12)),
        ("Fronleichnam", 2024, dt.date(2024, 5, 30)),
        ("Rosenmontag", 2024, dt.date(2024, 2, 12)),
        ("Tag der Deutschen Einheit", 2024, dt.date(2024, 10, 3)),
    ],
)  # fmt: skip
def test_feasts(name, year, day):
    assert feast_day(FEASTS[name], year) == day


def test_every_feast_has_a_day_in_every_year():
    for year in range(1949, 2050):
        assert all(feast_day(rule, year).year == year for rule in FEASTS.values())


def test_units_have_a_designator():
    assert UNITS["Jahren"] == "Y"
    assert UNITS["Stunde"] == "TH"
