#!/usr/bin/env python3
"""Tests of operations.cpp against the same arithmetic step by step; they need the environment of requirements.txt.

usage: python training/operations_test.py
"""

import unittest

import torch

from operations import Pairs, Pooling


def pooled(gates, mask, hidden):
    """fo-pooling of both directions, one word at a time."""
    parts, halves = gates.chunk(6, -1), []
    for (z, f, o), order in ((parts[:3], range(len(gates))), (parts[3:], reversed(range(len(gates))))):
        c, out = torch.zeros(gates.shape[1], hidden), [None] * len(gates)
        for t in order:
            f_t, m = f[t].sigmoid(), mask[t].unsqueeze(-1)
            c = f_t * c + (1 - f_t) * z[t].tanh() * m
            out[t] = o[t].sigmoid() * c * m
        halves.append(torch.stack(out))
    return torch.cat(halves, -1)


class OperationsTest(unittest.TestCase):
    def agree(self, mine, theirs, inputs):
        torch.manual_seed(1)
        weight = torch.randn_like(mine)
        self.assertTrue(torch.allclose(mine, theirs, atol=1e-5))
        for a, b in zip(torch.autograd.grad((mine * weight).sum(), inputs), torch.autograd.grad((theirs * weight).sum(), inputs)):
            self.assertTrue(torch.allclose(a, b, atol=1e-5))

    def test_pooling_and_its_gradient(self):
        torch.manual_seed(1)
        gates, mask = torch.randn(7, 3, 6 * 16, requires_grad=True), torch.ones(7, 3)
        mask[5:, 1] = 0
        self.agree(Pooling.apply(gates, mask), pooled(gates, mask, 16), [gates])

    def test_pooling_in_halves_is_near(self):
        torch.manual_seed(1)
        gates, mask = torch.randn(5, 2, 6 * 16), torch.ones(5, 2)
        near = Pooling.apply(gates.bfloat16(), mask).float()
        self.assertLess((near - Pooling.apply(gates, mask)).abs().max(), 0.03)

    def test_pairs_and_their_gradient(self):
        torch.manual_seed(1)
        a, b = (torch.randn(3, 5, 7, requires_grad=True) for _ in range(2))
        self.agree(Pairs.apply(a, b), (a.unsqueeze(-1) * b.unsqueeze(-2)).flatten(-2), [a, b])


if __name__ == "__main__":
    unittest.main()
