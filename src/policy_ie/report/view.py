"""Views of one record: coloured text for the terminal, and a self-contained HTML page."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from policy_ie.records import Entity, Event, PressRelease, Ref, SectionKind, TextSpan
from policy_ie.report.page import filled

__all__ = ["html_page", "terminal_view"]

_COLOURS = {
    "official": "bold cyan",
    "person": "cyan",
    "organisation": "magenta",
    "territory": "green",
    "money": "bold yellow",
    "date": "blue",
    "programme": "red",
}

#: Fields of an event that are shown elsewhere or say nothing to a reader.
_NOT_SHOWN = {"id", "type", "trigger", "sentence", "confidence", "evidence", "part_of", "why"}


def terminal_view(record: PressRelease) -> RenderableType:
    """A readable view of a record for `rich`: the text with its mentions coloured, then the entities and events."""
    text = Text(record.text)
    for section in record.sections:
        if section.kind in (SectionKind.BOILERPLATE, SectionKind.DUPLICATE, SectionKind.CONTACT):
            text.stylize("dim", section.start, section.end)
        elif section.kind is SectionKind.TITLE:
            text.stylize("bold", section.start, section.end)
    for entity in record.entities:
        for mention in entity.mentions:
            style = _COLOURS[entity.kind]
            text.stylize(f"italic {style}" if mention.nominal else style, mention.start, mention.end)
    entities = Text()
    for entity in record.entities:
        entities.append(f"{entity.id:>4} ", style="dim")
        entities.append(f"{entity.kind:<13}", style=_COLOURS[entity.kind])
        entities.append(f"{entity.text}  ")
        entities.append(f"{summary(entity)}\n", style="dim")
    events = Text()
    for event in record.events:
        events.append(f"{event.id:>5} ", style="dim")
        events.append(f"{event.type} ", style="bold")
        events.append(f"“{event.trigger.text}” ", style="italic")
        events.append(f"{event.modality.value}\n", style="dim")
        for role, value in arguments(event):
            events.append(f"        {role}: {value}\n")
    head = f"{record.id}  published {record.published or '?'}"
    if record.published_from:
        head += f" ({record.published_from.value})"
    if record.publisher:
        head += f"  by {record.publisher.name or record.publisher.text}"
    panels: list[RenderableType] = [
        Panel(text, title=head, title_align="left"),
        Panel(entities, title="entities", title_align="left"),
        Panel(events, title="events", title_align="left"),
    ]
    if record.warnings:
        lines = "\n".join(f"{w.code}: {w.message}" for w in record.warnings)
        panels.append(Panel(Text(lines, style="yellow"), title="warnings", title_align="left"))
    return Group(*panels)


def summary(entity: Entity) -> str:
    """What an entity means, in a few words.

    Example:
        >>> from policy_ie.records import Mention, Money
        >>> mention = Mention(start=0, end=11, text="30.000 Euro")
        >>> summary(Money(id="e1", text="30.000 Euro", mentions=(mention,), confidence=1, amount=30000, per="year"))
        '30000 EUR per year'
    """
    match entity.kind:
        case "money":
            numbers = str(entity.amount) if entity.amount is not None else f"{entity.min or ''}–{entity.max or ''}"
            parts = [entity.qualifier and entity.qualifier.value, numbers, entity.currency]
            parts += [entity.per and f"per {entity.per.value}", entity.each, "in total" if entity.total else None]
            return " ".join(p for p in parts if p)
        case "date":
            parts = [entity.timex_type.value, entity.value, entity.mod and entity.mod.value]
            parts += [entity.relation and f"({entity.relation.value})"]
            return " ".join(p for p in parts if p)
        case "territory":
            return " ".join(p for p in (entity.level.value, entity.name, entity.ags, entity.state) if p)
        case "organisation":
            return " ".join(p for p in (entity.org_type.value, entity.name, entity.abbreviation, entity.kb_id) if p)
        case "programme":
            return " ".join(p for p in (entity.programme_type.value, entity.name, entity.abbreviation) if p)
        case _:
            offices = "; ".join(f"{o.role.value}: {o.title}" for o in entity.offices)
            return " ".join(p for p in (entity.academic_title, entity.name, entity.party, offices) if p)


def arguments(event: Event) -> Iterator[tuple[str, str]]:
    """The filled fields of an event, as name and words."""
    for name, items in _filled(event):
        yield name, " | ".join(_words(item) for item in items)


def _filled(event: Event) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name, value in event:
        if name in _NOT_SHOWN or name == "modality" or value is None or value == ():
            continue
        yield name, value if isinstance(value, tuple) else (value,)


def _words(item: Any) -> str:
    if isinstance(item, Ref):
        return f"{item.text} [{item.entity}]"
    if isinstance(item, TextSpan):
        return f"‹{item.text}›"
    if hasattr(item, "model_dump"):
        return ", ".join(f"{k} {v}" for k, v in item.model_dump(exclude_none=True).items())
    return str(getattr(item, "value", item))


def html_page(record: PressRelease) -> str:
    """One self-contained page: the text with every mention marked, the events as cards beside it.

    Hovering over a mention tells what it means; hovering over a card lights up its evidence in the text.
    """
    values = {
        "title": html.escape(record.title or record.id),
        "head": html.escape(_head(record)),
        "text": _marked_text(record),
        "cards": "\n".join(_card(event, record) for event in record.events) or "<p class=none>no events</p>",
        "warnings": "".join(f"<p class=warning>{html.escape(f'{w.code}: {w.message}')}</p>" for w in record.warnings),
        "legend": "".join(f'<span class="m {kind}">{kind}</span> ' for kind in _COLOURS),
    }
    return filled("view.html", values)


def _head(record: PressRelease) -> str:
    parts = [record.id, f"published {record.published or '?'}", record.source, record.publisher and record.publisher.text]
    return " · ".join(p for p in parts if p)


def _marked_text(record: PressRelease) -> str:
    """The text cut at every border of a mention or of evidence; each piece carries the ids of all that cover it."""
    covers: list[tuple[int, int, str, str]] = []  # start, end, class, tooltip
    for entity in record.entities:
        tip = f"{entity.kind}: {summary(entity)}"
        for m in entity.mentions:
            covers.append((m.start, m.end, f"m {entity.kind} {entity.id}" + (" nominal" if m.nominal else ""), tip))
    for event in record.events:
        covers.append((event.trigger.start, event.trigger.end, f"t {event.id}", f"{event.type} ({event.modality.value})"))
        for zone in (event.sentence, *event.evidence):
            covers.append((zone.start, zone.end, f"z-{event.id}", ""))
    for section in record.sections:
        covers.append((section.start, section.end, f"s-{section.kind.value}", ""))
    borders = sorted({0, len(record.text), *(c[0] for c in covers), *(c[1] for c in covers)})
    starting: dict[int, list[int]] = {}
    ending: dict[int, list[int]] = {}
    for number, cover in enumerate(covers):
        starting.setdefault(cover[0], []).append(number)
        ending.setdefault(cover[1], []).append(number)
    active: set[int] = set()
    pieces = []
    for start, end in pairwise(borders):
        for number in ending.get(start, ()):
            active.discard(number)
        for number in starting.get(start, ()):
            active.add(number)
        words = html.escape(record.text[start:end])
        if active:
            classes = " ".join(dict.fromkeys(c for n in sorted(active) for c in covers[n][2].split()))
            tip = "\n".join(dict.fromkeys(covers[n][3] for n in sorted(active) if covers[n][3]))
            tip_attribute = f' data-tip="{html.escape(tip)}"' if tip else ""
            pieces.append(f'<span class="{classes}"{tip_attribute}>{words}</span>')
        else:
            pieces.append(words)
    return "".join(pieces)


def _card(event: Event, record: PressRelease) -> str:
    rows = ""
    for name, items in _filled(event):
        words = " | ".join(_meant(item, record) for item in items)
        rows += f"<dt>{name.replace('_', ' ')}</dt><dd>{words}</dd>"
    part = f" <small>part of {event.part_of}</small>" if event.part_of else ""
    entities = sorted({item.entity for item in _refs(event)})
    return (
        f'<article class="card {event.modality.value}" data-event="{event.id}" tabindex="0" '
        f"data-entities='{html.escape(json.dumps(entities))}'>"
        f"<h2>{event.type} <small>{event.id}</small>{part} <small>{event.modality.value} · {event.confidence:.2f}</small></h2>"
        f"<p class=said>{html.escape(event.trigger.text)}</p><dl>{rows}</dl></article>"
    )


def _meant(item: Any, record: PressRelease) -> str:
    """Words of the text, and what they mean where they do not say it themselves."""
    if not isinstance(item, Ref):
        return html.escape(_words(item))
    entity = record.entity(item.entity)
    meaning = summary(entity) if entity.kind in ("money", "date") else item.name
    return html.escape(item.text) + (f" <small>{html.escape(meaning)}</small>" if meaning and meaning != item.text else "")


def _refs(event: Event) -> Iterator[Ref]:
    for _, value in event:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Ref):
                yield item
