"""Everything of a person as one file: at once where it is little, else by the worker."""

import logging
from datetime import timedelta
from threading import BoundedSemaphore

from django.db import DatabaseError, transaction
from django.utils import timezone

from assessment.actions import hold_person
from assessment.models import Download, Rating
from assessment.own_data import write_archive

logger = logging.getLogger(__name__)

# Or bringing in; of a process. Who asks meanwhile asks again.
MAKING = BoundedSemaphore(1)
SECONDS = 5  # about as long as what is LARGE takes
LARGE = 5_000  # answers: 250 assessments of twenty
LOST_AFTER = timedelta(minutes=15)  # a worker that was killed is not waited for longer


def is_large(person):
    return Rating.objects.filter(assessment__owner=person).count() > LARGE


@transaction.atomic
def ask_for_download(*, person):
    """Has it made, unless that is under way; what was made before goes. Raises Gone."""
    hold_person(person.pk)
    under_way = Download.objects.filter(owner=person, made_at=None)
    if not under_way.exists():
        fresh = {"asked_at": timezone.now(), "begun_at": None, "made_at": None}
        Download.objects.update_or_create(
            owner=person, defaults=fresh | {"content": None}
        )


def make_next_download():
    """Makes the one that waits longest; whether there was one. Holds no lock meanwhile."""
    now = timezone.now()
    waiting = Download.objects.filter(made_at=None).defer("content")
    found = waiting.exclude(begun_at__gt=now - LOST_AFTER).order_by("asked_at").first()
    if found is None:
        return False
    mine = waiting.filter(pk=found.pk, begun_at=found.begun_at).update(begun_at=now)
    if mine:
        try:
            with write_archive(found.owner) as file:
                made = {"content": file.read(), "made_at": timezone.now()}
            waiting.filter(pk=found.pk, begun_at=now).update(**made)
        except DatabaseError:
            raise
        except Exception:  # of one person; the mail of all others must go on
            logger.exception("A download could not be made.")
    return True


def remove_old_downloads(*, now):
    old = Download.objects.filter(asked_at__lt=now - Download.KEPT_FOR)
    return old.delete()[0]
