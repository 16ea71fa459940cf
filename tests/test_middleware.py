"""Who may keep a copy of a page, and how it is sent."""

import gzip

import pytest
import time_machine
from django.conf import settings
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


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Los_Angeles", "1 March 2026, 18:30 PST"),
        ("Asia/Tokyo", "2 March 2026, 11:30 JST"),
        ("", "2 March 2026, 02:30 UTC"),
        ("Mars/Olympus", "2 March 2026, 02:30 UTC"),
    ],
)
def test_days_are_those_of_the_readers_zone(alice, alice_client, framework, zone, day):
    with time_machine.travel("2026-03-02T02:30:00Z", tick=False):
        report = make_assessment(owner=alice, submit=True)
        alice_client.force_login(alice)
        alice_client.cookies[settings.ZONE_COOKIE_NAME] = zone

        page = alice_client.get(report.get_absolute_url()).content.decode()

    assert day in page


def test_a_told_zone_makes_no_public_page_private(client, framework):
    client.cookies[settings.ZONE_COOKIE_NAME] = "Asia/Tokyo"

    assert client.get("/ladder/")["Cache-Control"].startswith("public")


def test_a_page_is_sent_compressed_to_whoever_takes_it(client, db):
    plain = client.get("/privacy/")
    packed = client.get("/privacy/", headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert b"<!doctype html>" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2
