"""All settings. What differs between installations comes from the environment.

`.env` beside `manage.py` is read first; `docs/settings.md` lists every name.
"""

import importlib.util
from email.utils import formataddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. `make run` writes one for development into .env; "
        "elsewhere set it to 50 or more random characters."
    )
if not DEBUG and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    raise ImproperlyConfigured(
        "SECRET_KEY can be guessed. Set it to 50 or more random characters."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
if not DEBUG and not any(ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is empty. Set it to the host names under which people open the "
        "app, with commas between them."
    )
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# What the site calls itself, on pages, in mails and in the names of files.
SITE_NAME = env.str("SITE_NAME", "") or "tpmguide"

# The framework that is served at /ladder/ and /skills/.
FRAMEWORK_KEY = env.str("FRAMEWORK_KEY", "technical-project-manager")

INSTALLED_APPS = [
    "tpmguide.apps.TpmguideConfig",
    "careers",
    "assessment",
    "tpmguide.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "tpmguide.apps.StaticFilesConfig",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
if DEBUG:
    INSTALLED_APPS.append("tools.styleguide")

# What adds headers comes first, so that no answer is without them; what refuses, before what
# reads; what needs the database, last.
MIDDLEWARE = [
    "tpmguide.middleware.write_down",
    "tpmguide.middleware.add_policies",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "tpmguide.middleware.answer_health",
    "tpmguide.middleware.refuse_large_bodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers at random, against BREACH
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tpmguide.middleware.keep_private",
    "django.middleware.common.CommonMiddleware",
    "tpmguide.middleware.read_large_forms",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tpmguide.middleware.know_strangers",
    "tpmguide.sessions.put_off_end",
    "tpmguide.middleware.keep_guests",
    "tpmguide.middleware.use_zone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tpmguide.middleware.go_on_from_memory",
    "tpmguide.middleware.explain_buttons",
    "tpmguide.middleware.show_own_404",
    "tpmguide.middleware.refuse_nameless_field",
]
MESSAGE_STORAGE = "tpmguide.notices.Storage"
MESSAGES_COOKIE_NAME = "messages"

ROOT_URLCONF = "tpmguide.urls"
WSGI_APPLICATION = "tpmguide.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "assessment.open_draft.open_draft",
            ],
            "libraries": {"i18n": "tpmguide.sentences"},
        },
    },
]

# Database: SQLite beside the code unless DATABASE_URL names another.
# ------------------------------------------------------------------------------------
OF_SQLITE = {
    # Read-then-write transactions would otherwise fail under load.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: what was acknowledged survives a power cut. secure_delete: so does
    # nothing that was deleted.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    ),
}
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
}
# A copy that follows the first one; public pages are read from it, see tpmguide/replica.py.
if env.str("REPLICA_URL", ""):
    DATABASES["replica"] = env.dj_db_url("REPLICA_URL")
    DATABASE_ROUTERS = ["tpmguide.replica.Router"]
    MIDDLEWARE.append("tpmguide.replica.read_from_replica")
for database in DATABASES.values():
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["ENGINE"] = "tpmguide.sqlite"
        database["OPTIONS"] = OF_SQLITE
    else:  # where nothing answers at all, a page says so soon
        database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
    database["CONN_MAX_AGE"] = 600
    database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where `manage.py backup` writes.
BACKUP_DIR = env.path("BACKUP_DIR", BASE_DIR / "backups")

# The counts behind all limits must hold over all processes and machines: in a table, or in
# Redis. Sessions stay rows, so that they can be listed, and ended everywhere at once.
CACHE_URL = env.str("CACHE_URL", "")
if CACHE_URL and not CACHE_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured(
        "CACHE_URL names no Redis. Write it like redis://:password@127.0.0.1:6379/0, or "
        "leave it out: then the database counts."
    )
if CACHE_URL and not importlib.util.find_spec("redis"):
    raise ImproperlyConfigured(
        "CACHE_URL names a Redis and its client is not installed. "
        "Run `uv sync --extra redis`."
    )
