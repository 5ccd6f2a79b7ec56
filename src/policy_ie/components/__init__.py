"""The pipeline components, one folder each."""

from policy_ie.components import serialise

__all__ = ["serialise"]
