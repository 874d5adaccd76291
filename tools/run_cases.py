#!/usr/bin/env python3
"""Runs the text cases: what the engine makes of short texts, rule file by rule file.

usage: run_cases.py [--program PATH] [--rebaseline [--yes]] [RULE[/CASE] ...]

A case is a folder tests/case/RULE/NAME/ with one or more inputs input.LANGUAGE.txt and one expected.txt. The first line
of expected.txt says what is looked at:

  # avstand read --layer mentions [other options]

and the rest is what that prints for the inputs, in order of their names, each after its '# article' line. LANGUAGE is
given to the program, unless the options say '--language identify'; 'und' is never given. A new case needs its inputs
and that first line only: --rebaseline shows what it would write, asks, and writes.
"""
import argparse
import collections
import difflib
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "case"
HEAD = "# avstand read "
STARTS = ("# article ", "# newdoc id = ")


class Case:
    def __init__(self, folder):
        self.folder, self.name = folder, str(folder.relative_to(CASES))
        self.expected = (folder / "expected.txt").read_text(encoding="utf8")
        self.head = self.expected.split("\n", 1)[0]
        if not self.head.startswith(HEAD):
            sys.exit(f"{folder}/expected.txt: the first line must be '{HEAD}--layer NAME'")
        options = self.head[len(HEAD):].replace("--language identify", "")
        self.identify = options != self.head[len(HEAD):]
        self.options = tuple(shlex.split(options))
        self.inputs = sorted(folder.glob("input.*.txt"))
        if not self.inputs:
            sys.exit(f"{folder}: there is no input.LANGUAGE.txt")

    def language(self, path):
        """The language to tell the program, empty: none."""
        language = path.name.split(".")[1]
        return "" if self.identify or language == "und" else language


def cases(wanted):
    found = [Case(path.parent) for path in sorted(CASES.glob("*/*/expected.txt"))]
    return [c for c in found if not wanted or any(c.name == w or c.name.startswith(w.rstrip("/") + "/") for w in wanted)]


def call(program, options, language, names):
    given = ["--language", language] if language else []
    done = subprocess.run([program, "read", *options, *given, *names], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode("utf8", "replace") or f"{program}: exit {done.returncode}")
    return done.stdout.decode("utf8")


def run(program, options, language, paths):
    """Reads the paths in one go; gives the output of each. Only layers tell where an article begins."""
    names = {str(p.relative_to(ROOT)): p for p in paths}
    if "--layer" not in options:
        return {p: f"# article {p.name}\n" + call(program, options, language, [n]) for n, p in names.items()}
    pieces, current = {}, None
    for line in call(program, options, language, list(names)).splitlines(keepends=True):
        start = next((s for s in STARTS if line.startswith(s)), "")
        if start and line[len(start):].rstrip("\n") in names:
            current = names[line[len(start):].rstrip("\n")]
            line = start + current.name + "\n"
        if current is None:
            sys.exit(f"run_cases: output before the first article: {line!r}")
        pieces[current] = pieces.get(current, "") + line
    return pieces


def outputs(program, found):
    """What each input gives now; one run for all inputs with the same options and language."""
    batches, result = collections.defaultdict(list), {}
    for case in found:
        for path in case.inputs:
            batches[case.options, case.language(path)].append(path)
    for (options, language), paths in sorted(batches.items()):
        result.update(run(program, options, language, paths))
    return result


def main():
    parser = argparse.ArgumentParser(description="Run the text cases.")
    parser.add_argument("--program", default=str(ROOT / "build" / "avstand"))
    parser.add_argument("--rebaseline", action="store_true", help="accept differences after showing them")
    parser.add_argument("--yes", action="store_true", help="accept without asking")
    parser.add_argument("case", nargs="*")
    args = parser.parse_args()
    found = cases(args.case)
    if not found:
        sys.exit("run_cases: there is no such case")
    now = outputs(str(pathlib.Path(args.program).resolve()), found)
    changed = []
    for case in found:
        new = case.head + "\n" + "".join(now[path] for path in case.inputs)
        if new != case.expected:
            changed.append((case, new))
            sys.stdout.writelines(difflib.unified_diff(
                case.expected.splitlines(keepends=True), new.splitlines(keepends=True),
                f"{case.name}/expected.txt", f"{case.name}: now"))
    if args.rebaseline and changed:
        if not args.yes and input(f"\nAccept {len(changed)} changed cases? [y/N] ").strip().lower() != "y":
            return 1
        for case, new in changed:
            (case.folder / "expected.txt").write_text(new, encoding="utf8")
        print(f"{len(changed)} cases rewritten")
        return 0
    print(f"{len(found) - len(changed)} of {len(found)} cases as expected")
    if changed:
        print("show: ./dev cases RULE/CASE; accept: ./dev cases --rebaseline RULE/CASE")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
