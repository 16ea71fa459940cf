"""Writes the marks of a text's runs of eight words, so that no file of ours repeats one.

    .venv/bin/python tools/runs_of_words.py SOURCE.txt > tests/data/source-guide-runs.txt

A mark is the beginning of a hash: it recognizes a run, and does not give it away, so the
source itself need not lie among our files. `tests/test_own_words.py` compares.
"""

import hashlib
import re
import sys
from pathlib import Path

LONGEST_SHARED = 7  # words; names, titles and figures need that much
MARK = 8  # hexadecimal digits: one of ours in a million meets a mark by chance

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")


def runs(text):
    """Every run of eight words, in small letters, without signs between them."""
    words = WORD.findall(APOSTROPHES.sub("", text).lower())
    length = LONGEST_SHARED + 1
    return [" ".join(words[at : at + length]) for at in range(len(words) - length + 1)]


def mark(run):
    return hashlib.sha256(run.encode()).hexdigest()[:MARK]


def main():
    if len(sys.argv) != 2:
        sys.exit("Name one file: the text whose runs of words are not to be repeated.")
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    sys.stdout.writelines(f"{each}\n" for each in sorted(set(map(mark, runs(text)))))


if __name__ == "__main__":
    main()
