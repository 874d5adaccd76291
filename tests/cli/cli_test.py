#!/usr/bin/env python3
"""The program from outside: what a user or a script sees. AVSTAND_PROGRAM names the binary.

usage: cli_test.py [-q] [Class[.test] ...]
"""
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from judgements import judgements  # noqa: E402
from program import EXAMPLES, GOOD, PROGRAM, ROOT, SLOW, WATCHDOG_S, ProgramTest  # noqa: E402


class Help(ProgramTest):
    def test_every_command_explains_itself(self):
        top = self.run_program("--help")
        for command in ("read", "extract", "parse", "export", "serve", "languages", "version"):
            self.assertIn(command, top)
            text = self.run_program(command, "--help")
            self.assertIn("--data", text)
            self.assertGreater(len(text.splitlines()), 5)

    def test_read_help_shows_examples_and_exit_codes(self):
        self.assertIn("Examples:", self.run_program("read", "--help"))
        self.assertIn("Exit codes:", self.run_program("--help"))

    def test_manual_and_completions_know_every_command_and_option(self):
        manual = self.run_program("manual")
        self.assertTrue(manual.startswith(".TH AVSTAND 1"))
        scripts = [self.run_program("completion", shell) for shell in ("bash", "zsh", "fish")]
        commands = re.findall(r"^  ([a-z]+)  ", self.run_program("--help").split("Subcommands:")[1], re.M)
        self.assertGreater(len(commands), 8)
        for command in commands:
            for text in (manual, *scripts):
                self.assertIn(command, text)
            for option in re.findall(r"--([a-z-]+)", self.run_program(command, "--help").split("Examples:")[0]):
                self.assertIn("\\-\\-" + option.replace("-", "\\-"), manual)
                self.assertTrue(all(option in script for script in scripts), f"{command} --{option}")
        self.run_program("completion", "tcsh", code=1)

    def test_the_reference_in_the_documentation_is_of_this_program(self):
        committed = (ROOT / "docs" / "cli.md").read_text(encoding="utf8")
        self.assertEqual(self.run_program("manual", "--format", "markdown"), committed, "avstand manual --format markdown > docs/cli.md")

    def test_bash_completes_commands_options_and_choices(self):
        script = self.file("completion.bash", self.run_program("completion", "bash"))
        for line, wanted in ((["avstand", "re"], "read"), (["avstand", "read", "--fo"], "--format"),
                             (["avstand", "read", "--format", "h"], "html")):
            words = " ".join(f"'{word}'" for word in line)
            shell = (f"source {script}; COMP_WORDS=({words}); COMP_CWORD={len(line) - 1}; _avstand; "
                     "echo \"${COMPREPLY[@]}\"")
            out = subprocess.run(["bash", "-c", shell], cwd=self.folder, capture_output=True, text=True, check=True)
            self.assertIn(wanted, out.stdout.split(), out.stderr)

    def test_version(self):
        self.assertRegex(self.run_program("--version"), r"^avstand \d+\.\d+\.\d+\n$")
        self.assertIn("avstand/ledger/1", self.run_program("version"))

    def test_languages(self):
        lines = [line.split("\t") for line in self.run_program("languages").splitlines()]
        self.assertTrue({"nb", "nn", "en"} <= {line[0] for line in lines})
        self.assertTrue(all(line[2].endswith(".model") for line in lines))


UNCREDITED = "Bro stengt\n\nNATT: Broen i Nesvik.\n\nBroen er stengt, sier ordfører Kari Bø.\n"


