"""What the engine reads of a document: mentions by place, sentences parsed once, and which stretches are silent."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from policy_ie.components.base import EventDraft, Filler, Mention, PolicyLayer
from policy_ie.components.events.asides import link_appositions
from policy_ie.components.events.frames import KIND_BITS, FrameSet
from policy_ie.components.events.triggers import lowered
from policy_ie.language.clauses import Sentence, parse
from policy_ie.language.sentences import sentence_spans
from policy_ie.language.tokens import Opaque
from policy_ie.records import SectionKind
from policy_ie.records.values import Link

__all__ = ["LONGEST", "Source", "judgement"]

_SILENT = frozenset((SectionKind.SOURCE_NOTE, SectionKind.CONTACT, SectionKind.BOILERPLATE, SectionKind.DUPLICATE))
#: "Thüringer", "Sächsische": no name, but an adjective before its noun.
_ADJECTIVE = re.compile(r"(?:er|ische[nrsm]?)\Z")
_BEFORE_NOUN = re.compile(r" [A-ZÄÖÜ][a-zäöüß]{3}")
#: What somebody has stands behind the name: "Hessens Minister", "Essens russischer Partnerstadt".
_POSSESSED = re.compile(r" (?:[a-zäöüß]+(?:[^t]e|er|es|em|en) )?[A-ZÄÖÜ]")
_ARTICLE = re.compile(r"\b(?:[Dd](?:er|ie|as|em|en|es)|[Ee]ine?[mnrs]?) \Z")
#: From how many spaces on quoted words are speech, not a name.
_SPOKEN = 6
#: The quoted name of a building behind its noun.
_QUOTED = re.compile(r" (?:„[^“”\"„\n.]{2,60}[“”\"]|»[^«»\n.]{2,60}«|«[^«»\n.]{2,60}»|\"[^\"\n.]{2,60}\"|‚[^‘’\n.]{2,60}[‘’])")
#: From the opening mark of a quoted name to a word within it.
_WITHIN = re.compile(r"[„»][^„“”»«\n]+\Z")
#: Longest stretch that is parsed as one sentence.
LONGEST = 1500
#: "Hannover, 3. Mai 2019 – ", "Stralsund. – ": place and date of the release, no part of its first sentence.
_DATELINE = re.compile(
    r"(?:\+{2,}\s*)?(?:\d{1,2}\.\d{1,2}\.\d{2,4}\s*[/|,–-]\s*)?"
    r"(?:\(?[A-ZÄÖÜ][^\s,;:()–—]{2,30}(?: (?:am |an der |a\. ?d\. ?)?[A-ZÄÖÜ][^\s,;:()–—]{2,20}){0,2}\)?"
    r"(?:/[A-ZÄÖÜ]\w+)?[.,]?\s*)?"
    r"(?:(?:den |am )?\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ]\w{2,9})\s?\d{2,4}[.,]?\s*)?(?:\([^)]{2,20}\)\s*)?"
    r"(?:[–—-]{1,2}|\+{2,}|//)\s+(?=[A-ZÄÖÜ„\"»])"
    r"|[A-ZÄÖÜ][\w/ -]{2,40}?\.?\s*\((?:red|pm|ots|dpa|epd|ddp|afp|AFP)[^)]{0,8}\)[.:]?\s+(?=[A-ZÄÖÜ„\"»])"
    r"|[A-ZÄÖÜ][\w/-]{2,30}\s·\s(?=[A-ZÄÖÜ„\"»])"
    r"|[A-ZÄÖÜ]{4,}(?:[/-][A-ZÄÖÜ]{4,})?\.?\s+(?=(?:Das|Der|Die|In|Im|Am|Mit|Für|Rund)\s)"
)
#: What closes a dateline, or a note of who wrote; few sentences have one near their head.
_DASH = re.compile(r"[–—+/·-]\s|\([A-Za-z/]{2,12}\)")
#: "Nr.: 012/04 Celle, den 3. Mai 2004 ": a letterhead in the same line as the text.
_LETTERHEAD = re.compile(r"Nr\.?:?\s*\d+/\d+\s+[A-ZÄÖÜ][^\s,]+,\s+(?:den\s+)?\d{1,2}\.\s?\w+\.?\s?\d{4}\s+")
#: Parties and courts of appeal, and in how many characters one of them is named in a judgement.
_SUIT = ("kläger", "beklagte", "revision", "bverw", "bverfg", " bgh", "bsg", "bfh", " bag ", "urteil vom", "beschluss vom")
_SUITS, _SUIT_SPAN = 4, 600


class Source:
    """One document: mentions by place, sentences parsed once."""

    def __init__(self, layer: PolicyLayer, frames: FrameSet) -> None:
        self.layer, self.frames = layer, frames
        self.text = layer.text
        self.low = lowered(layer.text)
        self.sentences = layer.sentences or sentence_spans(layer.text)
        self.starts = [s for s, _ in self.sentences]
        self._opaque = self._opaque_stretches()
        self._opaque_starts = [o[0] for o in self._opaque]
        #: Drafts that only add to an event told of before.
        self.followers: list[EventDraft] = []
        #: Persons who give, by the identity of their mentions.
        self.givers: set[int] = set()
        #: Where openings are told whose openers are no entity: "Der Zulieferer eröffnete seinen neuen Standort".
        self.opened: set[tuple[int, int]] = set()
        self._kinds: dict[tuple[int, int], int] = {}
        #: Where the words of a sentence begin, behind its dateline.
        self._bodies: dict[int, int] = {}
        self._parsed: dict[tuple[int, int], Sentence] = {}
        self._silent = [(s.start, s.end) for s in layer.sections or () if s.kind in _SILENT]
        self.titles = [(s.start, s.end) for s in layer.sections or () if s.kind in (SectionKind.TITLE,)]
        if layer.title is not None and layer.title not in self.titles:
            self.titles.append(layer.title)
        self._quoted = [(s.start, s.end) for s in layer.quoted_stretches() if layer.text.count(" ", s.start, s.end) >= _SPOKEN]

    def _opaque_stretches(self) -> list[Opaque]:
        """Outermost mentions that are whole words, in order."""
        text, size = self.text, len(self.text)
        found: list[Opaque] = []
        last = -1
        for mention in sorted(self.layer.mentions, key=lambda m: (m.start, -m.end)):
            start, end = mention.start, mention.end
            if start < last:
                continue
            if end < size and (text[end].isalnum() or (text[end] == "-" and end + 1 < size and text[end + 1].isalnum())):
                if text[end : end + 1] != "s" or text[end + 1 : end + 2].isalnum():
                    continue
                if _POSSESSED.match(text, end + 1):
                    # "Hessens Innenminister": a possessor stands before its noun like an adjective.
                    found.append((start, end + 1, None))
                    last = end + 1
                    continue
                end += 1
            if start and (text[start - 1].isalnum() or (text[start - 1] == "-" and start > 1 and text[start - 2].isalnum())):
                continue
            if mention.nominal and text[start].islower() and mention.kind in ("territory", "organisation", "programme"):
                continue
            if (
                mention.kind == "territory"
                and text[start:end].isupper()
                and _BEFORE_NOUN.match(text, end)
                and _ARTICLE.search(text, max(0, start - 5), start)
            ):
                found.append((start, end, None))  # "der MV Zukunftsrat"
                last = end
                continue
            if (
                mention.nominal
                and mention.kind == "territory"
                and _ADJECTIVE.search(text, start, end)
                and text[end : end + 2].strip()[:1].isupper()
            ):
                found.append((start, end, None))  # "der Celler Landrat"
                last = end
                continue
            if text[end - 1] == "s" and _POSSESSED.match(text, end) and mention.kind in ("territory", "organisation"):
                name = getattr(mention.value, "name", "")
                if name and text[start : end - 1] == name:
                    found.append((start, end, None))
                    last = end
                    continue
            found.append((start, end, mention))
            last = end
        return found

    def silent(self, offset: int) -> bool:
        """True in sections that give no events."""
        return any(a <= offset < b for a, b in self._silent)

    def in_quoted_name(self, start: int) -> bool:
        """True behind the first word of a quoted name."""
        return _WITHIN.search(self.text, max(0, start - 40), start) is not None

    def quoted(self, offset: int) -> bool:
        """True inside quoted words."""
        k = bisect_right(self._quoted, (offset, len(self.text) + 1)) - 1
        return k >= 0 and self._quoted[k][1] > offset

    def in_title(self, offset: int) -> bool:
        """True in the headline."""
        return any(a <= offset < b for a, b in self.titles)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Offsets of the sentence at an offset."""
        k = max(bisect_right(self.starts, offset) - 1, 0)
        return self.sentences[k] if self.sentences else (0, len(self.text))

    def linked(self, link: Link, *, before: int) -> Mention | None:
        """The mention that a link means: by its offsets, or the last with its id before an offset, else the first."""
        found: Mention | None = None
        for mention in self.layer.mentions:
            if isinstance(link, str):
                if mention.head.kb_id != link or self.silent(mention.start):
                    continue
            elif (mention.start, mention.end) != tuple(link):
                continue
            if found is None or (found.start < mention.start < before):
                found = mention
        return found

    def with_name(self, filler: Filler) -> Filler:
        """The words with the quoted name that follows them: "die Kita „Waldblick“"."""
        quoted = _QUOTED.match(self.text, filler[1]) if isinstance(filler, tuple) else None
        return filler if quoted is None or isinstance(filler, Mention) else (filler[0], quoted.end())

    def kinds(self, sentence: tuple[int, int]) -> int:
        """Mask of the kinds of mentions in a sentence."""
        found = self._kinds.get(sentence)
        if found is None:
            found = 0
            for mention in self.mentions(*sentence):
                found |= KIND_BITS[mention.kind]
            self._kinds[sentence] = found
        return found

    def parsed(self, offset: int) -> Sentence:
        """The parsed sentence at an offset; of a very long one the part around the offset."""
        span = self.sentence_at(offset)
        body = self._bodies.get(span[0], -1)
        if body < 0:
            limit = min(span[1], span[0] + 90)
            closed = self.text[span[0] + 1 : span[0] + 4].isupper() or _DASH.search(self.text, span[0], limit)
            dateline = closed and _DATELINE.match(self.text, span[0], limit)
            if self.text.find("Nr.", span[0], span[0] + 160) >= 0:
                dateline = _LETTERHEAD.search(self.text, span[0], min(span[1], span[0] + 240)) or dateline
            body = self._bodies[span[0]] = dateline.end() if dateline else span[0]
        if body <= offset:
            span = (body, span[1])
        if span[1] - span[0] > LONGEST:
            block = (offset - span[0]) // (LONGEST // 2)
            start = span[0] + block * (LONGEST // 2)
            span = (start, min(span[1], start + LONGEST))
        found = self._parsed.get(span)
        if found is None:
            low = bisect_left(self._opaque_starts, span[0])
            high = bisect_left(self._opaque_starts, span[1])
            found = self._parsed[span] = parse(self.text, span[0], span[1], self._opaque[low:high], self.frames.verb_forms)
            link_appositions(found)
        return found

    def mentions(self, start: int, end: int) -> list[Mention]:
        """Outermost mentions that begin in a stretch."""
        low, high = bisect_left(self._opaque_starts, start), bisect_left(self._opaque_starts, end)
        return [o[2] for o in self._opaque[low:high] if o[2] is not None]

    def inside_name(self, start: int, end: int) -> Mention | None:
        """The mention that the stretch lies in."""
        k = bisect_right(self._opaque_starts, start) - 1
        if k < 0 or self._opaque[k][1] < end:
            return None
        mention: Mention | None = self._opaque[k][2]
        return mention


def judgement(low: str) -> bool:
    """True where the parties of a suit and courts of appeal are named again and again."""
    if "kläger" not in low and "beklagte" not in low and "bver" not in low and " bgh" not in low:
        return False
    return sum(map(low.count, _SUIT)) >= max(_SUITS, len(low) // _SUIT_SPAN)
