"""Label scheme of all heads, partial labels as allowed sets, and the span measure; shared by teacher and student."""

import json
import re
from pathlib import Path

import numpy as np

HEADS = {
    "ner": ["O", *(f"{p}-{k}" for k in ("PER", "LOC", "ORG", "MISC") for p in "BI")],
    "mope": ["O", *(f"{p}-{k}" for k in ("EPPOL", "EOPOL", "PFUNK", "GPE") for p in "BI")],
    "upos": ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"],
    "Case": ["_", "Nom", "Acc", "Dat", "Gen"],
    "Number": ["_", "Sing", "Plur"],
    "Gender": ["_", "Masc", "Fem", "Neut"],
    "Person": ["_", "1", "2", "3"],
    "Tense": ["_", "Pres", "Past"],
    "Mood": ["_", "Ind", "Imp", "Sub"],
    "VerbForm": ["_", "Fin", "Inf", "Part"],
    "Degree": ["_", "Pos", "Cmp", "Sup"],
    "Definite": ["_", "Def", "Ind"],
    "PronType": ["_", "Art", "Dem", "Ind", "Int", "Neg", "Prs", "Rel", "Rcp", "Tot"],
    "sent": ["_", "S"],
}  # fmt: skip
SLICES, WIDTH = {}, 0
for _head, _labels in HEADS.items():
    SLICES[_head] = slice(WIDTH, WIDTH + len(_labels))
    WIDTH += len(_labels)
INDEX = {head: {label: i for i, label in enumerate(labels)} for head, labels in HEADS.items()}
FEATS = [h for h in HEADS if h[0].isupper()]


# UD German GSD changed its scheme after the release that `linspector` took: what was PRON (or ADJ) before a noun is DET now,
# predicative adjectives are ADJ; conjunctions and particles were re-tagged without a rule that the word alone tells.
DETERMINER = re.compile(
    r"(?:kein|all|jed|jen|mein|dein|unser|unsr|eur|euer|viel|wenig|einig|manch|ander|beid|solch|etlich|sämtlich|mehrer)(?:e[mnrs]?)?"
    r"|(?:dies|welch)e[mnrs]?"
)
RETAGGED = frozenset(
    [
        "aber",
        "wie",
        "gut",
        "da",
        "rund",
        "super",
        "sieben",
        "einfach",
        "ganz",
        "doch",
        "denn",
        "damit",
        "dafür",
        "dabei",
        "will",
        "samt",
        "seit",
        "als",
        "bis",
    ]
)


def harmonised(words, upos, predicative=frozenset()):
    """Tags of the older release in the newer scheme; "?" where the word alone does not tell."""
    out = []
    for word, tag in zip(words, upos, strict=True):
        lower = word.lower()
        if tag in ("PRON", "ADJ") and DETERMINER.fullmatch(lower) and lower != "all":
            tag = "DET"
        elif lower in RETAGGED or (tag == "ADV" and lower in predicative):
            tag = "?"
        out.append(tag)
    return out


def allowed(row):
    """Allowed labels of every word as a boolean array (words, WIDTH); a head whose labels are all allowed costs nothing."""
    mask = np.ones((len(row["words"]), WIDTH), bool)
    for head in ("ner", "mope", "upos"):
        for i, label in enumerate(row.get(head, ())):
            if label == "?":
                continue
            part = mask[i, SLICES[head]]
            part[:] = False
            if label == "o":
                part[[0, INDEX["ner"]["B-MISC"], INDEX["ner"]["I-MISC"]]] = True
            else:
                part[INDEX[head][label]] = True
    for i, feats in enumerate(row.get("feats", ())):
        for head, value in feats.items():
            if value != "?" and value in INDEX[head]:
                part = mask[i, SLICES[head]]
                part[:] = False
                part[INDEX[head][value]] = True
    return mask


def read(folder, name):
    with (Path(folder) / f"{name}.jsonl").open(encoding="utf8") as f:
        return [json.loads(line) for line in f]


def spans(labels):
    """(kind, start, end) of a BIO sequence."""
    out, start, kind = set(), None, None
    for i, label in enumerate([*labels, "O"]):
        if start is not None and label != "I-" + kind:
            out.add((kind, start, i))
            start = None
        if label[0] == "B" or (label[0] == "I" and start is None):
            start, kind = i, label[2:]
    return out


def f1(gold, predicted, kinds):
    """Strict span precision, recall, F1 by kind and together."""
    counts = {k: [0, 0, 0] for k in kinds}
    for g, p in zip(gold, predicted, strict=True):
        g, p = spans(g), spans(p)
        for k in kinds:
            gk, pk = {s for s in g if s[0] == k}, {s for s in p if s[0] == k}
            counts[k][0] += len(gk & pk)
            counts[k][1] += len(gk)
            counts[k][2] += len(pk)
    counts["all"] = [sum(c[i] for c in counts.values()) for i in range(3)]
    out = {}
    for k, (hit, g, p) in counts.items():
        precision, recall = hit / max(p, 1), hit / max(g, 1)
        out[k] = (round(precision, 4), round(recall, 4), round(2 * precision * recall / max(precision + recall, 1e-9), 4))
    return out


def decode(logp, head="ner"):
    """Best BIO sequence under the constraint that I- follows its own B- or I- (Viterbi over log probabilities)."""
    labels = HEADS[head]
    if not len(logp):
        return []
    banned = np.zeros((len(labels), len(labels)), np.float32)
    for j, label in enumerate(labels):
        if label[0] == "I":
            for i, before in enumerate(labels):
                if before[2:] != label[2:]:
                    banned[i, j] = -1e9
    start = np.array([-1e9 if x[0] == "I" else 0 for x in labels], np.float32)
    best, back = logp[0] + start, []
    for row in logp[1:]:
        step = best[:, None] + banned
        back.append(step.argmax(0))
        best = step.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [labels[i] for i in reversed(path)]
