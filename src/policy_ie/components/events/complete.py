"""What an event's own clause leaves open and the document tells: the body behind an official, changes of means, counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.attendance import one_side, talks_of_visits
from policy_ie.components.events.bodies import bodies_before, body_of_office
from policy_ie.components.events.calls import complete_calls
from policy_ie.components.events.givers import givers_told, paragraph
from policy_ie.components.events.members import members
from policy_ie.components.events.merge import key, keys
from policy_ie.components.events.parties import named_body, own_body, parties
from policy_ie.components.events.signing import told_parties
from policy_ie.components.events.tables import told_parts
from policy_ie.components.events.takers import on_behalf, takers
from policy_ie.language.changes import find_changes
from policy_ie.records import OfficeValue, OrganisationValue, PersonValue

if TYPE_CHECKING:
    from policy_ie.components.events.engine import Engine

__all__ = ["complete", "one_reading"]

_CERTIFICATES = frozenset(("Urkunde", "Urkunden"))

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
_LAND = frozenset(("Land", "Landes", "Freistaat", "Freistaats", "Freistaates", "Lande"))
_OF_MINISTRIES = frozenset(("minister", "state_secretary"))
_TAKERS = frozenset(("mayor", "district_administrator", "deputy_mayor"))
_LOCAL = _TAKERS | {"head_of_department"}
#: Words for the means of others, which a mayor or Landrat may hand over too.
_HIGHER = re.compile(
    r"\b(?:Land(?:es)?|Landes(?!t)\w+|Freistaat\w*|Bund(?:es)?|Bundes\w+|EU|Europ\w+|\w*[Mm]inisteri\w+|Lotto\w*|Städtebau\w*"
    r"|LEADER|Leader|Regierungs\w+|Bezirksregierung|Stiftung\w*|Sparkasse\w*|Spende\w*)\b"
)
_WITH = re.compile(r"\bmit(?: \w+)*? ?(?:[A-ZÄÖÜ]\w+ )?\Z")
#: Means beside those of a programme.
_OTHER_MEANS = re.compile(
    r"\b(?:außerdem|zusätzlich\w*|darüber hinaus|ferner|Eigenmittel\w*|Spende\w*|Haushalt\w*|weitere\w*)\b", re.I
)
_THEREFORE = re.compile(r"\b(?:[Dd]araus|[Dd]afür|[Hh]ierfür|[Hh]ieraus)\b")
#: Words that tell whose budget it is.
_LEVELS = (
    (
        "district",
        re.compile(r"\b(?:Kreistags?|Kreishaushalt\w*|Kreisetats?|Kreisumlage|Landrat|Landrätin|Kreisausschuss\w*)\b"),
    ),
    (
        "municipality",
        re.compile(r"\b(?:Stadtrat\w*|Gemeinderat\w*|Stadtverordnete\w*|Kämmerer\w*|Kämmerin|(?:Ober)?[Bb]ürgermeister\w*)\b"),
    ),
    ("state", re.compile(r"\b(?:Landtags?|Landeshaushalt\w*|Landesregierung|Finanzminister\w*|Staatsregierung)\b")),
)
_COUNT = re.compile(r"(?:rund |etwa |mehr als |über |insgesamt )*(\d{1,3}(?:\.\d{3})*)\s")


def complete(engine: Engine, drafts: Sequence[EventDraft]) -> None:
    """Adds what follows from the rest of the document; nothing is guessed that the text does not name."""
    talks_of_visits(engine, drafts)
    for draft in drafts:
        members(engine, draft)
        if draft.type == "meeting":
            one_side(engine, draft, "participants")
        if draft.type == "funding":
            on_behalf(engine, draft)
            _givers_only(engine, draft)
        if draft.type == "funding" and "programme" not in draft.roles:
            _taken_up(engine, draft)
            if "programme" not in draft.roles and draft.modality != "negated":
                _only_programme(engine, draft)
        if draft.type == "funding" and draft.roles.get("presented_by") and draft.part_of is None:
            _bodies(engine, draft)
            _givers_only(engine, draft)
        elif draft.type == "meeting" and len(draft.roles.get("participants", ())) == 1:
            _other_side(engine, draft)
        elif draft.type == "agreement":
            parties(engine, draft)
            told_parties(engine, draft)
            one_side(engine, draft, "parties")
        elif draft.type == "appointment":
            body_of_office(engine, draft)
        elif draft.type in ("visit", "opening") and not draft.place:
            _place_of_name(engine, draft)
        elif draft.type == "budget":
            _change(engine, draft)
            if not draft.roles.get("bodies"):
                _holder(engine, draft)
        elif draft.type == "programme":
            _count(engine, draft)
    bodies_before(drafts)
    givers_told(engine, drafts)
    told_parts(engine, drafts)
    complete_calls(engine, drafts)


def _givers_only(engine: Engine, draft: EventDraft) -> None:
    """Who receives does not give, and the fund "aus" which money comes is the programme, also where a headline says so."""
    named = [
        f for role in ("recipients", "programme") for f in draft.roles.get(role, ()) if isinstance(f, Mention) and not f.nominal
    ]
    own = keys(named, engine.text) | keys([f for f in draft.roles.get("recipients", ()) if isinstance(f, Mention)], engine.text)
    if own and draft.roles.get("funders"):
        draft.roles["funders"] = [f for f in draft.roles["funders"] if key(f, engine.text) not in own]


def one_reading(drafts: Sequence[EventDraft], text: str) -> list[EventDraft]:
    """Means that a verb sets in a budget are no funding without a receiver, and more means are no larger programme.

    And a bare "Urkunde" for a person whose office changes is the one of the office, no award.
    """
    budgets = {d.trigger for d in drafts if d.type == "budget" and d.roles.get("amounts")}
    given = {d.trigger for d in drafts if d.type == "funding" and d.roles.get("recipients")}

    appointed = keys([f for d in drafts if d.type == "appointment" for f in d.roles.get("person", ())], text)

    def other(draft: EventDraft) -> bool:
        if draft.type == "award" and appointed:
            bare = [f for f in draft.roles.get("award", ()) if isinstance(f, tuple) and text[f[0] : f[1]] in _CERTIFICATES]
            honoured = keys(draft.roles.get("laureates", ()), text)
            return len(bare) == len(draft.roles.get("award", ())) > 0 and bool(honoured) and honoured <= appointed
        if draft.type == "budget":
            return draft.trigger in given
        return draft.trigger in budgets and (
            (draft.type == "funding" and draft.trigger not in given) or draft.values.get("action") == "expand"
        )

    return [d for d in drafts if not other(d)]


def _bodies(engine: Engine, draft: EventDraft) -> None:
    """The ministry or Land of the official who hands over, the town of the one who receives."""
    for role, offices in (("funders", _GIVERS), ("recipients", _TAKERS)):
        if draft.roles.get(role):
            continue
        for person in draft.roles["presented_by"]:
            if not isinstance(person, Mention) or (role == "recipients" and id(person) in engine.givers):
                continue
            body = _body(engine, person, offices, draft, give=role == "funders")
            if body is not None:
                draft.roles[role] = [body]
                if role == "recipients":
                    draft.roles[role] += _bodies_of_peers(engine, person, body, offices, draft)
                break
        else:
            found = takers(engine, draft) if role == "recipients" else _local(engine, draft)
            if found:
                draft.roles[role] = found


def _bodies_of_peers(engine: Engine, first: Mention, body: Mention, offices: frozenset[str], draft: EventDraft) -> list[Filler]:
    """The bodies of those named with the first who receives: "den Landräten A (Gotha), B (Ilm-Kreis) und C (Sömmerda)"."""
    at = draft.roles["presented_by"].index(first)
    found: list[Filler] = []
    for person in draft.roles["presented_by"][at + 1 :]:
        if not isinstance(person, Mention) or id(person) in engine.givers or not _peers(first, person):
            break
        own = _body(engine, person, offices, draft, give=False)
        if own is not None and own.head is not body.head:
            found.append(own)
    return found


def _peers(one: Mention, other: Mention) -> bool:
    """True for holders of one kind of office."""
    roles = [{o.role for o in m.head.value.offices} for m in (one, other) if isinstance(m.head.value, PersonValue)]
    return len(roles) == 2 and not roles[0].isdisjoint(roles[1])


def _local(engine: Engine, draft: EventDraft) -> list[Filler]:
    """The town or district whose mayor or Landrat hands over, where nothing speaks of the means of others."""
    if draft.roles.get("programme") or _HIGHER.search(engine.text, *paragraph(engine.text, draft.sentence)):
        return []
    known = keys(draft.roles.get("recipients", ()), engine.text)
    for person in draft.roles["presented_by"]:
        value = person.head.value if isinstance(person, Mention) and id(person) in engine.givers else None
        for office in value.offices if isinstance(value, PersonValue) else ():
            if office.role not in _LOCAL or office.former:
                continue
            links = [link for link in (office.territory, office.organisation) if link is not None]
            named = [m for link in links if (m := engine.linked(link, before=draft.sentence[1])) is not None]
            body = named[0] if named else own_body(engine, office) if not links else None
            if body is not None and key(body, engine.text) not in known:
                return [body]
    return []


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
        if give:
            return _ministry(engine, office.title) or _home(engine, office)
        if office.organisation is None and office.territory is None:
            own = own_body(engine, office)
            elsewhere = office.role != "district_administrator" and keys(draft.place, engine.text)
            if (
                own is not None
                and key(own, engine.text) not in keys(draft.roles.get("funders", ()), engine.text)
                and (not elsewhere or key(own, engine.text) in elsewhere)
            ):
                return own
    return None


def _ministry(engine: Engine, title: str) -> Mention | None:
    """The ministry that a minister's title names in short: "Wirtschaftsministerin", "das Wirtschaftsministerium"."""
    name = title.removesuffix("in").lower() + "ium"
    return next(
        (
            m
            for m in engine.layer.of_kind("organisation")
            if m.end - m.start == len(name) and engine.text[m.start : m.end].lower() == name and not engine.silent(m.start)
        ),
        None,
    )


