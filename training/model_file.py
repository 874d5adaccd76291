"""Reads and writes model files; docs/model-format.md is the specification."""

import hashlib
import struct

import numpy as np
import xxhash

MAGIC, VERSION, HEADER = b"AVSTMODL", 1, 128
CONFIG = ["width", "rows", "vector_size", "vectors", "hidden", "arc", "rel", "tags", "rules", "rels", "names"]


def padded(n: int) -> int:
    return (n + 15) // 16 * 16


def panels(weight: np.ndarray) -> np.ndarray:
    """[in, out] -> panels of 16 outputs, each [in][16]; missing outputs are zero."""
    k, m = weight.shape
    wide = np.zeros((k, padded(m)), dtype=np.float32)
    wide[:, :m] = weight
    return np.ascontiguousarray(wide.reshape(k, -1, 16).transpose(1, 0, 2))


def unpanel(flat: np.ndarray, k: int, m: int) -> np.ndarray:
    return flat.reshape(-1, k, 16).transpose(1, 0, 2).reshape(k, -1)[:, :m]


def wide(vector: np.ndarray) -> np.ndarray:
    out = np.zeros(padded(len(vector)), dtype=np.float32)
    out[:len(vector)] = vector
    return out


def quantise(table: np.ndarray):
    """int8 rows and their scales."""
    scale = (np.abs(table).max(1) / 127).astype(np.float32)
    safe = np.where(scale > 0, scale, 1)[:, None]
    return np.clip(np.rint(table / safe), -127, 127).astype(np.int8), scale


def write(path: str, sections: dict[str, bytes]):
    table, body = b"", b""
    offset = HEADER + 32 * len(sections)
    start = offset
    for name, data in sections.items():
        gap = -(start + len(body)) % 64
        body += b"\0" * gap
        table += struct.pack("<16sQQ", name.encode("ascii"), start + len(body), len(data))
        body += data
    payload = table + body
    header = struct.pack("<8sIIQQ32s", MAGIC, VERSION, len(sections), HEADER + len(payload),
                         xxhash.xxh64_intdigest(payload), hashlib.sha256(payload).digest())
    header += struct.pack("<Q", xxhash.xxh64_intdigest(header))
    with open(path, "wb") as f:
        f.write(header.ljust(HEADER, b"\0") + payload)


def read(path: str) -> dict[str, bytes]:
    data = open(path, "rb").read()
    magic, version, count = struct.unpack_from("<8sII", data)
    assert magic == MAGIC and version == VERSION
    sections = {}
    for i in range(count):
        name, offset, size = struct.unpack_from("<16sQQ", data, HEADER + 32 * i)
        sections[name.rstrip(b"\0").decode()] = data[offset:offset + size]
    return sections
