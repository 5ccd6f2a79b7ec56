"""Invented releases in the forms in which German authorities print them; what they should be read as stands below each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from policy_ie.records import SectionKind

K = SectionKind

LEAD = "Das Land unterstützt den Neubau der Grundschule in Musterdorf mit 1,2 Millionen Euro, wie das Ministerium mitteilte."
BODY = (
    "„Wir investieren in die Zukunft unserer Kinder“, sagte Ministerin Erika Beispiel. Die Arbeiten sollen im Herbst "
    "beginnen und zwei Jahre dauern; die Gemeinde trägt 300.000 Euro der Kosten."
)
MORE = "Der Bürgermeister dankte dem Land für die Förderung. Mehr als 200 Kinder besuchen die Schule schon heute."


@dataclass(frozen=True)
class Sheet:
    """A page, and the kinds that the lines beginning with these words must have."""

    name: str
    text: str
    published: dt.date | None
    title: str | None
    kinds: dict[str, SectionKind | tuple[SectionKind, ...]] = field(default_factory=dict)
    publisher: str | None = None


RUNNING = (K.LEAD, K.BODY, K.LIST)
FRAME = (K.BOILERPLATE, K.CONTACT, K.SOURCE_NOTE, K.DUPLICATE)

SHEETS = [
    Sheet(
        "state portal",
        f"""Startseite
Presse
Pressemitteilungen

Land fördert Grundschule in Musterdorf

12. Juni 2019

{LEAD}

Ministerium für Schule

{LEAD}

{BODY}

{MORE}

Kontakt

Pressestelle
Telefon: 0211 000-00
E-Mail: presse [at] schule.example

Bei Bürgeranfragen wenden Sie sich bitte an: Telefon 0211 000-01.
Dieser Pressetext ist auch im Internet verfügbar unter der Adresse der Landesregierung.""",
        dt.date(2019, 6, 12),
        "Land fördert Grundschule in Musterdorf",
        {"Startseite": K.BOILERPLATE, "„Wir": K.BODY, "Der Bürger": K.BODY, "Kontakt": K.CONTACT, "Telefon": K.CONTACT,
         "Bei Bürger": K.CONTACT, "Dieser Pressetext": K.BOILERPLATE, "Ministerium für Schule": (K.DUPLICATE, K.BODY)},
    ),
    Sheet(
        "letterhead in one line",
        f"""Land fördert Grundschule in Musterdorf
Kultusministerium - Pressemitteilung Nr.: 084/03 Magdeburg, den 18. September 2003 \
Land fördert Grundschule in Musterdorf {LEAD} {BODY}""",
        dt.date(2003, 9, 18),
        "Land fördert Grundschule in Musterdorf",
        {"Kultusministerium": K.SOURCE_NOTE},
        "Kultusministerium",
    ),
    Sheet(
        "dateline",
        f"""Land fördert Grundschule in Musterdorf

Kiel, 3. März 2020 - {LEAD}

{BODY}

Verantwortlich für diesen Pressetext: Max Muster | Telefon 0431 000 | E-Mail: pressestelle@example.de""",
        dt.date(2020, 3, 3),
        "Land fördert Grundschule in Musterdorf",
        {"Kiel": RUNNING, "„Wir": RUNNING, "Verantwortlich": K.CONTACT},
    ),
    Sheet(
        "place in brackets",
        f"Land fördert Grundschule in Musterdorf\n\n(Düsseldorf) 3. März 2020 {LEAD}\n\n{BODY}",
        dt.date(2020, 3, 3),
        "Land fördert Grundschule in Musterdorf",
        {"(Düsseldorf": RUNNING},
    ),
    Sheet(
        "date and headline in one line",
        f"""Aktuelle Meldung

07.05.2019 | Schulbau: Land fördert Grundschule in Musterdorf

{LEAD}

{BODY}

zurück zur Übersicht""",
        dt.date(2019, 5, 7),
        "Schulbau: Land fördert Grundschule in Musterdorf",
        {"Aktuelle": K.BOILERPLATE, "07.05": K.TITLE, "zurück": K.BOILERPLATE},
    ),
    Sheet(
        "numbered release of a ministry",
        f"""Ministerium für Bildung und Kultur des Landes Beispielland

Presseinformation Nr. 123/2018 vom 27. Februar 2018

Land fördert Grundschule in Musterdorf