def _home(engine: Engine, office: OfficeValue) -> Mention | None:
    """The body of an official whose office names none: who issued the release, or the one Land it names."""
    publisher, role = engine.layer.publisher, office.role
    value = publisher.head.value if publisher is not None else None
    kind, name = (value.org_type, value.name) if isinstance(value, OrganisationValue) else ("", "")
    if kind == "authority" and role == "president":
        return publisher
    federal = office.title.startswith(("Bundes", "Parlament"))
    lands = {
        m.head.kb_id: m
        for m in engine.layer.mentions
        if m.kind == "territory" and engine.text[m.start : m.end] in _LAND and getattr(m.head.value, "level", "") == "state"
    }
    if len(lands) == 1 and not federal and role not in ("president", "district_administrator", "eu_commissioner"):
        return next(iter(lands.values()))
    own = kind == "ministry" and role in _OF_MINISTRIES and name.startswith("Bundes") == federal
    return publisher if own else None


def _other_side(engine: Engine, draft: EventDraft) -> None:
    """Who met the one that only "mit" names: the official told of before."""
    only = draft.roles["participants"][0]
    start = only.start if isinstance(only, Mention) else only[0]
    if not _WITH.search(engine.text, max(0, start - 60), start):
        return
    before = [m for m in engine.mentions(max(0, draft.trigger[0] - 300), draft.trigger[0]) if m.kind == "official"]
    others = [m for m in before if not isinstance(only, Mention) or m.head is not only.head]
    if others:
        draft.roles["participants"] = [others[-1], only]


