"""Entries of the knowledge base: territories, organisations, programmes, persons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

__all__ = ["Entry", "EntryKind", "OrganisationEntry", "PersonEntry", "ProgrammeEntry", "Term", "TerritoryEntry"]

EntryKind = Literal["territory", "organisation", "programme", "person"]

# How far from the days at which it was seen an office may still be held: sources begin and end in the midst of terms.
_NEAR_DAYS = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all entries share.

    Attributes:
        kb_id: unique key: "ags:05913000", "country:FR", "org:nw-mkffi", "prog:…".
        name: official or canonical name.
        abbreviation: official abbreviation.
        aliases: other names under which texts mention it.
        valid_from, valid_to: first and last day of existence under this key, None where unknown or unlimited.
        successor: kb_id of what took its place.
        source: where the row comes from.
    """

    kind: ClassVar[EntryKind]

    kb_id: str
    name: str
    abbreviation: str | None = None
    aliases: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    successor: str | None = None
    source: str | None = None

    def valid_at(self, date: dt.date | None) -> bool:
        """True where the entry exists on that day; without a date, where it exists today."""
        if date is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= date) and (self.valid_to is None or date <= self.valid_to)

    @property
    def names(self) -> tuple[str, ...]:
        """Name, abbreviation and aliases."""
        return tuple(dict.fromkeys(name for name in (self.name, self.abbreviation, *self.aliases) if name))


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryEntry(Entry):
    """A territory with its official keys.

    Attributes:
        level: value of `records.Level`.
        ags: Amtlicher Gemeindeschlüssel, 2, 3, 5 or 8 digits.
        ars: Amtlicher Regionalschlüssel, 12 digits (municipalities), 9 (associations).
        state: ISO 3166-2 code of the Land ("DE-NW"), ISO 3166-1 code for a country.
        kreis_key: five-digit key of the Kreis or kreisfreie Stadt that it lies in.
        parent: kb_id of the municipality of a locality, of the association of a municipality.
        population: inhabitants, 0 where unknown.
        latitude, longitude: WGS 84, degrees.
        successor_ags: today's key of what was merged or renumbered.
        designation: Stadt, Markt, Flecken, Landkreis, Samtgemeinde, Landeshauptstadt …
        adjectives: "Bremer", "hessisch".
    """

    kind: ClassVar[EntryKind] = "territory"

    level: str
    ags: str | None = None
    ars: str | None = None
    state: str | None = None
    kreis_key: str | None = None
    parent: str | None = None
    population: int = 0
    latitude: float | None = None
    longitude: float | None = None
    successor_ags: str | None = None
    designation: str | None = None
    adjectives: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Of the key alone: entries are keys of caches, and have twenty fields."""
        return hash(self.kb_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationEntry(Entry):
    """An organisation.

    Attributes:
        org_type: value of `records.OrgType`.
        territory: kb_id of the Land ("ags:05"), the Bund ("country:DE"), the EU ("country:EU"), or a municipality.
        portfolios: subjects: ("Familie", "Kinder").
        predecessor: kb_id of what it took the place of.
    """

    kind: ClassVar[EntryKind] = "organisation"

    org_type: str = "other"
    territory: str | None = None
    portfolios: tuple[str, ...] = ()
    predecessor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeEntry(Entry):
    """A programme, fund, award or plan.

    Attributes:
        programme_type: value of `records.ProgrammeType`.
        owner: kb_id of the body that runs it.
    """

    kind: ClassVar[EntryKind] = "programme"

    programme_type: str = "funding_programme"
    owner: str | None = None


class Term(NamedTuple):
    """An office that somebody was seen in: office as in the source, kb_id of the territory, first and last day."""

    office: str
    body: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry(Entry):
    """A known office holder.

    Attributes:
        given_name, family_name: parts of the name.
        party: party, as in the source.
        terms: offices held, each "office@kb_id@first@last": the territory whose office it is, and the ISO dates at which
            the person was first and last seen in it.
    """

    kind: ClassVar[EntryKind] = "person"

    given_name: str = ""
    family_name: str = ""
    party: str | None = None
    terms: tuple[str, ...] = ()

    @property
    def held(self) -> tuple[Term, ...]:
        """The terms, read."""
        parts = (term.split("@") for term in self.terms)
        return tuple(Term(o, body, dt.date.fromisoformat(a), dt.date.fromisoformat(b)) for o, body, a, b in parts)

    def term_at(self, date: dt.date | None) -> Term | None:
        """The term that lies nearest to a day, at most two years off; the last one without a day.

        Example:
            >>> person = PersonEntry(kb_id="person:x", name="X", terms=("Finanzen@ags:05@2017-07-01@2022-06-01",))
            >>> person.term_at(dt.date(2023, 1, 1)).body, person.term_at(dt.date(2010, 1, 1))
            ('ags:05', None)
        """
        if date is None:
            return max(self.held, key=lambda term: term.last, default=None)
        near = [(max((term.first - date).days, (date - term.last).days, 0), term) for term in self.held]
        days, term = min(near, key=lambda found: found[0], default=(0, None))
        return term if days <= _NEAR_DAYS else None
