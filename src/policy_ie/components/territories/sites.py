"""Places in the text where a name of a territory stands, and what the words around it say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast

from policy_ie.components.territories.cues import Cues, TypeWord
from policy_ie.knowledge import KnowledgeBase, NameHit, OrganisationEntry, TerritoryEntry
from policy_ie.knowledge.names import NameTables

__all__ = ["Site", "sites_of"]

_PUBLIC = frozenset(("ministry", "government", "parliament", "authority", "court", "municipal_body"))
_QUALIFIER = re.compile(r"\s?\((?:Kreis |Landkreis |LK |Kr\. )?([A-ZÄÖÜ][\w.\- ]{1,30})\)|,? (?:im|in|aus) (?:Landkreis |Kreis )?(?=[A-ZÄÖÜ])|, (?:Landkreis|Kreis) (?=[A-ZÄÖÜ])")
_DATELINE = re.compile(r"(?:,| ?[–-])?(?: den)? ?\(?\d{1,2}\. ?(?:\d|[A-ZÄÖÜ][a-zä])|,? (?:im )?(?:[A-Z][a-zä]+ )?(?:19|20)\d\d\b|\.? ?[–—-] |: |\.? ?\((?:ots|dpa|pm|dpa/[a-z]+|[a-zA-Z]{2,6})\)|\. [A-ZÄÖÜ„\"]")
_CAPITAL = re.compile(r"(?:-| )(von|van|zu|zum|[A-ZÄÖÜ][a-zäöüß]+)(?!\w)")
_HYPHENATED = re.compile(r"-([A-ZÄÖÜ]?[\w-]+)")
_GAP = re.compile(
    r"\s*(?:\([^()\n]{2,40}\))?\s*(?:,|und|sowie|oder|bzw\.|/|&|;|bis|nach|–|\||, sowie|, und)?\s*(?:und|auch|sowie)?\s*"
    r"(?:(?:in|aus|von|der|die|den|dem|des)\s+){0,2}(?P<type>(?:[\w-]*[sS]tadt|Städten?|Gemeinden?|(?:Land)?[kK]reis(?:e[ns]?)?|Land(?:es)?|Freistaat(?:e?s)?)\s+)?"
)
_LINES = re.compile(r"\s*[\n\t][\s•·*–\-o]*")
_ADJECTIVE = re.compile(r"(?!\w+(?:te|ten)$|erhalten|bekommen|fördern|haben|werden|können|sollen|sowie)[a-zäöüß]{3,}e[nrsm]?$|(?:gut|letzt|bunt|erst|nächst)en?$")
# Territories that stand with the article: der Märkische Kreis, die Schweiz, die Oberpfalz.
_ARTICLE_LEVELS = frozenset(("country", "state", "region", "district"))
_ARTICLE_PEOPLE = frozenset(("Hessen", "Sachsen", "Bayern", "Polen", "Schwaben", "Westfalen", "Franken", "Thüringer"))


_KREIS = re.compile(r"[kK]reis(?:es)?$")


@dataclass(slots=True, eq=False)
class Site:
    """A name in the text with its evidence.

    Attributes:
        start, end: span, with the type word where that belongs to it.
        name_start: where the name itself begins.
        surface: the name as in the knowledge base.
        entries: territories that bear it.
        form: name, genitive or adjective.
        type: type word before it, or before the head of its list.
        place: how sure the words around say that a place is meant; below 0 where they speak against it.
        person: true where they make it a person's name.
        dateline: true at the head of a line, before a date or colon.
        preposition: the word before it.
        qualifier: offset where words that locate it begin.
        nested: true inside an organisation's name.
        chain: number of the list that it stands in.
    """

    start: int
    end: int
    name_start: int
    surface: str
    entries: tuple[TerritoryEntry, ...]
    form: str
    type: TypeWord | None = None
    type_word: str = ""
    place: float = 0.0
    person: bool = False
    absorbed: bool = False
    dateline: bool = False
    preposition: str = ""
    qualifier: str = ""
    nested: bool = False
    chain: int = -1
    compound: Site | None = None
    choice: TerritoryEntry | None = None
    margin: float = 0.0
    scores: dict[str, float] = field(default_factory=dict)


def _territories(hit: NameHit) -> tuple[TerritoryEntry, ...]:
    entries = hit.entries
    if all(entry.kind == "territory" for entry in entries):
        return cast("tuple[TerritoryEntry, ...]", entries)
    return tuple(entry for entry in entries if isinstance(entry, TerritoryEntry) and entry.kb_id != "country:EU")


def _nested(hit: NameHit, kb: KnowledgeBase, cues: Cues) -> list[NameHit]:
    """Territories inside the name of a public body: those in its genitive, and the Land."""
    entry = hit.entries[0]
    if not isinstance(entry, OrganisationEntry) or entry.org_type not in _PUBLIC or " " not in hit.surface:
        return []
    skip = hit.surface.index(" ") + 1
    found = []
    for inner in kb.hits(hit.surface[skip:]):
        if inner.form == "adjective":
            continue
        before = hit.surface[: skip + inner.start].split()[-1]
        entries = _territories(inner)
        type_word = cues.types.get(before)
        if type_word is None:
            entries = tuple(e for e in entries if e.level == "state")
        if entries:
            start = hit.start + skip + inner.start
            found.append(NameHit(start, start + inner.end - inner.start, inner.surface, entries, inner.form))
    return found


def sites_of(text: str, hits: list[NameHit], kb: KnowledgeBase, cues: Cues, names: NameTables) -> list[Site]:
    """Sites in order of the text, with chains (lists of names) numbered."""
    sites: list[Site] = []
    previous: Site | None = None
    chain = -1
    for hit in hits:
        entries = _territories(hit)
        if not entries:
            if len(hit.surface) > 8 and hit.entries[0].kind == "organisation":
                for inner in _nested(hit, kb, cues):
                    site = Site(inner.start, inner.end, inner.start, inner.surface, _territories(inner), inner.form, nested=True)
                    site.place = 3.0
                    sites.append(site)
            continue
        site = Site(hit.start, hit.end, hit.start, _base(hit), entries, hit.form)
        if not _look(site, text, cues, names, previous):
            continue
        if previous is not None and site.form != "adjective" and previous.form != "adjective" and not previous.nested:
            gap = text[previous.end : site.start]
            if len(gap) < 60:
                match = _GAP.fullmatch(gap)
                line = match is None and _LINES.fullmatch(gap)
                if (match and gap.strip()) or line:
                    if previous.chain < 0:
                        chain += 1
                        previous.chain = chain
                    site.chain = previous.chain
                    if site.type is None and previous.type is not None and previous.type.plural and match and not match["type"]:
                        site.type, site.type_word = previous.type, previous.type_word
                        site.place += 2.0
        sites.append(site)
        previous = site
    return sites


def _base(hit: NameHit) -> str:
    """The name without its ending."""
    if hit.form == "genitive":
        for cut in (1, 2):
            if any(hit.surface[:-cut] in entry.names for entry in hit.entries):
                return hit.surface[:-cut]
    return hit.surface


def _look(site: Site, text: str, cues: Cues, names: NameTables, previous: Site | None) -> bool:
    """Fills in the evidence of a site; false where no territory is meant for certain."""
    start, end = site.start, site.end
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before in "@._#/\\=" and start > 1 and text[start - 2].isalnum() and before != "/":
        return False
    if after in "@_=" or (after in "./" and text[end + 1 : end + 2].isalpha() and after == "."):
        return False
    right = text[end : end + 48]
    if site.form == "adjective":
        return _look_at_adjective(site, text, right, cues)
    compound = None
    if before == "-":
        if previous is not None and previous.end == start - 1 and not previous.nested:
            compound = previous
        else:
            return False
    if after == "-":
        match = _HYPHENATED.match(text, end)
        if match and match[1][0].isupper() and site.surface in names.surnames and site.entries[0].level not in ("state", "country"):
            site.person = match[1] in names.surnames
        if match and (site.surface in cues.words or site.entries[0].kb_id.startswith("city:")):
            return False  # "Bologna-Prozess"
    left = text[max(0, start - 64) : start]
    line_start = left.rpartition("\n")
    if not left.strip() or (line_start[1] and not line_start[2].strip(" \t\"„“»–-•*·")):
        site.dateline = bool(_DATELINE.match(text, end))
        if site.dateline:
            site.place += 2.0
    tokens = left.split()
    if left.endswith("\n\n") or "\n\n" in left[-4:] or not tokens:
        tokens = []
    last = tokens[-1].lstrip("(„\"»‚'[") if tokens else ""
    second = tokens[-2].lstrip("(„\"»‚'[") if len(tokens) > 1 else ""
    spaced = before.isspace()
    if compound is not None:
        site.compound = compound
        site.place += 2.0
        return True
    if not spaced:
        last = ""
    site.preposition = last
    type_word = cues.types.get(last)
    if type_word is None and last.endswith(("stadt", "Stadt")) and last[:1].isupper():
        type_word = cues.types["Stadt"]
    if type_word is not None and _fits(type_word, site):
        site.type, site.type_word = type_word, last
        site.place += 3.0
        if type_word.extend and any(e.level == type_word.level or type_word.level == "district" for e in site.entries):
            site.start = start - len(left) + left.rindex(last)
    elif last in cues.before:
        site.place += cues.before[last]
        if last in ("von", "Von") and cues.of.search(second):
            site.place += 2.5
        elif last == "von" and (second in names.given and second not in names.weak or cues.title.search(second)):
            site.person = True
    elif last.isdigit() and len(last) == 5:
        site.place += 3.0
    elif last in cues.absorb or (second in ("1.", "FC", "SV", "SC") and last[:1].isupper()):
        site.absorbed = True
    elif all(e.level in _ARTICLE_LEVELS for e in site.entries):
        if site.surface in _ARTICLE_PEOPLE and last.lower() in ("die", "den", "viele", "alle") and site.form == "name":
            return False
    elif last.lower() in cues.determiners:
        site.place -= 2.0 if last.lower() not in ("mit", "als", "zu") else 1.0
    elif last:
        first = last.partition("-")[0]
        if (first in names.given and first not in names.weak) or (cues.title.search(last) and not right.startswith("-")):
            site.person = True
        elif last[0].isupper() and len(last) == 2 and last[1] == "." and last != "z.":
            site.person = second in names.given or second in ("Dr.", "Herr", "Frau")
        elif _ADJECTIVE.match(last):
            site.place -= 1.0
    if site.person and site.form == "genitive" and site.surface not in names.surnames:
        site.person = False  # "Ministerpräsident Bayerns"
    if before in "„\"»‚" and site.place == 0:
        site.place -= 0.5
    follow = _CAPITAL.match(right)
    if follow is not None and site.form == "name" and after == " " and site.type is None:
        word = follow[1]
        if site.surface in names.given and (word in names.surnames or word in ("von", "van") or site.surface in cues.words):
            site.person = True
        elif site.surface in names.surnames and word in names.given:
            pass
    if after == "(" or right.startswith((" (", ", ", " im ", " in ", " aus ")):
        match = _QUALIFIER.match(right)
        if match is not None:
            site.qualifier = match[1] or text[end + match.end() : end + match.end() + 40]
    if cues.absorb_after.match(right):
        site.absorbed = True
    if right[:1] == " " and right[1:2].isdigit() and last in ("in", "In"):
        site.place -= 1.0
    if cues.street.match(right) and after in "- " and site.surface in cues.words | names.surnames:
        return False
    if any(c in site.surface for c in " (/") or (len(site.entries) == 1 and site.entries[0].level == "district" and _KREIS.search(site.surface)):
        site.place += 3.0
    return not site.absorbed


def _fits(type_word: TypeWord, site: Site) -> bool:
    """True where the type word can belong to the name."""
    level = type_word.level
    levels = {entry.level for entry in site.entries}
    if level == "region":
        return bool(levels & {"region", "locality"})
    if level == "locality":
        return bool(levels & {"locality", "municipality"})
    if level == "municipality":
        return bool(levels & {"municipality", "locality"})
    return level in levels


def _look_at_adjective(site: Site, text: str, right: str, cues: Cues) -> bool:
    surface = site.surface
    if surface in cues.not_adjectives or cues.street.match(right) or cues.adjective_after.match(right):
        return False
    if cues.absorb_after.match(right):
        return False
    return right[:1] in " \n\u00a0-" and right[1:2].isalpha() if surface[-1] == "r" else True
