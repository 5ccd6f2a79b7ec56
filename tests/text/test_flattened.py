"""Letterhead, headline and text that a portal prints in one line."""

from __future__ import annotations

import datetime as dt

import pytest

from policy_ie.records import PublishedFrom
from policy_ie.text.layout import read_layout

TITLE = "Kultusminister Berg weiht neue Schule in Stendal ein"
LEAD = "Das Land unterstützt den Neubau der Grundschule mit 1,2 Millionen Euro, wie das Ministerium weiter mitteilte."
BODY = "„Wir investieren in die Zukunft unserer Kinder“, sagte der Minister. Die Arbeiten haben im Herbst 2004 begonnen."
FIRST = "Der Minister hat die Schule heute eröffnet."


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(s.kind.value, text[s.start : s.end]) for s in read_layout(text).sections]


@pytest.mark.parametrize("times", [1, 2])
def test_headline_repeated_behind_the_letterhead_is_parted_from_the_text(times: int) -> None:
    letterhead = "Kultusministerium - Pressemitteilung Nr.: 7/06 " * times + "Magdeburg, den 3. Mai 2006"
    text = f": 7\nMagdeburg, den 02.05.2006\n\n{TITLE}\n\n{letterhead} {TITLE} {FIRST} {LEAD}\n\n{BODY}"
    kinds = _kinds(text)
    assert ("source_note", letterhead) in kinds
    assert kinds.count(("title", TITLE)) == 2  # names in the second count too
    assert any(kind == "lead" and words.startswith(FIRST) for kind, words in kinds)
    layout = read_layout(text)
    # The date that the portal prints above is the day on which it took in the release.
    assert (layout.published, layout.published_from) == (dt.date(2006, 5, 3), PublishedFrom.DATELINE)
    assert any(text[start:].startswith(FIRST) for start, _ in layout.paragraphs)


@pytest.mark.parametrize(
    "lead",
    [
        f"Unter dem Motto {TITLE} Schritt für Schritt kam der Kreis zusammen. {LEAD}",
        f"Kultusministerium - Pressemitteilung Nr.: 7/06 Magdeburg, den 3. Mai 2006 {TITLE} und lobt sie. {LEAD}",
    ],
)
def test_words_of_the_headline_inside_a_sentence_stay(lead: str) -> None:
    text = f"{TITLE}\n\n{lead}\n\n{BODY}"
    assert any(text[start:end] == lead for start, end in read_layout(text).paragraphs)


def test_dated_bracket_before_a_headline() -> None:
    bracket = "[Bundesministerium für Umwelt und Bau (BMUB) - 23.02.2015]"
    text = f"{bracket} Städte können sich mit Plänen bewerben\n{LEAD}\n\n{BODY}"
    layout = read_layout(text)
    assert layout.title
    assert text[slice(*layout.title)] == "Städte können sich mit Plänen bewerben"
    assert layout.publisher
    assert text[slice(*layout.publisher)] == "Bundesministerium für Umwelt und Bau"
    assert layout.published == dt.date(2015, 2, 23)
    assert _kinds(text)[0] == ("source_note", bracket)
    undated = f"[Aktualisiert 2015] Städte können sich bewerben\n{LEAD}\n\n{BODY}"
    assert _kinds(undated)[0][1].startswith("[Aktualisiert 2015] Städte")


def test_dateline_at_the_foot() -> None:
    release = f"Stadtumbau geht weiter\n\n{LEAD}\n\n{BODY}"
    assert read_layout(f"{release}\nWerl, 28.02.2019\nVeröffentlicht von:\nStadt Werl").published == dt.date(2019, 2, 28)
    assert read_layout(f"{release}\nWerl, 28.02.2019\nSoest, 02.03.2019\nTermine im Kreis").published is None
