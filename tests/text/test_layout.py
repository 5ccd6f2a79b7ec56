from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_ie.records import PublishedFrom, SectionKind
from policy_ie.text import Layout, read_layout


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"text_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


pages = _load("pages")


def kind_at(layout: Layout, offset: int) -> SectionKind:
    return next(s.kind for s in layout.sections if s.start <= offset < s.end)


def check_cover(text: str, layout: Layout) -> None:
    """Sections are in order, do not overlap, and leave nothing out but white space."""
    end = 0
    for section in layout.sections:
        assert end <= section.start < section.end <= len(text)
        assert not text[end : section.start].strip()
        end = section.end
    assert not text[end:].strip()


@pytest.mark.parametrize("sheet", pages.SHEETS, ids=lambda sheet: sheet.name)
def test_sheet(sheet) -> None:  # type: ignore[no-untyped-def]
    layout = read_layout(sheet.text)
    check_cover(sheet.text, layout)
    assert layout.published == sheet.published
    assert layout.title is not None
    assert sheet.text[slice(*layout.title)] == sheet.title
    assert layout.language == "de"
    assert layout.warnings == []
    if sheet.publisher:
        assert layout.publisher
        assert sheet.text[slice(*layout.publisher)] == sheet.publisher
    offset = 0
    seen = set()
    for line in sheet.text.split("\n"):
        for beginning, kinds in sheet.kinds.items():
            if line.startswith(beginning):
                seen.add(beginning)
                allowed = kinds if isinstance(kinds, tuple) else (kinds,)
                if sheet.text.count(line) > 1:
                    allowed = (*allowed, SectionKind.DUPLICATE)
                assert kind_at(layout, offset) in allowed, line
        offset += len(line) + 1
    assert seen == set(sheet.kinds)


@pytest.mark.parametrize("sheet", pages.SHEETS, ids=lambda sheet: sheet.name)
def test_running_text_stays(sheet) -> None:  # type: ignore[no-untyped-def]
    """No sentence of the release is taken for the site's."""
    layout = read_layout(sheet.text)
    for sentence in (pages.BODY, pages.MORE):
        place = sheet.text.find(sentence)
        if place >= 0:
            assert kind_at(layout, place) in pages.RUNNING


FOOTER = """

Weitere Informationen
Seite drucken
Teilen auf Facebook
Impressum | Datenschutz | Barrierefreiheit
© 2024 Land Beispielland"""


@pytest.mark.parametrize("sheet", pages.SHEETS, ids=lambda sheet: sheet.name)
def test_footer_changes_nothing(sheet) -> None:  # type: ignore[no-untyped-def]
    before, after = read_layout(sheet.text), read_layout(sheet.text + FOOTER)
    assert (after.published, after.title, after.publisher) == (before.published, before.title, before.publisher)
    running = (SectionKind.TITLE, SectionKind.LEAD, SectionKind.BODY, SectionKind.LIST)
    for paragraph in before.paragraphs:
        was, now = kind_at(before, paragraph[0]), kind_at(after, paragraph[0])
        assert (was in running) == (now in running)


def test_second_copy_is_a_duplicate() -> None:
    sheet = next(s for s in pages.SHEETS if "twice" in s.name)
    layout = read_layout(sheet.text)
    first, second = sheet.text.find(pages.BODY), sheet.text.rfind(pages.BODY)
    assert kind_at(layout, first) is SectionKind.BODY
    assert kind_at(layout, second) is SectionKind.DUPLICATE
    assert kind_at(layout, sheet.text.rfind("Land fördert")) is SectionKind.DUPLICATE


def test_repeated_rows_are_no_duplicates() -> None:
    rows = "Musterdorf\n50.000 Euro für den Straßenbau\nProbestadt\n50.000 Euro für den Straßenbau"
    text = f"Land fördert Straßen\n\n{pages.LEAD}\n\n{rows}"
    layout = read_layout(text)
    assert {kind_at(layout, text.find(r)) for r in ("Musterdorf\n", "Probestadt", "50.000")} <= set(pages.RUNNING)
    assert kind_at(layout, text.rfind("50.000")) in pages.RUNNING


