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

__all__ = ["Found", "Head", "company_names", "find_heads", "head_table", "is_given_name", "read_name", "word_bounds"]

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
    automaton = AhoCorasick(
        forms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA, store_patterns=False
    )
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
        if head.noun.isupper() and begin < start:
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
_NOT_NOUN = r"(?!(?:Minister|Landrat|Landrät|Bürgermeister|Oberbürgermeister|Präsident|Staatssekretär|Frau\b|Herr|Dr\b|Prof|Die\b|Der\b|Das\b|Stadt\b|Kreis\b|Land\b|Gemeinde\b|Bund\b|Telefon|Tel\b))"
_ADJ = rf"(?:(?:[a-zäöüß]+|[A-ZÄÖÜ]\w*(?:isch|lich|ig|al|ar|ell|iv))e[nrsm]?{WS})?"
_LIST = rf"{_ADJ}{_NOT_NOUN}{_NOUN}(?:,{WS}?{_ADJ}{_NOT_NOUN}{_NOUN}(?=(?:,{WS}?{_ADJ}{_NOUN})?(?:,{WS}?{_ADJ}{_NOUN})?{WS}(?:und|&){WS}[A-ZÄÖÜ]))*(?:(?:,{WS}|{WS})(?:und|&|sowie){WS}{_ADJ}{_NOT_NOUN}{_NOUN})?"
_FOR = re.compile(rf"{WS}(?:für|zur|gegen|zum){WS}(?:(?:den|die|das|der){WS})?{_LIST}")
_OF = re.compile(
    rf"{WS}(?:der|des){WS}(?!(?:Stadt|Gemeinde|Landes|Kreises|Region){WS})(?:[A-ZÄÖÜa-zäöü]\w+(?:en|er){WS})?{_NOT_NOUN}{_NOUN}(?:{WS}(?:und|&){WS}(?:[A-ZÄÖÜa-zäöü]\w+en{WS})?{_NOT_NOUN}{_NOUN})?(?:{WS}(?:der{WS}Länder|des{WS}Bundes))?"
)
_LINK = re.compile(
    rf"{WS}(?:(?P<of>(?:der|des){WS}(?:(?:Landeshaupt|Hanse|Universitäts|Kreis|Bundes|Klingen|Kur|Welterbe)?[Ss]tadt|Gemeinde|Hansestadt"
    rf"|Verbandsgemeinde|Samtgemeinde|Landkreises|Kreises|Landes|Freistaate?s|Region|Städteregion|Marktes|Bezirks|Freien{WS}(?:und{WS})?Hansestadt){WS})"
    rf"|(?P<bare>(?:des|der|von|zu|in|im|für){WS}(?:die{WS}|den{WS}|das{WS})?)|(?P<kind>(?:Landkreis|Kreis|Stadt|Region|Bezirk){WS}))?(?=[A-ZÄÖÜ])"
)
_PROPER = re.compile(
    rf"{WS}(?!(?:Der|Die|Das|In|Im|Am|Und|Mit|Für|Bei|Nach|Telefon|Tel|Herr|Frau|Dr|Prof)\b){_NOUN}(?:[ -][A-ZÄÖÜ][\wäöüß-]+)?"
)
_QUOTED = re.compile(rf"{WS}[„\"»“'‚](?P<name>[A-ZÄÖÜ0-9][^„\"»«“”\n]{{1,60}})[“\"«”'‘]")
_ADJECTIVE_BEFORE = re.compile(
    rf"(?<![\w-])((?:(?:[A-ZÄÖÜ]\w*-?)?(?:[Ii]sch|[Dd]eutsch|(?<=[A-Z])isch|Evangelisch|Katholisch|Technisch|Frei|Paritätisch|National|Europäisch|International"
    rf"|Allgemein|Zentral|Vereinigt|Christlich|Jüdisch|Pädagogisch|Statistisch|Staatlich|Kommunal|Sozial|Arbeiter)|[A-ZÄÖÜ][\w-]*isch)"
    rf"e[rsnm]?|[A-ZÄÖÜ][\w-]{{2,}}er)({WS})$"
)
_NO_NAME_ADJECTIVE = re.compile(
    r"(?:Städtisch|Örtlich|Politisch|Kritisch|Ökonomisch|Logistisch|Historisch|Ehemalig|Ausländisch|Heimisch|Kommunal(?!e[rn]?$))e|"
    r"(?:Der|Dieser|Jeder|Einer|Unser|Ihr|Seiner|Unter|Über|Hinter|Immer|Später|Bisher|Daher|Weiter|Sicher|Leider|Aber|Oder|Vertreter|Träger|Mitglieder|Kinder|Mieter|Bürger|Partner|Leiter|Sprecher|Geschäftsführer|Vorsitzender|Minister|Trotz\w*|Wasser|Winter|Sommer)$"
)
_TRUNCATED = re.compile(rf"(?<![\w-])(?:[A-ZÄÖÜ]\w+-(?:,{WS}?|{WS}(?:und|&){WS}))+$")
_ARTICLE_NAME = re.compile(r"(?<=\b[dD](?:er|ie)[ \xa0])((?:[A-ZÄÖÜ][\w.&]+(?:-[A-ZÄÖÜ]\w+)*[ \xa0]){1,3})$")
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,}[A-Za-z]*$|[A-Z][a-z]*[A-Z]\w*$")
_HYPHENATED = re.compile(r"(?:-[A-ZÄÖÜ][\wäöüß]*)+")
_SMALL_LINK = re.compile(r"\s+")


