"""Short forms of names: surnames of persons introduced with more, abbreviations introduced in brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from policy_ie.components.base import Mention, PolicyLayer
from policy_ie.knowledge.names import name_tables
from policy_ie.records import OrganisationValue, PersonValue, ProgrammeValue

__all__ = ["abbreviation_mentions", "surname_mentions"]

#: A bracket behind a name: "(LVR)", "(kurz: KeKiz)".
_BRACKET = re.compile(
    r"[“\"”»«’']?[ \xa0]\((?:kurz:? )?[„\"»]?"
    r"((?=[\w.-]*[A-ZÄÖÜ][\w.-]*[A-ZÄÖÜ])[A-ZÄÖÜ][\w-]{1,11})[“\"«]?\)"
)
_WORD = re.compile(r"[\w’'-]+")
#: Up to so many names are searched for one by one.
_FEW = 12
#: Words before a surname that make it a common noun, a firm or a place.
_NO_SURNAME_BEFORE = re.compile(
    r"(?:\b(?:[Dd](?:as|ie|er|en|em|es)|[Ee]ine?[rnms]?|[Kk]eine?[rnms]?|[Ii]m|[Zz]u[mr]|[Aa]m|[Vv]om|[Bb]eim|[Ii]hre?[rnms]?|"
    r"[Ss]eine?[rnms]?|[Uu]nsere?[rnms]?|[Jj]ede[rnms]?|[Dd]iese[rnms]?|viel|mehr|[Ff]irma|Fa\.|[Ff]amilie|[Ee]heleute|\w*haus|"
    r"[Gg]asthof|[Bb]äckerei|[Mm]etzgerei|Hotel|Unternehmen|Spedition|Straße|Landkreis|Kreis|Stadt|Gemeinde|"
    r"[a-zäöüß]{2,}(?:e[nrsm]|er|es))|-)[ \xa0]?$"
)
#: A relative pronoun before a surname: "die Ausstellung, die Muster eröffnete".
_RELATIVE_BEFORE = re.compile(
    r"[A-ZÄÖÜ][\w-]*[“\"«]?,[ \xa0](?:(?:in|mit|an|bei|von|zu|auf|für)[ \xa0])?(?:der|die|das|dem|den)[ \xa0]$"
)
#: What makes a surname that is a word too a name: a verb of saying or acting after it, or a formula of saying before it.
_SAYS_AFTER = re.compile(
    r"[ \xa0](?:sag|erklär|beton|berichte|teil|äußer|lob|freu|dank|mahn|warn|forder|ergänz|unterst|wies|weist|verwies|verweist|"
    r"kündig|nann|nenn|zeig|begrüß|würdig|hob|hebt|stell|überg|überreich|eröffne|besuch|will|hat|hatte|ist|war|wird|kann|sieht|"
    r"sah|plädier|kritisier|resüm|appell|führ|und|so|abschließend|weiter)\w*|[,:.“]"
)
_SAYS_BEFORE = re.compile(
    r"(?:\b(?:so|sagte?|erklärte?|betonte?|ergänzte?|unterstrich|lobte?|freute? sich|dankte?|forderte?|mahnte?|warnte?|"
    r"bekräftigte?|hob|und|laut|von|an|mit|für)[ \xa0]|[“\"],?[ \xa0]|[“\"],[ \xa0][a-zäöüß]+[ \xa0])$"
)


@cache
def _words() -> frozenset[str]:
    """Surnames that are words too: "Koch", "Kraft", "Link"."""
    text = files("policy_ie.components.references").joinpath("word_surnames.txt").read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def _occurrences(text: str, names: Collection[str]) -> dict[str, list[int]]:
    """Offsets at which the text holds each of the names, in other words too."""
    found: dict[str, list[int]] = {name: [] for name in names}
    if len(found) <= _FEW:  # a search for each is faster than looking at every word
        for name, offsets in found.items():
            at = text.find(name)
            while at >= 0:
                offsets.append(at)
                at = text.find(name, at + len(name))
        return found
    by_first: dict[str, list[str]] = {}
    for name in names:
        by_first.setdefault(name.split(" ", 1)[0], []).append(name)
    for m in _WORD.finditer(text):
        word = m[0]
        for first in {word, word[:-1]}:  # with the s of a genitive
            for name in by_first.get(first, ()):
                if text.startswith(name, m.start()):
                    found[name].append(m.start())
    return found


def _bounded(text: str, start: int, end: int) -> bool:
    """True where no letter, digit or hyphen joins the words to others."""
    before, after = text[start - 1 : start], text[end : end + 1]
    joined = before.isalnum() or after.isalnum() or (before != "" and before in "-_@") or (after != "" and after in "-_@")
    return not joined


class _Taken:
    """Stretches that mentions hold already; overlapping ones are joined."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._spans: list[list[int]] = []
        for start, end in sorted((m.start, m.end) for m in mentions):
            if self._spans and start < self._spans[-1][1]:
                self._spans[-1][1] = max(self._spans[-1][1], end)
            else:
                self._spans.append([start, end])

    def holds(self, start: int, end: int) -> bool:
        """True where a mention shares a character with [start, end)."""
        i = bisect_left(self._spans, [end])
        return i > 0 and self._spans[i - 1][1] > start


