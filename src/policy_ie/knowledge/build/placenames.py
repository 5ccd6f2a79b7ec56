"""What the compilers of territories share: reading of tables, and the forms in which names of places are written."""

from __future__ import annotations

import csv
import re
from pathlib import Path

__all__ = ["ISO", "aliases", "read", "short_forms", "split", "written"]

#: Letters of the Länder by their keys.
ISO = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip

# Designations that stand before a name and are no part of it; Lutherstadt is kept as an alias, as it is spoken.
_DESIGNATED = re.compile(
    r"^(?!Lutherstadt|Amt |Bad )(?:[A-ZÄÖÜ][\w.]*[ -])*?"
    r"[\w-]*(?:stadt|gemeinde|Markt|Flecken|bad|ort|Stadt)(?: und [\w-]+stadt)? (?=[A-ZÄÖÜ])"
)
# What stands behind the name itself: "(Saale)", "/Geiseltal", "am Rhein", "b.Coburg".
_ADDITION = re.compile(
    r"(?: ?\(.*\)| ?/.*"
    r"| (?:bei|b\.|am|a\.|an der|a\.d\.|a\. d\.|i\.|im|in der|i\.d\.|ob der|v\.|vor der|unter|auf) ?\S.*)$"
)


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a table with a head."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def split(cell: str) -> list[str]:
    """Parts of a cell that holds several values."""
    return [part for part in cell.split("|") if part]


def short_forms(name: str) -> list[str]:
    """Names as texts shorten them: "Halle (Saale)" -> "Halle"; "Beuna/Geiseltal" -> "Beuna"."""
    short = _ADDITION.sub("", name)
    forms = [short] if short != name and len(short) > 2 else []
    if short != name and re.search(r"\)$", name):
        forms.append(re.sub(r" \((.*)\)$", r"/\1", name))
    return forms


# Words between a name and its addition, with the forms in which they are shortened.
_LINKS = {
    "am": ("a.",), "an der": ("a.d.", "an d."), "im": ("i.",), "in der": ("i.d.",), "in": ("i.",), "bei": ("b.",),
    "vor der": ("v.d.",), "ob der": ("o.d.",), "a.": ("am",), "a.d.": ("an der",), "i.": ("im",), "i.d.": ("in der",),
    "b.": ("bei",), "v.d.": ("vor der",),
}  # fmt: skip
_LINKED = re.compile(
    rf"(?P<head>.+?) (?P<link>{'|'.join(map(re.escape, sorted(_LINKS, key=len, reverse=True)))}) ?(?P<rest>[A-ZÄÖÜ].+)"
)
# What "i." stands for in these is no "im".
_IN_LAND = re.compile(r"(?:OB|NB|OPf|UFr|OFr|MFr|Bay|Hess)\.?$")


_SPELLED_OUT = {
    "Westf.": "Westfalen", "Rhld.": "Rheinland", "Oldb.": "Oldenburg", "Oldenb": "Oldenburg", "Württ.": "Württemberg",
    "Holst.": "Holstein", "Hann.": "Hannover", "Vogtl.": "Vogtland", "Sachs.": "Sachsen",
}  # fmt: skip


def written(name: str) -> list[str]:
    """A name with an addition as texts write it: "Neustadt a. d. Aisch", "Triberg/Schwarzwald", "Giengen (Brenz)".

    Example:
        >>> written("Furth im Wald")
        ['Furth/Wald', 'Furth (Wald)', 'Furth i.Wald', 'Furth i. Wald']
    """
    if m := re.fullmatch(r"(.+?) \((\w[\w -]*\.?)\)", name):
        forms = [f"{m[1]}/{m[2]}", f"{m[1]} / {m[2]}", f"{m[1]}({m[2]})"]
        if full := _SPELLED_OUT.get(m[2]):
            forms += [f"{m[1]}/{full}", f"{m[1]} ({full})", f"{m[1]} in {full}"]
        return forms
    if "/" in name or "(" in name or (m := _LINKED.fullmatch(name)) is None:
        return []
    head, rest = m["head"], m["rest"]
    # "Berod/Hachenburg" would be two places.
    forms = [] if "." in rest or m["link"] in ("bei", "b.") else [f"{head}/{rest}", f"{head} ({rest})"]
    for link in (m["link"], *_LINKS[m["link"]]):
        if link == "im" and m["link"] != "im" and _IN_LAND.search(rest):
            continue
        if "." in link:
            forms.append(f"{head} {link}{rest}")
            link = link.replace(".d", ". d")
            forms.append(f"{head} {link.replace('. d', '.d')} {rest}")
        forms.append(f"{head} {link} {rest}")
    return [form for form in dict.fromkeys(forms) if form != name]


def aliases(name: str, given: list[str]) -> tuple[str, ...]:
    """Further names of a place: those given, short forms, "St." for "Sankt"."""
    kept = dict.fromkeys(
        alias
        for alias in [*given, *short_forms(name)]
        if not _DESIGNATED.match(alias) and not (alias.endswith(f" {name}") and "stadt" in alias and alias[:6] != "Luther")
    )
    if name.startswith("Sankt "):
        kept["St. " + name[6:]] = None
        kept["St." + name[6:]] = None
    if name.startswith("St. "):
        kept["Sankt " + name[4:]] = None
    kept.pop(name, None)
    return tuple(kept)
