"""Persons as the scan finds them, and offices that one title or person takes from another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from policy_ie.components.base import Mention
from policy_ie.components.officials.offices import Phrase, PlaceIndex, governed, office_value
from policy_ie.components.officials.patterns import COLLEGIAL, DEPUTY_OF, OF_OFFICIAL
from policy_ie.components.officials.persons import ACADEMIC, WORD, PersonName
from policy_ie.components.officials.titles import portfolio_of, title_of
from policy_ie.records import Gender, Level, OfficeValue, OrganisationValue, OrgType, Role, TerritoryValue

__all__ = [
    "Found",
    "completed",
    "deputy_of",
    "give_home",
    "give_in_order",
    "give_row",
    "named_without_von",
    "of_another_town",
    "of_senate",
    "office_of_member",
    "office_of_other",
]


#: Before the place of the next one: ", und dem Havelland, Karl Muster", ", Werl, Karl Muster".
_NEXT = re.compile(
    r"(?:,|,?[ \xa0\n](?:und|sowie))[ \xa0\n](?:(?:und|sowie)[ \xa0\n])?"
    r"(?P<of>(?:(?:aus|von|dem|der|des)[ \xa0\n]){1,2})?(?:(?:Land)?[Kk]reis[ \xa0\n])?"
)


#: Between the items of a list, and between two lists.
_AND = re.compile(r"(?:,|,?[ \xa0\n](?:und|sowie))[ \xa0\n]|[ \xa0](?=[A-ZÄÖÜ])")
#: Behind a name: "(Werl)", "(SPD, Landkreis Gotha)", "aus Werl", "vom Umweltministerium".
_HOME = re.compile(
    r"[ \xa0](?P<open>\((?:[^()\n]{1,20}, )?)?(?(open)|(?:aus|von|vom)[ \xa0](?:de[mr][ \xa0])?)"
    r"(?P<genus>(?:Stadt|Gemeinde|(?:Land)?[Kk]reis|\w+gemeinde)[ \xa0])?"
)
_TOWNS = frozenset({Level.MUNICIPALITY, Level.LOCALITY, Level.MUNICIPAL_ASSOCIATION})
#: Offices of a territory, the levels of that, and offices of a body.
_LOCAL = {
    Role.MAYOR: _TOWNS,
    Role.DEPUTY_MAYOR: _TOWNS,
    Role.DISTRICT_ADMINISTRATOR: frozenset({Level.DISTRICT, Level.MUNICIPALITY}),
}
_OF_BODIES = frozenset({Role.STATE_SECRETARY, Role.OTHER, Role.SPOKESPERSON})
_BODIES = frozenset({OrgType.MINISTRY, OrgType.AUTHORITY, OrgType.GOVERNMENT})


class Found:
    """A person found, before the mention is written."""

    __slots__ = ("direct", "end", "gender", "honorific", "name", "offices", "party", "rule", "sure", "titled")

    def __init__(self, name: PersonName, gender: Gender | None, end: int) -> None:
        self.name = name
        self.gender = gender
        self.end = end
        self.titled = False
        self.honorific = False
        self.sure = False
        self.direct = False
        self.party: str | None = None
        self.offices: list[OfficeValue] = []
        self.rule = "name"

    def give(self, office: OfficeValue | None, gender: Gender | None) -> None:
        """Takes an office that a title gives, and the gender of the title."""
        if office is not None and office not in self.offices:
            self.offices.append(office)
        self.titled = True
        self.gender = gender or self.gender

    def trust(self, rule: str) -> None:
        """Takes evidence that this is a person: the rule that gives it."""
        self.sure, self.rule = True, rule


def completed(outer: Phrase, phrase: Phrase, text: str) -> Phrase | None:
    """The title that the next one completes: "Staatssekretär beim Minister für Verkehr", "Stellvertreterin des Landrats"."""
    if not 0 < phrase.left - outer.end < 12 or (m := OF_OFFICIAL.search(text, outer.start, phrase.left)) is None:
        return None
    if m["secretary"]:
        outer.subjects = phrase.subjects or portfolio_of(phrase.title.stem)
        outer.right, outer.subjects_end = phrase.right, max(phrase.subjects_end, phrase.end)
        return outer
    if phrase.title.role not in ("mayor", "district_administrator"):
        return None
    outer.title = outer.title._replace(role="deputy_mayor", deputy=True)
    outer.end, outer.right, outer.subjects_end = phrase.end, phrase.right, phrase.end
    return outer


def give_home(person: Found, text: str, places: PlaceIndex) -> None:
    """Gives an office the territory or body behind the name: "Bürgermeister A (Werl)", "Amtschef B vom Bauministerium"."""
    if not person.offices or person.offices[-1].territory or person.offices[-1].organisation:
        return
    m, office = _HOME.match(text, person.end) or _HOME.match(text, person.name.end), person.offices[-1]
    place = places.at(m.end()) or (places.at(m.start("genus")) if m["genus"] else None) if m else None
    if m is None or place is None or (m["open"] and text[place.end : place.end + 1] not in (")", ",")):
        return
    value = place.value
    if isinstance(value, TerritoryValue) and value.level in _LOCAL.get(office.role, ()):
        person.offices[-1] = office.model_copy(update={"territory": governed(place, office.role)})
    elif isinstance(value, OrganisationValue) and value.org_type in _BODIES and office.role in _OF_BODIES:
        person.offices[-1] = office.model_copy(update={"organisation": (place.start, place.end)})


def give_row(first: Found, phrase: Phrase, text: str, places: PlaceIndex, by_start: Mapping[int, Found]) -> None:
    """Gives an office in the plural to each who is named behind a place of their own: "…, und Unna, Jan Vogel,"."""
    if phrase.title.plural is False or phrase.article not in ("die", "der", "den") or not first.offices:
        return
    person, office = first, first.offices[-1]
    while gap := _NEXT.match(text, person.end):
        place, word = places.at(gap.end()), WORD.match(text, gap.end())
        known = place is not None and place.kind == "territory"
        end = place.end if place and known else word.end() if word else 0
        # A place that is not known shows by its preposition or article: "und dem Havelland, Karl Muster".
        if not text.startswith(", ", end) or not (known or (gap["of"] and word and title_of(word[0]) is None)):
            return
        academic = ACADEMIC.match(text, end + 2)
        following = by_start.get(academic.end() if academic else end + 2)
        if following is None or following.titled:
            return
        territory = governed(place, office.role) if place and known else None
        following.give(office.model_copy(update={"territory": territory}), None)
        following.rule = "apposition"
        own = [m for m in places.within(phrase.end, phrase.right) if m.kind == "territory"]
        if person is first and office.territory is None and len(own) == 1:
            first.offices[-1] = office.model_copy(update={"territory": governed(own[0], office.role)})
        person = following


def give_in_order(phrase: Phrase, text: str, places: PlaceIndex, by_start: Mapping[int, Found]) -> bool:
    """Gives an office in the plural by rank: "die Oberbürgermeister von Erfurt und Gera, Eva Muster und Jan Vogel"."""
    office = office_value(phrase, text, places) if phrase.title.plural is not False and phrase.right > phrase.end else None
    if office is None:
        return False
    listed = [m for m in places.within(phrase.end, phrase.right) if m.kind == "territory"]
    end = phrase.right
    while listed and (gap := _AND.match(text, end)) and gap.end() not in by_start:
        place = places.at(gap.end())
        if place is None or place.kind != "territory":
            break
        listed.append(place)
        end = place.end
    people: list[Found] = []
    while gap := _AND.match(text, end):
        academic = ACADEMIC.match(text, gap.end())
        person = by_start.get(academic.end() if academic else gap.end())
        if person is None or person.titled:
            break
        people.append(person)
        end = person.end
    if len(people) < 2 or len(people) != len(listed):
        return False
    for person, place in zip(people, listed, strict=True):
        person.give(office.model_copy(update={"territory": governed(place, office.role)}), None)
        person.rule = "apposition"
    return True


def deputy_of(phrase: Phrase, text: str) -> Phrase:
    """The title as a deputy's where one stands before it: "1. Stellvertretender des Landrats"."""
    if (
        phrase.article in ("des", "der")
        and phrase.title.role in ("mayor", "district_administrator")
        and DEPUTY_OF.search(text, max(0, phrase.left - 30), phrase.left)
    ):
        phrase.title = phrase.title._replace(role="deputy_mayor", deputy=True)
    return phrase


