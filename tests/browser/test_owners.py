"""The owners' whole story: from a draft to what it is for people, published."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from careers.models import Framework
from tests.browser.steps import press, rate_group
from tests.factories import make_assessment

pytestmark = pytest.mark.browser
WHY = "Seniors lead in risk management now."
SKILL, LEVEL = "risk-management", "senior-tpm"


@pytest.fixture
def people(spec, alice):
    """Six who reported for the level, Alice among them; her report and her open draft."""
    asked = {
        item.skill: item.required for item in spec.levels_by_key[LEVEL].requirements
    }
    others = [
        User.objects.create_user(f"person-{n}", f"person-{n}@example.org")
        for n in range(5)
    ]
    report, *_ = [
        make_assessment(owner=each, target=LEVEL, ratings=asked, submit=True)
        for each in (alice, *others)
    ]
    draft = make_assessment(owner=alice, target=LEVEL, ratings={SKILL: 3, "sdlc": 2})
    return report, draft


def said_on(page, report):
    """What the page of a report says, but for the notice of a newer version."""
    page.goto(reverse("assessment:report", args=[report.uid]))
    main = page.locator("main")
    main.locator("#newer").evaluate_all("all => all.forEach(each => each.remove())")
    return main.inner_text()


def edit_by_keyboard(page, draft):
    """One cell of the matrix, without the mouse, saved with the Enter key."""
    level, skill = draft.levels.get(key=LEVEL), draft.skills.get(key=SKILL)
    expect(page.locator(".matrix__keys")).to_be_visible()
    page.locator(f"[id='r{level.pk}-{skill.pk}']").focus()
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 cell saved.")).to_be_visible()


def try_it(page, spec):
    """Rates all, reads the report against the draft, and stops."""
    page.get_by_label("Try this draft").select_option(LEVEL)
    press(page, "Try this draft")
    for group in spec.groups:
        expect(page.get_by_text("You are trying the draft")).to_be_visible()
        rate_group(page, spec, group, dict.fromkeys(spec.skills_by_key, 3))
    expect(page.get_by_text("Trial of the draft")).to_be_visible()
    expect(page.get_by_text(re.compile("You 3 .*, required 5 "))).not_to_have_count(0)
    press(page, "Stop trying")
    expect(page.get_by_text("What you chose is forgotten.")).to_be_visible()


def test_a_ladder_from_draft_to_what_it_is_for_people(
    open_browser, spec, editor, alice, people
):
    report, open_one = people
    hers = open_browser(alice)
    before = said_on(hers, report)
    owners = open_browser(editor, viewport={"width": 1280, "height": 900})

    owners.goto(reverse("admin:index"))
    press(owners, "Start a draft")
    draft = Framework.objects.drafts().get()
    owners.goto(reverse("admin:index"))
    owners.get_by_role("link", name="Open the matrix").click()
    edit_by_keyboard(owners, draft)
    owners.goto(reverse("admin:assessment_impact", args=[draft.pk]))
    press(owners, "Count whom it moves")
    expect(
        owners.get_by_text("6 of 6 people would read another number")
    ).to_be_visible()
    owners.get_by_role("link", name="Preview, and publish").click()
    expect(owners.locator("#moves-most + ul")).to_contain_text("required 5, was 4")
    try_it(owners, spec)
    owners.get_by_label("What changed, and why").fill(WHY)
    press(owners, "See it as people will")
    expect(owners.locator(".notice")).to_contain_text(WHY)
    press(owners, f"Publish version {draft.version}")
    expect(owners.get_by_text(f"Version {draft.version} is live now")).to_be_visible()

    assert said_on(hers, report) == before
    hers.goto(reverse("assessment:carry_over", args=[open_one.uid]))
    expect(hers.get_by_text(WHY)).to_be_visible()
    press(hers, f"Carry it over to {draft.version}")
    expect(
        hers.get_by_text(f"You rate on version {draft.version} now.")
    ).to_be_visible()
    now = make_assessment(
        owner=alice,
        target="senior-tpm",
        ratings=dict.fromkeys(spec.skills_by_key, 5),
        submit=True,
    )
    hers.goto(reverse("assessment:then", args=[now.uid, report.uid]))
    for title in ("You changed", "The ladder changed"):
        expect(hers.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(hers.get_by_text(WHY)).to_be_visible()
    assert said_on(hers, report) == before
