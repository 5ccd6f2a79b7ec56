"""Fixtures that all tests share."""

from __future__ import annotations

import pytest

from policy_ie import Extractor


@pytest.fixture(scope="session")
def rules() -> Extractor:
    """The extractor without a trained base."""
    return Extractor(profile="rules")


@pytest.fixture(scope="session")
def default() -> Extractor:
    """The extractor on the base pipeline that ships."""
    return Extractor()