def _place_of_name(engine: Engine, draft: EventDraft) -> None:
    """The town in the name of what is visited or opened: "die Kreismusikschule Perleberg"."""
    for role in ("hosts", "facility"):
        for filler in draft.roles.get(role, ()):
            start, end = (filler.start, filler.end) if isinstance(filler, Mention) else filler
            draft.place = [
                m
                for m in engine.layer.mentions
                if m.kind == "territory"
                and start <= m.start < end
                and not m.nominal
                and getattr(m.value, "level", "") in ("municipality", "locality")
            ][:1]
            if draft.place:
                return


def _only_programme(engine: Engine, draft: EventDraft) -> None:
    """The only funding programme that the paragraph of a funding names, or the headline above it."""
    if draft.part_of is not None or _OTHER_MEANS.search(engine.text, *draft.sentence):
        return
    start, end = paragraph(engine.text, draft.sentence)
    zones = [(start, end), *(t for t in engine.titles if 0 <= start - t[1] < 60)]
    named = {
        key(m, engine.text): m
        for zone in zones
        for m in engine.mentions(*zone)
        if m.kind == "programme"
        and getattr(m.head.value, "programme_type", "") in ("funding_programme", "fund")
        and not m.head.nominal
        and not engine.quoted(m.start)
        and not engine.silent(m.start)
    }
    if len(named) == 1:
        draft.roles["programme"] = list(named.values())


def _taken_up(engine: Engine, draft: EventDraft) -> None:
    """The programme that "dafür" or "daraus" takes up: the last one named, in the sentence before."""
    start, end = draft.sentence
    if not _THEREFORE.search(engine.text, start, end):
        return
    named = [m for m in engine.mentions(max(0, start - 350), start) if m.kind == "programme"]
    if named and getattr(named[-1].head.value, "programme_type", "") in (
        "funding_programme",
        "fund",
        "initiative",
        "model_project",
    ):
        draft.roles["programme"] = [named[-1]]


def _holder(engine: Engine, draft: EventDraft) -> None:
    """Whose budget it is, where its sentence, its paragraph or the headline speaks of a district, town or Land."""
    zones = [draft.sentence, paragraph(engine.text, draft.sentence), *engine.titles]
    for start, end in zones:
        levels = [level for level, pattern in _LEVELS if pattern.search(engine.text, start, end)]
        if len(levels) != 1:
            continue
        body = named_body(engine, levels[0])
        if body is not None:
            draft.roles["bodies"] = [body]
        return


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
