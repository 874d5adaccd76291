#!/usr/bin/env python3
"""The whole table of attributions against gold ones, each figure with the interval that drawing documents anew gives it.

usage: attribution_table.py GOLD.jsonl LEDGERS.jsonl --scorer FILE [--outermost]

FILE is the scorer of the dev data (score_attribution.py); it judges one document at a time here, and its counts are added up.
The interval: 95 of 100 sets of as many documents, drawn with replacement, lie in it (percentile bootstrap; Efron and Tibshirani
1993). It tells what other documents of the same kind may give; three documents tell little.
"""
import argparse
import collections
import contextlib
import io
import pathlib
import random
import runpy
import sys
import tempfile

ROLES = ("source", "cue", "content")
STANCES = ("distanced", "endorsed", "denied", "uncertain")  # what a commitment may be but for neutral
TIMES, SEED = 2000, 1


def judged(scorer, article, ledger, options=()):
    """Counts of one document, its article and ledger as lines of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / name for name in ("gold", "ledger")]
        for path, line in zip(paths, (article, ledger)):
            path.write_text(line, encoding="utf8")
        before = sys.argv
        sys.argv = [str(scorer), *map(str, paths), *options]
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                found = runpy.run_path(str(scorer))
        finally:
            sys.argv = before
    out = collections.Counter()
    for what in ("exact", "token"):
        for role in ROLES:
            add(out, f"{what} {role}", found[what][role])
    add(out, "triple", found["triple"])
    add(out, "link", (found["linked"], found["matched"], found["matched"]))
    for label in ("quote", "commitment"):
        right, of = found["labels"].get(label, (0, 0))
        add(out, label, (right, of, of))
    for label in STANCES:
        add(out, label, found["per_label"].get(label, (0, 0, 0)))
    return out


def add(counts, what, right_given_wanted):
    for name, n in zip(("right", "given", "wanted"), right_given_wanted):
        counts[what, name] += n


def documents(scorer, gold_path, ledger_path, options=()):
    with open(gold_path, encoding="utf8") as gold, open(ledger_path, encoding="utf8") as ledgers:
        return [judged(scorer, article, ledger, options) for article, ledger in zip(gold, ledgers)]


def f1(total, what):
    both = total[what, "given"] + total[what, "wanted"]
    return 200 * total[what, "right"] / both if both else 0.0


def share(total, what, of):
    return 100 * total[what, "right"] / total[what, of] if total[what, of] else 0.0


def figures(total):
    """Name and figure of each row, from counts added up. Labels only where the gold has them."""
    out = {f"{what} {role} F1": f1(total, f"{what} {role}") for what in ("exact", "token") for role in ROLES}
    out |= {"triple precision": share(total, "triple", "given"), "triple recall": share(total, "triple", "wanted"),
            "triple F1": f1(total, "triple"), "link": share(total, "link", "given")}
    if total["commitment", "wanted"]:
        out |= {"quote type": share(total, "quote", "given"), "commitment": share(total, "commitment", "given"),
                "commitment F1, mean of four": sum(f1(total, label) for label in STANCES) / len(STANCES)}
        out |= {f"commitment F1, {label}": f1(total, label) for label in STANCES}
    return out


def table(counts):
    """Rows (name, figure, low, high)."""
    add_up = lambda some: sum(some, collections.Counter())  # noqa: E731
    draw, drawn = random.Random(SEED), collections.defaultdict(list)
    for _ in range(TIMES):
        for name, value in figures(add_up(draw.choices(counts, k=len(counts)))).items():
            drawn[name].append(value)
    rows = []
    for name, value in figures(add_up(counts)).items():
        some = sorted(drawn[name])
        rows.append((name, value, some[len(some) // 40], some[-1 - len(some) // 40]))
    return rows


def show(title, rows):
    lines = [f"{title}: figure, and where 95 of 100 sets of documents drawn anew lie"]
    lines += [f"  {name:28} {value:6.1f}   {low:5.1f}–{high:5.1f}" for name, value, low, high in rows]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Show the whole table of attributions with intervals.")
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("ledgers", type=pathlib.Path)
    parser.add_argument("--scorer", type=pathlib.Path, required=True)
    parser.add_argument("--outermost", action="store_true", help="leave out attributions inside others")
    args = parser.parse_args()
    counts = documents(args.scorer, args.gold, args.ledgers, ("--outermost",) if args.outermost else ())
    print(show(args.gold.stem, table(counts)), end="")


if __name__ == "__main__":
    main()
