"""Reading the input: strings, bytes of any usual encoding, HTML pages."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from policy_ie.errors import EmptyDocument, InvalidInput
from policy_ie.records import Warning

__all__ = ["SourceText", "read", "read_bytes", "read_html", "read_text"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: First bytes of files that are no text, and what they are.
_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text and what its source says about it.

    Attributes:
        text: the text that all offsets count in; for plain text the input itself, character for character.
        source: URL or path, as given.
        metadata_date: date that the metadata of an HTML page give.
        title_hint: headline that they give.
        publisher_hint: name of the site or its owner.
        warnings: what is odd about the input.
    """

    text: str
    source: str | None = None
    metadata_date: dt.date | None = None
    title_hint: str | None = None
    publisher_hint: str | None = None
    warnings: tuple[Warning, ...] = ()


def read(
    content: object,
    *,
    media: Literal["text", "html"] | None = None,
    encoding: str | None = None,
    source: str | None = None,
) -> SourceText:
    """Reads a string or bytes, plain text or HTML.

    Args:
        content: the text or page.
        media: what it is; by default a page is known by its `<!doctype html>` or `<html>`.
        encoding: encoding of bytes, where it is known.
        source: URL or path, kept in the result.

    Raises:
        InvalidInput: where it is neither string nor bytes, or bytes that are no text.
        EmptyDocument: where there is nothing to read.
        MissingExtra: where it is HTML and the extra `html` is not installed.

    Example:
        >>> read("Der Landtag tagt.").text
        'Der Landtag tagt.'
    """
    if isinstance(content, bytes | bytearray | memoryview):
        data = bytes(content)
        if media != "html":
            document = read_bytes(data, encoding=encoding, source=source)
            if media == "text" or _HTML_START.match(document.text[:2000]) is None:
                return document
        return read_html(data, url=source, encoding=encoding)
    if isinstance(content, str):
        if media == "html" or (media is None and _HTML_START.match(content[:2000])):
            return read_html(content, url=source)
        return read_text(content, source=source)
    raise InvalidInput(
        f"{type(content).__name__} is no text", document=source, remedy="pass the release as a str, or as bytes of a file"
    )


def read_text(text: str, *, source: str | None = None) -> SourceText:
    """Checks a plain text; it is kept as it is.

    Raises:
        InvalidInput: where it is no string, or has lone surrogates, which no file could hold.
        EmptyDocument: where it is blank.

    Example:
        >>> [w.code for w in read_text("Das Land\\x00 gibt Geld.").warnings]
        ['control_characters']
    """
    if not isinstance(text, str):
        raise InvalidInput(f"{type(text).__name__} is no text", document=source, remedy="pass the release as a str")
    if not text or text.isspace() or not text.strip("\ufeff\u200b \t\r\n"):
        raise EmptyDocument("no text", document=source, remedy="leave out empty documents")
    if not _encodable(text) and (lone := _SURROGATE.search(text)):
        raise InvalidInput(
            f"lone surrogate at offset {lone.start()}",
            document=source,
            remedy="decode the file with its own encoding, or text.encode('utf-8', 'replace').decode()",
        )
    return SourceText(text, source, warnings=_warnings(text))


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _warnings(text: str) -> tuple[Warning, ...]:
    found = []
    if control := _CONTROL.search(text):
        found.append(
            Warning(code="control_characters", message=f"control character U+{ord(control[0]):04X} at offset {control.start()}")
        )
    if "\ufffd" in text:
        found.append(Warning(code="replacement_characters", message="characters were lost before the text came here (U+FFFD)"))
    return tuple(found)


def read_bytes(data: bytes, *, encoding: str | None = None, source: str | None = None) -> SourceText:
    """Decodes the bytes of a plain text: by byte order mark, the encoding given, UTF-8, UTF-16, Windows-1252.

    Raises:
        InvalidInput: where the bytes are no text, or no text of the encoding given.
        EmptyDocument: where there is nothing.

    Example:
        >>> read_bytes("Görlitz".encode("cp1252")).text
        'Görlitz'
    """
    return read_text(_decode(data, encoding, source), source=source)


def _decode(data: bytes, encoding: str | None, source: str | None) -> str:
    if not data.strip():
        raise EmptyDocument("no text", document=source, remedy="leave out empty documents")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InvalidInput(f"this is {what}, no text", document=source, remedy="extract its text first")
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = _try(data, name)
            if text is not None:
                return text.removeprefix("\ufeff")
    if encoding is not None:
        try:
            return data.decode(encoding)
        except LookupError:
            raise InvalidInput(
                f"unknown encoding {encoding!r}", document=source, remedy="use a name that Python knows, or none"
            ) from None
        except (UnicodeError, ValueError):
            raise InvalidInput(
                f"the bytes are no {encoding}", document=source, remedy="leave the encoding out to have it detected"
            ) from None
    if (wide := _utf16(data)) is not None:
        return wide
    head = data[:100_000]
    if len(head) - len(head.translate(None, _CONTROL_BYTES)) > 0.05 * len(head):
        raise InvalidInput("the bytes are no text", document=source, remedy="pass text, or name its encoding")
    for name in ("utf-8", "cp1252"):
        if (text := _try(data, name)) is not None:
            return text
    return data.decode("latin-1")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of a European text is zero."""
    head = data[:4000]
    if len(data) % 2 or head.count(0) < 0.3 * len(head):
        return None
    high, low = head[::2].count(0), head[1::2].count(0)
    text = _try(data, "utf-16-be" if high > low else "utf-16-le")
    return text if text is not None and (high < 0.05 * len(head) or low < 0.05 * len(head)) else None


def read_html(page: str | bytes, *, url: str | None = None, encoding: str | None = None) -> SourceText:
    """The text of an HTML page: headline, date line, paragraphs, lists and tables as lines, without menus.

    Args:
        page: the page.
        url: where it is from.
        encoding: encoding of bytes, where it is known; else by byte order mark, `<meta charset>`, or detection.

    Raises:
        MissingExtra: where trafilatura is not installed.
        EmptyDocument: where the page has no text.
        InvalidInput: where the bytes are no text.
    """
    from policy_ie.text.html import extract_page

    if isinstance(page, bytes):
        if encoding is None and (declared := _META_CHARSET.search(page[:4096])):
            name = declared[1].decode("ascii")
            try:
                # Browsers read Latin-1 as Windows-1252.
                name = "cp1252" if codecs.lookup(name).name in ("iso8859-1", "ascii") else name
                page.decode(name)
                encoding = name
            except (LookupError, UnicodeError, ValueError):
                encoding = None
        page = _decode(page, encoding, url)
    if not page.strip():
        raise EmptyDocument("no text", document=url, remedy="leave out empty documents")
    extracted = extract_page(_SURROGATE.sub("\ufffd", page), url)
    if not extracted.text.strip():
        raise EmptyDocument("the page has no text", document=url, remedy="leave out pages without text")
    return SourceText(
        extracted.text,
        url,
        metadata_date=extracted.date,
        title_hint=extracted.title,
        publisher_hint=extracted.site,
        warnings=(*extracted.warnings, *_warnings(extracted.text)),
    )
