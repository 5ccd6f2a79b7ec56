"""Lemma rules from the full-form lexicon and the treebanks. Usage: lemmas.py CORPORA DATA OUT.json.z

The lexicon teaches ordinary inflection, the treebanks decide where conventions differ (articles, pronouns, names).
"""

import gzip
import json
import sys
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

from lexicon import readings
from schema import DETERMINER, read

from policy_ie.base.lemmatizer import LemmaRules

CLASSES = {
    "SUB": ("NOUN",),
    "VER": ("VERB", "AUX"),
    "ADJ": ("ADJ",),
    "PA1": ("ADJ",),
    "PA2": ("ADJ",),
    "EIG": ("PROPN",),
    "ADV": ("ADV",),
}
LONGEST = 9
CLOSED = {"DET", "PRON", "ADP", "CCONJ", "SCONJ", "PART", "AUX", "NUM", "PUNCT", "SYM", "INTJ", "X"}


def edit(form, lemma):
    """Letters to cut at the end and letters to add."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def normal(form, pos):
    return form if pos in ("NOUN", "PROPN") else form.lower()


def lexicon_pairs(path):
    """(pos, form) -> Counter of lemmas."""
    pairs = defaultdict(Counter)
    for form, lemma, tag in readings(path):
        kind = tag.split(":")[0]
        if kind == "SUB" and not form[:1].isupper():
            continue
        for pos in CLASSES.get(kind, ()):
            if kind == "SUB" and tag.endswith("ADJ"):
                continue  # nominalised adjectives: by ending, as the treebanks have them
            pairs[pos, normal(form, pos)][lemma] += 1
    return pairs


def learn(pairs, weight):
    """Longest-ending rules: an ending is kept where its best edit differs from that of the next shorter ending."""
    votes = defaultdict(Counter)
    for (pos, form), lemma in pairs.items():
        e = edit(form, lemma)
        w = weight(form)
        for n in range(0, min(LONGEST, len(form) - 1) + 1):
            votes[pos, form[len(form) - n :] if n else ""][e] += w
    endings = {}
    for (pos, ending), edits in sorted(votes.items(), key=lambda kv: len(kv[0][1])):
        best, count = edits.most_common(1)[0]
        if ending:
            for n in range(len(ending) - 1, -1, -1):
                shorter = endings.get(f"{pos} {ending[len(ending) - n :]}" if n else pos)
                if shorter is not None:
                    break
            if shorter == best or count < 3 or edits.get(shorter, 0) * 1.3 > count:
                continue
        endings[f"{pos} {ending}" if ending else pos] = best
    return endings


def main(corpora, data, out):
    lookups = Path(find_spec("spacy_lookups_data").origin).parent / "data"
    prob = json.load(gzip.open(lookups / "de_lexeme_prob.json.gz"))
    found = lexicon_pairs(Path(corpora) / "lexicon" / "german.dict")
    gold = defaultdict(Counter)
    for name, times in (("gsd-dev", 2), ("pud", 1)):
        for r in read(data, name):
            for word, pos, lemma in zip(r["words"], r["upos"], r["lemma"], strict=True):
                gold[pos, normal(word, pos)][lemma.split("|")[0]] += times * (5 if pos in CLOSED else 1)
    tags = {tuple(r["words"]): r["upos"] for r in read(data, "linspector")}
    for r in read(data, "sigmorphon"):
        for word, pos, lemma in zip(r["words"], tags.get(tuple(r["words"]), ()), r["lemma"], strict=False):
            if pos != "?" and not DETERMINER.fullmatch(word.lower()):
                gold[pos, normal(word, pos)][lemma.split("|")[0]] += 1

    def modern(lemma, form):
        """The spelling of 1996 ("Zuschuss"), where it is the commoner one and the form does not hold the other."""
        new = lemma.replace("ß", "ss")
        return new if "ß" not in form and prob.get(new, -30) > prob.get(lemma, -25) else lemma

    pairs = {}
    for (pos, form), lemmas in found.items():
        # several readings: today's spelling, then the lemma that is itself most frequent
        lemmas = {modern(x, form): n for x, n in lemmas.items()}
        pairs[pos, form] = max(sorted(lemmas), key=lambda x: (prob.get(x, -25), lemmas[x]))
    weight = lambda form: 1 + max(0.0, 18 + prob.get(form, prob.get(form.capitalize(), -20)))  # noqa: E731
    open_pairs = {k: v for k, v in pairs.items() if k[0] not in ("PROPN", "AUX") and (k[1] in prob or k[1].capitalize() in prob)}
    for (pos, form), lemmas in gold.items():
        if pos not in CLOSED | {"PROPN"} and len(form) > 3:
            open_pairs[pos, form] = lemmas.most_common(1)[0][0]
    endings = learn(open_pairs, weight)
    for pos in ("PROPN", *CLOSED):
        endings.setdefault(pos, (0, ""))
    rules, exceptions = LemmaRules({}, endings), {}
    for (pos, form), lemma in pairs.items():
        common = form in prob or form.capitalize() in prob
        if pos == "PROPN":
            if lemma != form and form.endswith("s") and common:
                exceptions[f"{pos} {form}"] = lemma
        elif common and rules(form, pos) != lemma:
            exceptions[f"{pos} {form}"] = lemma
    for (pos, form), lemmas in gold.items():
        lemma, n = lemmas.most_common(1)[0]
        lemma = modern(lemma, form)
        known = exceptions.get(f"{pos} {form}") or (rules(form, pos))
        if lemma != known and (pos in CLOSED or n >= 2 or (pos, form) not in pairs):
            exceptions[f"{pos} {form}"] = lemma
        elif lemma == rules(form, pos):
            exceptions.pop(f"{pos} {form}", None)
    rules = LemmaRules(exceptions, endings)
    rules.to_disk(Path(out))
    print(len(endings), "endings", len(exceptions), "exceptions", Path(out).stat().st_size, "bytes")
    for name in ("gsd-dev", "gsd-test"):
        wrong, n, hit, by = Counter(), 0, 0, Counter()
        for r in read(data, name):
            for word, pos, lemma in zip(r["words"], r["upos"], r["lemma"], strict=True):
                n += 1
                mine = rules(word, pos)
                hit += mine == lemma
                if mine != lemma:
                    by[pos] += 1
                    wrong[word, pos, lemma, mine] += 1
        print(name, "lemma accuracy with gold tags", round(hit / n, 4), by.most_common(8))
        if name == "gsd-dev":
            print(wrong.most_common(60))


if __name__ == "__main__":
    main(*sys.argv[1:])
