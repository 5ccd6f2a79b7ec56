"""Quotation marks, speakers, interrupted quotations and reported speech."""

import pytest
import spacy

from policy_ie.components.base import Mention, policy_layer
from policy_ie.components.events.examples import parse_example
from policy_ie.language.quotation import quoted_stretches
from policy_ie.records import PersonValue


def quotes(marked, title=False):
    nlp = spacy.blank("de")
    component = nlp.add_pipe("policy_quotes")
    text, mentions = parse_example(marked)
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.add(mentions)
    if title:
        layer.title = (0, text.index("\n"))
    component(doc)
    found = []
    for quote in layer.quotes:
        span = (quote.speaker.start, quote.speaker.end) if isinstance(quote.speaker, Mention) else quote.speaker
        found.append((text[slice(*span)], text[quote.start : quote.end], quote.direct, [text[a:b] for a, b in quote.more]))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Er sagte: „Gut so.“", ["Gut so."]),
        ("Er sagte: »Gut so.«", ["Gut so."]),
        ("Er sagte: «Gut so.»", ["Gut so."]),
        ("Er sagte: “Gut so.”", ["Gut so."]),
        ('Er sagte: "Gut so."', ["Gut so."]),
        ("Er sagte: „Gut so.”", ["Gut so."]),
        ('Er sagte: „Gut so."', ["Gut so."]),
        ("„Wir nennen es ‚Netz‘“, so er.", ["Wir nennen es ‚Netz‘"]),
        ("Er sagte: ‚Gut so.‘ und ›mehr‹.", ["Gut so.", "mehr"]),
        ("Er sagte: ?Gut so.?, und es ist 1998? Ja.", ["Gut so."]),
        ("Kommt er? Geht sie? Ja.", []),
        ('Das 12"-Rad und ein Wort ohne Ende: „', []),
        ("„Erster Absatz.\n\n„Zweiter Absatz.“", ["Erster Absatz.\n\n„Zweiter Absatz."]),
    ],
)
def test_marks(text, wanted):
    assert [text[s.start : s.end] for s in quoted_stretches(text)] == wanted


@pytest.mark.parametrize(
    ("marked", "speaker", "words"),
    [
        ("„Wir bauen die Schule“, sagte [Ute Lang|official].", "Ute Lang", "Wir bauen die Schule"),
        (
            "„Das ist ein guter Tag für uns!“, freute sich Landrat [Jan Kuhn|official].",
            "Jan Kuhn",
            "Das ist ein guter Tag für uns!",
        ),
        (
            "„Die Mittel helfen vielen Kindern“, so die [Ministerin|official~].",
            "Ministerin",
            "Die Mittel helfen vielen Kindern",
        ),
        ("Bürgermeisterin [Ute Lang|official] betonte: „Wir bauen die Schule.“", "Ute Lang", "Wir bauen die Schule."),
        ("Minister [Jan Kuhn|official]: „Wir bauen die Schule.“", "Jan Kuhn", "Wir bauen die Schule."),
        ("Dazu erklärt Minister [Jan Kuhn|official]: „Wir bauen die Schule.“", "Jan Kuhn", "Wir bauen die Schule."),
        ("„Wir bauen die Schule“, wie [Ute Lang|official] gestern betonte.", "Ute Lang", "Wir bauen die Schule"),
        ("„Wir bauen die Schule“, hob [Ute Lang|official] hervor.", "Ute Lang", "Wir bauen die Schule"),
        ("„Uns fehlen noch drei Lehrer“, sagte der Leiter der Schule.", "Leiter", "Uns fehlen noch drei Lehrer"),
        (
            "[Jan Kuhn|official] kritisierte die Pläne des [Bundes|organisation=government]: „Das hilft uns nicht.“",
            "Jan Kuhn",
            "Das hilft uns nicht.",
        ),
        (
            "„Uns fehlen noch drei Lehrer“, so die Rektorin der [Universität Kiel|organisation=research], Prof. Dr. "
            "[Ute Lang|person].",
            "Ute Lang",
            "Uns fehlen noch drei Lehrer",
        ),
        (
            "[Ute Lang|person], Leiterin des Heims, dankte dem [Bund|organisation=government]: „Das hilft uns sehr.“",
            "Ute Lang",
            "Das hilft uns sehr.",
        ),
    ],
)
def test_direct(marked, speaker, words):
    found = quotes(marked)
    assert [(s, w, d) for s, w, d, _ in found] == [(speaker, words, True)]


