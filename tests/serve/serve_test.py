#!/usr/bin/env python3
"""The server from outside: sockets, limits, time, shutdown. AVSTAND_PROGRAM names the binary."""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from served import received  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = str(pathlib.Path(os.environ.get("AVSTAND_PROGRAM", ROOT / "build" / "avstand")).resolve())
WATCHDOG_S = 120
ARTICLE = "Bro stengt i Nesvik\n\nBroen er stengt til mandag, sier ordfører Kari Bø til NTB.\n".encode()


class Served(unittest.TestCase):
    options = ()

    def setUp(self):
        self.process = subprocess.Popen([PROGRAM, "serve", "--port", "0", *self.options], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end)
        line = self.process.stdout.readline()
        self.assertTrue(line.startswith("http://127.0.0.1:"), line)
        self.port = int(line.rstrip("/\n").rsplit(":", 1)[1])

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WATCHDOG_S)
        connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer, data

    def raw(self, data, half_close=True):
        """What the server answers to these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=WATCHDOG_S) as s:
            s.sendall(data)
            if half_close:
                s.shutdown(socket.SHUT_WR)
            return received(s)

    def stop(self, with_signal=signal.SIGTERM):
        self.process.send_signal(with_signal)
        out, err = self.process.communicate(timeout=WATCHDOG_S)
        self.assertEqual(self.process.returncode, 0, err)
        return err


class Answers(Served):
    def test_reads_and_logs_without_the_text(self):
        answer, data = self.ask("POST", "/api/read?outlet=Hemmelig", ARTICLE)
        self.assertEqual(answer.status, 200)
        self.assertEqual(json.loads(data)["articles"][0]["document"]["outlet"]["name"], "Hemmelig")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        log = [json.loads(line) for line in self.stop().splitlines() if line.startswith("{")]
        self.assertEqual([(e["method"], e["path"], e["status"]) for e in log], [("POST", "/api/read", 200)])
        self.assertNotIn("Hemmelig", json.dumps(log))
        self.assertNotIn("Nesvik", json.dumps(log))

    def test_times_of_waiting_and_of_work_are_told(self):
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        _, page = self.ask("POST", "/read", b"text=Broen+er+stengt,+sier+Kari+Lie.", **form)
        _, metrics = self.ask("GET", "/metrics")
        for what in ("waiting", "working", "processor"):
            figure = re.search(rf"^avstand_http_{what}_seconds_total (\S+)$", metrics.decode(), re.M)
            self.assertGreater(float(figure.group(1)), 0, what)
        log = [json.loads(line) for line in self.stop().splitlines() if line.startswith("{")]
        entry = next(e for e in log if e["path"] == "/read")
        self.assertEqual(entry["bytes"], len(page))
        self.assertLessEqual(entry["waited_ms"] + entry["worked_ms"], entry["ms"] + 1)
        self.assertGreater(entry["worked_ms"], 0)  # of both parts of the page

    def test_head_has_the_length_and_no_body(self):
        whole, data = self.ask("GET", "/")
        head, nothing = self.ask("HEAD", "/")
        self.assertEqual(head.status, 200)
        self.assertEqual(head.headers["Content-Length"], str(len(data)))
        self.assertEqual(nothing, b"")

    def test_one_connection_takes_many_requests(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WATCHDOG_S)
        for _ in range(50):
            connection.request("GET", "/healthz")
            self.assertEqual(json.loads(connection.getresponse().read()), {"status": "ok"})
        connection.close()

    def test_a_page_comes_in_chunks_where_they_are_understood(self):
        form = b"text=Broen+er+stengt,+sier+Kari+Lie."
        def post(version, rest=b""):
            return (b"POST /read?ui=nb HTTP/" + version + b"\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded"
                    b"\r\nContent-Length: %d\r\n\r\n" % len(form) + form + rest)
        old = self.raw(post(b"1.0"))
        head, page = old.split(b"\r\n\r\n", 1)
        self.assertNotIn(b"chunked", head.lower())
        self.assertTrue(page.endswith(b"</html>\n"))
        self.assertIn(b"Kari Lie", page)
        # Two on one connection: the end of the first is known, and its chunks are the same page.
        both = self.raw(post(b"1.1", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        self.assertEqual(re.findall(rb"HTTP/1.1 (\d+)", both), [b"200", b"200"])
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WATCHDOG_S)
        connection.request("POST", "/read?ui=nb", form, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        self.assertEqual(answer.headers["Transfer-Encoding"], "chunked")
        self.assertEqual(answer.read(), page)
        connection.close()

    def test_requests_in_one_piece_are_answered_in_order(self):
        ask = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
        answers = self.raw(ask % b"/healthz" + ask % b"/nowhere" + ask % b"/healthz")
        self.assertEqual(re.findall(rb"HTTP/1.1 (\d+)", answers), [b"200", b"404", b"200"])

    def test_events(self):
        answer, data = self.ask("POST", "/api/read", ARTICLE, Accept="text/event-stream")
        self.assertEqual(answer.headers["Content-Type"], "text/event-stream")
        events = [dict(line.split(": ", 1) for line in event.splitlines())
                  for event in data.decode().strip().split("\n\n")]
        self.assertEqual([e["event"] for e in events], ["article", "done"])
        self.assertEqual(json.loads(events[1]["data"]), {"articles": 1, "problems": 0})

    def test_the_same_article_gives_the_ledger_of_the_command(self):
        _, data = self.ask("POST", "/api/read", ARTICLE)
        done = subprocess.run([PROGRAM, "read", "--format", "json", "-"], input=ARTICLE, capture_output=True, check=True)
        self.assertEqual(json.loads(data)["articles"][0], json.loads(done.stdout))

    def test_many_at_a_time(self):
        problems = []

        def one():
            answer, data = self.ask("POST", "/api/read", ARTICLE)
            if answer.status != 200 or len(json.loads(data)["articles"]) != 1:
                problems.append(data)

        threads = [threading.Thread(target=one) for _ in range(20)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(problems, [])


class Refuses(Served):
    options = ("--max-bytes", "5000", "--max-connections", "4", "--timeout", "1")

    def status(self, data):
        answer = self.raw(data)
        return int(answer.split()[1]) if answer else None

    def test_what_is_not_http(self):
        self.assertEqual(self.status(b"HELLO\r\n\r\n"), 400)
        self.assertEqual(self.status(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400)
        self.assertEqual(self.status(b"GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400)
        self.assertEqual(self.status(b"GET / HTTP/1.1\r\n\r\n"), 421)
        self.assertEqual(self.status(b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"), 400)

    def test_what_is_too_large(self):
        self.assertEqual(self.ask("POST", "/api/read", b"x" * 5001)[0].status, 413)
        self.assertEqual(self.status(b"GET / HTTP/1.1\r\nX: " + b"y" * 20000 + b"\r\n\r\n"), 431)

    def test_a_browser_is_told_of_a_limit_in_its_language(self):
        large = b"POST /read HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: %s\r\nContent-Length: 5001\r\n\r\n"
        for language, words in (("nb", "Det var for stort"), ("nn", "Det var for stort: denne tenaren"), ("en", "too large")):
            answer = self.raw(large % language.encode()).decode()
            self.assertTrue(answer.startswith("HTTP/1.1 413 "), answer[:80])
            self.assertIn(words, answer)
            self.assertIn("0.005 MB", answer)
            self.assertIn("Content-Security-Policy:", answer)
        header = b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nX: " + b"y" * 20000 + b"\r\n\r\n"
        self.assertEqual(self.status(header), 431)
        slow = b"POST /read?ui=en HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nContent-Length: 10\r\n\r\nabc"
        answer = self.raw(slow, False).decode()
        self.assertTrue(answer.startswith("HTTP/1.1 408 "), answer[:80])
        self.assertIn("It took too long", answer)
        # A program, and whoever asks the API, gets JSON.
        for path, accept in (("/read", "*/*"), ("/api/read", "text/html")):
            answer = self.raw(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nContent-Length: 5001\r\n\r\n"
                              .encode()).decode()
            self.assertTrue(answer.startswith("HTTP/1.1 413 "), answer[:80])
            self.assertIn('{"error":', answer)

    def test_paths_lead_nowhere_else(self):
        for path in ("/../../etc/passwd", "/..%2f..%2fetc/passwd", "/data/", "//etc/passwd"):
            self.assertEqual(self.ask("GET", path)[0].status, 404, path)

    def test_other_hosts_and_other_sites(self):
        self.assertEqual(self.ask("GET", "/", Host="evil.example")[0].status, 421)
        self.assertEqual(self.ask("POST", "/api/read", ARTICLE, Origin="http://evil.example")[0].status, 403)

    def test_a_body_that_does_not_come_is_told_so(self):
        begin = time.monotonic()
        answer = self.raw(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc", False)
        self.assertTrue(answer.startswith(b"HTTP/1.1 408 "), answer)
        self.assertIn(b"Connection: close", answer)
        self.assertLess(time.monotonic() - begin, 30)

    def test_connections_over_the_limit_are_told(self):
        held = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(4)]
        for s in held:  # answered: so each is counted
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertIn(b"200", s.recv(1000))
        self.assertEqual(self.status(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"), 503)
        page = self.raw(b"GET /?ui=nn HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n").decode()
        self.assertTrue(page.startswith("HTTP/1.1 503 "), page[:80])
        self.assertIn("Retry-After: 1", page)
        self.assertIn("Mange sp\u00f8r samstundes", page)
        for s in held:
            s.close()
        for _ in range(100):  # and when they have gone there is room again
            if self.status(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n") == 200:
                return
            time.sleep(0.05)
        self.fail("no room after the others had gone")

    def test_random_bytes_never_end_it(self):
        seed = 1
        for _ in range(200):
            data = bytearray(b"POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                             b"Content-Length: 60\r\n\r\n--b\r\nContent-Disposition: form-data; name=text\r\n\r\nx\r\n--b--")
            for _ in range(3):
                seed = (seed * 1103515245 + 12345) % 2**31
                data[seed // 7 % len(data)] = seed // 65536 % 256
            self.raw(bytes(data))
        self.assertEqual(self.ask("GET", "/healthz")[0].status, 200)


class Archive(unittest.TestCase):
    """Options about archives; what the pages hold is tested in archive_service_test.cpp."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.archive = str(self.folder / "news.db")
        subprocess.run([PROGRAM, "add", "--archive", self.archive, "-"], input=ARTICLE, check=True, capture_output=True)

    def refused(self, *options, **environment):
        done = subprocess.run([PROGRAM, "serve", "--port", "0", *options], capture_output=True, text=True,
                              env={**os.environ, **environment}, timeout=WATCHDOG_S)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        return done.stderr

    def test_what_is_no_archive_or_no_token_is_told_at_once(self):
        self.assertIn("no archive", self.refused("--archive", str(self.folder / "none.db")))
        token = self.folder / "token"
        token.write_text("short\n")
        self.assertIn("shorter", self.refused("--archive", self.archive, "--token-file", str(token)))
        self.assertIn("AVSTAND_TOKEN", self.refused("--archive", self.archive, AVSTAND_TOKEN="x"))
        token.write_text("0123456789abcdef\n")
        self.assertIn("--archive", self.refused("--token-file", str(token)))
        self.assertIn(str(self.folder / "gone"), self.refused("--archive", self.archive, "--token-file",
                                                              str(self.folder / "gone")))

    def test_a_correction_over_the_wire_comes_out_of_a_dump_and_the_token_nowhere(self):
        secret = "a-secret-that-is-nowhere"
        process = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--archive", self.archive], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, env={**os.environ, "AVSTAND_TOKEN": secret})
        try:
            port = int(process.stdout.readline().rstrip("/\n").rsplit(":", 1)[1])

            def ask(method, path, body=None, headers=None):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WATCHDOG_S)
                connection.request(method, path, body, headers or {})
                answer = connection.getresponse()
                data = json.loads(answer.read())
                connection.close()
                return answer, data

            document = ask("GET", "/api/article?id=1")[1]["ledger"]["document"]
            body = json.dumps({"digest": document["digest"], "span": [0, 3], "what": "source", "value": "Vegvesenet",
                               "author": "Kari"})
            answer, error = ask("POST", "/api/corrections", body, {"Authorization": "Bearer wrong"})
            self.assertEqual((answer.status, answer.headers["WWW-Authenticate"]), (401, "Bearer"), error)
            answer, kept = ask("POST", "/api/corrections", body, {"Authorization": "Bearer " + secret})
            self.assertEqual(answer.status, 201, kept)
        finally:
            process.send_signal(signal.SIGTERM)
            log = process.communicate(timeout=WATCHDOG_S)[1]
        self.assertNotIn(secret, log)
        dump = subprocess.run([PROGRAM, "dump", self.archive], capture_output=True, check=True, text=True).stdout
        self.assertEqual(json.loads(dump.splitlines()[0])["corrections"], [kept])
        self.assertNotIn(secret, dump)
        check = subprocess.run([PROGRAM, "check", self.archive], capture_output=True, text=True)
        self.assertEqual(check.stdout, "clean: 1 articles\n")


