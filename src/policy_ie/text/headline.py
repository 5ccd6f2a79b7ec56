"""The headline of a release, and what a portal prints above it in its own cause."""

from __future__ import annotations

import re

from policy_ie.language.calendar import MONTHS
from policy_ie.records import SectionKind
from policy_ie.text import dates
from policy_ie.text.form import ADDRESS, LIST_ITEM
from policy_ie.text.paragraph import Paragraph, is_publisher_name
from policy_ie.text.phrases import plain
from policy_ie.text.publisher import letterhead_name

__all__ = ["mark_headline", "mark_preamble"]

_NOUN = r"(?:Presse|Medien)-?\s?(?:mitteilung|information|meldung|info|erklärung|dienst)(?:en)?|PM|PI"
_LABEL = r"Thema|Ressort|Rubrik|Kategorie|Bereich|Datum|Autor(?:in)?|Von|Nr|Nummer|Ort|Stichwort|Fachbereich"
#: A line that says what follows, or names number, subject or speakers: never a headline.
_META_LINE = re.compile(
    rf"(?:{_NOUN})\b[^a-zA-ZäöüÄÖÜ]*(?:Nr\b|Nummer\b|vom\b|\d|\(|$)"
    r"|(?:Themen|Sprecher(?:innen)?|Teilnehmer(?:innen)?|Gesprächspartner)\s?:\s"
    rf"|(?:{_LABEL})\.?:\s.{{0,60}}$"
    r"|(?:Wo|Wann|Wer|Was|Beginn|Treffpunkt|(?:Staats)?(?:minister|sekretär)(?:in)?)\s?:\s"
    r"|(?:Meldungen|Nachrichten|Aktuelles|Neues|Neuigkeiten)\saus\sde[mr]\s\w*(?:[Rr]athaus|ratsamt|[Kk]reis|[Ss]tadt|[Gg]emeinde|[Mm]inisterium|[Bb]ezirk)"
    r"[^.:!?]{0,30}$"
    r"|(?:Presse|Medien)(?:mitteilungen|informationen|meldungen)\s(?:de[rs]|-\sDetail)\b[^.:!?]*$"
    r"|(?:Home|Startseite)\s?[>»›|/]|Start(?:web)?(?:seite|site)\sde[rs]\s"
    r"|(?:Erstellt|Herausgegeben|Veröffentlicht|Verfasst)\s+(?:von|durch)\s",
    re.IGNORECASE,
)
_RELEASE = re.compile(rf"(?:{_NOUN})\b")
#: "Kultusministerium - Pressemitteilung Nr.: 33/05": a letterhead with the body before.
_NUMBERED = re.compile(rf"(?:{_NOUN})\s(?:Nr|Nummer)\b[.:\s]*\d[\d/ -]*$", re.IGNORECASE)
#: What a portal prints of its own: menus, captions, cells of a row, breadcrumbs, the words for its logo, its subjects.
_PORTAL = re.compile(
    r"(?:\S+ {2,}){2,}\S+$|\d\d/\d\d/\d{4} \|"
    r"|(?:[^|]*\|){3}|.*[\s(](?:Bild|Foto)s?:\s.{0,60}$|\|.{0,120}$|.{0,80}\|$|.{0,80}\sLogo$|.{3,40}\s>>\s"
    r"|.{0,150}\s:\sThema:\s"
)
#: One of them stands in each of these lines.
_PORTAL_MARKS = ("|", "  ", ":", "Logo", ">>")
#: The way to a page, before its headline.
_CRUMBS = re.compile(
    r"Startseite (?:Presse|Aktuelles|Service) (?:(?:Presse)?(?:mitteilung|meldung)en |Meldungen )?(?=[A-ZÄÖÜ„])"
)
_SIGN = re.compile(r"[:„“\"»–]|\d")
#: "Meier: Land fördert", not "Meier: „Ein guter Tag“"
_SPEAKER = re.compile(r"[A-ZÄÖÜ][a-zäöüß-]+: [A-ZÄÖÜ\d]")
#: "Neue Brücke eröffnet"
_PARTICIPLE = re.compile(r"\s(?:[a-zäöüß]{3,}t|(?:[a-zäöüß]*ge|ver|be|er|über|unter)[a-zäöüß]{3,}en)$")
#: "20. Medientage in Halle"
_ORDINAL = re.compile(rf"\d{{1,3}}\. (?!(?:{'|'.join(MONTHS)})\b)[A-ZÄÖÜ]")
_VERB = re.compile(r"\s[a-zäöü]{3,}(?:t|en|et)(?:\s|$)")
#: Score of a line that is a headline without doubt.
_GOOD_HEADLINE = 2.0


