"""Build the word table: vocabulary by frequency, vectors distilled from the encoder, lexicon and name-list bits, clusters.

Usage: vectors.py CONFIG CORPORA FACTS DATA OUT [TEACHER.pt]
With a teacher, what its last layer makes of the word is added to the vectors of the layer named in the config.
"""

import csv
import gzip
import json
import re
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from encoder import Encoder, Weights
from lexicon import readings
from schema import read
from thinc.api import Config

from policy_ie.base.words import HOW, WordTable

POS = ("SUB", "EIG", "VER", "ADJ", "PA1", "PA2", "ADV", "PRO", "ART", "PRP", "KON", "ABK", "ZAL", "ZUS")
CASES = [f"{c}:{n}" for c in ("NOM", "AKK", "DAT", "GEN") for n in ("SIN", "PLU")]
GENDERS = ("MAS", "FEM", "NEU")
VERBS = (
    "1:SIN",
    "2:SIN",
    "3:SIN",
    "1:PLU",
    "2:PLU",
    "3:PLU",
    "PRÄ",
    "PRT",
    "KJ1",
    "KJ2",
    "IMP",
    "INF",
    "EIZ",
    "AUX",
    "MOD",
    "KOM",
    "SUP",
)
NAMES = ("VOR", "NAC", "STD", "COU", "GEB", "WAT", "PER")
LISTS = ("first", "last", "municipality", "district", "state", "place", "politician", "body", "acronym", "title", "programme")
LEVELS = 7  # values of a vector run from -7 to 7: four bits on disk
BITS = {name: i for i, name in enumerate((*POS, *CASES, *GENDERS, *VERBS, *NAMES, *LISTS))}


def rows(path):
    with path.open(encoding="utf8") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)


def name_lists(facts):
    """Words of the name lists (public registers; see the attribution of the knowledge base)."""
    out = {name: set() for name in LISTS}
    out["first"] = {r["name"] for r in rows(facts / "firstnames_de.tsv")}
    out["last"] = {r["name"] for r in rows(facts / "surnames_de.tsv")}
    split = lambda text: re.findall(r"[A-ZÄÖÜ][\wäöüß.-]+", text)  # noqa: E731
    for r in rows(facts / "gemeinden_2024-12-31.tsv"):
        out["municipality"].update(split(r["name"])[:1] if " " in r["name"] else [r["name"]])
    for r in rows(facts / "kreise.tsv"):
        out["district"].update(split(r["name"]))
    for r in rows(facts / "laender.tsv"):
        out["state"] |= {r["name"], r["kuerzel"]}
    for r in rows(facts / "ortsteile_geonames.tsv"):
        out["place"].add(r["name"])
    for r in rows(facts / "former_names.tsv"):
        out["place"].add(r["name"])
    for table in ("mdb_dip_1972-2021", "officeholders_dip_1972-2021"):
        for r in rows(facts / f"{table}.tsv"):
            out["politician"].add(r["last_name"])
            out["first"].update(r["first_name"].split()[:1])
    for r in rows(facts / "ministers_2024-2026.tsv"):
        out["politician"].update(r["person"].split()[-1:])
        out["first"].update(r["person"].split()[:1])
    for r in rows(facts / "federal_bodies_2013.tsv"):
        out["body"].update(w for w in split(r["name"]) if len(w) > 5)
        out["acronym"].update(x for x in r["abbr"].split("|") if x)
    for table in ("ministries_federal", "ministries_laender"):
        for r in rows(facts / f"{table}.tsv"):
            out["acronym"].update(x for x in r["abbr"].split("|") if x)
    for r in rows(facts / "title_nouns.tsv"):
        out["title"].update(w for v in r.values() if v for w in split(v))
    for r in rows(facts / "funding_programmes.tsv"):
        out["programme"].update(x for x in r["abbr"].split("|") if x)
    return {k: {w for w in v if w and " " not in w} for k, v in out.items()}


def lexicon_bits(path, wanted):
    """Bits of every wanted form, and lemmas by (form, class) of all forms for the lemmatiser."""
    bits = Counter()
    for form, _, tag in readings(path):
        if form not in wanted:
            continue
        parts = tag.split(":")
        value, text = 0, ":" + tag + ":"
        if parts[0] in BITS:
            value |= 1 << BITS[parts[0]]
        for name in (*CASES, *GENDERS, *VERBS, *(NAMES if parts[0] == "EIG" else ())):
            if f":{name}:" in text:
                value |= 1 << BITS[name]
        bits[form] |= value
    return bits


def rare_names(words, prob, lexicon, limit):
    """Capitalised words that would find no row, or only that of a last part that is no noun: most of them are names."""
    empty = np.zeros((len(words), 1), np.uint8)
    table = WordTable(words, empty, np.ones(1), np.array([lexicon[w] for w in words], np.uint64), np.zeros(len(words), np.uint16))
    noun = 1 << BITS["SUB"]
    for word in sorted(prob, key=prob.get, reverse=True)[:limit]:
        if word[0].isupper() and 1 < len(word) < 30:
            row, how = table.find(word)
            if row < 0 or (HOW[how] == "head" and not int(table.bits[row]) & noun):
                yield word


