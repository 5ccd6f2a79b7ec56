"""Names of programmes by head nouns and quotation marks.

The head nouns stand in `heads.tsv`; an automaton finds them, and the words around a find are read by small patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_ie.components.programmes.words import word_lists
from policy_ie.knowledge.names import name_tables
from policy_ie.records import ProgrammeType

__all__ = [
    "ADJECTIVE_BEFORE",
    "DEFINITE",
    "WORD",
    "WS",
    "Found",
    "Head",
    "HeadHit",
    "bare_name",
    "compound_name",
    "find_heads",
    "head_table",
    "joins",
    "phrase_name",
    "quotes",
    "solid_name",
    "type_before",
    "with_land",
]

_FILE = Path(__file__).parent / "heads.tsv"
WS = r"(?:[ \xa0\t]+\n?[ \xa0\t]*|\n[ \xa0\t]*(?=\S))"


class Head(NamedTuple):
    """A row of `heads.tsv`."""

    noun: str
    programme_type: ProgrammeType
    bare: bool
    hyphen: bool
    example: str
    counter: str


class Found(NamedTuple):
    """A name: offsets, type, rule."""

    start: int
    end: int
    programme_type: ProgrammeType
    rule: str


class HeadHit(NamedTuple):
    """A head noun in the text: the head, offset of its word, end of its word with the ending."""

    head: Head
    begin: int
    noun: int
    end: int


@cache
def head_table() -> dict[str, Head]:
    """The head nouns, read once.

    Example:
        >>> head_table()["netzwerk"].programme_type
        <ProgrammeType.NETWORK: 'network'>
    """
    table = {}
    lines = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    for line in lines[1:]:
        noun, kind, bare, hyphen, example, counter = line.split("\t")
        table[noun] = Head(noun, ProgrammeType(kind), bare == "yes", hyphen == "yes", example, counter)
    return table


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    nouns = [noun for noun in head_table() for _ in range(2)]
    forms = [form for noun in head_table() for form in (noun, noun.capitalize())]
    automaton = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA, store_patterns=False)
    return automaton, nouns


# Other nouns that end like a head noun: Fraktion, Redaktion, Reaktion, Transaktion, Attraktion.
_INSIDE = {"aktion": ("Fr", "fr", "ed", "Re", "re", "ns", "tr")}
_ENDINGS = frozenset(("", "s", "es", "n", "en", "e"))


def find_heads(text: str) -> list[HeadHit]:
    """Head nouns that end a word, in order."""
    automaton, nouns = _automaton()
    table, size, found = head_table(), len(text), []
    for index, start, end in automaton.find_matches_as_indexes(text):
        stop = end
        while stop < size and text[stop].isalpha():
            stop += 1
        if text[end:stop] not in _ENDINGS or text[start - 2 : start] in _INSIDE.get(text[start:end], ()):
            continue
        begin = start
        while begin and (text[begin - 1].isalnum() or text[begin - 1] in "-."):
            begin -= 1
        while begin < start and text[begin] in "-.":
            begin += 1
        found.append(HeadHit(table[nouns[index]], begin, start, stop))
    return found


# Begins with one class, the opening marks, so that the scan skips from mark to mark.
_QUOTE = re.compile(
    r"[„»«\"“‚‘',?](?:(?<=„)(?P<a>[^„“”\"\n]{2,100})[“”\"]|(?<=»)(?P<b>[^»«\n]{2,100})«|(?<=«)(?P<c>[^»«\n]{2,100})»"
    r"|(?<=\")(?<!\w\")(?P<d>[^\"„“\n]{2,100})\"(?!\w)|(?<=“)(?P<e>[^“”\n]{2,100})”"
    r"|(?<=[‚‘])(?<!\w[‚‘])(?P<f>[^‚‘’\n]{3,80})[‘’](?!\w)|(?<=')(?<!\w')(?P<g>[A-ZÄÖÜ][^'\n]{2,80})'(?!\w)"
    r"|(?<=\s,)(?P<i>[A-ZÄÖÜ][^,‘’\n]{2,80})[‘’](?!\w)|(?<=[\s(]\?)(?P<h>[A-ZÄÖÜ][^?\n]{2,80})\?(?!\w))"
)


def quotes(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Quoted words of at most 100 characters: offsets of the words, offsets with the marks."""
    for match in _QUOTE.finditer(text):
        group = match.lastgroup or "a"
        yield match.start(group), match.end(group), match.start(), match.end()


