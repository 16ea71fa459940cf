"""Writes the guide as files that `import_guide` reads back unchanged."""

from django.core.management.base import BaseCommand, CommandError

from careers.files import FolderRefused, files_of, record_files, text_of
from careers.store import load_guide


class Command(BaseCommand):
    help = (
        "Exports the guide: as one document to the standard output, or with --to as "
        "several files."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", metavar="FOLDER", help="write several files there")
        parser.add_argument(
            "--force",
            action="store_true",
            help="write into a folder that is not empty, over files of the same names",
        )

    def handle(self, *args, to, force, **options):
        guide = load_guide()
        if guide is None:
            raise CommandError(
                "There is no guide yet. Run `manage.py import_guide` first."
            )
        if not to:
            self.stdout.write(text_of(guide), ending="")
            return
        files = files_of(guide)
        try:
            record_files(files, to, force=force)
        except FolderRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Wrote the guide to {to}: {len(files)} files.")
        self.stdout.write(
            f"Next: edit them, and try `manage.py import_guide {to} --dry-run`."
        )
