#!/usr/bin/env python3
"""Peak memory of reading a large web archive, which is made on the fly and never stands on the disk.

usage: bench/warc_memory.py [--program build/avstand] [--gigabytes 5] [--packed] [--command extract] [--threads N]

The archive repeats a round of records until it is so large: the pages of tests/ingest/pages as responses, a request
for each, and beside it a picture of 50 kB, which is kept for a while in case a page asks for it. --packed: gzip for
each record, as crawlers write them; --gigabytes are unpacked ones. The articles that come out are counted and thrown away.
"""
import argparse, os, pathlib, random, subprocess, sys, threading, time, zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def record(kind, url, block):
    head = (f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{zlib.crc32((kind + url).encode())}>\r\n"
            f"WARC-Target-URI: {url}\r\nWARC-Date: 2026-05-04T06:12:00Z\r\n"
            f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def records():
    random.seed(1)
    for page in sorted((ROOT / "tests/ingest/pages").glob("*.html")):
        url = f"https://avis.example/{page.stem}"
        yield record("request", url, f"GET /{page.stem} HTTP/1.1\r\nHost: avis.example\r\n\r\n".encode())
        yield record("response", url, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.read_bytes())
        yield record("response", url + ".jpg", b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" +
                     b"\xff\xd8\xff\xe0" + random.randbytes(50_000))


def packed(data):
    gzip = zlib.compressobj(6, zlib.DEFLATED, 31)
    return gzip.compress(data) + gzip.flush()


def feed(pipe, piece, times):
    try:
        for _ in range(times):
            pipe.write(piece)
        pipe.close()
    except BrokenPipeError:
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/avstand")
    parser.add_argument("--gigabytes", type=float, default=5)
    parser.add_argument("--packed", action="store_true")
    parser.add_argument("--command", default="extract", choices=["extract", "read"])
    parser.add_argument("--threads", default="0", help="of read; 0 is the program's own choice")
    args = parser.parse_args()
    plain = list(records())
    piece = b"".join(map(packed, plain) if args.packed else plain)
    size = sum(map(len, plain))
    times = max(1, round(args.gigabytes * 1e9 / size))
    command = [args.program, "extract", "-"] if args.command == "extract" else \
        [args.program, "read", "--format", "json", "--threads", args.threads, "-"]
    begin = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    writer = threading.Thread(target=feed, args=(child.stdin, piece, times))
    writer.start()
    articles = sum(chunk.count(b"\n") for chunk in iter(lambda: child.stdout.read(1 << 20), b""))
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    writer.join()
    print(f"{args.command}: {times * size / 1e9:.2f} GB unpacked, {times * len(piece) / 1e9:.2f} GB read, "
          f"{articles} articles, {time.monotonic() - begin:.0f} s, peak {usage.ru_maxrss / 1024:.1f} MiB")
    sys.exit(child.returncode)


if __name__ == "__main__":
    main()
