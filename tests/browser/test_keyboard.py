"""The way through without a mouse."""

import re
from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect

from assessment import plans
from assessment.actions import delete_assessment
from tests.browser.looks import DESKTOP, PHONE, SCREENS
from tests.browser.steps import REPORT, level_of, see_title, unfold_all
from tests.factories import make_assessment, make_plan
from tests.house import said

pytestmark = pytest.mark.browser

MOST_STOPS = 200

# What is focused: where it stands, whether that is seen, and what covers it.
FOCUSED = """() => {
    const seen = (e) => {
        const style = getComputedStyle(e);
        return [style.outlineStyle, style.outlineWidth, style.outlineColor,
                style.boxShadow, style.borderColor, style.insetBlockStart].join(" ");
    };
    const element = document.activeElement;
    if (element === document.body) return null;
    const drawn = [element, element.nextElementSibling, element.closest("label")];
    const looks = () => drawn.filter(Boolean).map(seen).join();
    const box = (element.closest("label") ?? element).getBoundingClientRect();
    const dock = document.querySelector(".progress-dock");
    const bar = dock?.getBoundingClientRect();
    const end = element.matches("textarea") ? box.top + 44 : box.bottom;  // its first line
    const covered = dock && !dock.contains(element)
        && end > bar.top + 1 && box.top < bar.bottom - 1;
    const focused = looks();
    element.blur();
    const left = looks();
    element.focus();
    return {
        name: element.name || element.textContent.trim() || element.id,
        group: element.type === "radio" ? element.name : "",
        place: element.closest("li[id]")?.id ?? "",
        changes: focused !== left,
        covered: Boolean(covered),
    };
}"""


@pytest.fixture
def rating(open_browser, spec, alice):
    """Opens the first page of a new assessment on a screen."""

    def opened(screen):
        draft = make_assessment(owner=alice)
        page = open_browser(alice, viewport=screen)
        page.goto(f"/assess/{draft.uid}/rate/{spec.groups[0].key}/")
        return page

    return opened


def stops_of(page):
    """What the Tab key reaches, from the top of the page to its end."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return stops
        stops.append(focused)
    pytest.fail(f"After {MOST_STOPS} stops the Tab key is still not through.")


# The rating page
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SCREENS)
def test_tab_reaches_all_cards_in_their_order(rating, spec, screen):
    page = rating(SCREENS[screen])

    stops = stops_of(page)

    skills = spec.skills_in(spec.groups[0].key)
    groups = [stop["group"] for stop in stops if stop["group"]]
    assert groups == [
        f"{s.key}-{name}" for s in skills for name in ("value", "confidence")
    ]
    assert list(dict.fromkeys(s["place"] for s in stops if s["place"])) == [
        s.key for s in skills
    ]
    assert stops[0]["name"] == "Skip to content"
    assert "Save and continue" in [stop["name"] for stop in stops]


@pytest.mark.parametrize("screen", SCREENS)
def test_focus_is_seen_and_never_covered(rating, screen):
    page = rating(SCREENS[screen])
    unfold_all(page)

    stops = stops_of(page)

    faults = [
        f"{stop['name']} shows no focus." for stop in stops if not stop["changes"]
    ]
    faults += [f"The dock covers {stop['name']}." for stop in stops if stop["covered"]]
    assert not faults, said(faults)


def test_arrows_move_inside_a_group_alone(rating, spec):
    page = rating(DESKTOP)
    first, second = [s.key for s in spec.skills_in(spec.groups[0].key)][:2]

    level_of(page, first, 0).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    expect(level_of(page, first, 2)).to_be_checked()
    expect(level_of(page, first, 2)).to_be_focused()
    expect(page.locator(f"[name='{second}-value']:checked")).to_have_count(0)


def test_a_digit_answers_the_focused_skill(rating, spec):
    page = rating(DESKTOP)
    first, second = [s.key for s in spec.skills_in(spec.groups[0].key)][:2]

    level_of(page, second, 0).focus()
    page.keyboard.press("4")

    expect(level_of(page, second, 4)).to_be_checked()
    expect(level_of(page, second, 4)).to_be_focused()
    expect(page.locator(f"[name='{first}-value']:checked")).to_have_count(0)


def test_a_page_is_rated_without_a_mouse(rating, spec):
    page = rating(PHONE)
    skills = spec.skills_in(spec.groups[0].key)

    for skill in skills:
        level_of(page, skill.key, 0).focus()
        page.keyboard.press("3")
    page.get_by_role("button", name="Save and continue").focus()
    page.keyboard.press("Enter")

    see_title(page, spec.groups[1].name)
    expect(page.get_by_text(f"{len(skills)} of 20 answered")).to_be_visible()


# From the first page to the report
# ------------------------------------------------------------------------------------


def tab_to(page, control):
    """Presses Tab until a control is focused."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if control.evaluate("control => control === document.activeElement"):
            return
    pytest.fail(f"The Tab key does not reach {control}.")


