#!/usr/bin/env python3
"""What the tests compare the engine with: features of words, and a model's answers by numpy.

usage: reference.py features            > ../tests/language/features.tsv
       reference.py FILE.model en|nb|nn > ../tests/language/reference.en.tsv

The second form reads the model file itself, so it checks the export as well. Columns: form, lemma,
UPOS, features, head, relation, name; an empty line ends a sentence.
"""

import struct
import sys

import numpy as np
import xxhash

from data import apply_rule
from features import LANGUAGE, fold, lower, row, vector_key, word_rows
from lemmas import key
from model_file import CONFIG, padded, read, unpanel

WORDS = """Ja og Oslo USAs NRK-journalisten statsministeren 2019 12,5 « “ ” — - ’ n't d'Hondt
Øystein ÆØÅ ærefrykt Kari-Anne e-post https://example.org/a?b=c ½ naïve Ꙁ 東京 ελληνικά 😀 %
menneskerettighetsorganisasjonene elektrisitetsforsyningsmyndighetene x""".split()

SENTENCES = {
    "nb": ["Statsråd Kari Nordmo sier til Fjordavisa at Norge ikke kjenner til saken .",
           "– Vi vet ingenting om hvem som står bak , skriver politiet i Bergen .",
           "Bildet , som skal være tatt i 2019 , viser tre skip utenfor Kirkenes .", "KRIGEN ER OVER",
           "Meddommere fra fiskerisonen holdt tirader om museer ."],
    "nn": ["Ordføraren i Sogndal fortel at vegen vart stengd klokka 12.30 .",
           "« Me har ikkje høyrt noko » , seier Marit Lie i Vestland politidistrikt ."],
    "en": ["The defence minister told Reuters that Ukraine had not received the missiles .",
           "“ We do n't know who is behind it , ” said Anna Smith , a spokeswoman for the ministry in Oslo .",
           "Police Confirm Second Blast Near Northern Port"],
}


def rounded(x, axis):
    """The numbers as bytes have them: the largest along the axis is 127."""
    most = np.abs(x).max(axis, keepdims=True)
    return np.rint(x * 127 / np.where(most > 0, most, 1)) * most / 127


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class Model:
    """The operations of docs/model-format.md, one sentence at a time."""

    def __init__(self, path):
        self.sections = read(path)
        self.config = dict(zip(CONFIG, struct.unpack("<11I", self.sections["config"])))
        self.lines = {k: self.sections[k].decode("utf-8").split("\n")[:-1]
                      for k in ("languages", "tags", "rules", "rels", "names")}
        self.layers = {}
        c = self.config
        self.rows = self.table("rows", c["width"])
        self.vectors = self.table("vector", c["vector_size"])
        hashes = np.frombuffer(self.sections["vector.hash"], "<u8")
        self.index = {int(h): i for i, h in enumerate(hashes)}
        self.lemmas = set(map(int, np.frombuffer(self.sections.get("lemma.hash", b""), "<u4")))
        self.gains = self.floats("lemma.gain") if self.lemmas else (0.0, 0.0)

    def table(self, name, width):
        values = np.frombuffer(self.sections[name], "<i1").reshape(-1, width)
        return values * self.floats(name + ".scale")[:, None]

    def floats(self, name):
        return np.frombuffer(self.sections[name], "<f4").astype(np.float64)

    def dense(self, name, x, out):
        if name not in self.layers:
            self.layers[name] = rounded(unpanel(self.floats(name + ".w"), x.shape[-1], padded(out)), 0)
        y = rounded(x, -1) @ self.layers[name]
        return (y + self.floats(name + ".b") if name + ".b" in self.sections else y)[..., :out]

    def normalise(self, x, name):
        gain, bias = np.split(self.floats("norm." + name), 2)
        return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5) * gain + bias

    def type_vector(self, form, language):
        c = self.config
        total = self.rows[word_rows(form, c["rows"]) + [row(LANGUAGE, language, c["rows"])]].sum(0)
        i = self.index.get(xxhash.xxh64_intdigest(vector_key(fold(form)).encode("utf-8")))
        if i is not None:
            total = total + self.dense("project", self.vectors[i], c["width"])
        return self.normalise(total, "type")

    def recur(self, name, x):
        h = self.config["hidden"]
        gates = self.dense(name, x, 6 * h)
        out = np.zeros((len(x), 2 * h))
        for back in (0, 1):
            z, f, o = np.split(gates[:, 3 * h * back:3 * h * (back + 1)], 3, -1)
            c, times = np.zeros(h), range(len(x))
            for t in reversed(times) if back else times:
                c = sigmoid(f[t]) * c + (1 - sigmoid(f[t])) * np.tanh(z[t])
                out[t, h * back:h * (back + 1)] = sigmoid(o[t]) * c
        return out

    def annotate(self, forms, language):
        c = self.config
        x = np.stack([self.type_vector(f, language) for f in forms])
        zero = np.zeros((1, c["width"]))
        a = self.dense("conv", np.concatenate([np.vstack([zero, x[:-1]]), x, np.vstack([x[1:], zero])], -1),
                       2 * c["width"])
        h = self.normalise(x + np.maximum(a[:, :c["width"]], a[:, c["width"]:]), "conv")
        h1 = self.recur("layer1", h)
        out = self.normalise(h1 + self.recur("layer2", h1), "out")
        top = np.concatenate([out, x], -1)
        heads = self.tree(out)
        rels = self.relations(out, heads)
        tags = self.dense("tag", top, c["tags"]).argmax(-1)
        rules = self.dense("rule", top, c["rules"])
        names = self.names(self.dense("name", top, c["names"]))
        for i, form in enumerate(forms):
            upos, feats = self.lines["tags"][tags[i]].split("\t")
            lemma = self.lemma(form, rules[i], language, upos)
            rel = self.lines["rels"][rels[i]]
            if (heads[i] == 0) != (rel == "root"):
                rel = "root" if heads[i] == 0 else "dep"
            yield form, lemma, upos, feats or "_", heads[i], rel, self.lines["names"][names[i]]

    def lemma(self, form, scores, language, upos):
        def score(made):
            lemma, points = made
            known = lambda word: key(self.lines["languages"].index(language), upos, lower(word)) in self.lemmas
            ending = any(known(lemma[i:]) for i in range(2, len(lemma) - 3))
            return points + (self.gains[0] if known(lemma) else self.gains[1] if ending else 0)
        made = ((apply_rule(rule, form) or form, s) for rule, s in zip(self.lines["rules"], scores))
        near = scores.max() - max(self.gains)
        return max((m for m in made if m[1] > near or m[1] == scores.max()), key=score)[0]

    def tree(self, out):
        dep, head = np.split(np.maximum(self.dense("arc", out, 2 * self.config["arc"]), 0), 2, -1)
        head = np.vstack([self.floats("arc.root"), head])
        return eisner(self.dense("arc.pair", dep, self.config["arc"]) @ head.T)

    def relations(self, out, heads):
        rel, count = self.config["rel"], self.config["rels"]
        dep, head = np.split(np.maximum(self.dense("rel", out, 2 * rel), 0), 2, -1)
        head = np.vstack([self.floats("rel.root"), head])[heads]
        left = self.dense("rel.pair", dep, (rel + 1) * padded(count)).reshape(len(out), rel + 1, -1)
        head = np.concatenate([head, np.ones((len(out), 1))], -1)
        return np.einsum("njr,nj->nr", left, head)[:, :count].argmax(-1)

    def names(self, emit):
        trans = self.floats("name.from").reshape(emit.shape[1], -1)
        score, back = self.floats("name.start") + emit[0], []
        for e in emit[1:]:
            every = score[:, None] + trans
            back.append(every.argmax(0))
            score = every.max(0) + e
        path = [int(score.argmax())]
        for b in reversed(back):
            path.append(int(b[path[-1]]))
        return path[::-1]


