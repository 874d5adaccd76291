"""Maps word vectors of one language into the space of another.

Used only while training: Norwegian sentences lend their name annotation to the English model.
"""

import numpy as np


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)


def rotation(a, b):
    """The orthogonal map that brings rows of b nearest to those of a (Procrustes)."""
    u, _, vt = np.linalg.svd(b.T @ a)
    return u @ vt


def mutual(a, b, k=10):
    """Pairs (i, j) that are each other's nearest by CSLS (Conneau et al. 2018), with b mapped."""
    cosine = a @ b.T
    near = 2 * cosine - np.sort(cosine, 1)[:, -k:].mean(1)[:, None] - np.sort(cosine, 0)[-k:].mean(0)
    ab, ba = near.argmax(1), near.argmax(0)
    i = np.flatnonzero(ba[ab] == np.arange(len(a)))
    return i, ab[i]


def align(keys, vectors, foreign_keys, foreign_vectors, rounds=8, common=6000):
    """`foreign_vectors` in the space of `vectors`.

    Seeds are keys of five letters or more in both lists (mostly names and loans); then the pairs of
    frequent words that are mutually nearest replace them, round by round.
    """
    index = {k: i for i, k in enumerate(keys)}
    pairs = np.array([(index[k], j) for j, k in enumerate(foreign_keys) if k in index and len(k) >= 5])
    a, b = unit(vectors), unit(foreign_vectors)
    a, b = unit(a - a.mean(0)), unit(b - b.mean(0))
    turn = rotation(a[pairs[:, 0]], b[pairs[:, 1]])
    for _ in range(rounds):
        i, j = mutual(a[:common], b[:common] @ turn)
        turn = rotation(a[i], b[j])
    fit = (a[i] * (b[j] @ turn)).sum(-1).mean()
    print(f"{len(pairs)} seed pairs, then {len(i)} mutual pairs with mean cosine {fit:.3f}")
    scale = np.linalg.norm(vectors, axis=-1).mean() / np.linalg.norm(foreign_vectors, axis=-1).mean()
    return (foreign_vectors - foreign_vectors.mean(0)) @ turn * scale + vectors.mean(0)
