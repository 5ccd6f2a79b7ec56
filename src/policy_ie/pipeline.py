"""`load()`: the ready spaCy pipeline."""

from __future__ import annotations

#: Our components in the order in which they read each other's results.
COMPONENTS = (
    "policy_document",
    "policy_money",
    "policy_dates",
    "policy_territories",
    "policy_organisations",
    "policy_programmes",
    "policy_officials",
    "policy_references",
    "policy_quotes",
    "policy_events",
)