def is_given_name(text: str, position: int) -> bool:
    """True where a person's name or academic title follows at the position (white space skipped)."""
    match = re.compile(rf"{WS}(Dr\.|Prof\.|[A-ZÄÖÜ][\w-]+)").match(text, position)
    if match is None:
        return False
    word = match[1].split("-")[0]
    return word in ("Dr.", "Prof.") or (word in name_tables().given and word not in name_tables().weak)


def _place(text: str, end: int, places: dict[int, NameHit], ways: str) -> tuple[int, int, str] | None:
    """A place that continues the name: end, offset of its hit, kind of link ("", "of", "bare", "kind")."""
    link = _LINK.match(text, end)
    if link is None:
        return None
    kind = link.lastgroup or ""
    if kind == "bare" and ways == "bare":
        pass
    elif kind == "bare" and _SMALL_LINK.sub(" ", link["bare"]).strip() not in (
        "von",
        "zu",
        "des",
        "der",
        "für",
        "für den",
        "für die",
    ):
        return None
    hit = places.get(link.end())
    if hit is None:
        if kind in ("of", "kind"):
            hit = places.get(end + len(re.match(WS, text[end:])[0]))  # type: ignore[index]
            if hit is None and kind == "of":
                later = re.compile(rf"{WS}(?:der|des){WS}").match(text, end)
                hit = places.get(later.end()) if later else None
        if hit is None:
            return None
    if hit.form == "adjective":
        return None
    if text[hit.end : hit.end + 1] == "-":
        longer = _HYPHENATED.match(text, hit.end)
        return (longer.end(), hit.start, kind) if longer else None
    return hit.end, hit.start, kind


