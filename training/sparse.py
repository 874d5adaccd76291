"""A table of which a batch touches few rows: Adam (beta 0.9, 0.98) on these alone."""

import numpy as np
import torch
import torch.nn.functional as F


class SparseTable:
    def __init__(self, table):
        self.table = table
        self.first, self.second = torch.zeros_like(table), torch.zeros_like(table)

    def pick(self, touched):
        """Copies of these rows (each once), with gradient; `step` uses it."""
        self.touched = touched
        self.rows = self.table[touched].requires_grad_()
        return self.rows

    def sums(self, flat, offsets):
        """Sums of runs of rows, with gradient; `offsets` are where the runs begin."""
        keep, inverse = np.unique(flat, return_inverse=True)
        rows = self.pick(torch.from_numpy(keep))
        return F.embedding_bag(torch.from_numpy(inverse), rows, torch.from_numpy(offsets), mode="sum")

    def step(self, rate, count):
        t, g = self.touched, self.rows.grad
        m = self.first[t].mul_(0.9).add_(g, alpha=0.1)
        v = self.second[t].mul_(0.98).addcmul_(g, g, value=0.02)
        self.first[t], self.second[t] = m, v
        rate *= (1 - 0.98 ** count) ** 0.5 / (1 - 0.9 ** count)
        self.table[t] = self.rows.detach().addcdiv_(m, v.sqrt_().add_(1e-8), value=-rate)