_SMALL = r"(?:der|des|die|das|den|dem|und|für|von|vom|im|in|zur|zum|gegen|an|am|auf|mit|bei|aus|&)"
_GAP = re.compile(
    rf"{WS}?[:,]?(?:{WS}(?:(?:(?:mit|unter){WS}dem{WS}(?:Titel|Namen|Arbeitstitel|Label))|namens|genannt|wie(?:{WS}(?:beispielsweise|etwa|zum{WS}Beispiel|z\.{WS}?B\.|u\.{WS}?a\.))?"
    rf"|beispielsweise|etwa|z\.{WS}?B\.|zum{WS}Beispiel|(?:des|der|von|vom|aus|im|zur|zum|für|gegen|in|NRW)(?:{WS}(?:{_SMALL}|[A-ZÄÖÜ](?:[\w’/-]|\.(?=\w))*|[a-zäöüß]+e[nrsm]?)){{0,7}}))?(?:{WS}(?:heißt|heißen|nennt{WS}sich|trägt{WS}den{WS}(?:Namen|Titel)))?{WS}?:?{WS}?$"
)
# "der Preis in der Kategorie „Klang“"
_NO_NAME = re.compile(r"\b(?:Kategorien?|Rubrik|Sparte|Motto|Thema|Themen)[ \xa0]?:?[ \xa0]?$")
_LIST_GAP = re.compile(
    rf"(?:,{WS}?(?:und{WS})?|{WS}(?:und|sowie|oder|bzw\.|beziehungsweise){WS}|{WS}?/{WS}?)(?:(?:auch|das|die|der|dem|den){WS})?$"
)


def type_before(text: str, heads: list[HeadHit], start: int) -> HeadHit | None:
    """The head noun that a name at `start` belongs to, None where none stands before it."""
    for hit in reversed(heads):
        if hit.end > start:
            continue
        if start - hit.end > 90:
            return None
        gap = text[hit.end : start]
        return hit if _GAP.match(gap) and not _NO_NAME.search(gap) else None
    return None


def joins(text: str, end: int, start: int) -> bool:
    """True where only a conjunction or comma stands between two names."""
    return start - end < 16 and bool(_LIST_GAP.match(text[end:start]))


# A name without quotation marks: its first word is a capitalised word, more words follow, joined by small ones.
WORD = r"(?:[A-ZÄÖÜ][\wäöüß]*(?:[-+.@:&'’][\wäöüß]+)*[!+]?|[a-zäöü]+[A-ZÄÖÜ]\w*)"
_BARE = re.compile(
    rf"{WS}(?P<name>{WORD}(?:[ \xa0](?:(?:und|für|fürs|in[ ]die|in|im|ohne|gegen|der|des|macht|&|–|-)[ \xa0])?"
    rf"(?:{WORD}|20\d\d(?:plus|\+)?|\d\.0|[IVX]{{1,3}}(?!\w))){{0,5}})"
)
_STRONG = re.compile(r"[a-zäöü][A-ZÄÖÜ]|^[A-ZÄÖÜ]{2,}|\d|[+!@]|^[A-ZÄÖÜ]\w+\.[A-Za-z]")
_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+(?:e|es|er)$")
_PARTS = re.compile(r"[ \xa0\n\t]+")


# After these nouns an ordinary noun may begin the next part of the clause.
_LOOSE = ("projekt", "preis", "aktion", "wettbewerb", "richtlinie", "auszeichnung", "strategie")
_FINITE = re.compile(r"[ \xa0](?:ist|sind|war|wird|werden|hat|haben|soll|kann|[a-zäöüß]{2,}(?:t|te|ten))(?!\w)")
_CASE_BEFORE = re.compile(r"(?:\b[dD]es|[iI]m|[bB]eim|[zZ]um|[vV]om|[aA]m)[ \xa0]$")