SESSIONS_IN_REDIS = env.bool("SESSIONS_IN_REDIS", False)
if SESSIONS_IN_REDIS and not CACHE_URL:
    raise ImproperlyConfigured(
        "SESSIONS_IN_REDIS needs a Redis: set CACHE_URL, too, or leave it out."
    )
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "tpmguide",
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},  # seconds
    }
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Accounts: the e-mail address is the login; addresses and resets are confirmed by code.
# ------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["tpmguide.accounts.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "django.contrib.auth.password_validation.MinimumLengthValidator",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
        "tpmguide.passwords.OwnWordsValidator",
    )
]
# Of a browser in which somebody signed in: guessing elsewhere does not lock it out.
KNOWN_COOKIE_NAME = "known"
GUEST_COOKIE_NAME = "guest"  # of those who rate without an account
SESSION_ENGINE = "tpmguide.sessions"
SESSION_COOKIE_AGE = 90 * 24 * 60 * 60  # at most: see tpmguide/sessions.py
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "assessment:dashboard"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = env.str(
    "EMAIL_VERIFICATION",
    "none" if DEBUG else "mandatory",
    validate=validate.OneOf(
        ["mandatory", "optional", "none"], error="It is one of: {choices}."
    ),
)
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION == "mandatory"
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 5  # times
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# A mail may take its time.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
# Who has only got hold of an open session cannot take the account: a change asks for the
# password, and is told to the address that the account had until then.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True  # one address an account
ACCOUNT_LOGOUT_REDIRECT_URL = "assessment:home"
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords for one account: from one connection, and from all together; from a
    # browser in which it was open before. For any account from one connection.
    "login_failed": "5/300s/key,20/m/ip",
    "login_failed_account": "100/h/key",
    "login_failed_known": "5/300s/key",
    "code": "3/h/key",  # tries with one code
    # Assessments begun: by one person or guest, and by all guests of one connection.
    "begin": "20/h/key",
    "begin_as_guest": "300/h/ip",
    "share": "30/h/key",  # share links made by one person
    "search": "60/m/ip",
    "pdf": "6/m/key,30/m/ip",  # made: for one person or guest, for one connection
    "unclear": "20/h/ip",  # statements reported as unclear
    # Files with everything: by one person or guest, and by one connection.
    "take_along": "10/h/key,60/h/ip",
    "bring": "30/h/key",  # such files brought in, or looked at, by one person
}
# Proxies in front of the app: without it all visitors behind one share its limits.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int(
    "TRUSTED_PROXY_COUNT", 0, validate=validate.Range(min=0)
)
ACCOUNT_USER_DISPLAY = "tpmguide.accounts.display_name"
ACCOUNT_ADAPTER = "tpmguide.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "tpmguide.accounts.AddEmailForm",
    "change_password": "tpmguide.accounts.ChangePasswordForm",
    "confirm_email_verification_code": "tpmguide.accounts.EmailCodeForm",
    "confirm_password_reset_code": "tpmguide.accounts.ResetCodeForm",
    "login": "tpmguide.accounts.LoginForm",
    "reauthenticate": "tpmguide.accounts.ReauthenticateForm",
    "reset_password": "tpmguide.accounts.ResetPasswordForm",
    "signup": "tpmguide.accounts.SignupForm",
}

# A second step at sign-in: for who wants it, and for who works here.
MFA_ADAPTER = "tpmguide.accounts.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half minutes that a clock may be wrong
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
STAFF_SECOND_STEP = env.bool("STAFF_SECOND_STEP", not DEBUG)

# Signing in with the account of a company, where one is named: see tpmguide/openid.py.
OIDC = {
    "OIDC_NAME": env.str("OIDC_NAME", ""),
    "OIDC_ISSUER": env.str("OIDC_ISSUER", "").rstrip("/"),
    "OIDC_CLIENT_ID": env.str("OIDC_CLIENT_ID", ""),
    "OIDC_SECRET": env.str("OIDC_SECRET", ""),
}
OIDC_NAME, OIDC_ISSUER = OIDC["OIDC_NAME"], OIDC["OIDC_ISSUER"]
if any(OIDC.values()) and not all(OIDC.values()):
    missing = ", ".join(name for name, value in OIDC.items() if not value)
    raise ImproperlyConfigured(
        f"The sign-in of a company is set by half: set {missing} as well, or none of "
        f"{', '.join(OIDC)}."
    )
OIDC_AT = urlsplit(OIDC_ISSUER)
if OIDC_ISSUER and not (
    OIDC_AT.hostname
    and (OIDC_AT.scheme == "https" or OIDC_AT.hostname in ("127.0.0.1", "localhost"))
):
    raise ImproperlyConfigured(
        "OIDC_ISSUER must begin with https://, like https://login.example.org/people: "
        "what it says of people must come from it and nobody else."
    )
