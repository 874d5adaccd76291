#!/usr/bin/env python3
"""Golden ledgers: the decisions that the engine makes on examples/, kept under tests/golden/.

usage: golden.py [--program PATH] [--accept]

A golden file is a ledger with every span replaced by its words, and without what is no decision: the text, offsets,
confidence, engine version and digests. Without --accept, differences are shown and the exit code is 1.
"""
import argparse
import difflib
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
DROPPED = {"engine", "confidence", "digest", "sentences", "source_bytes", "text"}
SPAN_LISTS = {"content", "cue", "source", "spans"}
SPANS = {"span", "credit", "kicker"}


def words(value, text):
    """The ledger value with words in place of offsets."""
    if isinstance(value, list):
        return [words(v, text) for v in value]
    if not isinstance(value, dict):
        return value
    out = {}
    for key, v in value.items():
        if key in DROPPED:
            continue
        if key in SPAN_LISTS and isinstance(v, list):
            out[key] = [text[b:e] for b, e in v]
        elif key in SPANS and isinstance(v, list):
            out[key] = text[v[0]:v[1]]
        elif key == "begin":
            out["words"] = text[v:value["end"]]
        elif key != "end":
            out[key] = words(v, text)
    return out


def ledgers(program):
    inputs = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".jsonl"))
    done = subprocess.run([program, "read", "--format", "json", *inputs], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode("utf8", "replace") or f"{program}: exit {done.returncode}")
    for line in done.stdout.decode("utf8").splitlines():
        ledger = json.loads(line)
        name = ledger["document"]["id"].rsplit("/", 1)[-1]
        yield name.removesuffix(".txt") + ".json", words(ledger, ledger["document"]["text"])


def main():
    parser = argparse.ArgumentParser(description="Compare ledgers of examples/ with the golden ones.")
    parser.add_argument("--program", default=str(ROOT / "build" / "avstand"))
    parser.add_argument("--accept", action="store_true", help="make the present ledgers the golden ones")
    args = parser.parse_args()
    changed, names = [], set()
    for name, decisions in ledgers(str(pathlib.Path(args.program).resolve())):
        path = GOLDEN / name
        names.add(name)
        new = json.dumps(decisions, ensure_ascii=False, indent=1) + "\n"
        old = path.read_text(encoding="utf8") if path.exists() else ""
        if new != old:
            changed.append(name)
            sys.stdout.writelines(difflib.unified_diff(
                old.splitlines(keepends=True), new.splitlines(keepends=True), f"golden/{name}", "now", n=4))
            if args.accept:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(new, encoding="utf8")
    for path in sorted(GOLDEN.glob("*.json")):
        if path.name not in names:
            changed.append(path.name)
            print(f"golden/{path.name}: there is no such article in examples/ any more")
            if args.accept:
                path.unlink()
    if args.accept:
        print(f"{len(changed)} golden ledgers rewritten")
        return 0
    print(f"{len(names) - len(changed)} of {len(names)} ledgers as they were")
    if changed:
        print("show: ./dev golden; accept: ./dev golden --accept")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
