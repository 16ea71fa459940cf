"""A copy of the whole database, and the way back.

A backup is one file and, beside it, a manifest with its digest; and `erased.jsonl`, which
says what was deleted since. It is taken while people write: of one moment, and nobody waits.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from assessment.erasure import erasures_as_lines, play_back, read_erasures
from assessment.models import Assessment
from tpmguide.models import Mail

ERASURES = "erased.jsonl"
ENDINGS = {"sqlite": ".sqlite3", "postgresql": ".dump"}
LOGS = ("-wal", "-shm")  # beside a database of SQLite
ONLY_OURS = 0o600
CUT_SHORT = 24 * 3600  # seconds after which nobody writes on at an unfinished backup
# What a restored database must not do again or open again.
EMPTIED = (Mail, Session)


class Refused(Exception):
    """What is wrong and what to do, for whoever runs the command."""


# Out
# ------------------------------------------------------------------------------------


def make_backup(folder):
    """Writes a backup into a folder that is made if need be; returns its path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = timezone.now()
    for left in folder.glob(".tpmguide-*.unfinished"):
        if left.stat().st_mtime < now.timestamp() - CUT_SHORT:
            left.unlink()
    name = f"tpmguide-{now:%Y%m%dT%H%M%S%fZ}{ENDINGS[connection.vendor]}"
    with _written_whole(folder / name) as unfinished:
        if connection.vendor == "sqlite":
            _copy_sqlite(unfinished)
        else:
            _run("pg_dump", "--format=custom", "--no-owner", f"--file={unfinished}")
    manifest = {
        "made_at": now.isoformat(),
        "database": connection.vendor,
        "bytes": (folder / name).stat().st_size,
        "sha256": _digest_of(folder / name),
    }
    _write(_manifest_of(folder / name), json.dumps(manifest, indent=2) + "\n")
    write_erasures(folder)
    return folder / name


def write_erasures(folder):
    """What was deleted up to now: small, so that it can be written every hour."""
    _write(folder / ERASURES, erasures_as_lines())


def remove_oldest(folder, keep):
    """Leaves the newest `keep` backups; returns the names of what went."""
    backups = sorted(
        path for end in ENDINGS.values() for path in folder.glob(f"tpmguide-*{end}")
    )
    gone = backups[: max(0, len(backups) - keep)]
    for path in gone:
        _manifest_of(path).unlink(missing_ok=True)
        path.unlink()
    return [path.name for path in gone]


def _copy_sqlite(path):
    """In one step: with a write-ahead log, who writes meanwhile neither waits nor spoils it."""
    source = connection.copy()  # one that stands in no older moment
    source.ensure_connection()
    with (
        contextlib.closing(source.connection) as database,
        contextlib.closing(connection.Database.connect(path)) as copy,
    ):
        database.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        found = copy.execute("PRAGMA integrity_check").fetchall()
        found += copy.execute("PRAGMA foreign_key_check").fetchall()
    if found != [("ok",)]:
        raise Refused(f"The copy is broken, and so may be the database: {found[:3]}.")


# In
# ------------------------------------------------------------------------------------


def check_backup(path):
    """Raises Refused where a file is not what its manifest says."""
    try:
        manifest = json.loads(_manifest_of(path).read_text())
        digest, vendor = manifest["sha256"], manifest["database"]
    except FileNotFoundError:
        raise Refused(
            f"{path} or its manifest {_manifest_of(path)} is missing."
        ) from None
    except (ValueError, KeyError):
        raise Refused(f"{_manifest_of(path)} is no manifest of a backup.") from None
    if not path.exists() or _digest_of(path) != digest:
        raise Refused(f"{path} is not what was written: its digest differs.")
    if vendor != connection.vendor:
        raise Refused(
            f"This is a backup of {vendor}, and DATABASE_URL names a database of "
            f"{connection.vendor}. Set it to one of {vendor}."
        )


def restore_backup(path, *, replace=False):
    """Puts a checked backup in the place of the database; returns what was done, in words.

    What was deleted after the backup is deleted again, before anybody can see it: as the
    database tells that is replaced, if it still can, and the file beside the backup.
    """
    check_backup(path)
    if _holds_assessments() and not replace:
        raise Refused(
            "The database holds assessments, which would be lost. Say --replace if they "
            "are to be."
        )
    erasures = _erasures_now() + _erasures_beside(path)
    if connection.vendor == "sqlite":
        return _restore_sqlite(path, erasures)
    _restore_postgres(path)
    return _finish(erasures)


