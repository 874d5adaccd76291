#!/usr/bin/env python3
"""avstand export and avstand gold from outside.

usage: exports_test.py [-q] [Class[.test] ...]
"""
import csv
import io
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from program import EXAMPLES, GOOD, SLOW, ProgramTest  # noqa: E402

ONE_LINE = ("prov", "webannotation", "claimreview", "ninjs", "displacy")
FOLDERS = ("brat", "inception")


class Export(ProgramTest):
    def test_one_document_a_line_in_input_order(self):
        names = [self.file("b.txt", GOOD), self.file("a.txt", GOOD.replace("Kari Bø", "Ola Vik"))]
        for to in ONE_LINE:
            lines = self.run_program("export", "--to", to, *names).splitlines()
            self.assertEqual(len(lines), 2, to)
            self.assertIn("Kari Bø", lines[0])
            self.assertIn("Ola Vik", lines[1])
            for line in lines:
                json.loads(line)

    def test_same_bytes_on_any_number_of_threads(self):
        names = EXAMPLES[:3] if SLOW else EXAMPLES
        for to in (*ONE_LINE, "csv", "gexf", "graphml", "conllu"):
            one = self.run_program("export", "--to", to, "--threads", 1, *names)
            self.assertEqual(one, self.run_program("export", "--to", to, "--threads", 3, *names), to)

    def test_a_cell_is_no_formula(self):
        name = self.file("x.txt", "Tall\n\n– =SUM(A1:A9) er svaret, sier ordfører Kari Bø til NTB.\n")
        rows = list(csv.DictReader(io.StringIO(self.run_program("export", "--to", "csv", name), newline="")))
        self.assertTrue(rows)
        for row in rows:
            for cell in row.values():
                self.assertFalse(cell.startswith(("=", "+", "-", "@")), cell)

    def test_an_unknown_format_is_told_with_the_known(self):
        self.run_program("export", "--to", "docx", self.file("x.txt", GOOD), code=1)
        self.assertIn("graphml", self.err)

    def test_bad_input_is_told_and_the_rest_exported(self):
        bad = self.file("bad.txt", b"\xff\xfe\xfa" * 50)
        out = self.run_program("export", "--to", "prov", bad, self.file("good.txt", GOOD), code=2)
        self.assertEqual(len(out.splitlines()), 1)
        self.assertIn("bad.txt", self.err)


class Gold(ProgramTest):
    def exported(self, to):
        self.run_program("export", "--to", to, self.file("x.txt", GOOD), "-o", "out")
        return self.folder / "out"

    def test_what_nobody_changed_comes_back_to_the_byte(self):
        name = self.file("x.txt", GOOD)
        read = self.run_program("read", "--format", "json", name)
        for to in FOLDERS:
            self.run_program("export", "--to", to, name, "-o", to)
            self.assertEqual(self.run_program("gold", to), read, to)

    def test_a_corrected_label_becomes_gold(self):
        folder = self.exported("brat")
        ann = next(folder.glob("*.ann"))
        text = ann.read_text(encoding="utf8")
        self.assertIn("Quote", text)
        ann.write_text(text.replace(" indirect", " direct"), encoding="utf8")
        gold = json.loads(self.run_program("gold", "out"))
        changed = [s for s in gold["statements"] if any(why["rule"] == "annotator" for why in s["why"])]
        self.assertTrue(changed)
        self.assertTrue(all(s["quote"] == "direct" for s in changed))

    def test_a_folder_with_work_in_it_is_refused(self):
        self.exported("brat")
        self.run_program("export", "--to", "brat", "x.txt", "-o", "out", code=1)
        self.assertIn("out", self.err)

    def test_a_folder_format_needs_a_folder(self):
        self.run_program("export", "--to", "brat", self.file("x.txt", GOOD), code=1)
        self.assertIn("--output", self.err)

    def test_a_broken_annotation_is_told_with_its_line(self):
        folder = self.exported("brat")
        ann = next(folder.glob("*.ann"))
        lines = ann.read_text(encoding="utf8").count("\n")
        with ann.open("a", encoding="utf8") as file:
            file.write("T999\tNonsense 0 3\tBro\n")
        self.run_program("gold", "out", code=2)
        self.assertIn(f"{ann.name}:line {lines + 1}:", self.err)


if __name__ == "__main__":
    unittest.main()
