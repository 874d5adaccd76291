#!/usr/bin/env python3
"""Scores the program on the dev data and prints one table: ./dev score [--shared FOLDER] [--keep FOLDER] [--calibration]

The dev data and their scorers are not part of this repository; FOLDER (default ../shared) holds data/, acceptance/ and
tools/. Everything starts from raw text. Bars are those of the issue that the house was built for; a figure under its
bar is marked and the exit code is 1.
"""
import argparse
import gzip
import json
import math
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import calibration
import score_articles

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Scores:
    """Runs program and scorers; collects rows (what, figure, bar)."""

    def __init__(self, program, shared, work, calibrate=False):
        self.program, self.shared, self.work, self.calibrate = program, shared, work, calibrate
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

    def attributions(self, language, options=(), triple=None, recall=None):
        gold = self.shared / "data" / "attribution" / f"{language}-dev.jsonl"
        articles = self.work / f"{language}.jsonl"
        with articles.open("w", encoding="utf8") as out:
            for line in gold.open(encoding="utf8"):
                article = json.loads(line)
                out.write(json.dumps({k: article[k] for k in ("id", "text", "language")}) + "\n")
        ledgers = self.make(f"{language}.ledgers", self.program, "read", "--format", "json", articles)
        out = self.score("score_attribution.py", gold, ledgers, *options)
        values = re.search(r"^triple\s+P\s+([\d.]+)\s+R\s+([\d.]+)\s+F1?\s+([\d.]+)", out, re.M)
        self.row(f"{language}-dev triple F1", float(values.group(3)), triple)
        self.row(f"{language}-dev triple recall", float(values.group(2)), recall)
        self.row(f"{language}-dev link", number(r"^link\s+([\d.]+)", out))
        low, high = self.interval(gold, ledgers, options)
        self.details.append(f"{language}-dev triple F1: 95 % of resampled sets of documents lie between {low:.1f} and {high:.1f}\n")
        if self.calibrate:
            rows = calibration.table(gold, ledgers, "--outermost" in options)
            self.details.append(calibration.show(f"{language}-dev", rows))

    def interval(self, gold, ledgers, options, times=2000):
        """Bootstrap over documents: the scorer judges each by itself, drawing with replacement does the rest."""
        counts = []
        for article, ledger in zip(gold.open(encoding="utf8"), ledgers.open(encoding="utf8")):
            one = [self.work / "one.gold", self.work / "one.ledger"]
            one[0].write_text(article, encoding="utf8")
            one[1].write_text(ledger, encoding="utf8")
            out = self.score("score_attribution.py", *one, *options)
            found = re.search(r"^triple.*?R\s+([\d.]+).*?\((\d+) gold, (\d+) predicted\)", out, re.M)
            right = round(float(found.group(1)) / 100 * int(found.group(2)))
            counts.append((right, int(found.group(2)), int(found.group(3))))
        draw = random.Random(1)
        scores = []
        for _ in range(times):
            right, wanted, given = map(sum, zip(*draw.choices(counts, k=len(counts))))
            scores.append(200 * right / (wanted + given) if wanted + given else 0.0)
        scores.sort()
        return scores[times // 40], scores[-times // 40]

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
    parser.add_argument("--calibration", action="store_true", help="show how often attributions are right, by confidence")
    args = parser.parse_args()
    if not (args.shared / "tools").is_dir():
        sys.exit(f"score: {args.shared} does not hold the dev data and scorers (--shared)")
    with tempfile.TemporaryDirectory() as folder:
        work = args.keep or pathlib.Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        scores = Scores(str(pathlib.Path(args.program).resolve()), args.shared, work, args.calibration)
        scores.parse("nb", {"UPOS": 96, "LAS": 84}, 72)
        scores.parse("nn", {"UPOS": 96, "LAS": 84})
        scores.parse("en", {"LAS": 79})
        scores.attributions("nb", triple=60, recall=60)
        scores.attributions("nn")
        scores.attributions("en", ("--outermost",), triple=55)
        scores.pages()
        scores.acceptance()
        scores.own_articles()
    under = 0
    for what, figure, bar in scores.rows:
        missed = bar is not None and not (figure >= bar if math.copysign(1, bar) > 0 else figure <= -bar)
        under += missed
        print(f"{what:28} {figure:7.2f}" + (f"   bar {abs(bar):5.1f}" if bar is not None else "") + ("   UNDER" if missed else ""))
    print("\n" + "\n".join(scores.details), end="")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
