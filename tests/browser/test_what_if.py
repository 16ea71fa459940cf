"""Trying other answers: by keyboard as they change, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import follow, press, see_title
from tests.factories import make_assessment

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def report(spec, alice):
    return make_assessment(owner=alice, target="senior-tpm", submit=True)


def result_of(page):
    return page.locator("#what-if-result")


def open_what_if(page, report):
    page.goto(f"/reports/{report.uid}/what-if/")
    see_title(page, "What if")
    expect(result_of(page)).to_contain_text("Your answers as they stand")


def test_the_score_follows_the_keys_and_the_address_keeps_it(
    open_browser, report, alice
):
    page = open_browser(alice, viewport=PHONE)
    open_what_if(page, report)
    lever = page.locator("#stakeholder-management input")
    stands = int(page.locator("#stakeholder-management input:checked").input_value())

    lever.nth(stands).focus()
    page.keyboard.press("ArrowRight")

    expect(result_of(page)).to_contain_text("The score would be")
    expect(result_of(page)).to_have_attribute("aria-live", "polite")
    expect(result_of(page)).to_be_in_viewport()
    expect(lever.nth(stands + 1)).to_be_focused()
    expect(page).to_have_url(re.compile(rf"\?stakeholder-management={stands + 1}$"))
    expect(page.locator("#what-if-lost")).to_contain_text("My answers as they stand")
    said = result_of(page).inner_text()
    page.reload()
    assert result_of(page).inner_text() == said

    follow(page, "No must-have missing")
    expect(result_of(page)).not_to_contain_text("as they stand")
    page.go_back()
    assert result_of(page).inner_text() == said


def test_the_score_is_shown_without_scripts(open_browser, report, alice):
    page = open_browser(alice, java_script_enabled=False)
    open_what_if(page, report)

    page.locator("#risk-management input").nth(5).check(force=True)
    press(page, "Show the score")

    expect(page).to_have_url(re.compile(r"/what-if/\?risk-management=5$"))
    expect(result_of(page)).to_contain_text("The score would be")
    expect(page.locator("#risk-management input").nth(5)).to_be_checked()
