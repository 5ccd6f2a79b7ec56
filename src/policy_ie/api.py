"""`extract`, `extract_many` and `Extractor`: press releases in, records out."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import itertools
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import Any, Literal, cast

from spacy.language import Language
from spacy.tokens import Doc

from policy_ie import __version__
from policy_ie.builder import build_record
from policy_ie.components.base import Component, policy_layer
from policy_ie.errors import DocumentTooLong, InvalidInput, PolicyIEError, ProcessingError
from policy_ie.pipeline import COMPONENTS, Profile, load
from policy_ie.records import Failure, PipelineInfo, PressRelease, PublishedFrom
from policy_ie.text import SourceText, read

__all__ = ["Extractor", "Item", "as_date", "extract", "extract_many"]

#: A document of a stream: its text (or HTML, or bytes), or a mapping with `text` or `html`, and `id`, `published`, `source`.
Item = str | bytes | Mapping[str, Any]

#: Stretches without white space that are no words, and the pieces that a text with such a stretch is cut into.
_LONG_STRETCH = re.compile(r"\S{2000}")
_PIECE = re.compile(r"\s+\S{0,500}|\S{1,500}\s?")

#: Size of the vocabulary from which on new words are forgotten with their batch (about 40 MB).
_COMMON_WORDS = 100_000

_ITEM_KEYS = {"text", "html", "id", "published", "source"}


class Extractor:
    """A loaded pipeline that makes records; make one and use it for all documents.

    Safe to share between threads: documents pass one after the other (spaCy's vocabulary is shared, and Python code
    gains nothing from threads). For several cores use `policy_ie.archive` or one extractor per process.

    The first extractor of a process calls `gc.freeze()` when it is loaded; `gc.unfreeze()` takes it back.

    Args:
        nlp: a pipeline from `load()`; made with `profile` and `options` where it is not given.
        profile: as in `load`.
        options: further arguments of `load`.

    Example:
        >>> extractor = Extractor(profile="rules")
        >>> record = extractor.extract("Berlin, 3. Mai 2021. Der Bund gibt 2 Mio. Euro.", id="a")
        >>> record.id, record.published.isoformat()
        ('a', '2021-05-03')
    """

    def __init__(self, nlp: Language | None = None, *, profile: Profile = "default", **options: Any) -> None:
        if nlp is not None and not isinstance(nlp, Language):
            raise InvalidInput(f"{nlp!r} is no pipeline", remedy='Extractor(load("rules")) or Extractor(profile="rules")')
        if nlp is not None and options:
            raise InvalidInput(f"a loaded pipeline takes no {', '.join(options)}", remedy="pass them to load()")
        self.nlp = nlp if nlp is not None else load(profile, **options)
        self.info = _pipeline_info(self.nlp)
        self._lock = threading.Lock()
        _spare_the_collector()

    def extract(
        self,
        text: str | bytes,
        *,
        published: dt.date | str | None = None,
        id: str | None = None,
        source: str | None = None,
        media: Literal["text", "html"] | None = None,
        encoding: str | None = None,
    ) -> PressRelease:
        """The record of one press release.

        Args:
            text: plain text, an HTML page, or the bytes of one.
            published: date of the release (a date, ISO 8601, or a full date in German or English), where it is known;
                else it is read from the text.
            id: id of the record; else a hash of the text.
            source: URL or path, kept in the record.
            media: what `text` is; by default a page is known by its `<!doctype html>` or `<html>`.
            encoding: encoding of bytes, where it is known; else it is detected.

        Raises:
            InvalidInput, EmptyDocument: where there is no text to read.
            DocumentTooLong: where the text is longer than the pipeline takes.
            ProcessingError: where a component failed; `component` names it.
        """
        item: dict[str, Any] = {"text": text, "id": id, "source": source, "published": published}
        with self._lock, self._zone():
            return self._records([self._read(item, media, encoding)])[0]

    def extract_many(
        self, items: Iterable[Item], *, batch_size: int = 32, errors: Literal["yield", "raise"] = "yield"
    ) -> Iterator[PressRelease | Failure]:
        """Records of a stream of documents, in its order, one result per document.

        Lazy and of constant memory: at most `batch_size` documents are held. A document that cannot be read gives a
        `Failure` in its place, or raises with `errors="raise"`.

        Raises:
            InvalidInput: at the first result, where `items` is one text, or `batch_size` or `errors` makes no sense.

        Example:
            >>> results = list(Extractor(profile="rules").extract_many(["Der Landtag tagt.", "", {"text": "Hallo", "id": "x"}]))
            >>> [type(r).__name__ for r in results]
            ['PressRelease', 'Failure', 'PressRelease']
        """
        if isinstance(items, str | bytes | Mapping) or not isinstance(items, Iterable):
            raise InvalidInput(f"{type(items).__name__} is no stream of documents", remedy="pass a list, or use extract()")
        if not isinstance(batch_size, int) or batch_size < 1 or errors not in ("yield", "raise"):
            raise InvalidInput(f"batch_size={batch_size}, errors={errors!r}", remedy='at least 1; "yield" or "raise"')
        numbered = enumerate(items)
        while batch := list(itertools.islice(numbered, batch_size)):
            with self._lock, self._zone(), _no_collector():
                results = self._batch(batch, errors)
            yield from results

    def _batch(self, batch: list[tuple[int, Item]], errors: str) -> list[PressRelease | Failure]:
        results: dict[int, PressRelease | Failure] = {}
        readable: list[tuple[int, _Input]] = []
        for number, item in batch:
            try:
                readable.append((number, self._read(item)))
            except PolicyIEError as error:
                if errors == "raise":
                    raise
                results[number] = _failure(number, item, error)
        try:
            records = self._records([document for _, document in readable])
            results.update(zip((number for number, _ in readable), records, strict=True))
        except PolicyIEError:
            # One of them failed: each on its own, so that only that one is lost.
            items = dict(batch)
            for number, document in readable:
                try:
                    results[number] = self._records([document])[0]
                except PolicyIEError as error:
                    if errors == "raise":
                        raise
                    results[number] = _failure(number, items[number], error)
        return [results[number] for number, _ in batch]

    def _read(self, item: Item, media: Literal["text", "html"] | None = None, encoding: str | None = None) -> _Input:
        fields: Mapping[str, Any] = item if isinstance(item, Mapping) else {"text": item}
        if unknown := set(fields) - _ITEM_KEYS:
            raise InvalidInput(f"unknown keys {sorted(unknown)}", document=_name(fields), remedy=f"use {sorted(_ITEM_KEYS)}")
        if fields.get("text") is None and fields.get("html") is not None:
            content, media = fields["html"], "html"
        else:
            content = fields.get("text")
        name = _name(fields)
        source = fields.get("source")
        if media not in (None, "text", "html"):
            raise InvalidInput(f"media={media!r} is not read", document=name, remedy='"text" or "html"')
        try:
            text = read(content, media=media, encoding=encoding, source=None if source is None else str(source))
            published = as_date(fields.get("published"))
        except PolicyIEError as error:
            error.document = error.document or name
            raise
        if len(text.text) > self.nlp.max_length:
            raise DocumentTooLong(
                f"{len(text.text):,} characters are more than the {self.nlp.max_length:,} of this pipeline",
                document=name,
                remedy='split the text, or use the profile "rules"',
            )
        digest = fields.get("id")
        if digest is None:
            digest = hashlib.sha256(text.text.encode()).hexdigest()[:16]
        return _Input(str(digest), text, published)

    def _records(self, documents: list[_Input]) -> list[PressRelease]:
        tokens = _needs_tokens(self.nlp)
        docs = [self._doc(document, tokens) for document in documents]
        try:
            docs = list(self.nlp.pipe(docs)) if tokens else self._annotated(docs)
        except ProcessingError as error:
            if len(documents) == 1:
                error.document = documents[0].id
            raise
        layers = [policy_layer(doc) for doc in docs]
        records = [
            build_record(layer, document_id=document.id, pipeline=self.info)
            for layer, document in zip(layers, documents, strict=True)
        ]
        for layer in layers:
            layer.detach()
        return records

    def _annotated(self, docs: list[Doc]) -> list[Doc]:
        """Runs each component over the whole batch, which keeps its code and tables in the processor's cache."""
        failed: Callable[..., Any] = self.nlp.default_error_handler
        layers = [policy_layer(doc) for doc in docs]
        for name, component in self.nlp.pipeline:
            annotate = cast(Component, component).annotate
            for doc, layer in zip(docs, layers, strict=True):
                try:
                    annotate(layer)
                except Exception as error:
                    failed(name, component, [doc], error)
        return docs

    def _doc(self, document: _Input, tokens: bool) -> Doc:
        doc = _make_doc(self.nlp, document.text.text) if tokens else Doc(self.nlp.vocab)
        layer = policy_layer(doc, document.text.text)
        layer.mirrored = False  # the record is made from the mentions
        layer.id = document.id
        layer.source = document.text.source
        layer.warnings.extend(document.text.warnings)
        if document.published:
            layer.published, layer.published_from = document.published, PublishedFrom.ARGUMENT
        layer.hints = document.text
        return doc

    def _zone(self) -> AbstractContextManager[Any]:
        """Frees what the vocabulary learns from the documents, once it knows the common words: no growth over a long run.

        Making a lexeme is dear, so words that come again and again stay.
        """
        zone: AbstractContextManager[Any] = nullcontext()
        if len(self.nlp.vocab.strings) > _COMMON_WORDS:
            zone = self.nlp.memory_zone()
        return zone


