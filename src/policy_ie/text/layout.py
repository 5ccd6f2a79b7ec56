"""The parts of a page that prints a release: headline, lead, body, lists, notes, and what belongs to the site.

Every paragraph gets one label; nothing is deleted. What is not clearly of the site stays body: a footer that is kept
costs less than a paragraph that is lost.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import dataclass

from policy_ie.language.sentences import paragraph_spans, sentence_spans
from policy_ie.records import PublishedFrom, Section, SectionKind, Warning
from policy_ie.text import dates
from policy_ie.text.duplicates import mark_duplicates
from policy_ie.text.flattened import part_bracket, part_repeated_headline
from policy_ie.text.form import ADDRESS, LIST_ITEM, POSTAL_CODE, SUM, label_by_form
from policy_ie.text.headline import mark_headline, mark_preamble
from policy_ie.text.language import detect_language
from policy_ie.text.paragraph import Paragraph, is_publisher_name
from policy_ie.text.phrases import phrases, plain
from policy_ie.text.publisher import find_publisher

__all__ = ["Layout", "read_layout"]

_ABOUT = re.compile(r"Über (?:die|das|den|uns|[A-ZÄÖÜ])[^.!?]{0,80}:?$")
_RELEASE_NOTE = re.compile(r"(?:Presse|Medien|PM\b|Online-Recherche|Meldung|Mitteilung|www\.|https?:)", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"(?:[^.!?]{0,120}[–—|:,-]\s*)?(?:Presse|Medien)-?\s?(?:mitteilung|information|meldung|info)"
    r"\s(?:Nr|Nummer)\b[.:\s]*\d[\d/ -]*$"
    r"|(?:Presse|Medien)-?\s?(?:mitteilung|information|meldung|info|erklärung|dienst)(?:en)?\b",
    re.IGNORECASE,
)
#: Number of a release, or who made it, as a line of its own.
_NUMBER = re.compile(r"(?:Nr\.\s?)?\d{1,4}/(?:19|20)?\d\d$|(?:Erstellt|Herausgegeben|Verfasst)\s+(?:von|durch)\s")
#: Characters from which on a body counts as begun.
_MIN_BODY = 80
_OF_THE_SITE = (SectionKind.BOILERPLATE, SectionKind.CONTACT, SectionKind.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the form of a text says about it.

    Attributes:
        sections: labelled stretches in order, without overlap, over all that is not blank.
        title: offsets of the headline.
        published, published_from: date of the release and where it stands.
        language: ISO 639-1 code, "und" where there is too little text.
        publisher: offsets of the words that name the body that issued the release, where a letterhead, a source note
            or a formula ("… teilt mit") names it.
        paragraphs: offsets of the paragraphs.
        warnings: what a reader of the record should know.
    """

    sections: list[Section]
    title: tuple[int, int] | None
    published: dt.date | None
    published_from: PublishedFrom | None
    language: str
    publisher: tuple[int, int] | None
    paragraphs: list[tuple[int, int]]
    warnings: list[Warning]


def read_layout(text: str, *, title_hint: str | None = None, metadata_date: dt.date | None = None) -> Layout:
    """Labels the parts of a text and finds headline, date, language and publisher.

    Args:
        text: the text; offsets of the result count in it.
        title_hint: headline that the metadata of a page give.
        metadata_date: date that the metadata of a page give; used where the text has none.

    Example:
        >>> layout = read_layout("Kreis baut Radweg\\n\\nSoest, 3. Mai 2019. Der Kreis baut den Radweg, sagte die Landrätin.")
        >>> layout.published.isoformat(), [s.kind.value for s in layout.sections]
        ('2019-05-03', ['title', 'body'])
    """
    paragraphs = [Paragraph(text[start:end], start, end) for start, end in paragraph_spans(text)]
    part_bracket(paragraphs)
    label_by_form(paragraphs)
    mark_duplicates(paragraphs)
    first = mark_preamble(paragraphs)
    title, headline = mark_headline(paragraphs, first, title_hint)
    if title is not None:
        part_repeated_headline(paragraphs, title)
    _label_tail(paragraphs, title)
    _label_head(paragraphs, title)
    _label_lists_and_lead(paragraphs, title)
    published, origin = _published(paragraphs, title)
    if published is None and metadata_date is not None:
        published, origin = metadata_date, PublishedFrom.METADATA
    prose = [p for p in paragraphs if p.prose and p.kind in (SectionKind.BODY, SectionKind.LEAD, SectionKind.LIST)]
    language = _language(paragraphs, prose)
    warnings = []
    if language != "de":
        name = "undetermined" if language == "und" else repr(language)
        warnings.append(Warning(code="language", message=f"the language is {name}, not German"))
    if not prose:
        warnings.append(Warning(code="no_release", message="the page has no running text that could be a release"))
    return Layout(
        sections=_sections(paragraphs),
        title=headline,
        published=published,
        published_from=origin,
        language=language,
        publisher=find_publisher(paragraphs),
        paragraphs=[(p.start, p.end) for p in paragraphs],
        warnings=warnings,
    )


