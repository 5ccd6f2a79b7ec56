"""The error analysis (`docs/errors.md`): its script runs and tells errors by their cause, and the page is what it writes."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def errors() -> Any:
    spec = importlib.util.spec_from_file_location("policy_ie_errors", ROOT / "benchmarks" / "errors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def document(text: str, **event: Any) -> dict[str, Any]:
    start = text.index(event["words"])
    event = {"type": event["type"], "anchor": [start, start + len(event["words"])], "arguments": {}}
    return {"id": "d", "text": text, "published": None, "entities": [], "events": [event], "ignore": []}


def test_a_missed_and_a_spurious_event_are_told_with_their_causes(errors: Any) -> None:
    text = "Kiel, 3. Mai 2021. Das Land Schleswig-Holstein fördert die Stadt Plön mit 2 Mio. Euro. Am Abend wird gefeiert."
    record = errors.Extractor(profile="rules").extract(text, id="d").model_dump(mode="json")
    found = list(errors.Reader(document(text, type="award", words="gefeiert"), record).errors())
    assert [(e.what, e.where, e.why) for e in found] == [
        ("missed event", "award", "no frame has the words"),
        ("spurious event", "funding", "nothing of the kind is told there"),
    ]
    assert "**gefeiert**" in found[0].example


def test_the_page_has_the_parts_that_the_script_writes(errors: Any) -> None:
    text = "Am Abend wird gefeiert."
    event = document(text, type="award", words="gefeiert")
    record = errors.Extractor(profile="rules").extract(text, id="d").model_dump(mode="json")
    headings = [
        line.split(":")[0] for line in errors.page([(event, record)], [(event, record)]).splitlines() if line[:2] == "##"
    ]
    written = errors.PAGE.read_text(encoding="utf-8").splitlines()
    assert headings == [line.split(":")[0] for line in written if line[:2] == "##"]
