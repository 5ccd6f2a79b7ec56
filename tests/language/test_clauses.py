"""Clauses, phrases and their cases."""

import pytest

from policy_ie.language.clauses import parse
from policy_ie.language.verbs import common_verb_forms, verb
from policy_ie.language.words import ACC, DAT, GEN, NOM


def sentence(text):
    return parse(text, 0, len(text), [], common_verb_forms())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Das Land zahlt.", ["main"]),
        ("Das Land zahlt und fördert Vereine.", ["main", "main"]),
        ("Das Land, das Vereine fördert, zahlt.", ["main", "rel"]),
        ("Das Land zahlt, weil Geld fehlt.", ["main", "sub"]),
        ("Weil Geld fehlt, zahlt das Land.", ["main", "sub"]),
        ("Um zu helfen, zahlt das Land.", ["main", "inf"]),
        ("Das Land plant, die Schule zu bauen.", ["main", "inf"]),
        ("Das Land (es zahlt gern) hilft.", ["main", "paren"]),
        ("Das Land zahlt, die Stadt baut die Halle.", ["main", "main"]),
        ("Das Land fördert Schulen, Vereine und Theater.", ["main"]),
        ("Er besuchte die Schule und übergab einen Scheck.", ["main", "main"]),
        ("Das Land plant, die Schule zu bauen, berichtet der Landrat.", ["main", "inf", "main"]),
        ("Das Land fördert die Halle mit Geld – das ist die Hälfte.", ["main", "main"]),
        ("Das Land fördert die Halle mit Geld, das ist die Hälfte.", ["main", "main"]),
        ("Das Land fördert die Halle (Träger: Verein) mit Geld.", ["main", "paren"]),
        ("Das Land fördert eine Halle, in der", ["main"]),
        ("Es gibt einen Preis, um den sich Vereine, Kitas und Schulen bewerben können.", ["main", "rel"]),
    ],
)
def test_clauses(text, kinds):
    assert sorted(c.kind for c in sentence(text).clauses) == sorted(kinds)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Vereine können sich bis Montag, 3. Mai, für den Preis bewerben.", ["main"]),
        ("Die Ministerin wird am Montag, 3. Mai, die Schule besuchen.", ["main"]),
        ("Die Schule soll am Montag, 3. Mai, in Celle eröffnet werden.", ["main"]),
        ("Die Ministerin eröffnet am Montag, 3. Mai, die Vereine fördern, weil Geld fehlt.", ["main", "rel", "sub"]),
    ],
)
def test_a_modal_verb_waits_for_its_infinitive_behind_a_date(text, kinds):
    start = text.index("Montag")
    parsed = parse(text, 0, len(text), [(start, text.index(", ", start + 8), "date")], common_verb_forms())
    assert sorted(c.kind for c in parsed.clauses) == sorted(kinds)


def test_relative_clause_knows_its_antecedent():
    clause = sentence("Die Stadt, die eine Halle baut, zahlt.").clauses[1]
    assert clause.antecedent is not None
    assert clause.antecedent.head.text == "Stadt"


def test_shared_subject():
    clause = sentence("Das Land zahlt und fördert Vereine.").clauses[1]
    assert clause.shared == 0


@pytest.mark.parametrize(
    ("phrase", "cases"),
    [
        ("der Bund", NOM),
        ("der Stadt", GEN | DAT),
        ("dem Land", DAT),
        ("des Kreises", GEN),
        ("den Vereinen", DAT),
        ("einen Bescheid", ACC),
    ],
)
def test_cases(phrase, cases):
    assert sentence(f"Heute zahlt {phrase}.").phrases[0].cases == cases


def test_coordination():
    phrases = sentence("Das Land fördert Schulen, Vereine und Theater.").phrases
    assert len({p.chain for p in phrases[1:]}) == 1
    assert phrases[0].chain == -1


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("bereit|stellen", ["bereitstellt", "bereitgestellt", "bereitzustellen", "bereitgestellte"]),
        ("unter=zeichnen", ["unterzeichnet", "unterzeichnete", "unterzeichneten"]),
        ("entgegen|nehmen", ["entgegennahm", "entgegengenommen"]),
        ("verleihen", ["verleiht", "verlieh", "verliehen"]),
        ("investieren", ["investiert"]),
    ],
)
def test_verb_forms(name, forms):
    assert set(forms) <= set(verb(name).joined)
