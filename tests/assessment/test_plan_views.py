"""The way from a report to a plan, as a person and as a guest goes it."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment import plans
from assessment.actions import save_profile
from assessment.agenda import Agenda
from assessment.answers import Answer
from assessment.models import Assessment, Plan, PlanItem
from careers.shape import SkillPrerequisite
from tests.accounts import code_of
from tests.factories import (
    SCALE,
    changed_level,
    changed_skill,
    make_assessment,
    make_entry,
    make_framework,
    make_guest,
    make_plan,
    make_with_planning_as,
    small_spec,
)

LOW = {"planning": 2, "tooling": 2, "testing": 1, "communication": 2, "leadership": 1}
LEFT_OUT = Answer(not_applicable=True, reason="Others test.")
PLAN = "/plan/"
PASSWORD = "a long password of somebody new"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        yield


@pytest.fixture
def report(framework, alice):
    return make_assessment(owner=alice, ratings=LOW, submit=True)


def propose(report, **asked):
    return reverse("assessment:propose", args=[report.uid], query=asked)


def text(response):
    return " ".join(response.content.decode().split())


def move(client, item, to, **more):
    path = reverse("assessment:plan_move", args=[item.uid])
    return client.post(path, {"to": to} | more)


# The proposal
# ------------------------------------------------------------------------------------


def test_hours_and_a_day_give_steps_with_the_score_after_each(report, alice_client):
    page = alice_client.get(propose(report, hours_a_week=4, until="2026-06-30"))
    proposal = page.context["proposal"]

    assert proposal.hours == 4 * 120 // 7 == 68
    assert proposal.steps
    for step in proposal.steps:
        assert f"<strong>{step.after_tenths / 10}</strong>" in text(page)
    assert "It raises one must-have level; each that is missing takes" in text(page)
    assert "a tenth of what is left" in text(page)
    assert "rough guide" in text(page)


def test_a_score_beside_points_is_told_with_its_tenths_on_each_page(
    report, alice, alice_client
):
    asked = {"hours_a_week": 4, "until": "2026-06-30"}
    page = alice_client.get(propose(report, **asked))
    proposal = page.context["proposal"]
    now, then = 50.0, proposal.plan.after.readiness_tenths / 10
    steps = alice_client.get(steps_of(report))
    alice_client.post(propose(report), asked)
    plan = alice_client.get(PLAN)

    assert report.readiness_tenths == 10 * now
    assert then == proposal.steps[-1].after_tenths / 10
    assert f"{proposal.plan.hours} hours bring {now} to {then}" in text(page)
    assert "on top of the steps above it" in text(page)
    assert f"TPM, now {now}" in text(page)
    assert f"TPM, now {now}" in text(steps)
    assert f"{now} now, {then} when all of these steps are true." in text(plan)


@pytest.mark.parametrize(
    ("needed", "testing", "why"),
    [
        (2, None, "which is not answered yet."),
        (2, LEFT_OUT, "which is left out."),
        (3, 2, "which is more than TPM asks for."),
    ],
)
def test_what_is_in_the_way_is_told_with_its_reason(
    alice, alice_client, needed, testing, why
):
    needs = SkillPrerequisite(skill="testing", min_value=needed, applies_from=2)
    make_framework(skills=changed_skill("tooling", prerequisites=(needs,)))
    ratings = {"planning": 2, "tooling": 1, "communication": 2, "leadership": 1}
    if testing is not None:
        ratings["testing"] = testing
    report = make_assessment(owner=alice, ratings=ratings, submit=True)

    page = text(alice_client.get(propose(report)))

    said = f"that needs Testing at {needed} {SCALE[needed]} first, {why}"
    assert f"Tooling cannot go on to 2 {SCALE[2]}: {said}" in page


def test_without_a_choice_it_proposes_for_the_usual_time(report, alice_client):
    page = alice_client.get(propose(report))

    assert page.status_code == 200
    assert page.context["proposal"].hours == 4 * 182 // 7


def test_as_soon_as_possible_says_until_when(report, alice_client):
    page = alice_client.get(propose(report, hours_a_week=5, soonest="on"))
    proposal = page.context["proposal"]

    assert proposal.hours is None
    assert proposal.plan.after.score >= 90
    assert f"{proposal.weeks(5)} weeks" in text(page)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hours_a_week": "0", "until": "2026-06-30"}, "one hour a week at least"),
        ({"hours_a_week": "61", "until": "2026-06-30"}, "60 hours at most"),
        ({"hours_a_week": "many", "until": "2026-06-30"}, "whole number"),
        ({"hours_a_week": "4", "until": "2026-03-02"}, "a day to come"),
        ({"hours_a_week": "4", "until": "2036-03-02"}, "next five years"),
        ({"hours_a_week": "4", "until": "soon"}, "2027-06-30"),
        ({"hours_a_week": "4", "until": ""}, "or ask for ready"),
    ],
)
def test_what_cannot_be_planned_is_said_beside_what_was_typed(
    report, alice_client, wrong, said
):
    page = alice_client.get(propose(report, **wrong))

    assert page.status_code == 422
    assert said in text(page)
    assert f'value="{wrong["hours_a_week"]}"' in text(page)
    assert "Take these into my plan" not in text(page)


def test_unanswered_skills_are_asked_for_first(framework, alice, alice_client):
    some = {key: value for key, value in LOW.items() if key != "tooling"}
    report = make_assessment(owner=alice, ratings=some, submit=True)

    page = text(alice_client.get(propose(report)))

    assert "Answer these first, since nothing can be planned for them: Tooling." in page


def without_hours(**of_actions):
    return tuple(
        skill.replaced(
            levels=tuple(each.replaced(hours=None) for each in skill.levels),
            actions=tuple(each.replaced(**of_actions) for each in skill.actions),
        )
        for skill in small_spec().skills
    )


def test_without_hours_of_the_open_steps_the_page_says_so(alice, alice_client):
    make_framework(skills=without_hours())
    report = make_assessment(owner=alice, ratings=LOW, submit=True)

    page = alice_client.get(propose(report))

    assert "says of no open step how many hours" in text(page)
    assert "Hours a week" not in text(page)


def test_a_ladder_without_any_hours_has_no_planner(alice, alice_client):
    make_framework(skills=without_hours(hours=None))
    report = make_assessment(owner=alice, ratings=LOW, submit=True)

    page = alice_client.get(propose(report))

    assert (page.status_code, page["Location"]) == (302, f"/plan/steps/{report.uid}/")
    other = alice_client.get(propose(report, target="senior-tpm"))
    assert other.url == f"/plan/steps/{report.uid}/?target=senior-tpm"
    make_plan(alice, ("planning", 3))
    plan = text(alice_client.get(PLAN))
    assert ("Add a step" in plan, "Change the hours" in plan) == (True, False)


def test_what_is_proposed_is_taken_as_it_was_shown(report, alice, alice_client):
    asked = {"hours_a_week": 4, "until": "2026-06-30"}
    steps = alice_client.get(propose(report, **asked)).context["proposal"].steps

    answer = alice_client.post(propose(report), asked)

    plan = Plan.objects.get(owner=alice)
    assert answer.url == plan.get_absolute_url()
    assert (plan.target_key, plan.hours_a_week, plan.until) == (
        "tpm",
        4,
        date(2026, 6, 30),
    )
    kept = plan.items.in_order().values_list("skill_key", "value", "hours")
    assert list(kept) == [(s.line.key, s.value, s.step.hours) for s in steps]


def test_what_is_taken_twice_is_there_once_and_said_so(report, alice, alice_client):
    asked = {"hours_a_week": 4, "until": "2026-06-30"}
    alice_client.post(propose(report), asked)
    kept = PlanItem.objects.count()

    again = alice_client.post(propose(report), asked, follow=True)

    assert "These steps are in your plan already." in text(again)
    assert PlanItem.objects.count() == kept


def sign_up(client, address):
    """Makes an account, with the code that is mailed."""
    client.post(address, {"email": "new@example.org", "password1": PASSWORD})
    said = {"code": code_of(mail.outbox[-1])}
    return client.post(reverse("account_email_verification_sent"), said)


@pytest.fixture
def of_guest(framework):
    """A guest's browser, and the report that it holds."""
    guest, client = make_guest()
    return client, make_assessment(guest=guest, ratings=LOW, submit=True)


