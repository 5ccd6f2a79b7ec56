"""Fine-tune the encoder once more on annotations and on an earlier teacher's labels (self-training).

Usage: reteach.py CONFIG DATA SOFT OUT [START.pt]

SOFT is the output of label.py: where a corpus has no names by the one guideline, or lacks a layer, the earlier teacher's
probabilities are the target. Names are replaced by others of their kind in some of the items. START are weights of an earlier
teacher with as many layers; without it the encoder starts as it was published.
"""

import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from encoder import Weights
from schema import HEADS, SLICES, read
from student import augment, name_pools, names_of, renamed, target
from teacher import Teacher, evaluate, held_out, make_batch
from thinc.api import Config


def pieces(row, goal, size):
    """Cut an item to at most `size` words."""
    for i in range(0, len(row["words"]), size):
        part = {"words": row["words"][i : i + size], "names": [], "gold": row["gold"]}
        part["names"] = [(k, s - i, e - i) for k, s, e in row["names"] if i <= s and e <= i + size]
        yield part, goal[i : i + size]


def load(config, data, soft):
    """Items of every corpus with their targets, and the held-out parts of GermEval dev and GSD dev."""
    pools, dev = {}, {"germeval-dev": [], "gsd-dev": []}
    for name in config["share"]:
        stored = np.load(Path(soft) / f"{name}.npz")
        labels, offsets = stored["p"], stored["offsets"]
        items = []
        for i, row in enumerate(read(data, name)):
            if (name == "germeval-dev" and held_out(i)) or (name == "gsd-dev" and i % 5 == 4):
                dev[name].append(row)
                continue
            gold = name in config["guideline"]
            if not gold:
                row = {k: v for k, v in row.items() if k != "ner"}
            goal = target(row, labels[offsets[i] : offsets[i + 1]].astype(np.float32) / 255)
            item = {"words": row["words"], "names": names_of(row["words"], goal), "gold": gold}
            items += pieces(item, goal, config["max_words"])
        pools[name] = items
    return pools, dev


def batches(pools, config, rng):
    """Batches of items of like length, in random order."""
    names = name_pools([x for p in pools.values() for x in p])
    out = []
    for _ in range(config["epochs"]):
        rows = []
        for name, share in config["share"].items():
            while share > 0:
                rows += pools[name] if share >= 1 else rng.sample(pools[name], int(share * len(pools[name])))
                share -= 1
        rows = sorted(rows, key=lambda r: len(r[0]["words"]) + rng.random() * 8)
        groups, words = [[]], 0
        for row, goal in rows:
            if words + len(row["words"]) > config["batch_words"]:
                groups.append([])
                words = 0
            new = row["words"]
            if row["gold"] and row["names"] and rng.random() < config["renamed"]:
                new = renamed(row, new, names, rng)
            groups[-1].append(({"words": augment(new, rng, config)}, goal))
            words += len(new)
        rng.shuffle(groups)
        out += groups
    return out


def main(config, data, soft, out, start=None):
    config = Config().from_disk(config)["reteach"]
    torch.set_num_threads(1)
    rng = random.Random(config["seed"])
    torch.manual_seed(config["seed"])
    weights = Weights()
    model = Teacher(weights, config["layers"])
    if start:
        model.load_state_dict(torch.load(start), strict=False)
    pools, dev = load(config, data, soft)
    groups = batches(pools, config, rng)
    weight = torch.tensor([0.0 if h == "sent" else config["weight"].get(h, config["weight"]["other"]) for h in HEADS for _ in HEADS[h]])
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": config["encoder_rate"]}, {"params": model.head.parameters(), "lr": config["head_rate"]}],
        weight_decay=0.01,
    )
    steps, warm = len(groups), config["warmup"]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / (warm * steps), max(0.01, (1 - s / steps) / (1 - warm))))
    print(steps, "batches", sum(len(r["words"]) for b in groups for r, _ in b), "words", flush=True)
    average, started, seen, running = None, time.time(), 0, 0.0
    for step, group in enumerate(groups):
        model.train()
        goal = torch.tensor(np.concatenate([g for _, g in group])).float()
        logits = model(make_batch([r for r, _ in group], weights))
        logp = torch.cat([logits[:, s].log_softmax(-1) for s in SLICES.values()], -1)
        loss = -(goal * logp * weight).sum() / len(goal)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step > steps * config["average_from"]:  # mean of the weights over the last part of the run
            with torch.no_grad():
                if average is None:
                    average, count = {k: v.detach().clone() for k, v in model.named_parameters() if v.requires_grad}, 1
                else:
                    count += 1
                    for k, v in model.named_parameters():
                        if v.requires_grad:
                            average[k].lerp_(v, 1 / count)
        seen += len(goal)
        running = 0.98 * running + 0.02 * loss.item()
        if step % 50 == 0:
            print(step, round(running, 4), round(seen / (time.time() - started)), "words/s", flush=True)
        if step == steps // 2:
            print(evaluate(model, weights, data, dev), flush=True)
    print("last", evaluate(model, weights, data, dev), flush=True)
    model.load_state_dict(average, strict=False)
    print("mean", evaluate(model, weights, data, dev), flush=True)
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    torch.save({k: v for k, v in model.state_dict().items() if k != "encoder.word.weight"}, out)
    print("TEST", evaluate(model, weights, data, {n: read(data, n) for n in ("germeval-test", "mope-test", "gsd-test")}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
