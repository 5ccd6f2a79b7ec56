"""The tagger's network, forward only, in NumPy: word features, a stack of residual convolutions, one layer of heads.

A word's own features (see `words`) are projected once per distinct word of a document; then every block looks at a word
and, through fewer dimensions, at its neighbours at distance `dilation`: ``x = norm(x + maxout(W [x, L x[-d], R x[+d]] + b))``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from policy_ie.base.words import AFFIXES, HOW, WordTable, affix_ids, gram_ids

__all__ = ["BREAKS", "Network", "word_inputs"]

Floats = npt.NDArray[np.float32]

#: What stands before a word: space, nothing, a line break, a blank line or the start of the text.
BREAKS = ("space", "glued", "line", "block")

_CHUNK = 4096  # words per pass: bounds the memory of one long document
_OVERLAP = 32  # words read on either side of a chunk; at least the reach of all blocks together
_NONE, _HEAD = HOW.index("none"), HOW.index("head")  # ways to find a row that say little of a name: its spelling is asked too
_REMEMBERED = 20_000  # distinct words whose features are kept


def word_inputs(table: WordTable, word: str) -> tuple[int, int, tuple[int, ...], list[int]]:
    """Row, how it was found, affix buckets and n-gram buckets of a word."""
    return (*table.find(word), affix_ids(word), gram_ids(word))


def _norm(x: Floats, gain: Floats, bias: Floats, out: Floats) -> None:
    """Layer normalisation; `x` is used up."""
    width = x.shape[1]
    x -= (x @ np.full(width, 1 / width, np.float32))[:, None]
    x *= 1.0 / np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / width + 1e-5)
    x *= gain
    np.add(x, bias, out=out)


@cache
def _threads() -> ThreadpoolController:
    """Holds NumPy to one thread: matrices this small lose with two, most on a busy machine, and sums keep their order."""
    return ThreadpoolController()


class Network:
    """Weights and forward pass.

    Attributes:
        heads: labels of every head, in the order of the output.
    """

    def __init__(self, table: WordTable, weights: Mapping[str, npt.NDArray[Any]], meta: Mapping[str, Any]) -> None:
        self.table = table
        self.weights = {k: np.ascontiguousarray(v, dtype=np.float32) for k, v in weights.items()}
        self.meta = dict(meta)
        self.heads: dict[str, list[str]] = dict(meta["heads"])
        self._side, self._width = len(self.weights["block0.side"]) // 2, len(self.weights["block0.shift"])
        self._known: dict[str, Floats] = {}
        self._powers = np.arange(64, dtype=np.uint64)

    def features(self, words: Sequence[str]) -> Floats:
        """Features of distinct words, before projection: (words, all features of a word)."""
        known = self._known
        new = [word for word in words if word not in known]
        if len(known) + len(new) > _REMEMBERED:
            known, new = {}, list(words)
            self._known = known
        if new:
            known.update(zip(new, self._read(new), strict=True))
        return np.stack([known[word] for word in words])

    def _read(self, words: list[str]) -> Floats:
        """Features of words that are not remembered."""
        w, table = self.weights, self.table
        found, how, affixes, grams = zip(*(word_inputs(table, word) for word in words), strict=True)
        rows, counts = np.array(found), np.array([len(ids) for ids in grams])
        known = (rows >= 0)[:, None]
        vectors = table.vectors_of(rows) * known
        if table.spelling:
            for i, way in enumerate(how):
                if way == _NONE:
                    vectors[i] = table.spelling(words[i])
                elif way == _HEAD:
                    vectors[i] = (vectors[i] + table.spelling(words[i])) / 2
        clusters = np.where(known[:, 0], table.cluster[rows], 0)
        sums = np.add.reduceat(w["gram"][np.concatenate(grams)], np.cumsum(counts) - counts, axis=0)
        buckets = zip(*affixes, strict=True)
        parts = (
            vectors,
            ((table.bits[rows][:, None] >> self._powers) & np.uint64(1)) * known,
            w["how"][list(how)],
            w["cluster"][clusters],
            *(w[name][list(ids)] for name, ids in zip(AFFIXES, buckets, strict=True)),
            sums / counts[:, None],
        )
        return np.concatenate(parts, 1, dtype=np.float32, casting="same_kind")

    def __call__(self, words: Sequence[str], breaks: Sequence[int]) -> Floats:
        """Scores of all heads side by side, (words, labels of all heads)."""
        with _threads().limit(limits=1, user_api="blas"):
            return self._chunks(words, breaks)

    def _chunks(self, words: Sequence[str], breaks: Sequence[int]) -> Floats:
        if len(words) <= _CHUNK:
            return self._forward(words, breaks)
        parts = []
        for start in range(0, len(words), _CHUNK):
            low, high = max(0, start - _OVERLAP), min(len(words), start + _CHUNK + _OVERLAP)
            part = self._forward(words[low:high], breaks[low:high])
            parts.append(part[start - low : start - low + _CHUNK])
        return np.concatenate(parts)

    def _forward(self, words: Sequence[str], breaks: Sequence[int]) -> Floats:
        w, n = self.weights, len(words)
        width, side = self._width, self._side
        index: dict[str, int] = {}
        places = [index.setdefault(word, len(index)) for word in words]
        distinct = self.features(list(index)) @ w["project.weight"].T
        window = np.empty((n, width + 2 * side), np.float32)
        x, left, right = np.split(window, (width, width + side), axis=1)
        _norm(distinct[places] + w["break"][list(breaks)], w["norm.weight"], w["norm.bias"], x)
        for i, dilation in enumerate(self.meta["dilations"]):
            near, here = x @ w[f"block{i}.side"].T, max(0, n - dilation)
            left[:dilation], left[dilation:] = 0, near[:here, :side]
            right[here:], right[:here] = 0, near[dilation:, side:]
            y = window @ w[f"block{i}.weight"].T
            y += w[f"block{i}.bias"]
            _norm(x + np.maximum(y[:, :width], y[:, width:]), w[f"block{i}.gain"], w[f"block{i}.shift"], x)
        scores: Floats = x @ w["heads.weight"].T
        scores += w["heads.bias"]
        return scores

    def slices(self) -> dict[str, slice]:
        """Columns of every head."""
        out, at = {}, 0
        for head, labels in self.heads.items():
            out[head] = slice(at, at + len(labels))
            at += len(labels)
        return out

    def to_disk(self, path: Path) -> None:
        """Write `words.npz`, `weights.npz` (half precision) and `meta.json`."""
        path.mkdir(parents=True, exist_ok=True)
        (path / "words.npz").write_bytes(self.table.to_bytes())
        halves = {k: v.astype(np.float16) for k, v in self.weights.items()}
        np.savez(path / "weights.npz", **halves)  # type: ignore[arg-type]  # NumPy's stub takes any keyword for `allow_pickle`
        (path / "meta.json").write_text(json.dumps(self.meta, ensure_ascii=False, indent=1), encoding="utf8")

    @classmethod
    def from_disk(cls, path: Path) -> Network:
        """Read what `to_disk` wrote."""
        with np.load(path / "weights.npz", allow_pickle=False) as data:
            weights = {k: data[k] for k in data.files}
        meta = json.loads((path / "meta.json").read_text(encoding="utf8"))
        return cls(WordTable.from_disk(path / "words.npz"), weights, meta)
