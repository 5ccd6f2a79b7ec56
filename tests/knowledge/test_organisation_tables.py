"""The curated tables of organisations and programmes are whole."""

from __future__ import annotations

import itertools

from policy_ie.knowledge.base import knowledge_base
from policy_ie.knowledge.entries import OrganisationEntry, ProgrammeEntry
from policy_ie.knowledge.portfolios import portfolios, portfolios_of
from policy_ie.records import OrgType, ProgrammeType

LAENDER = [f"ags:{number:02}" for number in range(1, 17)]


def organisations() -> list[OrganisationEntry]:
    kb = knowledge_base()
    return [entry for entry in map(kb.entry, kb.ids("organisation")) if isinstance(entry, OrganisationEntry)]


def test_types_links_and_evidence():
    kb = knowledge_base()
    for entry in organisations():
        assert entry.org_type in set(OrgType)
        assert entry.source, entry.kb_id
        for other in (entry.successor, entry.predecessor):
            assert other is None or other in kb, entry.kb_id
        assert entry.valid_from is None or entry.valid_to is None or entry.valid_from < entry.valid_to, entry.kb_id
        for alias in entry.names:
            assert entry in kb.by_name(alias)


def test_every_land_has_government_parliament_and_ministries():
    found = organisations()
    for land in LAENDER:
        types = [e.org_type for e in found if e.territory == land]
        assert "government" in types
        assert "parliament" in types
        assert types.count("ministry") >= 15, land


def test_two_ministries_of_one_abbreviation_are_never_valid_at_once():
    ministries = [e for e in organisations() if e.org_type == "ministry" and e.abbreviation]
    for land in (*LAENDER, "country:DE"):
        here = [e for e in ministries if e.territory == land]
        for a, b in itertools.combinations(here, 2):
            if a.abbreviation == b.abbreviation:
                begin = max(a.valid_from or a.valid_to, b.valid_from or b.valid_to)
                assert (a.valid_to and a.valid_to < begin) or (b.valid_to and b.valid_to < begin), (a.kb_id, b.kb_id)


def test_ministries_have_the_portfolios_of_their_names():
    for entry in organisations():
        if entry.org_type == "ministry" and entry.kb_id != "org:bw-stm":
            assert entry.portfolios, entry.kb_id
            assert set(entry.portfolios) <= set(portfolios().near)


def test_portfolios_of_a_truncated_list():
    assert portfolios_of("Ministerium für Bundes- und Europaangelegenheiten") == ("Bundesangelegenheiten", "Europa")


def test_programmes():
    kb = knowledge_base()
    for kb_id in kb.ids("programme"):
        entry = kb.entry(kb_id)
        assert isinstance(entry, ProgrammeEntry)
        assert entry.programme_type in set(ProgrammeType)
        assert entry.owner is None or entry.owner in kb, kb_id
