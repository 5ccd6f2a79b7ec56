"""What a mention means, without its place in the text: the typed values that components attach to spans."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "DateRelation",
    "DateValue",
    "Gender",
    "Level",
    "Link",
    "MoneyPer",
    "MoneyQualifier",
    "MoneyValue",
    "OfficeValue",
    "OrgType",
    "OrganisationValue",
    "PersonValue",
    "ProgrammeType",
    "ProgrammeValue",
    "Record",
    "Role",
    "TerritoryValue",
    "TimexMod",
    "TimexType",
    "Value",
]


class Record(BaseModel):
    """Base of all models of the contract: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


#: How a value points to another thing: offsets of a mention in the same text, or an id of the knowledge base.
Link = tuple[int, int] | str


class MoneyQualifier(StrEnum):
    """How the amount is limited by the words before it."""

    ABOUT = "about"
    UP_TO = "up_to"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


class MoneyPer(StrEnum):
    """The period that an amount is for."""

    YEAR = "year"
    MONTH = "month"
    QUARTER = "quarter"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"


class MoneyValue(Record):
    """A sum of money.

    Example:
        >>> MoneyValue(amount=Decimal("2300000"), per=MoneyPer.YEAR).model_dump_json(exclude_none=True)
        '{"amount":"2300000","currency":"EUR","per":"year","total":false}'
    """

    amount: Decimal | None = Field(
        None, description="The exact amount in units of the currency; null for ranges and vague sums."
    )
    min: Decimal | None = Field(None, description="Lower end of a range or of a vague sum.")
    max: Decimal | None = Field(None, description="Upper end of a range or of a vague sum.")
    currency: str = Field("EUR", description="ISO 4217 code, historical codes included (DEM).")
    qualifier: MoneyQualifier | None = Field(
        None, description="Limit set by the text: rund, bis zu, mindestens, mehr als, weniger als."
    )
    per: MoneyPer | None = Field(None, description="The period that the amount is for: jährlich, pro Monat.")
    each: str | None = Field(None, description='The unit that gets the amount, as in the text: "je Kommune", "pro Kind".')
    total: bool = Field(False, description="True where the text calls the sum a total (insgesamt).")


class TimexType(StrEnum):
    """TIMEX3 types of TimeML, and INTERVAL of our own for a range."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"
    INTERVAL = "INTERVAL"


class TimexMod(StrEnum):
    """TIMEX3 modifiers."""

    BEFORE = "BEFORE"
    AFTER = "AFTER"
    ON_OR_BEFORE = "ON_OR_BEFORE"
    ON_OR_AFTER = "ON_OR_AFTER"
    LESS_THAN = "LESS_THAN"
    MORE_THAN = "MORE_THAN"
    EQUAL_OR_LESS = "EQUAL_OR_LESS"
    EQUAL_OR_MORE = "EQUAL_OR_MORE"
    START = "START"
    MID = "MID"
    END = "END"
    APPROX = "APPROX"


class DateRelation(StrEnum):
    """What the preposition before a date says."""

    SINCE = "since"
    UNTIL = "until"
    FROM = "from"
    BEFORE = "before"
    AFTER = "after"


class DateValue(Record):
    """A temporal expression in TIMEX3 terms.

    Example:
        >>> DateValue(timex_type=TimexType.DATE, value="2018-Q2", start=dt.date(2018, 4, 1), end=dt.date(2018, 6, 30)).value
        '2018-Q2'
    """

    timex_type: TimexType = Field(description="DATE, TIME, DURATION or SET as in TimeML; INTERVAL for a range.")
    value: str = Field(
        description="TIMEX3/ISO 8601 value: 2017-11-09, 2012-08, 2017-W46, P3Y, PRESENT_REF; start/end for INTERVAL."
    )
    start: dt.date | None = Field(None, description="First day of the expression's own extent, where it lies on the calendar.")
    end: dt.date | None = Field(None, description="Last day (inclusive) of the expression's own extent.")
    edtf: str | None = Field(None, description="Extended Date/Time Format (ISO 8601-2), where the value has one.")
    mod: TimexMod | None = Field(None, description="TIMEX3 modifier: START for Anfang, APPROX for rund …")
    relation: DateRelation | None = Field(None, description="What the preposition says: seit, bis, ab, vor, nach.")
    quant: str | None = Field(None, description='TIMEX3 quantifier of a SET: "EACH", "EVERY".')
    freq: str | None = Field(None, description='TIMEX3 frequency of a SET: "2X".')


class Level(StrEnum):
    """Levels of German administration."""

    COUNTRY = "country"
    STATE = "state"
    REGION = "region"
    DISTRICT = "district"
    MUNICIPAL_ASSOCIATION = "municipal_association"
    MUNICIPALITY = "municipality"
    LOCALITY = "locality"


class TerritoryValue(Record):
    """A territory with its official key.

    Example:
        >>> TerritoryValue(name="Dortmund", level=Level.MUNICIPALITY, ags="05913000", state="DE-NW").ags
        '05913000'
    """

    name: str = Field(description="Official name without designations such as Stadt.")
    level: Level = Field(description="Level of administration; a kreisfreie Stadt is a municipality.")
    ags: str | None = Field(
        None, description="Amtlicher Gemeindeschlüssel (2, 3, 5 or 8 digits) in force at the date of the release."
    )
    successor_ags: str | None = Field(
        None, description="Key of today, where the territory has been merged or renumbered since."
    )
    state: str | None = Field(None, description="ISO 3166-2 code of the Land, DE-NW; ISO 3166-1 code for a country.")
    latitude: float | None = Field(None, description="WGS 84, degrees.")
    longitude: float | None = Field(None, description="WGS 84, degrees.")


class OrgType(StrEnum):
    """Kinds of organisations."""

    MINISTRY = "ministry"
    GOVERNMENT = "government"
    PARLIAMENT = "parliament"
    AUTHORITY = "authority"
    COURT = "court"
    MUNICIPAL_BODY = "municipal_body"
    PARTY = "party"
    ASSOCIATION = "association"
    COMPANY = "company"
    RESEARCH = "research"
    OTHER = "other"


class OrganisationValue(Record):
    """An organisation; public bodies are linked to the knowledge base as of the date of the release.

    Example:
        >>> OrganisationValue(name="Landschaftsverband Rheinland", abbreviation="LVR", org_type=OrgType.AUTHORITY).abbreviation
        'LVR'
    """

    name: str = Field(description="Canonical name.")
    abbreviation: str | None = Field(None, description="Official or introduced abbreviation.")
    aliases: tuple[str, ...] = Field((), description="Other forms of the name, from the text or the knowledge base.")
    org_type: OrgType = Field(OrgType.OTHER, description="What kind of organisation it is.")
    seat: Link | None = Field(
        None, exclude=True, description="The territory that the body belongs to; a reference in the record."
    )


class ProgrammeType(StrEnum):
    """Kinds of programmes."""

    FUNDING_PROGRAMME = "funding_programme"
    INITIATIVE = "initiative"
    MODEL_PROJECT = "model_project"
    PROJECT = "project"
    NETWORK = "network"
    FUND = "fund"
    AWARD = "award"
    CAMPAIGN = "campaign"
    PLAN = "plan"


class ProgrammeValue(Record):
    """A named programme, initiative, project, fund, award or plan.

    Example:
        >>> ProgrammeValue(name="Europäischer Sozialfonds", abbreviation="ESF", programme_type=ProgrammeType.FUND).abbreviation
        'ESF'
    """

    name: str = Field(description="Canonical name.")
    abbreviation: str | None = Field(None, description="Abbreviation, from the text or the knowledge base.")
    aliases: tuple[str, ...] = Field((), description="Other forms of the name.")
    programme_type: ProgrammeType = Field(ProgrammeType.INITIATIVE, description="What kind of programme it is.")
    run_by: Link | None = Field(None, exclude=True, description="The body that runs it; a reference in the record.")


class Gender(StrEnum):
    """Grammatical gender of a person's title, form of address or given name."""

    FEMALE = "female"
    MALE = "male"


