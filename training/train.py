#!/usr/bin/env python3
"""Trains one network and keeps it as a checkpoint for export.py (README.md has the exact commands).

usage: train.py --language no|en --treebank DIR --vectors FILE.npz --out NAME   (writes NAME.pt)
"""

import argparse
import copy
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from align import align
from borrow import Gazetteer, allowed_labels
from data import IGNORE, NAME_LABELS, Labels, Types, batches, make_batch, noisy, read_conllu
from measure import measure
from network import WIDTH, Network, allowed_names

# Languages of each model; "borrowed" sentences give the name loss only.
PLANS = {"no": {"languages": ["nb", "nn"], "borrowed": []},
         "en": {"languages": ["en"], "borrowed": ["nb", "nn"]}}


class Embedding:
    """The hashed rows: Adam on the rows that a batch touches, running average of all."""

    def __init__(self, rows, vectors, types, seed):
        g = torch.Generator().manual_seed(seed)
        self.table = torch.randn(rows, WIDTH, generator=g) * 0.05
        self.first, self.second = torch.zeros_like(self.table), torch.zeros_like(self.table)
        self.average = self.table.clone()
        self.vectors, self.types = vectors, types

    def pick(self, unique, unknown=None):
        """Flat rows, offsets and vector ids of types; `unknown[i]`: form and vector are hidden."""
        features = [self.types.features[u] for u in unique]
        ids = np.array([self.types.vectors[u] for u in unique])
        if unknown is not None:
            features = [f[2:] if hide else f for f, hide in zip(features, unknown)]
            ids = np.where(unknown, 0, ids)
        offsets = np.cumsum([0] + [len(f) for f in features[:-1]])
        return np.concatenate(features), torch.from_numpy(offsets), self.vectors[torch.from_numpy(ids)]

    def sums(self, unique, average):
        """Without gradient, for measuring."""
        flat, offsets, vectors = self.pick(unique)
        table = self.average if average else self.table
        return F.embedding_bag(torch.from_numpy(flat), table, offsets, mode="sum"), vectors

    def begin(self, unique, rng):
        """With gradient; `step` uses it."""
        unknown = rng.random(len(unique)) < 0.12
        flat, offsets, vectors = self.pick(unique, unknown)
        keep, inverse = np.unique(flat, return_inverse=True)
        self.touched = torch.from_numpy(keep)
        self.rows = self.table[self.touched].requires_grad_()
        return F.embedding_bag(torch.from_numpy(inverse), self.rows, offsets, mode="sum"), vectors

    def step(self, rate, count):
        """One Adam step (beta 0.9, 0.98) on the touched rows."""
        t, g = self.touched, self.rows.grad
        m = self.first[t].mul_(0.9).add_(g, alpha=0.1)
        v = self.second[t].mul_(0.98).addcmul_(g, g, value=0.02)
        self.first[t], self.second[t] = m, v
        rate *= (1 - 0.98 ** count) ** 0.5 / (1 - 0.9 ** count)
        self.table[t] = self.rows.detach() - rate * m / (v.sqrt() + 1e-8)


def losses(network, embedding, batch, rng, allowed):
    mask = torch.from_numpy(batch.mask)
    table = network.type_vectors(*embedding.begin(batch.unique, rng))
    x = table[torch.from_numpy(batch.types).t()]
    timed = mask.t().unsqueeze(-1).float()
    out, x = network.encode(x, timed)
    total = 0.0
    named = torch.from_numpy(batch.named)
    tag, rule, name = network.word_heads(out, x)
    if named.any():
        choices = torch.from_numpy(batch.names).transpose(0, 1)[:, named]
        total = network.name_loss(name[:, named], choices, mask.t().unsqueeze(-1)[:, named], allowed)
    treed = torch.from_numpy(batch.heads[:, 0] != IGNORE)
    if treed.any():
        flat = lambda scores, gold: F.cross_entropy(
            scores.transpose(0, 1)[treed].flatten(0, 1), torch.from_numpy(gold)[treed].flatten(),
            ignore_index=IGNORE, label_smoothing=0.03)
        total = total + flat(tag, batch.tags) + 0.5 * flat(rule, batch.rules)
        heads = torch.from_numpy(batch.heads)[treed]
        out = out.transpose(0, 1)[treed]
        arcs = network.arcs(out)
        arcs = arcs.masked_fill(torch.cat([torch.zeros_like(mask[treed][:, :1]), ~mask[treed]], 1)
                                .unsqueeze(1), -1e4)
        total = total + F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=IGNORE)
        rels = network.relations(out, heads.clamp(min=0))
        total = total + F.cross_entropy(rels.flatten(0, 1), torch.from_numpy(batch.rels)[treed].flatten(),
                                        ignore_index=IGNORE)
    return total


def load(args):
    plan = PLANS[args.language]
    read = lambda code, part, end: read_conllu(os.path.join(args.treebank, f"{code}-{part}.conllu{end}"), code)
    train = [s for code in plan["languages"] for s in read(code, "train", ".xz")]
    borrowed = [s for code in plan["borrowed"] for s in read(code, "train", ".xz")]
    for s in borrowed:
        s.has_tree = False
    if borrowed:
        gazetteer = Gazetteer(args.names, args.entities, borrowed)
        gazetteer.learn(train)
        for s in train:
            s.choices = allowed_labels(s, gazetteer)
    dev = {code: read(code, "dev", "") for code in plan["languages"]}
    return plan, train, borrowed, dev


def begin_from(path, network, embedding):
    """Takes over the averaged weights of a finished run (same treebank and vectors)."""
    saved = torch.load(path, weights_only=False)
    network.load_state_dict(saved["network"])
    embedding.table.copy_(saved["rows"])
    embedding.average.copy_(saved["rows"])


