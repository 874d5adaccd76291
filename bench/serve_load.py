#!/usr/bin/env python3
"""The bars of the server, in one run: how fast a page comes, and what many and slow clients do to others.

usage: bench/serve_load.py [--program build/avstand] [--requests 400] [--clients 8] [--streams 300] [--writers 50]
                           [--connections 1000] [--no-browser]

Server and clients share this machine's cores, so the figures are on the careful side. The first paint is measured in
Chromium, where Node, web/node_modules and Chromium are there. Exit code 1: a bar is missed.
"""
import argparse
import asyncio
import json
import pathlib
import resource
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from served import PROGRAM, Server, text_of  # noqa: E402

PAINT_MS, ANSWER_MS, ANSWER_WORDS, PAGE_WORDS = 200, 100, 500, 1000
STREAMED = 150  # articles of one stream


def request(method, path, body=b"", *, kind="text/plain", accept="*/*"):
    head = (f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nAccept: {accept}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


def form(text):
    body = urllib.parse.urlencode({"text": text}).encode()
    return request("POST", "/read", body, kind="application/x-www-form-urlencoded")


async def ask(reader, writer, data):
    """Status and body of one answer."""
    writer.write(data)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1").lower()
    status = int(head.split()[1])
    if "transfer-encoding: chunked" not in head:
        length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("content-length"))
        return status, await reader.readexactly(length)
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return status, body


async def answer_times(port, clients, requests, data, pause=0.0):
    """Milliseconds of `requests` answers to `clients` that each ask again at once, or after a pause."""
    times = []

    async def one():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while len(times) < requests:
            begin = time.perf_counter()
            status, _ = await ask(reader, writer, data)
            times.append((time.perf_counter() - begin) * 1000)
            if status != 200:
                raise RuntimeError(f"status {status}")
            await asyncio.sleep(pause)
        writer.close()

    await asyncio.gather(*(one() for _ in range(clients)))
    return sorted(times)


def percentile(times, share):
    return times[min(len(times) - 1, int(len(times) * share))]


class Report:
    def __init__(self):
        self.missed = 0

    def line(self, what, figure, bar=None, unit="ms"):
        verdict = ""
        if bar is not None:
            self.missed += figure > bar
            verdict = f"   bar {bar} {unit}: " + ("held" if figure <= bar else "MISSED")
        print(f"{what:66} {figure:9.1f} {unit}{verdict}", flush=True)

    def times(self, what, times, bar=None):
        self.line(f"{what}, median", percentile(times, 0.5))
        self.line(f"{what}, 95th percentile", percentile(times, 0.95), bar)


async def made(port):
    """How many articles the server has read."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    _, body = await ask(reader, writer, request("GET", "/metrics"))
    writer.close()
    return next(int(line.split()[1]) for line in body.decode().splitlines()
                if line.startswith("avstand_articles_total "))


async def hold_streams(port, count):
    """Event streams that nobody reads, each with more to come than the sockets hold."""
    articles = "".join(json.dumps({"id": str(i), "text": text_of(350, i)}) + "\n" for i in range(STREAMED)).encode()
    held = []
    for _ in range(count):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.setblocking(False)
        await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", port))
        reader, writer = await asyncio.open_connection(sock=client, limit=2048)
        writer.write(request("POST", "/api/read", articles, accept="text/event-stream"))
        await writer.drain()
        await reader.readuntil(b"\r\n\r\n")
        held.append((reader, writer))
    return held


async def settled(port):
    """Waits until the server makes nothing more for those who do not take it."""
    last = -1
    while (now := await made(port)) != last:
        last = now
        await asyncio.sleep(1)
    return now


async def write_slowly(port, stop):
    """A request that comes byte by byte."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")
    while not stop.is_set():
        writer.write(b"x")
        await asyncio.sleep(0.1)
    writer.close()


