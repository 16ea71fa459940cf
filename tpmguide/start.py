"""What must be right before the server answers anybody. Commands do not ask for it."""

import logging
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from careers.models import Framework
from careers.store import live_frameworks
from tpmguide.checks import check_sqlite

logger = logging.getLogger(__name__)


def check_start():
    """Raises ImproperlyConfigured, with what to do, where the app could not work."""
    _check_static_files()
    try:
        _check_database()
    except DatabaseError as error:  # it may come back; what needs none can be served
        logger.warning("The database was not looked at: %s.", type(error).__name__)
    finally:
        connection.close()


def _check_static_files():
    manifest = Path(settings.STATIC_ROOT) / ManifestFilesMixin.manifest_name
    if not settings.DEBUG and not manifest.exists():
        raise ImproperlyConfigured(
            f"STATIC_ROOT holds no static files: {manifest} is missing. "
            "Run `manage.py collectstatic --no-input`."
        )


def _check_database():
    for message in check_sqlite(None, databases=["default"]):
        if message.is_serious():
            raise ImproperlyConfigured(f"{message.msg} {message.hint}")
    tables = connection.introspection.table_names()
    if Framework._meta.db_table not in tables:
        return  # it is still to be migrated
    if settings.CACHES["default"]["LOCATION"] not in tables:
        raise ImproperlyConfigured(
            "Nobody could sign in: the database has no table for the cache. "
            "Run `manage.py createcachetable`."
        )
    published = Framework.objects.published()
    if published.exists() and not live_frameworks().exists():
        keys = ", ".join(sorted(published.values_list("key", flat=True)))
        raise ImproperlyConfigured(
            f"FRAMEWORK_KEY is '{settings.FRAMEWORK_KEY}', of which no version is "
            f"published. Set it to one of these, or publish that one: {keys}."
        )
