"""The system checks of the installation."""

import pytest
from django.conf import settings as django_settings

from tpmguide import checks

ENGINE = django_settings.DATABASES["default"]["ENGINE"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("sqlite" not in ENGINE, reason="This is about SQLite."),
]


def ids():
    return [each.id for each in checks.check_sqlite(None, databases=["default"])]


def test_a_sound_sqlite_passes():
    assert ids() == []


@pytest.mark.parametrize(
    ("debug", "expected"), [(True, "tpmguide.W001"), (False, "tpmguide.E001")]
)
def test_an_old_sqlite_is_named(monkeypatch, settings, debug, expected):
    settings.DEBUG = debug
    monkeypatch.setattr(checks, "OLDEST_SAFE_SQLITE", (99, 0, 0))

    assert ids() == [expected]


def test_a_sqlite_that_does_not_wait_for_the_disk_is_named(monkeypatch):
    monkeypatch.setattr(checks, "WAITS_FOR_THE_DISK", 9)

    assert ids() == ["tpmguide.E002"]


def test_no_database_is_opened_unless_asked_for():
    assert checks.check_sqlite(None, databases=None) == []
