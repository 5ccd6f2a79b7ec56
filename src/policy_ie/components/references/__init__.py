"""The `policy_references` component."""

from policy_ie.components.references.component import References

__all__ = ["References"]
