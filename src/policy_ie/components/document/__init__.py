"""The `policy_document` component."""

from policy_ie.components.document.component import Document

__all__ = ["Document"]
