"""The record of a press release."""

from __future__ import annotations

import datetime as dt
import json
from enum import StrEnum
from typing import Any

from pydantic import Field

from policy_ie.records.entities import Entity, Ref
from policy_ie.records.events import Event
from policy_ie.records.values import Record

__all__ = [
    "SCHEMA_VERSION",
    "Failure",
    "PipelineInfo",
    "PressRelease",
    "PublishedFrom",
    "Section",
    "SectionKind",
    "Warning",
    "json_schema",
]

#: Version of the contract; raised when a field changes its meaning.
SCHEMA_VERSION = "1.0"


class SectionKind(StrEnum):
    """Parts of a page that prints a press release."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    LIST = "list"
    SOURCE_NOTE = "source_note"
    CONTACT = "contact"
    BOILERPLATE = "boilerplate"
    DUPLICATE = "duplicate"


class Section(Record):
    """A labelled stretch of the text; sections follow each other without overlap."""

    kind: SectionKind = Field(description="What the stretch is.")
    start: int = Field(ge=0, description="Offset of the first code point.")
    end: int = Field(ge=0, description="Offset after the last code point.")


class PublishedFrom(StrEnum):
    """Where the date of the release was found."""

    ARGUMENT = "argument"
    SOURCE_NOTE = "source_note"
    DATELINE = "dateline"
    HEADER = "header"
    METADATA = "metadata"


class Warning(Record):
    """Something about this document that a reader of the record should know."""

    code: str = Field(description='Stable identifier: "language", "no_release" …')
    message: str = Field(description="What is wrong, in words.")


class PipelineInfo(Record):
    """What made the record."""

    library: str = Field(description="Version of policy_ie.")
    base: str = Field(description="Name and version of the base pipeline.")
    knowledge: str = Field(description="Version of the knowledge base.")


class PressRelease(Record):
    """The record of one press release: what `extract` returns."""

    schema_version: str = Field(SCHEMA_VERSION, description="Version of this contract.")
    id: str = Field(description="The caller's id, else a hash of the text.")
    source: str | None = Field(None, description="URL or path, as given.")
    title: str | None = Field(None, description="Headline.")
    publisher: Ref | None = Field(None, description="The body that issued the release.")
    published: dt.date | None = Field(None, description="Date of the release itself.")
    published_from: PublishedFrom | None = Field(None, description="Where that date was found.")
    language: str = Field(description="ISO 639-1 code of the language detected; und where there is too little text.")
    text: str = Field(description="The text that all offsets count in.")
    sections: tuple[Section, ...] = Field((), description="Labelled stretches of the text.")
    entities: tuple[Entity, ...] = Field((), description="One item per thing, in order of the first mention.")
    events: tuple[Event, ...] = Field((), description="What happened, in order of the text.")
    warnings: tuple[Warning, ...] = Field((), description="What went wrong.")
    pipeline: PipelineInfo = Field(description="What made the record.")

    def entity(self, entity_id: str) -> Entity:
        """The entity with this id.

        Raises:
            KeyError: where the record has no such entity.
        """
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(entity_id)


class Failure(Record):
    """What `extract_many` yields in the place of a document that could not be read."""

    id: str = Field(description="The caller's id, else the position in the stream.")
    source: str | None = Field(None, description="URL or path, as given.")
    error: str = Field(description="Name of the error class.")
    component: str | None = Field(None, description="The component that failed, where one did.")
    message: str = Field(description="What is wrong and what to do.")


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a record as it is written.

    Example:
        >>> json_schema()["title"]
        'PressRelease'
    """
    schema: dict[str, Any] = json.loads(json.dumps(PressRelease.model_json_schema(mode="serialization")))
    return schema
