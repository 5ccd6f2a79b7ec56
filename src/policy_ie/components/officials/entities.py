"""Persons by the PER entities of a base pipeline: names that no rule has found, and evidence for those that lack it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from policy_ie.components.officials.patterns import DETERMINER_BEFORE
from policy_ie.components.officials.persons import WORD, PersonName, is_given, is_surname, is_weak, noun_like, parse_name

if TYPE_CHECKING:
    from policy_ie.components.officials.relations import Found
    from policy_ie.components.officials.scan import Scan

__all__ = ["read_entities"]

#: Beside a surname that nobody introduces: words of saying, and the colon of a headline.
_SAYS = (
    "sagte?|erklärte?|betonte?|ergänzte?|lobte?|forderte?|mahnte?|warnte?|unterstrich|unterstreicht|bekräftigte?|berichtete?|"
    "verkündete?|erläuterte?|kritisierte?|resümierte?|freute? sich|dankte?"
)
_SAYS_BEFORE = re.compile(rf"\b(?:{_SAYS}|so|[Ll]aut|[Nn]ach den Worten von|[Nn]ach Angaben von)[ \xa0\n]$")
_SAYS_AFTER = re.compile(rf"[ \xa0\n](?:{_SAYS}|verwies|verweist|würdigte?|begrüßte?|hob|hebt|appellierte?)\b")
#: After words that are the name of something else: a street, a prize, a firm.
_NOT_NAMED = re.compile(r"-|[ \xa0](?:[A-ZÄÖÜ]|&|GmbH|e\.)")
#: No name is longer, in characters.
_LONGEST = 100
_HEADLINE = re.compile(r":[ \xa0][„»“\"]?[A-ZÄÖÜ\d]")


def read_entities(scan: Scan) -> None:
    """Adds persons to the scan, and marks as sure the names that the base pipeline calls persons too."""
    text = scan.text
    for ent in scan.layer.doc.ents:
        if ent.label_ not in ("PER", "PERSON"):
            continue
        start, end = ent.start_char, ent.end_char
        if any(a <= start < b for a, b in scan.skipped):
            continue
        within = _names_within(scan, start, end)
        if len(within) == 1 and (within[0].name.start, within[0].name.end) == (start, end):
            _agree(scan, within[0])
            continue
        if any(p.honorific or p.name.given or p.name.end > end for p in within):
            continue
        if text[start:end].isupper() or "\n" in text[start:end] or text.startswith("St.", start):  # churches
            continue
        name = parse_name(text, start, titled=True)
        if name is None or name.end != end:
            name = _plain_name(text, start, end)
        if name is None:
            continue
        if _is_plausible(scan, name) if name.given else len(ent) == 1 and _speaks(scan, name):
            for person in within:  # "Thomas" of "Rodney Thomas"
                scan.drop(person)
            scan.keep(name, None).trust("base")


def _plain_name(text: str, start: int, end: int) -> PersonName | None:
    """A given name and a word that is no name elsewhere: "Felix Dort"."""
    given, _, family = text[start:end].partition(" ")
    if not WORD.fullmatch(family) or not is_given(given) or is_weak(given) or _NOT_NAMED.match(text, end):
        return None
    return PersonName(start, end, given, family, "", True)


def _names_within(scan: Scan, start: int, end: int) -> list[Found]:
    """Names found before that share characters with [start, end)."""
    first = bisect_left(scan.spans, (start - _LONGEST,))
    near = scan.spans[first : bisect_left(scan.spans, (end,))]
    return [p for s, e in near if e > start and (p := scan.by_start.get(s)) is not None]


def _agree(scan: Scan, person: Found) -> None:
    """Two readers see the same name: that makes up for a given name that is a word too, and for a missing one."""
    if _is_plausible(scan, person.name) if person.name.given else person.name.family in scan.families:
        person.sure = True


def _is_plausible(scan: Scan, name: PersonName) -> bool:
    """False for "Voller Stolz", and for unknown words with an article or in the name of an organisation: "Danish Crown"."""
    first, last = name.given.split(" ", 1)[0], name.family.rsplit(" ", 1)[-1]
    if noun_like(first) and not is_given(first):
        return False
    if is_given(first) or is_surname(last):
        return True
    text = scan.text
    words = text[name.start : name.end]
    return DETERMINER_BEFORE.search(text[max(0, name.start - 8) : name.start]) is None and not any(
        m.kind == "organisation" and words in text[m.start : m.end] for m in scan.places.mentions
    )


def _speaks(scan: Scan, name: PersonName) -> bool:
    """True for a surname alone that says something, or stands before the colon of a headline."""
    text = scan.text
    if noun_like(name.family) or scan.places.at(name.start) is not None:
        return False
    if text[name.start - 1 : name.start] in ("", "\n"):
        return _HEADLINE.match(text, name.end) is not None or _SAYS_AFTER.match(text, name.end) is not None
    return _SAYS_BEFORE.search(text, max(0, name.start - 24), name.start) is not None or (
        _SAYS_AFTER.match(text, name.end) is not None
    )
