"""Texts that are no releases (recipes, matches, novels, statutes, weather …) give next to no events, and nobody any money."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from policy_ie import Extractor

FOLDER = Path(__file__).parent / "negatives"


@pytest.fixture(scope="module")
def found() -> dict[str, Counter[str]]:
    extractor = Extractor(profile="rules")
    return {
        f.stem: Counter(e.type for e in extractor.extract(f.read_text(encoding="utf-8")).events) for f in FOLDER.glob("*.txt")
    }


def test_there_is_less_than_one_event_in_a_thousand_words(found: dict[str, Counter[str]]) -> None:
    words = sum(len(file.read_text(encoding="utf-8").split()) for file in FOLDER.glob("*.txt"))
    assert len(found) >= 30
    assert sum(events.total() for events in found.values()) < words / 1000


def test_nobody_gets_money(found: dict[str, Counter[str]]) -> None:
    assert not [name for name, events in found.items() if events["funding"] or events["budget"]]


def test_a_release_about_a_suit_keeps_its_events() -> None:
    text = (
        "Kiel, 3. Mai 2021. Das Land Schleswig-Holstein fördert die Stadt Plön mit 2 Mio. Euro. Die Kläger hatten ihre "
        "Revision zuvor zurückgezogen. Zur Berufung des neuen Leiters sagte "
        "Landrätin Ute Lang: „Das Urteil ist gut für uns alle.“"
    )
    assert {"funding", "statement"} <= {event.type for event in Extractor(profile="rules").extract(text).events}
