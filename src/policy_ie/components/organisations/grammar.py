"""Names by head nouns: "Verband der …", "Technische Universität …", "Jugendamt der Stadt …", "… GmbH".

The head nouns and what makes each of them a name stand in `heads.tsv`. An automaton finds them; the words around a find
are read by small bounded patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_ie.components.organisations.lands import land_words
from policy_ie.components.organisations.ministries import WS
from policy_ie.knowledge.matcher import NameHit
from policy_ie.knowledge.names import name_tables
from policy_ie.records import OrgType

__all__ = [
    "WS",
    "Found",
    "Head",
    "find_heads",
    "flat",
    "head_table",
    "is_definite",
    "is_given_name",
    "read_name",
    "word_bounds",
]

_FILE = Path(__file__).parent / "heads.tsv"


class Head(NamedTuple):
    """A row of `heads.tsv`."""

    noun: str
    org_type: OrgType
    gender: str
    evidence: tuple[frozenset[str], ...]
    example: str
    counter: str


class Found(NamedTuple):
    """A name found by its head noun: offsets, canonical name, type, the place that it belongs to (offset of the hit)."""

    start: int
    end: int
    name: str
    org_type: OrgType
    place: int | None = None
    rule: str = ""


@cache
def head_table() -> dict[str, Head]:
    """The head nouns, read once.

    Example:
        >>> head_table()["universität"].org_type
        <OrgType.RESEARCH: 'research'>
    """
    table = {}
    lines = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    for line in lines[1:]:
        noun, org_type, gender, evidence, example, counter = line.split("\t")
        ways = tuple(frozenset(way.split("+")) for way in evidence.split())
        table[noun] = Head(noun, OrgType(org_type), gender, ways, example, counter)
    return table


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    forms, nouns = [], []
    for noun in head_table():
        words = [w if w in ("der", "für", "von") else w[0].upper() + w[1:] for w in noun.split(" ")]
        for form in {" ".join(words), noun}:
            forms.append(form)
            nouns.append(noun)
    automaton = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA, store_patterns=False)
    return automaton, nouns


_GENITIVE = {"m": ("", "s", "es"), "n": ("", "s", "es"), "f": ("",), "p": ("", "n")}


def find_heads(text: str) -> Iterator[tuple[Head, int, int, int]]:
    """Head nouns that end a word: head, offset of the word, end of the noun, end of the word with its ending."""
    automaton, nouns = _automaton()
    table = head_table()
    size = len(text)
    for index, start, end in automaton.find_matches_as_indexes(text):
        stop = end
        while stop < size and text[stop].isalnum():
            stop += 1
        head = table[nouns[index]]
        if text[end:stop] not in _GENITIVE[head.gender] or (stop < size - 1 and text[stop] == "-" and text[stop + 1].isalnum()):
            continue
        begin = word_bounds(text, start)
        if head.noun[0].isupper() and begin < start:
            continue
        if text[begin].isupper() or "-" in text[begin:start]:
            yield head, begin, end, stop


def word_bounds(text: str, position: int) -> int:
    """Where the word begins that holds the position; hyphens belong to it."""
    while position and (text[position - 1].isalnum() or text[position - 1] in "-."):
        if text[position - 1] == "." and not (position >= 2 and text[position - 2].isalnum() and text[position].isupper()):
            break
        position -= 1
    return position


_NOUN = r"[A-ZÄÖÜ][\wäöüß]*(?:-[A-ZÄÖÜa-zäöüß][\wäöüß]*)*-?"
_NOT_NOUN = (
    r"(?!(?:Minister|Landrat|Landrät|Bürgermeister|Oberbürgermeister|Präsident|Staatssekretär|Frau\b|Herr|Dr\b|Prof|Die\b|Der\b"
    r"|Das\b|Stadt\b|Kreis\b|Land\b|Gemeinde\b|Bund\b|Telefon|Tel\b))"
)
_ADJ = rf"(?:(?:[a-zäöüß]+|[A-ZÄÖÜ]\w*(?:isch|lich|deutsch|ig|al|ar|ell|iv))e[nrsm]?{WS})?"
_PART = rf"{_ADJ}{_NOT_NOUN}{_NOUN}"
# A comma belongs to the list only where "und" still comes.
_LIST = (
    rf"{_PART}(?:,{WS}?{_PART}(?=(?:,{WS}?{_ADJ}{_NOUN}){{0,2}}{WS}(?:und|&){WS}[A-ZÄÖÜ]))*"
    rf"(?:(?:,{WS}|{WS})(?:und|&|sowie){WS}{_PART})?"
)
# "vom Kreistag zur Beigeordneten gewählt" is no name.
_NO_OFFICE = (
    rf"zu[rm](?!{WS}\w*(?i:beigeordnete|vorsitzende|beauftragte|leiter|direktor|dezernent"
    r"|sprecher|präsident|minister|meister|landr))"
)
_FOR = re.compile(
    rf"{WS}zur{WS}[A-ZÄÖÜ]\w+ung{WS}(?:(?:der|des|von){WS}{_PART}|[a-zäöüß]+er{WS}{_NOT_NOUN}{_NOUN})|{WS}(?:für|gegen|{_NO_OFFICE}){WS}(?:(?:den|die|das|der){WS})?(?:(?:Stadt|Landkreis|Kreis|Region|Diözese|Bistum|Erzbistum){WS})?{_LIST}"
)
_OF = re.compile(
    rf"{WS}(?:der|des){WS}(?!(?:Stadt|Gemeinde|Landes|Kreises|Region){WS})(?:[A-ZÄÖÜa-zäöü]\w+(?:en|er){WS}){{0,2}}{_NOT_NOUN}{_NOUN}(?:{WS}(?:und|&){WS}(?:[A-ZÄÖÜa-zäöü]\w+en{WS})?{_NOT_NOUN}{_NOUN})?(?:{WS}(?:der{WS}Länder|des{WS}Bundes))?"
)
_LINK = re.compile(
    rf"{WS}(?:(?P<of>(?:der|des){WS}(?:(?:Landeshaupt|Hanse|Universitäts|Kreis|Bundes|Klingen|Kur|Welterbe)?[Ss]tadt|Gemeinde|Hansestadt"
    rf"|Verbandsgemeinde|Samtgemeinde|Landkreises|Kreises|Landes|Freistaate?s|Region|Städteregion|Marktes|Bezirks|Freien{WS}(?:und{WS})?Hansestadt){WS})"
    rf"|(?P<bare>(?:des|der|von|zu|in|im){WS}(?:die{WS}|den{WS}|das{WS})?)|(?P<kind>(?:Landkreis|Kreis|Stadt|Region|Bezirk){WS}))?(?=[A-ZÄÖÜ])"
)
_PROPER = re.compile(
    rf"{WS}(?!(?:Der|Die|Das|In|Im|Am|Und|Mit|Für|Bei|Nach|Telefon|Tel|Herr|Frau|Dr|Prof)\b)"
    rf"{_NOUN}(?:(?<=-){WS}und{WS}[A-ZÄÖÜ]\w+)?(?:[ -][A-ZÄÖÜ][\wäöüß-]+)?"
)
_QUOTED = re.compile(rf"{WS}[„\"»“'‚](?P<name>[A-ZÄÖÜ0-9][^„\"»«“”\n]{{1,60}})[“\"«”'‘]")
_ADJECTIVE_BEFORE = re.compile(
    rf"(?<![\w-])((?:(?:[A-ZÄÖÜ]\w*-?)?(?:[Ii]sch|[Dd]eutsch|(?<=[A-Z])isch|Evangelisch|Katholisch|Technisch|Frei|Paritätisch|National|Europäisch|International"
    rf"|Allgemein|Kassenärztlich|Kassenzahnärztlich|Zentral|Vereinigt|Christlich|Jüdisch|Pädagogisch|Statistisch|Staatlich|Kommunal|Sozial|Arbeiter|Freiwillig)|[A-ZÄÖÜ][\w-]*isch)"
    rf"e[rsnm]?|[A-ZÄÖÜ][\w-]{{2,}}er)({WS})$"
)
_NO_NAME_ADJECTIVE = re.compile(
    r"(?:Städtisch|Örtlich|Politisch|Kritisch|Ökonomisch|Logistisch|Historisch|Ehemalig|Ausländisch|Heimisch|Kommunal(?!e[rn]?$))e|"
    r"(?:Der|Dieser|Jeder|Einer|Unser|Ihr|Seiner|Unter|Über|Hinter|Immer|Später|Bisher|Daher|Weiter|Sicher|Leider|Aber|Oder|Vertreter|Träger|Mitglieder|Kinder|Mieter|Bürger|Partner|Leiter|Sprecher|Geschäftsführer|Vorsitzender|Minister|Trotz\w*|Wasser|Winter|Sommer)$"
)
_TRUNCATED = re.compile(rf"(?<![\w-])(?:[A-ZÄÖÜ]\w+-(?:,{WS}?|{WS}(?:und|&){WS}))+$")
_AFTER_TRUNCATED = ("-,", "und", "&")
_ARTICLE_NAME = re.compile(r"(?<=\b[dD](?:er|ie)[ \xa0])((?:[A-ZÄÖÜ][\w.&]+(?:-[A-ZÄÖÜ]\w+)*[ \xa0]){1,3})$")
_HYPHENATED = re.compile(r"(?:-[A-ZÄÖÜ][\wäöüß]*)+")
_FIRM_LINK = re.compile(rf"(?:von|zu|des|der){WS}$")
_SPACE_OR_ARTICLE = re.compile(rf"{WS}(?:(?:der|des){WS})?")
_DEFINITE = re.compile(r"(?:\b[dD](?:as|em|es|er|en)|[iI]m|[vV]om)[ \xa0]$")
# With a legal form the name is read by `companies`.
_LEGAL_FORM = re.compile(r"[ \xa0](?:e\.[ \xa0]?V\.|(?:gGmbH|GmbH|mbH|AG|eG|AöR|KG)(?![\w-]))")
_ACRONYM_BEFORE = re.compile(r"(?<![\w-])([A-ZÄÖÜ]{2,6})[ \xa0]$")


_THE = re.compile(r"(?:\b[dD](?:as|em|es|er|en|ie)|\b[iI]m|\b[vV]om|\b[bB]eim|\b[zZ]u[rm])[ \xa0\n]$")


def is_definite(text: str, begin: int) -> bool:
    """True where an article or the begin of a line stands before the word.

    Example:
        >>> is_definite("bei der Sparkasse", 8), is_definite("bei einer Sparkasse", 10)
        (True, False)
    """
    return begin == 0 or text[begin - 1] == "\n" or _THE.search(text, max(0, begin - 5), begin) is not None


_NAME_AHEAD = re.compile(rf"{WS}(Dr\.|Prof\.|[A-ZÄÖÜ][\w-]+)")


def is_given_name(text: str, position: int) -> bool:
    """True where a person's name or academic title follows at the position (white space skipped)."""
    match = _NAME_AHEAD.match(text, position)
    if match is None:
        return False
    word = match[1].split("-")[0]
    return word in ("Dr.", "Prof.") or (word in name_tables().given and word not in name_tables().weak)


