#!/usr/bin/env python3
"""Reads the articles of a folder with the program and scores its ledgers against the answers beside them

usage: score_articles.py [FOLDER] [--program PROGRAM] [--floors FILE] [--misses]

FOLDER (default tests/acceptance) holds NAME.LANG.txt and NAME.LANG.gold.json; the form of a gold file stands in
tests/acceptance/README.md. A gold file that does not fit its article is an error, told in one line. With --floors, a figure under
its floor (a JSON object: figure, least value; false_findings: the most) makes the exit code 1.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LABELS = {
    "quote": {"direct", "indirect", "mixed", "scare"},
    "evidence": set("witness participant document record photo video satellite measurement statistics research inference "
                    "intelligence hearsay forecast speculation intention opinion statement unstated".split()),
    "commitment": {"neutral", "distanced", "endorsed", "denied", "uncertain"},
    "verification": {"none", "checked", "confirmed", "unverified", "no_access", "disputed", "no_comment"},
}
FINDINGS = set("role_conflict name_conflict number_conflict date_conflict missing_credit credit_conflict single_origin "
               "interested_origin no_access unverified_picture anonymous_only circular loaded_term".split())


class GoldError(Exception):
    """A gold file does not fit its article or the format."""


def plain(text):
    """The letters and digits of a text, in one case: what two names or phrases are compared by."""
    return "".join(c for c in (text or "").casefold() if c.isalnum())


def words_at(text, spans):
    """Where the words inside the spans begin; a leading at/om/that does not count."""
    found = [(begin + m.start(), m.group().casefold()) for begin, end in spans for m in re.finditer(r"\w+", text[begin:end])]
    if found and found[0][1] in ("at", "om", "that"):
        found = found[1:]
    return {place for place, _ in found}


def places(text, phrase):
    """Each [begin, end) at which the phrase stands."""
    return [(m.start(), m.end()) for m in re.finditer(re.escape(phrase), text)] if phrase else []


def gap(a, b):
    """How many characters lie between two spans; 0 where they touch or overlap."""
    return max(a[0] - b[1], b[0] - a[1], 0)


class Gold:
    """One article and the answer of a careful reader; raises GoldError where the two do not fit."""

    def __init__(self, path):
        self.path, self.text = path, path.read_text(encoding="utf8")
        self.answer = json.loads((path.parent / (path.name.removesuffix(".txt") + ".gold.json")).read_text(encoding="utf8"))
        for key in ("scare_quotes", "own_words", "pictures", "findings", "findings_optional", "statements_optional", "entities", "events"):
            self.answer.setdefault(key, [])
        self.aliases = {}
        for entity in self.answer["entities"]:
            names = {plain(n) for n in (entity["name"], *entity["mentions"])}
            self.aliases[plain(entity["name"])] = names | ({"unnamed"} if entity.get("named") is False else set())
        self.check()
        self.statements = [(s, *self.words_of(s)) for s in self.answer["statements"]]

    def check(self):
        """Every copied phrase stands in the article, every label is known, every hop is an entity."""
        answer = self.answer
        if answer["document"] != self.path.name:
            raise GoldError(f"{self.path.name}: document is {answer['document']}")
        for s in answer["statements"]:
            for part in (*s["content"], s["source"], s["cue"]):
                self.require(part, s["id"])
            for field, labels in LABELS.items():
                for label in (s[field], *s.get("also", {}).get(field, [])):
                    if label not in labels:
                        raise GoldError(f"{self.path.name}: {s['id']}: {field} '{label}'")
            for hop in s["chain"]:
                if hop != "unnamed" and plain(hop) not in self.aliases:
                    raise GoldError(f"{self.path.name}: {s['id']}: '{hop}' is no entity")
        for what in ("scare_quotes", "pictures", "events", "findings", "findings_optional"):
            for x in answer[what]:
                self.require(x.get("text"), what)
                for other in x.get("against", []):
                    self.require(other, what)
        for finding in answer["findings"] + answer["findings_optional"]:
            if finding["kind"] not in FINDINGS:
                raise GoldError(f"{self.path.name}: finding '{finding['kind']}'")
        for phrase in answer["own_words"]:
            self.require(phrase, "own_words")
        for entity in answer["entities"]:
            for mention in entity["mentions"]:
                self.require(mention, entity["name"])

    def require(self, phrase, where):
        if phrase and phrase not in self.text:
            raise GoldError(f"{self.path.name}: {where}: '{phrase}' does not stand in the article")

    def words_of(self, statement):
        """Words of content, cue and source; cue and source are the ones nearest to the content."""
        spans, after = [], 0
        for k, part in enumerate(statement["content"]):
            hits = places(self.text, part)
            later = [h for h in hits if h[0] >= after] or hits
            span = hits[statement.get("occurrence", 1) - 1] if k == 0 else later[0]
            spans.append(span)
            after = span[1]
        near = [min(places(self.text, statement[field]), key=lambda h: min(gap(h, s) for s in spans), default=None)
                for field in ("cue", "source")]
        return [words_at(self.text, spans)] + [words_at(self.text, [n] if n else []) for n in near]


class Comparison:
    """One ledger against one gold answer; counts in self.count, what is wrong in self.misses."""

    def __init__(self, gold, ledger, count):
        self.gold, self.ledger, self.count, self.misses = gold, ledger, count, []
        self.text = ledger["document"]["text"]
        if self.text.strip() != gold.text.strip():
            raise GoldError(f"{gold.path.name}: the ledger's text is not the article's")
        self.shift = gold.text.find(self.text.strip()) - self.text.find(self.text.strip())
        self.entities = {e["id"]: e for e in ledger["entities"]}
        self.others = [s for s in ledger["statements"] if s["quote"] not in ("own", "scare")]
        self.other_words = [[self.words(s.get(field)) for field in ("content", "cue", "source")] for s in self.others]

    def add(self, what, amount=1):
        self.count[what] = self.count.get(what, 0) + amount

    def spans(self, spans):
        return [(b + self.shift, e + self.shift) for b, e in spans or []]

    def words(self, spans):
        return words_at(self.gold.text, self.spans(spans))

    def run(self):
        self.match()
        self.own_words()
        self.scare_quotes()
        self.pictures()
        self.findings()

    def match(self):
        """Pairs statements one to one, the surest pairs first, and judges each pair."""
        pairs = []
        for i, (_, content, cue, source) in enumerate(self.gold.statements):
            for j, (c, q, s) in enumerate(self.other_words):
                if overlap(content, c) >= 0.5:
                    pairs.append((bool(cue & q) + bool(source & s), overlap(content, c), i, j))
        partner, taken = {}, set()
        for _, _, i, j in sorted(pairs, reverse=True):
            if i not in partner and j not in taken:
                partner[i] = j
                taken.add(j)
        self.add("matched", len(partner))
        self.free(taken)
        self.add("given", len(taken))
        for j, s in enumerate(self.others):
            if j not in taken:
                self.misses.append("extra: " + " … ".join(self.gold.text[b:e] for b, e in self.spans(s["content"]))[:90])
                self.add("given")
        for i in range(len(self.gold.statements)):
            self.add("statements")
            self.judge(i, partner.get(i))
        self.add("given", -self.freed)

    def free(self, taken):
        """Optional statements count neither way."""
        self.freed = 0
        for x in self.gold.answer["statements_optional"]:
            gold = words_at(self.gold.text, places(self.gold.text, x["content"][0])[:1])
            for j, (content, _, _) in enumerate(self.other_words):
                if j not in taken and overlap(gold, content) >= 0.5:
                    taken.add(j)
                    self.freed += 1
                    break

    def judge(self, i, j):
        gold, _, _, source = self.gold.statements[i]
        if j is None:
            self.misses.append(f"{gold['id']} missed: {gold['content'][0][:80]}")
            return
        given, words = self.others[j], self.other_words[j][2]
        right = {"source": bool(source & words) or (not source and not words), "chain": self.chain_right(gold, given)}
        status = given["verification"]["status"]
        for field in LABELS:
            value = status if field == "verification" else given[field]
            right[field] = value in (gold[field], *gold.get("also", {}).get(field, []))
        for field, good in right.items():
            self.add(field, good)
        good = right["source"] and right["chain"] and right["verification"]
        self.add("right", good)
        if not good:
            wrong = [f for f in ("source", "chain", "verification") if not right[f]]
            names = [h["name"] for h in given["chain"]]
            self.misses.append(f"{gold['id']} wrong {', '.join(wrong)}: {names} for {gold['chain']}; {status} for {gold['verification']}")

    def names(self, entity, name=None):
        """All that an entity of the ledger is called."""
        found = {plain(name)} if name else set()
        e = self.entities.get(entity)
        if e:
            found |= {plain(e["name"])}
            for m in e["mentions"]:
                if m["form"] == "name":
                    found.add(plain(self.text[m["begin"]:m["end"]]))
        return found

    def chain_right(self, gold, given):
        hops = given["chain"]
        for chain in (gold["chain"], *gold.get("also", {}).get("chain", [])):
            if len(chain) != len(hops):
                continue
            called = [self.names(h.get("entity"), h["name"]) for h in hops]
            if hops and given.get("speaker"):
                called[0] |= self.names(given["speaker"])
            wanted = [self.gold.aliases.get(plain(name), set()) | {plain(name)} for name in chain]
            if all(c & w for c, w in zip(called, wanted)):
                return True
        return False

    def own_words(self):
        attributed = set().union(*(c for c, _, _ in self.other_words)) if self.other_words else set()
        for sentence in self.gold.answer["own_words"]:
            words = words_at(self.gold.text, places(self.gold.text, sentence)[:1])
            kept = len(words & attributed) <= len(words) / 2
            self.add("own_all")
            self.add("own", kept)
            if not kept:
                self.misses.append(f"not kept as own: {sentence[:80]}")

    def scare_quotes(self):
        gold = {plain(x["text"]): x["text"] for x in self.gold.answer["scare_quotes"]}
        given = {}
        for s in self.ledger["statements"]:
            if s["quote"] == "scare":
                phrase = " ".join(self.gold.text[b:e] for b, e in self.spans(s["content"]))
                given[plain(phrase)] = phrase
        self.add("scare_hit", len(gold.keys() & given.keys()))
        self.add("scare_all", len(gold))
        self.add("scare_given", len(given))
        self.misses += [f"scare quote missed: {gold[k]}" for k in gold if k not in given]
        self.misses += [f"no scare quote: {given[k]}" for k in given if k not in gold]

    def pictures(self):
        for x in self.gold.answer["pictures"]:
            at = self.gold.text.find(x["text"])
            hits = [p for p in self.ledger["pictures"]
                    if self.ledger["blocks"][p["block"]]["begin"] + self.shift <= at < self.ledger["blocks"][p["block"]]["end"] + self.shift]
            good = bool(hits) and self.picture_right(x, hits[-1])
            self.add("pictures_all")
            self.add("pictures", good)
            if not good:
                self.misses.append(f"picture wrong: {x['text'][:80]}")

    def picture_right(self, gold, given):
        origin = given.get("origin") or {}
        names = self.names(origin.get("entity"), origin.get("name"))
        if gold["credit"]:
            credit = plain(gold["credit"])
            if not given["credited"] or not any((len(n) > 1 and n in credit) or credit in n for n in names):
                return False
        elif given["credited"] or origin.get("name"):
            return False
        if gold["handout"] is not None and bool(given["handout"]) != gold["handout"]:
            return False
        return given["verification"]["status"] == gold["verification"]

    def findings(self):
        met, false = set(), 0
        for finding in self.ledger["findings"]:
            hit = self.meets(finding, self.gold.answer["findings"])
            if hit is not None:
                met.add(hit)
            elif self.meets(finding, self.gold.answer["findings_optional"]) is None:
                false += 1
                self.misses.append(f"false finding: {finding['kind']}: {finding['message'][:80]}")
        self.add("findings_hit", len(met))
        self.add("findings_false", false)
        self.add("findings_all", len(self.gold.answer["findings"]))
        self.misses += [f"finding missed: {x['kind']}: {x['text']}" for k, x in enumerate(self.gold.answer["findings"]) if k not in met]

    def meets(self, finding, wanted):
        """Index of the gold finding of the same kind that shares words with this one."""
        for k, x in enumerate(wanted):
            if x["kind"] != finding["kind"]:
                continue
            phrases = [p for p in (x["text"], *x.get("against", [])) if p]
            hits = [h for p in phrases for h in places(self.gold.text, p)]
            if not phrases or any(b < h[1] and h[0] < e for b, e in self.spans(finding["spans"]) for h in hits):
                return k
        return None


def overlap(a, b):
    return len(a & b) / len(a | b) if a | b else 0.0


def f1(hit, given, wanted):
    return 200 * hit / (given + wanted) if given + wanted else 100.0


def share(part, whole):
    return 100 * part / whole if whole else 100.0


def figures(count):
    """The figures of all articles together, in per cent but for false_findings."""
    c = {key: count.get(key, 0) for key in ("statements", "given", "matched", "right", "own", "own_all", "pictures", "pictures_all",
                                            "scare_hit", "scare_given", "scare_all", "findings_hit", "findings_false", "findings_all")}
    out = {"statements_right": share(c["right"], c["statements"]), "matched_f1": f1(c["matched"], c["given"], c["statements"])}
    for field in ("source", "chain", *sorted(LABELS)):
        out[field] = share(count.get(field, 0), c["matched"])
    out["own_words"] = share(c["own"], c["own_all"])
    out["scare_f1"] = f1(c["scare_hit"], c["scare_given"], c["scare_all"])
    out["pictures"] = share(c["pictures"], c["pictures_all"])
    out["findings_f1"] = f1(c["findings_hit"], c["findings_hit"] + c["findings_false"], c["findings_all"])
    out["false_findings"] = c["findings_false"]
    return out


def score(folder, program):
    """(figures, lines of each article); GoldError where a gold file is wrong or the program fails."""
    texts = sorted(folder.glob("*.txt"))
    if not texts:
        raise GoldError(f"{folder}: no articles")
    golds = [Gold(t) for t in texts]
    done = subprocess.run([str(program), "read", "--format", "json", *map(str, texts)], capture_output=True, check=False)
    if done.returncode:
        raise GoldError(done.stderr.decode("utf8", "replace").strip())
    ledgers = {pathlib.Path(x["document"]["id"]).name: x for x in map(json.loads, done.stdout.decode("utf8").splitlines())}
    count, lines = {}, []
    for gold in golds:
        before = dict(count)
        compared = Comparison(gold, ledgers[gold.path.name], count)
        compared.run()
        new = {k: v - before.get(k, 0) for k, v in count.items()}
        lines.append(f"{gold.path.name:22} right {new.get('right', 0):3}/{new['statements']:<3} matched {new['matched']:3} of {new['given']:3} given")
        lines += [("    " + m) for m in compared.misses]
    return figures(count), lines


def table(values):
    return [f"{name:18} {value:6.1f}" for name, value in values.items()]


def under(values, floors):
    """What lies under its floor, one line each."""
    bad = []
    for name, floor in floors.items():
        value = values[name]
        if value > floor if name == "false_findings" else value < floor:
            bad.append(f"{name} is {value:.1f}, floor {floor}")
    return bad


def main():
    parser = argparse.ArgumentParser(description="Score the program on whole articles with whole answers.")
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=ROOT / "tests" / "acceptance")
    parser.add_argument("--program", default=str(ROOT / "build" / "avstand"))
    parser.add_argument("--floors", type=pathlib.Path)
    parser.add_argument("--misses", action="store_true", help="also print each error")
    args = parser.parse_args()
    try:
        values, lines = score(args.folder, args.program)
    except (GoldError, OSError, json.JSONDecodeError, KeyError) as error:
        sys.exit(f"score_articles: {args.folder}: {type(error).__name__}: {error}")
    print("\n".join(line for line in lines if args.misses or not line.startswith("    ")))
    print("\n".join(table(values)))
    bad = under(values, json.loads(args.floors.read_text(encoding="utf8"))) if args.floors else []
    print("\n".join(bad), end="\n" if bad else "")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
