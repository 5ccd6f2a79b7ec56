"""Train the small network that ships. Usage: student.py CONFIG DATA WORDS.npz OUT [SOFT [START]]

START is the OUT of an earlier run whose weights are the first ones here; a narrower network is widened. SOFT is a folder of
teacher labels (label.py); without it only the annotated layers teach.
OUT becomes a folder with words.npz, weights.npz, meta.json (policy_ie.base.network).
"""

import random
import re
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from schema import FEATS, HEADS, INDEX, SLICES, WIDTH, allowed, decode, f1, harmonised, read, spans
from thinc.api import Config
from torch import nn

from policy_ie.base.network import BREAKS, Network, word_inputs
from policy_ie.base.words import AFFIXES, BUCKETS, GRAM_BUCKETS, HOW, WordTable


class Student(nn.Module):
    def __init__(self, table, config):
        super().__init__()
        self.dilations, width = config["dilations"], config["width"]
        self.vectors = torch.tensor(table.vectors_of(np.arange(len(table.words))))
        self.bits = torch.tensor(((table.bits[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)).astype(np.uint8))
        self.clusters = torch.tensor(table.cluster.astype(np.int64))
        self.how = nn.Embedding(len(HOW), config["how"])
        self.cluster = nn.Embedding(int(table.cluster.max()) + 1, config["cluster"])
        self.affixes = nn.ModuleList(nn.Embedding(BUCKETS, config["affix"]) for _ in AFFIXES)
        self.gram = nn.EmbeddingBag(GRAM_BUCKETS, config["gram"], mode="mean")
        size = self.vectors.shape[1] + 64 + config["how"] + config["cluster"] + len(AFFIXES) * config["affix"] + config["gram"]
        for e in (self.how, self.cluster, *self.affixes, self.gram):
            nn.init.normal_(e.weight, std=0.3)
        self.project = nn.Linear(size, width, bias=False)
        self.breaks = nn.Embedding(len(BREAKS), width)
        nn.init.normal_(self.breaks.weight, std=0.1)
        self.norm = nn.LayerNorm(width)
        side = config["side"]
        self.sides = nn.ModuleList(nn.Linear(width, 2 * side, bias=False) for _ in self.dilations)
        self.blocks = nn.ModuleList(nn.Linear(width + 2 * side, 2 * width) for _ in self.dilations)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in self.dilations)
        self.heads = nn.Linear(width, WIDTH)
        self.drop, self.word_drop = nn.Dropout(config["dropout"]), config["word_dropout"]

    def forward(self, batch):
        row, how, guess = batch["row"], batch["how"], batch["guess"]
        if self.training:  # a word that the table lacks: the rest must do
            gone = torch.rand(len(row)) < self.word_drop
            row, how = row.masked_fill(gone, -1), how.masked_fill(gone, 0)
        known = (row >= 0)[:, None]
        at = row.clamp(min=0)
        vectors = self.vectors[at] * known
        vectors = torch.where((how == 0)[:, None], guess, torch.where((how == HOW.index("head"))[:, None], (vectors + guess) / 2, vectors))
        parts = [
            vectors,
            self.bits[at].float() * known,
            self.how(how),
            self.cluster(self.clusters[at] * known[:, 0]),
        ]
        parts += [e(batch["affixes"][:, i]) for i, e in enumerate(self.affixes)]
        parts.append(self.gram(batch["grams"], batch["offsets"]))
        x = self.project(self.drop(torch.cat(parts, 1)))[batch["word"]] + self.breaks(batch["break"])
        x = self.drop(self.norm(x))
        inside = batch["inside"][:, :, None]
        x = x * inside
        for dilation, sides, block, norm in zip(self.dilations, self.sides, self.blocks, self.norms, strict=True):
            with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
                left, right = sides(x).chunk(2, -1)
                before = nn.functional.pad(left, (0, 0, dilation, 0))[:, : x.shape[1]]
                after = nn.functional.pad(right, (0, 0, 0, dilation))[:, dilation:]
                y = block(torch.cat([x, before, after], -1))
            y = y.float()
            width = x.shape[-1]
            x = norm(x + self.drop(torch.maximum(y[..., :width], y[..., width:]))) * inside
        return self.heads(x[batch["inside"] > 0])

    def start(self, stored):
        """Take the weights that `weights` gave."""
        with torch.no_grad():
            for name, tensor in self.tensors().items():
                tensor.copy_(torch.tensor(stored[name].astype(np.float32)))

    def weights(self):
        return {k: v.detach().numpy() for k, v in self.tensors().items()}

    def tensors(self):
        out = {"how": self.how.weight, "cluster": self.cluster.weight, "gram": self.gram.weight, "break": self.breaks.weight}
        out |= {name: e.weight for name, e in zip(AFFIXES, self.affixes, strict=True)}
        out |= {"project.weight": self.project.weight, "norm.weight": self.norm.weight, "norm.bias": self.norm.bias}
        for i, (sides, block, norm) in enumerate(zip(self.sides, self.blocks, self.norms, strict=True)):
            out |= {
                f"block{i}.side": sides.weight,
                f"block{i}.weight": block.weight,
                f"block{i}.bias": block.bias,
                f"block{i}.gain": norm.weight,
                f"block{i}.shift": norm.bias,
            }
        out |= {"heads.weight": self.heads.weight, "heads.bias": self.heads.bias}
        return out


