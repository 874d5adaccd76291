#!/usr/bin/env python3
"""Shows where attributions differ from gold ones: a table of causes, and a page to look at each by eye.

usage: attribution_errors.py GOLD.jsonl LEDGERS.jsonl [--outermost] [--page FILE.html]

GOLD and LEDGERS as for the scorer: LEDGERS is what `avstand read --format json` wrote about the gold's texts. An attribution
is right when cue, source and content all overlap (content by at least half of the union), matched as the scorer of the dev
data matches. The page shows the gold's text, so keep it outside the repository (FILE inside it is refused).
"""
import argparse
import collections
import html
import json
import pathlib
import sys

from calibration import ROLES, word_starts

ROOT = pathlib.Path(__file__).resolve().parent.parent
CAUSES = {
    "right": "right",
    "cue missed": "no attribution has this cue",
    "speech missed": "gold without a cue, and nothing covers the content",
    "content elsewhere": "the cue is found, its content shares no word with the gold one",
    "content too short": "the cue is found, its content lacks more than half",
    "content too long": "the cue is found, its content takes in too much",
    "another cue": "content found, by words that the gold does not call its cue",
    "source missed": "cue and content found, the gold has a source, we have none",
    "source invented": "cue and content found, the gold has no source, we have one",
    "wrong source": "cue and content found, the source is somebody else",
    "inner missed": "inside the content of another attribution, and not found",
    "no attribution": "ours, and nothing in the gold has its cue or half its content",
    "same cue again": "ours, with the cue of a gold one that is matched or missed otherwise",
}


def overlap(a, b):
    return len(a & b) / len(a | b) if a | b else 0.0


def same_source(a, b):
    return bool(a["source"] & b["source"]) or not (a["source"] or b["source"])


def match(gold, ours):
    """Index of the statement matched to each gold attribution, or None: the scorer's greedy order."""
    used, out = set(), []
    for g in gold:
        fits = [(same_source(g, o), overlap(g["content"], o["content"]), -k) for k, o in enumerate(ours)
                if k not in used and overlap(g["content"], o["content"]) >= 0.5 and not (g["cue"] and o["cue"] and not g["cue"] & o["cue"])]
        best = -max(fits)[2] if fits else None
        used.add(best)
        out.append(best)
    return out


def cause_of(gold, found, ours, used):
    """Why a gold attribution is not right; `found` is the statement matched to it."""
    if found is not None:
        if same_source(gold, found):
            return "right"
        return "source missed" if not found["source"] else "source invented" if not gold["source"] else "wrong source"
    by_cue = [o for o in ours if gold["cue"] & o["cue"]]
    if any(overlap(gold["content"], o["content"]) >= 0.5 for k, o in enumerate(ours) if k not in used):
        return "another cue"
    if by_cue:
        best = max(by_cue, key=lambda o: overlap(gold["content"], o["content"]))["content"]
        if not best & gold["content"]:
            return "content elsewhere"
        if overlap(gold["content"], best) >= 0.5:
            return "inner missed"
        return "content too short" if len(best - gold["content"]) < len(gold["content"] - best) else "content too long"
    if any(gold["content"] <= o["content"] for o in ours):
        return "inner missed"
    return "cue missed" if gold["cue"] else "speech missed"


def compare(gold_document, ledger, outermost):
    """Rows (cause, gold attribution or None, our statement or None) of one document, in the order of the text."""
    text = gold_document["text"]
    gold = [a for a in gold_document["attributions"] if a.get("quote") != "scare" and not (outermost and a.get("parent"))]
    ours = [s for s in ledger["statements"] if s.get("quote") not in ("own", "scare") and not (outermost and s.get("parent"))]
    gold_words, our_words = ([{r: word_starts(a.get(r) or [], text) for r in ROLES} for a in side] for side in (gold, ours))
    matched = match(gold_words, our_words)
    used = {k for k in matched if k is not None}
    rows = []
    for g, gw, k in zip(gold, gold_words, matched):
        cause = cause_of(gw, None if k is None else our_words[k], our_words, used)
        near = k if k is not None else next((j for j, o in enumerate(our_words) if gw["cue"] & o["cue"]), None)
        rows.append((cause, g, None if near is None else ours[near]))
    for k, (statement, ow) in enumerate(zip(ours, our_words)):
        if k not in used:
            shares = any(ow["cue"] & g["cue"] for g in gold_words)
            rows.append(("same cue again" if shares else "no attribution", None, statement))
    return sorted(rows, key=lambda row: min(b for a in row[1:] if a for r in ROLES for b, _ in a.get(r) or [(len(text), 0)]))


