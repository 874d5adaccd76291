#!/usr/bin/env python3
"""Word vectors from raw text: skip-gram with negative sampling over lower-cased words.

usage: vectors.py --language no|en --text DIR --out FILE.npz [--dim 96] [--epochs N]

Newswire, press releases and NorQuAD are repeated, so that news is about a third of what is seen.
One thread and a fixed seed make the run repeatable.
"""

import argparse
import lzma
import os
import re
import tempfile
import time

import numpy as np
from gensim.models import Word2Vec

from features import FOLD, vector_key

# (file, times it is read) per model.
CORPORA = {
    "no": [("nb-norec", 1), ("nb-giella_press", 3), ("nb-giella_other", 1), ("nb-npk_sentences_cc0", 3),
           ("nb-norquad_contexts", 4), ("nb-laws", 1), ("nn-giella_press", 4), ("nn-giella_other", 2),
           ("nn-norec_nn", 3), ("nn-laws", 1), ("nn-synthetic_norquad_norec", 2),
           ("nn-synthetic_npk", 2), ("nn-synthetic_press", 2)],
    "en": [("en-article_bias", 1), ("en-kcna_2024", 1)],
}
WORD = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:[-'.]\w+)*|\.\.\.|--+|[^\w\s]")
CLITIC = re.compile(r"(?i)^(.+?)(n't|'s|'re|'ve|'ll|'d|'m)$")


def words(line: str, english: bool):
    for w in WORD.findall(line.translate(FOLD)):
        m = CLITIC.match(w) if english and "'" in w else None
        yield from (m.group(1), m.group(2)) if m else (w,)


def write_corpus(language: str, folder: str, out) -> int:
    """Writes key-normalised lines; returns the number of words."""
    cache, total = {}, 0
    for name, times in CORPORA[language]:
        lines = []
        with lzma.open(os.path.join(folder, name + ".txt.xz"), "rt", encoding="utf-8") as f:
            for line in f:
                keys = [cache.get(w) or cache.setdefault(w, vector_key(w))
                        for w in words(line, language == "en")]
                if len(keys) > 2:
                    lines.append(" ".join(keys))
                    total += times * len(keys)
        for _ in range(times):
            out.write("\n".join(lines) + "\n")
    return total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--language", choices=CORPORA, required=True)
    parser.add_argument("--text", required=True, help="folder of the raw text files (*.txt.xz)")
    parser.add_argument("--out", required=True)
    parser.add_argument("--dim", type=int, default=96)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--window", type=int, default=3)
    parser.add_argument("--least", type=int, default=5, help="occurrences of a word that is kept")
    parser.add_argument("--size", type=int, default=45000, help="words kept")
    args = parser.parse_args()
    start = time.time()
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as corpus:
        total = write_corpus(args.language, args.text, corpus)
        corpus.flush()
        print(f"{total} words, {time.time() - start:.0f} s", flush=True)
        model = Word2Vec(corpus_file=corpus.name, vector_size=args.dim, window=args.window, sg=1,
                         negative=5, sample=1e-4, min_count=args.least, epochs=args.epochs, workers=1,
                         max_final_vocab=args.size, seed=1, alpha=0.05)
    keys = model.wv.index_to_key[:args.size]
    np.savez(args.out, keys=np.array(keys), vectors=model.wv.vectors[:args.size].astype(np.float32))
    print(f"{len(keys)} vectors, {time.time() - start:.0f} s")
    for probe in (("regjeringen", "norge", "seier", "2019") if args.language == "no" else ("government", "russia", "said")):
        if vector_key(probe) in model.wv:
            print(probe, [w for w, _ in model.wv.most_similar(vector_key(probe), topn=6)])


if __name__ == "__main__":
    main()
