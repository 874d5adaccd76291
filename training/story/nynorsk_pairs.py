#!/usr/bin/env python3
"""Makes data/story/nynorsk.tsv: which Bokmål lemma a Nynorsk lemma answers to.

usage: nynorsk_pairs.py BOKMAAL.conllu NYNORSK.conllu > data/story/nynorsk.tsv

The files are `avstand read --layer conllu` of two texts whose paragraphs are translations of each other, line by line
(the NPK sentences and their rule-based translation). Paragraphs with the same number of words are taken word by word; a
pair is kept where the two words have the same tag, the Nynorsk lemma is seen at least three times and at least half of
its partners are the same. Lemmas that are written alike are left out.
"""
import collections
import sys

OPEN = {"NOUN", "VERB", "ADJ", "ADV", "NUM", "PRON", "DET"}


def paragraphs(path):
    words = []
    with open(path, encoding="utf8") as lines:
        for line in lines:
            if line.startswith("# newpar"):
                if words:
                    yield words
                words = []
            elif line[:1].isdigit():
                cells = line.split("\t")
                if cells[0].isdigit():
                    words.append((cells[2].lower(), cells[3]))
    if words:
        yield words


def main():
    partners = collections.defaultdict(collections.Counter)
    for nb, nn in zip(paragraphs(sys.argv[1]), paragraphs(sys.argv[2])):
        if len(nb) != len(nn):
            continue
        for (a, tag), (b, other) in zip(nb, nn):
            if tag == other and tag in OPEN and a.isalpha() and b.isalpha():
                partners[b][a] += 1
    print("# source: the NPK sentences (CC0) and their rule-based translation, word by word;"
          " made by training/story/nynorsk_pairs.py")
    print("# licence: CC0-1.0")
    print("# columns: nynorsk\tbokmål")
    for nynorsk in sorted(partners):
        best, count = min(partners[nynorsk].items(), key=lambda pair: (-pair[1], pair[0]))
        total = sum(partners[nynorsk].values())
        if best != nynorsk and total >= 3 and 2 * count >= total:
            print(f"{nynorsk}\t{best}")


if __name__ == "__main__":
    main()
