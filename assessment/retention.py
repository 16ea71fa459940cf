"""What is over beside guests and those who left: mail, counts, sessions of nobody."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import connection

BATCH = 500  # sessions that are read at once


def remove_old_mail(*, now):
    """Deletes mail that no worker has sent, after the time that it is worth; how many."""
    mail = apps.get_model("tpmguide.Mail")
    old = mail.objects.filter(written_at__lt=now - mail.KEPT_FOR)
    return old.delete()[0]


def remove_old_counts(*, now):
    """Deletes counts of tries that ran out, which the cache would keep; how many.

    Nothing where the cache is no table.
    """
    cache = settings.CACHES["default"]
    if not cache["BACKEND"].endswith("DatabaseCache"):
        return 0
    table = connection.ops.quote_name(cache["LOCATION"])
    moment = connection.ops.adapt_datetimefield_value(now.replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [moment])
        return cursor.rowcount


def remove_sessions_of_nobody():
    """Deletes sessions whose account is deleted; how many. Reads all, a batch at a time."""
    removed, last = 0, ""
    while True:
        rows = Session.objects.filter(pk__gt=last).order_by("pk")
        batch = list(rows[:BATCH])
        if not batch:
            return removed
        last = batch[-1].pk
        people = {each.pk: each.get_decoded().get(SESSION_KEY) for each in batch}
        known = get_user_model().objects.filter(pk__in={*people.values()} - {None})
        there = {str(pk) for pk in known.values_list("pk", flat=True)}
        gone = [pk for pk, who in people.items() if who and who not in there]
        removed += Session.objects.filter(pk__in=gone).delete()[0]


def wipe_deleted():
    """Takes what was deleted out of SQLite's write-ahead log, too.

    The pages themselves were overwritten when it was deleted. Of PostgreSQL, VACUUM does
    it: docs/operation.md says when.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
