"""Which actor of a sentence is the subject of a verb of saying."""

from __future__ import annotations

import re

from policy_ie.components.base import Mention
from policy_ie.components.quotes.cues import Cue
from policy_ie.components.quotes.reader import Reader
from policy_ie.language.verbs import Form

__all__ = ["ADDRESS", "APPOSED", "HAVE", "HE", "after_subject", "subject"]

#: …, betonte sie: a pronoun right behind the verb.
HE = re.compile(r"\s(?:er|sie)(?!\w)")
HAVE = re.compile(r"(?<!\w)(?:hat|haben|hatte|hatten)(?!\w)")
#: Der Präsident der Hochschule, Dr. Wulf: what may stand between a comma and the name in apposition.
APPOSED = re.compile(r",\s+(?:(?:Prof|Dr|med|jur|phil|rer|nat|h\. ?c|Ing|Dipl\.?-?\w*)\.\s*)*$")
#: …, betonte die Kieler Landrätin Dr. Lang: what stands between a verb and the name of its subject.
ADDRESS = re.compile(
    r"\s(?:(?:der|die)\s)?(?:(?!(?:de[mns]|im|in|mit|von|vom|für|zu[mr]?|seinen?|ihren?)\s)[\w/-]+\s){0,3}(?:(?:Prof|Dr)\.\s)*"
)
#: Dem Präsidenten Wolf gratulierte X.
_OBJECT = re.compile(r"(?<!\w)(?:[Dd]em|[Dd]en|[SsIi](?:ein|hr)e[mn])\s(?:[\w-]+\s){0,2}$")
_HE_FIRST = re.compile(r"\s*(?:(?:Auch|Zudem|Dabei|Dann|Und)\s)?(?:[Ee]r|[Ss]ie)\s")
_PARTY = re.compile(r"\s*(?:\([^)]{1,40}\))?\s*")
#: Auf der Feier der Stadt … hat X: the subject stands behind the verb.
_FRONTED = re.compile(r"\s*(?:An|Am|Im|In|Auf|Beim?|Zum|Zur|Nach|Mit|Für|Vor|Anlässlich|Während|Aus|Gemäß|Gegenüber|Unter)\s")
#: Verbs of addressing: a name without an article may be their object: Der Verband dankte Minister X.
_ADDRESSING = frozenset(("danken", "gratulieren", "wünschen", "beglückwünschen"))
_NOMINATIVE = re.compile(r"\s*(?:Der|Die|Das)\s")
#: Landrat Kuhn (SPD) und Bürgermeisterin …: the speaker is not all of the subject.
_FURTHER = re.compile(r"\s*(?:\([^)]{1,40}\))?,?\s*(?:und|sowie)\s[^.;:]{0,70}$")


def after_subject(reader: Reader, speaker: Mention, end: int) -> int:
    """Where a subject ends that begins with a speaker: behind the last of those joined to it."""
    begin = speaker.end
    for other in reader.speakers.within(begin, min(end, begin + 160)):
        if _FURTHER.fullmatch(reader.text, begin, other.start) is not None:
            begin = other.end
    return begin


def subject(reader: Reader, cue: Cue, first: int, start: int, end: int, last: int) -> Mention | None:
    """The speaker of a reporting verb inside a sentence: right before it, or right after it if inverted."""
    text = reader.text
    # Sie dankte Minister X; zum Schluss wünschte er …
    if HE.match(text, end):
        return reader.speakers.pronoun(end, end + 5)
    if _HE_FIRST.fullmatch(text, first, start):
        return reader.speakers.pronoun(first, start)
    have = HAVE.search(text, first, start) if cue.form & Form.PARTICIPLE else None
    if have is not None:
        acting = [m for m in reader.speakers.within(first, have.start()) if m.kind in ("official", "person")]
        if _FRONTED.match(text, first):
            acting = []
        if acting and _PARTY.fullmatch(text, acting[-1].end, have.start()) and not _OBJECT.search(text, first, acting[0].start):
            return acting[0] if after_subject(reader, acting[0], have.start()) == acting[-1].end else acting[-1]
        for chosen in reader.speakers.within(have.end(), min(start, have.end() + 70)):
            if chosen.kind in ("official", "person") and ADDRESS.fullmatch(text, have.end(), chosen.start):
                return chosen
    after = text[end : min(last, end + 120)]
    stop = re.search(r"[,:]", after)
    near = reader.speakers.best(end, end + (stop.start() if stop else len(after)))
    before = [m for m in reader.speakers.within(first, start) if m.kind in ("official", "person", "organisation")]
    before.sort(key=lambda m: m.kind == "organisation")
    for chosen in before:
        lead = text[max(first, chosen.start - 60) : chosen.start]
        blocked = re.search(
            r"\b(?:mit|von|vom|durch|bei|beim|für|gegen|nach|über|zu|zum|zur|an|im|in|des|neben|gegenüber)\s+(?:(?:der|dem|den|des|die|das)\s+)?(?:[\w-]+\s+){0,2}$",
            lead,
        ) or _OBJECT.search(lead)
        if blocked and not (chosen.kind == "official" and re.search(r"\b(?:des|der)\s+\S+\s*$", lead)):
            continue
        between = text[chosen.end : start]
        apposed = APPOSED.search(lead) and re.fullmatch(r"(?:\s*\([^)]*\))?,\s*", between)
        if (
            "," not in between
            or apposed
            or re.match(r"\s*(?:\([^)]*\))?,[^,]+,[^,]*$", between)
            or re.search(r"\bund\b", between)
        ):
            return chosen
    if (
        near is not None
        and near.kind != "territory"
        and not (cue.lemma in _ADDRESSING and _NOMINATIVE.match(text, first) and first < start)
    ):
        lead = text[end : near.start]
        if not re.search(
            r"\b(?:mit|von|vom|durch|bei|beim|für|gegen|nach|über|zu|zum|zur|an|im|in|neben|gegenüber|den|dem)\b", lead
        ):
            return near
    return reader.speakers.both(first, min(last, end + 40), first) or (
        reader.speakers.pronoun(max(first, start - 30), min(last, end + 12))
        if re.search(r"\b(?:er|sie)\b", text[max(first, start - 12) : start] + text[end : end + 6], re.I)
        else None
    )
