"""Where a person stands on a ladder, and what else the engine says beyond a score."""

import timeit
from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.scoring import (
    Band,
    Reason,
    ScoringError,
    SkillInput,
    clear_change,
    coverage_of_level_below,
    is_clear_score_change,
    level_below_readiness,
    longest_run,
    panel_cut,
    place_on_ladder,
    prepare_ladder,
    readiness_of,
    score,
    what_matters_most,
)
from tests.assessment.score_cases import (
    exact,
    load_vectors,
    make_ladder_levels,
    make_skills,
)

LEVELS = make_ladder_levels()
LADDER = prepare_ladder(LEVELS)


def just_meeting(level):
    return {skill.key: skill.required for skill in LEVELS[level - 1]}


def make_small_ladder(*levels):
    """Return a ladder of two skills from (required a, required b) per level."""
    return prepare_ladder(
        [
            [SkillInput("a", a, 1, must_have=a > 0), SkillInput("b", b, 9)]
            for a, b in levels
        ]
    )


@pytest.mark.parametrize("level", range(1, 8))
def test_just_meeting_a_level_places_there(level):
    placement = place_on_ladder(LADDER, just_meeting(level))

    assert (placement.level, placement.step_progress, placement.index) == (
        level,
        0,
        level,
    )


def test_top_of_the_ladder_stops_nowhere():
    placement = place_on_ladder(LADDER, just_meeting(7))

    assert placement.stopped_at is None
    assert placement.blocked_by == ()


def test_step_progress_stays_below_one_until_the_level_is_held():
    ladder = make_small_ladder((1, 1), (2, 2))

    placement = place_on_ladder(ladder, {"a": Fraction(199, 100), "b": 2})

    assert placement.level == 1
    assert placement.step_progress == Fraction(99, 100)
    assert placement.index == Fraction(199, 100)


def test_must_have_blocks_a_level_that_it_alone_keeps_from_being_held():
    ladder = make_small_ladder((1, 1), (2, 2), (2, 3))

    placement = place_on_ladder(ladder, {"a": 1, "b": 5})

    assert (placement.level, placement.stopped_at) == (1, 2)
    assert placement.blocked_by == ("a",)
    assert placement.also_qualifies == ()
    assert [rung.band for rung in placement.rungs] == [
        Band.READY,
        Band.NEARLY,
        Band.NEARLY,
    ]


def test_only_open_must_haves_block():
    level = make_skills(must_haves="abc", required=Fraction(3, 2), a=0, b=0, c=0)
    first = [replace(skill, required=0, must_have=False) for skill in level]
    ladder = prepare_ladder([first, level])

    placement = place_on_ladder(ladder[1:], {"a": 1, "b": Fraction(3, 2), "c": 2})

    assert placement.blocked_by == ("a",)


def test_nothing_blocks_where_coverage_is_short_too():
    ladder = make_small_ladder((1, 1), (2, 3))

    placement = place_on_ladder(ladder, {"a": 1, "b": 1})

    assert (placement.level, placement.stopped_at) == (1, 2)
    assert placement.blocked_by == ()


def test_level_that_is_held_above_the_stop_also_qualifies():
    ladder = make_small_ladder((1, 1), (3, 1), (1, 2), (4, 4))

    placement = place_on_ladder(ladder, {"a": 1, "b": 2})

    assert placement.level == 1
    assert placement.stopped_at == 2
    assert placement.blocked_by == ("a",)
    assert placement.also_qualifies == (3,)


def test_level_that_asks_for_nothing_new_has_no_step_progress():
    ladder = make_small_ladder((3, 3), (2, 2))

    placement = place_on_ladder(ladder, {"a": 1, "b": 1})

    assert ladder[1].level_below_coverage == 100
    assert placement.level == 0
    assert place_on_ladder(ladder[1:], {"a": 1, "b": 2}).step_progress == 0


def test_level_that_cannot_be_measured_neither_holds_nor_blocks():
    ladder = make_small_ladder((0, 1), (1, 2), (0, 3), (0, 5))

    placement = place_on_ladder(ladder, {"b": 3})

    unmeasured = placement.rungs[1]
    assert placement.level == 3
    assert not unmeasured.is_measured
    assert unmeasured.reasons == (Reason.MUST_HAVE_UNANSWERED,)
    assert unmeasured.unanswered == ("a",)
    assert (unmeasured.coverage, unmeasured.band) == (None, None)
    assert placement.stopped_at == 4


