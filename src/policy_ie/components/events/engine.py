"""Frames over clauses: from a trigger in a sentence to an event draft with its roles."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from policy_ie.components.base import EventDraft, Filler, Mention, PolicyLayer
from policy_ie.components.events.frames import KIND_BITS, Entry, Frame, FrameSet, Role
from policy_ie.components.events.merge import raise_stage
from policy_ie.components.events.modality import modality
from policy_ie.components.events.roles import Slots, clause_slots, fill, link_appositions, noun_slots, participle_slots
from policy_ie.components.events.rows import sentence_rows
from policy_ie.components.events.times import event_place, event_time
from policy_ie.components.events.triggers import Hit, lowered
from policy_ie.language.clauses import Clause, Sentence, parse
from policy_ie.language.phrases import Opaque, Phrase, Token
from policy_ie.language.sentences import sentence_spans
from policy_ie.language.verbs import Form
from policy_ie.records import SectionKind
from policy_ie.records.values import Link

__all__ = ["Engine"]

_SILENT = frozenset((SectionKind.SOURCE_NOTE, SectionKind.CONTACT, SectionKind.BOILERPLATE, SectionKind.DUPLICATE))
#: Longest stretch that is parsed as one sentence.
_LONGEST = 1500
_PASSIVE = frozenset("wird werden wurde wurden worden werde würde würden bekommt bekam bekommen".split())
_BE = frozenset("ist sind war waren sei seien wäre wären gewesen".split())
_HAVE = frozenset("hat haben hatte hatten habe hätte hätten".split())
_PERSONS = KIND_BITS["official"] | KIND_BITS["person"]
_PRONOUN = re.compile(r"\b(?:er|sie)\b")
#: "Hannover, 3. Mai 2019 – ", "(Berlin) ", "Stralsund. – ": place and date of the release, no part of its first sentence.
_DATELINE = re.compile(
    r"(?:\+{2,}\s*)?(?:\(?[A-ZÄÖÜ][^\s,;:()–—]{2,30}(?: (?:am |an der |im |a\. ?d\. ?)?[A-ZÄÖÜ][^\s,;:()–—]{2,20}){0,2}\)?(?:/[A-ZÄÖÜ]\w+)?[.,]?\s*)?"
    r"(?:(?:den |am )?\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ]\w{2,9})\s?\d{2,4}[.,]?\s*)?(?:\([^)]{2,20}\)\s*)?(?:[–—-]{1,2}|\+{2,}|//)\s+(?=[A-ZÄÖÜ„\"»])"
)


class Engine:
    """Reads one document: mentions by place, sentences parsed once, and the text around triggers."""

    def __init__(self, layer: PolicyLayer, frames: FrameSet) -> None:
        self.layer, self.frames = layer, frames
        self.text = layer.text
        self.low = lowered(layer.text)
        self.sentences = layer.sentences or sentence_spans(layer.text)
        self._starts = [s for s, _ in self.sentences]
        self._opaque = self._opaque_stretches()
        self._opaque_starts = [o[0] for o in self._opaque]
        self._kinds: dict[tuple[int, int], int] = {}
        self._parsed: dict[tuple[int, int], Sentence] = {}
        self._silent = [(s.start, s.end) for s in layer.sections or () if s.kind in _SILENT]
        self.titles = [(s.start, s.end) for s in layer.sections or () if s.kind in (SectionKind.TITLE,)]
        if layer.title is not None and layer.title not in self.titles:
            self.titles.append(layer.title)
        self._quoted = sorted((a, b) for q in layer.quotes if q.direct for a, b in [(q.start, q.end), *q.more])

    def _opaque_stretches(self) -> list[Opaque]:
        """Outermost mentions that are whole words, in order."""
        text, size = self.text, len(self.text)
        found: list[Opaque] = []
        last = -1
        for mention in sorted(self.layer.mentions, key=lambda m: (m.start, -m.end)):
            start, end = mention.start, mention.end
            if start < last:
                continue
            if end < size and (text[end].isalnum() or (text[end] == "-" and end + 1 < size and text[end + 1].isalnum())):
                if text[end : end + 1] != "s" or text[end + 1 : end + 2].isalnum():
                    continue
                if text[end + 2 : end + 3].isupper():
                    # "Hessens Innenminister": a possessor stands before its noun like an adjective.
                    found.append((start, end + 1, None))
                    last = end + 1
                    continue
                end += 1
            if start and (text[start - 1].isalnum() or (text[start - 1] == "-" and start > 1 and text[start - 2].isalnum())):
                continue
            if mention.nominal and text[start].islower() and mention.kind in ("territory", "organisation", "programme"):
                continue
            if mention.nominal and mention.kind == "territory" and text[start:end].endswith("er") and text[end : end + 2].strip()[:1].isupper():
                continue
            if text[end - 1] == "s" and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper() and mention.kind in ("territory", "organisation"):
                name = getattr(mention.value, "name", "")
                if name and text[start : end - 1] == name:
                    found.append((start, end, None))
                    last = end
                    continue
            found.append((start, end, mention))
            last = end
        return found

    def silent(self, offset: int) -> bool:
        """True in sections that give no events."""
        return any(a <= offset < b for a, b in self._silent)

    def quoted(self, offset: int) -> bool:
        """True inside quoted words."""
        k = bisect_right(self._quoted, (offset, len(self.text) + 1)) - 1
        return k >= 0 and self._quoted[k][1] > offset

    def in_title(self, offset: int) -> bool:
        """True in the headline."""
        return any(a <= offset < b for a, b in self.titles)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Offsets of the sentence at an offset."""
        k = max(bisect_right(self._starts, offset) - 1, 0)
        return self.sentences[k] if self.sentences else (0, len(self.text))

    def linked(self, link: Link, *, before: int) -> Mention | None:
        """The mention that a link of a value means: by its offsets, or the last one with its id before an offset, else the first."""
        found: Mention | None = None
        for mention in self.layer.mentions:
            if isinstance(link, str):
                if mention.head.kb_id != link or self.silent(mention.start):
                    continue
            elif (mention.start, mention.end) != tuple(link):
                continue
            if found is None or (found.start < mention.start < before):
                found = mention
        return found

    def kinds(self, sentence: tuple[int, int]) -> int:
        """Mask of the kinds of mentions in a sentence."""
        found = self._kinds.get(sentence)
        if found is None:
            found = 0
            for mention in self.mentions(*sentence):
                found |= KIND_BITS[mention.kind]
            self._kinds[sentence] = found
        return found

    def parsed(self, offset: int) -> Sentence:
        """The parsed sentence at an offset; of a very long one the part around the offset."""
        span = self.sentence_at(offset)
        dateline = _DATELINE.match(self.text, span[0], min(span[1], span[0] + 90))
        if dateline is not None and dateline.end() <= offset:
            span = (dateline.end(), span[1])
        if span[1] - span[0] > _LONGEST:
            block = (offset - span[0]) // (_LONGEST // 2)
            start = span[0] + block * (_LONGEST // 2)
            span = (start, min(span[1], start + _LONGEST))
        found = self._parsed.get(span)
        if found is None:
            low = bisect_left(self._opaque_starts, span[0])
            high = bisect_left(self._opaque_starts, span[1])
            found = self._parsed[span] = parse(self.text, span[0], span[1], self._opaque[low:high], self.frames.verb_forms)
            link_appositions(found)
        return found

    def mentions(self, start: int, end: int) -> list[Mention]:
        """Outermost mentions that begin in a stretch."""
        low, high = bisect_left(self._opaque_starts, start), bisect_left(self._opaque_starts, end)
        return [o[2] for o in self._opaque[low:high] if o[2] is not None]

    def inside_name(self, start: int, end: int) -> Mention | None:
        """The mention that the stretch lies in."""
        k = bisect_right(self._opaque_starts, start) - 1
        if k < 0 or self._opaque[k][1] < end:
            return None
        mention: Mention | None = self._opaque[k][2]
        return mention

    def drafts(self, hits: Sequence[Hit]) -> list[EventDraft]:
        """Drafts of all triggers that hold in their clause, in order of the text."""
        found: list[EventDraft] = []
        done: set[tuple[str, int]] = set()
        sums: dict[int, EventDraft] = {}
        for hit, span in self._ordered(hits):
            name = self.inside_name(hit.start, hit.end)
            if name is not None and name.kind != "money":
                continue
            quoted = self.quoted(hit.start)
            title = self.in_title(hit.start)
            best: list[tuple[bool, EventDraft]] = []
            for entry in hit.entries:
                frame = entry.frame
                if (name is not None or frame.title) and not (frame.title and title):
                    continue
                if (quoted and not frame.quoted) or (frame.type, hit.end) in done or not self._can_hold(entry, hit, span):
                    continue
                draft = self.draft(hit, entry)
                if draft is not None:
                    if quoted:
                        draft.confidence *= 0.8
                    best.append((bool(entry.particle), draft))
            by_type: dict[str, tuple[bool, EventDraft]] = {}
            for apart, draft in best:
                other = by_type.get(draft.type)
                # A verb that is there with its particle is the longer match.
                if other is None or (apart, _filled(draft)) > (other[0], _filled(other[1])):
                    by_type[draft.type] = (apart, draft)
            for kind, (_, draft) in by_type.items():
                done.add((kind, hit.end))
                if kind == "funding" and _known_sum(draft, sums):
                    continue
                found.append(draft)
                if kind == "funding":
                    rows = sentence_rows(self, draft, sums)
                    found += rows
                    for row in (draft, *rows):
                        sums.update({id(a): row for a in row.roles.get("amounts", ())})
        return found

    def _ordered(self, hits: Sequence[Hit]) -> list[tuple[Hit, tuple[int, int]]]:
        """Hits with their sentences; in each sentence verbs first, since they know their roles better than nouns."""
        ordered: list[tuple[Hit, tuple[int, int]]] = []
        nouns: list[tuple[Hit, tuple[int, int]]] = []
        span, silent = (-1, -1), False
        for hit in hits:
            if hit.start >= span[1]:
                ordered += nouns
                nouns = []
                span = self.sentence_at(hit.start)
                span = (span[0], max(span[1], hit.end))
                silent = self.silent(hit.start)
            if silent:
                continue
            (nouns if hit.entries[0].part == "noun" and hit.entries[-1].part == "noun" else ordered).append((hit, span))
        return ordered + nouns

    def _can_hold(self, entry: Entry, hit: Hit, span: tuple[int, int]) -> bool:
        """A look at the sentence before it is parsed: the mentions, words and particles that the frame asks for."""
        frame = entry.frame
        if frame.needs:
            kinds = self.kinds(span)
            for mask in frame.needs:
                # A pronoun may stand for the person that is asked for.
                if not kinds & mask and not (mask & _PERSONS and _PRONOUN.search(self.low, *span)):
                    return False
        low = self.low
        first, last = span
        if last - first > 2 * _LONGEST:
            first, last = max(first, hit.start - _LONGEST), min(last, hit.end + _LONGEST)
        if entry.particle and entry.part == "verb" and not _particle_follows(low, entry.particle, hit.end, last):
            return False
        if entry.reflexive and low.find("sich", first, last) < 0 and low.find("uns", first, last) < 0:
            return False
        if frame.context is not None and not frame.context.search(low, first, last):
            return False
        return frame.exclude is None or not frame.exclude.search(low, first, last)

    def draft(self, hit: Hit, entry: Entry) -> EventDraft | None:
        """The event that an entry states here, or None where its conditions do not hold."""
        frame = entry.frame
        sentence = self.parsed(hit.start)
        index = _token_at(sentence.tokens, hit.start)
        if index < 0:
            return None
        trigger = sentence.tokens[index]
        clause = sentence.clauses[trigger.clause]
        form = entry.form
        if entry.reflexive and not any(t.lower in ("sich", "uns") for t in clause.tokens):
            return None
        verb_token = trigger
        fixed: Phrase | None = None
        if entry.part == "verb":
            if entry.particle and not _particle(sentence, clause, index, entry.particle):
                return None
            if entry.particle == "" and form & Form.FINITE and trigger.kind == 0 and index and not form & Form.PARTICIPLE:
                return None
        elif entry.part == "fixed":
            verb_token_found = next((t for t in clause.tokens if t.lower in entry.verb and t.kind != 0), None)
            if verb_token_found is None:
                return None
            verb_token = verb_token_found
            _cut(sentence, index)
            fixed = next((p for p in sentence.phrases if p.first <= index <= p.last), None)
            form = entry.verb[verb_token.lower]
        if clause.kind == "inf" and clause.opener in ("um", "ohne", "statt", "anstatt") and entry.part != "noun":
            return None
        home: Phrase | None = None
        slots: Slots
        if entry.part in ("noun", "phrase"):
            slots, home = noun_slots(sentence, clause, index)
            form = 0
        else:
            voice = self._voice(clause, sentence, verb_token, form, frame, index)
            if voice == "attribute":
                position = index if verb_token is trigger else sentence.tokens.index(verb_token)
                if form & Form.PRESENT_PARTICIPLE and not form & ~Form.PRESENT_PARTICIPLE:
                    slots = participle_slots(sentence, verb_token, position)
                    slots["subject"] = slots.pop("object", [])
                else:
                    slots = participle_slots(sentence, verb_token, position)
                    if frame.ergative:
                        slots["subject"] = slots.pop("object", [])
                form = Form.ATTRIBUTE
            elif voice == "none":
                return None
            else:
                slots = clause_slots(sentence, clause, verb_token, passive=voice == "passive")
        return self._fill(hit, entry, sentence, clause, verb_token, form, home, slots, fixed)

    def _voice(self, clause: Clause, sentence: Sentence, token: Token, form: int, frame: Frame, index: int) -> str:
        tokens = clause.tokens
        attributive = form & (Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE)
        if attributive and _before_noun_in(sentence, token):
            if not form & ~(Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE) or not _finite_here(clause, token):
                return "attribute"
            previous = sentence.tokens[sentence.tokens.index(token) - 1] if sentence.tokens[0] is not token else None
            if previous is not None and (previous.kind in (1, 4, 5, 7) and previous.clause == token.clause and previous.kind != 7) and any(t.form & Form.FINITE for t in tokens if t is not token):
                return "attribute"
        if attributive and not form & ~(Form.ATTRIBUTE | Form.PRESENT_PARTICIPLE):
            return "none"
        lows = {t.lower for t in tokens if t is not token}
        if clause.shared >= 0 and not any(t.form & Form.FINITE and not t.form & Form.PARTICIPLE for t in tokens):
            lows |= {t.lower for t in sentence.clauses[clause.shared].tokens if t.lower in _PASSIVE or t.lower in _BE or t.lower in _HAVE}
        if form & Form.PARTICIPLE:
            if lows & _HAVE and not lows & {"worden"}:
                return "active"
            if lows & _PASSIVE:
                # "werden" beside an infinitive is the future.
                return "passive" if not (form & Form.INFINITIVE and not form & Form.PARTICIPLE) else "active"
            if lows & _BE:
                return "active" if frame.ergative else "passive"
            if not form & Form.FINITE:
                return "active" if frame.ergative else "passive"
            last = next((t for t in reversed(tokens) if t.kind not in (10, 13, 14)), None)
            if last is token and not any(t.kind == 3 and t is not token and t.form & Form.FINITE for t in tokens) and clause.kind == "main" and len(tokens) > 2 and tokens[0] is not token:
                return "active" if frame.ergative else "passive"
        return "active"

    def _fill(
        self, hit: Hit, entry: Entry, sentence: Sentence, clause: Clause, trigger: Token, form: int, home: Phrase | None, slots: Slots, fixed: Phrase | None
    ) -> EventDraft | None:
        frame = entry.frame
        used: set[int] = {id(p) for p in (home, fixed) if p is not None}
        roles: dict[str, list[Filler]] = {}
        acting: dict[str, list[Filler]] = {}
        around: list[Phrase] | None = None
        for role in frame.roles:
            for place in role.slots:
                slot = place[:-1] if place[-1] == "*" else place
                if slot == "clause":
                    if around is None:
                        around = [p for p in sentence.phrases if _belongs(sentence, p.clause, clause)]
                    phrases = around
                elif slot == "sentence":
                    phrases = sentence.phrases
                elif slot == "home":
                    phrases = [home] if home is not None else []
                    used.discard(id(home))
                elif slot == "head":
                    phrases = self._topic(sentence)
                else:
                    phrases = slots.get(slot, [])
                if not phrases and slot != "before" and not (slot == "subject" and "pronoun" in slots):
                    continue
                if slot == "before" or not phrases:
                    found = self._before(hit.start, role) if slot == "before" else self._before(sentence.start, role, person=True)
                else:
                    found = fill(sentence, role, phrases, used, text=slot != place)
                if found:
                    for value in found:
                        goes = role.acting if role.acting and isinstance(value, Mention) and value.kind in ("official", "person") else role.name
                        (acting if goes != role.name else roles).setdefault(goes, []).append(value)
                    if not role.gather:
                        break
            if role.name in frame.must and role.name not in roles and role.name not in acting:
                return None
        for name, fillers in acting.items():
            roles[name] = roles.get(name, []) + fillers
        time = event_time(sentence, clause, trigger, used)
        if not _satisfied(frame, roles, time):
            return None
        places = [m for m in roles.pop("place", ()) if isinstance(m, Mention)]
        layer = self.layer
        draft = EventDraft(
            frame.type, (hit.start, hit.end), (sentence.start, sentence.end), roles=roles, values=dict(frame.values), time=time,
            place=places or event_place(sentence, clause, trigger, used), why=frame.id,
        )  # fmt: skip
        if any(m is time for fillers in roles.values() for m in fillers):
            draft.time = None
        draft.modality = modality(sentence, clause, trigger, form, home, draft.time, layer.published, planned=frame.planned, invites=frame.type == "call")
        if frame.only and draft.modality != frame.only:
            return None
        names = sum(isinstance(f[0], Mention) for f in roles.values() if f)
        draft.confidence = round(min(0.98, frame.strength * (0.7 + 0.1 * names + 0.05 * (len(roles) - names))), 3)
        return draft

    def _before(self, offset: int, role: Role, *, person: bool = False) -> list[Filler]:
        """The last mention before an offset that fits a role, within a few paragraphs; a person for a pronoun."""
        k = bisect_left(self._opaque_starts, offset) - 1
        while k >= 0 and self._opaque[k][0] > offset - 2500:
            mention: Mention | None = self._opaque[k][2]
            if mention is not None and (mention.kind in ("official", "person") and (role.acting or mention.kind in role.kinds) if person else mention.kind in role.kinds):
                return [mention]
            k -= 1
        return []

    def _topic(self, sentence: Sentence) -> list[Phrase]:
        """Phrases before a colon at the head of a headline: "Dortmund: …"."""
        for k, token in enumerate(sentence.tokens[:8]):
            if token.text == ":":
                return [p for p in sentence.phrases if p.last < k]
        return []


def _belongs(sentence: Sentence, number: int, clause: Clause) -> bool:
    """True for the clause itself and the brackets in it, and for the clause around a bracket."""
    if number == clause.index or (clause.kind == "paren" and number == clause.parent):
        return True
    other = sentence.clauses[number]
    return other.kind == "paren" and other.parent == clause.index


def _satisfied(frame: Frame, roles: dict[str, list[Filler]], time: Mention | None) -> bool:
    for alternative in frame.require:
        for name in alternative:
            if name == "time":
                if time is None:
                    break
                continue
            fillers = roles.get(name.rstrip("!+"))
            needed = 2 if name.endswith("+") else int(name.endswith("!"))
            if not fillers or sum(isinstance(f, Mention) for f in fillers) < needed:
                break
        else:
            return True
    return False


def _filled(draft: EventDraft) -> tuple[int, float]:
    return sum(len(v) for v in draft.roles.values()), draft.confidence


def _token_at(tokens: Sequence[Token], offset: int) -> int:
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low if low < len(tokens) and tokens[low].start <= offset else -1


def _particle_follows(low: str, particle: str, start: int, end: int) -> bool:
    """True where the particle can stand at the end of a clause: a cheap look before the sentence is parsed."""
    size = len(particle)
    k = low.find(particle, start, end)
    while k >= 0:
        after = k + size
        if not low[k - 1].isalnum():
            rest = low[after : after + 6]
            if not rest[:1].isalnum() and (not rest[1:2].isalpha() or rest.startswith((" und ", " oder ", " sowie", " aber "))):
                return True
        k = low.find(particle, after, end)
    return False


def _particle(sentence: Sentence, clause: Clause, index: int, particle: str) -> bool:
    """True where the particle stands at the end of the verb's clause."""
    tokens = sentence.tokens
    for k in range(index + 1, min(index + 60, len(tokens))):
        token = tokens[k]
        if token.lower == particle and (token.clause == clause.index or sentence.clauses[token.clause].shared == clause.index):
            following = tokens[k + 1] if k + 1 < len(tokens) else None
            if following is None or following.kind in (6, 9, 10, 11, 12, 13, 14) or following.clause != token.clause:
                return True
    return False


def _known_sum(draft: EventDraft, sums: dict[int, EventDraft]) -> bool:
    """True where a draft is about the very sum of an earlier one, which then takes its roles."""
    amounts = draft.roles.get("amounts")
    known = sums.get(id(amounts[0])) if amounts else None
    if known is None or known.sentence != draft.sentence:
        return False
    for role, fillers in draft.roles.items():
        known.roles.setdefault(role, fillers)
    raise_stage(known, draft)
    if known.modality == "asserted" != draft.modality:
        known.modality = draft.modality
    known.time = known.time or draft.time
    if draft.trigger != known.trigger:
        known.evidence.append(draft.trigger)
    return True


def _cut(sentence: Sentence, index: int) -> None:
    """Parts a phrase before the noun of a fixed expression: "macht der Minister | Station"."""
    for phrase in sentence.phrases:
        if phrase.first < index <= phrase.last and len(phrase.tokens) > 1:
            kept = [t for t in phrase.tokens if t.start < sentence.tokens[index].start]
            if kept:
                phrase.tokens, phrase.end, phrase.last = kept, kept[-1].end, index - 1


def _before_noun_in(sentence: Sentence, token: Token) -> bool:
    k = sentence.tokens.index(token)
    for other in sentence.tokens[k + 1 : k + 4]:
        if other.kind == 0:
            return True
        if other.kind not in (4, 5, 13) and not other.form & Form.ATTRIBUTE:
            return False
    return False


def _finite_here(clause: Clause, token: Token) -> bool:
    """True where the clause has no other finite verb, so that this one is it."""
    return not any(t.form & Form.FINITE and t is not token and t.kind == 3 for t in clause.tokens)
