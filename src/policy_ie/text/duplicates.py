"""Copies of a text on one page: the second print of a release, a lead that is repeated before the full text."""

from __future__ import annotations

from collections import Counter

from policy_ie.records import SectionKind
from policy_ie.text.paragraph import Paragraph

__all__ = ["mark_duplicates"]

#: Shortest paragraph that is compared, and shortest that is a copy by itself.
_MIN_KEY, _MIN_COPY = 12, 60
#: Letters by which a teaser is recognised as the beginning of a later paragraph.
_TEASER_KEY = 60


def mark_duplicates(paragraphs: list[Paragraph]) -> None:
    """Labels the second copy of each paragraph of running text as duplicate, with the short lines around it.

    Of a teaser that is cut off and the full paragraph, the teaser is the duplicate. Short lines that are repeated (table
    rows, names) are no copies by themselves.
    """
    seen: dict[str, int] = {}
    teasers: dict[str, int] = {}
    copies: list[int | None] = []  # index of the paragraph of which this is a copy
    # Most paragraphs begin like no other.
    heads = [" ".join(p.text[:40].split()).casefold()[:_MIN_KEY] for p in paragraphs]
    begun = Counter(heads)
    for index, paragraph in enumerate(paragraphs):
        if len(paragraph.text) < _MIN_KEY or begun[heads[index]] == 1:
            copies.append(None)
            continue
        key = " ".join(paragraph.text.split()).casefold()
        original = seen.setdefault(key, index)
        copies.append(original if original != index else None)
        if original != index or len(key) < _TEASER_KEY:
            continue
        earlier = teasers.setdefault(key[:_TEASER_KEY], index)
        if earlier == index:
            continue
        other = " ".join(paragraphs[earlier].text.split()).casefold()
        if _is_cut(other, key) and _is_teaser(paragraphs[earlier]):
            paragraphs[earlier].kind = SectionKind.DUPLICATE
            paragraphs[earlier].prose = False
            teasers[key[:_TEASER_KEY]] = index
        elif _is_cut(key, other) and _is_teaser(paragraph):
            copies[index] = earlier
    _mark_runs(paragraphs, copies)


def _is_teaser(paragraph: Paragraph) -> bool:
    """False for a headline, which a letterhead or a lead may repeat word for word."""
    return paragraph.prose or paragraph.role == "teaser" or paragraph.text.rstrip(" ])").endswith(("…", "..."))


def _is_cut(short: str, full: str) -> bool:
    """True where `short` is `full` cut off, but for the mark of the cut."""
    stem = short.rstrip(" .…[]()»>")
    for ending in ("mehr", "weiter", "weiterlesen"):
        stem = stem.removesuffix(ending).rstrip(" .…[]()»>")
    return len(stem) >= _TEASER_KEY and len(stem) < len(full) and full.startswith(stem)


def _mark_runs(paragraphs: list[Paragraph], copies: list[int | None]) -> None:
    """A run of copies in the order of their originals is marked where it holds running text."""
    index = 0
    while index < len(paragraphs):
        if copies[index] is None:
            index += 1
            continue
        end = index + 1
        last = copies[index]
        while end < len(paragraphs):
            original = copies[end]
            if original is not None and last is not None and original > last:
                last = original
            elif len(paragraphs[end].text) >= _MIN_KEY or end + 1 == len(paragraphs) or copies[end + 1] is None:
                break  # only a line too short to be compared may stand inside a copy
            end += 1
        run = paragraphs[index:end]
        if any(p.prose and len(p.text) >= _MIN_COPY for p in run):
            for paragraph in run:
                paragraph.kind = SectionKind.DUPLICATE
                paragraph.prose = False
        index = end
