"""Attributes quoted and reported words to speakers."""

from __future__ import annotations

from policy_ie.components.base import Mention, PolicyLayer, Quote
from policy_ie.components.quotes.direct import direct_quotes
from policy_ie.components.quotes.reader import Reader, same_person
from policy_ie.components.quotes.reported import continued_quotes, loose_quotes, reported_quotes, source_quotes

__all__ = ["attribute"]


def attribute(layer: PolicyLayer, *, reported: bool) -> list[Quote]:
    """Quotes of a document in order of the text."""
    reader = Reader(layer)
    direct_quotes(reader)
    if reported:
        reported_quotes(reader)
        source_quotes(reader)
    loose_quotes(reader)
    _headline(reader)
    reader.quotes.sort(key=lambda q: (q.start, q.end))
    if reported:
        continued_quotes(reader)
    return reader.quotes


def _headline(reader: Reader) -> None:
    """Schäfer: Mehr Geld für Kitas — in the headline; further evidence where the body quotes the same person."""
    title = reader.layer.title
    if title is None:
        return
    text = reader.text
    for quote in [q for q in reader.quotes if not q.direct and title[0] <= q.cue[0] < title[1]]:
        # What the headline reports the body quotes.
        speaker_said = quote.speaker
        body = next(
            (
                q
                for q in reader.quotes
                if q.cue[0] >= title[1]
                and isinstance(q.speaker, Mention)
                and isinstance(speaker_said, Mention)
                and same_person(q.speaker, speaker_said)
            ),
            None,
        )
        if body is not None:
            reader.quotes.remove(quote)
            body.more.append((quote.start, quote.end))
    colon = text.find(":", title[0], min(title[1], title[0] + 90))
    if colon < 0 or reader.quoted(colon) or title[1] - colon < 8:
        return
    named = [m for m in reader.speakers.within(title[0], colon) if m.kind in ("official", "person") and m.end == colon]
    if not named:
        return
    speaker = named[-1]
    if any(q.cue == (colon, colon + 1) for q in reader.quotes):
        return
    start = colon + 1
    while start < title[1] and text[start].isspace():
        start += 1
    same = next((q for q in reader.quotes if isinstance(q.speaker, Mention) and same_person(q.speaker, speaker)), None)
    if same is not None:
        same.more.append((start, title[1]))
        return
    reader.quotes.append(Quote(start, title[1], False, speaker, (colon, colon + 1), title, confidence=0.8, rule="headline"))
