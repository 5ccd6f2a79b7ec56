"""Those who get an office in a list below its heading or behind it: "Zu Senatoren wurden gewählt: …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.nounsets import PERSONS
from policy_ie.records import OrganisationValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["listed_appointees"]

_BODIES = frozenset(("ministry", "government", "authority"))
_OFFICES = (
    r"(?:[Mm]inister|[Ss]enator|[Ss]ekretär|[Dd]ezernent|[Pp]räsident|[Dd]irektor|[Ll]eit|[Bb]eauftragt|[Vv]orsitz|[Rr]at\b|[Rr]äte\b"
    r"|[Rr]ätin|[Ss]precher|[Mm]eister|[Ss]tellvertret|[Bb]eigeordnet|[Rr]ichter|[Mm]itglied)"
)
#: Heading of such a list, from its verb on, or "neue" with those who come into office.
_HEADING = re.compile(
    r"\b(?:(?P<elected>(?:wieder)?gewählt)|(?P<sworn>vereidigt)|ernannt|berufen|bestellt|(?P<member>gehören)(?: \w+){0,5}? an"
    rf"|[Nn]eue[nr]? [\w-]*{_OFFICES}\w*(?:\s+(?:und|sind|werden|im|in|des|der)\b[^\n:.]{{0,50}})?)"
    r"(?: (?:worden|werden|wurden|sind|in|für|den|die|das)(?: [\w-]+)?)*:\Z"
)
#: What a list of members must follow to tell of something new.
_NEW = re.compile(
    r"\b(?:beruft|berief|berufen|ernennt|ernannt|vereidigt|konstituier\w+|eingesetzt"
    r"|neue[nrs]? [\w-]*(?:[Rr]at|[Rr]egierung|[Kk]abinett))\b"
)
_NO_OFFICE = re.compile(r"(?i)\behren(?!amt|beamt)|preis|geehrt|ausgezeichnet|\bnicht\b|kandid|vorgeschlagen|\bjury")
_PLANNED = re.compile(r"\b(?:soll(?:en)?|werden)\b")
#: The office in a heading: "[Zu] Senatoren wurden gewählt", "[neue] Minister"; whose members they are.
_AS = re.compile(
    r"\b(?:[Zz]u|[Aa]ls|[Zz]um|[Zz]ur|[Nn]eue[nr]?|folgende[nr]?)\s+"
    rf"((?:[a-zäöüß]+e[nrs]? )?[\w-]*{_OFFICES}\w*(?: und [A-ZÄÖÜ]\w+)?)"
)
_MEMBERS_OF = re.compile(r"\b(?:[Dd]em|[Dd]er|[Ii]n den|[Ii]n die|[Ii]ns)\s+((?:neuen )?[A-ZÄÖÜ][\w-]+)")
_GAP = re.compile(r"\s*")
_BULLET = re.compile(r"\s*(?:[-–•*·▪]\s*|\d+\.\s+)?")
#: What stands before a name: an office or a body with a colon or a dash; a title.
_LABEL = re.compile(r"(?P<label>[A-ZÄÖÜ][^:\n|]{2,90}?)\s*(?::|\||\s[–-])\s*")
_OFFICE = re.compile(rf"[\w-]*{_OFFICES}")
_TITLES = re.compile(r"(?:(?:Herrn?|Frau|Dr\.|Prof\.|Professorin|Professor|Dipl\.-\w+|med\.|jur\.|h\. ?c\.)\s*)*")
#: Behind a name in a line that goes on with other names.
_BEHIND = re.compile(r"(?:\s*\([^()\n]{2,80}\))?(?P<next>\s*(?:[,;]|,?\s+(?:und|sowie))\s+|\s*\.?\s*(?:\n|\Z))")
#: Longest line of a list, longest row of names or heading, longest way back from the colon to the verb, in characters.
_LINE, _ROW, _WAY = 160, 1500, 120

_Entry = tuple[Mention, tuple[int, int] | None, Mention | None]


def listed_appointees(engine: Engine, events: list[EventDraft]) -> None:
    """Adds an appointment for each person of such a list that has none, in place of one that tells only their number."""
    text = engine.text
    known = {id(p.head) for e in events if e.type == "appointment" for p in e.roles.get("person", ()) if isinstance(p, Mention)}
    colon = -1
    while (colon := text.find(":", colon + 1)) >= 0:
        match = _HEADING.search(text, max(0, colon - _WAY), colon + 1)
        if match is None:
            continue
        start = max(engine.sentence_at(match.start())[0], colon - _ROW)
        heading = text[start:colon]
        if engine.silent(match.start()) or engine.quoted(match.start()) or _NO_OFFICE.search(heading):
            continue
        if match["member"] and _NEW.search(text, max(0, start - 600), start) is None:
            continue
        entries = _entries(engine, colon + 1)
        if len(entries) < 2:
            continue
        events[:] = [e for e in events if not (start <= e.trigger[0] < colon and _only_counted(e))]
        action = "elected" if match["elected"] else "sworn_in" if match["sworn"] else "appointed"
        modality = "planned" if not match["member"] and _PLANNED.search(heading) else "asserted"
        office = _span(_AS, text, start, colon)
        body = _span(_MEMBERS_OF, text, start, colon) if match["member"] else None
        dates = [m for m in engine.mentions(start, colon) if m.kind == "date"]
        for person, own, ministry in entries:
            if id(person.head) in known:
                continue
            known.add(id(person.head))
            given: dict[str, Filler | None] = {"person": person, "office": own or office, "organisation": ministry or body}
            events.append(
                EventDraft(
                    "appointment", (person.start, person.end), engine.sentence_at(person.start), modality,
                    {name: [filler] for name, filler in given.items() if filler is not None}, {"action": action},
                    dates[-1] if dates else None, confidence=0.7, why="appointment.listed",
                )
            )  # fmt: skip


def _only_counted(event: EventDraft) -> bool:
    return event.type == "appointment" and all(not isinstance(f, Mention) for f in event.roles.get("person", ()))


def _span(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int] | None:
    match = pattern.search(text, start, end)
    return match.span(1) if match is not None else None


def _entries(engine: Engine, offset: int) -> list[_Entry]:
    """Who stands behind a colon, with the office and the ministry that the own line names."""
    gap = _GAP.match(engine.text, offset)
    assert gap is not None
    return (_lines if "\n" in gap.group() else _row)(engine, gap.end())


def _lines(engine: Engine, offset: int) -> list[_Entry]:
    """One person in each line: "- Ministerium der Finanzen: | Eva Groß", "Karl Vogt, Innenministerium"."""
    text = engine.text
    found: list[_Entry] = []
    while offset < len(text):
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        bullet = _BULLET.match(text, offset, end)
        begin = bullet.end() if bullet is not None else offset
        inside = engine.mentions(begin, end)
        persons = [m for m in inside if m.kind in PERSONS and not m.nominal]
        if end - begin > _LINE or len(persons) != 1:
            break
        person = persons[0]
        label = _LABEL.match(text, begin, person.start)
        lead = label.end() if label is not None else begin
        titles = _TITLES.match(text, lead)
        if titles is None or not (titles.end() == person.start or person.kind == "official"):
            break
        office = label.span("label") if label is not None and _OFFICE.match(label["label"]) else None
        ministry = next((m for m in inside if isinstance(m.value, OrganisationValue) and m.value.org_type in _BODIES), None)
        found.append((person, office if ministry is None else None, ministry))
        offset = end + 1
        while text.startswith("\n", offset) and len(found) < 2:
            offset += 1
    return found


def _row(engine: Engine, offset: int) -> list[_Entry]:
    """Persons one behind the other: "Eva Groß (Inneres), Karl Vogt (Finanzen) und …"."""
    text = engine.text
    found: list[_Entry] = []
    persons = [m for m in engine.mentions(offset, min(offset + _ROW, len(text))) if m.kind in PERSONS and not m.nominal]
    for person in persons[bisect_left([m.start for m in persons], offset) :]:
        titles = _TITLES.match(text, offset)
        behind = _BEHIND.match(text, person.end)
        if titles is None or titles.end() != person.start or behind is None:
            break
        found.append((person, None, None))
        offset = behind.end()
        if not behind["next"].strip(" .\n"):
            break
    return found
