from __future__ import annotations

import datetime as dt

import pytest

from policy_ie.text.dates import bracket_date, dateline, header_date, inner_dateline, labelled_date, sentence_date, today_date

DAY = dt.date(2019, 5, 3)


@pytest.mark.parametrize(
    "line",
    [
        "3. Mai 2019",
        "03.05.2019",
        "3.5.19",
        "2019-05-03",
        "Freitag, 3. Mai 2019",
        "Fr 03.05.2019",
        "Datum: 03.05.2019",
        "vom 3. Mai 2019",
        "Berlin, den 3. Mai 2019",
        "Erfurt | 3. Mai 2019 | 45/2019",
        "Hannover. 03.05.2019",
        "03.05.2019 | Verwaltung | Nachricht",
        "03.05.2019, 15:20 Uhr — Erstveröffentlichung (aktuell)",
        "03.05.2019 || 12:49",
        "03.05.2019 – 17:03",
        "03.05.2019, — Artikel ausdrucken E-Mail verschicken",
        "3. Mai 2019 Pressemitteilung",
        "Nr. 045 / 03.05.2019",
        "PI 123/2019 - 3.5.2019",
        "Pressemitteilung Nr. 123/2019 vom 3. Mai 2019",
        "PresseInformation der Niedersächsischen Staatskanzlei vom 03.05.2019",
        "Presseerklärung Nr. 22 vom 3.5.2019",
        "Veröffentlicht am Fr 03.05.2019",
        "Erschienen am: 03.05.2019",
        "Stand: 3. Mai 2019",
        "Thüringer Staatskanzlei 03.05.2019",
        "03.05.2019Thüringer Ministerium für Umwelt, Energie und Naturschutz",
        "Ministerium für Umwelt, Energie und Naturschutz 03.05.2019",
        "3 Mai2019",
    ],
)
def test_date_lines(line: str) -> None:
    assert header_date(line) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "gedruckt am 03.05.2019",
        "| Aktualisierung: 3. Mai 2019",
        "Letzte Änderung: 03.05.2019",
        "Abgerufen am 3. Mai 2019",
        "Termin: 3. Mai 2019",
        "Wann: 03.05.2019",
        "Bewerbungsschluss: 3. Mai 2019",
        "bis 3. Mai 2019",
        "Anträge bis zum 3. Mai 2019",
        "ab dem 3. Mai 2019",
        "3. Mai 2019, 10:00 bis 12:00 Uhr",
        "1. bis 3. Mai 2019",
        "3. bis 5. Mai 2019",
        "31.02.2019",
        "99.99.2019",
        "3. Mai",
        "Mai 2019",
        "1.1.1.1",
        "Die Ministerin eröffnete die neue Brücke in Musterstadt am 3. Mai 2019 und lobte die Arbeiter",
    ],
)
def test_no_date_lines(line: str) -> None:
    assert header_date(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Hamburg, 3. Mai 2019. Der Senat tagt.",
        "Berlin/Lüneburg, 03.05.2019 - Das Land hilft.",
        "(Düsseldorf) 3. Mai 2019 Das Land hilft.",
        "Magdeburg, den 3. Mai 2019",
        "Frankfurt am Main, 3. Mai 2019 – Das Land hilft.",
        "St. Ingbert, 03.05.2019",
        "München, 03.05.2019Das Land hilft.",
        "Kiel (dpa/lno), 3. Mai 2019 – Das Land hilft.",
        "Bad Homburg v.d.H., 3. Mai 2019",
        "Wiesbaden, Freitag, den 3. Mai 2019",
        "- Mainz, 3. Mai 2019 -",
    ],
)
def test_datelines(line: str) -> None:
    assert dateline(line) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Am Freitag, 3. Mai 2019, kam der Minister.",
        "Freitag, 3. Mai 2019",
        "Seit Montag, 3. Mai 2019, gilt das.",
        "Düsseldorf, 3. Mai 2019, 10 Uhr bis 12 Uhr",
        "Zum 3. Mai 2019 wird das Gesetz geändert.",
        "Die Stadt Köln hat am 3. Mai 2019 beschlossen",
        "Datum, 3. Mai 2019",
        "Termin, 3. Mai 2019",
        "Berlin, im Mai 2019",
        "Freigabe am Montag, 3. Mai 2019",
    ],
)
def test_no_datelines(line: str) -> None:
    assert dateline(line) is None


def test_letterhead_in_the_line() -> None:
    assert inner_dateline("Staatskanzlei - Pressemitteilung Nr.: 7/06 Magdeburg, den 3. Mai 2019 Land hilft") == DAY
    twice = "Staatskanzlei - Pressemitteilung Nr.: 7/06 " * 2
    assert inner_dateline(f"{twice}Magdeburg, den 3. Mai 2019 Land hilft") == DAY
    assert inner_dateline("Der Kreis Soest - Pressemitteilung vom 03.05.2019 - baut einen Radweg.") == DAY
    assert inner_dateline("Mehr in der Pressemitteilung des Ministeriums vom 03.05.2019 und auf der Seite.") is None


def test_brackets_and_labels() -> None:
    assert bracket_date("Das Land hilft. (03.05.2019)") == DAY
    assert bracket_date("Das Gesetz (vom 3. Mai 2019) gilt.") is None
    assert labelled_date("Veröffentlicht: 03.05.2019") == DAY
    assert labelled_date("Sommerfest 03.05.2019") is None


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Die Ministerin hat heute (3. Mai 2019) die Brücke eröffnet.", DAY),
        ("Soest. Am heutigen Freitag (3. Mai 2019) kam der Minister.", DAY),
        ("Das hat der Senat heute, am 3. Mai 2019, entschieden.", DAY),
        ("Das Programm läuft von heute bis 3. Mai 2019.", None),
        ("Bis heute (3. Mai 2019) kamen 20 Anträge.", None),
        ("Heute gilt das Gesetz vom 3. Mai 2019.", None),
    ],
)
def test_the_day_a_text_calls_today(sentence: str, day: dt.date | None) -> None:
    assert today_date(sentence) == day


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Der Kreistag hat am 3. Mai 2019 den Haushalt beschlossen.", DAY),
        ("Das teilte das Ministerium am Freitag, 3. Mai 2019, mit.", DAY),
        ("Die Brücke wird am 3. Mai 2019 eröffnet.", None),
        ("Anträge können bis zum 3. Mai 2019 gestellt werden.", None),
        ("Das Gesetz vom 3. Mai 2019 hat sich bewährt.", None),
        ("Der Kreistag hat den Haushalt beschlossen.", None),
    ],
)
def test_first_sentences(sentence: str, day: dt.date | None) -> None:
    assert sentence_date(sentence) == day
