"""Mail about a plan: only if wanted, once, on the right day of the person's zone."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment import plans, reminders
from assessment.models import Profile
from assessment.reminders import day_after, nth_day, write_reminders
from careers.store import live_framework, spec_of
from tests.factories import make_assessment, make_plan, make_with_planning_as

PAGE = "/me/reminders/"
BERLIN, AUCKLAND, HONOLULU = "Europe/Berlin", "Pacific/Auckland", "Pacific/Honolulu"


@pytest.fixture
def plan(framework, alice):
    plan = make_plan(alice, ("tooling", 3, "Tidy <the> board, twice"))
    plans.change_item(item=plan.items.get(), due=date(2026, 3, 6))
    return plan


def choose(person, rhythm="", *, at, zone=BERLIN, again=None, by_mail=False):
    """Wants mail from a moment on, as the page keeps it."""
    Profile.objects.update_or_create(user=person, defaults={"time_zone": zone})
    with time_machine.travel(at, tick=False):
        reminders.set_reminders(
            person=person,
            rhythm=rhythm,
            rate_again_on=again,
            by_mail=by_mail,
            site="https://guide.example.org/",
        )


def written_at(*moments):
    """[how many mails are written at each of these moments]."""
    found = []
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            found.append(write_reminders())
    return found


# Which day
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "rhythm", "days"),
    [
        (date(2026, 3, 2), "weekly", [date(2026, 3, 9), date(2026, 3, 16)]),
        (date(2026, 12, 15), "monthly", [date(2027, 1, 15), date(2027, 2, 15)]),
        (date(2026, 1, 31), "monthly", [date(2026, 2, 28), date(2026, 3, 31)]),
        (date(2028, 1, 30), "monthly", [date(2028, 2, 29), date(2028, 3, 30)]),
        (date(2028, 2, 29), "monthly", [date(2028, 3, 29), date(2028, 4, 29)]),
    ],
)
def test_a_rhythm_keeps_its_day_and_shortens_for_short_months(start, rhythm, days):
    assert [nth_day(start, rhythm, n) for n in (1, 2)] == days


def test_the_next_day_is_behind_today_however_long_nothing_ran():
    assert day_after(date(2026, 3, 2), "weekly", date(2026, 3, 9)) == date(2026, 3, 16)
    assert day_after(date(2026, 3, 2), "weekly", date(2026, 6, 1)) == date(2026, 6, 8)
    assert day_after(date(2028, 2, 29), "monthly", date(2029, 2, 28)) == date(
        2029, 3, 29
    )


# Written once, in the morning of the zone
# ------------------------------------------------------------------------------------


def test_nobody_gets_mail_who_did_not_choose_it(plan, alice):
    choose(alice, at="2026-03-02T12:00Z", again=date(2026, 3, 3))

    assert written_at("2026-03-09T12:00Z", "2027-03-09T12:00Z") == [0, 0]
    assert mail.outbox == []


def test_a_week_later_it_is_written_once_from_eight_on(plan, alice):
    choose(alice, "weekly", at="2026-03-02T12:00Z")

    found = written_at(
        "2026-03-09T06:59:59Z",  # 7:59:59 in Berlin
        "2026-03-09T07:00Z",
        "2026-03-09T07:00Z",
        "2026-03-15T22:00Z",
        "2026-03-16T07:00Z",
    )

    assert found == [0, 1, 0, 0, 1]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("zone", "moments"),
    [
        (BERLIN, {"2026-03-30T05:59Z": 0, "2026-03-30T06:00Z": 1}),
        (AUCKLAND, {"2026-03-29T18:59Z": 0, "2026-03-29T19:00Z": 1}),
        (HONOLULU, {"2026-03-30T17:59Z": 0, "2026-03-30T18:00Z": 1}),
    ],
)
def test_the_morning_is_that_of_the_zone_on_each_side_of_the_world(
    zone, moments, plan, alice
):
    choose(alice, at="2026-03-23T12:00Z", zone=zone)
    Profile.objects.update(
        reminders="weekly",
        reminders_from=date(2026, 3, 23),
        next_reminder=date(2026, 3, 30),
    )

    assert written_at(*moments) == list(moments.values())


def test_when_clocks_change_it_is_still_eight_and_once(plan, alice):
    choose(alice, "weekly", at="2026-03-22T12:00Z")  # to 29 March, the spring change
    spring = written_at("2026-03-29T05:59Z", "2026-03-29T06:00Z", "2026-03-29T07:00Z")
    choose(alice, "", at="2026-03-30T12:00Z")
    choose(alice, "weekly", at="2026-10-18T12:00Z")  # to 25 October, the autumn change
    autumn = written_at("2026-10-25T06:59Z", "2026-10-25T07:00Z", "2026-10-25T08:00Z")

    assert (spring, autumn) == ([0, 1, 0], [0, 1, 0])


def test_after_weeks_without_a_worker_one_mail_is_enough(plan, alice):
    choose(alice, "weekly", at="2026-03-02T12:00Z")

    assert written_at("2026-05-20T12:00Z", "2026-05-20T12:01Z") == [1, 0]
    assert alice.profile.__class__.objects.get().next_reminder == date(2026, 5, 25)


def test_the_day_to_rate_again_is_told_once_also_on_29_february(framework, alice):
    choose(alice, at="2028-01-02T12:00Z", again=date(2028, 2, 29), by_mail=True)

    assert written_at(
        "2028-02-28T12:00Z", "2028-02-29T12:00Z", "2028-03-01T12:00Z"
    ) == [
        0,
        1,
        0,
    ]
    (message,) = mail.outbox
    assert message.subject == "Time to rate again"
    assert "https://guide.example.org/assess/" in message.body
    assert Profile.objects.get().rate_again_on == date(2028, 2, 29)


def test_two_workers_at_once_write_one(plan, alice):
    """The second finds the row as the first has left it."""
    choose(alice, "weekly", at="2026-03-02T12:00Z")
    pk = Profile.objects.get().pk

    moment = datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert [reminders._remind(pk, moment) for _ in range(2)] == [1, 0]


def test_without_an_open_step_there_is_nothing_to_remind_of(plan, alice):
    choose(alice, "weekly", at="2026-03-02T12:00Z")
    plans.tick(item=plan.items.get())

    assert written_at("2026-03-09T12:00Z") == [0]
    assert Profile.objects.get().next_reminder == date(2026, 3, 16)


def test_a_step_that_the_last_report_has_reached_is_named_no_more(plan, alice):
    choose(alice, "weekly", at="2026-03-02T12:00Z")
    skills = plan.items.get().skill_key, "planning"
    short, met = [dict.fromkeys(skills, value) for value in (2, 3)]
    ratings = {**dict.fromkeys(spec_of(live_framework()).skills_by_key, 2)}
    other = make_plan(alice, ("planning", 4, "Plan a year"), target="senior-tpm")

    make_assessment(owner=alice, ratings=ratings | met, submit=True)
    assert written_at("2026-03-09T12:00Z") == [1]
    assert "Plan a year" in mail.outbox[-1].body
    plans.drop(item=other.items.get())
    assert written_at("2026-03-16T12:00Z") == [0]
    make_assessment(owner=alice, ratings=ratings | short, submit=True)
    assert written_at("2026-03-23T12:00Z") == [1]
    assert "Tidy <the> board, twice" in mail.outbox[-1].body


def test_who_leaves_gets_no_mail(plan, alice):
    choose(alice, "weekly", at="2026-03-02T12:00Z")
    Profile.objects.update(leaves_at="2026-03-12T12:00Z")

    assert written_at("2026-03-09T12:00Z") == [0]


@pytest.mark.parametrize(
    "moment",
    ["2026-03-05T12:00Z", "2026-03-08T21:00Z", "2026-03-09T06:59Z"],
    ids=["days before", "within fourteen hours", "before eight"],
)
def test_whom_nothing_is_due_for_costs_one_query(moment, plan, alice, bob):
    choose(alice, "weekly", at="2026-03-02T12:00Z")
    choose(bob, at="2026-03-02T12:00Z", again=date(2026, 3, 9), by_mail=True)

    with (
        time_machine.travel(moment, tick=False),
        CaptureQueriesContext(connection) as queries,
    ):
        write_reminders()

    assert len(queries) == 1


def test_the_worker_writes_and_sends_them(plan, alice, settings):
    settings.EMAIL_BACKEND = "tpmguide.mail.EmailBackend"
    settings.EMAIL_SENT_BY = "django.core.mail.backends.locmem.EmailBackend"
    choose(alice, "weekly", at="2026-03-02T12:00Z")

    with time_machine.travel("2026-03-09T12:00Z", tick=False):
        call_command("work", once=True)
        call_command("work", once=True)

    (message,) = mail.outbox
    assert message.to == ["alice@example.org"]
    assert (
        message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    )


def test_a_next_mail_without_a_rhythm_is_refused_by_the_database(alice):
    with pytest.raises(IntegrityError, match="profile_reminder_of_a_rhythm"):
        Profile.objects.create(user=alice, next_reminder=date(2026, 3, 9))


# What it says, and how it ends
# ------------------------------------------------------------------------------------


@pytest.fixture
def message(plan, alice):
    choose(alice, "weekly", at="2026-03-02T12:00Z")
    written_at("2026-03-09T12:00Z")
    return mail.outbox[0]


def test_it_names_the_next_step_as_text_and_as_html(message):
    html, kind = message.alternatives[0]

    assert message.subject == "Your plan"
    assert "next in your plan for TPM: Tidy <the> board, twice (Tooling)." in (
        message.body
    )
    assert "It was due on 6 March 2026: do it, move the date, or let it go." in (
        message.body
    )
    assert kind == "text/html"
    assert "Tidy &lt;the&gt; board, twice" in html
    assert 'href="https://guide.example.org/plan/"' in html


def test_it_names_the_plan_that_the_step_is_of(plan, alice):
    later = make_plan(alice, ("planning", 4, "Plan a year"), target="senior-tpm")
    plans.change_item(item=plan.items.get(), due=date(2026, 3, 20))
    plans.change_item(item=later.items.get(), due=date(2026, 3, 6))
    choose(alice, "weekly", at="2026-03-02T12:00Z")
    written_at("2026-03-09T12:00Z")

    (message,) = mail.outbox
    html, _kind = message.alternatives[0]
    assert "next in your plan for Senior TPM: Plan a year (Planning)." in message.body
    assert "next in your plan for Senior TPM:" in html


def test_it_calls_the_skill_by_its_live_name(framework, alice):
    make_plan(alice, ("planning", 3, "Plan a year"))
    make_with_planning_as(("foresight", ("planning",)))
    choose(alice, "weekly", at="2026-03-02T12:00Z")
    written_at("2026-03-09T12:00Z")

    (message,) = mail.outbox
    html, _kind = message.alternatives[0]
    assert "Plan a year (Foresight)." in message.body
    assert "Foresight" in html


def stop_address(message):
    return re.fullmatch(
        "<https://guide.example.org(/.+)>", message.extra_headers["List-Unsubscribe"]
    )[1]


def test_one_press_signed_out_ends_them(message):
    browser = Client(enforce_csrf_checks=True)
    address = stop_address(message)
    assert f"https://guide.example.org{address}" in message.body

    looked = browser.get(address)
    still = Profile.objects.get().reminders
    pressed = browser.post(address)

    assert "Stop the mails about your plan?" in looked.content.decode()
    assert still == "weekly"
    assert "The mails are stopped" in pressed.content.decode()
    assert written_at("2026-03-16T12:00Z") == [0]
    assert pressed["X-Robots-Tag"] == "noindex, nofollow"


def test_the_one_click_of_a_mail_program_ends_them(message):
    answer = Client(enforce_csrf_checks=True).post(
        stop_address(message), {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 200
    assert Profile.objects.values_list("reminders", "next_reminder").get() == ("", None)


def test_a_wrong_token_stops_nothing(message):
    address = reverse("assessment:stop_reminders", args=["x" * 40])

    assert Client().post(address).status_code == 404
    assert Profile.objects.get().reminders == "weekly"


# The page
# ------------------------------------------------------------------------------------


def test_what_is_chosen_on_the_page_is_kept(alice, alice_client):
    sent = {"rhythm": "monthly", "rate_again_on": "2026-09-01", "by_mail": "on"}

    with time_machine.travel("2026-03-31T12:00Z", tick=False):
        answer = alice_client.post(PAGE, sent)
        page = alice_client.get(PAGE).content.decode()

    kept = Profile.objects.values_list(
        "reminders", "reminders_from", "next_reminder", "rate_again_on", "site"
    ).get()
    assert answer.url == PAGE
    assert kept == (
        "monthly",
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 9, 1),
        "http://testserver/",
    )
    assert "The next one is due on 30 April 2026." in page


def test_saving_again_does_not_put_off_what_is_due(alice, alice_client):
    for moment in ("2026-03-02T12:00Z", "2026-03-05T12:00Z"):
        with time_machine.travel(moment, tick=False):
            alice_client.post(PAGE, {"rhythm": "weekly"})

    assert Profile.objects.get().next_reminder == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"rhythm": "daily"}, "Choose one of these."),
        ({"by_mail": "on"}, "Choose the day of the mail."),
        ({"by_mail": "on", "rate_again_on": "2026-03-02"}, "Choose a day to come."),
        ({"rate_again_on": "soon"}, "Write the day as 2027-06-30."),
        ({"rate_again_on": "2036-02-29"}, "Choose a day within the next ten years."),
        (
            {"by_mail": "on", "rate_again_on": "9999-12-31"},
            "Choose a day within the next ten years.",
        ),
    ],
)
def test_bad_input_says_what_to_do(sent, error, alice, alice_client):
    with time_machine.travel("2026-03-02T12:00Z", tick=False):
        answer = alice_client.post(PAGE, sent)

    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Profile.objects.exists()
