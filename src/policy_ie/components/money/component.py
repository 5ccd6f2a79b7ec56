"""The `policy_money` component."""

from __future__ import annotations

from spacy.language import Language

from policy_ie.components.base import Component, Mention, PolicyLayer, component
from policy_ie.components.money.context import Reading, read_context
from policy_ie.components.money.values import Sum, find_sums
from policy_ie.records import MoneyValue

#: How sure a rule is.
_CONFIDENCE = {"shared_unit": 0.95, "vague": 0.9, "digit_count": 0.9, "bare": 0.8}


@component("policy_money")
class Money(Component):
    """Finds sums of money and reads them as exact amounts.

    The span is number, scale word and currency; what stands beside it ("rund", "jährlich", "je Kommune") goes into the
    value. A range is one mention; numbers that share a unit ("10 bzw. 15 Millionen Euro") are one each.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("de")
        >>> _ = nlp.add_pipe("policy_money")
        >>> for mention in nlp("Das Land gibt jährlich rund 2,3 Mio. Euro.")._.policy.mentions:
        ...     print(mention.start, mention.end, mention.value.model_dump_json(exclude_none=True))
        28 41 {"amount":"2300000","currency":"EUR","qualifier":"about","per":"year","total":false}
    """

    def __init__(self, nlp: Language | None, name: str = "policy_money") -> None:
        """Takes no settings."""

    def annotate(self, layer: PolicyLayer) -> None:
        """Writes a mention for each sum of the text."""
        text = layer.text
        mentions = []
        reading = Reading()
        for item in find_sums(text):
            before, reading = reading, read_context(text, item)
            if item.place:  # "jährlich 10 bzw. 15 Millionen Euro": holds for both
                reading.per = reading.per or before.per
                reading.each = reading.each or before.each
            mentions.append(_mention(item, reading))
        if mentions:
            layer.add(mentions)


def _mention(item: Sum, reading: Reading) -> Mention:
    low, high = item.bounds or (None, None)
    value = MoneyValue(
        amount=item.amount,
        min=low,
        max=high,
        currency=item.iso,
        qualifier=reading.qualifier,
        per=reading.per,
        each=reading.each,
        total=reading.total,
    )
    return Mention(item.start, item.end, "money", value, confidence=_CONFIDENCE.get(item.rule, 1.0), rule=item.rule)
