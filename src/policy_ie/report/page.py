"""Self-contained pages: a template of this package, filled."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

__all__ = ["as_json", "filled", "resource"]


def resource(name: str) -> str:
    """A file of this package."""
    return resources.files("policy_ie.report").joinpath(name).read_text(encoding="utf-8")


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each `{{name}}` replaced by its value (already escaped), `{{style}}` by the styles of all pages."""
    values = {"style": resource("style.css"), **values}
    # In one pass, so that a text holding {{name}} stays as it is.
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], resource(template))


def as_json(data: Any) -> str:
    r"""JSON for a script element: nothing in it can end the element.

    Example:
        >>> as_json(["</script>", 1])
        '["\\u003c/script>",1]'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
