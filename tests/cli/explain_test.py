#!/usr/bin/env python3
"""avstand explain from outside. AVSTAND_PROGRAM names the binary."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from program import GOOD, ProgramTest  # noqa: E402


class Explain(ProgramTest):
    def test_shows_the_rules_the_tree_and_the_judgement_of_the_model(self):
        name = self.file("a.txt", GOOD)
        said = next(i for i, s in enumerate(self.ledgers(name)[0]["statements"], 1) if s["quote"] == "indirect")
        lines = [line.split("\t") for line in self.run_program("explain", name, "--statement", f"s{said}").splitlines()]
        self.assertEqual(lines[0][:2], [f"s{said}", "indirect"])
        told = {line[0]: line[1] for line in lines}
        self.assertIn("Kari Bø", told["source"])
        self.assertEqual(told["cue"], "sier")
        model = next(line for line in lines if line[0] == "model")
        words = [line for line in lines if line[0].isdigit()]
        self.assertEqual(" ".join(w[1] for w in words), "Broen er stengt til mandag , sier ordfører Kari Bø til NTB .")
        cue = next(w for w in words if w[1] == "sier")
        self.assertEqual(f"probability {cue[6]}", model[2])
        self.assertGreater(float(cue[6]), float(model[3].split()[1]))
        self.assertEqual([w[7] for w in words if w[1] in ("Broen", "sier", "Kari")], ["content", "cue", "source"])

    def test_own_words_have_no_cue_to_show(self):
        out = self.run_program("explain", self.file("a.txt", "Snøen falt i går.\n"), "--statement", "s1")
        self.assertIn("why\town\t", out)
        self.assertNotIn("model\t", out)

    def test_says_what_is_wrong(self):
        name = self.file("a.txt", GOOD)
        for wrong in ("s99", "s0", "4", "s-1", "s1x", "s99999999999999999999"):
            self.run_program("explain", name, "--statement", wrong, code=1)
            self.assertIn(f"no statement {wrong}", self.err)
        self.run_program("explain", name, code=1)
        self.assertIn("--statement is required", self.err)
        self.run_program("explain", "not-there.txt", "--statement", "s1", code=2)


if __name__ == "__main__":
    unittest.main()