_DATED = re.compile(r", (?:den )?\d")


def _place(text: str, end: int, places: dict[int, NameHit], *, bare: bool = False) -> tuple[int, int, str] | None:
    """A place that continues the name ("… Köln", "… der Stadt Köln"): end, offset of its hit, kind of link.

    With `bare`, "in" and "im" link too.
    """
    link = _LINK.match(text, end)
    if link is None:
        return None
    kind = link.lastgroup or ""
    if kind == "bare" and not bare and not _FIRM_LINK.match(link["bare"]):
        return None
    hit = places.get(link.end())
    if hit is not None and not kind and "\n" in link[0] and _DATED.match(text, hit.end):
        return None  # a letterhead above the dateline
    if hit is None and kind in ("of", "kind"):
        # The word for the kind of place is part of the place's name: "Kreis Unna".
        before = _SPACE_OR_ARTICLE.match(text, end)
        hit = places.get(before.end()) if before else None
    if hit is None or hit.form == "adjective":
        return None
    if text[hit.end : hit.end + 1] == "-":
        longer = _HYPHENATED.match(text, hit.end)
        return (longer.end(), hit.start, kind) if longer else None
    return hit.end, hit.start, kind


_SMALL_WORD = re.compile(r"([a-zäöü][\w-]+)[ \xa0]$")
# The council of a town is "der Rat", which is advice too.
_TOWN = re.compile(r"[bB]ürgermeister|Ratssitzung|Ratsmitglied")
_OF_RAT = re.compile(rf"{WS}(?:der|des|für|von|vom|zu|geben|gaben|folg|suchen|holen|und{WS}Tat)|-")


