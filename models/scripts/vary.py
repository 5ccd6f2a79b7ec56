"""Vary the sentences of annotated corpora for the teachers to label. Usage: vary.py CONFIG DATA WORDS.npz SOFT

Writes DATA/varied.jsonl. Names are replaced by others of their kind, words by neighbours: rows of the word table with the same lexicon
readings and the same ending, near by vector. What a variant says need not be true or even sense: the teachers read it as they read text, and
the network learns to read as they do.
"""

import json
import random
import sys
from pathlib import Path

import numpy as np
from schema import HEADS, SLICES, read, spans
from student import name_pools
from teacher import held_out
from thinc.api import Config

from policy_ie.base.words import WordTable


class Neighbours:
    """Words that could stand for a word."""

    def __init__(self, table, frequent, most):
        self.table, self.most, self.found = table, most, {}
        vectors = table.vectors_of(np.arange(frequent))
        self.vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        self.groups = {}
        for i, word in enumerate(table.words[:frequent]):
            self.groups.setdefault(self.key(word, i), []).append(i)
        self.groups = {k: np.array(v) for k, v in self.groups.items()}

    def key(self, word, row):
        return int(self.table.bits[row]), word[-2:], word[:1].isupper()

    def __call__(self, word):
        found = self.found.get(word)
        if found is None:
            row, how = self.table.find(word)
            found = []
            if how == 1 and len(word) > 3 and row < len(self.vectors) and word.isalpha() and self.table.bits[row]:
                group = self.groups.get(self.key(word, row), np.array([], int))
                near = self.vectors[group] @ self.vectors[row]
                best = np.argsort(-near)[: self.most + 1]
                found = [self.table.words[group[k]] for k in best if group[k] != row]
            self.found[word] = found
        return found


def names(row, labels):
    """Names by annotation where it follows the one guideline, else by the teachers, where sure."""
    if labels is None:
        return sorted(s for s in spans(row["ner"]) if s[0] != "MISC")
    ner = labels[:, SLICES["ner"]].astype(np.float32) / 255
    best = ner.argmax(1)
    return [s for s in sorted(spans([HEADS["ner"][k] for k in best])) if s[0] != "MISC" and (ner[np.arange(s[1], s[2]), best[s[1] : s[2]]] > 0.7).all()]


def main(config, data, words, soft):
    settings = Config().from_disk(config)["vary"]
    rng = random.Random(settings["seed"])
    near = Neighbours(WordTable.from_disk(Path(words)), settings["frequent"], settings["most"])
    sources = {}
    for name in settings["share"]:
        stored = np.load(Path(soft) / f"{name}.npz")
        labels, offsets, rows = stored["p"], stored["offsets"], []
        for i, row in enumerate(read(data, name)):
            if name == "germeval-dev" and held_out(i):
                continue
            found = names(row, None if name in settings["guideline"] else labels[offsets[i] : offsets[i + 1]])
            rows.append(row | {"names": found})
        sources[name] = rows
    pools = name_pools([(r, None) for rows in sources.values() for r in rows])
    written = 0
    with (Path(data) / "varied.jsonl").open("w", encoding="utf8") as out:
        for name, share in settings["share"].items():
            rows = sources[name] * int(share) if share >= 1 else rng.choices(sources[name], k=round(share * len(sources[name])))
            for row in rows:
                words = list(row["words"])
                inside = set()
                for kind, start, end in row["names"]:
                    inside.update(range(start, end))
                    lot = rng.random()
                    if lot < settings["renamed"]:
                        words[start:end] = rng.choice(pools[kind, end - start])
                    elif lot < settings["renamed"] + settings["mixed"]:  # word by word, from other names of the kind
                        for i in range(start, end):
                            if words[i][:1].isupper():
                                words[i] = rng.choice(rng.choice(pools[kind, end - start]))
                for i, word in enumerate(words):
                    if i not in inside and rng.random() < settings["replaced"] and (others := near(word)):
                        words[i] = rng.choice(others)
                new = {"corpus": "varied", "words": words, "one": row.get("one", False)}
                if "spaces" in row:
                    new["spaces"] = row["spaces"]
                out.write(json.dumps(new, ensure_ascii=False) + "\n")
                written += len(words)
    print(written, "words")


if __name__ == "__main__":
    main(*sys.argv[1:])
