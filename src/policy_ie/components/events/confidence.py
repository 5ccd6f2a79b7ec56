"""How sure an event is: evidence weighed by a logistic function whose weights were fitted on annotated releases.

`confidence.toml` holds the weights, `benchmarks/calibrate.py` fits them and measures how well they hold. The value is the
expected share of what the event says that is right: that it happened, and what fills its roles.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from policy_ie.components.base import EventDraft, Filler, Mention

__all__ = ["confidence", "evidence"]

#: The frame's own value is kept off the ends, where its odds would be without bounds.
_LEAST, _MOST = 0.05, 0.98


def evidence(draft: EventDraft, title: tuple[int, int] | None, text: str) -> Iterator[tuple[str, float]]:
    """Name and amount of everything that speaks for or against an event."""
    own = min(max(draft.confidence, _LEAST), _MOST)
    yield "frame", math.log(own / (1 - own))
    yield f"type:{draft.type}", 1.0
    filled = [fillers for fillers in draft.roles.values() if fillers]
    fillers: list[Filler] = [filler for role in filled for filler in role] + list(draft.place)
    if draft.time is not None:
        fillers.append(draft.time)
    yield "roles", min(len(filled), 5)
    yield "far", min(sum(not draft.sentence[0] <= _start(filler) < draft.sentence[1] for filler in fillers), 4)
    yield "words", min(sum(not isinstance(filler, Mention) for filler in fillers), 3)
    yield "many", math.log1p(max(len(fillers) - len(filled), 0))
    if draft.evidence:
        yield "repeated", 1.0
    if title is not None and title[0] <= draft.trigger[0] < title[1]:
        yield "title", 1.0
    if draft.type != "statement" and text[draft.trigger[0]].isupper():
        yield "noun", 1.0
    if draft.modality != "asserted":
        yield "not asserted", 1.0
    if draft.part_of is not None:
        yield "part", 1.0


def confidence(draft: EventDraft, title: tuple[int, int] | None, text: str) -> float:
    """The calibrated confidence of an event."""
    weights = _weights()
    total = weights["always"] + sum(weights.get(name, 0.0) * amount for name, amount in evidence(draft, title, text))
    return round(1 / (1 + math.exp(-total)), 3)


def _start(filler: Filler) -> int:
    return filler.start if isinstance(filler, Mention) else filler[0]


@functools.cache
def _weights() -> dict[str, float]:
    data = tomllib.loads(files("policy_ie.components.events").joinpath("confidence.toml").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in data["weights"].items()}
