"""policy_ie: German press releases of governments and municipalities as typed event records.

The package imports nothing heavy: spaCy and the knowledge base are loaded at the first use of a name below.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policy_ie.api import Extractor, extract, extract_many
    from policy_ie.errors import PolicyIEError
    from policy_ie.pipeline import load
    from policy_ie.records import Failure, PressRelease, json_schema

__version__ = "0.1.0"

__all__ = [
    "Extractor",
    "Failure",
    "PolicyIEError",
    "PressRelease",
    "__version__",
    "extract",
    "extract_many",
    "json_schema",
    "load",
]

_HOMES = {
    "Extractor": "api",
    "extract": "api",
    "extract_many": "api",
    "load": "pipeline",
    "PolicyIEError": "errors",
    "Failure": "records",
    "PressRelease": "records",
    "json_schema": "records",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