def test_a_guest_looks_and_is_asked_to_sign_up(of_guest):
    client, report = of_guest
    asked = {"hours_a_week": 4, "until": "2026-06-30"}

    page = client.get(propose(report, **asked))
    answer = client.post(propose(report), asked)

    assert "Create an account to keep this plan" in text(page)
    assert answer.url == "/accounts/signup/?next=%2Fplan%2F"
    assert not Plan.objects.exists()


def test_a_refused_password_leaves_why_one_is_here(of_guest):
    client, report = of_guest
    address = client.post(propose(report), {"hours_a_week": 4, "soonest": "on"}).url

    asked = client.get(address)
    said = {"email": "new@example.org", "password1": "12345", "next": "/plan/"}
    refused = client.post(address, said)

    for page in (asked, refused):
        assert "The plan that you chose is made as soon as" in text(page)
    assert "must contain at least 8 characters" in text(asked)
    assert text(refused).count("at least 8 characters") == 1
    assert "helptext" not in refused.content.decode()


@pytest.mark.parametrize("asked", [{"until": "2026-06-30"}, {"soonest": "on"}])
def test_after_the_sign_up_the_plan_is_there_as_proposed(asked, of_guest):
    client, report = of_guest
    asked |= {"hours_a_week": 4}
    steps = client.get(propose(report, **asked)).context["proposal"].steps
    signup = client.post(propose(report), asked).url

    sign_up(client, signup)

    plan = Plan.objects.get()
    kept = plan.items.in_order().values_list("skill_key", "value", "hours")
    assert list(kept) == [(s.line.key, s.value, s.step.hours) for s in steps]
    assert (plan.hours_a_week, plan.until) == (
        4,
        None if "soonest" in asked else date(2026, 6, 30),
    )
    assert "Your plan" in text(client.get(PLAN))


