"""What a proposal tells of the planner's set: its steps, what more would open, what is closed."""

from datetime import date

import pytest

from assessment.answers import Answer
from assessment.charts import CurveChart
from assessment.proposal import Proposal, hours_until
from assessment.report import report_of
from careers.shape import SkillPrerequisite
from tests.factories import changed_skill, shipped_spec, small_spec

LOW = {"planning": 2, "tooling": 2, "testing": 1, "communication": 2, "leadership": 1}


def proposed(hours, ratings=None, spec=None, target="tpm"):
    spec = spec or small_spec()
    answers = {key: Answer(value=value) for key, value in (ratings or LOW).items()}
    return Proposal(report_of(spec, spec.levels_by_key[target], answers), hours)


@pytest.mark.parametrize(
    ("until", "hours"),
    [(date(2026, 3, 2), 0), (date(2026, 3, 9), 4), (date(2026, 3, 20), 10)],
)
def test_hours_are_whole_and_count_the_days(until, hours):
    assert hours_until(4, date(2026, 3, 2), until) == hours


def test_each_step_gains_what_the_printed_score_moves():
    proposal = proposed(200)
    before = proposal.report.result.readiness_tenths

    assert proposal.steps
    for each in proposal.steps:
        assert (each.before_tenths, each.gain_tenths) == (
            before,
            each.after_tenths - before,
        )
        before = each.after_tenths
    assert before == proposal.plan.after.readiness_tenths == 1000


def test_a_step_comes_with_the_action_of_that_very_step():
    steps = {each.line.key: each for each in proposed(20).steps}

    assert {key: each.action.key for key, each in steps.items()} == {
        key: f"{key}-{each.value - 1}-{each.value}" for key, each in steps.items()
    }


def test_more_is_the_next_better_set():
    proposal = proposed(40)

    assert proposal.plan.hours <= 40
    assert proposal.more_hours > 0
    assert proposal.more.after.readiness > proposal.plan.after.readiness
    less = proposal.planner.best(40 + proposal.more_hours - 1)
    assert less.after.readiness_tenths == proposal.plan.after.readiness_tenths


def test_more_than_no_hours_is_all_of_them():
    proposal = proposed(0)

    assert proposal.plan.hours == 0
    assert proposal.more_hours == proposal.more.hours > 0


def test_more_is_no_more_than_it_takes_to_be_ready():
    """The step that the set lacks takes 50 hours more; two others, 20 more in all."""
    spec = shipped_spec()
    requirements = spec.levels_by_key["senior-tpm"].requirements
    short = {
        "databases",
        "devops-cicd",
        "technical-communication",
        "strategic-thinking",
    }
    ratings = {
        each.skill: each.required - (each.skill in short) for each in requirements
    }

    ready = proposed(None, ratings, spec, "senior-tpm").plan
    more = proposed(100, ratings, spec, "senior-tpm").more

    assert (more.hours, more.after.score) == (120, ready.after.score)
    assert ready.hours == 120


def test_with_all_hours_there_is_no_more():
    assert proposed(10_000).more is None


def test_soonest_tells_weeks_and_day():
    proposal = proposed(None)

    assert proposal.plan.after.score >= 90
    assert proposal.weeks(4) == -(-proposal.plan.hours // 4)
    assert (proposal.until(4, date(2026, 3, 2)) - date(2026, 3, 2)).days == (
        7 * proposal.weeks(4)
    )


def test_what_can_never_be_raised_is_named_with_what_is_in_the_way():
    needs = SkillPrerequisite(skill="testing", min_value=4, applies_from=2)
    spec = small_spec(skills=changed_skill("tooling", prerequisites=(needs,)))
    proposal = proposed(10_000, {**LOW, "tooling": 1}, spec)

    ((line, waits),) = proposal.closed
    assert (line.key, waits.needs, waits.min_value) == ("tooling", "testing", 4)


def test_without_hours_there_is_nothing_to_plan():
    bare = tuple(
        skill.replaced(levels=tuple(each.replaced(hours=None) for each in skill.levels))
        for skill in small_spec().skills
    )

    assert proposed(100).has_hours
    assert not proposed(100, spec=small_spec(skills=bare)).has_hours


def test_must_have_levels_that_the_set_raises_are_counted():
    proposal = proposed(10_000)

    assert proposal.report.result.missing_levels == 2
    assert proposal.must_have_levels_raised == 2


def test_the_curve_ends_at_all_hours_and_never_falls():
    proposal = proposed(40)
    hours, tenths = zip(*proposal.curve, strict=True)

    assert (hours[0], hours[-1]) == (0, proposal.planner.all_hours)
    assert len(hours) == 13
    assert list(tenths) == sorted(tenths)
    assert list(hours) == sorted(set(hours))
    for each, there in proposal.curve[1:]:
        assert proposal.planner.best(each).after.readiness_tenths == there


@pytest.mark.parametrize(
    ("points", "is_early"),
    [
        (((0, 880), (20, 920), (100, 1000)), True),
        (((0, 684), (50, 800), (100, 1000)), False),
        (((0, 800), (100, 1000)), True),
        (((0, 800), (100, 990)), False),
        (((0, 950),), False),
    ],
)
def test_the_label_of_the_ready_line_stands_where_the_curve_does_not_cross_it(
    points, is_early
):
    assert CurveChart(points, 90).is_ready_early == is_early


def test_the_curve_is_of_these_answers():
    other = {**LOW, "planning": 3}

    assert proposed(40).curve != proposed(40, other).curve


def test_the_chart_stands_between_whole_tens_and_the_top():
    chart = CurveChart(((0, 684), (50, 800), (100, 1000)), 90)

    assert chart.lowest == 60
    assert [points for points, _ in chart.rules] == [100, 90, 80, 70, 60]
    assert [x for x, _ in chart.dots] == ["0.00%", "50.00%", "100.00%"]
    assert chart.dots[-1][1] == chart.y(1000) == "20.0"
    assert chart.y(600) == "196.0"
