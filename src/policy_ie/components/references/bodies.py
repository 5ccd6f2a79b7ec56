"""Nouns that stand for a territory, body or programme of the text: "das Land", "die Stadt", "das Ministerium"."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_ie.components.base import Mention, PolicyLayer
from policy_ie.knowledge import OrganisationEntry, TerritoryEntry, knowledge_base
from policy_ie.records import Kind, Level, OrganisationValue, OrgType, SectionKind, TerritoryValue

__all__ = ["Noun", "body_mentions", "nouns"]


@dataclass(frozen=True, slots=True)
class Noun:
    """An entry of `nouns.toml`."""

    forms: tuple[str, ...]
    kind: Kind
    level: Level | None
    org_types: frozenset[OrgType]
    kb_id: str | None
    bare: bool
    examples: tuple[str, ...]
    counter: tuple[str, ...]


@cache
def nouns() -> tuple[Noun, ...]:
    """The nouns of `nouns.toml`."""
    with files("policy_ie.components.references").joinpath("nouns.toml").open("rb") as file:
        table = tomllib.load(file)
    return tuple(
        Noun(
            forms=tuple(row["forms"]),
            kind=row["kind"],
            level=Level(row["level"]) if "level" in row else None,
            org_types=frozenset(OrgType(t) for t in row.get("org_types", ())),
            kb_id=row.get("kb_id"),
            bare=row.get("bare", False),
            examples=(row["example"],),
            counter=tuple(row.get("counter", ())),
        )
        for row in table["noun"]
    )


@cache
def _by_form() -> dict[str, Noun]:
    return {form: noun for noun in nouns() for form in noun.forms}


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick(
        list(_by_form()), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA, store_patterns=False
    )


def _found(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the forms that stand as words of their own."""
    for _, start, end in _automaton().find_matches_as_indexes(text):
        before, after = text[start - 1] if start else " ", text[end : end + 1]
        if not (before.isalnum() or after.isalnum() or before == "-" or after in ("-", "_")):
            yield start, end


#: Article, pronoun or contracted preposition before the noun.
_DEFINITE = re.compile(
    r"(?:^|[\s„\"“(»–-])(?:[Dd](?:as|ie|er|em|en|es|iese[rnsm]?)|[Vv]om|[Bb]eim|[Zz]u[mr]|[Ii]m|[Aa]m|[Ii]ns|"
    r"[Uu]nsere?[nrsm]?|[Dd]urchs|[Ff]ürs|[Jj]ene[rnsm]?)[ \xa0\n]"
    r"(?:(?:gesamte|ganze|eigene|neue|gemeinsame|beteiligte|betroffene|zuständige)[nrm]?[ \xa0\n])?$"
)
_ON_THE = re.compile(r"(?:\b[Aa]uf[ \xa0](?:dem|das)|\b[Aa]ufs|\b[Aa]ns?|\b[Zz]um?|\bzur)[ \xa0](?:\w+[ \xa0])?$")
#: A name, genitive or explanation after the noun: it is no reference then.
_NAMED_AFTER = re.compile(
    r"[ \xa0\n](?:[„\"»‚“]|(?:[A-ZÄÖÜ][\w-]*(?![\w-]))|(?:der|des|für|von|zur|zum|gegen|am|an der|bei)[ \xa0])|-"
)
_OF_THINGS = re.compile(r"[ \xa0\n](?:der|des|für|fürs|von|zur|zum|gegen)[ \xa0]")
_GENITIVE = re.compile(r"[ \xa0\n](?:der|des)[ \xa0\n]")
_NAME_AFTER = re.compile(r"[ \xa0\n](?:[„\"»‚“]|[A-ZÄÖÜ])|-")
_VERB_AFTER = re.compile(r"[ \xa0](?:und[ \xa0]|[a-zäöüß]+(?:t|en|te|ten|n)\b)|,[ \xa0]")
#: "Bund und Land", "von Land und Kommunen"
_PAIR_BEFORE = re.compile(
    r"\b(?:Bund|Länder|Ländern|Land|Kommunen|Kommune|EU|Kreis|Stadt|Städte|Gemeinden|Landkreis)"
    r"(?:[ \xa0](?:und|sowie|oder)|,)[ \xa0](?:und[ \xa0])?$"
)
_PAIR_AFTER = re.compile(
    r"(?:,|[ \xa0](?:und|sowie|oder))[ \xa0](?:Bund|Länder|Land|Kommunen?|Kreis|Stadt|Städte|Gemeinde|EU|Landkreis|Freistaat)\b"
)
_SOURCES = frozenset({SectionKind.BOILERPLATE, SectionKind.DUPLICATE})
_CITY_STATES = frozenset(("DE-BE", "DE-HB", "DE-HH"))
_STATES_CALLED_FREISTAAT = frozenset({"DE-BY", "DE-SN", "DE-TH"})


