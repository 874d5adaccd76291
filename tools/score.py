#!/usr/bin/env python3
"""Scores the program on the dev data and prints one table: ./dev score [--shared FOLDER] [--keep FOLDER]

The dev data and their scorers are not part of this repository; FOLDER (default ../shared) holds data/, acceptance/ and
tools/. Everything starts from raw text. Bars are those of the issue that the house was built for; a figure under its
bar is marked and the exit code is 1.
"""
import argparse
import gzip
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

import attribution_table
import calibration
import score_articles
import speakers

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Scores:
    """Runs program and scorers; collects rows (what, figure, bar)."""

    def __init__(self, program, shared, work):
        self.program, self.shared, self.work = program, shared, work
        self.rows, self.details = [], []

    def row(self, what, figure, bar=None):
        self.rows.append((what, figure, bar))

    def make(self, name, *command):
        """Writes the output of a command to a file; gives its path."""
        path = self.work / name
        with path.open("wb") as out:
            done = subprocess.run([str(c) for c in command], stdout=out, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(str(c) for c in command)}\n{done.stderr.decode('utf8', 'replace')}")
        return path

    def score(self, tool, *args):
        command = [sys.executable, str(self.shared / "tools" / tool), *map(str, args)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def parse(self, language, bars, name_bar=None):
        gold = self.shared / "data" / "treebank" / f"{language}-dev.conllu"
        text = self.make(f"{language}.txt", sys.executable, self.shared / "tools" / "conllu_to_text.py", gold)
        system = self.make(f"{language}.conllu", self.program, "parse", "--language", language, "--format", "conllu", text)
        out = self.score("score_parse.py", gold, system)
        for what in ("Tokens", "Sentences", "UPOS", "UFeats", "Lemmas", "UAS", "LAS"):
            self.row(f"{language}-dev {what}", number(rf"^{what}\b.*?F1\s+([\d.]+)", out), bars.get(what))
        if language != "en":
            out = self.score("score_names.py", gold, system, "--coarse")
            self.row(f"{language}-dev names", number(r"^micro.*?F1\s+([\d.]+)", out), name_bar)

    def attributions(self, language, options=(), bars=None):
        """The scorer's whole table with intervals, the speaker's entity, and how far confidence can be trusted. `bars` by row."""
        gold = self.shared / "data" / "attribution" / f"{language}-dev.jsonl"
        articles = self.work / f"{language}.jsonl"
        with articles.open("w", encoding="utf8") as out:
            for line in gold.open(encoding="utf8"):
                article = json.loads(line)
                out.write(json.dumps({k: article[k] for k in ("id", "text", "language")}) + "\n")
        ledgers = self.make(f"{language}.ledgers", self.program, "read", "--format", "json", articles)
        counts = attribution_table.documents(self.shared / "tools" / "score_attribution.py", gold, ledgers, options)
        rows = attribution_table.table(counts)
        figures = {name: figure for name, figure, _, _ in rows}
        for name in ("triple F1", "triple recall", "link"):
            self.row(f"{language}-dev {name}", figures[name], (bars or {}).get(name))
        others = ("exact source F1", "exact cue F1", "exact content F1", "quote type", "commitment", "commitment F1, mean of four")
        for name in filter(figures.__contains__, others):
            self.row(f"{language}-dev {name}", figures[name], (bars or {}).get(name))
        outermost = "--outermost" in options
        who = speakers.score(gold, ledgers, outermost)
        self.row(f"{language}-dev speaker, of matched", speakers.share(who))
        self.details.append(attribution_table.show(f"{language}-dev{' '.join(('', *options))}", rows))
        self.details.append(speakers.show(f"{language}-dev", who))
        self.details.append(calibration.show(f"{language}-dev", calibration.table(gold, ledgers, outermost)))

    def pages(self):
        """Body of pages: the program's extract against the article-extraction-benchmark."""
        folder = self.shared / "data" / "html"
        unpacked = self.work / "pages"
        unpacked.mkdir(exist_ok=True)
        for page in sorted((folder / "pages").glob("*.html.gz")):
            (unpacked / page.name.removesuffix(".gz")).write_bytes(gzip.decompress(page.read_bytes()))
        articles = self.make("pages.jsonl", self.program, "extract", *sorted(unpacked.glob("*.html")))
        lines = map(json.loads, articles.read_text(encoding="utf8").splitlines())
        bodies = {pathlib.Path(a["id"]).stem: a["articleBody"] for a in lines}
        theirs = self.trafilatura(sorted(unpacked.glob("*.html")))
        self.row("pages F1", self.page_f1(folder, "pages.ids.jsonl", bodies), theirs or 96.2)
        if theirs:
            self.row("pages F1 of trafilatura", theirs)

    def page_f1(self, folder, name, bodies):
        path = self.work / name
        path.write_text("".join(json.dumps({"id": page, "articleBody": body}) + "\n" for page, body in bodies.items()),
                        encoding="utf8")
        return 100 * number(r"^F1 ([\d.]+)", self.score("score_html.py", folder / "ground-truth.json", path))

    def trafilatura(self, pages):
        """F1 of trafilatura on the same pages, where this Python has it (pip install trafilatura lxml_html_clean)."""
        try:
            import trafilatura
        except ImportError:
            return None
        bodies = {page.stem: trafilatura.extract(page.read_bytes(), include_comments=False) or "" for page in pages}
        return self.page_f1(self.shared / "data" / "html", "trafilatura.jsonl", bodies)

    def acceptance(self):
        folder = self.shared / "acceptance"
        texts = sorted(folder.glob("*.txt"))
        ledgers = self.make("acceptance.ledgers", self.program, "read", "--format", "json", *texts)
        out = self.score("score_acceptance.py", folder, ledgers)
        model = re.search(r"^sjojgu\S*\s+statements right\s+(\d+)/\d+\s+matched\s+\d+\s+extra\s+(\d+)\s+findings (\d+)/", out, re.M)
        self.row("model case statements", float(model.group(1)), 8)
        self.row("model case extra (at most)", float(model.group(2)), -4)
        self.row("model case findings", float(model.group(3)), 4)
        self.details.append(out)

    def own_articles(self):
        """The house's own articles, tests/acceptance, by the house's own scorer."""
        values, lines = score_articles.score(ROOT / "tests" / "acceptance", self.program)
        floors = json.loads((ROOT / "tests" / "acceptance" / "floors.json").read_text(encoding="utf8"))
        for name, value in values.items():
            self.row(f"own {name}", value, -float(floors[name]) if name == "false_findings" else floors[name])
        self.details.append("\n".join(line for line in lines if not line.startswith("    ")) + "\n")


def number(pattern, text):
    found = re.search(pattern, text, re.M)
    return float(found.group(1)) if found else float("nan")


def main():
    parser = argparse.ArgumentParser(description="Score the program on the dev data.")
    parser.add_argument("--program", default=str(ROOT / "build" / "avstand"))
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--keep", type=pathlib.Path, help="keep what the program wrote here")
    args = parser.parse_args()
    if not (args.shared / "tools").is_dir():
        sys.exit(f"score: {args.shared} does not hold the dev data and scorers (--shared)")
    with tempfile.TemporaryDirectory() as folder:
        work = args.keep or pathlib.Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        scores = Scores(str(pathlib.Path(args.program).resolve()), args.shared, work)
        scores.parse("nb", {"UPOS": 96, "LAS": 84}, 72)
        scores.parse("nn", {"UPOS": 96, "LAS": 84})
        scores.parse("en", {"LAS": 79})
        labels = {"quote type": 92, "commitment": 85, "commitment F1, mean of four": 55}
        scores.attributions("nb", bars={"triple F1": 76, "triple recall": 76, "link": 88} | labels)
        scores.attributions("nn", bars={"triple F1": 70})  # three documents: labels are told, not judged
        exact = {"exact source F1": 75, "exact cue F1": 69, "exact content F1": 62}
        scores.attributions("en", ("--outermost",), {"triple F1": 72} | exact)
        scores.pages()
        scores.acceptance()
        scores.own_articles()
    under = 0
    for what, figure, bar in scores.rows:
        missed = bar is not None and not (figure >= bar if math.copysign(1, bar) > 0 else figure <= -bar)
        under += missed
        print(f"{what:34} {figure:7.2f}" + (f"   bar {abs(bar):5.1f}" if bar is not None else "") + ("   UNDER" if missed else ""))
    print("\n" + "\n".join(scores.details), end="")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
