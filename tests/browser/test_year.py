"""A year in the browser: assess, plan, journal, remind, a new version, rate again, case."""

from datetime import date

import pytest
import time_machine
from django.core import mail
from playwright.sync_api import expect

from assessment.actions import save_answers
from assessment.answers import Answer
from assessment.models import Assessment
from assessment.reminders import write_reminders
from careers.publishing import apply_import, plan_spec, publish_framework
from tests.browser.looks import PHONE
from tests.browser.steps import (
    REPORT,
    card_of,
    follow,
    press,
    rate,
    see_saved,
    unfold,
)
from tests.factories import make_assessment

pytestmark = pytest.mark.browser

TARGET = "senior-tpm"
LINE = "Led the review of the billing move."


def publish_harder(spec, key):
    """A version in which the target asks for one level more of a skill."""
    level = spec.levels_by_key[TARGET]
    harder = level.replaced(
        requirements=tuple(
            each.replaced(required=each.required + 1) if each.skill == key else each
            for each in level.requirements
        )
    )
    levels = tuple(harder if each is level else each for each in spec.levels)
    plan = plan_spec(spec.replaced(version="9.0", levels=levels))
    publish_framework(framework=apply_import(plan), notes="Asks for more.")


def test_a_year_goes_round(open_browser, spec, alice):
    level = spec.levels_by_key[TARGET]

    with time_machine.travel("2026-03-02T12:00:00Z"):
        first = make_assessment(owner=alice, target=TARGET, submit=True)
        page = open_browser(alice, viewport=PHONE)
        page.goto(f"/plan/propose/{first.uid}/?hours_a_week=6&until=2026-12-31")
        press(page, "Take these into my plan")
        item = alice.plans.get().items.in_order().first()
        page.goto(item.get_absolute_url())
        page.get_by_label("Due on").fill("2026-03-20")
        press(page, "Save the step")
        page.goto("/me/reminders/")
        page.get_by_label("Once a week").check()
        page.get_by_label("Rate again on").fill("2026-12-01")
        page.get_by_label("Send me a mail on that day").check()
        press(page, "Save")
        expect(page.get_by_text("The next one is due on 9 March 2026.")).to_be_visible()

    with time_machine.travel("2026-03-09T12:00:00Z"):
        assert write_reminders() == 1
        assert item.piece in mail.outbox[-1].body
        page = open_browser(alice, viewport=PHONE)
        page.goto("/plan/")
        page.get_by_role("radio", name=item.skill_name, exact=True).check()
        page.get_by_label("One line is enough").fill(LINE)
        press(page, "Keep")
        expect(page.get_by_text(LINE, exact=True)).to_be_visible()
        entry = alice.journal.get()
        assert (entry.skill_key, entry.day) == (item.skill_key, date(2026, 3, 9))

    with time_machine.travel("2026-06-01T12:00:00Z"):
        # Not the one that is practised, and room above what is required.
        raised = next(
            each.skill
            for each in level.requirements
            if each.skill != item.skill_key and 0 < each.required < 4
        )
        publish_harder(spec, raised)
        page = open_browser(alice, viewport=PHONE)
        page.goto(f"/reports/{first.uid}/")
        expect(page.get_by_text("9.0").first).to_be_visible()

    with time_machine.travel("2026-12-01T12:00:00Z"):
        mail.outbox.clear()
        assert (
            write_reminders() == 2
        )  # months without a worker: one, and the day itself
        assert [each.subject for each in mail.outbox] == [
            "Time to rate again",
            "Your plan",
        ]
        page = open_browser(alice, viewport=PHONE)
        page.goto(f"/assess/?framework={spec.key}&target={TARGET}&based_on={first.uid}")
        press(page, "Start from your answers of 2 March 2026")
        page.wait_for_url("**/rate/**")
        draft = Assessment.objects.get(status="draft")
        group = spec.skills_by_key[item.skill_key].group
        page.goto(f"/assess/{draft.uid}/rate/{group}/#{item.skill_key}")
        card = card_of(page, item.skill_key)
        expect(card.get_by_text(LINE).first).to_be_visible()
        card.get_by_role("checkbox", name="Keep as evidence").check()
        unfold(page, item.skill_key, "Choose again")
        rate(page, item.skill_key, item.value)
        see_saved(page, item.skill_key)
        others = {
            key: Answer(value=2) for key in spec.skills_by_key if key != item.skill_key
        }
        save_answers(assessment=draft, answers=others)
        page.goto(f"/assess/{draft.uid}/review/")
        press(page, "Submit and read the report")
        expect(page).to_have_url(REPORT)
        now = Assessment.objects.get(uid=draft.uid)
        noted = now.ratings.get(skill__key=item.skill_key).note
        assert noted == f"{LINE} (9 March 2026)"

        page.goto("/progress/")
        expect(
            page.get_by_text("One skill rose since the report before.")
        ).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

        page.goto(f"/case/{now.uid}/")
        row = page.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name=item.skill_name)
        )
        expect(row.first).to_contain_text(LINE)
        page.get_by_role("textbox", name="What I ask for").fill("One review a month.")
        press(page, "Keep it")
        expect(page.locator("#asks-title + p")).to_have_text("One review a month.")

        page.goto(f"/reports/{now.uid}/summary/")
        expect(page.get_by_text("One review a month.")).to_be_visible()
        follow(page, "The whole report")
        expect(page).to_have_url(REPORT)
