"""A fresh database becomes an installation, by `migrate` alone and by `release`."""

import pytest

pytestmark = pytest.mark.slow

SIGN_IN = """
import django
django.setup()
from django.contrib.auth.models import User
from allauth.account.models import EmailAddress
from django.test import Client
ann = User.objects.create_user("ann", "ann@example.org", "a long password")
EmailAddress.objects.create(user=ann, email=ann.email, verified=True, primary=True)
client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
fields = {"login": ann.email, "password": "a long password"}
print(client.post("/accounts/login/", fields).status_code)
"""


def test_migrate_alone_is_enough_to_sign_in(manage):
    manage("manage.py", "migrate", "--verbosity", "0")

    assert manage("-c", SIGN_IN) == "302\n"


def test_migrate_keeps_a_cache_table_that_is_there(manage):
    manage("manage.py", "createcachetable")

    manage("manage.py", "migrate", "--verbosity", "0")

    assert manage("-c", SIGN_IN) == "302\n"


def test_a_release_names_its_steps_and_may_be_repeated(manage, tmp_path):
    first = manage("manage.py", "release")
    second = manage("manage.py", "release")

    assert second.splitlines() == [
        "Database tables ...",
        "Static files ...",
        "Framework, if there is none ...",
        "A version of 'technical-project-manager' is there already. Nothing to do.",
        "Guide, if there is none ...",
        "A guide is there already. Nothing to do.",
    ]
    assert "Published version" in first
    assert (tmp_path / "static/staticfiles.json").exists()