class Desk(ProgramTest):
    """--fail-on and the file of accepted findings."""

    def test_a_finding_fails_the_run_and_says_why(self):
        self.file("a.txt", UNCREDITED)
        out = self.run_program("read", "--format", "json", "--fail-on", "role_conflict,missing_credit", "a.txt", code=3)
        self.assertEqual(json.loads(out)["findings"][0]["accepted"], None)
        self.assertRegex(self.err, r"\Aavstand: a.txt: missing_credit: [^\n]+\n\Z")
        self.run_program("read", "--fail-on", "role_conflict", "a.txt")
        self.run_program("read", "a.txt")

    def test_unknown_kind_is_a_usage_error_that_lists_the_kinds(self):
        self.file("a.txt", UNCREDITED)
        self.run_program("read", "--fail-on", "missing_credits", "a.txt", code=1)
        self.assertIn("missing_credits", self.err)
        self.assertIn("circular", self.err)
        self.run_program("read", "--fail-on", "missing_credit", "--layer", "blocks", "a.txt", code=1)

    def test_an_accepted_finding_stays_in_the_ledger_with_its_reason(self):
        self.file("a.txt", UNCREDITED)
        self.file("a.txt.accepted.tsv", "# kind\twords\treason\nmissing_credit\tBroen i  Nesvik\teget bilde\n")
        out = self.run_program("read", "--format", "json", "--fail-on", "missing_credit", "a.txt")
        self.assertEqual([f["accepted"] for f in json.loads(out)["findings"]], ["eget bilde"])
        self.assertEqual(self.err, "")
        self.assertIn("eget bilde", self.run_program("read", "a.txt"))
        self.assertIn("eget bilde", self.run_program("read", "--format", "html", "a.txt"))

    def test_a_line_that_matches_nothing_is_told(self):
        self.file("a.txt", UNCREDITED)
        self.file("a.txt.accepted.tsv", "missing_credit\tBroen i Vesnik\teget bilde\n")
        self.run_program("read", "--fail-on", "missing_credit", "a.txt", code=3)
        self.assertIn("a.txt.accepted.tsv:line 1", self.err)
        self.assertIn("Vesnik", self.err)

    def test_bad_lines_are_named(self):
        self.file("a.txt", UNCREDITED)
        for line in ("missing_credit\tBroen", "missing\tBroen\teget", "missing_credit\tBroen\t", "\t\t"):
            self.file("a.txt.accepted.tsv", "# x\n" + line + "\n")
            self.run_program("read", "a.txt", code=1)
            self.assertRegex(self.err, r"\Aavstand: a.txt.accepted.tsv:line 2[^\n]+\n\Z")

    def test_bad_input_weighs_more_than_findings(self):
        self.file("a.txt", UNCREDITED)
        self.file("b.txt", "")
        self.run_program("read", "--fail-on", "missing_credit", "a.txt", "b.txt", code=2)


class Usage(ProgramTest):
    def wrong(self, *args, says):
        self.run_program(*args, code=1)
        self.assertEqual(self.out, "")
        self.assertRegex(self.err, r"\Aavstand: [^\n]+\n\Z")
        self.assertIn(says, self.err)

    def test_usage_errors_are_one_line(self):
        self.file("a.txt", GOOD)
        self.wrong("reed", says="reed")
        self.wrong("read", "--format", "xml", "a.txt", says="xml")
        self.wrong("read", "--layer", "soup", "a.txt", says="soup")
        self.wrong("read", "--language", "xx", "a.txt", says="nb, nn, en")
        self.wrong("read", "--published", "yesterday", "a.txt", says="yesterday")
        self.wrong("read", "--max-bytes", "0", "a.txt", says="max-bytes")
        self.wrong("read", "--color", "blue", "a.txt", says="blue")
        self.wrong("read", "--no-such\x1b[2J", "a.txt", says="\\u{001B}")

    def test_missing_data_says_what_to_do(self):
        self.file("a.txt", GOOD)
        self.wrong("read", "--data", "nowhere", "a.txt", says="AVSTAND_DATA")
        self.wrong("read", "--models", "nowhere", "a.txt", says="AVSTAND_MODELS")

    def test_directories_from_the_environment(self):
        self.file("a.txt", GOOD)
        self.ledgers("a.txt", env={"AVSTAND_DATA": str(ROOT / "data"), "AVSTAND_MODELS": str(ROOT / "models")})
        self.run_program("read", "a.txt", code=1, env={"AVSTAND_DATA": str(self.folder)})
        self.assertIn("languages.tsv", self.err)

    def test_another_language_needs_no_code(self):
        """A line, a model and the files in which it differs; the rest is that of the language it builds on."""
        self.file("a.txt", GOOD)
        shutil.copytree(ROOT / "data", self.folder / "data")
        shutil.copytree(ROOT / "models", self.folder / "models")
        shutil.rmtree(self.folder / "data" / "lang" / "nn")
        shutil.copy(ROOT / "models" / "no.model", self.folder / "models" / "nn.model")
        languages = self.folder / "data" / "languages.tsv"
        languages.write_text(languages.read_text("utf8").replace("no.model\t-\nen", "nn.model\tnb\nen"), "utf8")
        where = ("--data", "data", "--models", "models", "--language", "nn", "a.txt")
        told = lambda: [s["act"] for s in self.ledgers(*where)[0]["statements"] if s["quote"] != "own"]
        self.assertRegex(self.run_program("parse", *where), r"Kari\t\S+\tPROPN")
        self.assertEqual(told(), [])  # no role model yet
        shutil.copy(ROOT / "models" / "no.roles", self.folder / "models" / "nn.roles")
        self.assertEqual(told(), ["say"])
        own = self.folder / "data" / "lang" / "nn"
        own.mkdir()
        cues = (ROOT / "data" / "lang" / "nb" / "cues.tsv").read_text("utf8")
        (own / "cues.tsv").write_text(re.sub(r"(?m)^si\tVERB\tsay\t", "si\tVERB\tclaim\t", cues), "utf8")
        self.assertEqual(told(), ["claim"])

    def test_damaged_model_is_named(self):
        self.file("a.txt", GOOD)
        models = self.folder / "models"
        models.mkdir()
        for path in (ROOT / "models").glob("*.model"):
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 0x55
            (models / path.name).write_bytes(data)
        self.run_program("read", "--models", models, "a.txt", code=1)
        self.assertIn(".model", self.err)

    def test_no_command_prints_help(self):
        self.run_program(code=1)
        self.assertIn("avstand read", self.err)


