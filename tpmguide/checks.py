"""System checks of the installation, each with an id and a cure."""

from django.conf import settings
from django.core import checks
from django.db import connections

OLDEST_SAFE_SQLITE = (3, 51, 3)
WAITS_FOR_THE_DISK = 2  # PRAGMA synchronous: FULL


def check_sqlite(app_configs, databases=None, **kwargs):
    """Says when a SQLite database could lose or corrupt what was acknowledged."""
    messages = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            messages += _version(connection) + _durability(connection)
    return messages


def _version(connection):
    if connection.Database.sqlite_version_info >= OLDEST_SAFE_SQLITE:
        return []
    # Nobody loses another's answers on a developer's machine.
    kind = checks.Warning if settings.DEBUG else checks.Error
    return [
        kind(
            f"SQLite {connection.Database.sqlite_version} can corrupt a database that "
            "several processes write to.",
            hint="Install pysqlite3 0.6.1 or later, or use PostgreSQL.",
            id="tpmguide.W001" if settings.DEBUG else "tpmguide.E001",
        )
    ]


def _durability(connection):
    with connection.cursor() as cursor:
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if synchronous >= WAITS_FOR_THE_DISK:
        return []
    return [
        checks.Error(
            "SQLite does not wait for the disk: a power cut loses answers.",
            hint="Keep PRAGMA synchronous=FULL in the database's init_command.",
            id="tpmguide.E002",
        )
    ]
