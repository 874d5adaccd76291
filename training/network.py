"""The network (docs/model-format.md gives its sizes and every operation)."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, HIDDEN, ARC, REL = 128, 128, 128, 48


class Recurrence(torch.autograd.Function):
    """c[t] = f[t] * c[t-1] + b[t] over the first axis."""

    @staticmethod
    def forward(ctx, f, b):
        c = torch.empty_like(b)
        state = torch.zeros_like(b[0])
        for t in range(b.shape[0]):
            state = torch.addcmul(b[t], f[t], state, out=c[t])
        ctx.save_for_backward(f, c)
        return c

    @staticmethod
    def backward(ctx, grad):
        f, c = ctx.saved_tensors
        total = torch.empty_like(grad)
        total[-1] = grad[-1]
        for t in range(grad.shape[0] - 2, -1, -1):
            torch.addcmul(grad[t], f[t + 1], total[t + 1], out=total[t])
        previous = torch.cat([torch.zeros_like(c[:1]), c[:-1]])
        return total * previous, total


class QuasiRecurrent(nn.Module):
    """Bidirectional fo-pooling layer (Bradbury et al. 2017) with window 1."""

    def __init__(self, size: int):
        super().__init__()
        self.linear = nn.Linear(size, 6 * HIDDEN)
        with torch.no_grad():
            self.linear.bias.zero_()
            for k in (1, 4):
                self.linear.bias[k * HIDDEN:(k + 1) * HIDDEN] = 1.0

    def forward(self, x, mask):
        """x: [time, batch, size], mask: [time, batch, 1]."""
        z1, f1, o1, z2, f2, o2 = self.linear(x).chunk(6, dim=-1)
        z = torch.cat([z1, z2.flip(0)], -1).tanh()
        f = torch.cat([f1, f2.flip(0)], -1).sigmoid()
        o = torch.cat([o1, o2], -1).sigmoid()
        m = torch.cat([mask.expand_as(z1), mask.flip(0).expand_as(z1)], -1)
        c = Recurrence.apply(f, (1 - f) * z * m)
        c = torch.cat([c[..., :HIDDEN], c[..., HIDDEN:].flip(0)], -1)
        return o * c * mask


def shared_dropout(x, p, training):
    """Dropout with one mask for all words of a sentence; x: [time, batch, size]."""
    if not training or p == 0:
        return x
    keep = torch.empty(1, x.shape[1], x.shape[2]).bernoulli_(1 - p) / (1 - p)
    return x * keep


class Network(nn.Module):
    def __init__(self, vector_size, tags, rules, rels, names, drop=0.25):
        super().__init__()
        self.drop = drop
        self.vector = nn.Linear(vector_size, WIDTH, bias=False)
        self.norm_type = nn.LayerNorm(WIDTH)
        self.conv = nn.Linear(3 * WIDTH, 2 * WIDTH)
        self.norm_conv = nn.LayerNorm(WIDTH)
        self.layer1 = QuasiRecurrent(WIDTH)
        self.layer2 = QuasiRecurrent(2 * HIDDEN)
        self.norm_out = nn.LayerNorm(2 * HIDDEN)
        top = 2 * HIDDEN + WIDTH
        self.tag, self.rule, self.name = (nn.Linear(top, n) for n in (tags, rules, names))
        self.arc = nn.Linear(2 * HIDDEN, 2 * ARC)   # dependent, head
        self.root = nn.Parameter(torch.randn(ARC) * 0.1)
        self.arc_weight = nn.Parameter(torch.randn(ARC + 1, ARC) / ARC)
        self.rel = nn.Linear(2 * HIDDEN, 2 * REL)
        self.rel_root = nn.Parameter(torch.randn(REL) * 0.1)
        self.rel_weight = nn.Parameter(torch.randn(REL + 1, rels * (REL + 1)) / REL)
        self.transition = nn.Parameter(torch.zeros(names, names))
        self.start = nn.Parameter(torch.zeros(names))
        self.rels = rels

    def type_vectors(self, rows, vectors):
        """rows: summed embedding rows [types, WIDTH]; vectors: static vectors [types, V]."""
        return self.norm_type(rows + self.vector(vectors))

    def encode(self, x, mask):
        """x: type vectors of words [time, batch, WIDTH]; mask [time, batch, 1] -> [.., 256], x."""
        x = shared_dropout(x * mask, self.drop, self.training)
        pad = torch.zeros_like(x[:1])
        wide = torch.cat([torch.cat([pad, x[:-1]]), x, torch.cat([x[1:], pad])], -1)
        a = self.conv(wide)
        h = self.norm_conv(x + torch.maximum(a[..., :WIDTH], a[..., WIDTH:])) * mask
        h = shared_dropout(h, self.drop, self.training)
        h1 = self.layer1(h, mask)
        h1 = shared_dropout(h1, self.drop, self.training)
        h2 = self.layer2(h1, mask)
        out = shared_dropout(self.norm_out(h1 + h2), self.drop, self.training)
        return out, x

    def word_heads(self, out, x):
        """Scores of tags, lemma rules and name labels of chosen words [n, 256], [n, WIDTH]."""
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
        left = torch.cat([dep, one], -1) @ self.rel_weight
        left = left.view(*dep.shape[:2], self.rels, REL + 1)
        return (left @ torch.cat([head, one], -1).unsqueeze(-1)).squeeze(-1)

    def _drop(self, x):
        return F.dropout(x, self.drop, self.training)

    def name_loss(self, emit, choices, mask, allowed):
        """Negative log likelihood per word of the allowed label sequences under a linear-chain CRF.

        emit, choices: [time, batch, names]; one choice per word is the ordinary loss.
        """
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