def test_what_the_guest_has_reached_leaves_its_place_at_the_sign_in(of_guest, alice):
    client, report = of_guest
    plan = make_plan(alice, ("planning", 2), ("tooling", 2), ("testing", 1))
    client.post(propose(report), {"hours_a_week": 4, "soonest": "on"})

    who = {"login": alice.email, "password": "alice's password"}
    client.post(reverse("account_login"), who)

    focus = plan.items.filter(state="focus").values_list("skill_key", "value")
    assert len(focus) == 3
    assert not {("planning", 2), ("tooling", 2), ("testing", 1)} & set(focus)


def test_what_was_wanted_of_a_report_that_is_gone_makes_no_plan(of_guest):
    client, report = of_guest
    signup = client.post(propose(report), {"hours_a_week": 4, "soonest": "on"}).url
    report.delete()

    sign_up(client, signup)

    assert not Plan.objects.exists()


# Far targets, another target, the end of a plan
# ------------------------------------------------------------------------------------


@pytest.fixture
def far(framework, alice):
    return make_assessment(
        owner=alice, ratings=dict.fromkeys(LOW, 1), target="senior-tpm", submit=True
    )


def test_a_far_target_offers_the_plan_of_the_nearest_rung(far, alice, alice_client):
    nearest = alice_client.get(propose(far)).context["report"].nearest
    asked = {"hours_a_week": 4, "soonest": "on", "target": nearest.key}

    page = text(alice_client.get(propose(far)))
    offered = alice_client.get(propose(far, **asked))
    alice_client.post(propose(far), asked)

    link = f'<a href="{propose(far)}?target={nearest.key}">'
    is_far = offered.context["report"].is_far
    assert (link in page, is_far) == (True, False)
    assert alice.plans.get().target_key == nearest.key
    steps = offered.context["proposal"].steps
    assert [each.skill_key for each in alice.plans.get().items.in_order()] == [
        each.line.key for each in steps
    ]


def test_a_near_target_offers_no_other(report, alice_client):
    assert "the nearest rung" not in text(alice_client.get(propose(report)))


def test_a_plan_without_a_report_of_its_target_is_measured_by_the_last_one(
    far, alice, alice_client
):
    make_plan(alice, ("tooling", 2), target="junior-tpm")

    page = text(alice_client.get(PLAN))

    now = alice_client.get(propose(far, target="junior-tpm")).context["report"]
    points = now.result.readiness_tenths / 10
    assert f"Junior TPM: {points} now," in page
    assert f'href="{propose(far)}?target=junior-tpm"' in page


def change(plan):
    return reverse("assessment:plan_change", args=[plan.uid])


def test_another_target_keeps_the_steps_that_fit(framework, alice, alice_client):
    plan = make_plan(
        alice, ("planning", 4), ("tooling", 3), ("testing", 2), target="senior-tpm"
    )
    plans.tick(item=plan.items.get(skill_key="testing"))

    answer = alice_client.post(change(plan), {"target": "tpm"}, follow=True)

    plan.refresh_from_db()
    assert (plan.target_key, plan.target_title) == ("tpm", "TPM")
    assert dict(plan.items.values_list("skill_key", "state")) == {
        "planning": "dropped",
        "tooling": "focus",
        "testing": "done",
    }
    assert "1 open step stays. 1 is more than the level asks for" in text(answer)


def test_what_was_agreed_for_a_target_does_not_move_to_another(
    framework, alice, alice_client
):
    agreed = {"asks": "A room.", "agreed": "Yes.", "agreed_until": date(2026, 5, 1)}
    plan = make_plan(alice, ("tooling", 3), target="senior-tpm", **agreed)
    found = []

    page = text(alice_client.get(change(plan)))
    for target in ("senior-tpm", "tpm"):
        alice_client.post(change(plan), {"target": target})
        found.append(alice.plans.values_list("target_key", *agreed).get())

    assert "What you asked for and what was agreed is for this target alone" in page
    assert found == [
        ("senior-tpm", "A room.", "Yes.", date(2026, 5, 1)),
        ("tpm", "", "", None),
    ]


