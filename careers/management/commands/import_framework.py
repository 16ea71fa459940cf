"""Brings framework files into the draft of their framework; can publish it too."""

from django.conf import settings
from django.db import transaction

from careers.files import FolderRefused, load_files, shipped_folder
from careers.management.reporting import FileCommand
from careers.models import Framework
from careers.publishing import (
    FrameworkRefused,
    apply_import,
    plan_import,
    publish_framework,
)


class Command(FileCommand):
    help = (
        "Imports a framework from a folder of .yaml files, or from one, into its draft. "
        "Published versions never change."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "path",
            nargs="?",
            help="a folder or one file; without it, the framework that comes with the "
            "app for the setting FRAMEWORK_KEY",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="show what would change, write nothing",
        )
        parser.add_argument(
            "--publish", action="store_true", help="publish the draft afterwards"
        )
        parser.add_argument(
            "--if-none",
            action="store_true",
            help="do nothing where any version of the framework is there already",
        )

    def handle(self, *args, path, dry_run, publish, if_none, **options):
        key = None if path else settings.FRAMEWORK_KEY
        if if_none and self.is_there(key):
            return
        try:
            plan = plan_import(
                load_files(path or shipped_folder(settings.FRAMEWORK_KEY))
            )
        except FolderRefused as refused:
            raise self.refusal(refused.sentences) from None
        if if_none and plan.spec and self.is_there(plan.spec.key):
            return
        if plan.spec is None or plan.errors:
            raise self.refusal(plan.errors)
        self.show(plan, f"{plan.spec.title} {plan.spec.version}", every_change=dry_run)
        if dry_run:
            self.stdout.write("Nothing was written. Leave out --dry-run to import.")
            return
        try:
            self.import_(plan, publish)
        except FrameworkRefused as refused:
            raise self.refusal(refused.problems) from None

    def is_there(self, key):
        if key is None or not Framework.objects.for_key(key).exists():
            return False
        self.stdout.write(f"A version of '{key}' is there already. Nothing to do.")
        return True

    @transaction.atomic
    def import_(self, plan, publish):
        framework = apply_import(plan)
        changed = "Nothing has changed." if plan.changes_nothing else "Imported."
        name = f"version {framework.version} of '{framework.key}'"
        if not framework.is_draft:
            self.stdout.write(f"{changed} The files equal {framework.status} {name}.")
        elif publish:
            publish_framework(framework=framework)
            self.stdout.write(self.style.SUCCESS(f"Published {name}. It is live now."))
        else:
            self.stdout.write(f"{changed} The draft, {name}, equals the files.")
            self.stdout.write(
                "Next: look at it under /admin/careers/framework/ and publish it there, "
                "or run this command again with --publish."
            )
