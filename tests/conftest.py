"""What every test may ask for: the cast, their browsers, a published framework.

Alice owns, Bob is a stranger, the editor keeps the ladder, the admin may do anything.
"""

import contextlib
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from types import SimpleNamespace
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from hypothesis import settings as hypothesis_settings

from assessment.exports import pdf_file
from assessment.models import Assessment
from careers import store
from tests.factories import (
    make_entry,
    make_framework,
    make_plan,
    make_share_link,
    make_shipped_framework,
)
from tests.guides import make_guide
from tests.house import ROOT
from tools.rig.databases import postgres_database, sqlite_database

# Playwright keeps an event loop in the thread in which tests use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

EDITORS = "Framework editors"
CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)

hypothesis_settings.register_profile(
    "tpmguide",
    deadline=None,  # the machine may be busy; slowness is measured elsewhere
    database=None,  # leaves no files behind
    derandomize=bool(os.environ.get("CI")),  # a failure on CI can be repeated
)
hypothesis_settings.load_profile("tpmguide")


# Python looks for rubbish at every 700 new objects, which took a fifteenth of all time.
gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Marks what asks a database: all else says the same whichever there is."""
    for item in items:
        asks = item.get_closest_marker("django_db") or "manage" in item.fixturenames
        if asks or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker("database")


def pytest_collection_finish():
    """What is imported by now stays: looking through it for rubbish took a twelfth of all time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What the process keeps between requests must not pass from test to test.

    What is kept by the digest of a framework may: no other framework has that digest.
    """
    yield
    store.skill_pks.cache_clear()
    store.two_versions.cache_clear()
    store.keys_now.cache_clear()
    store.last_read.clear()
    cache.clear()


def _emptied(style, tables, **how):
    """Few rows are quick to delete; to truncate, PostgreSQL makes a file for each table anew."""
    return [f"DELETE FROM {connection.ops.quote_name(table)};" for table in tables]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tables, with all migrations noted down as done."""
    connection.ops.sql_flush = _emptied
    with django_db_blocker.unblock():
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        known = MigrationLoader(None).disk_migrations.keys()
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name)
            for app, name in known - recorder.applied_migrations().keys()
        )


@pytest.fixture(scope="session", autouse=True)
def _own_temporary_folder(tmp_path_factory):
    """Where a PDF takes its turn: runs beside each other must not wait for each other."""
    tempfile.tempdir = str(tmp_path_factory.mktemp("temporary"))
    yield
    tempfile.tempdir = None


@pytest.fixture
def framework(db):
    """The small framework of the factories, published."""
    return make_framework()


@pytest.fixture
def quick_pdf(monkeypatch):
    """Another process stands for WeasyPrint, which takes seconds: done at once, with
    another "PDF" each time.
    """
    script = "import os, time; print('%PDF-', os.getpid(), time.time())"
    monkeypatch.setattr(pdf_file, "COMMAND", [sys.executable, "-IS", "-c", script])


@pytest.fixture
def scene(db, quick_pdf):
    """Makes the values from which the examples in tests/addresses.py are taken.

    The shipped framework is served, another one beside it, and a guide. A person's report is
    shared by a link; what is not has a link and a token that do not exist.
    """
    make_shipped_framework()
    make_guide()
    make_framework(key="another-ladder")
    make_guide(framework="another-ladder")

    def of(assessment):
        link, token = uuid4(), "t" * 43
        if assessment.is_submitted and assessment.owner:
            made, token = make_share_link(assessment)
            link = made.uid
        item = entry = plan = uuid4()
        if assessment.owner:
            planned = make_plan(assessment.owner, ("sdlc", 3)).items.first()
            item, entry = planned.uid, make_entry(planned).uid
            plan = planned.plan.uid
        whose = {"owner": assessment.owner, "guest": assessment.guest}
        reports = Assessment.objects.submitted().filter(**whose)
        earlier = reports.order_by("pk").first() or assessment
        return SimpleNamespace(
            uid=assessment.uid,
            earlier=earlier.uid,
            link=link,
            token=token,
            item=item,
            plan=plan,
            entry=entry,
            group="delivery-craft",
            skill="risk-management",
            level="senior-tpm",
            specialization="cloud-native-transformation",
            related="technical-manager",
            framework="another-ladder",
            level_of_framework="tpm",
            skill_of_framework="planning",
            specialization_of_framework="cloud",
            related_of_framework="coordinator",
        )

    return of


@pytest.fixture
def manage(tmp_path):
    """Runs a command of a fresh installation, or a script in it; returns what it says.

    With `fails` it must fail, and its complaint is returned.
    """
    server = os.environ.get("DATABASE_URL_FOR_TESTS", "")
    database = postgres_database(server) if server else sqlite_database(tmp_path)
    with contextlib.ExitStack() as stack:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tpmguide.settings",
            "DATABASE_URL": stack.enter_context(database).url,
            "STATIC_ROOT": str(tmp_path / "static"),
            "BACKUP_DIR": str(tmp_path / "backups"),
            "PYTHONDEVMODE": "",
        }

        def run(*words, fails=False):
            done = subprocess.run(
                [sys.executable, *words],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode != 0) == fails, done.stderr
            if fails:
                return done.stderr
            return done.stdout

        run.environment = environment
        yield run


# The cast
# ------------------------------------------------------------------------------------


@pytest.fixture
def alice(db):
    """Owns what the test is about."""
    return _person("alice")


@pytest.fixture
def bob(db):
    """A stranger with an account."""
    return _person("bob")


@pytest.fixture
def editor(db):
    """Keeps the ladder, and has no business with people's ratings."""
    editor = _person("editor", is_staff=True)
    editor.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    return editor


@pytest.fixture
def admin(db):
    """A superuser."""
    return _person("admin", is_staff=True, is_superuser=True)


@pytest.fixture
def alice_client(alice):
    return _signed_in(alice)


@pytest.fixture
def bob_client(bob):
    return _signed_in(bob)


@pytest.fixture
def editor_client(editor):
    return _signed_in(editor)


@pytest.fixture
def admin_client(admin):
    return _signed_in(admin)


def _person(name, **rights):
    email = f"{name}@example.org"
    person = User.objects.create_user(name, email, f"{name}'s password", **rights)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _signed_in(person):
    client = Client()
    client.force_login(person)
    return client


# The browser
# ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The Chromium of the machine, as it runs for root and without a network."""
    names = [os.environ.get("CHROMIUM"), *CHROMIUM_NAMES]
    found = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if found is None:
        pytest.fail("No Chromium was found. `make test` installs it or says how.")
    flags = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
        "--disable-background-networking --disable-component-update"
    )
    return {
        **browser_type_launch_args,
        "executable_path": found,
        "args": flags.split(),
    }