SOCIALACCOUNT_ADAPTER = "tpmguide.openid.Adapter"
# An account with the same address is joined where the provider says that it is verified.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": OIDC_ISSUER,
                "name": OIDC_NAME,
                "client_id": OIDC["OIDC_CLIENT_ID"],
                "secret": OIDC["OIDC_SECRET"],
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# Mail. What EMAIL_URL names is used by the worker, see tpmguide/mail.py.
# ------------------------------------------------------------------------------------
EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "console://")
EMAIL_SENT_BY = EMAIL_CONFIG.get("EMAIL_BACKEND")
HAS_MAIL_SERVER = EMAIL_SENT_BY == "django.core.mail.backends.smtp.EmailBackend"
if EMAIL_SENT_BY is None or (HAS_MAIL_SERVER and not EMAIL_CONFIG["EMAIL_HOST"]):
    raise ImproperlyConfigured(
        "EMAIL_URL names no way to send mail. Write it like "
        "submission://user:password@mail.example.org:587."
    )
if not (DEBUG or HAS_MAIL_SERVER) and ACCOUNT_EMAIL_VERIFICATION == "mandatory":
    raise ImproperlyConfigured(
        "Nobody could sign up: EMAIL_VERIFICATION is mandatory and there is no mail "
        "server. Set EMAIL_URL to one, like "
        "submission://user:password@mail.example.org:587, or set EMAIL_VERIFICATION=none."
    )
vars().update(EMAIL_CONFIG)
EMAIL_BACKEND = "tpmguide.mail.EmailBackend"
EMAIL_TIMEOUT = 5  # seconds
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", formataddr((SITE_NAME, "noreply@localhost"))
)

# Security
# ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Browsers ask where a form leads in the end.
        "form-action": [
            SELF,
            *([f"{OIDC_AT.scheme}://{OIDC_AT.netloc}"] if OIDC_ISSUER else []),
        ],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
# Tells every page how far the draft is that this browser has open.
DRAFT_COOKIE_NAME = "draft"
# The browser's time zone, set by static/js/zone.js.
ZONE_COOKIE_NAME = "zone"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tpmguide.errors.csrf_failure"
# The largest form holds ten notes of 4,000 letters, each twice, with six bytes a letter
# where the alphabet is not Latin. No page takes files but the import of a framework.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MATRIX_MAX_NUMBER_FIELDS = 5000  # 80 skills by 20 levels, three fields each
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_HANDLERS: list[str] = []
# HSTS for sub-domains and in browsers' lists is for the operator to decide. The library
# `i18n` stands in for Django's of the same name.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "templates.W003"]
# Opens /readyz and /metrics to another machine; without it they answer this one alone.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
HTTPS = env.bool("HTTPS", not DEBUG)
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", False)
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    DRAFT_COOKIE_NAME = "__Host-draft"
    ZONE_COOKIE_NAME = "__Host-zone"
    MESSAGES_COOKIE_NAME = "__Host-messages"
    GUEST_COOKIE_NAME = "__Host-guest"
    KNOWN_COOKIE_NAME = "__Host-known"

# Logs: on stderr, nothing personal in them; see docs/logging.md.
# ------------------------------------------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": f"tpmguide.logs.{'ReadableLine' if DEBUG else 'JsonLine'}"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "tpmguide": {"level": "INFO"},
        # To be named takes Django's own handlers away.
        "django": {"level": "INFO"},
        # What answers below 500 are about, the line of each request says.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "CRITICAL", "propagate": True},
    },
}

# Static files: our own, and Bootstrap's reboot and the typeface from their packages.
# ------------------------------------------------------------------------------------


def _folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ImproperlyConfigured(f"{package} is not installed. Run `uv sync`.")
    return Path(folders[0])


STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", _folder_of("xstatic.pkg.bootstrap") / "data" / "css"),
    ("fonts", _folder_of("fontpkg_figtree") / "files"),
]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "tpmguide.static.Storage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]  # that a person can choose
FORMAT_MODULE_PATH = "tpmguide.formats"
TIME_ZONES = available_timezones()  # looked for on the disk, once
TIME_ZONE = env.str(
    "TIME_ZONE",
    "UTC",
    validate=validate.OneOf(
        TIME_ZONES, error="Write it like Europe/Vienna, or leave it out."
    ),
)
USE_TZ = True
USE_I18N = True
