"""Figures of the packaged pipeline on the held-out parts. Usage: evaluate.py CORPORA DATA [OUT.json [PIPELINE]]

PIPELINE is the folder of another build; without it the pipeline inside the package is measured.
Annotated tokens (GermEval, MoPE) go through the pipeline as they are; GSD goes in as raw text, tokenizer and all.
LER is for measuring only: PER from PER, AN and RR (lawyers, judges); LOC from ST, LD, LDS, STR; ORG from UN, INN, GRT, ORG.
"""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import spacy
from convert import blocks
from schema import f1, read, spans
from spacy.tokens import Doc

from policy_ie.base import base_path

NAMED = re.compile(
    r"Bundes(?!land|länder|mittel|ebene|haus|minist|kanzler).+|[A-ZÄÖÜ]{2,}.*|Landes(?:regierung|parlament)|Landtag.*|.*ministerium.*|.*ministeriums|Grünen?|Linken?|Freien?|Deutschen?r?|Europäischen?r?|Union"
)
LER = {
    "PER": "PER",
    "RR": "PER",
    "AN": "PER",
    "ST": "LOC",
    "LD": "LOC",
    "LDS": "LOC",
    "STR": "LOC",
    "UN": "ORG",
    "INN": "ORG",
    "GRT": "ORG",
    "ORG": "ORG",
}


def run(nlp, words, spaces=None):
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc


def labels(doc, spans):
    out = ["O"] * len(doc)
    for span in spans:
        out[span.start : span.end] = ["B-" + span.label_] + ["I-" + span.label_] * (len(span) - 1)
    return out


def spaced(words):
    """Spaces as a typesetter sets them, for corpora that keep none."""
    return [not (re.fullmatch(r"[.,;:!?)\]…“”’]+", b) or a in "([„»‚") for a, b in zip(words, [*words[1:], ""], strict=True)]


def named(doc, span):
    """MoPE marks whole noun phrases, nominal ones too ("Frau Präsidentin", "meine Fraktion"); a mention is named if it holds
    a proper noun by the tagger, an abbreviation, or the word for one body only ("Bundesregierung", "Deutschen Bundestag")."""
    return any(t.pos_ == "PROPN" or NAMED.fullmatch(t.text) for t in doc[span[1] : span[2]])


def mope(nlp, data, part):
    gold, found, names = [], [], [0, 0, 0]
    for r in read(data, part):
        doc = run(nlp, r["words"], spaced(r["words"]))
        gold.append(r["mope"])
        found.append(labels(doc, doc.spans["politics"]))
        g, p = ({s for s in spans(x) if s[0] in ("EPPOL", "EOPOL") and named(doc, s)} for x in (gold[-1], found[-1]))
        names = [names[0] + len(g & p), names[1] + len(g), names[2] + len(p)]
    precision, recall = names[0] / names[2], names[0] / names[1]
    out = {"EPPOL+EOPOL named": (round(precision, 4), round(recall, 4), round(2 * precision * recall / (precision + recall), 4), names[1])}
    out["EPPOL+EOPOL"] = f1(gold, found, ("EPPOL", "EOPOL"))["all"]
    return out | f1(gold, found, ("EPPOL", "EOPOL", "PFUNK"))


def gsd(nlp, data, part):
    rows = read(data, part)
    text, gold, starts = "", {}, []
    for r in rows:
        starts.append(len(text))
        for word, space, pos, lemma, feats in zip(r["words"], r["spaces"], r["upos"], r["lemma"], r["feats"], strict=True):
            gold[len(text), len(text) + len(word)] = (pos, lemma, feats)
            text += word + " " * space
        if not text.endswith(" "):
            text += " "
    doc = nlp(text)
    tokens = {(t.idx, t.idx + len(t)): t for t in doc if not t.is_space}
    both = [(gold[k], tokens[k]) for k in gold if k in tokens]
    out = {"tokens F": round(2 * len(both) / (len(gold) + len(tokens)), 4)}
    out["upos"] = round(np.mean([g[0] == t.pos_ for g, t in both]), 4)
    out["lemma"] = round(np.mean([g[1] == t.lemma_ for g, t in both]), 4)
    for name in ("Case", "Number", "Gender"):
        out[name] = round(np.mean([g[2][name] == (t.morph.get(name) or ["_"])[0] for g, t in both]), 4)
        pairs = [(g[2][name], (t.morph.get(name) or ["_"])[0]) for g, t in both if g[2][name] != "_"]
        out[f"{name} where annotated"] = round(np.mean([a == b for a, b in pairs]), 4)
    ends = [*starts[1:], len(text)]
    gold_spans = {(s, len(text[:e].rstrip())) for s, e in zip(starts, ends, strict=True)}
    found = {(s.start_char, s.start_char + len(s.text.rstrip())) for s in doc.sents}
    out["sentences F"] = round(2 * len(gold_spans & found) / (len(gold_spans) + len(found)), 4)
    return out


def ler(nlp, corpora, step=25):
    gold, found = [], []
    for path in sorted((corpora / "ner" / "ler").glob("*.conll")):
        for i, (_, rows) in enumerate(blocks(path)):
            if i % step:
                continue
            cells = [r[0].strip().rsplit(" ", 1) for r in rows if r[0].strip()]
            words = [c[0] for c in cells]
            gold.append([c[-1][:2] + LER[c[-1][2:]] if c[-1][2:] in LER else "O" for c in cells])
            doc = run(nlp, words, spaced(words))
            # names inside of a citation, a law or a contract are not annotated
            found.append(labels(doc, [e for e in doc.ents if all(c[-1] == "O" or c[-1][2:] in LER for c in cells[e.start : e.end])]))
    return f1(gold, found, ("PER", "LOC", "ORG"))


def speed(nlp, data, pipeline):
    """Words (tokens that are no space or punctuation) per second, and milliseconds to load, on one core."""
    texts = [" ".join(r["words"]) for r in read(data, "bundestag-raw")[50_000:54_000]]
    texts = ["\n\n".join(texts[i : i + 6]) for i in range(0, len(texts), 6)]
    list(nlp.pipe(texts[:60]))
    words, started = 0, time.process_time()
    for doc in nlp.pipe(texts[60:]):
        words += sum(t.is_alpha for t in doc)
    spent = time.process_time() - started
    code = (
        "import time, re, pathlib; t = time.perf_counter(); import spacy; from policy_ie.base import base_path; base_path();"
        f"nlp = spacy.load({str(pipeline)!r}); t = time.perf_counter() - t;"
        "nlp('Die Stadt Köln fördert Vereine. ' * 500); print(t, int(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    alone = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True).stdout.split()
    return {
        "words/s": round(words / spent),
        "load s": round(float(alone[0]), 2),
        "memory MB": int(alone[1]),
    }


def main(corpora, data, out=None, pipeline=None):
    base_path()  # registers the components
    nlp = spacy.load(pipeline or base_path())
    germeval_gold, germeval_found = [], []
    figures = {"speed": speed(nlp, data, pipeline or base_path())}
    for r in read(data, "germeval-test"):
        doc = run(nlp, r["words"], spaced(r["words"]))
        germeval_gold.append(r["ner"])
        germeval_found.append(labels(doc, doc.ents))
    figures["GermEval-2014 test"] = f1(germeval_gold, germeval_found, ("PER", "LOC", "ORG"))
    figures["MoPE test"] = mope(nlp, data, "mope-test")
    figures["GSD test"] = gsd(nlp, data, "gsd-test")
    figures["LER sample"] = ler(nlp, Path(corpora))
    text = json.dumps(figures, indent=1)
    print(text)
    if out:
        Path(out).write_text(text + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