def eisner(scores):
    """Heads of the best projective tree with one root, by memoised recursion; scores[d][0 or 1 + h]."""
    memo = {}

    def best(s, t, open_, right):
        """(score, arcs) of a span; `right`: its head is s, else t."""
        if s == t and not open_:
            return 0.0, ()
        key = (s, t, open_, right)
        if key not in memo:
            if open_:
                parts = ((best(s, k, False, True), best(k + 1, t, False, False)) for k in range(s, t))
                arc = (t, s + 1) if right else (s, t + 1)
            elif right:
                parts = ((best(s, k, True, True), best(k, t, False, True)) for k in range(s + 1, t + 1))
                arc = None
            else:
                parts = ((best(s, k, False, False), best(k, t, True, False)) for k in range(s, t))
                arc = None
            a, b = max(parts, key=lambda p: p[0][0] + p[1][0])
            extra = (scores[arc[0]][arc[1]], (arc,)) if arc else (0.0, ())
            memo[key] = (a[0] + b[0] + extra[0], a[1] + b[1] + extra[1])
        return memo[key]

    n = len(scores)
    total = lambda r: best(0, r, False, False)[0] + best(r, n - 1, False, True)[0] + scores[r][0]
    root = max(range(n), key=total)
    heads = [0] * n
    for d, h in best(0, root, False, False)[1] + best(root, n - 1, False, True)[1]:
        heads[d] = h
    return heads


def main():
    if sys.argv[1] == "features":
        for w in WORDS:
            key = xxhash.xxh64_intdigest(vector_key(fold(w)).encode("utf-8"))
            print(w, key, " ".join(map(str, word_rows(w, 65536))), sep="\t")
        return
    model = Model(sys.argv[1])
    for sentence in SENTENCES[sys.argv[2]]:
        for line in model.annotate(sentence.split(), sys.argv[2]):
            print(*line, sep="\t")
        print()


if __name__ == "__main__":
    main()