{LEAD}

{BODY}

Pressestelle
Beispielstraße 5
55116 Mainz
Telefon 06131 00-0""",
        dt.date(2018, 2, 27),
        "Land fördert Grundschule in Musterdorf",
        {"Ministerium für": K.SOURCE_NOTE, "Presseinformation": K.SOURCE_NOTE, "Pressestelle": K.CONTACT,
         "Beispielstraße": K.CONTACT,
         "55116": K.CONTACT},
        "Ministerium für Bildung und Kultur des Landes Beispielland",
    ),
    Sheet(
        "city portal",
        f"""Zum Inhalt springen
Menü
Suche
Sie sind hier: Rathaus > Presse > Pressearchiv
Stadt Musterstadt
Grundschule wird gebaut
Veröffentlicht am: 05.11.2021
{LEAD}
{BODY}
Seite drucken
Seite weiterempfehlen
Weitere Meldungen
04.11.2021
Weihnachtsmarkt öffnet am Montag
Der Weihnachtsmarkt der Stadt Musterstadt öffnet am Montag, und die Bürgermeisterin zündet die Lichter an.
03.11.2021
Sperrung der Hauptstraße
Die Hauptstraße ist von Montag an gesperrt, weil die Stadtwerke eine Leitung für 80.000 Euro erneuern.
Impressum
Datenschutz""",
        dt.date(2021, 11, 5),
        "Grundschule wird gebaut",
        {"Zum Inhalt": K.BOILERPLATE, "Sie sind": K.BOILERPLATE, "Stadt Musterstadt": K.SOURCE_NOTE,
         "Veröffentlicht": K.SOURCE_NOTE,
         "Seite": K.BOILERPLATE, "Weitere": K.BOILERPLATE, "Der Weihnachtsmarkt der": K.BOILERPLATE,
         "Die Hauptstraße": K.BOILERPLATE,
         "Impressum": K.BOILERPLATE},
        "Stadt Musterstadt",
    ),
    Sheet(
        "district with teasers",
        f"""Nr. 045 / 14.03.2021

Grundschule in Musterdorf wird gebaut

{LEAD}

{BODY}

-Ende-

Landrat besucht Feuerwehr

Der Landrat hat am Wochenende die Feuerwehr in Beispielhausen besucht und ihr für den Einsatz beim Hochwasser gedankt. mehr

Neue Busse für den Kreis

Der Kreis kauft zehn neue Busse für 3 Millionen Euro, die von Mai an fahren sollen. [mehr]""",
        dt.date(2021, 3, 14),
        "Grundschule in Musterdorf wird gebaut",
        {"Nr. 045": K.SOURCE_NOTE, "Landrat besucht": K.BOILERPLATE, "Der Landrat": K.BOILERPLATE,
         "Neue Busse": K.BOILERPLATE,
         "Der Kreis kauft": K.BOILERPLATE, "-Ende": K.BOILERPLATE},
    ),
    Sheet(
        "list of grants",
        f"""Land fördert 4 Schulen

Erfurt, 2. Mai 2022

{LEAD}

Die Förderungen im Einzelnen:
Musterdorf: 1,2 Millionen Euro
Beispielhausen: 800.000 Euro
Probestadt: 450.000 Euro
Testlingen: 300.000 Euro

{MORE}

Medieninformation der Staatskanzlei
Regierungsstraße 73, 99084 Erfurt""",
        dt.date(2022, 5, 2),
        "Land fördert 4 Schulen",
        {"Musterdorf": K.LIST, "Testlingen": K.LIST, "Der Bürgermeister": K.BODY},
    ),
    Sheet(
        "reprint with a source note, and the release twice",
        f"""Aktuelles

Land fördert Grundschule in Musterdorf

{LEAD} (14.06.2019)
{BODY}

Quelle: Pressemitteilung des Kultusministeriums vom 12.06.2019

Veranstaltungskalender
Juni
Mo Di Mi Do Fr Sa So
22 27 28 29 30 31 1 2
23 3 4 5 6 7 8 9

Land fördert Grundschule in Musterdorf

{LEAD} (14.06.2019)
{BODY}

