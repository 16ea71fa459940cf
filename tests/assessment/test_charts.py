"""The geometry of the charts: where marks and labels stand."""

import datetime
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import charts
from assessment.charts import TrendChart


def _x(percent):
    return float(percent.removesuffix("%"))


def test_charts_know_no_django():
    code = "import assessment.charts, sys; print('django' in sys.modules)"

    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert answer.stdout == "False\n"


@pytest.mark.parametrize(
    ("rating", "required", "state"),
    [
        (2, 4, "short"),
        (0, 3, "short"),
        (4, 4, "met"),
        (5, 4, "above"),
        (None, 2, "unrated"),
        (1, 0, "unasked"),
        (Fraction(7, 2), 4, "short"),
    ],
)
def test_gap_mark_names_its_state(rating, required, state):
    assert charts.gap_mark(rating, required, 0, 5).state == state


def test_gap_mark_places_levels_evenly():
    mark = charts.gap_mark(2, 4, 0, 5)

    assert (mark.you, mark.required) == ("41.20%", "76.40%")
    assert (mark.axis.start, mark.axis.end) == ("6.00%", "94.00%")


def test_gap_mark_leaves_out_what_is_not_there():
    assert charts.gap_mark(None, 3, 0, 5).you == ""
    assert charts.gap_mark(3, 0, 0, 5).required == ""


# Trend
# ------------------------------------------------------------------------------------


def _trend(*days, ready_line=90, changes=()):
    """From (days since the first, tenths) or (…, True) for provisional."""
    start = datetime.date(2026, 1, 1)
    placed = [
        (start + datetime.timedelta(days=day), tenths, bool(provisional))
        for day, tenths, *provisional in days
    ]
    return TrendChart(placed, ready_line, changes)


def test_trend_goes_by_the_days_that_passed_and_by_the_score():
    chart = _trend((0, 0), (10, 500), (40, 1000))

    assert [_x(dot.x) for dot in chart.dots] == [16, 34.5, 90]
    assert [float(dot.y) for dot in chart.dots] == [192, 117, 42]
    assert chart.rules == [
        (0, "192.0", "196.0"),
        (50, "117.0", "121.0"),
        (100, "42.0", "46.0"),
    ]
    assert float(chart.ready_y) == 57
    assert (chart.days_y, chart.height) == (236, 242)
    first, second, third = chart.dots
    assert list(chart.strokes) == [(first, second), (second, third)]


def test_changes_of_the_ladder_stand_on_their_day_and_inside_the_drawing():
    day = datetime.date(2026, 1, 1)
    days = (-9, 5, 6, 20, 90)
    changes = [(day + datetime.timedelta(days=n), f"1.{n}") for n in days]
    chart = _trend((0, 500), (40, 700), changes=changes)

    drawn = [(_x(x), name) for x, name in chart.changes_drawn]

    assert drawn == [
        (12, ""),  # its name would meet the next
        (25.25, ""),
        (27.1, "1.6"),
        (53, "1.20"),
        (94, "1.90"),
    ]
    assert float(chart.foot_y) == 192


def test_trend_draws_what_is_provisional_hollow():
    chart = _trend((0, 600, True), (9, 700))

    assert [dot.is_provisional for dot in chart.dots] == [True, False]


@pytest.mark.parametrize(("count", "radius"), [(2, "5.5"), (20, "5.5"), (21, "3")])
def test_many_dots_of_a_trend_are_smaller(count, radius):
    assert _trend(*((day, 500) for day in range(count))).radius == radius


@pytest.mark.parametrize(
    ("days", "labelled"),
    [
        ([(0, 600), (9, 600)], {0: "above", 1: "above"}),
        ([(0, 600), (9, 700)], {0: "below", 1: "above"}),
        ([(0, 700), (9, 600)], {0: "above", 1: "below"}),
        ([(0, 600), (5, 900), (9, 700)], {0: "below", 1: "above", 2: "below"}),
        ([(0, 600), (1, 900), (9, 700)], {0: "below", 2: "below"}),
        ([(0, 600), (5, 500), (9, 600)], {0: "above", 2: "above"}),
    ],
)
def test_trend_labels_the_ends_and_the_best_if_it_has_room(days, labelled):
    chart = _trend(*days)

    sides = {
        index: "above" if float(dot.label_y) < float(dot.y) else "below"
        for index, dot in enumerate(chart.dots)
        if dot.label_y
    }
    assert sides == labelled


@given(
    st.dictionaries(st.integers(0, 900), st.integers(0, 1000), min_size=2, max_size=60),
    st.integers(85, 100),
)
def test_no_label_of_a_trend_meets_another_or_leaves_the_drawing(scores, line):
    chart = _trend(*sorted(scores.items()), ready_line=line)

    labels = [dot for dot in chart.dots if dot.label_y]
    assert len(chart.dots) == len(scores)
    assert labels[0] is chart.dots[0]
    assert labels[-1] is chart.dots[-1]
    for one, other in pairwise(labels):
        assert _x(other.x) - _x(one.x) >= 16  # 36 pixels of a width of 225
    for dot in labels:
        assert float(dot.label_y) - 11 > 18  # under the row of the ready line
        assert float(dot.label_y) <= chart.days_y - 13
