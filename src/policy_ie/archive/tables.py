"""The tables of an archive: one fixed Arrow schema, derived from the record models, and the rows of a record.

`documents`, `entities` and `events` hold one row per thing, single models flattened (`publisher_name`), lists as lists.
`mentions` and `arguments` hold one row per mention and per filler of a role; `errors` the documents that gave no record.
`document`, the position in the archive, is the key of all tables: ids are the caller's and may repeat.
"""

from __future__ import annotations

import datetime as dt
import decimal
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel

from policy_ie.records import EVENT_TYPES, Entity, EventBase, Failure, Mention, PressRelease, Ref, TextSpan

__all__ = ["TABLES", "Rows", "schema_digest", "schemas"]

#: Names of the tables.
TABLES = ("documents", "entities", "mentions", "events", "arguments", "errors")

#: Sums of money: 32 digits before the point, 6 after it.
_DECIMAL = pa.decimal128(38, 6)
_DIGITS = decimal.Context(prec=38)
_PLACES = decimal.Decimal("0.000001")

_SCALARS = (
    (bool, pa.bool_()), (int, pa.int64()), (float, pa.float64()), (decimal.Decimal, _DECIMAL), (dt.date, pa.date32()),
    (str, pa.string()),
)  # fmt: skip

#: Fields of events that are columns although they are spans.
_OWN_SPANS = {"trigger", "sentence", "evidence"}


class _Column(NamedTuple):
    name: str
    path: tuple[str, ...]
    type: Any
    description: str


@cache
def schemas() -> Mapping[str, Any]:
    """Arrow schema of each table.

    Example:
        >>> schemas()["mentions"].names
        ['document', 'document_id', 'entity', 'kind', 'start', 'end', 'text', 'nominal']
    """
    number = _field("document", pa.int64(), "Position of the document in the archive: the key of all tables.")
    owner = [number, _field("document_id", pa.string(), "Id of the document.")]
    words = _field("words", pa.int64(), "Stretches of text between white space.")
    text = _field("text", pa.string(), "The words.")
    entity = _field("entity", pa.string(), 'Id of the entity in its document, "e3"; null for words that name none.')
    place = [_field(c.name, c.type, c.description) for c in _columns(Mention)]
    return {
        "documents": pa.schema([number, *_fields(_columns(PressRelease, leave=("entities", "events"))), words]),
        "entities": pa.schema([*owner, *_fields(c for model in _entity_models() for c in _entity_columns(model))]),
        "mentions": pa.schema([*owner, entity, _field("kind", pa.string(), "Kind of the entity."), *place]),
        "events": pa.schema([*owner, *_fields(c for model in EVENT_TYPES.values() for c in _event_columns(model))]),
        "arguments": pa.schema([
            *owner,
            _field("event", pa.string(), 'Id of the event in its document, "ev1".'),
            _field("role", pa.string(), "Role in the event."),
            _field("position", pa.int64(), "Position among the fillers of the role, from 0."),
            entity, text,
            _field("name", pa.string(), "Canonical name of the entity."),
            _field("start", pa.int64(), "Offset of the first code point, for words that name no entity."),
            _field("end", pa.int64(), "Offset after the last code point, for words that name no entity."),
        ]),
        "errors": pa.schema([number, *_fields(_columns(Failure))]),
    }  # fmt: skip


@cache
def schema_digest() -> str:
    """Hash of all schemas: archives of different schemas are never mixed."""
    described = "\n".join(f"{name}\n{schema.to_string()}" for name, schema in schemas().items())
    return hashlib.sha256(described.encode()).hexdigest()[:16]


