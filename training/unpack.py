#!/usr/bin/env python3
"""Reads a model file back as a checkpoint, to go on from it or to use it as a teacher.

usage: unpack.py FILE.model VECTORS.npz CHECKPOINT.pt

The file keeps hashes of the keys of its word vectors only: VECTORS.npz (of vectors.py) or a text of one key a line
gives the keys.
"""

import struct
import sys

import numpy as np
import torch
import xxhash

from model_file import CONFIG, padded, read, unpanel
from network import Sizes


def floats(sections, name):
    return np.frombuffer(sections[name], "<f4").copy()


def table(sections, name, width):
    values = np.frombuffer(sections[name], "<i1").reshape(-1, width)
    return torch.from_numpy(values * floats(sections, name + ".scale")[:, None])


def dense(sections, name, inputs, outputs):
    """Weight [out, in] and bias, if there is one."""
    weight = unpanel(floats(sections, name + ".w"), inputs, padded(outputs))[:, :outputs]
    bias = floats(sections, name + ".b")[:outputs] if name + ".b" in sections else None
    return np.ascontiguousarray(weight.T), bias


def relation_weight(sections, rel, rels):
    pad = padded(rels)
    w = np.concatenate([unpanel(floats(sections, "rel.pair.w"), rel, (rel + 1) * pad),
                        floats(sections, "rel.pair.b")[None]])
    w = w.reshape(rel + 1, rel + 1, pad)[:, :, :rels]
    return np.ascontiguousarray(w.transpose(0, 2, 1)).reshape(rel + 1, -1)


def network(sections, c):
    net, top = {}, 2 * c["hidden"] + c["width"]
    for name, key, inputs, outputs in (
            ("project", "vector", c["vector_size"], c["width"]), ("conv", "conv", 3 * c["width"], 2 * c["width"]),
            ("layer1", "layer1.linear", c["width"], 6 * c["hidden"]),
            ("layer2", "layer2.linear", 2 * c["hidden"], 6 * c["hidden"]),
            ("tag", "tag", top, c["tags"]), ("rule", "rule", top, c["rules"]), ("name", "name", top, c["names"]),
            ("arc", "arc", 2 * c["hidden"], 2 * c["arc"]), ("rel", "rel", 2 * c["hidden"], 2 * c["rel"])):
        net[key + ".weight"], bias = dense(sections, name, inputs, outputs)
        if bias is not None:
            net[key + ".bias"] = bias
    for name in ("type", "conv", "out"):
        net[f"norm_{name}.weight"], net[f"norm_{name}.bias"] = np.split(floats(sections, f"norm.{name}"), 2)
    net["arc_weight"] = np.concatenate([unpanel(floats(sections, "arc.pair.w"), c["arc"], c["arc"]),
                                        floats(sections, "arc.pair.b")[None]])
    net["root"], net["rel_root"] = floats(sections, "arc.root"), floats(sections, "rel.root")
    net["rel_weight"] = relation_weight(sections, c["rel"], c["rels"])
    net["transition"] = floats(sections, "name.from").reshape(c["names"], c["names"])
    net["start"] = floats(sections, "name.start")
    return {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in net.items()}


def keys_of(path, hashes):
    keys = np.load(path)["keys"] if path.endswith(".npz") else open(path, encoding="utf-8").read().split("\n")
    by_hash = {xxhash.xxh64_intdigest(k.encode("utf-8")): k for k in map(str, keys)}
    return [by_hash[int(h)] for h in hashes]


def main():
    sections = read(sys.argv[1])
    c = dict(zip(CONFIG, struct.unpack(f"<{len(CONFIG)}I", sections["config"])))
    lines = lambda name: sections[name].decode("utf-8").split("\n")[:-1]
    torch.save({"network": network(sections, c), "sizes": Sizes(c["width"], c["hidden"], c["arc"], c["rel"]),
                "rows": table(sections, "rows", c["width"]),
                "vectors": table(sections, "vector", c["vector_size"]),
                "keys": keys_of(sys.argv[2], np.frombuffer(sections["vector.hash"], "<u8")),
                "labels": (lines("tags"), lines("rules"), lines("rels"), lines("languages"))}, sys.argv[3])


if __name__ == "__main__":
    main()
