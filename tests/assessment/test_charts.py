"""The geometry of the charts: where marks and labels stand."""

import subprocess
import sys
from fractions import Fraction

import pytest

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


def test_gap_mark_under_cells_stands_in_their_middle():
    mark = charts.gap_mark(0, 5, under_cells=True)

    assert (mark.you, mark.asked) == ("8.33%", "91.67%")


def test_gap_mark_leaves_out_what_is_not_there():
    assert charts.gap_mark(None, 3).you == ""
    assert charts.gap_mark(3, 0).asked == ""


def test_score_scale_draws_what_is_printed():
    scale = charts.score_scale(
        680,
        57,
        79,
        held_tenths=126,
        ready_cut=90,
        level_below=79,
        level_below_name="TPM",
    )

    assert (scale.you, scale.held_end) == ("68.0%", "80.6%")
    assert (scale.low, scale.high) == ("57.00%", "79.00%")
    assert (scale.below.x, scale.ready.x) == ("79.00%", "90.00%")
    assert scale.title == (
        "Scale from 0 to 100. You 68; likely 57 to 79; 12.6 points held; "
        "someone who just meets TPM: 79; ready from 90."
    )


def test_score_scale_leaves_out_markers_that_do_not_exist():
    scale = charts.score_scale(430, 35, 52)

    assert (scale.below, scale.ready, scale.held_label) == (None, None, None)
    assert scale.held_end == ""
    assert scale.title == "Scale from 0 to 100. You 43; likely 35 to 52."


def test_score_scale_says_at_most_99_while_provisional():
    scale = charts.score_scale(1000, 88, 100, provisional=True)

    assert scale.you_label.text == "99 so far"
    assert scale.range_label.text == "88 to 100 when complete"


@pytest.mark.parametrize(
    ("tenths", "anchor", "held_anchor"),
    [(120, "start", ""), (500, "end", "start"), (840, "end", "")],
)
def test_score_scale_turns_labels_away_from_the_edges(tenths, anchor, held_anchor):
    scale = charts.score_scale(tenths, 10, 90, held_tenths=60)

    assert scale.you_label.anchor == anchor
    assert scale.held_label.anchor == held_anchor


@pytest.mark.parametrize(
    ("low", "high", "anchor"), [(0, 20, "start"), (40, 60, "middle"), (80, 100, "end")]
)
def test_score_scale_keeps_the_range_label_inside(low, high, anchor):
    assert charts.score_scale(500, low, high).range_label.anchor == anchor


def test_points_bar_parts_fill_the_whole():
    bar = charts.points_bar(680, 126)

    assert [part.kind for part in bar.parts] == ["earned", "held", "lost"]
    assert [part.label.text for part in bar.parts] == [
        "68.0 now",
        "12.6 held",
        "19.4 left",
    ]
    assert sum(_x(part.width) for part in bar.parts) == pytest.approx(100)
    assert bar.parts[-1].end == "100.0%"
    assert bar.title == (
        "Of 100 points 68.0 are yours now, 12.6 are held, 19.4 are left."
    )


def test_points_bar_divides_what_is_missing():
    bar = charts.points_bar(680, 126, (200, 90, 29, 1))

    dashes = [float(part) for part in bar.missing_dashes.split()]
    assert (bar.missing, bar.missing_length) == ("68.0%", 320)
    assert [a + b for a, b in zip(dashes[::2], dashes[1::2], strict=True)] == [
        200,
        90,
        29,
        1,
    ]
    assert all(part > 0 for part in dashes)
    assert bar.height == charts.points_bar(680, 126).height + 14


def test_points_bar_without_a_loss_has_no_strip():
    assert charts.points_bar(1000).missing == ""


def test_group_bars_share_one_scale():
    most, least = charts.group_bars([(Fraction(2, 5), 50), (Fraction(1, 5), 100)])

    assert (most.worth, most.covered) == ("100.00%", "50.00%")
    assert (least.worth, least.covered) == ("50.00%", "50.00%")
    assert charts.group_bars([]) == []


def test_points_bar_leaves_out_empty_parts():
    assert [part.kind for part in charts.points_bar(1000).parts] == ["earned"]
    assert [part.kind for part in charts.points_bar(0).parts] == ["lost"]


def test_points_bar_gives_each_outside_label_a_row():
    bar = charts.points_bar(840, 90)
    rows = [part.label_y for part in bar.parts if not part.inside]

    assert rows == [50, 68]
    assert bar.height > 68


def test_ladder_bar_of_an_unmeasured_rung_is_empty():
    bar = charts.ladder_bar(None, low=1, high=2, ready_cut=85)

    assert bar == charts.LadderBar(you="", held_end="", low="", high="", cut="85.00%")


def test_ladder_bar_draws_held_points_after_the_mark():
    bar = charts.ladder_bar(680, held_tenths=126, low=57, high=79, ready_cut=90)

    assert (bar.you, bar.held_end) == ("68.0%", "80.6%")


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