def test_there_is_one_plan_for_a_target_whatever_is_changed(
    framework, alice, alice_client
):
    plan = make_plan(alice, ("tooling", 3), target="senior-tpm")
    make_plan(alice, ("planning", 3))

    answer = alice_client.post(change(plan), {"target": "tpm"})

    assert answer.status_code == 422
    assert "You have a plan for this level already." in text(answer)
    assert alice.plans.filter(target_key="senior-tpm").exists()


def test_a_deleted_plan_leaves_the_journal(framework, alice, alice_client):
    plan = make_plan(alice, ("tooling", 3))
    entry = make_entry(plan.items.get())
    alice_client.get(PLAN)

    page = alice_client.post(change(plan), {"delete": "yes"}, follow=True)

    entry.refresh_from_db()
    assert (alice.plans.count(), entry.item, entry.skill_key) == (0, None, "tooling")
    assert "The plan is deleted." in text(page)
    assert "has_plan" not in alice_client.session


# Suggested steps
# ------------------------------------------------------------------------------------


def steps_of(report):
    return reverse("assessment:steps", args=[report.uid])


def test_suggestions_are_of_the_missing_step_alone(report, alice_client):
    page = text(alice_client.get(steps_of(report)))

    assert "Practise planning towards 3" in page
    assert "Practise planning towards 2" not in page
    assert "Practise planning towards 4" not in page
    assert "About 4 of the 40 hours." in page


def test_a_certificate_shows_up_to_where_it_supports(framework, alice, alice_client):
    def certificates(planning):
        ratings = {**LOW, "planning": planning}
        report = make_assessment(owner=alice, ratings=ratings, submit=True)
        return "Certificates that support it" in text(
            alice_client.get(steps_of(report))
        )

    assert [certificates(1), certificates(2)] == [True, False]  # CAPM: up to 2


def test_a_suggestion_comes_into_focus_and_leads_to_its_date(
    report, alice, alice_client
):
    chosen = {"skill": "planning", "action": "planning-2-3"}

    answer = alice_client.post(steps_of(report), chosen)

    item = PlanItem.objects.get(plan__owner=alice)
    assert answer.url == item.get_absolute_url()
    assert (item.state, item.value, item.action_key) == ("focus", 3, "planning-2-3")
    assert "In your plan" in text(alice_client.get(steps_of(report)))


def test_own_words_are_a_step_too(report, alice, alice_client):
    alice_client.post(steps_of(report), {"skill": "testing", "title": " My  own way "})

    item = PlanItem.objects.get(plan__owner=alice)
    assert (item.title, item.skill_key, item.value, item.action_key) == (
        "My own way",
        "testing",
        2,
        "",
    )


@pytest.mark.parametrize(
    "sent",
    [
        {"skill": "testing"},
        {"skill": "testing", "title": "x" * 201},
        {"skill": "x"},
        {},
    ],
)
def test_what_says_nothing_is_not_added(report, alice_client, sent):
    answer = alice_client.post(steps_of(report), sent)

    assert answer.status_code == 422
    assert not PlanItem.objects.exists()


def test_the_fourth_skill_asks_which_one_shall_wait(report, alice, alice_client):
    plan = make_plan(alice, ("planning", 3), ("tooling", 3), ("testing", 2))

    answer = alice_client.post(
        steps_of(report), {"skill": "leadership", "action": "leadership-1-2"}
    )

    new = plan.items.get(skill_key="leadership")
    assert answer.url == reverse("assessment:plan_focus", args=[new.uid])
    page = text(alice_client.get(answer.url))
    assert "3 skills are in focus already" in page
    assert move(alice_client, new, "focus").url == answer.url
    made_room = move(alice_client, new, "focus", instead_of="testing")
    assert made_room.url == plan.get_absolute_url()
    states = dict(plan.items.values_list("skill_key", "state"))
    assert (states["testing"], states["leadership"]) == ("waiting", "focus")


def test_what_shall_wait_bears_the_live_names(report, alice, alice_client):
    plan = make_plan(
        alice, ("planning", 3), ("tooling", 3), ("testing", 2), ("leadership", 2)
    )
    make_with_planning_as(("foresight", ("planning",)))
    make_plan(alice, ("foresight", 4))
    plans.put_in_focus(item=plan.items.get(skill_key="foresight"))
    waiting = plan.items.get(skill_key="leadership")

    page = text(alice_client.get(reverse("assessment:plan_focus", args=[waiting.uid])))

    assert "3 skills are in focus already" in page
    assert page.count("<strong>Foresight</strong>") == 1
    assert 'name="instead_of" value="foresight"' in page
    assert "Planning" not in page


