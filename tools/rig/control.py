"""Settings of a server with a fault, to show that a rig finds out. Nothing imports them.

RIG_CONTROL=late: every save is acknowledged a second before it is carried out.
RIG_CONTROL=forgetful: every 20th save is acknowledged and never carried out.
RIG_CONTROL=in_request: a PDF is made each time, by the thread that answers.
RIG_CONTROL=unsynced: the database says "stored" before the disk has it.
RIG_CONTROL=careless: Django's own error pages, which read the body that is at fault.
"""

import importlib
import itertools
import os
import queue
import threading
import time

from django.db import connection
from django.http import HttpResponse

from tpmguide.settings import *  # noqa: F403 - the app's settings, and one fault

if os.environ["RIG_CONTROL"] == "careless":
    ROOT_URLCONF = "tools.rig.careless_urls"
    CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
else:
    FAULTS = {"in_request": "InRequest", "unsynced": "Unsynced"}
    FAULT = FAULTS.get(os.environ["RIG_CONTROL"], "Liar")
    MIDDLEWARE = [f"tools.rig.control.{FAULT}", *MIDDLEWARE]  # noqa: F405

DELAY = 1.0  # seconds
FORGOTTEN = 20


class Liar:
    """Answers saves before, or instead of, the app."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.late = os.environ["RIG_CONTROL"] == "late"
        self.count = itertools.count(1)
        self.promises = queue.SimpleQueue()
        threading.Thread(target=self._keep_promises, daemon=True).start()

    def __call__(self, request):
        path = request.path.split("/")
        if "save" not in path:
            return self.get_response(request)
        said = acknowledgement(request, skill=path[-2])
        if self.late:
            self.promises.put((time.monotonic() + DELAY, request))
            return said
        return said if next(self.count) % FORGOTTEN == 0 else self.get_response(request)

    def _keep_promises(self):
        while True:
            due, request = self.promises.get()
            time.sleep(max(0, due - time.monotonic()))
            self.get_response(request)


def acknowledgement(request, skill):
    """ "Saved", with the revision that the save would have had."""
    name = f"{skill}-revision"
    revision = int(request.POST[name] or 0) + 1
    return HttpResponse(f'<input name="{name}" value="{revision}">')


def Unsynced(get_response):
    """A middleware that changes nothing but what a connection waits for.

    Once the server has started, since it does not start with such a SQLite.
    """

    def answer(request):
        is_sqlite = connection.vendor == "sqlite"
        with connection.cursor() as cursor:
            cursor.execute(
                "PRAGMA synchronous=NORMAL"
                if is_sqlite
                else "SET synchronous_commit TO off"
            )
        return get_response(request)

    return answer


def InRequest(get_response):
    """A middleware that changes nothing but how the app makes a PDF."""
    weasyprint = importlib.import_module("weasyprint")
    process = importlib.import_module("assessment.exports.pdf_process")
    views = importlib.import_module("assessment.views.exports")
    views.pdf_of_report = lambda _, html, address, *_more, **_said: process.pdf_of_page(
        weasyprint, html, address
    )
    return get_response
