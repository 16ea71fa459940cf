"""docs/scoring.md is true: its example, its tables, and every name of the model."""

import doctest
import re
from dataclasses import fields

import pytest
from django.conf import settings

from assessment import answers
from scoring.inputs import Answer, Confidence, Evidence, Requirement, Target
from scoring.number import Band, Reason, Status
from scoring.parameters import CURRENT
from tests.scoring.cases import exact, vector
from tools import personas
from tools.scoring_sensitivity import HEADS, RANGE_HEADS, SHIPPED, read_ladder, tables

PAGE = settings.BASE_DIR / "docs" / "scoring.md"
TEXT = PAGE.read_text("utf-8")

FEW_PEOPLE = 90
POINTS_APART, MEAN_APART = 15, 0.6  # of a few people from the page's 1,500


def test_examples_of_the_page_are_true():
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert (result.attempted, result.failed) == (9, 0)


def test_worked_example_is_the_vector_of_that_name():
    example = doctest.DocTestParser().get_doctest(TEXT, {}, "page", None, None)
    doctest.DocTestRunner(verbose=False).run(example, clear_globs=False)

    _, _, expected = vector("worked_3_provisional")
    result = example.globs["result"]
    assert result.readiness == exact(expected["readiness"])
    assert list(result.likely_range) == expected["likely_range"]
    assert result.display.lost_tenths == expected["display"]["lost_tenths"]


def test_examples_of_the_docstrings_are_true():
    result = doctest.testmod(answers)

    assert result.attempted > 0
    assert result.failed == 0


# Tables


def table_under(heads):
    """The rows of the page's table with these heads, as lists of text."""
    first = "| " + " | ".join(heads) + " |\n"
    body = (TEXT + "\n").split(first)[1].split("\n\n")[0]
    return [line.strip("| ").split(" | ") for line in body.splitlines()[1:]]


def figures(cell):
    return [float(figure) for figure in re.findall(r"[\d.]+", cell)]


@pytest.fixture(scope="module")
def few():
    """Both tables again, with few people."""
    text = tables(read_ladder(settings.BASE_DIR / SHIPPED), FEW_PEOPLE)
    both = [table.splitlines()[2:] for table in text.split("\n\n")]
    return [[row.strip("| ").split(" | ") for row in rows] for rows in both]


def test_exact_columns_of_the_table_are_those_of_the_shipped_ladder(few):
    assert [row[:5] for row in table_under(HEADS)] == [row[:5] for row in few[0]]


def test_columns_of_people_are_near_those_of_few_people(few):
    for shown, found in zip(table_under(HEADS), few[0], strict=True):
        for cell, other in zip(shown[5:9], found[5:9], strict=True):
            assert abs(figures(cell)[0] - figures(other)[0]) <= POINTS_APART
        assert abs(float(shown[9]) - float(found[9])) <= MEAN_APART


def test_ranges_hold_four_of_five_re_ratings(few):
    for shown, found in zip(table_under(RANGE_HEADS), few[1], strict=True):
        assert shown[0] == found[0]
        assert abs(figures(shown[1])[0] - 80) <= 3
        assert abs(figures(found[1])[0] - 80) <= POINTS_APART
        assert abs(int(shown[2]) - int(found[2])) <= 4


def test_lines_and_spreads_of_the_page_are_the_parameters():
    (lines,) = table_under(["band", *reversed(Band)])
    rows = table_under(["confidence", *Evidence])

    assert [figures(cell) for cell in lines[1:]] == [
        [CURRENT.ready_line],
        [CURRENT.nearly_line],
        [CURRENT.developing_line],
        [CURRENT.foundation_line],
        [0],
    ]
    assert [[int(cell) for cell in row[1:]] for row in rows] == [
        list(CURRENT.spread_hundredths.values()),
        list(CURRENT.spread_hundredths_low.values()),
    ]


# Names


@pytest.mark.parametrize("words", [Status, Reason, Band, Confidence, Evidence])
def test_page_names_every_word(words):
    assert [word for word in words if not re.search(rf"\b{word}\b", TEXT)] == []


def test_page_names_every_input():
    of_target = {"requirements", "parameters"}
    names = {
        each.name for kind in (Requirement, Answer, Target) for each in fields(kind)
    }

    assert [name for name in names - of_target if f"`{name}`" not in TEXT] == []


def test_page_names_every_key_of_a_result():
    _, _, expected = vector("worked_1_compensation")
    gap, display = expected["gaps"][0], expected["display"]
    names = {*expected, *gap, *display}

    assert sorted(name for name in names if name not in TEXT) == []


def test_the_table_of_made_up_people_is_what_the_command_prints():
    table = TEXT.split("## What made-up people read", 1)[1].strip().splitlines()[2:]

    assert table == personas.lines()