class BadInput(ProgramTest):
    """Each bad input is one clear line with file and position; the others are read; exit 2."""

    def bad(self, name, content, *says, options=(), lines=1, good=1):
        if content is not None:
            self.file(name, content)
        self.file("good.txt", GOOD)
        ledgers = self.ledgers(*options, name, "good.txt", code=2)
        self.assertEqual(len(ledgers), good)
        self.assertEqual(ledgers[-1]["document"]["id"], "good.txt")
        errors = [line for line in self.err.splitlines() if not line.startswith("avstand: note: ")]
        self.assertEqual(len(errors), lines, self.err)
        for line in errors:
            self.assertTrue(line.startswith("avstand: " + name), line)
        for word in says:
            self.assertIn(word, self.err)

    def test_missing_file(self):
        self.bad("gone.txt", None, "gone.txt")

    def test_directory(self):
        (self.folder / "folder").mkdir()
        self.bad("folder", None, "folder")

    def test_empty(self):
        self.bad("a.txt", b"", "empty")
        self.bad("b.txt", b"\xef\xbb\xbf \r\n\n", "empty")

    def test_over_max_bytes(self):
        self.bad("a.txt", "ord " * 1000, "--max-bytes", options=("--max-bytes", "2000"))
        self.bad("a.jsonl", json.dumps({"id": "x", "text": "ord " * 1000}), options=("--max-bytes", "2000"))

    def test_broken_utf8(self):
        self.bad("a.txt", b"Dette er norsk.\n\nB\xf8ker p\xe5 salg.", "UTF-8", "byte 18")
        self.bad("overlong.txt", b"a\xc0\xafb", "byte 1")
        self.bad("surrogate.txt", b"a\xed\xa0\x80b", "byte 1")
        self.bad("cut.txt", b"abc\xe2\x82", "byte 3")

    def test_binary_and_nul(self):
        self.bad("a.txt", b"Bro\x00en er stengt.", "byte 3")
        self.bad("a.bin", bytes(range(256)) * 10)

    def test_json_lone_surrogate(self):
        self.bad("a.json", rb'{"id": "x", "text": "a \ud800 b"}', "byte")

    def test_json_nul(self):
        self.bad("a.json", rb'{"id": "x", "text": "a \u0000 b"}')

    def test_json_double_key(self):
        self.bad("a.json", b'{"id": "x", "text": "a", "text": "b"}', "text")

    def test_json_too_deep(self):
        self.bad("a.json", b'{"id": "x", "text": "a", "more": ' + b"[" * 70 + b"]" * 70 + b"}", "deeper than 64")
        self.bad("b.json", b"[" * 100_000)

    def test_json_wrong_types(self):
        self.bad("a.json", b'{"id": "x", "text": 5}', "text")
        self.bad("b.json", b'{"id": ["x"], "text": "a"}', "id")
        self.bad("c.json", b'{"id": "x"}', "text")
        self.bad("d.json", b'{"id": "x", "text": "a", "published": "2026-13-01"}', "published")
        self.bad("e.json", b'[1, 2]', lines=2)

    def test_json_syntax(self):
        self.bad("a.json", b'{"id": "x", "text": "a"', "byte")
        self.bad("b.json", b'{"id": "x" "text": "a"}', "byte")

    def test_bad_lines_among_good_ones(self):
        good = json.dumps({"id": "g", "text": "Broen er stengt."})
        self.bad("a.jsonl", good + '\n{"id": 1}\n\nnonsense\n' + good.replace('"g"', '"h"') + "\n", "line 2", "line 4",
                 lines=2, good=3)

    def test_double_id(self):
        line = json.dumps({"id": "same", "text": "Broen er stengt."}) + "\n"
        self.bad("a.jsonl", line + line, "same", "line 2", good=2)
        self.file("one.txt", GOOD)
        self.assertEqual(len(self.ledgers("one.txt", "one.txt", code=2)), 1)

    def test_controls_in_names_and_messages_are_spelled_out(self):
        self.run_program("read", "--format", "json", "no\x1b[31m\u202efile", code=2)
        self.assertIn("\\u{001B}", self.err)
        self.assertIn("\\u{202E}", self.err)
        self.assertNotIn("\x1b", self.err)

    def test_unknown_keys_are_noted_once(self):
        lines = "".join(json.dumps({"id": str(i), "text": "Broen er stengt.", "section": "news"}) + "\n" for i in range(3))
        self.assertEqual(len(self.ledgers(self.file("a.jsonl", lines))), 3)
        self.assertEqual(len(self.err.splitlines()), 1)
        self.assertIn("section", self.err)


