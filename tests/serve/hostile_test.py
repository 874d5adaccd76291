#!/usr/bin/env python3
"""Requests that mean harm: each gets the right status, none is seen as two, and the server lives on. AVSTAND_PROGRAM
names the binary."""
import json
import pathlib
import re
import socket
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from served import Server, received  # noqa: E402

WATCHDOG_S = 120
HEAD = b"Host: localhost\r\n"
# What a smuggler hides in a body: an answer to it would have status 404.
HIDDEN = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--max-bytes", "50000", "--timeout", "1")

    @classmethod
    def tearDownClass(cls):
        code = cls.server.stop()
        log = cls.server.log
        cls.server.__exit__()
        if code != 0 or "Sanitizer" in log or "runtime error" in log:
            raise AssertionError(f"the server ended with {code}: {log}")

    def raw(self, data):
        """What comes back for these bytes, until the server closes; the client sends no more."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=WATCHDOG_S) as s:
            try:
                s.sendall(data)
                s.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it was refused before it was all sent
            return received(s)

    def statuses(self, data):
        return [int(s) for s in re.findall(rb"HTTP/1\.1 (\d{3}) ", self.raw(data))]

    def each(self, cases):
        for name, data, expected in cases:
            with self.subTest(name):
                self.assertEqual(self.statuses(data), expected)
        self.assertEqual(self.statuses(b"GET /healthz HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n"), [200])

    def test_where_a_request_ends_is_never_in_doubt(self):
        post = b"POST /healthz HTTP/1.1\r\n" + HEAD
        length = b"Content-Length: %d\r\n" % len(HIDDEN)
        chunked = b"Transfer-Encoding: chunked\r\n"
        self.each([
            ("length, then chunked", post + length + chunked + b"\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("chunked, then length", post + chunked + length + b"\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("two lengths", post + length + b"Content-Length: 0\r\n\r\n" + HIDDEN, [400]),
            ("lengths in one line", post + b"Content-Length: 0, 44\r\n\r\n" + HIDDEN, [400]),
            ("length with a sign", post + b"Content-Length: +0\r\n\r\n" + HIDDEN, [400]),
            ("length in hex", post + b"Content-Length: 0x0\r\n\r\n" + HIDDEN, [400]),
            ("negative length", post + b"Content-Length: -1\r\n\r\n" + HIDDEN, [400]),
            ("length too large for a number", post + b"Content-Length: 99999999999999999999999\r\n\r\n", [400]),
            ("blank before the colon", post + b"Content-Length : 44\r\n\r\n" + HIDDEN, [400]),
            ("a folded line belongs to the line before (RFC 9112, section 5.2), so this hides nothing",
             b"GET /healthz HTTP/1.1\r\n" + HEAD + b"X: a\r\n Content-Length: 44\r\n\r\n" + HIDDEN, [200, 404]),
            ("a coding that is not ours", post + b"Transfer-Encoding: xchunked\r\n\r\n" + HIDDEN, [400]),
            ("two codings", post + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("packed and chunked", post + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("chunked twice", post + chunked + chunked + b"\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("vertical tab in the coding", post + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("chunked in HTTP/1.0", post.replace(b"1.1", b"1.0") + chunked + b"\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("chunk without a size", post + chunked + b"\r\n\r\nabc" + HIDDEN, [400]),
            ("chunk size that is none", post + chunked + b"\r\nzz\r\nabc\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("negative chunk size", post + chunked + b"\r\n-1\r\nabc\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("chunk size that overflows", post + chunked + b"\r\n10000000000000000000\r\nabc" + HIDDEN, [400]),
            ("chunk that is longer than it says", post + chunked + b"\r\n1\r\nabc\r\n0\r\n\r\n" + HIDDEN, [400]),
            ("length of a GET is a body too", b"GET /healthz HTTP/1.1\r\n" + HEAD + length + b"\r\n" + HIDDEN, [200]),
            ("sound chunks", post + chunked + b"\r\n3\r\nabc\r\n0\r\n\r\n", [405]),
        ])

    def test_what_is_no_header(self):
        self.each([
            ("two hosts", b"GET / HTTP/1.1\r\n" + HEAD + b"Host: evil.example\r\n\r\n", [400]),
            ("the same host twice", b"GET / HTTP/1.1\r\n" + HEAD * 2 + b"\r\n", [400]),
            ("zero byte in a value", b"GET / HTTP/1.1\r\n" + HEAD + b"X: a\0b\r\n\r\n", [400]),
            ("carriage return in a value", b"GET / HTTP/1.1\r\n" + HEAD + b"X: a\rb\r\n\r\n", [400]),
            ("line feeds alone", b"GET / HTTP/1.1\nHost: localhost\n\n", [400]),
            ("no name", b"GET / HTTP/1.1\r\n" + HEAD + b": x\r\n\r\n", [400]),
            ("no colon", b"GET / HTTP/1.1\r\n" + HEAD + b"hello\r\n\r\n", [400]),
            ("a version of the future", b"GET / HTTP/3.0\r\n" + HEAD + b"\r\n", [400]),
            ("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]),
            ("TLS", bytes.fromhex("16030100c8010000c40303") + bytes(190), [400]),
            ("a method of its own", b"EVIL / HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n", [405]),
            ("a tunnel", b"CONNECT evil.example:443 HTTP/1.1\r\n" + HEAD + b"\r\n", [400]),
            ("an upgrade is not taken", b"GET /healthz HTTP/1.1\r\n" + HEAD + b"Connection: close, Upgrade\r\nUpgrade: "
             b"websocket\r\n\r\n", [200]),
            ("header of one long line", b"GET / HTTP/1.1\r\n" + HEAD + b"X: " + b"y" * 20000 + b"\r\n\r\n", [431]),
            ("header of many lines", b"GET / HTTP/1.1\r\n" + HEAD + b"X: y\r\n" * 5000 + b"\r\n", [431]),
            ("a path as long as a book", b"GET /" + b"a" * 200000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", [431]),
            ("a header without an end", b"GET / HTTP/1.1\r\n" + HEAD + b"X: y" * 20000, [431]),
        ])

    def test_paths_lead_nowhere_else(self):
        def get(path):
            return b"GET " + path + b" HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n"
        self.each([(path.decode("latin1"), get(path), [404]) for path in (
            b"/../../etc/passwd", b"/static/../../../etc/passwd", b"/static/..%2f..%2f..%2fetc%2fpasswd",
            b"/static/%2e%2e/%2e%2e/etc/passwd", b"/static/..\\..\\etc\\passwd", b"//etc/passwd", b"/./healthz",
            b"/healthz/", b"/HEALTHZ", b"/healthz%20", b"/static/", b"/%ff%fe", b"/static/avstand-article.js%2f.."
        )] + [(path.decode("latin1"), get(path), [400]) for path in (
            b"/healthz%00.html", b"/%", b"/%4", b"/%zz", b"*", b"http://127.0.0.1/", b"healthz", b"/\xff")])

    def test_bodies_that_are_no_text(self):
        def post(path, kind, body):
            return (b"POST " + path + b" HTTP/1.1\r\n" + HEAD + b"Content-Type: " + kind +
                    b"\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        form = b"multipart/form-data; boundary=b"
        self.each([
            ("bytes that are not UTF-8", post(b"/api/read", b"text/plain", b"\xff\xfe\xc3("), [422]),
            ("the same as a form", post(b"/read", b"application/x-www-form-urlencoded", b"text=%ff%fe%c3("), [422]),
            ("zero bytes", post(b"/api/read", b"text/plain", bytes(1000)), [422]),
            ("deep JSON", post(b"/api/read", b"application/json", b"[" * 40000), [422]),
            ("deep HTML", post(b"/api/read", b"text/html", b"<html>" + b"<div>" * 8000), [422]),
            ("a billion laughs", post(b"/api/read", b"application/xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
             b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'), [422]),
            ("a file of the server", post(b"/api/read", b"application/xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a '
             b'SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>'), [422]),
            ("a form without an end", post(b"/read", form, b"--b\r\nContent-Disposition: form-data; name=text\r\n\r\nx"), [400]),
            ("a form of a thousand parts", post(b"/read", form, b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n" * 900
             + b"--b--"), [400]),
            ("a body that says it is packed", post(b"/api/read", b"text/plain\r\nContent-Encoding: gzip", b"x"), [415]),
            ("a picture", post(b"/api/read", b"image/png", b"x"), [415]),
        ])

    def test_too_much_is_refused_before_it_is_sent(self):
        ask = b"POST /api/read HTTP/1.1\r\n" + HEAD + b"Expect: 100-continue\r\nContent-Length: 60000\r\n\r\n"
        self.assertEqual(self.statuses(ask), [413])
        chunks = b"POST /api/read HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + (b"2710\r\n" + b"x" * 10000 +
                                                                                               b"\r\n") * 8
        self.assertEqual(self.statuses(chunks), [413])

    def test_many_who_are_slow_keep_nobody_waiting(self):
        slow = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(100)]
        for i, s in enumerate(slow):
            s.sendall(b"GET / HTTP/1.1\r\nX-Slow: " if i % 2 else
                      b"POST /api/read HTTP/1.1\r\n" + HEAD + b"Content-Length: 1000\r\n\r\nx")
        begin = time.monotonic()
        self.assertEqual(self.statuses(b"GET /healthz HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n"), [200])
        self.assertLess(time.monotonic() - begin, 5)
        for i, s in enumerate(slow):
            if i % 2 == 0:
                s.settimeout(WATCHDOG_S)
                self.assertTrue(s.recv(1000).startswith(b"HTTP/1.1 408 "))
            s.close()

    def test_what_an_article_says_stays_text(self):
        evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
        article = json.dumps({"id": evil, "title": evil, "outlet": evil, "url": "javascript:alert(1)", "text":
                              f"{evil}\n\nFoto: {evil}/NTB\n\n– Det er sant {evil}, sier ordfører Kari Bø til {evil}.\n"})
        body = f"--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{article}\r\n--b--\r\n".encode()
        answer = self.raw(b"POST /read HTTP/1.1\r\n" + HEAD + b"Content-Type: multipart/form-data; boundary=b\r\nConnection: "
                          b"close\r\nContent-Length: %d\r\n\r\n" % len(body) + body).decode()
        self.assertTrue(answer.startswith("HTTP/1.1 200 "), answer[:200])
        self.assertNotIn("<script>alert", answer)
        self.assertNotIn("<img", answer)
        self.assertNotRegex(answer, r'(?:href|src)="javascript:')
        self.assertIn("&lt;img src=x", answer)


if __name__ == "__main__":
    unittest.main()
