"""What a place name is besides: an ordinary word, a surname, a given name."""

from __future__ import annotations

from pathlib import Path

__all__ = ["traits_of"]


def traits_of(facts: Path, sources: Path) -> dict[str, tuple[str, ...]]:
    """Traits by name."""
    return {}