class Formats(ProgramTest):
    def test_json_has_every_field(self):
        for ledger in self.ledgers(*EXAMPLES):
            self.assertEqual(list(ledger), ["schema", "engine", "document", "blocks", "sentences", "entities", "statements",
                                            "pictures", "events", "findings", "summary"])
            self.assertIsInstance(ledger["events"], list)
            text = ledger["document"]["text"]
            for s in ledger["statements"]:
                self.assertTrue(s["why"])
                self.assertEqual(s["distance"], len(s["chain"]))
                for begin, end in s["content"] + s["cue"] + s["source"] + [w["span"] for w in s["why"]]:
                    self.assertTrue(0 <= begin < end <= len(text))

    def test_nesting_ends(self):
        for ledger in self.ledgers(*EXAMPLES):
            parents = {s["id"]: s["parent"] for s in ledger["statements"]}
            for statement in parents:
                seen = set()
                while statement is not None:
                    self.assertNotIn(statement, seen)
                    seen.add(statement)
                    statement = parents[statement]

    def test_text_is_for_people_and_html_is_a_page(self):
        self.file("a.txt", GOOD)
        text = self.run_program("read", "a.txt")
        self.assertIn("Kari Bø", text)
        self.assertNotIn("\x1b", text)
        self.assertIn("\x1b[", self.run_program("read", "--color", "always", "a.txt"))
        page = self.run_program("read", "--format", "html", "a.txt")
        self.assertTrue(page.lower().startswith("<!doctype html>"))
        self.assertIn("Content-Security-Policy", page)
        self.assertIn("Kari Bø", page)

    def test_html_of_many_articles_is_one_page(self):
        page = self.run_program("read", "--format", "html", *EXAMPLES)
        self.assertEqual(page.lower().count("<!doctype html>"), 1)
        self.assertEqual(page.lower().count("</html>"), 1)

    def test_a_picture_file_is_read(self):
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        rows = b"".join(b"\0" + bytes((x * y * 7 + x * 3) % 256 for x in range(80)) for y in range(70))
        head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 80, 70, 8, 0, 0, 0, 0))
        xmp = ("XML:com.adobe.xmp\0\0\0\0\0<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
               "xmlns:p='http://ns.adobe.com/photoshop/1.0/' p:Credit='Ola Vik / NTB' p:Headline='Broen er stengt'/></rdf:RDF>")
        good = head + chunk(b"iTXt", xmp.encode()) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
        self.file("a.png", good)
        picture = self.ledgers("a.png")[0]["pictures"][0]
        self.assertEqual(picture["origin"]["name"], "Ola Vik")
        self.assertEqual(picture["file"], "a.png")
        self.assertRegex(picture["pdq"], "^[0-9a-f]{64}$")
        for options in ((), ("--format", "html")):
            self.assertIn("Ola Vik / NTB", " ".join(self.run_program("read", *options, "a.png").split()))
        self.run_program("read", "--max-pixels", "1000", "a.png")
        self.assertIn("a.png: not hashed: 80 x 70 pixels, more than 1000", self.err)
        self.run_program("read", "--max-picture-bytes", "100", "a.png", code=2)
        self.assertEqual(self.err, "avstand: a.png: a picture larger than 100 bytes (raise --max-picture-bytes)\n")
        self.file("b.psd", b"8BPS\0\1")
        self.run_program("read", "b.psd", code=2)
        self.assertRegex(self.err, r"\Aavstand: b.psd: Photoshop document is not read[^\n]*\n\Z")
        self.file("cut.png", good[:150])  # no pixels, and nothing to say
        self.assertIsNone(self.ledgers("cut.png")[0]["pictures"][0]["pdq"])

    def test_html_escapes_everything(self):
        self.file("a.txt", "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> & \"det\", sier <b>Kari</b> Bø.\n")
        page = self.run_program("read", "--format", "html", "--outlet", "<i>x</i>", "--url", "javascript:alert(1)", "a.txt")
        self.assertNotIn("<script>alert", page)
        self.assertNotIn("<img src=x", page)
        self.assertNotIn("<i>x", page)
        self.assertNotIn('href="javascript', page)

    def test_output_file_is_whole_or_absent(self):
        self.file("a.txt", GOOD)
        self.run_program("read", "--format", "json", "-o", "out.jsonl", "a.txt")
        self.assertEqual(json.loads((self.folder / "out.jsonl").read_text())["document"]["id"], "a.txt")
        self.run_program("read", "-o", "no/such/folder/out", "a.txt", code=1)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["a.txt", "out.jsonl"])

    def test_controls_never_reach_the_terminal(self):
        self.file("a.txt", "Tittel \x1b[2J\u202e her\n\nBroen\u2066 er \x9b31m stengt, sier Kari Bø.\n")
        for options in ((), ("--format", "html"), ("--format", "json"), ("--layer", "tokens"), ("--layer", "conllu"),
                        ("--layer", "sentences"), ("--layer", "blocks"), ("--layer", "attributions"), ("--layer", "ledger")):
            out = self.run_program("read", *options, "a.txt")
            for control in ("\x1b", "\x9b", "\u202e", "\u2066"):
                self.assertNotIn(control, out, options)


