"""What stands between and around names and titles: the patterns and sets that the scan reads."""

from __future__ import annotations

import re

import regex

from policy_ie.components.officials.persons import LETTER, UPPER
from policy_ie.components.officials.titles import BODY, NO_OFFICE
from policy_ie.records import Gender, Role, SectionKind

#: Capitalised words: what a name or a title can begin with.
TRIGGER = re.compile(rf"[{UPPER}][{LETTER}’']*+(?:[:*](?:in|r)(?:nen)?\b)?(?:-[{LETTER}]+)*+")
HONORIFIC = {"Herr": Gender.MALE, "Herrn": Gender.MALE, "Frau": Gender.FEMALE}
ACADEMIC_WORDS = frozenset({"Dr", "Prof"})
PARTY = re.compile(
    r"[ \xa0\n]?\(((?:parteilos|SPD|CDU(?:/CSU)?|CSU|FDP|AfD|BSW|SSW|FW|(?:Die |DIE )?(?:Grünen?|GRÜNEN?|Linken?|LINKEN?)|"
    r"Bündnis ?90/ ?[Dd]ie Grünen|BÜNDNIS ?90/ ?DIE GRÜNEN|B(?:ündnis )?90/(?:Die )?Grünen?|Freie Wähler|FREIE WÄHLER|"
    r"Piraten(?:partei)?))(?:[,;/][^()]{0,40})?\)"
)
STEM_PARTY = re.compile(r"^(SPD|CDU|CSU|FDP|AfD|BSW|SSW|Grünen|Linken|Linke|Piraten)\b")
AFTER_MDB = re.compile(r",?[ \xa0]\(?(MdB|MdL|MdEP|MdA|MdBB|MdHB|M\.d\.B\.|M\.d\.L\.)\b\)?")
#: A bracket behind a name: "(links)", "(58)", "(Kirchham, Lkr. Passau)".
_BRACKET = r"(?:[ \xa0]\([^()\n]{1,30}\))?"
#: Between a name and the title after it: ", Ministerin", " (Ministerin", " als Ministerin", " – Ministerin", a line break.
APPOSITION = re.compile(
    _BRACKET + r"(?:,[ \xa0\n]{1,2}|[ \xa0]\(|[ \xa0](?:als|ist|war|bleibt|wird|zum|zur)[ \xa0]|[ \xa0][–|-][ \xa0]|[ \xa0]?\n)"
    r"(?:(?:der|die|dem|den|des|neue[rn]?|unsere?)[ \xa0\n])?$"
)
#: Its characters, at most, without the bracket.
APPOSITION_LENGTH = 16
TO_NAME = re.compile(r"[ \xa0]{1,2}(?:\(?v\.[ ]?l\.(?:[ ]?n\.[ ]?r\.)?\)?:?[ \xa0])?|[ ]?\n(?!\n)[ ]?")
#: Between a title and the name after it: ", Karl Muster", ": Karl Muster", a line break, " wird Karl Muster".
TO_APPOSITION = re.compile(
    r"(?:(?:[ \xa0]\([A-ZÄÖÜ][\w-]{1,11}\))?,[ \xa0\n]{1,2}|:[ \xa0\n]{1,2}|"
    r"[ \xa0](?:wird|ist|war|bleibt|wurde|soll|heißt)[ \xa0])(?:(?:Herrn?|Frau)[ \xa0])?|"
    r"[ ]?\n|[ \xa0]\((?=[A-ZÄÖÜ])|[ \xa0][–-][ \xa0]"
)
HONOR_GAP = re.compile(r"(?:(?:Herrn?|Frau)[ \xa0])")
CHAIN = re.compile(
    r"[ \xa0\n](?:und|sowie)[ \xa0\n](?:seit[ \xa0][\w. ]{3,22}[ \xa0])?(?:auch|zugleich|gleichzeitig)?[ \xa0\n]?"
    r"(?:(?:der|die|den|dem|des)[ \xa0\n])?$"
)
LIST = re.compile(r"(?:[ \xa0\n]\([^()\n]{1,60}\))?(?:,[ \xa0\n]|[ \xa0\n](?:und|sowie|&)[ \xa0\n])(?:(?:Herrn?|Frau)[ \xa0])?")
DETERMINER_BEFORE = re.compile(
    r"(?:^|\W)(?:[Dd](?:as|ie|er|en|em|es)|[Ii][mn]|[Zz]u[mr]|[Ee]ine?[rnms]?|[Kk]eine?[rnms]?|[Aa]m|[Bb]eim|[Vv]om)[ \xa0]$"
)
#: Titles that stand for the office of another person.
RELATIVE = frozenset(
    {"Amtskollege", "Ministerkollege", "Kollege", "Amtsvorgänger", "Amtsnachfolger", "Vorgänger", "Nachfolger",
     "Stellvertreter"}
)  # fmt: skip
#: Offices whose holders call each other "Kollege" without being of one house.
COLLEGIAL = frozenset(
    {Role.MINISTER, Role.SENATOR, Role.HEAD_OF_GOVERNMENT, Role.MAYOR, Role.DISTRICT_ADMINISTRATOR, Role.STATE_SECRETARY}
)
#: Between a name and the office that it has: "ist seit 2014", ", seit 2014".
COPULA = re.compile(
    r"[ \xa0](?:ist|war|bleibt|wird|wurde)\b(?:[^.;:,\n]|(?<=\d)\.){0,45}[ \xa0]|"
    r"(?:[ \xa0](?:an|ab))?,[ \xa0](?:(?:der|die)[ \xa0])?"
    r"(?:seit|derzeit|zurzeit|zuletzt|bisher|bislang|vormals|früher|einst|bis)\b"
    r"(?:[^.;:,\n]|(?<=\d)\.){0,25}[ \xa0]"
)
#: Before a title that belongs to the one before it: "Staatssekretärin beim Minister", "Stellvertreter der Landrätin".
OF_OFFICIAL = re.compile(
    r"(?:(?P<secretary>[Ss]taatssekretär(?:in|s)?[ \xa0](?:beim|bei[ \xa0](?:der|dem)))"
    r"|(?P<deputy>(?:[Ss]tellvertreter|Vertreter)(?:in|s)?[ \xa0](?:des|der)))[ \xa0\n]$"
)
#: … and a deputy called by an adjective, which is no title elsewhere: "1. Stellvertretender des Landrats".
DEPUTY_OF = re.compile(r"[Ss]tellvertretende[rnm]?[ \xa0](?:des|der)[ \xa0\n]$")
#: Two words before a comma and a title: "Mady Muster-Muster, Ministerin für Erziehung".
TWO_WORDS = regex.compile(
    rf"(?<![\w-] ?[{UPPER}][\w-]* |[.!?:] )(?<![\w.-])([{UPPER}]\p{{Ll}}+) ([{UPPER}]\p{{Ll}}+(?:-[{UPPER}]\p{{Ll}}+)*)$"
)
#: Heads of government of Bremen and Hamburg.
HEAD_OF_SENATE = re.compile(r"(?:Erste[rnms]? )?Bürgermeister(?:s|in)?")
#: Before a title: who is meant held the office once.
FORMERLY = ("frühere", "ehemalige", "einstige", "vormalige", "bisherige", "damalige")
#: Verbs that give an office to the person named: "zur Präsidentin ernannt".
APPOINTS = re.compile(
    r"\b(?:(?:wähl|gewählt|wiedergewählt|ernenn|ernann|beruf|berief|bestell|bestimm|vereidig|beförder|nominier)\w*"
    r"|Ernennung(?:surkunden?)?\b)"
)
#: Between "zum Landrat" and the name behind it: "gewählt wurde mit großer Mehrheit".
ELECTED = re.compile(
    r"[^.;:\n]{0,40}\b(?:(?:wieder)?gewählt|ernannt|bestellt|berufen|bestimmt|befördert)"
    r"[ \xa0](?:wurde|wird|ist)\b[^.;:,\n]{0,40}[ \xa0]"
)
#: Before "Frau" and "Herr" as common nouns: "die reichste Frau Frankreichs", "eine Frau Mitte vierzig".
COMMON_WOMAN = re.compile(r"\b(?:\w+ste|eine?r?|keine|jede|diese|erste|zweite|alte|junge)[ \xa0](?:Frau|Herr)[ \xa0\n]*$")
#: Titles that other nouns follow too ("Gemeinderat Musterdorf"): a name after them must be known.
GENERIC_ROLES = frozenset({NO_OFFICE, BODY, "councillor", "spokesperson"})
#: Titles that a place follows with "von": "Oberbürgermeister von Essen".
OF_PLACES = frozenset({"mayor", "deputy_mayor", "district_administrator", "head_of_government", "head_of_state", BODY})
SKIPPED = frozenset({SectionKind.BOILERPLATE, SectionKind.DUPLICATE})
ANY = re.compile("")
