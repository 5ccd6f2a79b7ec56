"""Decides between overlapping names, joins short forms and abbreviations to the bodies they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from functools import lru_cache

from policy_ie.components.base import Mention
from policy_ie.knowledge.base import KnowledgeBase
from policy_ie.knowledge.entries import OrganisationEntry
from policy_ie.records import OrganisationValue, OrgType

__all__ = ["body_of_land", "join_short_forms", "short_forms", "value_of", "with_abbreviations", "without_overlaps"]

_BRACKETS = re.compile(
    r"[ \xa0\n]?\(((?:[A-ZÄÖÜ][\w.&+/-]{1,13})(?:[ \xa0][A-ZÄÖÜ][\w-]{1,12})?|(?!neu|alt|dpa|ots)[a-z]{3,5})\)"
)
_CAPITALS = re.compile(r"[A-ZÄÖÜ]")


@lru_cache(4096)
def value_of(entry: OrganisationEntry) -> OrganisationValue:
    """The value of an entry of the knowledge base."""
    return OrganisationValue(
        name=entry.name,
        abbreviation=entry.abbreviation,
        aliases=entry.aliases,
        org_type=OrgType(entry.org_type),
        seat=entry.territory,
    )


@lru_cache(512)
def body_of_land(kb: KnowledgeBase, land: str, word: str) -> OrganisationEntry | None:
    """The body of a Land whose name has this word ("Landesverwaltungsamt"), where there is one."""
    found = [
        entry
        for entry in map(kb.entry, kb.ids("organisation"))
        if isinstance(entry, OrganisationEntry) and entry.territory == land and word in entry.name.split(" ")
    ]
    return found[0] if len(found) == 1 else None


def _value(mention: Mention) -> OrganisationValue:
    assert isinstance(mention.value, OrganisationValue)
    return mention.value


def without_overlaps(found: list[Mention]) -> list[Mention]:
    """Of overlapping names the longest, of equal ones the linked one, in order of the text.

    A parliament stays beside its committee: "Haushaltsausschuss des Bundestages".
    """
    kept: list[Mention] = []
    taken: set[int] = set()
    inner: list[Mention] = []
    committees = {m.end for m in found if m.rule == "head:ausschuss"}
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.kb_id is None, m.start, m.rule)):
        # A longer name that covers neither end nor the middle of this one cannot overlap it.
        if taken.isdisjoint((mention.start, mention.end - 1, (mention.start + mention.end) // 2)):
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
        elif mention.end in committees and mention.kb_id is not None and _value(mention).org_type is OrgType.PARLIAMENT:
            inner.append(mention)
    kept += inner
    kept.sort(key=lambda m: m.start)
    return kept


def join_short_forms(mentions: list[Mention], known: Callable[[str], OrganisationEntry | None]) -> None:
    """Links a bare head noun to the one fuller name of the text that has it, else to the body that `known` gives."""
    by_word: dict[str, dict[str, Mention]] = {}
    for mention in mentions:
        name = _value(mention).name
        if " " in name:
            for word in name.split(" "):
                by_word.setdefault(word, {}).setdefault(name, mention)
    for mention in mentions:
        word = _value(mention).name
        if mention.kb_id is not None or not mention.rule.startswith("head:") or " " in word:
            continue
        fuller = by_word.get(word, {})
        if len(fuller) == 1:
            mention.same_as = next(iter(fuller.values())).head
        elif not fuller and (entry := known(word)) is not None:
            mention.value, mention.kb_id = value_of(entry), entry.kb_id


# Nouns that are too common to be a short name; `policy_references` reads them as nominal mentions.
_COMMON = frozenset(
    {"Universität", "Hochschule", "Institut", "Verband", "Verein", "Gesellschaft", "Landesamt", "Behörde", "Zentrum", "Amt",
     "Polizei", "Gewerkschaft", "Stiftung", "Akademie", "Ausschuss", "Agentur", "Vereinigung", "Landschaftsverband",
     "Bundesamt"}
)  # fmt: skip


def short_forms(mentions: list[Mention], text: str, bare: list[tuple[int, int, int]]) -> list[Mention]:
    """Head nouns alone that mean the only body of the text whose name begins with them: "die Sparkasse" after "Sparkasse Unna".

    `bare` holds the offset of each noun, where it ends, and where its word ends.
    """
    if not bare:
        return []
    bodies: dict[str, dict[str, Mention]] = {}
    for mention in mentions:
        name = _value(mention).name
        word, _, rest = name.partition(" ")
        if rest:
            bodies.setdefault(word, {}).setdefault(mention.kb_id or name, mention)
    found = []
    for begin, noun_end, end in bare:
        word = text[begin:noun_end]
        fuller = bodies.get(word, {})
        if len(fuller) != 1 or word in _COMMON or any(m.start < end and begin < m.end for m in mentions):
            continue
        head = next(iter(fuller.values())).head
        found.append(
            Mention(begin, end, "organisation", head.value, kb_id=head.kb_id, confidence=0.85, rule="short", same_as=head)
        )
    return found


def with_abbreviations(mentions: list[Mention], text: str, places: Container[int]) -> list[Mention]:
    """Adds the abbreviations that brackets introduce after a name, and their later mentions."""
    aliases: dict[str, Mention] = {}
    starts = {m.start: m for m in mentions}
    for mention in mentions:
        match = _BRACKETS.match(text, mention.end)
        if match is None:
            continue
        short = match[1]
        inside = starts.get(match.start(1))
        if inside is not None and inside.kb_id is not None and inside.end == match.end(1):
            # "Landesverband Rheinland (LVR)": the abbreviation says which body is meant.
            if mention.kb_id is None and _initials_fit(short, _value(mention).name):
                mention.value, mention.kb_id = inside.value, inside.kb_id
            elif mention.kb_id is not None and _value(mention).abbreviation == short:
                # "Bundesministerium für Wirtschaft und Technologie (BMWi)": the full name says which of several.
                for other in mentions:
                    if other.kb_id == inside.kb_id and other.end - other.start == len(short):
                        other.value, other.kb_id = mention.value, mention.kb_id
            continue
        if (len(_CAPITALS.findall(short)) < 2 and not short.islower()) or not _initials_fit(
            short, text[mention.start : mention.end]
        ):
            continue
        if match.start(1) in places or short in aliases:
            continue
        _abbreviate(mentions, mention, short)
        aliases[short] = mention
    taken = [(m.start, m.end) for m in mentions]
    later = [
        Mention(m.start(), m.end(), "organisation", head.value, kb_id=head.kb_id, rule="abbreviation", same_as=head)
        for short, head in aliases.items()
        for m in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w)", text)
        if m.start() >= head.end and not any(start < m.end() and m.start() < end for start, end in taken)
    ]
    return sorted([*mentions, *later], key=lambda m: m.start) if later else mentions


def _abbreviate(mentions: list[Mention], named: Mention, short: str) -> None:
    """Writes the abbreviation into the values of a body that has none."""
    value = _value(named)
    if value.abbreviation is None:
        abbreviated = value.model_copy(update={"abbreviation": short})
        for mention in mentions:
            if mention.kb_id == named.kb_id and _value(mention).name == value.name:
                mention.value = abbreviated


def _initials_fit(short: str, name: str) -> bool:
    """True where the letters of the abbreviation follow each other in the name, its first one at the start of a word.

    Example:
        >>> _initials_fit("LVR", "Landesverband Rheinland"), _initials_fit("NRW", "Landesverband Rheinland")
        (True, False)
    """
    letters = [c for c in short.casefold() if c.isalpha()]
    folded = name.casefold()
    first = re.search(rf"(?:^|[\s-]){re.escape(letters[0])}", folded) if letters else None
    if first is None:
        return False
    position = first.end()
    for letter in letters[1:]:
        position = folded.find(letter, position) + 1
        if not position:
            return False
    return True
