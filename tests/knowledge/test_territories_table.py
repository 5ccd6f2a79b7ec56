"""The compiled table of territories against the official counts, and its inner order."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from policy_ie.knowledge import KnowledgeBase, TerritoryEntry, knowledge_base
from policy_ie.records import Level


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return knowledge_base()


@pytest.fixture(scope="module")
def territories(kb: KnowledgeBase) -> list[TerritoryEntry]:
    return [entry for kb_id in kb.ids("territory") if isinstance(entry := kb.entry(kb_id), TerritoryEntry)]


def test_counts_are_the_official_ones(territories: list[TerritoryEntry]) -> None:
    today = [e for e in territories if e.valid_to is None and (e.state or "").startswith("DE-")]
    levels = Counter(e.level for e in today)
    assert levels["state"] == 16
    assert levels["municipality"] == 10_752
    kreisfrei = {e.kreis_key for e in today if e.level == "municipality"} - {e.ags for e in today if e.level == "district"}
    assert levels["district"] + len(kreisfrei) == 400
    assert levels["municipal_association"] == 1_203
    assert levels["region"] == 19


def test_keys_fit_the_level(territories: list[TerritoryEntry]) -> None:
    digits = {"state": 2, "region": 3, "district": 5, "municipality": 8, "locality": 8}
    for e in territories:
        assert e.level in set(Level)
        if e.ags is not None:
            assert re.fullmatch(rf"\d{{{digits[e.level]}}}", e.ags), e
        if e.level in ("state", "region", "district"):
            assert e.kb_id == f"ags:{e.ags}" or e.state is None


def test_successors_and_parents_exist(kb: KnowledgeBase, territories: list[TerritoryEntry]) -> None:
    for e in territories:
        assert e.successor is None or e.successor in kb, e.kb_id
        assert e.parent is None or e.parent in kb, e.kb_id
        if e.successor_ags is not None:
            heir = kb.entry(f"ags:{e.successor_ags}")
            assert heir.valid_to is None
            assert e.valid_to is not None


def test_every_alias_leads_back(kb: KnowledgeBase, territories: list[TerritoryEntry]) -> None:
    for e in territories:
        for name in (*e.names, *e.adjectives):
            assert e in kb.by_name(name), (e.kb_id, name)


def test_places_lie_in_germany(territories: list[TerritoryEntry]) -> None:
    for e in territories:
        if e.latitude is not None and e.longitude is not None:
            assert 47.2 < e.latitude < 55.1, e.kb_id
            assert 5.8 < e.longitude < 15.1, e.kb_id


@pytest.mark.parametrize(
    ("name", "kb_id"),
    [
        ("NRW", "ags:05"),
        ("Meck-Pomm", "ags:13"),
        ("Monheim", "ags:05158026"),
        ("Frankfurt/Oder", "ags:12053000"),
        ("Cottbus", "ags:12052000"),
        ("Chóśebuz", "ags:12052000"),
        ("St. Ingbert", "ags:10045117"),
        ("Lutherstadt Wittenberg", "ags:15091375"),
        ("Landkreis Rostock", "ags:13072"),
        ("Eifelkreis Bitburg-Prüm", "ags:07232"),
        ("Region Hannover", "ags:03241"),
        ("Städteregion Aachen", "ags:05334"),
        ("Oberbayern", "ags:091"),
        ("Samtgemeinde Sögel", "ars:034545407"),
        ("Schweiz", "country:CH"),
        ("Brüssel", "city:BE-brüssel"),
        ("Neukölln", "geonames:2864695"),
    ],
)
def test_names(kb: KnowledgeBase, name: str, kb_id: str) -> None:
    assert kb_id in {e.kb_id for e in kb.by_name(name)}


@pytest.mark.parametrize(
    ("kb_id", "successor", "last"),
    [
        ("ags:03152", "ags:03159", "2016-10-31"),
        ("ags:05313000", "ags:05334002", "2009-10-20"),
        ("ags:13001000", "ags:13075039", "2011-09-03"),
        ("ags:14365000", "ags:14713000", "2008-07-31"),
        ("ags:15101000", "ags:15001000", "2007-06-30"),
        ("ags:06635005", "ags:06635001", "2022-12-31"),
        ("ags:16056000", "ags:16063105", "2021-06-30"),
    ],
)
def test_former_keys(kb: KnowledgeBase, kb_id: str, successor: str, last: str) -> None:
    entry = kb.entry(kb_id)
    assert entry.successor == successor
    assert str(entry.valid_to) == last


@pytest.mark.parametrize(
    ("name", "state", "key"),
    [
        ("Wörlitz", "DE-ST", "15091241"),  # merged into Oranienbaum-Wörlitz; another centre is nearer
        ("Wildemann", "DE-NI", "03153018"),
        ("Carolinensiel", "DE-NI", "03462019"),  # curated
        ("Buer", "DE-NW", "05513000"),
        ("Sachsenhausen", "DE-HE", "06412000"),
        ("Sachsenhausen", "DE-HE", "06635021"),  # the one of Waldeck, far from Frankfurt
    ],
)
def test_localities_lie_in_the_municipality_that_took_them(kb: KnowledgeBase, name: str, state: str, key: str) -> None:
    found = {e.ags for e in kb.by_name(name) if e.kind == "territory" and e.level == "locality" and e.state == state}  # type: ignore[attr-defined]
    assert key in found
    assert len(found) == (2 if name == "Sachsenhausen" else 1)
