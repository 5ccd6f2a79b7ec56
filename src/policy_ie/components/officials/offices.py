"""What stands around a title noun: attributes before it, portfolio and body after it, and what the office then is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence

from policy_ie.components.base import Mention
from policy_ie.components.officials.persons import ACADEMIC, SPACE, WORD, is_given, is_surname, noun_like
from policy_ie.components.officials.titles import BODY, NO_OFFICE, Title, portfolio_of, role_with_body, title_of
from policy_ie.components.officials.words import is_attribute, is_subject, words
from policy_ie.knowledge import TerritoryEntry, knowledge_base
from policy_ie.knowledge.portfolios import portfolios_of
from policy_ie.records import Gender, Kind, Level, OfficeValue, OrganisationValue, OrgType, Role, TerritoryValue
from policy_ie.records.values import Link

__all__ = ["Phrase", "PlaceIndex", "gender_from", "governed", "merged", "office_value", "phrase_at"]

#: "Essener Oberbürgermeister"
_ADJECTIVE_OF_PLACE = re.compile(r"[A-ZÄÖÜ][\w-]+(?<!minist)(?<!meist)er")
_ARTICLES = frozenset(
    {"der", "die", "dem", "den", "des", "ein", "eine", "einen", "einem", "einer", "eines", "unser", "unsere", "unserer",
     "unseren", "unserem", "ihr", "ihre", "ihrer", "ihrem", "ihren", "sein", "seine", "seiner", "seinem", "seinen",
     "zum", "zur", "vom", "beim", "als", "dessen", "deren"}
)  # fmt: skip
#: What makes a Stadtrat the head of a department and no councillor.
_AS_DEPARTMENT = re.compile(r"\bfür\b|hauptamtlich|Dezernat", re.I)
_OPENING = "(„\"»‚'“–-"
_FORMER = re.compile(r"ehemalig|früher|einstig|vormalig|damalig", re.I)
_ACTING = re.compile(r"amtierend|kommissarisch|geschäftsführend", re.I)
_DEPUTY = re.compile(r"stellv|stv\.|zweite|dritte|\b[23]\.", re.I)
_RETIRED = re.compile(r"[ \xa0](?:a\. ?D\.|i\. ?R\.|außer Dienst|im Ruhestand|\((?:a\. ?D\.|i\. ?R\.|außer Dienst)\))")
_CONNECTOR = re.compile(
    r"[ \xa0\n](?:(?:für|gegen)(?:[ \xa0](?:die|das|den))?|der|des|von(?:[ \xa0]der)?|vom|im|in(?:[ \xa0](?:der|den))?|beim?|"
    r"bei(?:[ \xa0]der)?|am|an(?:[ \xa0](?:der|den))?|zum|zur|zu|aus(?:[ \xa0](?:der|dem))?|ob der|vor der)"
    r"[ \xa0\n](?=[\w„])"
)
_LOWER = re.compile(r"[a-zäöü][a-zäöüß]+(?:e|en|er|es|em)[ \xa0\n](?=[a-zäöüA-ZÄÖÜ])")
_TWO_ADJECTIVES = re.compile(r"Freien und (?=Hansestadt)")
#: "Innen- und" before "Justizminister".
_COORDINATED = re.compile(r"((?:[A-ZÄÖÜ][\wäöüß]+-,?[ \xa0\n])+)(?:und|sowie|&)[ \xa0\n]$")
_JOINER = re.compile(
    r"(?:,[ \xa0\n]|[ \xa0\n](?:und|sowie|&)[ \xa0\n]|/)"
    r"(?=(?:(?:für|der|des|die|das)[ \xa0\n])?\w)(?:(?:für|der|des|die|das)[ \xa0\n])?"
)
_HYPHEN = re.compile(r"[A-ZÄÖÜ][\wäöüß]+-(?=[,\s])")
_BODY = re.compile(r"\w*(?:[Mm]inisterium|verwaltung)")
_NAME_AHEAD = re.compile(r"(?:Prof|Dr|Frau|Herr)\b")
_OF_MINISTRIES = frozenset({Role.MINISTER, Role.SENATOR, Role.STATE_SECRETARY})
_MINISTERIAL = frozenset(
    {
        Role.MINISTER,
        Role.SENATOR,
        Role.STATE_SECRETARY,
        Role.HEAD_OF_DEPARTMENT,
        Role.COMMISSIONER,
        Role.EU_COMMISSIONER,
        Role.OTHER,
    }
)


class PlaceIndex:
    """Mentions of territories and organisations by their start, for look-ups near an offset."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.starts = [m.start for m in mentions]

    def at(self, start: int) -> Mention | None:
        """The longest mention that begins at `start`."""
        i = bisect_left(self.starts, start)
        if i < len(self.starts) and self.starts[i] == start:
            return self.mentions[i]
        return None

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """Mentions that begin and end inside."""
        i, j = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [m for m in self.mentions[i:j] if m.end <= end]

    def covering(self, start: int, end: int, kinds: tuple[Kind, ...]) -> Mention | None:
        """A mention of these kinds that begins at most 120 characters before and holds [start, end) and more."""
        i, j = bisect_left(self.starts, start - 120), bisect_left(self.starts, end)
        for m in self.mentions[i:j]:
            if m.kind in kinds and m.start <= start and m.end >= end:
                return m
        return None


