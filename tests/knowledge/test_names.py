"""Tables of given names and surnames."""

from __future__ import annotations

from importlib.resources import files

from policy_ie.knowledge.names import name_tables


def test_tables_hold_what_the_head_says() -> None:
    tables = name_tables()
    assert len(tables.given) > 7_000
    assert len(tables.surnames) > 5_000
    assert set(tables.given.values()) == {"f", "m", "u"}
    assert tables.weak <= tables.given.keys()
    assert {"August", "Europa", "Nur"} <= tables.weak
    assert not {"Peter", "Ute", "Kim"} & tables.weak


def test_file_is_sorted_and_unique_and_names_its_sources() -> None:
    text = files("policy_ie.knowledge").joinpath("data", "persons.tsv").read_text(encoding="utf-8")
    lines = text.splitlines()
    names = [line.split("\t")[0] for line in lines if line[0] != "#"]
    assert names == sorted(set(names))
    assert "CC BY 3.0 DE" in lines[0]
    assert "MIT" in lines[0]
