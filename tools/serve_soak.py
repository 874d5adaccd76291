#!/usr/bin/env python3
"""Every kind of client at once on a server over an archive, and a writer beside: nothing may break.

usage: tools/serve_soak.py [--program build-asan/avstand] [--seconds 600] [--seed 1]

Readers of pages and of the API, forms, event streams that are read, left alone and left early, slow writers, requests
that are broken at random, corrections with and without the token, and `avstand add` and `forget` on the same archive.
A failure is an exit code that is not 0, a word from a sanitizer, a status of 500, an answer that is no HTTP, or an
archive that is not sound afterwards. Needs no network and no data but examples/ and tests/story/gold.
"""
import argparse
import collections
import http.client
import json
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from served import PROGRAM, Server, text_of  # noqa: E402

TOKEN = "a-token-for-soaking-only"
BUSY = {503}  # said to whoever comes at a bad moment


def articles():
    lines = []
    for path in sorted((ROOT / "tests" / "story" / "gold").glob("s*.json")):
        for a in json.loads(path.read_text(encoding="utf8"))["articles"]:
            lines.append({k: a[k] for k in ("id", "outlet", "published", "language", "title", "text")})
    return lines


class Soak:
    def __init__(self, server, archive, program, seconds, seed):
        self.server, self.archive, self.program, self.seed = server, archive, program, seed
        self.end = time.monotonic() + seconds
        self.counts, self.problems = collections.Counter(), []
        self.lock = threading.Lock()

    def going(self):
        return time.monotonic() < self.end and not self.problems

    def count(self, what, status):
        with self.lock:
            self.counts[f"{what} {status}"] += 1

    def problem(self, text):
        with self.lock:
            self.problems.append(text)

    def ask(self, connection, what, method, path, body=None, expect=(200,), **headers):
        connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        data = answer.read()
        self.count(what, answer.status)
        if answer.status not in {*expect, *BUSY}:
            self.problem(f"{what}: {method} {path} gave {answer.status}: {data[:300]!r}")
        return answer.status, data

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=300)

    # What each kind of client does once.

    def page(self, r, c):
        path = r.choice(["/", "/read", "/search?q=skred", "/search?q=%22ber+folk%22&outlet=NTB", "/source?name=politiet",
                         f"/article?id={r.randrange(1, 60)}", f"/story?id={r.randrange(1, 60)}", "/api/stories",
                         f"/api/article?id={r.randrange(1, 60)}", "/api/search?q=brann", "/static/avstand-article.js",
                         "/metrics", "/healthz", "/nowhere", "/api/openapi.json"])
        separator = "&" if "?" in path else "?"
        self.ask(c, "pages", "GET", path + separator + "ui=" + r.choice(["nb", "nn", "en"]), expect=(200, 404))

    def form(self, r, c):
        body = urllib.parse.urlencode({"text": text_of(r.randrange(1, 400), r.randrange(8)), "outlet": "Fjordposten"})
        self.ask(c, "forms", "POST", "/read", body, Content_Type="application/x-www-form-urlencoded")

    def api(self, r, c):
        text = text_of(r.randrange(1, 600), r.randrange(8)).encode()
        damaged = bytearray(text)
        for _ in range(r.choice([0, 0, 3])):
            damaged[r.randrange(len(damaged))] = r.randrange(256)
        self.ask(c, "api", "POST", "/api/read", bytes(damaged), expect=(200, 422), Content_Type="text/plain")

    def stream(self, r, _):
        """Events that are read to their end, left after the first, or not read for a while."""
        lines = "".join(json.dumps({"id": str(i), "text": text_of(80, i)}) + "\n" for i in range(r.randrange(1, 12)))
        c = self.connect()
        c.request("POST", "/api/read", lines, {"Accept": "text/event-stream"})
        answer = c.getresponse()
        self.count("streams", answer.status)
        how = r.choice(["whole", "leave", "wait"])
        if answer.status == 200 and how != "leave":
            if how == "wait":
                time.sleep(min(2, max(0, self.end - time.monotonic())))
            if b"event: done" not in answer.read():
                self.problem("a stream ended before it was done")
        c.close()

    def slow(self, r, _):
        """A body that comes in drops, and may never come to its end."""
        body = text_of(30).encode()
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=300) as s:
            s.sendall(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
            try:
                for i in range(0, len(body), 20):
                    s.sendall(body[i:i + 20])
                    time.sleep(0.02)
                    if r.random() < 0.01 or not self.going():
                        return
                self.count("slow", int(s.recv(4096).split()[1]))
            except (OSError, IndexError):
                self.count("slow", "cut")

    def hostile(self, r, _):
        """A request with bytes turned over, cut off or doubled."""
        data = bytearray(r.choice([
            b"POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 60"
            b"\r\n\r\n--b\r\nContent-Disposition: form-data; name=text\r\n\r\nx\r\n--b--\r\n\r\n",
            b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            b"GET /search?q=%C3%A5&limit=5&offset=2&from=2026-01 HTTP/1.1\r\nHost: localhost\r\nAccept-Language: nn\r\n\r\n",
            b"GET /article?id=1&version=1 HTTP/1.1\r\nHost: localhost\r\n\r\n"]))
        for _ in range(r.randrange(1, 6)):
            data[r.randrange(len(data))] = r.randrange(256)
        del data[r.randrange(len(data) // 2, len(data) + 1):]
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=300) as s:
            try:
                s.sendall(bytes(data))
                s.shutdown(socket.SHUT_WR)
                answer = s.recv(65536)
            except OSError:
                return
        if answer and not re.match(rb"HTTP/1\.1 [1-5]\d\d ", answer):
            self.problem(f"no HTTP: {answer[:200]!r}")
        if answer.startswith(b"HTTP/1.1 500"):
            self.problem(f"{bytes(data)!r} gave {answer[:300]!r}")
        self.count("hostile", int(answer.split()[1]) if answer else "closed")
        time.sleep(0.01)

    def correct(self, r, c):
        status, data = self.ask(c, "corrections", "GET", f"/api/article?id={r.randrange(1, 60)}", expect=(200, 404))
        if status != 200:
            return
        body = json.dumps({"digest": json.loads(data)["ledger"]["document"]["digest"], "span": [0, r.randrange(1, 5)],
                           "what": "source", "value": f"Kilde {r.randrange(9)}", "author": "Soak"})
        token = r.choice([TOKEN, TOKEN, "wrong"])
        # The article may have been forgotten since.
        self.ask(c, "corrections", "POST", "/api/corrections", body, expect=(201, 401, 400), Authorization="Bearer " + token)

    def client(self, act, number):
        r, c = random.Random(self.seed * 1000 + number), self.connect()
        while self.going():
            try:
                act(r, c)
            except (OSError, http.client.HTTPException) as e:
                if self.server.process.poll() is not None:
                    return self.problem(f"the server is gone ({self.server.process.returncode})")
                self.count(act.__name__, type(e).__name__)  # closed between two requests, or no port was left
                c.close()
                c = self.connect()
        return c.close()

    def writer(self):
        """Adds, changes and forgets articles while all others read."""
        r, all_of_them = random.Random(self.seed), articles()
        while self.going():
            some = r.sample(all_of_them, 4)
            for a in some:
                a["text"] = a["text"] + f"\n\nOppdatert for {r.randrange(3)}. gang."
            added = self.run("add", "--archive", self.archive, "-", given="".join(json.dumps(a) + "\n" for a in some))
            for a in some:
                a["text"] = a["text"].rsplit("\n\n", 1)[0]
            self.count("add", added.returncode)
            if r.random() < 0.2:
                self.count("forget", self.run("forget", "--archive", self.archive, str(r.randrange(1, 60))).returncode)
            time.sleep(0.5)

    def run(self, *args, given=None):
        return subprocess.run([str(self.program), *args], input=given, capture_output=True, text=True, check=False)

    def all_at_once(self):
        kinds = [self.page] * 4 + [self.form] * 2 + [self.api] * 3 + [self.stream] * 4 + [self.slow] * 5
        kinds += [self.hostile] * 3 + [self.correct] * 2
        threads = [threading.Thread(target=self.client, args=(act, i)) for i, act in enumerate(kinds)]
        threads.append(threading.Thread(target=self.writer))
        for t in threads:
            t.start()
        for t in threads:
            t.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive, token = f"{folder}/news.db", pathlib.Path(folder, "token")
        token.write_text(TOKEN + "\n")
        lines = "".join(json.dumps(a) + "\n" for a in articles())
        subprocess.run([str(args.program), "add", "--archive", archive, "-"], input=lines, text=True, check=True,
                       capture_output=True)
        with Server("--quiet", "--archive", archive, "--token-file", str(token), "--timeout", "5",
                    program=args.program) as server:
            before = server.resident_mb()
            soak = Soak(server, archive, args.program, args.seconds, args.seed)
            soak.all_at_once()
            after, code, log = server.resident_mb(), server.stop(), server.log
        if code != 0:
            soak.problem(f"the server ended with {code}")
        if re.search(r"Sanitizer|runtime error|Assertion", log):
            soak.problem(log)
        sound = soak.run("check", archive)
        if sound.returncode != 0 or not sound.stdout.startswith("clean"):
            soak.problem(f"the archive is not sound: {sound.stdout}{sound.stderr}")
    print(f"{sum(soak.counts.values())} requests in {args.seconds:.0f} s; memory {before:.0f} MB, then {after:.0f} MB")
    for what, count in sorted(soak.counts.items()):
        print(f"  {what:32} {count:8}")
    for problem in soak.problems:
        print(f"PROBLEM: {problem}", file=sys.stderr)
    sys.exit(1 if soak.problems else 0)


if __name__ == "__main__":
    main()
