"""Places in the text where a name of a territory stands, and what the words around it say."""

from __future__ import annotations

import re
from typing import cast

from policy_ie.components.territories.cues import Cues, TypeWord
from policy_ie.knowledge import KnowledgeBase, NameHit, OrganisationEntry, ProgrammeEntry, TerritoryEntry
from policy_ie.knowledge.names import NameTables

__all__ = ["Site", "sites_of"]

#: Bodies whose name may hold a territory that is meant itself: "Ministerium … des Landes [Nordrhein-Westfalen]".
_PUBLIC = frozenset(("ministry", "government", "parliament", "authority", "court", "municipal_body"))
#: Territories that stand with the article: der Märkische Kreis, die Schweiz, die Oberpfalz.
_ARTICLE_LEVELS = frozenset(("country", "state", "region", "district"))
#: … unless it is the people: "die Hessen", "viele Polen".
_PEOPLE = frozenset(("Hessen", "Sachsen", "Bayern", "Polen", "Schwaben", "Franken", "Schweden"))
_PEOPLE_BEFORE = frozenset(("die", "den", "viele", "vielen", "alle", "allen"))
_OPENING = "(„\"»‚'["

# Behind the name: what locates it ("(Kreis Soest)", "im Landkreis Harz", ", Kreis Unna").
_QUALIFIER = re.compile(
    r"\s?\((?:Kreis |Landkreis |LK |Kr\. )?([A-ZÄÖÜ][\w.\- ]{1,30})\)"
    r"|,? (?:im|in|aus) (?:Landkreis |Kreis )?(?=[A-ZÄÖÜ])"
    r"|, (?:Landkreis|Kreis) (?=[A-ZÄÖÜ])"
)
# Behind a name at the head of a line: a date, a dash, a colon, an agency.
_DATELINE = re.compile(
    r"(?:,| ?[–-])?(?: den)? ?\(?\d{1,2}\. ?(?:\d|[A-ZÄÖÜ][a-zä])"
    r"|,? (?:im )?(?:[A-Z][a-zä]+ )?(?:19|20)\d\d\b"
    r"|\.? ?[–—-] |: |\.? ?\([a-zA-Z/]{2,12}\)|\. [A-ZÄÖÜ„\"]"
)
_DASH_OR_STOP = re.compile(r"\.? ?[–—-] |\. [A-ZÄÖÜ]")
_DATED = re.compile(r",? (?:den )?\d{1,2}\. ?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]+) ?(?:19|20)?\d\d[ ]*(?:\n|$)")
_ITEM = re.compile(r"[ ]*(?:\n|\t|\s{2,}\d|$)")
_NEXT_WORD = re.compile(r" (von|van|[A-ZÄÖÜ][a-zäöüß]+)(?!\w)")
_HYPHENATED = re.compile(r"-([A-ZÄÖÜ]?\w[\w-]*)")
# Between two names of a list; a type word there begins a list of its own.
_GAP = re.compile(
    r"\s*(?:\([^()\n]{2,40}\))?\s*(?:,|und|sowie|oder|bzw\.|/|&|;|bis|nach|–|\|)\s*(?:und|auch|sowie)?\s*"
    r"(?:(?:in|aus|von|der|die|den|dem|des)\s+){0,2}"
    r"(?P<type>(?:[\w-]*[sS]tadt|Städten?|Gemeinden?|(?:Land)?[kK]reis(?:e[ns]?)?|Land(?:es)?|Freistaat(?:e?s)?)\s+)?"
)
_LINE_GAP = re.compile(r"\s*[\n\t][\s•·*–\-o]*")
_LINE_HEAD = re.compile(r"[\s\"„“»–\-•*·]*")
# A word before a noun that looks like an adjective and no verb.
_ADJECTIVE = re.compile(
    r"(?!\w+(?:te|ten)$|erhalten$|bekommen$|fördern$|haben$|werden$|können$|sollen$|sowie$)[a-zäöüß]{3,}e[nrsm]?$"
    r"|(?:gut|letzt|bunt|erst|nächst)en?$"
)
# A person and the bracket or comma behind which the home stands: "Anna Meier ([Garding])", "Anna Meier, [Garding];".
_PERSON_BEFORE = re.compile(r"([A-ZÄÖÜ][\w-]+) (?:([A-ZÄÖÜ][\w.-]+) |von |van )?[A-ZÄÖÜ][\w-]+( \(|, )$")
#: A person's name before the title that a comma sets off: "Anna Meier, Bürgermeisterin [Garding]".
_APPOSED = re.compile(r"[A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ][\w-]+, [A-ZÄÖÜ][\w-]+ $")
#: Before the Kreis of a Landrat: "Landrat Karl Muster ([Soest])".
_NAMED = r" (?:(?:[A-ZÄÖÜ][\w.-]*|von|van|de|der|zu) ){1,5}"
_OF_LANDRAT = re.compile(
    rf"Landr(?:at|ätin|äten?|ätinnen){_NAMED}\($|Landr(?:äten?|ätinnen){_NAMED}\([^()\n]{{3,30}}\)(?:,| und){_NAMED}\($"
)
_HOME_END = re.compile(r" und |[;,)\n]|\.?$|\.\s")
#: What a place has: "Kelheims Landrat".
_OF_PLACE = re.compile(
    r"[ \xa0](?:[a-zäöü]+e[rn]?[ \xa0])?(?:(?:Ober|Alt)?[bB]ürgermeister|Landr[aä]t|OB\b|Rathaus|Stadt|Gemeinde|Ortsteil)"
)
#: Kinds of territories of which the tables lack those dissolved long ago, with what stands before their names.
_UNLISTED = {"district": "Kreis ", "municipal_association": "Verbandsgemeinde "}
#: What is given for a place.
_GRANT = re.compile(r"(?:[bB]escheide?|[zZ]uschuss|[zZ]uschüsse|[mM]ittel|[gG]eld|Euro|[fF]örderung|Millionen)$")
_FLOWS = frozenset(("fließen", "fließt", "flossen", "floss", "gehen", "geht", "gingen", "ging"))
#: Means that a place receives: "Norden erhält zwei Millionen Euro".
_MEANS = re.compile(
    r"\s\w+\s(?:\w+\s){0,2}(?:\d|zwei|drei|eine?n? Million|\w*[fF]ördermittel|\w*[zZ]uschuss|\w*[bB]escheid|Geld|Mittel)"
)
#: Names that are churches too: "St. Peter und Paul".
_SAINTS = ("St. ", "St.", "Sankt ")
#: Communities that are no municipality.
_NO_GEMEINDE = ("kirchengemeinde", "Kirchengemeinde", "pfarrgemeinde", "Pfarrgemeinde", "Religionsgemeinde", "Kultusgemeinde")
_INFLECTED = re.compile(r"e[mnrs]?$")
_KREIS = re.compile(r"[kK]reis(?:es)?$")


