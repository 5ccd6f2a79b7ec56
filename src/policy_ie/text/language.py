"""Which language a text is in: enough to warn where it is not German."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["detect_language"]

_WORDS = re.compile(r"[^\W\d_]+")
#: Characters looked at.
_SAMPLE = 1500
_SCRIPTS = {
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
}
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\ud7af]")
_GERMAN_ENDING = re.compile(r"(?:ung|ungen|keit|heit|schaft|isch|ische[rnms]?|liche?[rnms]?|tion|ministerium|meister|kreis)$")
#: Stop words that a text must have to tell its language by them.
_MIN_HITS = 3


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    """Languages of each stop word."""
    table: dict[str, set[str]] = {}
    data = tomllib.loads((files("policy_ie.text") / "languages.toml").read_text(encoding="utf-8"))
    for language, words in data.items():
        for word in words.split():
            table.setdefault(word, set()).add(language)
    return {word: frozenset(languages) for word, languages in table.items()}


@cache
def _german() -> frozenset[str]:
    return frozenset(word for word, languages in _stop_words().items() if "de" in languages)


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language, by its commonest words; "und" where there is too little to tell.

    Example:
        >>> detect_language("Die Stadt erhält Mittel für den Ausbau der Kitas.")
        'de'
        >>> detect_language("The city will receive funds for the new school.")
        'en'
        >>> detect_language("Essen, Köln, Bonn")
        'und'
    """
    sample = text[:_SAMPLE]
    tokens = sample.lower().split()
    german = sum(map(_german().__contains__, tokens))
    if german >= max(_MIN_HITS, 0.2 * len(tokens)):
        return "de"  # no other language shares so many
    words = _WORDS.findall(sample)
    if not words:
        return "und"
    if not sample.isascii() and _OTHER_SCRIPT.search(sample):
        letters = sum(map(len, words))
        for language in reversed(_SCRIPTS):  # Japanese before Chinese: both use the Chinese signs
            if len(_SCRIPTS[language].findall(sample)) > 0.3 * letters:
                return language
    table = _stop_words()
    scores: dict[str, int] = {}
    for word in words:
        for language in table.get(word.lower(), ()):
            scores[language] = scores.get(language, 0) + 1
    if scores:
        # At equal scores German wins: it is what we expect.
        best = max(scores, key=lambda language: (scores[language], language == "de", language))
        if scores[best] >= _MIN_HITS and scores[best] >= 0.08 * len(words):
            return best
    if _looks_german(words, german):
        return "de"
    return "und"


def _looks_german(words: list[str], hits: int) -> bool:
    """For headlines and lists: umlauts, endings, and a stop word or two."""
    signs = hits + sum(1 for word in words[:60] if _GERMAN_ENDING.search(word) or "ß" in word)
    return signs >= 2 and signs >= 0.1 * min(len(words), 60)
