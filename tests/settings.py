"""The app's settings, made quick and quiet for tests.

The environment is set first, so that neither the shell nor .env changes a test.
`make test` names another database in DATABASE_URL_FOR_TESTS.
"""

import os
import tempfile

os.environ.update(
    SECRET_KEY="only-for-tests-" + "x" * 40,
    DEBUG="false",
    HTTPS="false",
    ALLOWED_HOSTS="127.0.0.1,localhost,testserver",
    CSRF_TRUSTED_ORIGINS="",
    DATABASE_URL=os.environ.get("DATABASE_URL_FOR_TESTS", "sqlite://:memory:"),
    EMAIL_URL="smtp://mail.invalid",
    EMAIL_VERIFICATION="mandatory",
    FRAMEWORK_KEY="technical-project-manager",
    STAFF_SECOND_STEP="false",
    TIME_ZONE="UTC",
)

from tpmguide.settings import *  # noqa: F403 - the environment must be set first

INSTALLED_APPS.append("tools.styleguide")  # noqa: F405
LOGGING["handlers"]["stderr"] = {"class": "logging.NullHandler"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# A name of its own for each run, so that two may go on side by side. With SQLite a file,
# because threads share an in-memory database in a way that no installation does.
run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
if DATABASES["default"]["ENGINE"] == "tpmguide.sqlite":  # noqa: F405
    file = f"{tempfile.gettempdir()}/tpmguide-tests-{run}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": file}  # noqa: F405
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_tpmguide_{run}"}  # noqa: F405
# Made at once, as the models say; `make checks` holds the migrations to them.
DATABASES["default"]["TEST"]["MIGRATE"] = False  # noqa: F405
