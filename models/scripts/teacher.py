"""Fine-tune the first layers of the encoder on every annotated layer at once. Usage: teacher.py CONFIG DATA OUT [FIRST]

Writes OUT/teacher-first.pt after the first stage and OUT/teacher.pt after the second; FIRST is a first stage that ran before.
"""

import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from encoder import Encoder, Weights
from schema import FEATS, HEADS, SLICES, WIDTH, allowed, decode, f1, read
from thinc.api import Config
from torch import nn


class Teacher(nn.Module):
    def __init__(self, weights, layers):
        super().__init__()
        self.encoder = Encoder(weights, layers)
        self.head = nn.Linear(2 * weights.hidden, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, batch):
        with torch.autocast("cpu", torch.bfloat16):
            x = self.encoder(batch["ids"], batch["lengths"])
        x = x.float().reshape(-1, x.shape[-1])
        return self.head(self.drop(torch.cat([x[batch["first"]], x[batch["last"]]], -1)))


def merged(rows):
    """One item per sentence: layers of corpora that annotate the same sentence are joined (GSD: tags and features)."""
    by_text = {}
    for row in rows:
        key = tuple(row["words"])
        by_text[key] = by_text.get(key, {}) | row
    return list(by_text.values())


def cut(rows, size):
    for row in rows:
        for i in range(0, len(row["words"]), size):
            yield {k: (v[i : i + size] if isinstance(v, list) else v) for k, v in row.items()}


def held_out(number):
    """Every tenth sentence of GermEval dev is for choosing, not for training."""
    return number % 10 == 9


def make_batch(rows, weights):
    ids, first, last, lengths = [], [], [], []
    for row in rows:
        seq = [weights.bos]
        for w in row["words"]:
            pieces = weights.word(w)
            first.append((len(ids), len(seq)))
            seq += pieces
            last.append((len(ids), len(seq) - 1))
        ids.append([*seq, weights.eos][:510])
        lengths.append(len(ids[-1]))
    width = max(lengths)
    flat = lambda pairs: torch.tensor([r * width + min(c, 509) for r, c in pairs])  # noqa: E731
    return {
        "ids": torch.tensor([s + [weights.pad] * (width - len(s)) for s in ids]),
        "lengths": torch.tensor(lengths), "first": flat(first), "last": flat(last),
    }  # fmt: skip


def partial_loss(logits, mask, weight):
    """Minus log of the probability given to the allowed labels, head by head."""
    total = 0.0
    for head, where in SLICES.items():
        ok = mask[:, where]
        rows = ~ok.all(1)
        if rows.any():
            logp = logits[rows][:, where].log_softmax(-1)
            loss = -logp.masked_fill(~ok[rows], -1e4).logsumexp(-1).mean()
            total = total + weight.get(head, weight["other"]) * loss
    return total


def predict(model, rows, weights, size=2500):
    """Log probabilities of every word of every row, concatenated over heads."""
    model.eval()
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["words"]))
    out, i = [None] * len(rows), 0
    with torch.inference_mode():
        while i < len(order):
            group, words = [], 0
            while i < len(order) and (not group or words + len(rows[order[i]]["words"]) < size):
                group.append(order[i])
                words += len(rows[order[i]]["words"])
                i += 1
            logits = model(make_batch([rows[k] for k in group], weights))
            logp = torch.cat([logits[:, s].log_softmax(-1) for s in SLICES.values()], -1).numpy()
            at = 0
            for k in group:
                n = len(rows[k]["words"])
                out[k] = logp[at : at + n]
                at += n
    return out


def evaluate(model, weights, data, names):
    out = {}
    for name, rows in names.items():
        rows = list(cut(rows, 110))
        logp = predict(model, rows, weights)
        if "ner" in rows[0]:
            out[name] = f1([r["ner"] for r in rows], [decode(p[:, SLICES["ner"]]) for p in logp], ("PER", "LOC", "ORG"))
        if "mope" in rows[0]:
            out[name] = f1([r["mope"] for r in rows], [decode(p[:, SLICES["mope"]], "mope") for p in logp], ("EPPOL", "EOPOL", "PFUNK"))
        if "upos" in rows[0]:
            for head in ("upos", *FEATS):
                hit = [HEADS[head][p] == (r["upos"][i] if head == "upos" else r["feats"][i][head])
                       for r, lp in zip(rows, logp, strict=True) for i, p in enumerate(lp[:, SLICES[head]].argmax(1))]  # fmt: skip
                out[f"{name} {head}"] = round(float(np.mean(hit)), 4)
    return out


