#!/usr/bin/env python3
"""Pretrains the body of a network on raw text: a quarter of the words is hidden and has to be told from the rest.

usage: pretrain.py --model no --text DIR --vectors FILE.npz --out NAME   (writes NAME.pt for train.py --start and --vectors)

The word vectors are trained on as well. Words to be told are those that have a vector; each batch chooses among its
own and a sample of others (sampled softmax).
"""

import argparse
import os
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from data import NAME_LABELS, Types
from network import Network, Sizes
from raw_corpus import Corpus
from sparse import SparseTable
from train import read_vectors

HIDDEN_SHARE, KEPT, OTHER = 0.25, 0.1, 0.1   # of the hidden words, some stay or become another word
SHARE_ABLE = 0.85  # about the share of places that hold a word with a vector


class Input:
    """Hashed rows and word vectors of types, both trained."""

    def __init__(self, rows, width, vectors, types, seed):
        g = torch.Generator().manual_seed(seed)
        self.types = types
        self.rows = SparseTable(torch.randn(rows, width, generator=g) * 0.05)
        self.vectors = SparseTable(vectors)

    def begin(self, unique, rng):
        flat, offsets, ids = self.types.hidden_some(unique, rng)
        keep, which = np.unique(ids, return_inverse=True)
        vectors = self.vectors.pick(torch.from_numpy(keep))
        # Row 0 is the vector of words that have none: it stays zero.
        vectors = vectors * torch.from_numpy((keep > 0).astype(np.float32)).unsqueeze(-1)
        return self.rows.sums(flat, offsets), vectors[torch.from_numpy(which)]

    def step(self, rate, count):
        self.rows.step(rate, count)
        self.vectors.step(rate * 0.5, count)


class Guess(nn.Module):
    """From the state of a hidden word to scores of words."""

    def __init__(self, width, hidden, vectors, frequency, sample):
        super().__init__()
        self.hidden_word = nn.Parameter(torch.randn(width) * 0.5)
        self.dense = nn.Linear(2 * hidden, vectors.shape[1])
        self.norm = nn.LayerNorm(vectors.shape[1])
        self.table = SparseTable(torch.cat([vectors * 0.3, torch.zeros(len(vectors), 1)], 1))
        self.sample, p = sample, frequency ** 0.75
        p[0] = 0
        self.cumulated = np.cumsum(p / p.sum())
        self.log = torch.from_numpy(np.log(np.minimum(1.0, sample * p / p.sum() + 1e-9))).float()

    def loss(self, states, goal, rng):
        drawn = np.searchsorted(self.cumulated, rng.random(2 * self.sample)).clip(max=len(self.log) - 1)
        own, place = np.unique(goal, return_inverse=True)
        others = np.setdiff1d(drawn, own)
        chosen = torch.from_numpy(np.concatenate([own, rng.permutation(others)[:self.sample - len(own)]]))
        rows = self.table.pick(chosen)
        h = self.norm(F.gelu(self.dense(states)))
        scores = (h @ rows[:, :-1].t()).float() + rows[:, -1] - self.log[chosen]
        return F.cross_entropy(scores, torch.from_numpy(place))


