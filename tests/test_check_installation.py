"""What an installation lacks is printed with what to do."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tests import openid_provider
from tpmguide.models import Mail


@pytest.fixture
def sound(settings, tmp_path, framework, admin):
    """An installation that lacks nothing."""
    (tmp_path / "staticfiles.json").write_text("{}")
    settings.STATIC_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["guide.example.org"]
    settings.DEFAULT_FROM_EMAIL = "tpmguide <guide@example.org>"
    settings.HTTPS = settings.STAFF_SECOND_STEP = True
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "cache"}}
    Authenticator.objects.create(user=admin, type="totp", data={})
    return settings


def told():
    """(exit status, lines)."""
    out, status = StringIO(), 0
    try:
        call_command("check_installation", stdout=out)
    except SystemExit as error:
        status = error.code
    return status, out.getvalue().splitlines()


def test_a_sound_installation_lacks_nothing(sound):
    assert told() == (0, ["Nothing is lacking."])


@pytest.mark.parametrize(
    ("name", "value", "status", "said"),
    [
        ("STATIC_ROOT", "/nowhere", 1, "must    STATIC_ROOT holds no static files"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, 1, "must    HTTPS is on, so a proxy"),
        ("ALLOWED_HOSTS", ["localhost"], 1, "must    ALLOWED_HOSTS names this machine"),
        ("HTTPS", False, 0, "should  HTTPS is off"),
        ("HAS_MAIL_SERVER", False, 0, "should  EMAIL_URL names no mail server"),
        ("DEFAULT_FROM_EMAIL", "a <b@localhost>", 0, "should  DEFAULT_FROM_EMAIL"),
    ],
)
def test_each_lack_of_the_settings_is_named(sound, name, value, status, said):
    setattr(sound, name, value)

    found, lines = told()

    assert (found, len(lines)) == (status, 1)
    assert lines[0].startswith(said)


def test_lacks_of_the_database_are_named(sound, framework, admin):
    admin.authenticator_set.all().delete()
    Mail.objects.create(
        sender="a@example.org",
        recipients=["b@example.org"],
        headers={},
        written_at=timezone.now() - timedelta(minutes=11),
    )

    assert told() == (
        0,
        [
            "should  Of staff, 1 have no second step at sign-in yet.",
            "should  Mail waits for minutes. Is `manage.py work` running?",
        ],
    )


def test_an_empty_installation_is_told_what_to_run(sound, framework, admin):
    framework.delete()
    admin.delete()

    assert told() == (
        1,
        [
            "must    No framework is published. Run `manage.py release`.",
            "should  Nobody may open /admin/. Run `make admin`.",
        ],
    )


def test_a_database_that_is_away_is_told(sound, monkeypatch):
    def refuse(*args):
        raise DatabaseError

    monkeypatch.setattr(MigrationExecutor, "migration_plan", refuse)

    assert told() == (1, ["must    The database does not answer: DatabaseError."])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, None),
        (
            {"issuer": "https://another.example"},
            "should  What OIDC_ISSUER names does not answer as it should: OAuth2Error.",
        ),
        (
            {"page_at": "https://another.example"},
            "should  The company signs people in at another.example, and not where "
            "OIDC_ISSUER is: browsers will let no form lead there.",
        ),
    ],
)
def test_a_company_that_cannot_sign_people_in_is_named(sound, change, said):
    with openid_provider.running() as provider:
        openid_provider.use(sound, provider)
        for name, value in change.items():
            setattr(provider, name, value)

        assert told() == (0, [said or "Nothing is lacking."])
