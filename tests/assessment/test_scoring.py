"""The score of one person against one target: every case of docs/scoring.md."""

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.scoring import (
    PARAMETERS,
    SCORING_VERSION,
    Band,
    Reason,
    SkillInput,
    Status,
    score,
)
from tests.assessment.score_cases import make_covered, make_skills


def test_engine_imports_nothing_of_django():
    code = "import sys, assessment.scoring; print('django' in sys.modules)"

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert run.stdout == "False\n"


def test_score_names_the_version_of_its_parameters():
    result = score(make_skills(a=4))

    assert result.scoring_version == SCORING_VERSION
    assert PARAMETERS[SCORING_VERSION].version == SCORING_VERSION


# When there is a score


def test_score_of_no_skills_gives_one_reason_and_no_shares():
    result = score([])

    assert result.status == Status.INSUFFICIENT
    assert result.reasons == (Reason.NO_REQUIRED_SKILLS,)
    assert result.answered_share is None
    assert result.not_applicable_share is None


def test_score_is_insufficient_if_all_that_is_required_is_not_applicable():
    skills = [
        SkillInput("a", 3, 1, not_applicable=True),
        SkillInput("b", 0, 1, rating=5),
    ]

    result = score(skills)

    assert result.reasons == (Reason.NO_REQUIRED_SKILLS,)


def test_score_gives_every_reason_in_order():
    skills = [
        SkillInput("must", 3, 1, must_have=True),
        SkillInput("plain", 3, 1),
        SkillInput("aside", 3, 1, not_applicable=True),
    ]

    result = score(skills)

    assert result.reasons == (
        Reason.COVERAGE_BELOW_MIN,
        Reason.MUST_HAVE_UNANSWERED,
        Reason.TOO_MANY_NOT_APPLICABLE,
        Reason.NOTHING_ANSWERED,
    )
    assert result.answered_share == 0
    assert result.not_applicable_share == Fraction(1, 3)


@pytest.mark.parametrize(
    ("answered", "unanswered", "reasons"),
    [
        (80, 20, ()),
        (79, 21, (Reason.COVERAGE_BELOW_MIN,)),
        (75, 25, (Reason.COVERAGE_BELOW_MIN,)),
    ],
)
def test_score_needs_80_percent_of_the_weight_answered(answered, unanswered, reasons):
    skills = [SkillInput("a", 3, answered, rating=3), SkillInput("b", 3, unanswered)]

    assert score(skills).reasons == reasons


@pytest.mark.parametrize(
    ("counted", "set_aside", "reasons"),
    [
        (70, 30, ()),
        (69, 31, (Reason.TOO_MANY_NOT_APPLICABLE,)),
        (60, 40, (Reason.TOO_MANY_NOT_APPLICABLE,)),
    ],
)
def test_score_allows_30_percent_of_the_weight_set_aside(counted, set_aside, reasons):
    skills = [
        SkillInput("a", 3, counted, rating=3),
        SkillInput("b", 3, set_aside, not_applicable=True),
    ]

    assert score(skills).reasons == reasons


@pytest.mark.parametrize("rating", [None, 4])
def test_must_have_set_aside_counts_as_not_answered(rating):
    skills = [
        *make_skills(a=4, b=4, c=4, d=4),
        SkillInput("must", 4, 1, must_have=True, rating=rating, not_applicable=True),
    ]

    result = score(skills)

    assert result.reasons == (Reason.MUST_HAVE_UNANSWERED,)
    assert result.answered_share == Fraction(4, 5)
    assert result.not_applicable_share == 0


def test_rating_beside_not_applicable_is_not_used():
    skills = [
        *make_skills(a=4, b=4, c=2),
        SkillInput("aside", 4, 1, rating=0, not_applicable=True),
    ]

    result = score(skills)

    assert result.status == Status.COMPLETE
    assert result.not_applicable_share == Fraction(1, 4)
    assert list(result.earned) == ["a", "b", "c"]
    assert result.requirements_total == 3


def test_insufficient_result_says_what_to_answer_next():
    skills = [
        SkillInput("light", 3, 1),
        SkillInput("heavy", 3, 5),
        SkillInput("as_heavy", 3, 5),
        SkillInput("must", 3, 1, must_have=True),
        SkillInput("aside", 3, 1, not_applicable=True),
        SkillInput("answered", 3, 1, rating=3),
        SkillInput("not_asked", 0, 1),
    ]

    assert score(skills).unanswered == ("must", "heavy", "as_heavy", "light")


def test_skill_that_is_not_required_is_left_out_of_everything():
    with_it = [*make_skills(a=4, b=2), SkillInput("unasked", 0, 9, rating=5)]

    assert score(with_it) == score(make_skills(a=4, b=2))


# Coverage, ceiling, readiness


def test_coverage_weighs_the_part_of_each_requirement_that_is_reached():
    skills = [SkillInput("a", 4, 3, rating=2), SkillInput("b", 3, 1, rating=5)]

    result = score(skills)

    assert result.coverage == Fraction(250, 4)
    assert result.attainment == {"a": Fraction(1, 2), "b": 1}


def test_requirements_and_ratings_may_be_fractions_of_different_levels():
    skills = [
        SkillInput("a", Fraction(7, 2), 1, rating=Fraction(7, 4)),
        SkillInput("b", Fraction(5, 3), Fraction(1, 2), rating=Fraction(5, 4)),
    ]

    result = score(skills)

    assert result.attainment == {"a": Fraction(1, 2), "b": Fraction(3, 4)}
    assert result.coverage == Fraction(700, 12)
    assert sum(result.earned.values()) == result.coverage
    assert [gap.gap for gap in result.gaps] == [Fraction(7, 4), Fraction(5, 12)]


