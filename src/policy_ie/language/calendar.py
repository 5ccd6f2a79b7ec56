"""The German calendar: names of months, weekdays, seasons, parts of the day and units, and the feast days.

One place for these words. Forms are given as they stand in running text (inflected, abbreviated, Austrian).
"""

from __future__ import annotations

import datetime as dt
from functools import cache

__all__ = ["DAY_PARTS", "FEASTS", "MONTHS", "SEASONS", "UNITS", "WEEKDAYS", "WEEKDAY_ADVERBS", "easter", "feast_day"]


def _forms(table: dict[int, str]) -> dict[str, int]:
    return {form: number for number, forms in table.items() for form in forms.split()}


#: Names of the months; abbreviations are listed without their full stop.
MONTHS: dict[str, int] = _forms(
    {
        1: "Januar Januars Jänner Jan Jän",
        2: "Februar Februars Feber Feb Febr",
        3: "März Märzes Maerz Mrz Mär",
        4: "April Aprils Apr",
        5: "Mai Mais",
        6: "Juni Junis Juno Jun",
        7: "Juli Julis Julei Jul",
        8: "August Augusts Aug",
        9: "September Septembers Sept Sep",
        10: "Oktober Oktobers Okt",
        11: "November Novembers Nov",
        12: "Dezember Dezembers Dez",
    }
)

#: Names of the weekdays, ISO numbers (Monday is 1); abbreviations are listed without their full stop.
WEEKDAYS: dict[str, int] = _forms(
    {
        1: "Montag Montages Montags Mo",
        2: "Dienstag Dienstages Dienstags Di",
        3: "Mittwoch Mittwochs Mi",
        4: "Donnerstag Donnerstages Donnerstags Do",
        5: "Freitag Freitages Freitags Fr",
        6: "Samstag Samstages Samstags Sonnabend Sonnabends Sa",
        7: "Sonntag Sonntages Sonntags So",
    }
)

#: Adverbs of repetition: "montags".
WEEKDAY_ADVERBS: dict[str, int] = _forms(
    {1: "montags", 2: "dienstags", 3: "mittwochs", 4: "donnerstags", 5: "freitags", 6: "samstags sonnabends", 7: "sonntags"}
)

#: Seasons as TIMEX3 codes.
SEASONS: dict[str, str] = {
    form: code
    for code, forms in {
        "SP": "Frühjahr Frühjahrs Frühjahres Frühling Frühlings Frühjahrsmonate Frühjahrsmonaten Frühlingsmonate",
        "SU": "Sommer Sommers Sommermonate Sommermonaten Hochsommer Frühsommer Spätsommer Sommerhalbjahr",
        "FA": "Herbst Herbstes Herbsts Herbstmonate Herbstmonaten Spätherbst Frühherbst",
        "WI": "Winter Winters Wintermonate Wintermonaten Winterhalbjahr",
    }.items()
    for form in forms.split()
}

#: Parts of the day as TIMEX3 codes.
DAY_PARTS: dict[str, str] = {
    form: code
    for code, forms in {
        "TMO": "Morgen Morgens Vormittag Vormittags",
        "TMI": "Mittag Mittags",
        "TAF": "Nachmittag Nachmittags Spätnachmittag",
        "TEV": "Abend Abends Vorabend",
        "TNI": "Nacht Mitternacht",
    }.items()
    for form in forms.split()
}

#: Units of time: form -> designator: those of ISO 8601 (of less than a day with T before), Q quarter of a year, H half-year,
#: E decade, C century, WE weekend, TQ quarter of an hour.
UNITS: dict[str, str] = {
    form: unit
    for unit, forms in {
        "Y": "Jahr Jahre Jahren Jahres Jahrs",
        "M": "Monat Monate Monaten Monats Monates",
        "W": "Woche Wochen",
        "D": "Tag Tage Tagen Tages Tags Tg Werktag Werktage Werktagen Arbeitstag Arbeitstage Arbeitstagen"
        " Kalendertage Kalendertagen",
        "TH": "Stunde Stunden Std",
        "TM": "Minute Minuten Min",
        "TS": "Sekunde Sekunden Sek",
        "TQ": "Viertelstunde Viertelstunden",
        "Q": "Quartal Quartale Quartalen Quartals Vierteljahr Vierteljahre Vierteljahren Vierteljahres Trimester Trimesters",
        "H": "Halbjahr Halbjahre Halbjahren Halbjahres Halbjahrs Jahreshälfte Semester Semestern Semesters",
        "E": "Jahrzehnt Jahrzehnte Jahrzehnten Jahrzehnts Jahrzehntes Dekade Dekaden",
        "C": "Jahrhundert Jahrhunderte Jahrhunderten Jahrhunderts",
        "WE": "Wochenende Wochenenden Wochenendes",
    }.items()
    for form in forms.split()
}


@cache
def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher).

    Example:
        >>> easter(2024)
        datetime.date(2024, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * ell) // 433
    month = (h + ell - 7 * m + 90) // 25
    return dt.date(year, month, (h + ell - 7 * m + 33 * month + 19) % 32)


