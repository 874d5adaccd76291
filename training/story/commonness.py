#!/usr/bin/env python3
"""Makes data/story/commonness.tsv: how common the commonest words of news are.

usage: commonness.py BOKMAAL.conllu ENGLISH_FREQUENCIES.tsv > data/story/commonness.tsv

The first file is `avstand read --layer conllu` of the NPK sentences (CC0), the second has word and count a row. The
value is ten times the natural logarithm of (all words / uses of this word), so a rare word has a high value; words
over 110 are left out, what is not in the file counts as 110.
"""
import collections
import math
import sys

LIMIT = 110


def lemmas(path):
    counts = collections.Counter()
    with open(path, encoding="utf8") as lines:
        for line in lines:
            if line[:1].isdigit():
                cells = line.split("\t")
                counts[cells[2].lower()] += 1
    return counts


def forms(path):
    counts = collections.Counter()
    with open(path, encoding="utf8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 1 and cells[1].isdigit():
                counts[cells[0].lower()] += int(cells[1])
    return counts


def main():
    print("# source: counts over the NPK sentences (CC0) and over open English news; training/story/commonness.py")
    print("# licence: Apache-2.0")
    print("# columns: language\tword\tvalue")
    for language, counts in (("nb", lemmas(sys.argv[1])), ("en", forms(sys.argv[2]))):
        total = sum(counts.values())
        for word in sorted(counts):
            value = round(10 * math.log(total / counts[word]))
            if word.isalpha() and value <= LIMIT:
                print(f"{language}\t{word}\t{value}")


if __name__ == "__main__":
    main()