def read_name(text: str, head: Head, begin: int, noun_end: int, end: int, places: dict[int, NameHit]) -> Found | None:
    """The name around a head noun, None where nothing makes it a name."""
    if {"amt", "city"} & head.evidence[0]:
        return _read_phrase(text, head, begin, noun_end, end, places)
    start, adjectives, evidence = _read_left(text, head, begin, noun_end, places)
    stop, place = _read_right(text, head, end, places, evidence)
    if "council" in head.evidence[0] and not _is_person(text, begin, end):
        evidence.add("council")
    if (
        "cabinet" in head.evidence[0]
        and "compound" not in evidence
        and (
            (start == begin and _DEFINITE.search(text[max(0, begin - 5) : begin]))
            or any(
                land_words().forms.get(word) for word in (*adjectives, *_SMALL_WORD.findall(text, max(0, begin - 30), begin))
            )
        )
    ):
        evidence.add("cabinet")
    if (
        "town" in head.evidence[0]
        and _DEFINITE.search(text[max(0, begin - 5) : begin])
        and not _OF_RAT.match(text, end)
        and _TOWN.search(text)
    ):
        evidence.add("town")
    if "definite" in head.evidence[0] and _DEFINITE.search(text[max(0, begin - 5) : begin]):
        evidence.add("definite")
    if frozenset({"article"}) in head.evidence and not adjectives:
        proper = _ARTICLE_NAME.search(text[max(0, start - 60) : start])
        if proper is not None:
            start -= len(proper[1])
            evidence.add("article")
    if not any(way <= evidence for way in head.evidence):
        return None
    if evidence <= {"alone", "for", "of"} and _INDEFINITE.search(text, max(0, start - 20), start):
        return None  # "ein Verein für Kunst"
    if (legal := _LEGAL_FORM.match(text, stop)) is not None:
        stop = legal.end()
    name = _nominative(adjectives, head, text[start:noun_end], text[end:stop])
    return Found(start, stop, name, head.org_type, place, f"head:{head.noun}")


