"""Input: text from strings, bytes and HTML, and the layout of a page that prints a release."""

from policy_ie.text.layout import Layout, read_layout
from policy_ie.text.source import SourceText, read, read_bytes, read_html, read_text

__all__ = ["Layout", "SourceText", "read", "read_bytes", "read_html", "read_layout", "read_text"]
