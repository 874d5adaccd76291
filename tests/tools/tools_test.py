"""The tools of the house find what they are there to find."""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
sys.path.insert(0, str(ROOT / "training" / "roles"))
import annotated  # noqa: E402
import attribution_table  # noqa: E402
import speakers  # noqa: E402


class ToolTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf8"))

    def tool(self, name):
        done = subprocess.run([sys.executable, str(ROOT / "tools" / name), str(self.root)], capture_output=True, text=True,
                              check=False)
        return done.returncode, done.stdout


class Rooms(ToolTest):
    def test_downward_and_own_includes_are_fine(self):
        self.write("src/entity/a.cpp", '#include "entity/a.h"\n#include "base/b.h"\n#include <string>\n')
        self.write("src/base/b.h", '#include "avstand/result.h"\n')
        self.write("include/avstand/avstand.h", '#include "avstand/result.h"\n')
        self.assertEqual(self.tool("check_rooms.py")[0], 0)

    def wrong(self, name, content, says):
        self.write(name, content)
        code, out = self.tool("check_rooms.py")
        self.assertEqual(code, 1)
        self.assertIn(says, out)

    def test_upward_include(self):
        self.wrong("src/text/a.cpp", '\n  #  include "language/model.h"\n', "a.cpp:2: text may not include language/model.h")

    def test_sideways_include(self):
        self.wrong("src/report/a.cpp", '#include "reader/reader.h"\n', "report may not include reader/reader.h")

    def test_public_header_must_stand_alone(self):
        self.wrong("include/avstand/a.h", '#include "base/result.h"\n', "the public API may not include base/result.h")

    def test_api_inside_a_room(self):
        self.wrong("src/base/a.h", '#include "avstand/avstand.h"\n', "base may not include avstand/avstand.h")

    def test_unknown_room(self):
        self.wrong("src/attic/a.h", "\n", "no room 'attic'")

    def test_long_file(self):
        self.wrong("src/base/a.h", "\n" * 501, "501 lines")


class Data(ToolTest):
    head = "# source: us\n# licence: Apache-2.0\n# columns: word\tact\n"

    def check(self, content, says=None, case=True):
        if case:
            self.write("tests/case/cues/one/input.nb.txt", "x\n")
        self.write("data/lang/nb/cues.tsv", content)
        code, out = self.tool("check_data.py")
        self.assertEqual(code, 0 if says is None else 1, out)
        self.assertIn(says or "in form", out)

    def test_good_file(self):
        self.check(self.head + "a\tb\nc\n")

    def test_head(self):
        self.check("# licence: x\n# columns: word\na\n", "lacks '# source:'")
        self.check("# source: x\n# columns: word\na\n", "lacks '# licence:'")
        self.check("a\tb\n", "stands before '# columns:'")

    def test_rows(self):
        self.check(self.head + "a\tb\tc\n", "cues.tsv:4: has 3 cells")
        self.check(self.head + "a\tb\na\tb\n", "cues.tsv:5: is the same as line 4")
        self.check(self.head + "a \tb\n", "space around")
        self.check(self.head + "a\u030a\tb\n", "decomposed")
        self.check(self.head, "no rows")

    def test_order_where_declared(self):
        self.check("# sorted\n" + self.head + "b\na\n", "out of order")
        self.check(self.head + "b\na\n")

    def test_rule_without_a_case(self):
        self.check(self.head + "a\tb\n", "no text case (tests/case/cues/NAME/input.nb.txt)", case=False)


