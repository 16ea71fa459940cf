"""An address that was made before its day was noted is as old as its account.

One update of the few profiles that have an address.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def note_days(apps, schema_editor):
    Profile = apps.get_model("assessment", "Profile")
    User = apps.get_model("auth", "User")
    joined = User.objects.filter(pk=OuterRef("user_id")).values("date_joined")
    with_address = Profile.objects.exclude(calendar_digest="")
    with_address.filter(calendar_since=None).update(calendar_since=Subquery(joined))


class Migration(migrations.Migration):
    dependencies = [("assessment", "0024_calendar_since")]

    operations = [migrations.RunPython(note_days, migrations.RunPython.noop)]
