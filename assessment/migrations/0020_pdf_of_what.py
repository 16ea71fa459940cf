"""Keeps the PDF of a report and that of its case beside each other.

What is kept does not say which of the two it is, so it goes, both ways; each is made anew
when it is asked for.
"""

from django.db import migrations, models


def forget_pdfs(apps, schema_editor):
    apps.get_model("assessment", "ReportPdf").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("assessment", "0019_experience")]

    operations = [
        migrations.RunPython(forget_pdfs, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="reportpdf", name="report_pdf_once_per_report"
        ),
        migrations.AddField(
            model_name="reportpdf",
            name="what",
            field=models.CharField(
                choices=[("report", "Report"), ("case", "Case")],
                default="report",
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="reportpdf",
            constraint=models.UniqueConstraint(
                fields=("assessment", "what"), name="report_pdf_once_of_each"
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_pdfs),
    ]
