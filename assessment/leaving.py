"""How a person leaves: asked for, stopped within seven days, or carried out.

docs/decisions/0016-how-a-person-leaves.md says what goes, what stays, and why.
"""

import logging

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from assessment.actions import hold_person
from assessment.erasure import record_erasure
from assessment.models import Assessment, Profile, ShareLink
from assessment.personal import REGISTRY
from assessment.sharing import end_links

events = logging.getLogger("tpmguide.events")

SALT = "assessment.leaving"
BATCH = 100  # log entries are looked up for so many rows at once


@transaction.atomic
def ask_to_leave(*, person, address_of_token):
    """Ends share links at once, and the account in seven days; says so by mail.

    The mail holds the address at which this is stopped without signing in. Asked twice,
    the first asking counts. Raises Gone.
    """
    person = hold_person(person.pk)
    profile, _made = Profile.objects.get_or_create(user=person)
    if profile.leaves_at is None:
        # To the second, so that the token of the mail can name it.
        now = timezone.now().replace(microsecond=0)
        profile.leaves_at = now + Profile.MIND_CHANGED_FOR
        profile.save(update_fields=["leaves_at"])
        end_links(ShareLink.objects.filter(assessment__owner=person))
        context = {
            "leaves_at": profile.leaves_at,
            "address": address_of_token(token_of(profile)),
        }
        text = render_to_string("assessment/leaving_mail.txt", context)
        send_mail(gettext("Your account is about to end"), text, None, [person.email])
        events.info("account_leaves", extra={"user": person.pk})
    return profile


def keep_account(*, profile):
    """Stops the leaving of this profile; share links stay ended."""
    if Profile.objects.filter(pk=profile.pk, leaves_at=profile.leaves_at).update(
        leaves_at=None
    ):
        events.info("account_kept", extra={"user": profile.user_id})


def token_of(profile):
    """What the mail holds. It stops this leaving, and no other one."""
    return signing.dumps(_said_in_token(profile), salt=SALT)


def profile_of_token(token):
    """The profile whose leaving this token stops; None where there is nothing to stop."""
    try:
        said = signing.loads(token, salt=SALT, max_age=Profile.MIND_CHANGED_FOR)
    except signing.BadSignature:
        return None
    profile = Profile.objects.filter(pk=said["profile"]).first()
    is_this = profile and profile.leaves_at
    return profile if is_this and said == _said_in_token(profile) else None


def _said_in_token(profile):
    return {"profile": profile.pk, "at": int(profile.leaves_at.timestamp())}


def remove_those_who_left(*, now):
    """Deletes the accounts whose days are over; how many. One transaction each."""
    removed = 0
    people = get_user_model().objects.select_for_update()
    for pk in list(Profile.objects.to_remove(now).values_list("user", flat=True)):
        with transaction.atomic():
            person = people.filter(pk=pk).first()
            left = Profile.objects.to_remove(now).select_for_update().filter(user=pk)
            if left.first():  # who has changed their mind at this moment stays
                remove_account(person=person)
                removed += 1
    return removed


@transaction.atomic
def remove_account(*, person):
    """Deletes a person with all that is kept of them, in the log of staff and mail too.

    Versions of a ladder that they published stay, without their name. Their sessions end.
    One that the list of their browsers does not know opens nothing any more: it goes with
    the next `remove_unclaimed`, or if it only waits for a code of theirs, by its end.
    """
    # Nothing can be added to a person, or to an assessment, that is locked like this.
    get_user_model().objects.select_for_update().filter(pk=person.pk).first()
    locked = Assessment.objects.select_for_update().filter(owner=person)
    owned = list(locked.values_list("pk", flat=True))
    addresses = {person.email, *_addresses_of(person)} - {""}
    _delete_log_about(person)
    for mail in apps.get_model("tpmguide.Mail").objects.all():
        if addresses & set(mail.recipients):
            mail.delete()
    end_sessions(person)
    number = person.pk
    record_erasure(get_user_model(), [number])
    record_erasure(Assessment, owned)  # a backup may hold them as a guest's
    person.delete()
    if owned:
        events.info("assessments_deleted", extra={"assessments": owned})
    events.info("account_deleted", extra={"user": number})


def end_sessions(person):
    """Signs somebody out in every browser that the list of their browsers knows."""
    for browser in UserSession.objects.filter(user=person):
        browser.end()


def _addresses_of(person):
    emails = apps.get_model("account.EmailAddress").objects.filter(user=person)
    return emails.values_list("email", flat=True)


def _delete_log_about(person):
    """Entries name rows by what they were called, such as an e-mail address."""
    for kept in REGISTRY:
        if not kept.of_person or kept.only or kept.model is LogEntry:
            continue
        about = ContentType.objects.get_for_model(kept.model)
        pks = [str(pk) for pk in kept.rows_of(person).values_list("pk", flat=True)]
        for start in range(0, len(pks), BATCH):
            some = pks[start : start + BATCH]
            LogEntry.objects.filter(content_type=about, object_id__in=some).delete()
