"""What is written to plans: what comes into focus, what waits, what is done."""

from datetime import date

import pytest

from assessment import plans
from assessment.models import Plan, PlanItem, Rating
from assessment.plans import FocusIsFull
from assessment.report import load_report
from tests.factories import (
    changed_skill,
    make_assessment,
    make_framework,
    make_plan,
    make_with_planning_as,
    small_spec,
)

FOUR = [("planning", 3), ("tooling", 3), ("testing", 2), ("leadership", 2)]


def states(plan):
    return {each.skill_key: each.state for each in plan.items.in_order()}


@pytest.fixture
def plan(framework, alice):
    return make_plan(alice, *FOUR)


def item(plan, skill):
    return plan.items.get(skill_key=skill)


def test_the_first_three_skills_come_into_focus(plan):
    assert states(plan) == {
        "planning": "focus",
        "tooling": "focus",
        "testing": "focus",
        "leadership": "waiting",
    }


def test_the_second_step_of_a_skill_waits_for_the_first(framework, alice):
    plan = make_plan(alice, ("planning", 3), ("planning", 4), ("tooling", 3))

    assert [(i.value, i.state) for i in plan.items.in_order()] == [
        (3, "focus"),
        (4, "waiting"),
        (3, "focus"),
    ]


def test_what_is_planned_already_is_not_added_twice(plan, alice):
    again = make_plan(alice, *FOUR, ("communication", 2))

    assert (again.pk, plan.items.count()) == (plan.pk, 5)


def test_other_words_for_a_level_are_another_step(framework, alice):
    plan = make_plan(alice, ("planning", 3, "Read a book"))

    make_plan(alice, ("planning", 3, "Ask Bob"), ("planning", 3, "Read a book"))

    titles = plan.items.in_order().values_list("title", flat=True)
    assert list(titles) == ["Read a book", "Ask Bob"]


def test_a_step_that_is_done_may_be_planned_anew(plan, alice):
    plans.tick(item=item(plan, "planning"))

    make_plan(alice, ("planning", 3))

    assert sorted(plan.items.filter(skill_key="planning").values_list("state")) == [
        ("done",),
        ("focus",),
    ]


def test_texts_are_copied_from_the_action(framework, alice):
    plan = make_plan(alice, ("leadership", 5), ("tooling", 3))
    piece, whole = plan.items.in_order()

    assert (piece.action_key, piece.first_piece, piece.value_name) == (
        "leadership-4-5",
        "Ask one person this week.",
        "Shaping",
    )
    assert whole.first_piece == "Use tooling in one real piece of work."
    assert whole.piece == whole.first_piece


def test_a_step_without_an_action_is_its_statement(framework):
    spec = small_spec()

    step = plans.step_of(spec, spec.skills_by_key["planning"], 3)

    assert (step.title, step.action_key) == ("I show planning at level 3.", "")


def test_a_plan_keeps_what_is_not_said_anew(framework, alice):
    make_plan(alice, hours_a_week=4, until=date(2027, 6, 30))

    make_plan(alice, ("planning", 3))

    plan = Plan.objects.get()
    assert (plan.hours_a_week, plan.until) == (4, date(2027, 6, 30))


def test_the_fourth_skill_is_refused(plan):
    with pytest.raises(FocusIsFull):
        plans.put_in_focus(item=item(plan, "leadership"))

    assert states(plan)["leadership"] == "waiting"


def test_the_fourth_skill_takes_the_place_of_one(plan):
    plans.put_in_focus(item=item(plan, "leadership"), instead_of="tooling")

    assert states(plan) == {
        "planning": "focus",
        "tooling": "waiting",
        "testing": "focus",
        "leadership": "focus",
    }


@pytest.mark.parametrize("instead_of", ["communication", "leadership"])
def test_only_a_skill_in_focus_makes_room(plan, instead_of):
    with pytest.raises(FocusIsFull):
        plans.put_in_focus(item=item(plan, "leadership"), instead_of=instead_of)


def test_the_step_after_a_reached_one_comes_into_focus(plan, framework, alice):
    ratings = {"planning": 3, "tooling": 2, "testing": 1, "communication": 2}
    report = load_report(
        make_assessment(owner=alice, ratings={**ratings, "leadership": 1}, submit=True)
    )
    step = plans.step_of(report.spec, report.spec.skills_by_key["planning"], 4)

    (added,) = plans.add_steps(plan=plan, steps=[step], report=report)

    assert added.state == "focus"
    assert plan.items.get(skill_key="planning", value=3).state == "waiting"