def test_order_of_trust() -> None:
    text = f"Titel der Meldung von heute\n\n9. Mai 2020\n\n{pages.LEAD}\n\nBonn, 8. Mai 2020. {pages.BODY}"
    assert read_layout(text).published_from is PublishedFrom.DATELINE
    noted = text + "\n\nQuelle: Pressemitteilung der Stadt Bonn vom 7.5.2020"
    assert (read_layout(noted).published, read_layout(noted).published_from) == (dt.date(2020, 5, 7), PublishedFrom.SOURCE_NOTE)
    bare = f"Titel der Meldung\n\n{pages.LEAD}"
    dated = read_layout(bare, metadata_date=dt.date(2020, 5, 6))
    assert (dated.published, dated.published_from) == (dt.date(2020, 5, 6), PublishedFrom.METADATA)
    assert read_layout(f"9. Mai 2020\n{bare}", metadata_date=dt.date(2020, 5, 6)).published == dt.date(2020, 5, 9)


def test_title_hint_of_a_page() -> None:
    text = f"Neues aus dem Rathaus der Stadt\nWir bauen eine Schule\n\n{pages.LEAD}"
    layout = read_layout(text, title_hint="Wir bauen eine Schule | Stadt Musterstadt")
    assert layout.title
    assert text[slice(*layout.title)] == "Wir bauen eine Schule"


@pytest.mark.parametrize(
    "text",
    [
        "Startseite\nKontakt\nImpressum\nSuche",
        "Köln\nBonn\nEssen",
        "mehr",
        "12. Mai 2019",
        "Mo Di Mi Do Fr Sa So\n1 2 3 4 5 6 7",
    ],
)
def test_page_without_release(text: str) -> None:
    layout = read_layout(text)
    assert "no_release" in {w.code for w in layout.warnings}
    check_cover(text, layout)


def test_other_language_warns() -> None:
    layout = read_layout(
        "The council has approved the new school, and the mayor said that it will be built in the autumn of this year."
    )
    assert layout.language == "en"
    assert [w.code for w in layout.warnings] == ["language"]


