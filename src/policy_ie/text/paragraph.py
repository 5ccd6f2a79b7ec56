"""A paragraph of a page while its layout is read."""

from __future__ import annotations

import re
from functools import lru_cache

from policy_ie.records import SectionKind

__all__ = ["Paragraph", "is_publisher_name"]

_SENTENCE_BREAK = re.compile(
    r"[.!?](?<!Mio\.)(?<!Mrd\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bNr\.)(?:(?<!\d[.!?])|(?<=\d{4}\.))[\"“”»«’')]*\s+[„\"»‚(]?[A-ZÄÖÜ\d]"
)
_PROSE_END = re.compile(r"[.:;!?…][\"“”»«‘’')\]]*$|[\"“”»«‘’]$|\(\d[\d.]+\)$")
#: Words in quotation marks, "?" among them, which archives print for lost ones.
_QUOTED = re.compile(r"„[^“”\"]*[“”\"]|\"[^\"]*\"|»[^«]*«|\?(?<!\w\?)\w[^?]*\?")
_NAME_WORD = r"(?:[A-ZÄÖÜ][\w-]*,?|[A-ZÄÖÜ]\.|für|des|der|und|von|im|in|am|an|zu|ländliche[nr]?|–|-|&)"
_HEAD = (
    r"[\w-]*(?:[Mm]inisterium|[Ss]enatsverwaltung|[Ss]taatskanzlei|[Ss]enatskanzlei|[Rr]egierungspräsidium"
    r"|[Bb]ezirksregierung|[Ll]andratsamt|[Ll]andesamt|[Bb]undesamt|[Kk]reisverwaltung|[Ss]tadtverwaltung|[Ll]andesregierung"
    r"|[Bb]undesregierung|[Ss]taatsregierung|[Ll]andesdirektion|[Ll]andesverwaltungsamt)s?"
    r"|Presse- und Informationsamt|Presseamt|Presse- und Medienamt|Behörde für|Senator(?:in)? für|Landkreis|Kreis"
    r"|Landeshauptstadt|Hansestadt|Universitätsstadt|Freie und Hansestadt|Stadt|Gemeinde|Bezirk|Region|Samtgemeinde"
    r"|Verbandsgemeinde|Markt|Land|Freistaat"
)
_PUBLISHER = re.compile(
    rf"(?:(?:Der|Die|Das)\s+)?(?:(?!Neuer?s?\s)[A-ZÄÖÜ][a-zäöüß]+(?:es|er|e|s|\.)\s)?(?:{_HEAD})(?:\s+{_NAME_WORD})*$"
)
#: Head nouns that name nobody when they stand alone.
_BARE = frozenset(
    (
        "Landkreis",
        "Kreis",
        "Landeshauptstadt",
        "Hansestadt",
        "Stadt",
        "Gemeinde",
        "Bezirk",
        "Region",
        "Markt",
        "Land",
        "Freistaat",
    )
)


class Paragraph:
    """A paragraph with what is known of it.

    Attributes:
        text, start, end: the words and where they stand.
        kind: the label, once decided.
        role: what its wording alone shows: a key of `phrases.toml`, `teaser`, `contact data`, `end`.
        prose: true for running text.
    """

    __slots__ = ("end", "kind", "prose", "role", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.kind: SectionKind | None = None
        self.role: str | None = None
        self.prose = False

    @property
    def words(self) -> int:
        """Number of words."""
        return self.text.count(" ") + 1

    @property
    def sentences(self) -> int:
        """Number of sentences, roughly."""
        return len(_SENTENCE_BREAK.findall(self.text)) + 1

    def looks_like_prose(self) -> bool:
        """True for running text: long, or several words that end like a sentence."""
        length = len(self.text)
        if length < 60:
            return False
        words = self.words
        if words < 7:
            return False
        if length > 300:
            return True
        if _SENTENCE_BREAK.search(self.text):
            unquoted, quotes = _QUOTED.subn("", self.text)
            if not quotes or _SENTENCE_BREAK.search(unquoted):
                return words >= 9
        if _PROSE_END.search(self.text, length - 20) is None:
            return False
        return words >= 8 and (self.text[-1] not in '!?:“"”' or length > 140)


@lru_cache(64)  # headline, labels and publisher ask for the same lines
def is_publisher_name(line: str) -> bool:
    """True for a line that is nothing but the name of a public body.

    Example:
        >>> is_publisher_name("Ministerium für Bildung und Kultur des Landes Schleswig-Holstein")
        True
        >>> is_publisher_name("Hessisches Ministerium für Umwelt und ländlichen Raum")
        True
        >>> is_publisher_name("Neue Landesregierung im Amt")
        False
        >>> is_publisher_name("Landkreis Harz erhält Geld für Schulen")
        False
    """
    return len(line) < 200 and _PUBLISHER.match(line) is not None and line not in _BARE
