"""The days of a plan in one's calendar, read back by a parser of calendars."""

import re
from datetime import date
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError
from icalendar import Calendar

from assessment import calendar_feed, plans
from assessment.models import Profile
from careers.store import live_framework, spec_of
from tests.factories import make_assessment, make_plan

PAGE, CALENDAR = "/me/reminders/", "/me/calendar/"
LONG = "Write, with the team; one page: " + "äöü and more, " * 12


@pytest.fixture
def plan(framework, alice):
    plan = make_plan(
        alice, ("tooling", 3, LONG), ("planning", 3, "Plan it."), ("testing", 2)
    )
    tooling, planning, _testing = plan.items.in_order()
    plans.change_item(
        item=tooling,
        due=date(2026, 3, 29),
        when_then="When Monday begins\\, I do; so",
        first_piece="",
    )
    plans.change_item(item=planning, due=date(2028, 2, 29))
    return plan


def address_of(client, **said):
    page = client.post(CALENDAR, said, follow=True).content.decode()
    return re.search(r'readonly value="http://testserver([^"]+)"', page)[1]


def events_of(content):
    return {
        str(each["uid"]): each for each in Calendar.from_ical(content).walk("VEVENT")
    }


def test_an_address_of_before_is_as_old_as_its_account(alice, bob):
    migration = import_module("assessment.migrations.0025_calendars_of_before")
    calendar_feed.make_address(person=alice)
    Profile.objects.update(calendar_since=None)
    Profile.objects.create(user=bob)

    migration.note_days(apps, None)

    since = dict(Profile.objects.values_list("user", "calendar_since"))
    assert since == {alice.pk: alice.date_joined, bob.pk: None}


def test_due_days_and_the_day_to_rate_again_are_read_back(plan, alice, client):
    Profile.objects.create(user=alice, rate_again_on=date(2026, 10, 25))
    token = calendar_feed.make_address(person=alice)

    answer = client.get(f"/calendar/{token}.ics")
    events = events_of(answer.content)

    tooling, planning, _testing = plan.items.in_order()
    said = [
        (str(each["summary"]), each.decoded("dtstart"), each.get("dtend"))
        for each in events.values()
    ]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert said == [
        (LONG, date(2026, 3, 29), None),
        (planning.piece, date(2028, 2, 29), None),
        ("Rate again: has it become true?", date(2026, 10, 25), None),
    ]
    first = events[f"{tooling.uid}@tpmguide"]
    assert str(first["description"]) == (f"{LONG}\n\nWhen Monday begins\\, I do; so")
    assert str(first["url"]) == "http://testserver/plan/"


def test_lines_are_short_and_end_as_the_standard_asks(plan, alice, client):
    token = calendar_feed.make_address(person=alice)

    content = client.get(f"/calendar/{token}.ics").content

    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"SUMMARY:Write\\, with the team\\; one page" in content


def test_the_same_step_has_the_same_uid_after_a_change(plan, alice, client):
    token = calendar_feed.make_address(person=alice)
    path = f"/calendar/{token}.ics"
    item = plan.items.get(skill_key="tooling")

    before = events_of(client.get(path).content)
    plans.change_item(item=item, due=date(2026, 4, 1), title="Another")
    after = events_of(client.get(path).content)

    assert before.keys() == after.keys()
    assert after[f"{item.uid}@tpmguide"].decoded("dtstart") == date(2026, 4, 1)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Honolulu"])
def test_a_day_is_that_day_in_every_zone(zone, plan, alice, client):
    Profile.objects.create(user=alice, time_zone=zone)
    token = calendar_feed.make_address(person=alice)

    with time_machine.travel("2026-03-28T23:30Z", tick=False):
        content = client.get(f"/calendar/{token}.ics").content

    assert b"DTSTART;VALUE=DATE:20260329" in content


def test_what_the_last_report_has_reached_is_not_in_it(plan, alice, client):
    token = calendar_feed.make_address(person=alice)
    ratings = dict.fromkeys(spec_of(live_framework()).skills_by_key, 2)
    make_assessment(owner=alice, ratings=ratings | {"tooling": 3}, submit=True)

    events = events_of(client.get(f"/calendar/{token}.ics").content)

    assert [each.decoded("dtstart") for each in events.values()] == [date(2028, 2, 29)]


def test_what_is_done_or_without_a_day_is_not_in_it(plan, alice, client):
    token = calendar_feed.make_address(person=alice)
    plans.tick(item=plan.items.get(skill_key="tooling"))

    events = events_of(client.get(f"/calendar/{token}.ics").content)

    assert [each.decoded("dtstart") for each in events.values()] == [date(2028, 2, 29)]


def test_the_address_is_shown_once_and_stored_nowhere(plan, alice, alice_client):
    address = address_of(alice_client)
    token = address.split("/")[-1].removesuffix(".ics")

    again = alice_client.get(PAGE).content.decode()

    assert len(token) == 43
    assert token not in again
    assert token not in str(list(Profile.objects.values()))


def test_a_new_address_ends_the_old_one_and_it_can_be_ended(
    plan, alice, alice_client, client
):
    first, second = address_of(alice_client), address_of(alice_client)
    opened = [client.get(each).status_code for each in (first, second)]
    alice_client.post(CALENDAR, {"end": "yes"})

    assert opened == [404, 200]
    assert client.get(second).status_code == 404


def test_who_leaves_has_no_calendar(plan, alice, client):
    token = calendar_feed.make_address(person=alice)
    Profile.objects.update(leaves_at="2026-03-12T12:00Z")

    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_a_locked_account_has_no_calendar(plan, alice, client):
    token = calendar_feed.make_address(person=alice)
    alice.is_active = False
    alice.save()

    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_the_last_day_of_all_is_read_like_any_other(plan, alice, client):
    Profile.objects.create(user=alice, rate_again_on=date.max)
    token = calendar_feed.make_address(person=alice)
    plans.change_item(item=plan.items.get(skill_key="testing"), due=date.max)

    events = events_of(client.get(f"/calendar/{token}.ics").content).values()

    assert [each.decoded("dtstart") for each in events][-2:] == [date.max, date.max]


def test_two_people_never_share_an_address(alice, bob):
    Profile.objects.create(user=alice, calendar_digest="a" * 64)
    with pytest.raises(IntegrityError, match="calendar"):
        Profile.objects.create(user=bob, calendar_digest="a" * 64)
