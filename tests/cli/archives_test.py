#!/usr/bin/env python3
"""Web archives, limits and --resume from outside. AVSTAND_PROGRAM names the binary.

usage: archives_test.py [-q] [Class[.test] ...]
"""
import gzip
import io
import json
import os
import pathlib
import pty
import subprocess
import sys
import time
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from program import PROGRAM, SLOW, WATCHDOG_S, ProgramTest  # noqa: E402

PLACES = ("Nesvik", "Sandøy", "Lervåg", "Holmestad", "Brekke", "Tangen", "Ulvund")


def page(number):
    place = PLACES[number % len(PLACES)]
    return (f"<!DOCTYPE html><html lang='nb'><head><title>Bro {number} stengt i {place}</title></head><body><article>"
            f"<h1>Bro {number} stengt i {place}</h1><p>Broen over elva er stengt til mandag, sier ordfører Kari Bø til "
            f"{place}posten. Kommunen venter på rapport nummer {number} om fundamentene.</p><p>Rapporten kommer tidligst "
            f"i neste uke, opplyser vegsjefen. Bussene kjører om sentrum så lenge.</p></article></body></html>").encode()


def record(number, body=None, fields=""):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + (body or page(number))
    return (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Target-URI: https://avis.example/{number}\r\nWARC-Date: 2026-05-04T06:12:00Z\r\n{fields}"
            f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def packed(records):
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def wacz(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


class Archives(ProgramTest):
    def test_an_archive_gives_its_articles_with_their_capture(self):
        name = self.file("x.warc.gz", packed([record(1), record(2, fields="WARC-Payload-Digest: sha1:ABC\r\n")]))
        documents = [ledger["document"] for ledger in self.ledgers(name)]
        self.assertEqual([d["id"] for d in documents], ["x.warc.gz#1", "x.warc.gz#2"])
        self.assertEqual(documents[1]["url"], "https://avis.example/2")
        self.assertEqual(documents[1]["capture"], {
            "archive": "x.warc.gz", "offset": len(record(1)), "record": "urn:uuid:2", "url": "https://avis.example/2",
            "time": "2026-05-04T06:12:00Z", "digest": "sha1:ABC", "digest_right": None, "truncated": None})
        self.assertIn("x.warc.gz: 2 records, 2 articles", self.err)

    def test_progress_on_a_terminal(self):
        name = self.file("x.warc.gz", packed([record(i) for i in range(150 if SLOW else 1500)]))
        terminal, end = pty.openpty()
        process = subprocess.Popen([PROGRAM, "read", "--format", "json", name], cwd=self.folder,
                                   stdout=subprocess.DEVNULL, stderr=end)
        os.close(end)
        said = b""
        try:
            while piece := os.read(terminal, 4096):
                said += piece
        except OSError:  # the other end is closed
            pass
        os.close(terminal)
        self.assertEqual(process.wait(WATCHDOG_S), 0)
        self.assertRegex(said.decode(), r"\d+ % of x\.warc\.gz")

    def test_standard_input_and_wacz(self):
        data = packed([record(1)])
        self.assertEqual(len(self.ledgers("-", stdin=data)), 1)
        name = self.file("x.wacz", wacz({"archive/data.warc.gz": data, "datapackage.json": b"{}"}))
        self.assertEqual(self.ledgers(name)[0]["document"]["capture"]["archive"], "x.wacz/archive/data.warc.gz")
        self.run_program("read", "-", stdin=wacz({"archive/data.warc.gz": data}), code=2)
        self.assertIn("a zip file cannot be read from a pipe", self.err)

    def test_members_that_lead_out_are_refused(self):
        name = self.file("x.wacz", wacz({"archive/a.warc": record(1), "../b.warc": record(2)}))
        out = self.run_program("read", "--format", "json", name, code=2)
        self.assertEqual(len(out.splitlines()), 1)
        self.assertIn("a member's name leads out of the archive: '../b.warc'; it is not read", self.err)

    def test_broken_and_cut_archives_give_what_is_whole(self):
        cut = packed([record(1), record(2)])[:-40]
        broken = packed([record(1)]) + b"\x1f\x8b\x08broken" + packed([record(3)])
        for data, ids in ((cut, ["x#1"]), (broken, ["x#1", "x#2"])):
            out = self.run_program("read", "--format", "json", self.file("x", data), code=2)
            found = [json.loads(line)["document"]["id"] for line in out.splitlines()]
            self.assertEqual(found[:len(ids)], ids)
            self.assertRegex(self.err, r"x:byte \d+: record \d+: ")

    def test_the_same_archive_twice(self):
        name = self.file("x.warc", record(1))
        out = self.run_program("read", "--format", "json", name, name, code=2)
        self.assertEqual(len(out.splitlines()), 1)
        self.assertIn("this archive came before", self.err)


class NewsML(ProgramTest):
    def test_what_an_agency_says_is_in_the_ledger(self):
        name = self.file("x.xml", "<?xml version='1.0'?><newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='g1' "
                         "version='2' xml:lang='nb'><hopHistory><hop seq='2'><party literal='Avisa'/></hop><hop seq='1' "
                         "timestamp='2026-05-04T06:00:00Z'><party literal='Byrået'/></hop></hopHistory><itemMeta>"
                         "<embargoed>2026-05-05T06:00:00Z</embargoed><signal qcode='sig:correction'/></itemMeta>"
                         "<contentMeta><headline>Bro stengt</headline></contentMeta><contentSet><inlineXML><html "
                         "xmlns='http://www.w3.org/1999/xhtml'><body><p>Broen er stengt, sier Kari Bø.</p></body></html>"
                         "</inlineXML></contentSet></newsItem>")
        ledger = self.ledgers(name)[0]
        chain = next(s["chain"] for s in ledger["statements"] if s["quote"] != "own")
        self.assertEqual([hop["name"] for hop in chain], ["Kari Bø", "Byrået", "Avisa"])
        document = ledger["document"]
        self.assertEqual((document["id"], document["text"]), ("g1", "Bro stengt\n\nBroen er stengt, sier Kari Bø."))
        agency = document["agency"]
        self.assertEqual(agency["hops"], ["Byrået", "Avisa"])
        self.assertEqual(agency["hop_history"][0], {"party": "Byrået", "actions": [], "time": "2026-05-04T06:00:00Z"})
        self.assertEqual((agency["embargo"], agency["version"], agency["corrections"]),
                         ("2026-05-05T06:00:00Z", "2", ["correction"]))


class Limits(ProgramTest):
    def refused(self, *args, says, hint, articles=0):
        out = self.run_program("read", "--format", "json", *args, code=2)
        self.assertEqual(len(out.splitlines()), articles)
        lines = [line for line in self.err.splitlines() if says in line]
        self.assertEqual(len(lines), 1, self.err)
        self.assertIn(hint, self.err)

    def test_archives(self):
        spaces = self.file("spaces.warc.gz", packed([record(1, body=b" " * 5_000_000 + page(1)), record(2)]))
        self.refused(spaces, "--max-ratio", 20, says="unpacks to more than 20 times its size",
                     hint="raise --max-ratio", articles=1)
        self.refused(spaces, "--max-bytes", 100000, says="record 1: larger than 100000 bytes",
                     hint="raise --max-bytes", articles=1)
        self.refused(spaces, "--max-unpacked", 100000, says="unpacks to more than 100000 bytes",
                     hint="raise --max-unpacked", articles=0)
        three = self.file("three.warc", b"".join(map(record, range(3))))
        self.refused(three, "--max-records", 2, says="more than 2 records; the rest is not read",
                     hint="raise --max-records", articles=2)

    def test_documents(self):
        deep = self.file("deep.html", b"<!DOCTYPE html><html><body>" + b"<div>" * 200 + page(1))
        self.refused(deep, "--max-depth", 100, says="deep.html", hint="raise --max-depth")
        many = self.file("many.html", b"<!DOCTYPE html><html><body><p " +
                         b" ".join(b"a%d=1" % i for i in range(50)) + b">x</p>" + page(1))
        self.refused(many, "--max-attributes", 20, says="many.html", hint="raise --max-attributes")
        self.refused(self.file("x.txt", "Bro stengt\n\n" + "Broen er stengt. " * 100), "--max-bytes", 100,
                     says="larger than 100 bytes", hint="raise --max-bytes")
        entity = ("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'Broen i Nesvik er stengt'>]><rss version='2.0'>"
                  "<channel><title>A</title><item><title>Bro</title><description>" + "&a;. " * 200 +
                  "</description></item></channel></rss>")
        name = self.file("entity.xml", entity)
        self.refused(name, says="entity.xml", hint="--max-entity-bytes")
        self.assertEqual(len(self.ledgers(name, "--max-entity-bytes", 10000)), 1)
        self.refused(name, "--max-entity-bytes", 100, says="entity.xml", hint="raise --max-entity-bytes")

    def test_depth_of_json_and_xml(self):
        nested = "[" * 50 + "]" * 50
        name = self.file("deep.json", '{"id":"a","text":"Bro stengt.","x":' + nested + "}")
        self.assertEqual(len(self.ledgers(name)), 1)
        self.refused(name, "--max-depth", 40, says="JSON nested deeper than 40", hint="raise --max-depth")
        feed = self.file("feed.json", '{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1",'
                         '"content_text":"Broen er stengt, sier Kari Bø.","x":' + nested + "}]}")
        self.assertEqual(len(self.ledgers(feed, "--max-depth", 40)), 1)
        self.assertIn("JSON nested deeper than 40 is left out (raise --max-depth)", self.err)
        rss = ("<?xml version='1.0'?><rss version='2.0'><channel><title>A</title><item><title>Bro</title><description{}>"
               "Broen er stengt</description>{}</item></channel></rss>")
        deep = self.file("deep.xml", rss.format("", "<x>" * 60 + "</x>" * 60))
        self.assertEqual(len(self.ledgers(deep)), 1)
        self.refused(deep, "--max-depth", 40, says="XML nested deeper than 40", hint="raise --max-depth")
        many = self.file("many.xml", rss.format("".join(f" a{i}='1'" for i in range(50)), ""))
        self.assertEqual(len(self.ledgers(many)), 1)
        self.refused(many, "--max-attributes", 20, says="XML with more than 20 attributes", hint="raise --max-attributes")

    def test_time(self):
        name = self.file("long.txt", "Bro stengt\n\n" + "Broen er stengt, sier Kari Bø.\n\n" * 3000)
        self.refused(name, "--max-seconds", 0.001, says="takes longer than 0.001 s", hint="raise --max-seconds")

    def test_time_runs_out_for_one_article_and_the_others_are_read(self):
        long = "Bro stengt\n\n" + "Broen er stengt, sier Kari Bø.\n\n" * (3_000 if SLOW else 30_000)
        name = self.file("three.jsonl", "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in
                                                (("a", "Broen er stengt."), ("b", long), ("c", "Broen er åpen."))))
        self.run_program("read", "--format", "json", "--max-seconds", 0.5, name, code=2)
        self.assertEqual([json.loads(line)["document"]["id"] for line in self.out.splitlines()], ["a", "c"])
        self.assertIn("three.jsonl:line 2: 'b' takes longer than 0.5 s; given up after", self.err)
        more = "<p>Rapporten kommer tidligst i neste uke, opplyser vegsjefen. Bussene kjører så lenge.</p>".encode()
        body = page(2).replace(b"</article>", more * (3_000 if SLOW else 30_000))
        name = self.file("x.warc", record(1) + record(2, body) + record(3))
        self.run_program("read", "--format", "json", "--max-seconds", 0.5, name, code=2)
        self.assertEqual([json.loads(line)["document"]["id"] for line in self.out.splitlines()], ["x.warc#1", "x.warc#3"])
        # How far a fast or a slow machine comes in that time differs: the record may not be an article yet.
        self.assertRegex(self.err, f"x[.]warc(#2)?:byte {len(record(1))}: (record 2: )?takes longer than 0[.]5 s; given up after")

    def test_values_that_make_no_sense(self):
        for option, value in (("--max-records", 0), ("--max-ratio", "x"), ("--max-seconds", -1)):
            self.run_program("read", option, value, "x.txt", code=1)
            self.assertIn(option, self.err)


ARTICLES = 60 if SLOW else 600


class Resume(ProgramTest):
    """An archive and a file behind it, with records that are broken, killed again and again."""

    def setUp(self):
        super().setUp()
        records = [record(i) for i in range(ARTICLES)]
        records[7] = b"WARC/1.1\r\nWARC-Type: response\r\n\r\n"
        half = len(records) // 2
        self.inputs = [self.file("a.warc.gz", packed(records[:half])),
                       self.file("b.wacz", wacz({"archive/1.warc.gz": packed(records[half:])})),
                       self.file("c.jsonl", "".join(json.dumps({"id": f"c{i}", "text": f"Bro {i}\n\nBroen er stengt."})
                                                    + "\n" for i in range(20)))]

    def command(self, *more):
        return [PROGRAM, "read", "--format", "json", "--threads", "2", *self.inputs, "--output", "out", *more]

    def whole(self):
        subprocess.run(self.command(), cwd=self.folder, capture_output=True, timeout=WATCHDOG_S, check=False)
        out = (self.folder / "out").read_bytes()
        (self.folder / "out").unlink()
        return out

    def kill_at(self, size, *more):
        """Runs until the output so far has that many bytes; true: it came to its end before."""
        part = self.folder / "out.part"
        process = subprocess.Popen(self.command(*more), cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + WATCHDOG_S
        while process.poll() is None and time.monotonic() < deadline:
            if part.exists() and part.stat().st_size >= size:
                break
            time.sleep(0.002)
        process.kill()
        process.wait()
        return (self.folder / "out").exists()

    def resume(self, code):
        done = subprocess.run(self.command("--resume"), cwd=self.folder, capture_output=True, timeout=WATCHDOG_S,
                              check=False)
        self.err = done.stderr.decode()
        self.assertEqual(done.returncode, code, self.err[-2000:])
        return (self.folder / "out").read_bytes()

    def test_killed_at_many_points_nothing_is_lost_or_doubled(self):
        whole = self.whole()
        ids = [json.loads(line)["document"]["id"] for line in whole.splitlines()]
        self.assertEqual(len(ids), ARTICLES - 1 + 20)
        kills, past = 0, 0
        for share in (0.0001, 0.1, 0.25, 0.45, 0.6, 0.8, 0.97):
            self.assertGreaterEqual(len(whole), past)
            if self.kill_at(int(len(whole) * share), *(["--resume"] if kills else [])):
                break
            kills += 1
            self.assertFalse((self.folder / "out").exists())
            past = (self.folder / "out.part").stat().st_size
        self.assertGreaterEqual(kills, 4)
        resumed = self.resume(2) if not (self.folder / "out").exists() else (self.folder / "out").read_bytes()
        self.assertEqual(resumed, whole)
        self.assertEqual([p.name for p in self.folder.glob("out*")], ["out"])

    def test_what_was_written_behind_the_last_state_is_cut_off(self):
        whole = self.whole()
        self.assertFalse(self.kill_at(len(whole) // 3))
        with (self.folder / "out.part").open("ab") as part:
            part.write(b'{"half": ')
        self.assertEqual(self.resume(2), whole)
        self.assertIn("goes on behind", self.err)

    def test_a_run_without_resume_begins_anew(self):
        whole = self.whole()
        self.assertFalse(self.kill_at(len(whole) // 3))
        self.assertFalse(self.kill_at(1))
        self.assertEqual(self.resume(2), whole)

    def test_other_inputs_options_or_a_broken_state_are_refused(self):
        self.assertFalse(self.kill_at(20_000))
        state, part = (self.folder / "out.resume"), (self.folder / "out.part")
        before = part.read_bytes()
        for more in (["--language", "nb"], ["--max-pixels", "9"], ["--outlet", "X"], ["c.jsonl"]):
            done = subprocess.run(self.command("--resume", *more), cwd=self.folder, capture_output=True, check=False)
            self.assertEqual(done.returncode, 1, more)
            self.assertIn("the run to resume had other inputs or options", done.stderr.decode())
        state.write_bytes(state.read_bytes()[:-5])
        done = subprocess.run(self.command("--resume"), cwd=self.folder, capture_output=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no state of a run that can be gone on with", done.stderr.decode())
        self.assertEqual(part.read_bytes(), before)

    def test_needs_a_file_to_write_and_files_to_read(self):
        self.run_program("read", "--resume", self.inputs[2], code=1)
        self.assertIn("--resume needs inputs that are files", self.err)
        self.run_program("read", "--resume", "--output", "out", stdin="Bro\n\nBroen er stengt.", code=1)
        self.assertIn("--resume needs inputs that are files", self.err)

    def test_with_no_state_it_begins(self):
        self.inputs = self.inputs[2:]
        self.assertEqual(len(self.resume(0).splitlines()), 20)


if __name__ == "__main__":
    unittest.main()
