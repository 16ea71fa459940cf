"""YAML to a tree with lines, and what is refused on the way."""

import pytest

from careers.files import MAX_BYTES, Node, bytes_of, read_yaml
from careers.problems import ERROR, Problem


def tree_of(text):
    """The tree without its lines, and the problems as sentences with their line."""
    problems = []
    node = read_yaml(text, "a.yaml", problems)
    return plain(node), [(problem.line, problem.sentence) for problem in problems]


def plain(node):
    if node is None:
        return None
    if isinstance(node.value, dict):
        return {name: plain(each) for name, each in node.value.items()}
    if isinstance(node.value, list):
        return [plain(each) for each in node.value]
    return node.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", "a"),
        ("yes", "yes"),
        ("No", "No"),
        ("'1'", "1"),
        ('"null"', "null"),
        ("|\n  1", "1"),
        ("1", 1),
        ("-3", -3),
        ("007", 7),
        ("1" * 19, "1" * 19),
        ("1.0", 1.0),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("2024-01-01", "2024-01-01"),
        ("12:30", "12:30"),
        ("True", True),
        ("tRUE", "tRUE"),
        ("false", False),
        ("~", None),
        ("null", None),
        ("nULL", "nULL"),
        ("=", "="),
    ],
)
def test_value_keeps_its_kind(text, value):
    tree, problems = tree_of(f"a: {text}")

    assert (tree, problems) == ({"a": value}, [])
    assert type(tree["a"]) is type(value)


def test_empty_value_is_none():
    assert tree_of("a:\nb: ''\n") == ({"a": None, "b": ""}, [])


def test_entry_of_a_mapping_has_the_line_of_its_name():
    tree = read_yaml("a:\n  b:\n\n  - c\n", "a.yaml", [])

    assert tree == Node(
        {"a": Node({"b": Node([Node("c", "a.yaml", 4)], "a.yaml", 2)}, "a.yaml", 1)},
        "a.yaml",
        1,
    )


def test_names_are_texts_even_where_they_look_like_numbers():
    assert tree_of("1: a\ntrue: b\n~: c\n") == ({"1": "a", "true": "b", "~": "c"}, [])


def test_name_that_stands_twice_is_told_and_the_first_one_counts():
    assert tree_of("a: 1\nb: 2\na: 3\na: 4\n") == (
        {"a": 1, "b": 2},
        [
            (3, "'a' stands here twice. Keep one of them."),
            (4, "'a' stands here twice. Keep one of them."),
        ],
    )


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_byte_order_mark_is_no_part_of_the_text(mark):
    assert tree_of(f"{mark}a: 1") == ({"a": 1}, [])


ALIASES = (
    "Anchors (&) and aliases (*) are not read. Write the text out, or put it in quotes."
)
TAGS = "Tags (!) are not read. Put the text in quotes."
NAMES = "A name is expected here, not a list or a mapping."
HELP = "Check the indents, and put texts with ':' or '#' in quotes."
CHARACTER = "The file holds a character that YAML cannot hold. Save it as UTF-8."


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "The file is empty. Fill it or remove it."),
        ("# a comment", 1, "The file is empty. Fill it or remove it."),
        ("a: 1\n---\na: 2\n", 2, "Only one document a file. Remove the '---'."),
        ("a: 1\nb: &x 2\n", 2, ALIASES),
        ("a: 1\nb: *x\n", 2, ALIASES),
        ("a: 1\n&x b: 2\n", 2, ALIASES),
        ("a: 1\n*x : 2\n", 2, ALIASES),
        ("a: &x []\n", 1, ALIASES),
        ("a: 1\nb: !!str 2\n", 2, TAGS),
        ("a: !x {}\n", 1, TAGS),
        ("!!str a: 1\n", 1, TAGS),
        ("? [a]\n: 1\n", 1, NAMES),
        ("? {a: 1}\n: 1\n", 1, NAMES),
        (
            "[" * 13 + "]" * 13,
            1,
            "This is nested deeper than 12 levels. Check the indents and the brackets.",
        ),
        (
            f"a: 1\nb: {'c' * 10_001}\n",
            2,
            "This text has more than 10000 characters. Shorten it.",
        ),
        ("- 1\n" * 30_001, 30_000, "There are more than 30000 values. Split the file."),
        ("a: b: c", 1, "mapping values are not allowed in this context"),
        ("a: 1\n\tb: 2\n", 2, "found a tab character that violates indentation"),
        ("a: [1\n", 2, "did not find expected ',' or ']'"),
        ("a: '1\n", 2, "found unexpected end of stream (begun in line 1)"),
        ("a: \0", None, CHARACTER),
        ("a: \ud800", None, CHARACTER),
        ('a: "\\ud800"', 1, "found invalid Unicode character escape code"),
    ],
)
def test_text_is_refused_with_line_and_advice(text, line, sentence):
    tree, [(told_line, told)] = tree_of(text)

    assert (tree, told_line) == (None, line)
    assert told.removeprefix("This is not YAML: ").startswith(sentence)
    assert told == sentence or told.endswith(HELP)


def test_text_that_is_too_large_is_not_read():
    problems = []

    read_yaml("[" * (MAX_BYTES + 1), "a.yaml", problems)

    sentence = "The file is larger than 2 MB. Split it or shorten it."
    assert problems == [Problem("", ERROR, sentence, "a.yaml")]


def test_size_is_counted_in_bytes():
    assert (bytes_of("abc"), bytes_of("é"), bytes_of("\ud800")) == (3, 2, 3)