def test_interrupted_quotation_is_one():
    found = quotes("„Wir bauen die Schule“, sagte [Ute Lang|official], „und wir bauen sie jetzt.“")
    assert found == [("Ute Lang", "Wir bauen die Schule", True, ["und wir bauen sie jetzt."])]


def test_quotation_goes_on_after_its_verb():
    found = quotes("„Wir bauen die Schule“, sagte [Ute Lang|official]. „Das freut uns alle sehr.“ Nötig sei jetzt ein Plan.")
    assert found == [("Ute Lang", "Wir bauen die Schule", True, ["Das freut uns alle sehr.", "Nötig sei jetzt ein Plan."])]


def test_two_verbs_are_two_quotations():
    found = quotes(
        "„Wir bauen die Schule“, sagte [Ute Lang|official].\n\n„Das freut uns alle sehr“, erklärte [Jan Kuhn|official]."
    )
    assert [s for s, *_ in found] == ["Ute Lang", "Jan Kuhn"]


@pytest.mark.parametrize(
    ("marked", "speaker", "words"),
    [
        ("[Ute Lang|official] betonte, dass die Schule gebaut werde.", "Ute Lang", "dass die Schule gebaut werde"),
        ("Die Schule werde bald gebaut, versicherte [Ute Lang|official].", "Ute Lang", "Die Schule werde bald gebaut"),
        ("Laut [Ute Lang|official] wird die Schule bald gebaut.", "Ute Lang", "wird die Schule bald gebaut"),
        (
            "Der [Mieterbund|organisation=association] forderte mehr Geld für den Wohnungsbau.",
            "Mieterbund",
            "mehr Geld für den Wohnungsbau",
        ),
    ],
)
def test_reported(marked, speaker, words):
    assert [(s, w, d) for s, w, d, _ in quotes(marked)] == [(speaker, words, False)]


def test_pronoun_is_the_subject_before():
    found = quotes("[Ute Lang|official] traf [Jan Kuhn|official]. Sie sagte: „Wir bauen die Schule jetzt.“")
    assert [s for s, *_ in found] == ["Ute Lang"]


def test_she_is_never_a_man():
    man = Mention(0, 10, "official", PersonValue(name="Karl Groß", family_name="Groß", gender="male"))
    text = "Karl Groß  unterzeichnete den Aufruf der Kampagne. Sie fordert, dass die Mittel steigen."
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_quotes")
    doc = nlp.make_doc(text)
    policy_layer(doc).add([man])
    nlp.get_pipe("policy_quotes")(doc)
    assert policy_layer(doc).quotes == []


def test_body_behind_a_preposition_is_no_speaker():
    found = quotes(
        "„Wir bauen die Schule jetzt“, erklärte die Bevollmächtigte beim [Bund|organisation=government], [Ute Lang|official]."
    )
    assert [s for s, *_ in found] == ["Ute Lang"]


def test_quoted_words_in_a_headline_end_with_their_mark():
    found = quotes("[Ute Lang|official]: „Guter Tag“ – Land hilft der Stadt\nDie Halle ist fertig.", title=True)
    assert found == [("Ute Lang", "Guter Tag", True, [])]


def test_headline_with_colon():
    found = quotes("[Lang|official]: Mehr Geld für Schulen\nDas Land baut.", title=True)
    assert [(s, w, d) for s, w, d, _ in found] == [("Lang", "Mehr Geld für Schulen", False)]


