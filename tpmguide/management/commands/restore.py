"""Puts a backup in the place of the database. The app must not run meanwhile."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tpmguide.backups import Refused, restore_backup


class Command(BaseCommand):
    help = (
        "Put a backup in the place of the database, bring it to this release, delete "
        "again what was deleted since, and compute all scores anew. Stop the app first."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Also where the database holds assessments, which are lost.",
        )

    def handle(self, *, file, replace, **options):
        try:
            told = restore_backup(file, replace=replace)
        except Refused as error:
            raise CommandError(error) from None
        self.stdout.write(f"Restored {file}: {told}")
