"""The built program, run in a folder of its own. AVSTAND_PROGRAM names the binary."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = str(pathlib.Path(os.environ.get("AVSTAND_PROGRAM", ROOT / "build" / "avstand")).resolve())
EXAMPLES = sorted(p for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".jsonl"))
# A sanitizer build is ten times slower; the tests of long texts use shorter ones there.
SLOW = "build-asan" in PROGRAM
WATCHDOG_S = 300

GOOD = "Bro stengt i Nesvik\n\nBroen er stengt til mandag, sier ordfører Kari Bø til NTB.\n"


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, content):
        """Writes a file to the test's own folder, where the program runs; gives its name."""
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf8"))
        return name

    def run_program(self, *args, code=0, stdin=b"", env=None, cwd=None):
        if isinstance(stdin, str):
            stdin = stdin.encode("utf8")
        done = subprocess.run([PROGRAM, *map(str, args)], cwd=cwd or self.folder, input=stdin, capture_output=True,
                              timeout=WATCHDOG_S, env=dict(os.environ, **(env or {})), check=False)
        self.out, self.err = done.stdout.decode("utf8"), done.stderr.decode("utf8")
        self.assertEqual(done.returncode, code, self.err[-2000:])
        return self.out

    def ledgers(self, *args, **more):
        return [json.loads(line) for line in self.run_program("read", "--format", "json", *args, **more).splitlines()]
