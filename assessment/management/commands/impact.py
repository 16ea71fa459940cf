"""`manage.py impact`: counts at once whom the draft of a framework moves."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessment.impact_runs import (
    NothingLive,
    Versions,
    count_slice,
    keep_run,
    start_run,
)
from careers.models import Framework


class Command(BaseCommand):
    help = (
        "Counts whom the open draft of a framework moves, and keeps it for the page of "
        "the admin. For many people, instead of waiting in the browser."
    )

    def add_arguments(self, parser):
        parser.add_argument("key", nargs="?", default=settings.FRAMEWORK_KEY)

    def handle(self, *, key, **options):
        draft = Framework.objects.drafts().for_key(key).first()
        if draft is None:
            raise CommandError(f"There is no draft of '{key}'. Start one in the admin.")
        try:
            versions = Versions(draft)
        except NothingLive:
            raise CommandError(f"No version of '{key}' is live.") from None
        run = start_run(versions)
        while not run.is_done:
            count_slice(run, versions)
            self.stderr.write(f"{run.done} of {run.total}")
        keep_run(draft, run)
        self.stdout.write(f"Counted {run.done} people; the page of the admin shows it.")
