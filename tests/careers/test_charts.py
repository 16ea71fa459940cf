"""Where the marks of the framework's drawings stand."""

import pytest

from careers import charts


@pytest.mark.parametrize(
    ("required", "before", "states"),
    [
        (4, 3, ["on", "on", "on", "new", "off"]),
        (2, None, ["on", "on", "off", "off", "off"]),
        (3, 5, ["on", "on", "on", "off", "off"]),
        (0, None, ["off"] * 5),
    ],
)
def test_pips_show_what_is_new(required, before, states):
    assert [pip.state for pip in charts.pips(required, before)] == states


def test_ladder_picture_rises_with_the_averages():
    picture = charts.ladder_picture([(16, 14), (26, 24), (50, 32)], current=1)
    heights = [float(rung.people.y) for rung in picture.rungs]

    assert heights == sorted(heights, reverse=True)
    assert [rung.current for rung in picture.rungs] == [False, True, False]
    assert [rung.people.from_y for rung in picture.rungs][1:] == [
        rung.people.y for rung in picture.rungs
    ][:-1]
    assert picture.rungs[0].people.from_y == ""
    assert "People and judgment: 1.6, 2.6, 5.0." in picture.title


def test_ladder_picture_keeps_the_texts_apart_when_lines_cross():
    rung = charts.ladder_picture([(20, 30)]).rungs[0]

    assert float(rung.technical.text_y) < float(rung.people.text_y)


def test_skill_levels_are_a_stair():
    stair = charts.skill_levels([("Junior", 1), ("Senior", 3), ("Lead", 3)])

    assert [step.y for step in stair.steps] == [146, 90, 90]
    assert [step.from_y for step in stair.steps] == [None, 146, 90]
    assert stair.title == "Required level, 0 to 5: Junior 1, Senior 3, Lead 3."


@pytest.mark.parametrize(
    ("before", "now", "state"), [(2, 4, "up"), (3, 2, "down"), (3, 3, "same")]
)
def test_level_shift_goes_from_one_level_to_another(before, now, state):
    mark = charts.level_shift(before, now)

    places = ["6.00%", "23.60%", "41.20%", "58.80%", "76.40%", "94.00%"]
    assert (mark.before, mark.now) == (places[before], places[now])
    assert (mark.axis_start, mark.axis_end) == (places[0], places[5])
    assert mark.state == state
