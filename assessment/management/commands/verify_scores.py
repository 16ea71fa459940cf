"""Computes every submitted score anew and reports any that differs from what is kept."""

from django.core.management.base import BaseCommand
from django.db.models import Prefetch

from assessment.actions import rewrite_score
from assessment.answers import answers_in, measure_assessment
from assessment.models import Assessment, Rating
from scoring.number import Insufficient

CHUNK = 500


class Command(BaseCommand):
    help = (
        "Compute all submitted scores and likely ranges anew and report differences "
        "(exit status 1)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--rewrite",
            action="store_true",
            help="Keep what was computed in place of what differs.",
        )

    def handle(self, *, rewrite, **options):
        count = differing = left = 0
        for assessment in _submitted():
            count += 1
            result = measure_assessment(
                assessment, answers_in(assessment.ratings.all())
            )
            kept = _numbers(assessment)
            computed = None if isinstance(result, Insufficient) else _numbers(result)
            if computed == kept:
                continue
            differing += 1
            self.stderr.write(
                f"{assessment.uid}: kept {_said(kept)}, computed {_said(computed)}"
            )
            if rewrite and computed:
                rewrite_score(assessment=assessment, result=result)
            else:
                left += 1
        done = f" {differing - left} rewritten." if rewrite else ""
        self.stdout.write(f"{count} scores computed anew, {differing} differ.{done}")
        if left:
            raise SystemExit(1)


def _numbers(scored):
    """Of an Assessment or of a result, which name them alike."""
    return (
        scored.readiness_tenths,
        scored.band,
        *scored.likely_range,
        scored.is_provisional,
    )


def _said(numbers):
    if numbers is None:
        return "no score"
    tenths, band, low, high, is_provisional = numbers
    return f"{tenths} {band} {low}-{high}" + (" provisional" if is_provisional else "")


def _submitted():
    """All of them, a batch at a time: in bounded memory, and without one long query."""
    after, batch = 0, True
    while batch:
        batch = submitted_after(after, CHUNK)
        yield from batch
        after = batch[-1].pk if batch else after


def submitted_after(pk, most):
    """The next submitted assessments with their ratings, in the order of their numbers."""
    submitted = Assessment.objects.submitted().with_framework().filter(pk__gt=pk)
    ratings = Prefetch("ratings", Rating.objects.with_skill_keys())
    return list(submitted.prefetch_related(ratings).order_by("pk")[:most])
