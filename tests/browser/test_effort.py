"""What a whole assessment asks of a hand: every press and every key, from home to report."""

from statistics import median

import pytest
from playwright.sync_api import expect

from tests.browser.steps import choose_rung, follow, press, rate_all
from tests.browser.test_journey import REPORT, SCREENS

pytestmark = pytest.mark.browser

MOST = 20 + 8  # the ratings, and everything around them
COUNT = """
for (const deed of ["pointerdown", "keydown"]) {
  window.addEventListener(deed, (event) => {
    const done = Number(sessionStorage.getItem("deeds") || 0);
    if (event.isTrusted) sessionStorage.setItem("deeds", done + 1);
  }, true);
}
"""


@pytest.fixture
def deeds_of(open_browser, spec):
    """Presses and keys from the first page to the report, with one answer to each skill."""

    def counted(person, screen, answers):
        page = open_browser(person, viewport=SCREENS[screen])
        page.context.add_init_script(COUNT)
        page.goto("/")
        page.evaluate("sessionStorage.clear()")
        follow(page, "Start the self-assessment")
        choose_rung(page, spec.levels_by_key["senior-tpm"])
        rate_all(page, spec, answers)
        press(page, "Submit and read the report")
        expect(page).to_have_url(REPORT)
        return int(page.evaluate("sessionStorage.getItem('deeds')"))

    return counted


def test_a_whole_assessment_takes_few_presses(deeds_of, spec, alice):
    keys = [skill.key for skill in spec.skills]
    mixed = {key: 1 + (2 * n) % 5 for n, key in enumerate(keys)}
    same = dict.fromkeys(keys, 3)

    counts = [
        deeds_of(None, "phone", mixed),
        deeds_of(None, "desktop", same),
        deeds_of(alice, "desktop", mixed),
    ]

    assert len(keys) < median(counts) <= MOST, counts
