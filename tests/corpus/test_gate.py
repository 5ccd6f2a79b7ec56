"""The evaluation gate in CI: no figure may fall below its floor, and the gold is the one the floors were measured on."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER))
SPEC = importlib.util.spec_from_file_location("policy_ie_gate", FOLDER / "gate.py")
assert SPEC is not None
assert SPEC.loader is not None
gate = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(gate)

FLOORS = gate.baseline()
PROFILES = [
    (split, profile) for split in ("dev", "test") for profile in ("rules", "default") if profile in FLOORS.get(split, {})
]


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_gold_is_the_one_of_the_baseline(split: str) -> None:
    assert gate.checksum(split) == FLOORS[split]["checksum"], "run tests/corpus/gate.py --update"


@pytest.mark.parametrize(("split", "profile"), PROFILES)
def test_no_figure_falls_below_its_floor(split: str, profile: str) -> None:
    found, _ = gate.figures(split, profile)
    fallen = {
        name: (found.get(name, 0.0), floor) for name, floor in FLOORS[split][profile].items() if found.get(name, 0.0) < floor
    }
    assert not fallen


def test_there_is_something_to_measure() -> None:
    assert len(gate.gold("dev")) + len(gate.gold("test")) >= 20
    assert len(PROFILES) >= 2


def test_a_mistake_in_an_annotation_is_named() -> None:
    with pytest.raises(ValueError, match="broken: marks left open"):
        gate.parse("published: 2020-01-01\n---\n⟦e1:Soest\n---\ne1 territory\n", "broken")
    with pytest.raises(ValueError, match="stands nowhere"):
        gate.parse("published: 2020-01-01\n---\nSoest\n---\ne1 territory\n", "broken")
