"""The record builder: turns the policy layer of a `Doc` into a `PressRelease`, once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from policy_ie.components.base import EventDraft, Mention, PolicyLayer
from policy_ie.records import (
    EVENT_TYPES,
    Change,
    Date,
    EntityBase,
    EventBase,
    Kind,
    Level,
    Money,
    Office,
    OfficeValue,
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
from policy_ie.records.values import Link, Record

__all__ = ["build_record"]

_BUILT_ELSEWHERE = frozenset(
    ("type", "id", "part_of", "trigger", "sentence", "modality", "time", "place", "confidence", "evidence", "why")
)

#: Models of entities by the kind of their mentions; persons are officials where they have an office.
_ENTITIES: dict[Kind, type[EntityBase]] = {
    "money": Money,
    "date": Date,
    "territory": Territory,
    "organisation": Organisation,
    "programme": Programme,
    "official": Official,
    "person": Person,
}


class _Thing:
    """An entity in the making: mentions of one thing."""

    __slots__ = ("head", "id", "mentions")

    def __init__(self, head: Mention, id: str) -> None:
        self.head = head
        self.id = id
        self.mentions: list[Mention] = []

    @property
    def name(self) -> str | None:
        """Canonical name; None for sums and dates."""
        return self.head.value.__dict__.get("name")


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
        # Events of one sentence share what is in it.
        self.spans: dict[tuple[int, int], TextSpan] = {}
        self.refs: dict[Mention, Ref] = {}

    def record(self, document_id: str, pipeline: PipelineInfo) -> PressRelease:
        layer = self.layer
        publisher = layer.publisher
        fields = {
            "id": document_id,
            "source": layer.source,
            "title": self.text[slice(*layer.title)] if layer.title else None,
            "publisher": self.ref(publisher) if publisher else None,
            "published": layer.published,
            "published_from": layer.published_from,
            "language": layer.language,
            "text": self.text,
            "sections": tuple(layer.sections or ()),
            "entities": tuple([self.entity(thing) for thing in self.things]),
            "events": tuple(self.events(layer.events)),
            "warnings": tuple(layer.warnings),
            "pipeline": pipeline,
        }
        return _made(PressRelease, fields)

    def span(self, offsets: tuple[int, int]) -> TextSpan:
        span = self.spans.get(offsets)
        if span is None:
            start, end = offsets
            span = _whole(TextSpan, {"start": start, "end": end, "text": self.text[start:end]}, _SPAN)
            self.spans[offsets] = span
        return span

    def ref(self, mention: Mention) -> Ref:
        ref = self.refs.get(mention)
        if ref is None:
            thing = self.thing_of[mention]
            ref = _whole(Ref, {"entity": thing.id, "text": self.text[mention.start : mention.end], "name": thing.name}, _REF)
            self.refs[mention] = ref
        return ref

    def link(self, link: Link | None) -> Ref | None:
        """The entity that a value points to, if this record has it."""
        if link is None:
            return None
        thing = self.by_kb_id.get(link) if isinstance(link, str) else self.by_place.get((link[0], link[1]))
        if thing is None:
            return None
        start, end = (thing.head.start, thing.head.end) if isinstance(link, str) else link
        return _whole(Ref, {"entity": thing.id, "text": self.text[start:end], "name": thing.name}, _REF)

    def entity(self, thing: _Thing) -> EntityBase:
        head, text = thing.head, self.text
        value = head.value
        model = _ENTITIES[head.kind]
        if type(value) is PersonValue:
            model = Official if value.offices else Person
        defaults, names = _template(model)
        fields: dict[str, Any] = {
            **defaults,
            **value.__dict__,
            "id": thing.id,
            "text": text[head.start : head.end],
            "mentions": tuple(
                [
                    _whole(
                        MentionRecord,
                        {"start": m.start, "end": m.end, "text": text[m.start : m.end], "nominal": m.nominal},
                        _MENTION,
                    )
                    for m in thing.mentions
                ]
            ),
            "confidence": _rounded(max([m.confidence for m in thing.mentions])),
            "kb_id": head.kb_id,
        }
        # Links of the value become references to entities of this record.
        if type(value) is OrganisationValue:
            fields |= {"seat": None, "territory": self.link(value.seat)}
        elif type(value) is ProgrammeValue:
            fields |= {"run_by": None, "owner": self.link(value.run_by)}
        elif type(value) is PersonValue:
            fields["offices"] = tuple([self.office(office) for office in value.offices])
        return _whole(model, fields, names)

    def office(self, value: OfficeValue) -> Office:
        links = {"organisation": self.link(value.organisation), "territory": self.link(value.territory)}
        return _made(Office, {**value.__dict__, **links})

    def events(self, drafts: Iterable[EventDraft]) -> list[Any]:
        ordered = sorted(drafts, key=lambda d: (d.trigger, d.type))
        ids = {id(draft): f"ev{number}" for number, draft in enumerate(ordered, 1)}
        return [self.event(draft, ids) for draft in ordered]

    def event(self, draft: EventDraft, ids: dict[int, str]) -> EventBase:
        model = EVENT_TYPES[draft.type]
        defaults, names = _template(model)
        fields: dict[str, Any] = {
            **defaults,
            "id": ids[id(draft)],
            "part_of": ids.get(id(draft.part_of)),
            "trigger": self.span(draft.trigger),
            "sentence": self.span(draft.sentence),
            "modality": _checked(model, "modality", draft.modality),
            "time": self.ref(draft.time) if draft.time else None,
            "place": tuple(self._once([self.ref(m) for m in draft.place])),
            "confidence": _rounded(draft.confidence),
            "evidence": tuple([self.span(e) for e in draft.evidence]),
            "why": draft.why or None,
        }
        shapes = _shapes(model)
        for role, fillers in draft.roles.items():
            many, spans_allowed = shapes[role]
            arguments = self._once(
                [
                    self.ref(f) if isinstance(f, Mention) else self.span(f)
                    for f in fillers
                    if spans_allowed or isinstance(f, Mention)
                ]
            )
            if many:
                fields[role] = tuple(arguments)
            elif arguments:
                fields[role] = arguments[0]
        for name, value in draft.values.items():
            fields[name] = self._change(value) if name == "change" else _checked(model, name, value)
        return _whole(model, fields, names)

    def _change(self, change: dict[str, Any]) -> Change:
        amount = change.get("amount")
        return Change(
            factor=change.get("factor"),
            percent=change.get("percent"),
            amount=self.ref(amount) if isinstance(amount, Mention) else None,
        )

    @staticmethod
    def _once(arguments: Sequence[Ref | TextSpan]) -> Sequence[Ref | TextSpan]:
        """Drops a second reference to the same entity or place."""
        if len(arguments) < 2:
            return arguments
        seen: dict[Hashable, Ref | TextSpan] = {}
        for argument in arguments:
            key = argument.entity if isinstance(argument, Ref) else (argument.start, argument.end)
            seen.setdefault(key, argument)
        return list(seen.values())


def _group(mentions: list[Mention]) -> tuple[list[_Thing], dict[Mention, _Thing]]:
    """Joins mentions into things, in order of the text: by their head, then heads that mean the same."""
    things: dict[Hashable, _Thing] = {}
    thing_of: dict[Mention, _Thing] = {}
    of_head: dict[Mention, _Thing] = {}
    # Longer first at one place, so that ids do not depend on which component came first.
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.kind)):
        head = mention if mention.same_as is None else mention.head
        thing = of_head.get(head)
        if thing is None:
            key = _identity(head)
            thing = things.get(key)
            if thing is None:
                thing = things[key] = _Thing(head, f"e{len(things) + 1}")
            of_head[head] = thing
            if thing.head.nominal and not head.nominal:
                thing.head = head
        last = thing.mentions[-1] if thing.mentions else None
        if last is None or last.end != mention.end or last.start != mention.start:
            thing.mentions.append(mention)
        thing_of[mention] = thing
    return list(things.values()), thing_of


def _identity(head: Mention) -> Hashable:
    """Equal for two heads that mean the same thing."""
    value = head.value
    if type(value) is OrganisationValue or type(value) is ProgrammeValue:
        return (head.kind, head.kb_id or value.name.casefold())
    if type(value) is TerritoryValue:
        part = value.level is Level.LOCALITY  # the parts of a municipality share its key
        return (head.kind, value.name if part else value.ags or head.kb_id or value.name, value.ags if part else value.level)
    if type(value) is PersonValue:
        return ("person", value.name)
    return (head.kind, *value.__dict__.values())  # of one model, so in one order; quicker than its own hash


@lru_cache(1 << 12)
def _rounded(confidence: float) -> float:
    """To three places; few confidences differ, and rounding is dear."""
    return round(confidence, 3)


M = TypeVar("M", bound=Record)

_new = object.__new__
#: Names of the fields of the models that a record holds by the hundred.
_SPAN, _REF, _MENTION = (set(model.model_fields) for model in (TextSpan, Ref, MentionRecord))


@cache
def _template(model: type[Record]) -> tuple[dict[str, Any], set[str]]:
    """Defaults of the fields of a model in the order in which they are written, and the names of the fields."""
    defaults = {name: info.default for name, info in model.model_fields.items()}
    return defaults, set(defaults)


def _made(model: type[M], fields: dict[str, Any]) -> M:
    """A model whose fields are known to be right, because they come from checked values and from slices of the text.

    pydantic's check of every field would take longer than finding the entities.
    """
    defaults, names = _template(model)
    return _whole(model, defaults | fields, names)


# The setters of the slots themselves, as the models are frozen.
_put_fields = BaseModel.__dict__["__dict__"].__set__
_put_names = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_put_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_put_private = BaseModel.__dict__["__pydantic_private__"].__set__


def _whole(model: type[M], fields: dict[str, Any], names: set[str]) -> M:
    """As `_made`, of all fields in the order of the model."""
    made: M = _new(model)
    _put_fields(made, fields)
    _put_names(made, names)
    _put_extra(made, None)
    _put_private(made, None)
    return made


@lru_cache(4096, typed=True)
def _checked(model: type[EventBase], name: str, value: Any) -> Any:
    """A plain value of an event as its field takes it: an enum for a string.

    Raises:
        ValidationError: the value is none of the field's.
    """
    field_type: Any = model.model_fields[name].annotation
    return TypeAdapter(field_type).validate_python(value)


@cache
def _shapes(model: type[EventBase]) -> dict[str, tuple[bool, bool]]:
    """For every role of an event type: does it hold several fillers, may words that are no entity fill it."""
    shapes = {}
    for name, info in model.model_fields.items():
        if name in _BUILT_ELSEWHERE:
            continue
        annotation = info.annotation
        many = get_origin(annotation) is tuple
        parts = get_args(annotation)
        inner = {p for part in parts for p in (get_args(part) or (part,))}
        if Ref in inner or TextSpan in inner:
            shapes[name] = (many, TextSpan in inner)
    return shapes
