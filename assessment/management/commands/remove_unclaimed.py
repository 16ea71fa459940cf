"""Deletes what guests left and nobody claimed. Meant to be run once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessment.guests import remove_unseen
from assessment.models import Guest


class Command(BaseCommand):
    help = (
        f"Delete guests that were not seen for {Guest.KEPT_FOR.days} days with all that "
        "they hold, and what nobody can open: assessments without an owner, rights to "
        "read by links that ended, sessions that ran out."
    )

    def handle(self, **options):
        guests, assessments, grants, sessions = remove_unseen(now=timezone.now())
        self.stdout.write(
            f"Deleted: guests {guests}, unclaimed assessments {assessments}, "
            f"rights to read by ended links {grants}, expired sessions {sessions}."
        )
