"""Readers: every kind of file, and what cannot be read."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from policy_ie.archive.sources import Input, Reading, Unit, count, find, units
from policy_ie.errors import InvalidInput

ROWS = [
    {"id": "x", "text": "Der Landtag tagt.", "url": "http://a.de/1"},
    {"text": "Der Kreistag tagt.", "published": "2020-01-31"},
]
LINES = "\n\n".join(json.dumps(row) for row in ROWS).encode()


def read(path: Path, reading: Reading | None = None) -> list[Unit]:
    """All units behind a path; as many as counted."""
    reading = reading or Reading()
    inputs = list(find([path]))
    found = [maker() for source in inputs for maker in units(source, reading)]
    assert len(found) == sum(count(source, reading) for source in inputs)
    return found


def items(path: Path, **options: Any) -> list[dict[str, Any]]:
    reading = Reading(**options)
    return [unit.item(reading) for unit in read(path, reading)]


def compressed(data: bytes, name: str) -> bytes:
    if name.endswith(".gz"):
        return gzip.compress(data)
    return pa.compress(data, "zstd", asbytes=True) if name.endswith(".zst") else data


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_json_lines(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(compressed(LINES, name))
    first, second = items(tmp_path / name)
    assert (first["id"], first["text"], first["source"]) == ("x", "Der Landtag tagt.", "http://a.de/1")
    assert (second["id"], second["published"]) == ("a:3", "2020-01-31")


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.csv.gz", "\t")])
def test_csv_with_named_columns(tmp_path: Path, name: str, delimiter: str) -> None:
    head, row = ["nr", "datum", "inhalt"], ["7", "", '"Gespräch: ""A, B; C""\n\nEnde"']
    data = f"{delimiter.join(head)}\r\n{delimiter.join(row)}\r\n".encode("utf-8-sig")
    (tmp_path / name).write_bytes(compressed(data, name))
    (item,) = items(tmp_path / name, columns={"id": "nr", "text": "inhalt", "published": "datum"})
    assert (item["id"], item["text"]) == ("7", 'Gespräch: "A, B; C"\n\nEnde')
    assert "published" not in item


def test_csv_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("text\nLöhne\n".encode("cp1252"))
    (item,) = items(tmp_path / "a.csv", encoding="cp1252")
    assert item["text"] == "Löhne"


def test_parquet(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["a", None, "c"], "id": [1, 2, 3], "other": [0, 0, 0]}), tmp_path / "a.parquet")
    found = items(tmp_path / "a.parquet")
    assert [str(item["id"]) for item in found] == ["1", "2", "3"]
    assert [item.get("text") for item in found] == ["a", "", "c"]


def test_zip_holds_documents_and_containers(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("2020/x.txt", "Der Landtag tagt.")
        archive.writestr("notes.md", "left alone")
        archive.writestr("more.jsonl", LINES)
    found = items(tmp_path / "a.zip")
    assert [item["id"] for item in found] == ["a/2020/x", "x", "a/more:3"]
    assert found[0]["text"] == b"Der Landtag tagt."


def answer(writer: Any, url: str, media: str, content: bytes, status: str = "200 OK") -> None:
    head = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
    record = writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=head)
    writer.write_record(record)
    record.raw_stream.close()


@pytest.mark.parametrize("zipped", [False, True])
def test_warc_holds_pages_and_much_else(tmp_path: Path, zipped: bool) -> None:
    path = tmp_path / ("a.warc.gz" if zipped else "a.warc")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=zipped)
        answer(writer, "https://soest.example/1", "text/html; charset=iso-8859-1", "<p>Löhne tagt.</p>".encode("latin-1"))
        answer(writer, "https://soest.example/logo", "image/png", b"\x89PNG")
        answer(writer, "https://soest.example/2", "text/html", b"<p>moved</p>", status="301 Moved Permanently")
        answer(writer, "https://soest.example/3", "text/plain", b"Der Kreistag tagt.")
        answer(writer, "https://soest.example/4", "application/pdf", _pdf("Der Kreis Soest baut."))
        answer(writer, "https://soest.example/5", "text/html; charset=nonsense", b"<p>Der Rat tagt.</p>")
    found = items(path)
    assert [item["source"][-1] for item in found] == ["1", "3", "4", "5"]
    assert [item["id"] for item in found] == ["a:1", "a:2", "a:3", "a:4"]
    assert found[0]["html"] == "<p>Löhne tagt.</p>"
    assert found[1]["text"] == b"Der Kreistag tagt."
    assert found[2]["text"].strip() == "Der Kreis Soest baut."
    assert found[3]["html"] == b"<p>Der Rat tagt.</p>"


def test_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(_pdf("Der Kreis Soest baut."))
    (item,) = items(tmp_path / "a.pdf")
    assert item["text"].strip() == "Der Kreis Soest baut."


def test_folders_are_read_in_order_and_without_the_output(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.HTML", "a/notes.md", "out/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Text")
    assert [i.id for i in find([tmp_path], tmp_path / "out")] == ["a/z", "b"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.zip", b"no archive", "BadZipFile"),
        ("a.parquet", b"no table", "Arrow"),
        ("a.jsonl.gz", b"no gzip", "BadGzipFile"),
        ("a.csv", b"one,two\n1,2\n", "no column holds the text"),
        ("a.csv", b"text\n\xff\xfe\n", "UnicodeDecodeError"),
        ("a.pdf", b"no pdf", "the PDF cannot be read"),
        ("a.jsonl", b"[1]\n", "no JSON object"),
        ("a.jsonl", b"{\n", "JSONDecodeError"),
    ],
)
def test_what_cannot_be_read_is_one_document_that_says_so(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    (unit,) = read(tmp_path / name)
    with pytest.raises(Exception, match=said):
        unit.item(Reading())


def test_a_truncated_file_gives_what_it_holds_and_an_error(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"Text {number} " * 50}) + "\n" for number in range(2000)).encode()
    whole = gzip.compress(lines, compresslevel=0)
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    found = read(tmp_path / "a.jsonl.gz")
    assert 500 < len(found) < 1500
    assert [unit.kind for unit in found].count("error") == 1
    assert found[-1].kind == "error"


def test_wrong_names_stop_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("x")
    for path in (tmp_path / "missing", tmp_path / "a.docx"):
        with pytest.raises(InvalidInput):
            list(find([path]))
    with pytest.raises(InvalidInput, match="no field"):
        Reading({"body": "text"})


def test_a_file_that_is_gone_is_still_a_document() -> None:
    source = Input("gone.txt", "gone", "text")
    (maker,) = units(source, Reading())
    with pytest.raises(InvalidInput, match="FileNotFoundError"):
        maker().item(Reading())


def _pdf(text: str) -> bytes:
    """The smallest PDF with a line of text."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    return data + head + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