class Layers(ProgramTest):
    def test_every_layer_of_every_example(self):
        for layer in ("blocks", "sentences", "tokens", "mentions", "attributions", "statements"):
            out = self.run_program("read", "--layer", layer, *EXAMPLES)
            self.assertEqual(out.count("# article "), len(EXAMPLES) + 2)  # kortnytt.jsonl holds three

    def test_ledger_layer_is_the_json(self):
        ledger = json.loads(self.run_program("read", "--layer", "ledger", EXAMPLES[0]))
        self.assertEqual(ledger, self.ledgers(EXAMPLES[0])[0])

    def test_conllu_is_well_formed(self):
        for args in (("read", "--layer", "conllu"), ("parse", "--format", "conllu")):
            out = self.run_program(*args, EXAMPLES[0])
            for sentence in out.strip().split("\n\n"):
                rows = [line.split("\t") for line in sentence.splitlines() if not line.startswith("#")]
                self.assertTrue(all(len(row) == 10 for row in rows))
                words = [row for row in rows if row[0].isdigit()]
                self.assertEqual([int(row[0]) for row in words], list(range(1, len(words) + 1)))
                self.assertEqual(sum(row[6] == "0" for row in words), 1)
                self.assertTrue(all(int(row[6]) <= len(words) for row in words))

    def test_offsets_are_code_points(self):
        self.file("a.txt", "Blåbærøl 𝔘𝔫𝔦 er stengt, sier Åse Bø.\n")
        text = (self.folder / "a.txt").read_text()
        for line in self.run_program("read", "--layer", "tokens", "a.txt").splitlines()[1:]:
            _, begin, end, form = line.split("\t")
            self.assertEqual(text[int(begin):int(end)], form)