def make_with_tools(**said):
    """A next version, where the skill of tooling has another key and name."""
    levels = tuple(
        level.replaced(
            requirements=tuple(
                each.replaced(skill="tools") if each.skill == "tooling" else each
                for each in level.requirements
            )
        )
        for level in small_spec().levels
    )
    skills = changed_skill("tooling", key="tools", name="Tools", **said)
    make_framework(version="2.0", skills=skills, levels=levels)


def test_a_step_is_planned_once_though_its_skill_was_replaced(
    report, alice, alice_client
):
    plan = make_plan(alice, ("tooling", 3))
    (step,) = plan.items.all()
    make_with_tools(replaces=("tooling",))

    make_plan(alice, ("tools", 3))

    assert list(plan.items.all()) == [step]


# The plan
# ------------------------------------------------------------------------------------


def test_nothing_planned_shows_the_first_piece(report, alice_client):
    page = text(alice_client.get(PLAN))

    assert "Nothing planned yet" in page
    assert "Plan this piece" in page


def test_a_visitor_without_a_report_is_led_to_one(framework):
    assert "A plan begins with a report" in text(Client().get(PLAN))


def test_a_guest_with_a_report_is_asked_to_sign_up(framework):
    guest, client = make_guest()
    make_assessment(guest=guest, ratings=LOW, submit=True)

    page = text(client.get(PLAN))

    assert "Create an account to plan it" in page
    assert "Plan this piece" not in page


def test_what_is_late_is_said_as_a_fact_with_a_way_on(report, alice, alice_client):
    plan = make_plan(alice, ("planning", 3), ("tooling", 3))
    late, ahead = plan.items.in_order()
    plans.change_item(item=late, due=date(2026, 3, 1))
    plans.change_item(item=ahead, due=date(2026, 3, 2))

    page = text(alice_client.get(PLAN))

    assert "One step was due" in page
    assert "Was due Sunday 1 March" in page
    assert "Due Monday 2 March" in page
    assert page.count("Choose a new date") == 1
    assert "Let it go" in page


def test_the_number_if_all_is_true_is_measured_on_the_last_report(
    report, alice, alice_client
):
    make_plan(alice, ("planning", 3), ("communication", 3))
    agenda = alice_client.get(PLAN).context["agenda"]

    true = make_assessment(
        owner=alice, ratings={**LOW, "planning": 3, "communication": 3}, submit=True
    )
    assert agenda.number_if_all_true.readiness_tenths == true.readiness_tenths


def test_what_the_last_report_has_reached_is_there_to_be_closed(
    report, alice, alice_client
):
    plan = make_plan(alice, ("planning", 3), ("tooling", 3))
    before = text(alice_client.get(PLAN))

    make_assessment(owner=alice, ratings={**LOW, "planning": 3}, submit=True)
    response = alice_client.get(PLAN)
    page = text(response)

    assert "Reached on" not in before
    assert page.count("Reached on 2 March 2026") == 1
    agenda = response.context["agenda"]
    assert [each.skill_key for each in agenda.focus] == ["tooling"]
    offered = response.context["form"].items.values()
    assert list(offered) == ["Tooling"]
    assert page.count("Close it<") == 1
    move(alice_client, plan.items.get(skill_key="planning"), "done")
    assert "Reached" not in text(alice_client.get(PLAN))


def test_when_all_steps_are_reached_the_page_says_so(report, alice, alice_client):
    make_plan(alice, ("planning", 3))
    make_assessment(owner=alice, ratings={**LOW, "planning": 3}, submit=True)

    page = text(alice_client.get(PLAN))

    assert "All steps are reached" in page
    assert "when all of these steps are true" not in page


def test_what_is_reached_leaves_its_place_in_focus(report, alice, alice_client):
    steps = [("planning", 3), ("tooling", 3), ("testing", 2), ("leadership", 2)]
    plan = make_plan(alice, *steps)
    make_assessment(owner=alice, ratings={**LOW, "planning": 3}, submit=True)

    answer = move(alice_client, plan.items.get(skill_key="leadership"), "focus")

    assert answer.url == plan.get_absolute_url()
    focus = alice_client.get(PLAN).context["agenda"].focus_by_skill
    assert focus.keys() == {"tooling", "testing", "leadership"}


def test_a_new_step_takes_the_place_of_a_reached_one(report, alice, alice_client):
    plan = make_plan(alice, ("planning", 3), ("tooling", 3), ("testing", 2))
    higher = make_assessment(
        owner=alice, ratings={**LOW, "leadership": 1, "planning": 3}, submit=True
    )

    alice_client.post(
        steps_of(higher), {"skill": "leadership", "title": "Lead a review"}
    )

    assert plan.items.get(skill_key="leadership").state == PlanItem.State.FOCUS


