"""What a batch of gold or of silver sentences costs the network."""

import torch
import torch.nn.functional as F

from data import IGNORE


def encoded(network, embedding, batch, rng):
    """States of the words [time, batch, 256], their type vectors and the mask [time, batch]."""
    mask = torch.from_numpy(batch.mask).t()
    table = network.type_vectors(*embedding.begin(batch.unique, rng))
    x = F.embedding(torch.from_numpy(batch.types).t(), table)
    out, x = network.encode(x, mask.unsqueeze(-1).float())
    return out, x, mask


def arc_scores(network, out, mask):
    """[batch, dependent, 1 + head] without the padding; out and mask: [batch, time, ...]."""
    closed = torch.cat([torch.zeros_like(mask[:, :1]), ~mask], 1).unsqueeze(1)
    return network.arcs(out).float().masked_fill(closed, -1e4)


def losses(network, embedding, batch, rng, allowed):
    """Gold: tags and lemma rules (smoothed), arcs, relations of gold arcs, names."""
    out, x, mask = encoded(network, embedding, batch, rng)
    total = 0.0
    named = torch.from_numpy(batch.named)
    tag, rule, name = network.word_heads(out, x)
    if named.any():
        choices = torch.from_numpy(batch.names).transpose(0, 1)[:, named]
        total = network.name_loss(name[:, named], choices, mask.unsqueeze(-1)[:, named], allowed)
    treed = torch.from_numpy((batch.heads[:, 0] != IGNORE) | ~batch.mask[:, 0])  # empty rows keep the shape
    if treed.any():
        part = (lambda x: x) if treed.all() else (lambda x: x[treed])
        gold = {kind: part(torch.from_numpy(getattr(batch, kind))) for kind in ("tags", "rules", "heads", "rels")}
        cross = lambda scores, kind, smoothing=0.0: F.cross_entropy(
            scores.float().flatten(0, 1), gold[kind].flatten(), ignore_index=IGNORE, label_smoothing=smoothing)
        total = total + cross(part(tag.transpose(0, 1)), "tags", 0.03) + 0.5 * cross(part(rule.transpose(0, 1)), "rules", 0.03)
        out = part(out.transpose(0, 1))
        total = total + cross(arc_scores(network, out, part(mask.t())), "heads")
        total = total + cross(network.relations(out, gold["heads"].clamp(min=0)), "rels")
    return total


def silver_losses(network, embedding, batch, rng, allowed):
    """Silver: cross-entropy with the teachers' distributions; relations of their best head; possible names."""
    out, x, mask = encoded(network, embedding, batch, rng)
    tag, rule, name = network.word_heads(out, x)
    total = network.name_loss(name, torch.from_numpy(batch.names).transpose(0, 1), mask.unsqueeze(-1), allowed)
    out, mask = out.transpose(0, 1), mask.t()
    rels = network.relations(out, torch.from_numpy(batch.choices["heads"][..., 0]))
    scores = {"tags": tag.transpose(0, 1), "rules": rule.transpose(0, 1), "rels": rels,
              "heads": arc_scores(network, out, mask)}
    for kind, weight in (("tags", 1.0), ("rules", 0.5), ("heads", 1.0), ("rels", 1.0)):
        log = scores[kind].float().log_softmax(-1).gather(-1, torch.from_numpy(batch.choices[kind]))
        total = total - weight * (log * torch.from_numpy(batch.weights[kind])).sum() / mask.sum()
    return total
