"""The role model in PyTorch; src/attribution/role_model.cpp computes the same (docs/model-format.md, "Role models").

First a word of a sentence is or is not the head of a cue. Then, for every cue by itself, each word of its sentence is
source, cue, content or none of them: a linear-chain conditional random field whose scores come from the two words, the
way between them through the tree, their distance, and the marks between them, and from a layer over all words as the cue
sees them. This is how semantic roles are labelled
(He et al. 2017) with the parser's states in place of an encoder of its own."""
import os, sys

import numpy as np
import torch
from torch import nn

sys.path.insert(1, os.path.join(os.path.dirname(__file__), ".."))
from network import shared_dropout
from operations import Pooling
from words import ACTS, DISTANCES, MARKS, RELATIONS, UPOS, WIDTH, distance, marks_between, tree_paths

SIZE = 96  # of every inner layer
LABELS = 4
QUOTES = 3


def table(rows, size=SIZE):
    out = nn.Embedding(rows, size)
    nn.init.normal_(out.weight, 0, 0.1)
    return out


class Recurrent(nn.Module):
    """Quasi-recurrent, fo-pooling, both directions, like the parser's layers."""
    def __init__(self, inputs):
        super().__init__()
        self.gates = nn.Linear(inputs, 6 * SIZE)

    def forward(self, x, mask):
        return Pooling.apply(self.gates(x.transpose(0, 1)), mask.t()).transpose(0, 1)


class Dropout(nn.Module):
    """One mask for all words of a row (Gal and Ghahramani 2016); with 1 nothing is left. x: [rows, words, size]."""
    def __init__(self, share):
        super().__init__()
        self.share = share

    def forward(self, x):
        if self.training and self.share >= 1: return x * 0
        return shared_dropout(x.transpose(0, 1), self.share, self.training).transpose(0, 1)


class RoleNet(nn.Module):
    def __init__(self, paths, languages, drop_states=0.3, drop=0.3):
        super().__init__()
        self.drop_in, self.drop = Dropout(drop_states), Dropout(drop)
        self.project = nn.Linear(WIDTH, SIZE)
        self.upos, self.rel, self.act, self.quote, self.language = map(table, (UPOS, RELATIONS, ACTS, QUOTES, languages))
        self.layers = nn.ModuleList([Recurrent(SIZE), Recurrent(2 * SIZE)])
        wide = 3 * SIZE
        self.cue, self.cue_out = nn.Linear(wide + RELATIONS + UPOS + ACTS, SIZE), nn.Linear(SIZE, 1)
        self.word, self.of_cue = nn.Linear(wide, SIZE), nn.Linear(wide, SIZE, bias=False)
        self.path, self.distance, self.marks, self.quotes, self.cue_act = map(table, (paths, DISTANCES, MARKS, QUOTES * QUOTES, ACTS))
        self.middle, self.over, self.label = nn.Linear(SIZE, SIZE), Recurrent(SIZE), nn.Linear(3 * SIZE, LABELS)
        self.then, self.start, self.end = (nn.Parameter(torch.zeros(*n)) for n in ((LABELS, LABELS), (LABELS,), (LABELS,)))

    def encode(self, b):
        x = self.project(self.drop_in(b.states)) + self.upos(b.upos) + self.rel(b.rel) + self.act(b.act) + self.quote(b.quote) + self.language(b.language)[:, None]
        y, total = self.drop(x), 0
        for layer in self.layers:
            y = layer(y, b.mask)
            total, y = total + y, self.drop(y)
        return self.drop(torch.cat([x, total], -1))

    def cues(self, x, b): return self.cue_out(torch.relu(self.cue(torch.cat([x, b.below], -1))))[..., 0]

    def roles(self, x, b):
        h = self.word(x)[b.row] + self.of_cue(x[b.row, b.cue])[:, None] + self.path(b.path) + self.distance(b.distance) \
            + self.marks(b.marks) + self.quotes(b.quotes) + self.cue_act(b.cue_act)[:, None]
        h = self.drop(torch.relu(h))
        h = self.drop(torch.relu(self.middle(h))) + h
        return self.label(torch.cat([h, self.drop(self.over(h, b.mask[b.row]))], -1))

    def chain_loss(self, scores, labels, sizes):
        """Negative log-likelihood of the labels of each row."""
        rows, length, _ = scores.shape
        mask = torch.arange(length)[None] < sizes[:, None]
        right = (scores.gather(2, labels[..., None])[..., 0] * mask).sum(1) + (self.then[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]).sum(1)
        right = right + self.start[labels[:, 0]] + self.end[labels[torch.arange(rows), sizes - 1]]
        a = self.start + scores[:, 0]
        for t in range(1, length):
            a = torch.where(mask[:, t, None], torch.logsumexp(a[:, :, None] + self.then, 1) + scores[:, t], a)
        return torch.logsumexp(a + self.end, 1) - right


class Batch:
    """Tensors of sentences, and of (sentence, place of the cue) pairs in them. paths: key of a way -> row of its table."""
    def __init__(self, sentences, pairs, files, paths, languages):
        length = max(x.size for x in sentences)
        states, ints = np.zeros((len(sentences), length, WIDTH), np.float32), np.zeros((4, len(sentences), length), np.int64)
        below, mask = np.zeros((len(sentences), length, RELATIONS + UPOS + ACTS), np.float32), np.zeros((len(sentences), length), np.float32)
        for i, x in enumerate(sentences):
            rows = files[x.file][x.first:x.first + x.size]
            states[i, :x.size] = rows["bytes"] * rows["scale"][:, None]
            for k, values in enumerate((x.upos, x.rel, x.act, x.quote)): ints[k, i, :x.size] = values
            below[i, :x.size], mask[i, :x.size] = x.below, 1
        of_pairs = np.zeros((4, len(pairs), length), np.int64)
        for k, (i, cue) in enumerate(pairs):
            x = sentences[i]
            if cue not in x.pairs:
                x.pairs[cue] = np.array([[paths.get(p, 0) for p in tree_paths(x, cue)], [distance(t, cue) for t in range(x.size)],
                                         marks_between(x, cue), [QUOTES * q + x.quote[cue] for q in x.quote]])
            of_pairs[:, k, :x.size] = x.pairs[cue]
        tensor = torch.from_numpy
        self.states, self.below, self.mask = tensor(states), tensor(below), tensor(mask)
        self.upos, self.rel, self.act, self.quote = map(tensor, ints)
        self.path, self.distance, self.marks, self.quotes = map(tensor, of_pairs)
        self.language = torch.tensor([languages.index(x.language) for x in sentences])
        self.sizes = torch.tensor([x.size for x in sentences])
        self.row = torch.tensor([i for i, _ in pairs], dtype=torch.long)
        self.cue = torch.tensor([c for _, c in pairs], dtype=torch.long)
        self.cue_act = torch.tensor([sentences[i].act[c] for i, c in pairs], dtype=torch.long)