def _is_subject(text: str, hit: HeadHit, end: int) -> bool:
    """True where the noun after the head closes its noun phrase: a verb follows a first phrase, or a stop an oblique one."""
    before = text[max(0, hit.begin - 6) : hit.begin]
    if re.match(r"[.,;:)!?]", text[end : end + 1]):
        return bool(_CASE_BEFORE.search(before))
    if _FINITE.match(text, end) is None:
        return False
    return bool(
        re.search(r"(?:^|[.!?:“\n][ \xa0]?)(?:Das|Der|Die|Im|Beim|Mit dem)[ \xa0]$", before) or _CASE_BEFORE.search(before)
    )


def _is_person(words: list[str]) -> bool:
    names = name_tables()
    return (
        len(words) > 1 and words[0].split("-")[0] in names.given and (words[0] not in names.weak or words[1] in names.surnames)
    )


#: First words of English names: "Smart Village".
_ENGLISH = frozenset(("Smart", "Green", "Social", "Open", "Creative", "Young", "Girls", "Boys", "Fit", "Safe", "Clean"))
_LEGAL_FORMS = frozenset({"GmbH", "gGmbH", "AG", "KG", "UG", "eG"})


def bare_name(text: str, hit: HeadHit) -> Found | None:
    """A name that follows a head noun without quotation marks: "Programm Soziale Stadt", "Netzwerk INKlang"."""
    if not hit.head.bare or (text[hit.end - 1] == "e" and hit.head.noun in ("projekt", "programm")):
        return None
    match = _BARE.match(text, hit.end)
    if match is None:
        return None
    words = _PARTS.split(match["name"])
    clause = word_lists().clause
    if words[0] in _LEGAL_FORMS or text[hit.begin : hit.noun].lower() in word_lists().no_bare:
        return None
    if words[0].rstrip("!.") in clause or words[0].endswith("innen") or _is_person(words):
        return None
    cut = next((i for i, w in enumerate(words[1:], 1) if w in clause and w[0].isupper()), len(words))
    words = words[:cut]
    while words and words[-1] in ("und", "für", "fürs", "in", "im", "ohne", "gegen", "der", "des", "&", "–", "-", "macht"):
        words.pop()
    strong = bool(_STRONG.search(words[0])) or "-" in words[0]
    if strong:
        # "INKlang Kindern hilft": after a made-up word only years and numbers belong to the name for sure.
        keep = 1
        while keep < len(words) and re.match(r"20\d\d|\d\.0|[IVX]+$|NRW$|[A-ZÄÖÜ]{2,}", words[keep]):
            keep += 1
        words = words[:keep]
    elif _ADJECTIVE.match(words[0]) and len(words) > 1:
        noun = next((i for i, w in enumerate(words) if not _ADJECTIVE.match(w)), len(words) - 1)
        joined = len(words) > noun + 2 and words[noun + 1] in ("und", "für", "im", "in", "ohne", "gegen", "–")
        words = words[: noun + 3 if joined else noun + 1]
    elif words[1:3] == ["in", "die"] and len(words) > 3:  # "Brücken in die Zukunft II"
        words = words[: 5 if len(words) > 4 and re.match(r"20\d\d|[IVX]+$", words[4]) else 4]
    elif len(words) > 1 and words[1] in ("und", "für", "fürs", "ohne", "gegen", "macht", "im", "in") and len(words) > 2:
        words = words[: 4 if len(words) > 3 and _ADJECTIVE.match(words[2]) else 3]
    elif words[0] not in _ENGLISH:
        years = 1 + (len(words) > 1 and bool(re.match(r"20\d\d|\d\.0|[IVX]+$|NRW$", words[1])))
        words = words[:years]
    else:
        words = words[:2]
    end = match.start("name")
    for word in words:
        end = text.index(word, end) + len(word)
    land = with_land(text, hit.end)
    if text[land:end].strip().isdigit() or end == land or _LAND_GENITIVE.match(text, hit.end):
        return None  # "das Landesprogramm Hessen", "des Umweltpreises Hessen 2015", "der Umweltpreis Hessens"
    if _NUMBER.fullmatch(text, match.start("name"), end) and hit.begin < hit.noun:
        return Found(hit.begin, end, hit.head.programme_type, "bare")  # "Denkmalschutz-Sonderprogramm VI"
    name = text[match.start("name") : end]
    if len(words) == 1 and not strong and (len(name) < 5 or (hit.head.noun in _LOOSE and not _is_subject(text, hit, end))):
        return None
    if hit.head.programme_type is ProgrammeType.PLAN:
        before = ADJECTIVE_BEFORE.search(text[max(0, hit.begin - 30) : hit.begin])
        return Found(hit.begin - (len(before[1]) if before else 0), end, hit.head.programme_type, "bare")
    return Found(match.start("name"), end, hit.head.programme_type, "bare")


