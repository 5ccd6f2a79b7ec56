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
from policy_ie.text.language import detect_language
from policy_ie.text.paragraph import Paragraph, is_publisher_name
from policy_ie.text.phrases import phrases, plain
from policy_ie.text.publisher import find_publisher

__all__ = ["Layout", "read_layout"]

_CALENDAR = re.compile(r"(?:(?:Mo|Di|Mi|Do|Fr|Sa|So|KW)\b[.\s|]*){5,}$|\d{1,2}(?:[\s|]+\d{1,2}){5,}$")
_MONTH_LINE = re.compile(r"(?:[‹«<]\s*)?(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?:\s+\d{4})?(?:\s*[›»>])?$")
_TEASER = re.compile(
    r"(?:[.!?…:“\"”)]|\.\.\.)\s*[\[(»>]*\s*(?:mehr|weiter|weiterlesen|mehr lesen|weitere informationen|mehr erfahren|zum artikel|zur meldung|zur pressemitteilung|"
    r"lesen sie mehr|mehr dazu|mehr informationen|artikel lesen|details)\W*$",
    re.IGNORECASE,
)
_LINK_WORDS = frozenset(("mehr", "weiterlesen", "mehr lesen", "mehr erfahren", "weiter", "mehr informationen", "weitere informationen anzeigen"))
_READING_TIME = re.compile(r"\d{1,2}(?::\d\d)?\s*Min(?:\.|uten?)?\s*(?:Lesedauer|Lesezeit)|Lesezeit")
_CREDIT = re.compile(r"(?:Foto|Fotos|Bild|Bilder|Grafik|Quelle|Fotograf|Bildrechte|Bildquelle)\s?:\s", re.IGNORECASE)
_CRUMBS = re.compile(r"[^.!?|>›»/]{2,40}(?:\s[>›»/|]\s[^.!?|>›»/]{2,60}){2,}$")
_CONTACT_DATA = re.compile(
    r"\b(?:Tel(?:efon)?|Fon|Fax|Telefax|Mobil|E-?Mail|Mail)\b\s?[.:]|[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+\s?\.|\b0\d{2,4}[ /–-]+\d{3,}|www\.|https?://"
)
_ADDRESS = re.compile(r"(?:[A-ZÄÖÜ][\w.-]*(?:straße|str\.|platz|allee|weg|ufer|ring|damm|gasse|markt)\b|[A-ZÄÖÜ][\w.-]* (?:Straße|Str\.|Platz|Allee|Weg|Ufer|Ring)).{0,3}\s?\d+|\d{5} [A-ZÄÖÜ]")
_LIST_ITEM = re.compile(r"[•·▪■●◦‣►▶➢✓*→]|[-–—]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s")
_SUM = re.compile(r"\d\s?(?:€|Euro|EUR|TEUR|T€|Mio|Mrd)|€\s?\d")
_ABOUT = re.compile(r"Über (?:die|das|den|uns|[A-ZÄÖÜ])[^.!?]{0,80}:?$")
_RELEASE_NOTE = re.compile(r"(?:Presse|Medien|PM\b|Pressemeldung|Online-Recherche|Meldung|Mitteilung|www\.|https?:)", re.IGNORECASE)
_LETTERHEAD = re.compile(r"(?:Presse|Medien)-?\s?(?:mitteilung|information|meldung|info|erklärung|dienst)\b", re.IGNORECASE)
_META_LINE = re.compile(
    r"(?:(?:Presse|Medien)-?\s?(?:mitteilung|information|meldung|info|erklärung|dienst)(?:en)?|PM|PI)\b[^a-zA-ZäöüÄÖÜ]*(?:Nr\b|Nummer\b|vom\b|\d|\(|$)"
    r"|(?:Themen|Sprecher(?:innen)?|Teilnehmer(?:innen)?|Gesprächspartner)\s?:\s|(?:Thema|Ressort|Rubrik|Kategorie|Bereich|Datum|Autor(?:in)?|Von|Nr|Nummer|Ort|Stichwort|Fachbereich)\.?:\s.{0,60}$",
    re.IGNORECASE,
)
_RELEASE_END = re.compile(r"[-–—+*\s(]*(?:ende(?: der (?:presse|medien)?mitteilung)?)[-–—+*\s)]*$", re.IGNORECASE)