def read_name(text: str, head: Head, begin: int, noun_end: int, end: int, places: dict[int, NameHit]) -> Found | None:
    """The name around a head noun, None where nothing makes it a name."""
    start, word = begin, text[begin:noun_end]
    first = word[: len(word) - len(head.noun)] if " " not in head.noun else ""
    evidence = {"alone"}
    if first:
        evidence.add("compound")
        if first.endswith("-"):
            evidence.add("hyphen")
    left = text[max(0, start - 60) : start]
    truncated = _TRUNCATED.search(left)
    if truncated is not None:
        start -= len(left) - truncated.start()
        left = left[: truncated.start()]
        evidence.add("compound")
    adjectives: list[str] = []
    while len(adjectives) < 2 and (match := _ADJECTIVE_BEFORE.search(left)) is not None:
        adjective = match[1]
        if _NO_NAME_ADJECTIVE.match(adjective) or (
            adjective.endswith("er") and not _is_adjective(adjective, start, left, places)
        ):
            break
        adjectives.insert(0, adjective)
        start -= len(left) - match.start()
        left = left[: match.start()]
        evidence.add("adjective")
    if not adjectives and (match := re.search(r"(?<![\w-])([A-ZÄÖÜ]{2,6})[ \xa0]$", left)) is not None and first:
        start -= len(left) - match.start()
        evidence.add("hyphen")
    place: int | None = None
    stop = end
    if "amt" in head.evidence[0]:
        found = _FOR.match(text, text.rindex(" ", begin, noun_end))
        if found is None:
            return None
        stop = found.end()
        tail = _place(text, stop, places, "")
        if tail is not None:
            stop, place = tail[0], tail[1]
        return Found(start, stop, _flat(text[start:stop]).replace("Amtes", "Amt", 1), head.org_type, place, "head:amt")
    if head.noun.startswith("rat der"):
        hit = places.get(end + 1)
        if hit is None:
            return None
        return Found(begin, hit.end, _flat(text[begin : hit.end]), head.org_type, hit.start, "head:rat")
    tail = _place(text, stop, places, "bare" if head.noun in ("landeskirche",) else "")
    if tail is not None:
        stop, place = tail[0], tail[1]
        evidence.add("place")
        if text[tail[1] : tail[0]] and _is_state(places, tail[1]):
            evidence.add("state")
    else:
        complement = _FOR.match(text, stop)
        if complement is not None:
            evidence.add("for")
        else:
            complement = _OF.match(text, stop)
            if complement is not None:
                evidence.add("of")
            elif (complement := _QUOTED.match(text, stop)) is not None:
                evidence.add("quoted")
            elif (complement := _PROPER.match(text, stop)) is not None and not is_given_name(text, stop):
                evidence.add("name")
        if complement is not None and evidence & {"for", "of", "quoted", "name"}:
            wanted = frozenset().union(*head.evidence)
            if (not (evidence & {"for", "of", "quoted", "name"} & wanted) and "alone" not in wanted) or ("alone" in wanted and not evidence & {"for"}):
                complement = None
            if complement is not None:
                stop = complement.end()
                tail = _place(text, stop, places, "")
                if tail is not None and "name" not in evidence:
                    stop, place = tail[0], tail[1]
    if "council" in head.evidence[0]:
        if (
            is_given_name(text, end)
            or text.startswith(" für ", end)
            or re.search(r"(?:Erste[nr]?|Herrn?|Frau|Herren)[ \xa0]$", text[max(0, begin - 10) : begin])
        ):
            return None
        evidence.add("council")
    if "cabinet" in head.evidence[0]:
        if first or not re.search(r"(?:\b[dD](?:as|em|es)|[iI]m|[vV]om)[ \xa0]$", text[max(0, begin - 5) : begin]):
            return None
        evidence.add("cabinet")
    if (
        frozenset({"article"}) in head.evidence
        and not adjectives
        and (match := _ARTICLE_NAME.search(text[max(0, start - 60) : start])) is not None
    ):
        start -= len(match[1])
        evidence.add("article")
    if not any(way <= evidence for way in head.evidence):
        return None
    name = _nominative(adjectives, head, text[start:noun_end], text[end:stop], len(adjectives))
    return Found(start, stop, name, head.org_type, place, f"head:{head.noun}")


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


def _flat(name: str) -> str:
    return re.sub(r"\s+", " ", name)


_NOMINATIVE = {"m": "er", "f": "e", "n": "es", "p": "e"}


def _nominative(adjectives: list[str], head: Head, before: str, after: str, count: int) -> str:
    """The name with its adjectives and head noun in the nominative."""
    if count:
        parts = re.split(r"(\s+)", before)
        for i in range(0, count * 2, 2):
            word = parts[i]
            if not word.endswith("er") or word.endswith(("ischer", "scher", "licher", "aler", "Freier", "einer")):
                parts[i] = re.sub(r"e[rsnm]?$", _NOMINATIVE[head.gender], word)
        before = "".join(parts)
    return _flat(before + after)