def _label_tail(paragraphs: list[Paragraph], title: tuple[int, int] | None) -> None:
    """Labels notes, contacts and what follows the release, in one walk down the page."""
    known = phrases()
    seen = 0  # characters of running text so far
    remaining = _remaining_prose(paragraphs)
    zone = "body"
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind is not None:
            if zone == "contact":
                zone = "after" if paragraph.kind is SectionKind.BOILERPLATE else "body"
            continue
        begun = seen >= _MIN_BODY
        line = paragraph.text
        role = paragraph.role
        if zone == "tail":
            paragraph.kind = SectionKind.BOILERPLATE
            paragraph.prose = False
            continue
        if begun and len(line) < 60 and not paragraph.prose and plain(line) in known.tail and remaining[index] <= seen:
            zone = "tail"
            paragraph.kind = SectionKind.BOILERPLATE
            continue
        if role == "end" and begun:
            paragraph.kind = SectionKind.BOILERPLATE
            zone = "after"
            continue
        if role == "source_note" and begun:
            zone = _mark_source_note(paragraphs, index) if remaining[index] <= 2 * seen else "body"
            paragraph.kind = SectionKind.SOURCE_NOTE
            continue
        if role == "contact":
            paragraph.kind = SectionKind.CONTACT
            zone = "contact"
            continue
        if role in ("boilerplate", "category", "teaser"):
            paragraph.kind = SectionKind.BOILERPLATE
            _mark_teaser_heading(paragraphs, index)
            if zone == "contact":
                zone = "after"
            continue
        if paragraph.prose:
            seen += len(line)
            if zone == "about":
                paragraph.kind = SectionKind.BOILERPLATE
                paragraph.prose = False
            elif zone == "contact":
                zone = "after"
            continue
        if begun and _ABOUT.match(line):
            paragraph.kind = SectionKind.BOILERPLATE
            zone = "about"
            continue
        if role == "contact data" or (role is None and _is_address(paragraphs, index)):
            paragraph.kind = SectionKind.CONTACT
            if zone == "body" and begun:
                zone = "contact"
                above = paragraphs[index - 1]
                if above.kind is None and is_publisher_name(above.text):
                    above.kind = SectionKind.CONTACT
            continue
        if zone == "contact":
            if len(line) < 120 and not SUM.search(line):
                paragraph.kind = SectionKind.CONTACT
            else:
                zone = "after"
        elif zone in ("after", "about"):
            if begun and dates.header_date(line) is not None and not _releases_follow(paragraphs, index):
                zone = "tail"  # a dated list of other news
                paragraph.kind = SectionKind.BOILERPLATE
            elif zone == "about":
                zone = "after"


def _is_address(paragraphs: list[Paragraph], index: int) -> bool:
    line = paragraphs[index].text
    if len(line) > 100:
        return False
    if ADDRESS.match(line):
        return True
    if POSTAL_CODE.match(line) is None or SUM.search(line):
        return False
    beside = [p for p in paragraphs[max(index - 1, 0) : index + 2] if p is not paragraphs[index]]
    return any(p.kind is SectionKind.CONTACT or p.role in ("contact", "contact data") for p in beside)


def _remaining_prose(paragraphs: list[Paragraph]) -> list[int]:
    """Characters of running text from each paragraph on: a heading in the middle does not end a release."""
    sums = [0]
    for paragraph in reversed(paragraphs):
        sums.append(sums[-1] + (len(paragraph.text) if paragraph.prose and paragraph.kind is None else 0))
    return sums[:0:-1]


def _releases_follow(paragraphs: list[Paragraph], index: int) -> bool:
    """True where the dated line is the last word of the release itself."""
    return all(not p.prose for p in paragraphs[index + 1 :])


