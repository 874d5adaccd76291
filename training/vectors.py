#!/usr/bin/env python3
"""Word vectors from raw text: skip-gram with negative sampling over lower-cased words.

usage: vectors.py --model no --text DIR --out FILE.npz [--dim 96] [--epochs N] [--clitics]

corpora.tsv names the texts of a model. One thread and a fixed seed make the run repeatable.
"""

import argparse
import lzma
import os
import re
import tempfile
import time

import numpy as np
from gensim.models import Word2Vec

from data import read_table
from features import FOLD, vector_key

WORD = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:[-'.]\w+)*|\.\.\.|--+|[^\w\s]")
CLITIC = re.compile(r"(?i)^(.+?)(n't|'s|'re|'ve|'ll|'d|'m)$")


def corpora(path: str, model: str) -> list[tuple[str, int]]:
    """(file, times it is read) of a model."""
    return [(name, int(times)) for of, name, times in read_table(path) if of == model]


def words(line: str, clitics: bool):
    for w in WORD.findall(line.translate(FOLD)):
        m = CLITIC.match(w) if clitics and "'" in w else None
        yield from (m.group(1), m.group(2)) if m else (w,)


def write_corpus(texts, folder: str, clitics: bool, out) -> int:
    """Writes key-normalised lines; returns the number of words."""
    cache, total = {}, 0
    for name, times in texts:
        lines = []
        with lzma.open(os.path.join(folder, name + ".txt.xz"), "rt", encoding="utf-8") as f:
            for line in f:
                keys = [cache.get(w) or cache.setdefault(w, vector_key(w))
                        for w in words(line, clitics)]
                if len(keys) > 2:
                    lines.append(" ".join(keys))
                    total += times * len(keys)
        for _ in range(times):
            out.write("\n".join(lines) + "\n")
    return total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True, help="as in corpora.tsv")
    parser.add_argument("--corpora", default=os.path.join(os.path.dirname(__file__), "corpora.tsv"))
    parser.add_argument("--clitics", action="store_true", help="part English n't, 's, 're, … from their words")
    parser.add_argument("--text", required=True, help="folder of the raw text files (*.txt.xz)")
    parser.add_argument("--out", required=True)
    parser.add_argument("--dim", type=int, default=96)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--window", type=int, default=3)
    parser.add_argument("--least", type=int, default=5, help="occurrences of a word that is kept")
    parser.add_argument("--size", type=int, default=45000, help="words kept")
    args = parser.parse_args()
    texts, start = corpora(args.corpora, args.model), time.time()
    if not texts:
        parser.error(f"{args.corpora} names no text for {args.model}")
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as corpus:
        total = write_corpus(texts, args.text, args.clitics, corpus)
        corpus.flush()
        print(f"{total} words, {time.time() - start:.0f} s", flush=True)
        model = Word2Vec(corpus_file=corpus.name, vector_size=args.dim, window=args.window, sg=1,
                         negative=5, sample=1e-4, min_count=args.least, epochs=args.epochs, workers=1,
                         max_final_vocab=args.size, seed=1, alpha=0.05)
    keys = model.wv.index_to_key[:args.size]
    np.savez(args.out, keys=np.array(keys), vectors=model.wv.vectors[:args.size].astype(np.float32))
    print(f"{len(keys)} vectors, {time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