@pytest.mark.parametrize(
    "marked",
    [
        "Das Projekt „Essen und Lernen“ stellte [Ute Lang|official] vor.",
        "Die Stadt nimmt am Programm „Wir bauen auf“ teil, das [Ute Lang|official] leitet.",
        "Wie die Stadt mitteilt, ist die Straße gesperrt.",
        "„Ich schwöre, dass ich dem Land dienen will“, so lautet der Eid der Verfassung.",
        "[Ute Lang|official] sprach beim Wettbewerb „[Wir bauen auf Gemeinsinn|programme]“ mit Eltern.",
        "„Ein Satz ohne jeden Sprecher steht hier.“",
    ],
)
def test_names_and_loose_words_are_no_quotes(marked):
    assert quotes(marked) == []


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("Der [Städtetag|organisation] nannte die Mittel einen „Tropfen auf den Stein“.", "Städtetag"),
        ("Landrätin [Ute Lang|official] sprach von einer „klugen Wahl“.", "Ute Lang"),
        ("[Ute Lang|official] würdigte die Entscheidung, am Ort zu bleiben, als „gutes Zeichen“.", "Ute Lang"),
        ("Der [Lehrerverband|organisation] hatte den Entwurf als „falschen Weg“ kritisiert.", "Lehrerverband"),
        (
            "Ohne Hilfe, so [Ute Lang|official], die Bürgermeisterin der Gemeinde, sei ein solcher Bau nicht zu stemmen.",
            "Ute Lang",
        ),
        ("Die Leiterin des Amtes, Dr. [Ute Lang|person], wies darauf hin, dass die Zahl gestiegen sei.", "Ute Lang"),
        ("Heute ist der Bau fertig. Darauf verwies Landrätin [Ute Lang|official] im Kreistag.", "Ute Lang"),
        ("Für die Schule versicherte [Ute Lang|person], alle Kinder würden aufgenommen.", "Ute Lang"),
        ("Der [Städtebund|organisation] drängt darauf, die Mittel rasch aufzustocken.", "Städtebund"),
        ("Landrätin [Ute Lang|official] warb in der Sitzung nicht. Man brauche nur mehr Mut.", "Ute Lang"),
        ("[Ute Lang|person] wünschte sich verlässliche Preise.", "Ute Lang"),
        ("Landrätin [Ute Lang|official] war in Plön. Sie sprach von einer „Ehrung für alle“.", "Ute Lang"),
        ("Landrätin [Ute Lang|official] war in Plön. Sie richtete Worte an die Gäste: „Das ist ein guter Tag.“", "Ute Lang"),
        ("„Das hat nur dieses Programm geschafft“ so [Ute Lang|official].", "Ute Lang"),
        ("Mehr sei nicht drin, sagte Ratsmitglied [Ute Lang|official].", "Ute Lang"),
        ("Bald folgen Mittel, die allen helfen, schmunzelte die [Ministerin|official~].", "Ministerin"),
        ("Die Schule wird gebaut. Darauf hat Landrätin [Ute Lang|official] hingewiesen.", "Ute Lang"),
        ("Wir bauen die Schule, wie Landrätin [Ute Lang|official] am Montag betonte.", "Ute Lang"),
        ("Landrätin [Ute Lang|official] erklärte am Montag in Plön: Die Schule wird gebaut.", "Ute Lang"),
        ("Zur Sitzung erklärt Minister [Jan Kuhn|official]:\n\nDie Schule wird bald gebaut.", "Jan Kuhn"),
        ("[Ute Lang|official] und [Jan Kuhn|official] waren sich einig, dass die Schule gebaut wird.", "Ute Lang"),
        ("[Ute Lang|official] traf [Jan Kuhn|official]. Beide betonten, dass die Schule gebaut wird.", "Ute Lang"),
        ("Der Ort gehöre dazu, waren sich [Ute Lang|official] und [Jan Kuhn|official] einig.", "Ute Lang"),
        ("[Jan Kuhn|official] ist der Auffassung, dass die Schule gebaut wird.", "Jan Kuhn"),
        ("Landrätin [Ute Lang|official] hat der Wehr zum Jubiläum gratuliert.", "Ute Lang"),
        ("Mehr Mut beim Bauen hat Landrätin [Ute Lang|official] gefordert.", "Ute Lang"),
        ("Auf der Feier des Gründers [Karl Groß|person] hat [Ute Lang|official] die Bedeutung der Schule betont.", "Ute Lang"),
        ("Dem Leiter [Jan Kuhn|official] gratulierte [Ute Lang|official] zu seiner Wahl.", "Ute Lang"),
        ("[Ute Lang|official] bezeichnete den Bau der Schule als Gewinn für Plön.", "Ute Lang"),
        ("[Ute Lang|official] begrüßte die Entscheidung der Jury.", "Ute Lang"),
        ("[Ute Lang|official] berichtete über die Planungen zum Bau.", "Ute Lang"),
        ("„Wir bauen die Schule jetzt.“ Das sagte Landrätin [Ute Lang|official] am Montag.", "Ute Lang"),
        ("„Wir bauen die Schule jetzt.“ So die Worte von Landrätin [Ute Lang|official].", "Ute Lang"),
        ("„Wir bauen die Schule jetzt“ – Mit diesen Worten eröffnete [Ute Lang|official] die Feier.", "Ute Lang"),
        ("„Wir bauen die Schule jetzt“ sagte [Ute Lang|official].", "Ute Lang"),
        ("„Wir bauen die Schule jetzt“, wird [Ute Lang|official] in einer Mitteilung zitiert.", "Ute Lang"),
        ("Von einem „ganz großen Tag“ für Plön sprach Landrätin [Ute Lang|official].", "Ute Lang"),
    ],
)
def test_who_is_cited(marked, speaker):
    assert [q[0] for q in quotes(marked)] == [speaker]


