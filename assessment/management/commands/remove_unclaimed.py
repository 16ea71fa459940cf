"""Deletes what guests began and nobody claimed. Meant to be run once a day."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessment.actions import delete_unclaimed

DAYS = 30


class Command(BaseCommand):
    help = f"Delete assessments without an owner that nobody touched for {DAYS} days."

    def handle(self, **options):
        count = delete_unclaimed(before=timezone.now() - timedelta(days=DAYS))
        self.stdout.write(f"{count} unclaimed assessments deleted.")
