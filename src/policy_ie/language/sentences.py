"""Paragraphs and sentences of German text by rules, for running text, headlines and lists alike.

Two linear passes: one over the line breaks (which of them end a paragraph, which only wrap a line), one over the
sentence-final marks, with a decision for each that looks at the words on both sides.
"""

from __future__ import annotations

import re
from functools import cache

from policy_ie.language.abbreviations import abbreviations, sentence_starters

__all__ = ["paragraph_spans", "sentence_spans"]

Span = tuple[int, int]

_BREAK = "\n\r\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile(rf"[^\s][^{_BREAK}]*+")
_BULLET = re.compile(r"[•·▪■●◦‣►▶➢✓*→]|[-–—]\s|\(?\d{1,2}[.)]\s+\D|[a-z]\)\s")
#: Shortest line that an editor can have wrapped, and the longest.
_WRAP_MIN, _WRAP_MAX = 40, 140

#: Words that nothing can end with; those that are particles of verbs too ("bietet … an") are not among them.
_GOES_ON = re.compile(
    r"(?<!\w)(?:d(?:er|ie|as|en|em|es)|ein(?:e|en|em|er|es)|und|oder|sowie|für|von|vom|zum|zur|i[mn]|am|beim|ins|als|gegen|ohne)\Z"
)
_CLOSING = "\"“”»«’'›‹)\\]"
_OPENING = "\"„“”»«‚‘'›‹([–—-"
# A run of final marks is tried at its first character only (the look-behind), so a long run stays linear.
_FINAL = re.compile(rf"[.!?…](?<![.!?…]{{2}})[.!?…]*+[{_CLOSING}]*+(?:(\s++)|(?=[„“A-ZÄÖÜ]))")
_WORD = re.compile(r"[^\W\d_]+")
_ORDINAL = re.compile(r"(?:\d{1,2}\.?\s?[/–-]\s?)?\d{1,2}|\d{1,2}\.\d{1,2}|[IVX]+")
_VOWEL = re.compile(r"[aeiouyäöüAEIOUYÄÖÜ]")
_BEFORE_ORDINAL = re.compile(
    r"d(?:er|ie|as|en|em|es)|zu[mr]|[ai]m|vom|beim|(?:ih|sei|ei)n?(?:re?|rem|ren|ne|nen|nem|e|en|em)?|unser[en]?[mn]?"
)
_QUOTE_CLOSE = re.compile(r"[^\"“”«»]{1,80}[\"“”«»]\s+[a-zäöüß]")


def paragraph_spans(text: str) -> list[Span]:
    """Offsets of the paragraphs without surrounding white space.

    A blank line ends a paragraph. A single line break ends it too (headline, list item, one paragraph a line), unless
    the text is hard-wrapped and the next word would not have fitted into the line.

    Example:
        >>> text = "Land fördert Kitas\\nDas Land fördert neue Plätze."
        >>> [text[a:b] for a, b in paragraph_spans(text)]
        ['Land fördert Kitas', 'Das Land fördert neue Plätze.']
    """
    lines: list[Span] = []
    follows: list[bool] = []  # the line follows the one before after a single break
    previous_end = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[end - 1].isspace():
            end = start + len(text[start:end].rstrip())
        if lines:
            gap = text[previous_end:start]
            follows.append(gap.count("\n") < 2 and gap.count("\r") < 2 and "\x0c" not in gap)
        lines.append((start, end))
        previous_end = match.end()
    if len(lines) < 2:
        return lines

    width = _wrap_width(text, lines, follows)
    paragraphs = [lines[0]]
    for index in range(1, len(lines)):
        if follows[index - 1] and _is_wrapped(text, lines[index - 1], lines[index], width):
            paragraphs[-1] = (paragraphs[-1][0], lines[index][1])
        else:
            paragraphs.append(lines[index])
    return paragraphs


def _wrap_width(text: str, lines: list[Span], follows: list[bool]) -> int:
    """Width at which the text is hard-wrapped; 0 where it is not: too few lines go on in lower case."""
    single = wrapped = width = 0
    for index, together in enumerate(follows):
        if not together:
            continue
        single += 1
        start, end = lines[index]
        if _WRAP_MIN <= end - start <= _WRAP_MAX and text[lines[index + 1][0]].islower() and text[end - 1] not in ".!?":
            wrapped += 1
            width = max(width, end - start)
    return width if wrapped >= 0.2 * single and (wrapped >= 2 or single <= 4) else 0


def _is_wrapped(text: str, line: Span, following: Span, width: int) -> bool:
    length = line[1] - line[0]
    if _BULLET.match(text, following[0]):
        return False
    if _GOES_ON.search(text, max(line[0], line[1] - 8), line[1]):
        return True
    if length < _WRAP_MIN:
        return False
    first = text[following[0]]
    if first.islower() and text[line[1] - 1] not in ".!?":
        return length <= _WRAP_MAX or text[line[1] - 1] == ","
    if not width or length > 1.15 * width:
        return False
    space = text.find(" ", following[0], following[1])
    word = (space if space > 0 else following[1]) - following[0]
    return length + 1 + word > 0.95 * width  # the next word would not have fitted