LINES = st.sampled_from(
    [
        pages.LEAD, pages.BODY, pages.MORE, "", "Aktuelles", "Kontakt", "mehr", "Quelle:", "12.05.2019",
        "Land fördert Schule", "Berlin, 3. Mai 2019",
        "• Musterdorf: 30.000 Euro", "Telefon: 0211 1", "Weitere Meldungen", "Über die Stiftung", "© Land",
        "weiterlesen", "###A###", "Pressemitteilung",
        "Stadt Köln", "(", "„", "\x00", "1. ", "Seite 1 von 3", pages.LEAD[:80] + "...",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\n\n", "\r\n", " \n\t"]))
@settings(max_examples=200, deadline=None)
def test_any_order_of_lines_is_covered(lines: list[str], separator: str) -> None:
    text = separator.join(lines)
    layout = read_layout(text)
    check_cover(text, layout)
    assert layout == read_layout(text)
    if layout.title:
        start, end = layout.title
        assert kind_at(layout, start) is SectionKind.TITLE
        assert text[start:end].strip()


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_covered(text: str) -> None:
    check_cover(text, read_layout(text))


@pytest.mark.parametrize(
    "line",
    [
        "31000 Euro für Vereine der Stadt",
        "25000 Besucher beim Stadtfest",
        "Radweg 7 Kilometer lang",
        "Neuer Platz 2019 eröffnet",
    ],
)
def test_a_headline_with_a_number_is_no_address(line: str) -> None:
    layout = read_layout(f"{line}\n\n{pages.LEAD}\n\n{pages.BODY}")
    assert layout.title == (0, len(line))


def test_address_below_the_text_is_contact() -> None:
    text = (
        f"{pages.LEAD}\n\n{pages.BODY}\n\nLandratsamt Musterkreis\nBeispielstraße 5 a\n12345 Bad Muster am Berg\nTel. 0211 000"
    )
    layout = read_layout(text)
    assert layout.sections[-1].kind is SectionKind.CONTACT
    assert text[layout.sections[-1].start :].startswith("Landratsamt")


def test_a_sum_grouped_by_spaces_is_no_telephone() -> None:
    layout = read_layout("Das Land fördert die Halle mit 1 080 000 Euro.")
    assert all(section.kind is not SectionKind.CONTACT for section in layout.sections)
    layout = read_layout(f"{pages.LEAD}\n\n{pages.BODY}\n\nPressestelle 0211 000000")
    assert layout.sections[-1].kind is SectionKind.CONTACT


def test_dated_line_of_a_ministry() -> None:
    text = f"Medieninformationen\n• Thüringer Ministerium für Umwelt 22.09.2017\nKlima-Haus öffnet wieder\n{pages.LEAD}"
    assert read_layout(text).published == dt.date(2017, 9, 22)


def test_contact_in_the_letterhead() -> None:
    head = "Pressestelle\nTelefon: 0211 000\n3. Mai 2019\nLand fördert Grundschule\nNeubau in Musterdorf"
    text = f"{head}\n\n{pages.LEAD}\n\n{pages.BODY}"
    layout = read_layout(text)
    assert layout.title
    assert text[slice(*layout.title)] == "Land fördert Grundschule"
    assert layout.published == dt.date(2019, 5, 3)
    assert kind_at(layout, text.index("Neubau")) in pages.RUNNING
    assert kind_at(layout, text.index(pages.LEAD)) is SectionKind.LEAD


def test_short_last_paragraph_before_a_second_copy_stays() -> None:
    release = f"Land fördert Grundschule\n\n{pages.LEAD}\n\n„Das freut alle“, sagte Beispiel."
    layout = read_layout(f"{release}\n\n{release}")
    kinds = [kind_at(layout, start) for start, _ in layout.paragraphs]
    assert kinds[:3] == [SectionKind.TITLE, SectionKind.BODY, SectionKind.BODY]
    assert set(kinds[3:]) == {SectionKind.DUPLICATE}


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("Thüringer Staatskanzlei 12.12.2017", "Thüringer Staatskanzlei"),
        (
            "Senatskanzlei Freie Hansestadt Bremen, 24.09.2021",
            "Senatskanzlei Freie Hansestadt Bremen",
        ),
        (
            "Ministerium für Soziales, Bau und Verkehr 3.5.2019",
            "Ministerium für Soziales, Bau und Verkehr",
        ),
        ("Ministerium für Gesundheit, Berlin, 24.06.2015", "Ministerium für Gesundheit"),
        ("122/2020\nErstellt von Thüringer Staatskanzlei", "Thüringer Staatskanzlei"),
        ("Erstellt von Anna Meier", None),
        ("Magdeburg, 12.12.2017", None),
        # Rows of portals.
        ("03.05.2019  | LM  | Ministerium für Landwirtschaft und Umwelt", "Ministerium für Landwirtschaft und Umwelt"),
        ("| Ministerium für Arbeit, Energie und Verkehr | Wirtschaft", "Ministerium für Arbeit, Energie und Verkehr"),
        ("Medieninfo vom: 03.05.2019 | Staatskanzlei", "Staatskanzlei"),
        (
            "Niedersächsische Staatskanzlei Niedersachsen klar Logo",
            "Niedersächsische Staatskanzlei",
        ),
        ("03.05.2019 Pressemeldung Thüringer Kultusministerium", "Thüringer Kultusministerium"),
        ("60/2018 Erstellt von Thüringer Staatskanzlei", "Thüringer Staatskanzlei"),
        ("Pressestelle, Staatskanzlei Nordrhein-Westfalen, 03.05.2019", "Staatskanzlei Nordrhein-Westfalen"),
        ("Pressemitteilung vom: 03.05.2019 von der Firma Hessische Landesregierung aus Wiesbaden", "Hessische Landesregierung"),
        ("Ort: Bürgerhaus Werl", None),
    ],
)
def test_publisher_of_the_letterhead(head: str, publisher: str | None) -> None:
    text = f"Land fördert Grundschule\n\n{head}\n\n{pages.LEAD}\n\n{pages.BODY}"
    found = read_layout(text).publisher
    assert (text[slice(*found)] if found else None) == publisher
    assert read_layout(text).title == (0, 24)


