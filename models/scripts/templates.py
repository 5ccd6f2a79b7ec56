"""Fill the templates of configs/templates.toml from the name lists. Usage: templates.py TEMPLATES FACTS DATA"""

import json
import random
import re
import sys
import tomllib
from pathlib import Path

import spacy
from package import tokenizer
from vectors import rows

KINDS = {"per": "PER", "last": "PER", "town": "LOC", "district": "LOC", "state": "LOC", "ministry": "ORG", "body": "ORG", "party": "ORG", "company": "ORG"}
MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"]


def main(templates, facts, data, size=4000):
    rng, facts = random.Random(11), Path(facts)
    config = tomllib.loads(Path(templates).read_text(encoding="utf8"))
    nlp = tokenizer(spacy.blank("de"))
    first = [r["name"] for r in rows(facts / "firstnames_de.tsv")][:3000]
    last = [r["name"] for r in rows(facts / "surnames_de.tsv")]
    last += [r["last_name"] for r in rows(facts / "mdb_dip_1972-2021.tsv")]
    towns = [re.sub(r"[,(].*", "", r["name"]).strip() for r in rows(facts / "gemeinden_2024-12-31.tsv") if not r["gemeindefrei"].strip("0")]
    districts = [r["full_name"] for r in rows(facts / "kreise.tsv") if r["typ"] != "Kreisfreie Stadt" and "kreis" in r["full_name"].lower()]
    districts = [f"{d}" for d in districts]
    states = [r["name"] for r in rows(facts / "laender.tsv")]
    ministries = [r["name"] for t in ("ministries_laender", "ministries_federal") for r in rows(facts / f"{t}.tsv") if "inisterium" in r["name"]]
    titles = [v for r in rows(facts / "title_nouns.tsv") for k, v in r.items() if v and k in ("masculine", "feminine", "m", "f") and " " not in v]
    if not titles:
        table = list(rows(facts / "title_nouns.tsv"))
        titles = [w for r in table for w in list(r.values())[:2] if w and " " not in w and w[0].isupper()]

    def fill(slot):
        if slot == "per":
            return f"{rng.choice(('', '', '', '', 'Dr. '))}" + f"{rng.choice(first)} {rng.choice(last)}" + rng.choice(("", "", "", f"-{rng.choice(last)}"))
        if slot == "ministry":
            name = rng.choice(ministries)
            return name if rng.random() < 0.6 or "Bund" in name else f"{name} des Landes {rng.choice(states)}"
        if slot in ("company", "body", "party"):
            pattern = rng.choice(config[{"company": "companies", "body": "bodies", "party": "parties"}[slot]])
            return re.sub(r"\{(\w+)\}", lambda m: fill(m[1]), pattern)
        if slot == "date":
            return rng.choice(
                (
                    f"{rng.randint(1, 31)}. {rng.choice(MONTHS)} {rng.randint(1998, 2026)}",
                    f"{rng.randint(1, 31)}. {rng.choice(MONTHS)}",
                    f"{rng.choice(MONTHS)} {rng.randint(2000, 2026)}",
                )
            )
        return rng.choice({"last": last, "town": towns, "district": districts, "state": states, "title": titles, "Title": titles}[slot])

    with (Path(data) / "templates.jsonl").open("w", encoding="utf8") as f:
        for i in range(int(size)):
            template = config["sentences"][i % len(config["sentences"])]
            text, spans, at = "", [], 0
            for m in re.finditer(r"\{(\w+)\}", template):
                text += template[at : m.start()]
                value = fill(m[1])
                if m[1] in KINDS:
                    skip = 4 if value.startswith("Dr. ") else 0
                    spans.append((len(text) + skip, len(text) + len(value), KINDS[m[1]]))
                text += value
                at = m.end()
            text += template[at:]
            doc = nlp(text)
            ner = ["O"] * len(doc)
            for start, end, kind in spans:
                inside = [t.i for t in doc if t.idx < end and t.idx + len(t) > start]
                for k in inside:
                    ner[k] = ("B-" if k == inside[0] else "I-") + kind
                if doc[inside[0]].idx != start or doc[inside[-1]].idx + len(doc[inside[-1]]) != end:
                    for k in inside:  # "SPD-Fraktion": the name is a part of the token
                        ner[k] = "?"
            row = {"corpus": "templates", "id": f"t{i}", "words": [t.text for t in doc], "spaces": [bool(t.whitespace_) for t in doc], "ner": ner, "one": True}
            f.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
