"""One happening, one event: drafts that state the same are joined, the fullest stays, the others are its evidence."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.modality import PAST
from policy_ie.records import EVENT_TYPES, FundingStage

__all__ = ["keys", "merge", "raise_stage"]

#: How many drafts of a type are looked back at.
_BACK = 64
_DEFINITE = frozenset(
    [
        "das",
        "der",
        "die",
        "dem",
        "des",
        "den",
        "beim",
        "zum",
        "vom",
        "im",
        "zur",
        "dieser",
        "diese",
        "dieses",
        "diesem",
        "ihrem",
        "ihres",
        "seinem",
        "seines",
    ]
)
_DEMONSTRATIVE = frozenset(f"{stem}e{end}" for stem in ("dies", "jen") for end in ("", "r", "s", "m", "n"))
_STAGES = tuple(FundingStage)
#: A sentence that tells what the money told of before is for, and how far behind it may stand, in characters.
_WITH_IT = re.compile(
    r"[\s„“\"]*(?:Mit|Aus) (?:de[mnr]|diese[nmr]|Hilfe de[rs]|Hilfe diese[rs]) (?:\w+ )?"
    r"(?:Gel\w+|\w*[Mm]itteln?|\w*[Zz]usch[uü]ss\w*|\w*[Zz]uwendung|\w*[Ff]örderung|Betrag|\w*[Ss]umme|\w*[Uu]nterstützung)\b"
)
_SOON = 400
#: What opens a sentence that tells of the next stop of a tour.
_NEXT = re.compile(
    r"(?:Anschließend|Danach|Im Anschluss|Später|Zuvor|Am (?:Vor|Nach)mittag|Nachmittags|Am (?:\w+ )?Abend|Abends"
    r"|Zum (?:Ab)?[Ss]chluss|Als [Nn]ächstes)\b"
)
#: Words for an award that name none.
_ANY_AWARD = re.compile(r"\b(?:Auszeichnung|Ehrung|Urkunde|Preis|Pl[aä]tz|Würdigung|Anerkennung)(?:en|e|n|s)?\b")
#: "25 Bürger", "vier Bürgerinnen und Bürger".
_NUMBER = re.compile(
    r"(?:insgesamt |rund )?(?:[2-9]|\d\d|(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig) )", re.I
)


def key(filler: Filler, text: str) -> Any:
    """What a filler is, so that two mentions of one thing have one key."""
    if isinstance(filler, Mention):
        head = filler.head
        value = head.value
        if head.kb_id:
            return (head.kind, head.kb_id)
        if head.kind == "money":
            return ("money", value.amount, value.min, value.max, value.per)  # type: ignore[union-attr]
        if head.kind == "date":
            return ("date", value.value)  # type: ignore[union-attr]
        if head.kind in ("official", "person"):
            return ("person", value.family_name)  # type: ignore[union-attr]
        if head.kind == "territory":
            return ("territory", value.ags or value.name)  # type: ignore[union-attr]
        return (head.kind, value.name.casefold())  # type: ignore[union-attr]
    words = text[filler[0] : filler[1]].lower().split()
    return ("text", " ".join(w for w in words if len(w) > 3))


def keys(fillers: Sequence[Filler], text: str) -> set[Any]:
    """Keys of several fillers."""
    return {key(f, text) for f in fillers}


def _text_like(found: set[Any]) -> bool:
    return all(k[0] == "text" for k in found)


def _overlap(a: set[Any], b: set[Any]) -> bool:
    if a & b:
        return True
    for left in a:
        for right in b:
            if left[0] == "money" == right[0] and left[1] and right[1] and abs(left[1] - right[1]) * 100 < left[1]:
                return True  # "790.000 Euro" in the headline, 789.733 in the text
            if left[0] == "text" == right[0] and set(left[1].split()) & set(right[1].split()):
                return True
    return False


def _names_within(a: Sequence[Filler], b: Sequence[Filler], text: str) -> bool:
    """True where one name holds the other: "Braunschweig" in the headline, "das Klinikum Braunschweig" in the text."""
    left, right = ([_surface(f, text) for f in fillers] for fillers in (a, b))
    return any(len(x) > 3 and len(y) > 3 and (x in y or y in x) for x in left for y in right)


def _surface(filler: Filler, text: str) -> str:
    start, end = (filler.start, filler.end) if isinstance(filler, Mention) else filler
    return text[start:end]


def _weight(draft: EventDraft) -> tuple[int, float]:
    return (sum(min(len(v), 3) for v in draft.roles.values()) + (draft.time is not None) + bool(draft.place), draft.confidence)


def same(a: EventDraft, b: EventDraft, text: str, settings: Mapping[str, Any], titles: Sequence[tuple[int, int]]) -> bool:
    """True where two drafts of one type state the same happening."""
    if demonstrative(b, text):
        return a.part_of is None and b.part_of is None
    in_title = any(t[0] <= d.trigger[0] < t[1] for d in (a, b) for t in titles)
    if a.part_of is not None or b.part_of is not None:
        return False
    actions = {a.values.get("action"), b.values.get("action")} - {None}
    if len(actions) > 1 and not any(actions <= set(group) for group in settings.get("one_action", [])):
        return False
    if "negated" in (a.modality, b.modality) and a.modality != b.modality:
        return False
    if (
        a.time is not None
        and b.time is not None
        and key(a.time, text) != key(b.time, text)
        and not _within(a.time, b.time)
        and not (in_title and _overlap(keys(a.roles.get("amounts", ()), text), keys(b.roles.get("amounts", ()), text)))
    ):
        return False  # a sum that the headline names is the same sum, said to come "zum Jahresende", granted in March
    if _goes_on(a, b, text, settings):
        return True
    if not in_title and a.sentence[1] <= b.sentence[0] and _NEXT.match(text, *b.sentence):
        for role in settings.get("stops", ()):
            generic = settings.get("generic", {}).get(role, "")
            if _elsewhere(a.roles.get(role, ()), b.roles.get(role, ()), generic, text, opens=False):
                return False  # "besuchte die Schule. Anschließend besuchte sie den Hof Eichen"
        role = settings.get("company", "")
        if role and text[b.trigger[0]].islower() and _with_others(a.roles.get(role, ()), b.roles.get(role, ()), text):
            return False  # "sprach mit dem Vorstand. Am Abend traf sie Landrat Vogt"
    if (
        b.type == "funding"
        and "amounts" not in b.roles
        and "amounts" in a.roles
        and 0 <= b.sentence[0] - a.sentence[1] < _SOON
        and _WITH_IT.match(text, *b.sentence)
    ):
        return True
    anaphors = settings.get("anaphors", ())
    if b.why in anaphors or a.why in anaphors:
        return a.why not in anaphors or b.why not in anaphors
    shared = 0
    identity = settings.get("identity", [])
    if in_title and any(
        _overlap(keys(a.roles.get(r, ()), text), keys(b.roles.get(r, ()), text)) for r in settings.get("strict", ())
    ):
        return True  # the headline says "Hessen", the text "das Kabinett"
    if in_title and settings.get("headline") and a.why == b.why and _same_words(a, b, text):
        return True
    if (
        not in_title
        and any(_other(a.roles.get(r, ()), b.roles.get(r, ()), text) for r in settings.get("distinct", ()))
        and not _overlap(*(keys(d.roles.get(identity[0], ()), text) for d in (a, b)))
    ):
        return False
    for role in sorted(a.roles.keys() & b.roles.keys()):
        left, right = keys(a.roles[role], text), keys(b.roles[role], text)
        if _overlap(left, right) or (in_title and _names_within(a.roles[role], b.roles[role], text)):
            shared += 2 if role in identity else 1
        elif (role in identity and not (_text_like(left) or _text_like(right))) or role in settings.get("strict", []):
            return False
    if (
        shared == 0
        and a.why == b.why
        and text[a.trigger[0] : a.trigger[1]].lower() == text[b.trigger[0] : b.trigger[1]].lower()
        and (not all(any(r in d.roles for r in identity) for d in (a, b)) or (in_title and _counted(a) and _counted(b)))
    ):
        shared = 1  # said twice with the same verb, once without what identifies it
    if (
        (apart := settings.get("apart", 0))
        and not in_title
        and abs(b.trigger[0] - a.trigger[0]) > apart
        and all(settings["core"][0] in d.roles for d in (a, b))
        and not _overlap(*(keys(d.roles[settings["core"][0]], text) for d in (a, b)))
    ):
        return False  # the same parties sign another contract
    if a.place and b.place and not in_title and not keys(a.place, text) & keys(b.place, text):
        return False
    if not in_title and a.sentence != b.sentence and not _anaphoric(b, text):
        for role in settings.get("stops", ()):
            if _elsewhere(a.roles.get(role, ()), b.roles.get(role, ()), settings.get("generic", {}).get(role, ""), text):
                return False  # "besuchte die Klinik. … Danach besuchte sie das Frauenhaus"
    core = settings.get("core")
    if core and len(core) > 1 and sum(core[0] in d.roles for d in (a, b)) == 1 and abs(a.trigger[0] - b.trigger[0]) < 400:
        takers = [d.roles.get(core[1], []) for d in (a, b)]
        if any(d.why.endswith(".rows") for d in (a, b)) and any(t and isinstance(t[0], tuple) for t in takers):
            return True  # "an fünf Kommunen. Es erhalten die Städte …"
    alone = settings.get("complete", ())
    if (
        core
        and shared == 0
        and a.sentence != b.sentence
        and not all(d.why in alone or any(r in d.roles for r in core) for d in (a, b))
    ):
        # "Den Bescheid übergab die Ministerin": nothing of its own, so it belongs to what was told.
        return True
    if a.sentence == b.sentence:
        bare = core and b.why not in alone and not any(r in b.roles for r in core)  # "…, den sie dem Bürgermeister übergab"
        return shared > 0 or bool(bare) or not (a.roles and b.roles) or a.trigger == b.trigger
    if shared >= 2:
        return True
    if in_title:
        return shared > 0 or bool(settings.get("main"))
    anaphoric = _anaphoric(b, text)
    return bool(shared and (anaphoric or not settings.get("careful"))) or (anaphoric and bool(settings.get("anaphora", True)))


def _counted(draft: EventDraft) -> bool:
    """True for several who get an office and are not named."""
    return draft.type == "appointment" and isinstance(draft.roles.get("person", [None])[0], tuple)


def counted(filler: Filler, text: str) -> bool:
    """True for several who are counted, not named: "25 Bürger"."""
    return isinstance(filler, tuple) and _NUMBER.match(text, *filler) is not None


def _elsewhere(a: Sequence[Filler], b: Sequence[Filler], generic: str, text: str, *, opens: bool = True) -> bool:
    """True where both name bodies or sites, and others: none is a person, none only "die Einrichtung".

    Where the second is said to be the next stop, the first may be such a plain noun.
    """
    for fillers in (a, b):
        if not fillers or any(isinstance(f, Mention) and (f.nominal or f.kind in ("official", "person")) for f in fillers):
            return False
        if (opens or fillers is b) and _bare(fillers, generic, text):
            return False
    return not _overlap(keys(a, text), keys(b, text)) and not _names_within(a, b, text)


def _with_others(a: Sequence[Filler], b: Sequence[Filler], text: str) -> bool:
    """True where both tell who met whom, and the second names somebody new."""
    have = keys(a, text)
    return min(len(a), len(b)) > 1 and any(isinstance(f, Mention) and not f.nominal and key(f, text) not in have for f in b)


def _goes_on(a: EventDraft, b: EventDraft, text: str, settings: Mapping[str, Any]) -> bool:
    """True where b names what identifies it by a bare definite noun shortly after a: "überreichte die Auszeichnung"."""
    for role, pattern in settings.get("generic", {}).items():
        for filler in b.roles.get(role, ()):
            if (
                isinstance(filler, tuple)
                and 0 < b.trigger[0] - a.sentence[1] < 250
                and re.fullmatch(pattern, text[filler[0] : filler[1]])
                and (
                    text[max(0, filler[0] - 4) : filler[0]].lower() in ("die ", "den ", "das ")
                    or "entsprechend" in text[slice(*filler)]
                )
                and not _other_presenters(a, b, text)
            ):
                return True
    return False


def _other_presenters(a: EventDraft, b: EventDraft, text: str) -> bool:
    """True where both say who presents, and not the same: "der Minister" may be the one named before."""
    named = [[f for f in d.roles.get("presenters", ()) if isinstance(f, Mention) and not f.nominal] for d in (a, b)]
    return all(named) and not _overlap(*(keys(fillers, text) for fillers in named))


def _other(a: Sequence[Filler], b: Sequence[Filler], text: str) -> bool:
    """True for two things of different names: an Ehrennadel and a Bürgerpreis; not for the classes of an order."""
    if not a or not b or _overlap(keys(a, text), keys(b, text)) or _names_within(a, b, text):
        return False
    words = [_surface(f, text) for f in (a[0], b[0])]
    return not any(_ANY_AWARD.search(w) for w in words) and not all("erdienst" in w or "rden" in w for w in words)


def _bare(fillers: Sequence[Filler], pattern: str, text: str) -> bool:
    return isinstance(fillers[0], tuple) and re.fullmatch(pattern, text[slice(*fillers[0])]) is not None


def _same_words(a: EventDraft, b: EventDraft, text: str) -> bool:
    """True where the headline and the text tell it with the same verb: "beschließt", "beschlossen"."""
    return text[a.trigger[0] : a.trigger[0] + 4].lower() == text[b.trigger[0] : b.trigger[0] + 4].lower()


def _long_ago(draft: EventDraft, published: dt.date | None) -> bool:
    """True for what happened months before the release: never the happening that the release is about."""
    end = getattr(draft.time.value, "end", None) if draft.time is not None else None
    return end is not None and published is not None and (published - end).days > 90


def _within(a: Mention, b: Mention) -> bool:
    va, vb = a.value, b.value
    if getattr(va, "start", None) is None or getattr(vb, "start", None) is None:
        return False
    return (va.start <= vb.start and vb.end <= va.end) or (vb.start <= va.start and va.end <= vb.end)  # type: ignore[union-attr,operator]


def demonstrative(draft: EventDraft, text: str) -> bool:
    """True for a noun with "dieser" or "jener", which only takes up what was told: "Mit diesem Beschluss …"."""
    before = text[max(0, draft.trigger[0] - 9) : draft.trigger[0]].lower().split()
    return bool(before) and before[-1] in _DEMONSTRATIVE and text[draft.trigger[0]].isupper()


def _anaphoric(draft: EventDraft, text: str) -> bool:
    """True for a definite noun that takes up what was said: "Das Treffen diente …", "bei ihrem Besuch"."""
    before = text[max(0, draft.trigger[0] - 32) : draft.trigger[0]].lower().split()
    if len(before) > 1 and before[-1] in ("offiziellen", "feierlichen", "heutigen", "gemeinsamen"):
        before.pop()
    return bool(before) and text[draft.trigger[0]].isupper() and before[-1] in _DEFINITE


def raise_stage(kept: EventDraft, gone: EventDraft) -> None:
    """The stage of a funding is the furthest that is told."""
    stage = gone.values.get("stage")
    if stage and _STAGES.index(stage) > _STAGES.index(kept.values.get("stage", "announced")):
        kept.values["stage"] = stage


@functools.cache
def _singles(kind: str) -> frozenset[str]:
    """Arguments of an event type that hold one filler."""
    return frozenset(name for name, field in EVENT_TYPES[kind].model_fields.items() if "tuple" not in str(field.annotation))


def _absorb(
    kept: EventDraft, gone: EventDraft, text: str, settings: Mapping[str, Any], titles: Sequence[tuple[int, int]]
) -> None:
    headline = any(t[0] <= kept.trigger[0] < t[1] for t in titles)
    for role, fillers in gone.roles.items():
        own = kept.roles.get(role)
        unnamed = role in settings.get("named", ()) and not any(isinstance(f, Mention) for f in own or ())
        pattern = settings.get("generic", {}).get(role)
        names = sum(isinstance(f, Mention) for f in fillers)
        if not own or (unnamed and (names > 1 or (names == 1 and not counted(own[0], text)))):
            kept.roles[role] = fillers  # one name does not stand for "vier Bürger"
        elif pattern and _bare(own, pattern, text) and not _bare(fillers, pattern, text):
            kept.roles[role] = fillers  # "das Verdienstkreuz" comes before "die Auszeichnung"
        elif role not in _singles(kept.type) and (role not in settings.get("identity", []) or role in settings.get("grow", [])):
            have = keys(own, text)
            kept.roles[role] = own + [f for f in fillers if isinstance(f, Mention) and key(f, text) not in have]
    if (
        kept.modality == "asserted"
        and gone.modality == "planned"
        and kept.time is None
        and gone.time is not None
        and not PAST.search(text, *kept.sentence)
    ):
        kept.modality = "planned"  # "tagt am 17. März", and further below: "der Senat kommt mit dem Bezirksamt zusammen"
    if kept.modality == "asserted" and gone.modality == "planned" and headline and not PAST.search(text, *kept.sentence):
        kept.modality = "planned"  # headlines tell in the present tense what is to come
    for name, value in gone.values.items():
        kept.values.setdefault(name, value)
    core = settings.get("core", ())
    told = headline or not core or any(r in gone.roles for r in core)
    if told or (kept.modality, gone.modality) != ("asserted", "planned"):
        # not of "am Montag will sie die Bescheide übergeben", behind a sum given before
        raise_stage(kept, gone)
        kept.time = kept.time or gone.time
        kept.place = kept.place or gone.place
    if gone.trigger != kept.trigger and gone.trigger not in kept.evidence:
        kept.evidence.append(gone.trigger)
    kept.evidence += [e for e in gone.evidence if e != kept.trigger and e not in kept.evidence]
    kept.confidence = min(0.99, max(kept.confidence, gone.confidence) + 0.03)


def merge(
    drafts: Sequence[EventDraft],
    text: str,
    types: Mapping[str, Mapping[str, Any]],
    titles: Sequence[tuple[int, int]],
    published: dt.date | None = None,
) -> list[EventDraft]:
    """Joins drafts that state the same happening; the result is in order of the text."""
    result: list[EventDraft] = []
    by_type: dict[str, list[EventDraft]] = {}
    orphans: list[EventDraft] = []
    for draft in drafts:
        rivals = by_type.setdefault(draft.type, [])
        settings = types.get(draft.type, {})
        current = not _long_ago(draft, published)
        partner = next(
            (
                r
                for r in reversed(rivals[-_BACK:])
                if (current == (not _long_ago(r, published))) and same(r, draft, text, settings, titles)
            ),
            None,
        )
        if demonstrative(draft, text) and (partner is not None or not settings.get("anaphora", True)):
            if partner is not None:
                for role in ("amounts",):
                    if role in draft.roles:
                        partner.roles.setdefault(role, draft.roles[role])
                partner.evidence.append(draft.trigger)
            continue
        if partner is None:
            (orphans if draft.why in settings.get("anaphors", ()) and draft.modality != "negated" else rivals).append(draft)
            continue
        if draft.why in settings.get("anaphors", ()):
            _absorb(partner, draft, text, settings, titles)
            continue
        ours, theirs = _weight(partner), _weight(draft)
        leads = ours >= theirs or (ours[0] == theirs[0] and _goes_on(partner, draft, text, settings))
        first, second = (partner, draft) if leads else (draft, partner)
        if first is draft:
            rivals[rivals.index(partner)] = draft
            for other in drafts:
                if other.part_of is partner:
                    other.part_of = draft
        _absorb(first, second, text, settings, titles)
    for orphan in orphans:
        # What is told later: "Der Bund stellt Geld bereit. … 100 Millionen stehen zur Verfügung."
        settings = types.get(orphan.type, {})
        later = next(
            (r for r in by_type[orphan.type] if r.trigger > orphan.trigger and same(r, orphan, text, settings, titles)), None
        )
        if later is not None:
            _absorb(later, orphan, text, settings, titles)
    for rivals in by_type.values():
        result += rivals
    result.sort(key=lambda d: (d.trigger[0], d.trigger[1], d.type))
    return result