#: Score of a line that is a headline without doubt.
_GOOD_HEADLINE = 2.0
#: Characters from which on a body counts as begun.
_MIN_BODY = 80


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
        >>> layout = read_layout("Kreis baut Radweg\\n\\nSoest, 3. Mai 2019. Der Kreis Soest baut einen Radweg nach Werl, sagte der Landrat.")
        >>> layout.published.isoformat(), [s.kind.value for s in layout.sections]
        ('2019-05-03', ['title', 'body'])
    """
    spans = paragraph_spans(text)
    paragraphs = [Paragraph(text[start:end], start, end) for start, end in spans]
    _label_by_form(paragraphs)
    _join_teasers(paragraphs)
    mark_duplicates(paragraphs)
    first = _head(paragraphs)
    title, headline = _mark_title(paragraphs, first, title_hint)
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
        paragraphs=spans,
        warnings=warnings,
    )


def _label_by_form(paragraphs: list[Paragraph]) -> None:
    """Labels what shows by itself that it is of the site, and what is running text."""
    known = phrases()
    for paragraph in paragraphs:
        line = paragraph.text
        length = len(line)
        paragraph.role = known.kind_of(line)
        if paragraph.role == "boilerplate" and length > 600:
            paragraph.role = None  # too much to be decided by its first words
        if paragraph.role is not None:
            paragraph.prose = False
            continue
        if length >= 40 and _TEASER.search(line, length - 40):
            paragraph.role = "teaser"
        elif length < 140 and (
            _CALENDAR.match(line)
            or _MONTH_LINE.match(line)
            or _READING_TIME.match(line)
            or (length < 100 and _CREDIT.match(line))
            or (paragraph.words < 20 and _CRUMBS.match(line) and dates.first_date(line) is None)
        ):
            paragraph.role = "boilerplate"
        else:
            paragraph.prose = paragraph.looks_like_prose()
            if not paragraph.prose and length < 200:
                if _CONTACT_DATA.search(line):
                    paragraph.role = "contact data"
                elif length < 80 and _RELEASE_END.match(line):
                    paragraph.role = "end"


def _join_teasers(paragraphs: list[Paragraph]) -> None:
    """A cut text before a line "weiterlesen" is a teaser; a single teaser on a page is the lead of its only text."""
    for paragraph, following in itertools.pairwise(paragraphs):
        if (
            following.role == "boilerplate"
            and paragraph.role is None
            and len(paragraph.text) < 700
            and paragraph.text.endswith(("…", "..."))
            and plain(following.text) in _LINK_WORDS
        ):
            paragraph.role = "teaser"
            paragraph.prose = False
    teasers = [p for p in paragraphs if p.role == "teaser"]
    if len(teasers) == 1 and not any(p.prose for p in paragraphs):
        teasers[0].role = None
        teasers[0].prose = True


def _head(paragraphs: list[Paragraph]) -> int:
    """Index where the release begins: behind what a portal says in its own cause before the line "Aktuelles"."""
    before = 0
    for index, paragraph in enumerate(paragraphs):
        restart = paragraph.role == "category" or (paragraph.role is None and not paragraph.prose and len(paragraph.text) < 90 and _META_LINE.match(paragraph.text))
        if restart and before:
            after = sum(len(p.text) for p in paragraphs[index:] if p.prose and p.kind is not SectionKind.DUPLICATE)
            dated = paragraph.role is None and dates.header_date(paragraph.text) is not None
            if after > (1 if dated else 2) * before and not any(p.role in ("source_note", "contact") for p in paragraphs[:index]):
                for p in paragraphs[:index]:
                    if p.kind is None and not is_publisher_name(p.text):
                        p.kind = SectionKind.BOILERPLATE
                        p.prose = False
                return index
            return 0
        if paragraph.prose and paragraph.kind is None:
            before += len(paragraph.text)
            if before > 700:
                return 0
    return 0


def _mark_title(
    paragraphs: list[Paragraph], first: int, hint: str | None
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Finds and labels the headline; returns the indexes of its first and last line, and its offsets."""
    lead = next((i for i in range(first, len(paragraphs)) if paragraphs[i].prose and paragraphs[i].kind is None), None)
    end = len(paragraphs) if lead is None else lead
    free = [i for i in range(first, min(end, first + 200)) if paragraphs[i].kind is None and paragraphs[i].role is None]
    candidates = [i for i in free if paragraphs[i].words >= 2 and _can_be_title(paragraphs[i].text)]
    chosen = _hinted(paragraphs, candidates, hint) if hint else None
    if chosen is None:
        category = max((i for i in range(first, end) if paragraphs[i].role == "category"), default=-1)
        if any(i > category for i in free):
            free = [i for i in free if i > category]
            candidates = [i for i in candidates if i > category]
        scores = {i: _headline_score(paragraphs[i].text) for i in candidates}
        # The first good one of the last three: below a headline stand sub-headings, above it menus.
        chosen = next((i for i in candidates[-3:] if scores[i] >= _GOOD_HEADLINE), None)
        for i in free[-4:]:
            if (chosen is None or i < chosen) and (offset := _dated_headline(paragraphs[i].text)):
                paragraphs[i].kind = SectionKind.TITLE
                return (i, i), (paragraphs[i].start + offset, paragraphs[i].end)
        if chosen is None and candidates:
            chosen = max(candidates, key=lambda i: (scores[i], i in candidates[-3:], -i))
    if chosen is None and lead is not None:
        following = next((p for p in paragraphs[lead + 1 :] if p.prose and p.kind is None), None)
        # A headline with a full stop, or as long as a sentence.
        if following is not None and len(paragraphs[lead].text) < 130 < len(following.text) and paragraphs[lead].sentences == 1:
            chosen = lead
    if chosen is None:
        return None, None
    begin = finish = chosen
    if paragraphs[chosen].text.endswith(":") and chosen + 1 in candidates:
        finish = chosen + 1
    elif (
        chosen - 1 in candidates
        and paragraphs[chosen - 1].text.endswith(":")
        and paragraphs[chosen].start - paragraphs[chosen - 1].end < 3
    ):
        begin = chosen - 1
    for i in range(begin, finish + 1):
        paragraphs[i].kind = SectionKind.TITLE
        paragraphs[i].prose = False
    return (begin, finish), (paragraphs[begin].start, paragraphs[finish].end)


