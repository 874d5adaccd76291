#!/usr/bin/env python3
"""What the server holds in memory for bodies, from outside. AVSTAND_PROGRAM names the binary."""
import http.client
import pathlib
import select
import socket
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from served import Server, received  # noqa: E402


class Memory(unittest.TestCase):
    """All bodies together take at most 256 MB, and one that is too large takes none."""
    MEGA = 1_000_000
    options = ("--max-bytes", str(100 * MEGA), "--timeout", "60")

    def setUp(self):
        self.server = Server(*self.options)
        self.addCleanup(self.server.__exit__)
        self.port = self.server.port

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {"Content-Type": "image/png"})  # which is read, and then not taken
        status = connection.getresponse().status
        connection.close()
        return status

    def raw(self, data):
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as s:
            s.sendall(data)
            s.shutdown(socket.SHUT_WR)
            return received(s)

    def send(self, head, chunk, times):
        """Sends the head and then the chunk again and again, until it is told not to; what came, and how much was sent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as s:
            s.sendall(head)
            sent = 0
            try:
                for _ in range(times):
                    if select.select([s], [], [], 0)[0]:
                        break
                    s.sendall(chunk)
                    sent += len(chunk)
            except OSError:
                pass
            return received(s), sent

    def test_a_body_over_the_limit_is_refused_by_its_length_alone(self):
        before = self.server.resident_mb()
        length = 300 * self.MEGA
        answer, sent = self.send(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % length,
                                 b"x" * self.MEGA, 300)
        self.assertTrue(answer.startswith(b"HTTP/1.1 413 "), answer[:80])
        self.assertLess(sent, length)
        self.assertLess(self.server.resident_mb() - before, 40)  # and not the 300 MB that came

    def test_a_body_without_a_length_is_refused_where_the_limit_is(self):
        size = self.MEGA
        chunk = b"%x\r\n" % size + b"x" * size + b"\r\n"
        answer, sent = self.send(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", chunk, 300)
        self.assertTrue(answer.startswith(b"HTTP/1.1 413 "), answer[:80])
        self.assertLess(sent, 300 * size)
        self.assertEqual(self.ask("GET", "/healthz"), 200)

    def test_bodies_together_over_the_bound_are_told_to_wait(self):
        ask = b"POST /read?ui=en HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nContent-Length: %d\r\n\r\n" % (90 * self.MEGA)
        before = self.server.resident_mb()
        held = [socket.create_connection(("127.0.0.1", self.port), timeout=60) for _ in range(2)]
        for s in held:
            s.sendall(ask + b"x")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:  # until both have been read
            answer = self.raw(ask)
            if answer.startswith(b"HTTP/1.1 503 "):
                break
            time.sleep(0.05)
        self.assertTrue(answer.startswith(b"HTTP/1.1 503 "), answer[:80])
        self.assertIn(b"Retry-After: 1", answer)
        self.assertIn(b"Many are asking at once", answer)
        self.assertLess(self.server.resident_mb() - before, 60)  # what was promised has not been taken
        for s in held:
            s.close()
        for _ in range(200):
            if self.ask("POST", "/api/read", b"x" * 90 * self.MEGA) == 415:
                return
            time.sleep(0.05)
        self.fail("no room after the others had gone")


if __name__ == "__main__":
    unittest.main()
