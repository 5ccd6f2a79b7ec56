"""One statement event per quote that `policy_quotes` found."""

from __future__ import annotations

from policy_ie.components.base import EventDraft, Filler, PolicyLayer

__all__ = ["statements"]


def statements(layer: PolicyLayer) -> list[EventDraft]:
    """Drafts of the statements of a document."""
    found = []
    for quote in layer.quotes:
        if quote.speaker is None:
            continue
        roles: dict[str, list[Filler]] = {"speaker": [quote.speaker], "quote": [(quote.start, quote.end)]}
        draft = EventDraft(
            "statement", quote.cue, quote.sentence, roles=roles, values={"direct": quote.direct}, confidence=quote.confidence,
            why=f"statement.{quote.rule}" if quote.rule else "statement",
        )  # fmt: skip
        draft.evidence = list(quote.more)
        found.append(draft)
    return found
