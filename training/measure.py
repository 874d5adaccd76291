"""Scores on gold tokens: greedy heads (the C++ side decodes trees), Viterbi names."""

import torch

from data import NAME_LABELS, apply_rule, batches, make_batch
from network import allowed_names


def viterbi(emit, network, allowed):
    """Best label sequence of one sentence; emit [time, names]."""
    trans = network.transition.masked_fill(~allowed[1:], -1e4)
    score = emit[0] + network.start.masked_fill(~allowed[0], -1e4)
    back = []
    for t in range(1, emit.shape[0]):
        best, arg = (score.unsqueeze(1) + trans).max(0)
        score = best + emit[t]
        back.append(arg.tolist())
    path = [int(score.argmax())]
    for arg in reversed(back):
        path.append(arg[path[-1]])
    return path[::-1]


def spans(labels):
    """Coarse spans (begin, end, type) of one sentence."""
    found, last = [], None
    for i, label in enumerate(labels):
        mark, _, kind = label.partition("-")
        kind = {"GPE_LOC": "GPE", "GPE_ORG": "GPE"}.get(kind, kind)
        if kind and mark == "I" and last == kind:
            found[-1][1] = i + 1
        elif kind:
            found.append([i, i + 1, kind])
        last = kind
    return {tuple(f) for f in found}


@torch.no_grad()
def measure(network, embed, sentences, types, labels):
    """Percentages: UPOS, tag+features, lemma, UAS, LAS, names F1."""
    network.eval()
    allowed = allowed_names(NAME_LABELS)
    right, total, name_counts = [0] * 5, 0, [0, 0, 0]
    for group in batches(sentences, 3000, None):
        batch = make_batch(group, types, labels)
        mask = torch.from_numpy(batch.mask).t().unsqueeze(-1).float()
        table = network.type_vectors(*embed(batch.unique, False))
        x = table[torch.from_numpy(batch.types).t()]
        out, x = network.encode(x, mask)
        tag, rule, name = (s.transpose(0, 1) for s in network.word_heads(out, x))
        out = out.transpose(0, 1)
        arcs = network.arcs(out)
        closed = torch.from_numpy(~batch.mask).unsqueeze(1)
        arcs[:, :, 1:].masked_fill_(closed, -1e9)
        n = arcs.shape[1]
        arcs[:, torch.arange(n), torch.arange(n) + 1] = -1e9
        heads = arcs.argmax(-1)
        rels = network.relations(out, heads).argmax(-1)
        tag, rule = tag.argmax(-1), rule.argmax(-1)
        for i, s in enumerate(group):
            for k in range(len(s.forms) if s.has_tree else 0):
                t, h = labels.tags[tag[i, k]], int(heads[i, k])
                rel = labels.rels[rels[i, k]].split(":")[0]
                lemma = apply_rule(labels.rules[rule[i, k]], s.forms[k])
                right[0] += t.split("\t")[0] == s.tags[k].split("\t")[0]
                right[1] += t == s.tags[k]
                right[2] += lemma == s.lemmas[k] or s.lemmas[k] == "_"
                right[3] += h == s.heads[k]
                right[4] += h == s.heads[k] and rel == s.rels[k].split(":")[0]
                total += 1
            if s.has_names:
                path = viterbi(name[i, :len(s.forms)], network, allowed)
                gold, found = spans(s.names), spans([NAME_LABELS[p] for p in path])
                for j, c in enumerate((gold & found, gold, found)):
                    name_counts[j] += len(c)
    network.train()
    row = dict(zip(("upos", "tag", "lemma", "uas", "las"), (100 * r / max(total, 1) for r in right)))
    row["names"] = 200 * name_counts[0] / max(name_counts[1] + name_counts[2], 1)
    return row
