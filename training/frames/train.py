#!/usr/bin/env python3
"""Trains the frame model: which candidates of the frames are attributions.

usage: train.py CANDIDATES GOLD STATES [CANDIDATES GOLD STATES ...] --out models/NAME.frames [--outermost] [--l2 X] …

CANDIDATES and STATES: the output of build/frame_candidates over the gold's texts (training/README.md). A candidate is
right when its cue, source and content meet a gold attribution as in the scorer's triple (content may be the part of a
longer speech that stands in the cue's sentence). --outermost: the gold has no nested attributions, so candidates inside
a gold content are left out of training.

Two parts, added before the logistic function: logistic regression with an L2 penalty over readable features (scipy's
L-BFGS; features that occur fewer than --min times are dropped), then a network with one hidden layer over the parser's
states of cue, source head and content head, trained together with the first. The threshold is the lowest whose F1 in
document-wise cross-validation is within --tolerance points of the best (a missed source costs a reader more than a
doubtful one). Deterministic on one machine: same input, same file.
"""
import argparse, collections, os, sys

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
import torch
import xxhash

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from model_file import panels, write
from candidates import load, states
from net import WORDLESS, Rows, mean_of, probabilities, train, without_network

def fit(X, y, l2):
    def loss(w):
        z = X @ w
        p = 1 / (1 + np.exp(-z))
        return np.sum(np.logaddexp(0, z) - y * z) + l2 / 2 * w @ w, X.T @ (p - y) + l2 * w
    return minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x

def read(files, outermost, least, width):
    """Documents, rows of feature ids, labels, feature names, and the design matrix."""
    docs, feats, y, target, records, sources = [], [], [], [], [], []
    for cand, gold, state in zip(files[::3], files[1::3], files[2::3]):
        sources.append(states(state, width))
        for doc, f, right, record, aim in load(cand, gold, outermost):
            docs.append(doc); feats.append(f); y.append(right); target.append(aim)
            records.append(None if record is None else (len(sources) - 1, record))
    count = collections.Counter(x for f in feats for x in set(f))
    names = sorted(x for x, n in count.items() if n >= least)
    index = {x: i for i, x in enumerate(names)}
    ids = [sorted({index[x] for x in f if x in index}) for f in feats]
    rows = np.repeat(np.arange(len(ids)), [len(x) for x in ids])
    X = sparse.csr_matrix((np.ones(len(rows)), (rows, np.concatenate([np.array(x, int) for x in ids]))), shape=(len(ids), len(names)))
    return docs, Rows(ids, records, sources), np.array(y, float), np.array(target, float), names, X

def best_threshold(y, p, tolerance):
    curve = [(2 * (y * (p >= t)).sum() / (y.sum() + (p >= t).sum()), t) for t in np.arange(0.1, 0.7, 0.02)]
    return next(x for x in curve if x[0] >= max(curve)[0] - tolerance / 100), max(curve)

def report(y, p, speech, tolerance):
    if speech.any():
        right = (p >= 0.5) == y
        print(f"continued speech: {speech.sum()} sentences, {100*y[speech].mean():.1f} % spoken; cross-validated accuracy {100*right[speech].mean():.1f}")
    y, p = y[~speech], p[~speech]
    (f1, threshold), (top, _) = best_threshold(y, p, tolerance)
    print(f"{len(y)} candidates, {int(y.sum())} right; cross-validated F1 {100*top:.1f}, {100*f1:.1f} at the threshold {threshold:.2f}")
    for t in (0.3, 0.4, 0.5): print(f"  at {t}: P {100*(y*(p>=t)).sum()/(p>=t).sum():.1f} R {100*(y*(p>=t)).sum()/y.sum():.1f}")
    for lo in np.arange(0, 1, 0.1):
        m = (p >= lo) & (p < lo + 0.1)
        if m.sum(): print(f"  calibration {lo:.1f}-{lo+0.1:.1f}: {m.sum():6d} candidates, {100*y[m].mean():5.1f} % right")
    return threshold