gedruckt am 25.08.2023""",
        dt.date(2019, 6, 12),
        "Land fördert Grundschule in Musterdorf",
        {"Aktuelles": K.BOILERPLATE, "Quelle": K.SOURCE_NOTE, "Mo Di": K.BOILERPLATE, "22 27": K.BOILERPLATE,
         "gedruckt": K.BOILERPLATE},
        "Kultusministeriums",
    ),
    Sheet(
        "date only in the first sentence",
        f"Grundschule in Musterdorf\n\n"
        f"Der Kreistag hat am 12. März 2019 den Bau der Grundschule in Musterdorf beschlossen.\n\n{BODY}",
        dt.date(2019, 3, 12),
        "Grundschule in Musterdorf",
    ),
    Sheet(
        "no date of its own: an event, a deadline, a law",
        f"""Grundschule in Musterdorf

Termin: 12.03.2019, 10 Uhr

{LEAD} Anträge können bis zum 31. Oktober 2019 gestellt werden.

Das Gesetz vom 3. Mai 2018 regelt die Förderung. {BODY}""",
        None,
        "Grundschule in Musterdorf",
    ),
    Sheet(
        "bulletin board before the release",
        f"""In eigener Sache

Unser Portal wird gerade überarbeitet und bald in neuem Glanz erstrahlen, schauen Sie wieder vorbei.

Aktuelles

Land fördert Grundschule in Musterdorf

{LEAD}

{BODY}

{MORE}""",
        None,
        "Land fördert Grundschule in Musterdorf",
        {"Unser Portal": K.BOILERPLATE, "Aktuelles": K.BOILERPLATE, "Der Bürger": K.BODY},
    ),
    Sheet(
        "background after the contact",
        f"""Land fördert Grundschule in Musterdorf

Berlin, 4. April 2017

{LEAD}

{BODY}

Pressekontakt:
Erika Beispiel, Telefon 030 000000

Hintergrund:
Das Schulbauprogramm des Landes hat im Jahr 2016 begonnen; seither sind 40 Schulen mit 60 Millionen Euro gefördert worden.

© Land Beispielland""",
        dt.date(2017, 4, 4),
        "Land fördert Grundschule in Musterdorf",
        {"Pressekontakt": K.CONTACT, "Erika Beispiel": K.CONTACT, "Das Schulbauprogramm": K.BODY, "©": K.BOILERPLATE},
    ),
    Sheet(
        "hard-wrapped mail",
        """PRESSEMITTEILUNG
Nr. 12/2005
Schwerin, den 4. April 2005

Land fördert Grundschule in Musterdorf und erhöht die Mittel für
den Schulbau auf 60 Millionen Euro

Das Land unterstützt den Neubau der Grundschule in Musterdorf mit
1,2 Millionen Euro, wie das Ministerium mitteilte. Die Arbeiten
sollen im Herbst beginnen und zwei Jahre dauern.

Der Bürgermeister dankte dem Land für die Förderung. Mehr als
200 Kinder besuchen die Schule schon heute.""",
        dt.date(2005, 4, 4),
        "Land fördert Grundschule in Musterdorf und erhöht die Mittel für\nden Schulbau auf 60 Millionen Euro",
        {"PRESSE": K.BOILERPLATE, "1,2 Mill": RUNNING, "200 Kinder": RUNNING},
    ),
    Sheet(
        "teaser above the full text",
        f"""Land fördert Grundschule in Musterdorf

{LEAD[:90]} …

{LEAD} {BODY}

{MORE}""",
        None,
        "Land fördert Grundschule in Musterdorf",
        {f"{LEAD[:90]} …": K.DUPLICATE, "Der Bürger": K.BODY},
    ),
    Sheet(
        "cookie notice and social media",
        f"""Diese Website verwendet Cookies, um Ihnen die beste Nutzung zu ermöglichen, und speichert Ihre Auswahl.
Alle akzeptieren
Grundschule in Musterdorf wird gebaut
Stuttgart, 30.01.2024
{LEAD}
{BODY}
Teilen
Facebook
WhatsApp
Folgen Sie uns
Newsletter abonnieren
Sie können unseren Newsletter jederzeit bestellen.""",
        dt.date(2024, 1, 30),
        "Grundschule in Musterdorf wird gebaut",
        {"Diese Website": K.BOILERPLATE, "Alle": K.BOILERPLATE, "Teilen": K.BOILERPLATE, "Facebook": K.BOILERPLATE,
         "Newsletter": K.BOILERPLATE},
    ),
]  # fmt: skip
