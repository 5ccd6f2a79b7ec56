"""The `policy_officials` component."""

from policy_ie.components.officials.component import Officials

__all__ = ["Officials"]
