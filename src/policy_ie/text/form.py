"""What the form of a paragraph alone shows: running text, teasers, calendars, contact data."""

from __future__ import annotations

import itertools
import re
from functools import cache

from policy_ie.language.calendar import MONTHS
from policy_ie.text.dates import first_date
from policy_ie.text.paragraph import Paragraph
from policy_ie.text.phrases import phrases, plain

__all__ = ["ADDRESS", "LIST_ITEM", "POSTAL_CODE", "SUM", "label_by_form"]

_CALENDAR = re.compile(r"(?:(?:Mo|Di|Mi|Do|Fr|Sa|So|KW)\b[.\s|]*){5,}$|\d{1,2}(?:[\s|]+\d{1,2}){5,}$")
_MONTH_LINE = re.compile(rf"(?:[‹«<]\s*)?(?:{'|'.join(MONTHS)})(?:\s+\d{{4}})?(?:\s*[›»>])?$")
_READING_TIME = re.compile(r"\d{1,2}(?::\d\d)?\s*Min(?:\.|uten?)?\s*(?:Lesedauer|Lesezeit)|Lesezeit")
_CREDIT = re.compile(r"(?:Fotos?|Bilder|Bild|Grafik|Quelle|Fotograf|Bildrechte|Bildquelle)\s?:\s", re.IGNORECASE)
_CRUMBS = re.compile(r"[^.!?|>›»/]{2,40}(?:\s[>›»/|]\s[^.!?|>›»/]{2,60}){2,}$")
# Each alternative begins with a letter or digit of its own, so that the search skips to those; "1 080 000 Euro" is a sum.
_PHONE = re.compile(
    r"(?:T(?<!\wT)el(?:efon|efax)?|F(?<!\wF)(?:on|ax)|M(?<!\wM)(?:obil|ail)|E(?<!\wE)-?Mail)\b\s?[.:]"
    r"|0(?<!\w0)(?<!\d[ \u00a0\u202f]0)\d{2,4}[ /–-]+\d{3,}"
)
_MAIL = re.compile(r"[\w.+-]\s?(?:@|\[at\]|\(at\))\s?[\w-]+\s?\.")
_RELEASE_END = re.compile(r"[-–—+*\s(]*(?:ende(?: der (?:presse|medien)?mitteilung)?)[-–—+*\s)]*$", re.IGNORECASE)

#: A street with its number, by itself or before the place.
ADDRESS = re.compile(
    r"(?:[A-ZÄÖÜ][\w.-]*(?:straße|str\.|platz|allee|weg|ufer|ring|damm|gasse|markt)"
    r"|[A-ZÄÖÜ][\w.-]* (?:Straße|Str\.|Platz|Allee|Weg|Ufer|Ring))"
    r" \d+ ?[a-z]?(?:\s?[-–/]\s?\d+ ?[a-z]?)?(?:[,|•·\s]+(?:D-)?\d{5} .*)?$"
)
#: Postal code and place; "25000 Besucher" looks alike, so it needs an address beside it.
POSTAL_CODE = re.compile(r"(?:D-)?\d{5} [A-ZÄÖÜ][\w.-]+(?: [\w()/.-]+){0,3}$")
#: The mark of a list item.
LIST_ITEM = re.compile(r"[•·▪■●◦‣►▶➢✓*→]|[-–—]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s")
#: A sum of money.
SUM = re.compile(r"\d\s?(?:€|Euro|EUR|TEUR|T€|Mio|Mrd)|€\s?\d")


@cache
def _teaser() -> re.Pattern[str]:
    """The words of a link behind a text that is cut off."""
    links = "|".join(map(re.escape, sorted(phrases().links, key=len, reverse=True)))
    return re.compile(rf"(?:[.!?…:“\"”)]|\.\.\.)\s*[\[(»>]*\s*(?:{links})\W*$", re.IGNORECASE)


def label_by_form(paragraphs: list[Paragraph]) -> None:
    """Labels what shows by itself that it is of the site, and what is running text."""
    known = phrases()
    teaser = _teaser()
    last_words = {link.rpartition(" ")[2] for link in known.links}
    for paragraph in paragraphs:
        line = paragraph.text
        length = len(line)
        paragraph.role = known.kind_of(line)
        if paragraph.role == "boilerplate" and length > 600:
            paragraph.role = None  # too much to be decided by its first words
        if paragraph.role is not None:
            paragraph.prose = False
            continue
        if (
            length >= 40
            and line[-24:].rstrip("]) .…»>").rpartition(" ")[2].lower() in last_words
            and teaser.search(line, length - 40)
        ):
            paragraph.role = "teaser"
        elif length < 140 and (
            _CALENDAR.match(line)
            or _MONTH_LINE.match(line)
            or _READING_TIME.match(line)
            or (length < 100 and _CREDIT.match(line))
            or (paragraph.words < 20 and _CRUMBS.match(line) and first_date(line) is None)
        ):
            paragraph.role = "boilerplate"
        else:
            paragraph.prose = paragraph.looks_like_prose()
            if not paragraph.prose and length < 200:
                if _has_contact_data(line):
                    paragraph.role = "contact data"
                elif length < 80 and _RELEASE_END.match(line):
                    paragraph.role = "end"
    _join_teasers(paragraphs)


def _has_contact_data(line: str) -> bool:
    if "www." in line or "http://" in line or "https://" in line or _PHONE.search(line):
        return True
    return ("@" in line or "at]" in line or "at)" in line) and _MAIL.search(line) is not None


def _join_teasers(paragraphs: list[Paragraph]) -> None:
    """A cut text before a line "weiterlesen" is a teaser; a single teaser on a page is the lead of its only text."""
    links = phrases().links
    for paragraph, following in itertools.pairwise(paragraphs):
        if (
            following.role == "boilerplate"
            and paragraph.role is None
            and len(paragraph.text) < 700
            and paragraph.text.endswith(("…", "..."))
            and plain(following.text) in links
        ):
            paragraph.role = "teaser"
            paragraph.prose = False
    teasers = [p for p in paragraphs if p.role == "teaser"]
    if len(teasers) == 1 and not any(p.prose for p in paragraphs):
        teasers[0].role = None
        teasers[0].prose = True