@pytest.mark.parametrize(
    ("foot", "publisher"),
    [
        (
            "Impressum:\nStaatskanzlei des Landes Sachsen-Anhalt\nPressestelle\nMusterweg 4",
            "Staatskanzlei des Landes Sachsen-Anhalt",
        ),
        (
            "Impressum:Ministerium für Sport des Landes Sachsen-AnhaltVerantwortlich:Eva Muster",
            "Ministerium für Sport des Landes Sachsen-Anhalt",
        ),
        ("Pressestelle im\nMinisterium für Gesundheit", "Ministerium für Gesundheit"),
        ("Stadt Essen\nPresse- und Kommunikationsamt\nTel. 0201 00", "Stadt Essen"),
        ("Landratsamt Harzberg", "Landratsamt Harzberg"),
        ("Pressekontakt: Pressestelle Landkreis Kassel, Eva Muster", "Landkreis Kassel"),
        ("Eva Muster, Pressesprecherin beim Senator für Kultur, Tel.: 0421 00", "Senator für Kultur"),
        ("(Pressemitteilung Ministerium für Umwelt und Weinbau vom 17.12.2015)", "Ministerium für Umwelt und Weinbau"),
        # Who gets money is no publisher.
        ("Gefördert werden:\nStadt Essen\n3.000 Euro\nLandkreis Kassel\n2.000 Euro", None),
        ("Stadt Essen\n• Eva Muster\n• Karl Probe\nLandkreis Kassel\n• Anna Meier", None),
    ],
)
def test_publisher_of_the_foot(foot: str, publisher: str | None) -> None:
    text = f"Schule gebaut\n\n{pages.LEAD}\n\n{foot}"
    found = read_layout(text).publisher
    assert (text[slice(*found)] if found else None) == publisher


