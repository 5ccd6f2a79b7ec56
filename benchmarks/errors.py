"""Writes the error analysis of events, `docs/errors.md`: what fails, how often, and why.

    python benchmarks/errors.py

Causes and examples come from the half of the corpus that rules are tuned on; of the test half the page shows totals only.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from policy_ie import Extractor
from policy_ie.components.events.frames import frame_set
from policy_ie.components.events.triggers import scan
from policy_ie.components.quotes.cues import cues

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "errors.md"
sys.path.insert(0, str(ROOT / "tests" / "corpus"))

import score as scorer  # noqa: E402
from annotation import gold  # noqa: E402
from score import overlap, span  # noqa: E402

#: Examples shown of every cause.
EXAMPLES = 3
INTRODUCTION = """\
# What fails, how often, why

Written by `python benchmarks/errors.py` (profile `rules`); not to be edited by hand. Causes and examples are from the half of
the annotated corpus that rules are tuned on, where errors are rarer than in new texts; the totals of the test half say how
often to expect them."""

Pair = tuple[dict[str, Any], dict[str, Any]]


class Error(NamedTuple):
    """One thing that went wrong: an event or an argument, its type or role, why, and the words."""

    what: str
    where: str
    why: str
    example: str


def pairs(split: str) -> list[Pair]:
    """The documents of a half with their records."""
    documents = gold(split)
    items = [{"text": d["text"], "id": d["id"]} for d in documents]
    records = Extractor(profile="rules").extract_many(items, errors="raise")
    return [(document, record.model_dump(mode="json")) for document, record in zip(documents, records, strict=True)]


class Reader:
    """One document and its record, as the search for causes reads them."""

    def __init__(self, document: dict[str, Any], record: dict[str, Any]) -> None:
        self.document, self.record, self.text = document, record, document["text"]
        self.gold_entities = {e["id"]: e for e in document["entities"]}
        self.entities = {e["id"]: e for e in record["entities"]}

    def errors(self) -> Iterator[Error]:
        """All errors with their causes."""
        wanted, found = self.document["events"], self.record["events"]
        possible, matched = scorer.pair_events(self.document, self.record)
        hit, used = {i for i, _ in matched}, {j for _, _, j in possible}
        for i, event in enumerate(wanted):
            if i not in hit and not event.get("optional"):
                yield Error("missed event", event["type"], *self.why_missed(event))
        for j, event in enumerate(found):
            zone = span(event["trigger"]) or span(event["sentence"])
            if j not in used and not any(overlap(z, zone) > 0 for z in self.document["ignore"]):
                sentence = span(event["sentence"])
                here = {g["type"] for g in wanted for a in (g["anchor"], *g.get("also", [])) if overlap(a, sentence) > 0}
                why = "the sentence tells another type" if here else "nothing of the kind is told there"
                yield Error("spurious event", event["type"], why, self.around(zone) + listed(here))
        for i, j in matched:
            yield from self.arguments(wanted[i], found[j])

    def around(self, zone: Any) -> str:
        """A stretch in bold with a little of what stands beside it."""
        start, end = zone
        left, right = self.text[max(0, start - 60) : start], self.text[end : end + 60]
        left = left[left.find(" ") + 1 :] if start > 60 else left
        right = right[: right.rfind(" ")] if end + 60 < len(self.text) else right
        return " ".join(f"{left}**{self.text[start:end]}**{right}".split())

    def why_missed(self, event: dict[str, Any]) -> tuple[str, str]:
        """The cause, and the words."""
        start, end = event["anchor"]
        words = self.around((start, end))
        other = {e["type"] for e in self.record["events"] if overlap(span(e["trigger"]), (start, end)) > 0}
        if other:
            return "its words are read as another type", words + listed(other)
        low = self.text.lower()
        first = max(low.rfind(". ", 0, start), low.rfind("\n", 0, start)) + 1
        last = min((k for k in (low.find(". ", end), low.find("\n", end)) if k >= 0), default=len(low))
        if event["type"] == "statement":
            cue = any(word.strip(".,:;„“»«") in cues().forms for word in low[first:last].split())
            return "the speaker or the reported words are not seen" if cue else "no known word of saying", words
        hits = [hit for hit in scan(self.text, low, frame_set()) if first <= hit.start < last]
        near = any(entry.frame.type == event["type"] for hit in hits for entry in hit.entries)
        return "a frame has the words, its conditions do not hold" if near else "no frame has the words", words

    def arguments(self, event: dict[str, Any], found: dict[str, Any]) -> Iterator[Error]:
        """The missed and the wrong arguments of an event that was found."""
        wanted, have = list(scorer.gold_arguments(event)), list(scorer.predicted_arguments(found))
        agreed = scorer.greedy(
            (1, a, b) for a, (r, v) in enumerate(wanted) for b, (other, w) in enumerate(have) if r == other and self.same(v, w)
        )
        hit, used = {a for a, _ in agreed}, {b for _, b in agreed}
        for a, (role, value) in enumerate(wanted):
            if a not in hit:
                others = {r for r, filler in have if r != role and self.same(value, filler)}
                why = "it stands in another role" if others else self.why_without(value, found)
                words = scorer.describe(value, self.document, self.gold_entities)
                yield Error("missed argument", role, why, f"{words} ({event['type']}){listed(others)}")
        annotated = {role for role, _ in wanted} | set(event.get("closed", []))
        for b, (role, filler) in enumerate(have):
            if b not in used and role in annotated:
                others = {r for r, value in wanted if self.same(value, filler)}
                why = "it fills another role" if others else "it belongs to no role of this event"
                kind, value = filler
                words = self.entities[value]["text"] if kind == "entity" else self.text[value[0] : value[1]]
                yield Error("wrong argument", role, why, f"{' '.join(words.split())} ({event['type']}){listed(others)}")

    def same(self, wanted: Any, found: Any) -> bool:
        return bool(scorer.same_argument(wanted, found, self.gold_entities, self.entities))

    def why_without(self, value: Any, found: dict[str, Any]) -> str:
        kind, what = value
        spans = [what]
        if kind == "entity":
            entity = self.gold_entities[what]
            spans = [tuple(m) for m in entity.get("mentions", []) + entity.get("nominal", [])]
            mentions = [span(m) for e in self.entities.values() for m in e["mentions"]]
            if not any(overlap(s, m) > 0 for s in spans for m in mentions):
                return "the entity was not found"
        near = any(overlap(s, span(found["sentence"])) > 0 for s in spans)
        return "it stands in the sentence and was not attached" if near else "it stands in another sentence"


def listed(names: Collection[str]) -> str:
    return f" → {', '.join(sorted(names))}" if names else ""


def totals(documents: list[Pair]) -> str:
    """A table of the figures of a half of the corpus by type of event."""
    rows, _ = scorer.score([d for d, _ in documents], [r for _, r in documents])
    lines = ["| type | gold | right | wrong | precision | recall | F1 |", "|---|---|---|---|---|---|---|"]
    for name in ("event/event", *sorted(n for n in rows if n.startswith("event:")), "event/argument"):
        if row := rows.get(name):
            label = {"event/event": "all events", "event/argument": "arguments"}.get(name, name[6:].removesuffix("/event"))
            shares = " | ".join(f"{row[measure]:.2f}" for measure in ("p", "r", "f1"))
            lines.append(f"| {label} | {row['tp'] + row['fn']} | {row['tp']} | {row['fp']} | {shares} |")
    return "\n".join(lines)


def page(dev: list[Pair], test: list[Pair]) -> str:
    """The page, from the documents of both halves with their records."""
    parts = [INTRODUCTION, f"## Totals: test half, {len(test)} releases", totals(test)]
    parts += [f"## Totals: tuning half, {len(dev)} releases", totals(dev)]
    found = [error for document, record in dev for error in Reader(document, record).errors()]
    for what in ("missed event", "spurious event", "missed argument", "wrong argument"):
        errors = [error for error in found if error.what == what]
        parts.append(f"## {what.capitalize()}s: {len(errors)}")
        if errors:
            parts.append(", ".join(f"{name} {n}" for name, n in Counter(error.where for error in errors).most_common()) + ".")
        causes: dict[str, list[Error]] = defaultdict(list)
        for error in errors:
            causes[error.why].append(error)
        for why, group in sorted(causes.items(), key=lambda item: (-len(item[1]), item[0])):
            examples = [f"- {error.where}: {error.example}" for error in group[:EXAMPLES]]
            parts.append("\n".join([f"**{why[0].upper()}{why[1:]}: {len(group)}**", "", *examples]))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(pairs("dev"), pairs("test")), encoding="utf-8")
