"""Phrases that have no place of their own in a clause: what belongs to the noun before it, and letters that act for nobody."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import pairwise

from policy_ie.components.events.frames import Nouns, noun_classes
from policy_ie.components.events.nounsets import PERSONS
from policy_ie.language.clauses import Sentence
from policy_ie.language.phrases import ABBREVIATED, Phrase
from policy_ie.language.tokens import Token
from policy_ie.language.words import COMMA, CONJ, NOM, OPEN, SKIP, gender, heads_name

__all__ = ["address", "asides", "inside_name", "letters", "link_appositions", "names", "payload_kind", "people", "possessor"]

#: What "für" behind these words names is a portfolio.
_PORTFOLIO = re.compile(
    r"(?:minister|ministerin|ministerium|ministeriums|senatorin|senator|sekretär|sekretärin|beauftragte[rn]?|amt|behörde)$"
)


#: Nouns whose "von" names who is there or stands in, not who acts.
_COMPANY = frozenset(
    (
        "beisein",
        "anwesenheit",
        "gegenwart",
        "begleitung",
        "vertretung",
        "leitung",
        "moderation",
        "seite",
        "beiwohnen",
        "federführung",
        "einladung",
    )
)


#: Nouns whose "als" names a part somebody plays.
_ACTIVITY = ("tätigkeit", "engagement", "arbeit", "einsatz", "wirken", "verdienste", "leistung", "rolle", "zeit", "erfahrung")


_STREET = re.compile(
    r"(?!(?:Bundes|Landes|Kreis|Staats)straße)[\w-]*(?:[Ss]tr(?:aße|asse)?|[Pp]latz|[Ww]eg|[Aa]llee|[Gg]asse|[Rr]ing|ufer|damm)"
)
#: Houses called by the firm or body before them: "im Porsche | Museum".
_HOUSES = frozenset(("Museum", "Forum", "Stadion", "Arena", "Center", "Campus", "Theater", "Haus"))


def payload_kind(token: Token) -> str:
    """Kind of the mention that a token stands for, or ""."""
    return token.payload.kind if token.payload is not None else ""


def names(phrase: Phrase) -> bool:
    """True for a phrase in which a mention is named."""
    return any(t.payload is not None for t in phrase.tokens)


@functools.cache
def _people_nouns() -> Nouns:
    nouns = noun_classes().nouns(("people", "staff"))
    assert nouns is not None
    return nouns


def people(phrase: Phrase) -> bool:
    """True for persons, who have no direction of their own: where they go stands with the verb."""
    return _people_nouns().match(phrase.head.lower.removesuffix("nen"))


def _attribute(phrase: Phrase, before: Phrase) -> bool:
    """True for what belongs to the noun before it, not to the verb: "der Ortskern von Bücken", "Minister für Umwelt"."""
    if phrase.of is not None:
        return True
    if phrase.prep == "von" and phrase.first == before.last + 1 and before.head.lower in _COMPANY:
        return True  # "im Beisein von Landrat Vogt"
    if phrase.prep == "als" and phrase.first == before.last + 1 and before.head.lower.endswith(_ACTIVITY):
        return True  # "für seine Tätigkeit als Trainer"
    if phrase.prep == "aus" and not phrase.det and phrase.first == before.last + 1 and names(before):
        return _town(phrase)  # "Karl Vogt aus Celle"
    if phrase.prep == "für" and phrase.first == before.last + 1 and before.tokens[-1].payload is None:
        return _PORTFOLIO.search(before.tokens[-1].lower) is not None
    return (
        phrase.prep == "von"
        and not phrase.det
        and phrase.first == before.last + 1
        and before.head.payload is None
        and _town(phrase)
    )


def _town(phrase: Phrase) -> bool:
    mention = phrase.head.payload
    return mention is not None and mention.kind == "territory" and mention.value.level in ("municipality", "locality")


def asides(own: Sequence[Phrase]) -> set[int]:
    """Phrases with a preposition that belong to a noun, with those coordinated with them."""
    found = {id(p) for p in own[:1] if p.prep == "für" and p.of is not None}  # "der für Bau zuständige Minister"
    chain = -1
    for before, phrase in pairwise(own):
        if phrase.prep and (_attribute(phrase, before) or (phrase.chain >= 0 and phrase.chain == chain)):
            chain = phrase.chain
            found.add(id(phrase))
    return found


def letters(phrase: Phrase, bare: Sequence[Phrase]) -> bool:
    """True for letters that act for nobody: those of "i. H. v.", and the short title of a name ("RP Dr. Karl Vogt")."""
    text = phrase.head.text
    if phrase.head.payload is not None or len(phrase.tokens) > 1 or len(text) > 4 or not text.isupper():
        return False
    return len(text) == 1 or any(
        0 < p.first - phrase.last <= 3 and not p.det and payload_kind(p.tokens[-1]) in ("official", "person") for p in bare
    )


def inside_name(phrase: Phrase, own: Sequence[Phrase]) -> bool:
    """True for the second noun of a name that no table knows: "im Krupp | Museum"; for the house of a firm or body."""
    house = phrase.head.text in _HOUSES and not phrase.det
    if not house and (
        phrase.first != phrase.last or phrase.head.payload is not None or gender(phrase.head.text) not in ("m", "n", "f")
    ):
        return False
    return any(
        p.last + 1 == phrase.first and p.prep and p.det and (house or not names(p)) and not gender(p.tokens[-1].text)
        for p in own
    )


def address(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """True for the street of an address: "in Celle, | Ringstraße | 20"."""
    before, after = tokens[phrase.first - 1], tokens[min(phrase.last + 1, len(tokens) - 1)]
    return (
        phrase.first > 0
        and before.kind in (COMMA, OPEN)
        and after.text[:1].isdigit()
        and not phrase.det
        and _STREET.fullmatch(phrase.head.text) is not None
    )


def _man(token: Token) -> bool:
    return getattr(token.payload.value, "gender", None) == "male"


def _rank(title: Token, named: Phrase, tokens: Sequence[Token]) -> bool:
    """True for the rank in an apposition between commas: "der Amtschef des Hauses, | Ministerialdirektor | Karl Vogt, …"."""
    closed = named.last + 1 < len(tokens) and tokens[named.last + 1].kind == COMMA and named.chain < 0
    return closed and title.payload is None and heads_name(title.lower)


def _office_of(title: Phrase, named: Phrase, gap: Sequence[Token]) -> bool:
    """True for the noun that the office of a name begins with: "Senatorin | für Bildung und | Familie Anna Groß"."""
    mention = named.tokens[-1].payload
    if mention is None or mention.kind != "official" or mention.nominal or title.prep in ("zu", "als"):
        return False
    if named.clause != title.clause:
        return False
    noun, titles = title.head.text, [office.title for office in mention.value.offices]
    if [t.kind for t in gap] == [CONJ] and not named.det and named.prep in ("", title.prep):
        return noun in titles  # "Bürgermeisterin und | Kämmerin Anna Groß"
    if heads_name(named.head.lower):
        return False  # "der Landrat | dem Minister Karl Vogt"
    rest = [t.text for t in (*gap, *named.tokens[:-1]) if t.text not in ABBREVIATED and t.kind != CONJ]
    # "Staatsminister und | Minister für Kultur Karl Vogt"
    return any(
        (noun in words or noun.endswith(words[0].lower())) and all(word in office for word in rest)
        for office in titles
        if (words := office.split(" ", 2)[:2])
    )


def _join(phrases: Sequence[Phrase], title: int, last: int) -> None:
    """Puts a name in the place of the title that begins before it; what stands between them has no place of its own."""
    phrase, other = phrases[title], phrases[last]
    name = other.tokens[-1]
    if phrase.det == "der" and _man(name):
        phrase.cases = NOM  # "der Vorsitzende der Bank, Karl Vogt"
    chains = {p.chain for p in phrases[title + 1 : last + 1]} - {-1, phrase.chain}
    phrase.tokens, phrase.head = [name], name
    if len(other.tokens) > 1:
        other.tokens = other.tokens[:-1]
    for between in phrases[title + 1 : last + 1]:
        between.of = between.of or phrase
        between.chain = -1
    for behind in phrases[last + 1 :]:
        if behind.chain in chains:
            behind.chain = -1
            behind.prep = phrase.prep  # "Senatorin für Bildung und Familie Anna Groß und | Staatssekretär Karl Vogt"


def link_appositions(sentence: Sentence) -> None:
    """Joins a title and its name that stand apart, and takes titles after a name out of the clause's places."""
    phrases, tokens = sentence.phrases, sentence.tokens
    joined: list[tuple[Phrase, Phrase]] = []
    for k, phrase in enumerate(phrases):
        mention = phrase.tokens[-1].payload
        named = mention is not None and mention.kind in PERSONS and not mention.nominal
        if not named and not heads_name(phrase.head.lower):
            continue
        if named and phrase.det == "der" and not phrase.prep and phrase.head.text[-1:] == "e" and _man(phrase.tokens[-1]):
            phrase.cases = NOM  # "der Beigeordnete Karl Vogt"
        for j in range(k + 1, min(k + 8, len(phrases))):
            other = phrases[j]
            gap = [t for t in tokens[phrases[j - 1].last + 1 : other.first] if t.kind != SKIP]
            if not named and _office_of(phrase, other, gap):
                _join(phrases, k, j)
                joined.append((phrase, other))
                break
            if not named and gap and other.prep and other.chain >= 0 and other.chain == phrases[j - 1].chain:
                continue  # "Minister für Umwelt, | Klima und Landwirtschaft, Karl Vogt"
            if not gap:
                if named or not (other.of is not None or other.prep):
                    break
                continue
            if len(gap) != 1 or gap[0].kind != COMMA:
                inner = payload_kind(other.head) not in ("official", "person")  # "für Vorpommern und das östliche Mecklenburg"
                if not named and inner and all(t.kind in (CONJ, COMMA) for t in gap):
                    continue
                break
            if other.clause != phrase.clause:
                break
            name = other.tokens[-1]
            other_named = (
                payload_kind(name) in ("official", "person")
                and not other.prep
                and all(
                    t.text in ABBREVIATED or (phrase.det in ("der", "die") and _rank(t, other, tokens))
                    for t in other.tokens[:-1]
                )
            )
            if not named and other_named:
                phrase.chain = -1
                _join(phrases, k, j)
                joined.append((phrase, other))
            elif (
                named
                and not other.det
                and not other.prep
                and other.head.payload is None
                and heads_name(other.head.lower)
                and payload_kind(other.tokens[-1]) == ""
            ):
                other.of, other.chain = phrase, -1
            break
    for number, ((first, apposed), (second, _)) in enumerate(pairwise(joined)):
        kinds = [t.kind for t in tokens[apposed.last + 1 : second.first]]
        if (
            second.clause == first.clause
            and second.prep in ("", first.prep)
            and CONJ in kinds
            and all(kind in (COMMA, CONJ) for kind in kinds)
        ):
            # "der Minister, Karl Vogt, und die Präsidentin, Eva Groß"
            first.chain = second.chain = first.chain if first.chain >= 0 else len(phrases) + number


def possessor(phrase: Phrase) -> bool:
    """True for the name of a person in the genitive: "die Reise Vogts"."""
    mention, word = phrase.head.payload, phrase.head.text
    if mention is None:
        return word.endswith("s") and len(word) > 2 and word[:-1].isupper() and not phrase.prep  # "NRWs Hochschulgesetz"
    return (
        not phrase.prep
        and payload_kind(phrase.head) in ("official", "person", "territory")
        and phrase.head.end == mention.end + 1
    )
