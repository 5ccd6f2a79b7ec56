"""Runs with real processes: whole, interrupted, damaged, poisoned; documents and errors are the input, always."""

from __future__ import annotations

import errno
import gzip
import itertools
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from policy_ie.archive import TABLES, query, run
from policy_ie.archive.plan import Fingerprint, make_plan, wanted_units
from policy_ie.archive.sources import Reading
from policy_ie.archive.store import Store
from policy_ie.cli import app
from policy_ie.errors import ArchiveError, ArchiveLocked, ArchiveMismatch, InvalidInput
from policy_ie.records import PressRelease

RULES: dict[str, Any] = {"profile": "rules", "workers": 1, "shard_size": 10}


def content(out: Path) -> dict[str, Any]:
    """All rows of an archive, in order."""
    store = Store(out)
    return {t: [row for s in store.finished() for row in pq.read_table(store.path(t, s)).to_pylist()] for t in TABLES}


def record_lines(out: Path) -> list[bytes]:
    store = Store(out)
    return [line for s in store.finished() for line in gzip.decompress(store.path("records", s).read_bytes()).splitlines()]


def batch(source: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "policy_ie.cli", "batch", str(source), "--out", str(out), "--profile", "rules", "--json"]
    return subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(what: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


@pytest.fixture(scope="module")
def whole(releases: Path) -> Path:
    """An undisturbed run over 40 releases, with records."""
    out = releases.parent / "out"
    summary = run([releases], out, records=True, **RULES | {"workers": 2})
    assert (summary.documents, summary.errors, summary.left, summary.shards_left) == (40, 0, 0, 0)
    return out


def test_tables_say_what_the_records_say(whole: Path) -> None:
    tables = content(whole)
    assert [row["id"] for row in tables["documents"]] == [f"{number:02}" for number in range(40)]
    records = [PressRelease.model_validate_json(line) for line in record_lines(whole)]
    assert [row["text"] for row in tables["documents"]] == [record.text for record in records]
    assert len(tables["entities"]) == sum(len(record.entities) for record in records)
    assert len(tables["mentions"]) == sum(len(e.mentions) for record in records for e in record.entities)
    amounts = {row["document"]: row["amount"] for row in tables["entities"] if row["kind"] == "money"}
    assert amounts == {number: Decimal((number + 1) * 1000) for number in range(40)}
    assert {(row["role"], row["text"]) for row in tables["arguments"] if row["document"] == 6} >= {("amounts", "7.000 Euro")}


def test_sql_over_the_tables(whole: Path) -> None:
    sql = """SELECT sum(e.amount) AS total FROM arguments a JOIN entities e ON (e.document, e.id) = (a.document, a.entity)
             WHERE a.role = 'amounts'"""
    assert query(whole, sql).to_pylist() == [{"total": sum(range(1, 41)) * 1000}]
    with pytest.raises(InvalidInput, match="the tables are"):
        query(whole, "SELECT nothing FROM nowhere")
    shown = CliRunner().invoke(app, ["query", str(whole), "SELECT count(*) AS n FROM documents;"])
    assert "40" in shown.stdout
    written = whole.parent / "result.csv"
    CliRunner().invoke(app, ["query", str(whole), "SELECT id FROM documents ORDER BY id", "-o", str(written)])
    assert written.read_text().split()[:2] == ["id", "00"]


def test_killed_at_any_moment_and_resumed(poison: Path, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8") + " WAITS", encoding="utf-8")
    options = ["--base", str(poison), "--shard-size", "1", "--workers", "1"]
    moments = random.Random(7)
    for _ in range(20):
        before = len(list(out.glob("done/*")))
        process = batch(folder, out, *options)
        if moments.random() < 0.8:  # the others die while they load
            wait_for(lambda before=before: len(list(out.glob("done/*"))) > before)
        time.sleep(moments.random() * 0.2)
        children = descendants(process.pid)
        process.kill()
        process.communicate()
        wait_for(lambda children=children: not any(alive(child) for child in children))
    resumed = batch(folder, out, *options)
    printed, _ = resumed.communicate(timeout=60)
    summary = json.loads(printed)
    assert (summary["documents"], summary["left"]) == (40, 0)
    assert 0 < summary["processed"] < 40
    assert not list((out / "tmp").iterdir())
    again = tmp_path / "again"
    run([folder], again, base=poison, **RULES | {"shard_size": 1})
    assert content(out) == content(again)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_cleanly(poison: Path, folder: Path, tmp_path: Path, stop: signal.Signals) -> None:
    for path in folder.iterdir():
        path.write_text("WAITS", encoding="utf-8")
    process = batch(folder, tmp_path / "out", "--base", str(poison), "--shard-size", "4", "--workers", "1")
    wait_for(lambda: list(tmp_path.glob("out/done/*")))
    process.send_signal(stop)
    printed, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said == ""
    summary = json.loads(printed)
    assert summary["interrupted"]
    assert 0 < summary["documents"] < 40
    assert summary["documents"] + summary["errors"] + summary["left"] == 40


def test_a_broken_document_costs_only_itself(poison: Path, folder: Path, tmp_path: Path) -> None:
    broken = {
        "21": ("KILLS", "WorkerDied", "worker"), "27": ("HANGS", "Timeout", "worker"),
        "23": ("FILLS", "ProcessingError", "poison"), "24": ("FAILS", "ProcessingError", "poison"),
        "25": ("", "EmptyDocument", None),
    }  # fmt: skip
    whole = {name: (folder / f"{name}.txt").read_text(encoding="utf-8") for name in broken}
    for name, (text, _, _) in broken.items():
        (folder / f"{name}.txt").write_text(text)
    (folder / "gone.txt").symlink_to("nowhere")
    options = RULES | {"workers": 2, "base": poison, "timeout": 4.0, "memory": 1000, "records": True}
    out = tmp_path / "out"
    summary = run([folder], out, **options)
    assert (summary.documents, summary.errors, summary.left) == (35, 6, 0)
    errors = {row["id"]: row for row in content(out)["errors"]}
    assert {name: (row["error"], row["component"]) for name, row in errors.items()} == {
        **{name: (error, component) for name, (_, error, component) in broken.items()},
        "gone": ("InvalidInput", None),
    }
    # A message says what is wrong, not where: equal faults are counted by it.
    assert all(row["message"] and not row["message"].startswith(name) for name, row in errors.items())
    assert all(row["source"].endswith(f"{name}.txt") for name, row in errors.items())

    # Mended files are done again, the one that is still gone stays an error.
    for name, text in whole.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    summary = run([folder], out, retry_errors=True, **options)
    assert (summary.documents, summary.errors, summary.processed) == (40, 1, 6)
    tables = content(out)
    assert [(row["document"], row["id"]) for row in tables["documents"]] == [(n, f"{n:02}") for n in range(40)]
    assert [row["amount"] for row in tables["entities"] if row["kind"] == "money"] == [(n + 1) * 1000 for n in range(40)]
    assert [json.loads(line)["id"] for line in record_lines(out)] == [f"{n:02}" for n in range(40)]


def test_damage_is_noticed_and_mended(releases: Path, tmp_path: Path, whole: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    data = bytearray((out / "entities" / "00001.parquet").read_bytes())
    data[len(data) // 2] ^= 1
    (out / "entities" / "00001.parquet").write_bytes(data)
    (out / "done" / "00002.json").write_text("{")
    (out / "events" / "00003.parquet").unlink()
    (out / "documents" / "00000.parquet").touch()
    summary = run([releases], out, records=True, **RULES)
    assert (summary.damaged, summary.processed, summary.documents) == ((1, 2, 3), 30, 40)
    assert content(out) == content(whole)


def test_two_runs_refuse_each_other(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "out")
    store.make()
    with store.locked((1, 1)), pytest.raises(ArchiveLocked, match="--shard"):
        run([folder], store.folder, **RULES)
    with store.locked((1, 2)):
        with pytest.raises(ArchiveLocked):
            run([folder], store.folder, **RULES)
        with pytest.raises(ArchiveLocked):
            run([folder], store.folder, part=(1, 2), **RULES)
        with store.locked((2, 2)):
            pass


def test_parts_make_the_whole(releases: Path, tmp_path: Path, whole: Path) -> None:
    out = tmp_path / "out"
    first = run([releases], out, part=(1, 2), records=True, **RULES)
    second = run([releases], out, part=(2, 2), records=True, **RULES)
    assert (first.documents, second.documents) == (20, 20)
    assert content(out) == content(whole)


def test_other_makes_do_not_mix(releases: Path, tmp_path: Path, whole: Path) -> None:
    with pytest.raises(ArchiveMismatch, match="configuration was"):
        run([releases], whole, records=True, disable=["policy_events"], **RULES)
    with pytest.raises(ArchiveMismatch, match="sources was"):
        run([tmp_path], whole, records=True, **RULES)
    (tmp_path / "notes.md").write_text("something of the user's")
    with pytest.raises(ArchiveError, match="other files"):
        run([releases], tmp_path, **RULES)


def test_a_source_that_changed_is_refused_and_one_that_is_gone_is_errors(tmp_path: Path) -> None:
    lines, store = tmp_path / "a.jsonl", Store(tmp_path / "out")
    store.make()
    lines.write_text('{"text": "Der Landtag tagt."}\n' * 4)
    made_by = Fingerprint(library="1", schema_version="1", tables="", base="", knowledge="", configuration="")
    plan = make_plan(store, [lines], Reading(), made_by, records=False, shard_size=2)
    assert (plan.documents, plan.shards) == (4, 2)
    assert [number for number, _ in wanted_units(store, plan, {1})] == [2, 3]
    lines.write_text('{"text": "Der Landtag tagt."}\n' * 5)
    with pytest.raises(ArchiveMismatch, match="bytes"):
        list(wanted_units(store, plan, {1}))
    lines.unlink()
    assert [(number, unit.kind) for number, unit in wanted_units(store, plan, {1})] == [(2, "error"), (3, "error")]


def test_a_full_disk_stops_and_loses_nothing(
    releases: Path, tmp_path: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    written = itertools.count()

    def fsync(_: int) -> None:
        if next(written) > 25:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("policy_ie.archive.store.os.fsync", fsync)
        with pytest.raises(ArchiveError, match="No space left"):
            run([releases], out, records=True, **RULES)
    summary = run([releases], out, records=True, **RULES)
    assert summary.processed < 40
    assert content(out) == content(whole)


#: A file system of 200 kB, too small for the tables, which a second run finds grown.
_SMALL_DISK = """
mount -t tmpfs -o size=200k none "$1" || exit 77
"$3" -m policy_ie.cli batch "$2" --out "$1/out" --profile rules --workers 1 --shard-size 10 --records; echo "exit $?"
mount -o remount,size=50m "$1"
"$3" -m policy_ie.cli batch "$2" --out "$1/out" --profile rules --workers 1 --shard-size 10 --records --json; echo "exit $?"
cp -r "$1/out" "$4"
"""


def test_a_disk_that_is_really_full(releases: Path, tmp_path: Path, whole: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare")
    (tmp_path / "disk").mkdir()
    places = [str(tmp_path / "disk"), str(releases), sys.executable, str(tmp_path / "out")]
    command = [unshare, "--map-root-user", "--mount", "sh", "-c", _SMALL_DISK, "sh", *places]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode == 77 or "unshare failed" in done.stderr:
        pytest.skip("may not mount a file system of its own")
    assert "No space left" in done.stderr
    first, second = done.stdout.index("exit 2"), done.stdout.index("exit 0")
    assert json.loads(done.stdout[first + len("exit 2") : second])["processed"] < 40
    assert content(tmp_path / "out") == content(whole)


def test_an_empty_archive(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    summary = run([tmp_path / "in"], tmp_path / "out", **RULES)
    assert (summary.documents, summary.shards, summary.shards_left) == (0, 1, 0)
    assert query(tmp_path / "out", "SELECT count(*) AS n FROM events").to_pylist() == [{"n": 0}]


def test_a_pipeline_that_cannot_be_loaded_is_a_typed_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="not installed"):
        run([folder], tmp_path / "out", base="de_there_is_none", **RULES)


def descendants(pid: int) -> list[int]:
    """Children of a process, and theirs (Linux)."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    children = [int(child) for child in path.read_text().split()] if path.exists() else []
    return children + [c for child in children for c in descendants(child)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