def _read_phrase(text: str, head: Head, begin: int, noun_end: int, end: int, places: dict[int, NameHit]) -> Found | None:
    """Names whose head is a phrase: "Amt für …", "Rat der Stadt …"."""
    if "city" in head.evidence[0]:
        hit = places.get(end + 1)
        if hit is None and not _DEFINITE.search(text[max(0, begin - 5) : begin]):
            return None
        stop = hit.end if hit else end
        return Found(begin, stop, flat(text[begin:stop]), head.org_type, hit.start if hit else None, "head:rat")
    complement = _FOR.match(text, text.rindex(" ", begin, noun_end))
    if complement is None:
        return None
    stop, place, _ = _place(text, complement.end(), places) or (complement.end(), None, "")
    return Found(begin, stop, flat(text[begin:stop]).replace("Amtes", "Amt", 1), head.org_type, place, "head:amt")


def _read_left(text: str, head: Head, begin: int, noun_end: int, places: dict[int, NameHit]) -> tuple[int, list[str], set[str]]:
    """What stands before the noun: start of the name, its adjectives, and the evidence."""
    start = begin
    evidence = {"alone"}
    first = text[begin : noun_end - len(head.noun)]
    if first:
        evidence |= {"compound", "hyphen"} if first.endswith("-") else {"compound"}
        if first.startswith(("Landes", "Bundes")) and len(first) > len("Landes"):
            evidence.add("level")
    left = text[max(0, start - 60) : start]
    if left.rstrip().endswith(_AFTER_TRUNCATED) and (truncated := _TRUNCATED.search(left)) is not None:
        start -= len(left) - truncated.start()
        left = left[: truncated.start()]
        evidence |= {"compound", "truncated"}
    adjectives: list[str] = []
    while len(adjectives) < 2 and (match := _ADJECTIVE_BEFORE.search(left, _last_word(left))) is not None:
        word = match[1]
        if _NO_NAME_ADJECTIVE.match(word) or (word.endswith("er") and not _is_adjective(word, start, left, places)):
            break
        adjectives.insert(0, word)
        start -= len(left) - match.start()
        left = left[: match.start()]
        evidence.add("adjective")
    if not adjectives and first and (match := _ACRONYM_BEFORE.search(left, _last_word(left))) is not None:
        start -= len(left) - match.start()
        evidence.add("hyphen")
    return start, adjectives, evidence


