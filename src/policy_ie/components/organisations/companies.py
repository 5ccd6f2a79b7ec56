"""Companies and registered associations by their legal form: "Muster & Söhne GmbH", "Lichtblick e. V."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from policy_ie.components.organisations.grammar import Found, flat
from policy_ie.records import OrgType

__all__ = ["company_names"]

_LEGAL = re.compile(
    r"(?<![\w-])(?:gGmbH|GmbH|mbH|gAG|AG|SE|Aktiengesellschaft|eG|KGaA|KG|OHG|UG|AöR|A\.ö\.R\.|e\.\s?V\.|e\.\s?G\.)(?!\w)"
    r"(?:[ \xa0]?&[ \xa0]?Co\.?(?:[ \xa0]?KGaA|[ \xa0]?KG)?(?!\w))?"
)
_NAME_BEFORE = re.compile(
    r"(?:(?<=[\s(„\"“])|^)((?:(?:[A-ZÄÖÜ0-9][\w.&+'’-]*|&|und|für|der|des|zur|in|im|am|an|von|-|–|/)[ \xa0]){0,7}"
    r"(?:[A-ZÄÖÜ0-9][\w.&+'’-]*|(?<![\w-])(?!\w+e[nrms]?[ \xa0])[a-zäöü][\w.-]{3,}"
    r"|[„\"»][^„\"“”»«]{2,40}[“\"«”])[ \xa0,]{1,2})$"
)
# Words before a name that are no part of it.
_NOT_NAME = re.compile(
    r"^(?:(?:Der|Die|Das|Den|Dem|Des|Ein|Eine|Mit|Von|Bei|Für|In|Im|Am|An|Auch|Als|Und|und|für|der|des|zur|von|in|im|am|an|-|–|/"
    r"|Geschäftsführer(?:in)?|Vorsitzende[rn]?|[A-ZÄÖÜ]?[\w-]*[uU]nternehmen|Firma|Konzern|\w+hersteller|\w+betreiber|\w+anbieter|Verein|Vereins|Trägerverein|Träger|Tochter|Betreiber|Partner"
    r"|Chef|Trainer(?:in)?|Mitglied|Spieler(?:in)?|Inhaber(?:in)?"
    r"|Sprecher(?:in)?|Vorstand|Leiter(?:in)?|Direktor(?:in)?)[ \xa0](?!der[ ]Freunde))+"
)
_ARTICLE = re.compile(
    r"(?<=[ \xa0])(?:für[ \xa0](?:den|die|das)|der|des|die|das|den|dem|von|vom|beim|im|am|zur|zum|und|für|an|in)[ \xa0]"
    r"(?=[A-ZÄÖÜ„»\"])"
)
_TAKES_GENITIVE = re.compile(
    r"(?i)(?:verein|verband|gesellschaft|bund|freunde|freundeskreis|gemeinschaft|vereinigung|initiative|haus|zentrum|institut"
    r"|netzwerk|bündnis|förderung|werk|stiftung|forum|rat|wirtschaft|betriebe?|dienste?|hilfe|schule|mission|kreis|partner|söhne"
    r"|zentrale|bildung|kultur|arbeit|jugend|leben|wohnen|beratung|prävention)(?:e?s)?[ \xa0](?:und[ \xa0])?$"
)


# "die steinundklang GmbH"
_LOWER = re.compile(r"(?!(?:durch|nicht|auch|sich|noch|wird|bereits|rund|etwa|dann|damit|ihre?|eine?)$)[a-zäöü][\w.-]{4,}")
# "des Fördervereins Theater Muster e. V."
_GENITIVE = re.compile(r"^(\w*(?:[Vv]erein|[Vv]erband|[Zz]entrum|[Ww]erk|[Ii]nstitut|[Kk]reis))(?:e?s)(?= )")


@cache
def _legal_forms() -> AhoCorasick:
    """Finds whether a text has legal forms at all, which is cheaper than the pattern that reads them."""
    return AhoCorasick(
        [
            "mbH",
            " AG",
            "Aktiengesellschaft",
            " SE",
            " eG",
            " KG",
            " OHG",
            " UG",
            " AöR",
            "gAG",
            " A.ö.R.",
            " e. V.",
            " e.V.",
            "\xa0AG",
            " e.\xa0V.",
            " e. G.",
        ],
        implementation=Implementation.DFA,
        store_patterns=False,
    )


def company_names(text: str) -> Iterator[Found]:
    """Companies and registered associations by their legal form: "Muster & Söhne GmbH", "Lichtblick e. V."."""
    if not _legal_forms().find_matches_as_indexes(text):
        return
    for form in _LEGAL.finditer(text):
        left = text[max(0, form.start() - 110) : form.start()]
        line = max(left.rfind("\n"), left.rfind(": "), left.rfind("; "), left.rfind("("))
        before = _NAME_BEFORE.search(left[line + 1 :])
        if before is None:
            continue
        words = before[1]
        cut = _NOT_NAME.match(words)
        begin = cut.end() if cut else 0
        # A name begins after the last article, unless the word before it is one that takes a genitive itself.
        for article in reversed(list(_ARTICLE.finditer(words, begin))):
            if not _TAKES_GENITIVE.search(words[begin : article.start()]):
                begin = article.end()
                break
        name = words[begin:].strip(" \xa0,")
        if not name or not (re.search(r"[A-ZÄÖÜ]", name) or _LOWER.fullmatch(name)):
            continue
        start = form.start() - len(words) + begin
        org_type = OrgType.ASSOCIATION if form[0].startswith("e.") and "V" in form[0] else OrgType.COMPANY
        if name in ("NRW", "BW", "MV"):
            continue  # what is left of "Arbeit und Leben/VHS NRW e. V."
        full = _GENITIVE.sub(r"\1", flat(text[start : form.end()]))
        yield Found(start, form.end(), full, org_type, None, "company")
