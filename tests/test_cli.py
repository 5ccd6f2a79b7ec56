"""The command line as a user calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policy_ie import PressRelease, __version__
from policy_ie.cli import app

EXAMPLE = Path(__file__).parents[1] / "examples" / "foerderung.txt"
RULES = ["--profile", "rules"]


@pytest.fixture
def cli() -> CliRunner:
    return CliRunner()


def test_folder_to_jsonl(cli: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.txt").write_text("Der Landtag tagt.", encoding="utf-8")
    (folder / "a.jsonl").write_text(
        '{"id": "x", "text": "Der Bundestag tagt.", "published": "2020-01-31"}\n\n', encoding="utf-8"
    )
    (folder / "sub" / "c.html").write_text(
        "<html><body><article><h1>Neue Schule</h1><p>Der Landkreis Soest baut eine neue Schule in der Stadt Lippstadt, "
        "das teilte der Kreis am Montag mit.</p></article></body></html>",
        encoding="utf-8",
    )
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "notes.md").write_text("no release", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    result = cli.invoke(app, ["extract", str(folder), "-o", str(out), *RULES])
    assert result.exit_code == 1  # one of them failed
    assert "3 records, 1 failed" in result.output
    assert "empty: EmptyDocument" in result.output
    records = [PressRelease.model_validate_json(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [r.id for r in records] == ["x", "b", "sub/c"]
    assert records[0].published is not None
    assert records[0].published.isoformat() == "2020-01-31"


def test_standard_input(cli: CliRunner) -> None:
    result = cli.invoke(app, ["extract", "-", *RULES], input=EXAMPLE.read_bytes())
    assert result.exit_code == 0
    record = json.loads(result.stdout.splitlines()[0])
    assert record["id"] == "stdin"
    assert record["published"] == "2024-05-14"
    assert {e["type"] for e in record["events"]} >= {"funding", "statement"}


def test_show_in_the_terminal(cli: CliRunner) -> None:
    result = cli.invoke(app, ["show", str(EXAMPLE), *RULES])
    assert result.exit_code == 0
    assert "1,8 Millionen Euro" in result.stdout
    assert "funding" in result.stdout


def test_show_as_page(cli: CliRunner, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = cli.invoke(app, ["show", str(EXAMPLE), "--html", str(page), *RULES])
    assert result.exit_code == 0
    content = page.read_text(encoding="utf-8")
    assert 'class="m money' in content.replace("z-ev1 ", "") or " money " in content
    assert "http" not in content.split("<main>")[0]  # nothing is loaded from outside


def test_schema(cli: CliRunner) -> None:
    result = cli.invoke(app, ["schema"])
    assert json.loads(result.stdout)["title"] == "PressRelease"


def test_kb_lookup(cli: CliRunner) -> None:
    result = cli.invoke(app, ["kb", "lookup", "Neustadt", "--near", "Marburg"])
    assert result.exit_code == 0
    assert "Neustadt" in result.stdout.splitlines()[0]
    assert "ags:06534016" in result.stdout.splitlines()[0]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "policy_ie.cli", *arguments], capture_output=True, text=True, check=False)


def test_version_and_typed_errors() -> None:
    assert run("--version").stdout == f"policy-ie {__version__}\n"
    missing = run("extract", "no-such-file.txt")
    assert missing.returncode == 2
    assert missing.stderr.strip() == "policy-ie: no-such-file.txt: no such file or folder"
    model = run("extract", str(EXAMPLE), "--base", "de_no_such_model")
    assert model.returncode == 2
    assert "python -m spacy download de_no_such_model" in model.stderr


def test_importing_the_package_is_light() -> None:
    code = "import sys, policy_ie; print([m for m in ('spacy', 'pydantic', 'numpy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_what_cannot_be_read_costs_no_other_document(cli: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    lines = [
        '{"id": "a", "text": "Der Landtag tagt."}',
        "{broken",
        "[1]",
        '{"body": "x"}',
        '{"id": "a", "text": "Der Rat tagt."}',
    ]
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "latin.txt").write_bytes("Der Landrat grüßt.".encode("latin-1"))
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4")
    out = tmp_path / "out.jsonl"
    result = cli.invoke(app, ["extract", str(folder), "-o", str(out), "--encoding", "utf-8", *RULES])
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["a", "a"]
    assert "failed: rows:2: InvalidInput" in result.output
    assert "rows.jsonl#3: the line is no JSON object" in result.output
    assert "its keys are body" in result.output
    assert "latin.txt: cannot be read as utf-8" in result.output
    assert "left alone: 1 .pdf (policy-ie batch reads .pdf)" in result.output
    assert "several records have the id a" in result.output
    assert "2 records, 4 failed" in result.output


def test_output_is_checked_before_the_work(tmp_path: Path) -> None:
    nowhere = run("extract", str(EXAMPLE), "-o", str(tmp_path / "none" / "x.jsonl"))
    assert nowhere.returncode == 2
    assert nowhere.stderr.strip() == f"policy-ie: {tmp_path / 'none'}: there is no such folder (remedy: make it first)"
    copy = tmp_path / "a.txt"
    copy.write_bytes(EXAMPLE.read_bytes())
    assert "would overwrite" in run("extract", str(tmp_path), "-o", str(copy)).stderr
    assert copy.read_bytes() == EXAMPLE.read_bytes()
    csv = tmp_path / "rows.csv"
    csv.write_text("id,text\n1,Der Rat tagt.\n", encoding="utf-8")
    table = run("extract", str(csv), *RULES)
    assert table.returncode == 2
    assert "policy-ie batch reads .csv" in table.stderr


def test_wrong_dates_and_unknown_names(cli: CliRunner) -> None:
    assert "is no date" in run("extract", str(EXAMPLE), "--published", "gestern").stderr
    unknown = cli.invoke(app, ["kb", "lookup", "Xyzzyhausen"])
    assert unknown.exit_code == 1
    assert "no entry has the name" in unknown.output
    assert "no territory has this name" in run("kb", "lookup", "Soest", "--near", "Nirgendwo").stderr
