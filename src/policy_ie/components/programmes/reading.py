"""Reads the programmes of one document: quoted and bare names, known names, abbreviations, variants of one name."""

from __future__ import annotations

import re
from functools import lru_cache

from policy_ie.components.base import Mention, PolicyLayer
from policy_ie.components.programmes.awards import nominative, order_name, prize_name
from policy_ie.components.programmes.grammar import (
    Found,
    HeadHit,
    bare_name,
    compound_name,
    find_heads,
    head_table,
    joins,
    phrase_name,
    quotes,
    solid_name,
    type_before,
)
from policy_ie.components.programmes.words import word_lists
from policy_ie.knowledge.base import KnowledgeBase
from policy_ie.knowledge.entries import ProgrammeEntry
from policy_ie.records import ProgrammeType, ProgrammeValue

__all__ = ["Reading"]

_ABBREVIATION = re.compile(
    r"[“\"”»«‘’]?[ \xa0\n]?\((?:kurz:?[ ])?[„\"]?([A-ZÄÖÜ][\w.&+/-]{1,13}(?:[ \xa0][A-ZÄÖÜ][\w+-]{0,6})?)[“\"]?\)"
)
_BRACKET = re.compile(r"[ \xa0]\([A-ZÄÖÜ][\w.+-]{1,12}\)$")
# The adjective of a name that is not in quotation marks, in any case.
_INFLECTED = re.compile(
    r"^([A-ZÄÖÜ][\w-]*(?:isch|eutsch|ational))e[rnms]?(?=[ ].*(?:[Pp]reis|[Pp]lan|[Mm]edaille|[Pp]lakette))"
)
# What belongs to the span of a known name: "LEADER-Programm", "Städtebauförderung 2021".
_AFTER_KNOWN = re.compile(
    r"(-(?:Förder)?(?:[pP]rogramm|[iI]nitiative|[pP]rojekt|[fF]onds)(?=s?(?!\w)))|[ \xa0]20[0-4]\d(?!\d)(?!\s?[–-])"
)
_YEAR = re.compile(r" (?:19|20)\d\d$")
_KEY = re.compile(r"[^\w+]+")
_LETTER = re.compile(r"\w")
_MAIN = re.compile(r"[ \xa0]?(?:[!.:]|[ \xa0][–—-])[ \xa0]")
# "sprach von einem „Pakt der Vernunft“": words, no name.
_LIKENED = re.compile(r"\b(?:von|als|wie|für)[ \xa0]ein(?:e[mnr]?)?[ \xa0]$")
# "„Gemeinsame Entwicklungsstrategie Küste“"
_ADJECTIVE = re.compile(r"(?:[A-ZÄÖÜ][a-zäöüß]+e[rs]?[ \xa0])?")
# "„Richtlinie zur Förderung von …“"
_OF_PURPOSE = re.compile(r"[ \xa0](?:für|gegen|zur|zum)[ \xa0]")
_SENTENCE = re.compile(r"[.?!…]$")
_INQUIT = re.compile(r"^[,]?[ \xa0]?(?:so|sagte?|erklärte?|betonte?|freut|meint|lobt|berichtet|unterstrich|ergänzte?)\b")
_FOLLOWS = re.compile(
    r"-?(?:Programm|Projekt|Initiative|Netzwerk|Kampagne|Förderprogramm|Wettbewerb|Preis|Fonds|Modellprojekt|Stipendi(?:um|en))(?:s|es|n|en|e)?(?!\w)"
)
# "„Land in Sicht“ heißt das Projekt", "… – so lautet der Titel der Kampagne", "… ist ein Modellprojekt".
_NAMES = re.compile(
    r",?[ \xa0](?:[–-][ \xa0])?(?:so[ \xa0])?(?:heißt|nennt[ \xa0]sich|lautet[ \xa0]der[ \xa0](?:Name|Titel)|ist)[ \xa0]"
    r"(?:das|die|der|des|ein|eine)[ \xa0](?:[a-zäöüß-]+[ \xa0]){0,3}(?:[A-ZÄÖÜ]\w*?)?"
    r"(?P<head>[Pp]rojekt|[Pp]rogramm|[Ii]nitiative|[Nn]etzwerk|[Kk]ampagne|[Ww]ettbewerb|[Ff]onds|[Aa]ktion)(?:s|es|en)?(?!\w)"
)
_SIBLING = re.compile(
    r",?[ \xa0](?:und[ \xa0])?(?:das|dem|die|der|den)[ \xa0](?:\w+)?"
    r"(?:[Pp]rojekt|[Pp]rogramm|[Ii]nitiative|[Nn]etzwerk)[ \xa0][„\"»“]"
)


