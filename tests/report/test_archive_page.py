"""The page of an archive: what its figures count."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from policy_ie.archive import connect
from policy_ie.cli import app
from policy_ie.errors import ArchiveError, InvalidInput
from policy_ie.report.archive import _Page, archive_page


def data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    result: dict[str, Any] = json.loads(found[1])
    return result


@pytest.fixture(scope="module")
def page(archive: Path) -> str:
    return archive_page(archive, title="A <title>")


def figures(page: str, what: str, modality: str = "asserted") -> dict[str, tuple[int, float, float]]:
    """Events, euros alone and shared, by key."""
    return {
        key: (row[2], row[3], row[4])
        for kind, key, _, rows in data(page)["figures"]
        for row in rows
        if kind == what and row[0] == modality
    }


def test_funding_over_time_counts_a_total_and_not_its_parts(page: str) -> None:
    assert figures(page, "time") == {"2015": (1, 9_000_000, 0), "2018": (1, 1_000_000, 0), "": (3, 10, 0)}


def test_recipients_count_the_parts_and_not_their_total(page: str) -> None:
    assert figures(page, "recipient") == {
        "ags:06631009": (2, 6_000_010, 0),
        "ags:06534014": (1, 3_000_000, 0),
        "organisation:theater gmbh": (1, 1_000_000, 0),
        "words:kitas": (1, 0, 0),
        "": (1, 0, 0),
    }


def test_a_sum_of_two_funders_is_shared(page: str) -> None:
    assert figures(page, "funder") == {"ags:06": (2, 9_000_000, 1_000_000), "org:de-bund": (1, 0, 1_000_000), "": (3, 10, 0)}


def test_modalities_stand_apart(page: str) -> None:
    assert figures(page, "time", "planned") == {"2020": (1, 400_000, 0)}
    assert figures(page, "time", "negated") == {"2020": (1, 400_000, 0)}
    assert figures(page, "time", "possible") == {}


def test_recipients_stand_on_the_map_at_their_place_or_seat(page: str) -> None:
    spots = {
        data(page)["figures"][number][2]: (land, latitude, longitude)
        for number, land, latitude, longitude in data(page)["spots"]
    }
    assert spots == {"Fulda": ("DE-HE", 50.55, 9.68), "Marburg": ("DE-HE", 50.81, 8.77)}
    assert figures(page, "spot")["ags:06534014"] == (2, 4_000_000, 0)
    lands = {name: len(degrees) // 2 for _, name, degrees in data(page)["lands"]}
    assert len(lands) == 16
    assert sum(lands.values()) > 9_000


def test_programmes_live_from_the_first_release_to_the_last(page: str) -> None:
    ((number, name, releases, first, last, periods, seen),) = data(page)["programmes"]
    assert (name, releases, first, last) == ("Dorfglück", 3, "2015-03-01", "2021-04-01")
    assert periods == [["2015", 1], ["2018", 1], ["2021", 1]]
    assert figures(page, "programme")[data(page)["figures"][number][1]] == (2, 10_000_000, 0)
    for _, _, (words, ((start, end, kind),)) in seen:
        assert (words[start:end], kind) == ("Dorfglück", "programme")


def test_officials_and_what_they_did(page: str) -> None:
    ((number, office, party, first, last),) = data(page)["officials"]
    kind, _, name, rows = data(page)["figures"][number]
    assert (kind, name, office, party, first, last) == (
        "official",
        "Anna Berger",
        "Ministerin",
        "XYZ",
        "2015-03-01",
        "2020-02-01",
    )
    assert [row[:3] for row in rows] == [["asserted", "statement", 1], ["negated", "visit", 1]]


def test_every_event_has_its_sentence_and_the_place_of_its_sum(page: str) -> None:
    events = data(page)["events"]
    assert len(events) == data(page)["counts"]["events"] == 11
    first = next(event for event in events if event[4] == 9_000_000)
    document, kind, modality, confidence, _, quotations, roles, numbers = first
    assert (kind, modality, confidence) == ("funding", "asserted", 0.9)
    assert data(page)["documents"][document] == [
        "parts",
        "Geld für zwei Städte",
        "2015-03-01",
        "https://example.org/parts",
        None,
    ]
    marked = [[(words[start:end], what) for start, end, what in marks] for words, marks in quotations]
    assert marked == [
        [("Hessen", "territory"), ("Fulda", "territory"), ("Marburg", "territory"), ("fördert", "trigger")],
        [("9 Mio. Euro", "money")],
    ]
    assert quotations[1][0] == "Es gibt 9 Mio. Euro."
    assert ["funders", "Hessen"] in roles
    assert {data(page)["figures"][number][0] for number in numbers} == {"time", "type", "funder", "programme"}


def test_the_figures_count_what_the_page_does_not_hold(archive: Path, page: str) -> None:
    small = archive_page(archive, events=2)
    assert len(data(small)["events"]) == 2
    assert data(small)["counts"] == data(page)["counts"]
    assert data(small)["figures"] == data(page)["figures"]
    assert 9_000_000 in [event[4] for event in data(small)["events"]]
    with pytest.raises(InvalidInput):
        archive_page(archive, events=-1)


LINKS = """
CREATE VIEW duplicates AS SELECT * FROM (VALUES (1, 1, true), (3, 1, false)) t(document, text_group, first);
CREATE VIEW reports AS SELECT * FROM (VALUES (7, 0, 'ev1'), (7, 2, 'ev1')) t(happening, document, event);
CREATE VIEW contradictions AS SELECT * FROM (VALUES (7, 'amount', '400000')) t(happening, field, value);
CREATE VIEW identities AS SELECT document, id AS entity, kind, 'same' AS identity FROM entities WHERE kind = 'programme';
"""


def test_in_a_linked_archive_a_happening_counts_once(archive: Path) -> None:
    with connect(archive) as connection:
        connection.execute(LINKS)
        linked = _Page(connection, 100).data()
    assert linked["linked"]
    assert (linked["counts"]["repeats"], linked["counts"]["retold"], linked["counts"]["events"]) == (1, 1, 8)
    modalities = {row[0] for kind, _, _, rows in linked["figures"] for row in rows if kind == "time"}
    assert modalities == {"asserted"}, "the planned event is told elsewhere, the negated one is in a release that repeats"
    told = next(event for event in linked["events"] if event[4] == 9_000_000)
    assert [[linked["documents"][other][0] for other in told[9]], told[8], told[10]] == [["planned"], 1, [["amount", "400000"]]]
    assert [key for kind, key, _, _ in linked["figures"] if kind == "programme"] == ["programme:same"]


def test_a_part_of_a_total_counts_and_not_the_release_of_its_recipient(archive: Path) -> None:
    with connect(archive) as connection:
        # The part for Fulda and the sum of another release are one: the part counts, so that the total stays right.
        connection.execute(LINKS.replace("(7, 0, 'ev1'), (7, 2, 'ev1')", "(7, 0, 'ev2'), (7, 4, 'ev3')"))
        linked = _Page(connection, 100).data()
    sums = {event[4] for event in linked["events"] if event[1] == "funding"}
    assert {6_000_000, 9_000_000} <= sums
    assert 10 not in sums


def test_what_is_left_out_is_counted(page: str) -> None:
    counts = data(page)["counts"]
    wanted = {"releases": 6, "failed": 1, "undated": 1, "fundings": 9, "without_sum": 2, "parts": 2, "repeats": 0, "retold": 0}
    assert {name: counts[name] for name in wanted} == wanted


def test_the_page_stands_alone_and_holds_no_foreign_markup(page: str) -> None:
    assert "<title>A &lt;title&gt;</title>" in page
    assert "<script>document.title" not in page
    assert "default-src 'none'" in page
    assert not re.search(r'(src|href)="?https?:', page)
    assert "{{" not in page.replace(page[page.index('id="data"') :], "")


def test_the_page_is_the_same_each_time(archive: Path, page: str) -> None:
    assert archive_page(archive, title="A <title>") == page


def test_the_command_writes_the_page(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    result = CliRunner().invoke(app, ["report", str(archive), "-o", str(output)])
    assert result.exit_code == 0
    assert data(output.read_text(encoding="utf-8"))["title"] == "archive"


def test_a_folder_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        archive_page(tmp_path)