def test_no_step_progress_towards_a_level_that_cannot_be_measured():
    ladder = make_small_ladder((0, 1), (1, 2), (0, 5))

    placement = place_on_ladder(ladder, {"b": 3})

    assert (placement.level, placement.stopped_at) == (1, 3)
    assert placement.rungs[2].coverage > placement.rungs[2].level_below_coverage
    assert placement.step_progress == 0
    assert placement.index == 1


def test_no_level_without_a_measured_one():
    placement = place_on_ladder(LADDER, {})

    assert placement.level is None
    assert placement.step_progress is None
    assert placement.index is None
    assert len(placement.rungs) == 7


def test_same_set_aside_skills_are_used_for_every_level():
    placement = place_on_ladder(
        LADDER, {**just_meeting(3), "t09": 0}, not_applicable={"t09"}
    )

    assert placement.level == 3
    assert placement.rungs[2].coverage == 100


def test_level_below_marker_is_the_readiness_of_who_just_meets_it():
    pairs = zip(LEVELS[1:], LEVELS, strict=False)

    markers = [int(level_below_readiness(level, below)) for level, below in pairs]

    assert markers == [53, 65, 76, 84, 84, 84]
    assert coverage_of_level_below(LEVELS[4], LEVELS[3]) == Fraction(2000, 23)


def test_level_below_of_a_level_that_asks_for_nothing_is_zero():
    nothing = [replace(skill, required=0, must_have=False) for skill in LEVELS[0]]

    assert coverage_of_level_below(nothing, LEVELS[0]) == 0
    assert level_below_readiness(nothing, LEVELS[0]) == 0


@pytest.mark.parametrize("shorter", [0, 1])
def test_levels_must_know_the_same_skills(shorter):
    levels = [make_skills(a=None, b=None), make_skills(a=None, b=None)]
    levels[shorter].pop()

    with pytest.raises(ScoringError, match='skill "b": is known to one level'):
        prepare_ladder(levels)


def test_ladder_uses_the_cuts_of_panels():
    levels = [make_skills(a=None), make_skills(a=None)]

    ladder = prepare_ladder(levels, angoff_cuts=[Fraction(901, 10), None])

    assert [target.cuts.ready for target in ladder] == [91, 100]


def test_ladder_needs_a_cut_or_none_for_every_level():
    with pytest.raises(ValueError, match="shorter"):
        prepare_ladder([make_skills(a=None)] * 2, angoff_cuts=[90])


# Changes


@pytest.mark.parametrize(
    ("confidence", "evidence", "levels", "is_clear"),
    [
        ("medium", "none", 1, False),
        ("medium", "none", Fraction(109, 100), True),
        ("high", "linked", 1, True),
        ("high", "linked", Fraction(61, 100), False),
    ],
)
def test_change_is_clear_if_it_is_more_than_noise(
    confidence, evidence, levels, is_clear
):
    before = SkillInput("a", 4, 1, rating=2, confidence=confidence, evidence=evidence)

    change = clear_change(before, replace(before, rating=2 + levels))
    back = clear_change(replace(before, rating=2 + levels), before)

    assert change.is_clear is back.is_clear is is_clear
    assert (change.difference, back.difference) == (levels, -levels)


def test_change_of_exactly_the_noise_is_not_clear():
    # 0.8 and 0.6 levels make exactly 1 level, so the noise is z itself.
    before = SkillInput("a", 4, 1, rating=2, confidence="low")
    after = SkillInput("a", 4, 1, rating=2 + Fraction("1.2816"))

    assert not clear_change(before, after).is_clear


def test_noise_of_a_change_comes_from_both_ratings():
    before = SkillInput("a", 4, 1, rating=2)
    after = replace(before, confidence="high", evidence="linked")

    noise = clear_change(before, after).noise

    assert noise == pytest.approx(1.2816 * (0.6**2 + (0.45 * 0.75) ** 2) ** 0.5)


