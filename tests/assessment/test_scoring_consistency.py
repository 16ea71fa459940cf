"""The engine held against itself: every shortcut equals scoring again."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from assessment.scoring import (
    Insufficient,
    SkillInput,
    Status,
    half_width,
    likely_range_of,
    losses_of,
    prepare,
    readiness_of,
    score,
    what_matters_most,
)
from tests.assessment.score_cases import make_skills
from tests.assessment.score_strategies import (
    QUARTERS,
    complete,
    few,
    headline,
    level_below,
    raised,
    scored,
)


@few
@given(scored, level_below)
def test_the_quick_range_is_that_of_scoring(skills, below):
    target = prepare(skills, level_below_coverage=below)
    widths = {
        skill.key: float(half_width(skill.confidence, skill.evidence))
        for skill in skills
    }

    quick = likely_range_of(
        target,
        {skill.key: skill.rating for skill in skills},
        widths,
        not_applicable={skill.key for skill in skills if skill.not_applicable},
    )

    assert quick == pytest.approx(
        score(skills, level_below_coverage=below).likely_range, abs=1e-9
    )


def test_there_is_no_quick_range_without_a_score():
    skills = [replace(skill, rating=None) for skill in make_skills()]

    assert likely_range_of(prepare(skills), {}, {}) is None


@few
@given(scored, level_below)
def test_gains_are_those_of_scoring_again(skills, below):
    before = score(skills, level_below_coverage=below)

    for gap in before.gaps:
        position = [skill.key for skill in skills].index(gap.key)
        stepped = score(raised(skills, position, QUARTERS * gap.step))
        closed = score(raised(skills, position, QUARTERS * gap.gap))
        assert stepped.readiness - before.readiness == gap.step_gain
        assert stepped.coverage - before.coverage == gap.step_gain_banked
        assert closed.readiness - before.readiness == gap.close_gain


@few
@given(scored)
def test_bundle_gain_is_that_of_scoring_again(skills):
    before = score(skills)

    stepped = skills
    for key in before.binding:
        step = min(1, before.worst_must_have_gap)
        position = [skill.key for skill in skills].index(key)
        stepped = raised(stepped, position, QUARTERS * step)

    gain = score(stepped).readiness - before.readiness if before.binding else None
    assert before.bundle_gain == gain


@few
@given(scored, level_below)
def test_what_if_is_that_of_scoring_again(skills, below):
    result = score(skills, level_below_coverage=below)

    for shift, what_if in [
        (Fraction(-3, 10), result.what_if_lower),
        (Fraction(3, 10), result.what_if_higher),
    ]:
        shifted = [
            s
            if s.rating is None
            else replace(s, rating=min(5, max(0, s.rating + shift)))
            for s in skills
        ]
        again = score(shifted, level_below_coverage=below)
        assert (what_if.readiness, what_if.band) == (again.readiness, again.band)


@few
@given(complete)
def test_sensitivity_is_that_of_scoring_again(skills):
    result = what_matters_most(skills)

    before = score(skills).readiness
    for field, effects in [("required", result.required), ("weight", result.weight)]:
        for effect in effects:
            changed = [
                replace(s, **{field: getattr(s, field) + effect.change})
                if s.key == effect.key
                else s
                for s in skills
            ]
            assert score(changed).readiness == effect.readiness
            assert effect.difference == effect.readiness - before


def test_readiness_of_equals_score_on_1000_random_inputs():
    source = random.Random(20)
    statuses = set()

    for _ in range(1000):
        skills, below = random_skills(source), source.choice([None, 60, 90])
        result = score(skills, level_below_coverage=below)
        quick = readiness_of(
            prepare(skills, level_below_coverage=below),
            {skill.key: skill.rating for skill in skills},
            not_applicable=[skill.key for skill in skills if skill.not_applicable],
        )

        statuses.add(quick.status)
        assert quick.status == result.status
        if isinstance(result, Insufficient):
            assert headline(quick) == (None, None, None, None)
        else:
            assert headline(quick) == headline(result)

    assert statuses == set(Status)


def random_skills(source):
    return [
        SkillInput(
            f"s{number}",
            required := source.choice([0, 1, 2, 3, Fraction(7, 2), 5]),
            source.choice([1, 2, Fraction(5, 2), 5]),
            must_have=required > 0 and source.random() < 0.2,
            rating=source.choice([0, 2, 3, Fraction(13, 4), 5])
            if source.random() < 0.95
            else None,
            not_applicable=source.random() < 0.05,
        )
        for number in range(source.randint(0, 6))
    ]


@few
@given(scored, level_below)
def test_losses_are_those_of_scoring(skills, below):
    result = score(skills, level_below_coverage=below)
    target = prepare(skills, level_below_coverage=below)

    losses = losses_of(target, {skill.key: skill.rating for skill in skills})

    lost = [key for key, points in result.lost.items() if points]
    assert {loss.key: loss.tenths for loss in losses} == {
        key: result.display.lost_tenths[key] for key in lost
    }
    assert {loss.key for loss in losses if loss.is_binding} == set(result.binding)
    order = [
        (loss.key not in result.binding, -result.lost[loss.key]) for loss in losses
    ]
    assert order == sorted(order)


def test_must_haves_that_hold_points_together_lose_them_in_equal_parts():
    must_haves = ["planning", "communication"]
    skills = make_skills(
        planning=2, communication=2, a=4, b=4, c=4, d=4, must_haves=must_haves
    )
    ratings = {skill.key: skill.rating for skill in skills}

    losses = losses_of(prepare(skills), ratings)

    # 2 levels short: at most 68, so 32 points in two parts.
    assert [tuple(loss) for loss in losses] == [
        ("planning", 160, True),
        ("communication", 160, True),
    ]


def test_ties_of_losses_stand_in_input_order():
    target = prepare(make_skills(planning=None, risk=None, vision=None))

    losses = losses_of(target, {"vision": 2, "risk": 2, "planning": 2})

    assert [loss.key for loss in losses] == ["planning", "risk", "vision"]
    assert [loss.tenths for loss in losses] == [167, 167, 166]


def test_there_are_no_losses_without_a_score():
    skills = make_skills(planning=0, must_haves=["planning"], risk=4)
    target = prepare(skills)

    assert losses_of(target, {"planning": None, "risk": 0}) == ()
    set_aside = losses_of(target, {"planning": 2, "risk": 0}, not_applicable={"risk"})
    assert set_aside == ()  # half of the weight is left out
