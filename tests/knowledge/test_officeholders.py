"""Known office holders: their terms, and that they are looked up, never searched for in texts."""

import datetime as dt

import pytest

from policy_ie.knowledge import PersonEntry, knowledge_base


@pytest.fixture(scope="module")
def people() -> list[PersonEntry]:
    kb = knowledge_base()
    entries = [kb.entry(kb_id) for kb_id in kb.ids("person")]
    return [entry for entry in entries if isinstance(entry, PersonEntry)]


def test_every_term_has_a_body_and_days_in_order(people):
    kb = knowledge_base()
    assert len(people) > 1_000
    for person in people:
        assert person.held, person.name
        for term in person.held:
            assert term.body == "country:DE" or kb.entry(term.body).level == "state"
            assert term.office
            assert term.first <= term.last
            assert term.last >= dt.date(1998, 1, 1)


def test_all_lands_and_the_federation_have_ministers(people):
    assert len({term.body for person in people for term in person.held}) == 17


@pytest.mark.parametrize(
    ("name", "date", "body"),
    [
        ("Manuela Schwesig", dt.date(2015, 1, 1), "country:DE"),
        ("Manuela Schwesig", dt.date(2025, 1, 1), "ags:13"),
        ("Manuela Schwesig", None, "ags:13"),
        ("Svenja Schulze", dt.date(2013, 6, 1), "ags:05"),
        ("Manuela Schwesig", dt.date(1999, 1, 1), None),
    ],
)
def test_the_term_depends_on_the_date(name, date, body):
    (candidate,) = knowledge_base().lookup(name, kind="person", date=date)
    assert isinstance(candidate.entry, PersonEntry)
    term = candidate.entry.term_at(date)
    assert (term and term.body) == body
    assert ("no office known then" in candidate.why) == (body is None)


def test_persons_are_no_hits_in_a_text():
    assert [hit.surface for hit in knowledge_base().hits("Manuela Schwesig sprach in Schwerin.")] == ["Schwerin"]