def widened(stored, width, rng):
    """Weights for a wider network that reads nearly as the narrow one did: new columns begin near zero."""
    old = stored["norm.weight"].shape[0]
    more, shrink, out = width - old, np.sqrt(old / width), {}
    for name, v in stored.items():
        v = v.astype(np.float32)
        if name == "project.weight":
            v = np.concatenate([v, rng.normal(0, 0.1 * v.std(), (more, v.shape[1]))])
        elif name == "break":
            v = np.pad(v, ((0, 0), (0, more)))
        elif name == "norm.weight" or name.endswith(".gain"):
            v = np.concatenate([v * shrink, np.full(more, np.abs(v).mean())])
        elif name == "norm.bias" or name.endswith(".shift"):
            v = np.pad(v, (0, more))
        elif name.endswith(".side"):
            v = np.concatenate([v, rng.normal(0, 0.1 * v.std(), (len(v), more))], 1)
        elif name.endswith(".weight") and name.startswith("block"):
            sides = v.shape[1] - old
            wide = rng.normal(0, 0.7 * v.std(), (2, width, width + sides))
            wide[:, :old, :old], wide[:, :old, width:] = v[:, :old].reshape(2, old, old), v[:, old:].reshape(2, old, sides)
            wide[:, :old, old:width] = rng.normal(0, 0.1 * v.std(), (2, old, more))
            v = wide.reshape(2 * width, width + sides)
        elif name.endswith(".bias") and name.startswith("block"):
            v = np.pad(v.reshape(2, old), ((0, 0), (0, more))).reshape(-1)
        elif name == "heads.weight":
            v = np.concatenate([v, rng.normal(0, 0.1 * v.std(), (len(v), more))], 1)
        out[name] = v
    return out


SENTENCES = 7  # of twenty sentences of linspector, this one is held out to choose the threshold of sentence starts
ENDERS = re.compile(r"[.!?:…;]+|[.!?]?[\"“”«»'’)]")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
QUOTES = [("„", "“"), ("»", "«"), ('"', '"'), ("“", "”"), ("‚", "‘"), ("''", "''")]


def sentence_targets(row):
    """Allowed labels of the sentence head: sure inside of one-sentence items, sure after plain words, else by what follows."""
    words = row["words"]
    mask = np.ones((len(words), 2), bool)
    mask[0] = (False, True)
    for i in range(1, len(words)):
        before, word = words[i - 1], words[i]
        if row.get("one") or not ENDERS.fullmatch(before):
            mask[i] = (True, False)
        elif before in (".", "!", "?") and (word[0].isupper() or word in "–„»") and i > 1 and words[i - 2][-1].islower() and len(words[i - 2]) > 3:
            mask[i] = (False, True)
    if row["corpus"] in ("bundestag-gold", "mobie"):
        mask[:] = True
    return mask


def target(row, soft=None):
    """Distribution over the labels of every head: gold where annotated, else the teacher's; zeros where neither knows."""
    mask = allowed(row)
    mask[:, SLICES["sent"]] = sentence_targets(row)
    out = np.zeros(mask.shape, np.float16)
    for head, where in SLICES.items():
        ok = mask[:, where]
        known = ~ok.all(1)
        if soft is None or head == "sent":
            # several allowed labels and no teacher: O of a corpus without MISC counts as O
            one = ok & (ok.cumsum(1) == 1)
            out[:, where] = one * known[:, None]
        else:
            p = soft[:, where].astype(np.float32) * ok
            total = p.sum(1, keepdims=True)
            first = (ok & (ok.cumsum(1) == 1)).astype(np.float32)
            out[:, where] = np.where(total > 1e-3, p / np.maximum(total, 1e-6), first)
    if soft is not None and "upos" in row:
        unsure = mask[:, SLICES["upos"]].all(1)
        out[unsure, SLICES["upos"]] = 0
    elif soft is not None:  # the teacher learnt tags of the older scheme
        tags = [HEADS["upos"][k] for k in out[:, SLICES["upos"]].argmax(1)]
        for i, (old, new) in enumerate(zip(tags, harmonised(row["words"], tags), strict=True)):
            if new != old:
                out[i, SLICES["upos"]] = 0
                if new != "?":
                    out[i, SLICES["upos"].start + INDEX["upos"][new]] = 1
    return out


