"""The settings, read by fresh interpreters: each test is one installation."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECRET = "only-for-tests-" + "x" * 40
SOUND = {"SECRET_KEY": SECRET, "EMAIL_URL": "smtp://mail.invalid"}
SHOW = """
import json, sys
from tpmguide import settings
names = [name for name in sys.argv[1:] if hasattr(settings, name)]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


@pytest.fixture
def installation(tmp_path):
    """Reads the settings in an empty house: no .env, no environment but the given one."""
    shutil.copytree(ROOT / "tpmguide", tmp_path / "tpmguide")

    def read(*names, **environment):
        return subprocess.run(
            [sys.executable, "-c", SHOW, *names],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return read


def values(process):
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def test_without_a_secret_nothing_starts_and_the_cure_is_said(installation):
    refused = installation()

    assert refused.returncode == 1
    assert "SECRET_KEY is not set. `make run` writes one" in refused.stderr


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("DEBUG", "maybe", "Not a valid boolean."),
        ("HTTPS", "sometimes", "Not a valid boolean."),
        ("EMAIL_VERIFICATION", "yes", "It is one of: mandatory, optional, none."),
        ("CACHE_URL", "memcached://127.0.0.1", "redis://:password@"),
        ("SESSIONS_IN_REDIS", "true", "needs a Redis: set CACHE_URL, too"),
        ("TIME_ZONE", "Mars/Base", "Write it like Europe/Vienna"),
        ("TIME_ZONE", "", "Write it like Europe/Vienna"),
    ],
)
def test_an_odd_value_is_refused_by_name(installation, name, value, hint):
    refused = installation(**SOUND, **{name: value})

    assert refused.returncode == 1
    assert name in refused.stderr
    assert hint in refused.stderr


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SECRET_KEY", "s" * 10 + "hort", "Set it to 50 or more random characters."),
        ("SECRET_KEY", "abcd" * 20, "Set it to 50 or more random characters."),
        ("ALLOWED_HOSTS", "", "Set it to the host names under which people open"),
        ("ALLOWED_HOSTS", ",", "Set it to the host names under which people open"),
        ("EMAIL_URL", "smtp", "Write it like submission://user:password@"),
        ("EMAIL_URL", "smtp+tls://host:587", "Write it like submission://"),
        ("EMAIL_URL", "submission://", "Write it like submission://"),
        ("EMAIL_URL", "smtp://host:port", "Not a valid email URL."),
        ("TRUSTED_PROXY_COUNT", "-1", "Must be greater than or equal to 0."),
        ("EMAIL_URL", "console://", "there is no mail server. Set EMAIL_URL"),
        ("EMAIL_URL", "dummy://", "there is no mail server. Set EMAIL_URL"),
        ("EMAIL_URL", None, "there is no mail server. Set EMAIL_URL"),
    ],
)
def test_what_cannot_work_in_production_is_refused(installation, name, value, hint):
    environment = SOUND | {name: value}

    refused = installation(**{k: v for k, v in environment.items() if v is not None})

    last = refused.stderr.strip().splitlines()[-1]
    assert refused.returncode == 1
    assert name in last
    assert hint in last


@pytest.mark.parametrize(
    "change",
    [
        {"DEBUG": "true", "SECRET_KEY": "short", "EMAIL_URL": "console://"},
        {"DEBUG": "true", "ALLOWED_HOSTS": "", "EMAIL_VERIFICATION": "mandatory"},
        {"EMAIL_VERIFICATION": "none", "EMAIL_URL": "console://"},
        {"EMAIL_URL": "smtp://user:password@host:465?ssl=True"},
    ],
)
def test_what_works_is_not_refused(installation, change):
    assert installation(**(SOUND | change)).returncode == 0


