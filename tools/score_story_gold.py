#!/usr/bin/env python3
"""Score `avstand stories --json` against our own gold stories.

usage: score_story_gold.py AVSTAND GOLD_DIR [NAME=FLOOR ...]

AVSTAND is the program; GOLD_DIR holds sNN.json and fillers.json (tests/story/gold/README.md). Prints one line per measure,
in per cent, and exits 1 when a measure is below its floor. Measures:

  stories    B-cubed F1 over articles, without those that hold no mention of a claim (same people, other matter)
  copies     F1 over pairs of articles
  mentions   share of the gold mentions that a mention of ours covers: half of the gold one, 30 % of ours
  claims     B-cubed F1 over the covered mentions
  counts     share of the gold claims whose closest claim of ours has the right number of independent origins
  origins    share of the covered mentions with the right first hand (the speaker's name will do)
  chains     share of the covered mentions with the right hands from first to last, the outlet left out
  relations  F1 over pairs of claims in conflict or where one updates the other; rings  F1 over pairs of articles
"""
import collections
import json
import pathlib
import subprocess
import sys


def plain(name):
    return "".join(c for c in name.casefold() if c.isalnum())


def full_text(article):
    return article["title"] + "\n\n" + article["text"]


def bcubed(gold, ours):
    """F1 over the items of gold (item -> group); an item that ours lacks is a group of its own."""
    groups = [collections.defaultdict(set), collections.defaultdict(set)]
    for item in gold:
        groups[0][gold[item]].add(item)
        groups[1][ours.get(item, item)].add(item)
    precision = recall = 0.0
    for item in gold:
        g, o = groups[0][gold[item]], groups[1][ours.get(item, item)]
        precision += len(g & o) / len(o)
        recall += len(g & o) / len(g)
    return 2 * precision * recall / (precision + recall) / len(gold) if gold and precision else 0.0


def f1(gold, ours):
    return 2 * len(gold & ours) / (len(gold) + len(ours)) if gold or ours else 1.0


def pairs(ids):
    return {frozenset((a, b)) for a in ids for b in ids if a < b}


class Names:
    """The forms of a story's names; every source without a name is the same one."""

    def __init__(self, story):
        self.forms = {plain(k): {plain(k), *map(plain, v)} for k, v in story.get("names", {}).items()}

    def of(self, name):
        if name in ("unstated", "unnamed") or name.startswith("unknown"):
            return {"unnamed"}
        return self.forms.get(plain(name), {plain(name)})


def compare_chains(names, outlet, gold, ours):
    """(right origin, right chain); the told or the resolved chain of the gold, whichever fits."""
    told = [plain(h) for h in ours["chain"]]
    mouth = {plain(ours["speaker"])} if ours.get("speaker") else set()
    best = (False, False)
    for chain in filter(None, (gold.get("chain"), gold.get("resolved_chain"))):
        wanted = [names.of(h) for h in chain]
        if plain(outlet) in wanted[-1]:
            wanted.pop()
        here = told[:-1] if told and told[-1] == plain(outlet) else told
        fits = [bool(({h} | (mouth if i == 0 else set())) & w) for i, (w, h) in enumerate(zip(wanted, here))]
        first = fits[0] if fits else not wanted and not here
        best = (best[0] or first, best[1] or (len(wanted) == len(here) and all(fits)))
    return best


