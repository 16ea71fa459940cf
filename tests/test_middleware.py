"""Who may keep a copy of a page."""

import pytest
from django.urls import reverse

from tests.factories import make_assessment

pytestmark = pytest.mark.django_db


def kept(response):
    return response.headers.get("Cache-Control")


def test_pages_for_a_session_are_kept_by_nobody(framework, alice, alice_client):
    done = make_assessment(owner=alice, submit=True)
    pages = [
        reverse("assessment:report", args=[done.uid]),
        reverse("assessment:dashboard"),
        reverse("assessment:home"),
    ]

    found = {page: kept(alice_client.get(page)) for page in pages}

    for page, value in found.items():
        assert {"no-store", "private"} <= set(value.split(", ")), page


def test_a_guests_pages_are_kept_by_nobody(framework, client):
    client.post(reverse("assessment:begin"), {"target": "tpm"})

    response = client.get(reverse("assessment:dashboard"))

    assert "no-store" in kept(response)


def test_pages_without_a_session_say_nothing(framework, client):
    assert kept(client.get(reverse("careers:ladder"))) is None