def marked(text, attribution):
    """The words around an attribution, its roles marked."""
    spans = sorted((b, e, r) for r in ROLES for b, e in attribution.get(r) or [])
    if not spans:
        return ""
    begin = max(text.rfind("\n", 0, spans[0][0]) + 1, spans[0][0] - 240)
    end = min(len(text), max(e for _, e, _ in spans) + 160)
    role_at = ["" for _ in range(begin, end)]
    for b, e, role in spans:
        for i in range(b, e):
            role_at[i - begin] = role
    out, now = [], ""
    for i, role in enumerate(role_at + [""]):
        if role != now:
            out.append(("</mark>" if now else "") + (f'<mark class="{role}" title="{role}">' if role else ""))
            now = role
        if begin + i < end:
            out.append(html.escape(text[begin + i]))
    return "".join(out).replace("\n", "<br>")


STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:75em;margin:2em auto;padding:0 1em}
td{vertical-align:top;padding:.5em;border-top:1px solid #bbb;width:44%}td:first-child{width:12%}
mark.source{background:#cfe3ff}mark.cue{background:#ffd9a8}mark.content{background:#dff3d4}
input{width:1em;height:1em}label{display:inline-block;margin-right:1em}"""


def page(rows, counts):
    """One page; a box of style sheets alone hides causes, so it works without script."""
    names = [c for c in CAUSES if counts[c]]
    boxes = "".join(f'<label><input type="checkbox" id="c{i}"{"" if c == "right" else " checked"}> {c} ({counts[c]})</label>' for i, c in enumerate(names))
    hide = "".join(f"body:has(#c{i}:not(:checked)) .c{i}{{display:none}}" for i, _ in enumerate(names))
    body = "".join(f'<tr class="c{names.index(cause)}"><td><b>{cause}</b><br>{html.escape(document)}</td><td>{marked(text, gold) if gold else "–"}</td>'
                   f'<td>{marked(text, ours) if ours else "–"}</td></tr>\n' for cause, document, text, gold, ours in rows)
    return (f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Attributions that differ</title><style>{STYLE}{hide}</style>'
            f"<h1>Attributions that differ</h1><p>{boxes}</p><table><tr><th>cause</th><th>gold</th><th>ours</th></tr>\n{body}</table></html>\n")


def main():
    parser = argparse.ArgumentParser(description="Show where attributions differ from gold ones.")
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("ledgers", type=pathlib.Path)
    parser.add_argument("--outermost", action="store_true", help="leave out attributions inside others")
    parser.add_argument("--page", type=pathlib.Path, help="write a page to look at each")
    args = parser.parse_args()
    if args.page and args.page.resolve().is_relative_to(ROOT):
        sys.exit(f"{args.page}: inside the repository; the page holds the gold's text")
    ledgers = {d["document"]["id"]: d for d in map(json.loads, filter(str.strip, args.ledgers.open(encoding="utf8")))}
    rows = []
    for gold in map(json.loads, args.gold.open(encoding="utf8")):
        if gold["id"] not in ledgers:
            sys.exit(f"{args.ledgers}: no ledger for {gold['id']}")
        rows += [(cause, gold["id"], gold["text"], *pair) for cause, *pair in compare(gold, ledgers[gold["id"]], args.outermost)]
    counts = collections.Counter(cause for cause, *_ in rows)
    for cause, meaning in CAUSES.items():
        if counts[cause]:
            print(f"{counts[cause]:5}  {cause:18} {meaning}")
    if args.page:
        args.page.write_text(page(rows, counts), encoding="utf8")


if __name__ == "__main__":
    main()