def train(model, weights, sources, settings, weight):
    """One stage: batches of like length in random order, warm-up and linear decay."""
    epochs = []
    for _ in range(settings["epochs"]):
        rows = []
        for name, share in settings["share"].items():
            pool = sources[name]
            while share > 0:
                take = int(len(pool) * min(share, 1))
                # sentences with features always, the rest by lot
                fixed = [r for r in pool if "feats" in r] if 0.5 < share < 1 else []
                rest = [r for r in pool if "feats" not in r] if fixed else pool
                rows += fixed + random.sample(rest, max(0, min(take - len(fixed), len(rest))))
                share -= 1
        rows = [(r, allowed(r)) for r in cut(rows, settings["max_words"])]
        random.shuffle(rows)
        rows.sort(key=lambda r: len(r[0]["words"]) + random.random() * 8)
        batches, words = [[]], 0
        for r in rows:
            if words + len(r[0]["words"]) > settings["batch_words"]:
                batches.append([])
                words = 0
            batches[-1].append(r)
            words += len(r[0]["words"])
        random.shuffle(batches)
        epochs += batches
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": settings["encoder_rate"]}, {"params": model.head.parameters(), "lr": settings["head_rate"]}],
        weight_decay=0.01,
    )
    warm, steps = settings["warmup"], len(epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / (warm * steps), max(0.02, (1 - s / steps) / (1 - warm))))
    print(steps, "batches", sum(len(r[0]["words"]) for b in epochs for r in b), "words", flush=True)
    started, seen, running = time.time(), 0, 0.0
    for step, group in enumerate(epochs):
        model.train()
        mask = torch.tensor(np.concatenate([m for _, m in group]))
        loss = partial_loss(model(make_batch([r for r, _ in group], weights)), mask, weight)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        seen += len(mask)
        running = 0.98 * running + 0.02 * loss.item()
        if step % 50 == 0:
            print(step, round(running, 4), round(seen / (time.time() - started)), "words/s", flush=True)


def main(config, data, out, first=None):
    config = Config().from_disk(config)["teacher"]
    torch.set_num_threads(1)
    random.seed(config["seed"])
    torch.manual_seed(config["seed"])
    weights = Weights()
    model = Teacher(weights, config["layers"])
    sources = {name: read(data, name) for name in {*config["first"]["share"], *config["second"]["share"]}}
    if "linspector" in sources:
        sources["linspector"] = merged(sources["linspector"] + read(data, "sigmorphon"))
    dev = {"germeval-dev": [r for i, r in enumerate(sources["germeval-dev"]) if held_out(i)]}
    sources["germeval-dev"] = [r for i, r in enumerate(sources["germeval-dev"]) if not held_out(i)]
    dev["gsd-dev"] = read(data, "gsd-dev")[4::5]
    if "gsd-dev" in sources:
        sources["gsd-dev"] = [r for i, r in enumerate(sources["gsd-dev"]) if i % 5 != 4]

    def save(name):
        Path(out).mkdir(parents=True, exist_ok=True)
        torch.save({k: v for k, v in model.state_dict().items() if k != "encoder.word.weight"}, Path(out) / name)

    if first:
        model.load_state_dict(torch.load(first), strict=False)
    else:
        train(model, weights, sources, config["first"], config["weight"])
        save("teacher-first.pt")
        print(evaluate(model, weights, data, dev), flush=True)
    # second stage: names by one guideline only; the other corpora keep the other layers alive
    for name, rows in sources.items():
        if name not in config["guideline"]:
            sources[name] = [{k: v for k, v in r.items() if k != "ner"} for r in rows]
    train(model, weights, sources, config["second"], config["weight"])
    save("teacher.pt")
    tests = dev | {n: read(data, n) for n in ("germeval-test", "mope-test", "gsd-test")}
    print(evaluate(model, weights, data, tests), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