@pytest.mark.parametrize(
    "marked",
    [
        "[Ute Lang|official] gratulierte und überreichte die Urkunde.",
        "Der Verein gratulierte [Ute Lang|official] zu ihrer Wahl.",
        "[Ute Lang|official] begrüßte die Gäste im Rathaus.",
        "[Ute Lang|official] hat neun Bürger mit dem Verdienstkreuz gewürdigt.",
        "[Ute Lang|official] rief dazu auf, am Wettbewerb teilzunehmen.",
        "[Ute Lang|official] rief einen Preis unter dem Motto „Wir bauen die Schule“ aus.",
        "[Ute Lang|official] hatte die – wie sie sagte – „ganze große Familie“ dabei.",
        "Die Halle ist fertig. Das teilte [Ute Lang|official] mit.",
        "Im Beisein von [Ute Lang|official] dankte der Verein den Helfern.",
        "Ministerin [Ute Lang|official] nannte Ladesäulen, Radwege und Höfe als Vorhaben, die gefördert werden könnten.",
        "Ministerin [Ute Lang|official] ruft zum Landeswettbewerb auf: „Unser Dorf soll noch schöner werden“.",
        "[Ute Lang|official] schlug vor, wie das Dach gebaut werden kann.",
        "Unter dem Motto „Was bleibt von uns?“ hatte [Ute Lang|official] die Schulen aufgefordert.",
    ],
)
def test_acts_that_are_no_statements(marked):
    assert quotes(marked) == []


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("Die Gemeinde habe lange gewartet, sagte die Vorsitzende des Vereins.", "Vorsitzende"),
        ("Eine Sprecherin des Amtes sagte, die Gemeinde habe lange gewartet.", "Sprecherin"),
        ("Der Schulleiter erklärte, dass die Kinder lange gewartet haben.", "Schulleiter"),
        ("Das sei für den Ort wichtig, so der Vereinsvorsitzende.", "Vereinsvorsitzende"),
        ("Das sei schon lange nötig gewesen, sagte der Vorsitzende: „Wir haben darauf gewartet.“", "Vorsitzende"),
    ],
)
def test_an_office_without_a_name_is_not_the_person_before(marked, speaker):
    assert [q[0] for q in quotes("Landrätin [Ute Lang|official] war in Plön. " + marked)] == [speaker]


def test_a_subject_with_a_relative_clause_is_no_verb_behind_its_words():
    marked = (
        "Der [Leiter|official~], der nach der neuen Satzung des Vereins das alleinige Recht des Vorschlags besitzt, "
        "ist zuversichtlich, dass der [Rat|organisation=parliament] zustimmt."
    )
    assert all(q[0] != "Rat" for q in quotes(marked))


def test_what_that_means_is_told_before():
    [found] = quotes("Es gibt Mittel. Die Schule wird gebaut. Das sagte Landrätin [Ute Lang|official] am Montag.")
    assert found[:3] == ("Ute Lang", "Die Schule wird gebaut", False)


def test_who_is_joined_to_the_speaker_is_not_said():
    [found] = quotes("Zuvor hatten [Ute Lang|official] und [Jan Kuhn|official] die Arbeit der Wehr gelobt.")
    assert found[:2] == ("Ute Lang", "die Arbeit der Wehr")


def test_quoted_words_are_no_speaker():
    assert (
        quotes("„Du bekommst das Geld von mir“, sagte sie endlich, „jeden Monat zwanzig Mark, bis nichts mehr offen ist.“")
        == []
    )


def test_a_quotation_that_stands_alone_goes_on_with_the_statement_before():
    [found] = quotes("Das Dorf sei kein Selbstläufer, so die [Ministerin|official~]. „Wer sich kennt, der hilft sich.“")
    assert found[1:] == ("Wer sich kennt, der hilft sich.", True, ["Das Dorf sei kein Selbstläufer"])
    assert quotes("[Ute Lang|official] war in Plön. „Wer sich kennt, der hilft sich.“") == []


def test_who_is_spoken_to_is_no_speaker():
    [found] = quotes(
        "Damals hatte [Ute Lang|official] dem neuen Minister [Jan Kuhn|official] gratuliert: „Das Haus ist bestens bestellt.“"
    )
    assert found[0] == "Ute Lang"


def test_a_member_of_a_party_is_the_person_named_before():
    text = "Das teilte [Jan Kuhn|person] mit. „Davon profitieren alle im Kreis“, so der [XYZ|organisation] Politiker."
    assert quotes(text)[-1][0] == "Jan Kuhn"
    assert quotes("„Davon profitieren alle im Kreis“, so die [XYZ|organisation].")[0][0] == "XYZ"


