"""Attributes quoted and reported words to speakers."""

from __future__ import annotations

import re

from policy_ie.components.base import Mention, PolicyLayer, Quote
from policy_ie.components.quotes.direct import direct_quotes
from policy_ie.components.quotes.reader import Reader, same_person
from policy_ie.components.quotes.reported import continued_quotes, loose_quotes, reported_quotes, source_quotes

__all__ = ["attribute"]

#: Statement von X; Erklärung der Ministerin X.
_STATEMENT = re.compile(
    r"\b((?:Presse)?(?:[Ss]tatement|[Ee]rklärung|[Ss]tellungnahme)|Zitat|O-Ton|Kommentar|Wortlaut)\s+(?:von|vom|der|des)\s"
)
#: Shortest words that are a statement by themselves, and how far behind the last words an office may mean their speaker.
_LONG, _NEAR = 60, 1200


def attribute(layer: PolicyLayer, *, reported: bool) -> list[Quote]:
    """Quotes of a document in order of the text."""
    reader = Reader(layer)
    direct_quotes(reader)
    if reported:
        reported_quotes(reader)
        source_quotes(reader)
    loose_quotes(reader)
    _headline(reader)
    _announced(reader)
    reader.quotes.sort(key=lambda q: (q.start, q.end))
    _offices(reader)
    if reported:
        continued_quotes(reader)
    return reader.quotes


def _announced(reader: Reader) -> None:
    """Statement von Ministerin Schäfer, above nothing but her words in quotation marks."""
    title = reader.layer.title
    cue = _STATEMENT.search(reader.text, *title) if title is not None else None
    if title is None or cue is None:
        return
    named = [m for m in reader.speakers.within(cue.end(), title[1]) if m.kind in ("official", "person")]
    if not named or len({id(m.head) for m in named}) > 1:
        return
    held = [(a, b) for q in reader.quotes for a, b in ((q.start, q.end), *q.more)]
    said: Quote | None = None
    for stretch in reader.stretches:
        opens = reader.text[: stretch.open].rstrip(" ")[-1:] in ("", "\n")
        free = opens and not any(a < stretch.end and stretch.start < b for a, b in held)
        if not free or stretch.end - stretch.start < _LONG or not reader.speech_like(stretch):
            continue
        if said is None:
            said = reader.add(stretch, named[0], cue.span(1), 0.8, "headline")
        else:
            said.more.append((stretch.start, stretch.end))


def _offices(reader: Reader) -> None:
    """„…“, fügte der Minister hinzu: of two ministers the one who spoke last."""
    for number, quote in enumerate(reader.quotes):
        if isinstance(quote.speaker, Mention) or quote.speaker is None:
            continue
        noun = reader.text[slice(*quote.speaker)].lower()
        if " " in noun or quote.start - reader.quotes[number - 1].start > _NEAR:
            continue
        for other in reversed(reader.quotes[:number]):
            if isinstance(other.speaker, Mention) and _holds(other.speaker, noun):
                quote.speaker = other.speaker
                break


def _holds(person: Mention, noun: str) -> bool:
    """True for an office of the person that ends with the noun: "Innenminister", "minister"."""
    offices = getattr(person.head.value, "offices", ())
    return any(office.title.lower().endswith(noun) for office in offices)


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
    words = next((s for s in reader.stretches if s.open == start), None)  # Schäfer: „Ein guter Tag“ – Land hilft Kitas
    span = (start, title[1]) if words is None else (words.start, words.end)
    reader.quotes.append(Quote(*span, words is not None, speaker, (colon, colon + 1), title, confidence=0.8, rule="headline"))
