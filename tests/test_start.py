"""What stops the server's start, and what does not: each test is one installation."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.house import ROOT

pytestmark = pytest.mark.slow

START = [sys.executable, "-c", "import tpmguide.wsgi"]
PREPARATION = (
    ("migrate",),
    ("import_framework", "--publish"),
)


def environment_of(folder):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "STATIC_ROOT": f"{folder}/static",
        "EMAIL_URL": "smtp://mail.invalid",
        "TRUSTED_PROXY_COUNT": "1",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return environment


def run(command, environment):
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """The folder of an installation that is ready to be started."""
    folder = tmp_path_factory.mktemp("prepared")
    for command in PREPARATION:
        done = run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            environment_of(folder),
        )
        assert done.returncode == 0, done.stderr
    (folder / "static").mkdir()
    (folder / "static/staticfiles.json").write_text('{"paths": {}}')
    return folder


@pytest.fixture
def folder(prepared, tmp_path):
    """A copy of it, to be broken."""
    return shutil.copytree(prepared, tmp_path / "installation")


def start(folder, **changes):
    return run(START, environment_of(folder) | changes)


def in_database(folder, *statements):
    with sqlite3.connect(folder / "db.sqlite3") as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def refused(process):
    """The last line of what was said."""
    assert process.returncode == 1
    return process.stderr.strip().splitlines()[-1]


def test_a_prepared_installation_starts_and_says_nothing(folder):
    started = start(folder)

    assert (started.returncode, started.stderr) == (0, "")


def test_without_static_files_the_command_is_named(folder):
    (folder / "static/staticfiles.json").unlink()

    assert "Run `manage.py collectstatic --no-input`." in refused(start(folder))
    assert start(folder, DEBUG="true").returncode == 0


def test_https_without_a_proxy_is_named(folder):
    said = refused(start(folder, TRUSTED_PROXY_COUNT="0", HTTPS="true"))

    assert "TRUSTED_PROXY_COUNT is 0: all visitors would share one limit" in said
    assert start(folder, TRUSTED_PROXY_COUNT="0").returncode == 0
    assert start(folder, HTTPS="true").returncode == 0


def test_an_unknown_framework_is_named_and_those_that_are_there(folder):
    said = refused(start(folder, FRAMEWORK_KEY="nurse"))

    assert "FRAMEWORK_KEY is 'nurse', of which no version is published." in said
    assert said.endswith(": technical-project-manager.")


def test_without_the_cache_table_the_command_is_named(folder):
    in_database(folder, "DROP TABLE cache")

    assert "Run `manage.py createcachetable`." in refused(start(folder))


def test_with_a_sqlite_that_loses_answers_nothing_starts(folder):
    script = "from tpmguide import checks; checks.OLDEST_SAFE_SQLITE = (99, 0, 0)"
    command = [sys.executable, "-c", f"{script}; import tpmguide.wsgi"]

    said = refused(run(command, environment_of(folder)))

    assert "can corrupt a database" in said
    assert "Install pysqlite3" in said


def test_without_a_framework_it_starts(folder):
    in_database(
        folder,
        "UPDATE careers_framework SET status = 'draft', digest = '', published_at = NULL",
    )

    assert start(folder).returncode == 0
    assert start(folder, FRAMEWORK_KEY="nurse").returncode == 0


def test_with_an_empty_database_it_starts(folder):
    (folder / "db.sqlite3").unlink()

    assert start(folder).returncode == 0


def test_with_a_database_that_is_away_it_starts_and_says_so(folder):
    away = "sqlite:////nowhere/db.sqlite3"

    started = start(folder, DATABASE_URL=away)

    assert started.returncode == 0
    assert "The database was not looked at: OperationalError." in started.stderr


@pytest.mark.parametrize(
    "command", ["migrate", "check", "collectstatic", "createcachetable"]
)
def test_commands_do_not_ask_for_it(command, folder):
    shutil.rmtree(folder / "static")
    in_database(folder, "DROP TABLE cache")
    arguments = ["--no-input"] if command == "collectstatic" else []

    done = run(
        [sys.executable, "manage.py", command, *arguments],
        environment_of(folder) | {"FRAMEWORK_KEY": "nurse"},
    )

    assert done.returncode == 0, done.stderr