def mark_preamble(paragraphs: list[Paragraph]) -> int:
    """Index where the release begins: behind what a portal says in its own cause before the line "Aktuelles"."""
    before = 0
    for index, paragraph in enumerate(paragraphs):
        restart = paragraph.role == "category" or _is_letterhead(paragraph)
        if restart and before:
            after = sum(len(p.text) for p in paragraphs[index:] if p.prose and p.kind is not SectionKind.DUPLICATE)
            dated = paragraph.role is None and dates.header_date(paragraph.text) is not None
            ended = any(p.role in ("source_note", "contact") for p in paragraphs[:index])
            if not ended and after > (1 if dated else 2) * before:
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


def _is_letterhead(paragraph: Paragraph) -> bool:
    line = paragraph.text
    return paragraph.role is None and not paragraph.prose and len(line) < 90 and _is_meta_line(line)


def _is_meta_line(line: str) -> bool:
    return _META_LINE.match(line) is not None or line.endswith(" informiert:")


def mark_headline(
    paragraphs: list[Paragraph], first: int, hint: str | None
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Finds and labels the headline; returns the indexes of its first and last line, and its offsets."""
    lead = next((i for i in range(first, len(paragraphs)) if paragraphs[i].prose and paragraphs[i].kind is None), None)
    end = len(paragraphs) if lead is None else lead
    free = [i for i in range(first, min(end, first + 200)) if paragraphs[i].kind is None and paragraphs[i].role is None]
    candidates = [
        i for i in free if paragraphs[i].words >= 2 and _can_be_title(paragraphs[i].text) and not _in_contact(paragraphs, i)
    ]
    candidates = sorted({paragraphs[i].text: i for i in reversed(candidates)}.values())
    # Captions stand above the owner of the picture, and below the headline.
    candidates = [i for i in candidates if not paragraphs[min(i + 1, end - 1)].text.startswith("©")] or candidates
    if not candidates and not any(p.text.startswith("2. ") for p in paragraphs):
        candidates = [i for i in free if _ORDINAL.match(paragraphs[i].text) and _can_be_title(paragraphs[i].text[4:].lstrip())]
    chosen = _hinted(paragraphs, candidates, hint) if hint else None
    if chosen is None:
        category = max((i for i in range(first, end) if paragraphs[i].role == "category"), default=-1)
        if any(i > category for i in candidates):
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
    if chosen is not None and chosen + 1 in candidates and _is_kicker(paragraphs[chosen], paragraphs[chosen + 1]):
        chosen += 1
    if chosen is None and lead is not None:
        following = next((p for p in paragraphs[lead + 1 :] if p.prose and p.kind is None), None)
        # A headline with a full stop, or as long as a sentence.
        short = len(paragraphs[lead].text) < 130 and paragraphs[lead].sentences == 1
        if short and following is not None and len(following.text) > 130:
            chosen = lead
    if chosen is None and lead is not None and lead + 1 < len(paragraphs):
        chosen = _late_headline(paragraphs, lead)
    if chosen is None:
        return None, None
    begin = finish = chosen
    if paragraphs[chosen].text.endswith((":", " /")) and chosen + 1 in candidates:
        finish = chosen + 1
    elif (
        chosen - 1 in candidates
        and paragraphs[chosen - 1].text.endswith((":", " /"))
        and paragraphs[chosen].start - paragraphs[chosen - 1].end < 3
    ):
        begin = chosen - 1
    for i in range(begin, finish + 1):
        paragraphs[i].kind = SectionKind.TITLE
        paragraphs[i].prose = False
    stop = paragraphs[finish].start + len(paragraphs[finish].text.rstrip(" -–|"))
    if trailing := dates.trailing_date(paragraphs[finish].text):
        stop = paragraphs[finish].start + trailing[0]
    crumbs = _CRUMBS.match(paragraphs[begin].text)
    return (begin, finish), (paragraphs[begin].start + (crumbs.end() if crumbs else 0), stop)


def _is_kicker(line: Paragraph, following: Paragraph) -> bool:
    """True for a few words of the subject above the headline: "Radwege im Kreis" / "Meier: Land fördert den Ausbau"."""
    short = line.words < 5 and _SIGN.search(line.text) is None and _VERB.search(line.text) is None
    return short and len(following.text) > 2 * len(line.text) and _SPEAKER.match(following.text) is not None


def _in_contact(paragraphs: list[Paragraph], index: int) -> bool:
    """True for a line of the block that a contact heading opens."""
    while index and paragraphs[index].start - paragraphs[index - 1].end < 2:
        index -= 1
        if paragraphs[index].role == "contact":
            return True
        if paragraphs[index].role is not None or paragraphs[index].prose or _is_date_line(paragraphs[index].text):
            return False
    return False


def _late_headline(paragraphs: list[Paragraph], lead: int) -> int | None:
    """A headline as long as a text, before its date line; or one below a first sentence that says where the news are from."""
    first, second = paragraphs[lead], paragraphs[lead + 1]
    if second.kind is not None or second.role is not None or second.prose:
        return None
    if len(first.text) <= 300 and first.text[-1] not in ".:" and _is_date_line(second.text):
        return lead
    dated = any(dates.header_date(p.text) for p in paragraphs[:lead])
    heads = lead + 2 < len(paragraphs) and paragraphs[lead + 2].prose
    if dated and heads and len(first.text) < 200 and first.sentences == 1 and _can_be_title(second.text):
        return lead + 1 if _headline_score(second.text) >= _GOOD_HEADLINE else None
    return None


def _is_date_line(line: str) -> bool:
    return len(line) < 60 and (dates.header_date(line) or dates.dateline(line)) is not None


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
        and (dates.header_date(line) is None or (dates.trailing_date(line) is not None and not _RELEASE.match(line)))
        and dates.dateline(line) is None
        and dates.stamped_dateline(line) is None
        and not ADDRESS.search(line)
        and (not LIST_ITEM.match(line) or dates.trailing_date(line) is not None)
        and not line.endswith((" mit:", " mit"))
        and not _is_meta_line(line)
        and not (any(mark in line for mark in _PORTAL_MARKS) and _PORTAL.match(line))
        and not _is_dated_letterhead(line)
        and (line[-1].isalpha() or not _NUMBERED.search(line))
        and letterhead_name(line, bare="|" in line) is None
        and any(c.islower() for c in line)
    )


def _is_dated_letterhead(line: str) -> bool:
    """True for "Bundesministerium für Umwelt - Berlin, 8. April 2011 - Klimaschutz"."""
    name, _, rest = line.partition(" - ")
    return bool(rest) and is_publisher_name(name) and dates.header_date(rest.partition(" - ")[0]) is not None


def _headline_score(line: str) -> float:
    words = line.count(" ") + 1
    score = 0.0
    if words >= 4:
        score += 2
    elif words == 3:
        score += 1.5 if _PARTICIPLE.search(line) else 1
    if 25 <= len(line) <= 200:
        score += 1
    if _SIGN.search(line):
        score += 0.5
    if _VERB.search(line):
        score += 0.5
    return score
