"""A report has a score and its likely range; a draft has neither."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0006_score_anew"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=Q(
                    status="draft",
                    submitted_at__isnull=True,
                    readiness_tenths__isnull=True,
                    range_low__isnull=True,
                    range_high__isnull=True,
                    band="",
                    scoring_version="",
                )
                | (
                    Q(
                        status="submitted",
                        submitted_at__isnull=False,
                        readiness_tenths__gte=0,
                        readiness_tenths__lte=1000,
                        range_low__isnull=False,
                        range_high__isnull=False,
                        range_low__lte=F("range_high"),
                        range_high__lte=100,
                    )
                    & ~Q(band="")
                    & ~Q(scoring_version="")
                ),
                name="assessment_score_iff_submitted",
            ),
        ),
    ]
