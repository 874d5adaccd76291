"""Raw text as numbered forms, for pretrain.py: words of vectors.py, sentences parted roughly."""

import lzma
import os
import random

import numpy as np

from data import read_table
from vectors import words

LONGEST, SHORTEST, STEP = 60, 4, 4
ENDS, CLOSING = frozenset(".!?"), frozenset("\"'»)]")


def sentences(paragraph):
    """Parts a paragraph (a list of words) behind full stops before what is no small letter, and at LONGEST words."""
    begin, n = 0, len(paragraph)
    for i in range(1, n):
        ended = paragraph[i - 1] in ENDS or (paragraph[i - 1] in CLOSING and paragraph[i - 2] in ENDS)
        if (ended and not paragraph[i][0].islower() and paragraph[i] not in CLOSING) or i - begin >= LONGEST:
            yield paragraph[begin:i]
            begin = i
    yield paragraph[begin:]


class Corpus:
    """forms: distinct (form, language); words: their numbers; begins: where sentences begin, and the end."""

    def __init__(self, path, folder, model, seed, budget=None):
        rng, index = random.Random(seed), {}
        self.forms, words, begins = [], [], [0]
        for of, name, language, times in read_table(path):
            if of == model:
                numbered = index.setdefault(language, {})
                for s in self.read(os.path.join(folder, name + ".txt.xz"), language == "en", float(times), rng):
                    for w in s:
                        k = numbered.get(w)
                        if k is None:
                            k = numbered[w] = len(self.forms)
                            self.forms.append((w, language))
                        words.append(k)
                    begins.append(len(words))
        self.words, self.begins = np.array(words, dtype=np.int32), np.array(begins)

    @staticmethod
    def read(path, clitics, times, rng):
        with lzma.open(path, "rt", encoding="utf-8") as f:
            for line in f:
                n = int(times) + (rng.random() < times % 1)
                if n:
                    for s in sentences(list(words(line, clitics))):
                        if len(s) >= SHORTEST:
                            for _ in range(n):
                                yield s

    def batches(self, words, rng):
        """Arrays of sentence numbers for `padded`, of like length: few shapes, as each new one costs the libraries time."""
        lengths = -(-np.diff(self.begins) // STEP) * STEP
        groups = []
        for longest in np.unique(lengths):
            order, n = rng.permutation(np.flatnonzero(lengths == longest)), max(1, words // longest)
            groups += [order[at:at + n] for at in range(0, len(order) - n + 1, n)]
        rng.shuffle(groups)
        return groups

    def padded(self, group):
        """Numbers and mask [sentence, word]."""
        lengths = self.begins[group + 1] - self.begins[group]
        mask = np.arange(-(-lengths.max() // STEP) * STEP) < lengths[:, None]
        ids = np.zeros(mask.shape, dtype=np.int64)
        ids[mask] = np.concatenate([self.words[self.begins[g]:self.begins[g + 1]] for g in group])
        ids[~mask] = ids[0, 0]
        return ids, mask
