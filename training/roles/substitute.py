#!/usr/bin/env python3
"""Gold attributions over texts that the parser has not seen: content words exchanged for others of their kind.

usage: substitute.py GOLD WORDS OTHERS OTHER_WORDS SHARE SEED > NEW_GOLD

GOLD: the attributions; OTHERS: articles to take words from (articles.py); WORDS, OTHER_WORDS: what build/word_states made of
both. The parser learnt from the trees of the Norwegian training texts, so its states are cleaner there than on any other
text, and a network that sees only those trusts them too much. SHARE (0..1) of the nouns, names, numbers and adjectives, and less of other words,
give way to a word of the same tag and ending, drawn by its frequency; the words of a cue, and words of the cue lexicon,
stay. The attributions move with their words. After the substitution of words in machine translation (Fadaee et al. 2017).
"""
import bisect, collections, json, random, sys

from words import opened

TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
SHARES = {TAGS.index(tag): share for tag, share in {"NOUN": 1, "ADJ": 1, "PROPN": 1.2, "NUM": 1, "VERB": 0.4, "ADV": 0.3}.items()}
NAME, NUMBER, VERB = (TAGS.index(tag) for tag in ("PROPN", "NUM", "VERB"))
FEWEST = 5  # words of a kind to choose among
BEFORE, BEHIND = set(" \n«(–-\"“"), set(" \n»),.:;?!\"”")


def kind(form, tag):
    """Words of one kind stand in the same places: by tag and, as a rule, by what their ending says of number, gender and tense."""
    ending = form.endswith("s") if tag == NAME else (form.isdigit(), len(form)) if tag == NUMBER else form[-3:].lower() if tag == VERB else form[-2:].lower()
    return tag, ending, form[0].isupper()


def changeable(word, form): return word[2] in SHARES and word[5] == 0 and len(form) > 1 and form.isalnum()


def vocabulary(articles_path, words_path):
    texts = {d["id"]: d["text"] for d in map(json.loads, opened(articles_path))}
    kinds = collections.defaultdict(list)
    for d in map(json.loads, opened(words_path)):
        for word in d["words"]:
            form = texts[d["doc"]][word[0]:word[1]]
            if changeable(word, form): kinds[kind(form, word[2])].append(form)
    return kinds


def exchanged(text, words, cues, kinds, share, rng):
    """[begin, end, new word] of what is exchanged; a name becomes the same name everywhere."""
    out, names = [], {}
    for word in words:
        begin, end, tag = word[:3]
        form = text[begin:end]
        apart = (begin == 0 or text[begin - 1] in BEFORE) and (end == len(text) or text[end] in BEHIND)
        if not changeable(word, form) or begin in cues or not apart or (out and begin < out[-1][1]): continue
        others = kinds.get(kind(form, tag), ())
        if len(others) < FEWEST: continue
        new = names.get(form) if tag == NAME else None
        if new is None: new = rng.choice(others) if rng.random() < share * SHARES[tag] else form
        if tag == NAME: names[form] = new
        if new != form: out.append((begin, end, new))
    return out


def moved(changes):
    """Where an offset of the old text lies in the new one; one inside a changed word lies at its beginning."""
    begins, shifts = [begin for begin, _, _ in changes], [0]
    for begin, end, new in changes: shifts.append(shifts[-1] + len(new) - (end - begin))
    def move(offset):
        k = bisect.bisect_left(begins, offset)
        return changes[k - 1][0] + shifts[k - 1] if k and changes[k - 1][1] > offset else offset + shifts[k]
    return move


def main():
    gold_path, words_path, others_path, other_words_path, share, seed = sys.argv[1:]
    rng, kinds = random.Random(int(seed)), vocabulary(others_path, other_words_path)
    gold = {d["id"]: d for d in map(json.loads, opened(gold_path))}
    for d in map(json.loads, opened(words_path)):
        document = gold[d["doc"]]
        text, cues = document["text"], {i for a in document["attributions"] for b, e in a["cue"] for i in range(b, e)}
        changes = exchanged(text, d["words"], cues, kinds, float(share), rng)
        parts, at = [], 0
        for begin, end, new in changes: parts += [text[at:begin], new]; at = end
        move = moved(changes)
        attributions = [a | {role: [[move(b), move(e)] for b, e in a[role]] for role in ("source", "cue", "content")} for a in document["attributions"]]
        print(json.dumps(document | {"id": f"{d['doc']}.{seed}", "text": "".join(parts) + text[at:], "attributions": attributions}, ensure_ascii=False))


main()
