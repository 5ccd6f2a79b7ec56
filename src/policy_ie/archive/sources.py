"""Readers: what lies on disk as a stream of documents, in a fixed order, with constant memory.

The runner counts the documents of each input once, plans the shards and reads the inputs again; so a reader yields *makers*
of units, and a document that is not wanted costs no more than finding its end. An input, or the rest of one, that
cannot be read is one unit that says why: it becomes a row of `errors`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from policy_ie.errors import InvalidInput, MissingExtra, PolicyIEError, ProcessingError

__all__ = ["Input", "Reading", "Unit", "count", "find", "unit_of_row", "units"]

#: What the end of a file name says about its content; other files in folders and ZIP files are left alone.
KINDS = {
    ".txt": "text", ".html": "html", ".htm": "html", ".pdf": "pdf",
    ".jsonl": "jsonl", ".jsonl.gz": "jsonl", ".jsonl.zst": "jsonl", ".csv": "csv", ".csv.gz": "csv", ".csv.zst": "csv",
    ".parquet": "parquet", ".zip": "zip", ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip

#: Inputs that are one document.
SINGLE = {"text", "html", "pdf", "error"}

#: Media types of the answers in a WARC that are documents.
_MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf"}

#: Fields of a document, and columns that serve where the field's own name is missing.
_FIELDS = {"text": (), "html": (), "id": (), "published": (), "source": ("url",)}

#: Bytes of one file in a ZIP, so that a bomb does not fill the memory.
_MEMBER_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: names of columns by field (`{"text": "body"}`) and the encoding of text files, where it is known."""

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None

    def __post_init__(self) -> None:
        if unknown := set(self.columns) - set(_FIELDS):
            raise InvalidInput(f"there is no field {', '.join(sorted(unknown))}", remedy=f"one of {', '.join(_FIELDS)}")

    def names(self, available: Iterable[str]) -> dict[str, str]:
        """Column of each field, among those that there are.

        Raises:
            InvalidInput: where no column holds a text, or one that was named is missing.
        """
        known = list(available)
        found = {}
        for name, others in _FIELDS.items():
            wanted = (self.columns[name],) if name in self.columns else (name, *others)
            column = next((c for c in wanted if c in known), None)
            if column is not None:
                found[name] = column
            elif name in self.columns:
                raise InvalidInput(
                    f"there is no column {self.columns[name]!r}", remedy=f"the columns are {', '.join(known[:40])}"
                )
        if "text" not in found and "html" not in found:
            raise InvalidInput(
                "no column holds the text", remedy=f"name it: --column text=NAME; the columns are {', '.join(known[:40])}"
            )
        return found


@dataclass(frozen=True, slots=True)
class Input:
    """A file of the plan; `size` in bytes (-1 where it could not be read)."""

    path: str
    id: str
    kind: str
    size: int = -1


@dataclass(frozen=True, slots=True)
class Unit:
    """One document on its way to a worker, which opens and parses it."""

    id: str
    source: str
    kind: str
    content: Any = None

    def item(self, reading: Reading) -> dict[str, Any]:
        """The document as `Extractor.extract_many` takes it.

        Raises:
            PolicyIEError: where it cannot be read.
        """
        try:
            return self._item(reading)
        except PolicyIEError as error:
            error.document = error.document or self.id
            raise
        except Exception as error:
            raise InvalidInput(f"cannot be read: {_said(error)}", document=self.id) from error

    def _item(self, reading: Reading) -> dict[str, Any]:
        named: dict[str, Any] = {"id": self.id, "source": self.source}
        if self.kind == "error":
            raise InvalidInput(self.content, document=self.source)
        if self.kind == "json":
            row = json.loads(self.content)
            if not isinstance(row, dict):
                raise InvalidInput("the line is no JSON object", remedy='{"text": "…", "id": "…"}')
            return named | {name: row[column] for name, column in reading.names(row).items() if row[column] is not None}
        if self.kind == "row":
            return {**named, **self.content}
        data = Path(self.source).read_bytes() if self.content is None else self.content
        if self.kind == "pdf":
            return named | {"text": _pdf_text(data)}
        if self.kind == "text" and reading.encoding:
            return named | {"text": data.decode(reading.encoding)}
        named[self.kind] = data
        return named


