"""Reading whatever a file may hold: it never crashes, and never takes long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.files import MAX_BYTES, parse_framework, text_of
from careers.problems import MOST_PROBLEMS, errors
from tests.factories import small_spec

SMALL_TEXT = text_of(small_spec())


def problems_in(text):
    return [str(problem) for problem in parse_framework({"a.yaml": text}).problems]


# Files that are made to harm
# --------------------------------------------------------------------------------------


HARMFUL = {
    "50 MB": "a" * 50_000_000,
    "50 MB in many lines": "key: small\n" * 4_500_000,
    "many unknown names": "\n".join(f"name-{number}: 1" for number in range(29_000)),
    "many empty skills": "skills:\n" + "- key: a\n" * 14_000,
    "many levels without anything": "levels:\n" + "- {order: 1}\n" * 9_000,
    "a long name": f"{'a' * 9_000}: 1",
    "many lists": "[[[[" * 250_000,
    "many names": "? " * 500_000,
    "quotes without end": "title: '" + "a " * 900_000,
}


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_file_is_refused_within_two_seconds(name):
    start = time.process_time()
    problems = problems_in(HARMFUL[name])
    seconds = time.process_time() - start

    assert 1 <= len(problems) <= MOST_PROBLEMS + 1
    assert max(map(len, problems)) < 20_000
    assert seconds < 2


def test_large_file_is_refused_unread():
    problems = problems_in("[" * (MAX_BYTES + 1))

    assert problems == ["a.yaml: The files are larger than 2 MB. Shorten their texts."]


def test_files_that_are_too_large_together_are_refused():
    part = "# " + "a" * (MAX_BYTES // 3)

    problems = parse_framework(dict.fromkeys("abcd", part)).problems

    assert [str(problem) for problem in problems] == [
        "a: The files are larger than 2 MB. Shorten their texts."
    ]


def test_after_many_problems_the_rest_is_left_out():
    problems = problems_in("\n".join(f"name-{number}: 1" for number in range(1_000)))

    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == f"More than {MOST_PROBLEMS} problems. Mend these first."


# Any text at all
# --------------------------------------------------------------------------------------

ALPHABET = st.characters(blacklist_categories=()) | st.sampled_from(
    ":-#'\"&*!?{}[]|> \n\t\r\0%@,"
)
SNIPPETS = st.sampled_from(
    [
        "? ", "<<: ", "&a ", "*a", "!!python/object ", "--- ", "...", "\ufeff", "\r\n",
        "key: ", "skills:\n- ", "levels: ", "{", "[", "1" * 400, "-0", "1e999", ".nan",
        "0x1", "null: ", "true: ", "%YAML 9.9\n", "\ud800", "\0", "scale:\n- value: 99999\n",
    ]
)  # fmt: skip


def parses_to_problems_or_a_valid_spec(text):
    spec, problems = parse_framework({"a.yaml": text})

    assert all(str(problem).encode(errors="strict") for problem in problems)
    assert errors(problems) or parse_framework({"b": text_of(spec)}).spec == spec


@settings(max_examples=150)
@given(st.lists(st.text(ALPHABET) | SNIPPETS, max_size=12).map("".join))
def test_any_text_is_read_without_a_crash(text):
    parses_to_problems_or_a_valid_spec(text)


@settings(max_examples=100)
@given(data=st.data())
def test_any_change_of_a_valid_text_is_read_without_a_crash(data):
    text = SMALL_TEXT
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 40))
        text = (
            text[:start]
            + data.draw(st.text(ALPHABET, max_size=5) | SNIPPETS)
            + text[end:]
        )

    parses_to_problems_or_a_valid_spec(text)


ODD_VALUES = [
    "",
    "null",
    "[]",
    "{}",
    "[1]",
    "{a: 1}",
    "-1",
    "10",
    "99999999999999999999",
    "1.5",
    "true",
    "'1'",
    "'odd / key'",
    "[[]]",
    "[null]",
    "{1: {}}",
    "'\\0'",
    "text",
]


@settings(max_examples=100)
@given(data=st.data())
def test_any_value_in_place_of_another_is_read_without_a_crash(data):
    lines = SMALL_TEXT.splitlines()
    place = data.draw(
        st.sampled_from([n for n, line in enumerate(lines) if ":" in line])
    )
    name = lines[place].partition(":")[0]
    lines[place] = f"{name}: {data.draw(st.sampled_from(ODD_VALUES))}"

    parses_to_problems_or_a_valid_spec("\n".join(lines))


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\n\n# the end\n"])
def test_byte_order_mark_and_comments_do_not_count(change):
    assert parse_framework({"a": change.format(SMALL_TEXT)}).spec == small_spec()


def test_line_ends_of_windows_do_not_count():
    text = SMALL_TEXT.replace("\n", "\r\n")

    assert parse_framework({"a": text}).spec == small_spec()
