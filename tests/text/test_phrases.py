from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from policy_ie.text.phrases import phrases, plain

DATA = tomllib.loads((files("policy_ie.text") / "phrases.toml").read_text(encoding="utf-8"))
KINDS = ("category", "boilerplate", "contact", "source_note")


@pytest.mark.parametrize("kind", KINDS)
def test_every_phrase_is_known_as_what_it_is(kind: str) -> None:
    known = phrases()
    for line in DATA[kind].get("lines", []):
        assert known.kind_of(line.upper() if "ß" not in line else line) == kind, line
    for start in DATA[kind].get("starts", []):
        assert known.kind_of(start.strip().capitalize() + " etwas") in (kind, *KINDS), start


def test_a_mark_may_be_followed_by_a_letter() -> None:
    assert phrases().kind_of("##titel##") == "boilerplate"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "not" in DATA[kind]])
def test_what_looks_alike_is_text(kind: str) -> None:
    for line in DATA[kind]["not"]:
        assert phrases().kind_of(line) is None, line


def test_entries_are_written_as_they_are_compared() -> None:
    seen: dict[str, str] = {}
    for kind in (*KINDS, "tail"):
        for line in DATA[kind].get("lines", []):
            assert plain(line) == line or not plain(line), line
            assert (line, kind) not in seen
            if kind != "tail":
                assert line not in seen, line
                seen[line] = kind
        for start in DATA[kind].get("starts", []):
            assert start == start.lower(), start


def test_languages_file_lists_each_word_once() -> None:
    data = tomllib.loads((files("policy_ie.text") / "languages.toml").read_text(encoding="utf-8"))
    for language, words in data.items():
        assert len(set(words.split())) >= 25, language
