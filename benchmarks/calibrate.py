"""Fits the confidence of events on the dev half of the corpus and prints how well it holds on the test half (totals only).

    python benchmarks/calibrate.py [--write]

The confidence is the expected share of what an event says that is right: that it happened, and what fills its roles. Logistic
regression of that share with a ridge; the bins hold an equal number of events each. `--write` writes the weights to
`components/events/confidence.toml`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

import policy_ie
from policy_ie.builder import build_record
from policy_ie.components.base import policy_layer
from policy_ie.components.events import confidence as calibration

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "corpus"))

from annotation import gold  # noqa: E402
from score import judge  # noqa: E402

FILE = ROOT / "src" / "policy_ie" / "components" / "events" / "confidence.toml"
HEAD = """# Weights of the evidence for an event (log odds), written by `benchmarks/calibrate.py`: not to be edited by hand.
# always: every event; frame: log odds of the frame's own value; roles, far, words, many: number of filled roles, of arguments
# outside the sentence, of arguments that are no entities, and of further arguments (logarithm); the rest counts once.

[weights]
"""
RIDGE, BINS = 2.0, 6
#: What is wrong is that many times as frequent in texts which the rules have not seen (totals of both halves, 2026-11-22).
UNSEEN = 2.5


def events(split: str) -> tuple[list[dict[str, float]], np.ndarray]:
    """Evidence of all events of a half, and the share of each that is right; what counts neither way is left out."""
    extractor = policy_ie.Extractor(profile="rules")
    extractor.nlp.get_pipe("policy_events").calibrated = False  # type: ignore[attr-defined]
    found: list[dict[str, float]] = []
    right: list[float] = []
    for document in gold(split):
        layer = policy_layer(extractor.nlp(document["text"]))
        record = build_record(layer, document_id=document["id"], pipeline=extractor.info).model_dump(mode="json")
        drafts = sorted(layer.events, key=lambda d: (d.trigger, d.type))
        for draft, verdict in zip(drafts, judge(document, record), strict=True):
            if verdict is not None:
                found.append(dict(calibration.evidence(draft, layer.title, layer.text)))
                right.append(verdict)
    return found, np.array(right)


def matrix(found: Iterable[dict[str, float]], names: list[str]) -> np.ndarray:
    return np.array([[1.0, *(item.get(name, 0.0) for name in names)] for item in found])


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression by Newton's method, in which the wrong part of each event counts `UNSEEN` times."""
    weights = np.zeros(x.shape[1])
    ridge = np.diag([1e-6, *[RIDGE] * (x.shape[1] - 1)])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        wrong = UNSEEN * (1 - y)
        gradient = x.T @ (y * (1 - p) - wrong * p) - ridge @ weights
        weights += np.linalg.solve(x.T @ (x * ((y + wrong) * p * (1 - p))[:, None]) + ridge, gradient)
    return weights


def reliability(p: np.ndarray, y: np.ndarray) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error, and the mean confidence, the share right and the number of each bin."""
    bins = [
        (float(p[part].mean()), float(y[part].mean()), len(part)) for part in np.array_split(np.argsort(p, kind="stable"), BINS)
    ]
    return sum(abs(a - b) * n for a, b, n in bins) / len(y), bins


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    found, y = events("dev")
    names = sorted({name for item in found for name in item})
    weights = np.round(fit(matrix(found, names), y), 3)
    if options.write:
        lines = [f'"{name}" = {weight:g}' for name, weight in zip(["always", *names], weights, strict=True)]
        FILE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    for split, items, right in (("dev", found, y), ("test", *events("test"))):
        raw = np.array([1 / (1 + np.exp(-item["frame"])) for item in items])
        for name, p in (("frame's own", raw), ("calibrated", 1 / (1 + np.exp(-matrix(items, names) @ weights)))):
            error, bins = reliability(p, right)
            brier = ((p - right) ** 2).mean()
            print(f"{split} {name}: {len(right)} events, {right.mean():.3f} right, ECE {error:.3f}, Brier {brier:.3f}")
            print("  " + "  ".join(f"{a:.2f}->{b:.2f} ({n})" for a, b, n in bins))


if __name__ == "__main__":
    main()
