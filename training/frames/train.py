#!/usr/bin/env python3
"""Trains the frame model: which candidates of the frames are attributions.

usage: train.py CANDIDATES.jsonl GOLD.jsonl [CANDIDATES GOLD ...] --out data/frames/NAME.tsv --source TEXT [--outermost] [--l2 X]

CANDIDATES: the output of build/frame_candidates over the gold's texts (training/README.md). A candidate is right when
its cue, source and content meet a gold attribution as in the scorer's triple (content may be the part of a longer
speech that stands in the cue's sentence). --outermost: the gold has no nested attributions, so candidates inside a gold
content are left out of training. The model is logistic regression with an L2 penalty (scipy's L-BFGS), features that
occur fewer than --min times are dropped; the threshold is the lowest whose F1 in document-wise five-fold
cross-validation is within --tolerance points of the best (a missed source costs a reader more than a doubtful one). Deterministic: same input, same file.
"""
import argparse, bisect, collections, json, lzma
import numpy as np
from scipy import sparse
from scipy.optimize import minimize

def opened(path): return (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf8")

class Words:
    """Word numbers of spans, punctuation left out."""
    def __init__(self, text):
        self.starts, i, n = [], 0, len(text)
        while i < n:
            if text[i].isalnum():
                self.starts.append(i)
                while i < n and text[i].isalnum(): i += 1
            else: i += 1
    def of(self, spans):
        out = set()
        for b, e in spans:
            k = bisect.bisect_right(self.starts, b) - 1
            k = max(k, 0)
            while k < len(self.starts) and self.starts[k] < e:
                if self.starts[k] >= b or (k + 1 == len(self.starts) or self.starts[k + 1] > b): out.add(k)
                k += 1
        return out

def label(cand, gold):
    """1 right, 0 wrong."""
    c, q, s = cand
    for gc, gq, gs, direct in gold:
        both = len(c & gc)
        if not both: continue
        iou = both / len(c | gc)
        part = direct and both / len(c) >= 0.9 and q & gq
        if (iou >= 0.5 or part) and (not q or not gq or q & gq) and (s & gs or (not s and not gs)): return 1
    return 0

def load(cand_path, gold_path, outermost):
    gold = {}
    for line in opened(gold_path):
        d = json.loads(line); w = Words(d["text"])
        rows = [(w.of(a["content"]), w.of(a["cue"]), w.of(a["source"]), a.get("quote") != "indirect") for a in d["attributions"] if a.get("quote") != "scare"]
        gold[d["id"]] = (w, rows)
    for line in opened(cand_path):
        x = json.loads(line)
        w, rows = gold[x["doc"]]
        if "speech" in x:     # does the speech of the first sentence go on in this one?
            a, b = w.of(x["speech"]), w.of(x["content"])
            holds = [gc for gc, *_ in rows if len(a & gc) > len(a) / 2]
            if holds and b: yield x["doc"], x["f"], int(any(len(b & gc) > len(b) / 2 for gc in holds))
            continue
        c, q, s = w.of(x["content"]), w.of(x["cue"]), w.of(x["source"])
        if not c: continue
        y = label((c, q, s), rows)
        if outermost and not y and q and any(q <= gc for gc, *_ in rows): continue
        yield x["doc"], x["f"], y

def fit(X, y, l2):
    def loss(w):
        z = X @ w
        p = 1 / (1 + np.exp(-z))
        value = np.sum(np.logaddexp(0, z) - y * z) + l2 / 2 * w @ w
        return value, X.T @ (p - y) + l2 * w
    return minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("files", nargs="+"); ap.add_argument("--out", required=True); ap.add_argument("--source", required=True)
    ap.add_argument("--outermost", action="store_true"); ap.add_argument("--l2", type=float, default=1.0); ap.add_argument("--min", type=int, default=2)
    ap.add_argument("--tolerance", type=float, default=0.0)
    a = ap.parse_args()
    docs, feats, ys = [], [], []
    for cand, gold in zip(a.files[::2], a.files[1::2]):
        for doc, f, y in load(cand, gold, a.outermost): docs.append(doc); feats.append(f); ys.append(y)
    y = np.array(ys, float)
    count = collections.Counter(x for f in feats for x in set(f))
    names = sorted(x for x, n in count.items() if n >= a.min); index = {x: i for i, x in enumerate(names)}
    rows = [(r, index[x]) for r, f in enumerate(feats) for x in set(f) if x in index]
    X = sparse.csr_matrix((np.ones(len(rows)), tuple(zip(*rows))), shape=(len(feats), len(names)))
    ids = sorted(set(docs)); fold = {d: i % 5 for i, d in enumerate(ids)}; folds = np.array([fold[d] for d in docs])
    p = np.zeros(len(y))
    for k in range(5):
        w = fit(X[folds != k], y[folds != k], a.l2); p[folds == k] = 1 / (1 + np.exp(-(X[folds == k] @ w)))
    speech = np.array([f[0].startswith("sp:") for f in feats])
    if speech.any(): print(f"continued speech: {speech.sum()} sentences, {100*y[speech].mean():.1f} % spoken; cross-validated accuracy {100*((p >= .5) == y)[speech].mean():.1f}")
    y, p = y[~speech], p[~speech]
    curve = [(2 * (y * (p >= t)).sum() / (y.sum() + (p >= t).sum()), t) for t in np.arange(0.1, 0.7, 0.02)]
    best = next(x for x in curve if x[0] >= max(curve)[0] - a.tolerance / 100)
    print(f"{len(y)} candidates, {int(y.sum())} right, {len(names)} features; cross-validated F1 {100*best[0]:.1f} at {best[1]:.2f}")
    for t in (0.3, 0.4, 0.5): print(f"  at {t}: P {100*(y*(p>=t)).sum()/(p>=t).sum():.1f} R {100*(y*(p>=t)).sum()/y.sum():.1f}")
    for lo in np.arange(0, 1, 0.1):
        m = (p >= lo) & (p < lo + 0.1)
        if m.sum(): print(f"  calibration {lo:.1f}-{lo+0.1:.1f}: {m.sum():6d} candidates, {100*y[m].mean():5.1f} % right")
    w = fit(X, np.array(ys, float), a.l2)
    with open(a.out, "w", encoding="utf8") as out:
        out.write(f"# source: {a.source}\n# licence: Apache-2.0\n# columns: feature\tweight\n")
        out.write("# Trained by training/frames/train.py; do not edit. =threshold: probability from which a candidate is kept.\n")
        out.write(f"=threshold\t{best[1]:.2f}\n")
        for name, value in zip(names, w):
            if abs(value) >= 0.02: out.write(f"{name}\t{value:.3f}\n")
main()
