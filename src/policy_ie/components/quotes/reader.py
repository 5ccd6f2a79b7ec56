"""One document as the attribution reads it: quoted stretches, sentences, cues, and the quotes found so far."""

from __future__ import annotations

import re
from bisect import bisect_right

from policy_ie.components.base import Mention, PolicyLayer, Quote
from policy_ie.components.quotes.cues import Cue, cues, whole_word
from policy_ie.components.quotes.speakers import Speakers
from policy_ie.language.quotation import Stretch
from policy_ie.language.sentences import sentence_spans
from policy_ie.language.verbs import Form
from policy_ie.records import SectionKind

__all__ = ["WORD", "Reader", "same_person"]

_SILENT = frozenset((SectionKind.SOURCE_NOTE, SectionKind.CONTACT, SectionKind.BOILERPLATE, SectionKind.DUPLICATE))
WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Prof|St|Nr|med|Dipl|Ing|bzw|z\. ?B|u\. ?a|d\. ?h|ca|Mio|Mrd|rer|nat|jur|phil|[A-Z])|\d)\.$"
)


class Reader:
    """State of one document."""

    def __init__(self, layer: PolicyLayer) -> None:
        self.layer, self.text = layer, layer.text
        self.sentences = layer.sentences or sentence_spans(layer.text)
        self._starts = [s for s, _ in self.sentences]
        self._silent = [(s.start, s.end) for s in layer.sections or () if s.kind in _SILENT]
        self.stretches = [s for s in layer.quoted_stretches() if not self.silent(s.open)]
        self._opens = [s.open for s in self.stretches]
        self.speakers = Speakers(layer, [(s.open, s.close) for s in self.stretches], self.sentences)
        self.quotes: list[Quote] = []
        self.used_cues: set[int] = set()

    def silent(self, offset: int) -> bool:
        """True in sections that hold no statements."""
        return any(a <= offset < b for a, b in self._silent)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Offsets of the sentence at an offset."""
        k = max(bisect_right(self._starts, offset) - 1, 0)
        return self.sentences[k] if self.sentences else (0, len(self.text))

    def quoted(self, offset: int) -> bool:
        """True inside quotation marks."""
        k = bisect_right(self._opens, offset) - 1
        return k >= 0 and self.stretches[k].close > offset

    def quote_opens(self, start: int, end: int) -> bool:
        """True where a quotation opens in a stretch."""
        k = bisect_right(self._opens, start - 1)
        return k < len(self._opens) and self._opens[k] < end

    def quoted_until(self, offset: int) -> int:
        """Where the last quotation before an offset closes, or 0."""
        k = bisect_right(self._opens, offset - 1) - 1
        return self.stretches[k].close if k >= 0 and self.stretches[k].close <= offset else 0

    def statement_end(self, start: int, limit: int) -> int:
        """Where the sentence that runs at `start` ends."""
        for match in _SENTENCE_END.finditer(self.text, start, min(limit, len(self.text))):
            if match.group()[0] == "." and _ABBREVIATION.search(self.text, max(start, match.start() - 8), match.end()):
                continue
            return match.start()
        return min(limit, len(self.text))

    def cue_in(self, start: int, end: int, words: int, *, reported: bool = False) -> tuple[Cue | None, int, int]:
        """The first cue among the first words of a stretch."""
        lexicon = cues().forms
        for number, match in enumerate(WORD.finditer(self.text, start, end)):
            if number >= words:
                break
            word = match.group()
            if not word[0].islower() and number:
                continue
            for cue in lexicon.get(word.lower(), ()):
                if reported and not cue.reported:
                    continue
                stop = min(end + 1, match.end() + 200)
                if cue.particle and not whole_word(cue.particle).search(self.text, match.end(), stop):
                    continue
                return cue, match.start(), match.end()
        return None, -1, -1

    def speech_like(self, stretch: Stretch) -> bool:
        """True where the quoted words can be a sentence."""
        words = WORD.findall(self.text, stretch.start, stretch.end)
        if len(words) < 3:
            return False
        forms = cues().verb_forms
        return any(w[0].islower() and forms.get(w, 0) & (Form.FINITE | Form.PARTICIPLE) for w in words[:60]) or len(words) > 7

    def add(
        self, stretch: Stretch, speaker: Mention | tuple[int, int], cue: tuple[int, int], confidence: float, rule: str
    ) -> Quote:
        """Writes a quote, its words without white space and final comma."""
        text = self.text
        start, end = stretch.start, stretch.end
        while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        quote = Quote(start, end, True, speaker, cue, self.sentence_at(cue[0]), confidence=confidence, rule=rule)
        self.quotes.append(quote)
        self.used_cues.add(cue[0])
        return quote


def same_person(a: Mention, b: Mention) -> bool:
    """True where two mentions mean one person."""
    a, b = a.head, b.head
    if a is b or (a.kb_id is not None and a.kb_id == b.kb_id):
        return True
    return getattr(a.value, "family_name", 1) == getattr(b.value, "family_name", 2)
