"""Finished networks as teachers: the mean of their distributions over tags, rules, arcs, relations and names."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from data import NAME_LABELS, Labels, Types, make_batch
from network import Network, Sizes, allowed_names


@dataclass
class Means:
    """Probabilities of a batch, [sentence, word, ...]; relations are those to the most likely head."""
    tags: torch.Tensor
    rules: torch.Tensor
    arcs: torch.Tensor
    rels: torch.Tensor
    names: torch.Tensor
    mask: np.ndarray


def order(theirs: list[str], ours: list[str]) -> torch.Tensor:
    """Where our labels stand among theirs (a label that the teacher lacks is an error of the run)."""
    place = {x: i for i, x in enumerate(theirs)}
    return torch.tensor([place[x] for x in ours])


class Teacher:
    """A checkpoint of train.py, read only."""

    def __init__(self, path: str, labels: Labels):
        saved = torch.load(path, weights_only=False)
        tags, rules, rels, _ = saved["labels"]
        self.order = {"tags": order(tags, labels.tags), "rules": order(rules, labels.rules),
                      "rels": order(rels, labels.rels)}
        self.rows = saved["rows"]
        self.vectors = torch.cat([torch.zeros(1, saved["vectors"].shape[1]), saved["vectors"]])
        self.types = Types(len(self.rows), {k: i + 1 for i, k in enumerate(saved["keys"])})
        self.labels = labels
        self.network = Network(self.vectors.shape[1], len(tags), len(rules), len(rels), len(NAME_LABELS),
                               sizes=saved.get("sizes", Sizes()))
        self.network.load_state_dict(saved["network"])
        self.network.eval()

    def sums(self, unique):
        features = [self.types.features[u] for u in unique]
        ids = torch.tensor([self.types.vectors[u] for u in unique])
        offsets = torch.from_numpy(np.cumsum([0] + [len(f) for f in features[:-1]]))
        flat = torch.from_numpy(np.concatenate(features))
        return F.embedding_bag(flat, self.rows, offsets, mode="sum"), self.vectors[ids]

    def read(self, sentences):
        """Keeps the states of a batch; gives probabilities of tags, rules, arcs and names."""
        batch = make_batch(sentences, self.types, self.labels)
        self.mask = batch.mask
        timed = torch.from_numpy(batch.mask).t().unsqueeze(-1).float()
        x = self.network.type_vectors(*self.sums(batch.unique))[torch.from_numpy(batch.types).t()]
        out, x = self.network.encode(x, timed)
        tags, rules, names = self.network.word_heads(out, x)
        self.out = out.transpose(0, 1)
        arcs = self.network.arcs(self.out).float()
        arcs[:, :, 1:].masked_fill_(torch.from_numpy(~batch.mask).unsqueeze(1), -1e9)
        own = torch.arange(arcs.shape[1])
        arcs[:, own, own + 1] = -1e9
        likely = lambda scores, kind: scores.float().transpose(0, 1)[..., self.order[kind]].softmax(-1)
        return (likely(tags, "tags"), likely(rules, "rules"), arcs.softmax(-1),
                name_marginals(self.network, names.float(), timed).transpose(0, 1))

    def relations(self, heads):
        return self.network.relations(self.out, heads).float()[..., self.order["rels"]].softmax(-1)


def name_marginals(network, emit, mask):
    """Probability of each label at each word under the conditional random field; emit [time, batch, names]."""
    allowed = allowed_names(NAME_LABELS)
    trans = network.transition.masked_fill(~allowed[1:], -1e4)
    start = network.start.masked_fill(~allowed[0], -1e4)
    forward, backward = [emit[0] + start], [torch.zeros_like(emit[0])]
    for t in range(1, len(emit)):
        forward.append((forward[-1].unsqueeze(-1) + trans).logsumexp(1) + emit[t])
    for t in range(len(emit) - 1, 0, -1):
        after = (trans + (emit[t] + backward[-1]).unsqueeze(1)).logsumexp(-1)
        backward.append(torch.where(mask[t] > 0, after, backward[-1]))
    return (torch.stack(forward) + torch.stack(backward[::-1])).softmax(-1)


def name_path(marginals: np.ndarray) -> list[int]:
    """The best allowed label sequence for averaged marginals [word, names]."""
    allowed = allowed_names(NAME_LABELS).numpy()
    score = np.log(marginals + 1e-6)
    best, back = np.where(allowed[0], score[0], -1e4), []
    for t in range(1, len(score)):
        every = best[:, None] + np.where(allowed[1:], 0, -1e4)
        back.append(every.argmax(0))
        best = every.max(0) + score[t]
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


@torch.no_grad()
def mean(teachers: list[Teacher], sentences) -> Means:
    read = [t.read(sentences) for t in teachers]
    tags, rules, arcs, names = (sum(part) / len(teachers) for part in zip(*read))
    heads = arcs.argmax(-1)
    rels = sum(t.relations(heads) for t in teachers) / len(teachers)
    return Means(tags, rules, arcs, rels, names, teachers[0].mask)