def _hinted(paragraphs: list[Paragraph], candidates: list[int], hint: str) -> int | None:
    """The line that the metadata of the page call the title."""
    wanted = plain(hint)
    keys = ((i, plain(paragraphs[i].text)) for i in candidates)
    return next((i for i, key in keys if len(key) > 10 and (key in wanted or wanted in key)), None)


def _dated_headline(line: str) -> int:
    """Offset of a headline behind the date that begins its line, or 0."""
    offset = dates.after_date(line)
    rest = line[offset:]
    if offset <= 0 or " | " in rest or is_publisher_name(rest) or len(rest) < 25:
        return 0
    return offset if _headline_score(rest) >= _GOOD_HEADLINE else 0


def _can_be_title(line: str) -> bool:
    return (
        8 <= len(line) <= 300
        and not is_publisher_name(line)
        and dates.header_date(line) is None
        and dates.dateline(line) is None
        and not _ADDRESS.search(line)
        and not _LIST_ITEM.match(line)
        and not line.endswith((" mit:", " mit"))
        and not _META_LINE.match(line)
        and any(c.islower() for c in line)
    )


def _headline_score(line: str) -> float:
    words = line.count(" ") + 1
    score = 0.0
    if words >= 4:
        score += 2
    elif words == 3:
        score += 1
    if 25 <= len(line) <= 200:
        score += 1
    if re.search(r"[:„“\"»–]|\d", line):
        score += 0.5
    if re.search(r"\s[a-zäöü]{3,}(?:t|en|et)(?:\s|$)", line):
        score += 0.5
    return score


