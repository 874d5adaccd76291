#!/usr/bin/env python3
"""Check the form of our own gold stories and recompute what their mentions decide.

usage: check_story_gold.py GOLD_DIR       (holds sNN.json and fillers.json)

Checks that every quoted text stands in its article, that ids exist and are unique, that origins and counts
follow from the mentions, that conflicts are mutual and updates exist, and that a form has one canonical name.
Prints one line per fault and exits 1; exits 0 when all is right.
"""
import glob, json, os, sys

STATUS = {"happened", "planned", "alleged", "denied", "retracted"}
STANCE = {"asserts", "denies", "retracts", "open"}


def check_claim(story, claim, articles, say):
    """Faults in one claim; articles: id -> article of the same story."""
    where, ids = f"{story['id']} {claim['id']}", {c["id"] for c in story["claims"]}
    origins = []
    for m in claim["mentions"]:
        a = articles.get(m["article"])
        if not a:
            say(f"{where}: no article {m['article']}")
            continue
        if m["text"] not in a["text"] and m["text"] not in a["title"]:
            say(f"{where}: not in {a['id']}: {m['text'][:60]}")
        if m["stance"] not in STANCE or not m["chain"]:
            say(f"{where}: stance or chain of {m['text'][:40]}")
        for chain in (m["chain"], m.get("resolved_chain", m["chain"])):
            if chain[-1] != a["outlet"]:
                say(f"{where}: chain does not end in {a['outlet']}: {chain}")
        head = m.get("resolved_chain", m["chain"])[0]
        if m["stance"] == "asserts" and head != "unstated" and head not in origins:
            origins.append(head)
    if set(claim["origins"]) != set(origins) or len(claim["origins"]) != len(origins):
        say(f"{where}: origins {claim['origins']}, mentions give {origins}")
    unknown = sum(o.startswith("unknown:") for o in origins)
    if claim["unknown_origins"] != unknown:
        say(f"{where}: unknown_origins should be {unknown}")
    known = len(origins) - unknown
    if claim["independent_origins"] > known:
        say(f"{where}: independent_origins above {known}")
    if claim["independent_origins"] < known and not claim.get("note"):
        say(f"{where}: independent_origins below {known} without a note")
    outlets = len({articles[m["article"]]["outlet"] for m in claim["mentions"] if m["article"] in articles})
    if claim["outlets"] != outlets:
        say(f"{where}: outlets should be {outlets}")
    if claim["status"] not in STATUS:
        say(f"{where}: status {claim['status']}")
    for other in claim["conflicts_with"] + claim["updates"]:
        if other not in ids or other == claim["id"]:
            say(f"{where}: no claim {other}")
    for c in story["claims"]:
        if c["id"] in claim["conflicts_with"] and claim["id"] not in c["conflicts_with"]:
            say(f"{where}: conflict with {c['id']} is not mutual")


def check_story(story, say):
    """Faults in one story."""
    sid, articles = story["id"], {a["id"]: a for a in story["articles"]}
    if len({c["id"] for c in story["claims"]}) != len(story["claims"]):
        say(f"{sid}: claim ids not unique")
    for claim in story["claims"]:
        check_claim(story, claim, articles, say)
    for group in [[c["of"], *c["articles"]] for c in story["copies"]] + story["circular"]:
        for i in group:
            if i not in articles:
                say(f"{sid}: copies or circular: no article {i}")
    for item, key in [(p, "caption") for p in story["pictures"]] + [(f, "text") for f in story["findings"]]:
        a = articles.get(item["article"])
        if not a or (item[key] not in a["text"] and item[key] not in a["title"]):
            say(f"{sid}: not in {item['article']}: {item[key][:60]}")
    everything = "\n".join(a["title"] + "\n" + a["text"] for a in articles.values()).casefold()
    owner = {}
    for name, forms in story["names"].items():
        for form in forms:
            if form.casefold() not in everything:
                say(f"{sid}: name form in no article: {form}")
            if owner.setdefault(form.casefold(), name) != name:
                say(f"{sid}: {form} under {owner[form.casefold()]} and {name}")
    last = {a["outlet"] for a in articles.values()}
    for claim in story["claims"]:
        for m in claim["mentions"]:
            for hop in m["chain"] + m.get("resolved_chain", []):
                if hop not in story["names"] and hop not in last and hop != "unstated" and not hop.startswith("unknown:"):
                    say(f"{sid} {claim['id']}: hop without a name: {hop}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    faults, seen, paths = [], set(), sorted(glob.glob(os.path.join(sys.argv[1], "s[0-9]*.json")))
    if not paths:
        sys.exit(f"{sys.argv[1]}: no sNN.json")
    stories = []
    for path in paths:
        with open(path, encoding="utf8") as f:
            stories.append(json.load(f))
    fillers = []
    if os.path.exists(os.path.join(sys.argv[1], "fillers.json")):
        with open(os.path.join(sys.argv[1], "fillers.json"), encoding="utf8") as f:
            fillers = json.load(f)
    for a in [a for s in stories for a in s["articles"]] + fillers:
        if a["id"] in seen:
            faults.append(f"{a['id']}: id used twice")
        seen.add(a["id"])
    for story in stories:
        check_story(story, faults.append)
    print("\n".join(faults) if faults else f"{len(stories)} stories, {len(fillers)} fillers: right")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