def sentence_spans(text: str, paragraphs: list[Span] | None = None) -> list[Span]:
    """Offsets of the sentences in order, without white space around them.

    Every non-blank character belongs to exactly one sentence; headlines and list items are sentences too. Quoted
    speech is cut at its inner sentences, and its closing mark and a following "sagte …" belong to the last of them.

    Args:
        text: any text.
        paragraphs: what `paragraph_spans` gave, where it is known already.

    Example:
        >>> text = "Am 3. Mai kam Dr. Müller. „Wir fördern das!“, sagte sie. Die Stadt erhält z. B. Mittel."
        >>> [text[a:b] for a, b in sentence_spans(text)]
        ['Am 3. Mai kam Dr. Müller.', '„Wir fördern das!“, sagte sie.', 'Die Stadt erhält z. B. Mittel.']
    """
    sentences: list[Span] = []
    ends = _ends_sentence
    for start, end in paragraph_spans(text) if paragraphs is None else paragraphs:
        begin = start
        for match in _FINAL.finditer(text, start, end):
            following = match.end()
            after = following if match[1] is None else match.start(1)
            if following < end and ends(text, begin, start, match.start(), after, following):
                sentences.append((begin, after))
                begin = following
        if begin < end:
            sentences.append((begin, end))
    return sentences


def _ends_sentence(text: str, begin: int, paragraph: int, mark: int, after: int, following: int) -> bool:
    """Decides for a mark at `mark`, its closing quotes ending at `after`, and the next word at `following`."""
    char = text[following]
    if char.islower() or char in ",;:)/":
        return False
    if char in _OPENING:
        inner = text[following : following + 4].lstrip(_OPENING + " ")
        if inner and inner[0].islower():
            return False
    if following == after:  # no space: "beschlossen.Die", but not in an address or a number
        return _is_glued(text, begin, mark, following)
    if mark == begin:
        return False
    stop = text[mark] == "." and text[mark + 1] != "."
    if stop and _is_abbreviated(text, paragraph, mark, following):
        return False
    # A title with a mark inside: das Programm "Kein Kind zurücklassen! Für ganz NRW" wird
    if after == mark + 1 and (quote := _QUOTE_CLOSE.match(text, following)) is not None:
        window = text[max(begin, mark - 100) : mark]
        opened = max(window.rfind("„"), window.rfind("“"), window.rfind("»"), window.rfind('"'))
        if opened >= 0 and window[opened + 1 : opened + 2].isalnum() and not re.search(r"[.!?]", text[following : quote.end()]):
            return not (window[:opened].rstrip()[-1:].isalnum() or (opened == 0 and not stop))
    return True


def _is_glued(text: str, begin: int, mark: int, following: int) -> bool:
    if mark + 1 != following:
        return True
    word = text[max(begin, mark - 20) : mark].rpartition(" ")[2]
    following_word = _WORD.match(text, following)
    return (
        text[mark] == "."
        and word.isalpha()
        and len(word) > 2
        and word[-1].islower()
        and following_word is not None
        and (len(following_word[0]) > 2 or following_word[0] in sentence_starters())
        and text[following_word.end() : following_word.end() + 1] in " ,"
        and word not in abbreviations()
    )


@cache
def _abbreviation_parts() -> frozenset[str]:
    """Last parts of abbreviations of several words: "B" of "z. B."."""
    return frozenset(key.rpartition(".")[2] for key in abbreviations() if "." in key)


def _is_abbreviated(text: str, paragraph: int, mark: int, following: int) -> bool:
    """True where the full stop belongs to an ordinal, an abbreviation or an initial, and the sentence goes on."""
    window = text[max(paragraph, mark - 32) : mark]
    head, _, word = window.replace("\xa0", " ").rpartition(" ")
    word = word.rpartition("\n")[2].lstrip("(„\"“»[‚'")
    if not word:
        return False
    if word[-1].isdigit() or _ORDINAL.fullmatch(word):
        return _is_ordinal(text, paragraph, mark, following, word, head)
    known = abbreviations()
    ends = None
    if word in _abbreviation_parts() or "." in word:
        joined = word
        for part in reversed(head.split()[-3:]):
            if len(part) > 3 or not part.endswith("."):
                break
            joined = part.lstrip("(„\"“»[‚'") + joined
            ends = known.get(joined, ends)
        ends = known.get(word, ends)
    if ends is None:
        ends = known.get(word)
    if ends is None and word[:1].isupper():
        ends = known.get(word[:1].lower() + word[1:])
    if ends is False:
        return True
    if ends is None:
        if "-" in word:
            ends = known.get(word.rpartition("-")[2])
            if ends is False:
                return True
        if ends is None:
            initial = len(word) == 1 and word.isalpha()
            short = len(word) <= 5 and word.isalpha() and not word.isupper() and _VOWEL.search(word) is None
            if not (initial or short or word.endswith("str")):
                return False
    return not _begins_sentence(text, following)


def _is_ordinal(text: str, paragraph: int, mark: int, following: int, word: str, head: str) -> bool:
    if text[following].isdigit() and len(word) <= 5:
        return True
    if mark - len(word) <= paragraph:  # the number of a list item
        return True
    if _ORDINAL.fullmatch(word):
        return not _begins_sentence(text, following)
    return _BEFORE_ORDINAL.fullmatch(head.rpartition(" ")[2]) is not None and not _begins_sentence(text, following)


def _begins_sentence(text: str, offset: int) -> bool:
    while offset < len(text) and text[offset] in _OPENING:
        offset += 1
    word = _WORD.match(text, offset)
    return word is not None and word[0] in sentence_starters()
