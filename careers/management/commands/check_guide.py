"""Says what is wrong with guide files."""

from django.core.management.base import CommandError

from careers.files import SHIPPED_GUIDE, FolderRefused, load_files, parse_guide
from careers.management.reporting import FileCommand
from careers.problems import errors, warnings


class Command(FileCommand):
    help = "Checks guide files without importing them."

    def add_arguments(self, parser):
        parser.add_argument(
            "path",
            nargs="?",
            default=SHIPPED_GUIDE,
            help="a folder or one file; without it, the guide that comes with the app",
        )

    def handle(self, *args, path, **options):
        found = self.check_files(path)
        if found:
            number = "1 error" if found == 1 else f"{found} errors"
            raise CommandError(f"{number}.")

    def check_files(self, path):
        """Tells of every problem; how many of them are errors."""
        try:
            guide, problems = parse_guide(load_files(path))
        except FolderRefused as refused:
            self.complain(refused.sentences)
            return len(refused.sentences)
        self.warn(problems)
        found = errors(problems)
        self.complain(found)
        if not found:
            self.stdout.write(
                f"The guide: no errors, {len(warnings(problems))} warnings, "
                f"{len(guide.pages)} pages, {len(guide.pay_ranges)} pay ranges, "
                f"{len(guide.questions)} questions."
            )
        return len(found)
