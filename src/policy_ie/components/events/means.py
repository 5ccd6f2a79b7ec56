"""Sums and funds beside a gift: costs and damage that are none, the fund "aus" which it comes, and the sum told before it."""

from __future__ import annotations

import re

from policy_ie.components.base import Filler, Mention
from policy_ie.language.clauses import Clause, Sentence
from policy_ie.language.phrases import Phrase

__all__ = ["costs", "fund_as_programme", "sum_before"]

_OUT_OF = re.compile(r"\baus(?:\s+de[mrn])?\s+\Z")
#: "(Kosten ca. | 1 Mio. Euro)", "(Gesamtinvestition: | 1 Mio. Euro)".
_COSTS = re.compile(
    r"\((?:[Gg]esamt|[Bb]au)?(?:[Kk]osten|[Ii]nvestition(?:en|ssumme|svolumen)?|[Bb]ausumme)\b[:,]?(?:\s[a-zäöü.]{2,12})*\s*\Z"
)
#: "damit werden Investitionen in Höhe von | 14 Millionen Euro unterstützt".
_INVESTED = re.compile(
    r"\b(?:Investitionen|Gesamtinvestition(?:en)?|Investitionsvolumen|Gesamtkosten)"
    r" (?:in (?:einer )?Höhe )?von(?:\s[a-zäöü.]{2,12})*\s*\Z"
    # "fördert Projekte mit einem Volumen von | 2 Milliarden Euro"
    r"|\b(?:Projekte|Vorhaben|Maßnahmen|Investitionen|Bauten) mit einem \w*[Vv]olumen von(?:\s[a-zäöü.]{2,12})*\s*\Z"
)
#: "mit förderfähigen Kosten zwischen | 20.000 und 500.000 Euro", "Gesamtkosten von rund | 1 Mio. Euro".
_COST_OF = re.compile(
    r"(?:[Kk]osten|fähigen? [Aa]usgaben) (?:in (?:einer )?Höhe von|von|zwischen|ab)(?:\s[a-zäöü.]{2,12})*\s*\Z"
)
#: "Schäden in Höhe von rund | 3 Millionen Euro", "von den zuwendungsfähigen Kosten von | 2 Millionen Euro".
_DAMAGE = re.compile(
    r"\b(?:\w*[Ss]ch(?:äden|aden)|[Vv]on den (?:\w+ )?\w*[Kk]osten) (?:in (?:einer )?Höhe )?von(?:\s[a-zäöü.]{2,12})*\s*\Z"
)
_ANY = re.compile(r"osten|nvestition|summe|olumen|chäden|chaden")
_SUPPORT = frozenset(("funding.support", "funding.support_sum", "funding.grant"))
#: Who bears costs gives them.
_BEARS = frozenset(("funding.give_sum", "funding.pay"))
#: Words that take up a sum told before: "Diese Summe".
_THIS = frozenset(("diese", "diesen", "dieser"))
_SUMS = frozenset(("summe", "betrag", "fördersumme", "förderung", "zuschuss", "zuwendung"))


def costs(text: str, start: int, frame: str = "") -> bool:
    """True for a sum that the words before it call costs or damage, or investments that are supported."""
    first = max(0, start - 70)
    if _ANY.search(text, first, start) is None:
        return False
    if _DAMAGE.search(text, first, start) is not None:
        return True
    if frame not in _BEARS and _COST_OF.search(text, first, start) is not None:
        return True
    return _COSTS.search(text, first, start) is not None or (
        frame in _SUPPORT and _INVESTED.search(text, first, start) is not None
    )


def fund_as_programme(roles: dict[str, list[Filler]], text: str) -> None:
    """A fund "aus" which money comes is the programme, not the giver."""
    givers = roles.get("funders", [])
    funds = [
        f
        for f in givers
        if isinstance(f, Mention) and f.kind == "programme" and _OUT_OF.search(text, max(0, f.start - 20), f.start)
    ]
    if funds:
        roles["funders"] = [f for f in givers if f not in funds]
        if not roles["funders"]:
            del roles["funders"]
        roles.setdefault("programme", list(funds[:1]))


def sum_before(sentence: Sentence, clause: Clause) -> list[Phrase]:
    """The sum that the first words of a clause take up: "400.000 Euro – | so viel hat das Land bewilligt", "…: Diese Summe"."""
    words = [t.lower for t in clause.tokens[:2]]
    if words != ["so", "viel"] and not (len(words) > 1 and words[0] in _THIS and words[1] in _SUMS):
        return []
    before = [p for p in sentence.phrases if p.clause < clause.index]
    return before[-1:] if before and getattr(before[-1].head.payload, "kind", "") == "money" else []
