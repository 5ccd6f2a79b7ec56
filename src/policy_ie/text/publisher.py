"""The words that name the body that issued a release."""

from __future__ import annotations

import re
from functools import lru_cache

from policy_ie.language.calendar import MONTHS
from policy_ie.records import SectionKind
from policy_ie.text.paragraph import Paragraph, is_publisher_name

__all__ = ["find_publisher", "letterhead_name"]

_NOUN = (
    r"(?:(?i:(?:Presse|Medien)-?\s?(?:mitteilung|meldung|information|info|erklärung|dienst|notiz))(?:en)?"
    r"|Pressestelle|Meldung|Mitteilung|PM)"
)
_NOTE = re.compile(
    rf"\b{_NOUN}\s+(?:de[rs]|von|vom)\s+(?:Firma\s+)?((?!Ministerien\b)[A-ZÄÖÜ].+?)(?=\s+vom\s|,?\s+\(?\d|\s+Nr\b|[,.:;]?$)"
)
_TELLS = re.compile(r"(?:Der|Die|Das)\s+((?:[A-ZÄÖÜ]|für|des|der|und)[^.:!?]{3,140}?)\s+teil(?:t|en)\s+mit\b")
_HEAD = re.compile(rf"([A-ZÄÖÜ][^.!?:|\d]{{3,120}}?)\s+[-–|:]\s+{_NOUN}\b")
_HEAD_END = re.compile(rf"[-–|:]\s+{_NOUN}\b")
_EDITOR = re.compile(r"(?:Herausgeber(?:in)?|Hrsg\.?)\s*:\s*(.+?)(?=[,;|]|$)")
_ORIGIN = re.compile(r"Quelle(?:\s+Pressemitteilung)?:\s*([^,;(|\d]*[^,;(|\d\s])", re.IGNORECASE)
_DAY = rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.|(?:{'|'.join(MONTHS)}))\s?(?:\d{{4}}|\d\d(?!\d))"
#: The marks between the cells of a line: "03.05.2019 | LM | Kultusministerium", "Kultusministerium : Thema: Schulen".
_MARK = re.compile(r"[|•·»\[\]:–-](?:(?<=[|•·»\[\]])|(?<!\S[–-])(?=\s))\s*")
#: What no name of a body lacks: most lines end here.
_BODY = re.compile(
    r"inisterium|kanzlei|regierung|präsid|verwaltung|amt|direktion|Behörde|Senat|Kreis|kreis|Stadt|stadt|emeinde|Bezirk|Region|Markt|Land|Frei"
)
#: What stands before and behind the name in its cell: "60/2018 Erstellt von …", "Pressestelle des … (BMU)", "…, 3. Mai 2019".
_BEFORE = re.compile(
    rf"(?:(?:(?:Nr\.?\s?)?\d{{1,4}}/\d{{2,4}}|{_DAY}(?:,?\s\d\d?[.:]\d\d(?:\sUhr)?)?|(?:\w+\s)?{_NOUN}(?:,|\s+(?:de[rs]|im|vom)\b)?"
    r"|(?:Erstellt|Herausgegeben|Veröffentlicht|Verfasst|Eingestellt)\s+(?:von|durch)(?:\s+(?:der|dem))?"
    r"|Impressum:|Von:|Start(?:web)?(?:seite|site)\s+des\s+Internetauftritts\s+de[rs]|(?:von\s+der\s+)?Firma\b)\s*)+"
)
_BEHIND = re.compile(rf"[\s/](?:(?<=/)|(?<=\s)(?:{_DAY}|\([^)]*\)|(?:\w+ klar )?Logo|RSS-Feed|Aktuell|aus [A-ZÄÖÜ]\w+))$")
#: "Impressum:Ministerium für … Verantwortlich:", as archives glue it.
_IMPRINT = re.compile(r"Impressum:\s*([A-ZÄÖÜ].+?)(?=\s*(?:Verantwortlich|Pressestelle|Pressesprecher|Tel\b|\d)|$)")
#: "Pressestelle Landkreis Kassel", "Pressesprecherin beim Senator für Inneres", "(Pressemitteilung Ministerium für Bau vom …)"
_OFFICE = re.compile(
    rf"\b(?:{_NOUN}|Presse(?:sprecher|referent)(?:in)?)\s+(?:de[rs]\s+|von\s+|vom\s+|beim\s+|im\s+)?"
    r"((?i:Landkreis|Kreis|Stadt|Gemeinde|Landratsamt|Senats?\b|Senator|[\w-]*Ministerium|[\w-]*Staatskanzlei|Bezirksregierung"
    r"|Regierungspräsidium)(?!\s+(?:I|i)m\b).*?)(?=\s+vom\s|,?\s+\(?\d|,\s(?:\w+\.?\s)?\w+\s\w+$|,\sTel|[.:;)]|,?$)"
)
_PRESS = re.compile(r"(?:Impressum|Pressestelle|Presseamt|Presse-|Herausgeber)")