def test_two_steps_of_one_skill_take_one_place(plan, alice):
    make_plan(alice, ("planning", 4))
    second = plan.items.get(skill_key="planning", value=4)

    plans.put_in_focus(item=second)

    assert plan.items.filter(state="focus").count() == 4


def test_a_skill_that_was_replaced_takes_one_place_with_its_successor(plan, alice):
    make_with_planning_as(("plans", ("planning",)), version="1.1")
    make_with_planning_as(("roadmaps", ("plans",)), version="1.2")

    make_plan(alice, ("roadmaps", 3, "Mine"), ("roadmaps", 4, "Higher"))
    for title in ("Mine", "Higher"):
        plans.put_in_focus(item=plan.items.get(title=title))
    with pytest.raises(FocusIsFull):
        plans.put_in_focus(item=item(plan, "leadership"))
    plans.put_in_focus(item=item(plan, "leadership"), instead_of="roadmaps")

    assert list(plan.items.in_order().values_list("skill_key", "state")) == [
        ("tooling", "focus"),
        ("testing", "focus"),
        ("leadership", "focus"),
        ("planning", "waiting"),
        ("roadmaps", "waiting"),
        ("roadmaps", "waiting"),
    ]


def test_the_first_step_of_a_successor_waits_for_that_of_the_skill(framework, alice):
    plan = make_plan(alice, ("planning", 3))
    make_with_planning_as(("plans", ("planning",)))

    make_plan(alice, ("plans", 3, "Practise planning."), ("plans", 4, "Mine"))

    assert list(plan.items.in_order().values_list("title", "state")) == [
        (plan.items.first().title, "focus"),
        ("Practise planning.", "waiting"),
        ("Mine", "waiting"),
    ]


def test_what_waits_keeps_all_and_stands_at_the_end(plan):
    planning = item(plan, "planning")
    plans.change_item(item=planning, due=date(2027, 1, 4), when_then="When, then.")

    plans.let_wait(item=planning)

    assert [i.skill_key for i in plan.items.filter(state="waiting").in_order()] == [
        "leadership",
        "planning",
    ]
    kept = item(plan, "planning")
    assert (kept.due, kept.when_then) == (date(2027, 1, 4), "When, then.")


def test_ticking_changes_no_rating(plan, alice):
    report = make_assessment(owner=alice, submit=True)
    before = list(Rating.objects.filter(assessment=report).values())

    plans.tick(item=item(plan, "planning"))

    assert item(plan, "planning").done_at is not None
    assert list(Rating.objects.filter(assessment=report).values()) == before


def test_a_second_tick_keeps_the_first_day(plan):
    plans.tick(item=item(plan, "planning"))
    first = item(plan, "planning").done_at

    plans.tick(item=item(plan, "planning"))

    assert item(plan, "planning").done_at == first


def test_what_is_done_makes_room(plan):
    plans.tick(item=item(plan, "planning"))

    plans.put_in_focus(item=item(plan, "leadership"))

    assert states(plan)["leadership"] == "focus"


def test_what_is_let_go_is_kept_as_that(plan):
    plans.drop(item=item(plan, "planning"))

    assert item(plan, "planning").state == PlanItem.State.DROPPED


@pytest.mark.parametrize(
    ("skill", "by", "order"),
    [
        ("tooling", -1, ["tooling", "planning", "testing"]),
        ("tooling", 1, ["planning", "testing", "tooling"]),
        ("planning", -1, ["planning", "tooling", "testing"]),
        ("testing", 1, ["planning", "tooling", "testing"]),
    ],
)
def test_items_move_among_those_of_their_state(plan, skill, by, order):
    plans.shift(item=item(plan, skill), by=by)

    focus = plan.items.filter(state="focus").in_order()
    assert [i.skill_key for i in focus] == order


def test_a_new_version_changes_nothing_in_a_plan(plan):
    before = list(plan.items.in_order().values())

    make_framework(version="2.0", skills=changed_skill("planning", name="Other"))

    assert list(plan.items.in_order().values()) == before
