"""Where the points are, which gap comes first, and how sure the number is."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.scoring import Lane, SkillInput, hours_between, score
from assessment.scoring.points import apportion_tenths
from tests.assessment.score_cases import make_skills

# Where the points are


def test_held_points_are_lost_in_equal_parts_by_the_binding_must_haves():
    skills = make_skills(must_haves="ab", a=2, b=2, c=4, d=4, e=4, f=4)

    result = score(skills)

    need = Fraction(100, 12)
    held_each = (result.coverage - 68) / 2
    assert result.lost["a"] == result.lost["b"] == need + held_each
    assert result.lost["c"] == 0


def test_printed_tenths_go_to_the_largest_remainders_then_to_the_first():
    result = score(make_skills(required=3, a=1, b=1, c=3))

    assert result.display.coverage_tenths == 555
    assert result.display.earned_tenths == {"a": 111, "b": 111, "c": 333}
    assert result.display.lost_tenths == {"a": 223, "b": 222, "c": 0}


def test_tenths_go_to_small_points_before_whole_ones_and_never_to_none():
    points = {"none": Fraction(0), "whole": Fraction(1), "tiny": Fraction(1, 50)}

    assert apportion_tenths(points, 11) == {"none": 0, "whole": 10, "tiny": 1}
    assert apportion_tenths(points, 12) == {"none": 0, "whole": 11, "tiny": 1}


def test_skills_without_a_domain_are_in_no_domain():
    skills = [
        replace(skill, domain=domain)
        for skill, domain in zip(make_skills(a=4, b=2, c=0), "xy", strict=False)
    ]

    result = score([*skills, *make_skills(c=0)])

    assert list(result.domains) == ["x", "y"]
    assert result.domains["y"].share == Fraction(1, 3)
    assert result.domains["y"].coverage == 50


# Which gap first


def test_binding_must_have_is_first_even_if_another_gap_weighs_more():
    skills = [
        SkillInput("heavy", 1, 3, rating=0),
        SkillInput("must", 4, 1, must_have=True, rating=1),
        SkillInput("met", 4, 12, rating=4),
    ]

    first, second = score(skills).gaps

    assert (first.key, first.pinned) == ("must", True)
    assert (second.key, second.priority) == ("heavy", 100.0)


def test_equal_priorities_are_ranked_by_gap_then_by_order():
    # Hours that make priority need / sqrt(hours / 10) the same for different gaps.
    flat = (10, 10, 10, 10, 10)
    skills = [
        SkillInput("small", 2, 2, rating=1, hours=flat),
        SkillInput("large", 4, 2, rating=0, hours=(10, 10, 10, 10, 1)),
        SkillInput("twin", 4, 2, rating=0, hours=(10, 10, 10, 10, 1)),
    ]

    gaps = score(skills).gaps

    assert [gap.priority for gap in gaps] == [100.0, 100.0, 100.0]
    assert [gap.key for gap in gaps] == ["large", "twin", "small"]


def test_gap_steps_are_one_level_or_what_is_left():
    skills = make_skills(a=Fraction(7, 2), b=1)

    steps = {gap.key: (gap.step, gap.gap) for gap in score(skills).gaps}

    assert steps == {"a": (Fraction(1, 2), Fraction(1, 2)), "b": (1, 3)}


def test_gap_lane_follows_must_have_then_the_hours_of_the_step():
    skills = [
        SkillInput("must", 2, 1, must_have=True, rating=1),
        SkillInput("quick", 2, 1, rating=1, hours=(1, 20, 1, 1, 1)),
        SkillInput("build", 2, 1, rating=1, hours=(1, 21, 1, 1, 1)),
    ]

    lanes = {gap.key: gap.lane for gap in score(skills).gaps}

    assert lanes == {"must": Lane.MUST, "quick": Lane.QUICK, "build": Lane.BUILD}


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (0, 1, 8),
        (0, 5, 268),
        (4, 5, 120),
        (2, 2, 0),
        (Fraction(1, 2), Fraction(3, 2), 14),
        (Fraction(9, 4), Fraction(5, 2), 10),
        (Fraction(19, 4), 5, 30),
    ],
)
def test_hours_run_evenly_inside_a_level(start, end, hours):
    assert hours_between(start, end, (8, 20, 40, 80, 120)) == hours


# The likely range


def test_surplus_makes_the_low_end_of_the_range_safer():
    at_requirement = score(make_skills(a=4, b=2)).likely_range
    above_it = score(make_skills(a=5, b=2)).likely_range

    assert above_it[0] > at_requirement[0]
    assert above_it[1] == at_requirement[1]


def test_range_narrows_with_confidence_and_evidence():
    widths = []

    for confidence, evidence in [("low", "none"), ("high", "none"), ("high", "linked")]:
        skills = [SkillInput("a", 4, 1, rating=2, confidence=confidence)]
        low, high = score([replace(skills[0], evidence=evidence)]).likely_range
        widths.append(high - low)

    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 3


def test_range_follows_the_ceiling_of_an_open_must_have():
    skills = [
        SkillInput("must", 4, 1, must_have=True, rating=2),
        SkillInput("other", 1, 99, rating=5, evidence="verified", confidence="high"),
    ]

    low, high = score(skills).likely_range

    half_width = 1.2816 * 0.6
    assert low == pytest.approx(68 - 16 * half_width)
    assert high == pytest.approx(68 + 16 * half_width)


def test_range_of_a_provisional_score_contains_its_bounds():
    skills = [
        SkillInput("a", 3, 4, rating=3, evidence="verified", confidence="high"),
        SkillInput("later", 3, 1),
    ]

    result = score(skills)

    assert result.likely_range == (80.0, 100.0)