def find_publisher(paragraphs: list[Paragraph]) -> tuple[int, int] | None:
    """Offsets of the name, by a source note, a letterhead, "… teilt mit", or the editor named at the end."""
    for paragraph in paragraphs:
        if paragraph.role == "source_note" and (match := _NOTE.search(paragraph.text[:300])):
            return paragraph.start + match.start(1), paragraph.start + match.end(1)
        if paragraph.role == "source_note" and (match := _ORIGIN.match(paragraph.text)) and is_publisher_name(match[1]):
            return paragraph.start + match.start(1), paragraph.start + match.end(1)
    top = [p for p in paragraphs if p.kind not in (SectionKind.BOILERPLATE, SectionKind.DUPLICATE)][:12]
    for paragraph in top:
        if paragraph.kind is SectionKind.SOURCE_NOTE and is_publisher_name(paragraph.text):
            return paragraph.start, paragraph.end
    lead = next((i for i, p in enumerate(paragraphs) if p.prose), 0)
    letterhead = [p for p in paragraphs[:lead] if p.kind is SectionKind.BOILERPLATE and p.role is None]
    for paragraph in (*letterhead[-12:], *top):
        bare = paragraph.start < paragraphs[lead].start or paragraph.text[0] == "["  # further down it is an item of a list
        if not paragraph.prose and (span := _in_letterhead(paragraph, bare)):
            return span
    for paragraph in top:
        line = paragraph.text[:300]
        match = _HEAD.match(line) if _HEAD_END.search(line) else None
        match = match or (_TELLS.match(line) if " teil" in line else None)
        match = match or (None if paragraph.prose else _NOTE.search(line))
        if match is not None:
            return paragraph.start + match.start(1), paragraph.start + match.end(1)
    return _in_foot(paragraphs)


def _in_foot(paragraphs: list[Paragraph]) -> tuple[int, int] | None:
    """The body that the imprint, the press office or the editor below the text names."""
    below = max((i + 1 for i, p in enumerate(paragraphs) if p.prose), default=len(paragraphs))
    foot = [p for p in paragraphs[below:] if p.kind is not SectionKind.DUPLICATE]
    for index, paragraph in enumerate(foot):
        line = paragraph.text[:200]
        if match := _EDITOR.match(line) or _IMPRINT.match(line) or _OFFICE.search(line):
            return paragraph.start + match.start(1), paragraph.start + match.end(1)
        beside = foot[max(index - 1, 0) : index + 2]
        signed = paragraph.kind in (SectionKind.CONTACT, SectionKind.SOURCE_NOTE) or len(foot) == 1
        if (signed or any(_PRESS.match(p.text) for p in beside)) and (span := _in_letterhead(paragraph, bare=True)):
            return span
    return None


def _in_letterhead(paragraph: Paragraph, bare: bool) -> tuple[int, int] | None:
    if paragraph.kind is SectionKind.TITLE or (span := letterhead_name(paragraph.text, bare)) is None:
        return None
    return paragraph.start + span[0], paragraph.start + span[1]


@lru_cache(64)  # headline and publisher ask for the same lines
def letterhead_name(line: str, bare: bool) -> tuple[int, int] | None:
    """Offsets of the body that a line of a letterhead names: "Landkreis Harz, 7. Mai 2019", "Erstellt von …".

    Args:
        line: the line.
        bare: take a name without date, label or brackets beside it as well.

    Example:
        >>> line = "Nr. 12/19 | 03.05.2019 | Ministerium für Verkehr"
        >>> line[slice(*letterhead_name(line, bare=True))]
        'Ministerium für Verkehr'
        >>> letterhead_name("Eröffnung des Radwegs - Stadt Essen", bare=False)
    """
    if len(line) > 200 or _BODY.search(line) is None:
        return None
    start = 0
    for mark in (*_MARK.finditer(line), None):
        first, last = start, len(line[: mark.start()].rstrip() if mark else line)
        end = last
        if before := _BEFORE.match(line, start):
            start = before.end()
        while behind := _BEHIND.search(line[start:end]):
            end = start + len(line[start : start + behind.start()].rstrip(", "))
        trimmed = (start, end) != (first, last)
        named = trimmed or (bare and line[last : last + 1] != ":")  # "Land: Neues Gesetz" is a headline
        name = line[start:end]
        body, _, place = name.rpartition(", ")
        # "…, Berlin" is the place before a date, and no town has a comma; "Ministerium für Bau, Verkehr" has one.
        for form in (body, name) if (end < last or " für " not in body) and " und " not in place else (name,):
            if named and form and is_publisher_name(form):
                return start, start + len(form)
        start = mark.end() if mark else end
    return None
