"""Answers about single words, kept while they are few."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

__all__ = ["Memory"]

V = TypeVar("V")


class Memory(dict[str, V]):
    """What a function says of a word, worked out at the first look-up; all is forgotten when `size` words are known.

    For what is asked for every token: a look-up writes nothing and is no call, as that of `functools.lru_cache` is.

    Example:
        >>> lengths = Memory(len, 2)
        >>> lengths["Land"], lengths["Bund"], len(lengths), lengths["Kreis"], len(lengths)
        (4, 4, 2, 5, 1)
    """

    def __init__(self, answer: Callable[[str], V], size: int) -> None:
        super().__init__()
        self._answer, self._size = answer, size

    def __missing__(self, word: str) -> V:
        if len(self) >= self._size:
            self.clear()
        found = self[word] = self._answer(word)
        return found
