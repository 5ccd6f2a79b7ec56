"""Corpora -> one JSON line per sentence or paragraph, all layers in one scheme.

Usage: convert.py CORPORA OUT

Every line: {"corpus", "id", "words", "spaces"?, "ner"?, "mope"?, "upos"?, "feats"?, "lemma"?, "sentences"?}.

Labels may be partial, so that corpora with different guidelines train one model:
``?``  not annotated here (any label),  ``o``  outside of PER, LOC, ORG (MISC was not annotated in this corpus).
"""

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

import spacy
from lexicon import readings
from schema import harmonised

GERMEVAL = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "OTH": "MISC"}
MOPE = {"EPPOL", "EOPOL", "PFUNK", "GPE"}
# MobIE and SmartData: routes and bare "location" (parts of streets, directions) are annotated by other rules than GermEval
TRAFFIC = {
    "person": "PER",
    "organization": "ORG",
    "organization-company": "ORG",
    "location-city": "LOC",
    "location-street": "LOC",
    "location-stop": "LOC",
    "location": "?",
    "location-route": "?",
    "disaster-type": "O",
}
UNIMORPH = {
    "NOM": ("Case", "Nom"), "ACC": ("Case", "Acc"), "DAT": ("Case", "Dat"), "GEN": ("Case", "Gen"),
    "SG": ("Number", "Sing"), "PL": ("Number", "Plur"),
    "MASC": ("Gender", "Masc"), "FEM": ("Gender", "Fem"), "NEUT": ("Gender", "Neut"),
    "1": ("Person", "1"), "2": ("Person", "2"), "3": ("Person", "3"),
    "PRS": ("Tense", "Pres"), "PST": ("Tense", "Past"),
    "IND": ("Mood", "Ind"), "IMP": ("Mood", "Imp"), "SBJV": ("Mood", "Sub"),
    "FIN": ("VerbForm", "Fin"), "NFIN": ("VerbForm", "Inf"), "V.PTCP": ("VerbForm", "Part"),
}  # fmt: skip
KEPT = ("Case", "Number", "Gender", "Person", "Tense", "Mood", "VerbForm", "Degree", "Definite", "PronType")


def blocks(path, comment="#"):
    """Yield (comment lines, rows) of a CoNLL-like file."""
    head, rows = [], []
    for line in [*path.read_text(encoding="utf8").split("\n"), ""]:
        if not line.strip():
            if rows:
                yield head, rows
            head, rows = [], []
        elif line.startswith(comment) and not rows and (comment != "#" or line[1:2] in "\t "):
            head.append(line)
        else:
            rows.append(line.split("\t"))


def bio(labels):
    """Repair sequences that begin with I- (after a label was mapped away)."""
    out, last = [], "O"
    for label in labels:
        if label.startswith("I-") and last[2:] != label[2:]:
            label = "B-" + label[2:]
        out.append(label)
        last = label
    return out


def germeval(path):
    for i, (_, rows) in enumerate(blocks(path)):
        labels = [r[2] for r in rows]
        ner = [x[:2] + GERMEVAL[x[2:]] if x[2:] in GERMEVAL else "O" for x in labels]
        yield {"id": f"{path.stem}-{i}", "words": [r[1] for r in rows], "ner": bio(ner), "one": True}


def bundestag_gold(path):
    for i, (_, rows) in enumerate(blocks(path)):
        yield {"id": f"{path.stem}-{i}", "words": [r[1] for r in rows], "ner": bio([r[4] for r in rows])}


def uner(path):
    for head, rows in blocks(path):
        ident = next(h.split("=")[1].strip() for h in head if "sent_id" in h)
        ner = ["o" if r[2] == "O" else r[2] for r in rows]
        yield {"id": ident, "words": [r[1] for r in rows], "ner": bio(ner), "one": True}


def mobie(path):
    for i, (_, rows) in enumerate(blocks(path, "-DOCSTART-")):
        if rows[0][0].startswith("-DOCSTART-"):
            continue
        ner = []
        for r in rows:
            mapped = TRAFFIC.get(r[3][2:], "o")
            ner.append(r[3][:2] + mapped if mapped in GERMEVAL else "o" if mapped == "O" else mapped)
        yield {"id": f"{path.stem}-{i}", "words": [r[0] for r in rows], "ner": bio(ner)}


def mope(path):
    for i, line in enumerate(path.read_text(encoding="utf8").splitlines()):
        row = json.loads(line)
        yield {"id": f"{path.stem}-{i}", "words": row["words"], "mope": [t if t[2:] in MOPE else "O" for t in row["tags"]]}


