"""Quotation marks in all German typographies: „…“, »…«, «…», “…”, "…", ‚…‘, ›…‹, mixed, and the ?…? of broken encodings."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Stretch", "quoted_stretches"]

#: Begins with one class of characters, so that the search skips to the next of them.
_MARK = re.compile("[„“”\"»«‟‚‘›‹,'](?:(?<![,'])|(?<=,),(?=\\w)|(?<=')')")
#: ?Wir handeln?, sagte sie: what some portals made of marks they could not encode.
_BROKEN = re.compile(r"(?<![^\s(])[?¿](?=\w)[^?¿\n]{2,600}[\w.!,…][?¿](?=[\s,.;:)]|$)")
_PARAGRAPH = re.compile(r"\n\s*\n")
#: Longest quotation, in characters; an opening mark without partner goes no further.
LONGEST = 4000


class Stretch(NamedTuple):
    """A quoted stretch: offsets of the words, and of the marks around them."""

    open: int
    start: int
    end: int
    close: int


def _guillemets_point_in(text: str) -> bool:
    """True for »German« use, false for «French» use: told by the first that stands at the head of a word."""
    for match in re.finditer("[»«]", text):
        k = match.start()
        after = text[k + 1 : k + 2]
        before = text[k - 1 : k]
        if (not before or before.isspace() or before in "(,") and after and not after.isspace():
            return match.group() == "»"
    return True


def _never_closed(text: str, mark: str, start: int) -> bool:
    """True for an opening guillemet without partner, or with a second opening one in its line."""
    close = text.find("«" if mark == "»" else "»", start, start + LONGEST)
    if close < 0:
        return True
    again = text.find(mark, start, close)
    return again >= 0 and "\n" not in text[start:again]


def quoted_stretches(text: str) -> list[Stretch]:
    """Quoted stretches in order, outermost only.

    A quotation that runs over paragraphs may open each of them with a mark; it ends at the first closing one.

    Example:
        >>> [(s.start, s.end) for s in quoted_stretches("Der ?Esel?, ‚sagt‘ er?")]
        [(5, 9), (13, 17)]
        >>> text = 'Das „neue“ Haus, so "Der Bote", »alt« und “fein”.'
        >>> [text[s.start : s.end] for s in quoted_stretches(text)]
        ['neue', 'Der Bote', 'alt', 'fein']
        >>> text = 'Start »Presse »Archiv\\nSie sagte: „Wir bauen.“'
        >>> [text[s.start : s.end] for s in quoted_stretches(text)]
        ['Wir bauen.']
    """
    inward = None
    found: list[Stretch] = []
    opened: tuple[int, int, str] | None = None  # offset of the mark, of the words, and the family
    for match in _MARK.finditer(text):
        mark, k, after = match.group(), match.start(), match.end()
        before_char, after_char = text[k - 1 : k], text[after : after + 1]
        head = (
            (not before_char or before_char.isspace() or before_char in "([–—-/:„»")
            and bool(after_char)
            and not after_char.isspace()
        )
        if opened is not None and k - opened[0] > LONGEST:
            opened = None
        if mark in "»«":
            if inward is None:
                inward = _guillemets_point_in(text)
            family, opens = "g", (mark == "»") == inward
            if opens and opened is None and _never_closed(text, mark, after):
                continue  # a path of a page: "Start »Presse »Archiv"
        elif mark in "‚‘›‹":
            # Single marks count where they are not inside others.
            if opened is None and mark in "‚›" and head:
                opened = (k, after, mark)
            elif opened is not None and opened[2] + mark in ("‚‘", "›‹"):
                found.append(Stretch(opened[0], opened[1], k, after))
                opened = None
            continue
        elif mark in "„‟" or mark == ",,":
            family, opens = "d", True
        elif mark == "“":
            family = "d"
            opens = opened is None and head
        elif mark in ("”", "''"):
            family, opens = "d", opened is None and head
        else:
            family = "d"
            opens = (
                head and (opened is None or _PARAGRAPH.search(text, opened[1], k) is not None)
                if opened is None or opened[2] == "s"
                else False
            )
            if opened is None and opens:
                opened = (k, after, "s")
                continue
        if opens:
            if opened is None or opened[2] in "‚›":
                opened = (k, after, family)
            elif (
                mark == "„"
                and opened[2] == "d"
                and _PARAGRAPH.search(text, opened[1], k) is None
                and text.find("“", after, after + 300) < 0
            ):
                opened = (k, after, family)  # the one before was never closed
            continue
        if opened is None:
            continue
        if (opened[2] == "g") != (family == "g") or after - opened[0] > LONGEST:
            continue
        if opened[2] == "s" and mark == '"' and head and after_char.isalnum() and not (before_char and before_char in ".,!?…"):
            # A straight mark at the head of a word cannot close: the last one was stray.
            opened = (k, after, "s")
            continue
        if k > opened[1]:
            found.append(Stretch(opened[0], opened[1], k, after))
        opened = None
    if any(head in text for head in (" ?", "\n?", "(?", "¿")) or text.startswith("?"):
        broken = [Stretch(m.start(), m.start() + 1, m.end() - 1, m.end()) for m in _BROKEN.finditer(text)]
        found = sorted(found + [s for s in broken if not any(s.open < f.close and f.open < s.close for f in found)])
    return found
