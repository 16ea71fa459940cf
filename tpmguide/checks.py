"""System checks of the installation, each with an id and a cure."""

from django.core import checks
from django.db import connections

OLDEST_SAFE_SQLITE = (3, 51, 3)


def check_sqlite(app_configs, databases=None, **kwargs):
    """Says when a SQLite database could lose or corrupt what was acknowledged."""
    messages = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        if connection.Database.sqlite_version_info < OLDEST_SAFE_SQLITE:
            messages.append(
                checks.Warning(
                    f"SQLite {connection.Database.sqlite_version} can corrupt a "
                    "database that several processes write to.",
                    hint="Install pysqlite3 0.6.1 or later, or use PostgreSQL.",
                    id="tpmguide.W001",
                )
            )
        with connection.cursor() as cursor:
            synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        if synchronous < 2:
            messages.append(
                checks.Error(
                    "SQLite does not wait for the disk: a power cut loses answers.",
                    hint="Keep PRAGMA synchronous=FULL in the database's init_command.",
                    id="tpmguide.E002",
                )
            )
    return messages