#: Makes a unit; valid until the next one is asked for.
Maker = Callable[[], Unit]


def find(sources: Iterable[Path], leave: Path | None = None) -> Iterator[Input]:
    """The inputs behind files and folders, folders in order of the names, without the folder `leave`.

    Raises:
        InvalidInput: where a source does not exist, or is a file of no known kind.
    """
    for source in sources:
        if source.is_dir():
            yield from _walk(source, source, leave)
        elif not os.path.lexists(source):
            raise InvalidInput("no such file or folder", document=str(source))
        elif (kind := _kind(source.name)) is None:
            raise InvalidInput("a file of no known kind", document=str(source), remedy=f"one of {' '.join(KINDS)}")
        else:
            yield Input(str(source), _stem(source.name), kind[1], _size(source))


def _walk(folder: Path, root: Path, leave: Path | None) -> Iterator[Input]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield Input(str(folder), folder.relative_to(root).as_posix(), "error")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if path != leave:
                yield from _walk(path, root, leave)
        elif (kind := _kind(entry.name)) is not None:
            yield Input(entry.path, _stem(path.relative_to(root).as_posix()), kind[1], _size(path))


def count(source: Input, reading: Reading) -> int:
    """Number of units of an input."""
    if source.kind in SINGLE:
        return 1
    if source.kind == "parquet":
        try:
            with pq.ParquetFile(source.path) as file:
                reading.names(file.schema_arrow.names)
                return int(file.metadata.num_rows)
        except Exception:
            return 1
    return sum(1 for _ in units(source, reading))


def units(source: Input, reading: Reading) -> Iterator[Maker]:
    """Makers of the units of an input, in its order."""
    if source.kind == "error":
        yield partial(Unit, source.id, source.path, "error", "the folder cannot be read")
    elif source.kind in SINGLE:
        yield partial(Unit, source.id, source.path, source.kind)
    else:
        path = Path(source.path)
        opened = _opened(partial(_file, path), path.suffix.lower())
        yield from _guarded(source.kind, opened, source.id, source.path, reading)


def _guarded(kind: str, opened: AbstractContextManager[IO[bytes]], name: str, source: str, reading: Reading) -> Iterator[Maker]:
    """Units of a container; where it breaks, one more that says so."""
    number = 0
    try:
        with opened as stream:
            for maker in _CONTAINERS[kind](stream, name, source, reading):
                number += 1
                yield maker
    except Exception as error:
        after = f" after {number} documents" if number else ""
        yield partial(Unit, f"{name}:{number + 1}", source, "error", f"cannot be read{after}: {_said(error)}")


def _jsonl(stream: IO[bytes], name: str, source: str, reading: Reading) -> Iterator[Maker]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield partial(Unit, f"{name}:{number}", f"{source}#{number}", "json", line)


def _csv(stream: IO[bytes], name: str, source: str, reading: Reading) -> Iterator[Maker]:
    csv.field_size_limit(2**31 - 1)
    with io.TextIOWrapper(stream, encoding=reading.encoding or "utf-8-sig", newline="") as text:
        head = text.readline()
        delimiter = max(",;\t|", key=head.count)
        header = next(csv.reader([head], delimiter=delimiter), [])
        columns = reading.names(header)
        for number, row in enumerate(csv.DictReader(text, header, delimiter=delimiter), 1):
            yield partial(unit_of_row, row, columns, name, source, number)


def _parquet(stream: IO[bytes], name: str, source: str, reading: Reading) -> Iterator[Maker]:
    with pq.ParquetFile(stream) as file:
        columns = reading.names(file.schema_arrow.names)
        number = 0
        for batch in file.iter_batches(batch_size=256, columns=sorted(set(columns.values()))):
            for row in batch.to_pylist():
                number += 1
                yield partial(unit_of_row, row, columns, name, source, number)


def unit_of_row(row: Mapping[str, Any], columns: Mapping[str, str], name: str, source: str, number: int) -> Unit:
    """The document in a row of a table."""
    item = {f: row[c] for f, c in columns.items() if row[c] not in (None, "")}
    if "html" not in item:
        item.setdefault("text", "")  # counted as an empty document
    return Unit(str(item.get("id", f"{name}:{number}")), str(item.get("source", f"{source}#{number}")), "row", item)