def test_ceiling_is_never_below_zero():
    steep = replace(PARAMETERS["1.0"], ceiling_span=150)

    result = score(make_skills(must_haves=["a"], a=0, b=4), parameters=steep)

    assert (result.ceiling, result.readiness) == (0, 0)


def test_fractional_must_have_gap_lowers_the_ceiling_by_its_part():
    skills = make_skills(must_haves=["a"], a=Fraction(7, 2), b=4, c=4)

    result = score(skills)

    assert result.worst_must_have_gap == Fraction(1, 2)
    assert result.ceiling == 92
    assert result.readiness == 92
    assert result.held == result.coverage - 92
    assert result.binding == ("a",)


def test_open_must_have_binds_only_while_points_are_held():
    skills = make_skills(must_haves=["a"], a=3, b=0)

    result = score(skills)

    assert result.held == 0
    assert result.binding == ()
    assert result.open_must_haves == ("a",)
    assert result.bundle_gain is None


def test_must_have_that_meets_the_ceiling_exactly_holds_nothing():
    skills = [
        SkillInput("must", 5, 4, must_have=True, rating=4),
        SkillInput("other", 5, 1, rating=5),
    ]

    result = score(skills)

    assert (result.coverage, result.ceiling, result.binding) == (84, 84, ())


def test_only_the_worst_must_haves_bind():
    skills = make_skills(must_haves="abc", a=2, b=3, c=2, d=4, e=4, f=4, g=4)

    result = score(skills)

    assert result.binding == ("a", "c")
    assert result.open_must_haves == ("a", "b", "c")
    assert result.bundle_gain == 84 - 68


def test_score_of_all_zeros_is_zero_and_exploring():
    result = score(make_skills(must_haves=["a"], a=0, b=0))

    assert result.readiness == 0
    assert result.ceiling == 36
    assert result.band == Band.EXPLORING
    assert result.display.score == 0
    assert result.requirements_met == 0


def test_score_of_all_met_is_100_and_ready():
    result = score(make_skills(must_haves=["a"], a=4, b=5))

    assert result.readiness == 100
    assert result.meets_all
    assert result.display.score == 100
    assert result.requirements_met == 2
    assert result.gaps == ()


# The verdict


@pytest.mark.parametrize(
    ("coverage", "band"),
    [
        (85, Band.READY),
        (84, Band.NEARLY),
        (70, Band.NEARLY),
        (69, Band.DEVELOPING),
        (50, Band.DEVELOPING),
        (49, Band.FOUNDATION),
        (30, Band.FOUNDATION),
        (29, Band.EXPLORING),
    ],
)
def test_coverage_rail_changes_at_the_cuts(coverage, band):
    result = score(make_covered(coverage))

    assert result.coverage_rail == band
    assert result.band == band


@pytest.mark.parametrize(
    ("gap", "band"),
    [
        (0, Band.READY),
        (Fraction(1, 4), Band.NEARLY),
        (1, Band.NEARLY),
        (Fraction(5, 4), Band.DEVELOPING),
        (3, Band.DEVELOPING),
        (Fraction(13, 4), Band.FOUNDATION),
        (4, Band.FOUNDATION),
        (Fraction(17, 4), Band.EXPLORING),
    ],
)
def test_must_have_rail_changes_at_whole_levels(gap, band):
    skills = [
        SkillInput("must", 5, 1, must_have=True, rating=5 - gap),
        SkillInput("other", 1, 99, rating=1),
    ]

    result = score(skills)

    assert result.must_have_rail == band
    assert result.coverage_rail == Band.READY
    assert result.band == band


@pytest.mark.parametrize(
    ("level_below", "ready", "nearly"),
    [
        (None, 85, 70),
        (70, 85, 78),
        (76, 88, 82),
        (Fraction(15850, 207), 89, 83),
        (94, 97, 96),
        (100, 100, 99),
    ],
)
def test_cuts_ask_for_a_share_of_the_step(level_below, ready, nearly):
    cuts = score(make_skills(a=4), level_below_coverage=level_below).cuts

    assert (cuts.ready, cuts.nearly) == (ready, nearly)
    assert (cuts.developing, cuts.foundation) == (50, 30)


@pytest.mark.parametrize(
    ("panel", "ready", "nearly"),
    [(Fraction(4675, 54), 87, 82), (90, 90, 82), (80, 80, 79), (Fraction(1, 2), 1, 0)],
)
def test_panel_cut_replaces_the_rule_for_ready(panel, ready, nearly):
    result = score(make_skills(a=4), level_below_coverage=76, angoff_cut=panel)

    assert (result.cuts.ready, result.cuts.nearly) == (ready, nearly)


@pytest.mark.parametrize(
    ("unanswered_weight", "band"), [(15, Band.READY), (16, Band.NEARLY)]
)
def test_provisional_score_is_ready_only_if_no_answer_can_undo_it(
    unanswered_weight, band
):
    skills = [
        SkillInput("a", 3, 100 - unanswered_weight, rating=3),
        SkillInput("later", 3, unanswered_weight),
    ]

    result = score(skills)

    assert result.coverage_rail == Band.READY
    assert result.lower_bound == 100 - unanswered_weight
    assert result.band == band


def test_provisional_score_is_shown_as_99_at_most_with_full_tenths():
    skills = [SkillInput("a", 3, 9, rating=3), SkillInput("later", 3, 1)]

    result = score(skills)

    assert result.status == Status.PROVISIONAL
    assert result.readiness == 100
    assert not result.meets_all
    assert (result.display.score, result.display.banked) == (99, 99)
    assert result.display.readiness_tenths == 1000
    assert (result.lower_bound, result.upper_bound) == (90, 100)
    assert result.unanswered == ("later",)