class _Input:
    __slots__ = ("id", "published", "text")

    def __init__(self, id: str, text: SourceText, published: dt.date | None) -> None:
        self.id = id
        self.text = text
        self.published = published


def extract(text: str | bytes, *, extractor: Extractor | None = None, **options: Any) -> PressRelease:
    """The record of one press release; arguments as in `Extractor.extract`.

    The pipeline is loaded at the first call and kept; pass an `extractor` for another one.

    Example:
        >>> from policy_ie import Extractor, extract
        >>> rules = Extractor(profile="rules")
        >>> record = extract("Der Kreis Soest erhält 30.000 Euro.", extractor=rules, published="2020-01-31")
        >>> [e.amount for e in record.entities if e.kind == "money"]
        [Decimal('30000')]
    """
    return (extractor or _default_extractor()).extract(text, **options)


def extract_many(
    items: Iterable[Item], *, extractor: Extractor | None = None, **options: Any
) -> Iterator[PressRelease | Failure]:
    """Records of a stream of documents; arguments as in `Extractor.extract_many`."""
    return (extractor or _default_extractor()).extract_many(items, **options)


@cache
def _default_extractor() -> Extractor:
    return Extractor()


@cache
def _spare_the_collector() -> None:
    """Takes what is loaded, some 200,000 objects that stay, from the walks of the garbage collector: a tenth of the time."""
    gc.freeze()


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keeps the garbage collector from walking over a batch while it is made; what a batch leaves behind is little."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _needs_tokens(nlp: Language) -> bool:
    """False where all components are ours, which read the characters of the layer: a record then needs no tokenizer."""
    return any(nlp.get_pipe_meta(name).factory not in COMPONENTS for name in nlp.pipe_names)


