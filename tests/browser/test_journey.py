"""The main job in a real browser: from the first page to a report that adds up."""

import pytest
from playwright.sync_api import expect

from assessment.answers import Answer, answers_of, measure
from assessment.models import Assessment
from tests.browser.looks import SCREENS
from tests.browser.steps import (
    DASHBOARD,
    PASSWORD,
    REPORT,
    act,
    choose_target,
    enter_code,
    field_of,
    follow,
    level_of,
    open_draft,
    open_menu,
    points_in,
    press,
    rate,
    rate_all,
    rate_group,
    see_saved,
    see_title,
    sign_in,
    sign_up,
    unfold,
)
from tests.factories import make_assessment, optional_skills

pytestmark = pytest.mark.browser

TARGET = "senior-tpm"


@pytest.fixture
def answers(spec):
    """A level for each skill, all six of them in turn."""
    return {skill.key: (2 * n + 1) % 6 for n, skill in enumerate(spec.skills, start=2)}


# The main job
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_newcomer_gets_to_a_report(open_browser, spec, answers, screen, scripts):
    page = open_browser(viewport=SCREENS[screen], java_script_enabled=scripts)
    level = spec.levels_by_key[TARGET]

    page.goto("/")
    open_menu(page)
    follow(page, "Create account")
    sign_up(page)
    follow(page, "Start the self-assessment")
    choose_target(page, level.title)
    rate_all(page, spec, answers)
    press(page, "Submit and read the report")

    expect(page).to_have_url(REPORT)
    said = {key: Answer(value=value) for key, value in answers.items()}
    assert figure_of(page) == measure(spec, level, said).score
    assert_points_add_up(page)


def figure_of(page):
    return int(page.locator(".verdict__figure").inner_text())


def assert_points_add_up(page):
    """What each gap gains is compared for many people in test_agreement.py."""
    sums = page.get_by_role("table", name="How the number is made", include_hidden=True)
    page.get_by_text("How it is made").click()
    coverage, cut, readiness = points_in(sums.locator("td"))

    assert cut < 0  # the answers leave a must-have short
    assert coverage + cut == readiness
    assert int(readiness) == figure_of(page)


def test_a_guest_keeps_a_report_by_signing_up(open_browser, spec, answers):
    page = open_browser(viewport=SCREENS["phone"])
    page.goto("/")
    follow(page, "Start the self-assessment")
    choose_target(page, spec.levels_by_key[TARGET].title)
    rate_all(page, spec, answers)
    press(page, "Submit and read the report")
    expect(page).to_have_url(REPORT)
    report = page.url

    page.get_by_role("main").get_by_role("link", name="Create an account").click()
    sign_up(page)

    expect(page).to_have_url(report)
    expect(page.get_by_text("You are not signed in.")).to_have_count(0)
    owners = [each.owner.email for each in Assessment.objects.all()]
    assert owners == ["new@example.org"]


# Leaving and coming back
# ------------------------------------------------------------------------------------


def test_who_leaves_half_way_goes_on_there(open_browser, spec, answers, alice):
    page = open_browser(alice)
    page.goto("/assess/")
    choose_target(page, spec.levels_by_key[TARGET].title)
    first, second, third = spec.groups[:3]
    key = spec.skills_in(second.key)[0].key
    rate_group(page, spec, first, answers)
    rate(page, key, 4)
    press(page, "Save and continue")
    see_title(page, third.name)

    press(page, "Sign out")
    follow(page, "Sign in")
    sign_in(page, alice.email, "alice's password")
    expect(page).to_have_url(DASHBOARD)
    follow(page, spec.levels_by_key[TARGET].title)

    see_title(page, second.name)
    done = len(spec.skills_in(first.key)) + 1
    expect(page.get_by_text(f"{done} of 20 answered")).to_be_visible()
    expect(level_of(page, key, 4)).to_be_checked()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_back_button_keeps_what_was_sent(
    open_browser, spec, answers, alice, scripts
):
    first, second, third = spec.groups[:3]
    page = open_browser(alice, java_script_enabled=scripts)
    open_draft(page, spec, make_assessment(owner=alice))
    rate_group(page, spec, first, answers)
    rate_group(page, spec, second, answers)
    see_title(page, third.name)

    for group in (second, first):
        page.go_back()
        see_title(page, group.name)
        for skill in spec.skills_in(group.key):
            expect(level_of(page, skill.key, answers[skill.key])).to_be_checked()