class Metadata(ProgramTest):
    def test_options_give_what_the_text_lacks(self):
        self.file("a.txt", GOOD)
        options = ("--published", "2026-03-02", "--outlet", "Nesvikposten", "--url", "https://example.org/a", "--language", "nb")
        document = self.ledgers(*options, "a.txt")[0]["document"]
        self.assertEqual((document["published"], document["outlet"]["name"], document["url"], document["language"]),
                         ("2026-03-02", "Nesvikposten", "https://example.org/a", "nb"))

    def test_the_input_wins(self):
        article = {"id": "x", "title": "Bro stengt", "text": "Broen er stengt.", "published": "2026-01-01", "outlet": "A"}
        document = self.ledgers("--published", "2020-01-01", "--outlet", "B", self.file("a.json", json.dumps(article)))[0]["document"]
        self.assertEqual((document["published"], document["outlet"]["name"]), ("2026-01-01", "A"))
        self.assertEqual(document["text"], "Bro stengt\n\nBroen er stengt.")

    def test_unknown_is_said_as_unknown(self):
        document = self.ledgers(self.file("a.txt", GOOD))[0]["document"]
        self.assertIsNone(document["published"])
        self.assertIsNone(document["url"])

    def test_text_is_exactly_as_given(self):
        self.file("a.txt", GOOD)
        self.assertEqual(self.ledgers("a.txt")[0]["document"]["text"], GOOD)

    def test_other_languages_are_not_guessed(self):
        german = ("Die Brücke bleibt bis Montag gesperrt\n\nDie Brücke über den Fluss bleibt nach Angaben der Stadtverwaltung "
                  "noch mindestens bis zum Montag gesperrt, sagte die Bürgermeisterin am Freitag vor Journalisten.\n")
        ledger = self.ledgers(self.file("a.txt", german))[0]
        self.assertNotIn(ledger["document"]["language"], ("nb", "nn", "en"))
        self.assertEqual([s for s in ledger["statements"] if s["quote"] != "own"], [])

    def test_example_languages_are_identified(self):
        for path in EXAMPLES:
            if path.suffix == ".txt":
                self.assertEqual(self.ledgers(path)[0]["document"]["language"], path.name.split(".")[1])


class Determinism(ProgramTest):
    def test_same_bytes_on_every_run_and_any_number_of_threads(self):
        first = self.run_program("read", "--format", "json", "--threads", 1, *EXAMPLES)
        for threads in (1, 2, 4, 7):
            self.assertEqual(self.run_program("read", "--format", "json", "--threads", threads, *EXAMPLES), first)

    def test_order_of_inputs_changes_no_ledger(self):
        forward = self.run_program("read", "--format", "json", *EXAMPLES).splitlines()
        backward = self.run_program("read", "--format", "json", *reversed(EXAMPLES)).splitlines()
        self.assertEqual(sorted(forward), sorted(backward))
        self.assertEqual([json.loads(line)["document"]["id"] for line in forward if "/examples/" in line.split('"text"')[0]],
                         [str(p) for p in EXAMPLES if p.suffix == ".txt"])

    def test_instruction_sets_give_the_same_bytes(self):
        sets = {}
        for name in ("generic", "avx2", "avxvnni", "avx512", "amx"):
            env = {"AVSTAND_ISA": name}
            used = re.search(r"^kernels (\w+)$", self.run_program("version", env=env), re.M).group(1)
            if used == name:  # the others cannot run on this machine
                texts = EXAMPLES[:2 if SLOW else None]  # arithmetic without instructions for it is slow
                sets[name] = [self.run_program(*what, *texts, env=env) for what in (["read", "--format", "json"], ["parse"])]
        self.assertIn("generic", sets)
        for name, bytes_of in sets.items():
            self.assertEqual(bytes_of, sets["generic"], name)

    def test_locale_and_folder_do_not_matter(self):
        first = self.run_program("read", "--format", "json", EXAMPLES[0])
        self.assertEqual(self.run_program("read", "--format", "json", EXAMPLES[0], env={"LC_ALL": "C"}, cwd="/"), first)


