"""The rating cards under quick hands and second thoughts, and what follows them."""

import re

import pytest
from playwright.sync_api import expect

from assessment.answers import Answer, answers_of
from assessment.models import Rating
from tests.browser.looks import PHONE
from tests.browser.steps import (
    REPORT,
    card_of,
    field_of,
    level_of,
    open_draft,
    press,
    rate,
    see_saved,
    see_title,
    state_of,
    unfold,
    wait_until,
)
from tests.factories import make_assessment, make_framework, optional_skills

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_browser, spec, alice, draft):
    return open_draft(open_browser(alice), spec, draft)


def stored(draft, key):
    return answers_of(draft)[key]


def wait_for(page, draft, key, **said):
    """Waits until an answer says this in the database."""

    def found():
        answer = answers_of(draft).get(key)
        return {name: getattr(answer, name, None) for name in said}

    wait_until(page, lambda: found() == said)
    assert found() == said


def test_what_is_folded_in_an_open_part_looks_folded(open_browser, spec, alice):
    before = make_assessment(owner=alice, target="senior-tpm", submit=True)
    draft = make_assessment(owner=alice, target="senior-tpm", based_on=before)
    page = open_draft(open_browser(alice), spec, draft)
    key = spec.skills_in(spec.groups[0].key)[0].key
    unfold(page, key, "Choose again")
    upright = card_of(page, key).locator(".disclosure__summary .disclosure__upright")

    expect(upright.first).to_have_css("visibility", "hidden")
    expect(upright.nth(1)).to_have_css("visibility", "visible")


def test_a_count_in_the_list_of_steps_stands_in_one_line(open_browser, spec, alice):
    done = make_assessment(
        owner=alice, target="senior-tpm", ratings=dict.fromkeys(spec.skills_by_key, 2)
    )
    page = open_draft(open_browser(alice), spec, done)

    counts = page.locator(".steps__count")
    heights = counts.evaluate_all("all => all.map(each => each.offsetHeight)")

    assert counts.all_inner_texts()[-1] == "4 of 4"
    assert len(set(heights)) == 1


# Quick hands
# ------------------------------------------------------------------------------------


def test_what_stands_beside_an_answer_stands_in_one_line(open_browser, spec, alice):
    page = open_draft(open_browser(alice), spec, make_assessment(owner=alice))
    card = page.locator(".skill-card").first

    left_out = card.get_by_text("Not relevant to me").bounding_box()
    unclear = card.get_by_role("link", name="A sentence is unclear?").bounding_box()

    assert left_out["x"] < unclear["x"]
    assert [left_out[each] for each in ("y", "height")] == [
        unclear[each] for each in ("y", "height")
    ]


def test_a_double_click_makes_one_answer(page, draft, skills):
    level_of(page, skills[0], 3).locator("xpath=..").dblclick()

    see_saved(page, skills[0])
    [row] = Rating.objects.filter(assessment=draft)
    assert (row.value, row.revision) == (3, 1)


def test_quick_changes_end_with_the_last(page, draft, skills):
    for value in (0, 5, 2, 4, 1, 3):
        rate(page, skills[0], value)

    wait_for(page, draft, skills[0], value=3)
    see_saved(page, skills[0])
    assert Rating.objects.filter(assessment=draft).count() == 1
    expect(page.locator(".progress-dock")).to_contain_text("1 of 20 answered")


@pytest.mark.parametrize("value", range(6))
def test_a_digit_is_saved(page, draft, skills, value):
    level_of(page, skills[0], (value + 1) % 6).focus()

    page.keyboard.press(str(value))

    see_saved(page, skills[0])
    assert stored(draft, skills[0]).value == value


def test_arrows_save_where_they_end(page, draft, skills):
    level_of(page, skills[0], 0).focus()
    page.keyboard.press("Space")

    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)

    expect(level_of(page, skills[0], 2)).to_be_focused()
    wait_for(page, draft, skills[0], value=2)
    see_saved(page, skills[0])


def test_a_digit_in_a_note_is_only_typed(page, draft, skills):
    rate(page, skills[0], 3)
    see_saved(page, skills[0])
    unfold(page, skills[0], "Add evidence")

    field_of(page, skills[0], "note").press_sequentially("In 2025: 1 of 4")

    expect(level_of(page, skills[0], 3)).to_be_checked()
    expect(field_of(page, skills[0], "note")).to_have_value("In 2025: 1 of 4")


