from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careers", "0005_ready_line_and_digests")]
    operations = [
        migrations.AddConstraint(
            model_name="careerlevel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ready_line__gte", 90), ("ready_line__lte", 100)),
                    ("ready_line__isnull", True),
                    _connector="OR",
                ),
                name="career_level_ready_line",
                violation_error_message="Ready line is 90 to 100.",
            ),
        ),
    ]
