"""Inline annotation of example sentences.

An example is "Das [Land Hessen|territory=state] zahlt [2 Millionen Euro|money]."

The mark after "|" is the kind of the mention, after "=" its detail: the level of a territory, the type of an
organisation or programme, the TIMEX3 value of a date; a final "~" makes the mention nominal.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, cast

from policy_ie.components.base import EventDraft, Filler, Mention, PolicyLayer
from policy_ie.records import (
    DateValue,
    Kind,
    Level,
    MoneyValue,
    OfficeValue,
    OrganisationValue,
    OrgType,
    PersonValue,
    ProgrammeType,
    ProgrammeValue,
    Role,
    TerritoryValue,
    TimexType,
    Value,
)

__all__ = ["describe", "parse_example"]

_MARK = re.compile(r"\[([^\]|]+)\|(\w+)(?:=([\w:-]+))?(~?)\]")
_SCALE = {
    "tausend": 10**3,
    "million": 10**6,
    "millionen": 10**6,
    "milliarde": 10**9,
    "milliarden": 10**9,
    "mio": 10**6,
    "mrd": 10**9,
}


def parse_example(marked: str) -> tuple[str, list[Mention]]:
    """Text and mentions of an annotated example.

    Example:
        >>> text, mentions = parse_example("Das [Land|territory=state~] zahlt [2,5 Mio. Euro|money].")
        >>> text, [(m.kind, m.nominal) for m in mentions], mentions[1].value.amount
        ('Das Land zahlt 2,5 Mio. Euro.', [('territory', True), ('money', False)], Decimal('2500000.0'))
    """
    text, last = "", 0
    mentions: list[Mention] = []
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        words, kind, detail, nominal = match.groups()
        mentions.append(
            Mention(
                len(text), len(text) + len(words), cast(Kind, kind), _value(kind, words, detail or ""), nominal=bool(nominal)
            )
        )
        text += words
        last = match.end()
    return text + marked[last:], mentions


def _value(kind: Kind | str, words: str, detail: str) -> Value:
    if kind in ("official", "person"):
        offices = (OfficeValue(title=detail or "Minister", role=Role.MINISTER),) if kind == "official" else ()
        return PersonValue(name=words, family_name=words.split()[-1], offices=offices)
    if kind == "money":
        number = re.search(r"[\d.,]*\d", words)
        amount = Decimal(number.group().replace(".", "").replace(",", ".")) if number else None
        for word in re.findall(r"[a-zäöü]+", words.lower()):
            amount = amount * _SCALE.get(word, 1) if amount is not None else None
        return MoneyValue(amount=amount)
    if kind == "date":
        value = detail or words
        if value.startswith("P"):
            return DateValue(timex_type=TimexType.DURATION, value=value)
        parts = [int(p) for p in value.split("-") if p.isdigit()]
        start = dt.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1) if parts else None
        return DateValue(timex_type=TimexType.DATE, value=value, start=start, end=start)
    if kind == "territory":
        return TerritoryValue(name=words, level=Level(detail or "municipality"))
    if kind == "organisation":
        return OrganisationValue(name=words, org_type=OrgType(detail or "other"))
    if kind == "programme":
        return ProgrammeValue(name=words, programme_type=ProgrammeType(detail or "funding_programme"))
    raise ValueError(f"{kind} is no kind of entity")


def describe(draft: EventDraft, layer: PolicyLayer) -> dict[str, Any]:
    """A draft in plain words: the texts of its fillers, its modality, time and place."""

    def words(filler: Filler) -> str:
        start, end = (filler.start, filler.end) if isinstance(filler, Mention) else filler
        return layer.text[start:end]

    found: dict[str, Any] = {role: [words(f) for f in fillers] for role, fillers in draft.roles.items()}
    found |= draft.values
    found["modality"] = draft.modality
    if draft.time is not None:
        found["time"] = words(draft.time)
    if draft.place:
        found["place"] = [words(p) for p in draft.place]
    return found
