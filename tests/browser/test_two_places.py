"""One answer in two tabs, or on two devices: nothing is overwritten unseen."""

import pytest
from playwright.sync_api import expect

from assessment.answers import NO_ANSWER, answers_of
from tests.browser.looks import PHONE
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
    state_of,
    unfold,
)

pytestmark = pytest.mark.browser


@pytest.fixture(params=["two tabs", "two devices"])
def places(request, open_browser, spec, alice, draft):
    """The first page of a draft, opened twice before anything is answered."""
    here = open_browser(alice)
    tabs = request.param == "two tabs"
    there = here.context.new_page() if tabs else open_browser(alice)
    return open_draft(here, spec, draft), open_draft(there, spec, draft)


@pytest.fixture
def in_conflict(places, skills):
    """(here, there): a level is chosen there, then another one and a note here."""
    here, there = places
    rate(there, skills[0], 4)
    see_saved(there, skills[0])
    rate(here, skills[0], 2)
    expect(state_of(here, skills[0])).to_contain_text("Changed elsewhere.")
    return here, there


def stored(draft, key):
    return answers_of(draft).get(key, NO_ANSWER).value


def test_a_stale_save_overwrites_nothing_and_shows_both(in_conflict, draft, skills):
    here, _ = in_conflict

    state = state_of(here, skills[0])

    expect(state).to_contain_text("this is now: 4 Leading, fairly sure.")
    expect(state).to_contain_text("Here you chose: 2 Guided, fairly sure.")
    expect(state).to_contain_text("Nothing was overwritten.")
    expect(level_of(here, skills[0], 2)).to_be_checked()
    assert stored(draft, skills[0]) == 4


def test_one_keeps_what_was_chosen_here(in_conflict, draft, skills):
    here, there = in_conflict
    unfold(here, skills[0], "Add evidence")
    field_of(here, skills[0], "note").fill("Written here.")

    press(here, "Keep what I chose here")
    see_saved(here, skills[0])

    expect(level_of(here, skills[0], 2)).to_be_focused()
    answer = answers_of(draft)[skills[0]]
    assert (answer.value, answer.note) == (2, "Written here.")
    there.reload()
    expect(level_of(there, skills[0], 2)).to_be_checked()


def test_one_takes_what_was_chosen_there(in_conflict, draft, skills):
    here, _ = in_conflict

    here.get_by_role("link", name="Take the other").click()

    expect(level_of(here, skills[0], 4)).to_be_checked()
    expect(card_of(here, skills[0])).to_contain_text("4 Leading, fairly sure")
    assert stored(draft, skills[0]) == 4


@pytest.fixture
def phone(open_browser, spec, alice, draft, skills):
    """Its fourth skill is answered elsewhere since; those above are lines when it is read anew."""
    here, there = open_browser(alice, viewport=PHONE), open_browser(alice)
    for place in (here, there):
        open_draft(place, spec, draft)
    for key in skills[:3]:
        rate(here, key, 3)
        see_saved(here, key)
    rate(there, skills[3], 4)
    see_saved(there, skills[3])
    return here


def see_at_the_top(page, key):
    """A skill is one line by now, in the upper third of the phone."""
    line = card_of(page, key).locator("summary").first
    expect(line).to_be_in_viewport()
    assert line.bounding_box()["y"] < PHONE["height"] / 3


def test_who_takes_the_other_stays_at_the_skill(phone, skills):
    rate(phone, skills[3], 2)

    follow(phone, "Take the other")

    expect(card_of(phone, skills[3])).to_contain_text("4 Leading, fairly sure")
    see_at_the_top(phone, skills[3])


def test_who_takes_the_other_sends_the_page_not_again(phone, skills):
    level_of(phone, skills[3], 2).evaluate("radio => { radio.checked = true }")
    press(phone, "Save and continue")
    expect(card_of(phone, skills[3])).to_contain_text("now it is 4 Leading")
    field_of(phone, skills[3], "revision").evaluate("seen => { seen.value = 0 }")
    rate(phone, skills[3], 1)

    follow(phone, "Take the other")

    expect(level_of(phone, skills[3], 4)).to_be_checked()
    see_at_the_top(phone, skills[3])


def test_who_is_overruled_is_asked_in_turn(in_conflict, draft, skills):
    here, there = in_conflict
    press(here, "Keep what I chose here")
    see_saved(here, skills[0])

    rate(there, skills[0], 5)

    expect(state_of(there, skills[0])).to_contain_text("this is now: 2 Guided")
    assert stored(draft, skills[0]) == 2


def test_the_button_asks_as_well(places, draft, skills):
    here, there = places
    here.route("**/save/**", lambda route: route.abort())  # as without the script
    level_of(here, skills[0], 2).evaluate("radio => { radio.checked = true }")
    rate(there, skills[0], 4)
    see_saved(there, skills[0])

    press(here, "Save and continue")

    expect(card_of(here, skills[0])).to_contain_text("now it is 4 Leading")
    expect(level_of(here, skills[0], 2)).to_be_checked()
    assert stored(draft, skills[0]) == 4
    press(here, "Save and continue")
    see_title(here, "Technical literacy")
    assert stored(draft, skills[0]) == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_a_button_takes_the_other_and_keeps_all_else(
    open_browser, spec, alice, draft, skills, scripts
):
    here = open_draft(open_browser(alice, java_script_enabled=scripts), spec, draft)
    there = open_draft(open_browser(alice), spec, draft)
    rate(there, skills[0], 4)
    see_saved(there, skills[0])
    level_of(here, skills[0], 2).evaluate("radio => { radio.checked = true }")
    press(here, "Save and continue")
    level_of(here, skills[1], 3).evaluate("radio => { radio.checked = true }")

    here.get_by_role("button", name="Take the other").click()

    expect(card_of(here, skills[0])).to_contain_text("4 Leading, fairly sure")
    assert [stored(draft, key) for key in skills[:2]] == [4, 3]


def test_what_was_not_touched_here_stays_as_it_is_there(places, draft, skills):
    here, there = places
    rate(there, skills[0], 4)
    see_saved(there, skills[0])

    rate(here, skills[1], 3)
    see_saved(here, skills[1])
    press(here, "Save and continue")

    see_title(here, "Technical literacy")
    assert (stored(draft, skills[0]), stored(draft, skills[1])) == (4, 3)