class Phrase:
    """A title with what belongs to it.

    Attributes:
        title: the title noun.
        start, end: offsets of the noun.
        left: offset where its attributes begin, article excluded.
        right: offset where portfolio and body end.
        article: the article or preposition before, lower case, "" without.
        subjects: portfolio named after "für" or in the genitive.
        subjects_end: where they end.
    """

    __slots__ = ("article", "end", "left", "retired", "right", "start", "subjects", "subjects_end", "title")

    def __init__(
        self,
        title: Title,
        start: int,
        end: int,
        left: int,
        right: int,
        article: str,
        subjects: tuple[str, ...],
        subjects_end: int,
        retired: bool,
    ) -> None:
        self.title = title
        self.start = start
        self.end = end
        self.left = left
        self.right = right
        self.article = article
        self.subjects = subjects
        self.subjects_end = subjects_end
        self.retired = retired


def phrase_at(text: str, start: int, end: int, title: Title, places: PlaceIndex, names_end: Container[int] = ()) -> Phrase:
    """The title at [start, end) with attributes, portfolio and body; `names_end` are the ends of names found already."""
    left, further = _coordination(text, start)
    word = _word_before(text, left)
    for _ in range(4):
        if (
            word is None
            or word[0] + len(word[1]) in names_end
            or not (is_attribute(word[1]) or (text[left - 1] != "\n" and _ADJECTIVE_OF_PLACE.fullmatch(word[1])))
        ):
            break
        left = word[0]
        word = _word_before(text, left)
    article = word[1].lower() if word is not None and word[1].lower() in _ARTICLES else ""
    at, retired = end, False
    if m := _RETIRED.match(text, at):
        at, retired = m.end(), True
    right, subjects, subjects_end = _complement(text, at, places)
    if further and not subjects:
        subjects = [subject for part in (*further, title.stem) for subject in portfolio_of(part)]
        subjects_end = end
    return Phrase(title, start, end, left, right, article, tuple(subjects), subjects_end, retired)


def _word_before(text: str, at: int) -> tuple[int, str] | None:
    """The word before the white space at `at`, with its offset and without opening quotes and brackets."""
    end = at - 1
    if end < 1 or text[end] not in " \xa0\n":
        return None
    while end > 1 and text[end - 1] in " \xa0":
        end -= 1
    floor = max(0, end - 40)
    begin = max(text.rfind(" ", floor, end), text.rfind("\n", floor, end), text.rfind("\xa0", floor, end), floor - 1) + 1
    while begin < end and text[begin] in _OPENING:
        begin += 1
    return (begin, text[begin:end]) if begin < end else None


def _coordination(text: str, start: int) -> tuple[int, list[str]]:
    """Where "Innen- und" before a compound begins, and its parts."""
    word = _word_before(text, start)
    if word is None or word[1] not in ("und", "sowie", "&"):
        return start, []
    m = _COORDINATED.search(text[max(0, start - 60) : start])
    if m is None:
        return start, []
    return start - len(m[0]), [part.strip("-,") for part in m[1].split()]


def _name_begins(text: str, at: int) -> bool:
    """True where the words at `at` are a person or a further title."""
    m = WORD.match(text, at)
    if m is None:
        return False
    if _NAME_AHEAD.match(text, at) or ACADEMIC.match(text, at):
        return True
    if title_of(m[0]) is not None:
        return True
    if not is_given(m[0]) or is_subject(m[0]):
        return False
    gap = SPACE.match(text, m.end())
    if gap is None:
        return False
    nxt = WORD.match(text, gap.end())
    return nxt is not None and not noun_like(nxt[0])