class Scorer:
    def __init__(self, gold, fillers, stories):
        self.gold, self.fillers, self.stories = gold, fillers, stories
        self.articles = {a["id"]: a for s in gold for a in s["articles"]}
        self.claims = {(s["id"], c["id"]): c for s in stories for c in s["claims"]}

    def align(self):
        """Gold mention -> (mention of ours, its claim), the best overlap first, each used once."""
        ours = collections.defaultdict(list)
        for key, claim in self.claims.items():
            for m in claim["mentions"]:
                ours[m["article"]].append((m, key))
        self.mentions, found, shared = {}, [], collections.Counter()
        for s in self.gold:
            for c in s["claims"]:
                for n, m in enumerate(c["mentions"]):
                    self.mentions[s["id"], c["id"], n] = m
        for item, m in self.mentions.items():
            begin = full_text(self.articles[m["article"]]).find(m["text"])
            end = begin + len(m["text"])
            for at, (o, key) in enumerate(ours[m["article"]]):
                both = min(end, o["end"]) - max(begin, o["begin"])
                if both >= 0.5 * (end - begin) and both >= 0.3 * (o["end"] - o["begin"]):
                    shared[item[:2], key] += 1
                    found.append((both / max(end - begin, o["end"] - o["begin"]), item, (m["article"], at), o, key))
        self.aligned, used = {}, set()
        for overlap, item, at, o, key in sorted(found, key=lambda x: (-x[0], -shared[x[1][:2], x[4]], x[1], x[2])):
            if item not in self.aligned and at not in used:
                used.add(at)
                self.aligned[item] = (o, key)

    def closest(self):
        """Gold claim -> claim of ours with most of its mentions."""
        votes = collections.defaultdict(collections.Counter)
        for item, (_, key) in self.aligned.items():
            votes[item[:2]][key] += 1
        return {item: counter.most_common(1)[0][0] for item, counter in votes.items()}

    def related(self, closest):
        gold, ours = set(), set()
        for s in self.gold:
            for c in s["claims"]:
                for other in c.get("conflicts_with", []) + c.get("updates", []):
                    ends = [closest.get((s["id"], x), ("gold", s["id"], x)) for x in (c["id"], other)]
                    gold.add(frozenset(ends))
        for (story, claim), c in self.claims.items():
            for other in c["conflicts_with"] + c["updates"]:
                ours.add(frozenset(((story, claim), (story, other))))
        return f1(gold, ours)

    def run(self):
        self.align()
        closest = self.closest()
        told = {m["article"] for m in self.mentions.values()}
        where = {a: s["id"] for s in self.stories for a in s["articles"]}
        story_of = {a["id"]: s["id"] for s in self.gold for a in s["articles"] if a["id"] in told}
        story_of |= {a["id"]: a["id"] for a in self.fillers}
        names = {s["id"]: Names(s) for s in self.gold}
        hands = [compare_chains(names[i[0]], self.articles[self.mentions[i]["article"]]["outlet"], self.mentions[i], o)
                 for i, (o, _) in self.aligned.items()]
        wanted = {(s["id"], c["id"]): c["independent_origins"] for s in self.gold for c in s["claims"]}
        right = sum(k in closest and self.claims[closest[k]]["independent_origins"] == n for k, n in wanted.items())
        copies = [{frozenset((c["of"], x)) for s in side for c in s.get("copies", []) for x in c["articles"]}
                  for side in (self.gold, self.stories)]
        rings = [set().union(*(pairs(r) for s in side for r in s.get("circular", []))) for side in (self.gold, self.stories)]
        return {
            "stories": bcubed(story_of, where), "copies": f1(*copies),
            "mentions": len(self.aligned) / len(self.mentions),
            "claims": bcubed({i: i[:2] for i in self.aligned}, {i: k for i, (_, k) in self.aligned.items()}),
            "counts": right / len(wanted), "origins": sum(h[0] for h in hands) / len(hands),
            "chains": sum(h[1] for h in hands) / len(hands), "relations": self.related(closest), "rings": f1(*rings)}


def main():
    program, folder, *floors = sys.argv[1:]
    folder = pathlib.Path(folder)
    gold = [json.loads(f.read_text(encoding="utf8")) for f in sorted(folder.glob("s*.json"))]
    fillers = json.loads((folder / "fillers.json").read_text(encoding="utf8"))
    keep = ("id", "title", "text", "outlet", "published", "language")
    lines = [json.dumps({k: a[k] for k in keep}, ensure_ascii=False)
             for a in [a for s in gold for a in s["articles"]] + fillers]
    done = subprocess.run([program, "stories", "--json", "-"], input="\n".join(lines), capture_output=True,
                          text=True, encoding="utf8")
    if done.returncode != 0:
        sys.exit(f"{program}: {done.stderr}")
    scores = Scorer(gold, fillers, json.loads(done.stdout)["stories"]).run()
    low = 0
    wanted = {name: float(value) for name, value in (f.split("=") for f in floors)}
    for name in wanted.keys() - scores.keys():
        sys.exit(f"there is no measure '{name}'")
    for name, value in scores.items():
        short = 100 * value < wanted.get(name, 0)
        low += short
        print(f"{name:10} {100 * value:5.1f}" + (f"   below {wanted[name]:g}" if short else ""))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