async def many_connections(port, count, report, server):
    before = server.resident_mb()
    held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(count)]

    async def round_of_all():
        answers = await asyncio.gather(*(ask(r, w, request("GET", "/healthz")) for r, w in held))
        return sum(status == 200 for status, _ in answers)

    first = await round_of_all()
    await asyncio.sleep(5)
    again = await round_of_all()
    report.line(f"{count} connections: those not answered at first or 5 s later", 2 * count - first - again, 0, unit="  ")
    report.line(f"{count} connections: memory of one", (server.resident_mb() - before) * 1024 / count, unit="kB")
    times = await answer_times(port, 1, 20, request("POST", "/api/read", text_of(ANSWER_WORDS).encode()))
    report.line(f"{count} connections held: one client's 500 words, 95th percentile", percentile(times, 0.95), ANSWER_MS)
    for _, writer in held:
        writer.close()


async def measure(args, server, report):
    port, article = server.port, text_of(ANSWER_WORDS).encode()
    page, api = form(text_of(PAGE_WORDS)), request("POST", "/api/read", article)
    await answer_times(port, args.clients, 40, api)  # warm
    report.times(f"the page of {PAGE_WORDS} words, one client", await answer_times(port, 1, 40, page), PAINT_MS)
    report.times(f"{ANSWER_WORDS} words pasted, page, {args.clients} clients without pause",
                 await answer_times(port, args.clients, args.requests, form(text_of(ANSWER_WORDS))), ANSWER_MS)
    report.times(f"{ANSWER_WORDS} words, API, {args.clients} clients without pause",
                 await answer_times(port, args.clients, args.requests, api), ANSWER_MS)
    await many_connections(port, args.connections, report, server)

    before = await made(port)
    streams = await hold_streams(port, args.streams)
    read = await settled(port) - before
    stop = asyncio.Event()
    writers = [asyncio.create_task(write_slowly(port, stop)) for _ in range(args.writers)]
    print(f"{len(streams)} event streams that nobody reads are held, {args.writers} write slowly; "
          f"{read} of {len(streams) * STREAMED} articles read for them, memory {server.resident_mb():.0f} MB")
    report.times(f"beside them: {ANSWER_WORDS} words, API, {args.clients} clients without pause",
                 await answer_times(port, args.clients, args.requests, api), ANSWER_MS)
    report.times("beside them: /healthz", await answer_times(port, 1, 100, request("GET", "/healthz")), ANSWER_MS)
    if read >= len(streams) * STREAMED:
        raise RuntimeError("the streams were all made: nothing was measured")
    stop.set()
    await asyncio.gather(*writers)
    for _, writer in streams:
        writer.close()


def first_paint(server, report):
    node, web = shutil.which("node"), ROOT / "web"
    if not node or not (web / "node_modules").exists():
        print("first paint in a browser: left out (needs Node and 'npm ci' in web/)")
        return
    done = subprocess.run([node, "first_paint.mjs", f"http://127.0.0.1:{server.port}"], cwd=web, text=True,
                          input=text_of(PAGE_WORDS), stdout=subprocess.PIPE, check=True)
    times = json.loads(done.stdout)
    report.times("first contentful paint of the page in Chromium", sorted(times["first"]), PAINT_MS)
    report.times(f"first paint of the article, {PAGE_WORDS} words, in Chromium", sorted(times["article"]), PAINT_MS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=PROGRAM)
    for name, default in (("requests", 400), ("clients", 8), ("streams", 300), ("writers", 50), ("connections", 1000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--nice", type=int, default=0, help="priority of the server, where others use this machine too")
    args = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536) if most > 0 else 65536, most))
    report = Report()
    prefix = ("nice", "-n", str(args.nice)) if args.nice else ()
    with Server("--quiet", program=args.program, prefix=prefix) as server:
        if not args.no_browser:
            first_paint(server, report)
        asyncio.run(measure(args, server, report))
        code = server.stop()
    if code != 0:
        sys.exit(f"the server ended with {code}: {server.log}")
    sys.exit(1 if report.missed else 0)


if __name__ == "__main__":
    main()
