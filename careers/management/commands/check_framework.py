"""Says what is wrong with framework files, or with the versions in the database."""

from django.conf import settings

from careers.files import digest_of, parse_framework, shipped_folder
from careers.management.reporting import FileCommand
from careers.models import Framework
from careers.store import links_out_of, load_rows


class Command(FileCommand):
    help = "Checks framework files without importing them, or published versions."

    def add_arguments(self, parser):
        self.add_path(parser)
        parser.add_argument(
            "--database",
            action="store_true",
            help="check instead that no published or retired version has changed",
        )

    def handle(self, *args, path, database, **options):
        if database:
            self.check_database()
            return
        folder = path or shipped_folder(settings.FRAMEWORK_KEY)
        spec, warned = self.parse(folder, parse_framework)
        self.stdout.write(
            f"{spec.title} {spec.version}: no errors, {warned} warnings, "
            f"{len(spec.skills)} skills, {len(spec.levels)} career levels."
        )

    def check_database(self):
        frozen = Framework.objects.exclude(status=Framework.Status.DRAFT)
        found = []
        for framework in frozen:
            drift = self.drift_of(framework)
            found += drift
            if not drift:
                self.stdout.write(f"{framework}: as it was published.")
        if not frozen:
            self.stdout.write("No version has been published yet.")
        if found:
            raise self.refusal(found)

    def drift_of(self, framework):
        """What is different since the version was published, as sentences."""
        sentences = [f"{framework}: {each}" for each in links_out_of(framework)]
        digest = digest_of(load_rows(framework))
        if digest != framework.digest:
            sentences.append(
                f"{framework}: its rows have changed since it was published. "
                f"Digest {digest}, published as {framework.digest}. "
                "Restore it from a backup."
            )
        return sentences
