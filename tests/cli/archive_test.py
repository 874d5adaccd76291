#!/usr/bin/env python3
"""Archives from outside: commands, and what a kill, a full disk or a second program may not do.

usage: archive_test.py [-q] [Class[.test] ...]
"""
import json
import os
import pathlib
import random
import re
import resource
import sqlite3
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "story")]
from program import EXAMPLES, PROGRAM, ROOT, SLOW, WATCHDOG_S, ProgramTest  # noqa: E402
import stories  # noqa: E402

KILLS = 500 if os.environ.get("AVSTAND_SOAK") else 6 if SLOW else 30


def article(number, text, **more):
    return json.dumps({"id": f"a{number}", "outlet": "Nesvikposten", "published": f"2026-07-{number % 28 + 1:02d}",
                       "text": text, **more}, ensure_ascii=False) + "\n"


def story(number):
    return article(number, f"Bro {number} stengt\n\nBroen er stengt i {number + 2} dager, sier ordfører Kari Bø til NTB. "
                           f"Politiet avviser at noen er skadd. Ifølge Vegvesenet er {number} bolter borte.\n")


class Archive(ProgramTest):
    def archive(self, count=5):
        self.file("in.jsonl", "".join(story(i) for i in range(count)))
        self.run_program("add", "--archive", "a.db", "in.jsonl")
        return "a.db"

    def test_an_article_is_counted_once_and_its_versions_are_told_apart(self):
        url = "https://nesvikposten.no/sak/1"
        first = "Bro stengt\n\nBroen er stengt til mandag, sier ordfører Kari Bø.\n"
        second = first + "\nDen åpner fredag, opplyser Vegvesenet.\n"
        self.file("1.jsonl", article(1, first, url=url))
        self.file("2.jsonl", article(2, second, url=url + "?utm_source=nyhetsbrev"))
        self.assertEqual(self.run_program("add", "--archive", "a.db", "1.jsonl"),
                         "1 added, 0 new versions, 0 read anew, 0 unchanged\n")
        self.assertIn("1 new versions", self.run_program("add", "--archive", "a.db", "2.jsonl"))
        self.assertIn("1 unchanged", self.run_program("add", "--archive", "a.db", "2.jsonl"))
        diff = self.run_program("diff", "--archive", "a.db", url)
        self.assertIn("version 1 to 2: 1 added, 0 dropped, 0 resourced", diff)
        self.assertIn("+ Vegvesenet: Den åpner fredag", diff)
        self.assertEqual(self.run_program("check", "a.db"), "clean: 1 articles\n")

    def test_search_goes_by_lemma_and_filters(self):
        self.archive()
        for words in (["broene"], ["stenge"], ["Bro", "bolter"]):
            self.assertIn("Bro 1 stengt", self.run_program("search", "--archive", "a.db", *words), words)
        self.assertEqual(self.run_program("search", "--archive", "a.db", "ferge"), "nothing\n")
        hits = self.run_program("search", "--archive", "a.db", "--origin", "vegvesenet", "--to", "2026-07-02", "--json")
        self.assertEqual([json.loads(line)["document"] for line in hits.splitlines()], ["a1", "a0"])

    def test_other_forms_of_a_word_are_found(self):
        for language in ("nb", "nn", "en"):
            lines = (ROOT / "tests" / "case" / "query_endings" / "words" / f"input.{language}.txt").read_text("utf8")
            pairs = [line.split("\t") for line in lines.splitlines() if not line.startswith("#")]
            self.file(f"{language}.jsonl", "".join(article(i, text + "\n", language=language)
                                                   for i, (_, text) in enumerate(pairs)))
            self.run_program("add", "--archive", f"{language}.db", f"{language}.jsonl")
            for number, (word, text) in enumerate(pairs):
                hits = self.run_program("search", "--archive", f"{language}.db", word, "--json").splitlines()
                self.assertIn(f"a{number}", [json.loads(hit)["document"] for hit in hits], (word, text))

    def test_a_source_is_told_with_what_was_passed_on(self):
        self.archive()
        report = json.loads(self.run_program("source", "--archive", "a.db", "kari bø", "--json"))
        self.assertEqual((report["name"], report["statements"], report["articles"]), ("Kari Bø", 5, 5))
        self.assertEqual(report["relays"], [{"name": "NTB", "statements": 5}])
        self.assertIn("passed on 5 of others", self.run_program("source", "--archive", "a.db", "NTB"))

    def test_plain_sql_answers_a_journalist(self):
        self.archive()
        with sqlite3.connect(self.folder / "a.db") as db:
            rows = db.execute("SELECT content FROM attributed WHERE origin = 'Vegvesenet' AND published LIKE '2026-07-%'")
            self.assertEqual(len(rows.fetchall()), 5)
            self.assertEqual(db.execute("SELECT name, articles FROM outlets").fetchall(), [("Nesvikposten", 5)])
            self.assertEqual(db.execute("SELECT count(*) FROM search WHERE search MATCH 'stenge'").fetchone(), (5,))

    def test_what_is_forgotten_is_gone(self):
        self.archive()
        self.assertIn("5 would go", self.run_program("forget", "--archive", "a.db", "--person", "Kari Bø", "--dry-run"))
        self.assertIn("1 gone", self.run_program("forget", "--archive", "a.db", "a3"))
        self.assertNotIn("Bro 3 ", self.run_program("search", "--archive", "a.db", "bro"))
        self.run_program("forget", "--archive", "a.db", "--person", "Kari Bø")
        self.assertNotIn(b"Vegvesenet", (self.folder / "a.db").read_bytes())
        self.assertEqual(self.run_program("check", "a.db"), "clean: 0 articles\n")

    def test_a_dump_is_without_loss(self):
        self.run_program("add", "--archive", "a.db", *EXAMPLES)
        dump = self.run_program("dump", "a.db")
        self.file("d.jsonl", dump)
        self.run_program("restore", "--archive", "b.db", "d.jsonl")
        self.assertEqual(self.run_program("dump", "b.db"), dump)
        self.run_program("restore", "--archive", "c.db", stdin=dump)
        self.assertEqual(self.run_program("dump", "c.db"), dump)
        self.assertEqual(self.run_program("stories", "--archive", "c.db"), self.run_program("stories", "--archive", "a.db"))

    def test_stories_of_an_archive_are_those_of_its_articles(self):
        self.file("in.jsonl", "".join(story(i) for i in range(4)))
        self.run_program("add", "--archive", "a.db", "in.jsonl")
        self.assertEqual(self.run_program("stories", "--archive", "a.db", "--json"),
                         self.run_program("stories", "--json", "in.jsonl"))
        self.run_program("stories", "--archive", "a.db", "--json", "--output", "out.json")
        self.assertEqual((self.folder / "out.json").read_text("utf8"), self.run_program("stories", "--json", "in.jsonl"))

    def lines(self, name, articles):
        return self.file(name, "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles))

    def test_stories_are_the_same_in_any_order_and_batches(self):
        articles = list(stories.ALL)
        wanted = self.run_program("stories", "--json", self.lines("all.jsonl", articles))
        self.assertGreater(len(json.loads(wanted)["stories"]), 2)
        for seed in range(1 if SLOW else 3):
            dice = random.Random(seed)
            dice.shuffle(articles)
            cut = sorted(dice.sample(range(1, len(articles)), 2))
            for begin, end in zip([0, *cut], [*cut, len(articles)]):
                self.run_program("add", "--archive", f"{seed}.db", self.lines("part.jsonl", articles[begin:end]))
            self.assertEqual(self.run_program("stories", "--archive", f"{seed}.db", "--json"), wanted, seed)
            self.assertEqual(self.run_program("check", f"{seed}.db"), f"clean: {len(articles)} articles\n")

    def test_a_story_and_a_claim_are_shown(self):
        self.run_program("add", "--archive", "a.db", self.lines("in.jsonl", [
            dict(a, url=f"https://{a['outlet'].split()[0].lower()}.example/{a['id']}") for a in stories.SLIDE]))
        whole = json.loads(self.run_program("stories", "--archive", "a.db", "--json"))
        for name in ("slide-1", "1", "3", "https://skarvposten.example/slide-4"):
            self.assertEqual(json.loads(self.run_program("story", "--archive", "a.db", name, "--json")), whole, name)
        self.assertIn("independent origins", self.run_program("story", "--archive", "a.db", "slide-1"))
        claim = next(c for c in whole["stories"][0]["claims"] if "Ingen er meldt skadd" in c["text"])
        shown = json.loads(self.run_program("claim", "--archive", "a.db", f"slide-1/{claim['id']}", "--json"))["claim"]
        self.assertEqual([m["begin"] for m in shown["mentions"]], [m["begin"] for m in claim["mentions"]])
        self.assertIn("Ingen er meldt skadd i raset.", shown["mentions"][0]["words"])
        text = self.run_program("claim", "--archive", "a.db", f"1/{claim['id']}")
        self.assertIn("articles 3 · outlets 3 · independent origins 1", text)
        self.assertIn("slide-3", text)
        self.run_program("story", "--archive", "a.db", "slide-1", "--html", "-o", "s.html")
        page = (self.folder / "s.html").read_text("utf8")
        self.assertIn('href="https://ntb.example/slide-1"', page)
        self.assertIn('href="#article-', page)
        self.assertIn('id="article-1"', page)
        for server in ("<script", "<form", 'href="/', "src="):
            self.assertNotIn(server, page)
        for wrong in (("story", "none"), ("claim", "slide-1"), ("claim", "slide-1/c999"), ("claim", "none/c1")):
            self.run_program(wrong[0], "--archive", "a.db", wrong[1], code=1)
            self.assertEqual(len(self.err.splitlines()), 1, self.err)

    def test_plain_sql_answers_about_stories(self):
        self.run_program("add", "--archive", "a.db", self.lines("in.jsonl", stories.ALL))
        with sqlite3.connect(self.folder / "a.db") as db:
            self.assertEqual(db.execute("SELECT document, articles FROM stories ORDER BY begins").fetchall(),
                             [("slide-1", 4), ("plant-1", 2), ("ferry-1", 2)])
            (row,) = db.execute("SELECT outlets, articles FROM single_origin_claims WHERE text LIKE 'Ingen er meldt%'")
            self.assertEqual(row, (3, 3))
            words = [w for (w,) in db.execute("SELECT words FROM told WHERE claim_text LIKE 'Ingen er meldt%'")]
            self.assertEqual(words, ["Ingen er meldt skadd i raset."] * 3)
            copies = db.execute("SELECT a.document, c.kind, c.credited FROM copies c JOIN articles a ON a.id = c.article")
            self.assertEqual(sorted(copies), [("ferry-2", "translated", 1), ("slide-2", "edited", 1),
                                          ("slide-3", "verbatim", 0)])

    def test_what_is_forgotten_is_in_no_story(self):
        self.run_program("add", "--archive", "a.db", self.lines("in.jsonl", stories.PLANT + stories.SLIDE))
        self.assertIn("2 gone", self.run_program("forget", "--archive", "a.db", "plant-1", "plant-2"))
        self.assertEqual(self.run_program("stories", "--archive", "a.db", "--json"),
                         self.run_program("stories", "--json", self.lines("rest.jsonl", stories.SLIDE)))
        data = (self.folder / "a.db").read_bytes()
        for word in ("Ovnverk", "Lyngfjorden", "kvikks"):
            self.assertNotIn(word.encode("utf8"), data)
        self.assertEqual(self.run_program("check", "a.db"), "clean: 4 articles\n")

    def test_a_saved_question_tells_of_a_second_origin_once(self):
        self.run_program("add", "--archive", "a.db", self.lines("in.jsonl", stories.SLIDE[:3]))
        (found,) = json.loads(self.run_program("story", "--archive", "a.db", "1", "--json"))["stories"]
        claim = next(c for c in found["claims"] if "Ingen er meldt skadd" in c["text"])
        self.assertEqual(claim["independent_origins"], 1)
        name = f"1/{claim['id']}"
        self.assertIn(name, self.run_program("watch", "--archive", "a.db", name))
        self.assertIn("already", self.run_program("watch", "--archive", "a.db", name))
        self.assertIn(name, self.run_program("watch", "--archive", "a.db", "--list"))
        self.assertEqual(self.run_program("watch", "--archive", "a.db"), "nothing new\n")
        second = stories.article(
            "slide-5", "Fjellbladet", "2026-03-02T11:00:00+01:00", "Ras ved Skarvsund",
            "Et steinras stengte riksvei 88 ved Skarvsund natt til mandag. Ingen er meldt skadd i raset, opplyser Røde Kors "
            "til Fjellbladet.", "– Ingen er meldt skadd i raset, sier Per Bø i Røde Kors.")
        self.run_program("add", "--archive", "a.db", self.lines("second.jsonl", [second]))
        news = self.run_program("watch", "--archive", "a.db", "--json", code=3)
        self.assertEqual([json.loads(line)["news"] for line in news.splitlines()], ["second_origin"])
        self.assertIn("Røde Kors", json.loads(news)["origins"])
        self.assertEqual(self.run_program("watch", "--archive", "a.db"), "nothing new\n")
        self.assertIn("gone", self.run_program("watch", "--archive", "a.db", "--remove", "1"))
        self.run_program("watch", "--archive", "a.db", "--remove", "1", code=1)
        self.assertEqual(len(self.err.splitlines()), 1)

    def test_bad_input_and_wrong_use_are_told_on_one_line(self):
        self.file("no.db", "x" * 5000)
        self.archive(1)
        for command in (("check", "none.db"), ("check", "no.db"), ("search", "--archive", "no.db", "x"),
                        ("diff", "--archive", "a.db", "none"), ("dump", "/"), ("forget", "--archive", "a.db"),
                        ("restore", "--archive", "b.db", "no.db"), ("stories", "--archive", "a.db", "in.jsonl")):
            self.run_program(*command, code=1)
            self.assertEqual(len(self.err.splitlines()), 1, self.err)
        self.assertEqual((self.folder / "no.db").read_text(), "x" * 5000)

    def test_bad_articles_do_not_keep_the_good_ones_out(self):
        self.file("in.jsonl", story(1) + "{\n" + story(2))
        self.assertIn("2 added", self.run_program("add", "--archive", "a.db", "in.jsonl", code=2))


class Survival(ProgramTest):
    def make_dump(self, count):
        """A dump of many articles, made of one: nothing is parsed for it, and it is in no story."""
        self.file("one.jsonl", story(1))
        self.run_program("add", "--archive", "one.db", "one.jsonl")
        lines = re.sub('"features":"[^"]*"', '"features":""', self.run_program("dump", "one.db"))
        return "".join(lines.replace('"id":"a1"', f'"id":"a{i}"') for i in range(count))

    def killed(self, command, after):
        process = subprocess.Popen([PROGRAM, *command], cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(after)
        process.kill()
        process.wait(WATCHDOG_S)

    def test_a_kill_at_any_moment_loses_nothing_that_was_safe(self):
        self.file("d.jsonl", self.make_dump(120 if SLOW else 900))
        self.file("in.jsonl", "".join(story(i) for i in range(10 if SLOW else 40)) +
                  "".join(json.dumps(a) + "\n" for a in stories.ALL))
        for number, command in enumerate((("restore", "--archive", "k.db", "d.jsonl"),
                                          ("add", "--archive", "k.db", "in.jsonl"))):
            for part in self.folder.glob("k.db*"):
                part.unlink()
            begin = time.monotonic()
            self.run_program(*command)
            whole = time.monotonic() - begin
            wanted = self.run_program("dump", "k.db") + self.run_program("stories", "--archive", "k.db", "--json")
            dice = random.Random(number)
            for _ in range(KILLS // 2):
                for part in self.folder.glob("k.db*"):
                    part.unlink()
                for _ in range(dice.choice((1, 1, 2))):
                    self.killed(command, dice.random() * whole)
                checked = subprocess.run([PROGRAM, "check", "k.db"], cwd=self.folder, capture_output=True, text=True,
                                         timeout=WATCHDOG_S, check=False)
                if "there is no archive here" not in checked.stderr and "never finished" not in checked.stderr:
                    self.assertIn("clean", checked.stdout, checked.stderr)
                self.run_program(*command)
                now = self.run_program("dump", "k.db") + self.run_program("stories", "--archive", "k.db", "--json")
                self.assertEqual(now == wanted, True, "the archive is another one")
                self.assertIn("clean", self.run_program("check", "k.db"))

    def test_a_full_disk_leaves_what_was_safe(self):
        self.file("d.jsonl", self.make_dump(900))
        self.file("one.jsonl", story(1))
        self.run_program("add", "--archive", "f.db", "one.jsonl")
        full = subprocess.run([PROGRAM, "restore", "--archive", "f.db", "d.jsonl"], cwd=self.folder, capture_output=True,
                              timeout=WATCHDOG_S, check=False, restore_signals=False,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)))
        self.assertNotEqual(full.returncode, 0)
        self.assertLessEqual(len(full.stderr.splitlines()), 1)
        self.assertIn("clean", self.run_program("check", "f.db"))
        self.run_program("restore", "--archive", "f.db", "d.jsonl")
        self.assertEqual(self.run_program("check", "f.db"), "clean: 900 articles\n")

    def test_two_read_while_one_adds(self):
        self.file("d.jsonl", self.make_dump(900))
        self.file("one.jsonl", story(1))
        self.run_program("add", "--archive", "r.db", "one.jsonl")
        writer = subprocess.Popen([PROGRAM, "restore", "--archive", "r.db", "d.jsonl"], cwd=self.folder,
                                  stdout=subprocess.DEVNULL)
        while writer.poll() is None:
            readers = [subprocess.Popen([PROGRAM, "source", "--archive", "r.db", "Vegvesenet"], cwd=self.folder,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
            for reader in readers:
                out, err = reader.communicate(timeout=WATCHDOG_S)
                self.assertEqual((reader.returncode, err), (0, b""))
                self.assertIn(b"origin of", out)
        self.assertEqual(writer.returncode, 0)

    def test_a_file_that_may_not_be_written_to_is_told(self):
        self.file("one.jsonl", story(1))
        self.run_program("add", "--archive", "a.db", "one.jsonl")
        before = (self.folder / "a.db").read_bytes()
        os.chmod(self.folder / "a.db", 0o444)
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        # root may write to everything: somebody else tries
        other = (lambda: os.setuid(65534)) if os.geteuid() == 0 else None
        for command in (("forget", "--archive", "a.db", "a1"), ("add", "--archive", "a.db", "one.jsonl"),
                        ("watch", "--archive", "a.db", "--origin", "NTB"), ("restore", "--archive", "a.db", "one.jsonl")):
            done = subprocess.run([PROGRAM, *command], cwd=self.folder, capture_output=True, text=True,
                                  timeout=WATCHDOG_S, check=False, preexec_fn=other)
            self.assertEqual(done.returncode, 1, (command, done.stdout, done.stderr))
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            self.assertNotIn("locked", done.stderr)
        self.assertEqual((self.folder / "a.db").read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
