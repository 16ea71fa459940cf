"""The server away, slow, or no longer knowing the person: nothing typed is lost."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from assessment.answers import answers_of
from assessment.models import Assessment
from tests.browser.steps import (
    card_of,
    field_of,
    follow,
    level_of,
    open_draft,
    press,
    rate,
    see_saved,
    see_title,
    sign_in,
    state_of,
    unfold,
    wait_until,
)
from tests.factories import make_assessment, make_guest

pytestmark = pytest.mark.browser

SAVING = "**/save/**"
AGAIN = "Not saved, trying again"
ELSEWHERE = "You were signed in or out elsewhere."
LONGEST_WAIT = 15_000  # milliseconds until the page tries again


@pytest.fixture
def page(open_browser, spec, alice, draft):
    """The first page of the rating, with a clock that can be turned forward."""
    page = open_browser(alice)
    page.clock.install()
    return open_draft(page, spec, draft)


@pytest.fixture
def watch(page, watches):
    return watches[0]


class Line:
    """The way of the saves to the server: it can be cut, or held."""

    def __init__(self, page):
        self.page = page
        self.tries = 0
        self.held = []

    def cut(self):
        self.page.route(SAVING, self._drop)

    def mend(self):
        self.page.unroute(SAVING)

    def hold(self):
        self.page.route(SAVING, lambda route: self.held.append(route))

    def release(self):
        """Lets the save through that was sent first."""
        wait_until(self.page, lambda: self.held)
        self.held.pop(0).continue_()

    def _drop(self, route):
        self.tries += 1
        route.abort()


@pytest.fixture
def line(page):
    return Line(page)


def write_note(page, key, note):
    unfold(page, key, "Add evidence")
    field_of(page, key, "note").fill(note)


def see_saved_at_last(page, key):
    """Turns the clock forward until one of the tries has come through."""

    def is_saved():
        page.clock.fast_forward(LONGEST_WAIT)
        return "Saved" in state_of(page, key).inner_text()

    wait_until(page, is_saved)
    see_saved(page, key)


def dock_of(page):
    """The bar that stays at the bottom of the window."""
    return page.locator(".progress-dock")


# The server is away
# ------------------------------------------------------------------------------------


def test_what_is_not_saved_is_said_where_it_is_seen(page, line, spec, skills):
    line.cut()

    rate(page, skills[0], 3)

    name = spec.skills_by_key[skills[0]].name
    expect(state_of(page, skills[0])).to_have_text(AGAIN)
    expect(dock_of(page).get_by_role("link", name=f"Not saved: {name}")).to_be_visible()
    expect(dock_of(page)).to_contain_text("0 of 20 answered")


def test_the_page_tries_again_until_it_is_saved(page, line, draft, skills):
    line.cut()
    write_note(page, skills[0], "Typed before.")
    rate(page, skills[0], 3)
    expect(state_of(page, skills[0])).to_have_text(AGAIN)

    def tried_thrice():
        page.clock.fast_forward(LONGEST_WAIT)
        return line.tries >= 3

    wait_until(page, tried_thrice)
    assert line.tries >= 3
    expect(state_of(page, skills[0])).to_have_text(AGAIN)
    line.mend()

    see_saved_at_last(page, skills[0])
    answer = answers_of(draft)[skills[0]]
    assert (answer.value, answer.note) == (3, "Typed before.")
    expect(dock_of(page)).to_contain_text("1 of 20 answered")
    expect(dock_of(page).get_by_role("link")).to_have_count(0)


def test_a_device_that_is_online_again_saves_at_once(page, draft, skills):
    page.context.set_offline(True)
    rate(page, skills[0], 3)
    expect(state_of(page, skills[0])).to_have_text(AGAIN)

    page.context.set_offline(False)

    see_saved(page, skills[0])
    assert answers_of(draft)[skills[0]].value == 3


def test_a_server_that_fails_is_asked_again(page, watch, draft, skills):
    page.route(SAVING, lambda route: route.fulfill(status=503), times=1)
    rate(page, skills[0], 3)
    expect(state_of(page, skills[0])).to_have_text(AGAIN)

    see_saved_at_last(page, skills[0])
    assert answers_of(draft)[skills[0]].value == 3
    watch.foresaw("answers with 503")


def test_leaving_with_something_unsaved_is_asked_about(page, line, watch, skills):
    line.cut()
    write_note(page, skills[0], "Not to be lost.")
    rate(page, skills[0], 3)
    expect(state_of(page, skills[0])).to_have_text(AGAIN)

    follow(page, "Skills")  # the dialog is answered with "stay"

    wait_until(page, lambda: watch.faults)
    watch.foresaw("opens a dialog")
    expect(field_of(page, skills[0], "note")).to_have_value("Not to be lost.")
    line.mend()
    see_saved_at_last(page, skills[0])
    follow(page, "Skills")
    expect(page).to_have_url("/skills/")


def test_leaving_what_was_refused_is_asked_about(page, watch, skills):
    rate(page, skills[0], 3)
    see_saved(page, skills[0])
    unfold(page, skills[0], "Add evidence")
    field_of(page, skills[0], "url").fill("ftp://example.org/")
    press(page, "Save and continue")
    expect(page.get_by_role("alert").first).to_be_visible()

    follow(page, "Skills")  # the dialog is answered with "stay"

    wait_until(page, lambda: watch.faults)
    watch.foresaw("opens a dialog")
    expect(field_of(page, skills[0], "url")).to_have_value("ftp://example.org/")


def test_going_on_waits_for_what_is_not_saved(page, line, spec, draft, skills):
    line.cut()
    rate(page, skills[0], 3)
    expect(state_of(page, skills[0])).to_have_text(AGAIN)

    press(page, "Save and continue")
    wait_until(page, lambda: line.tries >= 2)
    see_title(page, spec.groups[0].name)
    line.mend()
    press(page, "Save and continue")
    see_saved(page, skills[0])
    press(page, "Save and continue")

    see_title(page, spec.groups[1].name)
    assert answers_of(draft)[skills[0]].value == 3


# The server is slow
# ------------------------------------------------------------------------------------


def test_the_last_choice_wins_over_a_slow_line(page, line, draft, skills):
    line.hold()
    for value in (5, 1, 4, 2):
        rate(page, skills[0], value)
    expect(state_of(page, skills[0])).to_have_text("Saving")
    wait_until(page, lambda: line.held)
    assert len(line.held) == 1  # one at a time, so that they cannot overtake each other

    line.release()
    line.release()

    see_saved(page, skills[0])
    answer = answers_of(draft)[skills[0]]
    assert (answer.value, answer.revision, line.held) == (2, 2, [])
    expect(level_of(page, skills[0], 2)).to_be_checked()


def test_what_is_typed_meanwhile_is_neither_lost_nor_called_saved(
    page, line, watch, draft, skills
):
    unfold(page, skills[0], "Add evidence")
    line.hold()
    rate(page, skills[0], 3)
    wait_until(page, lambda: line.held)

    field_of(page, skills[0], "note").press_sequentially("Still typing")
    line.release()
    see_saved(page, skills[0])
    follow(page, "Skills")
    wait_until(page, lambda: watch.faults)

    watch.foresaw("opens a dialog")
    expect(field_of(page, skills[0], "note")).to_have_value("Still typing")
    line.mend()
    field_of(page, skills[0], "note").blur()
    wait_until(page, lambda: answers_of(draft)[skills[0]].note == "Still typing")
    assert answers_of(draft)[skills[0]].note == "Still typing"


def test_what_was_answered_before_the_script_came_is_saved(page, draft, skills):
    on_the_way = []
    page.route("**/autosave*.js", lambda route: on_the_way.append(route))
    page.reload(wait_until="commit")
    rate(page, skills[0], 3)
    rate(page, skills[1], 2)
    write_note(page, skills[1], "Typed at once.")
    wait_until(page, lambda: on_the_way)

    on_the_way.pop().continue_()

    for skill in skills[:2]:
        see_saved(page, skill)
    expect(state_of(page, skills[2])).to_be_empty()
    answers = answers_of(draft)
    assert {key: answer.value for key, answer in answers.items()} == {
        skills[0]: 3,
        skills[1]: 2,
    }
    assert answers[skills[1]].note == "Typed at once."


def test_two_cards_may_be_answered_out_of_order(page, line, draft, skills):
    line.hold()
    rate(page, skills[0], 1)
    wait_until(page, lambda: len(line.held) == 1)
    rate(page, skills[1], 5)
    wait_until(page, lambda: len(line.held) == 2)

    line.held.reverse()
    line.release()
    see_saved(page, skills[1])
    expect(state_of(page, skills[0])).to_have_text("Saving")
    line.release()

    see_saved(page, skills[0])
    stored = answers_of(draft)
    assert [stored[key].value for key in skills[:2]] == [1, 5]
    expect(dock_of(page)).to_contain_text("2 of 20 answered")


# The session is over
# ------------------------------------------------------------------------------------


def cookies_are_lost(page, there):
    page.context.clear_cookies()


def signed_out_elsewhere(page, there):
    there.goto("/")
    press(there, "Sign out")


@pytest.mark.parametrize("ends", [cookies_are_lost, signed_out_elsewhere])
def test_signing_in_elsewhere_saves_what_was_typed(
    page, watch, draft, alice, skills, ends
):
    there = page.context.new_page()
    ends(page, there)
    write_note(page, skills[0], "Typed without a session.")
    rate(page, skills[0], 3)
    expect(state_of(page, skills[0])).to_contain_text(ELSEWHERE)
    expect(card_of(page, skills[0])).to_contain_text("Sign in again in another tab")

    there.goto("/accounts/login/")
    sign_in(there, alice.email, "alice's password")
    see_title(there, "Your reports")
    page.bring_to_front()

    see_saved_at_last(page, skills[0])
    answer = answers_of(draft)[skills[0]]
    assert (answer.value, answer.note) == (3, "Typed without a session.")
    watch.foresaw("answers with 403", "answers with 404")


# The cookie of a guest is gone
# ------------------------------------------------------------------------------------

ANEW = "Begin anew with what is on this page"


@pytest.fixture
def guests(open_browser, spec):
    """(the first page of a guest's draft, its guest), with a clock."""
    guest, browser = make_guest()
    name = settings.GUEST_COOKIE_NAME
    page = open_browser()
    page.goto("/")
    cookie = {"name": name, "value": browser.cookies[name].value, "url": page.url}
    page.context.add_cookies([cookie])
    page.clock.install()
    draft = make_assessment(guest=guest, target="senior-tpm")
    return open_draft(page, spec, draft), guest


@pytest.mark.parametrize("gone", [None, settings.GUEST_COOKIE_NAME])
def test_a_guest_goes_on_with_what_is_on_the_page(guests, spec, skills, watches, gone):
    page, lost = guests
    page.context.clear_cookies(name=gone) if gone else page.context.clear_cookies()
    write_note(page, skills[1], "Typed without a cookie.")
    rate(page, skills[0], 3)
    rate(page, skills[1], 2)
    for skill in skills[:2]:
        expect(state_of(page, skill)).to_contain_text("This browser no longer holds")
    page.clock.run_for(2 * LONGEST_WAIT)
    expect(page.get_by_role("button", name=ANEW)).to_have_count(2)

    page.get_by_role("button", name=ANEW).last.click()
    expect(page.get_by_text("A new assessment has begun")).to_be_visible()

    new = Assessment.objects.latest("pk")
    answers = answers_of(new)
    assert new.guest not in (None, lost)
    assert [answers[key].value for key in skills[:2]] == [3, 2]
    assert answers[skills[1]].note == "Typed without a cookie."
    see_title(page, spec.groups[0].name)
    rate(page, skills[2], 4)
    see_saved(page, skills[2])
    watches[0].foresaw("answers with 403", "answers with 404")


def test_cards_that_fail_together_share_one_new_token(guests, skills, watches):
    page, _ = guests
    held = []
    page.route(re.compile(r"/assess/(\?|$)"), lambda route: held.append(route))
    page.context.clear_cookies()
    for skill in skills[:2]:
        rate(page, skill, 3)
    for skill in skills[:2]:
        expect(state_of(page, skill)).to_contain_text("signed in or out elsewhere")
    page.wait_for_timeout(500)
    assert len(held) == 1

    held[0].continue_()
    for skill in skills[:2]:
        expect(state_of(page, skill)).to_contain_text("This browser no longer holds")
    page.get_by_role("button", name=ANEW).last.click()
    expect(page.get_by_text("A new assessment has begun")).to_be_visible()
    watches[0].foresaw("answers with 403", "answers with 404")


def test_without_scripts_the_page_is_carried_on(open_browser, spec, skills):
    page = open_browser(java_script_enabled=False)
    page.goto("/assess/?target=senior-tpm")
    press(page, "Start rating")
    rate(page, skills[0], 3)
    page.context.clear_cookies()

    page.get_by_role("button", name="Save and continue").last.click()
    see_title(page, "This browser no longer holds this assessment")
    press(page, ANEW)

    see_title(page, spec.groups[0].name)
    new = Assessment.objects.latest("pk")
    assert (Assessment.objects.count(), answers_of(new)[skills[0]].value) == (2, 3)