def export(path, model, names, wordless, width, threshold):
    """docs/model-format.md, "Frame models"."""
    weight = model.linear.weight.detach().numpy()[:, 0]
    keep = [i for i, w in enumerate(weight) if abs(w) >= 0.02]
    hashes = np.array([xxhash.xxh64_intdigest(names[i].encode()) for i in keep], np.uint64)
    order = np.argsort(hashes)
    shown = [i for i in range(len(names)) if wordless[i]]
    keys = np.array([xxhash.xxh64_intdigest(names[i].encode()) for i in shown], np.uint64)
    by_key = np.argsort(keys)
    sections = {
        "frames.config": np.array([len(keep), len(shown), width, model.bias.numel()], np.uint32),
        "frames.threshold": np.array([threshold], np.float32),
        "feature.hash": hashes[order], "feature.weight": weight[keep][order].astype(np.float32),
        "embed.hash": keys[by_key], "embed": model.embed.weight.detach().numpy()[model.row.numpy()[shown]][by_key].astype(np.float32),
        "bias": model.bias.detach().numpy(), "out": model.out.weight.detach().numpy()[0]}
    for role, p in enumerate(model.project): sections[f"project.{role}"] = panels(p.weight.detach().numpy().T)
    write(path, {k: np.ascontiguousarray(v).tobytes() for k, v in sections.items()})

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("files", nargs="+"); ap.add_argument("--out", required=True)
    ap.add_argument("--outermost", action="store_true"); ap.add_argument("--l2", type=float, default=1.0)
    ap.add_argument("--min", type=int, default=2); ap.add_argument("--tolerance", type=float, default=0.0)
    ap.add_argument("--embed", type=int, default=10, help="the network sees features that occur so often")
    ap.add_argument("--threshold", type=float, help="instead of the one that cross-validation finds")
    ap.add_argument("--epochs", type=int, default=4, help="of the network; 0: log-linear alone"); ap.add_argument("--drop", type=float, default=0.2)
    ap.add_argument("--drop-states", type=float, default=0.2, help="share of a state's numbers left out; more where the parser has seen the texts")
    ap.add_argument("--seed", type=int, default=1, help="of the first network")
    ap.add_argument("--networks", type=int, default=1, help="how many are trained, whose mean is one wider network")
    ap.add_argument("--folds", type=int, default=5, help="how many of five folds are run"); ap.add_argument("--width", type=int, default=384)
    a = ap.parse_args()
    torch.set_num_threads(1)
    docs, rows, y, target, names, X = read(a.files, a.outermost, a.min, a.width)
    often = np.asarray(X.sum(0))[0] >= a.embed
    wordless = np.array([n.startswith(WORDLESS) for n in names], float) * often
    speech = np.array([r is None for r in rows.records])
    fold = {d: i % 5 for i, d in enumerate(sorted(set(docs)))}
    folds = np.array([fold[d] for d in docs])
    def learn(part):
        """The two tasks share no feature: speech is log-linear alone, candidates get the networks."""
        frames, spoken = part[~speech[part]], part[speech[part]]
        if a.epochs == 0: return without_network(fit(X[part], target[part], a.l2), wordless, a.width)
        start = fit(X[frames], target[frames], 2 * a.l2) * 0.5 + fit(X[spoken], y[spoken], 1.0)
        return mean_of([train(rows, frames, target, start, wordless, a.epochs, a.drop, a.seed + i, a.drop_states) for i in range(a.networks)],
                       start, wordless, a.width)
    p = np.zeros(len(y))
    for k in range(0 if a.threshold else a.folds):
        held = np.flatnonzero(folds == k)
        p[held] = probabilities(learn(np.flatnonzero(folds != k)), rows, held)
    seen = folds < a.folds
    print(f"{len(names)} features, {int(wordless.sum())} without words")
    threshold = report(y[seen], p[seen], speech[seen], a.tolerance) if a.threshold is None else a.threshold
    export(a.out, learn(np.arange(len(y))), names, wordless, a.width, threshold)

main()
