#!/usr/bin/env python3
"""What a finished model finds in raw text, as attributions to train another on (self-training; McClosky et al. 2006).

usage: silver.py LEDGERS LEAST > GOLD        LEDGERS: avstand read --format json over articles.py's output
       silver.py --threshold X IN.roles OUT.roles   the same model with another threshold

Attributions of a confidence of LEAST or more count as found. The cues of the others are listed as `unsure`: they teach nothing,
neither that they are cues nor that they are none. So let the teacher find more than it otherwise shows: a low threshold.
"""
import json, os, sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from model_file import read, write

ROLES = ("source", "cue", "content")


def silver(ledger, least):
    found = [s for s in ledger["statements"] if s["quote"] not in ("own", "scare") and s["cue"]]
    sure = [{role: s[role] or [] for role in ROLES} | {"quote": s["quote"], "parent": s["parent"]} for s in found if s["confidence"] >= least]
    return {"id": ledger["document"]["id"], "language": ledger["document"]["language"], "text": ledger["document"]["text"],
            "attributions": sure, "unsure": [span for s in found if s["confidence"] < least for span in s["cue"]]}


def main():
    if sys.argv[1] == "--threshold":
        write(sys.argv[4], read(sys.argv[3]) | {"roles.threshold": np.float32(sys.argv[2]).tobytes()})
        return
    for line in open(sys.argv[1], encoding="utf8"):
        print(json.dumps(silver(json.loads(line), float(sys.argv[2])), ensure_ascii=False))


main()