@pytest.mark.parametrize(
    ("head", "title"),
    [
        # Contact data and hints above the text are no headline.
        (
            "Schulbau im Kreis Soest geht voran\n\nArtikel-Informationen\nerstellt am:\n16.09.2025\nAnsprechpartner/in:\n"
            "Kommunikation, Presse\nNds. Ministerium für Inneres und Sport",
            "Schulbau im Kreis Soest geht voran",
        ),
        (
            "Einladung zum Gespräch über Schulen\n\n3.5.2013\n\nWo:   Staatskanzlei, Presseraum 150",
            "Einladung zum Gespräch über Schulen",
        ),
        # The word "Pressemitteilung" may stand below the headline …
        ("Es geht weiter am Bahnhof mit Geld\n\nPressemitteilung\n22.03.2019", "Es geht weiter am Bahnhof mit Geld"),
        # … and mostly stands above it, below the menu.
        ("Alles über unsere Stadt und mehr\nPressemitteilung\n22.03.2019\nGeld für Schule ist da", "Geld für Schule ist da"),
        # What portals print in their own cause is none.
        ("Start >> Presse >> Presseinformationen\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("Regierung des Saarlandes und mehr Logo\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("Medieninformationen - Detail\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("Hinweise    Inhalt    Suche\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        (
            "Startwebsite des Internetauftritts des Regierungspräsidiums Gießen\n\nGeld für Schule ist da",
            "Geld für Schule ist da",
        ),
        ("Ministerin Muster spricht mit Lehrern Foto: Stadt Werl\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("Der Bürgermeister von Mitte, Karl Probe, informiert:\nGeld für Schule", "Geld für Schule"),
        # Sentences in quotation marks do not make a headline a text, not even where the marks are lost.
        ("Neuer Bericht „Gutes Wasser. Gute Luft. Gutes Land.“ für den Kreis vorgelegt",) * 2,
        ("?Ein schönes Fest? Minister Muster besucht ?Tag der Vereine?",) * 2,
        ("20. Medientage in der Landesvertretung in Berlin", "20. Medientage in der Landesvertretung in Berlin"),
        ("12. Wettbewerb der schönen Dörfer\n\nMuster zeichnet die Sieger aus", "Muster zeichnet die Sieger aus"),
        ("Neue Brücke eröffnet\n\nDer Kreis Soest spart nun viele Wege und viel Zeit", "Neue Brücke eröffnet"),
        ("Muster empfing den Botschafter\nStationen der Reise\nBesuch im Werk\n© StK", "Muster empfing den Botschafter"),
        ("Externer Inhalt von ##teaser##\n##text##\nNeue Brücke eröffnet", "Neue Brücke eröffnet"),
        ("Land fördert St. Anna mit 3,3 Mio. Euro und dankt Dr. Muster aus Werl für alles",) * 2,
        (
            "Werl und Soest erhalten viel Geld\nMuster übergibt Bescheide\n\nMuster übergibt Bescheide",
            "Werl und Soest erhalten viel Geld",
        ),
        (
            "Startseite Presse Meldungen Neue Brücke ist nun eröffnet\n\nNeue Brücke ist nun eröffnet",
            "Neue Brücke ist nun eröffnet",
        ),
        ("Meldungen aus dem Landratsamt\n\nKreis baut Radweg nach Werl", "Kreis baut Radweg nach Werl"),
        ("Ministerpräsidentin und Staatskanzlei\n\nKreis baut Radweg nach Werl", "Kreis baut Radweg nach Werl"),
        ("Muster und Probe am neuen Radweg (Foto: Kreis)\n\nKreis baut Radweg nach Werl", "Kreis baut Radweg nach Werl"),
        # The date behind it is no part of it.
        ("Schule in Werl geht weiter (03.05.2006)", "Schule in Werl geht weiter"),
        ("Schule in Werl geht weiter 21.03.2017, Magdeburg – 20\n- Ministerium für Sport", "Schule in Werl geht weiter"),
        ("Nr.26/21  | 05.11.2021  | EM  | Ministerium für Bau und Verkehr\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("60/2018 Erstellt von Thüringer Staatskanzlei\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("Landkreis Harzberg /\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("Eröffnung des Radwegs - Stadt Essen", "Eröffnung des Radwegs - Stadt Essen"),
        ("Pressemitteilungen des Ministeriums für Justiz und Kultur\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("| Ministerium für Verkehr und Energie | Straßen, Brücken\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("Ministerium für Verkehr und Energie : Thema: Straßen\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("Thüringer Ministerium für Verkehr und ländlichen Raum\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        ("03.05.2019Thüringer Ministerium für Verkehr und Energie\n\nGeld für Schule ist da", "Geld für Schule ist da"),
        (
            "Bundesministerium für Verkehr und Bau - Berlin, 8. April 2011 - Ausbau des Netzes\n\nGeld für Straßen ist da",
            "Geld für Straßen ist da",
        ),
        # The subject stands above the headline; a voice on it stands below.
        (
            "Radwege in der Börde\n\nMeier: Land fördert Ausbau der Wege bis Werl",
            "Meier: Land fördert Ausbau der Wege bis Werl",
        ),
        ("Radwege für die Börde\n\nMeier: „Ein guter Tag für den Kreis und seine Leute“", "Radwege für die Börde"),
        ("1. Spatenstich für die Ortsdurchfahrt - Veröffentlicht am 06.04.2018", "1. Spatenstich für die Ortsdurchfahrt"),
        ("Neue Landesregierung in Erfurt gebildet", "Neue Landesregierung in Erfurt gebildet"),
        # What a portal hangs on a headline is no part of it.
        ("Stadtumbau in Brandenburg an der Havel - Veröffentlicht am 23.07.2019", "Stadtumbau in Brandenburg an der Havel"),
        ("Stadtumbau – Bürger reden mit im Juli 2019", "Stadtumbau – Bürger reden mit im Juli 2019"),
        # As long as a sentence, before a date line; below the sentence that says where the news are from.
        (
            "Einweihung des Radwegs beim Gasthof in Werl – Landrat Dr. Meier: „Eine gute Lösung, mit der die Lücke der Wege "
            "zwischen Werl und Soest geschlossen wird“\n\nKreis Soest, 15.5.2015",
            "Einweihung des Radwegs beim Gasthof in Werl – Landrat Dr. Meier: „Eine gute Lösung, mit der die Lücke der Wege "
            "zwischen Werl und Soest geschlossen wird“",
        ),
        (
            "Aus der Kabinettssitzung vom 6. Februar 2024\n\nDie Landesregierung kam heute zu einer Sitzung in Werl zusammen."
            "\n\nKabinett stimmt neuem Schulgesetz zu",
            "Kabinett stimmt neuem Schulgesetz zu",
        ),
        ("Die Landesregierung kam heute zu einer auswärtigen Sitzung in Werl zusammen.\n\nNeues Gesetz", None),
    ],
)
def test_headline_among_other_lines(head: str, title: str | None) -> None:
    text = f"{head}\n\n{pages.LEAD}\n\n{pages.BODY}"
    found = read_layout(text).title
    assert (text[slice(*found)] if found else None) == title


def test_dates_that_portals_write() -> None:
    def published(head: str, first: str = "") -> dt.date | None:
        return read_layout(f"{head}\n\n{first}{pages.LEAD}\n\n{pages.BODY}").published

    assert published("Stadtumbau geht weiter - Veröffentlicht am 23.07.2019") == dt.date(2019, 7, 23)
    assert published("Dresden, 12.05.2022, 13:24 Uhr\n\nStadtumbau geht weiter im Norden") == dt.date(2022, 5, 12)
    assert published("Stadtumbau geht weiter im Norden\n\nDresden, 12.05.2022, 13:24 Uhr") is None
    assert published("Stadtumbau geht weiter", "Am 21.07.2025 machte die Ministerin für Schule in Werl Halt. ") == dt.date(
        2025, 7, 21
    )
    assert published("[Ministerium für Wirtschaft – 04.07.2012] Stadtumbau geht weiter") == dt.date(2012, 7, 4)
    assert published("Typ: Meldung , Thema: Stadt und Ministerium , Datum: 15.03.2018\n\nUmbau") == dt.date(2018, 3, 15)
    assert published("Umbau", "Meldung vom 19.07.2024 Am Dienstag kam die Ministerin. ") == dt.date(2024, 7, 19)
    assert published("Umbau geht weiter (23.07.2019)") == dt.date(2019, 7, 23)
    assert published("Umbau geht weiter 23.07.2019, Halle (Saale) – 20\n- Ministerium für Sport") == dt.date(2019, 7, 23)
    assert published("Umbau\n72/2019", "WERL. Die Ministerin war heute (23. Juli) da. ") == dt.date(2019, 7, 23)
    assert published("Umbau\n72/2019") is None
    # What the text calls today counts more than the day on which a portal took it in.
    assert published("Umbau\n24.07.2019", "WERL. Die Ministerin war heute (23. Juli 2019) da. ") == dt.date(2019, 7, 23)
    assert published("Umbau", "Am 21.07.2025 wird die Ministerin für Schule in Werl halten. ") is None


def test_date_and_origin_below_the_text() -> None:
    release = f"Stadtumbau geht weiter\n\n{pages.LEAD}\n\n{pages.BODY}"
    assert read_layout(f"{release}\n\nArtikel-Informationen\nerstellt am:\n09.04.2013").published == dt.date(2013, 4, 9)
    assert read_layout(f"{release}\n\nEinsendeschluss:\n09.04.2013").published is None
    assert read_layout(f"{release} 09.04.2013").published == dt.date(2013, 4, 9)
    text = f"{release}\n\nQuelle Pressemitteilung: Landkreis Kassel (Hofgeismar)"
    found = read_layout(text).publisher
    assert found
    assert text[slice(*found)] == "Landkreis Kassel"
    assert read_layout(f"{release}\n\nQuelle: Anna Meier").publisher is None
