"""Titles without a name: "die Ministerin", "der Landrat", resolved to the official of the text that they mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from policy_ie.components.base import Mention, PolicyLayer
from policy_ie.components.officials.offices import Phrase, gender_from, role_of
from policy_ie.components.officials.titles import Title, portfolio_of, title_of
from policy_ie.records import OfficeValue, PersonValue, Role

__all__ = ["role_mentions"]

_DEFINITE = frozenset({"der", "die", "dem", "den", "des", "vom", "beim", "ihr", "ihre", "unser", "unsere", "unserer"})
#: Where a headline drops the article: line start and a verb or comma after it.
_HEADLINE_AFTER = re.compile(r"[ \xa0][a-zäöü]")
#: Titles that stand for several roles.
_WIDE: dict[str, frozenset[Role]] = {
    "Verwaltungschef": frozenset({Role.MAYOR, Role.DISTRICT_ADMINISTRATOR}),
    "Behördenchef": frozenset({Role.PRESIDENT}),
    "Ressortchef": frozenset({Role.MINISTER, Role.SENATOR}),
    "Präsident": frozenset({Role.PRESIDENT, Role.HEAD_OF_STATE, Role.COUNCIL_PRESIDENT}),
    "Parlamentarier": frozenset({Role.MEMBER_OF_PARLIAMENT}),
}

#: Titles that stand for every office of their role.
_ANY_OF_ROLE = frozenset(
    {"Rathauschef", "Stadtoberhaupt", "Stadtchef", "Verwaltungschef", "Kreischef", "Regierungschef", "Ressortchef",
     "Behördenchef", "Staatsoberhaupt", "Landeshauptmann", "OB", "OBM", "Kanzler"}
)  # fmt: skip


def role_mentions(phrases: Sequence[Phrase], persons: Sequence[Mention], layer: PolicyLayer) -> list[Mention]:
    """Nominal mentions for the titles that mean one of the persons; the unclear ones are left out.

    Args:
        phrases: titles that stand without a name.
        persons: the named mentions of the text, in order.
        layer: the document.
    """
    text = layer.text
    heads = {id(m.head): m.head for m in persons if m.kind == "official"}
    if not heads or not phrases:
        return []
    starts = [m.start for m in persons]
    found = []
    for phrase in phrases:
        if phrase.title.plural is True:
            continue
        definite = phrase.article in _DEFINITE
        if not definite and not (_line_start(text, phrase.left) and _HEADLINE_AFTER.match(text, phrase.end)):
            continue
        role = role_of(phrase, text)
        fitting = {key for key, head in heads.items() if _fits(head, phrase, role, text, former=False)}
        fitting = fitting or {key for key, head in heads.items() if _fits(head, phrase, role, text, former=True)}
        if not fitting:
            continue
        chosen = _choose(fitting, phrase.start, persons, starts, layer, unique=not definite)
        if chosen is not None:
            head = chosen.head
            found.append(
                Mention(
                    phrase.start, phrase.end, head.kind, head.value, nominal=True, confidence=0.85, rule="role", same_as=head
                )
            )
    return found


def _line_start(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n" or text[max(0, at - 2) : at] in (": ", "– ")


def _fits(head: Mention, phrase: Phrase, role: Role | None, text: str, *, former: bool) -> bool:
    """True where gender and an office of the person, one of before or of now, go with the title."""
    person = head.value
    if not isinstance(person, PersonValue):
        return False
    gender = gender_from(phrase, text)
    if gender is not None and person.gender is not None and gender != person.gender:
        return False
    return any(office.former is former and _office_fits(office, phrase, role, text) for office in person.offices)


def _office_fits(office: OfficeValue, phrase: Phrase, role: Role | None, text: str) -> bool:
    title = phrase.title
    noun = _noun_of(office.title)
    if role is None:
        same = noun is not None and noun.head == title.head
    else:
        same = office.role in _WIDE.get(title.head, {role}) and (noun is None or _covers(title, noun, role))
    if not same or (title.head == "Präsident" and phrase.right > phrase.end) or (title.deputy and not (noun and noun.deputy)):
        return False
    if title.stem.startswith("Bundes") and noun is not None and not noun.stem.startswith("Bundes"):
        return False
    subjects = portfolio_of(title.stem)
    if subjects and office.portfolio and not set(subjects) & set(office.portfolio) and role is not Role.MEMBER_OF_PARLIAMENT:
        return False
    if office.territory is not None and not isinstance(office.territory, str) and phrase.right > phrase.end:
        named = text[office.territory[0] : office.territory[1]]
        after = text[phrase.end : phrase.right]
        if (
            re.search(r"\b(?:Stadt|Gemeinde|Kreis|Landkreis|Land)", after)
            and re.search(r"[A-ZÄÖÜ]\w+$", after)
            and named not in after
        ):
            return False
    return True


def _covers(title: Title, noun: Title, role: Role) -> bool:
    """True where the title can stand for the noun: "Bürgermeister" for "Oberbürgermeister", not the other way round."""
    if role is Role.MEMBER_OF_PARLIAMENT or title.head in _ANY_OF_ROLE:
        return True
    full, short = noun.head.lower(), title.head.lower()
    return (
        full.endswith(short)
        or (noun.stem + full).lower().endswith(short)
        or (short == "oberbürgermeister" and noun.head in ("OB", "OBM"))
    )


@lru_cache(1 << 12)
def _noun_of(words: str) -> Title | None:
    """The title noun in the words of an office."""
    for word in words.split():
        title = title_of(word)
        if title is not None:
            return title
    return None


def _choose(
    fitting: set[int], at: int, persons: Sequence[Mention], starts: list[int], layer: PolicyLayer, *, unique: bool
) -> Mention | None:
    """The person meant: the only one that fits, else the last one named, unless another fits as near."""
    if len(fitting) == 1:
        key = next(iter(fitting))
        first = next(m for m in persons if id(m.head) == key)
        # A title before the name stands in the headline or the first sentence only.
        return first if first.start < at or at < 250 else None
    if unique:
        return None
    before = [m for m in persons[: bisect_left(starts, at)] if id(m.head) in fitting]
    if not before:
        return None
    last = before[-1]
    other = next((m for m in reversed(before) if m.head is not last.head), None)
    if other is not None and layer.sentence_index(other.start) == layer.sentence_index(last.start):
        return None
    return last