def _mark_source_note(paragraphs: list[Paragraph], index: int) -> str:
    """Labels a source note and its lines; returns the zone that follows it."""
    heading = paragraphs[index]
    lines = [heading]
    if plain(heading.text) in phrases().lines:  # the heading alone: the next line is the note, and further ones like it
        for paragraph in paragraphs[index + 1 : index + 8]:
            if paragraph.kind is not None or len(paragraph.text) > 300 or paragraph.role not in (None, "contact data"):
                break
            if len(lines) > 1 and not _RELEASE_NOTE.match(paragraph.text):
                break
            lines.append(paragraph)
    ends = len(lines) > 1 or _RELEASE_NOTE.search(heading.text) is not None or dates.first_date(heading.text) is not None
    for paragraph in lines:
        paragraph.kind = SectionKind.SOURCE_NOTE
        paragraph.role = "source_note"
        paragraph.prose = False
    return "tail" if ends else "body"


def _mark_teaser_heading(paragraphs: list[Paragraph], index: int) -> None:
    """The headline of a teaser goes with it."""
    if paragraphs[index].role != "teaser" or index == 0:
        return
    heading = paragraphs[index - 1]
    free = heading.kind is None and heading.role is None and not heading.prose
    if free and len(heading.text) < 160 and heading.text[-1] not in ".:":
        heading.kind = SectionKind.BOILERPLATE


def _label_head(paragraphs: list[Paragraph], title: tuple[int, int] | None) -> None:
    """Labels the lines above the running text: letterhead and date line are notes, the rest is the site's."""
    lead = next((i for i, p in enumerate(paragraphs) if p.prose and p.kind is None), None)
    for index, paragraph in enumerate(paragraphs[: 0 if lead is None else lead]):
        if paragraph.kind is not None:
            continue
        line = paragraph.text
        if dates.dateline(line) is not None and len(line) > 60:
            paragraph.kind = SectionKind.LEAD
        elif (
            is_publisher_name(line)
            or _LETTERHEAD.match(line)
            or line.endswith(" mit:")
            or dates.header_date(line)
            or _NUMBER.match(line)
            or (title is not None and index < title[0] and dates.stamped_dateline(line))
        ):
            paragraph.kind = SectionKind.SOURCE_NOTE
        elif title is not None and index < title[0] and len(line) < 80 and not SUM.search(line):
            paragraph.kind = SectionKind.BOILERPLATE


def _label_lists_and_lead(paragraphs: list[Paragraph], title: tuple[int, int] | None) -> None:
    """Labels what is left: lead, lists, body, and loose lines behind the release."""
    free = [i for i, p in enumerate(paragraphs) if p.kind is None]
    text_end = max((i for i in free if _is_substance(paragraphs[i])), default=len(paragraphs))
    prose = [i for i in free if paragraphs[i].prose]
    has_lead = title is not None and len(prose) > 1
    site_seen = False
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind is not None:
            site_seen = site_seen or (index > text_end and paragraph.kind in _OF_THE_SITE)
        elif index > text_end and site_seen:
            paragraph.kind = SectionKind.BOILERPLATE
        elif has_lead and title and title[1] < index <= prose[0] and (index == prose[0] or paragraph.words > 3):
            paragraph.kind = SectionKind.LEAD
        elif LIST_ITEM.match(paragraph.text) and paragraph.end - paragraph.start < 1000:
            paragraph.kind = SectionKind.LIST
        else:
            paragraph.kind = SectionKind.BODY
    for above, copy in itertools.pairwise(paragraphs):
        heads = _is_row(above) and not _is_substance(above) and above.text[-1].isalpha()
        if heads and copy.kind is SectionKind.DUPLICATE and len(copy.text) > 60:
            above.kind = SectionKind.DUPLICATE  # the heading of the copy
    # Three and more short lines in a row are a list.
    run: list[Paragraph] = []
    for entry in [*paragraphs, None]:
        if entry is not None and _is_row(entry):
            run.append(entry)
            continue
        if len(run) >= 3:
            for line in run:
                line.kind = SectionKind.LIST
        run = []


def _is_substance(paragraph: Paragraph) -> bool:
    """True for what a release ends with: running text, a list, sums of money."""
    return paragraph.prose or LIST_ITEM.match(paragraph.text) is not None or SUM.search(paragraph.text) is not None


def _is_row(paragraph: Paragraph) -> bool:
    line = paragraph.text
    return paragraph.kind is SectionKind.BODY and not paragraph.prose and len(line) < 150 and line[-1] not in ".!?:"


