"""A correction counts with the moment of the first report that it corrects."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


def put_in_place(apps, schema_editor):
    Assessment = apps.get_model("assessment", "Assessment")
    corrections = Assessment.objects.exclude(corrects=None).order_by("pk")
    for each in corrections:
        # What it corrects was made before it, so that it has its moment by now.
        before = Assessment.objects.get(pk=each.corrects_id)
        each.first_submitted_at = before.first_submitted_at or before.submitted_at
        each.save(update_fields=["first_submitted_at"])


class Migration(migrations.Migration):
    dependencies = [("assessment", "0020_pdf_of_what")]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="first_submitted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(put_in_place, migrations.RunPython.noop),
        migrations.AddField(
            model_name="assessment",
            name="counts_at",
            field=models.GeneratedField(
                db_persist=True,
                expression=Coalesce("first_submitted_at", "submitted_at"),
                output_field=models.DateTimeField(null=True),
            ),
        ),
    ]
