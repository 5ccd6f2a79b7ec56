"""Places of phrases in a clause, and the roles they fill."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from policy_ie.components.base import Filler, Mention
from policy_ie.components.events.asides import address, asides, inside_name, letters, names, payload_kind, people, possessor
from policy_ie.components.events.frames import Role
from policy_ie.components.events.nounsets import PLACES, TERRITORIAL, means, office_noun, territorial_noun
from policy_ie.components.events.sides import (
    behind_dash,
    beside_pronoun,
    conjunct_before,
    ends,
    home_of_name,
    plural_phrase,
    pronoun_subject,
    quotation_before,
    relative,
    stood_for,
)
from policy_ie.language.clauses import Clause, Sentence
from policy_ie.language.phrases import Phrase
from policy_ie.language.tokens import Token
from policy_ie.language.verbs import Form
from policy_ie.language.words import ACC, COMMA, CONJ, DAT, GEN, NOM, PREP

__all__ = [
    "Slots",
    "clause_slots",
    "fill",
    "noun_slots",
    "participle_slots",
    "phrase_span",
]

#: Phrases of a clause by their place: subject, object, dative, genitive, or a preposition.
Slots = dict[str, list[Phrase]]


#: "zu" with these says what somebody is received for, not who: "die Delegation | zu einem Gespräch".
_OCCASION = (
    "besuch",
    "gespräch",
    "empfang",
    "treffen",
    "austausch",
    "besprechung",
    "sitzung",
    "tagung",
    "konferenz",
    "runde",
    "dialog",
)

#: Nouns for a sum or a time, which name neither who takes nor what for: "Bescheide für Fördermittel in Höhe von …".
_SUMS = frozenset(
    (
        *("mittel", "mitteln", "fördermittel", "fördermitteln", "gelder", "fördergelder", "höhe", "summe", "betrag"),
        *("verfügung", "zeit", "zeitraum", "dauer"),
    )
)

#: Prepositions of what is no part of who takes or applies, but what for: "an die Gemeinde | zur Sanierung".
_OUTSIDE = {"recipients": ("zu",), "eligible": ("zu", "für"), "bodies": ("in",), "funders": ("für",)}

#: What an infinitive behind the genitive of who decides says.
_DECISIONS = frozenset(("entscheidung", "zusage", "absicht", "beschluss", "ankündigung", "angebot", "bereitschaft"))
#: Roles of buildings and bodies, whose name follows their noun: "die Kita Waldblick".
_SITES = frozenset(("hosts", "facility"))
_BEGINNINGS = frozenset(("start", "beginn", "auftakt"))
_THE = frozenset(("die", "das", "den"))  # not "der Kita": a thing given to it may follow
#: Before "mit": who acts at one's side, not what with.
_TOGETHER = frozenset(("gemeinsam", "zusammen"))


#: Nouns whose "in" tells of the circumstances, and is no part of a name: "die Ausstellung | in Anwesenheit von".
_CIRCUMSTANCE = frozenset(
    (
        *("zuge", "anwesenheit", "beisein", "gegenwart", "rahmen", "begleitung"),
        *("zusammenarbeit", "kooperation", "auftrag", "folge", "anschluss"),
    )
)


#: Determiners behind "für" that tell why somebody is meant: "Schüler | für ihre Leistungen".
_WHY = ("ihr", "sein", "deren", "dessen")
#: "aus den | Händen | der Ministerin": who gives.
_HANDS = ("hand", "händen")
#: Nouns of fixed expressions, no part of what stands before them: "den Radweg | in Betrieb".
_FIXED = frozenset(("verfügung", "höhe", "verkehr", "betrieb", "dienst", "gepäck", *_HANDS))


def _date_or_money(phrase: Phrase) -> bool:
    # "Doppelhaushalt 2024/2025" is a date by its years, and yet a thing.
    return payload_kind(phrase.head) == "date" and len(phrase.tokens) == 1 and "doppelhaushalt" not in phrase.head.lower


def _finite_tokens(clause: Clause) -> list[Token]:
    return [
        t
        for t in clause.tokens
        if t.form & Form.FINITE and not (t.form & Form.PARTICIPLE and clause.tokens[-1] is t and len(clause.tokens) > 6)
    ]


def _by_prep(slots: Slots, phrase: Phrase) -> None:
    slots.setdefault(phrase.prep, []).append(phrase)
    if phrase.prep in ("in", "auf", "an"):
        if phrase.cases == ACC:
            slots.setdefault(phrase.prep + "+acc", []).append(phrase)
        elif not phrase.cases & ACC:
            slots.setdefault(phrase.prep + "+dat", []).append(phrase)
        if phrase.cases & ACC:
            slots.setdefault(phrase.prep + "+acc?", []).append(phrase)


def _of_sum_before(sentence: Sentence, own: Iterable[Phrase], phrase: Phrase) -> str:
    """The preposition that a sum shares with one before it: "mit 2 Millionen Euro für die Schule und | 500.000 Euro für …"."""
    if payload_kind(phrase.head) != "money" or not phrase.first or sentence.tokens[phrase.first - 1].kind not in (COMMA, CONJ):
        return ""
    before = [p for p in own if p.start < phrase.start and payload_kind(p.head) == "money"]
    return before[-1].prep if before and before[-1].last + 2 < phrase.first else ""


def clause_slots(sentence: Sentence, clause: Clause, trigger: Token, *, passive: bool) -> Slots:
    """Phrases of the clause of a verb by their place, with what a relative pronoun or a shared subject adds."""
    slots: Slots = {}
    first, last = quotation = quotation_before(clause, trigger)
    own = [p for p in sentence.phrases if p.clause == clause.index and not first <= p.start < last]
    bare: list[Phrase] = []
    aside = asides(own)
    for phrase in own:
        if phrase.prep:
            if phrase.prep in ("von", "durch") and phrase.first and sentence.tokens[phrase.first - 1].kind == PREP:
                continue  # "aus | von anderen Ländern | nicht genutzten Mitteln"
            if home_of_name(phrase, sentence, clause, trigger):
                continue
            if id(phrase) in aside:
                if phrase.prep == "von" and phrase.of is None:
                    slots.setdefault("genitive", []).append(phrase)
            else:
                _by_prep(slots, phrase)
                if phrase.prep == "mit" and phrase.first and sentence.tokens[phrase.first - 1].lower in _TOGETHER:
                    slots.setdefault("gemeinsam", []).append(phrase)
        elif (prep := _of_sum_before(sentence, own, phrase)) != "":
            slots.setdefault(prep, []).append(phrase)
        elif phrase.of is None and not _date_or_money(phrase):
            bare.append(phrase)
        elif phrase.of is not None:
            if phrase.of.prep != "mit":  # "mit dem Preis | des Ministeriums"
                slots.setdefault("genitive", []).append(phrase)
            if phrase.of.prep == "aus" and phrase.of.head.lower in _HANDS:
                slots.setdefault("von", []).append(phrase)
            if phrase.of.prep in ("in", "bei", "auf") and phrase.of.head.lower.endswith("sitzung"):
                slots.setdefault("in", []).append(phrase)  # "in der Sitzung des Gemeinderats"
                if phrase.cases & DAT and trigger.lower.endswith(("stimmt", "stimmte", "stimmten", "stimmen")):
                    slots.setdefault("dative", []).append(phrase)  # "hat in seiner Sitzung | der Reform zugestimmt"
    bare = [
        p
        for p in bare
        if not letters(p, bare)
        and not address(p, sentence.tokens)
        and not inside_name(p, own)
        and not (possessor(p) and any(o.first == p.last + 1 for o in bare))
    ]
    finite = [t for t in _finite_tokens(clause) if not t.form & Form.INFINITIVE or t is trigger or t.form & Form.PLURAL]
    finite = [t for t in finite if not first <= t.start < last]
    verb = finite[0] if finite else trigger
    bare = behind_dash(bare, clause, verb)
    plural: bool | None = None
    if verb.form & Form.FINITE:
        both = verb.form & Form.SINGULAR and verb.form & Form.PLURAL
        plural = (
            None
            if both
            or (verb.form & (Form.INFINITIVE | Form.PARTICIPLE) and not verb.form & Form.SINGULAR and clause.kind != "main")
            else bool(verb.form & Form.PLURAL)
        )
    spoken = pronoun_subject(clause, quotation)
    if spoken in ("er", "sie") and verb.form & Form.SINGULAR:
        slots["pronoun"] = []
    elif spoken == "beide" or (spoken == "sie" and verb.form & Form.PLURAL and not verb.form & Form.SINGULAR):
        slots["pronouns"] = []
    subject = beside_pronoun(sentence, bare, spoken) if spoken else None
    if not spoken and clause.shared >= 0 and not passive:
        subject = _inherited(sentence, clause)  # "… und führt Frau Els ins Amt ein": who acts was named before
    if not spoken and subject is None and clause.kind != "inf":
        subject = _subject(bare, own, plural, clause, infinitive=bool(verb.form & Form.INFINITIVE) and ends(clause, verb))
    if clause.kind == "rel" and clause.antecedent is not None:
        agrees = subject is None or not plural or plural_phrase(subject, bare) is not False
        relative(slots, clause, subject, bare, agrees=agrees)
        if (
            "subject" in slots
            and subject is not None
            and clause.opener in ("der", "die", "das", "welche", "welcher", "welches")
        ):
            subject = None
    if subject is None and not spoken and "subject" not in slots and clause.kind in ("main", "inf", "sub"):
        subject = _inherited(sentence, clause)
    if clause.shared >= 0 and "zu" not in slots:
        front = [p for p in sentence.phrases if p.clause == clause.shared and p.prep == "zu"][:1]
        slots["zu"] = [
            p for p in front if p.start == sentence.clauses[clause.shared].tokens[0].start
        ]  # "Zum Rat wurde er bestimmt und | gewählt"
    rest = [p for p in bare if p is not subject]
    if subject is not None:
        slots.setdefault("subject", []).append(subject)
        if subject.chain >= 0:
            rest = [p for p in rest if p.chain != subject.chain]
    for phrase in rest:
        dative = phrase.cases & DAT and not phrase.cases & ACC and phrase.det
        owner = phrase.cases == GEN and sentence.tokens[phrase.first].lower == phrase.det  # not "48 der 130 Sieger"
        place = "genitive" if owner else "dative" if dative else "object"
        slots.setdefault(place, []).append(phrase)
    if passive:
        before = conjunct_before(clause, trigger)
        for prep in ("von", "durch", "mit") if before else ():
            slots[prep] = [p for p in slots.get(prep, ()) if p.start > before] or slots.get(prep, [])
        agents = slots.get("von", []) + slots.get("durch", []) + slots.get("seitens", [])
        slots["object"] = slots.pop("subject", []) + slots.get("object", [])
        slots["subject"] = agents
        for pronoun in ("pronoun", "pronouns"):
            if pronoun in slots:
                slots[f"{pronoun} object"] = slots.pop(pronoun)
    return slots


def _subject(
    bare: list[Phrase], own: list[Phrase], plural: bool | None, clause: Clause, *, infinitive: bool = False
) -> Phrase | None:
    candidates = [p for p in bare if p.cases & NOM and payload_kind(p.head) != "money"]
    if plural is not None:
        fitting = [p for p in candidates if plural_phrase(p, own) in (None, plural)]
        if plural and not fitting and (infinitive or len(bare) > 1) and len(candidates) == 1:
            # "(wird) | Vogt in den Ruhestand verabschieden", behind a line break; "Celle stehen 3 Mio. Euro zur Verfügung"
            return None
        candidates = fitting or candidates
        if plural and candidates and not candidates[0].det and plural_phrase(candidates[0], own) is None:
            # "Geld erhalten die Städte A und B": what is plural for sure comes before what may be.
            candidates = [p for p in candidates if plural_phrase(p, own)] or candidates
    if (
        len(candidates) > 1
        and (low := candidates[0].head.lower) in ("summe", "betrag", "geld")
        and (low != "geld" or not candidates[0].det)
    ):
        candidates = candidates[1:]  # "diese Summe hat die Bezirksregierung bewilligt"
    if not candidates:
        return None
    only = [p for p in candidates if p.cases == NOM]
    first = candidates[0]
    if (
        only
        and only[0] is not first
        and not 0 <= first.chain == only[0].chain  # "standen die Pflege und der Ausbau"
        and first.det
        and first.cases != NOM
        and not any(t.lower == "sich" for t in clause.tokens)
    ):
        return only[0]  # beside "sich" there is no object: "daran beteiligt sich das Land mit …, der Kreis mit …"
    return first


def _inherited(sentence: Sentence, clause: Clause) -> Phrase | None:
    """The subject that a conjunct or an infinitive takes over; whose decision it is where the infinitive says which."""
    if clause.kind == "inf" and clause.tokens:
        before = next((p for p in reversed(sentence.phrases) if p.end <= clause.tokens[0].start), None)
        if before is not None and before.of is not None and before.of.head.lower in _DECISIONS:
            return before  # "die Entscheidung des Bundes, … zu fördern"
    seen = set()
    number = clause.shared if clause.shared >= 0 else (clause.parent if clause.kind == "inf" else -1)
    while number >= 0 and number not in seen:
        seen.add(number)
        source = sentence.clauses[number]
        own = [p for p in sentence.phrases if p.clause == number]
        bare = [p for p in own if not p.prep and p.of is None and not _date_or_money(p)]
        found = _subject(bare, own, None, source)
        if found is not None:
            return found
        number = source.shared if source.shared >= 0 else -1
    return None


def participle_slots(sentence: Sentence, trigger: Token, index: int) -> Slots:
    """Places around an attributive participle: "die vom Land mit 2 Mio. Euro geförderte Halle"."""
    slots: Slots = {}
    noun = next((p for p in sentence.phrases if p.first <= index <= p.last or p.first > index), None)
    if noun is None or noun.first > index + 3:
        return slots
    slots["object"] = [noun]
    left = index
    while left and sentence.tokens[left - 1].kind not in (COMMA,) and left > index - 14:
        left -= 1
    for phrase in sentence.phrases:
        if phrase.last < index and phrase.first >= left and phrase.prep and phrase is not noun:
            _by_prep(slots, phrase)
    slots["subject"] = slots.get("von", []) + slots.get("durch", [])
    return slots


def noun_slots(sentence: Sentence, clause: Clause, index: int) -> tuple[Slots, Phrase | None]:
    """Places around a noun that states the event, and the phrase of that noun."""
    slots: Slots = {}
    home = next((p for p in sentence.phrases if p.first <= index <= p.last), None)
    own = [p for p in sentence.phrases if p.clause == clause.index and p is not home]
    after = [p for p in own if p.first > index]
    before = [p for p in own if p.last < index]
    bare = []
    aside = asides(own)
    for phrase in [*after, *reversed(before)]:
        if phrase.prep:
            if id(phrase) not in aside:
                _by_prep(slots, phrase)
        elif phrase.of is home and home is not None:
            slots.setdefault("genitive", []).append(phrase)
        elif phrase.of is None and not _date_or_money(phrase):
            bare.append(phrase)
    bare.sort(key=lambda p: p.first)
    if home is not None:
        slots["home"] = [home]
        following = next((p for p in after), None)
        beside = following is not None and following.first == home.last + 1 and "genitive" not in slots
        if following is not None and beside and (following.prep == "von" or possessor(following)):
            slots["genitive"] = [following]
    finite = _finite_tokens(clause)
    plural = bool(finite[0].form & Form.PLURAL) if finite and not finite[0].form & Form.SINGULAR else None
    subject = _subject(bare, own, plural, clause)
    if subject is None:
        subject = _inherited(sentence, clause)
    if subject is not None:
        slots["subject"] = [subject]
    for phrase in bare:
        if phrase is not subject:
            slots.setdefault("dative" if phrase.cases & DAT and not phrase.cases & ACC and phrase.det else "object", []).append(
                phrase
            )
    slots["agent"] = slots.get("durch", [])
    slots["object"] = slots.get("genitive", []) + slots.get("object", [])
    return slots, home


def phrase_span(sentence: Sentence, phrase: Phrase, *, without: Collection[str] = (), site: bool = False) -> tuple[int, int]:
    """Offsets of the words of a phrase, with its genitives and the prepositional phrases that follow it at once.

    Phrases with the prepositions in `without` stay outside; the name of a `site` comes along.
    """
    end = phrase.end
    last = phrase.last
    chained = phrase.chain >= 0
    for other in sentence.phrases:
        if other.first <= phrase.last:
            continue
        if chained and other.chain == phrase.chain and not names(other):
            end, last = other.end, other.last
            continue
        if other.first != last + 1:
            break
        if site and not other.prep and not other.det and other.of is None and not names(other):
            end, last = other.end, other.last  # "das Gemeindezentrum | Waldblick"
            continue
        if other.of is not None or (
            other.prep in ("aus", "für", "von", "gegen", "zu", "in")
            and other.prep not in without
            and not (other.prep == "für" and other.det and "zu" in without)  # "der Verein | für die Sanierung"
            and phrase.head.payload is None
            and not _adverbial(other)
            and not (other.prep == "für" and other.det.startswith(_WHY))  # "Schüler | für ihre Leistungen"
            and other.head.lower not in _FIXED
            and not (other.prep == "in" and other.head.lower in _CIRCUMSTANCE)
            and not (other.prep == "zu" and other.head.lower.endswith(_OCCASION))
            # "fünf Mitglieder | in den Beirat", "drei Mitarbeiter | zu Dezernenten"
            and not (other.prep == "in" and other.cases == ACC and people(phrase))
            and not (other.prep == "zu" and people(phrase) and office_noun(other.head.lower))
        ):
            if other.clause != phrase.clause:
                break
            end, last = other.end, other.last
        else:
            break
    return phrase.inner, end


def _adverbial(phrase: Phrase) -> bool:
    kind = payload_kind(phrase.tokens[-1])
    return kind in ("date", "money", "official", "person") or (
        phrase.prep in ("in", "mit", "von", "zu")
        and (kind in ("territory", "organisation") or (kind == "programme" and phrase.prep in ("in", "von")))
    )


def _of_kind(mention: Mention, kinds: frozenset[str]) -> bool:
    if mention.kind in kinds:
        return True
    if mention.kind == "date":
        if getattr(mention.value, "value", "").endswith("_REF"):
            return False
        return f"date:{getattr(mention.value, 'timex_type', '')}" in kinds
    if mention.kind == "programme":
        return f"programme:{getattr(mention.value, 'programme_type', '')}" in kinds
    if mention.kind == "organisation":
        return f"organisation:{getattr(mention.value, 'org_type', '')}" in kinds
    if mention.kind == "territory":
        return f"territory:{getattr(mention.value, 'level', '')}" in kinds
    return False


def filler(sentence: Sentence, phrase: Phrase, role: Role, *, text: bool = False) -> Filler | None:
    """What of a phrase fills a role: the mention it names, or its words."""
    plain = phrase.tokens[0] if phrase.tokens[0].payload is None else None
    without = _OUTSIDE.get(role.name, ())
    for token in phrase.tokens:
        mention: Mention | None = token.payload
        if mention is None:
            continue
        if not _of_kind(mention, role.kinds):
            if mention.kind == "date" and role.heads is not None and any(map(role.heads.match, token.lower.split()[:2])):
                return mention.start, mention.end  # "mit dem Doppelhaushalt 2025/26"
            if role.acting and mention.kind in ("official", "person"):
                return mention
            continue
        if phrase.prep == "aus" and role.name == "funders" and mention.kind == "territory":
            continue  # "Vereine aus dem Kreis Unna": where they are from
        if mention.kind == "date" and plain is not None and role.text:
            continue  # "Entwurf des Doppelhaushalts 2024/2025"
        if (
            plain is not None
            and mention.kind == "territory"
            and token is not plain
            and not mention.nominal
            and not territorial_noun(plain.lower)
        ):
            # "Universität Köln" is no town; "Dortmunder Schulen" are schools.
            if role.heads is not None and role.heads.match(plain.lower):
                return phrase_span(sentence, phrase, without=without)
            if not plain.lower.endswith(TERRITORIAL):
                continue
        return mention
    head = phrase.head
    if role.name == "hosts" and plain is not None and territorial_noun(plain.lower) and len(phrase.tokens) > 1:
        return None  # "besuchte die Stadt Celle": the place
    if head.payload is not None or any(
        payload_kind(t) in ("programme", "organisation", "official", "person") for t in phrase.tokens
    ):
        return None
    if role.out is not None and role.out.match(head.lower):
        return None
    if role.name == "funders" and phrase.prep == "aus" and territorial_noun(head.lower):
        return None  # "Gemeinden aus den Landkreisen Celle und Peine"
    if role.name == "purpose" and head.lower in PLACES:
        return None  # "Mittel | für die Gemeinde Golzow": who takes
    named = role.heads is not None and role.heads.match(head.lower)
    if named or (
        (text or role.text) and not (role.name == "recipients" and means().match(head.lower)) and head.lower not in _SUMS
    ):
        site = named and role.name in _SITES and (phrase.det in _THE or bool(phrase.prep and phrase.det))
        site = site and not territorial_noun(head.lower)
        return phrase_span(sentence, phrase, without=without, site=site)
    return None


def fill(sentence: Sentence, role: Role, phrases: Iterable[Phrase], used: set[int], *, text: bool = False) -> list[Filler]:
    """Fillers of a role from the phrases of a place; a coordination gives all its members."""
    for phrase in phrases:
        if role.name in ("recipients", "parties"):
            phrase = stood_for(sentence, phrase)
        if role.name == "bodies" and phrase.head.lower == "mehrheit":
            phrase = next((p for p in sentence.phrases if p.of is phrase), phrase)  # "die Mehrheit des Kreistags"
        if role.name == "facility" and phrase.head.lower in _BEGINNINGS:
            phrase = next((p for p in sentence.phrases if p.of is phrase), phrase)  # "zum Start des Ausbaus"
        if id(phrase) in used:
            continue
        group = [phrase]
        if phrase.chain >= 0 and not role.single:
            group = [p for p in sentence.phrases if p.chain == phrase.chain]
        found: list[Filler] = []
        covered = -1
        for member in group:
            if id(member) in used or member.start < covered:
                continue
            value = filler(sentence, member, role, text=text)
            if value is not None:
                found.append(value)
                used.add(id(member))
                if isinstance(value, tuple):
                    covered = value[1]
                    for other in sentence.phrases:
                        if value[0] <= other.start < value[1] and not names(other):
                            used.add(id(other))
        if found and (
            role.gather or phrase.chain < 0 or filler(sentence, phrase, role, text=text) is not None or len(found) > 1
        ):
            return found
    return []
