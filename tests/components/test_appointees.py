"""Each person who gets an office in one sentence has an appointment of their own."""

import pytest
import spacy

from policy_ie.components.base import policy_layer
from policy_ie.components.events.examples import describe, parse_example


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        (
            "Bürgermeisterin [Anna Lang|official] ernannte [Jan Meier|person], "
            "[Eva Schulz|person] und [Paul Berg|person] zu Ehrenbeamten.",
            [("Jan Meier", "Ehrenbeamten"), ("Eva Schulz", "Ehrenbeamten"), ("Paul Berg", "Ehrenbeamten")],
        ),
        (
            "[Jan Meier|person] wurde zum Leiter des Bauamts und [Eva Schulz|person] zur Leiterin des Archivs ernannt.",
            [("Jan Meier", "Leiter des Bauamts"), ("Eva Schulz", "Leiterin des Archivs")],
        ),
        (
            "Landrat [Paul Berg|official] und Bürgermeisterin [Anna Lang|official] "
            "haben [Jan Meier|person] zum Kreisbrandmeister ernannt.",
            [("Jan Meier", "Kreisbrandmeister")],
        ),
        (
            "Der [Kreistag|organisation=parliament] wählte [Jan Meier|person] aus [Gera|territory], [Eva Schulz|person] aus "
            "[Weida|territory] und [Paul Berg|person] zu Beigeordneten.",
            [("Jan Meier", "Beigeordneten"), ("Eva Schulz", "Beigeordneten"), ("Paul Berg", "Beigeordneten")],
        ),
        (
            "Am Abend überreichte sie [Jan Meier|person], [Eva Schulz|person] und [Paul Berg|person] die Ernennungsurkunden.",
            [("Eva Schulz", ""), ("Jan Meier", ""), ("Paul Berg", "")],
        ),
        (
            "Landrätin [Anna Lang|official] verabschiedete den Brandmeister [Jan Meier|person] aus [Gera|territory] "
            "und die Wehrführerin [Eva Schulz|person].",
            [("Jan Meier", "Brandmeister"), ("Eva Schulz", "Wehrführerin")],
        ),
        (
            "Landrätin [Anna Lang|official] überreichte [Jan Meier|person] im Beisein von Direktor [Paul Berg|official] "
            "und Pfarrer [Uwe Sommer|person] die Ernennungsurkunde.",
            [("Jan Meier", "")],
        ),
        (
            "Neue Staatssekretäre im Ministerium werden [Jan Meier|person] und [Eva Schulz|person].",
            [("Jan Meier", "Neue Staatssekretäre im Ministerium"), ("Eva Schulz", "Neue Staatssekretäre im Ministerium")],
        ),
        (
            "Zu Senatoren wurden gewählt: [Jan Meier|person] (Inneres), Dr. [Eva Schulz|person] (Bau) und [Paul Berg|person].",
            [("Jan Meier", "Senatoren"), ("Eva Schulz", "Senatoren"), ("Paul Berg", "Senatoren")],
        ),
        (
            "Landrätin [Anna Lang|official] hat drei neue Dezernenten ernannt:\n\n- Bau: [Jan Meier|person]\n- Soziales: Dr. "
            "[Eva Schulz|person]\n\n[Paul Berg|person] gratulierte.",
            [("Jan Meier", "Dezernenten"), ("Eva Schulz", "Dezernenten")],
        ),
        (
            "Neue Minister:\n• Innenminister: [Jan Meier|person]\n• Finanzen: [Eva Schulz|person]\n",
            [("Jan Meier", "Innenminister"), ("Eva Schulz", "Minister")],
        ),
        (
            "Die Ministerin hat den Beirat berufen. Dem Beirat gehören an: [Jan Meier|person], [Eva Schulz|person] (Caritas).",
            [("Jan Meier", ""), ("Eva Schulz", "")],
        ),
        ("Landrätin [Anna Lang|official] hat drei neue Dezernenten empfangen.", []),
        ("Neue Dezernenten werden im Mai von [Jan Meier|person] und [Eva Schulz|person] empfangen.", []),
        ("Dem Beirat gehören seit Jahren an: [Jan Meier|person], [Eva Schulz|person] (Caritas).", []),
        ("Zu Ehrenbürgern wurden ernannt: [Jan Meier|person], [Eva Schulz|person].", []),
        ("Ernannt wurde sie, und sie sagte: [Jan Meier|person] und [Eva Schulz|person] helfen.", []),
        ("In den Vorstand wurden [Jan Meier|person] und [Eva Schulz|person] gewählt.", [("Jan Meier", ""), ("Eva Schulz", "")]),
        (
            "[Jan Meier|person] wurde zum Leiter des Bauamts ernannt, und [Eva Schulz|person] gratulierte.",
            [("Jan Meier", "Leiter des Bauamts")],
        ),
    ],
)
def test_appointees(marked, wanted):
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_events")
    text, mentions = parse_example(marked)
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.add(mentions)
    nlp.get_pipe("policy_events")(doc)
    found = [describe(d, layer) for d in layer.events if d.type == "appointment"]
    assert [(f["person"][0], f.get("office", [""])[0]) for f in found] == wanted