def _complement(text: str, at: int, places: PlaceIndex) -> tuple[int, list[str], int]:
    """End of the portfolio and body after a title, the subjects named, and where they end."""
    subjects: list[str] = []
    end = subjects_end = at
    if (gap := SPACE.match(text, at)) and (place := places.at(gap.end())) and place.kind == "territory" and "\n" not in gap[0]:
        end = place.end  # "die erste Landrätin Deutschlands"
    for _ in range(5):
        m = _CONNECTOR.match(text, end)
        if m is None:
            break
        connector = m[0].split()[0]
        listing = connector in ("für", "gegen", "der", "des", "im", "zur")
        stop, words = _noun_phrases(text, m.end(), places, listing and not subjects)
        if stop == m.end():
            break
        first = words[0] if words and not _is_body(words[0], m.end(), places) else ""
        if not subjects and first and (connector == "für" or (end <= at and listing and is_subject(first.split()[-1]))):
            subjects, subjects_end = words, stop
        end = stop
    land = places.at(end + 1) if subjects else None
    if land is not None and text[end] == " " and _is_land(land):
        end = land.end
    return end, subjects, subjects_end


def _is_land(place: Mention | None) -> bool:
    return place is not None and isinstance(place.value, TerritoryValue) and place.value.level is Level.STATE


def _before_land(text: str, start: int, end: int, places: PlaceIndex) -> int:
    """End of a subject without the Land that follows it: "Forschung und Kunst | Baden-Württemberg"."""
    at = text.rfind(" ", start, end)
    return at if at > start and _is_land(places.at(at + 1)) else end


def _is_body(words: str, at: int, places: PlaceIndex) -> bool:
    """True where the words name a body and no subject: "im Ministerium der Finanzen"."""
    mention = places.at(at)
    return (mention is not None and mention.kind == "organisation") or _BODY.match(words) is not None


def _noun_phrases(text: str, at: int, places: PlaceIndex, listing: bool) -> tuple[int, list[str]]:
    """Noun phrases at `at`: their end and words, a list of them where `listing`."""
    words: list[str] = []
    end = at
    while len(words) < 14:
        stop = _noun_phrase(text, at, places)
        if stop == at:
            break
        if words:
            stop = _before_land(text, at, stop, places)
        words.append(" ".join(text[at:stop].split()))
        end = stop
        if not listing:
            break
        m = _JOINER.match(text, end)
        if m is None:
            break
        nxt = m.end()
        if h := _HYPHEN.match(text, nxt):  # "Kinder- und Jugendhilfe"
            words.append(h[0])
            end = h.end()
            m = _JOINER.match(text, end)
            if m is None:
                break
            nxt = m.end()
        item = _before_land(text, nxt, _noun_phrase(text, nxt, places), places)
        if item == nxt:
            break
        last = text[nxt:item].split()[-1]
        further = text[nxt].islower() and text[nxt - 4 : nxt - 1] in ("das", "die", "den")  # "und das östliche Mecklenburg"
        if not (
            further
            or is_subject(last)
            or (words and is_subject(words[-1].split()[-1]) and "," not in m[0] and not is_surname(last))
        ):
            break
        at = nxt
    return end, _completed(words)


def _completed(parts: list[str]) -> list[str]:
    """ "Bundes-" beside "Europaangelegenheiten" as "Bundesangelegenheiten"."""
    if not any(part.endswith("-") for part in parts):
        return parts
    whole = parts[-1].lower()
    ending = max((e for e in words("subject_endings") if whole.endswith(e)), key=len, default="")
    return [part[:-1] + ending if part.endswith("-") and ending else part for part in parts]


def _noun_phrase(text: str, at: int, places: PlaceIndex) -> int:
    """End of one noun phrase that begins at `at`; `at` where there is none."""
    begin = at
    if m := _TWO_ADJECTIVES.match(text, at):
        at = m.end()
    for _ in range(3):
        m = _LOWER.match(text, at)
        if m is None:
            break
        at = m.end()
    end = begin
    for _ in range(6):
        mention = places.at(at)
        if mention is not None and mention.kind != "money":
            end = mention.end
        else:
            m = WORD.match(text, at)
            if m is None or _name_begins(text, at):
                break
            end = m.end()
        if text[end : end + 1] == "-" and (h := re.compile(r"- (?:und|oder) [A-ZÄÖÜ][\wäöüß]+").match(text, end)):
            end = h.end()
        gap = SPACE.match(text, end)
        if gap is None or "\n" in gap[0]:
            break
        at = gap.end()
    return end