def office_of_member(label: str) -> OfficeValue:
    """The office of "MdB" and the like."""
    return OfficeValue.model_validate({"title": label, "role": Role.MEMBER_OF_PARLIAMENT})


def office_of_other(phrase: Phrase, text: str, before: Iterable[Found | None]) -> OfficeValue | None:
    """The office that "ihre Amtskollegin" shares with one of the persons named before, nearest first."""
    owner = (
        Gender.FEMALE
        if phrase.article.startswith(("ihr", "deren"))
        else Gender.MALE
        if phrase.article.startswith(("sein", "dessen"))
        else None
    )
    for other in before:
        if other is None or (owner and other.gender and other.gender != owner):
            continue
        current = [office for office in other.offices if not office.former]
        if not current:
            if owner and other.gender:  # who is meant has no public office
                return None
            continue
        office = current[-1]
        if phrase.title.head == "Kollege" and (owner is None or office.role not in COLLEGIAL):
            return None
        changes: dict[str, object] = {
            "title": text[phrase.start : phrase.end],
            "former": phrase.title.head.endswith("orgänger"),
            "organisation": None,
            "territory": None,
        }
        if office.role is Role.SENATOR and phrase.left < phrase.start:  # "sein hessischer Kollege"
            changes["role"] = Role.MINISTER
        if phrase.title.head == "Stellvertreter":
            if office.role not in (Role.MAYOR, Role.DISTRICT_ADMINISTRATOR):
                return None
            changes["role"] = Role.DEPUTY_MAYOR
        return office.model_copy(update=changes)
    return None


def of_another_town(office: OfficeValue, text: str) -> bool:
    """True where the office names a town that is neither Bremen nor Hamburg."""
    if not isinstance(office.territory, tuple):
        return False
    words = text[slice(*office.territory)]
    return "Brem" not in words and "Hamburg" not in words and "Hansestadt" not in words


def named_without_von(text: str, at: int) -> bool:
    """True where the word at the offset stands elsewhere without "von": "Nachfolgerin von Muster … Karl Muster"."""
    m = WORD.match(text, at)
    return m is not None and re.search(rf"(?<!von )\b{re.escape(m[0])}\b", text) is not None


def of_senate(text: str, publisher: Mention | None) -> bool:
    """True for a release of the government of Bremen or Hamburg, whose heads are called Bürgermeister."""
    head = text[:400] if publisher is None else text[publisher.start : publisher.end]
    return ("Senat" in head or "senator" in head) and ("Bremen" in text or "Hamburg" in text) and "Berlin" not in head
