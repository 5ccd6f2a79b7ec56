"""Who speaks: the mention or the words that a cue names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from policy_ie.components.base import Mention, PolicyLayer
from policy_ie.components.quotes.cues import cues
from policy_ie.language.clauses import parse
from policy_ie.language.words import NOM

__all__ = ["Speakers"]

#: Beide betonten, …; …, meinten die beiden Landräte.
_BOTH = re.compile(r"(?<!\w)(?:[Bb]eide|[Dd]ie beiden [A-ZÄÖÜ]\w+)(?!\w)")
#: Who is named by an office only: "sagte die Vorsitzende des Vereins".
_ROLE = re.compile(
    r"\s*(?:[Dd]er|[Dd]ie|[Ee]ine?)\s(?:[a-zäöüß]+er?\s)?(?![\w-]*(?:kreis|athaus|egierungs|erwaltungs)chef)([A-ZÄÖÜ]?[\w-]*(?i:sprecher|vorsitzende|leiter|direktor|präsident|chef|"
    r"vertreter|geschäftsführer|rektor|beauftragte|kommandant|dezernent|minister|sekretär)(?:in|r)?)(?=\s(?:de[rs]|vo[nm])\s|[,:.]|\s*$|\s[a-zäöüß]+te\b)"
)
_PRONOUN = re.compile(r"\b(?:er|sie|Er|Sie|dieser|diese)\b")
_NOT_SPEAKERS = re.compile(
    r"(?:ziel|zeit|jahr|tag|grund|thema|punkt|seite|ding|fall|weise|anlass|termin|zweck|frage|rede|besuch|beginn|ende|rahmen|interview|gespräch|hand|wort|blick|bezug|programm|projekt)(?:en|es|e|n|s)?$"
)
#: "Thüringer Landtag", "Sächsische Kabinett": an adjective speaks not.
_ADJECTIVE = re.compile(r"\w+(?:er|ische[nrsm]?)(?:\s|$)")
#: A body after these words is not the subject.
_OBLIQUE = re.compile(r"\b(?:beim?|vom?|von|mit|für|zum?|zur|gegenüber|im|in|an|am|aus|durch)(?:\s+(?:de[rmn]|die|das))?\s+$")
#: "hatte Faber dem neuen Minister Lenz gratuliert: …": who is spoken to.
_DATIVE = re.compile(r"\b(?:de|(?:ih|sein|unser|ein)e)[mn]\s+(?:\w+\s+){0,3}$")
#: "so der CDU-Politiker": the person named before.
_MEMBER = re.compile(
    r"\s*(?:[Dd]er|[Dd]ie)\s(?:\w+(?:er|n)?\s)?[\w/]+[\s-](?:Politiker|Parlamentarier)(?:in)?(?=[,:.]|\s*$|\s[a-zäöüß])"
)
_TITLE = re.compile(r"\b(?:Prof|Dr|Dipl|Ing|med|jur|phil|rer|nat|h|c|St)\.")
_WRONG_GENDER = {"er": "female", "sie": "male"}
_NEAR = 160


def _gender(mention: Mention) -> str:
    return str(getattr(mention.head.value, "gender", None) or "")


class Speakers:
    """Actors of a document by place, outside quoted words."""

    def __init__(self, layer: PolicyLayer, quoted: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]]) -> None:
        self.text = layer.text
        starts = [a for a, _ in quoted]

        def outside(offset: int) -> bool:
            k = bisect_right(starts, offset) - 1
            return k < 0 or quoted[k][1] <= offset

        self.actors: list[Mention] = [
            m
            for m in layer.of_kind("official", "person", "organisation", "territory")
            if outside(m.start)
            and self.text[m.end : m.end + 1] != "-"
            and not (m.nominal and self.text[m.start].islower())
            and not (m.nominal and m.kind == "territory" and _ADJECTIVE.match(self.text, m.start))
        ]
        self._starts = [m.start for m in self.actors]
        self._sentences = sentences

    def within(self, start: int, end: int) -> list[Mention]:
        """Actors that begin in a stretch."""
        return self.actors[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def best(self, start: int, end: int, *, last: bool = False) -> Mention | None:
        """The actor of a stretch: a person before a body, a body before a territory; the first, or the last."""
        found = self.within(start, end)
        if last:
            found = found[::-1]
        for kinds in (("official", "person"), ("organisation",)):
            for mention in found:
                if mention.kind in kinds:
                    return mention
        return next((m for m in found if m.kind == "territory" and m.nominal), None)

    def pronoun(self, start: int, end: int) -> Mention | None:
        """The person whom a pronoun in the stretch means: the last one named before."""
        word = _PRONOUN.search(self.text, start, end)
        if word is None:
            return None
        wrong = _WRONG_GENDER.get(word.group().lower(), "")
        before = [m for m in self.within(max(0, start - 1500), start) if m.kind in ("official", "person")]
        if not before:
            return None
        if _gender(before[-1]) == wrong:
            # "Sie" is never a man: another named shortly before, or something that is no person.
            before = [m for m in before if _gender(m) not in (wrong, "")]
            if not before or start - before[-1].end > 600:
                return None
        # The subject of the sentence before stands first in it.
        k = bisect_right(self._sentences, (before[-1].start, len(self.text) + 1)) - 1
        sentence = self._sentences[max(k, 0)] if self._sentences else (0, start)
        return next(m for m in before if m.start >= sentence[0] and (not wrong or _gender(m) != wrong))

    def both(self, start: int, end: int, before: int) -> Mention | None:
        """The first of the two persons whom "beide" in the stretch means: those named last before an offset."""
        if _BOTH.search(self.text, start, end) is None:
            return None
        found: list[Mention] = []
        for mention in reversed(self.within(max(0, before - 900), before)):
            if mention.kind in ("official", "person") and all(mention.head is not m.head for m in found):
                found.append(mention)
                if len(found) == 2:
                    return found[1]
        return None

    def last_person(self, end: int) -> Mention | None:
        """The person named last, shortly before an offset."""
        found = [m for m in self.within(max(0, end - 500), end) if m.kind in ("official", "person")]
        return found[-1] if found else None

    def words(self, start: int, end: int) -> tuple[int, int] | None:
        """Words of a stretch that name a speaker who is no entity."""
        sentence = parse(self.text, start, end, (), cues().verb_forms)
        for phrase in sentence.phrases:
            if not phrase.prep and phrase.cases & NOM and phrase.of is None:
                head = phrase.head.lower
                if len(head) > 2 and not _NOT_SPEAKERS.search(head) and phrase.clause == 0:
                    return phrase.inner, phrase.end
        return None

    def role(self, start: int, end: int) -> tuple[int, int] | None:
        """The office that stands first in a stretch and names a speaker who is no entity."""
        found = _ROLE.match(self.text, start, end)
        return None if found is None else found.span(1)

    def after(self, start: int, end: int) -> Mention | tuple[int, int] | None:
        """The speaker named after a cue."""
        end = min(end, start + _NEAR)
        if _MEMBER.match(self.text, start - 1, end) and (named := self.last_person(start)) is not None:
            return named
        found = self.within(start, end)
        person = next((m for m in found if m.kind in ("official", "person")), None)
        if found and person is not None and person is not found[0]:
            # "der Chef der Stadtwerke, Max Muster": the person, unless a new clause lies between.
            between = _TITLE.sub("", self.text[found[0].end : person.start])
            if (
                re.search(r"[.;]|, (?:dass|die|der|das|und|wie|als)\b| (?:mit|bei|gegenüber|zu|für|von|an|über) ", between)
                and found[0].kind == "organisation"
                and not _OBLIQUE.search(self.text[start : found[0].start])
            ):
                return found[0]
        if person is not None:
            before = self.text[start : person.start]
            if re.search(r"\b(?:gegenüber|zu|mit|bei|an)\s+(?:\w+\s+){0,2}$", before) and not re.search(r"[A-ZÄÖÜ]", before):
                return self.pronoun(start, person.start)
            if _PRONOUN.match(self.text, start):
                return self.pronoun(start, start + 5)
            return person
        body = self.best(start, end)
        if body is not None and not self.pronoun(start, body.start):
            words = self.words(start, end)
            if words is not None and words[0] < body.start and body.start - words[1] < 24 and body.start > words[1]:
                return words  # "der Sprecher der Stadt": the words before the body are the speaker
            return body
        return self.pronoun(start, end) or self.role(start - 1, end) or self.words(start, end)

    def before(self, start: int, end: int, cue: tuple[int, int]) -> Mention | tuple[int, int] | None:
        """The speaker of a cue that introduces the words: after the verb if inverted, else before it."""
        if _PRONOUN.match(self.text, start):
            meant = self.pronoun(start, start + 4)
            if meant is not None:
                return meant
        near = [
            m
            for m in self.within(max(start, cue[0] - 90), cue[0])
            if 0 <= cue[0] - m.end < 3 and m.kind in ("official", "person")
        ]
        if near and _DATIVE.search(self.text, start, near[-1].start):
            near = []
        if near and not _OBLIQUE.search(self.text, start, near[-1].start):
            return near[-1]  # "Vogt kritisierte die Pläne des Bundes: …"
        found = self.best(cue[1], end) or (near[-1] if near else None)
        if found is None or found.kind not in ("official", "person"):
            first = self.best(start, cue[0])
            if first is not None and (found is None or first.kind in ("official", "person")):
                found = first
        if found is not None:
            return found
        return self.role(cue[1], end) or self.pronoun(start, end) or self.words(start, end)
