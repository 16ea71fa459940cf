"""Brings framework files into the draft of their framework; can publish it too."""

from django.conf import settings
from django.db import transaction

from careers.files import shipped_folder
from careers.management.reporting import FileCommand
from careers.models import Framework
from careers.publishing import (
    ImportRefused,
    apply_import,
    plan_import,
    publish_framework,
)


class Command(FileCommand):
    help = (
        "Imports a framework from a folder of .yaml files, or from one, into its draft. "
        "Published versions never change."
    )
    after_errors = " Nothing was written."

    def add_arguments(self, parser):
        self.add_path(parser)
        self.add_dry_run(parser)
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
        folder = path or shipped_folder(settings.FRAMEWORK_KEY)
        plan = plan_import(self.load(folder))
        if if_none and plan.spec and self.is_there(plan.spec.key):
            return
        if plan.spec is None or plan.errors:
            raise self.refusal(plan.errors)
        self.show(plan, f"{plan.spec.title} {plan.spec.version}", dry_run=dry_run)
        if dry_run:
            return
        try:
            self.import_(plan, publish)
        except ImportRefused as refused:
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