class Site:
    """A name in the text with its evidence.

    Attributes:
        start, end: span, with the type word where that belongs to it.
        surface: the name without its ending.
        entries: territories that bear it.
        form: name, genitive or adjective.
        type, type_word: type word before it, or before the head of its list.
        place: how sure the words around are that a place is meant; negative where they speak against it.
        person: true where they make it a person's name.
        dateline: true at the head of a line, before a date, dash or colon.
        before: the word before it.
        qualifier: words behind it that locate it.
        part: word after a hyphen: Waldersee in "Dessau-Waldersee".
        nested: true inside an organisation's name.
        chain, rank: number of the list that it stands in, -1 for none, and its place there.
        whole: the site before a hyphen: Köln in "Köln-Mülheim".
        choice, margin: the entry meant, and by how much it beats the next.
    """

    __slots__ = (
        "before", "chain", "choice", "dateline", "end", "entries", "form", "margin", "nested", "part", "person", "place",
        "qualifier", "rank", "start", "surface", "type", "type_word", "whole",
    )  # fmt: skip

    def __init__(
        self,
        start: int,
        end: int,
        surface: str,
        entries: tuple[TerritoryEntry, ...],
        form: str,
        *,
        place: float = 0.0,
        nested: bool = False,
        choice: TerritoryEntry | None = None,
        margin: float = 0.0,
    ) -> None:
        self.start = start
        self.end = end
        self.surface = surface
        self.entries = entries
        self.form = form
        self.type: TypeWord | None = None
        self.type_word = ""
        self.place = place
        self.person = False
        self.dateline = False
        self.before = ""
        self.qualifier = ""
        self.part = ""
        self.nested = nested
        self.chain = -1
        self.rank = 0
        self.whole: Site | None = None
        self.choice = choice
        self.margin = margin

    def is_word(self, cues: Cues) -> bool:
        """True where the name is an ordinary word, or a saint's that a church bears, too."""
        if self.surface in cues.words:
            return True
        saint = self.surface.startswith(_SAINTS) and "-" not in self.surface
        return saint and all(entry.population < 20_000 for entry in self.entries)

    @property
    def levels(self) -> set[str]:
        """Levels of the entries."""
        return {entry.level for entry in self.entries}


