"""A fresh database becomes an installation, by `migrate` alone and by `release`."""

import contextlib
import os
import subprocess
import sys

import pytest

from tests.house import ROOT
from tools.rig.databases import postgres_database, sqlite_database

SIGN_IN = """
import django
django.setup()
from django.contrib.auth.models import User
from allauth.account.models import EmailAddress
from django.test import Client
ann = User.objects.create_user("ann", "ann@example.org", "a long password")
EmailAddress.objects.create(user=ann, email=ann.email, verified=True, primary=True)
client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
fields = {"login": ann.email, "password": "a long password"}
print(client.post("/accounts/login/", fields).status_code)
"""


@pytest.fixture
def manage(tmp_path):
    """Runs a command of a fresh installation, or a script in it; returns what it says."""
    server = os.environ.get("DATABASE_URL_FOR_TESTS", "")
    database = postgres_database(server) if server else sqlite_database(tmp_path)
    with contextlib.ExitStack() as stack:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tpmguide.settings",
            "DATABASE_URL": stack.enter_context(database).url,
            "STATIC_ROOT": str(tmp_path / "static"),
            "PYTHONDEVMODE": "",
        }

        def run(*words):
            done = subprocess.run(
                [sys.executable, *words],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            return done.stdout

        yield run


def test_migrate_alone_is_enough_to_sign_in(manage):
    manage("manage.py", "migrate", "--verbosity", "0")

    assert manage("-c", SIGN_IN) == "302\n"


def test_migrate_keeps_a_cache_table_that_is_there(manage):
    manage("manage.py", "createcachetable")

    manage("manage.py", "migrate", "--verbosity", "0")

    assert manage("-c", SIGN_IN) == "302\n"


def test_a_release_names_its_steps_and_may_be_repeated(manage, tmp_path):
    first = manage("manage.py", "release")
    second = manage("manage.py", "release")

    assert second.splitlines() == [
        "Database tables ...",
        "Static files ...",
        "Framework, if there is none ...",
        "A version of 'technical-project-manager' is there already. Nothing to do.",
        "Guide, if there is none ...",
        "A guide is there already. Nothing to do.",
    ]
    assert "Published version" in first
    assert (tmp_path / "static/staticfiles.json").exists()