# "Denkmalschutz-Sonderprogramm"
_SECOND_PART = re.compile(r"-(?:Sonder|Förder|Sofort|Hilfs|Investitions)$")


def compound_name(text: str, hit: HeadHit) -> Found | None:
    """A hyphenated compound that is itself a name: "Startchancen-Programm", "1.000-Dächer-Programm"."""
    first = text[hit.begin : hit.noun]
    first = _SECOND_PART.sub("-", first)
    if not hit.head.hyphen or len(first) < 4 or first[-1] != "-":
        return None
    if first[:-1] in word_lists().generic and hit.head.noun != "offensive":
        return None
    if text.startswith("ichtlinien", hit.noun + 1):
        return None  # "die Verleihungs-Richtlinien"
    if text[hit.end - 1] == "e" and hit.head.noun in ("programm",):
        return None
    before = text[max(0, hit.begin - 6) : hit.begin]
    parts = first.count("-")
    if not (
        first[0].isdigit()
        or parts > 1
        or re.search(r"(?:\b(?:das|dem|des|im|vom|zum|der|den|die|ins|am|beim|zur|Das|Der|Die)[ \xa0\n]|^|\n)$", before)
    ):
        return None
    if (first[0].isdigit() and (not re.search(r"[A-ZÄÖÜ]", first) or first.endswith(("Euro-", "Mark-")))) or re.match(
        r"\d+-(?:Punkte|Jahres|Tage|Euro|Prozent|Jahre)", first
    ):
        return None
    if parts > 1 and re.match(r"(?:Bund-|Deutsch-|EU-|NRW-)", first):
        return None
    return Found(
        hit.begin,
        hit.end - (text[hit.end - 1] == "s" and hit.head.noun in ("programm", "programms", "pakt")),
        hit.head.programme_type,
        "compound",
    )


# The adjective before a name: "Deutscher", "Hessischen", "Donau-Rieser".
ADJECTIVE_BEFORE = re.compile(
    r"(?<![\w-])((?:(?:[A-ZÄÖÜ][\w-]*(?:isch|deutsch)|Deutsch|National|Gemeinsam)e[rnms]?"
    r"|(?!Der|Dieser|Unser|Jeder)[A-ZÄÖÜ]\w+(?:-[A-ZÄÖÜ]\w+)*er)[ \xa0])$"
)


