"""App configurations of the wiring: system checks, and which static files are served."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig
from django.core import checks

from tpmguide.checks import check_sqlite


class TpmguideConfig(AppConfig):
    name = "tpmguide"

    def ready(self):
        checks.register(check_sqlite, checks.Tags.database)


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out what no page loads: source maps, right-to-left and unminified copies."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        "*.map",
        "*.rtl.*",
        "bootstrap-*",
        "bootstrap.css",
        "*Italic*",
        "htmx-4*",
    ]
