"""Writes a framework as files that `import_framework` reads back unchanged."""

from django.conf import settings
from django.core.management.base import CommandError

from careers.management.reporting import FileCommand
from careers.models import Framework
from careers.store import spec_of


class Command(FileCommand):
    help = (
        "Exports a framework: as one document to the standard output, or with --to as "
        "several files."
    )

    def create_parser(self, *args, **options):
        """Here --version names a version of a framework, not of Django."""
        return super().create_parser(*args, conflict_handler="resolve", **options)

    def add_arguments(self, parser):
        parser.add_argument("key", nargs="?", help="default: the setting FRAMEWORK_KEY")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--version", help="its label; default: the live version")
        which.add_argument("--draft", action="store_true", help="the open draft")
        self.add_folder(parser)

    def handle(self, *args, key, version, draft, to, force, **options):
        framework = self.load_framework(key or settings.FRAMEWORK_KEY, version, draft)
        self.export(
            spec_of(framework),
            framework,
            to=to,
            force=force,
            first="raise 'version' in framework.yaml, ",
        )

    def load_framework(self, key, version, draft):
        versions = Framework.objects.for_key(key)
        if version:
            wanted, words = versions.filter(version=version), f"version {version}"
        elif draft:
            wanted, words = versions.drafts(), "draft"
        else:
            wanted, words = versions.published(), "published version"
        framework = wanted.first()
        if framework is None:
            known = ", ".join(f"{each.version} ({each.status})" for each in versions)
            raise CommandError(
                f"There is no {words} of '{key}'. Known: {known or 'none at all'}."
            )
        return framework