def test_a_line_is_about_the_first_skill_in_focus_at_first(report, alice, alice_client):
    make_plan(alice, ("planning", 3), ("tooling", 3))

    page = text(alice_client.get(PLAN))

    first = alice.plans.get().items.in_order().first()
    assert f'name="about" value="{first.uid}" checked' in page
    assert page.count('name="about" value="" checked') == 0


def test_what_is_done_seldom_with_a_step_is_folded(report, alice, alice_client):
    make_plan(alice, ("planning", 3), ("tooling", 3))

    page = text(alice_client.get(PLAN))

    shown, _, folded = page.partition('<details class="disclosure"> <summary class')
    assert "Change the hours</a> · <a" in shown
    for each in ("Let it wait<", "Move down<", "Let it go<"):
        assert each in folded
        assert each not in shown


@pytest.mark.parametrize(
    ("time", "hours"),
    [
        ({"hours_a_week": 6, "until": date(2026, 5, 4)}, 6 * 63 // 7),
        ({"hours_a_week": 6}, None),
        ({"hours_a_week": 6, "until": date(2026, 3, 2)}, None),  # which is today
        ({}, 4 * 182 // 7),
    ],
)
def test_changing_the_hours_begins_with_those_of_the_plan(
    report, alice, alice_client, time, hours
):
    make_plan(alice, ("planning", 3), **time)
    way = re.search(r'href="([^"]+)">Change the hours', text(alice_client.get(PLAN)))

    context = alice_client.get(unescape(way[1])).context

    a_week = context["form"].cleaned_data["hours_a_week"]
    assert (a_week, context["proposal"].hours) == (time.get("hours_a_week", 4), hours)


def test_done_asks_whether_it_has_become_true(report, alice, alice_client):
    plan = make_plan(alice, ("planning", 3))
    before = report.readiness_tenths

    answer = move(alice_client, plan.items.get(), "done")

    page = text(alice_client.get(answer.url))
    assert "All steps are done" in page
    assert "Rate again: has it become true?" in page
    report.refresh_from_db()
    assert report.readiness_tenths == before


def test_what_is_let_go_is_shown_no_more(report, alice, alice_client):
    plan = make_plan(alice, ("planning", 3), ("tooling", 3))
    item = plan.items.get(skill_key="tooling")

    move(alice_client, item, "drop")

    assert "Practise tooling" not in text(alice_client.get(PLAN))
    assert alice_client.get(item.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(("to", "first"), [("up", "tooling"), ("down", "planning")])
def test_the_order_is_mine(framework, alice, alice_client, to, first):
    plan = make_plan(alice, ("planning", 3), ("tooling", 3))

    move(alice_client, plan.items.get(skill_key="tooling"), to)

    assert plan.items.in_order().first().skill_key == first


def test_nonsense_moves_nothing(framework, alice, alice_client):
    plan = make_plan(alice, ("planning", 3))

    answer = move(alice_client, plan.items.get(), "away")

    assert answer.url == plan.get_absolute_url()
    assert plan.items.get().state == "focus"


def test_a_step_keeps_sentence_hours_and_day(framework, alice, alice_client):
    item = make_plan(alice, ("planning", 3)).items.get()
    sent = {
        "title": "Plan one week",
        "first_piece": "",
        "when_then": "When Monday comes,\n I plan.",
        "hours": "12",
        "due": "2026-03-09",
    }

    answer = alice_client.post(item.get_absolute_url(), sent)

    item.refresh_from_db()
    assert answer.url == item.plan.get_absolute_url()
    assert (item.when_then, item.hours, item.due) == (
        "When Monday comes, I plan.",
        12,
        date(2026, 3, 9),
    )


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("title", ""), ("hours", "0"), ("due", "next week"), ("due", "9999-12-31")],
)
def test_what_is_wrong_in_a_step_is_kept_as_typed(
    framework, alice, alice_client, field, wrong
):
    item = make_plan(alice, ("planning", 3)).items.get()
    sent = {"title": "Mine", "hours": "3", "due": "2026-03-09"} | {field: wrong}

    page = alice_client.post(item.get_absolute_url(), sent)

    item.refresh_from_db()
    assert page.status_code == 422
    assert item.title != "Mine"
    assert page.context["form"][field].value() == wrong
    assert "invalid-feedback" in text(page)


def test_who_moves_a_step_of_an_older_plan_comes_back_to_that(
    report, alice, alice_client
):
    older = make_plan(alice, ("planning", 3), ("tooling", 3))
    make_plan(alice, ("planning", 4), target="senior-tpm")
    item = older.items.get(skill_key="planning")
    ways = [
        alice_client.post(item.get_absolute_url(), {"title": "Mine"}),
        *(move(alice_client, item, to) for to in ("wait", "focus", "up", "done")),
        alice_client.post(propose(report), {"hours_a_week": 4, "soonest": "on"}),
        move(alice_client, older.items.get(skill_key="tooling"), "drop"),
    ]

    for answer in ways:
        page = alice_client.get(answer.url)
        assert page.context["agenda"].plan == older


def test_what_is_let_go_twice_is_let_go(report, alice, alice_client):
    item = make_plan(alice, ("planning", 3), ("tooling", 3)).items.first()

    answers = [move(alice_client, item, to) for to in ("drop", "drop", "focus", "done")]

    item.refresh_from_db()
    assert item.state == "dropped"
    assert {each.url for each in answers} == {item.plan.get_absolute_url()}
    assert text(alice_client.get(PLAN)).count("It is let go.") == 4


def test_of_several_plans_one_is_chosen(report, alice, alice_client):
    first = make_plan(alice, ("planning", 3))
    make_plan(alice, ("planning", 4), target="senior-tpm")

    newest, chosen = (
        alice_client.get(path) for path in (PLAN, f"{PLAN}?plan={first.uid}")
    )

    assert newest.context["agenda"].plan.target_key == "senior-tpm"
    assert chosen.context["agenda"].plan == first


def test_a_plan_follows_a_skill_that_was_renamed(report, alice, alice_client):
    make_plan(alice, ("tooling", 3))
    make_with_tools(replaces=("tooling",))

    page = text(alice_client.get(PLAN))

    assert '<a class="quiet-link" href="/skills/tools/">Tools</a>' in page


def test_a_plan_follows_a_skill_that_was_renamed_twice(report, alice, alice_client):
    make_plan(alice, ("planning", 3))
    make_with_planning_as(("plans", ("planning",)), version="1.1")
    make_with_planning_as(("roadmaps", ("plans",)), version="1.2")
    ratings = {"roadmaps": 3, "tooling": 2, "testing": 1, "communication": 2}
    make_assessment(owner=alice, ratings=ratings, submit=True)

    page = text(alice_client.get(PLAN))

    assert '<a class="quiet-link" href="/skills/roadmaps/">Roadmaps</a>' in page
    assert "All steps are reached" in page


def test_a_plan_whose_target_is_gone_asks_for_another(report, alice, alice_client):
    plan = make_plan(alice, ("planning", 3))
    before = text(alice_client.get(PLAN))
    careers = tuple(
        each.replaced(base_level=each.base_level and "junior-tpm")
        for each in small_spec().careers
    )
    skills = tuple(each.replaced(questions=()) for each in small_spec().skills)
    levels = changed_level("tpm", key="manager")
    make_framework(version="2.0", levels=levels, careers=careers, skills=skills)

    page = text(alice_client.get(PLAN))

    gone = "The live ladder has no TPM any more."
    assert (gone in before, gone in page) == (False, True)
    assert f'<a href="{change(plan)}">Choose another target</a>' in page


def test_a_plan_outlives_a_skill_and_a_report(report, alice, alice_client):
    make_plan(alice, ("tooling", 3))
    report.delete()
    make_with_tools()

    page = text(alice_client.get(PLAN))

    assert "Tooling, to 3 Independent" in page
    assert "when all of these steps are true" not in page


def test_nobody_else_reads_or_moves_a_step(framework, alice, bob_client):
    item = make_plan(alice, ("planning", 3)).items.get()

    assert bob_client.get(item.get_absolute_url()).status_code == 404
    assert move(bob_client, item, "done").status_code == 404
    assert "Practise planning" not in text(bob_client.get(PLAN))
    item.refresh_from_db()
    assert item.state == "focus"


# The ways to it
# ------------------------------------------------------------------------------------


def test_a_report_leads_to_its_first_step(report, alice_client):
    page = text(alice_client.get(report.get_absolute_url()))

    assert f'href="{propose(report)}">Plan the first step</a>' in page


LINK = '<a class="site-nav__link" href="/plan/">Your plan</a>'


def test_the_menu_has_the_plan_once_there_is_one(report, alice, alice_client):
    before = text(alice_client.get("/skills/"))
    alice_client.post(steps_of(report), {"skill": "planning", "title": "Mine"})

    assert LINK not in before
    assert LINK in text(alice_client.get("/skills/"))
    assert LINK not in text(Client().get("/skills/"))


def test_the_menu_has_the_plan_from_sign_in_on(framework, alice):
    make_plan(alice, ("planning", 3))
    client = Client()

    client.post(
        "/accounts/login/", {"login": alice.email, "password": "alice's password"}
    )

    assert LINK in text(client.get("/skills/"))


def test_the_first_page_shows_who_returns_the_next_piece(report, alice, alice_client):
    sent = {"skill": "planning", "action": "planning-2-3"}
    item = alice_client.post(steps_of(report), sent).url
    alice_client.post(item, {"title": "Plan one week", "due": "2026-03-04"})

    page = text(alice_client.get("/"))

    assert "Next in your plan: Planning, towards 3 Independent" in page
    assert "Due Wednesday 4 March" in page
    assert "Next in your plan" not in text(Client().get("/"))


def test_the_first_page_calls_no_mistake_a_movement(report, alice, alice_client):
    """A report that the last one corrects is not the one before it."""
    wrong = make_assessment(owner=alice, ratings=dict.fromkeys(LOW, 4), submit=True)
    right = make_assessment(owner=alice, ratings=dict.fromkeys(LOW, 3), submit=True)
    Assessment.objects.filter(pk=right.pk).update(corrects=wrong)
    make_plan(alice, ("leadership", 4))
    session = alice_client.session
    session["has_plan"] = True
    session.save()

    then = reverse("assessment:then", args=[right.uid, report.uid])
    assert f'href="{then}">What moved' in text(alice_client.get("/"))


def test_the_first_page_tells_who_returns_what_moved_and_what_has_passed(
    report, alice, alice_client
):
    save_profile(person=alice, rate_again_on=date(2026, 9, 1))
    with time_machine.travel("2026-06-02T12:00:00Z", tick=False):
        now = make_assessment(owner=alice, ratings=dict.fromkeys(LOW, 3), submit=True)
    item = make_plan(alice, ("leadership", 4)).items.get()
    plans.change_item(item=item, due=date(2026, 6, 1))
    make_framework(version="1.1", title="Newer ladder")
    with time_machine.travel("2026-06-03T12:00:00Z", tick=False):
        alice_client.force_login(alice)
        session = alice_client.session
        session["has_plan"] = True
        session.save()
        page = text(alice_client.get("/"))

    then = reverse("assessment:then", args=[now.uid, report.uid])
    assert f"on 2 June 2026, {report.readiness_tenths / 10} on 2 March 2026." in page
    assert f'href="{then}">What moved' in page
    assert "The ladder has changed since." in page
    assert "One date has passed." in page
    assert "Rate again on 1 September 2026</h2>" in page


def test_who_has_rated_again_is_told_of_the_day_no_more(report, alice, alice_client):
    make_plan(alice, ("leadership", 4))
    said = []
    for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)):
        save_profile(person=alice, rate_again_on=day)
        pages = [text(alice_client.get(path)) for path in ("/", PLAN)]
        words = ("again on", "You want to rate again on")
        said.append([word in page for word, page in zip(words, pages, strict=True)])

    assert said == [[False, False], [False, False], [True, True]]


