"""The rating page in its odd states: what is refused, not saved, changed elsewhere."""

from playwright.sync_api import expect

from tests.browser.steps import (
    card_of,
    field_of,
    level_of,
    press,
    rate,
    state_of,
    unfold,
    unfold_all,
)
from tests.factories import make_assessment


def first_group(page, stage, assessment):
    page.goto(f"/assess/{assessment.uid}/rate/{stage.spec.groups[0].key}/")


def answers_refused(page, stage):
    first_group(page, stage, stage.draft)
    first, second = [s.key for s in stage.spec.skills_in(stage.spec.groups[0].key)][:2]
    unfold(page, first, "Add evidence")
    field_of(page, first, "url").fill("ftp://example.org/")
    unfold(page, second, "Not relevant to me")
    field_of(page, second, "not_applicable").check()
    press(page, "Save and continue")
    expect(page.locator("main")).to_contain_text("Not everything could be saved")


def answer_not_saved(page, stage):
    first_group(page, stage, make_assessment(owner=stage.alice))
    first = stage.spec.skills_in(stage.spec.groups[0].key)[0].key
    page.route("**/save/**", lambda route: route.abort())
    rate(page, first, 2)
    expect(state_of(page, first)).to_contain_text("Not saved, trying again")


def answer_changed_elsewhere(page, stage):
    draft = make_assessment(owner=stage.alice)
    first_group(page, stage, draft)
    other = page.context.new_page()
    first_group(other, stage, draft)
    first = stage.spec.skills_in(stage.spec.groups[0].key)[0].key
    for place, value in ((other, 4), (page, 5)):
        rate(place, first, value)
        expect(state_of(place, first)).not_to_be_empty()
    expect(state_of(page, first)).to_contain_text("Changed elsewhere.")


def reason_missing(page, stage):
    first_group(page, stage, make_assessment(owner=stage.alice))
    first = stage.spec.skills_in(stage.spec.groups[0].key)[0].key
    unfold(page, first, "Not relevant to me")
    field_of(page, first, "not_applicable").check()
    expect(card_of(page, first)).to_contain_text("Say why it is not relevant")


def twenty_alike(page, stage):
    draft = make_assessment(owner=stage.alice)
    for group in stage.spec.groups:
        page.goto(f"/assess/{draft.uid}/rate/{group.key}/")
        for skill in stage.spec.skills_in(group.key):
            rate(page, skill.key, 3)
        press(page, "Save and continue")
    expect(page.locator("main")).to_contain_text("A thought before you submit")
    unfold_all(page)


def answers_given(page, stage):
    first_group(page, stage, stage.complete)
    unfold_all(page)
    key = stage.spec.skills_in(stage.spec.groups[0].key)[0].key
    expect(level_of(page, key, stage.values[key])).to_be_visible()


def answers_suggested(page, stage):
    first_group(page, stage, stage.again)
    unfold_all(page)
    expect(page.get_by_role("button", name="All still true")).to_be_visible()
