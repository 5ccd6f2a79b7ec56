"""Linking of ambiguous place names: accuracy against the baselines "most populous" and "first match".

    python benchmarks/linking.py [--errors]

The contexts are of two kinds: those in `linking.tsv`, written by hand (words, persons, clubs, districts, city states,
merged municipalities), and those made here by templates for names that several municipalities bear. A context counts as
right when the name is linked to the expected key, or to nothing where no territory is meant.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import spacy

from policy_ie.components.base import policy_layer
from policy_ie.knowledge import KnowledgeBase, TerritoryEntry, knowledge_base


class Case(NamedTuple):
    group: str
    text: str
    name: str
    key: str
    published: dt.date | None = None


#: Contexts for one of several municipalities of a name; `{near}`, `{other}` are neighbours in the same Kreis.
TEMPLATES = (
    "Die Gemeinden {near}, {name} und {other} bauen gemeinsam eine Schule.",
    "Der Ausbau in {name} ({kreis}) beginnt im Mai.",
    "In {name} entsteht ein Familienzentrum. Der {kreis} beteiligt sich an den Kosten.",
    "{capital}. Das Land {land} fördert ein Feuerwehrhaus in {name}, {near} und {other}.",
    "Bürgermeister aus {near} und {other} besuchten {name}. Das Projekt unterstützt der {kreis}.",
)
CAPITALS = {
    "DE-SH": "Kiel", "DE-NI": "Hannover", "DE-NW": "Düsseldorf", "DE-HE": "Wiesbaden", "DE-RP": "Mainz", "DE-BW": "Stuttgart",
    "DE-BY": "München", "DE-SL": "Saarbrücken", "DE-BB": "Potsdam", "DE-MV": "Schwerin", "DE-SN": "Dresden",
    "DE-ST": "Magdeburg", "DE-TH": "Erfurt",
}  # fmt: skip


def written() -> Iterator[Case]:
    for line in (Path(__file__).parent / "linking.tsv").read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            text, name, key, published = (line + "\t\t\t").split("\t")[:4]
            yield Case("written", text, name, key, dt.date.fromisoformat(published) if published else None)


def generated(kb: KnowledgeBase, step: int = 5) -> Iterator[Case]:
    entries = [e for i in kb.ids("territory") if isinstance(e := kb.entry(i), TerritoryEntry) and e.valid_to is None]
    municipalities = [e for e in entries if e.level == "municipality" and (e.ags or "").isdigit()]
    lands = {e.state: e.name for e in entries if e.level == "state"}
    by_kreis: dict[str, list[TerritoryEntry]] = {}
    by_name: dict[str, list[TerritoryEntry]] = {}
    for e in municipalities:
        by_kreis.setdefault(e.kreis_key or "", []).append(e)
        for name in {e.name, *e.aliases}:
            by_name.setdefault(name, []).append(e)
    names = sorted(n for n, es in by_name.items() if len(es) > 1 and len(n) > 3 and " " not in n)
    count = 0
    for number, name in enumerate(names):
        if number % step:
            continue
        for e in sorted(by_name[name], key=lambda e: -e.population)[:3]:
            kreis = f"ags:{e.kreis_key}"
            others = [m for m in by_kreis[e.kreis_key or ""] if m is not e and len(by_name[m.name]) == 1]
            around = sorted(others, key=lambda m: -m.population)
            namesakes = sum(m.kreis_key == e.kreis_key for m in by_name[name])
            if kreis not in kb or len(around) < 2 or namesakes > 1:
                continue
            count += 1
            text = TEMPLATES[count % len(TEMPLATES)].format(
                name=name,
                near=around[0].name,
                other=around[1].name,
                kreis=kb.entry(kreis).name,
                capital=CAPITALS[e.state or ""],
                land=lands[e.state],
            )
            yield Case("generated", text, name, e.ags or "")


def linked(nlp: spacy.Language, case: Case) -> str:
    doc = nlp.make_doc(case.text)
    layer = policy_layer(doc)
    layer.published = case.published
    nlp.get_pipe("policy_territories")(doc)
    found = [m for m in layer.mentions if not m.nominal and case.text[m.start : m.end] == case.name]
    if not found:
        return "-"
    kb_id, value = found[0].kb_id or "", found[0].value
    return value.ags or kb_id.removeprefix("ars:")


def baseline(kb: KnowledgeBase, case: Case, how: str) -> str:
    entries = [e for e in kb.by_name(case.name) if isinstance(e, TerritoryEntry)]
    if not entries:
        return "-"
    entry = max(entries, key=lambda e: e.population) if how == "populous" else min(entries, key=lambda e: e.kb_id)
    return entry.ags or entry.kb_id.removeprefix("ars:")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list the wrong ones")
    options = parser.parse_args()
    kb = knowledge_base()
    nlp = spacy.blank("de")
    nlp.add_pipe("policy_territories")
    cases = [*written(), *generated(kb)]
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for case in cases:
        total[case.group] += 1
        for how, answer in (
            ("policy_territories", linked(nlp, case)),
            ("most populous", baseline(kb, case, "populous")),
            ("first match", baseline(kb, case, "first")),
        ):
            right[how, case.group] += answer == case.key
            if options.errors and how == "policy_territories" and answer != case.key:
                print(f"{case.group}: {case.name} {case.key} but {answer}: {case.text}")
    print(f"{'':20} {'written':>8} {'generated':>10} {'all':>6}")
    for how in ("policy_territories", "most populous", "first match"):
        rates = [right[how, g] / total[g] for g in ("written", "generated")]
        both = sum(right[how, g] for g in total) / sum(total.values())
        print(f"{how:20} {rates[0]:8.3f} {rates[1]:10.3f} {both:6.3f}")
    print(f"{len(cases)} contexts ({total['written']} written, {total['generated']} generated)")


if __name__ == "__main__":
    main()