def test_what_was_not_sent_is_there_when_one_comes_back(open_browser, spec, alice):
    page = open_browser(alice)
    open_draft(page, spec, make_assessment(owner=alice))
    key = spec.skills_in(spec.groups[0].key)[0].key
    unfold(page, key, "Add evidence")
    field_of(page, key, "note").fill("Not sent with the button.")
    rate(page, key, 4)
    see_saved(page, key)

    follow(page, "Skills")
    expect(page).to_have_url("/skills/")
    page.go_back()

    expect(level_of(page, key, 4)).to_be_checked()
    expect(field_of(page, key, "note")).to_have_value("Not sent with the button.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_double_click_submits_once(open_browser, spec, answers, alice, scripts):
    draft = make_assessment(owner=alice, ratings=answers)
    page = open_browser(alice, java_script_enabled=scripts)

    page.goto(f"/assess/{draft.uid}/review/")
    page.get_by_role("button", name="Submit and read the report").dblclick()

    expect(page).to_have_url(REPORT)
    assert [each.is_submitted for each in Assessment.objects.all()] == [True]


# What is typed
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_invalid_link_is_said_beside_it(open_browser, spec, alice, scripts):
    draft = make_assessment(owner=alice)
    page = open_browser(alice, java_script_enabled=scripts)
    page = open_draft(page, spec, draft)
    wrong, right = [skill.key for skill in spec.skills_in(spec.groups[0].key)][:2]
    rate(page, wrong, 3)
    rate(page, right, 2)
    unfold(page, wrong, "Add evidence")
    field_of(page, wrong, "note").fill("I ran it.")
    field_of(page, wrong, "url").fill("ftp://example.org/plan")

    press(page, "Save and continue")

    link = field_of(page, wrong, "url")
    expect(link).to_have_accessible_description(
        "Use an address that begins with https://."
    )
    expect(link).to_have_value("ftp://example.org/plan")
    expect(field_of(page, wrong, "note")).to_have_value("I ran it.")
    expect(level_of(page, wrong, 3)).to_be_checked()
    assert answers_of(draft)[right].value == 2


def test_a_link_without_its_beginning_is_completed(open_browser, spec, alice):
    draft = make_assessment(owner=alice)
    page = open_draft(open_browser(alice), spec, draft)
    key = spec.skills_in(spec.groups[0].key)[0].key
    unfold(page, key, "Add evidence")
    field_of(page, key, "url").fill("example.org/plan")
    unfold(page, key, "Add evidence")  # closed: the browser could not show an error

    press(page, "Save and continue")

    see_title(page, spec.groups[1].name)
    assert answers_of(draft)[key].url == "https://example.org/plan"


ODD = (
    "\"quoted\" 'so' <script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7*7 }} "
    "&amp; שלום مرحبا \u202eright to left 👩🏽‍💻🧭 é ﷽ %s \\ ;--"
)


def test_odd_text_comes_back_unchanged(open_browser, spec, alice):
    draft = make_assessment(owner=alice)
    page = open_draft(open_browser(alice), spec, draft)
    key = spec.skills_in(spec.groups[0].key)[0].key
    rate(page, key, 3)
    unfold(page, key, "Add evidence")
    field_of(page, key, "note").fill(ODD)
    press(page, "Save and continue")
    see_title(page, spec.groups[1].name)

    page.go_back()
    page.reload()

    expect(field_of(page, key, "note")).to_have_value(ODD)
    assert answers_of(draft)[key].note == ODD


def test_an_odd_name_is_shown_as_it_was_typed(open_browser, spec, alice):
    name = "<script>alert(1)</script> \"'&amp; {{ 7*7 }} שלום 👩🏽‍💻"
    report = make_assessment(owner=alice, submit=True)
    page = open_browser(alice)

    page.goto(f"/reports/{report.uid}/")
    act(page, "Name it")
    page.get_by_label("Name").fill(name)
    press(page, "Save the name")

    expect(page.get_by_text("The name is saved.")).to_be_visible()
    expect(page.locator(".verdict__kicker")).to_contain_text(name)
    follow(page, "Your reports")
    expect(page.locator(".report-line__name")).to_contain_text(name)


def test_a_skill_is_left_out_with_a_reason(open_browser, spec, alice):
    draft = make_assessment(owner=alice, target=TARGET)
    first = optional_skills(spec, spec.levels_by_key[TARGET])[0]
    skill = spec.skills_by_key[first]
    page = open_draft(open_browser(alice), spec, draft)

    unfold(page, skill.key, "Not relevant to me")
    page.get_by_label(f"Leave {skill.name} out of my score").check()
    press(page, "Save and continue")
    reason = field_of(page, skill.key, "reason")
    expect(reason).to_have_accessible_description(
        "Say in a few words why it is not part of your work."
    )
    reason.fill("Another team does it.")
    press(page, "Save and continue")

    see_title(page, spec.groups[1].name)
    page.goto(f"/assess/{draft.uid}/review/")
    line = page.get_by_role("listitem").filter(has_text=skill.name)
    expect(line).to_contain_text("Left out of the score")
    expect(line).to_contain_text("Another team does it.")


def test_a_must_have_that_is_left_out_is_asked_for_on_the_review(
    open_browser, spec, alice
):
    level = spec.levels_by_key[TARGET]
    skill = next(s for s in spec.skills if level.requirement(s.key).must_have)
    group = [group.key for group in spec.groups].index(skill.group)
    draft = make_assessment(owner=alice, target=TARGET)
    page = open_draft(open_browser(alice), spec, draft, group)

    unfold(page, skill.key, "Not relevant to me")
    field_of(page, skill.key, "not_applicable").check()
    field_of(page, skill.key, "reason").fill("Another team does it.")
    press(page, "Save and continue")
    page.goto(f"/assess/{draft.uid}/review/")

    expect(page.get_by_text(f"{skill.name} is a must-have of")).to_be_visible()


# Rating again
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_earlier_answers_are_kept_by_a_click(
    open_browser, spec, answers, alice, scripts
):
    make_assessment(owner=alice, target=TARGET, ratings=answers, submit=True)
    page = open_browser(alice, java_script_enabled=scripts)
    group = spec.groups[0]
    first, second, *rest = [skill.key for skill in spec.skills_in(group.key)]

    page.goto("/reports/")
    page.locator("a", has_text="Rate again").click()
    page.locator("button", has_text="Start from your answers of").click()
    see_title(page, group.name)
    expect(page.get_by_text("Last time, on")).to_have_count(len(rest) + 2)
    unfold(page, second, "Choose again")
    rate(page, second, (answers[second] + 1) % 6)
    page.locator(f"[id='{first}'] button", has_text="Still true").click()
    expect(page.get_by_text("Last time, on")).to_have_count(len(rest))
    press(page, "All still true")

    expect(page.get_by_text("Last time, on")).to_have_count(0)
    draft = Assessment.objects.drafts().get()
    found = {key: answer.value for key, answer in answers_of(draft).items()}
    kept = {key: answers[key] for key in (first, *rest)}
    assert found == {**kept, second: (answers[second] + 1) % 6}


def test_the_enter_key_keeps_no_earlier_answer(open_browser, spec, answers, alice):
    earlier = make_assessment(owner=alice, ratings=answers, submit=True)
    draft = make_assessment(owner=alice, based_on=earlier)
    page = open_draft(open_browser(alice), spec, draft)
    key = spec.skills_in(spec.groups[0].key)[0].key
    unfold(page, key, "Choose again")
    unfold(page, key, "Add evidence")

    field_of(page, key, "url").fill("https://example.org/plan")
    field_of(page, key, "url").press("Enter")

    see_title(page, spec.groups[1].name)
    assert {key: answer.value for key, answer in answers_of(draft).items()} == {
        key: None
    }


def test_an_assessment_is_deleted_once_confirmed(open_browser, spec, alice):
    make_assessment(owner=alice, submit=True)
    page = open_browser(alice)

    page.goto("/reports/")
    follow(page, spec.levels_by_key["tpm"].title)
    act(page, "Delete it")
    follow(page, "Keep it")
    expect(page).to_have_url(REPORT)
    act(page, "Delete it")
    press(page, "Delete it for good")

    expect(page).to_have_url(DASHBOARD)
    expect(
        page.get_by_text("The assessment and its answers are deleted.")
    ).to_be_visible()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    assert not Assessment.objects.exists()


# Accounts
# ------------------------------------------------------------------------------------


def test_a_forgotten_password_is_replaced_by_code(open_browser, spec, alice):
    page = open_browser()

    page.goto("/accounts/login/")
    follow(page, "Forgot your password?")
    page.get_by_label("E-mail").fill(alice.email)
    press(page, "Send the code")
    enter_code(page)
    see_title(page, "Choose a new password")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    press(page, "Save the password")
    see_title(page, "Your password is changed")
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    sign_in(page, alice.email, PASSWORD)

    expect(page).to_have_url(DASHBOARD)
