"""Paragraphs that a portal has printed into one line: they are parted again before their labels are decided."""

from __future__ import annotations

import re

from policy_ie.records import SectionKind
from policy_ie.text import dates
from policy_ie.text.paragraph import Paragraph

__all__ = ["part_bracket", "part_repeated_headline"]

#: "[Ministerium für Verkehr - 07.05.2019] Land baut Radweg"
_BRACKET = re.compile(r"\[[^\]\n]{3,140}\d{4}\](?=\s+[A-ZÄÖÜ„\"»\d])")
#: A headline shorter than this may begin a sentence as well.
_MIN_HEADLINE = 25
#: Within these first characters of a lead stand letterhead and headline.
_HEAD = 400


def part_bracket(paragraphs: list[Paragraph]) -> None:
    """Parts a dated bracket from the headline behind it."""
    for index, paragraph in enumerate(paragraphs[:3]):
        if paragraph.text[0] == "[" and (match := _BRACKET.match(paragraph.text)) and dates.opening_date(match[0]):
            _part(paragraphs, index, [match.end()])
            paragraphs[index].kind = SectionKind.SOURCE_NOTE
            return


def part_repeated_headline(paragraphs: list[Paragraph], title: tuple[int, int]) -> None:
    """Parts a lead that says letterhead, date line and the headline above it again before its first sentence."""
    words = paragraphs[title[1]].text
    index = next((i for i in range(title[1] + 1, len(paragraphs)) if paragraphs[i].prose), None)
    if title[0] != title[1] or len(words) < _MIN_HEADLINE or index is None:
        return
    line = paragraphs[index].text
    start = line.find(words, 0, _HEAD + len(words))
    end = start + len(words)
    if start <= 0 or dates.inner_dateline(line) is None or not line[end : end + 3].lstrip(' "„»')[:1].isupper():
        return
    _part(paragraphs, index, [start, end])
    paragraphs[index].kind, paragraphs[index + 1].kind = SectionKind.SOURCE_NOTE, SectionKind.TITLE
    paragraphs[index].prose = paragraphs[index + 1].prose = False


def _part(paragraphs: list[Paragraph], index: int, offsets: list[int]) -> None:
    """Puts the parts of a paragraph in its place."""
    whole = paragraphs[index]
    parts = []
    for start, end in zip([0, *offsets], [*offsets, len(whole.text)], strict=True):
        text = whole.text[start:end]
        begin = whole.start + start + len(text) - len(text.lstrip())
        part = Paragraph(text.strip(), begin, begin + len(text.strip()))
        part.prose = whole.prose
        parts.append(part)
    paragraphs[index : index + 1] = parts
