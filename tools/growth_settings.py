"""The app's settings, without what only a server needs: static files and logs."""

from tpmguide.settings import *  # noqa: F403

STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
LOGGING["handlers"]["stderr"] = {"class": "logging.NullHandler"}  # noqa: F405
ACCOUNT_RATE_LIMITS = False
