"""What a job asks for."""

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from careers.names import name_tables

EDITORS = "Framework editors"


def keep_editors_group(sender, using, apps=installed, **kwargs):
    """The group that edits frameworks: every right on them, and no other right."""
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    groups = apps.get_model("auth", "Group").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    editors, _ = groups.get_or_create(name=EDITORS)
    editors.permissions.set(permissions.filter(content_type__app_label=sender.label))


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = _("Career framework")

    def ready(self):
        name_tables(self.get_models())
        autodiscover_modules("checks")
        post_migrate.connect(keep_editors_group, sender=self)
