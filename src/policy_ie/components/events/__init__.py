"""The `policy_events` component."""

from policy_ie.components.events.component import Events

__all__ = ["Events"]
