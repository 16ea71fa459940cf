"""The server's entry."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from tpmguide.request import Request
from tpmguide.turns import in_turn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpmguide.settings")
django = get_wsgi_application()
django.request_class = Request
application = in_turn(django)

from tpmguide.start import check_start  # noqa: E402 - it needs the apps

check_start()

# What is loaded by now stays as long as the process: no need to look through it for
# garbage at every few requests, which costs a report 3 % (`make cost`).
gc.collect()
gc.freeze()
