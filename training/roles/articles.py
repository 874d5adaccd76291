#!/usr/bin/env python3
"""Raw text as articles for build/word_states: articles.py LANGUAGE TEXT.txt[.xz] > ARTICLES.jsonl (a blank line ends one)."""
import itertools, json, sys

from words import opened

language, path = sys.argv[1:]
parts = (list(lines) for filled, lines in itertools.groupby(opened(path), lambda line: bool(line.strip())) if filled)
for number, lines in enumerate(parts):
    print(json.dumps({"id": f"{language}-{number}", "language": language, "text": "".join(lines).rstrip("\n")}, ensure_ascii=False))
