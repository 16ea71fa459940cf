"""Room for the likely range, which is kept since it is computed once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0004_report_pdf"),
    ]

    operations = [
        # Comes back with the range in it when that is filled.
        migrations.RemoveConstraint(
            model_name="assessment", name="assessment_score_iff_submitted"
        ),
        migrations.AddField(
            model_name="assessment",
            name="range_low",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="assessment",
            name="range_high",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
