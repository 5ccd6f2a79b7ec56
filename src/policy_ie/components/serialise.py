"""Writes a policy layer into `Doc.to_bytes` and reads it back, so that `nlp.pipe(n_process=2)` and `DocBin` keep it.

spaCy packs `doc.user_data` with msgpack; the two functions here are entered in srsly's registries when the components are
imported. Mentions refer to each other by their position in the layer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import srsly
from pydantic import TypeAdapter

from policy_ie.components.base import EventDraft, Mention, PolicyLayer, Quote
from policy_ie.records import (
    DateValue,
    MoneyValue,
    OrganisationValue,
    PersonValue,
    ProgrammeValue,
    PublishedFrom,
    Section,
    TerritoryValue,
    Warning,
)

__all__ = ["decode_layer", "encode_layer"]

_KEY = "policy_ie.layer"

_VALUES: dict[str, Any] = {
    "money": MoneyValue,
    "date": DateValue,
    "territory": TerritoryValue,
    "organisation": OrganisationValue,
    "programme": ProgrammeValue,
    "official": PersonValue,
    "person": PersonValue,
}
_SECTIONS = TypeAdapter(list[Section])
_WARNINGS = TypeAdapter(list[Warning])


def encode_layer(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """A layer as plain data; anything else goes to the next encoder of the chain."""
    if not isinstance(obj, PolicyLayer):
        return obj if chain is None else chain(obj)
    place = {id(m): n for n, m in enumerate(obj.mentions)}

    def filler(item: Any) -> Any:
        if isinstance(item, Mention):
            return {"m": place[id(item)]}
        return list(item) if isinstance(item, tuple) else item

    drafts = {id(d): n for n, d in enumerate(obj.events)}
    return {
        _KEY: {
            "text": obj.text,
            "id": obj.id,
            "source": obj.source,
            "published": obj.published and obj.published.isoformat(),
            "published_from": obj.published_from and obj.published_from.value,
            "sections": None if obj.sections is None else [s.model_dump(mode="json") for s in obj.sections],
            "sentences": obj.sentences,
            "title": obj.title,
            "publisher_hint": obj.publisher_hint,
            "language": obj.language,
            "warnings": [w.model_dump() for w in obj.warnings],
            "mentions": [
                [m.start, m.end, m.kind, _dumped(m), m.nominal, m.kb_id, m.confidence, m.rule, _place(m.same_as, place)]
                for m in obj.mentions
            ],
            "quotes": [
                [q.start, q.end, q.direct, filler(q.speaker), q.cue, q.sentence, q.more, q.confidence, q.rule]
                for q in obj.quotes
            ],
            "events": [
                {
                    "type": e.type, "trigger": e.trigger, "sentence": e.sentence, "modality": str(e.modality),
                    "roles": {role: [filler(f) for f in fillers] for role, fillers in e.roles.items()},
                    "values": {
                        k: {n: filler(x) for n, x in v.items()} if isinstance(v, dict) else getattr(v, "value", v)
                        for k, v in e.values.items()
                    },
                    "time": _place(e.time, place), "place": [place[id(m)] for m in e.place], "evidence": e.evidence,
                    "part_of": drafts.get(id(e.part_of)), "confidence": e.confidence, "why": e.why,
                }
                for e in obj.events
            ],
        }
    }  # fmt: skip


def _place(mention: Mention | None, place: dict[int, int]) -> int | None:
    return None if mention is None else place[id(mention)]


def _dumped(mention: Mention) -> dict[str, Any]:
    data = mention.value.model_dump(mode="json", exclude_none=True)
    # Links are excluded from records, not from the layer.
    for name in ("seat", "run_by"):
        if (link := getattr(mention.value, name, None)) is not None:
            data[name] = link
    return data


def decode_layer(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """The layer from what `encode_layer` wrote; it takes its doc when it is first asked for."""
    if not (isinstance(obj, dict) and _KEY in obj):
        return obj if chain is None else chain(obj)
    state = obj[_KEY]
    layer = PolicyLayer(None, state["text"])
    for name in ("id", "source", "language"):
        setattr(layer, name, state[name])
    layer.published = state["published"] and dt.date.fromisoformat(state["published"])
    layer.published_from = state["published_from"] and PublishedFrom(state["published_from"])
    layer.sections = None if state["sections"] is None else _SECTIONS.validate_python(state["sections"])
    layer.sentences = [(a, b) for a, b in state["sentences"]]
    layer.title = state["title"] and (state["title"][0], state["title"][1])
    layer.publisher_hint = state["publisher_hint"] and (state["publisher_hint"][0], state["publisher_hint"][1])
    layer.warnings = _WARNINGS.validate_python(state["warnings"])
    for start, end, kind, value, nominal, kb_id, confidence, rule, _ in state["mentions"]:
        layer.mentions.append(Mention(start, end, kind, _VALUES[kind].model_validate(value), nominal, kb_id, confidence, rule))
    for mention, data in zip(layer.mentions, state["mentions"], strict=True):
        mention.same_as = None if data[-1] is None else layer.mentions[data[-1]]

    def filler(item: Any) -> Any:
        if isinstance(item, dict):
            return layer.mentions[item["m"]]
        return tuple(item) if isinstance(item, list) else item

    layer.quotes = [
        Quote(start, end, direct, filler(speaker), (cue[0], cue[1]), (sent[0], sent[1]), [(a, b) for a, b in more], conf, rule)
        for start, end, direct, speaker, cue, sent, more, conf, rule in state["quotes"]
    ]
    for data in state["events"]:
        layer.events.append(
            EventDraft(
                type=data["type"], trigger=filler(data["trigger"]), sentence=filler(data["sentence"]),
                modality=data["modality"],
                roles={role: [filler(f) for f in fillers] for role, fillers in data["roles"].items()},
                values={
                    k: {n: filler(x) for n, x in v.items()} if isinstance(v, dict) else v for k, v in data["values"].items()
                },
                time=None if data["time"] is None else layer.mentions[data["time"]],
                place=[layer.mentions[n] for n in data["place"]], evidence=[(a, b) for a, b in data["evidence"]],
                confidence=data["confidence"], why=data["why"],
            )
        )  # fmt: skip
    for draft, data in zip(layer.events, state["events"], strict=True):
        draft.part_of = None if data["part_of"] is None else layer.events[data["part_of"]]
    return layer


srsly.msgpack_encoders.register("policy_ie", func=encode_layer)
srsly.msgpack_decoders.register("policy_ie", func=decode_layer)
