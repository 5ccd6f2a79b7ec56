"""Small archives, and a pipeline with a component that can be told to break."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import spacy

HERE = Path(__file__).parent
PLACES = ("Soest", "Unna", "Gütersloh", "Celle", "Fulda", "Pirna", "Jena")


def release(number: int) -> str:
    """A release of its own for each number."""
    place = PLACES[number % len(PLACES)]
    return (
        f"{place}, {1 + number % 28}. Mai 2021. Die Stadt {place} erhält {number + 1}.000 Euro vom Land für neue Kitas. "
        f"„Das ist gut für die Kinder“, sagte Bürgermeisterin Erika Musterfrau."
    )


def write_releases(source: Path) -> None:
    for number in range(40):
        (source / f"{number:02}.txt").write_text(release(number), encoding="utf-8")


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 releases as text files, to be left as they are."""
    source = tmp_path_factory.mktemp("releases") / "in"
    source.mkdir()
    write_releases(source)
    return source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """40 releases as text files, to be spoilt."""
    source = tmp_path / "in"
    source.mkdir()
    write_releases(source)
    return source


@pytest.fixture
def poison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base pipeline with the poison component, which worker processes find as they find any installed one."""
    site = tmp_path / "site"
    (site / "poison-1.0.dist-info").mkdir(parents=True)
    shutil.copy(HERE / "poison.py", site / "poison_component.py")
    (site / "poison-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1.0\n")
    (site / "poison-1.0.dist-info" / "entry_points.txt").write_text("[spacy_factories]\npoison = poison_component:create\n")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", str(site), prepend=os.pathsep)
    # By hand: this process has looked for installed components before there was this one.
    nlp = spacy.blank("de")
    nlp.to_disk(tmp_path / "base")
    config = nlp.config.copy()
    config["nlp"]["pipeline"] = ["poison"]
    config["components"] = {"poison": {"factory": "poison"}}
    config.to_disk(tmp_path / "base" / "config.cfg")
    return tmp_path / "base"