class Rows:
    """Collects the rows of documents.

    Example:
        >>> rows = Rows()
        >>> rows.fail(7, Failure(id="a", error="EmptyDocument", message="no text"))
        >>> rows.tables()["errors"].to_pylist()[0]["document"]
        7
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[Any, ...] | list[Any]]] = {name: [] for name in TABLES}

    def add(self, number: int, record: PressRelease) -> None:
        """Adds the rows of a record."""
        rows, owner = self._rows, (number, record.id)
        rows["documents"].append([number, *_row("documents", PressRelease)(record), len(record.text.split())])
        for entity in record.entities:
            rows["entities"].append([*owner, *_row("entities", type(entity))(entity)])
            for m in entity.mentions:
                rows["mentions"].append((*owner, entity.id, entity.kind, m.start, m.end, m.text, m.nominal))
        for event in record.events:
            rows["events"].append([*owner, *_row("events", type(event))(event)])
            for role, position, filler in _fillers(event):
                if isinstance(filler, Ref):
                    what: tuple[Any, ...] = (filler.entity, filler.text, filler.name, None, None)
                else:
                    what = (None, filler.text, None, filler.start, filler.end)
                rows["arguments"].append((*owner, event.id, role, position, *what))

    def fail(self, number: int, failure: Failure) -> None:
        """Adds the row of a document that gave no record."""
        self._rows["errors"].append([number, *_row("errors", Failure)(failure)])

    def tables(self) -> dict[str, Any]:
        """The rows as Arrow tables."""
        tables = {}
        for name, schema in schemas().items():
            columns = zip(*self._rows[name], strict=True) if self._rows[name] else ((),) * len(schema)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            tables[name] = pa.Table.from_arrays(arrays, schema=schema)
        return tables


def _entity_models() -> tuple[type[BaseModel], ...]:
    models: tuple[type[BaseModel], ...] = get_args(get_args(Entity)[0])
    return models


def _field(name: str, kind: Any, description: str) -> Any:
    return pa.field(name, kind, metadata={"description": description})


def _fields(columns: Iterable[_Column]) -> list[Any]:
    """One field per name; models that share a name must agree on its type."""
    fields: dict[str, Any] = {}
    for column in columns:
        known = fields.setdefault(column.name, _field(column.name, column.type, column.description))
        if known.type != column.type:
            raise TypeError(f"column {column.name} is {known.type} and {column.type}")
    return list(fields.values())


def _columns(
    model: type[BaseModel], leave: Iterable[str] = (), prefix: str = "", path: tuple[str, ...] = ()
) -> Iterator[_Column]:
    """Flat columns of a model: a single model inside it gives columns with its name before theirs."""
    for name, field in model.model_fields.items():
        if name in leave or field.exclude:
            continue
        inner = _bare(field.annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _columns(inner, (), f"{prefix}{name}_", (*path, name))
        else:
            yield _Column(prefix + name, (*path, name), _arrow(inner), field.description or f"{model.__name__}: {name}")


def _entity_columns(model: type[BaseModel]) -> Iterator[_Column]:
    # `kind` right after the id: every model has it, though as a field of its own.
    columns = list(_columns(model, leave=("mentions",)))
    return iter(sorted(columns, key=lambda column: (column.name != "id", column.name != "kind")))


def _event_columns(model: type[EventBase]) -> Iterator[_Column]:
    roles = {path[0] for _, path in _roles(model) if len(path) == 1}
    nested = {"_".join(path) for _, path in _roles(model) if len(path) > 1}
    columns = [c for c in _columns(model, leave=roles) if not any(c.name.startswith(f"{n}_") for n in nested)]
    return iter(sorted(columns, key=lambda column: (column.name != "id", column.name != "type")))


@cache
def _roles(model: type[BaseModel], path: tuple[str, ...] = ()) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Roles of an event model, and where their fillers are: fields of references and spans."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for name, field in model.model_fields.items():
        inner = _bare(field.annotation)
        if get_origin(inner) is tuple:
            inner = get_args(inner)[0]
        kinds = get_args(inner) if get_origin(inner) in (Union, UnionType) else (inner,)
        if all(kind in (Ref, TextSpan, NoneType) for kind in kinds):
            if path or name not in _OWN_SPANS:
                found.append(("_".join((*path, name)), (*path, name)))
        elif isinstance(inner, type) and issubclass(inner, BaseModel):
            found.extend(_roles(inner, (*path, name)))
    return tuple(found)


def _fillers(event: EventBase) -> Iterator[tuple[str, int, Ref | TextSpan]]:
    for role, path in _roles(type(event)):
        value: Any = event
        for name in path:
            value = getattr(value, name) if value is not None else None
        if isinstance(value, tuple):
            for position, filler in enumerate(value):
                yield role, position, filler
        elif value is not None:
            yield role, 0, value


def _bare(annotation: Any) -> Any:
    """The annotation without `None`."""
    if get_origin(annotation) in (Union, UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
        if len(kinds) == 1:
            return kinds[0]
    return annotation


def _arrow(annotation: Any) -> Any:
    annotation = _bare(annotation)
    if get_origin(annotation) is tuple:
        return pa.list_(_arrow(get_args(annotation)[0]))
    if get_origin(annotation) is Literal:
        return pa.string()
    if isinstance(annotation, type):
        if issubclass(annotation, BaseModel):
            return pa.struct([(name, _arrow(f.annotation)) for name, f in annotation.model_fields.items() if not f.exclude])
        for kind, arrow in _SCALARS:
            if issubclass(annotation, kind):
                return arrow
    raise TypeError(f"no Arrow type for {annotation}")


@cache
def _row(table: str, model: type[BaseModel]) -> Callable[[Any], list[Any]]:
    """Makes the function from a model to its values in the columns of a table that come from models."""
    fixed = {"documents": ("document", "words"), "errors": ("document",)}.get(table, ("document", "document_id"))
    names = [name for name in schemas()[table].names if name not in fixed]
    if table == "entities":
        columns = _entity_columns(model)
    elif issubclass(model, EventBase):
        columns = _event_columns(model)
    else:
        columns = _columns(model, leave=("entities", "events"))
    places = [(names.index(column.name), column.path, column.type) for column in columns]
    single = [(i, path[0], _converter(kind)) for i, path, kind in places if len(path) == 1]
    nested = [(i, path, _converter(kind)) for i, path, kind in places if len(path) > 1]
    width = len(names)

    def row(thing: Any) -> list[Any]:
        values: list[Any] = [None] * width
        for i, name, convert in single:
            value = getattr(thing, name)
            values[i] = convert(value) if convert is not None and value is not None else value
        for i, path, convert in nested:
            value = thing
            for name in path:
                value = getattr(value, name) if value is not None else None
            values[i] = convert(value) if convert is not None and value is not None else value
        return values

    return row


def _converter(kind: Any) -> Callable[[Any], Any] | None:
    if kind == _DECIMAL:
        return _decimal
    return _plain if pa.types.is_list(kind) else None


def _decimal(value: decimal.Decimal) -> decimal.Decimal:
    return value.quantize(_PLACES, context=_DIGITS)


def _plain(value: Any) -> Any:
    """Models inside lists as dicts."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, BaseModel):
        kept = type(value).model_fields.items()
        return {name: _plain(getattr(value, name)) for name, field in kept if not field.exclude}
    return value.value if isinstance(value, Enum) else value