# What the page shows meanwhile
# ------------------------------------------------------------------------------------


def test_the_bar_says_saved_where_the_card_is_out_of_sight(
    open_browser, spec, alice, draft, skills
):
    page = open_draft(open_browser(alice, viewport=PHONE), spec, draft)
    unfold(page, skills[0], "Add evidence")
    field_of(page, skills[0], "note").fill("Written below the levels.")
    field_of(page, skills[0], "url").focus()

    see_saved(page, skills[0])

    expect(state_of(page, skills[0])).not_to_be_in_viewport()
    saved = page.locator(".progress-dock").get_by_text("Saved")
    expect(saved).to_be_in_viewport()


def test_the_list_of_steps_follows_the_answers(page, spec, skills):
    steps = page.get_by_role("navigation", name="Skill groups")
    links = [steps.locator(f"[href='#{key}']") for key in skills]
    step = steps.get_by_role("listitem").filter(has_text=spec.groups[0].name).first

    for key in skills[:-1]:
        rate(page, key, 2)
        see_saved(page, key)

    expect(links[0]).to_have_accessible_name(re.compile(r"\w \(answered\)"))
    expect(links[-1]).to_have_accessible_name(re.compile(r"\w \(not answered\)"))
    expect(step).to_contain_text(f"{len(skills) - 1} of {len(skills)}")
    expect(step).not_to_have_class(re.compile("is-done"))
    rate(page, skills[-1], 2)
    expect(step).to_contain_text(f"{len(skills)} of {len(skills)}")
    expect(step).to_have_class(re.compile("is-done"))
    expect(page).to_have_title(re.compile(f", {len(skills)} of 20 skills"))


def test_what_is_wrong_is_said_beside_the_field_at_once(page, draft, skills):
    unfold(page, skills[0], "Add evidence")
    link = field_of(page, skills[0], "url")
    link.fill("ftp://example.org/plan")
    rate(page, skills[0], 3)

    expect(link).to_have_accessible_description(
        "Use an address that begins with https://."
    )
    expect(link).to_have_attribute("aria-invalid", "true")
    expect(state_of(page, skills[0])).to_contain_text("begins with https://")
    link.fill("https://example.org/plan")
    link.blur()

    see_saved(page, skills[0])
    expect(link).to_have_accessible_description("")
    expect(card_of(page, skills[0]).locator(".invalid-feedback")).to_have_count(0)
    expect(link).not_to_have_attribute("aria-invalid", "true")
    assert stored(draft, skills[0]).url == "https://example.org/plan"


def test_an_error_of_the_button_goes_once_it_is_mended(page, draft, skills):
    unfold(page, skills[0], "Add evidence")
    field_of(page, skills[0], "url").fill("nowhere at all")
    press(page, "Save and continue")
    link = field_of(page, skills[0], "url")
    expect(link).to_have_accessible_description(re.compile("not a web address"))

    link.fill("")
    rate(page, skills[0], 3)

    see_saved(page, skills[0])
    expect(link).to_have_accessible_description("")
    expect(card_of(page, skills[0]).locator(".is-invalid")).to_have_count(0)


# Not relevant
# ------------------------------------------------------------------------------------


def leave_out(page, key):
    unfold(page, key, "Not relevant to me")
    field_of(page, key, "not_applicable").check()


def test_not_relevant_waits_for_its_reason(page, draft, skills):
    rate(page, skills[0], 3)
    see_saved(page, skills[0])

    leave_out(page, skills[0])

    expect(level_of(page, skills[0], 3)).not_to_be_checked()
    expect(state_of(page, skills[0])).to_have_text(
        "Say why it is not relevant, and it is saved"
    )
    assert stored(draft, skills[0]).value == 3
    field_of(page, skills[0], "reason").fill("Another team does it.")
    field_of(page, skills[0], "reason").blur()
    see_saved(page, skills[0])
    left_out = stored(draft, skills[0])
    assert (left_out.value, left_out.not_applicable) == (None, True)
    assert left_out.reason == "Another team does it."
    expect(page.locator(".progress-dock")).to_contain_text("1 of 20 answered")