_NOUN = rf"(?:(?:[a-zäöüß]+e[nrsm]?|[a-zäöüß]+er{WS}und{WS}[a-zäöüß]+er){WS})?[A-ZÄÖÜ][\w-]+"
# A comma belongs to the list only where "und" still comes.
_NOUNS = (
    rf"(?:(?:den|die|das|der|des|dem){WS})?{_NOUN}(?:,{WS}?{_NOUN}(?=(?:,{WS}?{_NOUN}){{0,3}}{WS}(?:und|sowie){WS}))*"
    rf"(?:{WS}(?:und|sowie|an){WS}(?:(?:gegen|für|das|die|den){WS}(?!Allianz|Bündnis|Pakt|Initiative))?{_NOUN})?"
)
_PHRASE = re.compile(rf"{WS}(?:für|gegen|zur(?!{WS}Verfügung)){WS}{_NOUNS}")
# What a programme is for, where that is its name: "zur Förderung des kommunalen Straßenbaus".
_PURPOSE = re.compile(
    rf"{WS}(?:zur{WS}(?:Förderung|Stärkung|Verbesserung|Bekämpfung|Unterstützung|(?:Weiter)?[Ee]ntwicklung|Sicherung|Erneuerung|Prävention"
    rf"|Integration|Modernisierung|Sanierung|Gewinnung|Steigerung|Finanzierung|Beschleunigung|Schaffung|Verhütung)"
    rf"(?:{WS}und{WS}[A-ZÄÖÜ]\w+ung)?|über{WS}die{WS}(?:Gewährung|Förderung)){WS}(?:(?:der|des|von){WS}{_NOUNS}|[a-zäöüß]+er{WS}[A-ZÄÖÜ][\w-]+)"
)
DEFINITE = re.compile(r"(?:\b(?:[dD](?:er|as|em|es|ie|en)|[iI]m|[iI]ns|[vV]om|[zZ]um|[aA]m|[bB]eim)[ \xa0\n]|^|\n)$")
_OWN = re.compile(r"\b(?:[sS]ein|[iI]hr|[uU]nser)(?:e[nmrs]?)?[ \xa0\n]$")


_OF_STATES = frozenset({"Landes", "Bundes", "Landesaktions", "Landesmodell", "Landesförder", "Handlungs", "Investitions"})


def phrase_name(text: str, hit: HeadHit) -> Found | None:
    """A plan, alliance or programme named by a phrase: "Pakt für Forschung und Innovation", "Landesprogramm für Baukultur"."""
    noun, first = hit.head.noun, text[hit.begin : hit.noun]
    if noun in ("pakt", "bündnis", "allianz", "fonds"):
        match = None if first else _PHRASE.match(text, hit.end)
    elif noun in ("aktionsplan", "masterplan"):
        match = _PHRASE.match(text, hit.end)
    elif noun in ("programm", "programms", "initiative", "richtlinie"):
        match = _PURPOSE.match(text, hit.end) if first in ("", "Förder") and noun != "initiative" else None
        if first in _OF_STATES and noun != "richtlinie":
            match = _PURPOSE.match(text, hit.end) or _PHRASE.match(text, hit.end)
    else:
        return None
    if match is None:
        return None
    before = ADJECTIVE_BEFORE.search(text[max(0, hit.begin - 30) : hit.begin])
    start = hit.begin - (len(before[1]) if before else 0)
    if not DEFINITE.search(text[max(0, start - 5) : start]):
        return None
    return Found(start, match.end(), hit.head.programme_type, "phrase")


# "das eigene Landärzteprogramm"
_THE_OWN = re.compile(r"\b(?:[dD](?:as|em|es)|[iI]ns|[iI]m|[vV]om|[zZ]um|[bB]eim)[ \xa0\n](?:(?:neue|eigene)n?[ \xa0\n])?$")
# "aus dem Kommunalen Strukturentwicklungsfonds": the capital says that the adjective belongs to the name.
_NAME_ADJECTIVE = re.compile(
    r"\b(?:[dD](?:er|em|en|es)|[iI]m|[vV]om|[zZ]um)[ \xa0]([A-ZÄÖÜ][\w-]+(?:al|isch|lich|iv|ell|ig)e[nr]?[ \xa0])$"
)
_NUMBER = re.compile(r"[IVX]{1,4}")
_LANDS = (
    r"(?:Schleswig-Holstein|Hamburg|Niedersachsen|Bremen|Nordrhein-Westfalen|NRW|Hessen|Rheinland-Pfalz|Baden-Württemberg|Bayern"
    r"|Saarland|Berlin|Brandenburg|Mecklenburg-Vorpommern|Sachsen-Anhalt|Sachsen|Thüringen)"
)
_LAND_AFTER = re.compile(rf"{WS}{_LANDS}(?![\w-])")
_LAND_GENITIVE = re.compile(rf"{WS}{_LANDS}s(?![\w-])")
# An abbreviation in brackets, which makes a compound a name: "das Kita- und Schulbauprogramm (KSP)".
_SHORT = re.compile(
    r"[ \xa0]\((?:kurz:?[ \xa0])?(?!CDU|CSU|SPD|FDP|AfD|EFRE|ESF|ELER|LEADER)[A-ZÄÖÜ][\wÄÖÜ&-]*[A-ZÄÖÜ]\w{0,2}\)"
)
_COORDINATED = re.compile(r"(?<![\w-])([A-ZÄÖÜ][\wäöüß]+- und )$")


