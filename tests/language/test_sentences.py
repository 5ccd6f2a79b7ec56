from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_ie.language.abbreviations import abbreviations, sentence_starters
from policy_ie.language.sentences import paragraph_spans, sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "marked",
    [
        # ordinals and dates
        "Am 3. Mai beginnt der Bau.|Er endet am 12./13. Juni.",
        "Das 2. Quartal war gut.|Im 3. Quartal wird es besser.",
        "Vom 9.11. bis zum 12.11. tagt der Rat.|Danach ist Pause.",
        "Die Sitzung endet am 3. 5. 2019 um 20.30 Uhr.|Der Rat tagt wieder im Juli.",
        "Es war der 1.000. Besucher.|Die Stadt zählt 1.000.",
        "Die Förderung endet 2017.|Ministerin Müller dankte.",
        "Sie kommt auf Platz 3.|Der Kreis folgt auf Platz 4.",
        "Karl der IV. von Böhmen regierte hier.|Unter Heinrich II. wurde gebaut.",
        # abbreviations, initials
        "Das betrifft z. B. Kitas, u. a. in Köln.|Die Stadt zahlt.",
        "Frau Prof. Dr. Müller, Minister a. D. Schmidt und J. K. Meier kamen.|Sie blieben.",
        "Es gibt 3,5 Mio. Euro.|Bisher waren es 2 Mio.|Die Stadt freut sich.",
        "Nach Abs. 3 der Satzung gilt das.|Nr. 5 gilt nicht.",
        "Der Verein Muster e. V. hilft.|Die gGmbH auch.",
        "Es kommen S.E. Der Botschafter und I. E. Die Konsulin.|Sie bleiben.",
        "Das Amt liegt in der Bahnhofstr. 5.|Es öffnet um 8.|Um 12 schließt es.",
        "Schulen, Kitas usw. sind offen.|Sie bleiben es usw.|Das gilt.",
        "Die Kreis- bzw. Stadträte tagten ca. drei Stunden.|Dann war Schluss.",
        "Rd. 500 Gäste waren da.|Sie kamen aus St. Ingbert.",
        # quotations
        "„Wir fördern das“, sagte sie.|Die Stadt dankte.",
        "„Wir fördern das!“, sagte sie.|„Wann?“, fragte er.",
        "„Das ist gut.|Wir machen weiter“, sagte sie.",
        "Sie sagte: „Das ist gut.“|Er nickte.",
        '"Das ist gut." Der Landrat nickte.'.replace('" D', '"|D'),
        "»Das ist gut.«|Die Stadt baut.",
        "Das Programm „Kein Kind zurücklassen!“ der Regierung endet.|Es war gut.",
        'Die Initiative "Kein Kind zurücklassen! Für ganz NRW" wird größer.|Das freut alle.',
        "Sie hat die Ausstellung „Unser Land. Orte und Wege“ eröffnet.|Das freut alle.",
        "Das Projekt heißt „Dorfladen“.|Der „Dorfladen“ wird größer.",
        "Er sagte: „Das ist gut.|Wir bleiben dran“ und ging.",
        "Wer „Wohin?“ fragt, bekommt Hilfe.|Das hilft.",
        # brackets and others
        "Das Land hilft (siehe Anlage).|(Die Anlage liegt bei.)|Danke.",
        "Der Bau beginnt bald ...|Dann geht es weiter.",
        "Mehr unter www.example.de/seite.html.|Die Seite ist neu.",
        "Der Rat hat beschlossen.Die Stadt baut.".replace(".D", ".|D"),
        "Schreiben Sie an max.muster@example.de oder rufen Sie an.|Danke!|Bis bald?|Ja.",
        # lines
        "Land fördert Kitas|Das Land gibt Geld.".replace("|", "\n|"),
        "Überschrift\n|\n|Text mit Punkt.\n|• Erster Punkt\n|• zweiter Punkt\n|- dritter Punkt\n|1. Vierter Punkt".replace(
            "|\n|", "\n|"
        ),
        "Köln\n|Bonn\n|Essen",
        "Kontakt:\n|Telefon: 0211\n|E-Mail: a@b.de",
    ],
)
def test_marked(marked: str) -> None:
    text = "".join(part if part.endswith(("\n", ".D")) else part + " " for part in marked.split("|")).rstrip()
    if "beschlossen." in marked:
        text = marked.replace("|", "")
    assert sentences(text) == [part.strip() for part in marked.split("|")]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Das Land unterstützt den Neubau der Grundschule in Musterdorf mit\n"
        "1,2 Millionen Euro, wie das Ministerium mitteilte. Die Arbeiten\n"
        "sollen im Herbst beginnen und zwei Jahre dauern; gebaut wird ab 3.\n"
        "Mai.\n"
        "\n"
        "Die Leitung hat\n"
        "Frau Müller"
    )
    assert len(paragraph_spans(text)) == 3
    assert sentences(text) == [text[:116], text[117:201], "Die Leitung hat", "Frau Müller"]


def test_a_line_that_cannot_end_goes_on() -> None:
    assert len(paragraph_spans("Die Ministerin verleiht den Orden an die\nFuldaer Ärzte Eva Els und\nJan Groß.")) == 1
    assert len(paragraph_spans("Land bietet Hilfe an\nMinisterin stellt Pläne vor\nAnträge für\n• Vereine")) == 4


def test_headline_over_two_lines_of_a_wrapped_text() -> None:
    text = "Eine Überschrift, die so lang ist, dass sie auf zwei Zeilen steht und\nweiter geht als eine Zeile\n\nText und\nmehr"
    assert sentences(text)[0].endswith("als eine Zeile")


def test_every_abbreviation_in_its_example() -> None:
    lines = (files("policy_ie.language") / "abbreviations.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        abbreviation, ends, example = line.split("\t")
        assert abbreviation in example
        assert ends in ("never", "sometimes")
        assert len(sentences(f"Wir sagen: {example}.")) == 1, example
        if ends == "sometimes":
            assert len(sentences(f"Hier steht {abbreviation} Der Rat tagt.")) == 2, abbreviation


def test_words_that_end_like_abbreviations_end_sentences() -> None:
    for word in ("Land", "NRW", "SPD", "GmbH", "EU", "Rat", "Art", "Tal", "hat", "Uhr", "Prozent", "Kiel"):
        if word != "Art":  # "Art." is Artikel
            assert len(sentences(f"Das ist so in {word}. Die Stadt baut.")) == 2, word


def test_lists_have_no_duplicates() -> None:
    lines = (files("policy_ie.language") / "abbreviations.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(abbreviations()) == len(lines)
    assert all(word[0].isupper() for word in sentence_starters())


@given(st.text(alphabet="aB. !?\n\r„“\"'()1.,;:…-•Dr\u00a0", max_size=300) | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_sentences_cover_any_text(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text):
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        assert not text[start].isspace()
        assert not text[stop - 1].isspace()
        end = stop
    assert not text[end:].strip()


@given(st.text(alphabet="aB. \n\r\x0b\x0c\x85\u2028•-1", max_size=200))
@settings(max_examples=200, deadline=None)
def test_paragraphs_cover_any_text(text: str) -> None:
    end = 0
    for start, stop in paragraph_spans(text):
        assert end <= start < stop
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()
