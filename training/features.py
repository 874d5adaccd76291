"""What the network sees of a word: the Python twin of src/language/features.cpp (docs/model-format.md).

A word is folded (typography made uniform), then described by strings of several kinds. Each string
is hashed with XXH64, seeded by its kind, to one row of the embedding table.
"""

import unicodedata

import xxhash

# Typography: all double quotes with a side become guillemets, single quotes and accents used as
# apostrophes become ', long dashes the en dash.
FOLD = str.maketrans({
    "\u201c": "\u00ab", "\u201e": "\u00ab", "\u201f": "\u00ab", "\u201d": "\u00bb",
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u00b4": "'", "`": "'",
    "\u2012": "\u2013", "\u2014": "\u2013", "\u2015": "\u2013", "\u2212": "\u2013",
    "\u2010": "-", "\u2011": "-",
})

FORM, LOWER, SHAPE, PREFIX, SUFFIX, NGRAM, LANGUAGE = range(7)
MAX_CHARS = 32  # longer words: the first 16 and the last 16 code points


def lower_char(c: str) -> str:
    """Simple lower case: a code point stays one code point."""
    low = c.lower()
    return low if len(low) == 1 else c


def lower(s: str) -> str:
    return "".join(map(lower_char, s))


def fold(form: str) -> str:
    s = form.translate(FOLD)
    return s if len(s) <= MAX_CHARS else s[:16] + s[-16:]


def char_shape(c: str) -> str:
    cat = unicodedata.category(c)
    if cat in ("Lu", "Lt"):
        return "X"
    if cat[0] == "L":
        return "x"
    return "d" if cat == "Nd" else c


def shape(s: str) -> str:
    """Letters and digits by class; runs of one class longer than four are cut to four."""
    out, run, last = [], 0, ""
    for c in map(char_shape, s):
        run = run + 1 if c == last else 1
        last = c
        if run <= 4:
            out.append(c)
    return "".join(out)


def vector_key(s: str) -> str:
    """Key into the word vectors: lower case, digits 0."""
    return "".join("0" if unicodedata.category(c) == "Nd" else c for c in lower(s))


def strings(form: str):
    """(kind, string) of every feature of a word, language mark not included."""
    s = fold(form)
    low = lower(s)
    yield FORM, s
    yield LOWER, low
    yield SHAPE, shape(s)
    for n in range(1, min(4, len(low)) + 1):
        yield PREFIX, low[:n]
    for n in range(1, min(5, len(low)) + 1):
        yield SUFFIX, low[-n:]
    marked = "\u0002" + low + "\u0003"
    for n in (3, 4, 5):
        for i in range(len(marked) - n + 1):
            yield NGRAM, marked[i:i + n]


def row(kind: int, text: str, rows: int) -> int:
    """Row of the table (a power of two high) of one feature."""
    return xxhash.xxh64_intdigest(text.encode("utf-8"), seed=kind) & (rows - 1)


def word_rows(form: str, rows: int) -> list[int]:
    return [row(kind, text, rows) for kind, text in strings(form)]