class Variants(ProgramTest):
    """Other bytes for the same text leave the judgements unchanged."""

    def same(self, change):
        for path in EXAMPLES:
            if path.suffix != ".txt":
                continue
            text = path.read_text(encoding="utf8")
            language = path.name.split(".")[1]
            plain, changed = self.ledgers("--language", language, self.file("plain.txt", text),
                                          self.file("changed.txt", change(text)))
            self.assertNotEqual(plain["document"]["text"], changed["document"]["text"])
            self.assertEqual(judgements(plain), judgements(changed), path.name)

    def test_crlf(self):
        self.same(lambda text: text.replace("\n", "\r\n"))

    def test_decomposed(self):
        import unicodedata
        self.same(lambda text: unicodedata.normalize("NFD", text) + "\n")

    def test_no_break_space(self):
        def change(text):
            words = text.split(" ")
            return "".join(w + ("\u00a0" if i % 7 == 3 else " ") for i, w in enumerate(words))
        self.same(change)

    def test_soft_hyphen(self):
        def change(text):
            return " ".join(w[:4] + "\u00ad" + w[4:] if w.isalpha() and len(w) > 8 else w for w in text.split(" "))
        self.same(change)

    def test_byte_order_mark(self):
        text = EXAMPLES[0].read_bytes()
        plain, marked = self.ledgers(self.file("a.txt", text), self.file("b.txt", b"\xef\xbb\xbf" + text))
        self.assertEqual(judgements(plain), judgements(marked))


class StrangeText(ProgramTest):
    """Legal but strange text is read, in bounded time (the watchdog is generous; bench/ measures)."""
    words = 3_000 if SLOW else 60_000

    def read(self, text):
        ledger, = self.ledgers("--language", "nb", self.file("a.txt", text))
        self.assertEqual(ledger["document"]["text"], text)
        return ledger

    def test_one_long_line(self):
        self.read("Broen er stengt til mandag, sier hun. " * (self.words // 7))

    def test_no_punctuation(self):
        self.read("broen er stengt til mandag sier ordføreren til avisen " * (self.words // 9))

    def test_one_word_lines(self):
        self.read("ord\n" * self.words)

    def test_one_word_paragraphs(self):
        self.read("ord\n\n" * (self.words // 3))

    def test_one_endless_word(self):
        self.read("a" * self.words)

    def test_only_quotes_and_dashes(self):
        self.read("«“–» " * (self.words // 10) + "\n– " * (self.words // 10))

    def test_nested_quotes(self):
        self.read("– Han sa at hun sa at " * (self.words // 20) + "\n")

    def test_combining_marks_and_emoji(self):
        self.read("e" + "\u0301" * 2000 + " 👩‍👩‍👧‍👦 " * 500 + "ﷺ" * 500 + "\n")

    def test_only_white_space_between_letters(self):
        self.read("a" + " \t\u2003" * 20_000 + "b\n")


class Streams(ProgramTest):
    def test_standard_input(self):
        self.assertEqual(self.ledgers("-", stdin=GOOD)[0]["document"]["id"], "-")
        self.assertEqual(len(self.ledgers(stdin=GOOD)), 1)
        line = json.dumps({"id": "x", "text": "Broen er stengt."})
        self.assertEqual(self.ledgers("-", stdin=line)[0]["document"]["id"], "x")

    def test_output_order_is_input_order(self):
        lines = [json.dumps({"id": str(i), "text": "Broen er stengt, sier hun. " * (1 + (i * 37) % 50)}) for i in range(200)]
        got = self.ledgers("--threads", 4, self.file("a.jsonl", "\n".join(lines)))
        self.assertEqual([l["document"]["id"] for l in got], [str(i) for i in range(200)])

    def test_a_reader_that_goes_away(self):
        """Like `avstand read … | head -c 10`: no message, no hang."""
        with subprocess.Popen([PROGRAM, "read", "--format", "json", *map(str, EXAMPLES)], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.read(10)
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            process.wait(timeout=WATCHDOG_S)

    def test_closed_output(self):
        command = f"'{PROGRAM}' read --format json '{EXAMPLES[0]}' >&-"
        done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=WATCHDOG_S, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard output", done.stderr)

    @unittest.skipUnless(os.path.exists("/dev/full"), "needs /dev/full")
    def test_full_disk(self):
        self.run_program("read", "--format", "json", "-o", "/dev/full", EXAMPLES[0], code=1)
        self.assertIn("cannot write", self.err)

    def test_no_progress_when_not_on_a_terminal(self):
        self.ledgers(*EXAMPLES)
        self.assertEqual(self.err, "")


if __name__ == "__main__":
    unittest.main()
