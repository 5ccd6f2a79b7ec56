"""Let the teacher label text. Usage: label.py CONFIG TEACHER.pt DATA OUT [EARLIER]

With EARLIER, the labels of an earlier teacher, the mean of both is written, and what `again` in the config does not name is
taken over as it is.

Writes OUT/<corpus>.npz with the probabilities of every head for every word, as bytes (255 = 1), and DATA/raw.jsonl, the
unlabelled text cut to pieces; annotated corpora are labelled too, for the layers they lack.
"""

import json
import random
import re
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import torch
from encoder import Weights
from schema import read
from teacher import Teacher, cut, predict
from thinc.api import Config

NAME = re.compile(r"[A-ZÄÖÜ][\w-]+")


def pick(settings, data):
    """Write DATA/raw.jsonl: paragraphs of speeches with many names, none of a test part."""
    held = set()
    for r in read(data, "mope-test"):  # no sentence of a test paragraph, whichever way the minutes were cut
        held |= {s.strip() for s in re.split(r" [.!?] ", " ".join(r["words"])) if s.count(" ") > 4}
    rng = random.Random(settings["seed"])
    raw = [r for r in read(data, "bundestag-raw") if 12 <= len(r["words"]) <= 150]
    raw = [r for r in raw if not any(s.strip() in held for s in re.split(r" [.!?] ", " ".join(r["words"])))]
    # paragraphs with many names first: plain ones teach little
    raw.sort(key=lambda r: -sum(bool(NAME.fullmatch(w)) for w in r["words"]) / len(r["words"]) - 0.15 * rng.random())
    picked, total = [], 0
    for r in raw:
        picked.append({"corpus": "raw", **{k: v for k, v in r.items() if k != "corpus"}})
        total += len(r["words"])
        if total > settings["raw_words"]:
            break
    with (Path(data) / "raw.jsonl").open("w", encoding="utf8") as f:
        f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in picked)


def main(config, teacher, data, out, earlier=None):
    config = Config().from_disk(config)
    torch.set_num_threads(1)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    weights = Weights()
    state = torch.load(teacher)
    model = Teacher(weights, len({k.split(".")[2] for k in state if k.startswith("encoder.layers")}))
    model.load_state_dict(state, strict=False)
    settings = config["label"]
    if earlier:
        for path in Path(earlier).glob("*.npz"):
            shutil.copy(path, out / path.name)
    elif "raw_words" in settings:
        pick(settings, data)
    started, seen = time.time(), 0
    for name in settings["again" if earlier else "corpora"]:
        rows = read(data, name)
        pieces, owner = [], []
        for i, r in enumerate(rows):
            for piece in cut([r], 110):
                pieces.append(piece)
                owner.append(i)
        stored = [[] for _ in rows]
        for start in range(0, len(pieces), 4000):
            part = pieces[start : start + 4000]
            for i, p in zip(owner[start : start + 4000], predict(model, part, weights, 3000), strict=True):
                stored[i].append(np.round(np.exp(p) * 255).astype(np.uint8))
            seen += sum(len(p["words"]) for p in part)
            print(name, seen, round(seen / (time.time() - started)), "words/s", flush=True)
        lengths = [sum(map(len, s)) for s in stored]
        assert lengths == [len(r["words"]) for r in rows]
        labels = np.concatenate([x for s in stored for x in s])
        if earlier:
            with np.load(out / f"{name}.npz") as before:
                assert before["p"].shape == labels.shape
                labels = ((before["p"].astype(np.uint16) + labels + 1) // 2).astype(np.uint8)
        np.savez_compressed(out / f"{name}.npz", p=labels, offsets=np.cumsum([0, *lengths]))


if __name__ == "__main__":
    main(*sys.argv[1:])