class Items:
    """Training items as word ids and targets, with augmentation at the level of words."""

    def __init__(self, table, dilations):
        self.table, self.dilations, self.ids, self.inputs = table, dilations, {}, []

    def id(self, word):
        found = self.ids.get(word)
        if found is None:
            found = self.ids[word] = len(self.inputs)
            self.inputs.append((*word_inputs(self.table, word), self.table.spelling(word).astype(np.float16)))
        return found

    def batch(self, sequences):
        """sequences: lists of (word, break, target row index arrays) already joined."""
        gap = max(self.dilations)  # all sequences in one row with zeros between: nothing is padded
        words, index, word, breaks, inside = [], {}, [], [], []
        for seq in sequences:
            for w, b in seq:
                at = index.get(w)
                if at is None:
                    at = index[w] = len(words)
                    words.append(self.inputs[self.id(w)])
                word.append(at)
                breaks.append(b)
            inside += [1.0] * len(seq) + [0.0] * gap
            word += [0] * gap
            breaks += [0] * gap
        grams = [g for w in words for g in w[3]]
        offsets = np.cumsum([0] + [len(w[3]) for w in words[:-1]])
        return {
            "guess": torch.tensor(np.stack([w[4] for w in words]).astype(np.float32)),
            "row": torch.tensor([w[0] for w in words]), "how": torch.tensor([w[1] for w in words]),
            "affixes": torch.tensor([w[2] for w in words]), "grams": torch.tensor(grams), "offsets": torch.tensor(offsets),
            "word": torch.tensor([word]), "break": torch.tensor([breaks]), "inside": torch.tensor([inside]),
        }  # fmt: skip


CLOSING = re.compile(r"[.,;:!?)\]…“”’]+|'s")
OPENING = frozenset("([„»‚")
STRAIGHT = frozenset(('"', "''", "'"))


def breaks_of(row):
    """What stands before every word: from the corpus where it says so, else as a typesetter sets spaces."""
    words = row["words"]
    if "spaces" in row:
        return [3, *(0 if space else 1 for space in row["spaces"][:-1])]
    out, opened = [3], False
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        glued = bool(CLOSING.fullmatch(word)) or before in OPENING
        if before in STRAIGHT and before:  # one sign for both ends: by turns
            glued = glued or opened
        if word in STRAIGHT:
            glued = glued or opened
            opened = not opened
        if i:
            out.append(1 if glued else 0)
    return out


def joined_number(row, goal):
    """A number at the end keeps its full stop in one token, as spaCy's German tokenizer writes it ("Kapitel 5.")."""
    words = row["words"]
    if len(words) < 3 or words[-1] != "." or not re.fullmatch(r"\d{1,3}", words[-2]):
        return row, goal
    row = {**row, "words": [*words[:-2], words[-2] + "."]}
    if "spaces" in row:
        row["spaces"] = row["spaces"][:-1]
    return row, goal[:-1]


def augment(words, rng, config):
    """Case, written-out umlauts, quotation marks: the labels stay."""
    if rng.random() < config["upper"]:
        return [w.upper() for w in words]
    if rng.random() < config["lower"]:
        return [w.lower() for w in words]
    if rng.random() < config["umlauts"]:
        words = [w.translate(UMLAUTS) for w in words]
    if rng.random() < config["quotes"] and any(w in '„"“»«' for w in words):
        opening, closing = rng.choice(QUOTES)
        words = [opening if w in "„»" else closing if w in "“«" else w for w in words]
    return words


def names_of(words, goal):
    """Sure names of an item: (kind, start, end)."""
    ner = goal[:, SLICES["ner"]]
    best = ner.argmax(1)
    found = sorted(spans([HEADS["ner"][k] for k in best]))  # a set has no order of its own
    return [s for s in found if s[0] != "MISC" and (ner[np.arange(s[1], s[2]), best[s[1] : s[2]]] > 0.8).all()]


def name_pools(pool):
    """Names by kind and length, in a fixed order."""
    pools = {}
    for row, _ in pool:
        for kind, start, end in row["names"]:
            pools.setdefault((kind, end - start), {})[tuple(row["words"][start:end])] = None
    return {k: list(v) for k, v in pools.items()}


