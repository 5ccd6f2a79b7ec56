"""The scan of one text for persons: names, and the titles that belong to them."""

from __future__ import annotations

from bisect import bisect_right, insort
from functools import lru_cache

from policy_ie.components.base import Mention, PolicyLayer
from policy_ie.components.officials.offices import Phrase, PlaceIndex, gender_from, office_value, phrase_at
from policy_ie.components.officials.patterns import (
    ACADEMIC_WORDS,
    AFTER_MDB,
    ANY,
    APPOINTS,
    APPOSITION,
    APPOSITION_LENGTH,
    CHAIN,
    COMMON_WOMAN,
    COPULA,
    ELECTED,
    FORMERLY,
    GENERIC_ROLES,
    HEAD_OF_SENATE,
    HONOR_GAP,
    HONORIFIC,
    LIST,
    OF_PLACES,
    PARTY,
    RELATIVE,
    SKIPPED,
    STEM_PARTY,
    TO_APPOSITION,
    TO_NAME,
    TRIGGER,
    TWO_WORDS,
)
from policy_ie.components.officials.persons import (
    ACADEMIC,
    WORD,
    PersonName,
    gender_of,
    is_given,
    is_surname,
    is_weak,
    noun_like,
    parse_name,
    without_genitive,
)
from policy_ie.components.officials.relations import (
    Found,
    completed,
    deputy_of,
    give_in_order,
    give_row,
    named_without_von,
    of_another_town,
    of_senate,
    office_of_member,
    office_of_other,
)
from policy_ie.components.officials.titles import NO_OFFICE, Title, is_head_of_senate, title_of
from policy_ie.components.officials.words import no_person_around
from policy_ie.records import Gender, OfficeValue, Role

__all__ = ["Scan"]


@lru_cache(maxsize=1 << 16)
def _kind_of(word: str) -> Title | str | None:
    """What a capitalised word may begin: a title, "given", "honorific", "academic"; None for nothing."""
    title = title_of(word)
    if title is not None:
        return title
    if word in HONORIFIC:
        return "honorific"
    if word in ACADEMIC_WORDS:
        return "academic"
    return "given" if is_given(word) and not noun_like(word) else None


def _inside_word(text: str, at: int) -> bool:
    """True in the middle of a word, an address, a compound."""
    before = text[at - 1] if at else " "
    return before.isalnum() or before in "_.@&-"


