from uuid import uuid4

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    """The guide's revision in place of its digest and of the time of its last change."""

    dependencies = [("careers", "0009_level_to_start_with")]
    operations = [
        migrations.AddField("guide", "revision", models.UUIDField(default=uuid4)),
        migrations.RemoveField("guide", "digest"),
        # A default for the way back.
        migrations.AlterField(
            "guide", "changed_at", models.DateTimeField(default=timezone.now)
        ),
        migrations.RemoveField("guide", "changed_at"),
    ]
