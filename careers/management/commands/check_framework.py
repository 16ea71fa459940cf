"""Says what is wrong with framework files, or with the versions in the database."""

from django.conf import settings
from django.core.management.base import CommandError

from careers.files import (
    FolderRefused,
    digest_of,
    load_files,
    parse_framework,
    shipped_folder,
)
from careers.management.reporting import FileCommand
from careers.models import Framework
from careers.problems import errors, warnings
from careers.store import links_out_of, load_rows


class Command(FileCommand):
    help = "Checks framework files without importing them, or published versions."

    def add_arguments(self, parser):
        parser.add_argument(
            "path",
            nargs="?",
            help="a folder or one file; without it, the framework that comes with the "
            "app for the setting FRAMEWORK_KEY",
        )
        parser.add_argument(
            "--database",
            action="store_true",
            help="check instead that no published or retired version has changed",
        )

    def handle(self, *args, path, database, **options):
        found = self.check_database() if database else self.check_files(path)
        if found:
            number = "1 error" if found == 1 else f"{found} errors"
            raise CommandError(f"{number}.")

    def check_files(self, path):
        try:
            parsed = parse_framework(
                load_files(path or shipped_folder(settings.FRAMEWORK_KEY))
            )
        except FolderRefused as refused:
            self.complain(refused.sentences)
            return len(refused.sentences)
        self.warn(parsed.problems)
        found = errors(parsed.problems)
        self.complain(found)
        if not found:
            spec, noted = parsed.spec, len(warnings(parsed.problems))
            self.stdout.write(
                f"{spec.title} {spec.version}: no errors, {noted} warnings, "
                f"{len(spec.skills)} skills, {len(spec.levels)} career levels."
            )
        return len(found)

    def check_database(self):
        frozen = Framework.objects.exclude(status=Framework.Status.DRAFT)
        found = 0
        for framework in frozen:
            drift = self.drift_of(framework)
            self.complain(drift)
            found += len(drift)
            if not drift:
                self.stdout.write(f"{framework}: as it was published.")
        if not frozen:
            self.stdout.write("No version has been published yet.")
        return found

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
