"""The main job in a real browser: from the first page to a report that adds up."""


import pytest
from playwright.sync_api import expect

from assessment.answers import Answer
from assessment.measuring import measure
from tests.browser.looks import SCREENS
from tests.browser.steps import (
    REPORT,
    choose_target,
    follow,
    ledger_of,
    points_of,
    press,
    rate_all,
    sign_up,
)

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
    follow(page, "Start the self-assessment")
    follow(page, "Create one")
    sign_up(page)
    choose_target(page, level.title)
    rate_all(page, spec, answers)
    press(page, "Submit and read the report")

    expect(page).to_have_url(REPORT)
    said = {key: Answer(value=value) for key, value in answers.items()}
    assert figure_of(page) == measure(spec, level, said).display.score
    assert_points_add_up(page)


def figure_of(page):
    return int(page.locator(".score__figure").inner_text())


def assert_points_add_up(page):
    account = ledger_of(page, "Earned and held points")
    missing = ledger_of(page, "Lost points")
    readiness = points_of(account, "total")

    assert points_of(account, "held") < 0  # the answers leave a must-have short
    assert points_of(account, "") == points_of(account, "sum")
    assert points_of(account, "sum", "held") == readiness
    assert points_of(missing, "") == points_of(missing, "total") == 100 - readiness
    assert int(readiness) == figure_of(page)
