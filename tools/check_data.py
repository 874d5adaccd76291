#!/usr/bin/env python3
"""Checks the form of every data file, and that every rule file has a text case.

usage: check_data.py [ROOT]

A data file is UTF-8 in NFC, lines end in \\n, '#' begins a comment. Its head names '# source:', '# licence:' and
'# columns: a<TAB>b'. No row has more cells than columns, none stands twice, none has space around a cell. A file whose
head says '# sorted' has its rows in order of code points.

A file FOLDER/NAME.tsv needs a case under tests/case/NAME/. If it is of one language (data/lang/LANGUAGE/NAME.tsv or
data/NAME/LANGUAGE.tsv, where 'no' is nb and nn), it needs a case with input in that language (input.LANGUAGE.txt).
"""
import pathlib
import sys
import unicodedata


def check_form(path, problems):
    """The rows of the file; what is wrong goes to problems."""
    def bad(number, message):
        problems.append(f"{path}:{number}: {message}")
    try:
        text = path.read_bytes().decode("utf8")
    except UnicodeDecodeError as error:
        return bad(0, f"is not UTF-8 (byte {error.start})")
    head, rows, columns = [], {}, None
    for number, line in enumerate(text.split("\n"), 1):
        if "\r" in line or unicodedata.normalize("NFC", line) != line:
            bad(number, "has a carriage return or decomposed letters")
        if line.startswith("#"):
            head.append(line)
            if line.startswith("# columns: "):
                columns = line[len("# columns: "):].split("\t")
            continue
        if not line:
            continue
        cells = line.split("\t")
        if columns is None:
            return bad(number, "stands before '# columns:'")
        if len(cells) > len(columns):
            bad(number, f"has {len(cells)} cells, the head names {len(columns)} columns")
        if columns[0] != "feature" and any(cell != cell.strip(" ") for cell in cells):
            bad(number, "has space around a cell")
        if line in rows:
            bad(number, f"is the same as line {rows[line]}")
        rows[line] = number
    for key in ("# source:", "# licence:", "# columns:"):
        if not any(line.startswith(key) for line in head):
            bad(1, f"the head lacks '{key}'")
    if any(line.startswith("# sorted") for line in head) and list(rows) != sorted(rows):
        first = next(a for a, b in zip(rows, sorted(rows)) if a != b)
        bad(rows[first], "is out of order, and the head says '# sorted'")
    if not rows:
        bad(1, "has no rows")


LANGUAGES = {"nb": ["nb"], "nn": ["nn"], "en": ["en"], "no": ["nb", "nn"], "und": ["und"]}


def rule_and_languages(parts):
    """Name of the rule and the languages that need a case; [*] where any will do."""
    stem = parts[-1].removesuffix(".tsv")
    if len(parts) == 2 and stem in LANGUAGES:
        return parts[0], LANGUAGES[stem]
    if len(parts) == 3 and parts[0] == "lang":
        return stem, LANGUAGES.get(parts[1], [parts[1]])
    return stem, ["*"]


def check_case(root, path, problems):
    rule, languages = rule_and_languages(path.relative_to(root / "data").parts)
    for language in languages:
        if not any((root / "tests" / "case" / rule).glob(f"*/input.{language}.txt")):
            wanted = language if language != "*" else "LANGUAGE"
            problems.append(f"{path}: no text case (tests/case/{rule}/NAME/input.{wanted}.txt)")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    files = sorted((root / "data").rglob("*.tsv"))
    problems = []
    for path in files:
        check_form(path, problems)
        check_case(root, path, problems)
    print("\n".join(problems) if problems else f"{len(files)} data files are in form and have their cases")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
