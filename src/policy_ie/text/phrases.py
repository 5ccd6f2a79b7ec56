"""The phrases of `phrases.toml`, compiled for look-up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Phrases", "phrases", "plain"]

_STRIP = " \t\xa0.:;,!?>»«›‹|*•·-–—[]()…+\u200b#&\"'„“”_/"


def plain(line: str) -> str:
    """The line as phrases are compared: without case, surrounding punctuation and repeated spaces.

    Example:
        >>> plain("» Seite  drucken …")
        'seite drucken'
    """
    return " ".join(line.strip(_STRIP).lower().split())


@dataclass(frozen=True, slots=True)
class Phrases:
    """Kinds of lines, and beginnings by the first two letters of their first word."""

    lines: dict[str, str]
    starts: dict[str, tuple[tuple[str, str], ...]]
    tail: frozenset[str]
    links: frozenset[str]
    not_published: tuple[str, ...]

    def kind_of(self, line: str) -> str | None:
        """`category`, `boilerplate`, `contact`, `source_note`, or None."""
        if len(line) < 80 and (kind := self.lines.get(plain(line))) is not None:
            return kind
        head = line[:90].lower()
        word, _, _ = head.partition(" ")
        for beginning, kind in self.starts.get(word[:2], ()):
            if head.startswith(beginning):
                return kind
        return None


@cache
def phrases() -> Phrases:
    """The phrases, read once."""
    data = tomllib.loads((files("policy_ie.text") / "phrases.toml").read_text(encoding="utf-8"))
    lines: dict[str, str] = {}
    starts: dict[str, list[tuple[str, str]]] = {}
    for kind in ("boilerplate", "category", "contact", "source_note"):
        for line in data[kind].get("lines", ()):
            lines[line] = kind
        for beginning in data[kind].get("starts", ()):
            starts.setdefault(beginning.partition(" ")[0][:2], []).append((beginning, kind))
    return Phrases(
        lines=lines,
        starts={word: tuple(found) for word, found in starts.items()},
        tail=frozenset(data["tail"]["lines"]),
        links=frozenset(data["teaser"]["links"]),
        not_published=tuple(data["not_published"]["starts"]),
    )
