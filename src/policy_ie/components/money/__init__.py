"""The `policy_money` component."""

from policy_ie.components.money.component import Money

__all__ = ["Money"]
