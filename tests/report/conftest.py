"""A small archive of records made by hand, so that its figures are known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from policy_ie.archive.store import Store
from policy_ie.archive.tables import Rows
from policy_ie.records import EVENT_TYPES, Entity, Failure, Mention, PipelineInfo, PressRelease, Ref, TextSpan

ENTITY: TypeAdapter[Any] = TypeAdapter(Entity)

#: What the releases name, by its words.
NAMED: dict[str, dict[str, Any]] = {
    "Hessen": {"kind": "territory", "name": "Hessen", "level": "state", "ags": "06", "state": "DE-HE", "kb_id": "ags:06"},
    "Bund": {"kind": "organisation", "name": "Bundesrepublik Deutschland", "org_type": "government", "kb_id": "org:de-bund"},
    "Fulda": {
        "kind": "territory", "name": "Fulda", "level": "municipality", "ags": "06631009", "state": "DE-HE",
        "kb_id": "ags:06631009", "latitude": 50.55, "longitude": 9.68,
    },
    "Marburg": {
        "kind": "territory", "name": "Marburg", "level": "municipality", "ags": "06534014", "state": "DE-HE",
        "kb_id": "ags:06534014", "latitude": 50.81, "longitude": 8.77,
    },
    "Theater GmbH": {"kind": "organisation", "name": "Theater GmbH", "org_type": "company", "territory": "Marburg"},
    "Dorfglück": {"kind": "programme", "name": "Dorfglück", "programme_type": "funding_programme"},
    "Anna Berger": {
        "kind": "official", "name": "Anna Berger", "given_name": "Anna", "family_name": "Berger", "party": "XYZ",
        "offices": [{"title": "Ministerin", "role": "minister"}],
    },
    "9 Mio. Euro": {"kind": "money", "amount": 9_000_000},
    "6 Mio. Euro": {"kind": "money", "amount": 6_000_000},
    "3 Mio. Euro": {"kind": "money", "amount": 3_000_000},
    "400.000 Euro": {"kind": "money", "amount": 400_000},
    "1.955.830 Mark": {"kind": "money", "amount": 1_955_830, "currency": "DEM"},
    "5.000 Euro": {"kind": "money", "amount": 5_000, "each": "je Kind"},
    "70 Dollar": {"kind": "money", "amount": 70, "currency": "USD"},
    "10 bis 20 Euro": {"kind": "money", "min": 10, "max": 20},
}  # fmt: skip


def span(text: str, words: str, cls: Any = TextSpan) -> Any:
    start = text.index(words)
    return cls(start=start, end=start + len(words), text=words)


def release(name: str, published: str | None, text: str, *events: dict[str, Any], source: str | None = None) -> PressRelease:
    """A release with all of NAMED that its text holds, and events whose arguments are words of the text."""
    entities = {}
    for words, fields in NAMED.items():
        if words in text:
            entities[words] = {
                "currency": "EUR", **fields, "id": f"e{len(entities) + 1}", "text": words, "confidence": 1.0,
                "mentions": [span(text, words, Mention).model_dump()],
            }  # fmt: skip
            if fields["kind"] != "money":
                del entities[words]["currency"]
    for fields in entities.values():
        if "territory" in fields:
            seat = entities[fields["territory"]]
            fields["territory"] = {"entity": seat["id"], "text": seat["text"], "name": seat["name"]}

    def filler(words: str) -> Ref | TextSpan:
        found = entities.get(words)
        return Ref(entity=found["id"], text=words, name=found.get("name")) if found else span(text, words)

    def event(number: int, type: str, trigger: str, **fields: Any) -> Any:
        roles = {}
        for role, value in fields.items():
            if role not in ("modality", "part_of", "stage"):
                value = tuple(filler(words) for words in value) if isinstance(value, tuple) else filler(value)
            roles[role] = value
        at = text.index(trigger)
        start, end = text.rfind("\n", 0, at) + 1, (text + "\n").index("\n", at)
        sentence = TextSpan(start=start, end=end, text=text[start:end])
        return EVENT_TYPES[type](id=f"ev{number}", trigger=span(text, trigger), sentence=sentence, confidence=0.9, **roles)

    return PressRelease(
        id=name, source=source, language="de", text=text, title=text.split("\n")[0],
        published=dt.date.fromisoformat(published) if published else None,
        entities=tuple(ENTITY.validate_python(fields) for fields in entities.values()),
        events=tuple(event(number, **fields) for number, fields in enumerate(events, 1)),
        pipeline=PipelineInfo(library="0", base="rules", knowledge="0"),
    )  # fmt: skip


def funding(trigger: str, amount: str, to: tuple[str, ...] = (), by: tuple[str, ...] = (), **more: str) -> dict[str, Any]:
    return {"type": "funding", "trigger": trigger, "funders": by, "recipients": to, "amounts": (amount,), **more}


RELEASES = (
    # A total and its parts; the sum of the total stands outside the sentence.
    release(
        "parts",
        "2015-03-01",
        "Geld für zwei Städte\nHessen fördert Fulda und Marburg.\nEs gibt 9 Mio. Euro.\nfür Fulda 6 Mio. Euro\n"
        "und 3 Mio. Euro nach Marburg\nDas gehört zu Dorfglück, sagte Anna Berger.",
        funding("fördert", "9 Mio. Euro", to=("Fulda", "Marburg"), by=("Hessen",), programme="Dorfglück"),
        funding("für Fulda", "6 Mio. Euro", to=("Fulda",), part_of="ev1"),
        funding("nach Marburg", "3 Mio. Euro", to=("Marburg",), part_of="ev1"),
        {"type": "statement", "trigger": "sagte", "speaker": "Anna Berger"},
        source="https://example.org/parts",
    ),
    # Two funders share one sum, which is in marks; the recipient has its seat in Marburg.
    release(
        "shared",
        "2018-05-02",
        "Theater\nHessen und der Bund geben der Theater GmbH in Marburg 1.955.830 Mark für Dorfglück.",
        funding("geben", "1.955.830 Mark", to=("Theater GmbH",), by=("Hessen", "Bund"), programme="Dorfglück"),
    ),
    release(
        "planned",
        "2020-01-01",
        "Pläne\nHessen will Fulda 400.000 Euro geben.",
        funding("will", "400.000 Euro", to=("Fulda",), by=("Hessen",), modality="planned"),
    ),
    release(
        "negated",
        "2020-02-01",
        "Nichts\nAnna Berger will nicht reisen. Hessen fördert Fulda nicht mit 400.000 Euro.",
        {"type": "visit", "trigger": "reisen", "visitors": ("Anna Berger",), "modality": "negated"},
        funding("fördert", "400.000 Euro", to=("Fulda",), by=("Hessen",), modality="negated"),
    ),
    # Rates and other currencies are no sums; a range counts with its lower end; words are recipients too.
    release(
        "rates",
        None,
        "</script><script>document.title = 'broken'</script>\nje Kind 5.000 Euro für Kitas\nes gibt 70 Dollar\n"
        "Fulda bekommt 10 bis 20 Euro",
        funding("je Kind", "5.000 Euro", to=("Kitas",)),
        funding("es gibt", "70 Dollar"),
        funding("bekommt", "10 bis 20 Euro", to=("Fulda",)),
        source="javascript:alert(1)",
    ),
    release("again", "2021-04-01", "Noch einmal Dorfglück"),
)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The releases, and a document that failed, as a finished archive."""
    folder = tmp_path_factory.mktemp("report") / "archive"
    rows = Rows()
    for number, record in enumerate(RELEASES):
        rows.add(number, record)
    rows.fail(len(RELEASES), Failure(id="empty", error="EmptyDocument", message="no text"))
    store = Store(folder)
    store.make()
    store.finish(0, rows.tables(), None)
    return folder
