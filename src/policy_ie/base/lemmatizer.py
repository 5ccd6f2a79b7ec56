"""The `policy_lemmatizer` component: lemmas from the part of speech, a table of exceptions and rules over word endings."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

__all__ = ["LemmaRules", "Lemmatizer", "create_lemmatizer"]

_LONGEST = 9
_REMEMBERED = 50_000


class LemmaRules:
    """Lemma of (form, part of speech).

    `exceptions` maps ``"POS form"`` to a lemma; `endings` maps ``"POS ending"`` to (letters to cut, letters to add), the
    longest ending wins.

    Example:
        >>> rules = LemmaRules({"NOUN Daten": "Datum"}, {"NOUN": (0, ""), "NOUN ungen": (2, "")})
        >>> rules("Förderungen", "NOUN"), rules("Daten", "NOUN"), rules("Stadt", "NOUN")
        ('Förderung', 'Datum', 'Stadt')
    """

    def __init__(self, exceptions: dict[str, str], endings: dict[str, tuple[int, str]]) -> None:
        self.exceptions = exceptions
        self.endings = {k: (int(v[0]), str(v[1])) for k, v in endings.items()}

    def __call__(self, form: str, pos: str) -> str:
        """The lemma; the form itself where nothing is known."""
        if pos != "NOUN" and pos != "PROPN" and not form.islower():
            form = form.lower() if not form.isupper() or len(form) > 1 else form
        elif form.isupper() and len(form) > 3 and pos == "NOUN" and f"{pos} {form}" not in self.exceptions:
            form = form.capitalize()
        found = self.exceptions.get(f"{pos} {form}")
        if found is not None:
            return found
        if pos == "NOUN" and "-" in form:
            head, _, tail = form.rpartition("-")
            if head and tail[:1].isupper():
                return f"{head}-{self(tail, pos)}"
        for n in range(min(_LONGEST, len(form) - 1), 0, -1):
            rule = self.endings.get(f"{pos} {form[-n:]}")
            if rule is not None:
                break
        else:
            rule = self.endings.get(pos, (0, ""))
        cut, add = rule
        return (form[: len(form) - cut] if cut else form) + add

    def to_disk(self, path: Path) -> None:
        """Write one compressed JSON file."""
        data = json.dumps({"exceptions": self.exceptions, "endings": self.endings}, ensure_ascii=False, sort_keys=True)
        path.write_bytes(zlib.compress(data.encode("utf8"), 9))

    @classmethod
    def from_disk(cls, path: Path) -> LemmaRules:
        """Read what `to_disk` wrote."""
        return cls(**json.loads(zlib.decompress(path.read_bytes())))


class Lemmatizer:
    """Sets ``token.lemma`` from ``token.pos``; white space and unknown parts of speech keep their form."""

    def __init__(self, vocab: Vocab, name: str = "policy_lemmatizer", rules: LemmaRules | None = None) -> None:
        self.vocab = vocab
        self.name = name
        self.rules = rules or LemmaRules({}, {})
        self._known: dict[tuple[int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document in place."""
        known, add, lemmas = self._known, self.vocab.strings.add, []
        if len(known) > _REMEMBERED:
            known.clear()
        for token in doc:
            key = (token.orth, token.pos)
            lemma = known.get(key)
            if lemma is None:
                lemma = known[key] = add(self.rules(token.text, token.pos_))
            lemmas.append(lemma)
        values: Any = np.array(lemmas, np.uint64)[:, None]
        doc.from_array(["LEMMA"], values)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterable[Doc]:
        """Annotate documents one by one."""
        return map(self, stream)

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Write the rules."""
        Path(path).mkdir(parents=True, exist_ok=True)
        self.rules.to_disk(Path(path) / "lemmas.json.z")

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> Self:
        """Read the rules."""
        self.rules = LemmaRules.from_disk(Path(path) / "lemmas.json.z")
        self._known = {}
        return self

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """Not for the rules: pipelines travel as folders or pickles."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> Self:
        """See `to_bytes`."""
        return self


@Language.factory("policy_lemmatizer", assigns=["token.lemma"], requires=["token.pos"])
def create_lemmatizer(nlp: Language, name: str) -> Any:
    """Make an empty `policy_lemmatizer`; `from_disk` gives it its rules."""
    return Lemmatizer(nlp.vocab, name)
