"""The report on its screens: how long it is, what is seen first, and every state of it."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse

from assessment.answers import Answer
from assessment.management.commands.seed_demo import EMAIL
from assessment.models import Assessment
from tests.assessment.test_report_page import STATES, asked, short_of
from tests.browser.looks import DESKTOP, PHONE
from tests.browser.steps import unfold_all
from tests.browser.test_accessibility import faults_of_looks, faults_of_width
from tests.factories import (
    make_assessment,
    make_guest,
    make_plan,
    optional_skills,
    shipped_spec,
)
from tests.house import said

pytestmark = pytest.mark.browser

TARGET = "senior-tpm"
LONGEST = {"phone": (PHONE, 6_500), "desktop": (DESKTOP, 4_500)}  # pixels
FIRST = {
    "the verdict": "h1",
    "the number": ".verdict__figure",
    "the scale": ".scale",
    "the count of must-haves": ".must__title",
    "the open must-haves": ".must__short",
}
BOX = "e => { const {top, bottom} = e.getBoundingClientRect(); return [top, bottom] }"


@pytest.fixture
def report(open_browser, live_server, spec, alice):
    """Opens a report for these answers, of Alice's or of a guest's."""

    def opened(target, ratings, *, is_guest=False):
        page = open_browser(None if is_guest else alice, viewport=PHONE)
        owner = _guest_in(page, live_server.url) if is_guest else {"owner": alice}
        done = make_assessment(target=target, ratings=ratings, submit=True, **owner)
        page.goto(reverse("assessment:report", args=[done.uid]))
        return page

    return opened


def _guest_in(page, origin):
    """A guest whose token this browser holds."""
    guest, client = make_guest()
    name = settings.GUEST_COOKIE_NAME
    token = client.cookies[name].value
    page.context.add_cookies([{"name": name, "value": token, "url": origin}])
    return {"guest": guest}


# How long it is
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", LONGEST)
def test_a_report_is_not_long(open_browser, spec, screen):
    call_command("seed_demo", verbosity=0)
    size, longest = LONGEST[screen]
    page = open_browser(User.objects.get(email=EMAIL), viewport=size)

    page.goto(f"/reports/{Assessment.objects.latest('submitted_at').uid}/")

    assert page.evaluate("document.documentElement.scrollHeight") <= longest


# What is seen first
# ------------------------------------------------------------------------------------


def three_open():
    """What a senior has, one level short of it, with three skills not answered."""
    open_skills = ("programming-literacy", "api-integration", "databases")
    ratings = short_of(TARGET, *asked(TARGET))
    return {key: value for key, value in ratings.items() if key not in open_skills}


def twelve():
    """Two levels short of what is a must-have, one of the rest: 12 of 100."""
    level = shipped_spec().levels_by_key[TARGET]
    rest = short_of(TARGET, *optional_skills(shipped_spec(), level))
    return short_of(TARGET, *asked(TARGET), by=2) | {
        key: rest[key] for key in optional_skills(shipped_spec(), level)
    }


FIRST_SCREENS = {
    "a VP far from it": ("vp-tpm", lambda: short_of("vp-tpm", *asked("vp-tpm"), by=2)),
    "12 of 100": (TARGET, twelve),
    "provisional": (TARGET, three_open),
}


def faults_of_first_screen(page):
    """What of the first is not whole above the bar that holds the act."""
    bar, end = page.locator(".act-bar").evaluate(BOX)
    act = page.locator(".act-bar .btn-primary")
    if end > PHONE["height"] + 1 or not act.is_visible():
        yield "The act is out of sight."
    for name, selector in FIRST.items():
        top, bottom = page.locator(selector).first.evaluate(BOX)
        if top < 0 or bottom > bar or bottom <= top:
            yield f"{name} ends at {bottom:.0f} px, the bar begins at {bar:.0f}."


@pytest.mark.parametrize("is_guest", [False, True], ids=["owner", "guest"])
@pytest.mark.parametrize("state", FIRST_SCREENS)
def test_the_first_screen_says_it_all(report, state, is_guest):
    target, ratings = FIRST_SCREENS[state]

    page = report(target, ratings(), is_guest=is_guest)

    assert list(faults_of_first_screen(page)) == []


# Every state
# ------------------------------------------------------------------------------------

MORE_STATES = {
    "provisional": (TARGET, three_open),
    "left out": (
        TARGET,
        lambda: (
            asked(TARGET)
            | {"cloud-foundations": Answer(not_applicable=True, reason="No cloud.")}
        ),
    ),
    "specialization": (
        "quantum-applications",
        lambda: short_of("quantum-applications", *asked("quantum-applications")),
    ),
    "all fives": ("junior-tpm", lambda: dict.fromkeys(asked("junior-tpm"), 5)),
}


def test_every_state_has_no_faults(open_browser, spec, alice):
    page = open_browser(alice)
    faults = []
    for name, (target, ratings, *_) in (STATES | MORE_STATES).items():
        done = make_assessment(
            owner=alice, target=target, ratings=ratings(), submit=True
        )
        page.goto(reverse("assessment:report", args=[done.uid]))
        unfold_all(page)
        found = [*faults_of_width(page), *faults_of_looks(page, (PHONE, DESKTOP))]
        faults += [f"{name}: {fault}" for fault in found]

    assert not faults, said(faults)


LINES_OF_A_NUMBER = """numbers => numbers.map(each => {
    const range = document.createRange()
    range.selectNodeContents(each.firstChild)
    return range.getClientRects().length
})"""


@pytest.mark.parametrize("width", [320, 390, 992, 1280])
def test_the_points_of_a_gap_stand_on_one_line(report, width):
    page = report(TARGET, dict.fromkeys(asked(TARGET), 5) | {"risk-management": 0})
    page.set_viewport_size({"width": width, "height": 800})
    gains = page.locator(".gap__gain")

    assert re.match(r"\+\d\d\.\d\s", gains.first.inner_text())
    assert gains.evaluate_all(LINES_OF_A_NUMBER) == [1]


CLOSEST = 16  # pixels between what follows one another


def test_blocks_keep_their_distance(open_browser, spec, alice):
    values = {key: 2 for key in spec.skills_by_key if key != "databases"}
    done = make_assessment(owner=alice, target=TARGET, ratings=values, submit=True)
    draft = make_assessment(owner=alice, target="lead-tpm", based_on=done)
    make_plan(alice, ("sdlc", 3), target=TARGET)
    page = open_browser(alice)

    def distance(address, above, below):
        page.goto(address)
        page.evaluate("document.fonts.ready.then(() => true)")  # it moves what is below
        above, below = (page.locator(each).first for each in (above, below))
        upper, lower = above.bounding_box(), below.bounding_box()
        return lower["y"] - upper["y"] - upper["height"]

    rating = f"/assess/{draft.uid}/rate/{spec.groups[0].key}/"
    found = [
        distance(f"/plan/propose/{done.uid}/", "form.box", "form.fields"),
        distance(
            "/plan/", "a:text('Reminders and calendar')", ".btn:text('Rate again')"
        ),
        distance(rating, ".keys-hint", "p:text('Your earlier answers are shown')"),
    ]

    assert min(found) >= CLOSEST, found


# Tables on a phone
# ------------------------------------------------------------------------------------

OVERHANGING = """cells => cells.filter(each => each.scrollHeight > each.clientHeight + 1)
    .map(each => each.dataset.h)"""
BROKEN_WORDS = """heads => heads.flatMap(head => {
    const text = head.firstChild, range = document.createRange()
    return [...text.data.matchAll(/[^\\s-]+/g)].filter(word => {
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        return range.getClientRects().length > 1
    }).map(word => word[0])
})"""


def test_the_head_of_a_cell_does_not_print_over_the_next_one(report, alice):
    page = report(TARGET, three_open())
    page.goto(reverse("assessment:case", args=[alice.assessments.get().uid]))
    cells = page.locator(".case__table td[data-h]")

    assert cells.count() > 20
    assert cells.evaluate_all(OVERHANGING) == []


def test_the_heads_of_then_and_now_break_between_words(report, alice):
    page = report(TARGET, dict.fromkeys(asked(TARGET), 2))
    page = report(TARGET, three_open())
    then, now = alice.assessments.order_by("pk")
    page.goto(reverse("assessment:then", args=[now.uid, then.uid]))
    heads = page.locator(".figures-table tbody th")

    assert "Requirements met" in heads.all_text_contents()
    assert heads.evaluate_all(BROKEN_WORDS) == []
