from django.conf import settings
from django.core.management.color import no_style
from django.db import migrations

FIRST = 1
PARTS = ("guidesource", "guidepage", "payrange", "guidequestion")
SECTIONS_BESIDE = """(
    SELECT careers_guidesection.id FROM careers_guidesection
    JOIN careers_guidepage ON careers_guidepage.id = careers_guidesection.page_id
    WHERE careers_guidepage.guide_id <> %s
)"""
# Each part before what it is part of. Here the models would delete nothing: on the way
# back, Django knows some of them in two states, which it does not take for one.
DELETE_BESIDE = (
    f"DELETE FROM careers_fact WHERE section_id IN {SECTIONS_BESIDE}",
    f"DELETE FROM careers_guideentry WHERE section_id IN {SECTIONS_BESIDE}",
    f"DELETE FROM careers_guidesection WHERE id IN {SECTIONS_BESIDE}",
    "DELETE FROM careers_payrange WHERE guide_id <> %s",
    "DELETE FROM careers_guidequestion WHERE guide_id <> %s",
    "DELETE FROM careers_guidepage WHERE guide_id <> %s",
    "DELETE FROM careers_guidesource WHERE guide_id <> %s",
    "DELETE FROM careers_guide WHERE id <> %s",
)


def count_from_the_first(apps, schema_editor):
    """PostgreSQL gives the next guide a number of its own, past the one that is there."""
    connection = schema_editor.connection
    models = [apps.get_model("careers", "Guide")]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def keep_one(apps, schema_editor):
    """On the way back there is room for one guide, of number 1: that of the served ladder."""
    guides = apps.get_model("careers", "Guide").objects.order_by("pk")
    kept = guides.filter(framework=settings.FRAMEWORK_KEY).first() or guides.first()
    if kept is None:
        return
    with schema_editor.connection.cursor() as cursor:
        for statement in DELETE_BESIDE:
            cursor.execute(statement, [kept.pk])
        for table in PARTS:
            cursor.execute(f"UPDATE careers_{table} SET guide_id = %s", [FIRST])
        cursor.execute("UPDATE careers_guide SET id = %s", [FIRST])


class Migration(migrations.Migration):
    """A second guide can be written."""

    dependencies = [("careers", "0014_guide_framework")]
    operations = [migrations.RunPython(count_from_the_first, keep_one)]
