"""Deletes all that is over. Meant to be run once a day; the one command for it."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessment.downloads import remove_old_downloads
from assessment.guests import remove_unseen
from assessment.leaving import remove_those_who_left
from assessment.models import Guest
from assessment.retention import (
    remove_old_counts,
    remove_old_mail,
    remove_sessions_of_nobody,
    wipe_deleted,
)


class Command(BaseCommand):
    help = (
        f"Delete guests that were not seen for {Guest.KEPT_FOR.days} days with all that "
        "they hold, accounts whose people have left, and what nobody can open or waits "
        "for: assessments without an owner, rights to read by links that ended, sessions "
        "that ran out, mail that could not be sent, downloads of yesterday, counts of tries."
    )

    def handle(self, **options):
        now = timezone.now()
        accounts = remove_those_who_left(now=now)
        guests, assessments, grants, sessions = remove_unseen(now=now)
        sessions += remove_sessions_of_nobody()
        mail = remove_old_mail(now=now)
        downloads = remove_old_downloads(now=now)
        counts = remove_old_counts(now=now)
        wipe_deleted()
        self.stdout.write(
            f"Deleted: accounts {accounts}, guests {guests}, "
            f"unclaimed assessments {assessments}, "
            f"rights to read by ended links {grants}, expired sessions {sessions}, "
            f"mail {mail}, downloads {downloads}, counts of tries {counts}."
        )
