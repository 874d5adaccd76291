"""Candidates of the frames with their labels: what training/frames/train.py learns from."""
import bisect, json, lzma

import numpy as np

LESSER = 0.5
ROLES = 3  # words whose states the model sees: cue, head of the source, head of the content

def opened(path): return (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf8")

def states(path, width):
    """The records of build/frame_candidates' STATES file, not yet multiplied by their scales."""
    return np.memmap(path, dtype=[("bytes", "i1", (ROLES, width)), ("scale", "<f4", ROLES)], mode="r")

class Words:
    """Word numbers of spans, punctuation left out."""
    def __init__(self, text):
        self.starts, i, n = [], 0, len(text)
        while i < n:
            if text[i].isalnum():
                self.starts.append(i)
                while i < n and text[i].isalnum(): i += 1
            else: i += 1
    def of(self, spans):
        out = set()
        for b, e in spans:
            k = bisect.bisect_right(self.starts, b) - 1
            k = max(k, 0)
            while k < len(self.starts) and self.starts[k] < e:
                if self.starts[k] >= b or (k + 1 == len(self.starts) or self.starts[k + 1] > b): out.add(k)
                k += 1
        return out

def overlap(a, b): return len(a & b) / len(a | b) if a | b else 1.0

def label(cand, gold):
    """The gold attribution that the candidate meets and how well its spans fit, or None."""
    c, q, s = cand
    best = None
    for k, (gc, gq, gs, direct) in enumerate(gold):
        both = len(c & gc)
        if not both: continue
        iou = both / len(c | gc)
        part = direct and both / len(c) >= 0.9 and q & gq
        if (iou >= 0.5 or part) and (not q or not gq or q & gq) and (s & gs or (not s and not gs)):
            fit = (max(iou, 0.8 + 0.2 * iou) if part else iou) + 0.5 * overlap(q, gq) + 0.5 * overlap(s, gs)
            if best is None or fit > best[1]: best = k, fit
    return best

def load(cand_path, gold_path, outermost):
    """Rows [document, features, right (0 or 1), record in STATES (None for speech), target]. The target of a candidate that
    is right is 1 where no other fits its gold better, else LESSER: of two right ones the exact one is to be chosen."""
    gold, out, best = {}, [], {}
    for line in opened(gold_path):
        d = json.loads(line); w = Words(d["text"])
        rows = [(w.of(a["content"]), w.of(a["cue"]), w.of(a["source"]), a.get("quote") != "indirect") for a in d["attributions"] if a.get("quote") != "scare"]
        gold[d["id"]] = (w, rows)
    record = -1
    for line in opened(cand_path):
        x = json.loads(line)
        w, rows = gold[x["doc"]]
        if "speech" in x:     # does the speech of the first sentence go on in this one?
            a, b = w.of(x["speech"]), w.of(x["content"])
            holds = [gc for gc, *_ in rows if len(a & gc) > len(a) / 2]
            if holds and b:
                y = int(any(len(b & gc) > len(b) / 2 for gc in holds))
                out.append([x["doc"], x["f"], y, None, y])
            continue
        record += 1
        c, q, s = w.of(x["content"]), w.of(x["cue"]), w.of(x["source"])
        if not c: continue
        met = label((c, q, s), rows)
        if outermost and not met and q and any(q <= gc for gc, *_ in rows): continue
        if met:
            key = x["doc"], met[0]
            best[key] = max(best.get(key, 0), met[1])
        out.append([x["doc"], x["f"], int(met is not None), record, met and (key, met[1])])
    for row in out:
        if row[3] is not None: row[4] = 0 if row[4] is None else 1 if row[4][1] >= best[row[4][0]] else LESSER
    return out