def body_mentions(layer: PolicyLayer) -> list[Mention]:
    """Nominal mentions of territories, organisations and programmes."""
    return _Bodies(layer).mentions()


class _Bodies:
    def __init__(self, layer: PolicyLayer) -> None:
        self.layer = layer
        self.text = layer.text
        self.named = {
            kind: sorted((m for m in layer.mentions if m.kind == kind and not m.nominal), key=lambda m: m.start)
            for kind in ("territory", "organisation", "programme")
        }
        self.spans = sorted((m.start, m.end) for m in layer.mentions if m.kind in ("territory", "organisation", "programme"))
        self._singles: dict[int, bool] = {}
        self._of_types: dict[frozenset[OrgType], list[Mention]] = {}
        self._of_level: dict[Level, list[Mention]] = {}
        self._home: Mention | TerritoryEntry | None = None
        self._home_known = False

    def mentions(self) -> list[Mention]:
        text, found = self.text, []
        skipped = [(s.start, s.end) for s in self.layer.sections or () if s.kind in _SOURCES]
        made: dict[str, Mention] = {}
        for start, end in _found(text):
            form = text[start:end]
            noun = _by_form()[form]
            if any(a <= start < b for a, b in skipped) or self._held(start, end) or not self._refers(noun, start, end):
                continue
            target = self._target(noun, form, start)
            if target is None:
                continue
            if isinstance(target, Mention):
                head = target.head
                found.append(Mention(start, end, head.kind, head.value, True, head.kb_id, 0.8, "noun", head))
                continue
            mention = _made(target, start, end)
            if target.kb_id in made:
                mention.same_as = made[target.kb_id]
            else:
                made[target.kb_id] = mention
            found.append(mention)
        return found

    def _held(self, start: int, end: int) -> bool:
        i = bisect_right(self.spans, (start, len(self.text)))
        return any(a <= start and end <= b for a, b in self.spans[max(0, i - 4) : i])

    def _refers(self, noun: Noun, start: int, end: int) -> bool:
        """True where article and surroundings make the noun a reference."""
        text = self.text
        before = text[max(0, start - 32) : start]
        if noun.kind == "programme":
            return (
                not _ON_THE.search(before)
                and _DEFINITE.search(before) is not None
                and not _NAME_AFTER.match(text, end)
                and not _OF_THINGS.match(text, end)
            )
        if noun.level is not None and _ON_THE.search(before) and text[start:end] in ("Land", "Lande"):
            return False
        if _DEFINITE.search(before):
            if noun.level is not None or noun.kb_id:
                # "der Stadt Bonn", "der Bund der Steuerzahler"; a genitive after "das Land" would be odd.
                return not _NAME_AFTER.match(text, end) and not (
                    (_OF_THINGS.match(text, end) and noun.kb_id is not None) or self._own_genitive(noun, end)
                )
            return not _NAMED_AFTER.match(text, end)
        if not noun.bare or _NAME_AFTER.match(text, end):
            return False
        if (noun.level is Level.STATE or noun.kb_id) and (_PAIR_BEFORE.search(before) or _PAIR_AFTER.match(text, end)):
            return True
        opens = start == 0 or text[start - 1] == "\n" or text[max(0, start - 2) : start] in (": ", "– ", "+ ")
        return opens and _VERB_AFTER.match(text, end) is not None

    def _own_genitive(self, noun: Noun, end: int) -> bool:
        """ "die Stadt der Zukunft", "der Kreis der Teilnehmer", "das Land der Dichter"."""
        return _GENITIVE.match(self.text, end) is not None

    def _target(self, noun: Noun, form: str, at: int) -> Mention | TerritoryEntry | OrganisationEntry | None:
        if noun.kb_id is not None:
            known = next((m for m in self.named["organisation"] if m.kb_id == noun.kb_id), None)
            return known or _entry(noun.kb_id)
        if noun.kind == "territory":
            return self._territory(noun, form, at)
        if noun.kind == "programme":
            return self._near(self.named["programme"], at)
        return self._near(self._organisations(noun.org_types), at)

    def _organisations(self, org_types: frozenset[OrgType]) -> list[Mention]:
        """Named organisations of these types, in order of the text."""
        if org_types not in self._of_types:
            self._of_types[org_types] = [
                m
                for m in self.named["organisation"]
                if isinstance(m.value, OrganisationValue) and m.value.org_type in org_types
            ]
        return self._of_types[org_types]

    def _near(self, mentions: Sequence[Mention], at: int) -> Mention | None:
        """The last thing named before, if it is the only one or named within the two sentences before."""
        i = bisect_left(mentions, at, key=lambda m: m.start)
        if i == 0:
            return None
        if self._single(mentions):
            return mentions[i - 1]
        here = self.layer.sentence_index(at)
        sentence = self.layer.sentence_index(mentions[i - 1].start)
        if here - sentence > 2:
            return None
        return mentions[i - 1] if len(self._in_sentence(mentions, i, sentence)) == 1 else None

    def _single(self, mentions: Sequence[Mention]) -> bool:
        """True where all mentions mean one thing."""
        if id(mentions) not in self._singles:
            first = _key(mentions[0])
            self._singles[id(mentions)] = all(_key(m) == first for m in mentions)
        return self._singles[id(mentions)]

    def _in_sentence(self, mentions: Sequence[Mention], i: int, sentence: int) -> set[object]:
        """What the mentions before the i-th mean that stand in the sentence."""
        found: set[object] = set()
        while i and len(found) < 2 and self.layer.sentence_index(mentions[i - 1].start) == sentence:
            found.add(_key(mentions[i - 1]))
            i -= 1
        return found

    def _territory(self, noun: Noun, form: str, at: int) -> Mention | TerritoryEntry | None:
        level = noun.level
        if level is None:
            return None
        named = self._of_level.get(level)
        if named is None:
            named = self._of_level[level] = [
                m for m in self.named["territory"] if isinstance(m.value, TerritoryValue) and m.value.level == level
            ]
        if level is Level.STATE:
            target = self._state(named)
            return target if not form.startswith("Freistaat") or _state_of(target) in _STATES_CALLED_FREISTAAT else None
        if named and self._single(named):
            return named[0]
        i = bisect_left(named, at, key=lambda m: m.start)
        here = self.layer.sentence_index(at)
        near = self._in_sentence(named, i, here)
        if not near and i:
            near = self._in_sentence(named, i, here - 1)
        home = self._seat()
        if isinstance(home, Mention) and isinstance(home.value, TerritoryValue) and home.value.level == level:
            return home if near <= {_key(home)} else None
        return named[i - 1] if len(near) == 1 else None

    def _seat(self) -> Mention | TerritoryEntry | None:
        """The territory of the body that issued the release."""
        publisher = self.layer.publisher
        if publisher is None:
            return None
        if publisher.kind == "territory":
            return publisher
        if isinstance(publisher.value, OrganisationValue):
            seat = publisher.value.seat
            if isinstance(seat, tuple):
                return next((m for m in self.named["territory"] if (m.start, m.end) == seat), None)
            if isinstance(seat, str):
                known = next((m for m in self.named["territory"] if m.kb_id == seat), None)
                return known or _territory_entry(seat)
        return None

    def _state(self, named: Sequence[Mention]) -> Mention | TerritoryEntry | None:
        """The Land of the release: of its publisher, the only one named, of the ministries or of all places named."""
        if self._home_known:
            return self._home
        self._home_known = True
        self._home = self._find_state(named)
        return self._home

    def _find_state(self, named: Sequence[Mention]) -> Mention | TerritoryEntry | None:
        def of(state: str | None) -> Mention | TerritoryEntry | None:
            if state is None or not state.startswith("DE-"):
                return None
            return next(
                (m for m in named if isinstance(m.value, TerritoryValue) and m.value.state == state), None
            ) or _state_entry(state)

        home = self._seat()
        if home is not None:
            state = _state_of(home)
            if state and state.startswith("DE-"):
                return of(state)
        states = {m.value.state for m in named if isinstance(m.value, TerritoryValue)}
        places = {
            m.value.state
            for m in self.named["territory"]
            if isinstance(m.value, TerritoryValue) and m.value.state and m.value.state.startswith("DE-")
        }
        if len(states) == 1 and not (states <= _CITY_STATES and len(places - states) == 1):
            return of(next(iter(states)))  # "der Landkreis Harz … in Hamburg … das Land" is not Hamburg
        bodies = {
            state
            for m in self.named["organisation"]
            if isinstance(m.value, OrganisationValue)
            and m.value.org_type in (OrgType.MINISTRY, OrgType.GOVERNMENT, OrgType.PARLIAMENT)
            and (state := self._state_of_seat(m.value)) is not None
        }
        if len(bodies) == 1:
            return of(next(iter(bodies)))
        if len(states) > 1 or bodies:
            return None
        places -= states
        return of(next(iter(places))) if len(places) == 1 else None

    def _state_of_seat(self, value: OrganisationValue) -> str | None:
        seat = value.seat
        if isinstance(seat, tuple):
            mention = next((m for m in self.named["territory"] if (m.start, m.end) == seat), None)
            state = mention.value.state if mention and isinstance(mention.value, TerritoryValue) else None
        else:
            entry = _territory_entry(seat) if seat else None
            state = entry.state if entry else None
        return state if state and state.startswith("DE-") else None