def epoch_sentences(train, borrowed, rng):
    """Noisy copies of all training sentences and a third of the borrowed ones."""
    chosen = [s for s in borrowed if rng.random() < (0.45 if any(n != "O" for n in s.names) else 0.15)]
    return [noisy(s, rng) for s in train + chosen]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--language", choices=PLANS, required=True)
    parser.add_argument("--treebank", required=True)
    parser.add_argument("--vectors", required=True)
    parser.add_argument("--foreign", help="vectors of the borrowed languages, to be aligned")
    parser.add_argument("--entities", help="folder with countries.tsv and others (English)")
    parser.add_argument("--names", default=os.path.join(os.path.dirname(__file__), "names_en.tsv"))
    parser.add_argument("--out", required=True, help="the checkpoint is OUT.pt")
    parser.add_argument("--start", help="checkpoint (.pt) of an earlier run to go on from")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rows", type=int, default=65536)
    parser.add_argument("--words", type=int, default=1200, help="words of a batch")
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--drop", type=float, default=0.25)
    parser.add_argument("--decay", type=float, default=0.999, help="of the weight average")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def load_vectors(args, plan):
    """Keys, the table (row 0 is the unknown word, foreign rows last) and the ids per borrowed code."""
    stored = np.load(args.vectors)
    keys, scale = list(stored["keys"]), stored["vectors"].std()
    table = [np.zeros_like(stored["vectors"][:1]), stored["vectors"] / scale]
    foreign = {}
    if args.foreign:
        other = np.load(args.foreign)
        table.append(align(keys, table[1], list(other["keys"]), other["vectors"]))
        ids = {k: len(keys) + 1 + i for i, k in enumerate(other["keys"])}
        foreign = {code: ids for code in plan["borrowed"]}
    return keys, torch.from_numpy(np.concatenate(table).astype(np.float32)), foreign


class Trainer:
    """One run: data, network, optimiser, averages."""

    def __init__(self, args):
        self.args = args
        self.rng, self.nprng = random.Random(args.seed), np.random.default_rng(args.seed)
        plan, self.train, self.borrowed, self.dev = load(args)
        self.labels = labels = Labels.build(self.train, plan["languages"])
        self.keys, vectors, foreign = load_vectors(args, plan)
        self.types = Types(args.rows, {k: i + 1 for i, k in enumerate(self.keys)}, foreign,
                           mark=plan["languages"][0] if self.borrowed else None)
        self.embedding = Embedding(args.rows, vectors, self.types, args.seed)
        self.network = Network(vectors.shape[1], len(labels.tags), len(labels.rules),
                               len(labels.rels), len(NAME_LABELS), args.drop)
        if args.start:
            begin_from(args.start, self.network, self.embedding)
        self.average = copy.deepcopy(self.network)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=args.rate, betas=(0.9, 0.98))
        self.allowed = allowed_names(NAME_LABELS)
        first = epoch_sentences(self.train, self.borrowed, random.Random(0))
        self.steps = args.epochs * len(batches(first, args.words, self.rng))
        self.count = 0

    def step(self, group):
        """One update; returns the loss."""
        self.count += 1
        rate = self.args.rate * min(self.count / 200, max(0.02, 1 - self.count / self.steps))
        for g in self.optimizer.param_groups:
            g["lr"] = rate
        batch = make_batch(group, self.types, self.labels)
        loss = losses(self.network, self.embedding, batch, self.nprng, self.allowed)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimizer.step()
        self.embedding.step(rate, self.count)
        self.keep_average()
        return float(loss.detach())

    @torch.no_grad()
    def keep_average(self):
        decay = min(self.args.decay, 1 - 10 / (10 + self.count))
        for a, p in zip(self.average.parameters(), self.network.parameters()):
            a.lerp_(p, 1 - decay)
        if self.count % 20 == 0:
            self.embedding.average.lerp_(self.embedding.table, 1 - decay ** 20)

    def epoch(self):
        groups = batches(epoch_sentences(self.train, self.borrowed, self.rng), self.args.words, self.rng)
        return sum(map(self.step, groups)) / len(groups)

    def scores(self):
        embed = lambda unique, _: self.embedding.sums(unique, True)
        return {code: measure(self.average, embed, s, self.types, self.labels)
                for code, s in self.dev.items()}

    def save(self, epoch, scores):
        path, labels = self.args.out + ".pt", self.labels
        torch.save({"network": self.average.state_dict(), "rows": self.embedding.average,
                    "vectors": self.embedding.vectors[1:len(self.keys) + 1], "keys": self.keys,
                    "labels": (labels.tags, labels.rules, labels.rels, labels.languages),
                    "epoch": epoch, "args": vars(self.args), "scores": scores}, path + ".tmp")
        os.replace(path + ".tmp", path)


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    trainer, start = Trainer(args), time.time()
    print(f"{len(trainer.train)} + {len(trainer.borrowed)} sentences, "
          f"{sum(p.numel() for p in trainer.network.parameters())} weights", flush=True)
    for epoch in range(1, args.epochs + 1):
        loss = trainer.epoch()
        scores = trainer.scores() if epoch % 2 == 0 or epoch == args.epochs else {}
        line = " | ".join(code + "".join(f" {k} {v:.2f}" for k, v in r.items())
                          for code, r in scores.items())
        print(f"epoch {epoch} loss {loss:.3f} {time.time() - start:.0f} s {line}", flush=True)
        trainer.save(epoch, scores)


if __name__ == "__main__":
    main()
