#!/usr/bin/env python3
"""avstand stories from outside, on invented stories. AVSTAND_PROGRAM names the binary."""
import json
import pathlib
import random
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "story")]
from program import PROGRAM, ROOT, WATCHDOG_S  # noqa: E402
import stories  # noqa: E402

TEXT = {a["id"]: a["title"] + "\n\n" + a["text"] for a in stories.ALL}


def run(articles, *options):
    lines = articles if isinstance(articles, str) else "".join(json.dumps(a) + "\n" for a in articles)
    return subprocess.run([PROGRAM, "stories", *options, "-"], input=lines.encode(), cwd=ROOT,
                          capture_output=True, timeout=WATCHDOG_S, check=False)


class Stories(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = run(stories.ALL, "--json")
        assert done.returncode == 0, done.stderr.decode()
        cls.raw = done.stdout
        cls.stories = {s["id"]: s for s in json.loads(done.stdout)["stories"]}

    def claims_with(self, story, words):
        """Claims one mention of which has the words."""
        return [c for c in self.stories[story]["claims"]
                if any(words in TEXT[m["article"]][m["begin"]:m["end"]] for m in c["mentions"])]

    def test_articles_about_one_happening_are_one_story(self):
        self.assertEqual({i: s["articles"] for i, s in self.stories.items()}, {
            "slide-1": ["slide-1", "slide-2", "slide-3", "slide-4"],
            "plant-1": ["plant-1", "plant-2"], "ferry-1": ["ferry-1", "ferry-2"]})

    def test_copies_credited_and_not(self):
        copies = {c["articles"][0]: c for c in self.stories["slide-1"]["copies"]}
        self.assertEqual(sorted(copies), ["slide-2", "slide-3"])
        self.assertTrue(all(c["of"] == "slide-1" for c in copies.values()))
        self.assertTrue(copies["slide-2"]["credited"])
        self.assertFalse(copies["slide-3"]["credited"])

    def test_a_denial_is_no_copy_and_no_origin(self):
        self.assertEqual(self.stories["plant-1"]["copies"], [])
        claims = self.claims_with("plant-1", "i tre år")
        denials = [m for c in claims for m in c["mentions"] if m["stance"] == "denies"]
        self.assertTrue(denials)
        self.assertTrue(all(m["article"] == "plant-2" for m in denials))
        self.assertTrue(all("Ovnverk" not in c["origins"] for c in claims))
        self.assertIn("denied", {c["status"] for c in claims})

    def test_many_outlets_on_one_wire_are_one_origin(self):
        (claim,) = self.claims_with("slide-1", "Ingen er meldt skadd")
        self.assertEqual((claim["articles"], claim["outlets"], claim["independent_origins"]), (3, 3, 1))

    def test_an_uncredited_wire_is_resolved(self):
        (claim,) = self.claims_with("slide-1", "Ingen er meldt skadd")
        (mention,) = [m for m in claim["mentions"] if m["article"] == "slide-3"]
        self.assertNotIn("NTB", mention["chain"])
        self.assertIn("NTB", mention["resolved_chain"])

    def test_a_claim_is_found_across_languages(self):
        (claim,) = self.claims_with("ferry-1", "engine had failed")
        self.assertEqual({m["article"] for m in claim["mentions"]}, {"ferry-1", "ferry-2"})
        self.assertEqual(claim["origins"], ["Marrin Line"])

    def test_a_later_figure_of_the_same_origin_updates(self):
        (first,) = self.claims_with("slide-1", "Tolv personer er evakuert")
        later = self.claims_with("slide-1", "Tjue personer er evakuert")
        self.assertTrue(any(first["id"] in c["updates"] for c in later))

    def test_long_articles_with_nothing_in_common_stay_alone(self):
        examples = sorted((ROOT / "examples").glob("*.txt"))
        done = subprocess.run([PROGRAM, "stories", "--json", *examples], capture_output=True, timeout=WATCHDOG_S, check=True)
        self.assertEqual(json.loads(done.stdout)["stories"], [])

    def test_order_makes_no_difference(self):
        articles = list(stories.ALL)
        for seed in range(3):
            random.Random(seed).shuffle(articles)
            self.assertEqual(run(articles, "--json").stdout, self.raw)

    def test_no_article_and_one_article(self):
        for articles in ([], stories.ALL[:1]):
            done = run(articles, "--json")
            if done.returncode == 0:
                self.assertEqual(json.loads(done.stdout)["stories"], [])
            else:
                self.assertFalse(articles)
                self.assertEqual(len(done.stderr.decode().strip().splitlines()), 1)

    def test_bad_input_is_one_line_with_its_place(self):
        done = run('{"title": "a"\n', "--json")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("avstand:", done.stderr.decode())

    def test_text_for_people(self):
        done = run(stories.SLIDE)
        self.assertEqual(done.returncode, 0)
        self.assertIn("NTB", done.stdout.decode())


if __name__ == "__main__":
    unittest.main()