def test_the_first_page_of_who_has_no_plan_offers_the_first_piece(report, alice_client):
    with CaptureQueriesContext(connection) as queries:
        answer = alice_client.get("/")

    page = text(answer)
    assert "One small piece to begin with" in page
    assert f'href="{propose(report)}">See the best plan for my hours' in page
    assert f'href="{report.get_absolute_url()}">The report' in page
    assert "What moved" not in page
    assert "no-store" in answer["Cache-Control"]
    assert len([each for each in queries if "plan" in each["sql"]]) == 0


def test_the_first_page_takes_five_queries_at_most(report, alice, alice_client):
    make_plan(alice, ("planning", 3))
    session = alice_client.session
    session["has_plan"] = True
    session.save()

    with CaptureQueriesContext(connection) as queries:
        page = text(alice_client.get("/"))

    assert "Next in your plan" in page
    assert len(queries) == 5


def test_a_guest_returns_to_the_last_report(of_guest):
    guest, _report = of_guest

    page = text(guest.get("/"))

    assert "Your reports</h2>" in page
    assert "Create an account to plan it" in page
    assert "You are not signed in." in page
    assert "Where do you stand as a" in text(Client().get("/"))


def test_what_is_late_comes_first(framework, alice):
    plan = make_plan(alice, ("planning", 3), ("tooling", 3), ("testing", 2))
    first, second, third = plan.items.in_order()
    today = date(2026, 3, 2)

    def next_of(*items):
        return Agenda(plan, list(items), today).next_item

    assert next_of(first, second, third) == first
    third.due = date(2026, 3, 2)
    assert next_of(first, second, third) == third
    second.due = date(2026, 3, 1)
    assert next_of(first, second, third) == second
