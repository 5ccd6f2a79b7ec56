"""The generator of archives: the same for the same seed, and what it says about itself is so."""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from generate import Document, archive, write


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return list(archive(3000, seed=1))


def test_same_for_the_same_seed(documents: list[Document]) -> None:
    assert [d.line for d in archive(200, seed=1)] == [d.line for d in documents[:200]]
    assert [d.line for d in archive(200, seed=2)] != [d.line for d in documents[:200]]


def test_shares(documents: list[Document]) -> None:
    truths = [document.truth for document in documents]
    assert 0.005 <= sum(t["broken"] for t in truths) / 3000 <= 0.015
    assert 0.08 <= sum(t.get("copy", False) for t in truths) / 3000 <= 0.12
    reports = Counter(t["happening"] for t in truths if "happening" in t)
    assert sum(1 for n in reports.values() if n > 1) > 500
    assert {"grant", "round", "series", "tour", "more", "notice", "correction"} <= {t["kind"] for t in truths}


def test_a_copy_is_the_text_of_its_original(documents: list[Document]) -> None:
    groups: dict[int, list[tuple[bool, str]]] = {}
    for document in documents:
        if not document.truth["broken"] and document.truth["kind"] != "correction":
            text = json.loads(document.line)["text"]
            groups.setdefault(document.truth["duplicates"], []).append((document.truth["copy"], text))
    shared = []
    for members in groups.values():
        original = next((set(text.split()) for copy, text in members if not copy), None)
        if original is not None:
            shared += [len(original & set(text.split())) / len(original) for copy, text in members if copy]
    assert len(shared) > 100
    assert min(shared) > 0.6


def test_every_text_is_filled(documents: list[Document]) -> None:
    texts = [json.loads(d.line)["text"] for d in documents if not d.truth["broken"]]
    assert not [text for text in texts if any(mark in text for mark in "{}[]")]


def test_written_as_lines(tmp_path: Path) -> None:
    assert write(archive(20), tmp_path / "a.jsonl.gz", tmp_path / "t.jsonl") == 20
    with gzip.open(tmp_path / "a.jsonl.gz", "rt", encoding="utf-8") as lines:
        assert sum(1 for _ in lines) == 20
    assert [json.loads(line)["id"] for line in (tmp_path / "t.jsonl").read_text().splitlines()] == [
        f"{n:07}" for n in range(20)
    ]
