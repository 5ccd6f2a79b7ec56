"""From text to tokens of the grammar: temporal words, numbers and the function words around them.

One regular expression finds the words that can carry a temporal expression; function words ("im", "der", "und") are only
looked at beside them. The tokens of a text are also a string of one character per token (its class), with `BREAK` where
anything else stands in between, so that the rules of the grammar are regular expressions over that string.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from policy_ie.components.dates import numerals
from policy_ie.language.calendar import DAY_PARTS, FEASTS, MONTHS, SEASONS, UNITS, WEEKDAY_ADVERBS, WEEKDAYS

__all__ = ["BREAK", "CLASSES", "Token", "scan"]

#: Stands in the class string where the next token does not follow the last one.
BREAK = "x"

_NAMES = """
TO DAY ORD YEAR YEARPAIR NUM DATE DM CLOCK DOT MONTH WEEKDAY WEEKDAYS WDPART WDPARTS JAHR TAG WOCHE MONAT UNIT
QUARTAL HALBJAHR DECADE JHDT WE TERM SEASON PART PARTADV DEICTIC REF REL FEAST ADJ DET DEM EACH ALL EIN PHASE
PHASED HALF UHR KW PREP AND APPROX PER TIMES SETADV SHIFT DURADJ VAGUE NTH CARD COMMA DASH SLASH NOUN EARLIER
TODAYS QNUM ADV MY
"""

#: Class name -> its character in the class string.
CLASSES: dict[str, str] = {name: chr(0x100 + i) for i, name in enumerate(_NAMES.split())}

_TENS = "zwanziger dreißiger vierziger fünfziger sechziger siebziger achtziger neunziger"
_FUNCTION = ("DET", "DEM", "EACH", "ALL", "EIN", "PREP", "TO", "AND", "APPROX", "PER", "ADV")
_UNIT_CLASS = {"Y": "JAHR", "D": "TAG", "W": "WOCHE", "M": "MONAT", "Q": "QUARTAL", "H": "HALBJAHR", "C": "JHDT", "WE": "WE"}
_WEEKDAY_PARTS = (
    ("früh", "TMO"), ("vormittag", "TMO"), ("morgen", "TMO"), ("mittag", "TMI"), ("nachmittag", "TAF"),
    ("abend", "TEV"), ("nacht", "TNI"),
)  # fmt: skip
_SIGNS = {",": "COMMA", "–": "DASH", "-": "DASH", "—": "DASH", "/": "SLASH", "&": "AND"}
_ENDINGS = ("", "e", "em", "en", "er", "es")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_GAP = 40


class Token:
    """A word or number of the grammar: offsets, class name, meaning, the form."""

    __slots__ = ("cls", "data", "end", "form", "start")

    def __init__(self, start: int, end: int, cls: str, data: Any, form: str) -> None:
        self.start = start
        self.end = end
        self.cls = cls
        self.data = data
        self.form = form

    def moved(self, by: int) -> Token:
        """The token, so many characters further on."""
        return Token(self.start + by, self.end + by, self.cls, self.data, self.form)


def _variants(form: str) -> Iterable[str]:
    stems = [form[:-1] + ending for ending in _ENDINGS] if form.endswith("*") else [form]
    for stem in stems:
        stem = stem.replace("_", " ")
        yield stem
        if stem[0].islower():
            yield stem[0].upper() + stem[1:]


@cache
def _lexicon() -> tuple[dict[str, tuple[str, Any]], dict[str, tuple[str, Any]]]:
    """Content words and function words: form -> (class, meaning)."""
    raw = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    words: dict[str, tuple[str, Any]] = {}
    function: dict[str, tuple[str, Any]] = {sign: (cls, None) for sign, cls in _SIGNS.items()}
    for form, code in SEASONS.items():
        words[form] = ("SEASON", code)
    for form, unit in UNITS.items():
        words[form] = (_UNIT_CLASS.get(unit, "UNIT"), unit)
    for form, number in MONTHS.items():
        words[form] = words[form.upper()] = ("MONTH", number)
        if len(form) > 4:
            words[form.lower()] = ("MONTH", number)
    for form, number in WEEKDAYS.items():
        words[form] = ("WEEKDAY", number)
        if len(form) > 2:
            words[form.upper()] = ("WEEKDAY", number)
            if form.endswith(("g", "ch")):
                for part, code in _WEEKDAY_PARTS:
                    for ending in ("", "s"):
                        words[form + part + ending] = ("WDPART", (number, code))
                    words[form.lower() + part + "s"] = ("WDPARTS", (number, code))
    for form, number in WEEKDAY_ADVERBS.items():
        words[form] = ("WEEKDAYS", number)
    for form, rule in FEASTS.items():
        words[form] = ("FEAST", rule)
    for form, value in numerals.cardinals().items():
        if form.lower() != "ein":
            words.setdefault(form, ("CARD", value))
    for form, rank in numerals.ordinals().items():
        words[form] = ("NTH", rank)
    for cls, entries in raw.items():
        for meaning, forms in entries.items():
            for form in forms.split():
                for variant in _variants(form):
                    table = function if cls in _FUNCTION else words
                    table[variant] = (cls, meaning)
    for decade, tens in enumerate(_TENS.split(), 2):
        for form in (tens, tens.capitalize()):
            for sign in (" ", "-", ""):
                for noun in ("Jahre", "Jahren") if sign else ("jahre", "jahren"):
                    words[form + sign + noun] = ("DECADE", f"19{decade}")
    for form, count in {**numerals.cardinals(), "ein": "1", "Ein": "1"}.items():
        if float(count) <= 20 and not form.lower().startswith("beide"):
            for unit, value in _ADJ_UNIT.items():
                for ending in _ENDINGS:
                    words[form + unit + ending] = ("DURADJ", value.format(count))
    for number, roman in enumerate(("I.", "II.", "III.", "IV."), 1):
        words[f"Q{number}"] = words[f"{roman} Quartal"] = ("QNUM", number)
    for form, code in DAY_PARTS.items():  # with a capital the noun, though a sentence may begin with the adverb
        words[form] = ("PART", code)
    for table in (words, function):  # old systems wrote "Maerz", "fuenf", "naechste"
        for form, entry in list(table.items()):
            if entry[0] != "DURADJ" and (transcribed := form.translate(_UMLAUTS)) != form:
                table.setdefault(transcribed, entry)
    return words, function


def _trie(forms: Iterable[str]) -> str:
    root: dict[str, Any] = {}
    for form in forms:
        node = root
        for char in form:
            node = node.setdefault(char, {})
        node[""] = {}

    def write(node: dict[str, Any]) -> str:
        optional = "" in node
        branches: dict[str, list[str]] = {}
        for char, child in sorted(node.items()):
            if char:
                branches.setdefault(write(child), []).append(char)
        parts = []
        for rest, chars in branches.items():
            head = re.escape(chars[0]) if len(chars) == 1 else "[" + "".join(re.escape(c) for c in chars) + "]"
            parts.append((r"\s+" if chars == [" "] else head) + rest)
        if not parts:
            return ""
        body = parts[0] if len(parts) == 1 and not optional else "(?:" + "|".join(parts) + ")"
        return body + "?" if optional else body

    return write(root)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + _trie(_lexicon()[0]) + r")(?!\w)")


#: Begins with the digit, so that the search skips to the next one; what stands before it is looked at after.
_NUMBERS = re.compile(
    r"\d(?<![\w.,]\d)(?:"
    r"(?P<iso>\d{3}-\d\d-\d\d(?:T\d\d[\d:.+Z-]*)?(?!\w))"
    r"|(?P<decade>\d{1,3}er[- ]?(?:Jahre?n?)\b)"
    r"|(?P<adj>\d{0,2}-?(?P<unit>jährig|monatig|wöchig|tägig|stündig|minütig)(?:e[mnrs]?)?(?!\w))"
    r"|\d*+(?:(?:\.?[-–/]|[.,:h])\d++)*+(?:\.(?=[A-ZÄÖÜ])|\.?(?![^\W\d_])|(?<=\.\d{4})(?=[A-ZÄÖÜ])))"
)

_SPLIT = re.compile(r"[-–/]")
_WORD = re.compile(r"[^\W\d_]+\.?|\S")
_SHAPES = re.compile(
    r"(?P<iso>(\d{4})-(\d\d)-(\d\d))|(?P<date>(\d\d?)\.(\d\d?)\.(\d{4}|\d\d))\.?|(?P<dm>(\d\d?)\.(\d\d?)\.)"
    r"|(?P<clock>(\d\d?)[:h](\d\d)(?::(\d\d))?)|(?P<dot>(\d\d?)\.(\d\d))|(?P<my>(?:0[1-9]|1[0-2])/(?:19|20)\d\d)|(?P<pair>([12]\d{3})/(\d\d|\d{4}))"
    r"|(?P<int>\d+)(?P<stop>\.)?|(?P<dec>\d+,\d+)|(?P<big>\d{1,3}(?:\.\d{3})+)"
)
_FEW = 6
#: Characters of a number that is too long to be kept.
_LONG = 24
#: "2021/2118", "2016/679": numbers of EU acts, not years.
_NUMBERED = re.compile(r"\d{4}/(?:\d{3}|2[1-9]\d\d|20[6-9]\d|1[0-8]\d\d|\d{5,})")


def _valid(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def _number_at(start: int, form: str) -> list[Token]:
    """Tokens of a number at an offset; none for what is no date or count."""
    found = _number(form) if len(form) < _LONG else _number.__wrapped__(form)
    return [token.moved(start) for token in found or ()]


@lru_cache(1 << 12)  # years and days come again and again
def _number(text: str) -> list[Token] | None:
    """Tokens of one written number with its signs ("12.", "2009-2011", "9.30/12.30"), None for what is no date or count."""
    found = _SHAPES.fullmatch(text)
    if found is None or (found["pair"] and not _is_pair(text)):
        parts: list[Token] = []
        position = 0
        pieces = _SPLIT.split(text)
        if _NUMBERED.fullmatch(text):
            return None
        if len(pieces) == 1 or len(pieces) > _FEW:
            if text.endswith("."):
                return _number(text[:-1])
            return None
        for piece in pieces:
            if not piece:
                return None
            if position:
                sign = text[position - 1]
                parts.append(Token(position - 1, position, "SLASH" if sign == "/" else "DASH", None, sign))
            tokens = _number(piece)
            if tokens is None:
                return None
            parts += [token.moved(position) for token in tokens]
            position += len(piece) + 1
        return parts
    end = len(text)
    g = found
    if g["iso"]:
        year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
        return [Token(0, 10, "DATE", (year, month, day), text)] if _valid(day, month) else None
    if g["date"]:
        day, month, year = (int(x) for x in g["date"].split("."))
        if len(g["date"].rsplit(".", 1)[1]) == 2:
            year += 2000 if year < 50 else 1900
        valid = _valid(day, month) and year > 999
        return [Token(0, len(g["date"]), "DATE", (year, month, day), text)] if valid else None
    if g["dm"]:
        day, month = (int(x) for x in text[:-1].split("."))
        if _valid(day, month):
            return [Token(0, end, "DM", (month, day), text)]
        return _number(text[:-1])
    if g["clock"]:
        parts_ = [int(x) for x in text.replace("h", ":").split(":")]
        return [Token(0, end, "CLOCK", tuple(parts_), text)] if parts_[0] <= 24 and parts_[1] < 60 else None
    if g["dot"]:
        return [Token(0, end, "DOT", tuple(int(x) for x in text.split(".")), text)]
    if g["my"]:
        return [Token(0, end, "MY", (int(text[3:]), int(text[:2])), text)]
    if g["pair"]:
        first, second = text.split("/")
        return [Token(0, end, "YEARPAIR", (int(first), int(first[: 4 - len(second)] + second)), text)]
    if g["int"]:
        digits, value = g["int"], int(g["int"]) if len(g["int"]) < 10 else 0
        if len(digits) <= 2 and 1 <= value <= 31:
            return [Token(0, end, "ORD" if g["stop"] else "DAY", value, text)]
        end = len(digits)
        if len(digits) == 4 and 1000 <= value < 2200:
            return [Token(0, end, "YEAR", value, digits)]
        if g["stop"] and len(digits) <= 2:
            return [Token(0, end + 1, "ORD", value, text)]
        if len(digits) > 1 and digits[0] == "0":
            return None
        return [Token(0, end, "NUM", value, digits)] if value else None
    if g["dec"]:
        return [Token(0, end, "NUM", text.replace(",", "."), text)]
    return [Token(0, end, "NUM", int(text.replace(".", "")), text)]


def _is_pair(text: str) -> bool:
    first, second = text.split("/")
    year = int(first)
    return 0 < int(first[: 4 - len(second)] + second) - year <= (1 if len(second) == 4 else 10)


def _decade(form: str) -> str | None:
    """TIMEX3 value of "90er Jahre", "1990er-Jahren"."""
    number = re.match(r"\d+", form)[0]  # type: ignore[index]
    if len(number) == 4 and number[3] == "0":
        return number[:3]
    return f"19{number[0]}" if len(number) == 2 and number[1] == "0" and number != "00" else None


_ADJ_UNIT = {"jährig": "P{}Y", "monatig": "P{}M", "wöchig": "P{}W", "tägig": "P{}D", "stündig": "PT{}H", "minütig": "PT{}M"}


#: Words that are written with a capital only at the beginning of a sentence.
_ADVERBS = frozenset(re.findall(r"\w+", "SHIFT EARLIER REF TIMES SETADV DEICTIC ADJ VAGUE CARD PARTADV TODAYS NTH"))
#: Signs before a number that is no date: "§ 3" has a space, "§3", "A-4", "+49" do not.
_NO_NUMBER = frozenset("§#€$£@_+-–/'’")
_start = re.Match.start


def _word(text: str, match: re.Match[str], words: dict[str, tuple[str, Any]]) -> list[Token]:
    """The token of a word, with the full stop of an abbreviation."""
    form = match[0]
    entry = words.get(form) or words[" ".join(form.split())]
    stop = match.end()
    abbreviated = (
        len(form) <= 4 and entry[0] in ("MONTH", "WEEKDAY", "UNIT") and form not in ("Mai", "Juni", "Juli", "März", "Tag")
    )
    if abbreviated and text[stop : stop + 1] == "." and text[stop + 1 : stop + 2] in " ,-–/\n\xa0":
        stop += 1
    return [Token(match.start(), stop, *entry, form)]


def scan(text: str) -> tuple[list[Token], str]:
    """The tokens of a text and the string of their classes.

    Between tokens that do not follow each other stands a token of class `BREAK`, so both sequences have the same length.

    Example:
        >>> [token.cls for token in scan("am Dienstag, den 3. Mai um 20.30 Uhr.")[0]]
        ['x', 'PREP', 'WEEKDAY', 'COMMA', 'DET', 'ORD', 'MONTH', 'PREP', 'DOT', 'UHR']
    """
    words, function = _lexicon()
    matches = [*_words().finditer(text), *_NUMBERS.finditer(text)]
    matches.sort(key=_start)
    tokens: list[Token] = []
    end = 0
    for match in matches:
        start = match.start()
        if start < end:
            continue
        if match.re is not _NUMBERS:
            if text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalpha() and end != start - 1:
                continue
            found = _word(text, match, words)
        elif match["iso"]:
            found = _number_at(start, match[0][:10])
        elif match["decade"]:
            decade = _decade(match[0])
            found = [Token(start, match.end(), "DECADE", decade, match[0])] if decade else []
        elif match["adj"]:
            count = match[0].split("-")[0].removesuffix(match["adj"].lstrip("0123456789-"))
            found = [Token(start, match.end(), "DURADJ", _ADJ_UNIT[match["unit"]].format(count), match[0])]
        elif (
            text[start - 1 : start] in _NO_NUMBER
            and end != start - 1
            and not (text[start - 1] in "-–/" and not text[start - 2 : start - 1].strip())
        ):
            found = []
        else:
            found = _number_at(start, match[0])
        if not found:
            tokens.append(Token(start, match.end(), BREAK, None, ""))
            end = match.end()
            continue
        # the function words in front
        gap_start = max(end, start - _GAP)
        gap: list[Token] = []
        broken = gap_start > end or end == 0
        if start > gap_start and text[gap_start:start] != " ":
            at = start
            for chunk in reversed(text[gap_start:start].split()):
                at = text.rindex(chunk, gap_start, at)
                if chunk not in function and chunk.isalpha():
                    broken = True
                    gap_start = at + len(chunk)  # nothing to collect before
                    break
            for word in _WORD.finditer(text, gap_start, start):
                form = word[0]
                entry = function.get(form)
                if entry is None:
                    gap.clear()
                    broken = True
                    continue
                if form[0].isupper():  # a new sentence or line
                    gap.clear()
                    broken = True
                gap.append(Token(word.start(), word.end(), entry[0], entry[1], form))
            if "\n\n" in text[gap_start:start]:
                broken = True
            if found[0].cls in _ADVERBS and found[0].form[0].isupper() and not gap:
                broken = True
        if broken:
            tokens.append(Token(end, end, BREAK, None, ""))
        tokens += gap
        tokens += found
        end = found[-1].end
    return tokens, "".join([CLASSES.get(token.cls, BREAK) for token in tokens])