def _published(paragraphs: list[Paragraph], title: tuple[int, int] | None) -> tuple[dt.date | None, PublishedFrom | None]:
    """The date of the release by the order of trust: source note, dateline, header."""
    for paragraph in paragraphs:
        if paragraph.role == "source_note" and (date := dates.first_date(paragraph.text)):
            return date, PublishedFrom.SOURCE_NOTE
    skipped = (SectionKind.DUPLICATE,)
    prose = [i for i, p in enumerate(paragraphs) if p.prose and p.kind not in (SectionKind.BOILERPLATE, SectionKind.DUPLICATE)]
    head = prose[1] + 1 if len(prose) > 1 else (prose[0] + 3 if prose else min(len(paragraphs), 12))
    top = [p for p in paragraphs[:head] if p.kind not in skipped]
    for paragraph in top:  # the date that a portal prints above is the day on which it took in the release
        if len(paragraph.text) >= 60 and paragraph.role is None and (date := dates.inner_dateline(paragraph.text, place=True)):
            return date, PublishedFrom.DATELINE
    for paragraph in top:
        if paragraph.role is None and (date := dates.dateline(paragraph.text[:160])):
            return date, PublishedFrom.DATELINE
    for paragraph in paragraphs[: title[0] if title else 0]:
        if date := dates.stamped_dateline(paragraph.text[:80]):
            return date, PublishedFrom.DATELINE
    if title and (trailing := dates.trailing_date(paragraphs[title[1]].text)):
        return trailing[1], PublishedFrom.HEADER
    for index in prose[:2]:
        if date := dates.today_date(paragraphs[index].text):
            return date, PublishedFrom.HEADER
    for paragraph in top:
        if paragraph.role in ("boilerplate", "teaser"):
            continue
        line = paragraph.text
        date = dates.bracket_date(line) if paragraph.prose else (dates.header_date(line) if len(line) < 250 else None)
        if date is None and (paragraph.prose or len(line) >= 60):
            date = dates.inner_dateline(line)
        if date:
            return date, PublishedFrom.HEADER
    for paragraph in paragraphs[head:]:
        if len(paragraph.text) < 120 and paragraph.kind not in skipped and (date := dates.labelled_date(paragraph.text)):
            return date, PublishedFrom.HEADER
    for label, paragraph in itertools.pairwise(paragraphs[head - 1 if head else 0 :]):
        if label.text[-1] == ":" and dates.is_date_label(label.text) and (date := dates.header_date(paragraph.text)):
            return date, PublishedFrom.HEADER
    if prose:
        lead = paragraphs[prose[0]].text[:600]
        if date := dates.opening_date(paragraphs[0].text[:200]) or dates.opening_date(lead):
            return date, PublishedFrom.HEADER
        start, end = sentence_spans(lead)[0]
        if date := dates.sentence_date(lead[start:end]):
            return date, PublishedFrom.HEADER
        numbers = (dates.numbered_date(p.text, lead) for p in top if len(p.text) < 90)
        if date := next((d for d in numbers if d), None):
            return date, PublishedFrom.HEADER
        foot = [d for p in paragraphs[prose[-1] + 1 :] if len(p.text) < 50 and (d := dates.dateline(p.text))]
        if len(foot) == 1:
            return foot[0], PublishedFrom.DATELINE
        tail = [p for p in paragraphs if p.kind not in skipped][-2:]
        if not tail[0].text.endswith(":") and (date := dates.closing_date(tail[-1].text)):
            return date, PublishedFrom.HEADER
    return None, None


def _language(paragraphs: list[Paragraph], prose: list[Paragraph]) -> str:
    chosen = prose or paragraphs
    sample: list[str] = []
    length = 0
    for paragraph in chosen:
        sample.append(paragraph.text)
        length += len(paragraph.text)
        if length > 1500:
            break
    return detect_language("\n".join(sample))


def _sections(paragraphs: list[Paragraph]) -> list[Section]:
    """Paragraphs of one kind that follow each other are one section."""
    sections: list[Section] = []
    kind: SectionKind | None = None
    start = end = 0
    for paragraph in paragraphs:
        if paragraph.kind is not kind:
            if kind is not None:
                sections.append(Section(kind=kind, start=start, end=end))
            kind, start = paragraph.kind, paragraph.start
        end = paragraph.end
    if kind is not None:
        sections.append(Section(kind=kind, start=start, end=end))
    return sections
