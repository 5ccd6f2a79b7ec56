"""Reads the annotated releases (`dev/*.ann`, `test/*.ann`) as gold documents for the scorer.

A file has three parts, separated by lines of three hyphens: a head, the text with marks, and what the marks mean.

    published: 2013-09-11
    about: what makes the release worth having
    ---
    ⟦e1:Leverkusen⟧: Geld gegen Kinderarmut

    Der ⟦e2:Landschaftsverband Rheinland⟧ (⟦e2:LVR⟧) ⟦ev1:stellt⟧ ⟦~e1:der Stadt⟧ über einen Zeitraum von
    ⟦e4:drei Jahren⟧ Mittel in Höhe von ⟦e3:48.000 Euro⟧ für ⟦a1:den Aufbau eines Netzes⟧ bereit. ⟦!:Mehr lesen⟧
    ---
    e1 territory level=municipality; ags=05316000
    e2 organisation org_type=authority; abbreviation=LVR
    e3 money amount=48000; currency=EUR
    e4 date timex_type=DURATION; value=P3Y
    ev1 funding asserted funders=e2 recipients=e1 amounts=e3 period=e4 purpose=a1

Marks: `⟦e1:…⟧` a named mention, `⟦~e1:…⟧` a nominal one, `⟦ev1:…⟧` the anchor of an event, `⟦+ev1:…⟧` a further place
that states it, `⟦a1:…⟧` words that fill a role without being an entity, `⟦!:…⟧` a zone that counts neither way. Marks nest.
Values: `key=value` joined by `; `, several accepted values by `|`. An event line holds id, type, modality, then
`role=filler,filler`, and the words `optional` (may be missed) and `closed:role` (the role is empty on purpose).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

MARK = re.compile(r"⟦([~+!]?)([a-z]*\d*):|⟧")
FOLDER = Path(__file__).parent
_FLAGS = {"true": True, "false": False}


def gold(split: str) -> list[dict[str, Any]]:
    """All gold documents of a split (`dev` or `test`), in the order of their names."""
    return [parse(file.read_text(encoding="utf-8"), file.stem) for file in sorted((FOLDER / split).glob("*.ann"))]


def parse(source: str, name: str) -> dict[str, Any]:
    """One annotated release as a gold document; a mistake in the file raises ValueError with its name."""
    parts = re.split(r"^---\n", source, maxsplit=2, flags=re.M)
    if len(parts) != 3:
        raise ValueError(f"{name}: three parts are needed, separated by lines of three hyphens")
    head = dict(line.split(": ", 1) for line in parts[0].splitlines() if ": " in line)
    text, marks = _unmark(parts[1].rstrip("\n") + "\n", name)
    entities, events = _meanings(parts[2], marks, name)
    if left := [key for key in marks if key not in entities and key not in events and key != "" and key[0] != "a"]:
        raise ValueError(f"{name}: marks without meaning: {left}")
    return {
        "id": name,
        "text": text,
        "published": head.get("published"),
        "entities": [
            {
                "id": key,
                "kind": kind,
                "mentions": [span for sign, span in marks.get(key, []) if sign == ""],
                "nominal": [span for sign, span in marks.get(key, []) if sign == "~"],
                "values": values,
            }
            for key, (kind, values) in entities.items()
        ],
        "events": list(events.values()),
        "ignore": [span for _, span in marks.get("", [])],
    }


def _unmark(marked: str, name: str) -> tuple[str, dict[str, list[tuple[str, list[int]]]]]:
    """The text without marks, and the spans of every mark with its sign."""
    pieces: list[str] = []
    length = position = 0
    open_marks: list[tuple[str, str, int]] = []
    marks: dict[str, list[tuple[str, list[int]]]] = {}
    for found in MARK.finditer(marked):
        pieces.append(marked[position : found.start()])
        length += found.start() - position
        position = found.end()
        if found[0] != "⟧":
            open_marks.append((found[1], found[2], length))
        elif open_marks:
            sign, key, start = open_marks.pop()
            marks.setdefault(key, []).append((sign, [start, length]))
        else:
            raise ValueError(f"{name}: a mark is closed that was not opened, near {marked[max(0, position - 40) : position]!r}")
    if open_marks:
        raise ValueError(f"{name}: marks left open: {[key for _, key, _ in open_marks]}")
    text = "".join(pieces) + marked[position:]
    for spans in marks.values():
        spans.sort(key=lambda item: item[1])
    return text, marks


def _meanings(source: str, marks: dict[str, Any], name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    entities: dict[str, Any] = {}
    events: dict[str, Any] = {}
    for line in filter(None, map(str.strip, source.splitlines())):
        key, _, rest = line.partition(" ")
        if key not in marks:
            raise ValueError(f"{name}: {key} stands nowhere in the text")
        if key.startswith("ev"):
            events[key] = _event(key, rest.split(), marks, name)
        else:
            kind, _, pairs = rest.partition(" ")
            values: dict[str, Any] = {}
            for pair in filter(None, pairs.split("; ")):
                field, _, value = pair.partition("=")
                values[field.strip()] = value.split("|") if "|" in value else _FLAGS.get(value, value)
            entities[key] = (kind, values)
    return entities, events


def _event(key: str, words: list[str], marks: dict[str, Any], name: str) -> dict[str, Any]:
    anchors = [span for sign, span in marks[key] if sign == ""]
    if len(anchors) != 1:
        raise ValueError(f"{name}: {key} needs one anchor, has {len(anchors)}")
    event: dict[str, Any] = {"type": words[0], "anchor": anchors[0], "arguments": {}}
    event["also"] = [span for sign, span in marks[key] if sign == "+"]
    for word in words[1:]:
        if word == "optional":
            event["optional"] = True
        elif word.startswith("closed:"):
            event.setdefault("closed", []).append(word[7:])
        elif "=" in word:
            role, _, fillers = word.partition("=")
            for filler in fillers.split(","):
                if filler not in marks:
                    raise ValueError(f"{name}: {key} has the filler {filler}, which stands nowhere")
                spans = [span for _, span in marks[filler]]
                event["arguments"].setdefault(role, []).extend(spans if filler[0] == "a" else [filler])
        else:
            event["modality"] = word
    return event