def test_a_skill_left_out_can_be_rated_again(page, draft, skills):
    leave_out(page, skills[0])
    field_of(page, skills[0], "reason").fill("Another team does it.")
    field_of(page, skills[0], "reason").blur()
    see_saved(page, skills[0])

    rate(page, skills[0], 4)
    wait_for(page, draft, skills[0], value=4, not_applicable=False, reason="")
    expect(field_of(page, skills[0], "not_applicable")).not_to_be_checked()
    unfold(page, skills[0], "Add evidence")
    field_of(page, skills[0], "note").fill("I do it after all.")
    field_of(page, skills[0], "note").blur()

    wait_for(page, draft, skills[0], note="I do it after all.", value=4)
    see_saved(page, skills[0])


def test_what_gave_way_comes_back(page, draft, skills):
    rate(page, skills[0], 3)
    leave_out(page, skills[0])
    field_of(page, skills[0], "reason").fill("Another team does it.")
    field_of(page, skills[0], "reason").blur()
    wait_for(page, draft, skills[0], not_applicable=True)

    field_of(page, skills[0], "not_applicable").uncheck()
    wait_for(page, draft, skills[0], value=3, not_applicable=False)
    expect(level_of(page, skills[0], 3)).to_be_checked()
    field_of(page, skills[0], "not_applicable").check()

    wait_for(page, draft, skills[0], reason="Another team does it.")
    expect(level_of(page, skills[0], 3)).not_to_be_checked()


def test_too_much_left_out_is_said_where_it_happens(open_browser, spec, alice):
    left_out = Answer(not_applicable=True, reason="Another team does it.")
    level = spec.levels_by_key["senior-tpm"]
    optional = set(optional_skills(spec, level))
    heavy = [each.skill for each in level.requirements if each.importance == 4]
    keys = [*optional.intersection(heavy), "version-control"]  # 29.7 % of all
    ratings = dict.fromkeys(keys, left_out)
    draft = make_assessment(owner=alice, target="senior-tpm", ratings=ratings)
    page = open_draft(open_browser(alice), spec, draft, group=1)
    key = "programming-literacy"
    told = page.get_by_text("Too much is left out for a score")
    expect(told).to_be_hidden()

    leave_out(page, key)
    field_of(page, key, "reason").fill("Another team does it.")
    field_of(page, key, "reason").blur()

    expect(told).to_be_visible()
    expect(state_of(page, key)).to_contain_text("is 32 % of the importance")
    rate(page, key, 1)
    expect(told).to_be_hidden()


# Going back
# ------------------------------------------------------------------------------------


def test_the_back_button_leads_from_the_report_to_no_stale_form(
    open_browser, spec, alice
):
    answers = dict.fromkeys(spec.skills_by_key, 2)
    draft = make_assessment(owner=alice, ratings=answers)
    page = open_draft(open_browser(alice), spec, draft, group=3)
    press(page, "Save and continue")
    see_title(page, "Look over your answers")
    press(page, "Submit and read the report")
    expect(page).to_have_url(REPORT)

    for _ in ("the review", "the last page of the rating"):
        page.go_back()
        expect(page).to_have_url(REPORT)
        told = page.locator(".messages")
        expect(told).to_contain_text("its answers stay as they are")


# A ladder in another direction
# ------------------------------------------------------------------------------------

TEXT_STARTS = """e => {
    const text = document.createRange();
    text.selectNodeContents(e);
    return text.getBoundingClientRect().left - e.parentElement.getBoundingClientRect().left;
}"""


def test_a_sentence_in_another_direction_stands_at_the_side_of_its_name(
    open_browser, spec, alice
):
    framework = make_framework(key="arabic", language="ar")
    draft = make_assessment(owner=alice, framework=framework, target="tpm")
    page = open_browser(alice, viewport=PHONE)
    page.goto(f"/assess/{draft.uid}/rate/delivery/")
    card = page.locator(".level-choice__card").first

    name, sentence = (
        card.locator(f".level-choice__{part}").evaluate(TEXT_STARTS)
        for part in ("name", "text")
    )

    assert card.locator(".level-choice__text[dir=rtl]").count() == 1
    assert abs(name - sentence) < 3
