"""The numbers beside a unit word: number phrases and the words that link them ("10 bis 15", "3,2 auf 4,1 Millionen")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from policy_ie.language.numbers import CARDINAL_WORD, NUMERAL, SCALE_WORD, VAGUE_WORD, WRAPPED_NUMERAL, Quantity, parse_quantity

__all__ = ["REACH", "SPACE", "Operand", "operands_after", "operands_before"]

#: How far from the unit word its numbers may begin, in characters.
REACH = 110
#: White space with at most one line break.
SPACE = r"[^\S\n]{0,4}\n?[^\S\n]{0,4}"
_HYPHEN = "[-\u2010\u2011\u2013]"
_SPACES = re.compile(SPACE)
#: Between the words of one number.
_GAP = re.compile(rf"{SPACE}|\s?{_HYPHEN}")
#: Between the number and the unit: white space, a hyphen, the dash for no cents, "von" ("Millionen von Euro").
_BEFORE_UNIT = re.compile(rf"{SPACE}|{_HYPHEN}|[.,][-–—]{{1,2}}{SPACE}|{SPACE}von{SPACE}")
_MODIFIERS = (
    r"(?:\s+(?:bis zu|hin zu|rund|etwa|ca\.|circa|knapp|fast|gut|maximal|höchstens|mindestens|über|mehr als|jetzt|nun|nunmehr"
    r"|künftig|dann|sogar|zu))?"
)


@cache
def _lex() -> re.Pattern[str]:
    return re.compile(
        r"(?P<link>(?<![^\W_])(?:bis|und|oder|bzw\.|beziehungsweise|auf|sowie|statt)(?![^\W_])"
        rf"{_MODIFIERS}|,(?=\s)|/|[–—‒]|(?<=[\d\s])-(?=[\d\s]))"
        rf"|(?P<number>{WRAPPED_NUMERAL}|{NUMERAL})(?P<dash>[.,][-–—]{{1,2}}(?!\d))?"
        rf"|(?P<word>{SCALE_WORD}|{CARDINAL_WORD}|(?<![^\W_])(?i:{VAGUE_WORD}|hunderttausend|zehntausend|viele|vielen|von)(?![^\W_]))"
    )


_YEAR = re.compile(r"(?:19|20)\d\d")
#: Words after which a number is a label, not the first of two sums.
_LABEL = re.compile(
    r"(?:Klassen?|Stufen?|Platz|Plätze|Nr\.|Nummern?|§+|Artikel|Art\.|Absatz|Abs\.|Kapitel|Titel|Seiten?|Jahr(?:e|en|es)?|Uhr|Lose?"
    r"|Gruppen?|Phasen?|Kategorien?|Pflegegrad|Paragra(?:f|ph)|Einzelplan|Anlagen?|CO|Zone|Tarif)\s+$"
)
_FROM = re.compile(r"\b(?:von|um|statt)(?:\s+[a-zäöüß.]+){0,2}\s+$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bzwischen(?:\s[a-zäöüß.]+)?\s+$", re.IGNORECASE)
_DASHES = ("–", "—", "‒", "-")


@dataclass(slots=True, eq=False)
class Operand:
    """A number phrase beside a unit word.

    Attributes:
        start, end: offsets in the text; a dash for no cents is inside.
        quantity: what it means.
        text: the number phrase.
        gap: what links it to the number phrase before it, white space included; empty for the first.
    """

    start: int
    end: int
    quantity: Quantity
    text: str
    gap: str = ""

    @property
    def link(self) -> str:
        """The linking words without white space."""
        return self.gap.strip()

    @property
    def ranges(self) -> bool:
        """True where the link itself makes a range."""
        return self.link.startswith(("bis", *_DASHES))

    @property
    def dashed(self) -> bool:
        """True where the link is a dash, which is ambiguous."""
        return self.link.startswith(_DASHES)

    @property
    def year(self) -> bool:
        """True for what looks like a year."""
        return bool(_YEAR.fullmatch(self.text))


#: Words that go between a link and its number (`_MODIFIERS`).
_BESIDE_LINK = frozenset(re.findall(r"\w+", _MODIFIERS.replace(r"\s", " ")))


@lru_cache(1 << 12)
def _foreign(word: str) -> bool:
    """True for a word that is in no number and no link."""
    return word.isalpha() and word not in _BESIDE_LINK and _lex().search(word) is None


def _reach(window: str) -> int:
    """Where the words begin that may be numbers and links up to the end of the window."""
    end = len(window)
    for word in reversed(window.split()):
        start = window.rfind(word, 0, end)
        if _foreign(word):
            return start + len(word)
        end = start
    return 0


def operands_before(window: str, offset: int) -> list[Operand]:
    """The numbers that end at the end of the window, in order of the text; `offset` is where the window begins.

    Example:
        >>> [o.text for o in operands_before("Der Etat steigt von 3,2 auf 4,1 Millionen ", 0)]
        ['3,2', '4,1 Millionen']
    """
    tokens = list(_lex().finditer(window, _reach(window)))
    if not tokens or not (tokens[-1][0].lower() == "von" or _BEFORE_UNIT.fullmatch(window, tokens[-1].end())):
        return []
    if tokens[-1][0].lower() == "von":
        del tokens[-1]
    operands: list[Operand] = []
    index = len(tokens)
    while index:
        # The run of adjacent number tokens that ends before `index`.
        first = index
        while first and tokens[first - 1].lastgroup != "link":
            if first < index and not _GAP.fullmatch(window, tokens[first - 1].end(), tokens[first].start()):
                break
            first -= 1
        operand, used = _longest(window, tokens, first, index, offset)
        if operand is None:
            break
        if operands:
            operands[0] = replace(operands[0], gap=window[operand.end - offset : operands[0].start - offset])
        operands.insert(0, operand)
        # Goes on to the left only over a link that touches on both sides.
        if used != first or first < 2 or tokens[first - 1].lastgroup != "link" or tokens[first - 2].lastgroup == "link":
            break
        before, link = tokens[first - 2], tokens[first - 1]
        if not (_touch(window, link.end(), operand.start - offset) and _touch(window, before.end(), link.start())):
            break
        index = first - 1
    return _linked(window, offset, operands)


def operands_after(text: str, end: int) -> list[Operand]:
    """The numbers after a unit in front ("EUR 3,2 Mrd."); only ranges link them.

    Example:
        >>> [o.text for o in operands_after("EUR 10 bis 15 Mio. im Jahr 2020", 3)]
        ['10', '15 Mio.']
    """
    window = text[end : end + REACH]
    position = _skip(window, 0)
    operands: list[Operand] = []
    while True:
        run: list[re.Match[str]] = []
        match = _lex().match(window, position)
        while match is not None and match.lastgroup != "link" and len(run) < 6:
            run.append(match)
            position = _skip(window, match.end())
            match = _lex().match(window, position)
        operand = None
        for last in range(len(run), 0, -1):
            operand, used = _longest(window, run, 0, last, end)
            if operand is not None and used == 0:
                break
            operand = None
        if operand is None:
            break
        gap = window[operands[-1].end - end : operand.start - end] if operands else ""
        operands.append(replace(operand, gap=gap))
        if match is None or match.lastgroup != "link" or not match[0].startswith(("bis", *_DASHES)) or last != len(run):
            break
        position = _skip(window, match.end())
    if operands and not operands[0].text[0].isdigit() and not operands[0].quantity.scaled:
        return []
    return operands


def _skip(text: str, position: int) -> int:
    match = _SPACES.match(text, position)
    return match.end() if match else position


def _touch(text: str, end: int, start: int) -> bool:
    return bool(_SPACES.fullmatch(text, end, start))


def _longest(window: str, tokens: list[re.Match[str]], first: int, last: int, offset: int) -> tuple[Operand | None, int]:
    """The longest number phrase that ends with token `last` - 1, and the index of its first token."""
    if first >= last:
        return None, last
    final = tokens[last - 1]
    end = final.end("number") if final["dash"] else final.end()
    for index in range(max(first, last - 6), last):
        start = tokens[index].start()
        surface = window[start:end]
        quantity = parse_quantity(surface)
        if quantity is not None:
            if final["dash"]:
                quantity = replace(quantity, grouped=True)
            return Operand(offset + start, offset + final.end(), quantity, surface), index
    return None, last


def _linked(window: str, offset: int, operands: list[Operand]) -> list[Operand]:
    """Drops what a link does not really join to the sum: years, labels, lists without an end."""
    for index in range(len(operands) - 1, 0, -1):
        left, right = operands[index - 1], operands[index]
        if not _joins(left, right, window[: left.start - offset], operands[index + 1 :]):
            return [replace(right, gap=""), *operands[index + 1 :]]
    return operands


def _joins(left: Operand, right: Operand, before: str, later: list[Operand]) -> bool:
    if right.link.startswith("und") and _BETWEEN.search(before):
        return True
    plain = not (left.quantity.scaled or left.quantity.grouped)
    if left.quantity.value is None and right.quantity.value is not None and not right.link.startswith("bis"):
        return False
    if left.quantity.one and not right.quantity.scaled and not right.link.startswith("bis"):
        return False
    if (left.year and not right.year) or _LABEL.search(before) or (plain and "\n" in right.gap):
        return False
    if right.link.startswith("auf"):
        return left.quantity.scaled or bool(_FROM.search(before))
    if right.link == ",":
        return any(operand.link.startswith(("und", "oder", "bzw", "bez", "sowie")) for operand in later)
    if right.dashed:
        return right.gap.strip() == right.gap or not any(operand.ranges for operand in later)
    if right.link.startswith("bis"):
        return True
    if right.quantity.grouped and not right.quantity.scaled and plain:
        # "Klasse 5 und 1.500 Euro" is no pair, "500 bzw. 1.000 Euro" is one.
        return left.quantity.value is not None and left.quantity.value >= 50
    return True