class Articles(ToolTest):
    """tools/score_articles.py with a program that prints a given ledger."""

    TEXT = "Ann is ill, said Bo.\n"

    def score(self, gold_changes=(), ledger_changes=()):
        statement = {"id": "s1", "content": ["Ann is ill"], "source": "Bo", "cue": "said", "quote": "indirect", "chain": ["Bo"],
                     "evidence": "statement", "commitment": "neutral", "verification": "none", "parent": None}
        statement.update(gold_changes)
        given = {"content": [[0, 10]], "cue": [[12, 16]], "source": [[17, 19]], "quote": "indirect", "evidence": "statement",
                 "commitment": "neutral", "verification": {"status": "none"}, "chain": [{"name": "Bo"}]}
        given.update(ledger_changes)
        self.write("a.en.txt", self.TEXT)
        self.write("a.en.gold.json", json.dumps({"document": "a.en.txt", "statements": [statement],
                                                 "entities": [{"name": "Bo", "mentions": ["Bo"]}]}))
        ledger = {"document": {"id": "a.en.txt", "text": self.TEXT}, "statements": [given], "entities": [], "pictures": [],
                  "findings": [], "blocks": []}
        self.write("program", "#!/bin/sh\ncat <<'END'\n" + json.dumps(ledger) + "\nEND\n")
        (self.root / "program").chmod(0o755)
        self.write("floors.json", '{"statements_right": 100, "matched_f1": 100, "false_findings": 0}')
        done = subprocess.run([sys.executable, str(ROOT / "tools" / "score_articles.py"), str(self.root), "--program",
                               str(self.root / "program"), "--floors", str(self.root / "floors.json"), "--misses"],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_the_right_answer_is_right(self):
        self.assertEqual(self.score()[0], 0)

    def test_a_wrong_chain_is_under_the_floor(self):
        code, out = self.score(ledger_changes={"chain": [{"name": "Ann"}]})
        self.assertEqual(code, 1)
        self.assertIn("s1 wrong chain: ['Ann'] for ['Bo']", out)
        self.assertIn("statements_right is 0.0, floor 100", out)

    def test_other_words_are_a_missed_and_an_extra_statement(self):
        out = self.score(ledger_changes={"content": [[12, 19]]})[1]
        self.assertIn("s1 missed: Ann is ill", out)
        self.assertIn("extra: said Bo", out)

    def test_another_answer_in_also_is_right(self):
        self.assertEqual(self.score({"verification": "disputed", "also": {"verification": ["none"]}})[0], 0)

    def test_a_gold_file_that_does_not_fit_is_told_in_one_line(self):
        for changes, says in (({"content": ["Ann is well"]}, "s1: 'Ann is well' does not stand in the article"),
                              ({"chain": ["Eve"]}, "s1: 'Eve' is no entity"), ({"evidence": "guess"}, "s1: evidence 'guess'")):
            code, out = self.score(changes)
            self.assertEqual(code, 1)
            self.assertIn(says, out)
            self.assertEqual(out.count("\n"), 1)


class AttributionErrors(ToolTest):
    """The words of both sides are our own: offsets into one short text."""
    TEXT = "Ola sier at broen er trygg. Kari tror det."
    GOLD = [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 26]], "quote": "indirect"},
            {"source": [[28, 32]], "cue": [[33, 37]], "content": [[38, 41]], "quote": "indirect"}]

    def compare(self, statements, *options):
        self.write("gold.jsonl", json.dumps({"id": "a", "text": self.TEXT, "attributions": self.GOLD}))
        self.write("ledgers.jsonl", json.dumps({"document": {"id": "a"}, "statements": statements}))
        done = subprocess.run([sys.executable, str(ROOT / "tools" / "attribution_errors.py"), str(self.root / "gold.jsonl"),
                               str(self.root / "ledgers.jsonl"), *options], capture_output=True, text=True, check=False)
        return done

    def test_each_difference_has_its_cause(self):
        wrong = [dict(self.GOLD[0], source=[[28, 32]]), dict(self.GOLD[1], cue=[[28, 32]], content=[[0, 3]])]
        out = self.compare(wrong).stdout
        self.assertRegex(out, r"1 +wrong source")
        self.assertRegex(out, r"1 +cue missed")
        self.assertRegex(out, r"1 +no attribution")
        self.assertNotRegex(out, r"\d +right ")

    def test_own_words_and_equal_ones_are_no_differences(self):
        out = self.compare([*self.GOLD, {"quote": "own", "content": [[0, 41]]}]).stdout
        self.assertRegex(out, r"^ +2 +right +right\n$")

    def test_the_page_marks_the_words_and_stays_outside_the_repository(self):
        page = self.root / "page.html"
        self.assertEqual(self.compare([self.GOLD[0]], "--page", str(page)).returncode, 0)
        self.assertIn('<mark class="cue" title="cue">tror</mark>', page.read_text(encoding="utf8"))
        inside = self.compare([], "--page", str(ROOT / "page.html"))
        self.assertNotEqual(inside.returncode, 0)
        self.assertIn("inside the repository", inside.stderr)
        self.assertFalse((ROOT / "page.html").exists())


class AttributionTable(unittest.TestCase):
    """Counts of two documents of our own making."""

    def counts(self, right, given, wanted):
        out = collections.Counter()
        for what in ("triple", "commitment", "distanced"):
            attribution_table.add(out, what, (right, given, wanted))
        return out

    def test_figures_are_of_all_documents_together(self):
        total = self.counts(1, 2, 2) + self.counts(3, 4, 6)
        figures = attribution_table.figures(total)
        self.assertAlmostEqual(figures["triple F1"], 200 * 4 / (6 + 8))
        self.assertAlmostEqual(figures["triple recall"], 100 * 4 / 8)
        self.assertAlmostEqual(figures["commitment F1, mean of four"], 200 * 4 / 14 / 4)

    def test_an_interval_holds_the_figure_and_is_a_point_where_documents_agree(self):
        rows = {name: row for name, *row in attribution_table.table([self.counts(1, 2, 2), self.counts(3, 4, 6)] * 4)}
        value, low, high = rows["triple F1"]
        self.assertTrue(low < value < high)
        value, low, high = {name: row for name, *row in attribution_table.table([self.counts(1, 2, 3)] * 3)}["triple F1"]
        self.assertEqual((low, high), (value, value))

    def test_no_labels_without_labels_in_the_gold(self):
        out = collections.Counter()
        attribution_table.add(out, "triple", (1, 1, 1))
        self.assertNotIn("commitment", attribution_table.figures(out))


