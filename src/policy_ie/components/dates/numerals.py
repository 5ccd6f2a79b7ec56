"""Number words in the form that values of time need: word -> ISO number ("3", "2.5")."""

from __future__ import annotations

from functools import cache

__all__ = ["cardinals"]

_ONES = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"


@cache
def cardinals() -> dict[str, str]:
    """Number words up to a hundred and the halves, with capital first letter too.

    Example:
        >>> cardinals()["Dreieinhalb"], cardinals()["vierundzwanzig"]
        ('3.5', '24')
    """
    table: dict[str, str] = {}
    ones = _ONES.split()
    for value, word in enumerate(ones):
        if value > 1:
            table[word] = str(value)
        if 0 < value < 13:
            table[word + "einhalb"] = f"{value}.5"
    for i, tens in enumerate(_TENS.split()):
        table[tens] = str(20 + 10 * i)
        for j in range(1, 10):
            table[f"{ones[j]}und{tens}"] = str(20 + 10 * i + j)
    table |= {"hundert": "100", "anderthalb": "1.5", "beide": "2", "beiden": "2", "ein": "1", "dreiviertel": "0.75", "dreissig": "30"}
    table |= {word[0].upper() + word[1:]: value for word, value in table.items()}
    return table
