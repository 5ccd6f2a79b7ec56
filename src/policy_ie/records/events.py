"""Events of a record: what happened, and who and what took part."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from policy_ie.records.entities import Ref, TextSpan
from policy_ie.records.values import Record

__all__ = [
    "EVENT_TYPES",
    "Agreement",
    "Appointment",
    "Argument",
    "Award",
    "Budget",
    "Call",
    "Change",
    "Decision",
    "Event",
    "EventBase",
    "Funding",
    "FundingStage",
    "Meeting",
    "Modality",
    "Opening",
    "ProgrammeEvent",
    "Publication",
    "Statement",
    "Visit",
]

#: What fills a role: an entity of the record, or words of the text that name no entity.
Argument = Ref | TextSpan


class Modality(StrEnum):
    """How real the text says the event is."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    POSSIBLE = "possible"
    NEGATED = "negated"


class EventBase(Record):
    """Fields that all events share."""

    id: str = Field(description='Local to the record: "ev1", "ev2" …')
    part_of: str | None = Field(None, description="Id of the event that this one is a part of.")
    trigger: TextSpan = Field(description="The words that state the event.")
    sentence: TextSpan = Field(description="The sentence of the trigger.")
    modality: Modality = Field(Modality.ASSERTED, description="asserted, planned, possible or negated.")
    time: Ref | None = Field(None, description="The date that belongs to the event.")
    place: tuple[Ref, ...] = Field((), description="Where it happens.")
    confidence: float = Field(ge=0, le=1, description="How sure the library is that type and arguments are right.")
    evidence: tuple[TextSpan, ...] = Field((), description="Further places that state the same event.")
    why: str | None = Field(None, description="The frame that found it.")


class FundingStage(StrEnum):
    """How far a funding has got."""

    ANNOUNCED = "announced"
    APPLIED = "applied"
    APPROVED = "approved"
    HANDED_OVER = "handed_over"
    PAID = "paid"


class Funding(EventBase):
    """Money goes, went or will go from somebody to somebody."""

    type: Literal["funding"] = "funding"
    funders: tuple[Argument, ...] = Field((), description="Who gives.")
    recipients: tuple[Argument, ...] = Field((), description="Who gets.")
    amounts: tuple[Ref, ...] = Field((), description="How much.")
    programme: Ref | None = Field(None, description="Under which programme or fund, or for which.")
    purpose: Argument | None = Field(None, description="What for.")
    period: Ref | None = Field(None, description="For how long.")
    presented_by: tuple[Argument, ...] = Field((), description="Who hands over the notice, and who takes it for a body.")
    stage: FundingStage | None = Field(None, description="How far it has got.")


class Call(EventBase):
    """Applications are invited."""

    type: Literal["call"] = "call"
    programme: Ref | None = Field(None, description="The programme that is open.")
    owners: tuple[Argument, ...] = Field((), description="Who invites.")
    eligible: tuple[Argument, ...] = Field((), description="Who may apply.")
    deadline: Ref | None = Field(None, description="Until when.")
    amounts: tuple[Ref, ...] = Field((), description="How much can be had.")


class Change(Record):
    """By how much means are changed."""

    factor: float | None = Field(None, description="3.0 for a Verdreifachung.")
    percent: float | None = Field(None, description="12.0 for um 12 Prozent; negative for a cut.")
    amount: Ref | None = Field(None, description="The sum by which the means change.")


class Budget(EventBase):
    """A budget sets, raises or cuts means."""

    type: Literal["budget"] = "budget"
    bodies: tuple[Argument, ...] = Field((), description="Whose budget.")
    budget: Argument | None = Field(None, description='The budget: "Haushaltsentwurf 2018".')
    amounts: tuple[Ref, ...] = Field((), description="The sums set.")
    change: Change | None = Field(None, description="By how much the means change.")
    purpose: Argument | None = Field(None, description="What the means are for.")