def smartdata(path, tokenizer):
    """News only: one line of text is one item; common nouns annotated as mentions ("Gruppe", "Unternehmen") are masked."""
    text, decoder, position = gzip.open(path, "rt", encoding="utf8").read(), json.JSONDecoder(), 0
    while match := re.compile(r"\{").search(text, position):
        document, position = decoder.raw_decode(text, match.start())
        string = document["text"]["string"]
        if document["refids"]["map"].get("source") != "news":
            continue
        spans = []
        for mention in (document["conceptMentions"] or {}).get("array", []):
            kind = TRAFFIC.get(mention["type"])
            if kind in (None, "O"):
                continue
            start, end = mention["span"]["start"], mention["span"]["end"]
            surface = string[start:end]
            common = " " not in surface and re.fullmatch(
                r"\W*(?:[a-zäöüß].*|(?:.*(?:[Gg]ruppe|[Uu]nternehmen|[Kk]onzern|[Ff]irma|[Bb]ank|[Hh]ersteller|[Aa]nbieter|"
                r"[Vv]erband|[Ii]nstitut|[Ss]tadt|[Ll]and|[Rr]egion|[Vv]erein|[Bb]ehörde|[Pp]artner|[Bb]etreiber|[Gg]esellschaft|"
                r"[Tt]ochter|[Mm]utter|[Aa]genturs?|[Hh]aus|[Mm]inisterium)s?e?n?))", surface)  # fmt: skip
            spans.append((start, end, "?" if common else kind))
        for number, line in enumerate(re.finditer(r"[^\n\r]+", string)):
            doc = tokenizer(line[0].strip())
            offset = line.start() + len(line[0]) - len(line[0].lstrip())
            tokens = [t for t in doc if not t.is_space]
            if len(tokens) < 4:
                continue
            ner = ["o"] * len(tokens)
            for start, end, kind in spans:
                inside = [k for k, t in enumerate(tokens) if t.idx + offset < end and t.idx + offset + len(t) > start]
                exact = inside and tokens[inside[0]].idx + offset == start
                for k in inside:
                    ner[k] = "?" if kind == "?" or not exact else ("B-" if k == inside[0] else "I-") + kind
            # words that a common-noun heuristic cannot judge: single capitalised ORG mentions seen with an article
            yield {
                "id": f"{document['refids']['map']['fileName']}-{number}",
                "words": [t.text for t in tokens],
                "ner": bio(ner),
            }


def merge_contractions(rows):
    """UD splits "im" into "in dem"; spaCy tokens keep "im": ADP with the article's features, lemma of the preposition."""
    out, skip = [], {}
    for r in rows:
        if "-" in r[0]:
            first, last = map(int, r[0].split("-"))
            skip = {"form": r[1], "misc": r[9], "ids": list(range(first, last + 1)), "parts": []}
        elif "." in r[0]:
            continue
        elif skip and int(r[0]) in skip["ids"]:
            skip["parts"].append(r)
            if int(r[0]) == skip["ids"][-1]:
                first, last = skip["parts"][0], skip["parts"][-1]
                feats = "|".join(f for f in last[5].split("|") if f.split("=")[0] in ("Case", "Gender", "Number")) or "_"
                out.append([first[0], skip["form"], first[2], first[3], first[4], feats, *first[6:9], skip["misc"]])
                skip = {}
        else:
            out.append(r)
    return out


def features(text):
    pairs = dict(f.split("=") for f in text.split("|") if "=" in f)
    return {k: pairs.get(k, "_").split(",")[0] for k in KEPT}


def conllu(path):
    for head, rows in blocks(path):
        ident = next(h.split("=")[1].strip() for h in head if h.startswith("# sent_id"))
        rows = merge_contractions(rows)
        yield {
            "id": ident, "words": [r[1] for r in rows], "spaces": ["SpaceAfter=No" not in r[9] for r in rows],
            "upos": [r[3] for r in rows], "feats": [features(r[5]) for r in rows], "lemma": [r[2] for r in rows], "one": True,
        }  # fmt: skip


def predicative(lexicon):
    """Adjectives that stand uninflected: the older scheme called them ADV, the newer ADJ."""
    adverbs, adjectives = set(), set()
    for form, _, tag in readings(lexicon):
        if tag.startswith("ADV"):
            adverbs.add(form)
        elif tag.startswith(("ADJ:PRD", "PA2:PRD", "PA1:PRD")):
            adjectives.add(form)
    return frozenset(adjectives - adverbs)


def linspector(path, adjectives):
    for i, line in enumerate(path.read_text(encoding="utf8").splitlines()):
        pairs = [p.rsplit("##", 1) for p in line.split()]
        words, upos, k = [], [], 0
        while k < len(pairs):
            word, tag = pairs[k]
            if tag == "_" and k + 2 < len(pairs) and pairs[k + 1][1] == "ADP":  # im, in, dem -> im
                words.append(word)
                upos.append("ADP")
                k += 3
            else:
                words.append(word)
                upos.append("?" if tag == "_" else tag)
                k += 1
        yield {"id": f"linspector-{i}", "words": words, "upos": harmonised(words, upos, adjectives), "one": True}