def _make_doc(nlp: Language, text: str) -> Doc:
    """Tokenises a text in time linear in its length.

    spaCy's tokenizer peels prefixes and suffixes off a stretch without white space one by one and searches the rest anew
    each time, so 50,000 brackets would take minutes: longer stretches are cut before.
    """
    if _LONG_STRETCH.search(text) is None:
        doc: Doc = nlp.make_doc(text)
        return doc
    words: list[str] = []
    spaces: list[bool] = []
    for piece in _PIECE.findall(text):
        for token in nlp.make_doc(piece):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _pipeline_info(nlp: Language) -> PipelineInfo:
    from policy_ie.knowledge import knowledge_base

    meta = nlp.meta
    trained = any(name not in COMPONENTS for name in nlp.pipe_names)
    base = f"{meta['lang']}_{meta['name']} {meta['version']}" if trained else "rules"
    tables = getattr(nlp.get_pipe("policy_territories"), "knowledge", ()) if "policy_territories" in nlp.pipe_names else ()
    return PipelineInfo(library=__version__, base=base, knowledge=knowledge_base(tuple(tables)).version)


def as_date(value: Any) -> dt.date | None:
    """The date of a release as callers and archives write it.

    Raises:
        InvalidInput: where it is no date.

    Example:
        >>> as_date("14. Mai 2024, 10:30 Uhr").isoformat()
        '2024-05-14'
    """
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    if isinstance(value, dt.datetime):
        return value.date()
    text = str(value).strip()
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        pass
    # Archives write the date as they like ("14.05.2024", "14. Mai 2024, 10:30 Uhr"); rare enough to import for it.
    import dateparser

    settings = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    found: dt.datetime | None = None
    if not text[:4].isdigit():
        found = dateparser.parse(text, languages=["de", "en"], settings=settings)
    if found is None:
        raise InvalidInput(f"published={value!r} is no date", remedy="pass a date or ISO 8601, 2024-05-31")
    return found.date()


def _name(fields: Mapping[str, Any]) -> str | None:
    name = fields.get("id") or fields.get("source")
    return None if name is None else str(name)


def _failure(number: int, item: Item, error: PolicyIEError) -> Failure:
    fields: Mapping[str, Any] = item if isinstance(item, Mapping) else {}
    source = fields.get("source")
    return Failure(
        id=str(fields.get("id") if fields.get("id") is not None else number),
        source=None if source is None else str(source),
        error=type(error).__name__,
        component=getattr(error, "component", None),
        message=error.explanation,
    )
