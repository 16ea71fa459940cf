"""Where a person stands on a ladder; the shipped one keeps what the model promises."""

import pytest

from assessment.answers import (
    place,
    readiness_below,
    targets,
)
from scoring.inputs import Answer
from scoring.ladder import (
    exactly_meets,
    level_below_readiness,
    must_have_levels,
)
from scoring.ladder import place as place_on_track
from scoring.number import Status, readiness_of
from tests.factories import shipped_spec
from tests.scoring.cases import make_answers, make_target

SPEC = shipped_spec()
TARGETS = targets(SPEC)
RUNGS = [rung.key for rung in SPEC.ladder]
SPECIALIZATIONS = [
    level.key
    for level in SPEC.levels
    if SPEC.careers_by_key[level.career].kind == "specialization"
]
RELATED = [
    level.key
    for level in SPEC.levels
    if SPEC.careers_by_key[level.career].kind == "related"
]
WITH_LEVEL_BELOW = [*RUNGS[1:], *SPECIALIZATIONS]


def exactly(key):
    """Answers of who exactly meets a career level, and knows nothing beyond it."""
    return {
        skill.key: Answer(SPEC.levels_by_key[key].requirement(skill.key).required)
        for skill in SPEC.skills
    }


# Must-haves


def test_a_must_have_of_a_lower_rung_stays_one_up_to_what_is_required():
    marks = [{"a": 2, "b": 3}, {"a": 4}, {"c": 1}]

    levels = must_have_levels({"a": 3, "b": 5, "c": 2, "d": 4, "e": 0}, marks)

    assert levels == {"a": 3, "b": 3, "c": 1, "d": 0, "e": 0}


@pytest.mark.parametrize("number", range(len(RUNGS)))
def test_rungs_of_the_shipped_ladder_carry_must_haves(number):
    """The rule a second time: the highest level marked so far, at most what is asked."""
    for item in TARGETS[RUNGS[number]].requirements:
        marked = [
            rung.requirement(item.key).required
            for rung in SPEC.ladder[: number + 1]
            if rung.requirement(item.key).must_have
        ]
        assert item.must_have_level == min(item.required, max(marked, default=0))


@pytest.mark.parametrize("key", RELATED)
def test_a_related_career_has_its_own_must_haves_alone(key):
    level = SPEC.levels_by_key[key]

    carried = {i.key: i.must_have_level for i in TARGETS[key].requirements}

    assert carried == {
        item.skill: item.required if item.must_have else 0
        for item in level.requirements
    }
    assert SPEC.must_have_since(level) == {}


@pytest.mark.parametrize("key", SPECIALIZATIONS)
def test_a_specialization_takes_over_from_its_base_level_and_below(key):
    level = SPEC.levels_by_key[key]
    base = SPEC.careers_by_key[level.career].base_level
    below = RUNGS[: RUNGS.index(base) + 1]

    assert [lower.key for lower in SPEC.levels_that_count(level)] == [
        key,
        *below[::-1],
    ]
    for item in TARGETS[key].requirements:
        marked = [
            SPEC.levels_by_key[lower].requirement(item.key).required
            for lower in (key, *below)
            if SPEC.levels_by_key[lower].requirement(item.key).must_have
        ]
        assert item.must_have_level == min(item.required, max(marked, default=0))


def test_a_carried_must_have_names_the_lowest_rung_that_marks_it():
    top = SPEC.ladder[-1]
    own = {item.skill for item in top.must_haves}
    since = SPEC.must_have_since(top)

    carried = [i.key for i in TARGETS[top.key].requirements if i.is_must_have]
    assert set(since) == set(carried) - own
    for key, rung in since.items():
        marking = [r for r in SPEC.ladder if r.requirement(key).must_have]
        assert rung == marking[0]


# The shipped ladder


@pytest.mark.parametrize("key", WITH_LEVEL_BELOW)
def test_who_exactly_meets_the_level_below_is_on_the_way_and_never_ready(key):
    level = SPEC.levels_by_key[key]
    below = SPEC.level_below(level)

    number = readiness_of(TARGETS[key], exactly(below.key))

    assert number.status is Status.COMPLETE
    assert number.band in ("developing", "nearly")
    assert readiness_below(SPEC, level) == number.readiness


