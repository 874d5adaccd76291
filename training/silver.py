#!/usr/bin/env python3
"""Labels raw text by an ensemble of finished networks, for train.py --silver (self-training).

usage: silver.py --languages nb nn --treebank DIR --text DIR --program build/avstand --teachers A.pt B.pt --out FILE.npz

A word keeps the likeliest tags, lemma rules, heads and relations with their probabilities, and the set of name
labels that are not unlikely.
"""

import argparse
import os
import random
from dataclasses import dataclass, replace

import numpy as np
import torch

from data import NAME_LABELS, Labels, batches, noisy_forms, read_conllu, shape
from raw_sentences import Filter, sample, sources
from teachers import Teacher, mean, name_path

KEPT = {"tags": 4, "rules": 2, "heads": 4, "rels": 4}  # how many choices of a word are kept
POSSIBLE = 0.1   # a name label of this probability stays possible
SURE = 0.75      # mean probability of the best heads of a sentence that is kept


@dataclass
class Silver:
    """A labelled sentence: of each kind in KEPT the choices and their probabilities [word, n]; name labels as bits."""
    language: str
    forms: list[str]
    choices: dict
    weights: dict
    names: np.ndarray


def label(teachers, group, naming=None) -> list[Silver]:
    """The sentences of a group that the teachers are sure enough of; names as `naming` alone has them, if given."""
    m = mean(teachers, group)
    names = naming.read(group)[3] if naming else m.names
    best = {kind: table.topk(KEPT[kind], -1) for kind, table in
            (("tags", m.tags), ("rules", m.rules), ("heads", m.arcs), ("rels", m.rels))}
    kept = []
    for i, s in enumerate(group):
        n = len(s.forms)
        if float(best["heads"].values[i, :n, 0].mean()) < SURE:
            continue
        marginals = names[i, :n].numpy()
        possible = (marginals >= POSSIBLE) & (naming is None)
        possible[np.arange(n), name_path(marginals)] = True
        kept.append(Silver(s.language, s.forms,
                           {k: b.indices[i, :n].numpy().astype(np.int16) for k, b in best.items()},
                           {k: b.values[i, :n].numpy().astype(np.float16) for k, b in best.items()},
                           possible @ (1 << np.arange(len(NAME_LABELS)))))
    return kept


def save(path: str, silver: list[Silver], languages: list[str]):
    columns = {"lengths": np.array([len(s.forms) for s in silver]),
               "languages": np.array([languages.index(s.language) for s in silver]),
               "forms": np.array("\n".join(f for s in silver for f in s.forms)),
               "names": np.concatenate([s.names for s in silver]).astype(np.int32)}
    for kind in KEPT:
        columns[kind] = np.concatenate([s.choices[kind] for s in silver])
        columns[kind + ".p"] = np.concatenate([s.weights[kind] for s in silver])
    np.savez_compressed(path, **columns)


def load(path: str, languages: list[str]) -> list[Silver]:
    stored = np.load(path)
    columns = {k: stored[k] for k in stored.files}
    forms, silver, at = str(columns["forms"]).split("\n"), [], 0
    for n, language in zip(columns["lengths"], columns["languages"]):
        part = slice(at, at + n)
        silver.append(Silver(languages[language], forms[part], {k: columns[k][part] for k in KEPT},
                             {k: columns[k + ".p"][part] for k in KEPT}, columns["names"][part]))
        at += n
    return silver


def noisy(s: Silver, rng: random.Random) -> Silver:
    """Typography and case as for gold; the labels are those of the clean text."""
    return replace(s, forms=noisy_forms(s.forms, s.language, rng))


@dataclass
class SilverBatch:
    """Padded columns [sentence, word]; weights are 0 in the padding."""
    unique: np.ndarray
    types: np.ndarray
    mask: np.ndarray
    choices: dict
    weights: dict
    names: np.ndarray


def make_silver_batch(group: list[Silver], types, words: int = 0) -> SilverBatch:
    b, t = shape(group, words)
    ids, mask = np.zeros((b, t), dtype=np.int64), np.zeros((b, t), dtype=bool)
    choices = {k: np.zeros((b, t, n), dtype=np.int64) for k, n in KEPT.items()}
    weights = {k: np.zeros((b, t, n), dtype=np.float32) for k, n in KEPT.items()}
    bits, names = 1 << np.arange(len(NAME_LABELS)), np.zeros((b, t, len(NAME_LABELS)), dtype=bool)
    for i, s in enumerate(group):
        n = len(s.forms)
        mask[i, :n] = True
        ids[i, :n] = [types.id(f, s.language) for f in s.forms]
        names[i, :n] = s.names[:, None] & bits
        for k in KEPT:
            choices[k][i, :n], weights[k][i, :n] = s.choices[k], s.weights[k]
            weights[k][i, :n] /= weights[k][i, :n].sum(-1, keepdims=True)
    names[len(group):] = True
    ids[~mask] = ids[0, 0]
    unique, inverse = np.unique(ids, return_inverse=True)
    return SilverBatch(unique, inverse.reshape(b, t), mask, choices, weights, names)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--languages", nargs="+", required=True)
    parser.add_argument("--treebank", required=True)
    parser.add_argument("--text", required=True)
    parser.add_argument("--program", required=True, help="the avstand whose tokens are used")
    parser.add_argument("--sources", default=os.path.join(os.path.dirname(__file__), "silver_sources.tsv"))
    parser.add_argument("--teachers", nargs="+", required=True)
    parser.add_argument("--names-by", help="checkpoint whose names the sentences get (no gold names stand beside them)")
    parser.add_argument("--out", required=True)
    parser.add_argument("--half", action="store_true", help="products in bfloat16, for processors that have them")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    args = arguments()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    languages = args.languages
    read = lambda part, end: [s for code in languages for s in
                              read_conllu(os.path.join(args.treebank, f"{code}-{part}.conllu{end}"), code)]
    labels = Labels.build(read("train", ".xz"), languages)
    teachers = [Teacher(path, labels) for path in args.teachers]
    naming = Teacher(args.names_by, labels) if args.names_by else None
    chosen = Filter(read("dev", ""), set(teachers[0].types.vector_ids))
    raw = sample(args.program, args.text, sources(args.sources, languages), chosen, args.seed)
    print("refused:", chosen.refused, flush=True)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=args.half):
        silver = [s for group in batches(raw, 3000, None) for s in label(teachers, group, naming)]
    save(args.out, silver, languages)
    print(f"{len(silver)} of {len(raw)} sentences, {sum(len(s.forms) for s in silver)} words")


if __name__ == "__main__":
    main()