def surname_mentions(layer: PolicyLayer) -> list[Mention]:
    """Named mentions of persons by surname alone, where one person of the text has it."""
    heads: dict[str, list[Mention]] = {}
    for mention in layer.mentions:
        if mention.kind in ("official", "person") and mention.same_as is None and not mention.nominal:
            value = mention.value
            if isinstance(value, PersonValue):
                heads.setdefault(value.family_name, []).append(mention)
    if not heads:
        return []
    text = layer.text
    skipped = [(s.start, s.end) for s in layer.sections or () if s.kind in ("boilerplate", "duplicate")]
    taken = _Taken([m for m in layer.mentions if m.kind in ("official", "person", "organisation", "programme")])
    places = {(m.start, m.end): m for m in layer.mentions if m.kind == "territory"}
    named_places = _Taken(list(places.values()))
    found: list[Mention] = []
    gone: list[Mention] = []
    occurrences = _occurrences(text, heads)
    for family, persons in heads.items():
        if len(family) < 3:
            continue
        wordy = family in _words() or family in name_tables().given
        for at in occurrences[family]:
            end = at + len(family)
            stop = end + 1 if text[end : end + 1] == "s" and family[-1] not in "sxzß" else end
            if not (_bounded(text, at, end) or _bounded(text, at, stop)):
                continue
            if taken.holds(at, end) or any(a <= at < b for a, b in skipped):
                continue
            if (at, end) not in places and named_places.holds(at, end):
                continue  # "Brandenburg an der Havel"
            before = text[max(0, at - 24) : at]
            if _NO_SURNAME_BEFORE.search(before) and (wordy or not _RELATIVE_BEFORE.search(before)):
                continue
            if (wordy or (at, end) in places) and not (
                _SAYS_BEFORE.search(before) or (_opens(text, at) and _SAYS_AFTER.match(text, stop))
            ):
                continue
            person = _of_same_name(persons, at)
            if person is None:
                continue
            if (at, end) in places:
                gone.append(places[at, end])
            found.append(
                Mention(at, stop, person.kind, person.value, confidence=0.7 if wordy else 0.85, rule="surname", same_as=person)
            )
    layer.discard(gone)
    return sorted(found, key=lambda m: m.start)


def _opens(text: str, at: int) -> bool:
    """True at the begin of a line, a sentence or a clause."""
    return (
        text[max(0, at - 2) : at].strip(" ") in ("", ".", ":", "!", "?", "“", ",", "\n", '"', ".\n", "–")
        or text[at - 1 : at] == "\n"
    )


def _of_same_name(persons: list[Mention], at: int) -> Mention | None:
    """The only person of that surname, or the last one named before; None where several come close."""
    if len(persons) == 1:
        return persons[0]
    before = [p for p in persons if p.start < at]
    return before[0] if len(before) == 1 else None


def abbreviation_mentions(layer: PolicyLayer) -> list[Mention]:
    """Named mentions of organisations and programmes by the abbreviation that the text introduces in brackets."""
    text = layer.text
    introduced: dict[str, Mention] = {}
    known = {(m.start, m.end) for m in layer.mentions if m.kind in ("organisation", "programme", "territory")}
    for mention in layer.of_kind("organisation", "programme"):
        m = _BRACKET.match(text, mention.end)
        if m and not mention.nominal and m[1] not in introduced and _begins_with(text[mention.start : mention.end], m[1][0]):
            introduced[m[1]] = mention
    if not introduced:
        return []
    found: list[Mention] = []
    occurrences = _occurrences(text, introduced)
    taken = {kind: _Taken([m for m in layer.mentions if m.kind == kind]) for kind in ("organisation", "programme")}
    of_head: dict[int, list[Mention]] = {}
    for mention in layer.mentions:
        of_head.setdefault(id(mention.head), []).append(mention)
    for short, mention in introduced.items():
        head = mention.head
        value = head.value
        if isinstance(value, OrganisationValue | ProgrammeValue) and value.abbreviation is None:
            value = value.model_copy(update={"abbreviation": short})
            for same in of_head[id(head)]:
                same.value = value
        for at in occurrences[short]:
            end = at + len(short)
            stop = end + 1 if text[end : end + 1] == "s" else end
            joined = head.kind == "programme" and text[end : end + 1] == "-" and not text[at - 1 : at].isalnum()
            if not (_bounded(text, at, end) or _bounded(text, at, stop) or joined):
                continue
            if (at, end) in known or taken[head.kind].holds(at, end):
                continue
            found.append(
                Mention(at, end, head.kind, head.value, kb_id=head.kb_id, confidence=0.9, rule="abbreviation", same_as=head)
            )
    return sorted(found, key=lambda m: m.start)


def _begins_with(name: str, letter: str) -> bool:
    """True where a word or a part of a compound of the name begins with the letter."""
    return re.search(rf"(?i)(?<![^\W_]){letter}", name) is not None