class Role(StrEnum):
    """Kinds of public offices."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    MINISTER = "minister"
    STATE_SECRETARY = "state_secretary"
    SENATOR = "senator"
    MEMBER_OF_PARLIAMENT = "member_of_parliament"
    PRESIDENT = "president"
    MAYOR = "mayor"
    DISTRICT_ADMINISTRATOR = "district_administrator"
    DEPUTY_MAYOR = "deputy_mayor"
    HEAD_OF_DEPARTMENT = "head_of_department"
    COUNCILLOR = "councillor"
    COMMISSIONER = "commissioner"
    EU_COMMISSIONER = "eu_commissioner"
    COUNCIL_PRESIDENT = "council_president"
    GROUP_LEADER = "group_leader"
    SPOKESPERSON = "spokesperson"
    OTHER = "other"


class OfficeValue(Record):
    """An office as the text names it; `organisation` and `territory` are links here and become references in the record."""

    title: str = Field(description='The title as in the text: "Familienministerin".')
    role: Role = Field(description="Kind of office.")
    portfolio: tuple[str, ...] = Field((), description='Subjects of the office: ("Familie", "Kinder").')
    organisation: Link | None = Field(None, description="The body of the office.")
    territory: Link | None = Field(None, description="The territory of the office.")
    acting: bool = Field(False, description="True for amtierend, kommissarisch, geschäftsführend.")
    former: bool = Field(False, description="True for ehemalig, früher, a. D., Ex-, Alt-.")


class PersonValue(Record):
    """A person; with at least one office in this text the person is an official.

    Example:
        >>> PersonValue(name="Ute Schäfer", given_name="Ute", family_name="Schäfer").family_name
        'Schäfer'
    """

    name: str = Field(description="Full name without titles.")
    given_name: str | None = Field(None, description="Given name or names.")
    family_name: str = Field(description='Family name, with particles ("von der Leyen").')
    academic_title: str | None = Field(None, description='"Dr.", "Prof. Dr."')
    gender: Gender | None = Field(None, description="From title, form of address or given name.")
    party: str | None = Field(None, description="Party or parliamentary group as in the text.")
    offices: tuple[OfficeValue, ...] = Field((), description="Offices that the text gives the person.")


Value = MoneyValue | DateValue | TerritoryValue | OrganisationValue | ProgrammeValue | PersonValue

#: Kinds of entities, the `kind` of an entity in the record.
Kind = Literal["official", "person", "organisation", "territory", "money", "date", "programme"]
