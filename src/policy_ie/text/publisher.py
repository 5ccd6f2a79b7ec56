"""The words that name the body that issued a release."""

from __future__ import annotations

import re

from policy_ie.records import SectionKind
from policy_ie.text.dates import before_date
from policy_ie.text.paragraph import Paragraph, is_publisher_name
from policy_ie.text.phrases import plain

__all__ = ["find_publisher"]

_NOUN = (
    r"(?:(?i:(?:Presse|Medien)-?\s?(?:mitteilung|meldung|information|info|erklärung|dienst|notiz))(?:en)?"
    r"|Pressestelle|Meldung|Mitteilung|PM)"
)
_NOTE = re.compile(rf"\b{_NOUN}\s+(?:de[rs]|von|vom)\s+((?!Ministerien\b)[A-ZÄÖÜ].+?)(?=\s+vom\s|,?\s+\(?\d|\s+Nr\b|[,.:;]?$)")
_TELLS = re.compile(r"(?:Der|Die|Das)\s+((?:[A-ZÄÖÜ]|für|des|der|und)[^.:!?]{3,140}?)\s+teil(?:t|en)\s+mit\b")
_HEAD = re.compile(rf"([A-ZÄÖÜ][^.!?:|\d]{{3,120}}?)\s+[-–|:]\s+{_NOUN}\b")
_EDITOR = re.compile(r"(?:Herausgeber(?:in)?|Hrsg\.?)\s*:\s*(.+?)(?=[,;|]|$)")
_ORIGIN = re.compile(r"Quelle(?:\s+Pressemitteilung)?:\s*([^,;(|\d]*[^,;(|\d\s])", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:Erstellt|Herausgegeben|Veröffentlicht|Verfasst|Eingestellt)\s+(?:von|durch)\s+(?:(?:der|dem)\s+)?")
#: "07.05.2019Landkreis Harz", as portals print it.
_GLUED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}\s?(?=[A-ZÄÖÜ])")
#: "[Bundesministerium für Umwelt (BMU) - 23.02.2015]"
_BRACKET = re.compile(r"\[([^\](]+?)(?:\s\([^)]*\))?\s[–—-]\s")
_KINDS = (SectionKind.BOILERPLATE, SectionKind.DUPLICATE)


def find_publisher(paragraphs: list[Paragraph]) -> tuple[int, int] | None:
    """Offsets of the name, by a source note, a letterhead, "… teilt mit", or the editor named at the end."""
    for paragraph in paragraphs:
        if paragraph.role == "source_note" and (match := _NOTE.search(paragraph.text[:300])):
            return paragraph.start + match.start(1), paragraph.start + match.end(1)
        if paragraph.role == "source_note" and (match := _ORIGIN.match(paragraph.text)) and is_publisher_name(match[1]):
            return paragraph.start + match.start(1), paragraph.start + match.end(1)
    top = [p for p in paragraphs if p.kind not in _KINDS][:12]
    for paragraph in top:
        if paragraph.kind is SectionKind.SOURCE_NOTE and is_publisher_name(paragraph.text):
            return paragraph.start, paragraph.end
    for paragraph in top:
        if not paragraph.prose and (span := _in_letterhead(paragraph)):
            return span
    for paragraph in top:
        line = paragraph.text[:300]
        match = _HEAD.match(line) or _TELLS.match(line) or (None if paragraph.prose else _NOTE.search(line))
        if match is not None:
            return paragraph.start + match.start(1), paragraph.start + match.end(1)
    previous, imprint = None, False
    for paragraph in paragraphs:
        if paragraph.kind is SectionKind.CONTACT:
            if (match := _EDITOR.match(paragraph.text[:200])) or (match := _NOTE.search(paragraph.text[:200])):
                return paragraph.start + match.start(1), paragraph.start + match.end(1)
            if previous is SectionKind.CONTACT and is_publisher_name(paragraph.text):
                return paragraph.start, paragraph.end
        if imprint and is_publisher_name(paragraph.text):
            return paragraph.start, paragraph.end
        imprint = paragraph.role == "boilerplate" and plain(paragraph.text) == "impressum"
        previous = paragraph.kind
    return None


def _in_letterhead(paragraph: Paragraph) -> tuple[int, int] | None:
    """The body of "Landkreis Harz, 7. Mai 2019", "Bundesministerium für Verkehr, Berlin, 7.5.2019", "Erstellt von …"."""
    line = paragraph.text
    if len(line) > 200:
        return None
    glued = _GLUED.match(line)
    if glued and is_publisher_name(line[glued.end() :]):
        return paragraph.start + glued.end(), paragraph.end
    bracket = _BRACKET.match(line)
    if bracket and is_publisher_name(bracket[1]):
        return paragraph.start + bracket.start(1), paragraph.start + bracket.end(1)
    if author := _AUTHOR.match(line):
        return (paragraph.start + author.end(), paragraph.end) if is_publisher_name(line[author.end() :]) else None
    name = before_date(line)
    body, _, last = name.rpartition(", ")
    for form in (body, name) if " und " not in last else (name,):  # "…, Berlin" is the place, "…, Bau und Verkehr" is not
        if form and is_publisher_name(form):
            return paragraph.start, paragraph.start + len(form)
    return None
