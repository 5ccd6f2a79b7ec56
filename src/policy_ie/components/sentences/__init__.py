"""The `policy_sentences` component."""

from policy_ie.components.sentences.component import Sentences

__all__ = ["Sentences"]
