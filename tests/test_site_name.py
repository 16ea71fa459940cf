"""A site that calls itself by another name says that name, and no other."""

import pytest
from django.test import Client
from django.urls import reverse

from assessment.exports import file_name
from tests.addresses import address_of
from tests.factories import make_assessment, make_framework
from tests.reading import texts
from tests.test_public_pages import PUBLIC

NAME = "Bakers & Sons"


@pytest.fixture(autouse=True)
def another_name(settings):
    settings.SITE_NAME = NAME


def test_public_pages_bear_the_name_of_the_site(scene, alice):
    made = scene(make_assessment(owner=alice))
    pages = {}

    for name in PUBLIC:
        if name not in ("healthz", "readyz", "metrics", "styleguide"):
            pages[name] = Client().get(address_of(name, made))

    assert [name for name, page in pages.items() if b"tpmguide" in page.content] == []
    assert {
        (texts(page, "title")[0].split(" · ")[-1], texts(page, "a", "wordmark")[0])
        for page in pages.values()
        if b"wordmark" in page.content
    } == {(NAME, NAME)}


def test_mails_bear_the_name_of_the_site(alice, mailoutbox, client):
    for page in ("account_signup", "account_reset_password"):
        sent = {"email": "alice@example.org", "password1": "long-enough-7"}
        client.post(reverse(page), sent)

    assert [mail.subject for mail in mailoutbox] == [
        f"You already have an account with {NAME}",
        "Your code for a new password",
    ]
    assert [mail.body.strip().split("\n")[-1] for mail in mailoutbox] == [NAME, NAME]


@pytest.mark.parametrize(
    ("name", "begins"), [(NAME, "bakers-sons"), ("製パン", "report")]
)
def test_files_begin_with_the_name_in_ascii(name, begins, settings, alice):
    settings.SITE_NAME = name
    make_framework()
    done = make_assessment(owner=alice, submit=True)

    assert file_name(done, "csv").startswith(f"{begins}-{done.target.key}-")
