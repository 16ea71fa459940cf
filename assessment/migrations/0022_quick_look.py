from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0021_correction_in_its_place")]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="is_quick_look",
            field=models.BooleanField(default=False),
        )
    ]
