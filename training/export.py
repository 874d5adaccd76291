#!/usr/bin/env python3
"""Writes a trained checkpoint as a model file.

usage: export.py CHECKPOINT.pt FILE.model
"""

import os
import struct
import sys

import numpy as np
import torch
import xxhash

from data import NAME_LABELS
from model_file import CONFIG, padded, panels, quantise, wide, write
from network import Sizes, allowed_names

FORBIDDEN = -1e4


def lines(items) -> bytes:
    return "".join(f"{x}\n" for x in items).encode("utf-8")


def relation_weight(weight: np.ndarray, rels: int) -> np.ndarray:
    """[dep + 1, rels * (head + 1)] -> [dep + 1, (head + 1) * padded rels], relations innermost."""
    n = len(weight)
    out = np.zeros((n, n, padded(rels)), dtype=np.float32)
    out[:, :, :rels] = weight.reshape(n, rels, n).transpose(0, 2, 1)
    return out.reshape(n, -1)


def dense(net, sections, name, key):
    sections[name + ".w"] = panels(net[key + ".weight"].T)
    if key + ".bias" in net:
        sections[name + ".b"] = wide(net[key + ".bias"])


def names(net, sections, named):
    allowed = allowed_names(NAME_LABELS).numpy()
    if not named:  # labels that training never saw would be chance
        allowed[:, 1:] = False
    sections["name.from"] = np.where(allowed[1:], net["transition"], FORBIDDEN)
    sections["name.start"] = np.where(allowed[0], net["start"], FORBIDDEN)


def tables(saved, sections):
    sections["rows"], sections["rows.scale"] = quantise(saved["rows"].numpy())
    hashes = np.array([xxhash.xxh64_intdigest(k.encode("utf-8")) for k in saved["keys"]], dtype=np.uint64)
    order = np.argsort(hashes)
    table, scale = quantise(saved["vectors"].numpy()[order])
    sections["vector.hash"], sections["vector"], sections["vector.scale"] = hashes[order], table, scale


def build(saved) -> dict[str, bytes]:
    net = {k: v.numpy() for k, v in saved["network"].items()}
    tags, rules, rels, languages = saved["labels"]
    out = {"languages": lines(languages), "tags": lines(tags), "rules": lines(rules),
           "rels": lines(rels), "names": lines(NAME_LABELS)}
    tables(saved, out)
    config = vars(saved.get("sizes", Sizes())) | dict(
        rows=len(out["rows"]), vector_size=out["vector"].shape[1], vectors=len(out["vector"]), tags=len(tags),
        rules=len(rules), rels=len(rels), names=len(NAME_LABELS))
    out["config"] = struct.pack(f"<{len(CONFIG)}I", *(config[k] for k in CONFIG))
    for name, key in (("project", "vector"), ("conv", "conv"), ("layer1", "layer1.linear"),
                      ("layer2", "layer2.linear"), ("tag", "tag"), ("rule", "rule"), ("name", "name"),
                      ("arc", "arc"), ("rel", "rel")):
        dense(net, out, name, key)
    for name in ("type", "conv", "out"):
        out[f"norm.{name}"] = np.concatenate([net[f"norm_{name}.weight"], net[f"norm_{name}.bias"]])
    # The last row multiplies the constant 1 of the dependent: it is the bias of the product.
    out["arc.pair.w"], out["arc.pair.b"] = panels(net["arc_weight"][:-1]), wide(net["arc_weight"][-1])
    out["arc.root"] = net["root"]
    pair = relation_weight(net["rel_weight"], len(rels))
    out["rel.pair.w"], out["rel.pair.b"] = panels(pair[:-1]), wide(pair[-1])
    out["rel.root"] = net["rel_root"]
    names(net, out, saved.get("named", True))
    return {k: v if isinstance(v, bytes) else encode(v) for k, v in out.items()}


def encode(array: np.ndarray) -> bytes:
    kind = {"i": "<i1", "u": "<u8", "f": "<f4"}[array.dtype.kind]
    return np.ascontiguousarray(array).astype(kind).tobytes()


def main():
    saved = torch.load(sys.argv[1], weights_only=False)
    temporary = sys.argv[2] + ".tmp"
    write(temporary, build(saved))
    os.replace(temporary, sys.argv[2])
    print(f"{sys.argv[2]}: {os.path.getsize(sys.argv[2])} bytes")


if __name__ == "__main__":
    main()
