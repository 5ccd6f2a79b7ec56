"""Frames as data: one TOML file per event type says which words state it and which phrases fill its roles.

A file holds the name of the `type`, its roles (`[roles.NAME]`), its frames (`[[frame]]`) and examples (`[[example]]`,
`[[counter]]`). `docs` describe every field; `FrameSet` is the compiled form.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from policy_ie.errors import DataError
from policy_ie.language.memory import Memory
from policy_ie.language.verbs import Form, common_verb_forms, verb
from policy_ie.records import EVENT_TYPES

__all__ = [
    "KIND_BITS",
    "Classes",
    "Entry",
    "Frame",
    "FrameSet",
    "Nouns",
    "Role",
    "frame_set",
    "load_frames",
    "noun_classes",
    "word_lists",
]

_FOLDER = "policy_ie.components.events"
#: What a file may say of its type, a frame of itself, and a role.
_SETTINGS = {"anaphora", "anaphors", "apart", "attributes", "bodies_first", "careful", "company", "complete", "content"} | {
    "core",
    "distinct",
    "generic",
    "grow",
    "headline",
    "identity",
    "main",
    "named",
    "one_action",
    "punctual",
    "stops",
    "strict",
}
_FRAME_KEYS = {"id", "verbs", "nouns", "phrases", "slots", "kinds", "heads", "text", "require", "context", "exclude"} | {
    "stage",
    "action",
    "strength",
    "ergative",
    "planned",
    "quoted",
    "title",
    "only",
    "follows",
}
_ROLE_KEYS = {"kinds", "heads", "except", "text", "acting", "slots", "gather"}
#: Endings that an inflected noun may have after its stem, by the end of the noun; "" is for all others.
_ENDINGS = {
    **dict.fromkeys(("ung", "heit", "keit", "schaft", "ion", "tät"), ("", "en")),
    **dict.fromkeys(("er", "el"), ("", "s", "n")),
    "en": ("", "s"),
    "e": ("", "n"),
    "um": ("", "s"),
    "nis": ("", "ses", "se", "sen"),
    "in": ("", "nen"),
    "or": ("", "s", "en"),
    "": ("", "s", "es", "e", "en"),
}


#: Places that are not those of a phrase in the clause of the trigger.
_AROUND = frozenset(("clause", "sentence", "home", "head", "before", "until"))


@dataclass(slots=True, eq=False)
class Role:
    """A role of a frame.

    Attributes:
        name: argument of the event type.
        kinds: kinds of mentions that fill it; "programme:fund" narrows to a type of programme.
        heads: plain nouns that fill it, or None.
        out: plain nouns that never fill it, or None.
        text: true where any noun phrase fills it.
        acting: the role that a person goes to instead, or "".
        slots: where its filler stands, best first.
        places: the same places, each with whether any words there will do ("object*"), and whether it is one of a phrase
            in the clause of the trigger.
        single: true where the argument holds one filler.
        gather: true where all places together give the fillers, not the first that has one.
    """

    name: str
    kinds: frozenset[str]
    heads: Nouns | None
    out: Nouns | None
    text: bool
    acting: str
    slots: tuple[str, ...]
    places: tuple[tuple[str, bool, bool], ...]
    single: bool
    gather: bool


@dataclass(slots=True, eq=False)
class Frame:
    """Words that state an event, and the places of its roles among them.

    Attributes:
        id: name for `why`.
        type: event type.
        roles: roles in the order in which they are filled.
        require: alternatives, each a set of roles that must be filled, with how many names each asks for.
        values: plain fields of the event (stage, action).
        context: pattern that must be found in the sentence, or None.
        exclude: pattern that must not be found in the sentence, or None.
        ergative: true where sein makes the perfect ("ist gestartet"), not a passive.
        planned: true where the words themselves speak of a plan.
        strength: how surely these words mean the event, in [0, 1].
        quoted: true where it counts inside quoted words too.
        title: true where it counts in headlines only.
        only: modality that the event must have, or "".
        follows: true where it only adds to an event told of shortly before.
        must: roles that every alternative asks for.
        needs: masks of kinds of mentions; of each at least one must stand in the sentence.
    """

    id: str
    type: str
    roles: tuple[Role, ...]
    require: tuple[tuple[tuple[str, int], ...], ...]
    values: Mapping[str, Any]
    context: re.Pattern[str] | None
    exclude: re.Pattern[str] | None
    ergative: bool
    planned: bool
    strength: float
    quoted: bool
    title: bool
    only: str
    follows: bool
    must: frozenset[str]
    needs: tuple[int, ...]


@dataclass(slots=True, eq=False)
class Entry:
    """A trigger form of a frame.

    Attributes:
        frame: the frame.
        part: "verb", "noun" or "phrase".
        form: what the verb form can be.
        particle: separable particle that must stand later in the clause, or "".
        verb: forms of the verb that must stand in the clause beside a fixed phrase; empty for none.
        reflexive: true where "sich" must stand in the clause.
        compound: true where other word parts may stand before it.
    """

    frame: Frame
    part: str
    form: int = 0
    particle: str = ""
    verb: Mapping[str, int] = field(default_factory=dict)
    reflexive: bool = False
    compound: bool = False


class Entries(NamedTuple):
    """The entries of a form, by where the form may stand.

    Attributes:
        first: at the head of a sentence, where capitals say nothing.
        lower, upper: inside a sentence, in lower case or capitalised.
        compound: as the last part of a compound.
    """

    first: list[Entry]
    lower: list[Entry]
    upper: list[Entry]
    compound: list[Entry]

    @classmethod
    def of(cls, entries: list[Entry]) -> Entries:
        """Sorts the entries of a form."""
        free = ("phrase", "fixed")
        return cls(
            entries,
            [e for e in entries if e.part in free or e.part != "noun"],
            [e for e in entries if e.part in free or e.part == "noun"],
            [e for e in entries if e.compound],
        )


class Nouns:
    """Plain nouns, compounds and inflected forms included; answers are kept, since texts repeat their nouns.

    Attributes:
        match: says whether a word in lower case is one of them.
    """

    __slots__ = ("match",)

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.match: Callable[[str], bool] = Memory(lambda word: pattern.match(word) is not None, 1 << 12).__getitem__


class Classes(dict[str, tuple[str, ...]]):
    """Classes of plain nouns, for roles: name -> nouns (by their end)."""

    def nouns(self, names: Iterable[str]) -> Nouns | None:
        """The nouns of some classes; None without names."""
        nouns = sorted({noun.lower() for name in names for noun in self[name]}, key=lambda n: (-len(n), n))
        if not nouns:
            return None
        return Nouns(re.compile(rf"(?:.*[^\W\d_]-?)?(?:{'|'.join(map(re.escape, nouns))})(?:innen|in|e[nrsm]?|n|s|ern)?$"))


#: Bits for the kinds of mentions.
KIND_BITS = {
    kind: 1 << k for k, kind in enumerate(("official", "person", "organisation", "territory", "money", "date", "programme"))
}


def _lower_pattern(pattern: str | None) -> re.Pattern[str] | None:
    """Pattern for text in lower case: case-insensitive search is slow. A class in braces stands for its nouns: "{officers}"."""
    if not pattern:
        return None
    pattern = re.sub(r"\{([a-z]+)\}", lambda m: rf"[\w-]*(?:{'|'.join(noun_classes()[m[1]])})(?:in)?", pattern)
    return re.compile(
        re.sub(r"\\.|[A-ZÄÖÜ]", lambda m: m.group() if m.group()[0] == "\\" else m.group().lower(), pattern.replace("(?i)", ""))
    )


def _required(name: str) -> tuple[str, int]:
    """A role and how many names it needs: "!" asks for one, "+" for two."""
    return name.rstrip("!+"), 2 if name.endswith("+") else int(name.endswith("!"))


def _must(require: Iterable[str]) -> frozenset[str]:
    """Roles that all alternatives name."""
    return frozenset.intersection(*(frozenset(n.rstrip("!+") for n in alternative.split()) for alternative in require)) - {
        "time"
    }


def _needs(roles: Iterable[Role], require: Iterable[str]) -> tuple[int, ...]:
    """Kinds of mentions without which no alternative can be met."""
    masks: dict[str, int] = {}
    for role in roles:
        if "before" not in role.slots:
            masks[role.name] = sum({KIND_BITS[kind.split(":")[0]] for kind in role.kinds})
            if role.acting:
                masks[role.acting] = KIND_BITS["official"] | KIND_BITS["person"]
    named = {role.name for role in roles if role.heads is None and not role.text}
    options = []
    for alternative in require:
        needed = set()
        for name in alternative.split():
            plain = name.rstrip("!+")
            if masks.get(plain) and (plain != name or plain in named or plain not in {r.name for r in roles}):
                needed.add(masks[plain])
        options.append(needed)
    common = set.intersection(*options) if options else set()
    if not common and all(options):
        # Each alternative needs something, though not the same: one mask for all.
        union = 0
        for needed in options:
            union |= min(needed)
        common = {union}
    return tuple(sorted(common))


@functools.cache
def noun_classes() -> Classes:
    """Classes of plain nouns that ship with the package."""
    data = tomllib.loads(files(_FOLDER).joinpath("nouns.toml").read_text(encoding="utf-8"))
    return Classes({name: tuple(words.split()) for name, words in data.items()})


@functools.cache
def word_lists(section: str) -> dict[str, frozenset[str]]:
    """Words that tell modality or voice, by what they tell."""
    data = tomllib.loads(files(_FOLDER).joinpath("words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data[section].items()}


class FrameSet:
    """Frames with the automaton over their trigger forms.

    Attributes:
        frames: all frames.
        types: settings of the event types: identity roles and so on.
        verb_forms: verb forms to know when a sentence is parsed.
        examples: examples and counter-examples of the files, for tests.
    """

    def __init__(self, sources: Iterable[tuple[str, str]]) -> None:
        self.frames: list[Frame] = []
        self.types: dict[str, dict[str, Any]] = {}
        self.verb_forms: dict[str, int] = dict(common_verb_forms())
        self._roles: dict[str, dict[str, Any]] = {}
        self.examples: list[tuple[str, dict[str, Any], bool]] = []
        self._entries: dict[str, list[Entry]] = {}
        for name, text in sources:
            self._read(name, text)
        self.forms: list[Entries] = [Entries.of(entries) for entries in self._entries.values()]
        self.automaton = AhoCorasick(list(self._entries), implementation=Implementation.ContiguousNFA)

    def _read(self, name: str, text: str) -> None:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise DataError(f"frame file {name} is no TOML: {error}", remedy="correct the file") from error
        kind = data.get("type")
        if kind not in EVENT_TYPES:
            raise DataError(f"frame file {name} names no event type", remedy=f"set type to one of {', '.join(EVENT_TYPES)}")
        settings = {k: v for k, v in data.items() if k not in ("frame", "roles", "example", "counter", "type")}
        if not settings.keys() <= _SETTINGS:
            unknown = ", ".join(sorted(settings.keys() - _SETTINGS))
            raise DataError(f"frame file {name} has the unknown settings {unknown}", remedy="see the page on frames")
        self.types.setdefault(kind, {}).update(settings)
        for example in data.get("example", []):
            self.examples.append((kind, example, True))
        for example in data.get("counter", []):
            self.examples.append((kind, example, False))
        roles = self._roles.setdefault(kind, {})
        roles.update(data.get("roles", {}))
        for spec in data.get("frame", []):
            try:
                self._add(kind, spec, roles)
            except (KeyError, TypeError, re.error) as error:
                raise DataError(f"frame {spec.get('id')!r} in {name}: {error!r}", remedy="see the page on frames") from error

    def _add(self, kind: str, spec: Mapping[str, Any], roles: Mapping[str, Mapping[str, Any]]) -> None:
        fields = EVENT_TYPES[kind].model_fields
        slots = spec.get("slots", {})
        unknown = (set(slots) | set(roles)) - set(fields)
        if unknown:
            raise KeyError(f"no argument of {kind}: {', '.join(sorted(unknown))}")
        unknown = set(spec) - _FRAME_KEYS | {key for role in roles.values() for key in role if key not in _ROLE_KEYS}
        if unknown:
            raise KeyError(f"unknown: {', '.join(sorted(unknown))}")
        filled = []
        for role in [*slots, *(r for r in roles if r not in slots)]:
            base = roles.get(role, {})
            where = tuple(slots.get(role, base.get("slots", ())))
            if where:
                filled.append(
                    Role(
                        role,
                        frozenset((*base.get("kinds", ()), *spec.get("kinds", {}).get(role, ()))),
                        noun_classes().nouns((*base.get("heads", ()), *spec.get("heads", {}).get(role, ()))),
                        noun_classes().nouns(base.get("except", ())),
                        base.get("text", False) or role in spec.get("text", ()),
                        base.get("acting", ""),
                        where,
                        tuple((place.rstrip("*"), place.endswith("*"), place.rstrip("*") not in _AROUND) for place in where),
                        "tuple" not in str(fields[role].annotation),
                        base.get("gather", False),
                    )
                )
        require = spec.get("require") or [""]
        frame = Frame(
            f"{kind}.{spec['id']}",
            kind,
            tuple(filled),
            tuple(tuple(map(_required, alternative.split())) for alternative in require),
            {k: spec[k] for k in ("stage", "action") if k in spec},
            _lower_pattern(spec.get("context")),
            _lower_pattern(spec.get("exclude")),
            spec.get("ergative", False),
            spec.get("planned", False),
            spec.get("strength", 0.8),
            spec.get("quoted", False),
            spec.get("title", False),
            spec.get("only", ""),
            spec.get("follows", False),
            _must(require),
            _needs(filled, require),
        )
        self.frames.append(frame)
        for name in spec.get("verbs", []):
            self._add_verb(frame, name)
        for name in spec.get("nouns", []):
            self._add_noun(frame, name)
        for phrase in spec.get("phrases", []):
            self._entry(phrase.lower(), Entry(frame, "phrase"))

    def _entry(self, form: str, entry: Entry) -> None:
        self._entries.setdefault(form, []).append(entry)

    def _add_verb(self, frame: Frame, name: str) -> None:
        *fixed, last = name.split()
        reflexive = bool(fixed) and fixed[0] == "sich"
        fixed = fixed[reflexive:]
        entry = verb(last)
        for table in (entry.joined, entry.apart):
            for word, what in table.items():
                plain = what & ~(Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE)
                if plain:
                    self.verb_forms[word] = self.verb_forms.get(word, 0) | what
        if fixed:
            forms = {**entry.joined, **entry.apart}
            self._entry(
                " ".join(fixed).lower(), Entry(frame, "fixed", verb=forms, reflexive=reflexive, particle=entry.particle)
            )
            return
        for word, what in entry.joined.items():
            self._entry(word, Entry(frame, "verb", what, reflexive=reflexive))
        for word, what in entry.apart.items():
            self._entry(word, Entry(frame, "verb", what, particle=entry.particle, reflexive=reflexive))

    def _add_noun(self, frame: Frame, name: str) -> None:
        compound = name.startswith("~")
        for noun in name.removeprefix("~").split("/"):
            endings = next((e for end, e in _ENDINGS.items() if noun.endswith(end)), ())
            for ending in endings:
                self._entry((noun + ending).lower(), Entry(frame, "noun", compound=compound))


def load_frames(folder: Path) -> list[tuple[str, str]]:
    """Name and text of the frame files in a folder, or of one file."""
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else [folder]
    return [(str(path), path.read_text(encoding="utf-8")) for path in paths]


@functools.lru_cache(maxsize=8)
def frame_set(extra: tuple[str, ...] = ()) -> FrameSet:
    """The frames of the package, and those in further folders or files."""
    home = files(_FOLDER).joinpath("frames")
    sources = [
        (p.name, p.read_text(encoding="utf-8"))
        for p in sorted(home.iterdir(), key=lambda p: p.name)
        if p.name.endswith(".toml")
    ]
    for path in extra:
        sources += load_frames(Path(path))
    return FrameSet(sources)
