#!/usr/bin/env python3
"""Fails on an include against the direction of the house, and on files that have grown too long.

usage: check_rooms.py [ROOT]

Each room of src/ may include itself, the rooms it knows, and what those know. include/avstand/ is the public API: its
headers stand alone; result.h may be used everywhere, the others only by reader/ and cli/.
"""
import pathlib
import re
import sys

KNOWS = {
    "base": [],
    "text": ["base"],
    "document": ["text"],
    "archive": ["base"],
    "picture": ["document"],
    "ingest": ["document", "archive", "picture"],
    "language": ["document"],
    "entity": ["language"],
    "attribution": ["entity"],
    "event": ["entity"],
    "ledger": ["document"],
    "provenance": ["attribution", "event", "ledger"],
    "reader": ["ingest", "provenance"],
    "store": ["ledger"],
    "story": ["store"],
    "report": ["ledger", "story"],
    "export": ["ledger"],
    "fetch": ["base"],
    "serve": ["reader", "store", "story", "report", "export", "fetch"],
}
KNOWS["cli"] = list(KNOWS)
PUBLIC = "avstand"
USERS_OF_THE_API = {"reader", "serve", "cli"}
MAX_LINES = 500
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def reach(room):
    """The room and all that it knows, directly or through others."""
    found, todo = set(), [room]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += KNOWS[one]
    return found


def may_include(room, target):
    """Whether a file of `room` (None: public header) may include "target"."""
    top = target.split("/")[0]
    if top == PUBLIC:
        return target == "avstand/result.h" or room is None or room in USERS_OF_THE_API
    return room is not None and top in reach(room)


def check_file(path, room, problems):
    lines = path.read_text(encoding="utf8").splitlines()
    if len(lines) > MAX_LINES:
        problems.append(f"{path}: {len(lines)} lines, at most {MAX_LINES} are fine: is it one thing?")
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if found and not may_include(room, found.group(1)):
            problems.append(f"{path}:{number}: {room or 'the public API'} may not include {found.group(1)}")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    problems, count = [], 0
    for path in sorted([*root.glob("src/**/*"), *root.glob("include/**/*")]):
        if path.suffix not in (".h", ".cpp"):
            continue
        parts = path.relative_to(root).parts
        room = parts[1] if parts[0] == "src" else None
        if room is not None and room not in KNOWS:
            problems.append(f"{path}: there is no room '{room}' (tools/check_rooms.py knows them)")
            continue
        check_file(path, room, problems)
        count += 1
    print("\n".join(problems) if problems else f"{count} files keep the direction of the house")
    return 1 if problems or not count else 0


if __name__ == "__main__":
    sys.exit(main())
