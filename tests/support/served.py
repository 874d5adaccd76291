"""`avstand serve` for tests and benchmarks in Python: started, asked, watched and ended. AVSTAND_PROGRAM names the binary."""
import os
import pathlib
import re
import signal
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = pathlib.Path(os.environ.get("AVSTAND_PROGRAM", ROOT / "build" / "avstand")).resolve()


def text_of(words, first=0):
    """So many words of news from examples/, in whole paragraphs but for the last; `first` turns the order of the files."""
    files = sorted((ROOT / "examples").glob("*.nb.txt"))
    paragraphs, left = [], words
    while left > 0:
        for path in files[first % len(files):] + files[:first % len(files)]:
            for paragraph in path.read_text(encoding="utf8").split("\n\n"):
                taken = paragraph.split()[:left]
                if taken:
                    paragraphs.append(" ".join(taken))
                    left -= len(taken)
    return "\n\n".join(paragraphs)


def received(connection):
    """All that comes until the other side closes or breaks the connection."""
    out = b""
    while True:
        try:
            more = connection.recv(65536)
        except ConnectionResetError:
            return out
        if not more:
            return out
        out += more


class Server:
    """One that runs from construction to stop(). `log` has what it wrote on standard error."""

    def __init__(self, *options, program=PROGRAM, prefix=()):
        self._log = tempfile.TemporaryFile("w+")
        environment = {k: v for k, v in os.environ.items() if k != "AVSTAND_TOKEN"}
        self.process = subprocess.Popen([*prefix, str(program), "serve", "--port", "0", *options], text=True,
                                        stdout=subprocess.PIPE, stderr=self._log, env=environment)
        line = self.process.stdout.readline()
        if not line.startswith("http://127.0.0.1:"):
            self.process.wait()
            raise RuntimeError(f"avstand serve did not start: {self.log}")
        self.port = int(line.rstrip("/\n").rsplit(":", 1)[1])

    @property
    def log(self):
        self._log.seek(0)
        return self._log.read()

    def resident_mb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def stop(self, timeout=60):
        """Its exit code after a calm end; it is killed where it does not come to one."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
