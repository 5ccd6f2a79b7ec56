"""Frames over clauses: from a trigger in a sentence to an event draft with its roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeGuard

from policy_ie.components.base import EventDraft, Filler, Mention
from policy_ie.components.events.anaphora import BOTH, group_before, mention_before, person_before
from policy_ie.components.events.bodies import is_place
from policy_ie.components.events.ceremony import REACH, explained
from policy_ie.components.events.coordination import side_by_side
from policy_ie.components.events.frames import KIND_BITS, Entry, Frame, Role
from policy_ie.components.events.means import costs, fund_as_programme, sum_before
from policy_ie.components.events.merge import raise_stage
from policy_ie.components.events.modality import modality
from policy_ie.components.events.roles import Slots, clause_slots, fill, noun_slots, participle_slots
from policy_ie.components.events.rows import sentence_rows
from policy_ie.components.events.sides import award_before, give_to_thing, inverted, pronoun_object, pronoun_subject
from policy_ie.components.events.source import LONGEST, Source, judgement
from policy_ie.components.events.takers import body_before
from policy_ie.components.events.times import event_place, event_time
from policy_ie.components.events.triggers import Hit
from policy_ie.components.events.voice import particle_follows, particle_in_clause, voice
from policy_ie.language.clauses import Clause, Sentence
from policy_ie.language.phrases import Phrase, is_person
from policy_ie.language.tokens import Token
from policy_ie.language.verbs import Form
from policy_ie.language.words import CONJ, NOUN
from policy_ie.records import PersonValue

__all__ = ["Engine"]

_PERSONS = KIND_BITS["official"] | KIND_BITS["person"]
_TO = re.compile(r"\b(?:an|für)\s+(?:(?:Herrn|Frau|Familie|Dr\.|Prof\.)\s+)*\Z")
_FOLLOWED = re.compile(r"[Nn]achfolge(?:r|rin|rs)?\s+(?:von|des|der)\s+(?:(?:Herrn?|Frau|Dr\.)\s+)*\Z")
_PRONOUN = re.compile(r"\b(?:er|sie|ihn|beide)\b")


class Engine(Source):
    """Applies the frames to one document."""

    def drafts(self, hits: Sequence[Hit]) -> list[EventDraft]:
        """Drafts of all triggers that hold in their clause, in order of the text; none in a judgement, which has no type."""
        found: list[EventDraft] = []
        if judgement(self.low):
            return found
        done: set[tuple[str, int]] = set()
        sums: dict[int, EventDraft] = {}
        told: dict[str, int] = {}
        for hit, span in self._ordered(hits):
            name = self.inside_name(hit.start, hit.end)
            if name is not None:
                if name.kind != "money":
                    continue
                hit = Hit(name.start, name.end, hit.entries)
            quoted = self.quoted(hit.start)
            kinds = self.kinds(span)
            best: list[tuple[tuple[bool, bool], EventDraft]] = []
            for entry in hit.entries:
                frame = entry.frame
                if (name is not None or frame.title) and not (frame.title and self.in_title(hit.start)):
                    continue
                if (quoted and not frame.quoted) or (frame.type, hit.end) in done:
                    continue
                if not self._can_hold(entry, hit, span, kinds):
                    continue
                if frame.follows and hit.start - told.get(frame.type, -REACH) > REACH:
                    continue
                draft = self.draft(hit, entry)
                if draft is not None:
                    if quoted:
                        draft.confidence *= 0.8
                    best.append(((not frame.follows, bool(entry.particle)), draft))
            by_type: dict[str, tuple[tuple[bool, bool], EventDraft]] = {}
            for apart, draft in best:
                other = by_type.get(draft.type)
                # A verb that is there with its particle is the longer match.
                if other is None or (apart, _filled(draft)) > (other[0], _filled(other[1])):
                    by_type[draft.type] = (apart, draft)
            for kind, ((whole, _), draft) in by_type.items():
                done.add((kind, hit.end))
                if not whole:
                    self.followers.append(draft)
                    continue
                told[kind] = hit.start
                if kind == "funding" and _known_sum(draft, sums):
                    continue
                found.append(draft)
                if kind == "funding":
                    rows = sentence_rows(self, draft, sums)
                    if not rows:
                        self._further_sums(draft, hit)
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

    def _can_hold(self, entry: Entry, hit: Hit, span: tuple[int, int], kinds: int) -> bool:
        """A look at the sentence before it is parsed: the mentions, words and particles that the frame asks for."""
        frame = entry.frame
        for mask in frame.needs:
            # A pronoun may stand for the person that is asked for.
            if not kinds & mask and not (mask & _PERSONS and _PRONOUN.search(self.low, *span)):
                return False
        low = self.low
        first, last = span
        if last - first > 2 * LONGEST:
            first, last = max(first, hit.start - LONGEST), min(last, hit.end + LONGEST)
        if entry.part == "verb" and not frame.quoted and self.in_quoted_name(hit.start):
            return False  # "die Schau „Kunst | trifft | Strand“"
        if entry.particle and entry.part == "verb" and not particle_follows(low, entry.particle, hit.end, last):
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
            if entry.particle and not particle_in_clause(sentence, clause, index, entry.particle):
                return None
            if entry.particle == "" and form & Form.FINITE and trigger.kind == NOUN and index and not form & Form.PARTICIPLE:
                return None
        elif entry.part == "fixed":
            verb_token_found = next((t for t in clause.tokens if t.lower in entry.verb and t.kind != NOUN), None)
            if verb_token_found is None:
                return None
            verb_token = verb_token_found
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
            use = voice(clause, sentence, verb_token, form, ergative=frame.ergative)
            if use == "attribute":
                if not self.frames.types.get(frame.type, {}).get("attributes", True):
                    return None  # "die prämierten Ideen": known before, not told
                position = index if verb_token is trigger else sentence.tokens.index(verb_token)
                if form & Form.PRESENT_PARTICIPLE and not form & ~Form.PRESENT_PARTICIPLE:
                    slots = participle_slots(sentence, verb_token, position)
                    slots["subject"] = slots.pop("object", [])
                else:
                    slots = participle_slots(sentence, verb_token, position)
                    if frame.ergative:
                        slots["subject"] = slots.pop("object", [])
                form = Form.ATTRIBUTE
            elif use == "none":
                return None
            else:
                slots = clause_slots(sentence, clause, verb_token, passive=use == "passive")
                if frame.type == "funding" and use == "active":
                    give_to_thing(slots)
                elif frame.type == "award" and use == "active" and award_before(slots):
                    inverted(slots)
                found = self._fill(hit, entry, sentence, clause, verb_token, form, home, slots, fixed)
                if found is not None or use == "passive" or not inverted(slots):
                    return found
        return self._fill(hit, entry, sentence, clause, verb_token, form, home, slots, fixed)

    def _fill(
        self,
        hit: Hit,
        entry: Entry,
        sentence: Sentence,
        clause: Clause,
        trigger: Token,
        form: int,
        home: Phrase | None,
        slots: Slots,
        fixed: Phrase | None,
    ) -> EventDraft | None:
        frame = entry.frame
        used: set[int] = {id(p) for p in (home, fixed) if p is not None}
        roles: dict[str, list[Filler]] = {}
        acting: dict[str, list[Filler]] = {}
        around: list[Phrase] | None = None
        phrases: Sequence[Phrase]
        several = "pronouns" in slots or "pronouns object" in slots
        spoken = "subject" if "pronoun" in slots or "pronouns" in slots else ""
        acted_on = frame.type in ("appointment", "award") and pronoun_object(clause)  # "Minister Groß führte | ihn | ein"
        if acted_on or "pronoun object" in slots or "pronouns object" in slots:
            spoken = "object"
        beside: set[int] = set()
        if frame.type == "award" and "gemeinsam" in slots:
            # "überreichte gemeinsam mit Karl Vogt, dem Leiter, und Eva Groß die Preise"
            with_whom = [p.tokens[-1].payload for p in slots["gemeinsam"] if is_person(p)]
            beside = {id(m) for m in side_by_side(sentence, with_whom, set())}
        for role in frame.roles:
            for slot, text, inside in role.places:
                if inside:
                    phrases = slots.get(slot, ())
                    if not phrases and slot != spoken:
                        continue
                elif slot == "clause":
                    if around is None:
                        around = [p for p in sentence.phrases if _belongs(sentence, p.clause, clause)]
                    phrases = around
                    if role.name == "amounts":
                        phrases = around + sum_before(sentence, clause)
                        if form == Form.ATTRIBUTE:  # "zu den geförderten Projekten gehört das Fest (9.000 Euro)": not of all
                            phrases = [p for p in phrases if sentence.clauses[p.clause].kind != "paren"]
                elif slot == "sentence":
                    phrases = [p for p in sentence.phrases if not _further(sentence, p.clause, clause)]
                elif slot == "until":
                    phrases = [p for p in sentence.phrases if _until(p)]
                elif slot == "home":
                    phrases = [home] if home is not None else []
                    used.discard(id(home))
                else:
                    phrases = self._topic(sentence) if slot == "head" else ()
                if phrases:
                    found = fill(sentence, role, phrases, used, text=text)
                elif slot == "before":
                    found = mention_before(self, hit.start, role)
                elif slot == spoken:
                    found = self._meant(sentence.start, role, clause, several)
                else:
                    continue
                if len(found) == 1 and isinstance(found[0], tuple) and BOTH.fullmatch(self.text, *found[0]):
                    found = group_before(self, sentence.start, role, persons=True) or found
                if found:
                    if not role.single and phrases and _is_person(found[0]):
                        found = [
                            *side_by_side(sentence, [f for f in found if _is_person(f)], used),
                            *(f for f in found if not _is_person(f)),
                        ]
                    if role.name in ("hosts", "facility"):
                        found = [self.with_name(f) for f in found]
                    for value in found:
                        person = _is_person(value)
                        private = role.name == "recipients" and isinstance(value, Mention) and self._private(value)
                        goes = role.acting if role.acting and person and not private else role.name
                        if slot == "in" and role.name == "bodies" and is_place(self.text, value):
                            continue  # "In Sachsen wird entschieden": who decides is not told
                        if role.name == "amounts" and isinstance(value, Mention) and costs(self.text, value.start, frame.id):
                            continue
                        if role.name == "laureates" and id(value) in beside:
                            continue
                        if role.name == "person" and isinstance(value, Mention) and self._followed(value):
                            continue  # "Nachfolgerin von Karl Vogt wird …": who goes
                        if role.name == "recipients" and isinstance(value, tuple) and self.in_quoted_name(value[0]):
                            continue  # "der „Zukunftscheck Dorf“"
                        if goes != role.name == "funders":
                            self.givers.add(id(value))
                        (acting if goes != role.name else roles).setdefault(goes, []).append(value)
                    if not role.gather:
                        if role.name in ("visitors", "hosts", "funders", "presenters") and slot == "subject":
                            for together in ("gemeinsam", "neben") if role.name in ("visitors", "hosts") else ("gemeinsam",):
                                with_them = fill(sentence, role, slots.get(together, ()), used)
                                named = [] if role.acting else [f for f in with_them if _is_person(f)]
                                rest = [f for f in with_them if not _is_person(f)]
                                if named or rest:
                                    roles.setdefault(role.name, []).extend([*side_by_side(sentence, named, used), *rest])
                        break
            if role.name in frame.must and role.name not in roles and role.name not in acting:
                return None
        for name, fillers in acting.items():
            roles[name] = roles.get(name, []) + fillers
        settings = self.frames.types.get(frame.type, {})
        content = settings.get("content")
        if content and content not in roles and entry.part == "verb":
            span = _content(sentence, clause, trigger)
            if span is not None:
                roles[content] = [span]
        time = event_time(
            sentence, clause, trigger, used, punctual=settings.get("punctual", False), undated=self.layer.published is None
        )
        if not _satisfied(frame, roles, time):
            return None
        places = [m for m in roles.pop("place", ()) if isinstance(m, Mention)]
        fund_as_programme(roles, self.text)
        for name in [n for n in settings.get("bodies_first", ()) if n in roles]:
            roles[name] = [f for f in roles.get(name, ()) if not _acts_for(f, roles[name])]
        layer = self.layer
        if home is not None:
            places = [
                p
                for p in places
                if getattr(p.value, "level", "") not in ("state", "country") or _right_after(self.text, hit.end, p.start)
            ]
        draft = EventDraft(
            frame.type, (hit.start, hit.end), (sentence.start, sentence.end), roles=roles, values=dict(frame.values), time=time,
            place=places or event_place(sentence, clause, trigger, used), why=frame.id,
        )  # fmt: skip
        draft.modality = modality(
            sentence,
            clause,
            trigger,
            form,
            home,
            draft.time,
            layer.published,
            self.text,
            planned=frame.planned,
            invites=frame.type == "call",
            lasting=frame.type in ("budget", "programme"),
        )
        if frame.only and draft.modality != frame.only:
            return None
        if frame.type == "award" and explained(self.text, clause, form, draft):
            return None  # "die Medaille, die die Stadt seit 1950 an Künstler verleiht"
        if frame.type == "opening" and home is None and any(id(p) not in used for p in slots.get("subject", ())):
            self.opened.add(draft.trigger)
        names = sum(isinstance(f[0], Mention) for f in roles.values() if f)
        draft.confidence = round(min(0.98, frame.strength * (0.7 + 0.1 * names + 0.05 * (len(roles) - names))), 3)
        return draft

    def _followed(self, mention: Mention) -> bool:
        """True for who goes: "Nachfolger von Karl Vogt wird …"."""
        end = mention.start + 4 * self.text.startswith("von ", mention.start)
        return _FOLLOWED.search(self.text, max(0, mention.start - 40), end) is not None

    def _private(self, mention: Mention) -> bool:
        """True for a person without any title after "an": "an Jost von Hagen" takes for himself."""
        return mention.kind == "person" and _TO.search(self.text, max(0, mention.start - 24), mention.start) is not None

    def _further_sums(self, draft: EventDraft, hit: Hit) -> None:
        """Adds the sums that are coordinated with the first: "18 Millionen Euro aus dem EFRE sowie 4 Millionen Euro"."""
        amounts = draft.roles.get("amounts", [])
        phrases = self.parsed(hit.start).phrases
        first = next((p for p in phrases if len(amounts) == 1 and p.tokens[-1].payload is amounts[0]), None)
        if first is None:
            return
        tokens = self.parsed(hit.start).tokens
        for phrase in phrases:
            mention = phrase.tokens[-1].payload
            if (
                mention is not None
                and mention.kind == "money"
                and phrase.start > first.end
                and phrase.clause == first.clause
                and phrase.prep == first.prep
                and tokens[phrase.first - 1].lower != "damit"
                and tokens[min(phrase.last + 1, len(tokens) - 1)].lower not in ("mehr", "weniger")
                and any(t.kind == CONJ and t.lower in ("und", "sowie") for t in tokens[max(0, phrase.first - 3) : phrase.first])
            ):
                amounts.append(mention)

    def _meant(self, offset: int, role: Role, clause: Clause, several: bool) -> list[Filler]:
        """Whom a pronoun in the place of a role means."""
        pronoun, other = pronoun_subject(clause), pronoun_object(clause)
        if several:
            return group_before(self, offset, role)
        bodies = body_before(self, offset, pronoun) if role.name == "recipients" else []
        return bodies or person_before(self, offset, role, pronoun or other, acted_on=bool(other))

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


def _further(sentence: Sentence, number: int, clause: Clause) -> bool:
    """True for a main clause behind that of a trigger, but for a colon: "…, | im Mai wird ein Sonderpreis verliehen"."""
    other = sentence.clauses[number]
    if number <= clause.index or not other.kind == clause.kind == "main" or not any(t.form & Form.FINITE for t in other.tokens):
        return False
    between = (t for t in sentence.tokens if clause.tokens[0].start < t.start < other.tokens[0].start)
    return all(t.text != ":" for t in between)


def _content(sentence: Sentence, clause: Clause, trigger: Token) -> tuple[int, int] | None:
    """The clause that says what: "beschloss, die Schule neu zu bauen", "beschloss, dass die Schule gebaut wird"."""
    for other in sentence.clauses[clause.index + 1 :]:
        if other.parent == clause.index and other.tokens and other.tokens[0].start > trigger.start:
            words = [t for t in other.tokens if t.text not in ",.!?;:"][int(other.kind == "sub") :]
            if words and other.opener in ("zu", "dass", "daß", "ob", "wie"):
                return words[0].start, words[-1].end
            return None
    return None


def _satisfied(frame: Frame, roles: dict[str, list[Filler]], time: Mention | None) -> bool:
    for alternative in frame.require:
        for name, needed in alternative:
            if name == "time":
                if time is None:
                    break
                continue
            fillers = roles.get(name)
            if not fillers or (needed and sum(isinstance(f, Mention) for f in fillers) < needed):
                break
        else:
            return True
    return False


def _is_person(filler: Filler) -> TypeGuard[Mention]:
    return isinstance(filler, Mention) and filler.kind in ("official", "person")


def _until(phrase: Phrase) -> bool:
    """True for a date that can end something: "bis (zum) 31. März", "vom 1. bis 31. März"; not "für 2020"."""
    mention = phrase.tokens[0].payload
    if mention is None or mention.kind != "date" or phrase.prep in ("für", "seit", "nach", "ab"):
        return False
    return phrase.prep == "bis" or len(getattr(mention.value, "value", "")) > len("2024")


def _filled(draft: EventDraft) -> tuple[int, float]:
    return sum(len(v) for v in draft.roles.values()), draft.confidence


def _right_after(text: str, end: int, start: int) -> bool:
    """True for "Besuch in Hessen", false for "Besuch die Bedeutung des Ehrenamts in Hessen"."""
    return end <= start and not any(word[0].isupper() for word in text[end:start].split())


def _acts_for(filler: Filler, others: Sequence[Filler]) -> bool:
    """True for a person whose own body is named beside: the mayor of a town that signs."""
    value = filler.head.value if isinstance(filler, Mention) else None
    if not isinstance(value, PersonValue):
        return False
    links = [link for office in value.offices for link in (office.organisation, office.territory) if link is not None]
    return any(
        isinstance(o, Mention) and (o.head.kb_id in links or (o.start, o.end) in links or (o.head.start, o.head.end) in links)
        for o in others
    )


def _token_at(tokens: Sequence[Token], offset: int) -> int:
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low if low < len(tokens) and tokens[low].start <= offset else -1


def _known_sum(draft: EventDraft, sums: dict[int, EventDraft]) -> bool:
    """True where a draft is about the very sum of an earlier one, which then takes its roles."""
    amounts = draft.roles.get("amounts")
    known = sums.get(id(amounts[0])) if amounts else None
    if known is None or known.sentence != draft.sentence:
        return False
    filled = {id(f) for fillers in known.roles.values() for f in fillers}
    for role, fillers in draft.roles.items():
        # Who receives in one reading gives in none; a noun in a headline knows less than its verb.
        if not any(id(f) in filled for f in fillers) and (role != "funders" or draft.why != "funding.headline_sum"):
            known.roles.setdefault(role, fillers)
    raise_stage(known, draft)
    if known.modality == "asserted" != draft.modality:
        known.modality = draft.modality
    known.time = known.time or draft.time
    if draft.trigger != known.trigger:
        known.evidence.append(draft.trigger)
    return True
