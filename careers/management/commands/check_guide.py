"""Says what is wrong with guide files."""

from careers.files import SHIPPED_GUIDE, parse_guide
from careers.management.reporting import FileCommand


class Command(FileCommand):
    help = "Checks guide files without importing them."
    whole = "guide"

    def add_arguments(self, parser):
        self.add_path(parser)

    def handle(self, *args, path, **options):
        guide, warned = self.parse(path or SHIPPED_GUIDE, parse_guide)
        self.stdout.write(
            f"The guide: no errors, {warned} warnings, {len(guide.pages)} pages, "
            f"{len(guide.pay_ranges)} pay ranges, {len(guide.questions)} questions."
        )