def role_of(phrase: Phrase, text: str, places: PlaceIndex | None = None) -> Role | None:
    """The role of the office; None for a function without public office."""
    title = phrase.title
    before = text[phrase.left : phrase.start]
    after = text[phrase.end : phrase.right]
    role = title.role
    if role == BODY:
        # A bare "Präsident" is one; a bare "Leiter" or "Vorsitzende" may lead anything.
        bare = title.head == "Präsident" and not after and not title.stem and phrase.article not in ("dessen", "deren")
        role = (
            role_with_body(title.head, f"{before} {title.stem} {after}")
            or (places and _role_with_organisation(title.head, phrase, places))
            or ("president" if bare else NO_OFFICE)
        )
    elif role == "spokesperson" and (body := role_with_body(title.head, f"{title.stem} {after}")) in (
        "group_leader",
        NO_OFFICE,
    ):
        role = body
    elif role == "spokesperson" and "politisch" in before:
        role = "group_leader"
    if role == NO_OFFICE:
        return None
    office = Role(role)
    deputy = title.deputy or _DEPUTY.search(before) is not None
    if title.head == "Bürgermeister":
        if "egierend" in before:
            return Role.HEAD_OF_GOVERNMENT
        if "rste" in before and re.search(r"Hamburg|Hansestadt", text[max(0, phrase.left - 60) : phrase.right + 40]):
            return Role.HEAD_OF_GOVERNMENT
        if phrase.subjects and after.lstrip().startswith("für"):
            return Role.HEAD_OF_DEPARTMENT
    if title.head in ("Stadtrat", "Kreisrat") and (
        "rste" in before or portfolio_of(title.stem) or _AS_DEPARTMENT.search(before + after)
    ):
        return Role.HEAD_OF_DEPARTMENT
    if deputy and office in (Role.MAYOR, Role.DISTRICT_ADMINISTRATOR):
        return Role.DEPUTY_MAYOR
    if deputy and office is Role.HEAD_OF_GOVERNMENT:
        return Role.MINISTER
    return office


def _role_with_organisation(head: str, phrase: Phrase, places: PlaceIndex) -> str | None:
    """Role of a title by the kind of the organisation that is named with it."""
    for mention in places.within(phrase.start, phrase.right):
        value = mention.value
        if isinstance(value, OrganisationValue):
            if value.org_type in (OrgType.AUTHORITY, OrgType.COURT, OrgType.PARLIAMENT, OrgType.GOVERNMENT):
                return "other" if head in ("Leiter", "Mitglied", "Vorsitzender") else "president"
            return NO_OFFICE
    return None


def office_value(phrase: Phrase, text: str, places: PlaceIndex) -> OfficeValue | None:
    """The office that the phrase names; None for a function without public office."""
    role = role_of(phrase, text, places)
    if role is None:
        return None
    before = text[phrase.left : phrase.start]
    title = phrase.title
    subjects = phrase.subjects
    if not subjects and role in _MINISTERIAL:
        subjects = portfolio_of(title.stem)
        if not subjects and role in _OF_MINISTRIES:
            subjects = portfolios_of(text[phrase.end : phrase.right])
    if role is Role.MEMBER_OF_PARLIAMENT or _PARTY_STEM.match(title.stem):
        subjects = ()  # "Abgeordnete für Ostholstein", "CDU-Kreisvorsitzender"
    organisation: Link | None = None
    territory: Link | None = None
    for mention in places.within(phrase.left, phrase.right):
        if mention.start >= phrase.end and mention.kind == "organisation" and organisation is None:
            organisation = (mention.start, mention.end)
        if mention.kind == "territory" and territory is None and title.plural is not True:
            territory = governed(mention, role)
    if territory is None:
        # "Dortmunds Oberbürgermeisterin"
        near = [
            m
            for m in places.within(phrase.left - 40, phrase.left)
            if m.kind == "territory" and text[m.end : phrase.left].strip("s") in ("", " ")
        ]
        if near:
            territory = governed(near[-1], role)
    shown = (
        text[phrase.left if _keeps_attributes(before) else phrase.start : phrase.start]
        + _nominative(text[phrase.start : phrase.end], title)
        + (text[phrase.end : phrase.subjects_end] if subjects and phrase.subjects else "")
    )
    return OfficeValue(
        title=" ".join(shown.split()),
        role=role,
        portfolio=subjects,
        organisation=organisation,
        territory=territory,
        acting=_ACTING.search(before) is not None,
        former=title.former or phrase.retired or _FORMER.search(before) is not None,
    )


