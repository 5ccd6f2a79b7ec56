"""Properties that hold for any input (hypothesis)."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from policy_ie import Extractor, PressRelease
from policy_ie.records import Ref, TextSpan

SETTINGS = settings(
    max_examples=150, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip

#: Pieces of the register, so that random texts reach the rules behind the first word.
PIECES = st.sampled_from(
    [
        "Das Land", "der Landkreis Soest", "Familienministerin Ute Schäfer", "Schäfer", "die Ministerin", "fördert",
        "besuchte",
        "1,5 Mio. Euro", "30.000 Euro im Jahr", "vom 3. bis 5. Mai 2021", "am Dienstag", "2012", "„Kein Kind zurücklassen!“",
        "„Wir handeln jetzt“, sagte Schäfer", "Essen", "(LVR)", "Landschaftsverband Rheinland", "mit", "in", "und", ",", ".",
        "\n\n", "\n", " ", "NRW-Initiative", "Förderbescheid", "übergab", "stellt", "bereit", "Quelle:", "Pressekontakt:",
        "des Landes Nordrhein-Westfalen", "Ministerium für Kinder", "12./13.", "EUR", "“", "„", "\x00", "\u2028", "😀",
        "I\u0307",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400),
    st.lists(PIECES, min_size=1, max_size=60).map(" ".join),
)


def spans_of(item: object) -> list[TextSpan]:
    if isinstance(item, TextSpan):
        return [item]
    if isinstance(item, tuple):
        return [span for part in item for span in spans_of(part)]
    return []


def refs_of(item: object) -> list[Ref]:
    if isinstance(item, Ref):
        return [item]
    if isinstance(item, tuple):
        return [ref for part in item for ref in refs_of(part)]
    if hasattr(item, "model_fields_set"):
        return [ref for _, part in item for ref in refs_of(part)]  # type: ignore[attr-defined]
    return []


def events_without_place(record: PressRelease) -> list[object]:
    return [e.model_dump(exclude={"confidence"}) for e in record.events]


@SETTINGS
@given(TEXTS)
@example("Das Land fördert Soest mit 30.000 Euro im Jahr. „Gut“, sagte Landrätin Eva Irrgang.")
def test_record_is_grounded_and_stable(rules: Extractor, text: str) -> None:
    if not text.strip():
        return
    record = rules.extract(text)
    assert record.text == text
    for entity in record.entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
            assert mention.text.strip()
    ids = [e.id for e in (*record.entities, *record.events)]
    assert len(ids) == len(set(ids))
    known = {e.id for e in record.entities}
    events = {e.id for e in record.events}
    for event in record.events:
        for _, value in event:
            for span in spans_of(value):
                assert text[span.start : span.end] == span.text
            for ref in refs_of(value):
                assert ref.entity in known
        assert event.part_of is None or event.part_of in events - {event.id}
    for entity in record.entities:
        assert all(ref.entity in known for _, value in entity for ref in refs_of(value))
    ends = [0]
    for section in record.sections:
        assert ends[-1] <= section.start < section.end <= len(text)
        ends.append(section.end)
    written = record.model_dump_json()
    assert PressRelease.model_validate_json(written) == record
    assert rules.extract(text).model_dump_json() == written


RELEASE = (
    "Land fördert neue Brücke in Soest\n\nDüsseldorf, 4. März 2020. "
    "Das Land Nordrhein-Westfalen fördert die Stadt Soest mit 1,5 Millionen Euro für eine neue Brücke. "
    "Verkehrsministerin Anna Berger übergab den Bescheid an Bürgermeister Jan Wolf.\n\n"
    "„Die Brücke kommt allen zugute“, sagte Berger.\n"
)
BOILERPLATE = st.lists(
    st.sampled_from(
        [
            "Pressekontakt:\nTelefon: 0211 000-0\nE-Mail: presse@example.org\n",
            "Drucken\nTeilen\nNach oben\n",
            "Impressum | Datenschutz | Kontakt\n",
            "Veranstaltungskalender\nMo Di Mi Do Fr Sa So\n26 28 29 30 1 2 3 4\n27 5 6 7 8 9 10 11\n",
            "© 2024 Stadt Musterstadt\n",
        ]
    ),
    min_size=1,
    max_size=3,
).map("\n".join)


@SETTINGS
@given(BOILERPLATE)
def test_appended_boilerplate_changes_no_event(rules: Extractor, boilerplate: str) -> None:
    bare = rules.extract(RELEASE)
    assert bare.events
    assert events_without_place(rules.extract(RELEASE + "\n\n" + boilerplate)) == events_without_place(bare)


def test_appended_second_copy_changes_no_event(rules: Extractor) -> None:
    bare = rules.extract(RELEASE)
    assert events_without_place(rules.extract(RELEASE + "\n\n" + RELEASE)) == events_without_place(bare)
