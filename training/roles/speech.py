"""Weights of unmarked speech: how far it goes on, and who speaks it. Both are log-linear choices (src/attribution/speech_model.h,
speaker_model.h) over readable features, fitted by maximum likelihood with an L2 penalty."""
import bisect, collections, json

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from words import PUNCT, opened, words_of

NO_ENTITY = 2**32 - 1
LEAST = 0.02  # weights nearer to nothing are left out


def load(words_path, gold_path):
    """Choices of ends and of speakers: lists of (document, features of each alternative, which ones are right).

    An end's alternatives are "after the sentence with the dash", "after the next" and so on; each adds its sentence's features
    to those of the alternatives before it. The first alternative of a speaker is nobody."""
    gold = {d["id"]: d for d in map(json.loads, opened(gold_path))}
    ends, speakers = [], []
    for line in open(words_path, encoding="utf8"):
        d = json.loads(line)
        words, starts = d["words"], [w[0] for w in d["words"]]
        plain = lambda some: {w for w in some if words[w][2] != PUNCT}
        attributions = [[words_of(a[k], words, starts) for k in ("source", "content")]
                        for a in gold[d["doc"]]["attributions"] if a.get("quote") != "scare"]
        runs = collections.defaultdict(list)
        for s in d["speech"]: runs[s["sentences"][0]].append(s)
        for first, rows in runs.items():
            sets = [plain(range(*d["sentences"][k][:2])) for k in [first] + [s["sentences"][1] for s in rows]]
            holds = [c for _, c in attributions if len(sets[0] & c) > len(sets[0]) / 2]
            if not holds: continue
            end = 0
            while end < len(rows) and sets[end + 1] and any(len(sets[end + 1] & c) > len(sets[end + 1]) / 2 for c in holds): end += 1
            ends.append((d["doc"], [[]] + [s["f"] for s in rows], [end]))
        for s in d["speakers"]:
            mine = plain(range(*s["words"]))
            fits = [source for source, content in attributions if 2 * len(mine & plain(content)) >= len(mine | plain(content)) > 0]
            if not fits: continue
            source = plain(fits[0])
            named = [{w for b, e in c["source"] for w in range(b, e)} for c in s["choices"]]
            right = [i for i, n in enumerate(named) if n & source] if source else [0]
            who = {s["choices"][i]["entity"] for i in right if i} - {NO_ENTITY}  # any mention of the speaker will do
            right += [i for i, c in enumerate(s["choices"]) if i and c["entity"] in who and i not in right]
            if right: speakers.append((d["doc"], [c["f"] for c in s["choices"]], right))
    return ends, speakers


def fit(choices, l2, summed):
    """Features that occur twice or more, and their weights. summed: an alternative has the features of those before it too."""
    count = collections.Counter(f for _, all_features, _ in choices for features in all_features for f in set(features))
    names = sorted(f for f, n in count.items() if n >= 2)
    index = {f: i for i, f in enumerate(names)}
    rows = [sorted({index[f] for f in features if f in index}) for _, all_features, _ in choices for features in all_features]
    X = sparse.csr_matrix((np.ones(sum(map(len, rows))), (np.repeat(np.arange(len(rows)), list(map(len, rows))), [i for row in rows for i in row])), shape=(len(rows), len(names)))
    bounds = np.cumsum([0] + [len(all_features) for _, all_features, _ in choices])
    def loss(w):
        z, slope, total = X @ w, np.zeros(len(rows)), 0.0
        for k, (_, _, right) in enumerate(choices):
            part = slice(bounds[k], bounds[k + 1])
            score = np.cumsum(z[part]) if summed else z[part]
            p = np.exp(score - score.max())
            mass = p[right].sum()
            total += np.log(p.sum()) - np.log(mass)
            p_right = np.zeros(len(p)); p_right[right] = p[right] / mass
            d = p / p.sum() - p_right
            slope[part] = d[::-1].cumsum()[::-1] if summed else d
        return total + l2 / 2 * w @ w, X.T @ slope + l2 * w
    w = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x if choices else np.zeros(0)
    return {f: v for f, v in zip(names, w) if abs(v) >= LEAST}


def best(features, weights, summed):
    z = np.array([sum(weights.get(f, 0) for f in set(fs)) for fs in features])
    return int(np.argmax(np.cumsum(z) if summed else z))


def fit_checked(choices, l2, summed, what, folds=5):
    """fit, after telling how many choices are right on documents held out."""
    documents = sorted({d for d, *_ in choices})
    right = 0
    for k in range(folds if choices else 0):
        held = set(documents[k::folds])
        weights = fit([c for c in choices if c[0] not in held], l2, summed)
        right += sum(best(fs, weights, summed) in r for d, fs, r in choices if d in held)
    if choices: print(f"{what}: {100 * right / len(choices):.1f} % of {len(choices)} right in {folds}-fold cross-validation", flush=True)
    return fit(choices, l2, summed)


def weights(words_and_gold, l2_ends=3.0, l2_speakers=2.0):
    ends, speakers = [], []
    for words_path, gold_path in words_and_gold:
        some_ends, some_speakers = load(words_path, gold_path)
        ends += some_ends; speakers += some_speakers
    return fit_checked(ends, l2_ends, True, "ends of speech") | fit_checked(speakers, l2_speakers, False, "speakers of bare speech")