def renamed(row, words, pools, rng):
    """Some names replaced by others of their kind and length: context must carry what the name does not tell."""
    words = list(words)
    for kind, start, end in row["names"]:
        if rng.random() < 0.5:
            words[start:end] = rng.choice(pools[kind, end - start])
            if kind == "PER" and rng.random() < 0.3:
                words[start:end] = [blended(w, rng.choice(rng.choice(pools[kind, end - start])), rng) for w in words[start:end]]
    return words


def blended(one, other, rng):
    """A name nobody has: the front of one and the end of another ("Leadbitter")."""
    if not (one.isalpha() and other.isalpha() and one.istitle() and other.istitle() and len(one) > 3 and len(other) > 3):
        return one
    i, j = rng.randint(2, len(one) - 1), rng.randint(1, len(other) - 2)
    return one[:i] + other[j:]


def stream(pool, later, rng, config, seed_words):
    """Endless shuffled passes over items, joined to runs of one to six items, as long as the budget of words lasts."""
    total, pools = 0, name_pools(pool + later)
    while total < seed_words:
        order = list(range(len(pool)))
        rng.shuffle(order)
        at = 0
        while at < len(order) and total < seed_words:
            n = rng.choice((1, 1, 2, 3, 4, 6))
            sequence, targets = [], []
            for k in order[at : at + n]:
                row, goal = pool[k]
                words, breaks = row["words"], list(row["breaks"])
                if row["names"] and rng.random() < config["renamed"]:
                    words = renamed(row, words, pools, rng)
                words = augment(words, rng, config)
                breaks[0] = rng.choice((0, 0, 0, 2, 3)) if sequence else 3
                bare = rng.random() < (0.25 if breaks[0] >= 2 else config["bare"])
                if bare and sequence and row["one"] and sequence[-1][0] in (".", "!"):
                    # no full stop: headlines, lists, careless writers
                    sequence.pop()
                    targets[-1] = targets[-1][:-1]
                if rng.random() < 0.04:  # hard line wraps
                    breaks = [breaks[0], *(2 if b == 0 and rng.random() < 0.12 else b for b in breaks[1:])]
                sequence += zip(words, breaks, strict=True)
                targets.append(goal)
                if len(sequence) > 160:
                    break
            at += n
            total += len(sequence)
            yield sequence, np.concatenate(targets)


def evaluate(network, data, sets):
    """Figures of the exported NumPy network."""
    out, where = {}, network.slices()
    for name, rows in sets.items():
        scores = [network(r["words"], breaks_of(r)) for r in rows]
        logs = lambda s, head: s[:, where[head]] - np.logaddexp.reduce(s[:, where[head]], axis=1, keepdims=True)  # noqa: E731
        for head, kinds in (("ner", ("PER", "LOC", "ORG")), ("mope", ("EPPOL", "EOPOL", "PFUNK"))):
            if head in rows[0]:
                out[name] = f1([r[head] for r in rows], [decode(logs(s, head), head) for s in scores], kinds)
        if "upos" in rows[0]:
            for head in ("upos", *(FEATS if "feats" in rows[0] else ())):
                hit = [HEADS[head][p] == (r["upos"][i] if head == "upos" else r["feats"][i][head])
                       for r, s in zip(rows, scores, strict=True) for i, p in enumerate(s[:, where[head]].argmax(1))]  # fmt: skip
                out[f"{name} {head}"] = round(float(np.mean(hit)), 4)
            words, breaks, gold = [], [], []
            for r in rows:
                breaks += [0 if words else 3, *breaks_of(r)[1:]]
                gold += [len(words)]
                words += r["words"]
            s = network(words, breaks)[:, where["sent"]]
            starts = {0, *np.nonzero(s[:, 1] > s[:, 0])[0].tolist()}
            spans_g, spans_p = (set(pairwise([*sorted(edges), len(words)])) for edges in (gold, starts))
            hit = len(spans_g & spans_p)
            out[f"{name} sentences"] = round(2 * hit / (len(spans_g) + len(spans_p)), 4)
    return out