_LEGAL = re.compile(
    r"(?<![\w-])(?:gGmbH|GmbH|mbH|gAG|AG|SE|eG|KGaA|KG|OHG|UG|AöR|A\.ö\.R\.|e\.\s?V\.|e\.\s?G\.)(?!\w)(?:[ \xa0]?&[ \xa0]?Co\.?(?:[ \xa0]?KGaA|[ \xa0]?KG)?(?!\w))?"
)
_COMPANY_BEFORE = re.compile(
    r"(?:(?<=[\s(„\"“])|^)((?:(?:[A-ZÄÖÜ0-9][\w.&+'’-]*|&|und|für|der|des|zur|in|im|am|an|von|-|–|/)[ \xa0]){0,7}(?:[A-ZÄÖÜ0-9][\w.&+'’-]*|[„\"»][^„\"“”»«]{2,40}[“\"«”])[ \xa0,]{1,2})$"
)
_NOT_COMPANY = re.compile(
    r"^(?:(?:Der|Die|Das|Den|Dem|Des|Ein|Eine|Mit|Von|Bei|Für|In|Im|Am|An|Auch|Als|Und|und|für|der|des|zur|von|in|im|am|an|-|–|/|Geschäftsführer(?:in)?|Vorsitzende[rn]?"
    r"|Unternehmen|Firma|Verein|Vereins|Trägerverein|Träger|Tochter|Betreiber|Partner|Chef|Sprecher(?:in)?|Vorstand|Leiter(?:in)?|Direktor(?:in)?)[ \xa0])+"
)
_ARTICLE = re.compile(
    r"(?<=[ \xa0])(?:der|des|die|das|den|dem|von|vom|beim|im|am|zur|zum|und|für|an|in)[ \xa0](?=[A-ZÄÖÜ„»\"])"
)
_TAKES_GENITIVE = re.compile(
    r"(?i)(?:verein|verband|gesellschaft|bund|freunde|freundeskreis|gemeinschaft|vereinigung|initiative|haus|zentrum|institut|netzwerk|bündnis|förderung|werk|stiftung|forum|rat"
    r"|wirtschaft|betriebe?|dienste?|hilfe|schule|mission|kreis|partner|söhne|zentrale|bildung|kultur|arbeit|jugend|leben|wohnen|beratung|prävention)(?:e?s)?[ \xa0](?:und[ \xa0])?$"
)


@cache
def _legal_forms() -> AhoCorasick:
    """Finds whether a text has legal forms at all, which is cheaper than the pattern that reads them."""
    return AhoCorasick(
        [
            "mbH",
            " AG",
            " SE",
            " eG",
            " KG",
            " OHG",
            " UG",
            " AöR",
            "gAG",
            " A.ö.R.",
            " e. V.",
            " e.V.",
            "\xa0AG",
            " e.\xa0V.",
            " e. G.",
        ],
        implementation=Implementation.ContiguousNFA,
        store_patterns=False,
    )


def company_names(text: str) -> Iterator[Found]:
    """Companies and registered associations by their legal form: "Muster & Söhne GmbH", "Lichtblick e. V."."""
    if not _legal_forms().find_matches_as_indexes(text):
        return
    for form in _LEGAL.finditer(text):
        left = text[max(0, form.start() - 110) : form.start()]
        line = max(left.rfind("\n"), left.rfind(": "), left.rfind("; "), left.rfind("("))
        before = _COMPANY_BEFORE.search(left[line + 1 :])
        if before is None:
            continue
        words = before[1]
        cut = _NOT_COMPANY.match(words)
        begin = cut.end() if cut else 0
        # A name begins after the last article, unless the word before it is one that takes a genitive itself.
        for article in reversed(list(_ARTICLE.finditer(words, begin))):
            if not _TAKES_GENITIVE.search(words[begin : article.start() + 1]):
                begin = article.end()
                break
        name = words[begin:].strip(" \xa0,")
        if not name or not re.search(r"[A-ZÄÖÜ]", name):
            continue
        start = form.start() - len(words) + begin
        org_type = OrgType.ASSOCIATION if form[0].startswith("e.") and "V" in form[0] else OrgType.COMPANY
        yield Found(start, form.end(), _flat(text[start : form.end()]), org_type, None, "company")
