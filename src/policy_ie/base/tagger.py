"""The `policy_tagger` component: parts of speech, morphology, sentences, names, political functions, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from policy_ie.base.network import Network
from policy_ie.language.sentences import sentence_spans

__all__ = ["SPANS_KEY", "Tagger", "create_tagger"]

#: Key of the span group with politicians (EPPOL), political bodies (EOPOL), functions (PFUNK) and polities (GPE).
SPANS_KEY = "politics"

#: Scores over which the network alone begins a sentence; the second where the word is written small.
MARGIN, LOWER_CASE = 0.0, 3.0

_QUOTES = frozenset(('"', "''", "``", "„", "“", "”", "»", "«", "‚", "‘"))
_ENDS = frozenset((".", "!", "?", "…"))
_CLOSING = frozenset(('"', "''", "“", "”", "«", "»", "‘", "’", ")", "]"))


def _decode(scores: npt.NDArray[np.float32], labels: Sequence[str]) -> list[tuple[str, int, int]]:
    """Spans (label, start, end) of the best valid B-I-O sequence; only stretches that are not surely outside are searched."""
    scores = scores - scores.max(1, keepdims=True)
    logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    outside = labels.index("O")
    open_ = np.flatnonzero(logs[:, outside] < -0.01)
    if not len(open_):
        return []
    banned = _banned(tuple(labels))
    path = logs.argmax(1)
    best = path[open_]
    before = np.where(np.diff(open_, prepend=-2) > 1, outside, np.concatenate(([outside], best[:-1])))
    wrong = np.flatnonzero(banned[before, best])
    if len(wrong):  # elsewhere the best labels follow each other as they may: no search is needed
        penalty = np.where(banned, np.float32(-1e9), np.float32(0))
        edges = np.concatenate(([0], np.flatnonzero(np.diff(open_) > 1) + 1, [len(open_)]))
        for k in np.unique(np.searchsorted(edges, wrong, side="right")).tolist():
            low, high = int(open_[edges[k - 1]]), int(open_[edges[k] - 1]) + 1
            path[low:high] = _search(logs[low:high], penalty, outside)
    spans: list[tuple[str, int, int]] = []
    start, kind, last = -1, "", -2
    for i, tag in [*zip(open_.tolist(), (labels[k] for k in path[open_]), strict=True), (len(logs) + 1, "O")]:
        if start >= 0 and (i != last + 1 or tag[0] != "I" or tag[2:] != kind):
            spans.append((kind, start, last + 1))
            start = -1
        if tag[0] == "B":
            start, kind = i, tag[2:]
        last = i
    return spans


def _search(logs: npt.NDArray[np.float32], penalty: npt.NDArray[np.float32], outside: int) -> list[int]:
    """The best sequence of labels after a word outside, under the penalties of transitions (Viterbi)."""
    best = logs[0] + penalty[outside]
    back = []
    for row in logs[1:]:
        step = best[:, None] + penalty
        back.append(step.argmax(0))
        best = step.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def _fill(doc: Doc, attributes: list[int | str], values: Any) -> None:
    doc.from_array(attributes, values.view(np.uint64))


def _read(doc: Doc) -> tuple[str, list[str], list[int], list[int], list[int]]:
    """Text of a document, its words without white space, what stands before them (`network.BREAKS`), their numbers and offsets.

    One array and one look-up per distinct token: `doc.text` and `token.text` would ask the vocabulary for each.
    """
    table = doc.to_array(["ORTH", "SPACY", "LENGTH", "IS_SPACE"])
    space, length, blank = table[:, 1:].T.astype(np.int64)
    texts = {key: doc.vocab.strings[key] for key in np.unique(table[:, 0]).tolist()}
    tokens = [texts[key] for key in table[:, 0].tolist()]
    after = np.where(space, 0, 1)
    for i in np.flatnonzero(blank).tolist():
        before, lines = int(after[i - 1]) if i else 3, tokens[i].count("\n")
        after[i] = max(before, min(lines, 2) + 1) if lines else 0 if before == 1 else before
    words = np.flatnonzero(blank == 0)
    return (
        "".join([token + " " if spaced else token for token, spaced in zip(tokens, space.tolist(), strict=True)]),
        [tokens[i] for i in words.tolist()],
        np.where(words, after[words - 1], 3).tolist(),
        words.tolist(),
        (np.cumsum(length + space) - length - space)[words].tolist(),
    )


@cache
def _banned(labels: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Which label (column) may not follow which (row)."""
    return np.array([[label[0] == "I" and before[2:] != label[2:] for label in labels] for before in labels])


