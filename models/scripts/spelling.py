"""Teach the word table to guess the vector of a word that it lacks from its letters. Usage: spelling.py CONFIG WORDS.npz

A mean of character n-grams, normalised, and one hidden layer, learnt on the words of the table; written into the same file
(policy_ie.base.words.Spelling). Prints the share of the variance explained, for rare names that were held out.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from thinc.api import Config
from torch import nn

from policy_ie.base.words import Spelling, WordTable, spelling_ids


class Guesser(nn.Module):
    def __init__(self, grams, config, dimensions):
        super().__init__()
        self.grams = grams
        self.embed = nn.EmbeddingBag(config["buckets"], config["width"], mode="mean", sparse=True)
        nn.init.normal_(self.embed.weight, std=0.5)
        self.norm, self.inner, self.outer = nn.LayerNorm(config["width"]), nn.Linear(config["width"], config["hidden"]), nn.Linear(config["hidden"], dimensions)

    def forward(self, rows):
        grams = [self.grams[i] for i in rows]
        offsets = np.cumsum([0, *map(len, grams[:-1])])
        x = self.embed(torch.tensor(np.concatenate(grams)), torch.tensor(offsets))
        return self.outer(torch.relu(self.inner(self.norm(x))))

    def parts(self):
        """What `Spelling` reads: n-grams in eight bits (a common scale does not matter before the norm), the norm's gain in the layer after it."""
        array = lambda x: x.detach().numpy()  # noqa: E731
        grams, gain, shift = map(array, (self.embed.weight, self.norm.weight, self.norm.bias))
        limit = np.quantile(np.abs(grams), 0.9995)
        weight, bias = array(self.inner.weight), array(self.inner.bias)
        return {
            "grams": np.clip(np.round(grams / limit * 127), -127, 127).astype(np.int8),
            "in": np.concatenate([(weight * gain).T, (bias + weight @ shift)[None]]).astype(np.float16),
            "out": np.concatenate([array(self.outer.weight).T, array(self.outer.bias)[None]]).astype(np.float16),
        }


def main(config, path):
    config = Config().from_disk(config)["spelling"]
    torch.set_num_threads(1)
    torch.manual_seed(config["seed"])
    rng = np.random.default_rng(config["seed"])
    table = WordTable.from_disk(Path(path))
    size = len(table.words)
    vectors = torch.tensor(table.vectors_of(np.arange(size)))
    words = np.array([w.isalpha() or any(c in w for c in "-'.") for w in table.words])
    held = rng.choice(np.arange(max(0, size - config["rare"]), size), size // 50, replace=False)  # rare names stand last
    words[held] = False
    train = np.flatnonzero(words)
    model = Guesser([np.array(spelling_ids(w, config["buckets"])) for w in table.words], config, vectors.shape[1])
    dense = [p for n, p in model.named_parameters() if n != "embed.weight"]
    optimisers = [torch.optim.SparseAdam([model.embed.weight], betas=(0.9, 0.99)), torch.optim.Adam(dense, betas=(0.9, 0.99))]
    steps = config["epochs"] * len(train) // config["batch"]
    for step in range(steps):
        rows = train[rng.integers(0, len(train), config["batch"])]
        for optimiser in optimisers:
            optimiser.param_groups[0]["lr"] = config["rate"] * max(0.02, 1 - step / steps)
            optimiser.zero_grad()
        (((model(rows) - vectors[rows]) ** 2).mean() * 10).backward()
        for optimiser in optimisers:
            optimiser.step()
    table.spelling = Spelling(model.parts())
    goal = table.vectors_of(held)
    guess = np.stack([table.spelling(table.words[i]) for i in held])
    print("variance explained", round(float(1 - ((guess - goal) ** 2).sum() / ((goal - goal.mean(0)) ** 2).sum()), 3))
    Path(path).write_bytes(table.to_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
