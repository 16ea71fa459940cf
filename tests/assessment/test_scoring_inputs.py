"""Input that cannot be scored is refused with the skill and the cure."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.scoring import (
    ScoringError,
    SkillInput,
    clear_change,
    panel_cut,
    prepare,
    readiness_of,
    score,
)
from tests.assessment.score_cases import make_skills

GOOD = SkillInput("a", 4, 1, rating=3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": ""}, 'skill "": id is ""; name the skill with a text.'),
        ({"key": 7}, "skill 7: id is 7; name the skill with a text."),
        (
            {"required": 6},
            'skill "a": required is 6; require a level from 0 to 5.',
        ),
        (
            {"required": Fraction(-1, 2)},
            'skill "a": required is -1/2; require a level from 0 to 5.',
        ),
        (
            {"required": True},
            'skill "a": required is true; require a level from 0 to 5.',
        ),
        (
            {"weight": 0},
            'skill "a": weight is 0; give a number above 0, '
            "or require level 0 to leave the skill out.",
        ),
        (
            {"weight": 1.5},
            'skill "a": weight is 1.5; give a number above 0, '
            "or require level 0 to leave the skill out.",
        ),
        (
            {"must_have": True, "required": 0},
            'skill "a": is a must-have but requires only level 0; '
            "require level 1 or more, or drop the must-have mark.",
        ),
        (
            {"must_have": True, "required": Fraction(1, 2)},
            'skill "a": is a must-have but requires only level 1/2; '
            "require level 1 or more, or drop the must-have mark.",
        ),
        ({"must_have": 1}, 'skill "a": must_have is 1; give true or false.'),
        (
            {"not_applicable": None},
            'skill "a": not_applicable is missing; give true or false.',
        ),
        ({"domain": None}, 'skill "a": domain is missing; give a text.'),
        (
            {"confidence": "sure"},
            'skill "a": confidence is "sure"; choose one of low, medium, high.',
        ),
        (
            {"evidence": "a link"},
            'skill "a": evidence is "a link"; '
            "choose one of none, described, linked, verified.",
        ),
    ],
)
def test_score_names_the_skill_and_the_cure(change, message):
    with pytest.raises(ScoringError) as error:
        score([replace(GOOD, **change)])

    assert str(error.value) == message


@pytest.mark.parametrize(
    "rating", [6, -1, Fraction(51, 10), 3.0, True, Decimal(3), "3", float("nan")]
)
def test_score_refuses_a_rating_that_is_no_exact_number_on_the_scale(rating):
    with pytest.raises(ScoringError, match=r"skill \"a\": rating is .*from 0 to 5"):
        score([replace(GOOD, rating=rating)])


@pytest.mark.parametrize("rating", [6, -1, Fraction(51, 10), 3.0, True, "3"])
def test_readiness_of_refuses_the_same_ratings(rating):
    target = prepare([GOOD])

    with pytest.raises(ScoringError, match=r"skill \"a\": rating is .*from 0 to 5"):
        readiness_of(target, {"a": rating})


@pytest.mark.parametrize(
    "hours", [(), (8, 20, 40, 80), (8, 20, 40, 80, 0), (8, 20, 40, 80, 1.5)]
)
def test_score_refuses_hours_that_are_not_five_numbers_above_0(hours):
    with pytest.raises(ScoringError, match="give 5 numbers above 0"):
        score([replace(GOOD, hours=hours)])


def test_score_refuses_a_skill_that_appears_twice():
    with pytest.raises(ScoringError) as error:
        score([GOOD, GOOD])

    assert str(error.value) == 'skill "a": appears twice; give every skill its own id.'
    assert error.value.skill == "a"


@pytest.mark.parametrize("coverage", [-1, 101, 50.0, "50"])
def test_score_refuses_a_level_below_that_is_no_coverage(coverage):
    with pytest.raises(ScoringError, match=r"level_below_coverage is .*0 to 100"):
        score([GOOD], level_below_coverage=coverage)


@pytest.mark.parametrize("cut", [90.5, "90", True])
def test_score_refuses_a_panel_cut_that_is_no_exact_number(cut):
    with pytest.raises(ScoringError, match=r"angoff_cut is .*give a number of points"):
        score([GOOD], angoff_cut=cut)


def test_clear_change_refuses_a_skill_without_a_rating():
    with pytest.raises(ScoringError, match='skill "a": has no rating'):
        clear_change(replace(GOOD, rating=None), GOOD)


@pytest.mark.parametrize(
    ("skills", "judges"), [([GOOD], []), (make_skills(required=0, a=None), [{"a": 1}])]
)
def test_panel_cut_refuses_an_empty_panel_and_an_empty_target(skills, judges):
    with pytest.raises(ScoringError, match="there is no judge or no required skill"):
        panel_cut(skills, judges)


@pytest.mark.parametrize("judge", [{}, {"a": 6}])
def test_panel_cut_refuses_a_judge_without_a_level_for_a_skill(judge):
    with pytest.raises(ScoringError, match='skill "a": rating is'):
        panel_cut([GOOD], [judge])
