"""From an HTML page to text, by trafilatura, with a plain reading of the tags where it finds nothing or fails."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import Any

from policy_ie.errors import MissingExtra
from policy_ie.records import Warning
from policy_ie.text.dates import dateline, header_date

__all__ = ["Page", "extract_page", "visible_lines"]

#: Pages beyond this many characters are read by their tags only: building a tree of them takes too much memory.
_MAX_TREE = 5_000_000
#: Documents after which the caches of the extractor are emptied; they grow with every page.
_RESET_EVERY = 500
#: Elements inside each other beyond which the parser gives up.
_MAX_DEPTH = 200

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)([^<>]*)>|<!--|<[!?][^<>]*>")
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|br|button|caption|d[dlt]|details|div|fieldset|figcaption|figure|footer|form|h[1-6]|header"
    r"|hr|label|legend|li|main|nav|ol|option|p|pre|section|select|summary|table|tbody|t[dhr]|tfoot|thead|title|ul"
)
_HIDDEN = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "canvas"))
_SITE = frozenset(("nav", "footer", "aside", "form", "button", "select"))
_NESTING = frozenset(("div", "span", "table", "ul", "b", "i", "font", "section", "blockquote"))
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+\s*$")

_pages_read = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Text and metadata of a page."""

    text: str
    title: str | None = None
    date: dt.date | None = None
    site: str | None = None
    warnings: tuple[Warning, ...] = ()


def extract_page(page: str, url: str | None) -> Page:
    """The text of a page and what its metadata say; never raises for what is in the page."""
    try:
        import trafilatura
    except ImportError:
        raise MissingExtra(
            "HTML pages need the package trafilatura", document=url, remedy="pip install 'policy-ie[html]'"
        ) from None
    lines = visible_lines(page)
    if len(page) > _MAX_TREE or _depth(page) > _MAX_DEPTH:
        return Page("\n\n".join(lines), warnings=(_by_tags("too large or too deeply nested"),))
    try:
        found: Any = trafilatura.bare_extraction(
            page, url=url, with_metadata=True, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
        )
    except Exception as error:  # whatever a parser does with a broken page, the page is still to be read
        return Page("\n\n".join(lines), warnings=(_by_tags(type(error).__name__),))
    finally:
        _count_and_reset()
    if found is None or not (found.text or "").strip():
        return Page("\n\n".join(lines), warnings=(_by_tags("no main text found"),) if lines else ())
    body = _body_lines(found.text)
    main = sum(map(len, body))
    if main < 200 and main < 0.2 * sum(map(len, lines)):
        body = lines
    title = (found.title or "").strip() or None
    body = _with_head(body, lines, title)
    return Page(_join(body), title, _date(found.date), (found.sitename or "").strip() or None)


def _by_tags(why: str) -> Warning:
    return Warning(code="html_by_tags", message=f"the page was read by its tags alone: {why}")


def _count_and_reset() -> None:
    global _pages_read
    _pages_read += 1
    if _pages_read % _RESET_EVERY == 0:
        import htmldate.meta
        import trafilatura.meta

        trafilatura.meta.reset_caches()
        htmldate.meta.reset_caches()


def _date(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _depth(page: str) -> int:
    """Greatest number of elements inside each other, of those that pages nest."""
    depth = deepest = 0
    for match in _TAG.finditer(page):
        if match[2] and match[2].lower() in _NESTING:
            depth += -1 if match[1] else 1
            depth = max(depth, 0)
            deepest = max(deepest, depth)
    return deepest


def _body_lines(text: str) -> list[str]:
    lines = []
    for line in text.split("\n"):
        stripped = line.strip()
        if _TABLE_RULE.match(stripped):
            continue
        if stripped.startswith("|"):
            stripped = " | ".join(cell.strip() for cell in stripped.strip("| ").split("|"))
        if stripped:
            lines.append(stripped)
    return lines


def _join(lines: list[str]) -> str:
    """Paragraphs with a blank line between them, items of a list and rows of a table without."""
    parts: list[str] = []
    for index, line in enumerate(lines):
        if index:
            together = _is_row(line) and _is_row(lines[index - 1])
            parts.append("\n" if together else "\n\n")
        parts.append(line)
    return "".join(parts)


def _is_row(line: str) -> bool:
    return line.startswith("- ") or " | " in line


def _with_head(body: list[str], lines: list[str], title: str | None) -> list[str]:
    """Puts back the headline and the date line, which extractors like to take for decoration."""
    head = body[:6]
    if title is not None and title not in "\n".join(head) and any(title == line for line in lines):
        body = [title, *body]
    if not body:
        return body
    place = next((i for i, line in enumerate(lines) if line == (title or body[0])), None)
    if place is None or any(header_date(line) or dateline(line) for line in body[:5]):
        return body
    for offset in (1, -1, 2, -2, 3, -3, 4):
        index = place + offset
        if 0 <= index < len(lines) and len(lines[index]) < 120 and lines[index] not in body and header_date(lines[index]):
            at = 1 if body[0] == title else 0
            return [*body[:at], lines[index], *body[at:]]
    return body


def visible_lines(page: str) -> list[str]:
    """The visible text of a page, one line for each block; linear in the length of the page, whatever its state.

    Example:
        >>> visible_lines("<nav>Menü</nav><h1>Kreis baut <b>Radweg</b></h1><p>Soest &amp; Werl")
        ['Kreis baut Radweg', 'Soest & Werl']
    """
    lowered = page.lower()
    pieces: list[str] = []
    closing_missing: set[str] = set()
    position = 0
    site_depth = 0
    length = len(page)
    while position < length:
        match = _TAG.search(page, position)
        if match is None:
            if not site_depth:
                pieces.append(page[position:])
            break
        if not site_depth and match.start() > position:
            pieces.append(page[position : match.start()])
        position = match.end()
        if match[0] == "<!--":
            position = _skip(lowered, position, "-->", closing_missing)
            position += 3 if lowered.startswith("-->", position) else 0
            continue
        if match[2] is None:
            continue
        name = match[2].lower()
        if name in _HIDDEN and not match[1] and not match[3].endswith("/"):
            position = _skip(lowered, position, f"</{name}", closing_missing)
        elif name in _SITE:
            site_depth = max(0, site_depth + (-1 if match[1] else 1))
        elif name in ("main", "article", "h1") and not match[1]:
            site_depth = 0  # an element that was never closed must not hide the rest
        if _BLOCKS.fullmatch(name):
            pieces.append("\n")
    text = html.unescape("".join(pieces))
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return [line.encode("utf-8", "replace").decode() for line in lines if line]


def _skip(lowered: str, position: int, closing: str, missing: set[str]) -> int:
    """Position of the closing mark; unchanged where there is none, which is asked once only."""
    if closing in missing:
        return position
    found = lowered.find(closing, position)
    if found < 0:
        missing.add(closing)
        return position
    return found
