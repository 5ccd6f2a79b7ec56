"""Shares and changes: what is one, which sign it has."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_ie.language.changes import find_changes


@pytest.mark.parametrize(
    ("text", "span", "kind", "percent"),
    [
        ("Das Land trägt 60 Prozent der Kosten", "60 Prozent", "share", "60"),
        ("bis zu 90 % der Kosten", "90 %", "share", "90"),
        ("eine 80-prozentige Förderung", "80-prozentige", "share", "80"),
        ("60 v. H. der Ausgaben", "60 v. H.", "share", "60"),
        ("zwei Drittel der Mittel", "zwei Drittel", "share", "66.67"),
        ("die Hälfte der Kosten", "die Hälfte", "share", "50"),
        ("Der Etat steigt um 12 Prozent auf 4,1 Millionen Euro", "12 Prozent", "change", "12"),
        ("Die Zuschüsse sinken um 5 Prozent", "5 Prozent", "change", "-5"),
        ("um 5 Prozent gekürzte Mittel", "5 Prozent", "change", "-5"),
        ("ein Minus von 3,5 Prozent", "3,5 Prozent", "change", "-3.5"),
        ("ein Zuwachs von 7,2 %", "7,2 %", "change", "7.2"),
        ("12 Prozent mehr als im Vorjahr", "12 Prozent", "change", "12"),
        ("acht Prozent weniger", "acht Prozent", "change", "-8"),
        ("eine Kürzung um ein Viertel", "ein Viertel", "change", "-25"),
        ("zwei Prozentpunkte mehr", "zwei Prozentpunkte", "change", "2"),
    ],
)
def test_percentages(text: str, span: str, kind: str, percent: str) -> None:
    [change] = find_changes(text)
    assert (change.text, change.kind, change.percent) == (span, kind, Decimal(percent))
    assert change.factor is None


@pytest.mark.parametrize(
    ("text", "span", "factor"),
    [
        ("eine Verdreifachung der Mittel", "Verdreifachung", "3"),
        ("die Verdopplung und", "Verdopplung", "2"),
        ("die Verdoppelung und", "Verdoppelung", "2"),
        ("Die Mittel werden vervierfacht", "vervierfacht", "4"),
        ("Die Zahl wurde halbiert", "halbiert", "0.5"),
        ("steigt auf das Doppelte", "auf das Doppelte", "2"),
        ("doppelt so viel Geld", "doppelt so viel", "2"),
        ("dreimal so hohe Mittel", "dreimal so hohe", "3"),
    ],
)
def test_multiples(text: str, span: str, factor: str) -> None:
    [change] = find_changes(text)
    assert (change.text, change.kind, change.factor) == (span, "change", Decimal(factor))
    assert change.percent is None


def test_range() -> None:
    [change] = find_changes("zwischen 5 und 10 Prozent")
    assert (change.text, change.bounds, change.percent) == ("5 und 10 Prozent", (5, 10), None)


@pytest.mark.parametrize(
    "text", ["vielfach und mehrfach", "im Stadtviertel", "im Viertel wohnen", "einfache Sprache", "Prozent", ""]
)
def test_neither(text: str) -> None:
    assert find_changes(text) == []


NUMBERS = ["5", "12,5", "drei", "ein", "Drittel", "fach", "ver"]
WORDS = ["Prozent", "%", "um", "und", "bis", "zwischen", "doppelt so viel", "die Hälfte", "-", ".", " "]
PIECES = st.sampled_from([*NUMBERS, *WORDS])


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=20).map(" ".join), st.lists(PIECES, max_size=20).map("".join)))
def test_any_text(text: str) -> None:
    found = find_changes(text)
    assert all(text[c.start : c.end] == c.text for c in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
