#!/usr/bin/env python3
"""The C++ library gives the ledger of the program, byte for byte: same_as_program.py EXAMPLE PROGRAM"""
import pathlib
import subprocess
import sys

example, program = sys.argv[1:3]
root = pathlib.Path(__file__).resolve().parent.parent.parent
inputs = sorted(str(p.relative_to(root)) for p in (root / "examples").iterdir() if p.suffix in (".txt", ".jsonl"))


def run(*command):
    return subprocess.run(command, cwd=root, capture_output=True, check=True).stdout


library = run(example, *inputs)
cli = run(program, "read", "--format", "json", *inputs)
if library != cli or not library:
    sys.exit(f"library: {len(library)} bytes, program: {len(cli)} bytes, not the same")
print(f"{library.count(bytes([10]))} ledgers are the same")
