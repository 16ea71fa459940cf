"""What we ship is told in our own words: no run of eight is that of the source guide."""

from pathlib import Path

import pytest
import yaml

from careers.files import CONTENT
from tools.runs_of_words import mark, runs

MARKS = set((Path(__file__).parent / "data/source-guide-runs.txt").read_text().split())
FILES = sorted(CONTENT.rglob("*.yaml"))


def texts_in(value):
    """Every text of a YAML tree; names before colons are not among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def repeated(text, marks=MARKS):
    return [run for run in runs(text) if mark(run) in marks]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_content_repeats_no_run_of_eight_words(path):
    texts = texts_in(yaml.safe_load(path.read_text(encoding="utf-8")))

    assert [run for text in texts for run in repeated(text)] == []


def test_all_content_is_read():
    assert len(FILES) > 50
    assert len(MARKS) > 5000


def test_a_repeated_run_is_caught():
    text = "One two three four five six seven eight nine"
    marks = {mark("two three four five six seven eight nine")}

    assert repeated(text, marks) == ["two three four five six seven eight nine"]
    assert repeated("A TWO, three-four; five: six 'seven' eight\nnine.", marks) != []
    assert repeated("two three four five six seven eight", marks) == []


def test_marks_are_still_made_as_those_on_file_were():
    assert mark("one two three four five six seven eight") == "62d51a1f"
