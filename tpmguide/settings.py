"""All settings. What differs between installations comes from the environment.

`.env` beside `manage.py` is read first; `docs/settings.md` lists every name.
"""

import importlib.util
from pathlib import Path

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
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

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
]

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
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tpmguide.middleware.keep_private",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tpmguide.middleware.know_strangers",
    "tpmguide.middleware.keep_guests",
    "tpmguide.middleware.use_zone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
                "assessment.open_draft.open_draft",
            ],
        },
    },
]

# Database: SQLite beside the code unless DATABASE_URL names another.
# ------------------------------------------------------------------------------------
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
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
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# The rate limits of the accounts must hold over all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Accounts: the e-mail address is the login; addresses and resets are confirmed by code.
# ------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
GUEST_COOKIE_NAME = "guest"  # of those who rate without an account
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
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
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "assessment:home"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/300s/key,20/m/ip",
    # Assessments begun: by one person or guest, and by all guests of one connection.
    "begin": "20/h/key",
    "begin_as_guest": "300/h/ip",
}
# Proxies in front of the app: without it all visitors behind one share its limits.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
ACCOUNT_USER_DISPLAY = "tpmguide.accounts.display_name"
ACCOUNT_ADAPTER = "tpmguide.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "tpmguide.accounts.AddEmailForm",
    "confirm_email_verification_code": "tpmguide.accounts.CodeForm",
    "login": "tpmguide.accounts.LoginForm",
    "reset_password": "tpmguide.accounts.ResetPasswordForm",
    "signup": "tpmguide.accounts.SignupForm",
}

# Mail. What EMAIL_URL names is used by one thread, see tpmguide/mail.py.
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
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "tpmguide <noreply@localhost>")

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
        "form-action": [SELF],
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
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_HANDLERS = []
# HSTS for sub-domains and in browsers' lists is for the operator to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
HTTPS = env.bool("HTTPS", not DEBUG)
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
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

# Logs: on stderr, nothing personal in them; see docs/logging.md.
# ------------------------------------------------------------------------------------
LOGGING = {
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

# Static files: our own, and Bootstrap and the typeface from their packages.
# ------------------------------------------------------------------------------------


def _folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    return Path(spec.submodule_search_locations[0])


STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", _folder_of("xstatic.pkg.bootstrap") / "data" / "css"),
    ("fonts", _folder_of("fontpkg_figtree") / "files"),
]
STORAGES = {
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

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True
