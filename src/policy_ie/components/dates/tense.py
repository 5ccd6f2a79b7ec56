"""Whether a clause speaks of what was or of what will be: decides which Tuesday, which June is meant."""

from __future__ import annotations

import re
from functools import cache, lru_cache

__all__ = ["Cue", "cues", "tense"]

_PRETERITE = (
    "ursprünglich|war|waren|wurde|wurden|hatte|hatten|gab|gaben|kam|kamen|ging|gingen|fand|fanden|traf|trafen|nahm|nahmen|sprach|sprachen|übergab|übergaben"
    "|stand|standen|lag|lagen|begann|begannen|ließ|ließen|hielt|hielten|lief|liefen|schloss|schlossen|unterschrieb|unterschrieben|erhielt"
    "|erhielten|verlieh|verliehen|überwies|beschloss|beschlossen|entschied|entschieden|stieg|stiegen|sank|sanken|fiel|fielen|trat|traten"
    "|zog|zogen|lud|luden|gewann|gewannen|bekam|bekamen|betrug|betrugen|starb|starben|schrieb|schrieben|rief|riefen|bot|boten|wies|verließ"
    "|entstand|entstanden|gelang|ergab|empfing|vertrat|wusste|blieb|blieben|sah|sahen|brach|schlug|warb|half|stieß|ereignete|geschah|unternahmen"
)
_FUTURE = (
    "wird|werden|soll|sollen|will|wollen|kann|können|möchte|möchten|muss|müssen|darf|findet|finden|lädt|laden|startet|starten|beginnt|beginnen"
    "|endet|enden|kommt|kommen|geht|gehen|gibt|steht|stehen|tagt|stellt|stellen|öffnet|läuft|folgt|feiert|feiern|eröffnet|veranstaltet|bietet"
    "|trifft|treffen|gilt|gelten|tritt|treten|besucht|reist|bleibt|bleiben|dürfen|dürfte|ist|sind|hat|haben|habe|sei|seien|könnte|sollte|würde"
    "|geplant|vorgesehen|geöffnet|angesetzt|fallen|fällt|erfolgt|ladet|spielt|entscheidet|wählt|berät|übernimmt|bekommen|erhält|erhalten"
)
_AUXILIARY = frozenset(("ist", "sind", "hat", "haben", "habe", "sei", "seien"))
_PLANS = frozenset(("geplant", "vorgesehen", "geöffnet", "geschlossen", "gesperrt", "angesetzt", "eingeladen", "terminiert"))
_NO_PARTICIPLES = frozenset(
    ("gegen", "über", "unter", "erst", "gern", "gerne", "erneut", "besten", "ersten", "verschiedenen", "gesamten")
)
#: The word before a verb at the end of its clause.
_FINAL = re.compile(r"(?<!\w)([a-zäöüß]+)\s$")

#: What makes a participle of the form before it, which could be a present as well: "… die Halle besucht hatte".
_PERFECT = re.compile(r"\s(?:hat|habe|haben|hatten?|wurden?|worden|waren?)(?!\w)")


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<past>(?i:(?:statt|teil|an|ab|auf|aus|ein|vor|zu|mit|bei|zurück|um|her|hin|dar|be|ver|er)?(?:{_PRETERITE})))|(?P<future>(?i:{_FUTURE}))"
        r"|(?P<weak>(?!heute|bitte|letzte|erste|zweite|dritte|vierte|nächste|gute|weite|breite|rechte|hätte|könnte|sollte|müsste|möchte|dürfte|würde|gesamte"
        r"|konkrete|beste|heutige|aktuelle|fünfte|sechste|siebte|achte|neunte|zehnte|private|bisherige|alte|leichte|späte|geplante|direkte)[a-zäöüß]{3,14}(?:ierte|ierten|te|ten))"
        r")"
    )


#: The shortest verb has three letters; begins with a class, so that the search skips to the next word.
_WORD = re.compile(r"\w\w\w+")


@lru_cache(1 << 14)
def _group(word: str) -> str:
    """What a word tells of the tense: "past", "future", "weak" (a form that may be none), or ""."""
    found = _verb().fullmatch(word)
    return (found and found.lastgroup) or ""


@cache
def _participle() -> re.Pattern[str]:
    return re.compile(
        r"(?:[a-zäöüß]{0,9}ge[a-zäöüß]{2,12}(?:t|en)|[a-zäöüß]{3,}iert|(?:be|er|ver|ent|zer|über|unter|miss|wider)[a-zäöüß]{3,12}(?:t|en)|worden)"
    )


@lru_cache(1 << 14)
def _is_participle(word: str) -> bool:
    return _participle().fullmatch(word) is not None


#: A verb that tells the tense: offsets, the group of the pattern, the word in lower case.
Cue = tuple[int, int, str, str]


def cues(text: str, first: int, last: int) -> list[Cue]:
    """The verbs of a stretch of text that tell its tense."""
    found: list[Cue] = []
    for match in _WORD.finditer(text, first, last):
        word = match[0]
        group = _group(word)
        if group:
            found.append((match.start(), match.end(), group, word.lower()))
    return found


def tense(text: str, start: int, end: int, last: int, verbs: list[Cue]) -> str | None:
    """The tense of the clause around text[start:end]: "past", "future" (and present) or None.

    `last` is where its sentence ends, `verbs` are the cues of the sentence.

    Example:
        >>> sentence = "Am Dienstag hat die Ministerin den Bescheid übergeben, am Freitag wird gefeiert."
        >>> verbs = cues(sentence, 0, len(sentence))
        >>> [tense(sentence, start, start + 7, len(sentence), verbs) for start in (3, 58)]
        ['past', 'future']
    """
    best, found = 1 << 30, None
    for cue in verbs:
        between = text[cue[1] : start] if cue[1] <= start else text[end : cue[0]]
        distance = (
            len(between) + 80 * (between.count(",") + between.count(";") + between.count(":")) + (15 if cue[2] == "weak" else 0)
        )
        if distance < best:
            best, found = distance, cue
    if found is None:
        return None
    before, after, group, word = found
    if group != "future" or _PERFECT.match(text, after, last):
        return "past"
    if word in _AUXILIARY and (final := _FINAL.search(text, max(0, before - 24), before)) and _is_participle(final[1]):
        return "future" if final[1] in _PLANS else "past"  # "… gehört haben"
    if word in _AUXILIARY or word in ("werden", "wird"):
        for match in _WORD.finditer(text, after, last):
            form = match[0]
            if not _is_participle(form):
                continue
            if form in _PLANS:
                return "future"
            if word in _AUXILIARY and form not in _NO_PARTICIPLES:
                return "past"
    return "future"
