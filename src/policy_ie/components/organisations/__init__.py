"""The `policy_organisations` component."""

from policy_ie.components.organisations.component import Organisations

__all__ = ["Organisations"]
