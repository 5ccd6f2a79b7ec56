"""What the components know of one document: the policy layer, mentions, quotes and event drafts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from policy_ie.language.quotation import Stretch, quoted_stretches
from policy_ie.records import Kind, PublishedFrom, Section, SectionKind, Value, Warning

if TYPE_CHECKING:
    import datetime as dt

    from policy_ie.knowledge import KnowledgeBase, NameHit
    from policy_ie.text import SourceText

__all__ = ["SPANS_KEY", "EventDraft", "Filler", "Mention", "PolicyLayer", "Quote"]

#: Key of the span group that mirrors the mentions.
SPANS_KEY = "policy"
#: Longer than "Verbandsgemeinde ", the word before the name of a territory.
_GENUS = 18


class Mention:
    """A stretch of the text that means something; compared by identity.

    Attributes:
        start, end: offsets in code points.
        kind: kind of entity.
        value: what it means.
        nominal: true for a noun phrase or adjective that refers to something named elsewhere.
        kb_id: id in the knowledge base.
        confidence: in [0, 1].
        rule: name of the rule that found it.
        same_as: an earlier or fuller mention of the same thing; followed by `head`.
    """

    __slots__ = ("confidence", "end", "kb_id", "kind", "nominal", "rule", "same_as", "start", "value")

    def __init__(
        self,
        start: int,
        end: int,
        kind: Kind,
        value: Value,
        nominal: bool = False,
        kb_id: str | None = None,
        confidence: float = 1.0,
        rule: str = "",
        same_as: Mention | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.kind = kind
        self.value = value
        self.nominal = nominal
        self.kb_id = kb_id
        self.confidence = confidence
        self.rule = rule
        self.same_as = same_as

    def __repr__(self) -> str:
        return f"Mention({self.start}, {self.end}, {self.kind!r}, {self.value!r})"

    @property
    def head(self) -> Mention:
        """The mention that stands for the entity: the end of the `same_as` chain."""
        mention = self
        while mention.same_as is not None:
            mention = mention.same_as
        return mention

    def overlaps(self, start: int, end: int) -> bool:
        """True where the mention shares a character with [start, end)."""
        return self.start < end and start < self.end


class Quote:
    """Words that somebody says.

    Attributes:
        start, end: offsets of the words, without quotation marks.
        direct: true for quoted words.
        speaker: mention of the speaker, or offsets of words that name no entity.
        cue: offsets of the verb, colon or formula of saying.
        sentence: offsets of the sentence of the cue.
        more: further stretches of the same speech act (an interrupted quotation, continuing indirect speech).
    """

    __slots__ = ("confidence", "cue", "direct", "end", "more", "rule", "sentence", "speaker", "start")

    def __init__(
        self,
        start: int,
        end: int,
        direct: bool,
        speaker: Mention | tuple[int, int] | None,
        cue: tuple[int, int],
        sentence: tuple[int, int],
        more: list[tuple[int, int]] | None = None,
        confidence: float = 1.0,
        rule: str = "",
    ) -> None:
        self.start, self.end, self.direct, self.speaker, self.cue, self.sentence = start, end, direct, speaker, cue, sentence
        self.more: list[tuple[int, int]] = [] if more is None else more
        self.confidence, self.rule = confidence, rule

    def __repr__(self) -> str:
        return f"Quote({self.start}, {self.end}, {self.speaker!r}, {self.rule!r})"


#: What fills a role of a draft: a mention, offsets of words that are no entity, or a plain value (enum, number, flag).
Filler = Mention | tuple[int, int]


class EventDraft:
    """An event before ids are given; the record builder turns it into an `Event` model.

    `roles` maps the argument names of the event type to a list of fillers (also where the model holds one: the first
    counts); `values` maps plain fields (`stage`, `action`, `direct`, `count`) to their values, and `change` of a budget
    to {"factor": float} | {"percent": float} | {"amount": Mention}.
    """

    __slots__ = (
        "confidence", "evidence", "modality", "part_of", "place", "roles", "sentence", "time", "trigger", "type", "values",
        "why",
    )  # fmt: skip

    def __init__(
        self,
        type: str,
        trigger: tuple[int, int],
        sentence: tuple[int, int],
        modality: str = "asserted",
        roles: dict[str, list[Filler]] | None = None,
        values: dict[str, Any] | None = None,
        time: Mention | None = None,
        place: list[Mention] | None = None,
        evidence: list[tuple[int, int]] | None = None,
        part_of: EventDraft | None = None,
        confidence: float = 1.0,
        why: str = "",
    ) -> None:
        self.type, self.trigger, self.sentence, self.modality, self.time = type, trigger, sentence, modality, time
        self.roles: dict[str, list[Filler]] = {} if roles is None else roles
        self.values: dict[str, Any] = {} if values is None else values
        self.place: list[Mention] = [] if place is None else place
        self.evidence: list[tuple[int, int]] = [] if evidence is None else evidence
        self.part_of, self.confidence, self.why = part_of, confidence, why

    def __repr__(self) -> str:
        return f"EventDraft({self.type!r}, {self.trigger}, {self.modality!r}, {self.roles!r}, why={self.why!r})"


class PolicyLayer:
    """All that the components know of one document.

    Attributes:
        text: the text, once (`Doc.text` is joined anew at each access).
        id: id of the document, for messages.
        published, published_from: date of the release.
        sections: labelled stretches that follow each other.
        sentences: offsets of the sentences, in order, without surrounding white space.
        mentions: all mentions in the order they were written.
        quotes, events: what `policy_quotes` and `policy_events` found.
        title: offsets of the headline.
        publisher_hint: offsets of the words that name it, by the form of the page (letterhead, source note); unresolved.
        language: ISO 639-1 code.
        warnings: what went wrong.
        source: URL or path of the document, as given.
        hints: what the reader of the input knew beyond the text (date and title of an HTML page).
        mirrored: mentions are mirrored into `doc.spans["policy"]`; off where only the record is wanted, which saves time.
    """

    __slots__ = (
        "_doc", "_name_hits", "_quoted", "events", "hints", "id", "language", "mentions", "mirrored", "published",
        "published_from", "publisher_hint", "quotes", "sections", "sentences", "source", "text", "title", "warnings",
    )  # fmt: skip

    _doc: Doc | None

    def __init__(self, doc: Doc | None, text: str | None = None) -> None:
        if text is None:
            assert doc is not None
            text = doc.text
        self.reset(text)
        self._doc = doc

    def reset(self, text: str) -> None:
        """Makes the layer of a text of which nothing is known yet."""
        self._doc = None
        self._name_hits: tuple[KnowledgeBase, list[NameHit]] | None = None
        self._quoted: list[Stretch] | None = None
        self.text: str = text
        self.id: str | None = None
        self.source: str | None = None
        self.hints: SourceText | None = None
        self.published: dt.date | None = None
        self.published_from: PublishedFrom | None = None
        self.sections: list[Section] | None = None
        self.sentences: list[tuple[int, int]] = []
        self.mentions: list[Mention] = []
        self.quotes: list[Quote] = []
        self.events: list[EventDraft] = []
        self.title: tuple[int, int] | None = None
        self.publisher_hint: tuple[int, int] | None = None
        self.language: str = "de"
        self.warnings: list[Warning] = []
        self.mirrored: bool = True

    @property
    def doc(self) -> Doc:
        """The `Doc` that carries the layer."""
        assert self._doc is not None  # set by policy_layer, the only way to a layer
        return self._doc

    def detach(self) -> None:
        """Forgets the doc, so that both go at once, not when the garbage collector walks over all that they hold."""
        self._doc = None

    @property
    def publisher(self) -> Mention | None:
        """Mention of the body that issued the release: the organisation, else the territory, that fills the hint."""
        if self.publisher_hint is None:
            return None
        start, end = self.publisher_hint
        best: tuple[bool, int, Mention] | None = None
        for m in self.mentions:
            if m.kind in ("organisation", "territory") and m.overlaps(start, end) and not m.nominal:
                shared = min(m.end, end) - max(m.start, start)
                key = (m.kind == "organisation", shared, m)
                named = m.kind == "territory" and m.end == end and m.start - start < _GENUS  # "Hansestadt Lüneburg"
                if (2 * shared > end - start or named) and (best is None or key[:2] > best[:2]):
                    best = key
        return best and best[2]

    def add(self, mentions: Iterable[Mention]) -> None:
        """Writes mentions and mirrors them into `doc.spans["policy"]`."""
        new = list(mentions)
        self.mentions += new
        if not self.mirrored:
            return
        found = (self.doc.char_span(m.start, m.end, label=m.kind, alignment_mode="expand") for m in new)
        spans = [span for span in found if span is not None]
        if SPANS_KEY in self.doc.spans:
            self.doc.spans[SPANS_KEY].extend(spans)
        else:
            self.doc.spans[SPANS_KEY] = spans

    def discard(self, gone: Iterable[Mention]) -> None:
        """Takes mentions back that a later component knows to be wrong; nothing may refer to them any more."""
        ids = {id(m) for m in gone}
        if not ids:
            return
        kept = [m for m in self.mentions if id(m) not in ids]
        self.mentions = []
        self.doc.spans.pop(SPANS_KEY, None)
        self.add(kept)

    def of_kind(self, *kinds: Kind) -> list[Mention]:
        """Mentions of these kinds in order of the text, longer first at the same place."""
        found = [m for m in self.mentions if m.kind in kinds]
        found.sort(key=lambda m: (m.start, -m.end))
        return found

    def name_hits(self, kb: KnowledgeBase) -> list[NameHit]:
        """Names of the knowledge base in the text; the components share one pass of the automaton."""
        if self._name_hits is None or self._name_hits[0] is not kb:
            self._name_hits = (kb, kb.hits(self.text))
        return self._name_hits[1]

    def quoted_stretches(self) -> list[Stretch]:
        """Quoted stretches of the text, found once."""
        if self._quoted is None:
            self._quoted = quoted_stretches(self.text)
        return self._quoted

    def sentence_index(self, offset: int) -> int:
        """Index of the sentence that holds, or last begins before, the offset; -1 before the first."""
        return bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Offsets of the sentence at an offset; the whole text where no sentences are set."""
        if not self.sentences:
            return (0, len(self.text))
        return self.sentences[max(self.sentence_index(offset), 0)]

    def section_at(self, offset: int) -> SectionKind:
        """Kind of the section that holds the offset; body where no sections are set."""
        sections = self.sections or ()
        index = bisect_right(sections, offset, key=lambda section: section.start) - 1
        return sections[index].kind if index >= 0 and offset < sections[index].end else SectionKind.BODY

    def warn(self, code: str, message: str) -> None:
        """Notes something for the reader of the record."""
        self.warnings.append(Warning(code=code, message=message))
