"""What the tagger knows of a word by itself: distilled vector, lexicon and name-list bits, Brown cluster, hashed n-grams.

The table is one file (`words.npz`) with one row per word form. A word that is not in it borrows the row of its nearest
written variant (other case, written-out umlauts, genitive *s*, head of a compound) and is marked as borrowed; where there is
none, or only a head, its vector is guessed from its letters.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

__all__ = ["AFFIXES", "BUCKETS", "GRAM_BUCKETS", "HOW", "Spelling", "WordTable", "affix_ids", "gram_ids", "shape"]

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


def spelling_ids(word: str, buckets: int) -> list[int]:
    """Buckets of the character n-grams that `Spelling` reads: of one to five letters, as written, edges marked."""
    text = f"<{word[:30]}>"
    return [
        crc32(text[i : i + n].encode("utf8", "replace")) % buckets for n in (1, 2, 3, 4, 5) for i in range(len(text) - n + 1)
    ]


def gram_ids(word: str) -> list[int]:
    """Buckets of the character 3-, 4- and 5-grams of a word with its edges marked (at most 60)."""
    text = f"<{word.lower()[:40]}>"
    grams = [text[i : i + n] for n in (3, 4, 5) for i in range(len(text) - n + 1)] or [text]
    return [crc32(g.encode("utf8", "replace")) % GRAM_BUCKETS for g in grams[:60]]


class Spelling:
    """Guesses the vector of a word from its letters: mean of its n-grams, one hidden layer.

    Attributes:
        parts: ``grams`` (buckets, dimensions) int8, ``in`` and ``out`` with a row of biases at their end.
    """

    def __init__(self, parts: dict[str, npt.NDArray[Any]]) -> None:
        self.parts = parts
        self._grams: npt.NDArray[np.int8] = parts["grams"]
        self._in, self._out = (parts[k].astype(np.float32) for k in ("in", "out"))

    def __call__(self, word: str) -> Floats:
        """Vector of a word; words one by one, so that no sum hangs on what else is read."""
        x = self._grams[spelling_ids(word, len(self._grams))].mean(0, dtype=np.float32)
        x -= x.mean()
        x /= np.sqrt(x @ x / len(x) + np.float32(1e-5))
        out: Floats = np.maximum(x @ self._in[:-1] + self._in[-1], 0) @ self._out[:-1] + self._out[-1]
        return out


class WordTable:
    """Rows of word features.

    Attributes:
        packed: (rows, dimensions / 2) uint8: two values of a word's vector in a byte, each -7 to 7, plus 8.
        scale: what such a value stands for, one per dimension.
        bits: (rows,) uint64, one bit per lexicon reading or name list.
        cluster: (rows,) uint16, dense id of the Brown cluster; 0 is none.
    """

    def __init__(
        self,
        words: list[str],
        packed: npt.NDArray[np.uint8],
        scale: Floats,
        bits: npt.NDArray[np.uint64],
        cluster: npt.NDArray[np.uint16],
        spelling: Spelling | None = None,
    ) -> None:
        self.words = words
        self.packed = packed
        self.scale = scale.astype(np.float32)
        self.bits = bits
        self.cluster = cluster
        self.spelling = spelling
        self._row: dict[str, int] = dict(zip(words, range(len(words)), strict=True))
        marked = [word for word in reversed(words) if not word.isascii()]  # the first of a kind counts
        plain = "\n".join(marked).translate(_UMLAUTS).lower().split("\n")
        self._plain: dict[str, int] = dict(zip(plain, map(self._row.__getitem__, marked), strict=True)) if marked else {}

    def vectors_of(self, rows: Integers) -> Floats:
        """Vectors of rows, (rows, dimensions)."""
        packed = self.packed[rows]
        out = np.empty((len(rows), 2 * packed.shape[1]), np.float32)
        out[:, ::2] = packed >> 4
        out[:, 1::2] = packed & 15
        out -= 8
        out *= self.scale
        return out

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
        parts = {"words": text, "nibbles": self.packed, "scale": self.scale, "bits": self.bits, "cluster": self.cluster}
        if self.spelling:
            parts |= {f"spelling.{name}": part for name, part in self.spelling.parts.items()}
        np.savez(out, **parts)  # type: ignore[arg-type]  # NumPy's stub takes any keyword for `allow_pickle`
        return out.getvalue()

    @classmethod
    def from_disk(cls, path: Path) -> WordTable:
        """Read `words.npz`."""
        with np.load(path, allow_pickle=False) as data:
            parts: dict[str, Any] = {k: data[k] for k in data.files}
        words = parts["words"].tobytes().decode("utf8").split("\n")
        spelling = {k.removeprefix("spelling."): v for k, v in parts.items() if k.startswith("spelling.")}
        return cls(
            words, parts["nibbles"], parts["scale"], parts["bits"], parts["cluster"], Spelling(spelling) if spelling else None
        )
