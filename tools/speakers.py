"""Whether the speaker of an attribution is the one its source means: speakers.tsv, annotated by the house, holds who that is.

The scorer's link looks at the words of the source; "he" may be right there and yet be taken for somebody else. Counted are
attributions whose source means somebody that the text names. Right is one whose `speaker` is an entity that its names say is
the annotated one: most of the annotated names among its mentions are theirs.
"""
import collections
import hashlib
import json
import pathlib

from attribution_errors import match
from calibration import ROLES, word_starts

SPEAKERS = pathlib.Path(__file__).resolve().parent / "speakers.tsv"


def spans(text):
    return [tuple(map(int, span.split("-"))) for span in text.split(",")]


def annotated(path=SPEAKERS):
    """Digest of a text: [(where the names stand, where the sources stand) of each who speaks]."""
    out = collections.defaultdict(list)
    for line in path.read_text(encoding="utf8").splitlines():
        if not line.startswith("#"):
            _, digest, _, names, sources = line.split("\t")
            out[digest].append((spans(names), spans(sources)))
    return out


def who(entity, speakers):
    """Number of the annotated one whom the entity's names mean, or None."""
    names = [(m["begin"], m["end"]) for m in entity["mentions"] if m["form"] == "name"]
    counts = [sum(any(b < e2 and b2 < e for b2, e2 in names) for b, e in given) for given, _ in speakers]
    best = max(range(len(counts)), key=counts.__getitem__)
    return best if counts[best] else None


def compare(article, ledger, speakers, outermost=False):
    """(all, matched, right) attributions whose source means one of the speakers, as counted by the source's form too."""
    text = article["text"]

    def counts(x):
        return x.get("quote") not in ("own", "scare") and not (outermost and x.get("parent"))

    gold, ours = (list(filter(counts, side)) for side in (article["attributions"], ledger["statements"]))
    words = [[{r: word_starts(a.get(r) or [], text) for r in ROLES} for a in side] for side in (gold, ours)]
    meant = {source: k for k, (_, sources) in enumerate(speakers) for source in sources}
    entities = {e["id"]: e for e in ledger["entities"]}
    out = collections.Counter()
    for a, found in zip(gold, match(*words)):
        k = meant.get((a["source"][0][0], a["source"][-1][1])) if a["source"] else None
        if k is None:
            continue
        named = any(b >= a["source"][0][0] and e <= a["source"][-1][1] for b, e in speakers[k][0])
        form = "named" if named else "other"
        out["all", form] += 1
        if found is None:
            continue
        out["matched", form] += 1
        entity = entities.get(ours[found].get("speaker"))
        out["right", form] += entity is not None and who(entity, speakers) == k
    return out


def score(gold_path, ledger_path, outermost=False, path=SPEAKERS):
    """Counts of `compare` for each annotated document of the two files, which stand in the same order."""
    known, out = annotated(path), []
    with open(gold_path, encoding="utf8") as gold, open(ledger_path, encoding="utf8") as ledgers:
        for article, ledger in zip(map(json.loads, gold), map(json.loads, ledgers)):
            digest = hashlib.sha256(article["text"].encode()).hexdigest()[:16]
            if digest in known:
                out.append(compare(article, ledger, known[digest], outermost))
    return out


def share(counts, what="matched", form=None):
    """Percent right of those matched or of all."""
    total = sum((c for c in counts), collections.Counter())
    forms = [form] if form else ["named", "other"]
    of = sum(total[what, f] for f in forms)
    return 100 * sum(total["right", f] for f in forms) / of if of else float("nan")


def show(title, counts):
    total = sum(counts, collections.Counter())
    lines = [f"{title}: speaker taken for whom the source means, {len(counts)} documents annotated"]
    for form, name in (("named", "source is or holds a name"), ("other", "pronoun or role of somebody named elsewhere")):
        lines.append(f"  {name:48} {share(counts, 'matched', form):5.1f} % of {total['matched', form]} matched, "
                     f"{share(counts, 'all', form):5.1f} % of all {total['all', form]}")
    return "\n".join(lines) + "\n"
