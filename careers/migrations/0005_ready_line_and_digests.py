from dataclasses import replace

from django.db import migrations

from careers.files import digest_of
from careers.shape import FrameworkSpec
from careers.store import FRAMEWORK_FIELDS, TABLES, load_spec


def raise_ready_lines(apps, schema_editor):
    """A ready line is 90 at least; a cut of before may be lower."""
    levels = apps.get_model("careers", "CareerLevel").objects
    levels.filter(ready_line__lt=90).update(ready_line=90)


def rewrite_digests(apps, schema_editor):
    """The form of a framework has changed: what is published gets its new digest."""
    tables = [as_of(apps, table) for table in TABLES]
    frameworks = apps.get_model("careers", "Framework").objects
    for framework in frameworks.exclude(digest=""):
        own = {
            name: getattr(framework, name)
            for name in FRAMEWORK_FIELDS
            if hasattr(framework, name)
        }
        spec = load_spec(FrameworkSpec, tables, framework, **own).in_order()
        frameworks.filter(pk=framework.pk).update(digest=digest_of(spec))


def as_of(apps, table):
    """A table with the columns of this migration: what came later has its default."""
    model = apps.get_model("careers", table.model.__name__)
    columns = {column.name for column in model._meta.fields}
    then = replace(table, model=model)
    vars(then)["fields"] = [
        name
        for name in table.fields
        if (table.links[name][0] if name in table.links else name) in columns
    ]
    return then


class Migration(migrations.Migration):
    dependencies = [("careers", "0004_optional_parts")]
    operations = [
        migrations.RunPython(raise_ready_lines, migrations.RunPython.noop),
        migrations.RunPython(rewrite_digests, migrations.RunPython.noop),
    ]
