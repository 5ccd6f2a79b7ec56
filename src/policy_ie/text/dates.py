"""The date of a release: datelines, date lines at the head, source notes.

Only full dates at the places where editors put the day of the release count; dates inside the text (events, deadlines,
laws) and those of a print or a crawl are none. The order of trust is that of the contract.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache

from policy_ie.language.abbreviations import sentence_starters
from policy_ie.language.calendar import MONTHS, WEEKDAYS
from policy_ie.text.paragraph import is_publisher_name
from policy_ie.text.phrases import phrases

__all__ = [
    "after_date",
    "bracket_date",
    "closing_date",
    "dateline",
    "first_date",
    "header_date",
    "inner_dateline",
    "is_date_label",
    "labelled_date",
    "numbered_date",
    "opening_date",
    "sentence_date",
    "stamped_dateline",
    "today_date",
    "trailing_date",
]

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = rf"(?:(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\.?,?\s+(?:de[nm]\s+)?)"
_DATE = (
    rf"(?<![\d.,/])(?:(?P<d>\d{{1,2}})(?:\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>(?:19|20)\d\d(?!\d)|\d\d(?![\d.:]|,\d))"
    rf"|\.?\s?(?P<name>{_MONTH})\.?,?\s?(?P<y2>(?:19|20)\d\d)(?!\d))|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d))"
)
_ANY_WEEKDAY = re.compile(_WEEKDAY)
_FULL_DATE = re.compile(_DATE)
_DIGIT = re.compile(r"\d")
_PLACE = (
    r"[A-ZÄÖÜ][\w.’'-]*(?:[ /](?:[A-ZÄÖÜ(][\w.’')-]*|am|an|der|im|in|ob|vor|bei|auf|den|und|(?:[a-z]\.)+(?:[A-Z]\.)?)){0,4}"
)
_AGENCY = r"(?:\s*\([\w /.-]{2,20}\))?"
_DATELINE = re.compile(
    rf"[–—\-|+*\s]{{0,6}}(?:\((?P<p1>{_PLACE})\),?|(?P<p2>{_PLACE}){_AGENCY}\s?[,/|–—-]|(?P<p3>{_PLACE})(?=\s+den\s))"
    rf"\s*(?:(?:pm|PM|red)\s?\()?(?:de[nr]\s+|am\s+)?{_WEEKDAY}?(?:den\s+)?{_DATE}(?P<after>.{{0,12}})",
    re.DOTALL,
)
#: The hours of an event, or a second day.
_CLOCK = re.compile(
    r"\s*,?\s*(?:(?:ab|um|von|gegen)\s*\d|\d{1,2}(?:[.:]\d\d)?\s?Uhr|\d{1,2}[.:]\d\d\b|[–-]\s*\d|(?:bis|und)\b)"
)
#: In small letters, so that the search skips to their first ones.
_LABEL = re.compile(
    r"(?:pressemitteilungen?|pressemeldung|presseinformation|presse-?information|presse-?info|medieninformation|medien-?info|"
    r"medienmitteilung|presseerklärung|pressedienst|pressenotiz|pressestatement|meldung|mitteilung|nachricht|pm|nr|nummer|vom|datum|"
    r"veröffentlicht|veröffentlichungsdatum|veröffentlichung|erschienen|erscheinungsdatum|erstellt|eingestellt|publiziert|online|seit|"
    r"am|den|der|des|stand|ausgabe|uhr|um|von|artikel|aktuelle|aktuelles|presse|lfd|laufende|sperrfrist|keine)\b[.:]*"
)
_LEADING_LABEL = re.compile(
    r"(?:Datum|Veröffentlicht(?:\s+am)?|Veröffentlichungsdatum|Erschienen(?:\s+am)?|Erscheinungsdatum|Erstellt(?:\s+am)?|Eingestellt\s+am|Publiziert\s+am|Online\s+seit"
    r"|(?:Presse|Medien)-?\s?(?:mitteilung|meldung|information|info|erklärung|dienst|notiz|statement)(?:en)?)\b",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"(?:Presse|Medien)-?(?:mitteilung|information|meldung|info)\b[\s:.,-]*(?:(?:Nr|Nummer)\b[\s.:]*[\d/ -]+)?", re.IGNORECASE
)
_EDGE = re.compile(r"[|/·•:,–—+-]")
_RANGE = re.compile(r"\s*(?:bis\b|und\b|[–-]\s*\d{1,2}\.)")
_PREPOSITION = re.compile(r"\b(?:bis|ab|seit|vor|nach|zum|für)\s+(?:(?:de[mn]|zum)\s+)?$", re.IGNORECASE)
_AFTER_DATE = re.compile(r"(?:[\s,|/·•–—-]*\d{1,2}[.:]\d\d(?:\s*Uhr)?)?\s*[|/·•:–—-]+\s*")
_TIME_STAMP = re.compile(r"[\s,|/·•–—-]*(?:um\s+)?\d{1,2}[.:]\d\d(?:\s*Uhr)?\b")
_STAMP = re.compile(r",?\s+\d{1,2}:\d\d\sUhr$")
_TRAILING = re.compile(
    rf"\s+[–—|-]\s+(?P<label>(?:(?:Veröffentlicht|Erschienen|Erstellt|Eingestellt)\s+am|Datum:|vom)\s+)?{_DATE}"
    r"(?(label)|,?\s+\d{1,2}[:.]\d\d\sUhr)\s*$"
)
#: "Radweg eröffnet (03.05.2006)", "Radweg eröffnet 21.03.2017, Magdeburg – 20"
_BRACKETED = re.compile(rf"\s+\((?:vom\s+)?{_DATE}\)\s*$")
_NUMBERED = re.compile(rf"\s+{_DATE},\s{_PLACE}\s–\s\d{{1,4}}\s*$")
#: What lines of these kinds end with.
_TRAILING_ENDS = (*"0123456789)", "Uhr")
_BRACKET = re.compile(rf"\(\s*(?:vom\s+)?{_DATE}\s*\)\s*$")
_OPENING = re.compile(
    rf"\s*(?:Meldung\s+vom\s+)?(?P<open>\[(?:[^\]\n]{{0,140}}?[–—|,-]\s*)?|\((?:[^\])\n]{{0,80}}?[–—|,-]\s*)?)?{_WEEKDAY}?{_DATE}"
    r"(?(open)(?:,\s?[a-z]{2,4})?[\])]|(?:\s*[:|–—]|\s?-\s|(?=[A-ZÄÖÜ])|\s+(?=[A-ZÄÖÜ„»\"])(?!Uhr))(?!\s*\d))"
)
_CLOSING = re.compile(rf"(?:^|[.!?“”\"«]\s+)(?:{_PLACE},\s+(?:den\s+)?)?{_DATE}(?:/\d{{1,4}})?\s*$")
# Begin with a letter, so that the search skips to it.
_TODAY = re.compile(
    rf"[Hh](?<!\w[Hh])(?<![Bb]is [Hh])eut(?:e|ige[nrs]?)\b(?:(?!\b(?:bis|seit|ab|zum|vom)\b)[^.!?\d]){{0,25}}?{_DATE}"
)
_TODAY_SHORT = re.compile(rf"[Hh](?<!\w[Hh])eut(?:e|ige[nrs]?)\s\((\d{{1,2}})\.\s?(?:({_MONTH})|(\d{{1,2}})\.)\)")
_RELEASE_NUMBER = re.compile(r"(?:Nr\.\s?)?\d{1,4}/((?:19|20)\d\d)(?!\d)")
_ON_DAY = re.compile(
    rf"(?:\b[Aa]m|(?:itzung|agung|onferenz)\s+vom)\s+(?:\(?(?:gestrigen|heutigen|vergangenen)\)?\s+)?{_WEEKDAY}?(?:de[nm]\s+)?\(?{_DATE}"
)
_ANNOUNCED = re.compile(
    r"\b(?:hat|haben|teilte|teilten|gab|gaben|beschloss|beschlossen|stellte|stellten|übergab|übergaben|überreichte|überreichten|"
    r"unterzeichnete|unterzeichneten|eröffnete|eröffneten|informierte|informierten|verkündete|kündigte|kündigten|präsentierte|"
    r"präsentierten|machte|machten|tagte|tagten|startete|starteten|empfing|empfingen|würdigte|würdigten|zeichnete|zeichneten|ehrte|ehrten|"
    r"weihte|weihten|lud|luden|besichtigte|besichtigten|vergab|vergaben|legte|legten|verlieh|verliehen|veröffentlichte|veröffentlichten|besuchte|besuchten|traf|trafen|fand|ernannte|nahm|nahmen|verabschiedete|wählte|erhielt|erhielten)\b"
)
_NOT_NOW = re.compile(
    r"\b(?:wird|werden|soll|sollen|findet|finden|lädt|laden|bis|ab|seit|Gesetz|Verordnung|Richtlinie|Urteil|Frist)\b"
)

#: Years that a release of our time can carry.
FIRST_YEAR, LAST_YEAR = 1949, 2099


#: Lines whose answer is kept, because headline, labels and date of release ask for the same ones.
_LINES = 64


@cache
def _not_published() -> tuple[str, ...]:
    return phrases().not_published


def _as_date(match: re.Match[str]) -> dt.date | None:
    year = match["y"] or match["y2"] or match["y3"]
    month = MONTHS[match["name"]] if match["name"] else int(match["m"] or match["m3"])
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    try:
        date = dt.date(number, month, int(match["d"] or match["d3"]))
    except ValueError:
        return None
    return date if FIRST_YEAR <= date.year <= LAST_YEAR else None


def _excluded(line: str) -> bool:
    return line.lstrip("|-–—•* ").lower().startswith(_not_published())


def first_date(line: str) -> dt.date | None:
    """The first full date of a source note.

    Example:
        >>> first_date("Pressemeldung der Stadt Leverkusen, 11.09.2013")
        datetime.date(2013, 9, 11)
    """
    match = _FULL_DATE.search(line)
    return _as_date(match) if match else None


@lru_cache(_LINES)
def dateline(line: str) -> dt.date | None:
    """The date of a dateline at the beginning of a paragraph.

    Example:
        >>> dateline("Berlin/Lüneburg, 08.09.2016 - Der Bund fördert den Ausbau.")
        datetime.date(2016, 9, 8)
        >>> dateline("Celle – pm (21.07.2024) Der Bund fördert den Ausbau.")
        datetime.date(2024, 7, 21)
        >>> dateline("Am Freitag, 3. Mai 2019, kam der Minister.")
    """
    if "1" not in line and "2" not in line:  # a year has one of them: most paragraphs end here
        return None
    match = _DATELINE.match(line)
    if match is None or _CLOCK.match(match["after"]):
        return None
    place = match["p1"] or match["p2"] or match["p3"]
    words = place.split()
    first = words[0].rstrip(".,")
    if words[-1] in WEEKDAYS:  # "Freigabe am Montag, 10. Dezember 2018"
        return None
    if first in sentence_starters() or first in WEEKDAYS or _LABEL.fullmatch(first.lower()) or _excluded(line):
        return None
    return _as_date(match)


def stamped_dateline(line: str) -> dt.date | None:
    """The date of a dateline that archives stamp with the minute; only above a headline, as below it an event has its hour.

    Example:
        >>> stamped_dateline("Dresden, 12.05.2022, 13:24 Uhr")
        datetime.date(2022, 5, 12)
        >>> stamped_dateline("Dresden, 12.05.2022, 19 Uhr")
    """
    stamp = _STAMP.search(line) if line.endswith("Uhr") else None
    return dateline(line[: stamp.start()]) if stamp else None


@lru_cache(_LINES)
def header_date(line: str) -> dt.date | None:
    """The date of a line that says little else: "9. November 2017", "12.01.2017 | Verwaltung", "Nr. 45/2019 vom 3.5.2019".

    Example:
        >>> header_date("Pressemitteilung Nr. 123/2019 vom 7. Mai 2019")
        datetime.date(2019, 5, 7)
        >>> header_date("Bewerbungsschluss: 7. Mai 2019")
    """
    if _DIGIT.search(line) is None:  # most lines end here
        return None
    match = _FULL_DATE.search(line)
    if match is None or _excluded(line) or _RANGE.match(line, match.end()) or _PREPOSITION.search(line[: match.start()][-16:]):
        return None
    before, after = line[: match.start()].strip(), line[match.end() :].strip()
    if (stamp := _TIME_STAMP.match(after)) is not None:
        after = after[stamp.end() :].strip()
        if after.startswith(("bis", "-", "–", "und")):
            return None  # the hours of an event
    if before.endswith("Datum:"):
        return _as_date(match)
    ends = not after or _EDGE.match(after) or after.startswith(("Uhr", "Presse", "Medien", "Nr"))
    if ends and (match.start() < 4 or not any(map(str.isalpha, _LABEL.sub("", before.lower())))):
        return _as_date(match)
    if match.start() < 4 and is_publisher_name(after):
        return _as_date(match)  # glued by a portal
    if _LEADING_LABEL.match(before) and (len(before) < 30 or before.endswith(("vom", "am", ",", "/", "|", "-", "–"))):
        return _as_date(match)
    head = _LABEL.sub("", _ANY_WEEKDAY.sub("", before + " ").lower())
    if "Uhr" in line and any(map(str.isalpha, head)):
        return None  # place and hour of an event
    letters = sum(map(str.isalpha, head + _LABEL.sub("", after.lower())))
    if letters <= 25 and (not after or not after[0].isalpha() or len(after) < 25):
        return _as_date(match)
    if not after and is_publisher_name(before.lstrip("•-–* ").rstrip(" ,:(")):
        return _as_date(match)
    if not after and before.endswith(("|", ",", "/", "vom", "·", "•", "–", "-")) and len(line) < 200:
        return _as_date(match)
    return None


def after_date(line: str) -> int:
    """Offset of the words behind the date that begins a line, or -1: "07.05.2019 | Städte können Anträge stellen".

    Example:
        >>> "07.05.2019 | Kreis baut Radweg"[after_date("07.05.2019 | Kreis baut Radweg") :]
        'Kreis baut Radweg'
    """
    match = _FULL_DATE.match(line)
    if match is None or _RANGE.match(line, match.end()):
        return -1
    rest = _AFTER_DATE.match(line, match.end())
    return rest.end() if rest else -1


def trailing_date(line: str) -> tuple[int, dt.date] | None:
    """The date that a portal hangs on a headline, and the offset where the headline ends.

    Example:
        >>> trailing_date("Kreis baut Radweg - Veröffentlicht am 07.05.2019")
        (17, datetime.date(2019, 5, 7))
        >>> trailing_date("Kreis baut Radweg - 07.05.2019 10:15 Uhr")
        (17, datetime.date(2019, 5, 7))
        >>> trailing_date("Kreis baut Radweg (07.05.2019)")
        (17, datetime.date(2019, 5, 7))
        >>> trailing_date("Kreis lädt ein - 07.05.2019")
    """
    if not line.endswith(_TRAILING_ENDS):
        return None
    match = _BRACKETED.search(line) if line.endswith(")") else _TRAILING.search(line) or _NUMBERED.search(line)
    date = _as_date(match) if match else None
    return (match.start(), date) if match and date else None


def bracket_date(paragraph: str) -> dt.date | None:
    """The date in brackets that ends a lead.

    Example:
        >>> bracket_date("Das Land fördert den Ausbau. (11.09.2013)")
        datetime.date(2013, 9, 11)
    """
    match = _BRACKET.search(paragraph[-40:])
    return _as_date(match) if match else None


def opening_date(paragraph: str) -> dt.date | None:
    """The date that begins a lead, set off by a mark or the word for a release.

    Example:
        >>> opening_date("26.10.2023: Der Kreis baut einen Radweg.")
        datetime.date(2023, 10, 26)
        >>> opening_date("[Innenministerium – 04.07.2012] Der Kreis baut.")
        datetime.date(2012, 7, 4)
        >>> opening_date("(4.7.2012, ms) Der Kreis baut.")
        datetime.date(2012, 7, 4)
        >>> opening_date("26.10.2023 ist der letzte Tag der Frist.")
    """
    match = _OPENING.match(paragraph[:200])
    return _as_date(match) if match else None


def closing_date(paragraph: str) -> dt.date | None:
    """The date that ends the last paragraph, behind its last sentence.

    Example:
        >>> closing_date("Der Kreis baut einen Radweg. 06.12.2017")
        datetime.date(2017, 12, 6)
        >>> closing_date("06.12.2017/627")
        datetime.date(2017, 12, 6)
        >>> closing_date("Die Frist endet am 06.12.2017")
    """
    match = _CLOSING.search(paragraph[-80:])
    return _as_date(match) if match else None


def sentence_date(sentence: str) -> dt.date | None:
    """The day of the announcement in a first sentence, where it says "heute" or tells in the past tense what happened then.

    Example:
        >>> sentence_date("Der Kreistag hat am 12. März 2019 den Haushalt beschlossen.")
        datetime.date(2019, 3, 12)
        >>> sentence_date("Das Fest findet am 12. März 2019 statt.")
    """
    if _DIGIT.search(sentence) is None or not _ANNOUNCED.search(sentence) or _NOT_NOW.search(sentence):
        return None
    match = _ON_DAY.search(sentence)
    return _as_date(match) if match else None


def today_date(paragraph: str) -> dt.date | None:
    """The date that a text itself calls today.

    Example:
        >>> today_date("Die Ministerin war heute (Dienstag, 9. Mai 2017) in Werl.")
        datetime.date(2017, 5, 9)
        >>> today_date("Das Programm läuft von heute bis 9. Mai 2017.")
    """
    match = _TODAY.search(paragraph) if "eut" in paragraph else None
    return _as_date(match) if match else None


def numbered_date(line: str, paragraph: str) -> dt.date | None:
    """The day that a text calls today without a year, which the number of the release gives.

    Example:
        >>> numbered_date("72/2019", "Das sagte die Ministerin heute (6. Mai) in Erfurt.")
        datetime.date(2019, 5, 6)
    """
    year = _RELEASE_NUMBER.match(line)
    day = _TODAY_SHORT.search(paragraph) if year else None
    if year is None or day is None:
        return None
    try:
        return dt.date(int(year[1]), MONTHS[day[2]] if day[2] else int(day[3]), int(day[1]))
    except ValueError:
        return None


def labelled_date(line: str) -> dt.date | None:
    """The date of a line below the text that says that it is the date of the release.

    Example:
        >>> labelled_date("Veröffentlicht am 3. Mai 2019")
        datetime.date(2019, 5, 3)
        >>> labelled_date("3. Mai 2019")
    """
    line = line.strip("()")
    return header_date(line) if _LEADING_LABEL.match(line) else None


def is_date_label(line: str) -> bool:
    """True for a label whose date stands in the next line: "erstellt am:".

    Example:
        >>> is_date_label("Erstellt am:"), is_date_label("Einsendeschluss:")
        (True, False)
    """
    return len(line) < 40 and _LEADING_LABEL.fullmatch(line.rstrip(": ")) is not None


def inner_dateline(paragraph: str, *, place: bool = False) -> dt.date | None:
    """A dateline behind a letterhead in the same line: "Staatskanzlei - Pressemitteilung Nr.: 7/06 Stendal, den 3. …".

    Args:
        paragraph: the line.
        place: take no date without the place before it.
    """
    head = paragraph[:300]
    low = head.lower()
    if "presse" not in low and "medien" not in low:
        return None
    label = None
    for label in _LETTERHEAD.finditer(head):
        if date := dateline(head[label.end() :]):
            return date
    return header_date(head[label.start() : label.end() + 24]) if label and not place else None
