"""Views of one record."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

from rich.console import Console

from policy_ie.records import Funding, Mention, Money, PipelineInfo, PressRelease, Ref, Section, TextSpan
from policy_ie.report.view import html_page, terminal_view

TEXT = "Soest & Unna erhalten 5 Euro. {{cards}} <script>alert(1)</script>"


def record() -> PressRelease:
    money = Money(id="e1", text="5 Euro", mentions=(Mention(start=22, end=28, text="5 Euro"),), confidence=1, amount=5)
    event = Funding(
        id="ev1",
        trigger=TextSpan(start=13, end=21, text="erhalten"),
        sentence=TextSpan(start=0, end=29, text=TEXT[:29]),
        confidence=1,
        amounts=(Ref(entity="e1", text="5 Euro"),),
        recipients=(TextSpan(start=0, end=12, text="Soest & Unna"),),
    )
    return PressRelease(
        id="a", language="de", text=TEXT, entities=(money,), events=(event,),
        sections=(Section(kind="body", start=0, end=29), Section(kind="boilerplate", start=30, end=len(TEXT))),
        pipeline=PipelineInfo(library="0", base="rules", knowledge="0"),
    )  # fmt: skip


class Text(HTMLParser):
    """Collects the text inside the element with id `text`."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.inside, self.words = 0, False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("id", "text") in attrs:
            self.inside, self.depth = True, 0
        elif self.inside:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self.inside:
            self.depth -= 1
            self.inside = self.depth >= 0

    def handle_data(self, data: str) -> None:
        self.words += data if self.inside else ""


def test_page_keeps_the_text_and_escapes_it() -> None:
    page = html_page(record())
    parser = Text()
    parser.feed(page)
    assert parser.words == TEXT
    assert "<script>alert" not in page


def test_page_marks_mentions_and_evidence() -> None:
    page = html_page(record())
    assert re.search(r'<span class="m money e1 z-ev1 s-body" data-tip="money: 5 EUR">5 Euro</span>', page)
    assert 'class="t ev1 z-ev1 s-body"' in page
    assert 'data-event="ev1"' in page
    assert "<dt>amounts</dt><dd>5 Euro <small>5 EUR</small></dd>" in page


def test_terminal_view_names_all() -> None:
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(terminal_view(record()))
    text = console.export_text()
    assert "5 EUR" in text
    assert "recipients: ‹Soest & Unna›" in text
