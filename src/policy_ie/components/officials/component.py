"""The `policy_officials` component."""

from __future__ import annotations

from spacy.language import Language

from policy_ie.components.base import Component, Mention, PolicyLayer, component
from policy_ie.components.officials.entities import read_entities
from policy_ie.components.officials.offices import merged
from policy_ie.components.officials.persons import PersonName
from policy_ie.components.officials.relations import Found, give_home
from policy_ie.components.officials.roles import role_mentions
from policy_ie.components.officials.scan import Scan
from policy_ie.records import Kind, PersonValue


@component("policy_officials")
class Officials(Component):
    """Finds persons and the public offices that the text gives them.

    Titles (`titles.tsv`) lead to names that no list holds; given names (`policy_ie.knowledge.names`) and "Herr"/"Frau" lead
    to persons without office. PER entities of a base pipeline are taken too where nothing speaks against them. A person named
    twice is one entity with all offices; titles without a name ("die Ministerin") are nominal mentions of it.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("de")
        >>> _ = nlp.add_pipe("policy_officials")
        >>> doc = nlp("Der Minister für Verkehr, Dr. Karl Muster (SPD), besuchte Landrätin Eva Probe.")
        >>> for span in doc.spans["policy"]:
        ...     print(span.text, "|", span.label_, "|", span._.value.offices[0].role.value, "|", span._.value.party)
        Karl Muster | official | minister | SPD
        Eva Probe | official | district_administrator | None
    """

    def __init__(self, nlp: Language | None, name: str = "policy_officials", *, persons: bool = True) -> None:
        """Sets the component up.

        Args:
            nlp: the pipeline.
            name: name in the pipeline.
            persons: also writes persons without public office.
        """
        self.persons = persons

    def annotate(self, layer: PolicyLayer) -> None:
        """Writes `official` and `person` mentions."""
        scan = Scan(layer)
        scan.names()
        read_entities(scan)
        scan.titles()
        for person in scan.found:
            give_home(person, scan.text, scan.places)
        found = scan.people(self.persons)
        if not found:
            return
        layer.discard(scan.misread(found))
        mentions = _mentions(found)
        layer.add(sorted([*mentions, *role_mentions(scan.loose, mentions, layer)], key=lambda m: m.start))


def _mentions(found: list[Found]) -> list[Mention]:
    """One mention per place; the fullest of each person holds the merged value, the others refer to it."""
    groups: list[list[Found]] = []
    by_family: dict[str, list[list[Found]]] = {}
    for person in sorted(found, key=lambda p: (not p.name.given, p.name.start)):
        namesakes = by_family.setdefault(person.name.family.casefold(), [])
        group = next((g for g in namesakes if _same(g, person)), None)
        if group is None:
            groups.append([person])
            namesakes.append(groups[-1])
        else:
            group.append(person)
    mentions: list[Mention] = []
    for group in groups:
        head = max(group, key=lambda p: (len(p.name.given), -p.name.start))
        offices = merged(office for person in sorted(group, key=lambda p: p.name.start) for office in person.offices)
        value = PersonValue(
            name=_full_name(head.name),
            given_name=head.name.given or None,
            family_name=head.name.family,
            academic_title=next((p.name.academic for p in group if p.name.academic), None) or None,
            gender=next((p.gender for p in group if p.gender), None),
            party=next((p.party for p in group if p.party), None),
            offices=tuple(offices),
        )
        kind: Kind = "official" if offices else "person"
        first = None
        for person in sorted(group, key=lambda p: p is not head):
            confidence = 0.95 if person.offices else 0.9 if person.name.known else 0.7
            mention = Mention(
                person.name.start, person.name.end, kind, value, confidence=confidence, rule=person.rule, same_as=first
            )
            first = first or mention
            mentions.append(mention)
    mentions.sort(key=lambda m: m.start)
    return mentions


def _full_name(name: PersonName) -> str:
    """Given and family name in one."""
    return f"{name.given} {name.family}".strip()


def _same(group: list[Found], person: Found) -> bool:
    """True where the person is the one of the group of that family name: given names that fit, no other gender."""
    one, other = group[0].name, person.name
    genders = {p.gender for p in (group[0], person) if p.gender}
    if len(genders) > 1:
        return False
    if not other.given or not one.given:
        return True
    a, b = one.given.casefold(), other.given.casefold()
    return a == b or a.split()[0] == b.split()[0] or a.split("-")[0] == b or b.split("-")[0] == a
