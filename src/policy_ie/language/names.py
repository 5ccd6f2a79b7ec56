"""Inflected forms of German proper names made of adjectives and a head noun."""

from __future__ import annotations

import re

__all__ = ["name_forms"]

_ADJECTIVE = re.compile(
    r"(?!(?:Der|Das|Die|Für)\b)((?:[A-ZÄÖÜ][\wäöüß-]*?(?:isch|ig|lich|los|sam|ell|al|är|ent|ern|arm|bar|frei|deutsch|hoh|oberst))"
    r"|Deutsch|Technisch|Hoh|Oberst|Erst|Zweit|Neu|Groß|Klein|Gut|Grün|Stark|Jung|Vereinigt|Vereint|Besser|Blau|Rot|Frei)(e[rsnm]?)$"
)
_NOUN = re.compile(r"[A-ZÄÖÜ][\wäöüß]*(?:-[A-ZÄÖÜ]?[\wäöüß]+)*$")
# Heads that are feminine or plural take no -s.
_NO_GENITIVE = re.compile(
    r"(?:ung|heit|keit|schaft|ion|tät|ei|in|ie|ik|enz|anz|ur|e|en|s|ß|x|z|stadt|kammer|kanzlei|macht|bank|wehr|behörde|regierung|[A-ZÄÖÜ]{2})$"
)
# -es is usual (besides -s) after a stressed last syllable.
_ES = re.compile(
    r"(?:[Aa]mt|[Kk]reis|[Bb]und|[Tt]ag|[Rr]at|[Ll]and|[Ff]onds|[Pp]reis|[Gg]ericht|[Bb]etrieb|[Nn]etz|[Hh]aus|[Pp]akt|[Ww]erk"
    r"|[Vv]erband)$"
)


def name_forms(name: str) -> list[str]:
    """Forms that a name takes in the cases of German, the name itself not among them.

    Leading adjectives take the endings of weak and strong declension, the head noun after them a genitive -s or -es.
    Forms that never occur may be among them, as they are only used to recognise names.

    Example:
        >>> name_forms("Ministerium der Finanzen")
        ['Ministeriums der Finanzen']
        >>> "Deutschen Städtetages" in name_forms("Deutscher Städtetag")
        True
        >>> "Rheinisch-Bergischen Kreises" in name_forms("Rheinisch-Bergischer Kreis")
        True
    """
    words = name.split(" ")
    adjectives: list[str] = []
    for word in words:
        match = _ADJECTIVE.match(word)
        if match is None:
            break
        adjectives.append(match[1])
    if len(adjectives) == len(words):
        return []
    head, tail = words[len(adjectives)], words[len(adjectives) + 1 :]
    if not _NOUN.match(head):
        return []
    heads = [head]
    if not _NO_GENITIVE.search(head) or head.endswith("kreis"):
        heads.append(head + "s")
    if _ES.search(head):
        heads = [h for h in heads if not h.endswith(("ss", "zs"))] + ([] if head.endswith("Fonds") else [head + "es"])
    rest = ["", *tail]
    forms = []
    for ending in ("e", "er", "es", "en", "em") if adjectives else ("",):
        for form in heads:
            inflected = " ".join([*(a + ending for a in adjectives), form]) + " ".join(rest)
            if inflected != name:
                forms.append(inflected)
    return forms
