"""All writes to share links. Each is one transaction.

Who may make, revoke or open one is decided in `access.py`.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessment.erasure import Gone, record_erasure
from assessment.models import (
    STAMP_EVERY,
    Assessment,
    ShareGrant,
    ShareLink,
    digest_of,
    new_token,
)

MOST_LIVE_LINKS = 10  # of one report
MOST_GRANTS = 20  # of one reader; the oldest give way
events = logging.getLogger("tpmguide.events")


class TooManyLinks(Exception):
    """The report has MOST_LIVE_LINKS live links already: one has to be revoked first."""


@transaction.atomic
def create_share_link(
    *,
    assessment,
    label,
    days,
    shown_name="",
    includes_notes=False,
    shows_case=False,
) -> tuple[ShareLink, str]:
    """A new link that lives for `days`, and the token of its address.

    The token cannot be read again later. Raises ValueError for a draft, which has no
    report, and for an assessment without an owner, whose links nobody could revoke;
    TooManyLinks where the report has enough of them; Gone.
    """
    locked = Assessment.objects.select_for_update().filter(pk=assessment.pk).first()
    if locked is None:
        raise Gone
    if not locked.is_submitted or locked.owner_id is None:
        raise ValueError("Only the report of a person with an account is shared.")
    if locked.share_links.live().count() >= MOST_LIVE_LINKS:
        raise TooManyLinks
    token, now = new_token(), timezone.now()
    link = ShareLink.objects.create(
        assessment=locked,
        token_digest=digest_of(token),
        label=label,
        shown_name=shown_name,
        includes_notes=includes_notes,
        shows_case=shows_case,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    events.info("share_made", extra={"link": link.pk, "assessment": locked.pk})
    return link, token


@transaction.atomic
def revoke_share_link(*, link):
    """Ends a link at once; a second time changes nothing."""
    if end_links(ShareLink.objects.filter(pk=link.pk)):
        events.info("share_revoked", extra={"link": link.pk})


def end_links(links):
    """Ends those that have not ended, in the transaction of the caller; returns their pks.

    No restored backup opens them again.
    """
    live = links.filter(revoked_at=None).select_for_update()
    ended = list(live.values_list("pk", flat=True))
    ShareLink.objects.filter(pk__in=ended).update(revoked_at=timezone.now())
    record_erasure(ShareLink, ended)
    return ended


def record_opening(*, link):
    """Stores when the link was opened, to five minutes, so that reloading costs no write."""
    events.info("share_opened", extra={"link": link.pk})
    now = timezone.now()
    long_ago = Q(last_opened_at=None) | Q(last_opened_at__lte=now - STAMP_EVERY)
    ShareLink.objects.filter(long_ago, pk=link.pk).update(last_opened_at=now)


def grant_reading(*, link, owner=None, guest=None):
    """Lets a person or a guest, locked by `guests.hold`, read by this link from now on."""
    holder = {"owner": owner, "guest": guest}
    ShareGrant.objects.get_or_create(link=link, **holder)
    newest = ShareGrant.objects.filter(**holder).order_by("-pk")[:MOST_GRANTS]
    keep = list(newest.values_list("pk", flat=True))
    ShareGrant.objects.filter(**holder).exclude(pk__in=keep).delete()


def claim_grants(*, owner, guest):
    """Gives a person what a guest may read; returns the pks of what came."""
    mine = ShareGrant.objects.filter(owner=owner)
    new = ShareGrant.objects.filter(guest=guest).exclude(link__in=mine.values("link"))
    claimed = list(new.values_list("pk", flat=True))
    ShareGrant.objects.filter(pk__in=claimed).update(owner=owner, guest=None)
    return claimed


def release_grants(*, owner, guest, pks):
    """Gives back to a guest what came from one."""
    ShareGrant.objects.filter(owner=owner, pk__in=pks).exclude(
        link__in=ShareGrant.objects.filter(guest=guest).values("link")
    ).update(owner=None, guest=guest)
