"""How sure an event is: evidence weighed by a logistic function whose weights were fitted on annotated releases.

`confidence.toml` holds the weights, `benchmarks/calibrate.py` fits them and measures how well they hold. The value is the
expected share of what the event says that is right: that it happened, and what fills its roles.
"""

from __future__ import annotations

import functools
import math
import tomllib
from importlib.resources import files

from policy_ie.components.base import EventDraft, Filler, Mention

__all__ = ["confidence", "evidence"]

#: The frame's own value is kept off the ends, where its odds would be without bounds.
_LEAST, _MOST = 0.05, 0.98


def evidence(draft: EventDraft, title: tuple[int, int] | None, text: str) -> list[tuple[str, float]]:
    """Name and amount of everything that speaks for or against an event."""
    own = min(max(draft.confidence, _LEAST), _MOST)
    filled = [fillers for fillers in draft.roles.values() if fillers]
    fillers: list[Filler] = [filler for role in filled for filler in role] + list(draft.place)
    if draft.time is not None:
        fillers.append(draft.time)
    first, last = draft.sentence
    told: list[tuple[str, float]] = [
        ("frame", math.log(own / (1 - own))),
        (f"type:{draft.type}", 1.0),
        ("roles", min(len(filled), 5)),
        ("far", min(len([f for f in fillers if not first <= _start(f) < last]), 4)),
        ("words", min(len([f for f in fillers if not isinstance(f, Mention)]), 3)),
        ("many", math.log1p(max(len(fillers) - len(filled), 0))),
    ]
    if draft.evidence:
        told.append(("repeated", 1.0))
    if title is not None and title[0] <= draft.trigger[0] < title[1]:
        told.append(("title", 1.0))
    if draft.type != "statement" and text[draft.trigger[0]].isupper():
        told.append(("noun", 1.0))
    if draft.modality != "asserted":
        told.append(("not asserted", 1.0))
    if draft.part_of is not None:
        told.append(("part", 1.0))
    return told


def confidence(draft: EventDraft, title: tuple[int, int] | None, text: str) -> float:
    """The calibrated confidence of an event."""
    weights = _weights()
    total = weights["always"] + sum([weights.get(name, 0.0) * amount for name, amount in evidence(draft, title, text)])
    return round(1 / (1 + math.exp(-total)), 3)


def _start(filler: Filler) -> int:
    return filler.start if isinstance(filler, Mention) else filler[0]


@functools.cache
def _weights() -> dict[str, float]:
    data = tomllib.loads(files("policy_ie.components.events").joinpath("confidence.toml").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in data["weights"].items()}
