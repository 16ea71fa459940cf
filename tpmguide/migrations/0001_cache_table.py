from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    """The table of each cache that is kept in this database, where there is none yet."""
    call_command(
        "createcachetable", database=schema_editor.connection.alias, verbosity=0
    )


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        # Backwards the table stays: making it again does no harm.
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
