"""The `policy_dates` component."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from itertools import pairwise

from spacy.language import Language

from policy_ie.components.base import Component, Mention, PolicyLayer, component
from policy_ie.components.dates.grammar import Expression, find
from policy_ie.components.dates.resolve import Resolver
from policy_ie.components.dates.values import edtf
from policy_ie.records import DateRelation, DateValue, TimexMod, TimexType

__all__ = ["Dates", "temporal_expressions"]


#: Between the ends of a range.
_LONGEST_GAP = 60


def temporal_expressions(text: str, published: dt.date | None = None) -> list[Expression]:
    """The resolved temporal expressions of a text in order, without the intervals over ranges.

    Example:
        >>> [(e.value, e.type) for e in temporal_expressions("Am Dienstag um 20 Uhr wird gefeiert.", dt.date(2024, 5, 15))]
        [('2024-05-21', 'DATE'), ('2024-05-21T20:00', 'TIME')]
    """
    tokens, found = find(text)
    return Resolver(text, published, tokens).run(found) if found else []


@lru_cache(1 << 12)  # the same days come again and again
def _value(
    timex_type: str,
    value: str,
    extent: tuple[dt.date, dt.date] | None,
    mod: str | None,
    relation: str | None,
    quant: str | None,
    freq: str | None,
) -> DateValue:
    start, end = extent or (None, None)
    return DateValue(
        timex_type=TimexType(timex_type),
        value=value,
        start=start,
        end=end,
        edtf=edtf(value),
        mod=TimexMod(mod) if mod else None,
        relation=DateRelation(relation) if relation else None,
        quant=quant,
        freq=freq,
    )


def _mention(e: Expression) -> Mention:
    value = _value(e.type, e.value, e.extent, e.mod, e.relation, e.quant, e.freq)
    return Mention(e.start, e.end, "date", value, confidence=_confidence(e), rule=f"dates.{e.rule}")


def _confidence(e: Expression) -> float:
    """How much had to be inferred: nothing, the day of the release, the year or week by tense, or it stayed open."""
    if "X" in e.value:
        return 0.7
    if e.explicit or e.type in ("DURATION", "SET", "INTERVAL"):
        return 0.97
    return 0.93 if e.kind in ("deictic", "ref", "unit", "term") else 0.85


def _interval(start: int, left: Expression, right: Expression) -> Mention:
    extent = (left.extent[0], right.extent[1]) if left.extent and right.extent else None
    value = _value("INTERVAL", f"{left.value}/{right.value}", extent, None, None, left.quant, left.freq)
    confidence = 0.7 if "X" in value.value else 0.97
    return Mention(start, right.end, "date", value, confidence=confidence, rule="dates.interval")


@component("policy_dates")
class Dates(Component):
    """Finds temporal expressions and says what they mean (TIMEX3, EDTF, calendar), relative to the date of the release."""

    def __init__(self, nlp: Language | None, name: str = "policy_dates") -> None:
        """Has no settings."""

    def annotate(self, layer: PolicyLayer) -> None:
        """Writes mentions of kind date: the expressions, and an INTERVAL over each range."""
        found = temporal_expressions(layer.text, layer.published)
        mentions = [_mention(e) for e in found]
        for i, (left, right) in enumerate(pairwise(found)):
            start, gap = left.start, layer.text[left.end : right.start]
            if right.link != "range" or len(gap) > _LONGEST_GAP or "\n\n" in gap:
                continue
            if (
                left.type == "TIME"
                and right.type == "DATE"
                and i + 2 < len(found)
                and found[i + 2].value.startswith(right.value + "T")
            ):
                right = found[i + 2]  # "von Montag 7 Uhr bis Freitag 15 Uhr"
                if i and left.value.startswith(found[i - 1].value + "T"):
                    start = found[i - 1].start
            if right.type == left.type and left.type in ("DATE", "TIME"):
                if left.relation is None:
                    mentions[i].value = mentions[i].value.model_copy(update={"relation": DateRelation.FROM})
                mentions.append(_interval(start, left, right))
        layer.add(mentions)
