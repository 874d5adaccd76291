"""The frame model in PyTorch: a log-linear part over all features, and a small network over the states of three
words and the features without words. src/attribution/frame_model.cpp computes the same."""
import numpy as np
import torch
from torch import nn

HIDDEN = 64
# Features that name no word of the language: the network sees these, the log-linear part sees all.
WORDLESS = tuple(x + "=" for x in "f af as ac s c r len cue crel q pos gd clause srcdist behind pass neg by byv eb ef el ea parts far srel".split())


class FrameNet(nn.Module):
    def __init__(self, weights, wordless, width, roles, hidden=HIDDEN, drop_states=0.2):
        super().__init__()
        self.linear = nn.EmbeddingBag(len(weights), 1, mode="sum")
        self.linear.weight.data[:] = torch.tensor(weights, dtype=torch.float32)[:, None]
        # Row 0 stands for all features with words; row k for the k-th without.
        rows = np.where(wordless > 0, np.cumsum(wordless > 0), 0)
        self.register_buffer("row", torch.tensor(rows, dtype=torch.long))
        self.embed = nn.EmbeddingBag(int(rows.max()) + 1, hidden, mode="sum", padding_idx=0)
        nn.init.zeros_(self.embed.weight)
        self.project = nn.ModuleList([nn.Linear(width, hidden, bias=False) for _ in range(roles)])
        for p in self.project: nn.init.normal_(p.weight, 0, 0.02)
        self.bias = nn.Parameter(torch.zeros(hidden))
        self.out = nn.Linear(hidden, 1, bias=False)
        nn.init.normal_(self.out.weight, 0, 0.1)
        self.drop_in, self.drop = nn.Dropout(drop_states), nn.Dropout(0.3)

    def forward(self, ids, offsets, states, is_frame):
        hidden = self.embed(self.row[ids], offsets) + self.bias
        for role, p in enumerate(self.project): hidden = hidden + p(self.drop_in(states[:, role]))
        net = self.out(self.drop(torch.relu(hidden)))[:, 0]
        return self.linear(ids, offsets)[:, 0] + is_frame * net


class Rows:
    """Training rows: lists of feature ids, states (None: speech, which has none), labels."""
    def __init__(self, ids, records, sources):
        self.ids, self.records, self.sources = ids, records, sources

    def batch(self, which, rng=None, drop=0.0):
        """Tensors for the rows; with rng, features and now and then all states are dropped."""
        lists = [[i for i in self.ids[k] if rng is None or rng.random() > drop] for k in which]
        offsets = torch.tensor(np.cumsum([0] + [len(x) for x in lists])[:-1])
        width = self.sources[0]["bytes"].shape[2]
        states = np.zeros((len(which), 3, width), np.float32)
        is_frame = np.zeros(len(which), np.float32)
        for n, k in enumerate(which):
            if self.records[k] is None: continue
            is_frame[n] = 1
            if rng is not None and rng.random() < 0.03: continue  # trees without states are scored too
            file, record = self.records[k]
            r = self.sources[file][record]
            states[n] = r["bytes"] * r["scale"][:, None]
        return torch.tensor([i for x in lists for i in x], dtype=torch.long), offsets, torch.tensor(states), torch.tensor(is_frame)


def train(rows, which, y, weights, wordless, epochs, drop, seed, drop_states=0.2, rate=2e-3):
    """Starts from the weights of a log-linear model, halved by the caller so that the network gets its share."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    width = rows.sources[0]["bytes"].shape[2]
    model = FrameNet(weights, wordless, width, 3, drop_states=drop_states)
    optimiser = torch.optim.AdamW([
        {"params": [model.embed.weight, model.linear.weight], "weight_decay": 1e-4},
        {"params": [model.bias, model.out.weight], "weight_decay": 0},
        {"params": model.project.parameters(), "weight_decay": 0.05}], lr=rate)
    target, loss = torch.tensor(y, dtype=torch.float32), nn.BCEWithLogitsLoss()
    for epoch in range(epochs):
        order = rng.permutation(which)
        for group in optimiser.param_groups: group["lr"] = rate * (1 - epoch / epochs)
        for b in range(0, len(order), 128):
            chosen = order[b:b + 128]
            optimiser.zero_grad()
            loss(model(*rows.batch(chosen, rng, drop)), target[chosen]).backward()
            optimiser.step()
    return model.eval()


def mean_of(models, weights, wordless, width):
    """One network that gives the mean of the logits of several: their hidden layers side by side."""
    out = FrameNet(weights, wordless, width, 3, HIDDEN * len(models))
    with torch.no_grad():
        out.linear.weight[:] = sum(m.linear.weight for m in models) / len(models)
        out.embed.weight[:] = torch.cat([m.embed.weight for m in models], 1)
        out.bias[:] = torch.cat([m.bias for m in models])
        out.out.weight[:] = torch.cat([m.out.weight for m in models], 1) / len(models)
        for role, p in enumerate(out.project): p.weight[:] = torch.cat([m.project[role].weight for m in models])
    return out.eval()


def without_network(weights, wordless, width):
    model = FrameNet(weights, wordless, width, 3)
    for parameter in (model.out.weight, *(p.weight for p in model.project)): nn.init.zeros_(parameter)
    return model.eval()


def probabilities(model, rows, which):
    with torch.no_grad():
        parts = [torch.sigmoid(model(*rows.batch(which[b:b + 4096]))).numpy() for b in range(0, len(which), 4096)]
    return np.concatenate(parts)
