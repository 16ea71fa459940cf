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
    assert charts.gap_mark(rating, required).state == state


def test_gap_mark_places_levels_evenly():
    mark = charts.gap_mark(2, 4)

    assert (mark.you, mark.asked) == ("41.20%", "76.40%")
    assert (mark.axis.start, mark.axis.end) == ("6.00%", "94.00%")


def test_gap_mark_leaves_out_what_is_not_there():
    assert charts.gap_mark(None, 3).you == ""
    assert charts.gap_mark(3, 0).asked == ""


def test_progress_parts_a_line_by_group_size():
    line = charts.progress([(6, 6), (2, 6), (0, 4)])

    assert (line.answered, line.total) == (8, 16)
    assert line.parts[0].done == line.parts[0].width
    assert line.parts[2].done == "0.00%"
    assert line.step == "6.1250"
    assert sum(_x(part.width) for part in line.parts) == pytest.approx(98, abs=0.05)


@pytest.mark.parametrize("empty", [[], [(0, 0)]])
def test_progress_of_nothing_is_drawn(empty):
    assert charts.progress(empty).total == 0


# Trend
# ------------------------------------------------------------------------------------


def _trend(*days, ready_line=90, **more):
    """From (days since the first, tenths) or (…, True) for provisional."""
    start = datetime.date(2026, 1, 1)
    placed = [
        (start + datetime.timedelta(days=day), tenths, bool(provisional))
        for day, tenths, *provisional in days
    ]
    names = {"first_day": "1 January 2026", "last_day": "the last"}
    return charts.trend_chart(placed, ready_line=ready_line, **names, **more)


def test_trend_goes_by_the_days_that_passed_and_by_the_score():
    chart = _trend((0, 0), (10, 500), (40, 1000))

    assert [_x(dot.x) for dot in chart.dots] == [16, 34.5, 90]
    assert [float(dot.y) for dot in chart.dots] == [192, 117, 42]
    assert [(rule.text, float(rule.y)) for rule in chart.rules] == [
        ("0", 192),
        ("50", 117),
        ("100", 42),
    ]
    assert float(chart.ready_y) == 57
    assert [(each.x, each.end_y) for each in chart.strokes] == [
        (chart.dots[0].x, chart.dots[1].y),
        (chart.dots[1].x, chart.dots[2].y),
    ]


def test_trend_draws_what_is_provisional_hollow():
    chart = _trend((0, 600, True), (9, 700))

    assert [dot.hollow for dot in chart.dots] == [True, False]


@pytest.mark.parametrize(("count", "radius"), [(2, "5.5"), (20, "5.5"), (21, "3")])
def test_many_dots_of_a_trend_are_smaller(count, radius):
    assert _trend(*((day, 500) for day in range(count))).radius == radius


@pytest.mark.parametrize("days", [[], [(0, 600)], [(0, 600), (0, 700)]])
def test_one_day_is_no_trend(days):
    assert _trend(*days) is None


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
        index: "above" if float(dot.text_y) < float(dot.y) else "below"
        for index, dot in enumerate(chart.dots)
        if dot.text
    }
    assert sides == labelled


@pytest.mark.parametrize("compact", [False, True])
@given(
    st.dictionaries(st.integers(0, 900), st.integers(0, 1000), min_size=2, max_size=60),
    st.integers(85, 100),
)
def test_no_label_of_a_trend_meets_another_or_leaves_the_drawing(compact, scores, cut):
    chart = _trend(*sorted(scores.items()), ready_line=cut, compact=compact)

    labels = [dot for dot in chart.dots if dot.text]
    assert len(chart.dots) == len(scores)
    assert labels[0] is chart.dots[0]
    assert labels[-1] is chart.dots[-1]
    for one, other in pairwise(labels):
        assert _x(other.x) - _x(one.x) >= 16  # 36 pixels of a width of 225
    for dot in labels:
        assert float(dot.text_y) - 11 > 18  # under the row of the ready cut
        assert float(dot.text_y) <= chart.days_y - 13


@pytest.mark.parametrize(
    ("last", "said"),
    [(680, "8.0 higher"), (590, "1.0 lower"), (600, "the same")],
)
def test_trend_says_what_it_draws(last, said):
    chart = _trend((0, 600), (3, 650), (9, last))

    assert chart.description == (
        f"3 days. First 60.0 on 1 January 2026, last {last / 10} on the last: {said}. "
        "Ready from 90."
    )
