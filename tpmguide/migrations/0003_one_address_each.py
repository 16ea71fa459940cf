"""An account has one e-mail address: the main one stays, others open it no more."""

from django.conf import settings
from django.db import migrations
from django.db.models import Exists, OuterRef


def keep_the_main_one(apps, schema_editor):
    addresses = apps.get_model("account", "EmailAddress").objects
    main = addresses.filter(user=OuterRef("user"), primary=True)
    addresses.filter(Exists(main), primary=False).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("tpmguide", "0002_mail"),
        ("account", "0009_emailaddress_unique_primary_email"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [migrations.RunPython(keep_the_main_one, migrations.RunPython.noop)]