def press_enter_on(page, control):
    tab_to(page, control)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_whole_way_is_gone_by_keyboard(open_browser, spec, scripts):
    page = open_browser(java_script_enabled=scripts)
    page.goto("/")
    main = page.get_by_role("main")
    press_enter_on(page, main.get_by_role("link", name="Start the self-assessment"))
    see_title(page, "Where are you today?")
    press_enter_on(page, main.get_by_role("link", name="Several projects"))
    press_enter_on(page, main.get_by_role("button", name="Start rating"))

    for group in spec.groups:
        see_title(page, group.name)
        for skill in spec.skills_in(group.key):
            tab_to(page, level_of(page, skill.key, 0))
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
        save = page.locator(".progress-dock").get_by_role("button")
        press_enter_on(page, save)
    press_enter_on(page, page.get_by_role("button", name="Submit and read the report"))

    expect(page).to_have_url(REPORT)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_menu_of_a_report_works_by_keys(open_browser, spec, alice, screen, scripts):
    report = make_assessment(owner=alice, target="senior-tpm", submit=True)
    page = open_browser(alice, viewport=SCREENS[screen], java_script_enabled=scripts)
    page.goto(f"/reports/{report.uid}/")
    opener = page.get_by_role("button", name="Share, save, more")
    share = page.get_by_role("link", name="Share link")

    tab_to(page, opener)
    expect(share).to_be_hidden()
    page.keyboard.press("Enter")
    expect(share).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(share).to_be_focused()
    page.keyboard.press("Escape")
    expect(share).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    press_enter_on(page, page.get_by_role("link", name="What if"))

    see_title(page, "What if")


# From the report to the next one
# ------------------------------------------------------------------------------------

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
MONDAY = "2026-03-02T12:00:00Z"


@pytest.fixture
def at_keys(open_browser, alice):
    """Opens a page of Alice's on which all is done with keys."""

    def opened(address, scripts):
        page = open_browser(alice, java_script_enabled=scripts)
        page.goto(address)
        return page

    return opened