def main(config, data, words, out, soft=None, start=None):
    config = Config().from_disk(config)["student"]
    torch.set_num_threads(1)
    torch.manual_seed(config["seed"])
    rng = random.Random(config["seed"])
    table = WordTable.from_disk(Path(words))
    pool, later = [], []  # what is held out at first
    teachers = {}
    for name, share in config["share"].items():
        rows = read(data, name)
        soft_file = Path(soft) / f"{name}.npz" if soft else None
        labels, offsets = None, None
        if soft_file and soft_file.exists():
            stored = np.load(soft_file)
            labels, offsets = stored["p"], stored["offsets"]
        items = []
        for i, r in enumerate(rows):
            held_out = (name, i % 10) in (("germeval-dev", 9), ("gsd-dev", 4), ("gsd-dev", 9)) or (name, i % 20) == ("linspector", SENTENCES)
            if labels is not None and name not in config["guideline"]:
                r = {k: v for k, v in r.items() if k != "ner"}  # names by one guideline: the teacher's
            goal = target(r, None if labels is None else labels[offsets[i] : offsets[i + 1]].astype(np.float32) / 255)
            row, goal = joined_number(r, goal) if r.get("one") and i % 2 else (r, goal)
            item = ({"words": row["words"], "breaks": breaks_of(row), "one": row.get("one", False), "names": names_of(row["words"], goal)}, goal)
            if held_out and config["hold_out"] > 0:
                later += [item] * int(share)
            else:
                items.append(item)
        while share > 0:
            pool += items if share >= 1 else rng.sample(items, int(len(items) * share))
            share -= 1
        teachers[name] = labels is not None
    print(
        len(pool),
        "items",
        sum(len(r["words"]) for r, _ in pool),
        "words; soft:",
        [n for n, t in teachers.items() if t],
        flush=True,
    )
    dev = {
        "germeval-dev": [r for i, r in enumerate(read(data, "germeval-dev")) if i % 10 == 9],
        "gsd-dev": read(data, "gsd-dev")[4::5],
        "linspector": read(data, "linspector")[SENTENCES::20],
    }
    if "mope-dev" not in config["share"]:
        dev["mope-dev"] = read(data, "mope-dev")
    weight = torch.tensor([config["weight"].get(h, config["weight"]["other"]) for h, s in SLICES.items() for _ in HEADS[h]])
    model, items = Student(table, config), Items(table, config["dilations"])
    if start:  # weights of an earlier run
        stored = dict(np.load(Path(start) / "weights.npz"))
        if len(stored["norm.weight"]) < config["width"]:
            stored = widened(stored, config["width"], np.random.default_rng(config["seed"]))
        model.start(stored)
    slow = [p for n, p in model.named_parameters() if p.ndim > 1]
    fast = [p for n, p in model.named_parameters() if p.ndim == 1]
    optimiser = torch.optim.AdamW([{"params": slow, "weight_decay": config["weight_decay"]}, {"params": fast, "weight_decay": 0.0}],
                                  lr=config["rate"], betas=(0.9, 0.98), eps=1e-6)  # fmt: skip
    average = {k: v.detach().clone() for k, v in model.named_parameters()}
    meta = {"dilations": config["dilations"], "heads": HEADS, "bits": 64}
    started, seen, running, step, group, size = time.time(), 0, 0.0, 0, [], 0
    for sequence, goal in stream(pool, later, rng, config, config["words"]):
        group.append((sequence, goal))
        size += len(sequence)
        if size < config["batch_words"]:
            continue
        model.train()
        progress = seen / config["words"]
        if later and progress >= config["hold_out"]:  # the figures below are those of training parts from here on
            pool += later
            later = []
        for g in optimiser.param_groups:
            g["lr"] = config["rate"] * min((progress + 1e-3) / config["warmup"], max(0.01, (1 - progress) / (1 - config["warmup"])))
        goal = torch.tensor(np.concatenate([t for _, t in group])).float()
        logits = model(items.batch([s for s, _ in group]))
        logp = torch.cat([logits[:, s].log_softmax(-1) for s in SLICES.values()], -1)
        loss = -(goal * logp * weight).sum() / len(goal)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        keep = min(0.998, (step + 1) / (step + 10))
        with torch.no_grad():
            for k, v in model.named_parameters():
                average[k].lerp_(v, 1 - keep)
        seen += size
        running = 0.98 * running + 0.02 * loss.item()
        step += 1
        group, size = [], 0
        if step % 100 == 0:
            print(step, round(seen / 1e6, 3), round(running, 4), round(seen / (time.time() - started)), "words/s", flush=True)
        if step % 800 == 0 or seen >= config["words"] - config["batch_words"]:
            backup = {k: v.detach().clone() for k, v in model.named_parameters()}
            model.load_state_dict(average, strict=False)
            network = Network(table, model.weights(), meta)
            print(evaluate(network, data, dev), flush=True)
            network.to_disk(Path(out))
            model.load_state_dict(backup, strict=False)
    model.load_state_dict(average, strict=False)
    network = Network(table, model.weights(), meta)
    network.to_disk(Path(out))
    network = Network.from_disk(Path(out))
    print("TEST", evaluate(network, data, {n: read(data, n) for n in ("germeval-test", "mope-test", "gsd-test")}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
