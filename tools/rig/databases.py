"""Scratch databases on this machine, and what is stored in them."""

import contextlib
import secrets
import subprocess
import sys
import urllib.parse
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tools.rig.ledger import Said, Stored
from tpmguide.sqlite.base import DatabaseWrapper

HEALTHY = OK, NOT_ASKED = "ok", "not asked"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
FIND_POSTGRES = Path(__file__).resolve().parent.parent / "find_postgres.py"
RATINGS = """
    SELECT assessment.uid, skill.key, rating.value, rating.confidence, rating.note,
           rating.revision
    FROM assessment_rating AS rating
    JOIN assessment_assessment AS assessment ON assessment.id = rating.assessment_id
    JOIN careers_skill AS skill ON skill.id = rating.skill_id
"""


@dataclass(frozen=True)
class Database:
    """`url` as the app takes it, `name` with its version, `connect` for the rig."""

    url: str
    name: str
    connect: Any

    def ratings(self):
        """{(uid, skill): Stored} of all rows."""
        with contextlib.closing(self.connect()) as connection:
            rows = connection.execute(RATINGS).fetchall()
        return {
            (str(uuid.UUID(str(uid))), skill): Stored(Said(*said), revision)
            for uid, skill, *said, revision in rows
        }

    def integrity(self):
        """One of HEALTHY, or what SQLite finds broken. PostgreSQL has no such question."""
        if not self.url.startswith("sqlite"):
            return NOT_ASKED
        with contextlib.closing(self.connect()) as connection:
            broken = connection.execute("PRAGMA integrity_check").fetchall()
            astray = connection.execute("PRAGMA foreign_key_check").fetchall()
        return OK if broken == [("ok",)] and not astray else f"{broken} {astray}"


@contextlib.contextmanager
def sqlite_database(folder):
    file, sqlite = folder / "rig.sqlite3", DatabaseWrapper.Database
    yield Database(
        f"sqlite:///{file}",
        f"SQLite {sqlite.sqlite_version}",
        lambda: sqlite.connect(file),
    )


@contextlib.contextmanager
def postgres_database(server):
    """A database of its own on `server`, dropped at the end whatever holds it."""
    name = f"tpmguide_rig_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    info = psycopg.conninfo.conninfo_to_dict(server, dbname=name)
    try:
        yield Database(
            postgres_url(server, name),
            version_of(server),
            lambda: psycopg.connect(**info),
        )
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def version_of(server):
    with psycopg.connect(server) as connection:
        number = connection.info.server_version
    return f"PostgreSQL {number // 10000}.{number % 10000}"


def postgres_url(server, name):
    """The address of another database on the server of an address."""
    return urllib.parse.urlsplit(server)._replace(path=f"/{name}").geturl()


def find_postgres():
    """The address of a server on this machine that answers, or ""."""
    command = [sys.executable, FIND_POSTGRES]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    if not done.stdout:
        return ""
    host = psycopg.conninfo.conninfo_to_dict(done.stdout).get("host", "")
    if host not in LOOPBACK and not host.startswith("/"):
        sys.exit(f"tpmguide: {host} is another machine; rigs load only this one.")
    return done.stdout