def sentence_starts(
    words: Sequence[str], offsets: Sequence[int], breaks: Sequence[int], margin: npt.NDArray[np.float32], text: str
) -> npt.NDArray[np.bool_]:
    """Which words begin a sentence: where the rules say so, and where the network finds a boundary that no mark shows.

    Args:
        words: the words, `offsets` where they begin in the text, `breaks` what stands before them (`network.BREAKS`).
        margin: score of "begins a sentence" minus score of "goes on".
        text: the text; rules see paragraphs and marks there (`policy_ie.language.sentences`).
    """
    starts = np.zeros(len(words), np.bool_)
    for i in np.flatnonzero(margin > MARGIN).tolist():
        if breaks[i] == 1 and words[i] in _CLOSING and i + 1 < len(words):
            i += 1  # a closing mark belongs to the sentence that it closes
        if breaks[i] != 1 and (not words[i][0].islower() or margin[i] > LOWER_CASE):
            starts[i] = True
    quotes = [i for i, word in enumerate(words) if word in _QUOTES and 1 < i < len(words) - 1]
    for i in quotes:  # one quotation after another: closing mark, space, opening mark
        closed = words[i - 1] in _QUOTES and breaks[i - 1] == 1 and (words[i - 2] in _ENDS or words[i + 1][0].isupper())
        if closed and breaks[i] == 0 and breaks[i + 1] == 1:
            starts[i] = True
    begins = np.array([start for start, _ in sentence_spans(text)])
    starts[np.unique(np.searchsorted(np.array(offsets), begins))] = True
    return starts


class Tagger:
    """Tags a `Doc`: ``token.pos``, ``token.morph``, ``token.is_sent_start``, ``doc.ents``, ``doc.spans["politics"]``."""

    def __init__(self, vocab: Vocab, name: str = "policy_tagger", network: Network | None = None) -> None:
        self.vocab = vocab
        self.name = name
        self.network = network
        self._space = vocab.strings["SPACE"]
        self._morphs: dict[tuple[int, ...], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document in place."""
        if self.network is None:
            raise ValueError("policy_tagger has no weights: load it from a trained pipeline")
        if not len(doc):
            return doc
        text, words, breaks, places, offsets = _read(doc)
        if words:
            self._annotate(doc, self.network(words, breaks), text, words, breaks, places, offsets)
        else:
            _fill(doc, ["POS", "SENT_START"], np.array([[self._space, 1]] + [[self._space, -1]] * (len(doc) - 1), np.int64))
        return doc

    def _annotate(
        self,
        doc: Doc,
        scores: npt.NDArray[np.float32],
        text: str,
        words: list[str],
        breaks: list[int],
        places: list[int],
        offsets: list[int],
    ) -> None:
        assert self.network is not None
        heads, where = self.network.heads, self.network.slices()
        at = np.array(places)
        values = np.zeros((len(doc), 3), np.int64)
        values[:, 0] = self._space
        values[:, 2] = -1
        pos = np.array([self.vocab.strings[label] for label in heads["upos"]])
        values[at, 0] = pos[scores[:, where["upos"]].argmax(1)]
        features = [h for h in heads if h[0].isupper()]
        picked = np.stack([scores[:, where[h]].argmax(1) for h in features], 1)
        values[at, 1] = np.array([self._morph(row, features) for row in map(tuple, picked.tolist())], np.uint64).view(np.int64)
        sent = scores[:, where["sent"]]
        starts = sentence_starts(words, offsets, breaks, sent[:, 1] - sent[:, 0], text)
        values[at[starts], 2] = 1
        values[0, 2] = 1
        _fill(doc, ["POS", "MORPH", "SENT_START"], values)
        doc.set_ents(
            [Span(doc, places[s], places[e - 1] + 1, label) for label, s, e in _decode(scores[:, where["ner"]], heads["ner"])]
        )
        found = _decode(scores[:, where["mope"]], heads["mope"])
        doc.spans[SPANS_KEY] = [Span(doc, places[s], places[e - 1] + 1, label) for label, s, e in found]

    def _morph(self, row: tuple[int, ...], features: Sequence[str]) -> int:
        key = self._morphs.get(row)
        if key is None:
            assert self.network is not None
            labels = ((h, self.network.heads[h][k]) for h, k in zip(features, row, strict=True))
            key = self.vocab.morphology.add("|".join(f"{h}={v}" for h, v in labels if v != "_"))
            self._morphs[row] = key
        return key

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterable[Doc]:
        """Annotate documents one by one."""
        return map(self, stream)

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Write the network."""
        if self.network is not None:
            self.network.to_disk(Path(path))

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> Self:
        """Read the network."""
        self.network = Network.from_disk(Path(path))
        self._morphs = {}
        return self

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """Not for the weights: pipelines travel as folders or pickles."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> Self:
        """See `to_bytes`."""
        return self


@Language.factory("policy_tagger", assigns=["token.pos", "token.morph", "token.is_sent_start", "doc.ents", "doc.spans"])
def create_tagger(nlp: Language, name: str) -> Any:
    """Make an empty `policy_tagger`; `from_disk` gives it its weights."""
    return Tagger(nlp.vocab, name)