#: Feast days and days of note. "MM-DD" is fixed; a number counts days from Easter Sunday; "A-7" counts days from the fourth
#: Sunday of Advent; "month/weekday/n" is the nth such weekday of a month.
FEASTS: dict[str, str] = {
    form: rule
    for rule, forms in {
        "01-01": "Neujahr|Neujahrstag|Neujahrstages",
        "01-06": "Heilige Drei Könige|Heiligen Drei Könige|Heiligen Drei Königen|Dreikönigstag|Dreikönig|Epiphanias",
        "02-14": "Valentinstag",
        "03-08": "Internationaler Frauentag|Internationalen Frauentag|Internationalen Frauentages|Internationalen Frauentags"
        "|Weltfrauentag|Frauentag",
        "05-01": "Maifeiertag|Tag der Arbeit|Tages der Arbeit",
        "05-09": "Europatag",
        "06-01": "Internationaler Kindertag|Internationalen Kindertag",
        "06-24": "Johannistag",
        "06-29": "Peter und Paul",
        "08-08": "Augsburger Friedensfest",
        "08-15": "Mariä Himmelfahrt",
        "09-20": "Weltkindertag|Weltkindertages|Weltkindertags",
        "10-03": "Tag der Deutschen Einheit|Tages der Deutschen Einheit|Tag der deutschen Einheit|Tages der deutschen Einheit",
        "10-31": "Reformationstag|Reformationstages|Reformationstags|Halloween",
        "11-01": "Allerheiligen",
        "11-02": "Allerseelen",
        "11-11": "Martinstag|Sankt Martin",
        "11-25": "Internationaler Tag gegen Gewalt an Frauen|Internationalen Tag gegen Gewalt an Frauen"
        "|Internationalen Tages gegen Gewalt an Frauen",
        "12-04": "Barbaratag",
        "12-06": "Nikolaus|Nikolaustag",
        "12-24": "Heiligabend|Heiliger Abend|Heiligen Abend|Heilige Abend",
        "12-25": "Weihnachten|Weihnachtstag|erster Weihnachtstag|ersten Weihnachtstag|ersten Weihnachtsfeiertag"
        "|erster Weihnachtsfeiertag|1. Weihnachtsfeiertag|1. Weihnachtstag",
        "12-26": "zweiter Weihnachtstag|zweiten Weihnachtstag|zweiten Weihnachtsfeiertag|zweiter Weihnachtsfeiertag"
        "|2. Weihnachtsfeiertag|2. Weihnachtstag",
        "12-31": "Silvester|Silvesterabend",
        "-52": "Weiberfastnacht|Altweiberfastnacht|Altweiber",
        "-50": "Fastnachtssamstag|Karnevalssamstag|Faschingssamstag",
        "-49": "Fastnachtssonntag|Karnevalssonntag|Faschingssonntag",
        "-48": "Rosenmontag|Rosenmontags",
        "-47": "Fastnachtsdienstag|Faschingsdienstag|Karnevalsdienstag|Veilchendienstag",
        "-46": "Aschermittwoch|Aschermittwochs",
        "-7": "Palmsonntag",
        "-3": "Gründonnerstag",
        "-2": "Karfreitag|Karfreitags",
        "-1": "Karsamstag",
        "0": "Ostern|Ostersonntag",
        "1": "Ostermontag",
        "39": "Christi Himmelfahrt|Himmelfahrt|Himmelfahrtstag|Vatertag",
        "49": "Pfingsten|Pfingstsonntag",
        "50": "Pfingstmontag",
        "60": "Fronleichnam",
        "A-32": "Buß- und Bettag",
        "A-28": "Totensonntag|Ewigkeitssonntag",
        "A-35": "Volkstrauertag|Volkstrauertages|Volkstrauertags",
        "A-21": "erster Advent|ersten Advent|1. Advent|erste Adventssonntag|ersten Adventssonntag",
        "A-14": "zweiter Advent|zweiten Advent|2. Advent|zweiten Adventssonntag",
        "A-7": "dritter Advent|dritten Advent|3. Advent|dritten Adventssonntag",
        "A0": "vierter Advent|vierten Advent|4. Advent|vierten Adventssonntag",
        "5/7/2": "Muttertag|Muttertages",
        "10/7/1": "Erntedankfest|Erntedank",
    }.items()
    for form in forms.split("|")
}


def feast_day(rule: str, year: int) -> dt.date:
    """The date of a feast in a year, from its rule in `FEASTS`.

    Example:
        >>> feast_day("-48", 2024), feast_day("A-32", 2024), feast_day("10/7/1", 2020)
        (datetime.date(2024, 2, 12), datetime.date(2024, 11, 20), datetime.date(2020, 10, 4))
    """
    if "/" in rule:
        month, weekday, nth = (int(part) for part in rule.split("/"))
        first = dt.date(year, month, 1)
        return first + dt.timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    if rule[0] == "A":
        christmas = dt.date(year, 12, 25)
        return christmas - dt.timedelta(christmas.isoweekday()) + dt.timedelta(int(rule[1:]))
    if len(rule) == 5:
        return dt.date(year, int(rule[:2]), int(rule[3:]))
    return easter(year) + dt.timedelta(int(rule))