def distil(words, config, dimensions, teacher=None):
    """Hidden state of every word read alone, mean over its pieces; principal components, one int8 per dimension."""
    weights = Weights()
    model = Encoder(weights, config["layer"])
    if teacher:
        state = torch.load(teacher)
        model = Encoder(weights, len({k.split(".")[2] for k in state if k.startswith("encoder.layers")}))
        model.load_state_dict({k[8:]: v for k, v in state.items() if k.startswith("encoder.")}, strict=False)
    model.eval()
    pieces = [weights.word(w) for w in words]
    order = sorted(range(len(words)), key=lambda i: len(pieces[i]))
    out = np.zeros((len(words), weights.hidden), np.float32)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for i in range(0, len(order), 500):
            group = order[i : i + 500]
            width = max(len(pieces[k]) for k in group) + 2
            ids = torch.full((len(group), width), weights.pad)
            lengths = torch.tensor([len(pieces[k]) + 2 for k in group])
            for row, k in enumerate(group):
                ids[row, : lengths[row]] = torch.tensor([weights.bos, *pieces[k], weights.eos])
            hidden = model(ids, lengths).float()
            inside = ((torch.arange(width)[None] >= 1) & (torch.arange(width)[None] < lengths[:, None] - 1)).float()[:, :, None]
            out[group] = ((hidden * inside).sum(1) / inside.sum(1)).numpy()
    out -= out[: config["centre"]].mean(0)
    out /= np.linalg.norm(out, axis=1, keepdims=True) + 1e-6
    covariance = out[: config["centre"]].T @ out[: config["centre"]]
    values, axes = np.linalg.eigh(covariance)
    axes = axes[:, ::-1][:, :dimensions]
    print("variance kept", round(float(values[::-1][:dimensions].sum() / values.sum()), 3), flush=True)
    reduced = out @ axes
    reduced /= reduced.std(0) ** 0.6  # between raw principal components and whitened ones
    spread = reduced.std(0)
    scale = 2.6 * spread / LEVELS
    return np.clip(np.round(reduced / scale), -LEVELS, LEVELS).astype(np.int8), (scale / spread.mean()).astype(np.float32)


def main(config, corpora, facts, data, out, teacher=None):
    config = Config().from_disk(config)["words"]
    torch.set_num_threads(1)
    corpora, facts, data, out = map(Path, (corpora, facts, data, out))
    lookups = Path(find_spec("spacy_lookups_data").origin).parent / "data"
    prob = json.load(gzip.open(lookups / "de_lexeme_prob.json.gz"))
    clusters = json.load(gzip.open(lookups / "de_lexeme_cluster.json.gz"))
    lists = name_lists(facts)
    counts = Counter()
    for name in config["texts"]:
        for r in read(data, name):
            counts.update(r["words"])
    token = re.compile(r"[\w'’.&/*:%€§+-]*\w[\w'’.&/*:%€§+-]*|[^\w\s]{1,3}").fullmatch
    vocabulary = dict.fromkeys(w for w in sorted(prob, key=prob.get, reverse=True)[: config["frequent"]] if token(w))
    vocabulary |= dict.fromkeys(w for w, c in counts.most_common() if c >= config["least"] and token(w))
    for name in LISTS:
        vocabulary |= dict.fromkeys(sorted(w for w in lists[name] if w in prob or name in ("first", "last", "municipality", "politician", "acronym", "title")))
    words = [w for w in vocabulary if len(w) < 40]
    lexicon = corpora / "lexicon" / "german.dict"
    words += [w for w in rare_names(words, prob, lexicon_bits(lexicon, set(words)), config["rare"]) if token(w)]
    print(len(words), "words", flush=True)
    bits = lexicon_bits(lexicon, set(words))
    for name, members in lists.items():
        for w in members:
            bits[w] |= 1 << BITS[name]
    common = Counter(clusters.get(w, 0) for w in words)
    del common[0]
    ids = {c: i + 1 for i, (c, _) in enumerate(common.most_common(config["clusters"]))}
    vectors, scale = distil(words, config, config["dimensions"])
    if teacher:  # what the fine-tuned encoder makes of the word alone
        more, its_scale = distil(words, config, config["teacher_dimensions"], teacher)
        vectors, scale = np.concatenate([vectors, more], 1), np.concatenate([scale, its_scale])
    halves = (vectors + LEVELS + 1).astype(np.uint8)
    its_bits, its_clusters = np.array([bits[w] for w in words], np.uint64), np.array([ids.get(clusters.get(w), 0) for w in words], np.uint16)
    table = WordTable(words, halves[:, ::2] << 4 | halves[:, 1::2], scale, its_bits, its_clusters)
    out.write_bytes(table.to_bytes())
    print(out, out.stat().st_size)


if __name__ == "__main__":
    main(*sys.argv[1:])