def _last_word(left: str) -> int:
    """Where the last word begins, since patterns that end there need not look before it."""
    words = left.rstrip()
    return max(words.rfind(" "), words.rfind("\n"), words.rfind("\xa0")) + 1


def _read_right(text: str, head: Head, end: int, places: dict[int, NameHit], evidence: set[str]) -> tuple[int, int | None]:
    """What stands after the noun: end of the name and the place in it; adds to the evidence."""
    tail = _place(text, end, places, bare=head.noun == "landeskirche")
    if tail is not None:
        evidence.add("place")
        if _is_state(places, tail[1]):
            evidence.add("state")
        return tail[0], tail[1]
    wanted = frozenset().union(*head.evidence)
    for kind, pattern in (("for", _FOR), ("of", _OF), ("quoted", _QUOTED), ("name", _PROPER)):
        complement = pattern.match(text, end)
        if complement is None or (kind == "name" and (is_given_name(text, end) or _LEGAL_FORM.match(text, complement.end()))):
            continue
        # Where the noun is a name on its own, only what it is for belongs to it.
        if kind == "for" if "alone" in wanted else kind in wanted:
            evidence.add(kind)
            later = _place(text, complement.end(), places) if kind != "name" else None
            return (later[0], later[1]) if later else (complement.end(), None)
        break
    return end, None


_INDEFINITE = re.compile(r"\b(?:[eE]in|[kK]ein|[jJ]ed|[mM]ehrer)(?:e[nmrs]?)?[ \xa0](?:[a-zäöüß]+e[nrms]?[ \xa0])?$")


def _is_person(text: str, begin: int, end: int) -> bool:
    """True where "Stadtrat" is the title of a person."""
    return (
        is_given_name(text, end)
        or text.startswith((" für ", " und stellvertretende"), end)
        or text.startswith("Bezirksstadtrat", begin)
        or bool(re.search(r"(?:Erste[nr]?|Herrn?|Frau|Herren)[ \xa0]$", text[max(0, begin - 10) : begin]))
    )


def _is_state(places: dict[int, NameHit], start: int) -> bool:
    return any(getattr(entry, "level", None) == "state" for entry in places[start].entries)


def _is_adjective(word: str, start: int, left: str, places: dict[int, NameHit]) -> bool:
    """True for an adjective in -er: made from a place, or one that names use."""
    position = start - len(left) + left.rindex(word)
    hit = places.get(position)
    if hit is not None and (hit.form == "adjective" or hit.surface == word):
        return True
    return word in land_words().forms or word.endswith(
        ("ischer", "Deutscher", "Freier", "Nationaler", "Sozialer", "Allgemeiner", "Vereinigter")
    )


_SPACES = re.compile(r"\s+")


def flat(name: str) -> str:
    """The name with single spaces."""
    return _SPACES.sub(" ", name)


_NOMINATIVE = {"m": "er", "f": "e", "n": "es", "p": "e"}


def _nominative(adjectives: list[str], head: Head, before: str, after: str) -> str:
    """The name with its adjectives and head noun in the nominative."""
    if adjectives:
        parts = re.split(r"(\s+)", before)
        for i in range(0, len(adjectives) * 2, 2):
            word = parts[i]
            if not word.endswith("er") or word.endswith(("ischer", "scher", "licher", "aler", "Freier", "einer")):
                parts[i] = re.sub(r"e[rsnm]?$", _NOMINATIVE[head.gender], word)
        before = "".join(parts)
    return flat(before + after)