@lru_cache(4)
def _folded(kb: KnowledgeBase) -> dict[str, ProgrammeEntry]:
    """Programmes by their names in any case, for names in quotation marks."""
    entries = [entry for entry in map(kb.entry, kb.ids("programme")) if isinstance(entry, ProgrammeEntry)]
    return {name.rstrip("!. ").casefold(): entry for entry in reversed(entries) for name in entry.names}


@lru_cache(2048)
def _value(entry: ProgrammeEntry) -> ProgrammeValue:
    return ProgrammeValue(
        name=entry.name,
        abbreviation=entry.abbreviation,
        aliases=entry.aliases,
        programme_type=ProgrammeType(entry.programme_type),
        run_by=entry.owner,
    )


def _key(name: str) -> str:
    return _KEY.sub(" ", name.casefold()).strip()


class Reading:
    """The programmes of one document."""

    def __init__(self, layer: PolicyLayer, kb: KnowledgeBase) -> None:
        self.layer, self.kb, self.text = layer, kb, layer.text
        self.found: list[Mention] = []
        self.taken: set[int] = set()

    def mentions(self) -> list[Mention]:
        """All mentions, in order."""
        text = self.text
        heads = find_heads(text)
        hits = [h for h in self.layer.name_hits(self.kb) if "programme" in h.kinds]
        for name in self._quoted(heads):
            self._name(name)
        for h in hits:
            entry = next(e for e in h.entries if isinstance(e, ProgrammeEntry))
            if h.form != "adjective" and self._is_named(h.start, h.end, h.surface, entry, heads):
                tail = _AFTER_KNOWN.match(text, h.end)
                end = tail.end() if tail and (tail[1] or entry.programme_type == "funding_programme") else h.end
                if h.end + 2 in self.taken and h.surface.endswith("programm"):
                    continue  # a head noun: "das Städtebauförderungsprogramm „Lebendige Zentren“"
                self._put(Mention(h.start, end, "programme", _value(entry), kb_id=entry.kb_id, rule="kb"))
        for hit in heads:
            for read in (bare_name, compound_name, prize_name, order_name, phrase_name, solid_name):
                found = read(text, hit)
                if found is not None:
                    self._name(found, hit)
                    break
        if not self.found:
            return []
        self._join_variants()
        self._abbreviations()
        self._repeated()
        self.found.sort(key=lambda m: (m.start, -m.end))
        return self.found

    # --- finding ----------------------------------------------------------------------------------------------

    def _quoted(self, heads: list[HeadHit]) -> list[Found]:
        """Quoted names with a head noun before or after them, or in a list with one that has."""
        text = self.text
        found: list[Found] = []
        last: tuple[int, ProgrammeType] | None = None
        for start, end, open_, close in quotes(text):
            if (short := _BRACKET.search(text, start, end)) is not None:
                end = short.start()
            words = text[start:end]
            if not _LETTER.search(words):
                continue
            kind: ProgrammeType | None = None
            own = next(
                (h for h in heads if start <= h.begin and h.end < end and _ADJECTIVE.fullmatch(text, start, h.begin)), None
            )
            hit = type_before(text, heads, open_)
            if hit is not None and not (words[0].islower() and " " not in words and words.isalpha()):
                kind = hit.head.programme_type
            elif (
                own is not None
                and words.count(" ") < (11 if _OF_PURPOSE.match(text, own.end) else 7)
                and not _LIKENED.search(text, max(0, open_ - 16), open_)
            ):
                kind = own.head.programme_type
            elif _INQUIT.match(text[close : close + 14]):
                pass
            elif last is not None and joins(text, last[0], open_):
                kind = last[1]
            elif (after := _FOLLOWS.match(text, close)) is not None and (text[close] == "-" or text[close] == " "):
                kind = ProgrammeType.PROJECT if "rojekt" in after[0] else ProgrammeType.INITIATIVE
            elif (named := _NAMES.match(text, close)) is not None:
                kind = head_table()[named["head"].lower()].programme_type
            elif _SIBLING.match(text, close) is not None:
                kind = ProgrammeType.PROJECT
            elif self._known(words) is not None:
                known = self._known(words)
                kind = ProgrammeType(known.programme_type) if known else None
            if kind is None or (_SENTENCE.search(words) and words.count(" ") > 7 and words[-1] != "!"):
                last = None
                continue
            found.append(Found(start, end, kind, "quoted"))
            last = (close, kind)
        return found

    def _known(self, name: str) -> ProgrammeEntry | None:
        """The known programme with this name, its punctuation and subtitle aside."""
        name = " ".join(name.split())
        main = _MAIN.split(name, maxsplit=1)[0]
        for form in (name, name.rstrip("!. "), name + "!", main, main.rstrip("!. "), _YEAR.sub("", name)):
            for entry in self.kb.by_name(form):
                if isinstance(entry, ProgrammeEntry):
                    return entry
        return _folded(self.kb).get(name.rstrip("!. ").casefold())

    def _is_named(self, start: int, end: int, surface: str, entry: ProgrammeEntry, heads: list[HeadHit]) -> bool:
        """True where a known name means the programme; ordinary words need a head noun before or behind them."""
        text = self.text
        if surface not in word_lists().ordinary:
            if len(surface) <= 3 and surface.isupper():
                return surface in ("ESF", "JTF", "GRW", "GAK") or (surface == entry.abbreviation and f"({surface})" in text)
            return True
        if re.match(r"-?[Pp]rogramm|[ \xa0]20\d\d", text[end : end + 9]):
            return True
        hit = type_before(text, heads, start)
        return hit is not None and start - hit.end < 3

    def _name(self, name: Found, hit: HeadHit | None = None) -> None:
        words = " ".join(self.text[name.start : name.end].split())
        if hit is not None and name.rule == "order":
            words = nominative(words, hit.head.noun)
        if name.rule == "prize":
            words = re.sub(r"(?<=[pP]reis)es?(?!\w)", "", words)
        if name.rule == "solid":
            words = re.sub(r"^(\w+(?:al|isch|lich|iv|ell|ig))e[nr]? ", r"\1er ", words.replace("programms ", "programm "))
        if name.rule in ("prize", "phrase", "bare"):
            words = _INFLECTED.sub(lambda m: m[1] + ("er" if "reis" in words or "lan" in words else "e"), words)
        entry = self._known(words)
        if entry is not None:
            self._put(Mention(name.start, name.end, "programme", _value(entry), kb_id=entry.kb_id, rule=name.rule))
            return
        aliases: tuple[str, ...] = ()
        if hit is not None and (
            (hit.begin < hit.noun and hit.end <= name.start)  # "Sofortprogramm Hortplätze"
            or (name.rule == "phrase" and name.start < hit.begin)  # "Thüringer Landesprogramm für …"
        ):
            aliases = (" ".join(self.text[hit.begin : name.end].split()),)
        value = ProgrammeValue(name=words, programme_type=name.programme_type, aliases=aliases)
        confidence = {"quoted": 0.95, "bare": 0.75, "compound": 0.7}.get(name.rule, 0.8)
        self._put(Mention(name.start, name.end, "programme", value, rule=name.rule, confidence=confidence))

    def _put(self, mention: Mention) -> None:
        places = range(mention.start, mention.end)
        if self.taken.isdisjoint(places):
            self.found.append(mention)
            self.taken.update(places)

    # --- joining ----------------------------------------------------------------------------------------------

    def _join_variants(self) -> None:
        """Gives variants of one name ("Teilhabe", "Teilhabe – Netzwerke für Kinder") the value of the longest."""
        self.found.sort(key=lambda m: m.start)
        loose = [m for m in self.found if m.kb_id is None]
        keys = {id(m): _key(_text(m)) for m in loose}
        for mention in loose:
            key = keys[id(mention)]
            longer = [
                m
                for m in loose
                if len(key) > 5
                and keys[id(m)].startswith(key + " ")
                and (m.rule == "order" or _MAIN.search(_text(m)))
                and m is not mention
            ]
            if not longer and key and mention.rule in ("quoted", "prize"):
                # "das Programm „Dorf““ after „Dorf mit Zukunft“, the only longer name of its type
                longer = [
                    m
                    for m in loose
                    if len(key) > 5
                    and m.start < mention.start
                    and keys[id(m)].startswith(key + " ")
                    and _kind(m) == _kind(mention)
                ]
                if len({keys[id(m)] for m in longer}) > 1:
                    longer = []
            equal = [m for m in loose if m is not mention and keys[id(m)] == key]
            if not longer and not equal:  # "Reformationsjubiläum" beside "Reformationsjubiläum 2017"
                dated = [m for m in loose if _YEAR.sub("", keys[id(m)]) == key and keys[id(m)] != key and m.same_as is None]
                longer = dated if len({keys[id(m)] for m in dated}) == 1 else []
            if longer:
                head = max(longer, key=lambda m: len(keys[id(m)]))
                mention.same_as = head
                _alias(loose, head, _text(mention))
            elif equal and equal[0].start < mention.start and equal[0].same_as is None:
                mention.same_as = equal[0]

    def _abbreviations(self) -> None:
        """Abbreviations that brackets introduce after a name, and their later mentions."""
        text = self.text
        for mention in list(self.found):
            match = _ABBREVIATION.match(text, mention.end)
            if match is None or match.start(1) in self.taken:
                continue
            short = match[1]
            letters = [c for c in short.casefold() if c.isalnum()]
            name = text[mention.start : mention.end].casefold()
            position = -1
            for letter in letters:
                position = name.find(letter, position + 1)
                if position < 0:
                    break
            if position < 0 or (short.istitle() and len(short) > 5) or sum(c.isupper() for c in short) < 2:
                continue
            head = mention.head
            value = head.value
            assert isinstance(value, ProgrammeValue)
            if value.abbreviation is None:
                head.value = value.model_copy(update={"abbreviation": short})
            for again in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w)", text):
                if again.start() > head.start:
                    self._put(
                        Mention(
                            again.start(),
                            again.end(),
                            "programme",
                            head.value,
                            kb_id=head.kb_id,
                            rule="abbreviation",
                            same_as=head,
                        )
                    )

    def _repeated(self) -> None:
        """Names found once, where they stand again without quotation marks or head noun."""
        text = self.text
        seen: set[str] = set()
        names = [(text[m.start : m.end], m) for m in self.found if m.kb_id is None and m.same_as is None]
        names += [(main, m) for name, m in names if (main := _MAIN.split(name, maxsplit=1)[0]) != name and " " in main]
        for name, mention in names:
            compound = mention.rule in ("solid", "prize", "compound") and len(name) > 9
            if name in seen or len(name) < 5:
                continue
            if not (compound or " " in name or re.search(r"[a-zäöü][A-ZÄÖÜ]|[A-ZÄÖÜ]{2}", name)):
                continue
            seen.add(name)
            if text.count(name) < 2:
                continue
            for again in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                self._put(
                    Mention(
                        again.start(), again.end(), "programme", mention.value, rule="repeated", same_as=mention, confidence=0.8
                    )
                )


def _text(mention: Mention) -> str:
    assert isinstance(mention.value, ProgrammeValue)
    return mention.value.name


def _kind(mention: Mention) -> ProgrammeType:
    assert isinstance(mention.value, ProgrammeValue)
    return mention.value.programme_type


def _alias(mentions: list[Mention], head: Mention, alias: str) -> None:
    value = head.value
    assert isinstance(value, ProgrammeValue)
    if alias != value.name and alias not in value.aliases:
        head.value = value.model_copy(update={"aliases": (*value.aliases, alias)})
