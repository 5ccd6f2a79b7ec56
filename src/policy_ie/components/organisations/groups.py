"""Parliamentary groups: "SPD-Fraktion", "CDU-Landtagsfraktion", "Fraktion Bündnis 90/Die Grünen"."""

from __future__ import annotations

import re

from policy_ie.components.base import Mention
from policy_ie.components.organisations.grammar import WS, word_bounds
from policy_ie.records import OrganisationValue, OrgType

__all__ = ["parliamentary_group"]

_COMPOUND = re.compile(
    r"(?:CDU/CSU|CDU|CSU|SPD|FDP|AfD|BSW|SSW|PDS|Grünen?|GRÜNEN?|Linken?|LINKEN?"
    r"|Linkspartei|Freien?[ -]Wähler|[A-ZÄÖÜ]{2,6}(?:/[A-ZÄÖÜ]{2,6})?)"
    r"-(?:\w+-)?\w*[Ff]raktion(?!\w)"
)
_AFTER = re.compile(
    rf"{WS}(?:(?:der|von|DIE|Die){WS})?(?:CDU/CSU|CDU|CSU|SPD|FDP|AfD|BSW|SSW|PDS|Grünen|GRÜNEN|Linken?|LINKEN?|Freien?{WS}Wähler"
    rf"|(?:BÜNDNIS|Bündnis){WS}90/{WS}?(?:D(?:ie|IE){WS})?G(?:rünen|RÜNEN))(?!\w)"
)
_ALONE = ("Fraktion", "Landtags", "Rats", "Stadtrats", "Kreistags", "Bundestags", "Bürgerschafts", "Gemeinderats")


def parliamentary_group(text: str, start: int, end: int) -> list[Mention]:
    """The group named around "Fraktion" or "…fraktion" at [start, end), none where the party is not said.

    Example:
        >>> text = "Die CDU-Landtagsfraktion tagt."
        >>> [text[m.start : m.end] for m in parliamentary_group(text, 16, 24)]
        ['CDU-Landtagsfraktion']
    """
    if end < len(text) and text[end].isalpha():
        return []
    begin = word_bounds(text, start)
    while begin and text[begin - 1] == "/":
        begin = word_bounds(text, begin - 1)
    match = _COMPOUND.match(text, begin)
    if match is None and text[begin:end].startswith(_ALONE):
        match = _AFTER.match(text, end)
    if match is None:
        return []
    name = re.sub(r"\s+", " ", text[begin : match.end()])
    return [Mention(begin, match.end(), "organisation", OrganisationValue(name=name, org_type=OrgType.PARTY), rule="group")]
