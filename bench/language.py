#!/usr/bin/env python3
"""The language engine beside UDPipe 1 and a spaCy pipeline: words/s, memory, load time, scores in one table.

usage: ./dev bench language [--text FILE] [--runs N]

Every system is a process that reads the same raw text and writes CoNLL-U, bound to one core. Words a second are those of its processor
time less that of a text of one word, which is the time to load. Scores are those of nb-dev from raw text, by the scorers of the dev
data. A system whose model is not in the cache is left out, with one line that says how to make it:

  C=~/.cache/avstand-bench; python3 -m venv $C/venv && $C/venv/bin/pip install ufal.udpipe spacy
  xzcat DATA/treebank/nb-train.conllu.xz > $C/nb-train.conllu
  $C/venv/bin/python bench/language_peers.py train-udpipe $C/nb-train.conllu $C/udpipe.model
  $C/venv/bin/python bench/language_peers.py train-spacy $C/nb-train.conllu $C/spacy.model [--vectors VECTORS.npz]
"""
import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
ONE_CORE = {"OMP_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
SLOWING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")  # a machine's workarounds for older libraries


def processes(cache, program):
    """(name, command, environment) of each system; a peer without a model is told and left out."""
    ours = [program, "parse", "--language", "nb", "--threads", "1", "-"]
    yield "Avstand, AVX-512", ours, {}
    yield "Avstand, AVX2", ours, {"AVSTAND_ISA": "avx2"}
    python, peers = cache / "venv" / "bin" / "python", ROOT / "bench" / "language_peers.py"
    for name, system in (("UDPipe 1", "udpipe"), ("spaCy", "spacy")):
        model = cache / f"{system}.model"
        if python.exists() and model.exists():
            yield name, [python, peers, "run", system, model], {}
        else:
            print(f"{name}: no {model}; `{sys.executable} {__file__} --help` says how to make it", file=sys.stderr)


def run(command, environment, text, out):
    """Processor seconds, wall seconds and peak MB of one process."""
    env = {k: v for k, v in os.environ.items() if k not in SLOWING} | ONE_CORE | environment
    core = max(os.sched_getaffinity(0))
    with open(text, "rb") as given, open(out, "wb") as taken:
        start = time.time()
        process = subprocess.Popen([str(c) for c in command], stdin=given, stdout=taken, env=env,
                                   preexec_fn=lambda: os.sched_setaffinity(0, {core}))
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))}: failed")
    return usage.ru_utime + usage.ru_stime, time.time() - start, usage.ru_maxrss / 1024


def score(tool, pattern, *args):
    done = subprocess.run([sys.executable, str(tool), *map(str, args)], capture_output=True, text=True, check=False)
    found = re.search(pattern, done.stdout, re.M)
    return float(found.group(1)) if found else float("nan")


def words_of(path):
    with open(path, encoding="utf8") as lines:
        return sum(line[0].isdigit() for line in lines if line.strip())


def measure(command, environment, args, work):
    """One row: words/s on each text, load seconds, peak MB, scores."""
    one = work / "one.txt"
    one.write_text("Ord.\n", encoding="utf8")
    load = statistics.median(run(command, environment, one, work / "one.out")[0] for _ in range(args.runs))
    speeds, peak = [], 0
    for text in (work / "dev.txt", *args.text):
        out = work / (text.stem + ".conllu")
        times, _, peaks = zip(*(run(command, environment, text, out) for _ in range(args.runs)))
        speeds.append(words_of(out) / (statistics.median(times) - load))
        peak = max(peak, *peaks)
    gold, system, tools = args.shared / "data/treebank/nb-dev.conllu", work / "dev.conllu", args.shared / "tools"
    scores = [score(tools / "score_parse.py", rf"^{what}\b.*?F1\s+([\d.]+)", gold, system)
              for what in ("Tokens", "Sentences", "UPOS", "Lemmas", "LAS")]
    return speeds, load, peak, scores + [score(tools / "score_names.py", r"^micro.*?F1\s+([\d.]+)", gold, system, "--coarse")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build" / "avstand"))
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path.home() / ".cache" / "avstand-bench")
    parser.add_argument("--text", type=pathlib.Path, action="append", default=[], help="another text to measure the speed on")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    if not (args.shared / "tools").is_dir():
        sys.exit(f"language: {args.shared} does not hold the dev data and scorers (--shared)")
    heads = ["words/s", *(f"words/s {t.stem}" for t in args.text), "load s", "peak MB",
             "tokens", "sentences", "UPOS", "lemmas", "LAS", "names"]
    print("| |", " | ".join(heads), "|\n|---|" + "---:|" * len(heads))
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        with open(work / "dev.txt", "wb") as out:
            subprocess.run([sys.executable, args.shared / "tools/conllu_to_text.py", args.shared / "data/treebank/nb-dev.conllu"],
                           stdout=out, check=True)
        for name, command, environment in processes(args.cache, args.program):
            speeds, load, peak, scores = measure(command, environment, args, work)
            cells = [*(f"{s:,.0f}" for s in speeds), f"{load:.2f}", f"{peak:.0f}", *(f"{s:.1f}" for s in scores)]
            print(f"| {name} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main()
