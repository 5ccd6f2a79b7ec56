"""The `policy_territories` component."""

from policy_ie.components.territories.component import Territories

__all__ = ["Territories"]
