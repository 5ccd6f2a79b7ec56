"""What the tagger knows of a word by itself: distilled vector, lexicon and name-list bits, Brown cluster, hashed n-grams.

The table is one file (`words.npz`) with one row per word form. A word that is not in it borrows the row of its nearest
written variant (other case, written-out umlauts, genitive *s*, head of a compound) and is marked as borrowed.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

__all__ = ["AFFIXES", "BUCKETS", "GRAM_BUCKETS", "HOW", "WordTable", "affix_ids", "gram_ids", "shape"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

#: Hashed features of a word: name, and number of buckets (0 is "none").
AFFIXES = ("prefix3", "suffix2", "suffix3", "suffix4", "shape")
BUCKETS = 4096
GRAM_BUCKETS = 16384
#: Ways in which a word found its row.
HOW = ("none", "exact", "case", "umlaut", "genitive", "head")

_SHAPES = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜabcdefghijklmnopqrstuvwxyzäöüß0123456789", "X" * 29 + "x" * 30 + "d" * 10)
_REPEATED = re.compile(r"(.)\1{2,}")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def shape(word: str) -> str:
    """Shape of a word: letters and digits by class, runs cut to two.

    Example:
        >>> shape("NRW-Initiative"), shape("2017")
        ('XX-Xxx', 'dd')
    """
    return _REPEATED.sub(r"\1\1", word.translate(_SHAPES))


def affix_ids(word: str) -> tuple[int, ...]:
    """Buckets of the hashed features, in the order of `AFFIXES`."""
    lower = word.lower()
    values = (lower[:3], lower[-2:], lower[-3:], lower[-4:], shape(word))
    return tuple(1 + crc32(v.encode("utf8", "replace")) % (BUCKETS - 1) for v in values)


def gram_ids(word: str) -> list[int]:
    """Buckets of the character 3-, 4- and 5-grams of a word with its edges marked (at most 60)."""
    text = f"<{word.lower()[:40]}>"
    grams = [text[i : i + n] for n in (3, 4, 5) for i in range(len(text) - n + 1)] or [text]
    return [crc32(g.encode("utf8", "replace")) % GRAM_BUCKETS for g in grams[:60]]


class WordTable:
    """Rows of word features.

    Attributes:
        vectors: (rows, dimensions) int8, -7 to 7 (two values a byte on disk), with one scale per dimension.
        bits: (rows,) uint64, one bit per lexicon reading or name list.
        cluster: (rows,) uint16, dense id of the Brown cluster; 0 is none.
    """

    def __init__(
        self,
        words: list[str],
        vectors: npt.NDArray[np.int8],
        scale: Floats,
        bits: npt.NDArray[np.uint64],
        cluster: npt.NDArray[np.uint16],
    ) -> None:
        self.words = words
        self.vectors = vectors
        self.scale = scale.astype(np.float32)
        self.bits = bits
        self.cluster = cluster
        self._row: dict[str, int] = dict(zip(words, range(len(words)), strict=True))
        self._plain: dict[str, int] = {}
        for i, word in enumerate(words):
            if not word.isascii():
                self._plain.setdefault(word.translate(_UMLAUTS).lower(), i)

    def find(self, word: str) -> tuple[int, int]:
        """Row of a word and how it was found (index into `HOW`); (-1, 0) for none."""
        row = self._row.get
        found, lower = row(word), word.lower()
        if len(word) > 4 and word.isupper():
            # rows stand by frequency: "MÜNCHEN" is München, "UNESCO" is itself
            title = row(lower.title(), row(lower))
            if title is not None and (found is None or title < found):
                return title, 2
        if found is not None:
            return found, 1
        for variant in (lower, lower.capitalize(), lower.title(), word.upper() if len(word) < 7 else lower):
            if (found := row(variant)) is not None:
                return found, 2
        if ("ae" in lower or "oe" in lower or "ue" in lower or "ss" in lower) and (found := self._plain.get(lower)) is not None:
            return found, 3
        if (
            lower.endswith(("s", "'", "’"))
            and len(lower) > 4
            and (found := row(word.rstrip("'’").removesuffix("s"))) is not None
        ):
            return found, 4
        if len(lower) > 6:
            hyphen = max(word.rfind("-"), word.rfind("/"))
            if hyphen > 0 and (found := row(word[hyphen + 1 :])) is not None:
                return found, 5
            capital = word[0].isupper()
            for i in range(3, min(len(lower) - 3, 24)):
                head = lower[i:]
                if (found := row(head.capitalize() if capital else head)) is not None:
                    return found, 5
        return -1, 0

    def to_bytes(self) -> bytes:
        """The table as an uncompressed npz file (the wheel compresses it)."""
        out = io.BytesIO()
        text = np.frombuffer("\n".join(self.words).encode("utf8"), np.uint8)
        halves = (self.vectors + 8).astype(np.uint8)
        np.savez(
            out,
            words=text,
            nibbles=halves[:, ::2] << 4 | halves[:, 1::2],
            scale=self.scale,
            bits=self.bits,
            cluster=self.cluster,
        )
        return out.getvalue()

    @classmethod
    def from_disk(cls, path: Path) -> WordTable:
        """Read `words.npz`."""
        with np.load(path, allow_pickle=False) as data:
            parts: dict[str, Any] = {k: data[k] for k in data.files}
        words = parts["words"].tobytes().decode("utf8").split("\n")
        packed = parts["nibbles"]
        vectors = np.empty((len(words), 2 * packed.shape[1]), np.int8)
        vectors[:, ::2] = packed >> 4
        vectors[:, 1::2] = packed & 15
        vectors -= 8
        return cls(words, vectors, parts["scale"], parts["bits"], parts["cluster"])
