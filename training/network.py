"""The network (docs/model-format.md gives its sizes and every operation)."""

from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

from operations import Pairs, Pooling


@dataclass
class Sizes:
    """Numbers of a word's type vector, of one direction of a layer, of the halves of arcs and relations."""
    width: int = 128
    hidden: int = 128
    arc: int = 128
    rel: int = 48


class QuasiRecurrent(nn.Module):
    """Bidirectional fo-pooling layer (Bradbury et al. 2017) with window 1."""

    def __init__(self, size: int, hidden: int):
        super().__init__()
        self.linear = nn.Linear(size, 6 * hidden)
        with torch.no_grad():
            self.linear.bias.zero_()
            for k in (1, 4):
                self.linear.bias[k * hidden:(k + 1) * hidden] = 1.0

    def forward(self, x, mask):
        """x: [time, batch, size], mask: [time, batch, 1]."""
        return Pooling.apply(self.linear(x), mask.squeeze(-1))


def shared_dropout(x, p, training):
    """Dropout with one mask for all words of a sentence; x: [time, batch, size]."""
    if not training or p == 0:
        return x
    keep = torch.empty(1, x.shape[1], x.shape[2]).bernoulli_(1 - p) / (1 - p)
    return x * keep


class Network(nn.Module):
    def __init__(self, vector_size, tags, rules, rels, names, drop=0.25, sizes=Sizes()):
        super().__init__()
        self.drop, self.sizes = drop, sizes
        width, hidden, arc, rel = sizes.width, sizes.hidden, sizes.arc, sizes.rel
        self.vector = nn.Linear(vector_size, width, bias=False)
        self.norm_type = nn.LayerNorm(width)
        self.conv = nn.Linear(3 * width, 2 * width)
        self.norm_conv = nn.LayerNorm(width)
        self.layer1 = QuasiRecurrent(width, hidden)
        self.layer2 = QuasiRecurrent(2 * hidden, hidden)
        self.norm_out = nn.LayerNorm(2 * hidden)
        top = 2 * hidden + width
        self.tag, self.rule, self.name = (nn.Linear(top, n) for n in (tags, rules, names))
        self.arc = nn.Linear(2 * hidden, 2 * arc)   # dependent, head
        self.root = nn.Parameter(torch.randn(arc) * 0.1)
        self.arc_weight = nn.Parameter(torch.randn(arc + 1, arc) / arc)
        self.rel = nn.Linear(2 * hidden, 2 * rel)
        self.rel_root = nn.Parameter(torch.randn(rel) * 0.1)
        self.rel_weight = nn.Parameter(torch.randn(rel + 1, rels * (rel + 1)) / rel)
        self.transition = nn.Parameter(torch.zeros(names, names))
        self.start = nn.Parameter(torch.zeros(names))
        self.rels = rels

    def type_vectors(self, rows, vectors):
        """rows: summed embedding rows [types, width]; vectors: static vectors [types, V]."""
        return self.norm_type(rows + self.vector(vectors))

    def encode(self, x, mask):
        """x: type vectors of words [time, batch, width]; mask [time, batch, 1] -> [.., 256], x."""
        x = shared_dropout(x * mask, self.drop, self.training)
        pad = torch.zeros_like(x[:1])
        wide = torch.cat([torch.cat([pad, x[:-1]]), x, torch.cat([x[1:], pad])], -1)
        a = self.conv(wide)
        h = self.norm_conv(x + torch.maximum(*a.chunk(2, -1))) * mask
        h = shared_dropout(h, self.drop, self.training)
        h1 = self.layer1(h, mask)
        h1 = shared_dropout(h1, self.drop, self.training)
        h2 = self.layer2(h1, mask)
        out = shared_dropout(self.norm_out(h1 + h2), self.drop, self.training)
        return out, x

    def word_heads(self, out, x):
        """Scores of tags, lemma rules and name labels of chosen words [n, 256], [n, width]."""
        both = torch.cat([out, x], -1)
        return self.tag(both), self.rule(both), self.name(both)

    def arcs(self, out):
        """out: [batch, time, 256] -> scores [batch, dependent, 1 + head]; column 0 is the root."""
        dep, head = self._drop(F.relu(self.arc(out))).chunk(2, -1)
        head = torch.cat([self.root.expand(head.shape[0], 1, -1), head], 1)
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        return (dep @ self.arc_weight) @ head.transpose(1, 2)

    def relations(self, out, heads):
        """Relation scores [batch, time, rels] of each word with its head (0 = root)."""
        dep, head = self._drop(F.relu(self.rel(out))).chunk(2, -1)
        head = torch.cat([self.rel_root.expand(head.shape[0], 1, -1), head], 1)
        head = head.gather(1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        one = torch.ones_like(dep[..., :1])
        dep, head = torch.cat([dep, one], -1), torch.cat([head, one], -1).to(dep.dtype)
        n = dep.shape[-1]
        return Pairs.apply(dep, head) @ self.rel_weight.view(n, self.rels, n).transpose(1, 2).reshape(n * n, self.rels)

    def _drop(self, x):
        """One mask for all words of a sentence; x: [batch, time, size]."""
        return shared_dropout(x.transpose(0, 1), self.drop, self.training).transpose(0, 1)

    def name_loss(self, emit, choices, mask, allowed):
        """Negative log likelihood per word of the allowed label sequences under a linear-chain CRF.

        emit, choices: [time, batch, names]; one choice per word is the ordinary loss.
        """
        emit = emit.float()
        trans = self.transition.masked_fill(~allowed[1:], -1e4)
        start = self.start.masked_fill(~allowed[0], -1e4)
        weights = trans.exp()
        emit = torch.cat([emit, emit.masked_fill(~choices, -1e4)], 1)
        mask = torch.cat([mask, mask], 1)
        alpha = emit[0] + start
        for t in range(1, emit.shape[0]):
            top = alpha.max(-1, keepdim=True).values.detach()
            after = ((alpha - top).exp() @ weights + 1e-30).log() + top + emit[t]
            alpha = torch.where(mask[t], after, alpha)
        every, chosen = alpha.logsumexp(-1).chunk(2)
        return (every - chosen).sum() / (mask.sum() / 2)


def allowed_names(labels):
    """Row 0: labels that may begin a sentence; row 1 + a: labels that may follow a (IOB2)."""
    def may(a, b):
        return not b.startswith("I-") or (a != "O" and a[2:] == b[2:])
    rows = [[not b.startswith("I-") for b in labels]] + [[may(a, b) for b in labels] for a in labels]
    return torch.tensor(rows)
