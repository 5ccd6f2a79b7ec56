"""The `policy_quotes` component."""

from policy_ie.components.quotes.component import Quotes

__all__ = ["Quotes"]
