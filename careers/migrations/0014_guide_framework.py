from django.conf import settings
from django.db import migrations, models


def name_framework(apps, schema_editor):
    apps.get_model("careers", "Guide").objects.update(framework=settings.FRAMEWORK_KEY)


class Migration(migrations.Migration):
    """A guide belongs to a framework, by its key; there may be one for each.

    The only one that there could be before stood beside the served framework, whatever its
    key.
    """

    dependencies = [("careers", "0013_digests_without_empty_texts")]
    operations = [
        migrations.RemoveConstraint("guide", "guide_only_one"),
        migrations.AlterModelOptions("guide", {"ordering": ["framework"]}),
        migrations.AlterField(
            "guide",
            "id",
            models.BigAutoField(
                auto_created=True,
                primary_key=True,
                serialize=False,
                verbose_name="ID",
            ),
        ),
        migrations.AddField(
            "guide",
            "framework",
            models.SlugField(
                default="",
                max_length=60,
                help_text="The key of the framework that it is about.",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_framework, migrations.RunPython.noop),
        migrations.AddConstraint(
            "guide",
            models.UniqueConstraint(
                fields=["framework"], name="guide_once_per_framework"
            ),
        ),
    ]
