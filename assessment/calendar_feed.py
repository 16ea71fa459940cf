"""The days of a plan, and the one to rate again, as a calendar (RFC 5545) reads them.

All of them are whole days, which are the same in every time zone. Without an end, an event
lasts its day.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Calendar, Event

from assessment.actions import hold_person
from assessment.agenda import reached_in
from assessment.erasure import record_erasure
from assessment.models import Assessment, PlanItem, Profile, digest_of, new_token

READ_AGAIN = timedelta(hours=12)
DOMAIN = "tpmguide"  # of the uids: stable wherever the site moves


@transaction.atomic
def make_address(*, person) -> str:
    """The token of a new address, told once; one that was there opens nothing more.

    Raises Gone.
    """
    hold_person(person.pk)
    end_address(person=person)
    token = new_token()
    now = timezone.now()
    said = {"calendar_digest": digest_of(token), "calendar_since": now}
    Profile.objects.update_or_create(user=person, defaults=said)
    return token


@transaction.atomic
def end_address(*, person):
    """Nothing opens it again, a restored backup neither."""
    opened = Profile.objects.filter(user=person).exclude(calendar_digest="")
    pks = list(opened.select_for_update().values_list("pk", flat=True))
    Profile.objects.filter(pk__in=pks).update(calendar_digest="", calendar_since=None)
    record_erasure(Profile, pks)


def calendar_of(profile, plan_address, start_address) -> bytes:
    """The open steps that have a day, without what a report has reached."""
    calendar = Calendar()
    calendar.add("prodid", "-//tpmguide//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", gettext("My plan"))
    calendar.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    items = PlanItem.objects.unfinished().filter(plan__owner=profile.user_id)
    items = items.exclude(due=None).select_related("plan").order_by("due", "pk")
    reached = reached_in(items, Assessment.objects.filter(owner=profile.user_id))
    for item in items:
        if item in reached:
            continue
        text = "\n\n".join(filter(None, [item.title, item.when_then]))
        calendar.add_component(_day(item.uid, item.due, item.piece, text, plan_address))
    if profile.rate_again_on:
        said = gettext("Rate again: has it become true?")
        uid = f"rate-again-{profile.calendar_digest[:16]}"
        day = _day(uid, profile.rate_again_on, said, "", start_address)
        calendar.add_component(day)
    return calendar.to_ical()


def _day(uid, day, summary, text, address):
    event = Event()
    event.add("uid", f"{uid}@{DOMAIN}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", day)
    event.add("summary", summary)
    if text:
        event.add("description", text)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event