def type_into(page, label, text):
    """A day is typed so that it reads the same with the month first."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def press_button(page, name):
    main = page.get_by_role("main")
    press_enter_on(page, main.get_by_role("button", name=name, exact=True))


def about(page, role, name, what):
    """A button or link of several with the same name, by what it is about."""
    named = re.compile(f"^{name}\\s*: {re.escape(what)}$")
    return page.get_by_role("main").get_by_role(role, name=named)


def unfold_more(page, item):
    """What is done seldom with a step of a plan."""
    more = page.locator(f"[id='item-{item.uid}'] summary")
    press_enter_on(page, more)


@SCRIPTS
def test_reminders_are_chosen_by_keys(at_keys, spec, alice, scripts):
    with time_machine.travel(MONDAY):
        page = at_keys("/me/", scripts)
        press_enter_on(
            page, page.get_by_role("link", name="Change reminders and calendar")
        )
        see_title(page, "Reminders and calendar")
        tab_to(page, page.get_by_label("Never"))
        page.keyboard.press("ArrowDown")
        type_into(page, "Rate again on", "12122026")
        tab_to(page, page.get_by_label("Send me a mail on that day"))
        page.keyboard.press("Space")
        press_button(page, "Save")
        next_one = page.get_by_text("The next one is due on 9 March 2026.")
        expect(next_one).to_be_visible()
        press_button(page, "Make an address")
        expect(page.get_by_role("button", name="End the address")).to_be_visible()
        press_button(page, "End the address")
        expect(page.get_by_role("button", name="Make an address")).to_be_visible()

    alice.profile.refresh_from_db()
    assert (alice.profile.reminders, alice.profile.next_rate_again) == (
        "weekly",
        date(2026, 12, 12),
    )
    assert alice.profile.calendar_digest == ""


@SCRIPTS
def test_ones_own_data_come_in_by_keys(at_keys, spec, alice, tmp_path, scripts):
    kept = make_assessment(owner=alice, target="senior-tpm", submit=True)
    plans.write_entry(owner=alice, day=date(2026, 3, 2), text="Led a review.")
    page = at_keys("/me/", scripts)
    with page.expect_download() as download:
        press_button(page, "Download everything")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    delete_assessment(assessment=kept)
    alice.journal.get().delete()

    def choose_file():
        """What keys open from here on is a window of the system, which has its own keys."""
        page.wait_for_load_state()
        field = page.get_by_label("Your file")
        tab_to(page, field)
        field.set_input_files(file)

    press_enter_on(
        page, page.get_by_role("link", name="Bring your data from elsewhere")
    )
    see_title(page, "Bring your data from elsewhere")
    choose_file()
    press_button(page, "Show what would come")
    expect(page.get_by_text("1 line of the journal")).to_be_visible()
    assert not alice.journal.exists()
    choose_file()
    press_button(page, "Bring it in")
    press_enter_on(
        page, page.get_by_role("main").get_by_role("link", name="Your reports")
    )

    see_title(page, "Your reports")
    assert alice.assessments.get().readiness_tenths == kept.readiness_tenths
    assert alice.journal.get().text == "Led a review."


@SCRIPTS
def test_a_plan_is_worked_off_by_keys(at_keys, spec, alice, scripts):
    values = dict.fromkeys(spec.skills_by_key, 2)
    make_assessment(owner=alice, ratings=values, target="senior-tpm", submit=True)
    make_plan(alice, ("sdlc", 3), ("requirements", 3), target="senior-tpm")
    plan = alice.plans.get()
    first, second = plan.items.in_order()

    with time_machine.travel(MONDAY):
        page = at_keys("/plan/", scripts)
        see_title(page, "2 steps are in focus")
        unfold_more(page, first)
        press_enter_on(page, about(page, "button", "Move down", first.title))
        highest = page.locator("#focus .piece").first
        expect(highest).to_have_id(f"item-{second.uid}")
        press_enter_on(page, about(page, "link", "Set a date", second.title))
        see_title(page, "When will you do it?")
        type_into(page, "Due on", "05052026")
        press_button(page, "Save the step")
        see_title(page, "The next step is due on Tuesday 5 May")
        unfold_more(page, second)
        press_enter_on(page, about(page, "button", "Let it wait", second.title))
        see_title(page, "One step is in focus")
        unfold_more(page, second)
        press_enter_on(page, about(page, "button", "Let it go", second.title))
        press_enter_on(page, page.get_by_role("link", name="Add a step"))
        see_title(page, "What will you do?")
        tab_to(page, page.get_by_label("In my own words").first)
        page.keyboard.type("Lead one review")
        page.keyboard.press("Enter")
        see_title(page, "When will you do it?")
        press_button(page, "Save the step")
        see_title(page, "2 steps are in focus")
        press_enter_on(page, about(page, "button", "Done", first.title))
        expect(page.get_by_text("Done. It changes no rating")).to_be_visible()

    states = dict(plan.items.values_list("title", "state"))
    assert states == {
        first.title: "done",
        second.title: "dropped",
        "Lead one review": "focus",
    }
    assert plan.items.get(pk=second.pk).due == date(2026, 5, 5)


@SCRIPTS
def test_a_line_is_kept_changed_and_deleted_by_keys(at_keys, spec, alice, scripts):
    make_plan(alice, ("sdlc", 3), ("requirements", 3), target="senior-tpm")

    with time_machine.travel(MONDAY):
        page = at_keys("/journal/", scripts)
        tab_to(page, page.get_by_role("radio").last)
        page.keyboard.press("ArrowUp")
        type_into(page, "One line is enough", "Led a review.")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Kept. Only you see it.")).to_be_visible()
        entry = alice.journal.get()
        press_enter_on(page, about(page, "link", "Change", "Led a review."))
        see_title(page, "Change the entry")
        type_into(page, "One line is enough", "Led two reviews.")
        press_enter_on(page, page.get_by_text("Another day, a link"))
        type_into(page, "Day", "02022026")
        press_button(page, "Keep")
        see_title(page, "What did you do?")

        changed = alice.journal.get()
        assert entry.skill_key == "requirements"
        assert (changed.text, changed.day) == ("Led two reviews.", date(2026, 2, 2))
        press_enter_on(page, about(page, "link", "Change", "Led two reviews."))
        press_button(page, "Delete it")
        expect(page.get_by_text("The entry is deleted.")).to_be_visible()

    assert not alice.journal.exists()


# Every page
# ------------------------------------------------------------------------------------


def test_the_skip_link_leads_to_the_content(open_browser, spec):
    page = open_browser()
    page.goto("/")
    skip = page.get_by_role("link", name="Skip to content")

    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.url.endswith("#main")
    assert page.locator("main :focus").count() == 1


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_tab_goes_through_the_head_as_it_is_read(
    open_browser, spec, alice, screen, is_signed_in
):
    page = open_browser(alice if is_signed_in else None, viewport=SCREENS[screen])
    page.goto("/skills/")
    places = []

    page.keyboard.press("Tab")  # to the content
    while True:
        page.keyboard.press("Tab")
        focused = page.locator(".site-head :focus")
        if not focused.count():
            break
        box = focused.bounding_box()
        places.append((box["y"] + box["height"] / 2, box["x"]))

    assert len(places) > (2 if screen == "phone" else 5)
    assert len({round(y) for y, _ in places}) == 1
    assert places == sorted(places, key=lambda place: place[1])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_menu_opens_and_closes_by_keys(open_browser, spec, scripts):
    page = open_browser(viewport=PHONE, java_script_enabled=scripts)
    page.goto("/")
    menu = page.get_by_role("button", name="Menu")
    skills = page.get_by_role("navigation", name="Main").get_by_role(
        "link", name="Skills"
    )

    menu.focus()
    page.keyboard.press("Enter")
    expect(skills).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(skills).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(skills).to_be_hidden()
    expect(menu).to_be_focused()


# The tests can fail
# ------------------------------------------------------------------------------------


def test_what_covers_and_what_shows_no_focus_is_found(page):
    page.set_content(
        "<button style='outline: 0'>A</button>"
        "<div class='progress-dock' style='position: fixed; inset: 0'></div>"
    )

    [stop] = stops_of(page)

    assert stop["covered"]
    assert not stop["changes"]
