"""Brings an installation to what this code asks for; a second time, nothing changes."""

from django.conf import settings
from django.core.management import BaseCommand, call_command

STEPS = (
    # The checks of the database stop a release before anything is changed.
    ("Database tables", "migrate", {"verbosity": 0, "skip_checks": False}),
    ("Static files", "collectstatic", {"interactive": False, "verbosity": 0}),
    (
        "Framework, if there is none",
        "import_framework",
        {"publish": True, "if_none": True},
    ),
    ("Guide, if there is none", "import_guide", {"if_none": True}),
)


class Command(BaseCommand):
    help = (
        "Prepares the database and the static files for this version of the app. "
        "Run it before each start; it changes nothing the second time."
    )

    def handle(self, *args, verbosity, **options):
        for step, command, how in STEPS:
            if command == "collectstatic" and settings.DEBUG:
                continue  # they are served from where they lie
            if verbosity:
                self.stdout.write(f"{step} ...")
            call_command(command, **how)
