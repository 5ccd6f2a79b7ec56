"""The `policy_programmes` component."""

from policy_ie.components.programmes.component import Programmes

__all__ = ["Programmes"]
