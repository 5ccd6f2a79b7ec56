"""Loading, look-up and the automaton."""

from __future__ import annotations

import datetime as dt
import pickle
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from policy_ie.errors import DataError, KnowledgeError
from policy_ie.knowledge import KnowledgeBase, OrganisationEntry, TerritoryEntry, knowledge_base
from policy_ie.knowledge.tables import read_table, write_table


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return knowledge_base()


def found(kb: KnowledgeBase, text: str) -> list[tuple[str, str]]:
    hits = kb.hits(text)
    assert all(text[h.start : h.end] == h.surface for h in hits)
    return [(h.surface, h.form) for h in hits]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Monheim am Rhein und Mülheim an der Ruhr", [("Monheim am Rhein", "name"), ("Mülheim an der Ruhr", "name")]),
        ("Dortmunds Kitas", [("Dortmunds", "genitive")]),
        ("Dortmunder Kitas", [("Dortmunder", "adjective")]),
        ("Göttinger Kitas", [("Göttinger", "adjective")]),
        ("in hessischen Kitas", [("hessischen", "adjective")]),
        ("des Rheinisch-Bergischen Kreises", [("Rheinisch-Bergischen Kreises", "name")]),
        ("die NRW-Initiative", [("NRW", "name")]),
        ("in Köln-Mülheim", [("Köln", "name"), ("Mülheim", "name")]),
        ("DRESDEN. Die Staatsregierung", [("DRESDEN", "name")]),
        ("22.03.2024Bayerns Minister", [("Bayerns", "genitive")]),
        ("interessEssen, dortmund, Essenz, Hoffnung", []),
        ("Aus- und Weiterbildung", []),
        ("Essen\n\nBad", [("Essen", "name")]),
    ],
)
def test_word_boundaries(kb: KnowledgeBase, text: str, hits: list[tuple[str, str]]) -> None:
    assert found(kb, text) == hits


@pytest.mark.parametrize(
    "text",
    ["Monheim am\nRhein", "Monheim  am Rhein", "Monheim\u00a0am Rhein", "Mon\u00adheim am Rhein", "Monheim am \r\nRhein"],
)
def test_white_space_inside_a_name(kb: KnowledgeBase, text: str) -> None:
    hits = kb.hits(f"In {text} und Köln")
    assert [h.entries[0].kb_id for h in hits] == ["ags:05158026", "ags:05315000"]
    assert hits[0].surface == text


def test_letters_with_combining_marks(kb: KnowledgeBase) -> None:
    text = unicodedata.normalize("NFD", "In Köln und Lübbecke, Münster")
    hits = kb.hits(text)
    assert [h.name for h in hits] == ["Köln", "Lübbecke", "Münster"]
    assert [unicodedata.normalize("NFC", text[h.start : h.end]) for h in hits] == ["Köln", "Lübbecke", "Münster"]


def test_line_break_after_a_hyphen(kb: KnowledgeBase) -> None:
    assert [h.entries[0].kb_id for h in kb.hits("das Land Nordrhein-\nWestfalen")] == ["ags:05"]


def test_an_empty_line_parts_names(kb: KnowledgeBase) -> None:
    assert [h.surface for h in kb.hits("Monheim\n\nam Rhein")] == ["Monheim"]


def test_a_longer_name_that_fails_gives_way(kb: KnowledgeBase) -> None:
    assert [h.surface for h in kb.hits("Kreis Soestfest")] == []
    assert [h.surface for h in kb.hits("Bad Hofgeismar")] == ["Hofgeismar"]


def test_lookup_by_neighbourhood(kb: KnowledgeBase) -> None:
    assert kb.lookup("Neustadt", near="Marburg")[0].entry.kb_id == "ags:06534016"
    assert kb.lookup("Neustadt", near="Mainz")[0].entry.name == "Neustadt an der Weinstraße"
    assert kb.lookup("Frankfurt", near="Brandenburg", kind="territory")[0].entry.kb_id == "ags:12053000"
    assert kb.lookup("Frankfurt")[0].entry.kb_id == "ags:06412000"


def test_lookup_by_date(kb: KnowledgeBase) -> None:
    def key(name: str, date: dt.date | None) -> str | None:
        entry = kb.lookup(name, date=date, kind="territory")[0].entry
        return entry.ags if isinstance(entry, TerritoryEntry) else None

    assert key("Landkreis Göttingen", dt.date(2012, 1, 1)) == "03152"
    assert key("Landkreis Göttingen", dt.date(2020, 1, 1)) == "03159"
    assert key("Landkreis Göttingen", None) == "03159"