@pytest.mark.parametrize(
    ("rating", "is_clear"), [(Fraction(3), True), (Fraction(9, 4), False)]
)
def test_score_change_is_clear_if_it_exceeds_half_the_mean_range(rating, is_clear):
    before, after = score(make_skills(a=2)), score(make_skills(a=rating))

    widths = [high - low for low, high in (before.likely_range, after.likely_range)]
    moved = float(after.readiness - before.readiness)

    assert (moved > (widths[0] + widths[1]) / 4) is is_clear
    assert is_clear_score_change(before, after) is is_clear
    assert is_clear_score_change(after, before) is is_clear


@pytest.mark.parametrize(("moved", "is_clear"), [(9, False), (Fraction(91, 10), True)])
def test_score_change_of_exactly_half_the_mean_range_is_not_clear(moved, is_clear):
    result = score(make_skills(a=2))
    before = replace(result, readiness=Fraction(50), likely_range=(40.0, 60.0))
    after = replace(result, readiness=50 + Fraction(moved), likely_range=(42.0, 58.0))

    assert is_clear_score_change(before, after) is is_clear


# What matters most


def test_sensitivity_puts_the_largest_effect_first_and_ties_in_order():
    skills = make_skills(must_haves=["must"], a=4, b=4, must=3)

    effects = what_matters_most(skills).required

    assert [(effect.key, effect.change) for effect in effects] == [
        ("must", 1),
        ("must", -1),
        ("a", 1),
        ("a", -1),
        ("b", 1),
        ("b", -1),
    ]
    assert [effect.difference for effect in effects] == [-16, 16, 0, 0, 0, 0]


def test_sensitivity_stays_on_the_scales():
    skills = [
        SkillInput("low", 1, 1, rating=1),
        SkillInput("high", 5, 5, rating=1),
        SkillInput("second", 2, 2, rating=1),
        SkillInput("fourth", 4, 4, rating=1),
        SkillInput("unasked", 0, 3, rating=1),
    ]

    result = what_matters_most(skills)

    changes = {(effect.key, effect.change) for effect in result.required}
    assert changes == {
        *(("low", 1), ("high", -1)),
        *(("second", 1), ("second", -1)),
        *(("fourth", 1), ("fourth", -1)),
    }
    assert {(effect.key, effect.change) for effect in result.weight} == changes


def test_sensitivity_of_no_score_is_empty():
    result = what_matters_most(make_skills(a=None))

    assert (result.required, result.weight) == ((), ())


# Judges, and answers in a straight line


def test_panel_cut_is_that_of_the_vector():
    vector = load_vectors()["aux"]["angoff"]
    skills = [
        SkillInput(key, required, vector["weights"][key])
        for key, required in vector["required"].items()
    ]

    assert panel_cut(skills, vector["judges"]) == exact(vector["expected"])


def test_panel_cut_ignores_surplus_and_what_is_not_required():
    skills = [SkillInput("a", 2, 1), SkillInput("unasked", 0, 9)]

    assert panel_cut(skills, [{"a": 5}, {"a": 1}]) == 75


@pytest.mark.parametrize(
    ("ratings", "length"),
    [
        ([], 0),
        ([None, None], 0),
        ([3, 3, 3, 2, 2, 4], 3),
        ([3, 3, None, 3], 2),
        ([0, 0], 2),
    ],
)
def test_longest_run_counts_equal_answers_in_a_row(ratings, length):
    assert longest_run(ratings) == length


# Speed: ten times the promise, so that a busy machine does not fail it


def best_milliseconds(function, number):
    return 1000 * min(timeit.repeat(function, number=number, repeat=3)) / number


def test_speed_promises_hold_for_20_skills():
    target, ratings = LADDER[3], just_meeting(3)
    skills = [
        replace(skill, rating=Fraction(skill.required) / 2) for skill in LEVELS[3]
    ]

    readiness_time = best_milliseconds(lambda: readiness_of(target, ratings), 50)
    score_time = best_milliseconds(lambda: score(skills), 3)

    assert len(score(skills).gaps) == 20
    assert readiness_time < 10 * 0.05
    assert score_time < 10 * 3
