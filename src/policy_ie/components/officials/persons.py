"""The grammar of personal names: given names, particles, nobility, family names, academic titles."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

from policy_ie.components.officials.titles import title_of
from policy_ie.components.officials.words import words
from policy_ie.knowledge import PersonEntry, knowledge_base
from policy_ie.knowledge.names import name_tables
from policy_ie.records import Gender

__all__ = [
    "ACADEMIC",
    "SPACE",
    "WORD",
    "PersonName",
    "gender_of",
    "has_word",
    "is_given",
    "is_surname",
    "noun_like",
    "parse_name",
    "without_genitive",
]

#: The capitals of the alphabets with cases, for a class of characters; `re` has none, and is three times as fast as `regex`.
UPPER = "".join(char for char in map(chr, range(0x2100)) if category(char) == "Lu")
#: What a word goes on with: letters, and marks that combine with them, which `re` does not count as such.
LETTER = r"\w\u0300-\u036f"
#: A capitalised word, hyphens and apostrophes within.
WORD = re.compile(rf"(?:[dDOL]['’])?[{UPPER}][{LETTER}’']*(?:-(?:al-|el-)?[{UPPER}][{LETTER}’']*)*")
INITIAL = re.compile(rf"(?!Dr\.|St\.|Nr\.)[{UPPER}][a-z]?\.(?:[ -]?[{UPPER}]\.)*(?=[ \xa0])")
#: Between the words of a name: blanks, or one line break of a wrapped text.
SPACE = re.compile(r"[ \xa0\u202f]{1,2}|[ ]?\n[ ]?(?=\S)")
PARTICLE = re.compile(
    r"(?:von und zu|von und zum|von der|von den|von dem|von zu|von|v\.|v\.[ \xa0]?d\.|vom|vor der|van der|van den|van de|van|"
    r"zu|zur|zum|de la|de las|de los|de|del|della|di|da|dos|du|den|der|ten|ter|aus dem|aus der|auf der|in der|am|"
    r"El|Al|el|al|bin|Bin|ben|Ben|Abu|Le|La|Mc|St\.)[ \xa0]"
)
NOBILITY = re.compile(
    r"(?:(?:Graf|Gräfin|Freiherr|Freifrau|Freiin|Frhr\.|Prinz|Prinzessin|Fürst|Fürstin|Baron|Baronin|Herzog|Herzogin|Ritter|Edler)"
    r"[ \xa0](?:(?:von|zu|von und zu|von der|vom|zum|zur|und)[ \xa0])*)"
)
ACADEMIC = re.compile(
    r"(?:(?:Professor(?:in)?|Univ\.-Prof\.|Prof\.(?:in)?|Doktor(?:in)?|Dres\.|Dr\.(?:in)?|Dr(?= [A-Z])|Prof(?= [A-Z])|PD|"
    r"Priv\.-Doz\.|Dipl\.[ -]?\w+\.?(?: \(FH\))?|Mag\.|Ing\.|habil\.|jur\.|phil\.|rer\. ?(?:nat|pol|oec|soc)\.|med\.|vet\.|"
    r"theol\.|agr\.|h\. ?c\.|mult\.|Ph\.?D\.?|M\.A\.|B\.A\.|-?Ing\.|[eE]\. ?h\.)"
    r"(?:-Ing\.)?(?: \(\w{2,20}\))?,?[ \xa0\n]){1,6}"
)

#: Particles that are prepositions and articles too.
_PREPOSITIONS = frozenset({"der", "den", "am", "zum", "zur", "zu", "du", "in der", "auf der", "aus dem", "aus der", "vor der"})

_NOUNISH = re.compile(
    r".{2,}(?:ungs?|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|ismus|ierung|bescheide?n?s?|mitteln?|"
    r"gelder|projekte?s?|programme?s?|straßen?|plätze|platz|schulen?|kinder|kindern|innen|vertreter|besuch|gespräche?|zentrum|"
    r"hauses?|.{5,}häuser|preis|preise|tage?s|woche|wochen|jahre?n?s?|euro|prozent|verein|vereine|stiftung|institut|gesetz|(?<!\b\w\w)plan|"
    r"beginn|ende|hilfe|hilfen|arbeit|arbeiten|förderung|eröffnung|anlage|anlagen|bau|fest|feier|urkunden?|ehrennadel|orden|"
    r"ministerium|rat|amt|amtes|stadt|kreis|kreises|gemeinde|land|landes|büro|team|pressestelle|gmbh|museum|theater)"
)


class PersonName(NamedTuple):
    """A name in the text.

    Attributes:
        start, end: offsets of the name without academic title.
        given: given names, "" where there are none.
        family: family name with particles.
        academic: academic title before the name.
        known: True where given name or family name stand in the name tables.
    """

    start: int
    end: int
    given: str
    family: str
    academic: str
    known: bool


@lru_cache(maxsize=1 << 14)
def is_given(word: str) -> bool:
    """True for a given name of the tables, or a hyphenated one whose parts are."""
    given = name_tables().given
    if "-" not in word:
        return word in given or (len(word) > 2 and word.isupper() and word.title() in given)
    first, *rest = word.split("-")
    return word in given or (first in given and all(part in given for part in rest))


def is_weak(word: str) -> bool:
    """True for a given name that is an ordinary word or a place too."""
    return word in name_tables().weak


def is_surname(word: str) -> bool:
    """True for a family name of the tables, or a double name with a part of them."""
    surnames = name_tables().surnames
    return word in surnames or ("-" in word and any(part in surnames for part in word.split("-")))


@lru_cache(1 << 14)
def gender_of(given: str) -> Gender | None:
    """Gender of the first given name, where the tables know one.

    Example:
        >>> gender_of("Karl-Josef"), gender_of("Ute Maria"), gender_of("Xaverl")
        (<Gender.MALE: 'male'>, <Gender.FEMALE: 'female'>, None)
    """
    first, *rest = re.split(r"[ -]", given)
    table = name_tables().given
    of_first, of_second = (table.get(name.title() if name.isupper() else name, "") for name in (first, rest[0] if rest else ""))
    if {of_first, of_second} == {"f", "m"} and rest[0] != "Maria":
        return None  # "Sascha Karolin"
    return {"f": Gender.FEMALE, "m": Gender.MALE}.get(of_first)


@lru_cache(maxsize=1 << 14)
def noun_like(word: str) -> bool:
    """True for a word that is an ordinary noun by its ending, or a word that is no name."""
    if word in words("not_names"):
        return True
    return _NOUNISH.fullmatch(word.lower()) is not None and not is_surname(word) and (is_weak(word) or not is_given(word))


#: What stands before a surname alone.
_BEFORE_SURNAME = ("Dr.", "Herr", "Herrn", "Frau", "so", "sagte", "erklärte", "betonte")


def has_word(text: str, word: str) -> bool:
    """True where the text holds the words, with no letter before or behind."""
    at = text.find(word)
    while at >= 0:
        if not (text[at - 1 : at].isalnum() or text[at + len(word) : at + len(word) + 1].isalnum()):
            return True
        at = text.find(word, at + 1)
    return False


def _family_word(word: str, after_given: bool = False) -> bool:
    """True where the word can be a family name; "Sommer" and "Freitag" only after a given name."""
    if word in words("not_names"):
        return after_given and is_surname(word)
    if word.isupper() and len(word) < 4:
        return False
    if is_surname(word):
        return True
    return title_of(word) is None and not noun_like(word)


def _soft_break(text: str, at: int) -> bool:
    """True where the line break at or after `at` only wraps a long line."""
    return at - text.rfind("\n", 0, at) > 50


def _gap(text: str, at: int) -> int:
    """Offset after the white space at `at`; -1 where the name cannot go on."""
    m = SPACE.match(text, at)
    if m is None or ("\n" in m[0] and not _soft_break(text, at)):
        return -1
    return m.end()


def parse_name(text: str, start: int, *, titled: bool) -> PersonName | None:
    """The name that begins at `start`; None where there is none.

    Args:
        text: the text.
        start: offset of the first word of the name or of its academic title.
        titled: True after a title, "Herr" or "Frau", where unknown words are a name too.

    Example:
        >>> parse_name("Dr. Karl-Josef von Muster sprach.", 0, titled=False)[2:]
        ('Karl-Josef', 'von Muster', 'Dr.', True)
        >>> parse_name("Schulze Pellengahr sprach", 0, titled=True)[2:4]
        ('', 'Schulze Pellengahr')
    """
    academic = ""
    if text.startswith(("S.E. ", "I.E. "), start):
        start, titled = start + 5, True  # "Seine Exzellenz"
    if m := ACADEMIC.match(text, start):
        academic = " ".join(m[0].replace(",", " ").split())
        start, titled = m.end(), True
    at = start
    givens: list[tuple[int, int]] = []
    family: tuple[int, int] | None = None
    known = False
    while len(givens) < 5:
        if m := INITIAL.match(text, at):
            if not givens and not titled:
                return None
            givens.append((at, m.end()))
            at = _gap(text, m.end())
            continue
        m = WORD.match(text, at)
        if m is None:
            break
        word = m[0]
        follows = _gap(text, m.end())
        if is_given(word) and follows > 0 and _may_follow(text, follows):
            known = known or not is_weak(word)
            givens.append((at, m.end()))
            at = follows
            continue
        if titled and not givens and follows > 0 and is_given(word) and not is_surname(word) and not is_weak(word):
            second = WORD.match(text, follows)  # "Ministerin Bernadette Weyland": a given name does not stand alone
            family = second.span() if second and len(second[0]) < 12 and title_of(second[0]) is None else None
            givens = [(at, m.end())] if family else []
        break
    family = family or _family(text, at, bool(givens), titled)
    if family is None and givens:
        # The last given name is the family name: "Minister Otto", "Hans Peter".
        if len(givens) < 2 and not titled:
            return None
        family = givens.pop()
        if text[family[1] - 1] == "." or noun_like(text[family[0] : family[1]]):
            return None
        if not givens and is_weak(text[family[0] : family[1]]) and not is_surname(text[family[0] : family[1]]):
            return None
    if family is None:
        return None
    if givens and (last := _second_family(text, givens[0][0], family)) is not None:
        givens.append(family)
        family = last
    surname = text[family[0] : family[1]]
    given = text[givens[0][0] : givens[-1][1]] if givens else ""
    if not givens and titled:
        family, given = _unknown_given(text, family)
        surname = text[family[0] : family[1]]
        known = known or is_surname(surname.rsplit(" ", 1)[-1])
    known = known or bool(givens and is_surname(surname.rsplit(" ", 1)[-1]))
    begin = givens[0][0] if givens else (start if given else family[0])
    return PersonName(begin, family[1], " ".join(given.split()), " ".join(surname.split()), academic, known)


def _second_family(text: str, start: int, family: tuple[int, int]) -> tuple[int, int] | None:
    """A family name behind another word, known or used alone elsewhere: "Claus Ruhe Muster … Muster lobt"."""
    first = text[family[0] : family[1]]
    at = _gap(text, family[1]) if " " not in first else -1
    m = WORD.match(text, at) if at > 0 else None
    if m is None or len(m[0]) < 4 or not _family_word(m[0], True) or is_given(m[0]):
        return None
    whole = " ".join(text[start : m.end()].split())
    if any(isinstance(entry, PersonEntry) for entry in knowledge_base().by_name(whole)):
        return m.span()
    both = text.count(f"{first} {m[0]}")
    if text.count(first) > both or text.count(m[0]) == both:
        return None
    before = {found[1] for found in re.finditer(rf"([\w.]+)[ \xa0]{re.escape(m[0])}(?!\w)", text)} - {first}
    return m.span() if any(word in _BEFORE_SURNAME or title_of(word) is not None for word in before) else None


def _may_follow(text: str, at: int) -> bool:
    """True where the word at `at` can continue a name."""
    if INITIAL.match(text, at) or NOBILITY.match(text, at):
        return True
    if m := PARTICLE.match(text, at):
        return _particle_fits(text, m, has_given=True)
    m = WORD.match(text, at)
    return m is not None and (is_given(m[0]) or _family_word(m[0], True))


def _particle_fits(text: str, particle: re.Match[str], *, has_given: bool) -> bool:
    """True where a family name follows the particle; those that are also prepositions need a known name."""
    following = WORD.match(text, particle.end())
    if following is None or not _family_word(following[0]) or following[0] in ("Besuch", "Gast"):
        return False
    dative = particle[0].strip() == "von den" and following[0][-1] == "n"  # "von den Mitgliedern"
    if dative or particle[0].strip().lower() in _PREPOSITIONS:
        return has_given and is_surname(following[0])
    return has_given or particle[0].strip() not in ("von", "vom") or is_surname(following[0])


def _is_noble(title: str, word: str) -> bool:
    """False where the title is the surname itself, and another word follows: "Sven Herzog Bonn"."""
    return " " in title.strip() or title.strip() not in ("Herzog", "Ritter", "Fürst", "Baron", "Prinz") or is_surname(word)


def _family(text: str, at: int, has_given: bool, titled: bool) -> tuple[int, int] | None:
    """Offsets of the family name at `at`, with particles and nobility."""
    begin = at
    m = NOBILITY.match(text, at)
    if m and (has_given or titled) and (noble := WORD.match(text, m.end())) and _is_noble(m[0], noble[0]):
        at = m.end()
    elif (m := PARTICLE.match(text, at)) and (has_given or titled):
        if not _particle_fits(text, m, has_given=has_given):
            return None
        at = m.end()
    m = WORD.match(text, at)
    if m is None or not _family_word(m[0], has_given):
        return None
    end = m.end()
    if m[0] in words("double_first"):
        nxt = _gap(text, end)
        if nxt > 0:
            second = WORD.match(text, nxt)
            if second and _family_word(second[0]) and second[0] not in ("Besuch", "Gast"):
                end = second.end()
    return begin, end


def _unknown_given(text: str, family: tuple[int, int]) -> tuple[tuple[int, int], str]:
    """Decides whether the word after a title is a given name that the tables lack: "Bürgermeister Upit Muster"."""
    begin, end = family
    first = text[begin:end]
    nxt = _gap(text, end)
    if nxt < 0 or " " in first:
        return family, ""
    second = _family(text, nxt, True, True)
    if second is not None and (is_surname(first) or "-" in first):
        last = text[second[0] : second[1]]
        if any(has_word(text, f"{before} {last}") for before in _BEFORE_SURNAME):  # "Dr. Klement Muster … Dr. Muster"
            return second, first
        return family, ""
    if second is not None and (third := _gap(text, second[1])) > 0 and not is_surname(text[second[0] : second[1]]):
        third_word = _family(text, third, True, True)  # "Yacin Muster Probé"
        if third_word is not None and not is_surname(first):
            return third_word, " ".join(text[begin : second[1]].split())
    if second is None or (not is_surname(text[second[0] : second[1]].rsplit(" ", 1)[-1]) and not text[nxt : nxt + 1].isupper()):
        return family, ""
    return second, first


#: After a genitive: what is owned.
_OWNED = re.compile(r"[ \xa0](?:[a-zäöüß]+e[nrms]?[ \xa0])?[A-ZÄÖÜ]")
#: Before a name that stands in another case than the genitive.
_NO_GENITIVE = re.compile(
    r"(?:\b(?:[sS]o|sagte?|erklärte?|betonte?|[mM]it|[vV]on|an|[fF]ür|durch|[bB]ei|und|wie|laut|ist|war|wird|hat|auf|um|gegen|zu)|[.,:(„“])"
    r"[ \xa0\n]$"
)


def without_genitive(name: PersonName, text: str) -> PersonName:
    """ "Frank Musters" as "Frank Muster", where the text or the tables know the name without the s."""
    family = name.family
    if len(family) < 4 or family[-1] != "s" or family[-2] in "sxzß" or is_surname(family):
        return name
    if has_word(text, family[:-1]):
        return name._replace(family=family[:-1])
    genitive = _OWNED.match(text, name.end) or not _NO_GENITIVE.search(text, max(0, name.start - 12), name.start)
    if genitive and is_surname(family[:-1]):
        return name._replace(family=family[:-1])
    return name