def sigmorphon(path):
    contracted = {"in dem": "im", "an dem": "am", "zu dem": "zum", "zu der": "zur", "in das": "ins", "an das": "ans",
                  "bei dem": "beim", "von dem": "vom", "für das": "fürs", "auf das": "aufs", "durch das": "durchs", "um das": "ums"}  # fmt: skip
    for head, rows in blocks(path):
        ident = next(h.split("=")[1].strip() for h in head if "sent_id" in h)
        text = next(h.split("=", 1)[1].strip() for h in head if h.startswith("# text"))
        words, lemmas, feats, at, k = [], [], [], 0, 0
        rows = [r for r in rows if r[0].isdigit()]
        while k < len(rows):
            tags = set(rows[k][5].split(";"))
            values = dict.fromkeys(KEPT[:7], "_")
            values.update(UNIMORPH[t] for t in tags if t in UNIMORPH)
            if "V" in tags and values["VerbForm"] == "_":
                values["VerbForm"] = "Fin" if values["Mood"] != "_" else "?"
            values |= {"Degree": "?", "Definite": "?", "PronType": "?"}
            form, lemma, step = rows[k][1], rows[k][2], 1
            at = len(text) - len(text[at:].lstrip())
            if not text.startswith(form, at) and k + 1 < len(rows):
                joined = contracted.get(f"{form.lower()} {rows[k + 1][1].lower()}")
                if joined and text[at : at + len(joined)].lower() == joined:
                    article = {UNIMORPH[t][0]: UNIMORPH[t][1] for t in rows[k + 1][5].split(";") if t in UNIMORPH}
                    values |= {key: article.get(key, "_") for key in ("Case", "Number", "Gender")}
                    form, step = text[at : at + len(joined)], 2
            if not text.startswith(form, at):
                break
            at += len(form)
            words.append(form)
            lemmas.append(lemma)
            feats.append(values)
            k += step
        else:
            yield {"id": ident, "words": words, "feats": feats, "lemma": lemmas, "one": True}


def spkatt(path):
    for line in path.read_text(encoding="utf8").splitlines():
        speech = json.loads(line)
        for s in speech["Sentences"]:
            yield {"id": f"{speech['id']}-{s['SentenceId']}", "words": s["Tokens"]}


def raw(path, tokenizer):
    for i, line in enumerate(gzip.open(path, "rt", encoding="utf8")):
        yield {"id": f"bt-{i}", "words": [t.text for t in tokenizer(line.strip()) if not t.is_space]}


def main(corpora, out):
    corpora, out = Path(corpora), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    ner, trees, tokenizer = corpora / "ner", corpora / "treebanks", spacy.blank("de").tokenizer
    sources = {
        "germeval-dev": germeval(ner / "germeval-dev.tsv"),
        "germeval-test": germeval(ner / "germeval-test.tsv"),
        "mope-train": mope(ner / "mope-train.json"),
        "mope-dev": mope(ner / "mope-dev.json"),
        "mope-test": mope(ner / "mope-test.json"),
        "bundestag-gold": (s for p in sorted(ner.glob("bt-Gold-*.conll")) for s in bundestag_gold(p)),
        "uner-pud": uner(ner / "uner-pud.iob2"),
        "mobie": (s for part in ("train", "dev") for s in mobie(ner / "mobie" / f"{part}.conll2003")),
        "smartdata": (s for p in ("train", "test") for s in smartdata(ner / f"smartdata_{p}.json.gz", tokenizer)),
        "gsd-dev": conllu(trees / "gsd-dev.conllu"),
        "gsd-test": conllu(trees / "gsd-test.conllu"),
        "pud": conllu(trees / "pud.conllu"),
        "linspector": linspector(trees / "linspector-gsd-train.pos", predicative(corpora / "lexicon" / "german.dict")),
        "sigmorphon": (s for p in ("dev", "test") for s in sigmorphon(trees / f"sigm-{p}.conllu")),
        "spkatt": (s for p in ("train", "dev") for s in spkatt(corpora / "speech" / f"spkatt2023_{p}.jsonl")),
        "bundestag-raw": raw(corpora / "raw" / "bundestag_wp19_20.txt.gz", tokenizer),
    }
    held, kept = set(), {}
    for name in ("germeval-test", "mope-test", "gsd-test", "gsd-dev"):
        kept[name] = list(sources[name])
        held |= {"".join(s["words"]).lower() for s in kept[name]}
    report = {}
    for name, sentences in sources.items():
        rows, dropped = kept.get(name), 0
        if rows is None:
            # a held-out sentence in any training source (by text; sigmorphon re-splits GSD) is left out there
            rows = []
            for s in sentences:
                if len(s["words"]) > 3 and "".join(s["words"]).lower() in held:
                    dropped += 1
                elif s["words"]:
                    rows.append(s)
        with (out / f"{name}.jsonl").open("w", encoding="utf8") as f:
            f.writelines(json.dumps({"corpus": name} | r, ensure_ascii=False) + "\n" for r in rows)
        labels = Counter(x[2:] for r in rows for x in r.get("ner", r.get("mope", [])) if x.startswith("B-"))
        report[name] = {"items": len(rows), "words": sum(len(r["words"]) for r in rows), "dropped": dropped, **labels}
        print(name, report[name], flush=True)
    (out / "report.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