@cache
def _no_programme() -> tuple[str, ...]:
    return tuple(word_lists().no_programme)


@cache
def _funding() -> re.Pattern[str]:
    return re.compile(rf"(.*?)(?:{'|'.join(sorted(word_lists().funding, key=len, reverse=True))})")


def _is_specific(first: str) -> bool:
    """True for the first part of a compound that names one programme: "landärzte", "moorschutz", not "förder".

    Example:
        >>> _is_specific("moorschutz"), _is_specific("schutz"), _is_specific("ferien")
        (True, False, False)
    """
    if not first.endswith(_no_programme()):
        return True
    funding = _funding().fullmatch(first)
    return funding is not None and len(funding[1]) > 3 and (len(funding[1]) > 7 or not funding[1].endswith(_no_programme()))


def with_land(text: str, end: int) -> int:
    """The end of the name with the Land after it: "Kulturfonds Bayern"."""
    land = _LAND_AFTER.match(text, end)
    return land.end() if land else end


def solid_name(text: str, hit: HeadHit) -> Found | None:
    """A compound that is a name where it is definite ("Engagementfonds") or has a year ("Schulbauprogramm 2020")."""
    first = text[hit.begin : hit.noun]
    if len(first) < 4 or first.endswith("-"):
        return None
    if hit.head.noun in ("programm", "programms") and first.lower() not in _no_programme() and _SHORT.match(text, hit.end):
        other = _COORDINATED.search(text, max(0, hit.begin - 30), hit.begin)
        end = hit.end - (text[hit.end - 2 : hit.end] == "ms")
        return Found(other.start() if other else hit.begin, end, hit.head.programme_type, "solid")
    if hit.head.noun == "pakt" and (end := with_land(text, hit.end)) > hit.end:
        return Found(hit.begin, end, hit.head.programme_type, "solid")
    named = _NAME_ADJECTIVE.search(text[max(0, hit.begin - 30) : hit.begin])
    if named is not None and hit.head.noun == "fonds":
        return Found(hit.begin - len(named[1]), with_land(text, hit.end), ProgrammeType.FUND, "solid")
    if hit.head.noun == "fonds" and first.casefold() not in word_lists().no_fund:
        end = with_land(text, hit.end)
        before = text[max(0, hit.begin - 9) : hit.begin]
        if end > hit.end or DEFINITE.search(before) or _OWN.search(before):
            return Found(hit.begin, end, ProgrammeType.FUND, "solid")
    year = re.match(r"[ \xa0]20[0-4]\d(?:[/–-](?:20)?[0-4]\d)?(?!\d)", text[hit.end : hit.end + 10])
    if (
        year is None
        and hit.head.noun in ("programm", "programms")
        and _is_specific(first.lower())
        and not re.match(r"[ \xa0]?[„»\"“‚]", text[hit.end : hit.end + 2])
        and first[0].isupper()
        and _THE_OWN.search(text[max(0, hit.begin - 14) : hit.begin])
    ):
        end = with_land(text, hit.end)
        return Found(hit.begin, end - (text[end - 2 : end] == "ms"), ProgrammeType.FUNDING_PROGRAMME, "solid")
    if (
        year is not None
        and hit.head.noun in ("programm", "programms")
        and not re.match(r"(?:Wahl|Partei|Regierungs|Arbeits|Jahres)", first)
    ):
        return Found(hit.begin, hit.end + year.end(), ProgrammeType.FUNDING_PROGRAMME, "solid")
    return None
