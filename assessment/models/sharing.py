"""The links that show a report to others, and who has opened one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.assessment import Assessment
from assessment.models.people import (
    LABEL_LENGTH,
    OWNER_XOR_GUEST,
    Guest,
    digest_of,
)


class ShareLinkQuerySet(models.QuerySet):
    def live(self):
        """Those that open the report at this moment."""
        return self.filter(self._is_live())

    def readable(self):
        """Live, of an owner who may sign in: nobody else could revoke it."""
        return self.live().filter(assessment__owner__is_active=True)

    def of_token(self, token):
        return self.filter(token_digest=digest_of(token))

    def live_first(self):
        """The live ones before those that ended, and the newest first."""
        ended = models.Case(models.When(self._is_live(), then=0), default=1)
        return self.order_by(ended, "-pk")

    def with_report(self):
        """Joined with what the page of the shared report needs."""
        return self.select_related("assessment__framework", "assessment__target")

    def _is_live(self):
        return Q(revoked_at=None, expires_at__gt=timezone.now())


class ShareLink(models.Model):
    """A revocable, expiring, unguessable address of one report, or of the case made of it.

    The token of the address is told once, to its maker; only its digest is stored. The
    uid names the link in addresses that open nothing by themselves.
    """

    class State(models.TextChoices):
        LIVE = "live", _("Live")  # opens the report
        EXPIRED = "expired", _("Expired")  # opens nothing any more
        REVOKED = "revoked", _("Revoked")  # ended by its owner, for good

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="share_links"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64)
    label = models.CharField(max_length=LABEL_LENGTH)
    # What readers see as the person's name; nothing unless the person typed it.
    shown_name = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    includes_notes = models.BooleanField(default=False)
    shows_case = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token_digest"], name="share_link_token_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="share_link_expires_after_creation",
            ),
        ]

    def __str__(self):
        """Without label and name: they may be somebody's."""
        return f"Share link of {self.assessment}"

    def get_absolute_url(self):
        return reverse("assessment:shared_report", args=[self.uid])

    @property
    def state(self):
        """What the link is at this moment."""
        if self.revoked_at:
            return self.State.REVOKED
        if self.expires_at <= timezone.now():
            return self.State.EXPIRED
        return self.State.LIVE

    @property
    def is_live(self):
        return self.state == self.State.LIVE


class ShareGrant(models.Model):
    """The right of a reader, signed in or not, to open a share link without its token."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="grants")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="share_grants",
        db_index=False,
    )
    guest = models.ForeignKey(
        Guest,
        models.CASCADE,
        null=True,
        related_name="share_grants",
        db_index=False,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=OWNER_XOR_GUEST, name="share_grant_of_owner_or_guest"
            ),
            models.UniqueConstraint(
                fields=["owner", "link"], name="share_grant_once_per_owner"
            ),
            models.UniqueConstraint(
                fields=["guest", "link"], name="share_grant_once_per_guest"
            ),
        ]

    def __str__(self):
        """Without whose it is: Django's own pages may show it to staff."""
        return f"Right to read by share link {self.link_id}"
