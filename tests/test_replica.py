"""Public pages are read from a copy of the database; what is a person's never is."""

import json

import pytest

# In an installation with a replica, here a second name of the same database: which of the
# two was asked, for a page of somebody who is signed in.
ASKED = """
import json
import django
django.setup()
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from careers.store import live_framework, load_guide
from tests.factories import make_assessment, make_framework
from tests.guides import make_guide

make_framework()
make_guide()
live_framework()  # as at the start
load_guide()
alice = User.objects.create_user("alice", "alice@example.org", "x")
report = make_assessment(owner=alice, submit=True)
client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
client.force_login(alice)
first, copy = connections["default"], connections["replica"]

def asked(path):
    with CaptureQueriesContext(first) as of_first, CaptureQueriesContext(copy) as of_copy:
        status = client.get(path).status_code
    of_copy = [each["sql"] for each in of_copy]
    return {
        "status": status,
        "first": len(of_first),
        "copy": len(of_copy),
        "personal": [sql for sql in of_copy if "FROM \\"careers_" not in sql],
    }

found = {path: asked(path) for path in ("/ladder/", "/guide/", "/reports/", "/assess/")}
found["report"] = asked(report.get_absolute_url())
copy.close()
copy.settings_dict |= {"NAME": "/nowhere/at/all", "PORT": "1"}
found["away"] = {path: client.get(path).status_code for path in ("/ladder/", "/reports/")}
print(json.dumps(found))
"""


@pytest.mark.slow
def test_public_pages_are_read_from_the_copy_and_nothing_else_is(manage):
    manage("manage.py", "migrate", "--verbosity", "0")
    manage.environment |= {
        "REPLICA_URL": manage.environment["DATABASE_URL"],
        "DJANGO_SETTINGS_MODULE": "tools.growth_settings",  # without static files
    }

    found = json.loads(manage("-c", ASKED).splitlines()[-1])

    away = found.pop("away")
    for path, asked in found.items():
        assert (path, asked["status"], asked["personal"]) == (path, 200, [])
    assert found["/ladder/"]["copy"] >= 1
    assert found["/ladder/"]["first"] >= 3  # session, account, where she stands
    assert found["/guide/"]["copy"] == 1
    for path in ("/reports/", "/assess/", "report"):
        assert (path, found[path]["copy"]) == (path, 0)
    assert away == {"/ladder/": 200, "/reports/": 200}


@pytest.mark.parametrize("url", ["nothing", "redis://127.0.0.1"])
def test_a_replica_that_is_none_stops_the_start(manage, url):
    manage.environment["REPLICA_URL"] = url

    assert manage("manage.py", "check", fails=True)
