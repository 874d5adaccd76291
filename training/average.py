#!/usr/bin/env python3
"""The mean of the weights of checkpoints that began from one and the same.

usage: average.py A.pt B.pt ... OUT.pt
"""

import sys

import torch


def main():
    *paths, out = sys.argv[1:]
    saved = [torch.load(path, weights_only=False) for path in paths]
    if any(s["keys"] != saved[0]["keys"] or s["labels"] != saved[0]["labels"] for s in saved):
        sys.exit(f"{' '.join(paths)}: not of one family (other word vectors or labels)")
    mean = lambda tensors: sum(tensors) / len(tensors)
    merged = saved[0] | {"rows": mean([s["rows"] for s in saved]), "network": {
        k: mean([s["network"][k] for s in saved]) for k in saved[0]["network"]}}
    torch.save(merged, out)


if __name__ == "__main__":
    main()
