"""What must be right before the server answers anybody. Commands do not ask for it."""

import logging
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from careers.models import Framework
from careers.store import all_live, guide_of, live_frameworks, spec_of
from tpmguide.checks import check_sqlite

logger = logging.getLogger(__name__)


def check_start():
    """Raises ImproperlyConfigured, with what to do, where the app could not work."""
    check_static_files()
    check_proxies()
    try:
        check_database()
    except DatabaseError as error:  # it may come back; what needs none can be served
        logger.warning("The database was not looked at: %s.", type(error).__name__)
    finally:
        connection.close()


def check_static_files():
    manifest = Path(settings.STATIC_ROOT) / ManifestFilesMixin.manifest_name
    if not settings.DEBUG and not manifest.exists():
        raise ImproperlyConfigured(
            f"STATIC_ROOT holds no static files: {manifest} is missing. "
            "Run `manage.py collectstatic --no-input`."
        )


def check_proxies():
    """HTTPS ends at a proxy: granian speaks none, so all visitors would be one to us."""
    if settings.HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        raise ImproperlyConfigured(
            "HTTPS is on, so a proxy stands in front, and TRUSTED_PROXY_COUNT is 0: all "
            "visitors would share one limit on tries to sign in. Set it to the number "
            "of proxies, 1 with deploy/nginx.conf, or set HTTPS=false."
        )


def check_database():
    for message in check_sqlite(None, databases=["default"]):
        if message.is_serious():
            raise ImproperlyConfigured(f"{message.msg} {message.hint}")
    tables = connection.introspection.table_names()
    if Framework._meta.db_table not in tables:
        return  # it is still to be migrated
    cache = settings.CACHES["default"]
    if cache["BACKEND"].endswith("DatabaseCache") and cache["LOCATION"] not in tables:
        raise ImproperlyConfigured(
            "Nobody could sign in: the database has no table for the cache. "
            "Run `manage.py createcachetable`."
        )
    for framework in all_live():  # public pages go on with them from memory
        spec_of(framework)
        guide_of(framework)
    published = Framework.objects.published()
    if published.exists() and not live_frameworks().exists():
        keys = ", ".join(sorted(published.values_list("key", flat=True)))
        raise ImproperlyConfigured(
            f"FRAMEWORK_KEY is '{settings.FRAMEWORK_KEY}', of which no version is "
            f"published. Set it to one of these, or publish that one: {keys}."
        )