def governed(mention: Mention, role: Role) -> Link:
    """The territory of an office: "Kelheims Landrat" is the one of the Kreis."""
    value = mention.value
    if (
        role is not Role.DISTRICT_ADMINISTRATOR
        or not isinstance(value, TerritoryValue)
        or value.level is not Level.MUNICIPALITY
        or not value.ags
    ):
        return (mention.start, mention.end)
    named = (e for e in knowledge_base().by_name(value.name) if isinstance(e, TerritoryEntry) and e.level == "district")
    return next((e.kb_id for e in named if e.state == value.state), f"ags:{value.ags[:5]}")


_PARTY_STEM = re.compile(r"(?:SPD|CDU|CSU|FDP|AfD|BSW|SSW|Grünen|Linken)-")


def _nominative(word: str, title: Title) -> str:
    """The title noun in the nominative: "Bürgermeisters", "Bundespräsidenten".

    Example:
        >>> _nominative("Bundespräsidenten", title_of("Bundespräsidenten")), _nominative("Landrätin", title_of("Landrätin"))
        ('Bundespräsident', 'Landrätin')
    """
    if title.gender is not Gender.MALE or (title.plural is True and not word.endswith("n")):
        return word
    at = word.lower().rfind(title.head.lower())
    return word[: at + len(title.head)] if at >= 0 and word[at + len(title.head) :] in ("s", "n", "en", "es") else word


def merged(offices: Iterable[OfficeValue]) -> list[OfficeValue]:
    """The offices of one person, each once: "Ministerin" and "Familienministerin" are one."""
    kept: list[OfficeValue] = []
    for office in offices:
        for i, known in enumerate(kept):
            if _one_office(known, office):
                fuller = len(office.portfolio) > len(known.portfolio) or (
                    known.role != office.role and office.territory is not None
                )
                richer, other = (office, known) if fuller else (known, office)
                kept[i] = richer.model_copy(
                    update={
                        "organisation": richer.organisation or other.organisation,
                        "territory": richer.territory or other.territory,
                    }
                )
                break
        else:
            kept.append(office)
    return kept


_SHORT = {"OB": "Oberbürgermeister", "OBM": "Oberbürgermeister", "StS": "Staatssekretär", "Ortschef": "Bürgermeister"}


def _one_office(a: OfficeValue, b: OfficeValue) -> bool:
    if a.former != b.former:
        return False
    if a.role != b.role:  # "der Bürgermeister von Windhuk" in Bremen, and later "Bürgermeister Muster"
        return a.title == b.title == "Bürgermeister" and (a.territory is None) is not (b.territory is None)
    first, second = (next((t for w in o.title.split() if (t := title_of(w))), None) for o in (a, b))
    if first is None or second is None or _SHORT.get(first.head, first.head) != _SHORT.get(second.head, second.head):
        return a.title == b.title
    return first.stem == second.stem or not (first.stem and second.stem) or bool(set(a.portfolio) & set(b.portfolio))


_TITLE_ATTRIBUTE = re.compile(r"(?i)(?:erst|zweit|dritt|[1-3]\.|parlament|regier|stellv|stv|[\w-]+-,? )")


def _keeps_attributes(before: str) -> bool:
    """True where the attribute is a part of the title: "Erster Bürgermeister"."""
    return before != "" and _TITLE_ATTRIBUTE.match(before) is not None


def gender_from(phrase: Phrase, text: str) -> Gender | None:
    """Gender by the form of the title, or by the article before an adjective form: "die Beauftragte"."""
    if phrase.title.gender is not None or phrase.title.plural is True:
        return phrase.title.gender
    if text[phrase.start : phrase.end].endswith("en"):
        return {"dem": Gender.MALE, "den": Gender.MALE, "des": Gender.MALE, "der": Gender.FEMALE}.get(phrase.article)
    return {"die": Gender.FEMALE, "der": Gender.MALE}.get(phrase.article)
