"""Linking: what belongs together, on labelled pairs; tables that fit the archive or are not seen."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from policy_ie.archive import connect, link, link_schemas, query, run
from policy_ie.archive.linking import run as linking
from policy_ie.archive.linking.groups import Groups
from policy_ie.archive.links import Links
from policy_ie.archive.store import Store
from policy_ie.cli import app
from policy_ie.errors import ArchiveError, ArchiveLocked, InvalidInput

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from linking_archive import Pair, Score, measure

#: May only rise.
FLOORS = {
    "near-duplicates, all": 0.98, "near-duplicates, written": 0.95, "happenings, all": 0.88, "happenings, written": 0.95,
}  # fmt: skip


class Labelled(NamedTuple):
    folder: Path
    pairs: list[Pair]
    scores: dict[str, Score]
    errors: list[str]


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Labelled:
    work = tmp_path_factory.mktemp("labelled")
    return Labelled(work / "out", *measure(work, documents=900, seed=3))


@pytest.fixture
def copied(labelled: Labelled, tmp_path: Path) -> Path:
    """The linked archive, to be changed."""
    return Path(shutil.copytree(labelled.folder, tmp_path / "copy"))


def small(folder: Path, *releases: str | dict[str, Any]) -> Path:
    """A linked archive of some releases."""
    rows = [{"text": r} if isinstance(r, str) else r for r in releases]
    source = folder / "releases.jsonl"
    source.write_text("".join(json.dumps({"id": str(n)} | row) + "\n" for n, row in enumerate(rows)), encoding="utf-8")
    run([source], folder / "out", profile="rules", workers=1)
    link(folder / "out")
    return folder / "out"


def test_labelled_pairs(labelled: Labelled) -> None:
    assert len(labelled.pairs) >= 150
    assert sum(not pair.origin.startswith("generated") for pair in labelled.pairs) >= 70
    low = {what: labelled.scores[what] for what, floor in FLOORS.items() if labelled.scores[what].f1 < floor}
    assert not low, labelled.errors


def test_tables_have_the_schemas_and_fit_each_other(labelled: Labelled) -> None:
    paths = Links(Store(labelled.folder)).tables()
    assert set(paths) == set(link_schemas())
    for name, path in paths.items():
        assert pq.read_schema(path).equals(link_schemas()[name], check_metadata=True)
    sql = """SELECT
        (SELECT count(*) FROM reports) AS reports,
        (SELECT count(*) FROM events WHERE type <> 'statement') AS events,
        (SELECT sum(documents) FROM happenings) AS documents,
        (SELECT count(DISTINCT happening) FROM reports) AS happenings,
        (SELECT count(*) FROM happenings) AS rows,
        (SELECT count(*) FROM identities) AS identities,
        (SELECT count(*) FROM identities
            SEMI JOIN (SELECT programme AS identity FROM programmes UNION SELECT person FROM persons) USING (identity)
        ) AS known"""
    counts = query(labelled.folder, sql).to_pylist()[0]
    assert counts["reports"] == counts["events"] == counts["documents"] > 0
    assert counts["happenings"] == counts["rows"]
    assert counts["identities"] == counts["known"] > 0


def test_a_document_reports_a_happening_once(labelled: Labelled) -> None:
    sql = """SELECT happening FROM reports GROUP BY happening
        HAVING count(*) <> count(DISTINCT document) OR count(DISTINCT type) > 1"""
    assert query(labelled.folder, sql).num_rows == 0


def test_each_group_has_one_first(labelled: Labelled) -> None:
    sql = "SELECT text_group FROM duplicates GROUP BY text_group HAVING count(*) < 2 OR count(*) FILTER (first) <> 1"
    assert query(labelled.folder, sql).num_rows == 0


def test_a_correction_contradicts(labelled: Labelled) -> None:
    sql = """SELECT c.document_id, c.value, h.documents, h.texts, h.contradictory
        FROM contradictions c JOIN happenings h USING (happening)
        WHERE c.field = 'amount' AND c.document_id LIKE 'case0:%' ORDER BY 1"""
    rows = query(labelled.folder, sql).to_pylist()
    assert {(row["document_id"], row["value"]) for row in rows} >= {("case0:0", "1200000"), ("case0:3", "1400000")}
    assert {(row["documents"], row["texts"], row["contradictory"]) for row in rows} == {(4, 2, True)}


def test_the_same_rows_again(copied: Path) -> None:
    def rows() -> dict[str, Any]:
        return {name: pq.read_table(path).to_pylist() for name, path in Links(Store(copied)).tables().items()}

    before = rows()
    paths = Links(Store(copied)).tables()
    assert link(copied).documents > 900
    assert Links(Store(copied)).tables() == paths  # nothing to do
    link(copied, again=True)
    assert Links(Store(copied)).tables() != paths
    assert rows() == before
    assert len([path for path in (copied / "links").iterdir() if path.is_dir()]) == 1


def test_other_shards_other_tables(copied: Path) -> None:
    done = copied / "done" / "00000.json"
    done.write_text(done.read_text() + " ")
    assert Links(Store(copied)).tables() == {}
    with pytest.raises(InvalidInput):
        query(copied, "SELECT * FROM happenings")
    link(copied)
    assert query(copied, "SELECT * FROM happenings").num_rows > 0


def test_an_archive_that_changes_meanwhile(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = linking._made

    def changing(*arguments: Any) -> Any:
        done = copied / "done" / "00000.json"
        done.write_text(done.read_text() + " ")
        return made(*arguments)

    monkeypatch.setattr(linking, "_made", changing)
    with pytest.raises(ArchiveError, match="has changed"):
        link(copied, again=True)


def test_what_fails_leaves_what_was(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(linking, "find_happenings", full)
    paths = Links(Store(copied)).tables()
    with pytest.raises(ArchiveError, match="No space left"):
        link(copied, again=True)
    assert Links(Store(copied)).tables() == paths
    assert not list((copied / "links").glob("tmp-*"))


def test_one_at_a_time(copied: Path) -> None:
    with FileLock(copied / "locks" / "links"), pytest.raises(ArchiveLocked):
        link(copied)


def test_nothing_to_link(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no finished shard"):
        link(tmp_path)
    summary = link(small(tmp_path, "Guten Tag."))
    assert (summary.documents, summary.duplicates, summary.happenings) == (1, 0, 0)
    folder = tmp_path / "errors"
    folder.mkdir()
    assert link(small(folder, "")).documents == 0


def test_programmes_and_persons_of_the_archive(tmp_path: Path) -> None:
    out = small(
        tmp_path,
        "Celle, 3. Mai 2021. Celles Oberbürgermeister Jörg Beispiel erhält 5.000 Euro aus dem DigitalPakt Schule.",
        "Hannover, 4. Mai 2021. In Celle dankt Oberbürgermeister Jörg Beispiel für 5.000 Euro aus dem „Digitalpakt Schule“.",
        "Fulda, 5. Mai 2021. Der Fuldaer Oberbürgermeister Jörg Beispiel fördert im Programm „Wege ins Grüne“ Gärten in Fulda.",
        "Kassel, 6. Mai 2021. Die Stadt Kassel nimmt am Programm „Wege ins Grüne!“ teil.",
        "Dresden, 7. Mai 2021. Die Stadt Dresden startet das Programm „Wege ins Grüne“.",
    )
    programmes = query(out, "SELECT programme, kb_id, documents, names FROM programmes ORDER BY ALL").to_pylist()
    assert [(p["programme"], p["documents"]) for p in programmes] == [
        ("prog:digitalpakt-schule", 2), ("wege ins grüne@06", 2), ("wege ins grüne@14", 1),
    ]  # fmt: skip
    persons = query(out, "SELECT person, documents, roles FROM persons ORDER BY ALL").to_pylist()
    assert [(p["person"], p["documents"]) for p in persons] == [("jörg beispiel@03351006", 2), ("jörg beispiel@06631009", 1)]
    assert persons[0]["roles"] == ["mayor"]


def test_command_line(labelled: Labelled, copied: Path) -> None:
    shown = CliRunner().invoke(app, ["link", str(copied)])
    assert shown.exit_code == 0
    assert "happenings" in shown.stdout
    printed = CliRunner().invoke(app, ["link", str(copied), "--json"])
    assert json.loads(printed.stdout)["happenings"] == query(labelled.folder, "SELECT * FROM happenings").num_rows


def test_copies_without_a_date_and_with_another_layout(tmp_path: Path) -> None:
    body = (
        "Die Stadt Jena erhält 40.000 Euro vom Land für den Umbau der Bibliothek am Markt. Geplant sind ein Aufzug, neue "
        "Regale und ein Café. „Das Haus wird heller“, sagte Bürgermeister Jan Beispiel. "
        "Die Arbeiten beginnen im Herbst und dauern zwei Jahre."
    )
    out = small(
        tmp_path,
        {"text": f"Bibliothek wird umgebaut\n\n{body}", "published": "2020-05-04"},
        f"BIBLIOTHEK WIRD UMGEBAUT\n\n{fill(body, 60).translate(str.maketrans('„“', chr(34) * 2))}\n\nSeite drucken",
        {"text": f"Bibliothek wird umgebaut\n\n{body.replace('Jena', 'Gera')}", "published": "2020-05-04"},
    )
    rows = query(out, "SELECT document, text_group, first FROM duplicates ORDER BY document").to_pylist()
    assert rows == [{"document": 0, "text_group": 0, "first": True}, {"document": 1, "text_group": 0, "first": False}]
    with connect(out) as connection:
        sql = "SELECT list(document ORDER BY document) FROM reports WHERE type = 'funding' GROUP BY happening ORDER BY 1"
        assert connection.execute(sql).fetchall() == [([0, 1],), ([2],)]


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=40))
def test_groups_are_those_of_sets(pairs: list[tuple[int, int]]) -> None:
    groups, sets = Groups(20), [{number} for number in range(20)]
    for one, other in pairs:
        groups.join(one, other)
        both = sets[one] | sets[other]
        for number in both:
            sets[number] = both
    assert [groups.of(number) for number in range(20)] == [min(members) for members in sets]
