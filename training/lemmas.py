#!/usr/bin/env python3
"""Gives a model file its lexicon of lemmas: those of the treebank, and words of raw text that stand in a basic form.

usage: lemmas.py count < PARSED.conllu > CODE.counts
       lemmas.py write FILE.model --treebank FOLDER [--counts FOLDER] [--whole G] [--ending G]

The first form counts words with their tags; the second takes CODE.counts of each language of the model, where the folder has it.
A tag class is basic where the treebank's form is its own lemma: "Definite=Ind|Number=Sing" of nouns, "VerbForm=Inf" of verbs.
"""

import argparse
import os
import struct
import sys
from collections import Counter

import numpy as np
import xxhash

from data import read_conllu
from features import lower
from model_file import read, write

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
NONE = {"NUM", "PROPN", "PUNCT", "SYM", "X"}  # their lemmas are the forms, or open without end
OPEN = ("NOUN", "VERB", "ADJ", "ADV")         # whose basic forms raw text adds
LEAST_SEEN, LEAST_SHARE, LEAST_COUNT = 20, 0.97, 3


def count(lines, out):
    words = Counter()
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) == 10 and cells[3] in OPEN and cells[1].isalpha():
            words[lower(cells[1]), cells[3], "" if cells[5] == "_" else cells[5]] += 1
    for (form, upos, feats), n in words.items():
        print(n, form, upos, feats, sep="\t", file=out)


def basic(sentences) -> set[tuple[str, str]]:
    """Tag classes whose forms are lemmas."""
    seen, same = Counter(), Counter()
    for s in sentences:
        for form, lemma, tag in zip(s.forms, s.lemmas, s.tags):
            seen[tag] += 1
            same[tag] += lower(form) == lower(lemma)
    kept = (t for t in seen if seen[t] >= LEAST_SEEN and same[t] >= LEAST_SHARE * seen[t])
    return {tuple(t.split("\t")) for t in kept if t.split("\t")[0] in OPEN}


def lexicon(sentences, counts: str) -> set[tuple[str, str]]:
    """(UPOS, lower-case lemma)"""
    known = {(t.split("\t")[0], lower(lemma)) for s in sentences for lemma, t in zip(s.lemmas, s.tags)}
    if os.path.exists(counts):
        classes = basic(sentences)
        with open(counts, encoding="utf-8") as f:
            for line in f:
                n, form, upos, feats = line.rstrip("\n").split("\t")
                if int(n) >= LEAST_COUNT and (upos, feats) in classes:
                    known.add((upos, form))
    return {(upos, lemma) for upos, lemma in known if upos not in NONE}


def key(language: int, upos: str, lemma: str) -> int:
    return xxhash.xxh64_intdigest(lemma.encode("utf-8"), seed=language << 8 | UPOS.index(upos)) & 0xFFFFFFFF


def main():
    if sys.argv[1:2] == ["count"]:
        return count(sys.stdin, sys.stdout)
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1])
    parser.add_argument("what", choices=["write"])
    parser.add_argument("model")
    parser.add_argument("--treebank", required=True)
    parser.add_argument("--counts", default=".")
    parser.add_argument("--whole", type=float, default=5)
    parser.add_argument("--ending", type=float, default=3)
    args = parser.parse_args()
    sections, keys = read(args.model), set()
    for i, code in enumerate(sections["languages"].decode().split()):
        sentences = read_conllu(f"{args.treebank}/{code}-train.conllu.xz", code)
        known = lexicon(sentences, f"{args.counts}/{code}.counts")
        print(f"{code}: {len(known)} lemmas")
        keys |= {key(i, upos, lemma) for upos, lemma in known}
    sections["lemma.hash"] = np.array(sorted(keys), dtype="<u4").tobytes()
    sections["lemma.gain"] = struct.pack("<2f", args.whole, args.ending)
    write(args.model + ".tmp", sections)
    os.replace(args.model + ".tmp", args.model)
    print(f"{args.model}: {os.path.getsize(args.model)} bytes")


if __name__ == "__main__":
    main()