@pytest.mark.parametrize("key", [RUNGS[0], *RELATED])
def test_no_marker_without_a_level_below(key):
    assert readiness_below(SPEC, SPEC.levels_by_key[key]) is None


@pytest.mark.parametrize("number", range(1, len(RUNGS) + 1))
def test_who_exactly_meets_a_rung_stands_on_it(number):
    placement = place(SPEC, SPEC.ladder[0], exactly(RUNGS[number - 1]))

    assert placement.level == number
    assert placement.rungs[number - 1].readiness == 100
    above = number + 1 if number < len(RUNGS) else None
    assert placement.next_level == above
    assert [placement.is_passed(n) for n in (number, number + 1)] == [True, False]


@pytest.mark.parametrize("key", RUNGS)
def test_one_missing_must_have_level_keeps_every_rung_from_being_held(key):
    target = TARGETS[key]
    for item in target.requirements:
        if item.is_must_have:
            answers = exactly(key) | {item.key: Answer(item.must_have_level - 1)}
            number = readiness_of(target, answers)
            # Coverage alone would do for ready: the verdict must not read it.
            assert number.coverage >= 90
            assert number.band in ("nearly", "developing")
            assert place(SPEC, SPEC.ladder[0], answers).level != RUNGS.index(key) + 1


@pytest.mark.parametrize("key", RUNGS)
def test_one_ordinary_level_short_is_still_ready(key):
    target = TARGETS[key]
    ordinary = [
        item for item in target.requirements if item.required > item.must_have_level
    ]
    for item in ordinary:
        answers = exactly(key) | {item.key: Answer(item.required - 1)}
        number = readiness_of(target, answers)
        assert number.missing_levels == 0
        if number.coverage >= 90:
            assert number.band == "ready"


# Places


def make_track(*rungs):
    """Rungs of two skills from (required a, must-have level of a, required b)."""
    return [make_target(("a", a, 1, must), ("b", b, 9)) for a, must, b in rungs]


def test_the_level_is_the_highest_held_and_lower_ones_are_passed():
    # The second rung asks for more than the third.
    track = make_track((1, 0, 1), (5, 5, 5), (2, 0, 2), (5, 5, 5))

    placement = place_on_track(track, make_answers(a=2, b=2))

    assert [rung.band == "ready" for rung in placement.rungs] == [
        True,
        False,
        True,
        False,
    ]
    assert (placement.level, placement.next_level) == (3, 4)
    assert placement.is_passed(2)


def test_before_the_first_rung_is_0():
    placement = place_on_track(make_track((2, 0, 2)), make_answers(a=0, b=1))

    assert (placement.level, placement.next_level) == (0, 1)
    assert not placement.is_passed(1)


def test_a_rung_that_is_not_measured_neither_holds_nor_blocks_nor_is_next():
    track = make_track((0, 0, 1), (1, 1, 1), (0, 0, 1), (1, 1, 5), (0, 0, 5))

    placement = place_on_track(track, make_answers(b=1))

    assert [rung.is_measured for rung in placement.rungs] == [
        *(True, False, True, False, True)
    ]
    assert (placement.level, placement.next_level) == (3, 5)
    assert placement.rungs[1].open_must_haves == ()


def test_nothing_measured_is_no_level():
    placement = place_on_track(make_track((1, 1, 1)), {})

    assert (placement.level, placement.next_level) == (None, None)
    assert not placement.is_passed(1)


def test_the_marker_counts_what_the_rung_below_does_not_ask_for_as_the_lowest():
    below = make_target(("a", 2, 1), ("b", 0, 1))
    target = make_target(("a", 4, 1, 3), ("b", 3, 1), ("c", 3, 2))

    assert exactly_meets(below, target) == make_answers(a=2, b=0, c=0)
    assert level_below_readiness(target, below) == make_marker(target)
    assert level_below_readiness(make_target(("a", 0, 1)), below) is None
    assert level_below_readiness(target, None) is None


def make_marker(target):
    return readiness_of(target, make_answers(a=2, b=0, c=0)).readiness
