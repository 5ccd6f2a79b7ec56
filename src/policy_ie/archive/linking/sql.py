"""The SQL of linking: files of named statements."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Template

__all__ = ["statement"]

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def statement(file: str, name: str, **values: object) -> str:
    """A statement (or several) of a file, with its values filled in.

    Example:
        >>> statement("identities", "lands").splitlines()[0]
        'CREATE TABLE lands AS'
    """
    return Template(_statements(file)[name]).substitute(values)


@cache
def _statements(file: str) -> dict[str, str]:
    parts = _NAME.split((Path(__file__).parent / f"{file}.sql").read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))