def _restore_sqlite(path, erasures):
    """Everything happens to a copy, which then takes the place of the database."""
    place = Path(connection.settings_dict["NAME"])
    _take_in_log()
    with _written_whole(place) as unfinished:
        for ending in LOGS:  # of a restore that was cut short
            Path(f"{unfinished}{ending}").unlink(missing_ok=True)
        shutil.copyfile(path, unfinished)
        with _database_at(unfinished):
            told = _finish(erasures)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for ending in LOGS:
            Path(f"{place}{ending}").unlink(missing_ok=True)  # holds nothing any more
            Path(f"{unfinished}{ending}").unlink(missing_ok=True)
    return told


def _take_in_log():
    """Makes the old database whole without its log, which the new one must not find.

    Only who has it alone can do that. What is broken can lose nothing.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
    except DatabaseError as error:
        if "locked" in str(error):
            raise Refused(
                "Something else has the database open. Stop the app and its worker."
            ) from None
    finally:
        connection.close()


def _restore_postgres(path):
    """In one transaction: it is all there, or the database is what it was.

    The data pass through a file beside the backup, since a folder for temporary files may
    be in memory, and psql would take half a stream for the whole.
    """
    empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    connection.close()
    with _unfinished(path.with_name(f"{path.name}.sql")) as script:
        _run(
            "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path)
        )
        quiet = ("--quiet", "--no-psqlrc", "--output=/dev/null")
        safe = ("--single-transaction", "--set=ON_ERROR_STOP=1")
        _run("psql", *quiet, *safe, f"--command={empty}", f"--file={script}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # without it, each batch of scores reads all ratings


def _finish(erasures):
    call_command("migrate", verbosity=0)  # the backup may be of an older release
    erased = play_back(erasures)
    for model in EMPTIED:
        model.objects.all().delete()
    cache.clear()
    call_command("remove_unclaimed")  # whatever was over meanwhile
    call_command("verify_scores")
    return (
        f"{Assessment.objects.count()} assessments. Deleted again: {erased}. "
        "All sessions ended, no old mail is sent, all scores are as they were."
    )


def _holds_assessments():
    try:
        return Assessment.objects.exists()
    except DatabaseError:  # none, or an empty one
        return False
    finally:
        connection.close()


def _erasures_now():
    try:
        return read_erasures(erasures_as_lines())
    except DatabaseError:
        return []
    finally:
        connection.close()


def _erasures_beside(path):
    try:
        return read_erasures((path.parent / ERASURES).read_text())
    except FileNotFoundError:
        return []
    except ValueError:
        raise Refused(
            f"{path.parent / ERASURES} cannot be read; without it, what was deleted "
            "would come back. Mend it, or take it away and say so to those concerned."
        ) from None


# Whether it can be restored
# ------------------------------------------------------------------------------------


def try_restore(path):
    """Restores a backup into a scratch database, scores included; raises Refused."""
    command = [sys.executable, settings.BASE_DIR / "manage.py", "restore", str(path)]
    with _scratch_url() as url:
        environment = os.environ | {"DATABASE_URL": url, "CACHE_URL": ""}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise Refused(f"{path} cannot be restored: {done.stderr.strip()}")


@contextlib.contextmanager
def _scratch_url():
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/scratch.sqlite3"
        return
    name = f"tpmguide_scratch_{secrets.token_hex(6)}"
    _run("psql", "--quiet", f"--command=CREATE DATABASE {name}")
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        _run("psql", "--quiet", f"--command=DROP DATABASE {name} WITH (FORCE)")


# Files and programs
# ------------------------------------------------------------------------------------


@contextlib.contextmanager
def _written_whole(path):
    """A path to write to; what is there takes the place of `path` if nothing was raised."""
    with _unfinished(path) as unfinished:
        yield unfinished
        _sync(unfinished)
        unfinished.replace(path)
        _sync(path.parent)


@contextlib.contextmanager
def _unfinished(path):
    """A path beside another, empty and only ours; what is there at the end goes."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY, ONLY_OURS))
    try:
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)


def _write(path, text):
    with _written_whole(path) as unfinished:
        unfinished.write_text(text)


def _sync(path):
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _manifest_of(path):
    return path.with_name(f"{path.name}.json")


def _digest_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _database_at(path):
    """Django's connection is to another file of SQLite meanwhile."""
    of = connections["default"].settings_dict
    before = of["NAME"]
    connection.close()
    of["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        of["NAME"] = before


def _run(program, *arguments):
    """A program of PostgreSQL's, on the database of the settings."""
    words, told = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    where = words[1:] if program != "pg_restore" else []  # psql's own name comes first
    try:
        done = subprocess.run(
            [program, *arguments, *where],
            env=os.environ | (told or {}),
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise Refused(
            f"{program} is not installed. Debian: apt-get install postgresql-client."
        ) from None
    if done.returncode:
        raise Refused(f"{program} failed: {done.stderr.strip()[-500:]}")
