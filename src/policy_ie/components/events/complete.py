"""What an event's own clause leaves open and the document tells: the body behind an official, changes of means, counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.language.changes import find_changes
from policy_ie.records import PersonValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["complete"]

_GIVERS = frozenset(
    (
        "minister",
        "state_secretary",
        "head_of_government",
        "senator",
        "president",
        "district_administrator",
        "eu_commissioner",
        "head_of_state",
    )
)
_TAKERS = frozenset(("mayor", "district_administrator", "deputy_mayor"))
_MAYORS = re.compile(r"\ban (?:die|den) (?:Ober)?[Bb]ürgermeister(?:innen|in)?(?: und \w+)?\s+(?:von|aus|der \w+)\s+")
_AND = re.compile(r",\s+|,?\s+(?:und|sowie)\s+(?:von\s+|der (?:Stadt|Gemeinde) )?")
_COUNT = re.compile(r"(?:rund |etwa |mehr als |über |insgesamt )*(\d{1,3}(?:\.\d{3})*)\s")


def complete(engine: Engine, drafts: Sequence[EventDraft]) -> None:
    """Adds what follows from the rest of the document; nothing is guessed that the text does not name."""
    for draft in drafts:
        if draft.type == "funding" and draft.roles.get("funders") and draft.roles.get("recipients"):
            # Who receives does not give: both come together where a headline and the text are joined.
            takers = {id(f.head) for f in draft.roles["recipients"] if isinstance(f, Mention)}
            ids = {f.head.kb_id for f in draft.roles["recipients"] if isinstance(f, Mention) and f.head.kb_id}
            draft.roles["funders"] = [
                f
                for f in draft.roles["funders"]
                if not isinstance(f, Mention) or (id(f.head) not in takers and f.head.kb_id not in ids)
            ]
        if draft.type == "funding" and draft.roles.get("presented_by") and draft.part_of is None:
            _bodies(engine, draft)
        elif draft.type == "budget":
            _change(engine, draft)
        elif draft.type == "programme":
            _count(engine, draft)


def _bodies(engine: Engine, draft: EventDraft) -> None:
    """The ministry or Land of the official who hands over, the town of the one who receives."""
    for role, offices in (("funders", _GIVERS), ("recipients", _TAKERS)):
        if draft.roles.get(role):
            continue
        for person in draft.roles["presented_by"]:
            if not isinstance(person, Mention):
                continue
            body = _body(engine, person, offices, draft, give=role == "funders")
            if body is not None:
                draft.roles[role] = [body]
                break
        else:
            towns = _towns(engine, draft) if role == "recipients" else []
            if towns:
                draft.roles[role] = towns


def _towns(engine: Engine, draft: EventDraft) -> list[Filler]:
    """The towns whose mayors receive, unnamed: "an die Bürgermeister von Celle und Peine"."""
    start, last = draft.sentence
    mayors = _MAYORS.search(engine.text, start, last)
    if mayors is None:
        return []
    found: list[Filler] = []
    end = mayors.end()
    for mention in engine.mentions(end, last):
        if mention.kind != "territory" or (
            end < mention.start if not found else not _AND.fullmatch(engine.text, end, mention.start)
        ):
            break
        found.append(mention)
        end = mention.end
    return found


def _body(engine: Engine, person: Mention, offices: frozenset[str], draft: EventDraft, *, give: bool) -> Mention | None:
    value = person.head.value
    if not isinstance(value, PersonValue):
        return None
    for office in value.offices:
        if office.role not in offices or office.former or (give and office.role == "district_administrator"):
            continue
        for link in (office.organisation, office.territory):
            if link is None:
                continue
            found = engine.linked(link, before=draft.sentence[1])
            if found is not None and not any(
                found.head is getattr(f, "head", None) for fillers in draft.roles.values() for f in fillers
            ):
                return found
    return None


def _change(engine: Engine, draft: EventDraft) -> None:
    start, end = draft.sentence
    for change in find_changes(engine.text[start:end]):
        if change.kind != "change" or change.points:
            continue
        if change.factor is not None:
            draft.values.setdefault("change", {"factor": float(change.factor)})
        elif change.percent is not None:
            draft.values.setdefault("change", {"percent": float(change.percent)})
        return
    amounts = [m for m in draft.roles.get("amounts", []) if isinstance(m, Mention)]
    sums = [m for m in engine.mentions(start, end) if m.kind == "money"]
    for mention in sums:
        before = engine.text[max(start, mention.start - 24) : mention.start]
        if re.search(r"\bum\s+(?:\w+\s+){0,2}$", before):
            draft.values.setdefault("change", {"amount": mention})
            if mention in amounts and len(sums) > 1:
                draft.roles["amounts"] = list([m for m in sums if m is not mention][:1])
            return


def _count(engine: Engine, draft: EventDraft) -> None:
    participants = draft.roles.get("participants", [])
    for filler in participants:
        if isinstance(filler, tuple):
            match = _COUNT.match(engine.text, max(0, filler[0]), filler[1])
            if match:
                draft.values.setdefault("count", int(match.group(1).replace(".", "")))
                return
    if len(participants) > 2 and all(isinstance(f, Mention) for f in participants):
        return
