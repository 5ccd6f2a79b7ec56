"""Entities of a record: a value, its mentions and its links."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from policy_ie.records.values import (
    DateValue,
    Gender,
    MoneyValue,
    OrganisationValue,
    ProgrammeValue,
    Record,
    Role,
    TerritoryValue,
)

__all__ = [
    "Date",
    "Entity",
    "EntityBase",
    "Mention",
    "Money",
    "Office",
    "Official",
    "Organisation",
    "Person",
    "Programme",
    "Ref",
    "Territory",
    "TextSpan",
]


class TextSpan(Record):
    """A place in the text: `record.text[start:end] == text`, offsets in code points."""

    start: int = Field(ge=0, description="Offset of the first code point.")
    end: int = Field(ge=0, description="Offset after the last code point.")
    text: str = Field(description="The characters in between.")

    @model_validator(mode="after")
    def _length_fits(self) -> TextSpan:
        if self.end - self.start != len(self.text):
            raise ValueError(f"a text of {len(self.text)} characters cannot stand at {self.start}:{self.end}")
        return self


class Mention(TextSpan):
    """A place in the text that names an entity."""

    nominal: bool = Field(
        False, description='True for a resolved noun phrase ("der Staatssekretär") or adjective, false for a name.'
    )


class Ref(Record):
    """A reference to an entity of the same record."""

    entity: str = Field(description='Id of the entity, "e3".')
    text: str = Field(description="The words that refer to it here.")
    name: str | None = Field(None, description="Canonical name of the entity.")


class EntityBase(Record):
    """Fields that all entities share."""

    id: str = Field(description='Local to the record: "e1", "e2" …')
    text: str = Field(description="Best surface form.")
    mentions: tuple[Mention, ...] = Field(
        min_length=1, description="Named and resolved nominal mentions, in order of the text."
    )
    confidence: float = Field(ge=0, le=1, description="How sure the library is that entity and value are right.")
    kb_id: str | None = Field(None, description="Id in the knowledge base, where linked.")


class Office(Record):
    """An office that the text gives a person."""

    title: str = Field(description='The title as in the text: "Familienministerin".')
    role: Role = Field(description="Kind of office.")
    portfolio: tuple[str, ...] = Field((), description="Subjects of the office.")
    organisation: Ref | None = Field(None, description="The body of the office.")
    territory: Ref | None = Field(None, description="The territory of the office.")
    acting: bool = Field(False, description="True for amtierend, kommissarisch, geschäftsführend.")
    former: bool = Field(False, description="True for ehemalig, früher, a. D., Ex-, Alt-.")


class _PersonFields(EntityBase):
    name: str = Field(description="Full name without titles.")
    given_name: str | None = Field(None, description="Given name or names.")
    family_name: str = Field(description="Family name, with particles.")
    academic_title: str | None = Field(None, description='"Dr.", "Prof. Dr."')
    gender: Gender | None = Field(None, description="From title, form of address or given name.")
    party: str | None = Field(None, description="Party or parliamentary group as in the text.")
    offices: tuple[Office, ...] = Field(
        (), description="Offices that the text gives the person; empty for a person without office."
    )


class Official(_PersonFields):
    """A person who holds a public office in this text."""

    kind: Literal["official"] = "official"


class Person(_PersonFields):
    """A person without a public office."""

    kind: Literal["person"] = "person"


class Organisation(EntityBase, OrganisationValue):
    """An organisation."""

    kind: Literal["organisation"] = "organisation"
    territory: Ref | None = Field(None, description="The territory that the body belongs to.")


class Territory(EntityBase, TerritoryValue):
    """A territory: country, Land, Regierungsbezirk, Kreis, municipality, part of one."""

    kind: Literal["territory"] = "territory"


class Money(EntityBase, MoneyValue):
    """A sum of money."""

    kind: Literal["money"] = "money"


class Date(EntityBase, DateValue):
    """A temporal expression."""

    kind: Literal["date"] = "date"


class Programme(EntityBase, ProgrammeValue):
    """A named programme, initiative, project, fund, award or plan."""

    kind: Literal["programme"] = "programme"
    owner: Ref | None = Field(None, description="The body that runs it.")


Entity = Annotated[
    Official | Person | Organisation | Territory | Money | Date | Programme,
    Field(discriminator="kind"),
]
