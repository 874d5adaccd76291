"""How far the confidence of attributions can be trusted: the share that is right, by confidence, against gold.

An attribution is right when it meets a gold one as in the scorer's triple: content by half, source and cue by a word.
"""
import json

ROLES = ("source", "cue", "content")
STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)


def word_starts(spans, text):
    """First positions of the words (runs of letters and digits) that the spans touch."""
    found = set()
    for begin, end in spans:
        for at in range(begin, end):
            if text[at].isalnum():
                while at > 0 and text[at - 1].isalnum():
                    at -= 1
                found.add(at)
    return found


def meets(gold, given):
    content = len(gold["content"] & given["content"]) >= 0.5 * len(gold["content"] | given["content"])
    cue = not gold["cue"] or not given["cue"] or gold["cue"] & given["cue"]
    source = gold["source"] & given["source"] or not (gold["source"] or given["source"])
    return bool(gold["content"] and given["content"] and content and cue and source)


def table(gold_path, ledger_path, outermost=False):
    """Rows [from, to, number, mean confidence, share right]; scare quotes are left out."""

    def counts(x):
        return x.get("quote") not in ("own", "scare") and not (outermost and x.get("parent"))

    with open(gold_path, encoding="utf8") as lines:
        gold = {x["id"]: x for x in map(json.loads, lines)}
    pairs = []
    with open(ledger_path, encoding="utf8") as lines:
        for ledger in map(json.loads, lines):
            article = gold[ledger["document"]["id"]]
            text = article["text"]
            wanted = [{r: word_starts(a[r], text) for r in ROLES} for a in article["attributions"] if counts(a)]
            for s in sorted(filter(counts, ledger["statements"]), key=lambda s: -s["confidence"]):
                spans = {r: word_starts(s.get(r) or [], text) for r in ROLES}
                met = next((k for k, a in enumerate(wanted) if meets(a, spans)), None)
                if met is not None:
                    del wanted[met]
                pairs.append((s["confidence"], met is not None))
    rows = []
    for low, high in zip(STEPS, STEPS[1:]):
        inside = [p for p in pairs if low <= p[0] < high]
        if inside:
            n = len(inside)
            rows.append((low, min(high, 1.0), n, sum(p[0] for p in inside) / n, sum(p[1] for p in inside) / n))
    return rows


def show(title, rows):
    lines = [f"{title}: confidence, attributions, mean confidence, share right"]
    lines += [f"  {low:.1f}-{high:.1f} {n:6d} {100 * mean:6.1f} % {100 * right:6.1f} %" for low, high, n, mean, right in rows]
    return "\n".join(lines) + "\n"
