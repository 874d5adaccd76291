#!/usr/bin/env python3
"""Articles with attributions marked in the text, as training/data/ has them, to JSON lines as the gold has them and back.

usage: annotated.py FILE... > GOLD.jsonl          annotated.py --back GOLD.jsonl > FILE

A mark is "[IDS PART TEXT]": ids of attributions, joined by commas; s (source), q (cue) or c (content); labels that are not
what the text tells by itself ("[3q=distanced hevder]"). Marks may stand inside each other. training/data/README.md has the
whole format. An error names file and line, and nothing is written."""
import json, re, sys

PARTS = {"s": "source", "q": "cue", "c": "content"}
LABELS = {"quote": ("direct", "indirect", "mixed", "scare"), "commitment": ("neutral", "distanced", "endorsed", "denied", "uncertain"),
          "source_type": ("person", "organisation", "media", "document", "sensor", "unnamed", "none"),
          "verification": ("confirmed", "unverified", "disputed")}
KIND = {label: kind for kind, labels in LABELS.items() for label in labels}
MARK = re.compile(r"\[((?:\d+)(?:,\d+)*)([sqc])((?:=[a-z]+)*) ")
DASHES, OPENING, CLOSING = "–—-", "«“\"„", "»”\""


class Wrong(Exception): pass


def parse(lines, where):
    """One article: lines of marked text -> (text, attributions)."""
    text, found, open_marks, size = [], {}, [], 0
    for number, line in lines:
        at = 0
        while at < len(line):
            mark = MARK.match(line, at)
            if mark:
                open_marks.append((mark[1].split(","), mark[2], mark[3].split("=")[1:], size, number)); at = mark.end()
            elif line[at] == "[": raise Wrong(f"{where}:{number}: not a mark: {line[at:at + 20]}")
            elif line[at] == "]":
                if not open_marks: raise Wrong(f"{where}:{number}: nothing is open at column {at + 1}")
                ids, part, labels, begin, _ = open_marks.pop(); at += 1
                for i in ids:
                    a = found.setdefault(int(i), {"source": [], "cue": [], "content": [], "line": number})
                    a[PARTS[part]].append([begin, size])
                    for label in labels:
                        if label not in KIND: raise Wrong(f"{where}:{number}: no label: {label}")
                        a[KIND[label]] = label
            else: text.append(line[at]); size += 1; at += 1
        text.append("\n"); size += 1
    if open_marks: raise Wrong(f"{where}:{open_marks[-1][4]}: not closed: [{','.join(open_marks[-1][0])}{open_marks[-1][1]}")
    text = "".join(text)
    for a in found.values():
        for part in PARTS.values(): a[part].sort()
    order = sorted(found, key=lambda i: min(b for b, _ in found[i]["content"] + found[i]["cue"] + found[i]["source"]))
    return text, [finished(i, found, text, where) for i in order]


def finished(i, found, text, where):
    a = found[i]
    if not a["content"]: raise Wrong(f"{where}:{a['line']}: attribution {i} has no content")
    said = [text[b:e] for b, e in a["content"]]
    if any(not s or s != s.strip() for s in said): raise Wrong(f"{where}:{a['line']}: attribution {i}: a part begins or ends with a space, or is empty")
    in_marks = said[0][0] in OPENING and (said[-1].rstrip(".,!?")[-1:] in CLOSING or len(said) > 1)
    direct = said[0][0] in DASHES or in_marks
    quote = "direct" if direct else "mixed" if any(c in s for s in said for c in "«“") else "indirect"
    return {"id": f"a{i}", **{p: a[p] for p in PARTS.values()}, "quote": a.get("quote", quote),
            "source_type": a.get("source_type", "person" if a["source"] else "none"), "commitment": a.get("commitment", "neutral"),
            "verification": a.get("verification", "none"), "parent": parent(i, found)}


def parent(i, found):
    """The smallest content that its cue (without one, its content) stands in."""
    mine = found[i]["cue"] or found[i]["content"]
    holds = lambda o: all(any(b <= x and y <= e for b, e in o["content"]) for x, y in mine)
    around = [(sum(e - b for b, e in o["content"]), j) for j, o in found.items()
              if j != i and holds(o) and (found[i]["cue"] or o["content"] != mine)]
    return f"a{min(around)[1]}" if around else None


def articles(path):
    """Blank lines part paragraphs and are left out; "# ID LANGUAGE" begins an article."""
    out = []
    with open(path, encoding="utf8") as file: lines = file.read().split("\n")
    for number, line in enumerate(map(str.strip, lines), 1):
        if line.startswith("# "):
            name, language = line[2:].split()
            out.append((name, language, []))
        elif line and not out: raise Wrong(f"{path}:{number}: text before the first article")
        elif line: out[-1][2].append((number, line))
    for name, language, lines in out:
        text, attributions = parse(lines, path)
        yield {"id": name, "language": language, "text": text, "attributions": attributions}


def back(d):
    """The gold's form with marks, one sentence a line as it has them."""
    text, order = d["text"], {a["id"]: k + 1 for k, a in enumerate(d["attributions"])}
    spans = {}
    for a in d["attributions"]:
        for key, part in PARTS.items():
            for b, e in a[part]: spans.setdefault((b, e, key), []).append(a)
    opens, closes = {}, {}
    for (b, e, key), of in sorted(spans.items(), key=lambda s: (s[0][0], -s[0][1])):
        labels = "".join("=" + a[k] for a in of[:1] for k in ("commitment",) if key == "q" and a.get(k, "neutral") != "neutral")
        opens.setdefault(b, []).append(f"[{','.join(str(order[a['id']]) for a in of)}{key}{labels} ")
        closes[e] = closes.get(e, 0) + 1
    out = []
    for i in range(len(text) + 1):
        out.append("]" * closes.get(i, 0)); out += opens.get(i, [])
        out.append(text[i:i + 1])
    return f"# {d['id']} {d['language']}\n" + "".join(out)


def main():
    if sys.argv[1:2] == ["--back"]:
        for d in map(json.loads, open(sys.argv[2], encoding="utf8")): print(back(d))
        return
    try: found = [d for path in sys.argv[1:] for d in articles(path)]
    except Wrong as e: sys.exit(str(e))
    for d in found: print(json.dumps(d, ensure_ascii=False))


if __name__ == "__main__": main()
