"""App configurations of the wiring: system checks, logs, the admin site, static files."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig
from django.core import checks

from tpmguide.checks import check_sqlite
from tpmguide.logs import listen_to_accounts


class TpmguideConfig(AppConfig):
    name = "tpmguide"

    def ready(self):
        checks.register(check_sqlite, checks.Tags.database)
        listen_to_accounts()


class AdminConfig(DjangoAdminConfig):
    default_site = "tpmguide.admin_site.Site"


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out what no page loads: source maps, right-to-left and unminified copies."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        "*.map",
        "*.rtl.*",
        "bootstrap.*",
        "bootstrap-grid*",
        "bootstrap-utilities*",
        "bootstrap-reboot.css",
        "*Italic*",
        "htmx-4*",
    ]
