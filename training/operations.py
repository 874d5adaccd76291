"""Operations of the network that are slow in parts (operations.cpp, compiled on first use)."""

import functools
import os

import torch
from torch.utils.cpp_extension import load


@functools.cache
def compiled():
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "operations.cpp")
    return load("avstand_operations", [source], extra_cflags=["-O3", "-march=native", "-ffast-math"])


class Pooling(torch.autograd.Function):
    """gates [time, batch, 6 * hidden], mask [time, batch] -> [time, batch, 2 * hidden]."""

    @staticmethod
    def forward(ctx, gates, mask):
        gates, mask = gates.contiguous(), mask.contiguous()
        out, act, state = compiled().pool(gates, mask)
        ctx.save_for_backward(act, state, mask)
        return out

    @staticmethod
    def backward(ctx, grad):
        act, state, mask = ctx.saved_tensors
        return compiled().pool_gradient(act, state, mask, grad.to(act.dtype).contiguous()), None


class Pairs(torch.autograd.Function):
    """a, b [..., n] of one kind -> products of all pairs [..., n * n]."""

    @staticmethod
    def forward(ctx, a, b):
        ctx.shape = a.shape
        a, b = (x.reshape(-1, x.shape[-1]).contiguous() for x in (a, b))
        ctx.save_for_backward(a, b)
        return compiled().pairs(a, b).view(*ctx.shape[:-1], -1)

    @staticmethod
    def backward(ctx, grad):
        a, b = ctx.saved_tensors
        grad = grad.reshape(len(a), -1).to(a.dtype).contiguous()
        return tuple(g.view(ctx.shape) for g in compiled().pairs_gradient(a, b, grad))
