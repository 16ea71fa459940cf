"""Whose rows are: a guest, or a person with what they say of themselves."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LABEL_LENGTH = 80
EDUCATION_LENGTH = 200
TOKEN_BYTES = 32
STAMP_EVERY = timedelta(minutes=5)  # at most so often it is written that one was here

# A person, or a guest, and never both.
OWNER_XOR_GUEST = Q(owner=None, guest__isnull=False) | Q(
    owner__isnull=False, guest=None
)


def new_token():
    """What opens an address or a cookie, and is kept as its digest alone."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token):
    """SHA-256 of a token, in hexadecimal; enough for a token of 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


class GuestQuerySet(models.QuerySet):
    def of_token(self, token):
        return self.filter(token_digest=digest_of(token))


class Guest(models.Model):
    """Whoever rates without an account: a browser that holds the token of this row.

    Only the digest is stored. What a guest owns are rows that point here; they go with
    this row KEPT_FOR after the last use, or move to an account at sign-in.
    """

    KEPT_FOR = timedelta(days=30)

    token_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    last_seen = models.DateTimeField(db_index=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_digest"], name="guest_token_once")
        ]

    def __str__(self):
        return f"Guest {self.pk}"


class ProfileQuerySet(models.QuerySet):
    def to_remove(self, now):
        """Of those who asked to leave, and whose days to change their mind are over."""
        return self.filter(leaves_at__lte=now)

    def to_remind(self, day):
        """Who waits for a mail of this day or an earlier one, and does not leave."""
        due = Q(next_reminder__lte=day) | Q(next_rate_again__lte=day)
        return self.filter(due, leaves_at=None, user__is_active=True)

    def of_calendar(self, token):
        of_token = self.filter(calendar_digest=digest_of(token))
        return of_token.filter(leaves_at=None, user__is_active=True)


class Profile(models.Model):
    """What a person says of themselves; who said nothing has none."""

    MIND_CHANGED_FOR = timedelta(days=7)  # from asking to leave until all is deleted

    class Rhythm(models.TextChoices):
        NEVER = "", _("Never")  # no mail about a plan
        WEEKLY = "weekly", _("Once a week")
        MONTHLY = "monthly", _("Once a month")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile"
    )
    name = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    time_zone = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=16, blank=True, default="")
    # Shown beside the usual years, and left out of suggestions; never scored.
    years = models.PositiveSmallIntegerField(null=True, blank=True)
    education = models.CharField(max_length=EDUCATION_LENGTH, blank=True, default="")
    certifications = models.JSONField(blank=True, default=list)  # their keys
    leaves_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # Mail about the plan: how often, counted from which day, and when the next is due. All
    # are days of the person's own zone.
    reminders = models.CharField(
        max_length=10, choices=Rhythm, blank=True, default=Rhythm.NEVER
    )
    reminders_from = models.DateField(null=True, blank=True)
    next_reminder = models.DateField(null=True, blank=True, db_index=True)
    rate_again_on = models.DateField(null=True, blank=True)
    # The day to rate again of which a mail is still to tell; without one, none does.
    next_rate_again = models.DateField(null=True, blank=True, db_index=True)
    # The first page of this site as the person reaches it, for links in such mail.
    site = models.URLField(blank=True, default="")
    # Of the secret address at which a calendar reads the days; empty: there is none.
    calendar_digest = models.CharField(max_length=64, blank=True, default="")
    calendar_since = models.DateTimeField(null=True, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar_digest"],
                condition=~Q(calendar_digest=""),
                name="profile_calendar_once",
            ),
            models.CheckConstraint(
                condition=Q(reminders="", next_reminder=None)
                | ~Q(reminders="") & Q(reminders_from__isnull=False),
                name="profile_reminder_of_a_rhythm",
            ),
        ]

    def __str__(self):
        """Without the name: Django's own pages may show it to staff."""
        return f"Profile {self.pk}"


class Download(models.Model):
    """Everything of a person as one file, which is too much to be made while they wait.

    `begun_at` is when a worker took it up. Goes after KEPT_FOR.
    """

    KEPT_FOR = timedelta(days=1)

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE)
    asked_at = models.DateTimeField(db_index=True)
    begun_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    def __str__(self):
        return f"Download {self.pk}"


class Erased(models.Model):
    """That a row was deleted for good, or a share link revoked: its number and when.

    See `assessment.erasure`.
    """

    model = models.CharField(max_length=40)  # its label
    row = models.BigIntegerField()
    erased_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.model} {self.row}"