def _label_tail(paragraphs: list[Paragraph], title: tuple[int, int] | None) -> None:
    """Labels notes, contacts and what follows the release, in one walk down the page."""
    known = phrases()
    seen = 0  # characters of running text so far
    remaining = _remaining_prose(paragraphs)
    zone = "body"
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind is not None:
            if paragraph.kind is SectionKind.DUPLICATE:
                if zone == "contact":
                    zone = "body"
            elif paragraph.kind is SectionKind.BOILERPLATE and zone == "contact":
                zone = "after"
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
        if role == "contact data" or (role is None and len(line) < 100 and _ADDRESS.match(line)):
            paragraph.kind = SectionKind.CONTACT
            if zone == "body" and begun:
                zone = "contact"
                above = paragraphs[index - 1]
                if above.kind is None and is_publisher_name(above.text):
                    above.kind = SectionKind.CONTACT
            continue
        if zone == "contact":
            if len(line) < 120 and not _SUM.search(line):
                paragraph.kind = SectionKind.CONTACT
            else:
                zone = "after"
        elif zone in ("after", "about"):
            if begun and dates.header_date(line) is not None and not _releases_follow(paragraphs, index):
                zone = "tail"  # a dated list of other news
                paragraph.kind = SectionKind.BOILERPLATE
            elif zone == "about":
                zone = "after"


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
    if heading.kind is None and not heading.prose and heading.role is None and len(heading.text) < 160 and heading.text[-1] not in ".:":
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
        elif is_publisher_name(line) or _LETTERHEAD.match(line) or line.endswith(" mit:") or dates.header_date(line) is not None:
            paragraph.kind = SectionKind.SOURCE_NOTE
        elif title is not None and index < title[0] and len(line) < 80 and not _SUM.search(line):
            paragraph.kind = SectionKind.BOILERPLATE


def _label_lists_and_lead(paragraphs: list[Paragraph], title: tuple[int, int] | None) -> None:
    """Labels what is left: lead, lists, body, and loose lines behind the release."""
    free = [i for i, p in enumerate(paragraphs) if p.kind is None]
    text_end = max((i for i in free if paragraphs[i].prose or _LIST_ITEM.match(paragraphs[i].text) or _SUM.search(paragraphs[i].text)), default=-1)
    prose = [i for i in free if paragraphs[i].prose]
    site_seen = False
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind is not None:
            if index > text_end >= 0 and paragraph.kind in (SectionKind.BOILERPLATE, SectionKind.CONTACT, SectionKind.DUPLICATE):
                site_seen = True
            continue
        if index > text_end >= 0 and site_seen:
            paragraph.kind = SectionKind.BOILERPLATE
        elif title is not None and len(prose) > 1 and title[1] < index <= prose[0] and (index == prose[0] or paragraph.words > 3):
            paragraph.kind = SectionKind.LEAD
        elif _LIST_ITEM.match(paragraph.text) and paragraph.end - paragraph.start < 1000:
            paragraph.kind = SectionKind.LIST
        else:
            paragraph.kind = SectionKind.BODY
    for above, copy in itertools.pairwise(paragraphs):
        if copy.kind is SectionKind.DUPLICATE and above.kind is SectionKind.BODY and not above.prose and len(above.text) < 100:
            above.kind = SectionKind.DUPLICATE  # the heading of the copy
    # Three and more short lines in a row are a list.
    run: list[Paragraph] = []
    for entry in [*paragraphs, None]:
        if entry is not None and entry.kind is SectionKind.BODY and not entry.prose and len(entry.text) < 150 and entry.text[-1] not in ".!?:":
            run.append(entry)
            continue
        if len(run) >= 3:
            for line in run:
                line.kind = SectionKind.LIST
        run = []


def _published(paragraphs: list[Paragraph], title: tuple[int, int] | None) -> tuple[dt.date | None, PublishedFrom | None]:
    """The date of the release by the order of trust: source note, dateline, header."""
    for paragraph in paragraphs:
        if paragraph.role == "source_note" and (date := dates.first_date(paragraph.text)):
            return date, PublishedFrom.SOURCE_NOTE
    skipped = (SectionKind.DUPLICATE,)
    prose = [i for i, p in enumerate(paragraphs) if p.prose and p.kind not in (SectionKind.BOILERPLATE, SectionKind.DUPLICATE)]
    head = prose[1] + 1 if len(prose) > 1 else (prose[0] + 3 if prose else min(len(paragraphs), 12))
    top = [p for p in paragraphs[:head] if p.kind not in skipped]
    for paragraph in top:
        if paragraph.role is None and (date := dates.dateline(paragraph.text[:160])):
            return date, PublishedFrom.DATELINE
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
    if prose:
        lead = paragraphs[prose[0]].text[:600]
        start, end = sentence_spans(lead)[0]
        if date := dates.sentence_date(lead[start:end]):
            return date, PublishedFrom.HEADER
    return None, None


def _language(paragraphs: list[Paragraph], prose: list[Paragraph]) -> str:
    chosen = prose or paragraphs
    sample: list[str] = []
    length = 0
    for paragraph in chosen:
        sample.append(paragraph.text)
        length += len(paragraph.text)
        if length > 4000:
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
