"""Reads the organisations of one document: collects names, decides between overlapping ones, joins abbreviations."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_ie.components.base import Mention, PolicyLayer
from policy_ie.components.organisations.companies import company_names
from policy_ie.components.organisations.grammar import Found, find_heads, is_definite, read_name, word_bounds
from policy_ie.components.organisations.groups import parliamentary_group
from policy_ie.components.organisations.holders import holder_bodies
from policy_ie.components.organisations.joining import (
    body_of_land,
    join_short_forms,
    short_forms,
    value_of,
    with_abbreviations,
    without_overlaps,
)
from policy_ie.components.organisations.lands import CITY_STATES, FEDERAL, STATES, document_land, hits_at, land_words
from policy_ie.components.organisations.ministries import (
    WS,
    full_name_end,
    ministries,
    nearest_in_time,
    short_name,
    truncated_before,
)
from policy_ie.knowledge.base import KnowledgeBase
from policy_ie.knowledge.entries import OrganisationEntry
from policy_ie.knowledge.matcher import NameHit
from policy_ie.knowledge.names import name_tables
from policy_ie.records import DateValue, OrganisationValue, OrgType, TerritoryValue

__all__ = ["Reading"]

_IN_BRACKETS = re.compile(r"[ \xa0\n]\(([A-ZÄÖÜ][\w-]{1,11})\)")
# Behind "Grünen" and "Linken" a noun makes an adjective of them ("im Grünen Ring"), but not one of these.
_OF_PARTY = re.compile(
    r"[ \xa0\n](?!\w*(?:[Ff]raktion|[Pp]olitik|[Aa]bgeordnete|verband|Stadtr|Kreist|Landes|Bundes|Minister))([A-ZÄÖÜ]\w+)"
)
_LEGAL_FORM = re.compile(r"[ ](?:gGmbH|GmbH|AG|SE|eG|e\.[ ]?V\.|KG)$")
# Words at which ministries, governments and parliaments of the Länder are sought.
_STATE_WORDS = (
    "inisterium", "enatsverwaltung", "ehörde", "essort", "Landesregierung", "Staatsregierung", "Senat", "Landtag",
    "Bürgerschaft", "Abgeordnetenhaus", "Staatskanzlei", "Senatskanzlei", "Fraktion", "fraktion",
)  # fmt: skip
_BODIES = {
    "Landesregierung": "landesregierung",
    "Staatsregierung": "landesregierung",
    "Senat": "landesregierung",
    "Landtag": "landtag",
    "Bürgerschaft": "landtag",
    "Abgeordnetenhaus": "landtag",
    "Staatskanzlei": "staatskanzlei",
    "Senatskanzlei": "staatskanzlei",
}
_OF_AUSTRIA = re.compile(
    rf"{WS}(?:(?:von|des{WS}Landes|der){WS})?(Burgenland|Kärnten|Niederösterreich|Oberösterreich|Salzburg|Steiermark|Tirol|Vorarlberg|Südtirol)(?!\w)"
)
# Letters of the Länder in keys of the knowledge base, in order of their official keys.
_LETTERS = ("sh", "hh", "ni", "hb", "nw", "he", "rp", "bw", "by", "sl", "be", "bb", "mv", "sn", "st", "th")
_CITIES = {"Hamburg": "ags:02", "Bremen": "ags:04", "Berlin": "ags:11"}
_CABINETS = frozenset({"head:kabinett", "head:landeskabinett", "head:ministerrat"})
_BODY_TYPES = {"landesregierung": OrgType.GOVERNMENT, "landtag": OrgType.PARLIAMENT, "staatskanzlei": OrgType.AUTHORITY}
_TAIL = re.compile(
    rf"{WS}(?P<link>(?:des{WS}(?:Landes|Freistaate?s)|der{WS}Freien{WS}(?:und{WS})?Hansestadt|von|des|der|im|in){WS}(?:dem{WS}Land{WS})?)?"
    rf"(?P<place>Schleswig-Holstein|Hamburg|Niedersachsen|Bremen|Nordrhein-Westfalen|NRW|Hessen|Rheinland-Pfalz|Baden-Württemberg|Bayern|Saarland(?:es)?"
    rf"|Berlin|Brandenburg|Mecklenburg-Vorpommern|Sachsen-Anhalt|Sachsen|Thüringen|[A-ZÄÖÜ]\w+)(?![\w-])"
)
_WORD_BEFORE = re.compile(r"([A-ZÄÖÜa-zäöü][\w’'-]*)[ \xa0\n]$")
# Short names that are other words as well: trusted only where the text introduces them.
_WEAK = frozenset({"UM", "IM", "AG", "BUND", "BA", "BAG", "BASE", "ADS", "DSD", "SPK", "KF", "Volt", "Linke", "Grüne", "DB"})
# Short names of Land bodies that mean nothing else anywhere.
_UNIQUE = frozenset({"LVR", "LWL", "RVR", "BVG", "VRR", "HPA"})
# Short names of parties that are ordinary words: trusted in brackets, as after the name of a person.
_PARTY_WORDS = frozenset({"Linke", "Grüne", "Volt"})
# Parties in compounds, unions of states in compounds or brackets say something of a person or thing.
_ATTRIBUTE = re.compile(r"\([^()\n]{0,30}$|/$")


@lru_cache(1)
def _state_words() -> AhoCorasick:
    return AhoCorasick(
        list(_STATE_WORDS),
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.DFA,
        store_patterns=False,
    )


def _latest_day(layer: PolicyLayer) -> dt.date | None:
    """The last day that an undated release names, which is near its own; without any, the beginning of the last period."""
    dates = [m.value for m in layer.mentions if isinstance(m.value, DateValue) and m.value.start]
    days = [v.start for v in dates if v.start and v.start == v.end]
    past = [v.start for v in dates if v.start and v.end and v.end < dt.date.today()]
    return max(days or past, default=None)


class Reading:
    """The organisations of one document."""

    def __init__(self, layer: PolicyLayer, kb: KnowledgeBase) -> None:
        self.layer, self.kb, self.text = layer, kb, layer.text
        self.date = layer.published or _latest_day(layer)
        self.hits = layer.name_hits(kb)
        self.ministries = ministries(kb)
        self.introduced: list[OrganisationEntry] = []
        self._land: str | bool | None = False
        self._holders: dict[str | None, str] | None = None
        self._places: dict[int, NameHit] | None = None
        self._territories: dict[int, tuple[int, int]] | None = None
        self.found: list[Mention] = []
        self.read: set[int] = set()

    @property
    def places(self) -> dict[int, NameHit]:
        """Hits that may be territories, by where they begin."""
        if self._places is None:
            self._places = hits_at(self.hits)
        return self._places

    @property
    def territories(self) -> dict[int, tuple[int, int]]:
        """Offsets of the mentions of territories, by where they begin."""
        if self._territories is None:
            mentions = self.layer.mentions
            self._territories = {m.start: (m.start, m.end) for m in mentions if isinstance(m.value, TerritoryValue)}
        return self._territories

    @property
    def holders(self) -> dict[str | None, str]:
        """Bund or Land of the ministers that the text names, by the subject of their title."""
        if self._holders is None:
            self._holders = holder_bodies(self.text, self.kb, self.date)
        return self._holders

    @property
    def land(self) -> str | None:
        """The Land of the document, sought once and only where a name needs it."""
        if self._land is False:
            self._land = document_land(self.layer, self.hits) or self.holders.get(None)
        assert not isinstance(self._land, bool)
        return self._land

    def mentions(self) -> list[Mention]:
        """All mentions, in order."""
        words = [(start, end, index) for index, start, end in _state_words().find_matches_as_indexes(self.text)]
        later = []
        for start, end, index in words:
            what = _STATE_WORDS[index]
            if index < 3:
                done = self._full_ministry(start, end)
                if not done:
                    later.append((start, end, what))
            else:
                later.append((start, end, what))
        for start, end, what in later:
            if what in ("Fraktion", "fraktion"):
                self.found += parliamentary_group(self.text, start, end)
            elif what in _BODIES:
                self._body(start, end, what)
            else:
                self._short_ministry(start, end)
        taken = {place for m in self.found for place in range(m.start, m.end)}
        self.read = taken
        bare: list[tuple[int, int, int]] = []
        for hit in self.hits:
            if "organisation" in hit.kinds:
                self._known(hit)
        for head, begin, noun_end, end in find_heads(self.text):
            if begin not in taken:
                name = read_name(self.text, head, begin, noun_end, end, self.places)
                if name is not None:
                    self._grammar(name)
                elif is_definite(self.text, begin):
                    bare.append((begin, noun_end, end))
        for name in company_names(self.text):
            self._grammar(name)
        kept = without_overlaps(self.found)
        join_short_forms(kept, lambda word: None if self.land is None else body_of_land(self.kb, self.land, word))
        kept += short_forms(kept, self.text, bare)
        return with_abbreviations(kept, self.text, self.places)

    # --- ministries -------------------------------------------------------------------------------------------

    def _add(self, start: int, end: int, entry: OrganisationEntry, rule: str, confidence: float = 1.0) -> None:
        self.found.append(
            Mention(start, end, "organisation", value_of(entry), kb_id=entry.kb_id, rule=rule, confidence=confidence)
        )

    def _tail_land(self, end: int) -> tuple[int, str | None]:
        """The Land named after a body: end of the name with it (unchanged where only the place is said), and its kb_id."""
        tail = _TAIL.match(self.text, end)
        if tail is None:
            return end, None
        link, place = (tail["link"] or "").strip(), tail["place"]
        land = land_words().names.get(place)
        if land is not None and link not in ("in", "im"):
            return tail.end(), land
        if link in ("in", "im"):
            return end, land or land_words().seats.get(place)
        return end, None

    def _land_before(self, start: int) -> tuple[int, str | None]:
        """The Land in the word before: start of the name with a capitalised adjective, and the Land's kb_id."""
        match = _WORD_BEFORE.search(self.text[max(0, start - 40) : start])
        if match is None:
            return start, None
        word = match[1]
        land = land_words().forms.get(word)
        if land is None:
            return start, None
        official = word[0].isupper() and (
            word.endswith(("isches", "ische", "ischen", "ischem", "ischer")) or word == "Thüringer"
        )
        return (start - len(match[0]) if official else start), land

    def _full_ministry(self, position: int, stem_end: int) -> bool:
        text = self.text
        begin = word_bounds(text, position)
        end = stem_end
        while end < len(text) and text[end].isalpha():
            end += 1
        word = text[begin:end]
        federal = word.startswith("Bundes")
        if not word.startswith(
            ("Ministerium", "Staatsministerium", "Bundesministerium", "Senatsverwaltung", "Behörde", "Landesministerium")
        ):
            return False
        if text[stem_end:end] not in ("", "s", "es"):
            return False
        if word.startswith("Behörde") and not federal and not text.startswith(" für ", end):
            return False
        stop = full_name_end(text, end, self.ministries.vocabulary)
        if stop is None:
            return False
        phrase = re.sub(r"\s+", " ", text[begin:stop])
        start, land = self._land_before(begin)
        stop_tail, tail_land = self._tail_land(stop)
        land = FEDERAL if federal else land or tail_land
        if word.startswith("Behörde"):
            land = land or ("ags:02" if self.land == "ags:02" else None)
        elif word.startswith("Senatsverwaltung"):
            land = "ags:11"
        certain = land is not None
        entry, land = self.ministries.named(phrase, land or self.land, self.date, certain=certain)
        if word.startswith("Behörde") and (land != "ags:02" or (entry is None and not certain)):
            return False
        if entry is not None:
            self.introduced.append(entry)
            self._add(start, stop_tail, entry, "ministry:full")
            return True
        nominative = "Bundesministerium" if federal else re.sub(r"(?<=um)s$", "", word)
        name = nominative + phrase[len(word) :] + re.sub(r"\s+", " ", text[stop:stop_tail])
        if start < begin:
            name = f"{re.sub('(?<=isch)e[nmr]?$', 'es', text[start:begin].strip())} {name}"
        value = OrganisationValue(name=name, org_type=OrgType.MINISTRY, seat=land)
        self.found.append(Mention(start, stop_tail, "organisation", value, rule="ministry:new", confidence=0.8))
        return True

    def _short_ministry(self, position: int, stem_end: int) -> None:
        text = self.text
        end = stem_end
        while end < len(text) and text[end].isalpha():
            end += 1
        if text[stem_end:end] not in ("", "s", "es") or text[end : end + 1] == "-":
            return
        begin = word_bounds(text, position)
        short = short_name(text[begin:end])
        if short is None:
            if text[begin:end].startswith("Staatsministerium"):
                self._state_ministry(begin, end)
            return
        start, before = self._land_before(begin)
        stop, after = self._tail_land(end)
        land = short.land or before or after
        certain = land is not None
        land = land or self.holders.get(short.subjects[0]) or self.land
        if short.head != "ministerium":
            city = "ags:02" if short.head == "behörde" else "ags:04" if short.head == "ressort" else "ags:11"
            if land != city and not (short.head == "behörde" and land == "ags:04"):
                return
        truncated = list(truncated_before(text, start))
        subjects = (*(t[2] for t in truncated), *short.subjects)
        if land is not None and len(subjects) > 1:
            joint = self.ministries.responsible(subjects, land, self.date, self.introduced)
            if joint is not None:
                self._add(truncated[0][0], stop, joint, "ministry:short")
                return
        for t_start, t_end, subject in truncated:
            self._resolve_short(t_start, t_end, (subject,), land, text[t_start : t_end - 1] + short.head, certain)
        self._resolve_short(start, stop, short.subjects, land, short.lemma, certain)

    def _resolve_short(
        self, start: int, end: int, subjects: tuple[str, ...], land: str | None, lemma: str, certain: bool
    ) -> None:
        entry = self._abbreviated(end, subjects, land)
        if entry is not None:
            pass
        elif land is not None:
            entry = self.ministries.responsible(subjects, land, self.date, self.introduced)
        if entry is not None:
            self._add(start, end, entry, "ministry:short", 1.0 if certain else 0.9)
            return
        value = OrganisationValue(name=lemma, org_type=OrgType.MINISTRY, seat=land)
        self.found.append(Mention(start, end, "organisation", value, rule="ministry:short", confidence=0.6))

    def _abbreviated(self, end: int, subjects: tuple[str, ...], land: str | None) -> OrganisationEntry | None:
        """The ministry whose abbreviation stands in brackets behind the short name: "Bundesumweltministerium (BMU)"."""
        short = _IN_BRACKETS.match(self.text, end)
        if short is None or land is None:
            return None
        entries = [
            e for e in self.ministries.by_land.get(land, ()) if e.abbreviation == short[1] and subjects[0] in e.portfolios
        ]
        return nearest_in_time(entries, self.date) if entries else None

    def _state_ministry(self, begin: int, end: int) -> None:
        """The Staatsministerium of Baden-Württemberg, its chancellery."""
        stop, land = self._tail_land(end)
        if (land or self.land) == "ags:08":
            entry = self.kb.entry("org:bw-stm")
            assert isinstance(entry, OrganisationEntry)
            self._add(begin, stop, entry, "ministry:short")

    # --- governments, parliaments -----------------------------------------------------------------------------

    def _body(self, start: int, end: int, what: str) -> None:
        text = self.text
        before: str | None
        if start and (text[start - 1].isalnum() or text[start - 1] == "-"):
            prefix = word_bounds(text, start)
            land = land_words().prefixes.get(text[prefix : start - 1]) if text[start - 1] == "-" else None
            if land is None:
                return
            begin, before = prefix, land
        else:
            begin, before = self._land_before(start)
        stop = end
        while stop < len(text) and text[stop].isalpha():
            stop += 1
        if text[end:stop] not in ("", "s", "es") or text[stop : stop + 1] == "-":
            return
        if what in ("Landtag", "Landesregierung") and (abroad := _OF_AUSTRIA.match(text, stop)) is not None:
            value = OrganisationValue(name=f"{what} {abroad[1]}", org_type=_BODY_TYPES[_BODIES[what]])
            self.found.append(Mention(begin, abroad.end(), "organisation", value, rule="body", confidence=0.9))
            return
        stop, after = self._tail_land(stop)
        land = before or after
        if (
            what == "Senat"
            and land is None
            and re.match(rf"{WS}(?:der|an){WS}(?:\w+{WS})?(?:Universität|Hochschule|TU|FH)", text[stop : stop + 60])
        ):
            return
        if what == "Senat" and re.search(r"[Aa]kademische[rnms]*[ ]$|US-$", text[max(0, start - 14) : start]):
            return
        land = land or self.land
        if what == "Senatskanzlei" and land not in CITY_STATES:
            land = self._city_state()
        if what in ("Senat", "Bürgerschaft", "Abgeordnetenhaus", "Senatskanzlei") and land not in CITY_STATES:
            return
        if what == "Bürgerschaft" and land not in ("ags:02", "ags:04"):
            return
        if what == "Abgeordnetenhaus" and land != "ags:11":
            return
        if land not in STATES or (what == "Staatsregierung" and land not in ("ags:09", "ags:14")):
            if what in ("Landtag", "Landesregierung", "Staatskanzlei", "Staatsregierung"):
                value = OrganisationValue(name=what, org_type=_BODY_TYPES[_BODIES[what]])
                self.found.append(Mention(begin, stop, "organisation", value, rule="body", confidence=0.6))
            return
        assert land is not None
        kb_id = f"org:{_LETTERS[int(land[4:]) - 1]}-{_BODIES[what]}"
        if kb_id in self.kb:
            entry = self.kb.entry(kb_id)
            assert isinstance(entry, OrganisationEntry)
            self._add(begin, stop, entry, "body")

    def _city_state(self) -> str | None:
        """The only city state that the text names."""
        named = [key for city, key in _CITIES.items() if city in self.text]
        return named[0] if len(named) == 1 else None

    # --- names of the knowledge base, head nouns, legal forms -------------------------------------------------

    def _known(self, hit: NameHit) -> None:
        entries = [e for e in hit.entries if isinstance(e, OrganisationEntry)]
        text, start, end, surface = self.text, hit.start, hit.end, hit.surface
        if hit.form == "adjective" or any(e.kb_id == "org:de-bund" for e in entries):
            return
        follows = text[end : end + 1]
        compound = follows == "-" and text[end + 1 : end + 2].isalpha()
        short = surface.isupper() or len(surface) <= 5
        entry = self._choose(entries, surface)
        if entry is None:
            return
        if entry.org_type == "ministry" and surface != entry.abbreviation:
            # Full names and short names are read by their own rules; what is left are names such as Auswärtiges Amt.
            if " " in surface and start not in self.read:
                stop, _ = self._tail_land(end)
                self.introduced.append(entry)
                self._add(start, stop, entry, "kb")
            return
        if surface in _WEAK and not (surface in _PARTY_WORDS and text[start - 1 : start] == "(" and follows in (")", ",")):
            return
        if entry.org_type == "parliament" and text.startswith("für ", start - 4):
            return  # a portfolio: "Minister für Bundesrat und Europa"
        if entry.org_type == "party" and (compound or text[start - 1 : start] == "/"):
            return
        if surface in ("Grünen", "Linken") and (noun := _OF_PARTY.match(text, end)) and noun[1] not in name_tables().given:
            return  # "im Grünen Ring"
        if entry.kb_id == "org:eu-eu" and (compound or _ATTRIBUTE.search(text[max(0, start - 32) : start])):
            return
        if compound and not short:
            return
        stop, _ = self._tail_land(end) if not compound and entry.org_type in ("association", "authority") else (end, None)
        self._add(start, stop, entry, "kb")

    def _choose(self, entries: list[OrganisationEntry], surface: str) -> OrganisationEntry | None:
        """Of the bodies with this name the one meant here, None where the name is too short to say."""
        if len(surface) <= 2 and all(e.org_type == "ministry" and e.territory in STATES for e in entries):
            named = {e.kb_id for e in self.introduced}
            entries = [e for e in entries if e.kb_id in named]
            return entries[0] if entries else None
        if len(entries) > 1:
            here = [e for e in entries if e.territory == self.land]
            entries = here or ([e for e in entries if e.territory in (FEDERAL, None)] or entries)
            valid = [e for e in entries if e.valid_at(self.date)]
            entries = valid or entries
            if len({e.territory for e in entries}) > 1:
                return None
            return entries[0]
        entry = entries[0]
        weak = len(surface) <= 3 or (entry.org_type == "ministry" and len(surface) <= 4)
        if weak and surface not in _UNIQUE and entry.territory in STATES and self.land != entry.territory:
            return None
        return entry

    def _grammar(self, name: Found) -> None:
        seat = self._seat(name.place)
        short = name.name
        known = [e for e in self.kb.by_name(short) if isinstance(e, OrganisationEntry)]
        if not known and name.rule == "company":
            known = [e for e in self.kb.by_name(_LEGAL_FORM.sub("", short)) if isinstance(e, OrganisationEntry)]
        if name.rule in _CABINETS:
            # The cabinet of the Land (or the Bund) that speaks is its government.
            first = self.text[name.start : name.end].split()[0]
            land = land_words().forms.get(first) or self._land_before(name.start)[1] or self.land
            entry = self._government(land) if land is not None else None
            if entry is not None:
                self._add(name.start, name.end, entry, name.rule, 0.9)
                return
        if " " not in short and self.land is not None and (own := body_of_land(self.kb, self.land, short)) is not None:
            # "der Städtetag" in a release from a Land is the one of that Land.
            known = [own]
        if not known and name.org_type is OrgType.COMPANY and " " in short:
            # "Wohnungsbaugesellschaft Degewo"
            known = [e for e in self.kb.by_name(short.split(" ", 1)[1]) if isinstance(e, OrganisationEntry)]
        if len(known) == 1:
            entry = known[0]
            self._add(name.start, name.end, entry, name.rule)
            return
        value = OrganisationValue(name=short, org_type=name.org_type, seat=seat)
        self.found.append(Mention(name.start, name.end, "organisation", value, rule=name.rule, confidence=0.9))

    def _government(self, land: str) -> OrganisationEntry | None:
        """The government of a Land or of the Bund."""
        kb_id = f"org:{_LETTERS[int(land[4:]) - 1]}-landesregierung" if land in STATES else "org:de-bundesregierung"
        entry = self.kb.entry(kb_id) if kb_id in self.kb and (land in STATES or land == FEDERAL) else None
        return entry if isinstance(entry, OrganisationEntry) else None

    def _seat(self, place: int | None) -> str | tuple[int, int] | None:
        if place is None:
            return None
        if place in self.territories:
            return self.territories[place]
        hit = self.places[place]
        return hit.entries[0].kb_id if len(hit.entries) == 1 else None
