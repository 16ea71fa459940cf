"""Writes a backup of the database while the app runs."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tpmguide.backups import (
    Refused,
    make_backup,
    remove_oldest,
    try_restore,
    write_erasures,
)


class Command(BaseCommand):
    help = "Write a backup of the whole database into BACKUP_DIR, while the app runs."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=settings.BACKUP_DIR)
        parser.add_argument(
            "--keep", type=int, metavar="N", help="Then leave the newest N backups."
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="Restore it into a scratch database and compute all scores anew.",
        )
        parser.add_argument(
            "--erased",
            action="store_true",
            help="Only write down what was deleted for good, for the next restore.",
        )

    def handle(self, *, folder, keep, check, erased, **options):
        if erased:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return write_erasures(folder)
        if keep is not None and keep < 1:
            raise CommandError("--keep must leave one backup at least.")
        try:
            path = make_backup(folder)
            if check:
                try_restore(path)
        except Refused as error:
            raise CommandError(error) from None
        size = path.stat().st_size / 1e6
        checked = " It was restored and compared." if check else ""
        self.stdout.write(f"Wrote {path}, {size:.1f} MB.{checked}")
        for name in remove_oldest(folder, keep) if keep else ():
            self.stdout.write(f"Removed {name}.")
