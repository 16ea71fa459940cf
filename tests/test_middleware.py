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
    ]

    found = {page: kept(alice_client.get(page)) for page in pages}

    for page, value in found.items():
        assert {"no-store", "private"} <= set(value.split(", ")), page


def test_a_guests_pages_are_kept_by_nobody(framework, client):
    client.post(reverse("assessment:begin"), {"target": "tpm"})

    response = client.get(reverse("assessment:dashboard"))

    assert "no-store" in kept(response)


def test_the_address_of_a_button_says_what_it_is(framework, alice, alice_client):
    draft = make_assessment(owner=alice)

    response = alice_client.get(reverse("assessment:submit", args=[draft.uid]))

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "This address belongs to a button" in response.content.decode()
    draft.refresh_from_db()
    assert not draft.is_submitted


def test_other_refused_methods_get_no_page(framework, alice_client):
    response = alice_client.delete(reverse("assessment:begin"))

    assert (response.status_code, response.content) == (405, b"")
