"""Whether this process can do its work, asked anew each time."""

import logging
from dataclasses import dataclass
from functools import cache as once

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min
from django.utils import timezone

from careers.store import live_frameworks
from tpmguide.models import Mail

logger = logging.getLogger(__name__)


def _asked(check):
    """The check, which raises whatever it likes, as one that returns what is wrong or ""."""

    def asked():
        try:
            return check()
        except Exception as error:  # a cache has errors of its own
            kind = type(error).__name__
            logger.warning("Not ready: %s of %s.", kind, check.__name__)
            return "does not answer"

    return asked


@_asked
def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


@_asked
def cache_answers():
    cache.get("readyz")
    return ""


@_asked
def migrations():
    """Those of a newer release may be there too: it shares the database for a while."""
    missing = (
        _known_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    )
    return f"{len(missing)} to be applied" if missing else ""


@once
def _known_migrations():
    return frozenset(MigrationLoader(None).disk_migrations)


@_asked
def framework():
    return "" if live_frameworks().exists() else "none is published"


CHECKS = {
    "database": database,
    "cache": cache_answers,
    "migrations": migrations,
    "framework": framework,
}
"""What must hold for a page. Mail is none of it: a worker that stands still stops nobody."""


@dataclass(frozen=True)
class WaitingMail:
    """How many mails wait to be sent, and for how many seconds the oldest has."""

    count: int
    seconds: int


def load_waiting_mail():
    """None where the database cannot be asked."""
    try:
        found = Mail.objects.aggregate(count=Count("pk"), oldest=Min("written_at"))
    except DatabaseError:
        return None
    now = timezone.now()
    age = now - (found["oldest"] or now)
    return WaitingMail(found["count"], int(age.total_seconds()))