class Scan:
    """One pass over one text."""

    def __init__(self, layer: PolicyLayer) -> None:
        self.layer = layer
        self.text = layer.text
        self.places = PlaceIndex(layer.of_kind("territory", "organisation", "programme"))
        self.triggers: list[tuple[int, int, Title | str]] = []
        self.skipped = [(s.start, s.end) for s in layer.sections or () if s.kind in SKIPPED]
        for m in TRIGGER.finditer(self.text):
            kind = _kind_of(m[0])
            if kind is None:
                continue
            start = m.start()
            if not _inside_word(self.text, start) and not any(a <= start < b for a, b in self.skipped):
                self.triggers.append((start, m.end(), kind))
        self.found: list[Found] = []
        self.spans: list[tuple[int, int]] = []
        self.families: set[str] = set()
        self.by_start: dict[int, Found] = {}
        self.by_end: dict[int, Found] = {}
        self.title_end: dict[int, Found] = {}
        self.loose: list[Phrase] = []
        self.used: set[int] = set()
        self._of_senate: bool | None = None

    def keep(self, name: PersonName, gender: Gender | None) -> Found:
        """Takes a name as that of a person, with the party and the seat in parliament behind it."""
        name = without_genitive(name, self.text)
        person = Found(name, gender or gender_of(name.given), name.end)
        self.found.append(person)
        insort(self.spans, (name.start, name.end))
        if name.given:
            self.families.add(name.family)
        self.by_start[name.start] = person
        self.by_end[name.end] = person
        if m := PARTY.match(self.text, name.end):
            person.party = m[1]
            person.end = m.end()
            self.by_end[person.end] = person
        if m := AFTER_MDB.match(self.text, m.end() if m else name.end):
            if m[0][0] == "," and (following := WORD.match(self.text, m.end() + 1)) and is_given(following[0]):
                return person  # "Bürgermeister A, MdL B"
            person.offices.append(office_of_member(m[1].replace(".", "")))
            person.end = m.end()
            self.by_end[person.end] = person
            self.used.add(m.start(1))
        return person

    def drop(self, person: Found) -> None:
        """Takes a name back."""
        self.found.remove(person)
        self.spans.remove((person.name.start, person.name.end))

    def names(self) -> None:
        """Finds names by given names, "Herr" and "Frau", academic titles."""
        text, done = self.text, 0
        for start, end, kind in self.triggers:
            if start < done or isinstance(kind, Title):
                continue
            gender = None
            if kind == "honorific":
                gap = TO_NAME.match(text, end)
                if gap is None:
                    continue
                start, gender = gap.end(), HONORIFIC[text[start:end]]
            name = parse_name(text, start, titled=kind != "given")
            if name is None or (gender is not None and COMMON_WOMAN.search(text[max(0, start - 30) : start])):
                continue
            person = self.keep(name, gender)
            person.honorific = kind != "given"
            done = name.end

    def titles(self) -> None:
        """Joins titles with the names before or after them."""
        pending: list[Phrase] = []
        previous: Phrase | None = None
        for start, end, kind in self.triggers:
            if not isinstance(kind, Title) or start in self.used or self.inside_name(start):
                continue
            phrase = phrase_at(self.text, start, end, kind, self.places, self.by_end)
            outer = completed(previous, phrase, self.text) if previous is not None else None
            if outer is not None:
                self.loose = [p for p in self.loose if p is not previous]
                pending.clear()
                phrase = outer
            else:
                phrase = deputy_of(phrase, self.text)
            previous = phrase
            if pending and not self._continues(pending[-1], phrase):
                pending.clear()
            people = self._direct(phrase) or self._before(phrase)
            if not people or (people[0].direct and phrase.right > phrase.end):
                # "Minister A, Beauftragte des Landes, B": the person before has a title already
                people = self._apposed(phrase) or people
            people = people or self._predicated(phrase)
            people = people or self._resumed(phrase)
            if not people and give_in_order(phrase, self.text, self.places, self.by_start):
                continue
            if not people:
                pending = [*pending, phrase] if phrase.title.plural is not True else []
                self.loose.append(phrase)
                continue
            self.loose = [p for p in self.loose if p not in pending]
            for person in people:
                for one in (*pending, phrase):
                    person.give(self._office(one, person), gender_from(one, self.text))
                if (m := STEM_PARTY.match(phrase.title.stem)) and person.party is None:
                    person.party = m[1]
            pending.clear()
            if not people[0].direct:
                self.title_end[phrase.right] = people[0]
                give_row(people[0], phrase, self.text, self.places, self.by_start)

    def _office(self, phrase: Phrase, person: Found) -> OfficeValue | None:
        if phrase.title.head in RELATIVE and phrase.title.role == NO_OFFICE:
            last = bisect_right(self.spans, (phrase.left, 0))
            before = (self.by_start.get(start) for start, _ in reversed(self.spans[max(0, last - 6) : last]))
            return office_of_other(phrase, self.text, before)
        office = office_value(phrase, self.text, self.places)
        if (
            office is not None
            and HEAD_OF_SENATE.fullmatch(office.title)
            and not of_another_town(office, self.text)
            and (
                self._in_senate()
                or is_head_of_senate(f"{person.name.given} {person.name.family}", self.layer.published, self.text)
            )
        ):
            return office.model_copy(update={"role": Role.HEAD_OF_GOVERNMENT})
        return office

    def _in_senate(self) -> bool:
        """True for a release of a senate, found out where it matters."""
        if self._of_senate is None:
            self._of_senate = of_senate(self.text, self.layer.publisher)
        return self._of_senate

    def _continues(self, first: Phrase, second: Phrase) -> bool:
        """True where both titles belong to one person: "Ministerin und Abgeordnete", "der Chef der Staatskanzlei, Minister"."""
        between = self.text[first.right : second.left]
        if CHAIN.fullmatch(between):
            return True
        if between not in (", ", ",\n") or not first.article or second.article or first.right == first.end:
            return False
        return gender_from(first, self.text) in (gender_from(second, self.text), None)

    def inside_name(self, at: int) -> bool:
        """True where a name found before holds the offset: "Eva Richter"."""
        i = bisect_right(self.spans, (at, len(self.text) + 1))
        return i > 0 and self.spans[i - 1][1] > at

    def _direct(self, phrase: Phrase) -> list[Found]:
        """ "Ministerin Ute Muster", "Ministerin für Familie Ute Muster", "die Minister A und B"."""
        text = self.text
        for at in {phrase.end: None, phrase.subjects_end: None, phrase.right: None}:
            gap = TO_NAME.match(text, at)
            if gap is None:
                continue
            begin = gap.end()
            if "\n" in gap[0] and at - text.rfind("\n", 0, at) < 50:
                continue
            if m := HONOR_GAP.match(text, begin):
                begin = m.end()
            person = self._name_at(begin, phrase, strict=at != phrase.end)
            if person is not None:
                person.direct = True
                person.rule = "title"
                return [person, *self._coordinated(person, phrase)]
        return []

    def _name_at(self, begin: int, phrase: Phrase, *, strict: bool) -> Found | None:
        """The person at `begin`, parsed with the title as evidence where it was not found before."""
        text = self.text
        known = begin
        if m := ACADEMIC.match(text, begin):
            known = m.end()
        if known in self.by_start:
            return self.by_start[known]
        if text.startswith("von ", begin) and self.places.at(begin + 4):
            return None  # "Landwirtschaftsminister von Baden-Württemberg"
        title = phrase.title
        if strict and known == begin:
            return None
        if text.startswith(("von ", "vom "), begin) and (
            title.role in OF_PLACES or (title.head in RELATIVE and named_without_von(text, begin + 4))
        ):
            return None
        name = parse_name(text, begin, titled=True) or self._namesake(begin)
        if name is None or (not name.given and not name.academic and not name.known and self._is_object(name, phrase)):
            return None
        if not name.given and not name.academic and title_of(name.family) is not None:  # "Vorsitzender Richter"
            return None
        generic = title.role in GENERIC_ROLES or title.plural is True or title.head == "RP"
        if generic and not (name.academic or name.known):
            return None
        if not name.given and not name.academic:
            place = self.places.at(name.start)
            if (
                place is not None
                and place.end >= name.end
                and (generic or not is_surname(name.family) or title.head in ("OB", "Senator"))
            ):
                return None
        return self.keep(name, gender_from(phrase, text))

    def _namesake(self, begin: int) -> PersonName | None:
        """A surname that is a word too, of a person named in full elsewhere: "Staatssekretärin Winter"."""
        m = WORD.match(self.text, begin)
        if m is None or m[0] not in self.families:
            return None
        return PersonName(begin, m.end(), "", m[0], "", True)

    def _is_object(self, name: PersonName, phrase: Phrase) -> bool:
        """True for an unknown noun after a title in another case than the first: "wünschte der Ministerin Erfolg"."""
        article, gender = phrase.article, gender_from(phrase, self.text)
        if article not in ("dem", "den", "des") and not (article == "der" and gender is Gender.FEMALE):
            return False
        return self.text.count(name.family) < 2

    def _coordinated(self, first: Found, phrase: Phrase) -> list[Found]:
        """Further names after a title in the plural."""
        of_all = ("die", "den", "beiden", *(("ihre", "seine", "unsere") if phrase.title.gender is Gender.MALE else ()))
        many = phrase.title.plural is True or (phrase.title.plural is None and phrase.article in of_all)
        adjectival = phrase.title.plural is None and phrase.title.gender is None
        if not many or (adjectival and phrase.article == "die" and not self.text.endswith("en", phrase.start, phrase.end)):
            return []  # "die Abgeordnete" is one, "die Abgeordneten" are many
        found: list[Found] = []
        person = first
        while True:
            m = LIST.match(self.text, person.end)
            if m is None:
                return found
            nxt = self._name_at(m.end(), phrase, strict=False)
            if nxt is None or nxt is person:
                return found
            nxt.rule = "title"
            found.append(nxt)
            if self.text.endswith(
                "beiden ", 0, phrase.start
            ):  # "die beiden Kreisräte Eva Muster und Karl Muster, Ute Muster vom Bauamt"
                return found
            person = nxt

    def _before(self, phrase: Phrase) -> list[Found]:
        """ "Ute Muster, Ministerin für Familie,"."""
        window_start = max(0, phrase.left - 60)
        window = self.text[window_start : phrase.left]
        m = APPOSITION.search(window) if APPOSITION.search(window, len(window) - APPOSITION_LENGTH) else None
        if m is not None:
            person = self.by_end.get(window_start + m.start()) or self._unknown(window_start + m.start(), phrase)
        elif m := CHAIN.search(window):  # "Ute Muster, Ministerin und Abgeordnete"
            person = self.title_end.get(window_start + m.start())
        elif self.text.startswith("neue", phrase.left):  # "wird Karl Muster neuer Landrat"
            m, person = ANY.match(self.text), self.by_end.get(phrase.left - 1)
        elif phrase.right > phrase.end and self.text[phrase.left - 1] == " ":  # "Eva Muster Leiterin des Amtes"
            m, person = ANY.match(self.text), self.by_end.get(phrase.left - 1)
            if person is not None and person.titled:
                return []
        else:
            return []
        if m is None or person is None or phrase.title.plural is True:
            return []
        gender = gender_from(phrase, self.text)
        if gender is not None and person.gender is not None and gender != person.gender:
            return []
        if "\n" in m[0] and not self._alone_on_line(person.name.start, phrase.right):
            return []
        person.rule = "apposition" if not person.titled else person.rule
        return [person]

    def _alone_on_line(self, start: int, end: int) -> bool:
        """True where the name begins its line and the title ends its own: a signature or contact block."""
        line = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        rest = self.text[end : end + 3]
        return len(line.strip()) < 12 and (not rest.strip(" ") or rest.lstrip(" ")[:1] in ("\n", ",", "|"))

    def _apposed(self, phrase: Phrase) -> list[Found]:
        """ "der Minister für Verkehr, Karl Muster,", "Pressesprecherin: Eva Muster"."""
        text = self.text
        m = TO_APPOSITION.match(text, phrase.right)
        if m is None:
            return []
        begin = m.end()
        if a := ACADEMIC.match(text, begin):
            begin = a.end()
        person = self.by_start.get(begin) or self._foreign(begin, m[0], phrase)
        if m[0][0] == " " and "(" not in m[0] and phrase.article not in ("", "der", "die") and m[0].strip(" –-"):
            return []
        if (
            person is None
            or person.titled
            or not (person.name.given or person.name.academic or person.honorific)
            or (is_weak(person.name.given) and not person.name.known and not person.sure)
        ):
            return []
        if "\n" in m[0] and not self._alone_on_line(phrase.left, person.end):
            return []
        if m[0][0] == "," and not phrase.article and phrase.right == phrase.end:
            return []
        gender = gender_from(phrase, text)
        if gender is not None and person.gender is not None and gender != person.gender:
            return []
        person.rule = "apposition"
        return [person, *self._coordinated(person, phrase)]

    def _predicated(self, phrase: Phrase) -> list[Found]:
        """ "Eva Muster ist seit 2014 Landrätin", "Der Rat wählte Eva Muster gestern zur Bürgermeisterin"."""
        if phrase.title.plural is True or phrase.article not in ("", "zum", "zur", "als"):
            return []
        begin, end = self.layer.sentence_at(phrase.start)
        last = bisect_right(self.spans, (phrase.left, 0))
        gender = gender_from(phrase, self.text)
        chosen: Found | None = None
        for start, _ in reversed(self.spans[max(0, last - 4) : last]):
            person = self.by_start.get(start)
            if start < begin or person is None or (gender and person.gender and gender != person.gender):
                continue
            if phrase.article == "":
                between = self.text[person.end : phrase.left]
                if COPULA.fullmatch(between) is None:
                    return []
                phrase.retired = phrase.retired or between[1:4] == "war"
                return [person]
            if chosen is None or chosen.direct:  # who appoints has a title before the name
                chosen = person
        if chosen is None and phrase.article != "als" and last < len(self.spans):  # "Zum Landrat gewählt wurde Karl Muster"
            start = self.spans[last][0]
            later = self.by_start.get(start) if ELECTED.fullmatch(self.text, phrase.right, start) else None
            return [later] if later and (gender is None or later.gender in (gender, None)) else []
        if chosen is None or phrase.article == "als" or not APPOINTS.search(self.text, begin, end):
            return []
        return [chosen]

    def _resumed(self, phrase: Phrase) -> list[Found]:
        """ "… ist Karl Muster. Der frühere Leiter des Bauamtes wurde gewählt.": the only person of the sentence before."""
        if phrase.title.plural or not self.text.startswith(FORMERLY, phrase.left):
            return []
        begin, _ = self.layer.sentence_at(phrase.start)
        if not 0 < begin < phrase.left <= begin + 5:
            return []
        earlier, _ = self.layer.sentence_at(begin - 2)
        i, j = bisect_right(self.spans, (earlier, 0)), bisect_right(self.spans, (begin, 0))
        person = self.by_start.get(self.spans[i][0]) if j - i == 1 else None
        if person is None or person.offices or {person.gender, gender_from(phrase, self.text)} >= {Gender.MALE, Gender.FEMALE}:
            return []
        return [person]

    def _unknown(self, end: int, phrase: Phrase) -> Found | None:
        """A name of unknown words before a title: "Mady Muster-Muster, Ministerin für Erziehung"."""
        text = self.text
        if text[end] != "," or phrase.right == phrase.end or phrase.title.plural or phrase.title.role in GENERIC_ROLES:
            return None
        m = TWO_WORDS.search(text, max(0, end - 50), end)
        if m is None or any(
            noun_like(w) or is_weak(w) or title_of(w) or self.places.at(m.start(i)) for i, w in enumerate(m.groups(), 1)
        ):
            return None
        return self.keep(PersonName(m.start(1), m.end(), m[1], m[2], "", False), None)

    def _foreign(self, begin: int, gap: str, phrase: Phrase) -> Found | None:
        """A name of unknown words that commas set off: "der Botschafter Tschechiens, Tomáš Kafka,"."""
        if gap[0] != "," or phrase.title.role in GENERIC_ROLES or not phrase.article:
            return None
        name = parse_name(self.text, begin, titled=True)
        if name is None or not name.given or self.text[name.end : name.end + 1] not in (",", "(") or self.places.at(begin):
            return None
        return self.keep(name, gender_from(phrase, self.text))

    def people(self, persons: bool) -> list[Found]:
        """The persons that stand up to the evidence, in order of the text."""
        kept = [p for p in self.found if p.offices or (persons and self._stands(p))]
        kept.sort(key=lambda p: (p.name.start, -p.name.end))
        result: list[Found] = []
        for person in kept:
            if not result or person.name.start >= result[-1].name.end:
                result.append(person)
        return result

    def _stands(self, person: Found) -> bool:
        """True where the words are a person without office, not a place, an institution or ordinary words."""
        name, text = person.name, self.text
        if no_person_around(text, name.start, name.end):
            return False
        if self.places.covering(name.start, name.end, ("organisation", "programme", "territory")):
            return False
        if person.titled or person.honorific or person.sure:
            return True
        if not name.given:
            return False
        last = name.family.rsplit(" ", 1)[-1]
        first = name.given.split(" ", 1)[0]
        if (noun_like(last) and not is_surname(last)) or ("-" in last and noun_like(last.rsplit("-", 1)[-1])):
            return False
        if is_weak(first) and not is_surname(last) and not person.party:
            return False
        if not is_surname(last):
            place = self.places.at(name.end - len(last))
            if place is not None and place.end == name.end:
                return False
        return True

    def misread(self, found: list[Found]) -> list[Mention]:
        """Territories that earlier components saw inside a name."""
        return [
            mention
            for person in found
            for mention in self.places.within(person.name.start, person.name.end)
            if mention.kind == "territory"
        ]
