"""What the role model learns from: sentences of the gold's texts as the engine sees them, and who says what in them."""
import bisect, collections, json, lzma

import numpy as np

WIDTH = 384  # numbers of a state
UPOS, RELATIONS, ACTS, PUNCT, VERB, AUX, NOUN, ADJ = 17, 37, 40, 12, 15, 3, 7, 0
OUT, SOURCE, CUE, CONTENT = range(4)
# A cue of several words is known by one of them: a verb rather than a noun rather than an adposition.
HEAD_ORDER = {VERB: 0, AUX: 1, NOUN: 2, ADJ: 3, 1: 4}
NO_RELATION = 63


def opened(path): return (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf8")


class Sentence:
    """Words [begin, end) of an article; `first` is the row of the first in the states file `file`. `attributions`: the place
    of a cue's head, and a label for each word. `counts`: whether a word says anything about cues."""
    def __init__(self, document, language, words, begin, first, file):
        self.document, self.language, self.first, self.file, self.size = document, language, first, file, len(words)
        self.upos, self.rel, self.act, self.quote = ([w[k] for w in words] for k in (2, 4, 5, 6))
        self.head = [w[3] - begin if w[3] >= 0 else -1 for w in words]
        self.attributions, self.counts = [], np.ones(len(words), np.float32)
        self.below = np.zeros((len(words), RELATIONS + UPOS + ACTS), np.float32)
        for w, h in enumerate(self.head):
            if h < 0: continue
            self.below[h, self.rel[w]] = 1
            self.below[w, RELATIONS + self.upos[h]] = 1
            self.below[w, RELATIONS + UPOS + self.act[h]] = 1
        self.pairs = {}


def words_of(spans, words, starts):
    out = set()
    for begin, end in spans:
        k = max(bisect.bisect_right(starts, begin) - 1, 0)
        while k < len(words) and words[k][0] < end:
            if words[k][1] > begin: out.add(k)
            k += 1
    return out


def load(language, words_path, gold_path, file, outermost):
    """Sentences of a gold file's texts.

    outermost: the gold has no attribution inside another, so what stands inside a content says nothing about cues. Nor do
    words that the gold calls `unsure` (silver.py)."""
    gold = {d["id"]: d for d in map(json.loads, opened(gold_path))}
    sentences, row = [], 0
    for line in open(words_path, encoding="utf8"):
        d = json.loads(line)
        words, starts = d["words"], [w[0] for w in d["words"]]
        attributions = [[words_of(a[k], words, starts) for k in ("source", "cue", "content")]
                        for a in gold[d["doc"]]["attributions"] if a.get("quote") != "scare" and not (outermost and a.get("parent"))]
        sentence_of = {w: i for i, (b, e, _) in enumerate(d["sentences"]) for w in range(b, e)}
        by_sentence, inside = collections.defaultdict(list), set()
        unsure = words_of(gold[d["doc"]].get("unsure", []), words, starts)
        for source, cue, content in attributions:
            inside |= content
            cue = {w for w in cue if words[w][2] != PUNCT}
            tops = sorted((w for w in cue if words[w][3] not in cue), key=lambda w: (HEAD_ORDER.get(words[w][2], 5), w))
            if tops: by_sentence[sentence_of[tops[0]]].append((tops[0], source, cue, content))
        for i, (begin, end, parsed) in enumerate(d["sentences"]):
            if not parsed or end - begin < 2: continue
            x = Sentence(d["doc"], language, words[begin:end], begin, row + begin, file)
            for head, *parts in by_sentence[i]:
                if any(head - begin == h for h, _ in x.attributions): continue
                labels = np.zeros(x.size, np.int64)
                for label, part in zip((CONTENT, SOURCE, CUE), (parts[2], parts[0], parts[1])):
                    labels[[w - begin for w in part if begin <= w < end]] = label
                labels[head - begin] = CUE
                x.attributions.append((head - begin, labels))
            heads = {h for h, _ in x.attributions}
            silent = unsure | inside if outermost else unsure
            x.counts[[w - begin for w in silent if begin <= w < end and w - begin not in heads]] = 0
            sentences.append(x)
        row += len(words)
    return sentences


def states(path): return np.memmap(path, dtype=[("bytes", "i1", (WIDTH,)), ("scale", "<f4")], mode="r")


def path_key(kind, steps=0, right=0, depth=0, first=NO_RELATION, second=NO_RELATION):
    """A way through the tree as a number; src/attribution/tree_paths.cpp makes the same."""
    return kind | steps << 2 | right << 5 | depth << 6 | first << 8 | second << 14


def tree_paths(x, cue):
    """The way from the cue to every word of its sentence."""
    up, w = [], cue
    while w != -1: up.append(w); w = x.head[w]
    place = {w: i for i, w in enumerate(up)}
    out = []
    for t in range(x.size):
        down, w, right = [], t, int(t > cue)
        while w != -1 and w not in place: down.append(w); w = x.head[w]
        at = place.get(w, len(up))
        steps = min(at, 4)
        if not down:
            out.append(path_key(0) if t == cue else path_key(1, steps, right, 0, x.rel[up[at - 1]]))
        elif at == 0:
            second = x.rel[down[-2]] if len(down) == 2 else NO_RELATION
            out.append(path_key(2, 0, right, min(len(down), 3), x.rel[down[-1]], second))
        else:
            out.append(path_key(3, steps, right, min(len(down), 2), x.rel[down[-1]], x.rel[up[steps - 1]]))
    return out


DISTANCES, MARKS = 22, 10


def distance(t, cue):
    """Which of eleven classes of distance, even to the right and odd to the left or at the cue."""
    d = abs(t - cue)
    return 2 * (d if d < 6 else 6 if d < 9 else 7 if d < 14 else 8 if d < 22 else 9 if d < 35 else 10) + (0 if t > cue else 1)


def marks_between(x, cue):
    """How many punctuation marks part each word from the cue: up to four, plus five on the left."""
    out = [0] * x.size
    for places, base in ((range(cue + 1, x.size), 0), (range(cue - 1, -1, -1), 5)):
        n = 0
        for t in places:
            out[t] = base + min(n, 4)
            n += x.upos[t] == PUNCT
    return out