# Authorities that are named after their seat: "Bezirksregierung Detmold".
_SEATED = frozenset({"Bezirksregierung", "Regierungspräsidium", "Regierungspräsidiums", "Landratsamt", "Kreisverwaltung"})


def sites_of(text: str, hits: list[NameHit], kb: KnowledgeBase, cues: Cues, names: NameTables) -> list[Site]:
    """Sites in order of the text, with chains (lists of names) numbered."""
    sites: list[Site] = []
    previous: Site | None = None
    chains = 0
    for hit in hits:
        entries = _territories(hit) if "territory" in hit.kinds else ()
        if not entries:
            sites += _nested(hit, kb, cues)
            continue
        site = Site(hit.start, hit.end, _base(hit), entries, hit.form)
        if site.form == "adjective":
            if _is_adjective(site, text, cues):
                sites.append(site)
            continue
        if not _look(site, text, cues, names, previous):
            continue
        if previous is not None and site.start - previous.end < 60 and _chained(previous, site, text):
            if previous.chain < 0:
                previous.chain = chains
                chains += 1
            site.chain = previous.chain
        sites.append(site)
        previous = site
    return sites


def _territories(hit: NameHit) -> tuple[TerritoryEntry, ...]:
    entries = hit.entries
    for entry in entries:
        if entry.kind != "territory" or entry.kb_id == "country:EU":
            return tuple(e for e in entries if isinstance(e, TerritoryEntry) and e.kb_id != "country:EU")
    return cast("tuple[TerritoryEntry, ...]", entries)


def _base(hit: NameHit) -> str:
    """The name in ordinary letters: "DRESDEN" is Dresden, "NRW" stays; adjectives as they are."""
    if hit.form == "adjective":
        return hit.surface
    return hit.entries[0].name if len(hit.name) > 3 and hit.name.isupper() else hit.name


def _nested(hit: NameHit, kb: KnowledgeBase, cues: Cues) -> list[Site]:
    """Territories inside the name of a public body: those in its genitive, and the Land."""
    entry, surface = hit.entries[0], hit.surface
    if isinstance(entry, ProgrammeEntry):
        if " der " not in surface and " des " not in surface:
            return []  # "Verdienstorden der [Bundesrepublik Deutschland]"
    elif not isinstance(entry, OrganisationEntry) or entry.org_type not in _PUBLIC or " " not in surface:
        return []
    skip = surface.index(" ") + 1
    found = []
    for inner in kb.hits(surface[skip:]):
        entries = _territories(inner)
        if inner.form == "adjective" or not entries:
            continue
        words = surface[: skip + inner.start].split()
        if words[-1] not in cues.types and words[-1] not in _SEATED:
            own = ("state", "region" if words[0] == "Regierung" else "country" if entry.kind == "programme" else "")
            entries = tuple(e for e in entries if e.level in own)
        if entries:
            start = hit.start + skip + inner.start
            found.append(Site(start, start + len(inner.surface), _base(inner), entries, inner.form, place=3.0, nested=True))
    return found


def _chained(previous: Site, site: Site, text: str) -> bool:
    """True where two names stand in one list; the type word of a plural ("die Städte A und B") passes on."""
    gap = text[previous.end : site.start]
    match = _GAP.fullmatch(gap)
    if match is None or not gap.strip():
        return bool(_LINE_GAP.fullmatch(gap))
    if site.type is None and previous.type is not None and previous.type.plural and not match["type"]:
        site.type, site.type_word = previous.type, previous.type_word
        site.place += 2.0
    return True


def _is_adjective(site: Site, text: str, cues: Cues) -> bool:
    """True for an adjective of a place; false in the names of streets, papers, companies."""
    end = site.end
    if site.surface in cues.not_adjectives or cues.street.match(text, end) or cues.adjective_after.match(text, end):
        return False
    if cues.absorb_after.match(text, end):
        return False
    return site.surface[-1] != "r" or (text[end : end + 1] in (" ", "\n", "\u00a0", "-") and text[end + 1 : end + 2].isalpha())


