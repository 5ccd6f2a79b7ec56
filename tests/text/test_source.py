from __future__ import annotations

import datetime as dt
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_ie.errors import EmptyDocument, InvalidInput, MissingExtra, PolicyIEError
from policy_ie.text import read, read_bytes, read_html, read_text
from policy_ie.text.html import visible_lines

TEXT = "Der Landkreis Görlitz erhält 1,5 Millionen € für Brücken – das sagte der „Minister“ in Zittau."

PAGE = """<!doctype html><html lang="de"><head><title>Kreis baut Radweg | Kreis Muster</title>
<meta property="og:site_name" content="Kreis Muster"><meta property="article:published_time" content="2019-05-04">
<script>var x = "<p>nichts</p>";</script></head><body>
<nav><ul><li><a href="/">Startseite</a></li><li><a href="/r">Rathaus</a></li></ul></nav>
<main><h1>Kreis baut Radweg nach Musterdorf</h1><p class="date">3. Mai 2019</p>
<p>Der Kreis Muster baut einen Radweg nach Musterdorf. Das Land gibt dafür 2,3 Millionen Euro, teilte die Landrätin mit.</p>
<p>Die Arbeiten beginnen im Herbst.<br>Der Radweg soll 2021 fertig sein, und die Stadt zahlt 200.000 Euro.</p>
<ul><li>Muster bis Ampen: 500.000 Euro</li><li>Ampen bis Dorf: 700.000 Euro</li></ul>
<table><tr><th>Gemeinde</th><th>Summe</th></tr><tr><td>Musterdorf</td><td>200.000 Euro</td></tr></table></main>
<footer><p>Impressum und Datenschutz</p></footer></body></html>"""


def test_plain_text_is_kept_character_for_character() -> None:
    text = "\ufeff  Das Land\u00a0gibt\r\nGeld. \u200b\n"
    assert read(text).text == text
    assert read(text, source="a.txt").source == "a.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_are_detected(encoding: str) -> None:
    assert read_bytes(TEXT.encode(encoding)).text == TEXT


def test_declared_encoding() -> None:
    assert read_bytes("Łódź".encode("iso8859-2"), encoding="iso8859-2").text == "Łódź"
    with pytest.raises(InvalidInput, match="unknown encoding"):
        read_bytes(b"a", encoding="utf-99")
    with pytest.raises(InvalidInput, match="ascii"):
        read_bytes(TEXT.encode(), encoding="ascii", source="a.txt")


@pytest.mark.parametrize("content", ["", " \n", "\u00a0", b"", b"\n", "\ufeff", b"\xef\xbb\xbf"])
def test_nothing_to_read(content: str | bytes) -> None:
    with pytest.raises(EmptyDocument):
        read(content, source="a.txt")


@pytest.mark.parametrize("content", [None, 3, 2.5, ["a"], {"text": "a"}])
def test_no_text_at_all(content: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(content)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"PK\x03\x04abc",
        b"\x89PNG\r\n\x1a\n",
        bytes(range(256)),
        b"\x00\x01\x02\xff\xfe" * 20,
        b"\x1f\x8b\x08abc",
    ],
)
def test_bytes_that_are_no_text(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        read(data)


def test_lone_surrogates_have_no_place_in_a_file() -> None:
    with pytest.raises(InvalidInput, match="surrogate at offset 9"):
        read_text("Das Land \udc80 gibt Geld.")


def test_control_characters_warn() -> None:
    document = read_text("Das\x00Land")
    assert document.text == "Das\x00Land"
    assert [w.code for w in document.warnings] == ["control_characters"]
    assert [w.code for w in read_text("K\ufffdln").warnings] == ["replacement_characters"]
    assert read_text("Zeile\r\n\tZeile\x0c\x85").warnings == ()


def test_page() -> None:
    document = read(PAGE, source="https://example.de/a")
    lines = [line for line in document.text.split("\n") if line]
    assert lines[:2] == ["Kreis baut Radweg nach Musterdorf", "3. Mai 2019"]
    assert "- Muster bis Ampen: 500.000 Euro" in lines
    assert "Musterdorf | 200.000 Euro" in lines
    assert "Der Radweg soll 2021 fertig sein, und die Stadt zahlt 200.000 Euro." in lines
    assert not {"Startseite", "Impressum und Datenschutz"} & set(lines)
    assert document.metadata_date == dt.date(2019, 5, 4)
    assert document.title_hint == "Kreis baut Radweg nach Musterdorf"
    assert document.publisher_hint == "Kreis Muster"
    assert document.source == "https://example.de/a"


def test_page_in_bytes_of_its_declared_encoding() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').encode("cp1252", "xmlcharrefreplace")
    assert "teilte die Landrätin mit" in read(page).text
    assert read_html(page).text == read(page).text


def test_text_that_talks_of_html_is_text() -> None:
    assert read("Das <html>-Element steht oben.").text == "Das <html>-Element steht oben."
    assert read("<p>Kein Dokument</p>").text == "<p>Kein Dokument</p>"
    assert "Kein Dokument" in read("<p>Kein Dokument</p>", media="html").text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 20_000 + "<p>Der Landkreis Harz erhält 5 Mio. Euro.</p>",
        "<html>" + "<b><i>" * 50_000 + "Der Landkreis Harz",
        "<!doctype html><html><title>x</title>" + "<" * 5_000 + ">" * 5_000,
        "<html>" + "<a" * 100_000 + " Harz",
        "<html>" + "<script>" * 20_000 + "Harz",
        "<html>" + "<!--" * 20_000 + "Harz",
        "<html><p>&#0;&#xD800;&bogus;\ud800 Harz</p></html>",
        "<html><table><tr><td>Harz</html>",
    ],
    ids=lambda page: page[:20],
)
def test_broken_pages(page: str) -> None:
    document = read(page)
    assert document.text.strip()
    document.text.encode()


@pytest.mark.parametrize("page", ["<html></html>", "<!doctype html><html><script>a()</script></html>"])
def test_page_without_text(page: str) -> None:
    with pytest.raises(EmptyDocument):
        read(page)


def test_missing_extra_has_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtra, match="pip install") as caught:
        read_html(PAGE)
    assert isinstance(caught.value, ImportError)


def test_visible_lines() -> None:
    page = (
        "<head><title>x</title></head><body><h1>A &amp; <b>B</b></h1><!-- c --><p>C<br/>D<style>x</style></p><footer>E</footer>"
    )
    assert visible_lines(page) == ["A & B", "C", "D"]


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_text_or_a_typed_error(data: bytes) -> None:
    try:
        document = read_bytes(data)
    except PolicyIEError:
        return
    document.text.encode()


@given(st.text(alphabet="<>/abp! -\"'=&;#x1\n", max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_page_gives_text_or_a_typed_error(page: str) -> None:
    try:
        document = read_html("<html><p>" + page)
    except PolicyIEError:
        return
    assert document.text.strip()


def test_caches_of_the_extractor_are_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    import htmldate.meta
    import trafilatura.meta

    from policy_ie.text import html

    calls: list[str] = []
    monkeypatch.setattr(trafilatura.meta, "reset_caches", lambda: calls.append("trafilatura"))
    monkeypatch.setattr(htmldate.meta, "reset_caches", lambda: calls.append("htmldate"))
    monkeypatch.setattr(html, "_RESET_EVERY", 2)
    monkeypatch.setattr(html, "_pages_read", 0)
    for _ in range(4):
        read(PAGE)
    assert calls == ["trafilatura", "htmldate"] * 2
