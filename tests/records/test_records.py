"""The contract: shapes, round trip, schema."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from policy_ie.records import (
    EVENT_TYPES,
    Funding,
    Mention,
    Money,
    PipelineInfo,
    PressRelease,
    Ref,
    TextSpan,
    json_schema,
)

INFO = PipelineInfo(library="0", base="rules", knowledge="0")


def release(**fields: object) -> PressRelease:
    return PressRelease.model_validate(
        {"id": "a", "language": "de", "text": "Soest erhält 5 Euro.", "pipeline": INFO, **fields}
    )


def test_round_trip_keeps_types_apart() -> None:
    money = Money(id="e1", text="5 Euro", mentions=(Mention(start=13, end=19, text="5 Euro"),), confidence=0.9, amount="5.00")
    event = Funding(
        id="ev1",
        trigger=TextSpan(start=6, end=12, text="erhält"),
        sentence=TextSpan(start=0, end=20, text="Soest erhält 5 Euro."),
        confidence=0.5,
        recipients=(TextSpan(start=0, end=5, text="Soest"), Ref(entity="e1", text="5 Euro")),
        amounts=(Ref(entity="e1", text="5 Euro"),),
        stage="approved",
    )
    record = release(entities=(money,), events=(event,))
    again = PressRelease.model_validate_json(record.model_dump_json())
    assert again == record
    assert '"amount":"5.00"' in record.model_dump_json()
    assert isinstance(again.events[0], Funding)
    assert again.entity("e1") == money
    with pytest.raises(KeyError):
        record.entity("e2")


def test_records_are_frozen_and_closed() -> None:
    record = release()
    with pytest.raises(ValidationError):
        record.id = "b"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        release(colour="red")


def test_a_span_must_have_the_length_of_its_text() -> None:
    with pytest.raises(ValidationError, match="cannot stand at"):
        TextSpan(start=0, end=3, text="ab")


def test_schema_describes_every_field() -> None:
    schema = json_schema()
    for name, model in {**schema["$defs"], "PressRelease": schema}.items():
        for field, definition in model.get("properties", {}).items():
            assert {"description", "const", "$ref"} & set(definition), f"{name}.{field}"


def test_schema_has_all_event_types_and_kinds() -> None:
    schema = json_schema()
    assert len(EVENT_TYPES) == 13
    for name, model in EVENT_TYPES.items():
        assert schema["$defs"][model.__name__]["properties"]["type"]["const"] == name
    kinds = set(schema["properties"]["entities"]["items"]["discriminator"]["mapping"])
    assert kinds == {"official", "person", "organisation", "territory", "money", "date", "programme"}


def test_no_pipeline_link_reaches_the_schema() -> None:
    assert not re.search(r'"(seat|run_by)"', str(json_schema()).replace("'", '"'))


def test_every_model_is_documented() -> None:
    for file in (Path(__file__).parents[2] / "src/policy_ie/records").glob("*.py"):
        for found in re.finditer(r"^class (\w+)\(.*\):\n(.*)", file.read_text(encoding="utf-8"), re.M):
            assert '"""' in found[2] or found[1].startswith("_"), found[1]