class Pretrainer:
    def __init__(self, args):
        self.args, self.rng = args, np.random.default_rng(args.seed)
        begun = time.time()
        self.corpus = Corpus(args.corpora, args.text, args.model, args.seed)
        self.keys, vectors = read_vectors(args.vectors)
        vectors = torch.from_numpy(np.concatenate([np.zeros_like(vectors[:1]), vectors]).astype(np.float32))
        self.types = Types(args.rows, {k: i + 1 for i, k in enumerate(self.keys)})
        for form in self.corpus.forms:
            self.types.id(*form)
        self.goals = np.array(self.types.vectors)
        print(f"{len(self.corpus.words)} words, {len(self.corpus.begins) - 1} sentences, {len(self.corpus.forms)} forms, "
              f"{time.time() - begun:.0f} s", flush=True)
        frequency = np.bincount(self.goals[self.corpus.words], minlength=len(vectors)).astype(np.float64)
        self.sizes = Sizes(args.width, args.hidden)
        self.input = Input(args.rows, args.width, vectors, self.types, args.seed)
        self.network = Network(vectors.shape[1], 2, 2, 2, len(NAME_LABELS), args.drop, self.sizes)
        self.guess = Guess(args.width, args.hidden, vectors, frequency, args.sample)
        body = [p for n, p in self.network.named_parameters() if n.split(".")[0] in BODY]
        self.parameters = body + list(self.guess.parameters())
        self.optimizer = torch.optim.Adam(self.parameters, lr=args.rate, betas=(0.9, 0.98), fused=True)
        self.groups = [g for _ in range(args.epochs) for g in self.corpus.batches(args.words, self.rng)][:args.steps]
        self.count = 0

    def loss(self, group):
        ids, mask = self.corpus.padded(group)
        unique, types = np.unique(ids, return_inverse=True)
        unique = np.concatenate([unique, np.repeat(unique[:1], -len(unique) % 128)])
        types = types.reshape(ids.shape).T
        mask, goal = mask.T, self.goals[ids.T]
        asked = np.zeros(mask.shape, dtype=bool)
        able = np.flatnonzero(mask & (goal > 0))
        asked.flat[self.rng.permutation(able)[:int(HIDDEN_SHARE * SHARE_ABLE * mask.size)]] = True
        way = self.rng.random(mask.shape)
        other = asked & (way < OTHER)
        types = np.where(other, self.rng.integers(0, len(unique), mask.shape), types)
        hidden = torch.from_numpy(asked & (way >= OTHER + KEPT)).unsqueeze(-1)
        x = F.embedding(torch.from_numpy(types), self.network.type_vectors(*self.input.begin(unique, self.rng)))
        x = torch.where(hidden, self.guess.hidden_word, x)
        out, _ = self.network.encode(x, torch.from_numpy(mask).unsqueeze(-1).float())
        return self.guess.loss(out[torch.from_numpy(asked)], goal[asked], self.rng)

    def step(self, group):
        self.count += 1
        rate = self.args.rate * min(self.count / 300, max(0.02, 1 - self.count / len(self.groups)))
        for g in self.optimizer.param_groups:
            g["lr"] = rate
        with torch.autocast("cpu", torch.bfloat16, enabled=self.args.half):
            loss = self.loss(group)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 5.0)
        self.optimizer.step()
        self.input.step(rate, self.count)
        self.guess.table.step(rate, self.count)
        return float(loss.detach())

    def save(self):
        body = {k: v for k, v in self.network.state_dict().items() if k.split(".")[0] in BODY}
        path = self.args.out + ".pt"
        torch.save({"network": body, "pretrained": True, "sizes": self.sizes, "rows": self.input.rows.table,
                    "vectors": self.input.vectors.table[1:], "keys": self.keys, "args": vars(self.args)}, path + ".tmp")
        os.replace(path + ".tmp", path)


BODY = {"vector", "norm_type", "conv", "norm_conv", "layer1", "layer2", "norm_out"}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True, help="as in pretrain_texts.tsv")
    parser.add_argument("--corpora", default=os.path.join(os.path.dirname(__file__), "pretrain_texts.tsv"))
    parser.add_argument("--text", required=True, help="folder of the raw text files (*.txt.xz)")
    parser.add_argument("--vectors", required=True)
    parser.add_argument("--out", required=True, help="the checkpoint is OUT.pt")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--rows", type=int, default=65536)
    parser.add_argument("--width", type=int, default=Sizes.width)
    parser.add_argument("--hidden", type=int, default=Sizes.hidden)
    parser.add_argument("--words", type=int, default=4000, help="words of a batch")
    parser.add_argument("--sample", type=int, default=5000, help="words that those asked for stand among")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--half", action="store_true", help="products in bfloat16, for processors that have them")
    parser.add_argument("--steps", type=int, help="batches at most, the rate falling to the last of them")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    trainer, start, losses = Pretrainer(args), time.time(), []
    for i, group in enumerate(trainer.groups):
        losses.append(trainer.step(group))
        if (i + 1) % 100 == 0:
            print(f"step {i + 1} of {len(trainer.groups)}, loss {np.mean(losses[-100:]):.3f}, {time.time() - start:.0f} s", flush=True)
        if (i + 1) % 500 == 0:
            trainer.save()
    trainer.save()


if __name__ == "__main__":
    main()