def _look(site: Site, text: str, cues: Cues, names: NameTables, previous: Site | None) -> bool:
    """Fills in the evidence of a site; false where no territory is meant for certain."""
    start, end = site.start, site.end
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before in "@._#=" and start > 1 and text[start - 2].isalnum():
        return False  # part of an address
    if after in "@_=" or (after == "." and text[end + 1 : end + 2].isalpha()):
        return False  # "NRW.Bank"
    if before == "-":
        if previous is None or previous.end != start - 1:
            return False
        site.whole = previous
        site.place += 2.0
        return True
    if after == "-" and not _look_at_compound(site, text, cues, names):
        return False
    surface = site.surface
    if ((" " in surface or "(" in surface or "/" in surface) and not surface.startswith(_SAINTS)) or (
        len(site.entries) == 1 and _KREIS.search(surface)
    ):
        site.place += 3.0
    left = text[max(0, start - 64) : start]
    _look_at_line(site, text, left)
    if not _look_left(site, left, cues, names) or cues.absorb_after.match(text, end):
        return False
    if after == "-" and not site.entries[0].kb_id:
        return False
    _look_right(site, text, names, cues)
    if left.endswith(", ") and site.place == 0.0 and _HOME_END.match(text, end) and _is_home(left, names):
        named = site.surface in names.surnames or site.surface in names.given
        site.place += 0.3 if named else 1.6
    return not (after in "- " and site.surface in cues.words and cues.street.match(text, end))


def _look_at_compound(site: Site, text: str, cues: Cues, names: NameTables) -> bool:
    """A name before a hyphen: "NRW-Initiative", but not "Bologna-Prozess", "Essen-Ausgabe", "Hagen-Müller"."""
    match = _HYPHENATED.match(text, site.end)
    if match is None:
        return True
    if site.surface in cues.words or site.entries[0].kb_id.startswith("city:"):
        return False
    if match[1][0].isupper() and "-" not in match[1]:
        site.part = match[1]
    if site.surface in names.surnames and not site.levels & {"state", "country"}:
        site.person = match[1] in names.surnames
    return True


def _look_at_line(site: Site, text: str, left: str) -> None:
    """Datelines ("Hamburg, 18. Mai 2018"), titles ("Dortmund: …") and items of lists."""
    if left.endswith(", ") and _DATED.match(text, site.end):
        site.dateline = True  # "Bundesministerium für Verkehr, [Berlin], 3. Mai 2019"
        site.place += 2.0
        return
    if not _LINE_HEAD.fullmatch(left[left.rfind("\n") + 1 :]) or ("\n" not in left and len(left) == 64):
        return
    if _DATELINE.match(text, site.end):
        site.dateline = True
        site.place += 2.6 if _DASH_OR_STOP.match(text, site.end) else 2.0
    elif _ITEM.match(text, site.end):
        site.place += 0.5