def test_a_quotation_goes_on_with_who_reacts_before():
    [found] = quotes("Auch [Jan Kuhn|person] reagierte betroffen. „Das ist eine sehr traurige Nachricht.“")
    assert found[:2] == ("Jan Kuhn", "Das ist eine sehr traurige Nachricht.")
    assert quotes("[Ute Lang|official] und [Jan Kuhn|person] reagierten. „Das ist eine sehr traurige Nachricht.“") == []


def test_the_words_below_a_statement_are_those_of_who_makes_it():
    words = "„Wir haben die Nachricht mit großer Freude gehört und danken allen, die geholfen haben.“"
    [found] = quotes(f"Statement von Ministerin [Ute Lang|official]\n\n{words}", title=True)
    assert found[:2] == ("Ute Lang", words[1:-1])
    assert quotes(f"Besuch von Ministerin [Ute Lang|official]\n\n{words}", title=True) == []


def test_a_prize_that_is_offered_is_no_praise():
    assert quotes("Ministerin [Ute Lang|official] lobt zum dritten Mal den Preis für Dorfläden aus.") == []
    assert quotes("Ministerin [Ute Lang|official] lobt die Arbeit der Dorfläden im Norden.") != []


def test_a_wish_before_a_colon_introduces_the_words_of_who_has_it():
    wish = "möchte die gute Zusammenarbeit mit dem Kommando der Bundeswehr künftig gerne fortsetzen: „Der Austausch hilft.“"
    assert quotes(f"Landrat [Jan Kuhn|official] {wish}")[0][0] == "Jan Kuhn"


@pytest.mark.parametrize(
    "marked",
    [
        "Nur eine Woche danach, am 3. Mai, begrüßte Landrat [Karl Vogt|official] eine polnische Delegation in Celle.",
        "Ministerin [Eva Lang|official] und [Ole Brandt|person], Chef der Stiftung, gratulieren den Siegern [Uwe Els|person].",
    ],
)
def test_adverbs_and_subjects_before_a_deed_are_no_words(marked):
    assert quotes(marked) == []


@pytest.mark.parametrize(
    ("inquit", "speaker"),
    [
        ("sagte sie zu Minister [Jan Kuhn|official]", "Ute Lang"),
        ("erklärte sie gegenüber Bürgermeister [Jan Kuhn|official]", "Ute Lang"),
        ("erklärte die Gewerkschaft [Verdi|organisation] mit Blick auf Minister [Jan Kuhn|official]", "Verdi"),
        ("sagte die Sprecherin der [Stadtwerke Celle|organisation]", "Sprecherin"),
        ("betonte der Chef der [Stadtwerke Celle|organisation], Dr. [Jan Kuhn|person]", "Jan Kuhn"),
    ],
)
def test_who_is_spoken_to_or_about_and_whose_voice_it_is_does_not_speak(inquit, speaker):
    marked = f"[Ute Lang|official] eröffnete die Halle. „Das ist ein guter Tag für uns alle“, {inquit}."
    [(found, *_)] = quotes(marked)
    assert found == speaker


def test_a_word_before_its_verb_goes_on_as_the_quotation():
    [(_, words, direct, more)] = quotes("„Sicher“, sagte [Ute Lang|official], „wir bauen die Schule in Plön.“")
    assert (words, direct, more) == ("wir bauen die Schule in Plön.", True, ["Sicher"])


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("[Ute Lang|official] schlug vor, das Dach neu zu bauen.", "das Dach neu zu bauen"),
        ("Am Abend forderte [Ute Lang|official] die Schulen auf, sich zu beteiligen.", "sich zu beteiligen"),
        ("[Ute Lang|official] versprach, die Halle, die alt ist, neu zu bauen.", "die Halle, die alt ist, neu zu bauen"),
    ],
)
def test_an_infinitive_is_what_is_said(marked, words):
    [(_, said, *_)] = quotes(marked)
    assert said == words


def test_a_letter_holds_the_words_of_who_wrote_it():
    told = "[Ute Lang|official] schrieb der Familie einen Brief. Darin heißt es: „Wir verlieren einen Freund unserer Stadt.“"
    [(speaker, words, *_)] = quotes(told)
    assert (speaker, words) == ("Ute Lang", "Wir verlieren einen Freund unserer Stadt.")
    assert quotes("Das Buch liegt aus. Darin heißt es: „Wir verlieren einen Freund unserer Stadt.“") == []
