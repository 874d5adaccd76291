"""Treebank sentences, the label sets made from them, noise for robustness, and batches."""

import functools
import lzma
import random
from collections import Counter
from dataclasses import dataclass

import numpy as np

from features import LANGUAGE, lower, row, vector_key, word_rows, fold

NAME_TYPES = ["PER", "ORG", "GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT", "DRV", "MISC"]
NAME_LABELS = ["O"] + [f"{mark}-{kind}" for kind in NAME_TYPES for mark in "BI"]
IGNORE = -100


@dataclass
class Sentence:
    """Columns of one sentence; heads count from 1, 0 is the root."""
    language: str
    forms: list[str]
    lemmas: list[str]
    tags: list[str]      # "NOUN\tDefinite=Ind|…"
    heads: list[int]
    rels: list[str]
    names: list[str]
    has_names: bool = True
    has_tree: bool = True
    choices: list | None = None  # label sets instead of names (borrow.py)


def read_table(path: str) -> list[list[str]]:
    """Rows of a tab-separated file; lines that begin with # are its header."""
    with open(path, encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#")]


def read_conllu(path: str, language: str) -> list[Sentence]:
    """Words of a CoNLL-U file (range lines and empty nodes are skipped)."""
    opener = lzma.open if path.endswith(".xz") else open
    sentences, rows = [], []
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line and line[0].isdigit():
                cols = line.split("\t")
                if cols[0].isdigit():
                    rows.append(cols)
            elif not line and rows:
                sentences.append(from_rows(rows, language))
                rows = []
    if rows:
        sentences.append(from_rows(rows, language))
    return sentences


def from_rows(rows, language: str) -> Sentence:
    names = [next((m[5:] for m in r[9].split("|") if m.startswith("name=")), "") for r in rows]
    return Sentence(language, [r[1] for r in rows], [r[2] for r in rows],
                    [r[3] + "\t" + ("" if r[5] == "_" else r[5]) for r in rows],
                    [int(r[6]) for r in rows], [r[7] for r in rows],
                    [n or "O" for n in names], has_names=any(names))


# ---- lemma rules -------------------------------------------------------------------------------
# "l", "k", "t": lower-case, keep or title-case the form, then cut N code points and append;
# "w": the lemma itself. Written MODE|N|APPEND.

def title(s: str) -> str:
    """Title case; like the lower case, a code point stays one code point."""
    first = s[:1].upper()
    return (first if len(first) == 1 else s[:1]) + lower(s[1:])


CASES = (("l", lower), ("k", lambda s: s), ("t", title))


@functools.cache
def lemma_rule(form: str, lemma: str) -> str:
    """The rule that makes `lemma` of `form` and keeps most of it; lower case first on a tie."""
    best = None
    for mode, change in CASES:
        s, n = change(form), 0
        while n < min(len(s), len(lemma)) and s[n] == lemma[n]:
            n += 1
        if best is None or n > best[0]:
            best = (n, mode, len(s) - n, lemma[n:])
    if best[0] == 0:
        return "w|0|" + lemma
    return f"{best[1]}|{best[2]}|{best[3]}"


def apply_rule(rule: str, form: str) -> str:
    mode, cut, append = rule.split("|", 2)
    if mode == "w":
        return append
    s = dict(CASES)[mode](form)
    return s[:max(0, len(s) - int(cut))] + append


class Labels:
    """The label sets of a model, made from training sentences."""

    def __init__(self, tags, rules, rels, languages):
        self.tags, self.rules, self.rels, self.languages = tags, rules, rels, languages
        self.tag_id = {t: i for i, t in enumerate(tags)}
        self.rule_id = {r: i for i, r in enumerate(rules)}
        self.rel_id = {r: i for i, r in enumerate(rels)}
        self.name_id = {n: i for i, n in enumerate(NAME_LABELS)}

    @staticmethod
    def build(sentences, languages):
        tags, rules, rels = Counter(), Counter(), Counter()
        for s in sentences:
            if s.has_tree:
                tags.update(s.tags)
                rels.update(s.rels)
                rules.update(map(lemma_rule, s.forms, s.lemmas))
        kept = [r for r, n in rules.most_common() if n >= 3]
        return Labels([t for t, n in tags.most_common() if n >= 2], kept,
                      [r for r, _ in rels.most_common()], list(languages))


# ---- noise: typography and casing that treebanks lack ------------------------------------------

def with_forms(s: Sentence, forms) -> Sentence:
    return Sentence(s.language, forms, s.lemmas, s.tags, s.heads, s.rels, s.names, s.has_names,
                    s.has_tree, s.choices)


def other_quotes(forms, rng) -> list[str]:
    """Straight double quotes become guillemets (open, close, open, …) or the other way round."""
    forms, opening = list(forms), True
    for i, f in enumerate(forms):
        if f == '"':
            forms[i], opening = ("«" if opening else "»"), not opening
        elif fold(f) in ("«", "»"):
            forms[i] = '"' if rng.random() < 0.8 else "»"
    return forms


def other_dashes(forms) -> list[str]:
    swap = {"–": "-", "-": "–", "--": "–", "—": "-"}
    return [swap.get(f, f) for f in forms]


def other_marks(forms, rng) -> list[str]:
    if rng.random() < 0.25:
        forms = other_quotes(forms, rng)
    if rng.random() < 0.15:
        forms = other_dashes(forms)
    return forms


def other_case(forms, language, rng) -> list[str]:
    p = rng.random()
    if p < 0.03:
        return [f.upper() for f in forms]
    if p < 0.05:
        return [lower(f) for f in forms]
    if p < 0.09 and language == "en":
        return [title(f) if len(f) > 3 or i == 0 else f for i, f in enumerate(forms)]
    return forms


def without_end(s: Sentence) -> Sentence:
    """A headline: the final punctuation is gone."""
    n = len(s.forms)
    if n < 4 or not s.tags[-1].startswith("PUNCT") or n in s.heads or s.heads[-1] == 0:
        return s
    return Sentence(s.language, s.forms[:-1], s.lemmas[:-1], s.tags[:-1], s.heads[:-1], s.rels[:-1],
                    s.names[:-1], s.has_names, s.has_tree, s.choices and s.choices[:-1])


def noisy(s: Sentence, rng: random.Random) -> Sentence:
    s = with_forms(s, other_marks(s.forms, rng))
    if rng.random() < 0.08:
        s = without_end(s)
    return with_forms(s, other_case(s.forms, s.language, rng))


def noisy_forms(forms: list[str], language: str, rng: random.Random) -> list[str]:
    """The noise that leaves the number of words alone."""
    return other_case(other_marks(forms, rng), language, rng)


# ---- types and batches -------------------------------------------------------------------------

UNKNOWN_SHARE = 0.12  # of the types of a batch


class Types:
    """Word types seen so far: embedding rows and vector of each (form, language)."""

    def __init__(self, rows: int, vector_ids: dict[str, int], foreign_ids=None,
                 mark: str | None = None):
        self.rows, self.vector_ids = rows, vector_ids
        self.foreign_ids = foreign_ids or {}  # language -> {key: vector id}, training only
        self.mark = mark  # language mark of all words, or None: that of the sentence
        self.ids, self.features, self.vectors = {}, [], []

    def id(self, form: str, language: str) -> int:
        key = (form, language)
        found = self.ids.get(key)
        if found is None:
            found = self.ids[key] = len(self.features)
            rows = word_rows(form, self.rows) + [row(LANGUAGE, self.mark or language, self.rows)]
            self.features.append(np.array(rows, dtype=np.int64))
            table = self.foreign_ids.get(language, self.vector_ids)
            self.vectors.append(table.get(vector_key(fold(form)), 0))
        return found

    def inputs(self, unique, unknown=None):
        """Flat rows, offsets and vector ids of types; `unknown[i]`: form and vector are hidden."""
        features = [self.features[u] for u in unique]
        ids = np.array([self.vectors[u] for u in unique])
        if unknown is not None:
            features = [f[2:] if hide else f for f, hide in zip(features, unknown)]
            ids = np.where(unknown, 0, ids)
        return np.concatenate(features), np.cumsum([0] + [len(f) for f in features[:-1]]), ids

    def hidden_some(self, unique, rng):
        """The same, as training sees them: some types without form and vector."""
        return self.inputs(unique, rng.random(len(unique)) < UNKNOWN_SHARE)


@dataclass
class Batch:
    """Padded columns [sentence, word]; `types` are indices into `unique`."""
    unique: np.ndarray
    types: np.ndarray
    mask: np.ndarray
    tags: np.ndarray
    rules: np.ndarray
    heads: np.ndarray
    rels: np.ndarray
    names: np.ndarray      # [sentence, word, label]: whether the label is allowed
    named: np.ndarray
    sentences: list


def make_batch(sentences, types: Types, labels: Labels, words: int = 0) -> Batch:
    b, t = shape(sentences, words)
    ids = np.zeros((b, t), dtype=np.int64)
    mask = np.zeros((b, t), dtype=bool)
    tags, rules, heads, rels = (np.full((b, t), IGNORE, dtype=np.int64) for _ in range(4))
    names = np.zeros((b, t, len(NAME_LABELS)), dtype=bool)
    for i, s in enumerate(sentences):
        n = len(s.forms)
        mask[i, :n] = True
        ids[i, :n] = [types.id(f, s.language) for f in s.forms]
        for k, x in enumerate(s.choices or s.names):
            names[i, k, [labels.name_id[y] for y in x] if s.choices else labels.name_id[x]] = True
        if s.has_tree:
            tags[i, :n] = [labels.tag_id.get(x, IGNORE) for x in s.tags]
            rules[i, :n] = [labels.rule_id.get(lemma_rule(f, l), IGNORE)
                            for f, l in zip(s.forms, s.lemmas)]
            heads[i, :n] = s.heads
            rels[i, :n] = [labels.rel_id.get(x, IGNORE) for x in s.rels]
    ids[~mask] = ids[0, 0]
    unique, inverse = np.unique(ids, return_inverse=True)
    return Batch(unique, inverse.reshape(b, t), mask, tags, rules, heads, rels, names,
                 np.array([s.has_names or s.choices is not None for s in sentences] + [False] * (b - len(sentences))),
                 sentences)


STEP = 4  # lengths of batches are multiples of it: each new shape costs the libraries time


def stepped(n: int) -> int:
    return -(-n // STEP) * STEP


def shape(sentences, words: int):
    """Rows and columns of a batch of `words` words; sentences may leave rows of it empty."""
    longest = stepped(max(len(s.forms) for s in sentences))
    return max(len(sentences), words // longest), longest


def batches(sentences, words: int, rng: random.Random | None):
    """Groups of sentences of like length with about `words` words, in random order."""
    jitter = (lambda: rng.random() * 3) if rng else (lambda: 0)
    order = sorted(sentences, key=lambda s: len(s.forms) + jitter())
    groups, group, longest = [], [], 0
    for s in order:
        longest = max(longest, len(s.forms))
        if group and stepped(longest) * (len(group) + 1) > words:
            groups.append(group)
            group, longest = [], len(s.forms)
        group.append(s)
    if group:
        groups.append(group)
    if rng:
        rng.shuffle(groups)
    return groups
