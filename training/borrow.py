"""Names for a treebank that has none: what its tags and what common knowledge allow.

Every word gets the set of name labels that it may have. Proper nouns in a row are one name (with
capital adjectives before them, perhaps), all other words are outside; the type is left open unless the tables, or words that have nearly always
one type in an annotated treebank, narrow it. Training maximises the probability of all label
sequences that are allowed (a conditional random field with partial labels; Tsuboi et al. 2008).
"""

import csv
import os
from collections import Counter, defaultdict

from data import NAME_LABELS

OPEN = ("PER", "ORG", "GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT")
OUTSIDE = frozenset({"O"})
PLACES = ("GPE_LOC", "GPE_ORG")


class Gazetteer:
    def __init__(self, table: str, entities: str, annotated):
        self.rules = {"out": {}, "whole": {}, "last": {}}
        with open(table, encoding="utf-8") as lines:
            for line in lines:
                if not line.startswith("#"):
                    where, key, labels = line.rstrip("\n").split("\t")
                    self.rules[where][key] = tuple(labels.split(","))
        self.add_places(entities)
        self.first, self.single = habits(annotated)
        self.last = set()
        self.add_people(entities)

    def add_places(self, entities):
        with open(os.path.join(entities, "countries.tsv"), encoding="utf-8") as f:
            for row in csv.DictReader(f, delimiter="\t"):
                self.rules["whole"].setdefault(row["en_cldr"].lower(), PLACES)
        with open(os.path.join(entities, "cldr_cities_nb_en.tsv"), encoding="utf-8") as f:
            for line in f:
                cells = line.rstrip("\n").split("\t")
                if len(cells) > 2 and cells[2]:
                    self.rules["whole"].setdefault(cells[2].lower(), PLACES)

    def add_people(self, entities):
        with open(os.path.join(entities, "office_holders.csv"), encoding="utf-8") as f:
            for row in csv.DictReader(f):
                words = row["person"].split()
                if len(words) > 1 and len(words[0]) > 2:
                    self.first.add(words[0].lower())

    def types(self, words: list[str]):
        """Types that a name of these words (lower case) may have."""
        whole = " ".join(words)
        if whole in self.rules["whole"]:
            return self.rules["whole"][whole]
        if len(words) > 1 and words[-1] in self.rules["last"]:
            return self.rules["last"][words[-1]]
        if len(words) > 1 and words[0] in self.first:
            return ("PER",)
        if len(words) == 1:
            return ("PER",) if whole in self.first | self.last else self.single.get(whole, OPEN)
        return OPEN

    def learn(self, sentences):
        """Family names: last words of names that begin with a given name."""
        for s in sentences:
            for begin, end in proper_runs(s, self):
                words = [f.lower() for f in s.forms[begin:end]]
                if len(words) == 2 and self.types(words) == ("PER",):
                    self.last.add(words[-1])


def habits(annotated):
    """First words of persons' names, and words that as a whole name nearly always have one type."""
    firsts, wholes = defaultdict(Counter), defaultdict(Counter)
    for s in annotated:
        for i, label in enumerate(s.names):
            if label.startswith("B-"):
                longer = i + 1 < len(s.names) and s.names[i + 1].startswith("I-")
                (firsts if longer else wholes)[s.forms[i].lower()][label[2:]] += 1
    def sure(counts, least):
        kind, n = counts.most_common(1)[0]
        return n >= least and n >= 0.9 * sum(counts.values()) and kind
    first = {w for w, c in firsts.items() if sure(c, 2) == "PER"}
    single = {w: (kind,) for w, c in wholes.items() if (kind := sure(c, 3)) and kind in OPEN}
    return first, single


def proper_runs(s, gazetteer: Gazetteer):
    """[begin, end) of proper nouns in a row; addresses and words of the table `out` part them."""
    def inside(k):
        form = s.forms[k].lower()
        return s.tags[k].startswith("PROPN") and form not in gazetteer.rules["out"] and \
            "@" not in form and "://" not in form and "www." not in form
    runs, begin = [], None
    for k in range(len(s.forms) + 1):
        if k < len(s.forms) and inside(k):
            begin = k if begin is None else begin
        elif begin is not None:
            runs.append((begin, k))
            begin = None
    return runs


def allowed_labels(s, gazetteer: Gazetteer):
    """A set of labels for every word of a tagged sentence."""
    out = [OUTSIDE] * len(s.forms)
    for begin, end in proper_runs(s, gazetteer):
        start = first_capital(s, begin, end)
        whole = " ".join(f.lower() for f in s.forms[start:end])
        if whole in gazetteer.rules["whole"]:
            begin = start
        types = gazetteer.types([f.lower() for f in s.forms[begin:end]])
        first, more = ({f"{mark}-{t}" for t in types} for mark in "BI")
        for k in range(start, end):
            out[k] = frozenset((first if k <= begin else set()) | (more if k > start else set()) |
                               ({"O"} if k < begin else set()))
        link(s, out, start, end)
    return out


def first_capital(s, begin, end):
    """Where a name begins if capital adjectives and nouns that hang in it belong to it."""
    while begin > 0 and s.tags[begin - 1].startswith(("ADJ", "NOUN")) and \
            s.forms[begin - 1][:1].isupper() and begin <= s.heads[begin - 1] <= end:
        begin -= 1
    return begin


def link(s, out, begin, end):
    """'Bank of England': a name may go on over one preposition that hangs in the name after it."""
    before = begin - 1
    if before > 0 and s.tags[before].startswith("ADP") and begin < s.heads[before] <= end and \
            s.tags[before - 1].startswith("PROPN") and out[before - 1] != OUTSIDE:
        left = {label[2:] for label in out[before - 1]} - {"", "PER", *PLACES}
        out[before] = frozenset({"O"} | {"I-" + t for t in left})
        for k in range(begin, end):
            out[k] = out[k] | {"I-" + t for t in left}


assert all("B-" + t in NAME_LABELS for t in OPEN)
