"""`make cost`: the report's processor time as a multiple of a bare Django page.

Both are asked for in turns, in one process, signed in, without DEBUG, from a scratch
database with the shipped framework and the made-up person of `seed_demo`. Ends with 1
where a promise of docs/reliability.md is broken.
"""

import gzip
import os
import sys
import tempfile
import time
from importlib import import_module
from io import BytesIO, StringIO
from statistics import median

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tools.rig.crowd import say

PROMISE, QUERIES, HTML_KB = 2.5, 5, 15
ROUNDS, BATCH = 40, 10
BARE = "/bare/"


def main():
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        good = measure()
        connection.close()
    sys.exit(not good)


def prepare(folder):
    """A scratch installation, set as in production but for https, with the demo's data."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tpmguide.settings",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "SECRET_KEY": "only for this measurement, and of some length, to be accepted",
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "testserver",
        "STATIC_ROOT": f"{folder}/static",
        "EMAIL_URL": "smtp://mail.invalid",
    }
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("import_framework", publish=True, if_none=True, stdout=StringIO())
    call_command("seed_demo", stdout=StringIO())
    import_module("tpmguide.wsgi")  # as a server begins


def measure():
    """Prints what both pages cost; whether the promises hold."""
    person = get_user_model().objects.get()
    report = person.assessments.latest("pk").get_absolute_url()
    settings.ROOT_URLCONF = "tools.bare_page"
    client = Client()
    client.force_login(person)
    ask = asker(client)
    settings.MIDDLEWARE = import_module("tools.bare_page").MIDDLEWARE
    ask_bare = asker(client)
    ask_bare(BARE)
    ask(report)

    connection.force_debug_cursor = True
    with CaptureQueriesContext(connection) as queries:
        size = len(gzip.compress(ask(report), 6)) / 1024
    pairs = [
        (processor_ms(ask, report), processor_ms(ask_bare, BARE)) for _ in range(ROUNDS)
    ]
    return result(pairs, len(queries), size)


def asker(client):
    """Asks a server of its own, made of the settings of now, signed in like `client`."""
    handler = WSGIHandler()
    cookies = "; ".join(f"{key}={each.value}" for key, each in client.cookies.items())

    def ask(address):
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_COOKIE": cookies,
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        status = []
        response = handler(environ, lambda said, headers: status.append(said))
        body = b"".join(response)
        response.close()
        if status != ["200 OK"]:
            raise RuntimeError(f"{address} answered {status}.")
        return body

    return ask


def processor_ms(ask, address):
    """Processor time of one answer, in milliseconds: the mean of a batch."""
    before = time.process_time()
    for _ in range(BATCH):
        ask(address)
    return 1000 * (time.process_time() - before) / BATCH


def result(pairs, queries, size):
    ratio = median(report / bare for report, bare in pairs)
    say(
        f"report {median(pair[0] for pair in pairs):.2f} ms and bare page "
        f"{median(pair[1] for pair in pairs):.2f} ms of processor time: "
        f"ratio {ratio:.2f} (at most {PROMISE})"
    )
    say(f"{queries} queries (at most {QUERIES})")
    say(f"{size:.1f} KB of HTML, compressed (at most {HTML_KB})")
    return ratio <= PROMISE and queries <= QUERIES and size <= HTML_KB


if __name__ == "__main__":
    main()
