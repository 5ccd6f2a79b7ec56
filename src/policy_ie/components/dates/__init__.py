"""The `policy_dates` component."""

from policy_ie.components.dates.component import Dates

__all__ = ["Dates"]