class ProgrammeEvent(EventBase):
    """The life of a programme, and who takes part."""

    type: Literal["programme"] = "programme"
    action: Literal["launch", "expand", "continue", "join", "end"] | None = Field(None, description="What happens to it.")
    programme: Ref | None = Field(None, description="The programme.")
    owners: tuple[Argument, ...] = Field((), description="Who runs it.")
    participants: tuple[Argument, ...] = Field((), description="Who takes part.")
    count: int | None = Field(None, description="Number of participants that the text gives.")


class Visit(EventBase):
    """An official goes somewhere."""

    type: Literal["visit"] = "visit"
    visitors: tuple[Argument, ...] = Field((), description="Who goes.")
    hosts: tuple[Argument, ...] = Field((), description="Who is visited.")
    occasion: Argument | None = Field(None, description="What for.")
    programme: Ref | None = Field(None, description="The programme that the visit is about.")


class Meeting(EventBase):
    """People meet, confer, exchange views."""

    type: Literal["meeting"] = "meeting"
    participants: tuple[Argument, ...] = Field((), description="Who meets.")
    topic: Argument | None = Field(None, description="About what.")


class Statement(EventBase):
    """One speech act, quoted or reported."""

    type: Literal["statement"] = "statement"
    speaker: Argument | None = Field(None, description="Who speaks.")
    quote: TextSpan | None = Field(None, description="The words said, without quotation marks.")
    direct: bool = Field(True, description="True for quoted words, false for reported speech.")
    topic: Argument | None = Field(None, description="About what.")


class Decision(EventBase):
    """A body decides."""

    type: Literal["decision"] = "decision"
    bodies: tuple[Argument, ...] = Field((), description="Who decides.")
    object: Argument | None = Field(None, description="What about.")
    action: Literal["introduces", "adopts", "approves", "rejects"] | None = Field(None, description="What is decided.")


class Appointment(EventBase):
    """An office changes hands."""

    type: Literal["appointment"] = "appointment"
    person: Argument | None = Field(None, description="Who.")
    office: Argument | None = Field(None, description="Which office.")
    organisation: Argument | None = Field(None, description="At which body.")
    action: Literal["appointed", "elected", "sworn_in", "confirmed", "dismissed", "resigned"] | None = Field(
        None, description="What happens."
    )


class Award(EventBase):
    """A prize or distinction is given."""

    type: Literal["award"] = "award"
    award: Argument | None = Field(None, description="The prize.")
    laureates: tuple[Argument, ...] = Field((), description="Who gets it.")
    presenters: tuple[Argument, ...] = Field((), description="Who gives it.")
    amounts: tuple[Ref, ...] = Field((), description="Prize money.")


class Agreement(EventBase):
    """A contract or declaration is signed."""

    type: Literal["agreement"] = "agreement"
    parties: tuple[Argument, ...] = Field((), description="Who signs.")
    object: Argument | None = Field(None, description="What is signed.")


class Publication(EventBase):
    """A report, study or plan is presented."""

    type: Literal["publication"] = "publication"
    publishers: tuple[Argument, ...] = Field((), description="Who presents.")
    work: Argument | None = Field(None, description="What is presented.")


class Opening(EventBase):
    """Something built or founded begins."""

    type: Literal["opening"] = "opening"
    facility: Argument | None = Field(None, description="What is opened.")
    openers: tuple[Argument, ...] = Field((), description="Who opens it.")
    action: Literal["opening", "groundbreaking", "completion"] | None = Field(None, description="How far it is.")


Event = Annotated[
    Funding
    | Call
    | Budget
    | ProgrammeEvent
    | Visit
    | Meeting
    | Statement
    | Decision
    | Appointment
    | Award
    | Agreement
    | Publication
    | Opening,
    Field(discriminator="type"),
]

#: Model of every event type, by its `type`.
EVENT_TYPES: dict[str, type[EventBase]] = {
    "funding": Funding,
    "call": Call,
    "budget": Budget,
    "programme": ProgrammeEvent,
    "visit": Visit,
    "meeting": Meeting,
    "statement": Statement,
    "decision": Decision,
    "appointment": Appointment,
    "award": Award,
    "agreement": Agreement,
    "publication": Publication,
    "opening": Opening,
}
