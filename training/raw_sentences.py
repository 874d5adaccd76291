"""Sentences of raw text in the engine's own tokens, without any that stand in the dev part of a treebank."""

import lzma
import os
import random
import subprocess
import tempfile

from data import Sentence, read_conllu, read_table
from features import fold, vector_key

SHORTEST, LONGEST = 4, 50
SHARED = 8  # words in a row that may not stand in dev


def sources(path: str, languages) -> list[tuple[str, str, int]]:
    """(language, file, words at most) of these languages."""
    return [(language, name, int(words)) for language, name, words in read_table(path) if language in languages]


def paragraphs(path: str, words: int, rng: random.Random) -> list[str]:
    """Lines of a file in random order, up to about `words` words."""
    with lzma.open(path, "rt", encoding="utf-8") as f:
        lines = [line.strip() for line in f]
    rng.shuffle(lines)
    taken, total = [], 0
    for line in lines:
        n = len(line.split())
        if SHORTEST <= n <= 300:
            taken.append(line)
            total += n
        if total >= words:
            break
    return taken


def tokenised(program: str, language: str, lines: list[str]) -> list[Sentence]:
    """What the engine makes of them (its tags and trees are not looked at)."""
    with tempfile.TemporaryDirectory() as folder:
        text, out = (os.path.join(folder, name) for name in ("raw.txt", "raw.conllu"))
        with open(text, "w", encoding="utf-8") as f:
            f.write("\n\n".join(lines) + "\n")
        subprocess.run([program, "parse", "--language", language, "--threads", "1", "--max-bytes", "1000000000",
                        "-o", out, text], check=True)
        return read_conllu(out, language)


def grams(forms: list[str]):
    """Runs of SHARED words, or all of a shorter sentence; typography and case do not count."""
    keys = tuple(fold(f).lower() for f in forms)
    return {keys[i:i + SHARED] for i in range(max(1, len(keys) - SHARED + 1))}


class Filter:
    """Refuses repeated sentences, those with words of dev, and those that are hardly the language."""

    def __init__(self, held_out: list[Sentence], known: set[str]):
        self.forbidden = set().union(*(grams(s.forms) for s in held_out))
        self.known, self.seen = known, set()
        self.refused = {"length": 0, "repeated": 0, "dev": 0, "words": 0}

    def reason(self, s: Sentence) -> str | None:
        key = tuple(s.forms)
        if not SHORTEST <= len(key) <= LONGEST:
            return "length"
        if key in self.seen:
            return "repeated"
        self.seen.add(key)
        if grams(s.forms) & self.forbidden:
            return "dev"
        unknown = sum(vector_key(fold(f)) not in self.known for f in key)
        return "words" if unknown > 0.3 * len(key) else None

    def takes(self, s: Sentence) -> bool:
        reason = self.reason(s)
        if reason:
            self.refused[reason] += 1
        return reason is None


def sample(program: str, text: str, texts, chosen: Filter, seed: int) -> list[Sentence]:
    """Sentences of `texts`, rows of `sources`."""
    rng, kept = random.Random(seed), []
    for language, name, words in texts:
        lines = paragraphs(os.path.join(text, name + ".txt.xz"), words, rng)
        found = [s for s in tokenised(program, language, lines) if chosen.takes(s)]
        print(f"{name}: {len(found)} sentences, {sum(len(s.forms) for s in found)} words", flush=True)
        kept += found
    return kept
