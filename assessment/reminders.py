"""Mail about a plan, for who wants it: a next step every week or month, and one day to rate
again.

The worker writes what is due, in the transaction that notes when the next one is: twice run
is once sent. Days are those of the person's zone, and a mail is written from MORNING on.
"""

import calendar
import logging
import zoneinfo
from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from assessment.actions import hold_person
from assessment.agenda import Agenda, live_spec_of, reached_in
from assessment.models import Assessment, PlanItem, Profile

logger = logging.getLogger(__name__)

MORNING = 8  # the hour of the day
SALT = "assessment.reminders"
EASTERNMOST = timedelta(hours=14)  # where a day begins first


def nth_day(start: date, rhythm: str, n: int) -> date:
    """The day after n weeks or months; the last of a month that is too short."""
    if rhythm == Profile.Rhythm.WEEKLY:
        return start + timedelta(weeks=n)
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def day_after(start: date, rhythm: str, today: date) -> date:
    """The first of the rhythm's days after today and after its start."""
    n = 1
    while nth_day(start, rhythm, n) <= today:
        n += 1
    return nth_day(start, rhythm, n)


@transaction.atomic
def set_reminders(*, person, rhythm, rate_again_on, by_mail, site):
    """Keeps what a person wants; a rhythm that stays goes on from where it was.

    Raises Gone.
    """
    hold_person(person.pk)
    profile, _made = Profile.objects.select_for_update().get_or_create(user=person)
    today = timezone.localdate()
    if rhythm != profile.reminders:
        profile.reminders = rhythm
        profile.reminders_from = today if rhythm else None
        profile.next_reminder = day_after(today, rhythm, today) if rhythm else None
    profile.rate_again_on = rate_again_on
    profile.next_rate_again = rate_again_on if by_mail else None
    profile.site = site
    profile.save()


def stop(*, profile):
    """Ends all of it; the day to rate again stays on the pages."""
    Profile.objects.filter(pk=profile.pk).update(
        reminders=Profile.Rhythm.NEVER,
        reminders_from=None,
        next_reminder=None,
        next_rate_again=None,
    )


def token_of(profile):
    return signing.dumps(profile.pk, salt=SALT)


def profile_of_token(token):
    """Whose mail this token stops; it never runs out. None for any other text."""
    try:
        return Profile.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None


# The worker
# ------------------------------------------------------------------------------------


def write_reminders():
    """Writes the mail that is due at this moment; how many."""
    now = timezone.now()
    waiting = Profile.objects.to_remind((now + EASTERNMOST).date())
    days = waiting.only("time_zone", "next_reminder", "next_rate_again")
    written = 0
    for pk in [each.pk for each in days if _is_due(each, now)]:
        try:
            written += _remind(pk, now)
        except DatabaseError:
            raise  # it is away for everybody
        except Exception:  # one person's must not keep all others from theirs
            logger.exception("A reminder could not be written.")
    return written


def _is_due(profile, now):
    here = now.astimezone(zone_of(profile))
    days = (profile.next_reminder, profile.next_rate_again)
    return here.hour >= MORNING and any(day and day <= here.date() for day in days)


@transaction.atomic
def _remind(pk, now):
    profile = (
        Profile.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=pk)
        .first()
    )
    if profile is None or not _is_due(profile, now):
        return 0
    today, written = now.astimezone(zone_of(profile)).date(), 0
    if profile.next_rate_again and profile.next_rate_again <= today:
        profile.next_rate_again = None
        written += _write(profile, today, rate_again=True)
    if profile.next_reminder and profile.next_reminder <= today:
        start, rhythm = profile.reminders_from, profile.reminders
        profile.next_reminder = day_after(start, rhythm, today)
        written += _write(profile, today, rate_again=False)
    profile.save(update_fields=["next_reminder", "next_rate_again"])
    return written


def _agenda_of(person, today):
    """What is open in a person's plans, without what a report has reached; None if nothing."""
    items = PlanItem.objects.filter(plan__owner=person).with_live().unfinished()
    items = list(items.select_related("plan").in_order())
    reached = reached_in(items, Assessment.objects.filter(owner=person))
    items = [each for each in items if each not in reached]
    return Agenda(items[0].plan, items, today) if items else None


def zone_of(profile):
    """As the person chose it; else that of the installation."""
    try:
        return zoneinfo.ZoneInfo(profile.time_zone or settings.TIME_ZONE)
    except (ValueError, zoneinfo.ZoneInfoNotFoundError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)


def _write(profile, today, *, rate_again):
    """One mail; none about a plan in which nothing is open."""
    agenda = None if rate_again else _agenda_of(profile.user, today)
    item = agenda and (agenda.next_item or agenda.waiting[0])
    if not (agenda or rate_again):
        return 0
    site = profile.site.rstrip("/")
    address = site + reverse("assessment:stop_reminders", args=[token_of(profile)])
    context = {
        "agenda": agenda,
        "item": item,
        "spec": item and live_spec_of(item),
        "rate_again": rate_again,
        "plan_address": site + reverse("assessment:plan"),
        "journal_address": site + reverse("assessment:journal"),
        "start_address": site + reverse("assessment:start"),
        "stop_address": address,
    }
    with translation.override(profile.language or settings.LANGUAGE_CODE):
        subject = gettext("Time to rate again") if rate_again else gettext("Your plan")
        mail = EmailMultiAlternatives(
            subject,
            render_to_string("assessment/reminder_mail.txt", context),
            to=[profile.user.email],
            headers={
                "List-Unsubscribe": f"<{address}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        html = render_to_string("assessment/reminder_mail.html", context)
        mail.attach_alternative(html, "text/html")
    mail.send()
    return 1
