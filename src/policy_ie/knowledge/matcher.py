"""One Aho–Corasick automaton over all names, and the checks around what it finds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Literal
from unicodedata import combining, normalize

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_ie.knowledge.entries import Entry, EntryKind

__all__ = ["Form", "NameHit", "NameMatcher"]

#: How a name stands in the text: as it is, in the genitive, or as an adjective ("Dortmunder", "hessischen").
Form = Literal["name", "genitive", "adjective"]


class NameHit:
    """A place in the text where a name of the knowledge base stands.

    `start`, `end` include the ending of an inflected name; `name` is the name as the knowledge base has it, without
    ending or odd white space; `entries` are all that bear it, `kinds` the kinds of these.
    """

    __slots__ = ("end", "entries", "form", "kinds", "name", "start", "surface")

    def __init__(
        self, start: int, end: int, surface: str, entries: tuple[Entry, ...], kinds: frozenset[EntryKind], form: Form, name: str
    ) -> None:
        self.start = start
        self.end = end
        self.surface = surface
        self.entries = entries
        self.kinds = kinds
        self.form = form
        self.name = name

    def __repr__(self) -> str:
        return f"NameHit({self.start}, {self.end}, {self.surface!r}, {[entry.kb_id for entry in self.entries]}, {self.form!r})"


# What may follow a name inside its word: genitive, or the adjective in -er with its endings.
_ENDING = re.compile(r"(?:(?P<genitive>e?s)|(?P<adjective>e?r(?:n|s|innen|in)?))(?!\w)")
_ADJECTIVE_ENDING = re.compile(r"(?:e[nmrs]?)?(?!\w)")
# Characters that a name does not have: a run of spaces, a line break after a hyphen (\x01), a soft hyphen, and letters
# written with combining marks, which are composed.
_GAP = re.compile(r"\u00ad|(?<=\w-)\x01(?=[A-ZÄÖÜ])|(?<=[\w,.]) +(?= \w)|\w[\u0300-\u036f]+")
# … and "ue" for "ü", in texts that have no umlauts.
_TRANSCRIBED = re.compile(r"\b(?:fuer|ueber|Ueber|[Ff]oerder\w+|[Bb]uerger\w*|koennen|wuerde|muessen)\b")
_TRANSCRIPTION = re.compile(_GAP.pattern + r"|[aouAOU]e")
_UMLAUT = {"ae": "ä", "oe": "ö", "ue": "ü", "Ae": "Ä", "Oe": "Ö", "Ue": "Ü"}
_TRIGGERS = ("  ", "\x01", "\u00ad", "\u0308", "\u0301", "\u030c")


def _view(text: str) -> str:
    """The text with single line breaks and odd spaces as spaces, empty lines as barriers; as long as the text."""
    for odd in ("\t", "\r", "\u00a0", "\u202f", "\u2009"):
        if odd in text:
            text = text.replace(odd, " ")
    text = text.replace("\n\n", "\0\0").replace("\n \n", "\0\0\0").replace("-\n", "-\x01")
    return text.replace("\n", " ")


class NameMatcher:
    """Finds names in one pass, longest first, case-sensitive, at word boundaries.

    Args:
        names: all names.
        stems: those of them that are adjective stems ("hessisch"), which take endings.
        entries_of: gives the entries of a name.
    """

    def __init__(self, names: Sequence[str], stems: frozenset[str], entries_of: Callable[[str], tuple[Entry, ...]]) -> None:
        self._names = names
        self._stems = stems
        self._entries_of = entries_of
        self._kinds: dict[str, frozenset[EntryKind]] = {}
        self._known = frozenset(names)
        self._longest = max(map(len, names), default=0)
        self._automaton = AhoCorasick(
            names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    def hits(self, text: str) -> list[NameHit]:
        """All names in the text, in order, without overlaps."""
        view = _view(text)
        gaps = any(trigger in view for trigger in _TRIGGERS)
        found = self._without(_GAP, view, text) if gaps else self._scan(view, text, 0, len(view))
        if "ü" in view or "ä" in view or _TRANSCRIBED.search(view) is None:
            return found
        kept: list[NameHit] = []
        for hit in sorted([*found, *self._without(_TRANSCRIPTION, view, text)], key=lambda h: (h.start, -h.end)):
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept

    def _without(self, pattern: re.Pattern[str], view: str, text: str) -> list[NameHit]:
        """Names in a view without the gaps, their offsets mapped back."""
        pieces: list[str] = []
        starts, shifts, last, gone = [0], [0], 0, 0
        for gap in pattern.finditer(view):
            composed = _UMLAUT.get(gap[0]) or (normalize("NFC", gap[0]) if len(gap[0]) > 1 and gap[0][0] != " " else "")
            pieces += (view[last : gap.start()], composed)
            gone += gap.end() - gap.start() - len(composed)
            starts.append(gap.end() - gone)
            shifts.append(gone)
            last = gap.end()
        pieces.append(view[last:])
        view = "".join(pieces)
        hits = []
        for hit in self._scan(view, view, 0, len(view)):
            start = hit.start + shifts[bisect_right(starts, hit.start) - 1]
            end = hit.end + shifts[bisect_right(starts, hit.end - 1) - 1]
            while end < len(text) and combining(text[end]):
                end += 1
            hit.start, hit.end, hit.surface = start, end, text[start:end]
            hits.append(hit)
        return hits

    def _scan(self, view: str, text: str, begin: int, stop: int) -> list[NameHit]:
        """Names that begin in [begin, stop)."""
        hits: list[NameHit] = []
        size = len(view)
        piece = view[begin : stop + self._longest] if begin else view
        for index, start, end in self._automaton.find_matches_as_indexes(piece):
            if begin:
                start += begin
                end += begin
            if start >= stop:
                break
            if start and (view[start - 1].isalpha() or view[start - 1] == "_"):
                continue
            form: Form = "name"
            name = self._names[index]
            if name in self._stems:
                form = "adjective"
                if not name.endswith("er"):
                    ending = _ADJECTIVE_ENDING.match(view, end)
                    if ending is None:
                        continue
                    end = ending.end()
                elif end < size and view[end].isalnum():
                    continue
            elif end < size and view[end].isalnum():
                ending = _ENDING.match(view, end) if len(name) > 3 else None
                if ending is None:
                    if " " in name or "-" in name:
                        self._retry(view, text, name, start, end, hits)
                    continue
                end = ending.end()
                form = "genitive" if ending["genitive"] else "adjective"
            hits.append(self._hit(start, end, text, name, form))
        return hits

    def _hit(self, start: int, end: int, text: str, name: str, form: Form) -> NameHit:
        entries = self._entries_of(name)
        kinds = self._kinds.get(name)
        if kinds is None:
            kinds = self._kinds[name] = frozenset([entry.kind for entry in entries])
        return NameHit(start, end, text[start:end], entries, kinds, form, name)

    def _retry(self, view: str, text: str, name: str, start: int, end: int, hits: list[NameHit]) -> None:
        """The longest match did not end a word: a shorter name may, or one may begin inside it."""
        cut = len(name)
        while (cut := max(name.rfind(" ", 0, cut), name.rfind("-", 0, cut))) > 0:
            shorter = name[:cut]
            if shorter in self._known:
                hits.append(self._hit(start, start + cut, text, shorter, "name"))
                break
        rest = start + (cut if cut > 0 else 0) + 1
        inner = re.search(r"[ -]", view[rest - 1 : end]) if cut <= 0 else None
        if inner is not None:
            rest += inner.end() - 1
        if rest < end:
            hits.extend(self._scan(view, text, rest, end))
