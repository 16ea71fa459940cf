"""Computes every submitted score anew and reports any that differs from what is kept."""

from django.core.management.base import BaseCommand
from django.db.models import Prefetch

from assessment.measuring import headline_of
from assessment.models import Assessment, Rating

CHUNK = 500


class Command(BaseCommand):
    help = "Compute all submitted scores anew and report differences (exit status 1)."

    def handle(self, **options):
        differing = 0
        count = 0
        for assessment in _submitted():
            count += 1
            tenths, band = headline_of(assessment, assessment.ratings.all())
            if (tenths, band) != (assessment.readiness_tenths, assessment.band):
                differing += 1
                self.stderr.write(
                    f"{assessment.uid}: kept {assessment.readiness_tenths} "
                    f"{assessment.band}, computed {tenths} {band}"
                )
        self.stdout.write(f"{count} scores computed anew, {differing} differ.")
        if differing:
            raise SystemExit(1)


def _submitted():
    ratings = Rating.objects.with_skill_keys().only(
        "assessment_id", "value", "not_applicable"
    )
    return (
        Assessment.objects.submitted()
        .with_framework()
        .prefetch_related(Prefetch("ratings", ratings))
        .order_by("pk")
        .iterator(chunk_size=CHUNK)
    )
