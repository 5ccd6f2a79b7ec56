"""Number words as values of time need them: every form up to a hundred -> its number as ISO 8601 writes it ("3", "2.5").

The words and their values come from `policy_ie.language.numbers`; this module only lists the forms for the scanner.
"""

from __future__ import annotations

from functools import cache

from policy_ie.language import numbers

__all__ = ["cardinals", "ordinals"]


def _spelled() -> dict[int, str]:
    """The cardinals from 1 to 100 in words."""
    words = {value: word for word, value in (*numbers._UNITS.items(), *numbers._TEENS.items()) if word != "zwo"}
    for tens, value in numbers._TENS.items():
        words.setdefault(value, tens)
        for unit in range(1, 10):
            words.setdefault(value + unit, f"{words[unit]}und{tens}")
    return words | {100: "hundert"}


@cache
def cardinals() -> dict[str, str]:
    """Cardinals and halves, with a capital first letter too.

    Example:
        >>> cardinals()["Dreieinhalb"], cardinals()["vierundzwanzig"]
        ('3.5', '24')
    """
    spelled = _spelled()
    table = {word: str(value) for value, word in spelled.items()}
    table |= {f"{spelled[value]}einhalb": f"{value}.5" for value in range(1, 13)}
    table |= {"anderthalb": "1.5", "beide": "2", "beiden": "2", "dreissig": "30", "zwo": "2"}
    return table | {word[0].upper() + word[1:]: value for word, value in table.items()}


@cache
def ordinals() -> dict[str, int]:
    """Ordinals up to 31 with their endings.

    Example:
        >>> ordinals()["neunundzwanzigsten"], ordinals()["dritter"]
        (29, 3)
    """
    stems = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
    spelled = _spelled()
    for value in range(1, 32):
        stems.setdefault(value, spelled[value] + ("t" if value < 20 else "st"))
    return {stem + ending: value for value, stem in stems.items() for ending in ("e", "en", "er", "es", "em")}
