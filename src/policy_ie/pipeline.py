"""`load()`: the ready spaCy pipeline, and what it is made of."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal, NoReturn, get_args

import spacy
import spacy.util
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import ConfigValidationError

from policy_ie.errors import DataError, ModelNotInstalled, PolicyIEError, ProcessingError

__all__ = ["COMPONENTS", "Profile", "load"]

#: Our components in the order in which they read each other's results.
COMPONENTS = (
    "policy_document",
    "policy_money",
    "policy_dates",
    "policy_territories",
    "policy_organisations",
    "policy_programmes",
    "policy_officials",
    "policy_references",
    "policy_quotes",
    "policy_events",
)

#: `default` runs on the base pipeline that ships, `rules` on spaCy's blank German tokenizer.
Profile = Literal["default", "rules"]

#: Characters that a pipeline takes at once. A neural base holds a few kB per token in memory, the rules next to nothing.
_MAX_LENGTH = {"base": 2_000_000, "rules": 50_000_000}

#: Components of a base pipeline that none of ours reads.
_UNUSED = ("parser", "lemmatizer", "attribute_ruler", "entity_linker")


def load(
    profile: Profile = "default",
    *,
    base: str | Path | Language | None = None,
    disable: Iterable[str] = (),
    knowledge: Iterable[str | Path] = (),
    frames: Iterable[str | Path] = (),
    config: dict[str, dict[str, Any]] | None = None,
) -> Language:
    """Makes the ready pipeline: a German base and the `policy_…` components on top.

    Args:
        profile: `default` (the trained base that ships) or `rules` (tokenizer and rules only: fastest, no model).
        base: another German pipeline with PER, LOC, ORG entities instead, by name, path or as an object:
            `load(base="de_core_news_md")`.
        disable: names of components to leave out.
        knowledge: further tables of names (format: `policy_ie.knowledge.tables`), beside those that ship.
        frames: further frame files (format: `docs/frames.md`), beside those that ship.
        config: settings of components by name, `{"policy_money": {...}}`.

    Raises:
        ModelNotInstalled: where the base named is not installed.
        DataError: where a file of `knowledge` or `frames` does not exist, or a frame is wrong.
        PolicyIEError: where the base is no German pipeline, a name in `disable` or `config`, or a setting, is unknown, or
            an argument is of another type.

    Example:
        >>> nlp = load("rules", disable=["policy_events"])
        >>> doc = nlp("Das Land fördert den Umbau mit 1,5 Mio. Euro.")
        >>> [span._.value.currency for span in doc.spans["policy"] if span.label_ == "money"]
        ['EUR']
    """
    left_out = set(_listed(disable))
    settings = {name: dict(values) for name, values in (config or {}).items()}
    if tables := [str(path) for path in _files(knowledge)]:
        for name in ("policy_territories", "policy_organisations", "policy_programmes"):
            settings.setdefault(name, {}).setdefault("knowledge", tables)
    if files := [str(path) for path in _files(frames)]:
        settings.setdefault("policy_events", {}).setdefault("frames", files)
        # Read at once, so that a mistake shows here and not as a failure of each document.
        importlib.import_module("policy_ie.components.events.frames").frame_set(tuple(files))
    for name in (*left_out, *settings):
        if name not in COMPONENTS:
            raise PolicyIEError(f"there is no component {name!r}", remedy=f"one of {', '.join(COMPONENTS)}")
    nlp = _base(profile, base)
    for name in COMPONENTS:
        if name not in left_out and name not in nlp.pipe_names:
            try:
                nlp.add_pipe(name, config=settings.get(name, {}))
            except ConfigValidationError as error:
                wrong = "; ".join(e["msg"] for e in error.errors)
                raise PolicyIEError(f"settings of {name}: {wrong}", remedy="they are described at its class") from error
    nlp.set_error_handler(_raise_typed)
    return nlp


def _listed(values: Iterable[Any]) -> Iterable[Any]:
    """One name or path counts as a list of one, not of its letters."""
    listed = [values] if isinstance(values, str | Path) or not isinstance(values, Iterable) else list(values)
    for value in listed:
        if not isinstance(value, str | Path):
            raise PolicyIEError(f"{value!r} is no name or path", remedy="pass a list of them")
    return listed


def _files(paths: Iterable[str | Path]) -> list[Path]:
    files = [Path(path) for path in _listed(paths)]
    for file in files:
        if not file.exists():
            raise DataError("no such file or folder", document=str(file), remedy="correct the path in frames= or knowledge=")
    return files


def _base(profile: Profile, base: str | Path | Language | None) -> Language:
    if profile not in get_args(Profile):
        raise PolicyIEError(f"there is no profile {profile!r}", remedy=f"one of {', '.join(get_args(Profile))}")
    if base is None and profile == "rules":
        nlp: Language = spacy.blank("de")
        nlp.max_length = _MAX_LENGTH["rules"]
        return nlp
    if not isinstance(base, str | Path | Language | None):
        raise PolicyIEError(f"{base!r} is no base pipeline", remedy="pass its name, its path or the loaded pipeline")
    nlp = base if isinstance(base, Language) else _installed(_shipped() if base is None else base)
    if nlp.lang != "de":
        raise PolicyIEError(f"the base pipeline is for {nlp.lang!r}", remedy="pass a German pipeline")
    nlp.max_length = max(nlp.max_length, _MAX_LENGTH["base"])
    return nlp


def _shipped() -> Path:
    """Folder of the base pipeline inside the package."""
    path: Path = importlib.import_module("policy_ie.base").base_path()
    return path


def _installed(base: str | Path) -> Language:
    try:
        # A sentence recogniser is faster than a parser, and no component of ours reads trees.
        names = set(spacy.util.load_config(_config_path(base))["nlp"]["pipeline"])
        unused = [name for name in _UNUSED if name in names and (name != "parser" or "senter" in names)]
        nlp = spacy.load(base, exclude=unused)
        if "senter" in nlp.disabled and "parser" not in nlp.pipe_names:
            nlp.enable_pipe("senter")
    except OSError as error:
        raise ModelNotInstalled(
            f"the base pipeline {str(base)!r} is not installed",
            remedy=f"python -m spacy download {base}, or load() for the pipeline that ships",
        ) from error
    return nlp


def _config_path(base: str | Path) -> Path:
    """Path of the `config.cfg` of a pipeline named by package or by folder."""
    folder = Path(base)
    if not folder.is_dir():
        if not spacy.util.is_package(str(base)):
            raise OSError(f"{base} is neither a package nor a folder")
        package = spacy.util.get_package_path(str(base))
        meta = spacy.util.get_model_meta(package) if (package / "meta.json").exists() else {}
        folder = package / f"{meta.get('lang', 'de')}_{meta.get('name', '')}-{meta.get('version', '')}"
    return folder / "config.cfg"


def _raise_typed(name: str, component: Callable[[Doc], Doc], docs: list[Doc], error: Exception) -> NoReturn:
    """SpaCy's error handler: says which component failed."""
    if isinstance(error, PolicyIEError):
        raise error
    raise ProcessingError(
        f"{name} failed: {type(error).__name__}: {error}",
        component=name,
        remedy="report it with the text, or load(disable=[...]) without the component",
    ) from error