class Ends(Served):
    def test_a_signal_ends_it_though_a_connection_is_held(self):
        with socket.create_connection(("127.0.0.1", self.port)) as s:
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertIn(b"200", s.recv(1000))
            begin = time.monotonic()
            self.stop()
            self.assertLess(time.monotonic() - begin, 8)  # not the whole grace

    def test_what_is_under_way_is_finished(self):
        lines = b"".join(json.dumps({"id": str(i), "text": ARTICLE.decode() * 20}).encode() + b"\n" for i in range(40))
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WATCHDOG_S)
        connection.request("POST", "/api/read", lines, {"Accept": "text/event-stream"})
        answer = connection.getresponse()
        answer.readline()  # the first event has come: it is under way
        self.process.send_signal(signal.SIGINT)
        self.assertIn(b"event: done", answer.read())
        self.stop_is_clean()

    def stop_is_clean(self):
        self.process.communicate(timeout=WATCHDOG_S)
        self.assertEqual(self.process.returncode, 0)

    def test_a_client_that_leaves_stops_the_work(self):
        lines = b"".join(json.dumps({"id": str(i), "text": ARTICLE.decode() * 50}).encode() + b"\n" for i in range(200))
        s = socket.create_connection(("127.0.0.1", self.port))
        s.sendall(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Length: %d\r\n\r\n"
                  % len(lines) + lines)
        s.recv(100)
        s.close()
        self.assertEqual(self.ask("GET", "/healthz")[0].status, 200)
        self.stop()


class Starts(unittest.TestCase):
    def fails(self, *args):
        done = subprocess.run([PROGRAM, "serve", *args], capture_output=True, text=True, timeout=WATCHDOG_S, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        return done.stderr

    def test_not_to_other_machines_without_a_name(self):
        self.assertIn("--host", self.fails("--bind", "0.0.0.0", "--port", "0"))

    def test_no_address_and_a_port_in_use(self):
        self.assertIn("is no address", self.fails("--bind", "localhost.example", "--host", "x"))
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.assertIn("cannot listen", self.fails("--port", str(taken.getsockname()[1])))


if __name__ == "__main__":
    unittest.main()
