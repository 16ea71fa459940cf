"""Writes the guide of a framework as files that `import_guide` reads back unchanged."""

from django.core.management.base import CommandError

from careers.management.reporting import FileCommand
from careers.store import load_guide


class Command(FileCommand):
    help = (
        "Exports the guide of a framework: as one document to the standard output, or with --to as "
        "several files."
    )
    whole = "guide"

    def add_arguments(self, parser):
        parser.add_argument(
            "key", nargs="?", help="of which framework; default: FRAMEWORK_KEY"
        )
        self.add_folder(parser)

    def handle(self, *args, key, to, force, **options):
        guide = load_guide(key)
        if guide is None:
            raise CommandError(
                "There is no guide yet. Run `manage.py import_guide` first."
            )
        self.export(guide, "the guide", to=to, force=force)
