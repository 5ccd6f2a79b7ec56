"""Fixtures that all tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from policy_ie import Extractor


@pytest.fixture(scope="session")
def rules() -> Extractor:
    """The extractor without a trained base."""
    from policy_ie import Extractor

    return Extractor(profile="rules")


@pytest.fixture(scope="session")
def default() -> Extractor:
    """The extractor on the base pipeline that ships."""
    from policy_ie import Extractor

    return Extractor()
