"""Where the marks of the framework's drawings stand."""

from decimal import Decimal

import pytest

from careers import charts


def test_a_stair_has_a_step_for_each_value_from_edge_to_edge():
    steps = charts.stair([1, 3, 3], 0, 5)

    assert [(step.x, step.width) for step in steps] == [
        ("0.00%", "33.33%"),
        ("33.33%", "33.33%"),
        ("66.67%", "33.33%"),
    ]
    assert [step.value for step in steps] == [1, 3, 3]


def test_each_step_begins_where_the_one_before_ends():
    steps = charts.stair([1, 3, Decimal("2.5")], 0, 5)

    assert [step.y for step in steps] == ["80.00%", "40.00%", "50.00%"]
    assert [step.before for step in steps] == [None, "80.00%", "40.00%"]


@pytest.mark.parametrize(
    ("value", "lowest", "top", "y"),
    [
        (0, 0, 5, "100.00%"),
        (5, 0, 5, "0.00%"),
        (1, 1, 4, "100.00%"),
        (3, 1, 4, "33.33%"),
        (1, 0, 1, "0.00%"),
    ],
)
def test_a_scale_fills_the_height_from_its_lowest_point_to_its_top(
    value, lowest, top, y
):
    assert charts.height(value, lowest, top) == y