def _zip(stream: IO[bytes], name: str, source: str, reading: Reading) -> Iterator[Maker]:
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            known = _kind(info.filename)
            if info.is_dir() or known is None:
                continue
            suffix, kind = known
            member, place = f"{name}/{_stem(info.filename)}", f"{source}#{info.filename}"
            if kind in SINGLE:
                yield partial(_member, archive, info, member, place, kind)
            else:
                opened = _opened(partial(archive.open, info), suffix)
                yield from _guarded(kind, opened, member, place, reading)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, source: str, kind: str) -> Unit:
    try:
        if info.file_size > _MEMBER_BYTES:
            raise InvalidInput(f"{info.file_size:,} bytes are more than {_MEMBER_BYTES:,}")
        return Unit(name, source, kind, archive.read(info))
    except Exception as error:
        return Unit(name, source, "error", f"cannot be read: {_said(error)}")


def _warc(stream: IO[bytes], name: str, source: str, reading: Reading) -> Iterator[Maker]:
    """Successful answers with a text; requests, redirects, images and the like are no documents."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise MissingExtra("reading WARC needs warcio", remedy='pip install "policy-ie[warc]"') from error
    number = 0
    for record in ArchiveIterator(stream):
        if record.rec_type not in ("response", "resource", "conversion"):
            continue
        head = record.http_headers
        media = head.get_header("Content-Type", "") if head else record.rec_headers.get_header("Content-Type", "")
        kind = _MEDIA.get(media.partition(";")[0].strip().lower())
        if kind and (head is None or head.get_statuscode() == "200"):
            number += 1
            place = record.rec_headers.get_header("WARC-Target-URI", f"{source}#{number}")
            yield partial(_answer, record, f"{name}:{number}", place, kind, media)


def _answer(record: Any, name: str, source: str, kind: str, media: str) -> Unit:
    try:
        data: bytes = record.content_stream().read(_MEMBER_BYTES + 1)
        if len(data) > _MEMBER_BYTES:
            raise InvalidInput(f"more than {_MEMBER_BYTES:,} bytes")
        charset = re.search(r"charset=[\"']?([\w.:-]+)", media, re.IGNORECASE)
        if charset and kind != "pdf":
            with suppress(LookupError, UnicodeDecodeError):
                return Unit(name, source, "row", {"id": name, "source": source, kind: data.decode(charset[1])})
        return Unit(name, source, kind, data)
    except Exception as error:
        return Unit(name, source, "error", f"cannot be read: {_said(error)}")


def _file(path: Path) -> IO[bytes]:
    return path.open("rb")


@contextmanager
def _opened(open_: Callable[[], IO[bytes]], suffix: str) -> Iterator[IO[bytes]]:
    """The content of a file, without its compression."""
    with ExitStack() as stack:
        stream: Any = stack.enter_context(open_())
        if suffix.endswith(".gz"):
            stream = stack.enter_context(gzip.open(stream))
        elif suffix.endswith(".zst"):
            stream = stack.enter_context(io.BufferedReader(pa.CompressedInputStream(stream, "zstd")))
        yield stream


_CONTAINERS = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet, "zip": _zip, "warc": _warc}


def _kind(name: str) -> tuple[str, str] | None:
    """The ending of a file name, and the kind of file it means."""
    lower = name.lower()
    return next(((end, kind) for end, kind in KINDS.items() if lower.endswith(end)), None)


def _stem(name: str) -> str:
    known = _kind(name)
    return name[: -len(known[0])] if known else name


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _said(error: BaseException) -> str:
    if isinstance(error, PolicyIEError):
        return str(error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _pdf_text(data: bytes) -> str:
    """Text layer of a PDF, page after page."""
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise MissingExtra("reading PDF needs pypdf", remedy='pip install "policy-ie[pdf]"') from error
    try:
        text = "\n\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    except Exception as error:
        raise ProcessingError(f"the PDF cannot be read: {_said(error)}", component="pdf") from error
    if not text.strip():
        raise InvalidInput("the PDF has no text layer", remedy="run it through character recognition (OCR) first")
    return text
