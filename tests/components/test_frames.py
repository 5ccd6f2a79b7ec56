"""The examples in the frame files hold, and the counter-examples give no such event."""

import datetime as dt

import pytest
import spacy

from policy_ie.components.base import policy_layer
from policy_ie.components.events.examples import describe, parse_example
from policy_ie.components.events.frames import FrameSet, frame_set
from policy_ie.errors import DataError

EXAMPLES = frame_set().examples


def run(marked, published=dt.date(2024, 3, 15)):
    nlp = spacy.blank("de")
    events = nlp.add_pipe("policy_events")
    text, mentions = parse_example(marked)
    doc = nlp.make_doc(text)
    layer = policy_layer(doc)
    layer.published = published
    layer.add(mentions)
    nlp.get_pipe("policy_events")(doc)
    assert events
    return layer


def agrees(found, wanted):
    for name, value in wanted.items():
        have = found.get(name)
        if isinstance(value, list):
            have = have or []
            if len(have) != len(value) or any(w not in h and h not in w for w, h in zip(value, have, strict=True)):
                return False
        elif have != value:
            return False
    return True


@pytest.mark.parametrize(("kind", "example", "positive"), EXAMPLES, ids=[f"{k}-{e['text'][:40]}" for k, e, _ in EXAMPLES])
def test_example(kind, example, positive):
    layer = run(example["text"])
    found = [describe(d, layer) for d in layer.events if d.type == kind]
    if positive:
        assert any(agrees(f, example["event"]) for f in found), found
        assert len(found) == 1, found
    else:
        assert not found


@pytest.mark.parametrize(
    ("wrong", "named"),
    [('verbz = ["besuchen"]', "verbz"), ("slots = { guests = ['subject'] }", "guests"), ("context = '('", "my.toml")],
)
def test_mistake_in_own_frame_is_named(wrong, named):
    with pytest.raises(DataError, match=named):
        FrameSet([("my.toml", f'type = "visit"\n[[frame]]\nid = "own"\nverbs = ["besuchen"]\n{wrong}\n')])


def test_mistake_in_own_settings_is_named():
    with pytest.raises(DataError, match="identitty"):
        FrameSet([("my.toml", 'type = "visit"\nidentitty = ["visitors"]\n')])


def test_own_frame_uses_the_roles_of_its_type():
    roles = 'type = "visit"\n[roles.visitors]\nkinds = ["official"]\nslots = ["subject"]\n'
    own = 'type = "visit"\n[[frame]]\nid = "own"\nverbs = ["betrachten"]\nrequire = ["visitors"]\n'
    (frame,) = FrameSet([("first.toml", roles), ("my.toml", own)]).frames
    assert [role.name for role in frame.roles] == ["visitors"]
