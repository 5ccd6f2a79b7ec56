"""Finds trigger forms in a text with one automaton."""

from __future__ import annotations

from typing import NamedTuple

from policy_ie.components.events.frames import Entry, FrameSet

__all__ = ["Hit", "lowered", "scan"]


class Hit(NamedTuple):
    """A trigger form in the text, not yet checked against its clause."""

    start: int
    end: int
    entries: list[Entry]


def lowered(text: str) -> str:
    """The text in lower case, character for character (a few characters grow when lowered; they are kept)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def scan(text: str, low: str, frames: FrameSet) -> list[Hit]:
    """Trigger forms in order of the text; whole words, or the last part of a compound where the entry allows it."""
    hits: list[Hit] = []
    size = len(text)
    for index, start, end in frames.automaton.find_matches_as_indexes(low, overlapping=True):
        if end < size and (low[end].isalnum() or (low[end] == "-" and end + 1 < size and low[end + 1].isalpha())):
            continue
        forms = frames.forms[index]
        if start and low[start - 1].isalpha():
            entries = forms.compound
            if not entries:
                continue
            while start and (low[start - 1].isalpha() or (low[start - 1] == "-" and start > 1 and low[start - 2].isalnum())):
                start -= 1
            if not text[start].isupper():
                continue
        elif start and low[start - 1] == "-" and start > 1 and low[start - 2].isalnum():
            entries = forms.compound
            if not entries:
                continue
            while start and (low[start - 1].isalnum() or low[start - 1] == "-"):
                start -= 1
        else:
            entries = forms.upper if text[start].isupper() else forms.lower
            if len(entries) < len(forms.first) and _first(text, start):
                entries = forms.first
            if not entries:
                continue
        hits.append(Hit(start, end, entries))
    hits.sort(key=lambda h: (h.start, -h.end))
    return hits


def _first(text: str, start: int) -> bool:
    """True at the head of a sentence or line, where capitals say nothing."""
    k = start - 1
    while k >= 0 and text[k] in ' „“"»«\t':
        k -= 1
    return k < 0 or text[k] in ".!?\n:"
