"""Places that no table lists, where the words around say what they are: "Ortsteil Giesendorf", "Rosolini (Italien)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from policy_ie.components.territories.sites import Site
from policy_ie.knowledge import TerritoryEntry
from policy_ie.knowledge.names import NameTables

__all__ = ["unlisted"]

_NAME = r"[A-ZÄÖÜ][\w’']+(?:-[A-ZÄÖÜ][\w’']+)*"
_FIRST = r"(?:(?:Bad|Groß|Klein|Alt|Neu|Hohen|Ober|Unter|Nieder|St\.|Sankt)[ -])?"
#: Words that open a part of a municipality; searched for one by one, which is faster than a pattern over the whole text.
_PART_WORDS = ("rtsteil", "tadtteil", "rtschaft", "OT ")
_PART = re.compile(rf"(?:(?:Orts?|Stadt)teil(?:e?s|(?P<many>en?))?|Ortschaft(?P<all>en)?|OT) (?P<name>{_FIRST}{_NAME})")
#: "Kraatz, Ortsteil der Stadt Arendsee"
_NAMED_PART = re.compile(
    rf"(?P<name>{_FIRST}{_NAME})(?:, | \(|, ein )(?:(?:Orts?|Stadt)teil|OT) (?:der|des|von|in) (?:Stadt |Gemeinde |Marktes )?$"
)
_NEXT = re.compile(rf"(?:, | und | sowie )(?P<name>{_FIRST}{_NAME})")
#: Behind the name: the municipality that it belongs to.
_OF = re.compile(
    r"(?: \(|, | in | von | bei )(?:der )?(?:Stadt |Gemeinde )?$| (?:der|des) (?:\w*[Ss]tadt|Gemeinde|Marktes|Fleckens) $"
)
#: Words in front of a foreign place in brackets or with its type word.
_NO_PLACE = r"(?!(?:D(?:er|ie|as|en|em|es)|Eine?[rnms]?|Im|Am|Zu[mr]|Für|Mit|Bei|Auch|Als|Partner\w+|Stadt)[ ])"
_ABROAD = re.compile(
    rf"(?:^|[\s,;–(])(?:(?P<lead>aus|nach|in|In|und|bei|mit|Partnerstadt|Partnerstädte|Partnergemeinden?|Stadt|Gemeinde|Region"
    rf"|Bürgermeister von)[ ])?{_NO_PLACE}(?P<name>(?:{_NAME})(?:[ -](?:[a-z]{{2,4}}[ -])?{_NAME}){{0,2}})(?P<gap> \(| in |/)$"
)
_TYPED = frozenset(
    {"Partnerstadt", "Partnerstädte", "Partnergemeinde", "Partnergemeinden", "Stadt", "Gemeinde", "Bürgermeister von"}
)


def unlisted(
    text: str, sites: Sequence[Site], seen: Sequence[Site], names: NameTables, known: Callable[[str], bool]
) -> list[Site]:
    """Sites of places that no table lists.

    Args:
        text: the text.
        sites: the sites that mean a territory, in order.
        seen: all sites, with adjectives that are no mention of their own.
        names: names of persons.
        known: whether the knowledge base has a name.
    """
    found = [
        *_named_parts(text, sites),
        *_parts(text, sites, {s.end: s for s in seen if s.form == "adjective"}, known),
        *_abroad(text, sites, names, known),
    ]
    if not found:
        return []
    taken = [(s.start, s.end) for s in sites]
    return [
        Site(match.start(), match.end(), name, (), "name", place=2.0, choice=first.choice, margin=1.0)
        for name, first in {s.surface: s for s in reversed(found)}.items()
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
        if not any(a < match.end() and match.start() < b for a, b in taken)
    ]


def _parts(text: str, sites: Sequence[Site], adjectives: dict[int, Site], known: Callable[[str], bool]) -> list[Site]:
    """Parts of a municipality, where the text says of which."""
    found = []
    starts = [s.start for s in sites]
    for word in _PART_WORDS:
        at = text.find(word)
        while at >= 0:
            begin = at - (0 if word == "OT " else 1)
            at = text.find(word, at + 1)
            if begin and (text[begin - 1].isalnum() or text[begin - 1] == "-"):
                continue
            match = _PART.match(text, begin)
            many = match is not None and (match["many"] or match["all"])
            while match is not None:
                start, end = match.span("name")
                i = bisect_left(starts, start)
                if (i < len(sites) and sites[i].start == start) or known(match["name"]):
                    break
                adjective = adjectives.get(begin - 1)
                parent = adjective.choice if adjective and _is_town(adjective) else _parent(text, sites, i, begin, end)
                if parent is None:
                    break
                key = parent.successor_ags or parent.ags
                entry = TerritoryEntry(
                    kb_id="", name=match["name"], level="locality", ags=key, state=parent.state, parent=parent.kb_id
                )
                found.append(Site(start, end, match["name"], (entry,), "name", place=3.0, choice=entry, margin=1.0))
                match = _NEXT.match(text, end) if many else None
    return found


def _named_parts(text: str, sites: Sequence[Site]) -> list[Site]:
    """Parts of a municipality that stand before it: "Kraatz, Ortsteil der Stadt Arendsee"."""
    found = []
    for site in sites:
        if not _is_town(site) or "teil " not in text[max(0, site.start - 24) : site.start]:
            continue
        match = _NAMED_PART.search(text, max(0, site.start - 70), site.start)
        parent = site.choice
        if match is None or parent is None:
            continue
        key = parent.successor_ags or parent.ags
        entry = TerritoryEntry(kb_id="", name=match["name"], level="locality", ags=key, state=parent.state, parent=parent.kb_id)
        found.append(Site(*match.span("name"), match["name"], (entry,), "name", place=3.0, choice=entry, margin=1.0))
    return found


def _parent(text: str, sites: Sequence[Site], i: int, begin: int, end: int) -> TerritoryEntry | None:
    """The municipality before the name ("Pritzwalker Ortsteil"), or behind it, or the only one of the text."""
    before, after = (sites[i - 1] if i else None), (sites[i] if i < len(sites) else None)
    if before is not None and text[before.end : begin] in (" ", ", ", " (", "/", "-") and _is_town(before):
        return before.choice
    if after is not None and after.start - end < 30 and _OF.fullmatch(text[end : after.start]) and _is_town(after):
        return after.choice
    towns = {s.choice.kb_id: s.choice for s in sites if _is_town(s) and s.choice is not None}
    return next(iter(towns.values())) if len(towns) == 1 else None


def _is_town(site: Site) -> bool:
    return site.choice is not None and site.choice.level == "municipality" and (site.choice.state or "").startswith("DE-")


def _abroad(text: str, sites: Sequence[Site], names: NameTables, known: Callable[[str], bool]) -> list[Site]:
    """Places abroad with their country behind them: "Rosolini (Italien)", "Partnergemeinde Praszka in Polen"."""
    found: list[Site] = []
    for i, site in enumerate(sites):
        country = site.choice
        if country is None or country.level != "country" or country.kb_id == "country:DE" or site.form != "name":
            continue
        floor = max(sites[i - 1].end if i else 0, site.start - 60)
        match = _ABROAD.search(text[floor : site.start])
        if match is None or (match["gap"] == " (") != (text[site.end : site.end + 1] == ")"):
            continue
        name, lead = match["name"], match["lead"]
        start = floor + match.start("name")
        opens = start == 0 or text[start - 1] == "\n" or text[start - 2 : start] in (", ", "– ")
        if not (lead in _TYPED if match["gap"] == " in " else lead or opens):
            continue
        words = re.split(r"[ -]", name)
        if known(name) or words[0] in names.given or (len(words) > 1 and words[-1] in names.surnames):
            continue
        entry = TerritoryEntry(kb_id="", name=name, level="municipality", state=country.state, parent=country.kb_id)
        found.append(Site(start, start + len(name), name, (entry,), "name", place=2.0, choice=entry, margin=1.0))
    return found
