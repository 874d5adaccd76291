#!/usr/bin/env python3
"""Trains one network and keeps it as a checkpoint for export.py (README.md has the exact commands).

usage: train.py --languages nb nn --treebank DIR --vectors FILE.npz --out NAME   (writes NAME.pt)

The treebank of language xx is xx-train.conllu.xz and xx-dev.conllu, names as name=B-PER and so on in the last column.
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
import silver
from data import NAME_LABELS, Labels, Types, batches, make_batch, noisy, read_conllu
from losses import losses, silver_losses
from measure import measure
from named import names_by
from network import Network, Sizes, allowed_names
from sparse import SparseTable


class Embedding:
    """The hashed rows and their running average; word vectors, which stay as they are."""

    def __init__(self, rows, width, vectors, types, seed):
        g = torch.Generator().manual_seed(seed)
        self.table = torch.randn(rows, width, generator=g) * 0.05
        self.sparse = SparseTable(self.table)
        self.average = self.table.clone()
        self.vectors, self.types = vectors, types

    def sums(self, unique, average):
        """Without gradient, for measuring."""
        flat, offsets, ids = map(torch.from_numpy, self.types.inputs(unique))
        table = self.average if average else self.table
        return F.embedding_bag(flat, table, offsets, mode="sum"), self.vectors[ids]

    def begin(self, unique, rng):
        """With gradient; `step` uses it."""
        flat, offsets, ids = self.types.hidden_some(unique, rng)
        return self.sparse.sums(flat, offsets), self.vectors[torch.from_numpy(ids)]

    def step(self, rate, count):
        self.sparse.step(rate, count)


def load(args):
    read = lambda code, part, end: read_conllu(os.path.join(args.treebank, f"{code}-{part}.conllu{end}"), code)
    train = [s for code in args.languages for s in read(code, "train", ".xz")]
    borrowed = [s for code in args.borrow for s in read(code, "train", ".xz")]
    for s in borrowed:
        s.has_tree = False
    if borrowed:
        gazetteer = Gazetteer(args.names, args.entities, borrowed)
        gazetteer.learn(train)
        for s in train:
            s.choices = allowed_labels(s, gazetteer)
    dev = {code: read(code, "dev", "") for code in args.languages}
    return train, borrowed, dev


def begin_from(path, network, embedding):
    """Takes over the averaged weights of a finished run (same vectors), or what one of pretrain.py has of them."""
    saved = torch.load(path, weights_only=False)
    network.load_state_dict(saved["network"], strict=not saved.get("pretrained"))
    embedding.table.copy_(saved["rows"])
    embedding.average.copy_(saved["rows"])


def epoch_sentences(train, borrowed, rng):
    """Noisy copies of all training sentences and a third of the borrowed ones."""
    chosen = [s for s in borrowed if rng.random() < (0.45 if any(n != "O" for n in s.names) else 0.15)]
    return [noisy(s, rng) for s in train + chosen]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--languages", nargs="+", required=True, help="codes of the model's languages")
    parser.add_argument("--borrow", nargs="+", default=[], help="codes of treebanks that give the name loss only")
    parser.add_argument("--treebank", required=True)
    parser.add_argument("--vectors", required=True)
    parser.add_argument("--names-by", help="checkpoint whose names the trees get")
    parser.add_argument("--foreign", help="vectors of the borrowed languages, to be aligned")
    parser.add_argument("--entities", help="folder with countries.tsv and others (English)")
    parser.add_argument("--names", default=os.path.join(os.path.dirname(__file__), "names_en.tsv"))
    parser.add_argument("--out", required=True, help="the checkpoint is OUT.pt")
    parser.add_argument("--start", help="checkpoint (.pt) of an earlier run to go on from")
    parser.add_argument("--silver", help="sentences labelled by silver.py")
    parser.add_argument("--share", type=float, default=2.0, help="silver sentences of an epoch per gold sentence")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--stop", type=int, help="end after this epoch, the rate falling as for all --epochs")
    parser.add_argument("--rows", type=int, default=65536)
    for name, value in vars(Sizes()).items():
        parser.add_argument("--" + name, type=int, default=value)
    parser.add_argument("--words", type=int, default=1200, help="words of a batch")
    parser.add_argument("--half", action="store_true", help="products in bfloat16, for processors that have them")
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--drop", type=float, default=0.25)
    parser.add_argument("--decay", type=float, default=0.999, help="of the weight average")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def read_vectors(path):
    """Keys and vectors of a file of vectors.py, brought to one scale, or of a checkpoint, which has them so."""
    if path.endswith(".pt"):
        saved = torch.load(path, weights_only=False)
        return saved["keys"], saved["vectors"].numpy()
    stored = np.load(path)
    return list(stored["keys"]), stored["vectors"] / stored["vectors"].std()


def load_vectors(args):
    """Keys, the table (row 0 is the unknown word, foreign rows last) and the ids per borrowed code."""
    keys, stored = read_vectors(args.vectors)
    table = [np.zeros_like(stored[:1]), stored]
    foreign = {}
    if args.foreign:
        other_keys, other = read_vectors(args.foreign)
        table.append(align(keys, table[1], other_keys, other))
        ids = {k: len(keys) + 1 + i for i, k in enumerate(other_keys)}
        foreign = {code: ids for code in args.borrow}
    return keys, torch.from_numpy(np.concatenate(table).astype(np.float32)), foreign


class Trainer:
    """One run: data, network, optimiser, averages."""

    def __init__(self, args):
        self.args = args
        self.rng, self.nprng = random.Random(args.seed), np.random.default_rng(args.seed)
        self.train, self.borrowed, self.dev = load(args)
        self.labels = labels = Labels.build(self.train, args.languages)
        if args.names_by:
            names_by(args.names_by, self.train, labels)
        self.silver = silver.load(args.silver, args.languages) if args.silver else []
        self.keys, vectors, foreign = load_vectors(args)
        self.types = Types(args.rows, {k: i + 1 for i, k in enumerate(self.keys)}, foreign,
                           mark=args.languages[0] if self.borrowed else None)
        sizes = Sizes(args.width, args.hidden, args.arc, args.rel)
        self.embedding = Embedding(args.rows, sizes.width, vectors, self.types, args.seed)
        self.network = Network(vectors.shape[1], len(labels.tags), len(labels.rules),
                               len(labels.rels), len(NAME_LABELS), args.drop, sizes)
        if args.start:
            begin_from(args.start, self.network, self.embedding)
        self.average = copy.deepcopy(self.network)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=args.rate, betas=(0.9, 0.98), fused=True)
        self.allowed = allowed_names(NAME_LABELS)
        self.steps = args.epochs * len(self.groups(random.Random(0)))
        self.count = 0

    def step(self, group):
        """One update; returns the loss."""
        self.count += 1
        rate = self.args.rate * min(self.count / 200, max(0.02, 1 - self.count / self.steps))
        for g in self.optimizer.param_groups:
            g["lr"] = rate
        if isinstance(group[0], silver.Silver):
            batch, losses_of = silver.make_silver_batch(group, self.types, self.args.words), silver_losses
        else:
            batch, losses_of = make_batch(group, self.types, self.labels, self.args.words), losses
        with torch.autocast("cpu", torch.bfloat16, enabled=self.args.half):
            loss = losses_of(self.network, self.embedding, batch, self.nprng, self.allowed)
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

    def groups(self, rng):
        """The batches of an epoch; each is all gold or all silver."""
        groups = batches(epoch_sentences(self.train, self.borrowed, rng), self.args.words, self.rng)
        if self.silver:
            chosen = rng.sample(self.silver, min(len(self.silver), int(self.args.share * len(self.train))))
            groups += batches([silver.noisy(s, rng) for s in chosen], self.args.words, self.rng)
            self.rng.shuffle(groups)
        return groups

    def epoch(self):
        groups = self.groups(self.rng)
        return sum(map(self.step, groups)) / len(groups)

    def scores(self):
        embed = lambda unique, _: self.embedding.sums(unique, True)
        return {code: measure(self.average, embed, s, self.types, self.labels)
                for code, s in self.dev.items()}

    def save(self, epoch, scores):
        path, labels = self.args.out + ".pt", self.labels
        torch.save({"network": self.average.state_dict(), "sizes": self.network.sizes, "rows": self.embedding.average,
                    "vectors": self.embedding.vectors[1:len(self.keys) + 1], "keys": self.keys,
                    "labels": (labels.tags, labels.rules, labels.rels, labels.languages),
                    "named": any(s.has_names or s.choices for s in self.train + self.borrowed), "epoch": epoch, "args": vars(self.args), "scores": scores}, path + ".tmp")
        os.replace(path + ".tmp", path)


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    trainer, start = Trainer(args), time.time()
    print(f"{len(trainer.train)} + {len(trainer.borrowed)} sentences, "
          f"{sum(p.numel() for p in trainer.network.parameters())} weights", flush=True)
    last = args.stop or args.epochs
    for epoch in range(1, last + 1):
        loss = trainer.epoch()
        scores = trainer.scores() if epoch % 2 == 0 or epoch == last else {}
        line = " | ".join(code + "".join(f" {k} {v:.2f}" for k, v in r.items())
                          for code, r in scores.items())
        print(f"epoch {epoch} loss {loss:.3f} {time.time() - start:.0f} s {line}", flush=True)
        trainer.save(epoch, scores)


if __name__ == "__main__":
    main()
