"""The confidence of events: weighed evidence, and a share of right events that fits it."""

import pytest

from policy_ie import Extractor
from policy_ie.components.base import EventDraft, Mention
from policy_ie.components.events.confidence import _weights, confidence, evidence
from policy_ie.records import EVENT_TYPES

TEXT = "Das Land gibt Plön Geld. Das sagte die Ministerin in Kiel."


def draft(**changes):
    return EventDraft("funding", (9, 13), (0, 24), **{"confidence": 0.8, **changes})


def test_every_type_and_every_piece_of_evidence_has_a_weight():
    weights = _weights()
    assert {f"type:{kind}" for kind in EVENT_TYPES} <= set(weights)
    full = draft(roles={"recipients": [(14, 18), (53, 57)]}, evidence=[(0, 3)], modality="planned", part_of=draft())
    full.trigger = (0, 3)
    assert {name for name, _ in evidence(full, (0, 24), TEXT)} <= set(weights)


def test_arguments_from_elsewhere_are_counted():
    near, far = draft(roles={"recipients": [(14, 18)]}), draft(roles={"recipients": [(53, 57)]})
    assert [dict(evidence(d, None, TEXT))["far"] for d in (near, far)] == [0, 1]
    place = draft(place=[Mention(53, 57, "territory", None)])
    assert dict(evidence(place, None, TEXT))["far"] == 1


@pytest.mark.parametrize("own", [0.0, 0.3, 1.0])
def test_it_is_a_probability(own):
    assert 0 < confidence(draft(confidence=own), None, TEXT) < 1


def test_a_surer_frame_gives_a_surer_event():
    assert confidence(draft(confidence=0.5), None, TEXT) < confidence(draft(confidence=0.9), None, TEXT)


def test_uncalibrated_events_keep_the_value_of_their_frame():
    extractor = Extractor(profile="rules")
    text = "Kiel, 3. Mai 2021. Das Land Schleswig-Holstein fördert die Stadt Plön mit 2 Mio. Euro."
    [event] = extractor.extract(text).events
    extractor.nlp.get_pipe("policy_events").calibrated = False
    [own] = extractor.extract(text).events
    assert own.confidence != event.confidence
    assert own.model_dump(exclude={"confidence"}) == event.model_dump(exclude={"confidence"})