def _key(mention: Mention) -> object:
    """Equal for mentions of one thing."""
    value = mention.value
    if isinstance(value, TerritoryValue):
        return value.ags or mention.kb_id or value.name
    return mention.kb_id or id(mention.head)


def _state_of(target: Mention | TerritoryEntry | None) -> str | None:
    """ISO code of the Land of a territory."""
    value = target.value if isinstance(target, Mention) else target
    return value.state if isinstance(value, TerritoryValue | TerritoryEntry) else None


def _entry(kb_id: str) -> OrganisationEntry | None:
    base = knowledge_base()
    entry = base.entry(kb_id) if kb_id in base else None
    return entry if isinstance(entry, OrganisationEntry) else None


def _territory_entry(kb_id: str) -> TerritoryEntry | None:
    base = knowledge_base()
    entry = base.entry(kb_id) if kb_id in base else None
    return entry if isinstance(entry, TerritoryEntry) else None


@cache
def _states() -> dict[str, str]:
    base = knowledge_base()
    entries = (base.entry(f"ags:{number:02}") for number in range(1, 17))
    return {entry.state: entry.kb_id for entry in entries if isinstance(entry, TerritoryEntry) and entry.state}


def _state_entry(state: str) -> TerritoryEntry | None:
    kb_id = _states().get(state)
    return _territory_entry(kb_id) if kb_id else None


def _made(entry: TerritoryEntry | OrganisationEntry, start: int, end: int) -> Mention:
    """A mention of something that the text itself never names."""
    kind: Kind = "territory" if isinstance(entry, TerritoryEntry) else "organisation"
    confidence = 0.75 if kind == "territory" else 0.8
    return Mention(start, end, kind, _value(entry), True, entry.kb_id, confidence, "noun")


@lru_cache(512)
def _value(entry: TerritoryEntry | OrganisationEntry) -> TerritoryValue | OrganisationValue:
    if isinstance(entry, TerritoryEntry):
        return TerritoryValue(
            name=entry.name,
            level=Level(entry.level),
            ags=entry.ags,
            state=entry.state,
            successor_ags=entry.successor_ags,
            latitude=entry.latitude,
            longitude=entry.longitude,
        )
    return OrganisationValue(
        name=entry.name,
        abbreviation=entry.abbreviation,
        aliases=entry.aliases,
        org_type=OrgType(entry.org_type),
        seat=entry.territory,
    )