def _look_left(site: Site, left: str, cues: Cues, names: NameTables) -> bool:
    """Type words, prepositions, articles, titles and given names before the name; false in names of companies and the like."""
    if not left or not left[-1].isspace() or "\n\n" in left[-4:]:
        if left[-1:] == "(":
            site.before = "("
        if left[-1:] == "(" and "district" in site.levels and _OF_LANDRAT.search(left):
            site.entries = tuple(e for e in site.entries if e.level == "district")
            site.place += 3.0
        elif left and left[-1] in _OPENING and site.place == 0:
            site.place += 2.6 if left[-1:] == "(" and _is_home(left, names) else -0.5
        return True
    tokens = left.split()
    if not tokens:
        return True
    last = tokens[-1].lstrip(_OPENING)
    second = tokens[-2].lstrip(_OPENING) if len(tokens) > 1 else ""
    site.before = last
    type_word = cues.types.get(last)
    if type_word is None and last.endswith(("stadt", "gemeinde")) and last[0].isupper() and not last.endswith(_NO_GEMEINDE):
        type_word = cues.types["Stadt"]
    if type_word is not None and site.form == "genitive" and "state" in site.levels and type_word.level != "state":
        site.place += 2.0  # "in den Städten Brandenburgs"
        if type_word.level != "region":
            site.entries = tuple(e for e in site.entries if e.level == "state")
    elif type_word is not None and _fits(type_word, site):
        site.type, site.type_word = type_word, last
        site.place += 3.0
        if type_word.extend and type_word.level in site.levels:
            site.start -= len(left) - left.rindex(last)
    elif type_word is not None and type_word.level in _UNLISTED and (type_word.extend or type_word.plural):
        # A Kreis or association that no table lists is not the town of its name.
        if site.form == "adjective" or site.levels <= {"state", "country"} or site.entries[0].kb_id.startswith("city:"):
            return False
        site.entries = (TerritoryEntry(kb_id="", name=f"{_UNLISTED[type_word.level]}{site.surface}", level=type_word.level),)
        site.type, site.type_word = type_word, last
        site.place += 3.0
        if type_word.extend:
            site.start -= len(left) - left.rindex(last)
    elif last == "wie" and second in cues.types and cues.types[second].plural:
        site.place += 2.5  # "Orte wie Karl"
    elif last in cues.before:
        site.place += cues.before[last]
        if last in ("von", "Von") and cues.of.search(second):
            site.place += 2.5
        elif last == "aus" and len(tokens) > 2 and second[:1].isupper() and _is_given(tokens[-3].lstrip(_OPENING), names):
            site.place += 1.4  # "Eva Muster aus Essen"
        elif last == "um" and second == "und":
            site.place += 2.0  # "in und um Essen"
        elif last == "nach" and second in _FLOWS:
            site.place += 0.6  # "500 Euro fließen nach Norden"
        elif last == "für" and _GRANT.search(second):
            site.place += 0.3
        elif last == "von" and (_is_given(second, names) or cues.title.search(second)):
            site.person = True
    elif last.isdigit() and len(last) == 5:
        site.place += 3.0  # a postal code
    elif last in cues.absorb or cues.absorb_ending.search(last) or (second in cues.absorb_short and last[:1].isupper()):
        return False
    elif site.levels <= _ARTICLE_LEVELS:
        return not (site.surface in _PEOPLE and last.lower() in _PEOPLE_BEFORE and site.form == "name")
    elif last.lower() in cues.determiners:
        if last in ("der", "die") and second in ("an", "entlang", "über") and site.surface not in cues.with_article:
            return False  # "an der Gera": the river
        if last in ("im", "den", "dem", "des") and site.surface in cues.with_article:
            site.place += 1.5  # "im Wedding"
            return True
        site.place -= 1.0 if last.lower() in ("mit", "als", "zu") else 2.0
    elif second.lower() in cues.determiners and last.islower() and _INFLECTED.search(last):
        if site.surface in cues.words or (second == "des" and site.form == "genitive"):
            site.place -= 2.0  # "einen weiten Bogen", "des neuen Spielbergs"
    elif last:
        if _is_given(last, names):
            site.person = site.form != "genitive" or site.surface in names.surnames
        elif cues.title.search(last):
            # "Herr Brühl" is a person, "Ministerpräsident Bayerns" the Land, "OB Wolfenbüttel" the town: no known surname.
            known = site.surface in names.surnames or site.surface in names.given
            town = max(entry.population for entry in site.entries) >= 10_000 or (
                second.endswith(",") and _APPOSED.search(left) is not None
            )
            site.person = known or last in cues.address or (site.form != "genitive" and not town and site.place < 3.0)
            if site.form == "genitive" and not site.person:
                site.place += 1.5  # "der Bürgermeister Essens"
        elif len(last) == 2 and last[1] == "." and last[0].isupper():
            site.person = second in names.given or second in ("Dr.", "Herr", "Frau")
        elif _ADJECTIVE.match(last):
            site.place -= 1.0
    return True


def _is_home(left: str, names: NameTables) -> bool:
    """True behind a person's name and a bracket or comma."""
    match = _PERSON_BEFORE.search(left)
    return match is not None and (_is_given(match[1], names) or (match[2] is not None and _is_given(match[2], names)))


def _is_given(word: str, names: NameTables) -> bool:
    first = word.partition("-")[0]
    return first in names.given and first not in names.weak


def _look_right(site: Site, text: str, names: NameTables, cues: Cues) -> None:
    """Surnames and words that locate the name behind it."""
    end = site.end
    follow = _NEXT_WORD.match(text, end)
    if follow is not None and site.form == "name" and site.type is None and site.surface in names.given:
        site.person = site.person or follow[1] in names.surnames or follow[1] in ("von", "van") or site.surface in cues.words
    match = _QUALIFIER.match(text, end)
    if follow is not None and follow[1] == "von" and site.type is None and site.place <= 0.0 and site.surface in cues.words:
        site.place -= 1.5  # "Bergen von Müll"
    if match is not None:
        site.qualifier = match[1] or text[match.end() : match.end() + 40]
    if site.form == "genitive" and _OF_PLACE.match(text, end):
        site.place += 1.5  # "Kelheims Landrat"
    if cues.verb_after.match(text, end):
        site.place += 1.6 if _MEANS.match(text, end) else 1.0
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isdigit() and site.before in ("in", "In"):
        site.place -= 1.0  # "in Halle 7"


def _fits(type_word: TypeWord, site: Site) -> bool:
    """True where the type word can belong to the name."""
    level = type_word.level
    if level == "region":
        return bool(site.levels & {"region", "locality"})
    if level in ("locality", "municipality"):
        return bool(site.levels & {"locality", "municipality"})
    return level in site.levels