def test_the_mail_server_is_used_through_the_outbox_and_not_for_long(installation):
    names = (
        "EMAIL_BACKEND",
        "EMAIL_SENT_BY",
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_USE_TLS",
        "EMAIL_TIMEOUT",
    )
    url = "submission://user:password@mail.example.org?timeout=60"

    found = values(installation(*names, **(SOUND | {"EMAIL_URL": url})))

    assert found == {
        "EMAIL_BACKEND": "tpmguide.mail.EmailBackend",
        "EMAIL_SENT_BY": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_USE_TLS": True,
        "EMAIL_TIMEOUT": 5,
    }


COMPANY = {
    "OIDC_NAME": "Example",
    "OIDC_ISSUER": "https://login.example.org:8443/people/",
    "OIDC_CLIENT_ID": "tpmguide",
    "OIDC_SECRET": "secret",
}


@pytest.mark.parametrize("name", COMPANY)
def test_half_a_company_stops_the_start(installation, name):
    half = {k: v for k, v in COMPANY.items() if k != name}

    refused = installation(**SOUND, **half)

    assert refused.returncode == 1
    assert (
        f"The sign-in of a company is set by half: set {name} as well, or none of"
        in refused.stderr
    )


@pytest.mark.parametrize("issuer", ["http://login.example.org", "login.example.org"])
def test_a_company_that_anybody_could_play_stops_the_start(installation, issuer):
    refused = installation(**SOUND, **COMPANY | {"OIDC_ISSUER": issuer})

    assert refused.returncode == 1
    assert "OIDC_ISSUER must begin with https://" in refused.stderr


def test_a_form_may_lead_to_the_company_that_is_named_and_nowhere_else(installation):
    def may_lead_to(**environment):
        found = values(installation("CONTENT_SECURITY_POLICY", **SOUND, **environment))
        return found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"]

    assert may_lead_to() == ["'self'"]
    assert may_lead_to(**COMPANY) == ["'self'", "https://login.example.org:8443"]


def test_production_is_the_default(installation):
    names = (
        "DEBUG",
        "ACCOUNT_EMAIL_VERIFICATION",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "GUEST_COOKIE_NAME",
    )

    found = values(installation(*names, **SOUND))

    assert found == {
        "DEBUG": False,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 63_072_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": False,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "GUEST_COOKIE_NAME": "__Host-guest",
    }


def test_development_works_without_https_and_without_mail(installation):
    names = ("ACCOUNT_EMAIL_VERIFICATION", "SECURE_SSL_REDIRECT", "CSRF_COOKIE_NAME")

    found = values(installation(*names, SECRET_KEY=SECRET, DEBUG="true"))

    assert found == {"ACCOUNT_EMAIL_VERIFICATION": "none"}


def test_sqlite_waits_for_the_disk_and_locks_before_it_reads(installation):
    database = values(installation("DATABASES", **SOUND))["DATABASES"]

    assert database["default"]["ENGINE"] == "tpmguide.sqlite"
    options = database["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["init_command"] == (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    )


def test_postgresql_gets_none_of_sqlites_options(installation):
    url = "postgresql://someone@127.0.0.1:5432/answers"

    found = values(installation("DATABASES", **SOUND, DATABASE_URL=url))

    database = found["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["NAME"] == "answers"
    assert database["OPTIONS"] == {"connect_timeout": 3}


def test_an_env_file_is_read_and_the_environment_wins(installation, tmp_path):
    (tmp_path / ".env").write_text(f"SECRET_KEY={SECRET}\nDEBUG=true\nTIME_ZONE=UTC\n")

    found = values(installation("DEBUG", "TIME_ZONE", TIME_ZONE="Europe/Vienna"))

    assert found == {"DEBUG": True, "TIME_ZONE": "Europe/Vienna"}


@pytest.mark.parametrize("debug", ["true", "false"])
def test_the_style_guide_is_installed_for_development_alone(installation, debug):
    apps = values(installation("INSTALLED_APPS", **SOUND, DEBUG=debug))[
        "INSTALLED_APPS"
    ]

    assert ("tools.styleguide" in apps) == (debug == "true")