def test_lookup_of_a_ministry_by_its_subject_in_the_land_at_the_date(kb: KnowledgeBase) -> None:
    found = kb.lookup("Familienministerium", near="Düsseldorf", date=dt.date(2014, 5, 5))
    assert found[0].entry.kb_id == "org:nw-mfkjks"
    assert kb.lookup("Innenministerium", near="Marburg", date=dt.date(2017, 5, 5))[0].entry.kb_id == "org:he-hmdis"
    assert not kb.lookup("Heuministerium")


@pytest.mark.parametrize("wrong", [{"name": None}, {"name": "Essen", "date": "2014"}])
def test_lookup_refuses_what_is_no_name_or_date(kb: KnowledgeBase, wrong: dict[str, Any]) -> None:
    with pytest.raises(KnowledgeError):
        kb.lookup(**wrong)


def test_lookup_forgives_case_and_designation(kb: KnowledgeBase) -> None:
    for name in ("dortmund", "Stadt Dortmund", "stadt dortmund", "05913000", "ags:05913000"):
        assert kb.lookup(name)[0].entry.kb_id == "ags:05913000", name
    assert kb.lookup("Gibtesnicht") == []


def test_candidates_say_why(kb: KnowledgeBase) -> None:
    best = kb.lookup("Neustadt", near="Marburg")[0]
    assert 0 < best.score <= 1
    assert "Kreis of Marburg" in best.why


def test_unknown_key(kb: KnowledgeBase) -> None:
    with pytest.raises(KnowledgeError, match="ags:99"):
        kb.entry("ags:99")


def test_version_names_vintage_and_hash(kb: KnowledgeBase) -> None:
    vintage, _, digest = kb.version.partition("+")
    assert vintage == "2024-12-31"
    assert len(digest) == 8


def test_loaded_once() -> None:
    assert knowledge_base() is knowledge_base(())


def test_entries_of_the_user(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(
        "# my bodies\n"
        "kind\tkb_id\tname\taliases\torg_type\tterritory\tvalid_from\tvalid_to\n"
        "organisation\torg:own-netz\tNetzwerk Junge Stadt\tNJS|JuStaNe\tassociation\tags:05\t2001\t2010\n"
        "territory\town:quartier\tQuartier Nordstern\t\t\t\t\t\n",
        encoding="utf-8",
    )
    kb = knowledge_base((table,))
    (entry,) = kb.by_name("NJS")
    assert isinstance(entry, OrganisationEntry)
    assert (entry.valid_from, entry.valid_to) == (dt.date(2001, 1, 1), dt.date(2010, 12, 31))
    assert kb.hits("Das JuStaNe in Essen")[0].entries[0].kb_id == "org:own-netz"
    assert kb.version != knowledge_base().version
    assert "org:own-netz" not in knowledge_base()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("kind\tname\nterritory\tX\n", "kb_id"),
        ("kb_id\tname\na\tb\n", "kind"),
        ("kind\tkb_id\tname\nterritory\tags:05\tX\n", "twice"),
        ("kind\tkb_id\tname\nterritory\ta\n", "cells"),
        ("", "empty"),
    ],
)
def test_broken_tables(tmp_path: Path, content: str, message: str) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        knowledge_base((table,))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("kind\tkb_id\tname\tvalid_to\norganisation\tx\tX\t12.3.2010\n", "isoformat"),
        ("kind\tkb_id\tname\nriver\tx\tX\n", "river"),
        ("kind\tkb_id\tname\tcolour\norganisation\tx\tX\tred\n", "colour"),
    ],
)
def test_broken_rows_name_the_row(tmp_path: Path, content: str, message: str) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(content, encoding="utf-8")
    kb = knowledge_base((table,))
    with pytest.raises(DataError, match=message):
        kb.entry("x")


def test_tables_are_written_and_read_back(tmp_path: Path, kb: KnowledgeBase) -> None:
    entries = [kb.entry("ags:05913000"), kb.entry("ags:13001000")]
    path = tmp_path / "t.tsv.gz"
    write_table(path, entries, "territory")
    first = path.read_bytes()
    write_table(path, reversed(entries), "territory")
    assert path.read_bytes() == first
    table, lines = read_table(path, "territory")
    assert [table.entry(line) for line in lines] == entries


def test_entries_can_be_pickled(kb: KnowledgeBase) -> None:
    entry = kb.entry("ags:05913000")
    assert pickle.loads(pickle.dumps(entry)) == entry
