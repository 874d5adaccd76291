#!/usr/bin/env python3
"""Trains the role model: which words are cues, and who says what by each of them.

usage: train.py LANGUAGE WORDS STATES GOLD [LANGUAGE WORDS STATES GOLD ...] --out models/NAME.roles [--outermost] …

WORDS and STATES: the output of build/word_states over the gold's texts (training/README.md). The weights kept are averages
over the steps (Polyak and Juditsky 1992). The threshold is the lowest with nearly the best F1 on every fourth document, by a
model trained on the others; the model written is trained on all. speech.py makes the weights of unmarked speech.
Deterministic on one machine: same input, same file.
"""
import argparse, collections, os, random, sys, time

import numpy as np
import torch
import xxhash

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from model_file import panels, write
from net import LABELS, SIZE, Batch, RoleNet
import speech
from words import ACTS, CONTENT, CUE, OUT, PUNCT, RELATIONS, SOURCE, UPOS, WIDTH, load, states, tree_paths

BATCH = 64
RATE = 2e-3
TOLERANCE = 0.5  # points of F1: a missed source costs a reader more than a doubtful one


def train(sentences, files, paths, languages, epochs, seed, drop_states):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    model = RoleNet(len(paths) + 1, len(languages), drop_states)
    if drop_states >= 1: torch.nn.init.zeros_(model.project.weight)  # never seen in training, so of no weight after it
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.02)
    bce = torch.nn.BCEWithLogitsLoss(reduction="none")
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    step, steps = 0, epochs * ((len(sentences) + BATCH - 1) // BATCH)
    for epoch in range(epochs):
        began, total = time.time(), 0
        order = sorted(range(len(sentences)), key=lambda i: sentences[i].size + rng.random() * 6)
        batches = [order[i:i + BATCH] for i in range(0, len(order), BATCH)]
        rng.shuffle(batches)
        for chosen in batches:
            xs = [sentences[i] for i in chosen]
            b = Batch(xs, [(i, cue) for i, x in enumerate(xs) for cue, _ in x.attributions], files, paths, languages)
            encoded = model.encode(b)
            is_cue, counts = np.zeros(b.mask.shape, np.float32), np.zeros(b.mask.shape, np.float32)
            for i, x in enumerate(xs):
                is_cue[i, [cue for cue, _ in x.attributions]] = 1
                counts[i, :x.size] = x.counts
            loss = (bce(model.cues(encoded, b), torch.from_numpy(is_cue)) * torch.from_numpy(counts)).sum()
            if len(b.row):
                labels = np.zeros((len(b.row), b.mask.shape[1]), np.int64)
                for k, row in enumerate(labels for x in xs for _, labels in x.attributions): labels[k, :len(row)] = row
                loss = loss + 0.5 * model.chain_loss(model.roles(encoded, b), torch.from_numpy(labels), b.sizes[b.row]).sum()
            for group in optimiser.param_groups: group["lr"] = RATE * min(1, (step + 1) / 100) * (1 - step / steps)
            optimiser.zero_grad()
            (loss / len(xs)).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            step, total = step + 1, total + loss.item()
            keep = min(0.995, step / (step + 9))
            for k, v in model.state_dict().items(): mean[k].mul_(keep).add_(v, alpha=1 - keep)
        print(f"epoch {epoch + 1}: loss {total / len(sentences):.3f}, {time.time() - began:.0f} s", flush=True)
    model.load_state_dict(mean)
    return model.eval()


def best_labels(scores, model):
    """Viterbi."""
    then, start, end = (p.detach().numpy() for p in (model.then, model.start, model.end))
    a, back = start + scores[0], []
    for row in scores[1:]:
        m = a[:, None] + then
        back.append(m.argmax(0))
        a = m.max(0) + row
    out = [int((a + end).argmax())]
    for b in reversed(back): out.append(int(b[out[-1]]))
    return out[::-1]


@torch.no_grad()
def predict(model, sentences, files, paths, languages, least=0.05):
    """Triples (sentence, probability, labels)."""
    out = []
    order = sorted(range(len(sentences)), key=lambda i: sentences[i].size)
    for k in range(0, len(order), BATCH):
        xs = [sentences[i] for i in order[k:k + BATCH]]
        b = Batch(xs, [], files, paths, languages)
        p = torch.sigmoid(model.cues(model.encode(b), b)).numpy()
        b = Batch(xs, [(i, c) for i, x in enumerate(xs) for c in range(x.size) if p[i, c] >= least], files, paths, languages)
        if not len(b.row): continue
        scores = model.roles(model.encode(b), b).numpy()
        for j, (i, cue) in enumerate(zip(b.row.tolist(), b.cue.tolist())):
            s = scores[j, :xs[i].size]
            s[cue, [OUT, SOURCE, CONTENT]] = -1e4
            out.append((xs[i], float(p[i, cue]), best_labels(s, model)))
    return out


def parts(x, labels): return [{t for t in range(x.size) if labels[t] == k and x.upos[t] != PUNCT} for k in (SOURCE, CUE, CONTENT)]


def best_threshold(found, sentences, outermost):
    """Prints precision and recall of whole attributions within the cue's sentence, as the scorer's triple."""
    curve = []
    gold = sum(bool(parts(x, labels)[2]) for x in sentences for _, labels in x.attributions)
    for threshold in np.arange(0.2, 0.61, 0.05):
        right = given = 0
        by_sentence = collections.defaultdict(list)
        for x, p, labels in found:
            if p >= threshold: by_sentence[x].append((p, parts(x, labels)))
        for x, given_here in by_sentence.items():
            mine = [m for _, m in sorted(given_here, key=lambda m: -m[0]) if m[2]]
            if outermost: mine = [m for m in mine if not any(m is not o and m[1] <= o[2] for o in mine)]
            left = [parts(x, labels) for _, labels in x.attributions]
            given += len(mine)
            for s, q, c in mine:
                fits = next((g for g in left if 2 * len(c & g[2]) >= len(c | g[2]) > 0 and q & g[1] and (s & g[0] or not (s or g[0]))), None)
                if fits: left.remove(fits); right += 1
        f1 = 200 * right / max(gold + given, 1)
        print(f"  from {threshold:.2f}: P {100 * right / max(given, 1):.1f} R {100 * right / gold:.1f} F1 {f1:.1f}")
        curve.append((f1, float(threshold)))
    return next(t for f1, t in curve if f1 >= max(curve)[0] - TOLERANCE)


def export(path, model, paths, languages, threshold, of_speech):
    """docs/model-format.md, "Role models"."""
    get = lambda p: p.detach().numpy().astype(np.float32)
    sections = {"roles.config": np.array([WIDTH, SIZE, len(paths), len(of_speech), ACTS], np.uint32), "roles.threshold": np.array([threshold], np.float32),
                "languages": "".join(x + "\n" for x in languages).encode()}
    def dense(name, weight, bias=None):
        sections[name + ".w"] = panels(np.ascontiguousarray(get(weight).T))
        if bias is not None: sections[name + ".b"] = np.pad(get(bias), (0, -len(bias) % 16))
    dense("project", model.project.weight, model.project.bias)
    for i, layer in enumerate(model.layers): dense(f"layer{i + 1}", layer.gates.weight, layer.gates.bias)
    dense("cue", model.cue.weight[:, :3 * SIZE], model.cue.bias)
    sections["cue.below"] = get(model.cue.weight[:, 3 * SIZE:].T)
    sections["cue.out"] = np.concatenate([get(model.cue_out.weight)[0], get(model.cue_out.bias)])
    dense("word", model.word.weight, model.word.bias)
    dense("of_cue", model.of_cue.weight)
    dense("middle", model.middle.weight, model.middle.bias)
    dense("over", model.over.gates.weight, model.over.gates.bias)
    dense("label", model.label.weight, model.label.bias)
    for name in ("upos", "rel", "act", "quote", "language", "distance", "marks", "quotes", "cue_act"): sections[name] = get(getattr(model, name).weight)
    keys = sorted(paths)
    sections["path.key"] = np.array(keys, np.uint32)
    sections["path"] = get(model.path.weight)[[0] + [paths[k] for k in keys]]
    sections["chain"] = np.concatenate([get(model.start), get(model.end), get(model.then).ravel()])
    hashes = sorted((xxhash.xxh64_intdigest(f.encode()), w) for f, w in of_speech.items())
    sections["speech.hash"] = np.array([h for h, _ in hashes], np.uint64)
    sections["speech.weight"] = np.array([w for _, w in hashes], np.float32)
    write(path, {k: v if isinstance(v, bytes) else np.ascontiguousarray(v).tobytes() for k, v in sections.items()})


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("files", nargs="+"); ap.add_argument("--out", required=True)
    ap.add_argument("--outermost", action="store_true", help="the gold has no attributions inside others")
    ap.add_argument("--epochs", type=int, default=18); ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--drop-states", type=float, default=0.3, help="share of a state's numbers left out; 1: a model without states, for a language with another parser")
    ap.add_argument("--call-it", metavar="LANGUAGE", help="the language that the model is for, where it is not that of the texts")
    ap.add_argument("--threshold", type=float, help="instead of the best on every fourth document")
    ap.add_argument("--spoken", type=int, help="how many of the texts, from the first, tell of unmarked speech (all)")
    ap.add_argument("--threads", type=int, default=1)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    languages, sentences, files = [], [], []
    for k in range(0, len(a.files), 4):
        language, words, state, gold = a.files[k:k + 4]
        language = a.call_it or language
        if language not in languages: languages.append(language)
        files.append(states(state))
        sentences += load(language, words, gold, k // 4, a.outermost)
    count = collections.Counter(p for x in sentences for cue, _ in x.attributions for p in tree_paths(x, cue))
    paths = {p: i + 1 for i, p in enumerate(sorted(p for p, n in count.items() if n >= 8))}
    print(f"{len(sentences)} sentences, {sum(len(x.attributions) for x in sentences)} attributions, {len(paths)} ways", flush=True)
    threshold = a.threshold
    if threshold is None:
        held = set(sorted({x.document for x in sentences})[::4])
        others, some = [x for x in sentences if x.document not in held], [x for x in sentences if x.document in held]
        model = train(others, files, paths, languages, a.epochs, a.seed, a.drop_states)
        threshold = best_threshold(predict(model, some, files, paths, languages), some, a.outermost)
    export(a.out, train(sentences, files, paths, languages, a.epochs, a.seed, a.drop_states), paths, languages, threshold,
           speech.weights(list(zip(a.files[1::4], a.files[3::4]))[:a.spoken]))


if __name__ == "__main__": main()
