"""Who stands on which side of a verb, where cases leave it open or the clause holds more than its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policy_ie.components.events.asides import names, payload_kind, people
from policy_ie.components.events.nounsets import award_noun, giver_noun
from policy_ie.language.clauses import Clause, Sentence
from policy_ie.language.phrases import Phrase
from policy_ie.language.tokens import Token
from policy_ie.language.verbs import Form
from policy_ie.language.words import ACC, COMMA, CONJ, DASH, LOWER, NOM, NOUN, NUM, PREP, SKIP, VERB, gender

__all__ = [
    "award_before",
    "behind_dash",
    "beside_pronoun",
    "conjunct_before",
    "ends",
    "give_to_thing",
    "home_of_name",
    "inverted",
    "plural_phrase",
    "pronoun_object",
    "pronoun_subject",
    "quotation_before",
    "relative",
    "stood_for",
]

#: Who acts for others: "an die Vertreterinnen und Vertreter von 16 Kommunen".
_STANDS_FOR = re.compile(r"(?:\w*vertret|bürgermeister|rathauschef|verantwortliche)")
#: Determiners that only a plural takes.
_MANY = frozenset(("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")) | {
    *("beide", "mehrere", "einige", "viele", "wenige", "zahlreiche", "sämtliche")
}
#: Kinds of words that "beide" stands before as a determiner.
_NOMINAL = frozenset((LOWER, NOUN, NUM))
_MARKS = frozenset('„“”"»«')
#: Endings of things and works, which give nothing, and the bodies that end alike.
_THING = ("ung", "vorhaben", "projekt", "maßnahme", "museum", "schule", "halle", "theater", "kita", "fest", "wachstum")
_NO_THING = ("stiftung", "regierung", "verwaltung", "vereinigung", "versicherung", "förderung", "vertretung", "versammlung")
_HIGHER = frozenset(("state", "country"))
_LOCAL = frozenset(("district", "municipality"))


def inverted(slots: dict[str, list[Phrase]]) -> bool:
    """Swaps subject and object where only the second names an official: "Die Schule besuchte Ministerin Els"."""
    subject, objects = slots.get("subject", []), slots.get("object", [])
    if len(subject) != 1 or names(subject[0]) or not objects or not objects[0].cases & NOM or not subject[0].cases & ACC:
        return False
    if payload_kind(objects[0].tokens[-1]) != "official" or objects[0].start < subject[0].start:
        return False
    acting = [p for p in objects if p is objects[0] or p.chain == objects[0].chain >= 0]
    slots["subject"], slots["object"] = acting, [*subject, *(p for p in objects if p not in acting)]
    return True


def award_before(slots: dict[str, list[Phrase]]) -> bool:
    """True where a distinction stands where the subject is sought: "Ehrenmedaillen verleihen | Landrat Vogt und …"."""
    subject = slots.get("subject", [])
    return len(subject) == 1 and award_noun(subject[0].head.lower)


def pronoun_subject(clause: Clause, quotation: tuple[int, int] = (0, 0)) -> str:
    """The pronoun that is the subject of a clause ("konnten wir unterstützen"), or ""; none out of a quotation in it."""
    previous = None
    for k, token in enumerate(clause.tokens):
        if quotation[0] <= token.start < quotation[1]:
            continue
        if token.lower in ("wir", "ich", "man", "er"):
            return token.lower
        if token.lower == "sie" and (k == 0 or (previous is not None and previous.form & Form.FINITE and not _acts(clause, k))):
            return "sie"
        if token.lower == "beide" and (k + 1 == len(clause.tokens) or clause.tokens[k + 1].kind not in _NOMINAL):
            return "beide"
        previous = token
    return ""


def _acts(clause: Clause, place: int) -> bool:
    """True where somebody is named right before the verb before a pronoun: "Ministerin Groß hat | sie | ernannt"."""
    if place < 2 or payload_kind(clause.tokens[place - 2]) not in ("official", "person"):
        return False
    return all(t.kind != PREP and t.lower not in ("den", "dem") for t in clause.tokens[:place])


def pronoun_object(clause: Clause) -> str:
    """The pronoun of the one for whom somebody else does something: "Minister Groß hat | ihn | ernannt", or ""."""
    if pronoun_subject(clause):
        return ""
    return next(
        (t.lower for k, t in enumerate(clause.tokens) if t.lower == "ihn" or (t.lower == "sie" and _acts(clause, k))), ""
    )


def plural_phrase(phrase: Phrase, phrases: Iterable[Phrase]) -> bool | None:
    """True or False where the number of a phrase shows; None where it does not."""
    if phrase.chain >= 0 and sum(p.chain == phrase.chain for p in phrases) > 1:
        return True
    head = phrase.head
    if head.payload is not None:
        return False if payload_kind(head) in ("official", "person", "organisation", "territory") else None
    if phrase.det in _MANY or (phrase.det[:1].isdigit() and phrase.det != "1"):
        return True
    if phrase.det in ("das", "ein", "eine", "der", "den"):
        return False if phrase.det != "den" else None
    found = gender(head.text)
    if found == "p":
        return True
    return False if phrase.det and found and phrase.det == "die" and found == "f" else None


def behind_dash(bare: list[Phrase], clause: Clause, verb: Token) -> list[Phrase]:
    """Without a topic before a dash and the subject: "Neuer Leiter – | Minister Karl Vogt verabschiedet …"."""
    dash = max((t.start for t in clause.tokens if t.kind == DASH and t.start < verb.start), default=-1)
    if dash < 0 or clause.kind != "main" or not any(dash < p.start < verb.start and p.cases & NOM for p in bare):
        return bare
    return [p for p in bare if p.start > dash]


def ends(clause: Clause, verb: Token) -> bool:
    """True for the last word of a clause, its end mark aside."""
    return verb is next((t for t in reversed(clause.tokens) if t.kind not in (COMMA, SKIP)), None)


def home_of_name(phrase: Phrase, sentence: Sentence, clause: Clause, trigger: Token) -> bool:
    """True for what tells where a person before the verb belongs: "Karl Vogt | von der Feuerwehr Celle | erhielt"."""
    if phrase.prep != "von" or phrase.end > trigger.start:
        return False
    person = payload_kind(sentence.tokens[phrase.first - 1]) in ("official", "person")
    return person and not any(t.kind == VERB and t.start < phrase.start for t in clause.tokens)


def beside_pronoun(sentence: Sentence, bare: Sequence[Phrase], pronoun: str) -> Phrase | None:
    """Who acts together with a pronoun: "Er und | seine Stellvertreterin Ute Lang"."""
    tokens = sentence.tokens
    for phrase in bare:
        if phrase.first > 1 and tokens[phrase.first - 1].kind == CONJ and tokens[phrase.first - 2].lower == pronoun:
            return phrase
    return None


def _gives(phrase: Phrase) -> bool:
    return names(phrase) or giver_noun(phrase.head.lower)


def give_to_thing(slots: dict[str, list[Phrase]]) -> None:
    """Swaps a thing before a verb of giving and the public body behind it: "Das Museum fördert die Landesregierung"."""
    subject, objects = slots.get("subject", []), slots.get("object", [])
    if len(subject) != 1 or not objects:
        return
    thing, body = subject[0], objects[0]
    if thing.start > body.start and not body.cases & NOM and len(objects) > 1:
        # "Den Ausbau fördern der Bund mit … und | das Land mit …": no second accusative
        others = [p for p in objects[1:] if p.start > thing.start and p.cases & NOM and _gives(p)]
        slots["subject"], slots["object"] = [thing, *others], [p for p in objects if p not in others]
        return
    if (
        thing.start > body.start
        or not thing.cases & ACC
        or not body.cases & NOM
        or not thing.det
        or thing.prep
        or thing.head.payload is not None
    ):
        return
    noun = thing.head.lower
    if noun.endswith(_NO_THING):
        return
    value = body.tokens[-1].payload.head.value if body.tokens[-1].payload is not None else None
    level = getattr(value, "level", "")
    higher = level in _HIGHER or getattr(value, "org_type", "") in ("ministry", "government") or body.head.lower == "land"
    if (higher and not giver_noun(noun)) or (level in _LOCAL and noun.endswith(_THING)):
        slots["subject"], slots["object"] = [body], [thing, *objects[1:]]


def conjunct_before(clause: Clause, trigger: Token) -> int:
    """End of the participle that is coordinated before one: "vom Verband geplant | und vom Land gefördert"; 0 for none."""
    end = 0
    if trigger.form & Form.PARTICIPLE:
        tokens = clause.tokens
        for k, token in enumerate(tokens):
            if token is trigger:
                break
            if token.kind == CONJ and k and tokens[k - 1].form & Form.PARTICIPLE and token.lower in ("und", "sowie"):
                end = tokens[k - 1].end
    return end


def quotation_before(clause: Clause, trigger: Token) -> tuple[int, int]:
    """The quoted sentence, with the speaker before it, that a headline runs into a clause; (0, 0) for none."""
    opened, verb, found = -1, False, (0, 0)
    previous = None
    for token in clause.tokens:
        if token.start >= trigger.start:
            break
        if token.text in _MARKS:
            if opened < 0:
                opened, verb = (clause.tokens[0].start if previous is not None and previous.text == ":" else token.start), False
            else:
                found = (opened, token.end) if verb else found
                opened = -1
        elif token.form & Form.FINITE and not token.form & Form.PARTICIPLE:
            verb = True
        previous = token
    return found


def _acts_on(body: Phrase, antecedent: Phrase) -> bool:
    """True for a body behind a relative pronoun that stands for a thing: "das Gesetz, das | das Kabinett | beschlossen hat"."""
    noun = antecedent.head.lower
    return names(body) and not names(antecedent) and not people(antecedent) and not giver_noun(noun)


def relative(
    slots: dict[str, list[Phrase]], clause: Clause, subject: Phrase | None, bare: list[Phrase], *, agrees: bool
) -> None:
    """What the relative pronoun stands for fills its place; `agrees` where the number of the subject is that of the verb."""
    antecedent = clause.antecedent
    if antecedent is None:
        return
    first = clause.tokens[0] if clause.tokens else None
    opener = clause.opener
    if first is not None and first.lower != opener and first.kind != LOWER:
        slots.setdefault(first.lower, []).append(antecedent)
    elif opener in ("dem", "denen", "welchem"):
        slots.setdefault("dative", []).append(antecedent)
    elif opener in ("den", "welchen"):
        slots.setdefault("object", []).append(antecedent)
    elif opener in ("der", "welcher") or subject is None:
        slots.setdefault("subject", []).append(antecedent)
    elif opener in ("die", "das", "welche", "welches"):
        fits = subject.cases == NOM or (agrees and _acts_on(subject, antecedent))
        nominative = fits and bare and bare[0] is subject
        slots.setdefault("object" if nominative else "subject", []).append(antecedent)


def stood_for(sentence: Sentence, phrase: Phrase) -> Phrase:
    """Who stands behind those who act: "an Vertreterinnen und Vertreter | von 16 Kommunen"; else the phrase."""
    if not _STANDS_FOR.match(phrase.head.lower):
        return phrase
    last = phrase
    for other in sentence.phrases if not names(phrase) else ():
        if other.chain == phrase.chain >= 0 and other.first > last.last and _STANDS_FOR.match(other.head.lower):
            last = other
    after = last.last + 1
    return next((p for p in sentence.phrases if p.first == after and (p.prep in ("von", "aus") or p.of is last)), phrase)
