"""Input that is no press release: a typed error, or a record with a warning; nothing from the depths, nothing lost."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from policy_ie import Extractor, Failure, PressRelease
from policy_ie.errors import EmptyDocument, InvalidInput, ProcessingError
from policy_ie.knowledge import knowledge_base


def codes(record: PressRelease) -> set[str]:
    return {w.code for w in record.warnings}


@pytest.mark.parametrize("text", ["", " ", "\n\t  \n", "\u00a0\u2003", b"", b"  \n"])
def test_no_text(rules: Extractor, text: str | bytes) -> None:
    with pytest.raises(EmptyDocument, match="d1"):
        rules.extract(text, id="d1")


@pytest.mark.parametrize("text", [None, 42, 3.5, ["a"], object()])
def test_no_string(rules: Extractor, text: object) -> None:
    with pytest.raises(InvalidInput, match="d1") as caught:
        rules.extract(text, id="d1")  # type: ignore[arg-type]
    assert caught.value.remedy


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\xff\xfe\xfd" * 50, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", bytes(range(256)) * 4]
)
def test_bytes_that_are_no_text(rules: Extractor, data: bytes) -> None:
    with pytest.raises(InvalidInput):
        rules.extract(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_detected(rules: Extractor, encoding: str) -> None:
    text = "Der Landkreis Görlitz erhält 1,5 Millionen Euro für Brücken. Das sagte der Minister am Montag in Zittau."
    assert rules.extract(text.encode(encoding)).text == text


def test_lone_surrogate(rules: Extractor) -> None:
    with pytest.raises(InvalidInput, match="surrogate"):
        rules.extract("Das Land gibt \ud800 Geld.")


def test_control_characters_stay_and_warn(rules: Extractor) -> None:
    text = "Das Land\x00 gibt 5 Mio. Euro\x1b[31m für Wege.\x7f"
    record = rules.extract(text)
    assert record.text == text
    assert "control_characters" in codes(record)
    assert any(e.kind == "money" for e in record.entities)
    assert PressRelease.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The city council has approved a grant of two million euros for the new school, the mayor said on Monday.", "en"),
        (
            "Belediye başkanı bugün yeni okulun açılışını yaptı ve bütün öğrencilere başarılar diledi, bu çok önemli bir gün.",
            "tr",
        ),
    ],
)
def test_other_languages_warn(rules: Extractor, text: str, language: str) -> None:
    record = rules.extract(text)
    assert record.language == language
    assert "language" in codes(record)


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 20_000 + "<p>Der Landkreis Harz erhält 5 Mio. Euro.</p>",
        "<html><p>Der Kreis <b>Soest <i>erhält</b> 30.000 Euro</i> für <table><tr><td>Wege</html>" * 3,
        "<!doctype html><html><head><title>x</title>" + "<" * 5_000 + ">" * 5_000,
        "<html>"
        + "&#0;&#xD800;&bogus;" * 100
        + "<p>Der Landtag hat am 3. Mai 2021 beschlossen, 5 Mio. Euro zu geben.</p></html>",
    ],
)
def test_broken_html(rules: Extractor, page: str) -> None:
    results = list(rules.extract_many([{"html": page, "id": "page"}]))
    assert len(results) == 1
    assert isinstance(results[0], PressRelease) or results[0].error in ("InvalidInput", "EmptyDocument")


def test_page_without_release(rules: Extractor) -> None:
    text = "Startseite\nKontakt\nImpressum\nDatenschutz\nSitemap\nSuche\nAnmelden\n"
    record = rules.extract(text)
    assert record.events == ()
    assert "no_release" in codes(record)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        "(" * 25_000 + ")" * 25_000,
        "„" * 20_000 + "“" * 20_000,
        "1.1.1.1." * 12_500,
        "1" * 100_000,
        "am " * 50_000,
        "Dr. " * 20_000,
        "Euro " * 20_000,
        "Das Land fördert " * 10_000,
        "von bis " * 20_000,
        "\n" * 50_000 + "a",
        "Minister Ministerin " * 10_000,
        "der Stadt Essen, " * 10_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_adversarial_text_is_read(rules: Extractor, text: str) -> None:
    # `benchmarks/speed.py --growth` measures that time grows linearly; quadratic behaviour would show here as hours.
    assert rules.extract(text).text == text


def test_five_thousand_town_names(rules: Extractor) -> None:
    towns = [e.name for e in map(knowledge_base().entry, knowledge_base().ids("territory")) if e.level == "municipality"][:5000]
    text = "Mitglieder des Verbands sind die Städte und Gemeinden " + ", ".join(towns) + "."
    record = rules.extract(text)
    assert record.text == text
    assert sum(len(e.mentions) for e in record.entities if e.kind == "territory") > 4000


def test_one_bad_document_never_stops_a_stream(rules: Extractor) -> None:
    items = [
        {"id": "a", "text": "Der Landtag tagt."},
        {"id": "b", "text": ""},
        {"id": "c", "text": None},
        {"id": "d", "text": "Der Bundestag tagt."},
        {"id": "e", "colour": "red"},
    ]
    results = list(rules.extract_many(items, batch_size=2))
    assert [r.id for r in results] == list("abcde")
    assert [isinstance(r, Failure) for r in results] == [False, True, True, False, True]
    failure = results[1]
    assert isinstance(failure, Failure)
    assert failure.error == "EmptyDocument"


def test_a_component_that_fails_costs_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    extractor = Extractor(profile="rules")
    money = extractor.nlp.get_pipe("policy_money")
    annotate = money.annotate

    def fragile(layer):
        if "Bombe" in layer.text:
            raise RuntimeError("boom")
        annotate(layer)

    monkeypatch.setattr(money, "annotate", fragile)
    results = list(extractor.extract_many(["Der Landtag tagt.", "Bombe entschärft.", "Der Bundestag tagt."]))
    assert [isinstance(r, Failure) for r in results] == [False, True, False]
    failure = results[1]
    assert isinstance(failure, Failure)
    assert (failure.component, failure.error) == ("policy_money", "ProcessingError")
    with pytest.raises(ProcessingError, match="bad-one"):
        extractor.extract("Bombe entschärft.", id="bad-one")


@pytest.mark.parametrize("value", ["gestern", "2024-13-01", "Mai 2024", "", "12"])
def test_wrong_date_argument(rules: Extractor, value: str) -> None:
    with pytest.raises(InvalidInput, match="published"):
        rules.extract("Der Landtag tagt.", published=value)


@pytest.mark.parametrize(
    "value", ["14.05.2024", "14. Mai 2024", "2024-05-14T10:30:00+02:00", "May 14, 2024", dt.datetime(2024, 5, 14, 9)]
)
def test_date_argument(rules: Extractor, value: str | dt.datetime) -> None:
    record = rules.extract("Der Landtag tagt.", published=value)
    assert record.published == dt.date(2024, 5, 14)
    assert record.published_from == "argument"


def test_ten_megabytes(rules: Extractor) -> None:
    paragraph = "Das Land fördert den Bau der Schule in Soest mit 1,5 Millionen Euro. Der Landrat dankte am 3. Mai 2021.\n\n"
    text = paragraph * (10_000_000 // len(paragraph))
    record = rules.extract(text)
    assert record.text == text
    assert json.loads(record.model_dump_json())["text"] == text