class Speakers(unittest.TestCase):
    """Kari is named, and meant by a pronoun; Ola is somebody else."""
    TEXT = "Kari Vik kom. Hun sier at Ola løy."
    ARTICLE = {"text": TEXT, "attributions": [{"source": [[14, 17]], "cue": [[18, 22]], "content": [[23, 33]]}]}
    KARI, OLA = ([(0, 8)], [(14, 17)]), ([(26, 29)], [])

    def compare(self, speaker, statements=None):
        entities = [{"id": "e1", "mentions": [{"begin": 0, "end": 8, "form": "name"}, {"begin": 14, "end": 17, "form": "pronoun"}]},
                    {"id": "e2", "mentions": [{"begin": 26, "end": 29, "form": "name"}]}]
        found = [dict(self.ARTICLE["attributions"][0], speaker=speaker)] if statements is None else statements
        return speakers.compare(self.ARTICLE, {"statements": found, "entities": entities}, [self.KARI, self.OLA])

    def test_the_right_one_by_a_pronoun(self):
        self.assertEqual(self.compare("e1"), {("all", "other"): 1, ("matched", "other"): 1, ("right", "other"): 1})

    def test_another_and_nobody_are_wrong(self):
        for speaker in ("e2", None):
            self.assertEqual(self.compare(speaker)["right", "other"], 0)

    def test_what_is_not_found_counts_in_all(self):
        counts = self.compare(None, [])
        self.assertEqual((counts["all", "other"], counts["matched", "other"]), (1, 0))

    def test_an_entity_of_two_people_is_the_one_it_has_more_names_of(self):
        both = {"mentions": [{"begin": b, "end": e, "form": "name"} for b, e in ((0, 8), (26, 29), (30, 33))]}
        self.assertEqual(speakers.who(both, [([(0, 8)], []), ([(26, 29), (30, 33)], [])]), 1)
        self.assertIsNone(speakers.who({"mentions": []}, [self.KARI]))


class Annotated(ToolTest):
    """The format of training/data."""
    def test_marks_become_offsets(self):
        self.write("a.txt", "# nb-a nb\n[1,2s Lund] [1q=uncertain frykter] [1c at [3s noen] [3q sier] [3c det]].\n\n[2c – Gå.\nNå], [2q sier] hun.\n")
        found = list(annotated.articles(self.root / "a.txt"))
        self.assertEqual([(d["id"], d["language"], d["text"]) for d in found],
                         [("nb-a", "nb", "Lund frykter at noen sier det.\n– Gå.\nNå, sier hun.\n")])
        told = {a["id"]: a for a in found[0]["attributions"]}
        text = found[0]["text"]
        parts = {i: ["|".join(text[b:e] for b, e in a[k]) for k in ("source", "cue", "content")] for i, a in told.items()}
        self.assertEqual(parts, {"a1": ["Lund", "frykter", "at noen sier det"], "a2": ["Lund", "sier", "– Gå.\nNå"], "a3": ["noen", "sier", "det"]})
        self.assertEqual([told[i]["parent"] for i in ("a1", "a2", "a3")], [None, None, "a1"])
        self.assertEqual([told[i]["quote"] for i in ("a1", "a2")], ["indirect", "direct"])
        self.assertEqual(told["a1"]["commitment"], "uncertain")

    def test_back_gives_the_marks_again(self):
        marked = "# nb-a nb\n[1s Lund] [1q=denied nekter for] [1c at [2s noen] [2q sier] [2c det]].\n"
        self.write("a.txt", marked)
        self.assertEqual(annotated.back(next(annotated.articles(self.root / "a.txt"))).strip(), marked.strip())

    def test_mistakes_are_told_with_their_line(self):
        for line, says in (("[1c at x", "not closed: [1c"), ("x] y", "nothing is open"), ("[x y]", "not a mark"),
                           ("[1q sier]", "attribution 1 has no content"), ("[1c=funny x]", "no label: funny")):
            self.write("a.txt", f"# nb-a nb\nSol.\n{line}\n")
            with self.assertRaises(annotated.Wrong) as told: list(annotated.articles(self.root / "a.txt"))
            self.assertIn(f"a.txt:3: ", str(told.exception))
            self.assertIn(says, str(told.exception))

    def test_our_texts_hold_nothing_else(self):
        files = sorted((ROOT / "training" / "data").glob("*.txt"))
        self.assertTrue(files)
        names = [d["id"] for path in files for d in annotated.articles(path)]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()
