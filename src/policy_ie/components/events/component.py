"""The `policy_events` component."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language

from policy_ie.components.base import Component, PolicyLayer, component
from policy_ie.components.events.appointee_lists import listed_appointees
from policy_ie.components.events.appointees import further_appointees
from policy_ie.components.events.attendance import guests
from policy_ie.components.events.calls import name_programmes, prize_money
from policy_ie.components.events.ceremony import gather_laureates, gather_prizes
from policy_ie.components.events.complete import complete, one_reading
from policy_ie.components.events.confidence import confidence
from policy_ie.components.events.engine import Engine
from policy_ie.components.events.frames import frame_set
from policy_ie.components.events.merge import merge
from policy_ie.components.events.signing import one_contract, signatories
from policy_ie.components.events.statements import statements
from policy_ie.components.events.tables import table_rows
from policy_ie.components.events.told import when_and_where
from policy_ie.components.events.triggers import scan


@component("policy_events")
class Events(Component):
    """Finds events: frames over clauses for what happened, and one statement per quote of `policy_quotes`."""

    def __init__(
        self,
        nlp: Language | None,
        name: str = "policy_events",
        *,
        frames: Sequence[str] = (),
        min_confidence: float = 0.0,
        calibrated: bool = True,
    ) -> None:
        """Keeps the settings.

        Args:
            nlp: the pipeline.
            name: name in the pipeline.
            frames: further frame files or folders.
            min_confidence: events below this confidence are left out.
            calibrated: weigh the evidence of each event; otherwise the confidence is the frame's own.
        """
        self.frames = tuple(frames)
        self.min_confidence = min_confidence
        self.calibrated = calibrated

    def annotate(self, layer: PolicyLayer) -> None:
        """Writes `layer.events` in order of the text."""
        frames = frame_set(self.frames)
        engine = Engine(layer, frames)
        drafts = engine.drafts(scan(layer.text, engine.low, frames))
        drafts += further_appointees(engine, drafts)
        name_programmes(engine, drafts)
        signatories(engine, drafts)
        events = merge(guests(engine, drafts), layer.text, frames.types, engine.titles, layer.published)
        events = gather_prizes(layer.text, one_reading(prize_money(engine, events), layer.text))
        gather_laureates(engine, events)
        events += table_rows(engine, events)
        listed_appointees(engine, events)
        complete(engine, events)
        one_contract(engine, events)
        events += statements(layer)
        when_and_where(engine, events)
        if self.calibrated:
            for event in events:
                event.confidence = confidence(event, layer.title, layer.text)
        events.sort(key=lambda d: (d.trigger[0], d.trigger[1], d.type))
        layer.events = [e for e in events if e.confidence >= self.min_confidence]
