"""The record builder: turns the policy layer of a `Doc` into a `PressRelease`, once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args, get_origin

from policy_ie.components.base import EventDraft, Mention, PolicyLayer
from policy_ie.records import (
    EVENT_TYPES,
    Change,
    Date,
    DateValue,
    Entity,
    EventBase,
    Money,
    MoneyValue,
    Office,
    Official,
    Organisation,
    OrganisationValue,
    Person,
    PersonValue,
    PipelineInfo,
    PressRelease,
    Programme,
    ProgrammeValue,
    Ref,
    Territory,
    TerritoryValue,
    TextSpan,
)
from policy_ie.records import Mention as MentionRecord
from policy_ie.records.values import Link

__all__ = ["build_record"]

_BUILT_ELSEWHERE = {"type", "id", "part_of", "trigger", "sentence", "modality", "time", "place", "confidence", "evidence", "why"}


@dataclass(slots=True, eq=False)
class _Thing:
    """An entity in the making: mentions of one thing."""

    head: Mention
    mentions: list[Mention] = field(default_factory=list)
    id: str = ""

    @property
    def first(self) -> tuple[int, int]:
        return (self.mentions[0].start, -self.mentions[0].end)


def build_record(layer: PolicyLayer, *, document_id: str, pipeline: PipelineInfo) -> PressRelease:
    """The record of a document that the pipeline has annotated."""
    return _Builder(layer).record(document_id, pipeline)


class _Builder:
    def __init__(self, layer: PolicyLayer) -> None:
        self.layer = layer
        self.text = layer.text
        self.things, self.thing_of = _group(layer.mentions)
        self.by_kb_id = {t.head.kb_id: t for t in reversed(self.things) if t.head.kb_id}
        self.by_place = {(m.start, m.end): t for t in reversed(self.things) for m in t.mentions}

    def record(self, document_id: str, pipeline: PipelineInfo) -> PressRelease:
        layer = self.layer
        return PressRelease(
            id=document_id,
            source=layer.source,
            title=self.text[slice(*layer.title)] if layer.title else None,
            publisher=self.ref(layer.publisher) if layer.publisher else None,
            published=layer.published,
            published_from=layer.published_from,
            language=layer.language,
            text=self.text,
            sections=tuple(layer.sections or ()),
            entities=tuple(self.entity(thing) for thing in self.things),
            events=tuple(self.events(layer.events)),
            warnings=tuple(layer.warnings),
            pipeline=pipeline,
        )

    def span(self, offsets: tuple[int, int]) -> TextSpan:
        start, end = offsets
        return TextSpan(start=start, end=end, text=self.text[start:end])

    def ref(self, mention: Mention) -> Ref:
        thing = self.thing_of[mention]
        return Ref(entity=thing.id, text=self.text[mention.start : mention.end], name=_name(thing.head))

    def link(self, link: Link | None) -> Ref | None:
        """The entity that a value points to, if this record has it."""
        if link is None:
            return None
        thing = self.by_kb_id.get(link) if isinstance(link, str) else self.by_place.get((link[0], link[1]))
        if thing is None:
            return None
        head = thing.head
        text = self.text[slice(*link)] if not isinstance(link, str) else self.text[head.start : head.end]
        return Ref(entity=thing.id, text=text, name=_name(head))

    def entity(self, thing: _Thing) -> Entity:
        head, value = thing.head, thing.head.value
        common: dict[str, Any] = {
            "id": thing.id,
            "text": self.text[head.start : head.end],
            "mentions": tuple(
                MentionRecord(start=m.start, end=m.end, text=self.text[m.start : m.end], nominal=m.nominal)
                for m in thing.mentions
            ),
            "confidence": round(max(m.confidence for m in thing.mentions), 3),
            "kb_id": head.kb_id,
        }
        match value:
            case MoneyValue():
                return Money(**common, **_fields(value))
            case DateValue():
                return Date(**common, **_fields(value))
            case TerritoryValue():
                return Territory(**common, **_fields(value))
            case OrganisationValue():
                return Organisation(**common, **{**_fields(value), "seat": None}, territory=self.link(value.seat))
            case ProgrammeValue():
                return Programme(**common, **{**_fields(value), "run_by": None}, owner=self.link(value.run_by))
            case PersonValue():
                offices = tuple(
                    Office(
                        title=o.title, role=o.role, portfolio=o.portfolio, acting=o.acting, former=o.former,
                        organisation=self.link(o.organisation), territory=self.link(o.territory),
                    )
                    for o in value.offices
                )  # fmt: skip
                return (Official if offices else Person)(**common, **{**_fields(value), "offices": offices})

    def events(self, drafts: Iterable[EventDraft]) -> list[Any]:
        ordered = sorted(drafts, key=lambda d: (d.trigger, d.type))
        ids = {id(draft): f"ev{number}" for number, draft in enumerate(ordered, 1)}
        return [self.event(draft, ids) for draft in ordered]

    def event(self, draft: EventDraft, ids: dict[int, str]) -> EventBase:
        fields: dict[str, Any] = {
            "id": ids[id(draft)],
            "part_of": ids.get(id(draft.part_of)),
            "trigger": self.span(draft.trigger),
            "sentence": self.span(draft.sentence),
            "modality": draft.modality,
            "time": self.ref(draft.time) if draft.time else None,
            "place": tuple(self._once(self.ref(m) for m in draft.place)),
            "confidence": round(draft.confidence, 3),
            "evidence": tuple(self.span(e) for e in draft.evidence),
            "why": draft.why or None,
        }
        shapes = _shapes(draft.type)
        for role, fillers in draft.roles.items():
            many, spans_allowed = shapes[role]
            arguments = self._once(
                self.ref(f) if isinstance(f, Mention) else self.span(f)
                for f in fillers
                if spans_allowed or isinstance(f, Mention)
            )
            if many:
                fields[role] = tuple(arguments)
            elif arguments:
                fields[role] = arguments[0]
        for name, value in draft.values.items():
            fields[name] = self._change(value) if name == "change" else value
        return EVENT_TYPES[draft.type](**fields)

    def _change(self, change: dict[str, Any]) -> Change:
        amount = change.get("amount")
        return Change(
            factor=change.get("factor"),
            percent=change.get("percent"),
            amount=self.ref(amount) if isinstance(amount, Mention) else None,
        )

    @staticmethod
    def _once(arguments: Iterable[Ref | TextSpan]) -> list[Ref | TextSpan]:
        """Drops a second reference to the same entity or place."""
        seen: dict[Hashable, Ref | TextSpan] = {}
        for argument in arguments:
            key = argument.entity if isinstance(argument, Ref) else (argument.start, argument.end)
            seen.setdefault(key, argument)
        return list(seen.values())


def _group(mentions: list[Mention]) -> tuple[list[_Thing], dict[Mention, _Thing]]:
    """Joins mentions into things: by their head, then heads that mean the same."""
    things: dict[Hashable, _Thing] = {}
    thing_of: dict[Mention, _Thing] = {}
    # Longer first at one place, so that ids do not depend on which component came first.
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.kind)):
        head = mention.head
        thing = things.setdefault(_identity(head), _Thing(head))
        thing.mentions.append(mention)
        thing_of[mention] = thing
        if thing.head.nominal and not head.nominal:
            thing.head = head
    ordered = sorted(things.values(), key=lambda t: t.first)
    for number, thing in enumerate(ordered, 1):
        thing.id = f"e{number}"
        thing.mentions = list({(m.start, m.end): m for m in reversed(thing.mentions)}.values())[::-1]
    return ordered, thing_of


def _identity(head: Mention) -> Hashable:
    """Equal for two heads that mean the same thing."""
    value = head.value
    match value:
        case MoneyValue() | DateValue():
            return (head.kind, value)
        case TerritoryValue():
            return (head.kind, value.ags or head.kb_id or value.name, value.level)
        case PersonValue():
            return ("person", value.name)
    return (head.kind, head.kb_id or value.name.casefold())


def _name(head: Mention) -> str | None:
    value = head.value
    if isinstance(value, MoneyValue | DateValue):
        return None
    return value.name


def _fields(value: Any) -> dict[str, Any]:
    """Fields of a value without a copy of its parts."""
    return dict(value.__dict__)


@cache
def _shapes(event_type: str) -> dict[str, tuple[bool, bool]]:
    """For every role of an event type: does it hold several fillers, may words that are no entity fill it."""
    shapes = {}
    for name, info in EVENT_TYPES[event_type].model_fields.items():
        if name in _BUILT_ELSEWHERE:
            continue
        annotation = info.annotation
        many = get_origin(annotation) is tuple
        parts = get_args(annotation)
        inner = {p for part in parts for p in (get_args(part) or (part,))}
        if Ref in inner or TextSpan in inner:
            shapes[name] = (many, TextSpan in inner)
    return shapes
