"""What everybody may read: it knows nobody, may be kept, and is quick."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import ADDRESSES, Who, address_of
from tests.factories import make_assessment

# Pages for anybody that are made for one visitor all the same.
FOR_ONE = {
    "assessment:start": "holds a form",
    "assessment:unclear": "holds a form",
    "assessment:find_level": "answers what was chosen",
    "assessment:dashboard": "lists what this browser began",
    "assessment:forget": "says what this browser holds",
    "assessment:me": "says what is kept of one",
    "assessment:plan": "is a plan, or asks whose",
    "assessment:progress": "draws what one has submitted",
    "styleguide": "is for those who build pages",
}
PUBLIC = [
    name
    for name, address in ADDRESSES.items()
    if address.who is Who.ANYBODY and "GET" in address.methods and name not in FOR_ONE
]
MOST_SECONDS = 0.1


@pytest.fixture
def paths(scene, alice):
    """{name of a public page: its path}."""
    made = scene(make_assessment(owner=alice))
    return {name: address_of(name, made) for name in PUBLIC}


def headers_of(response):
    """Without what a page says of its compression: one is too small to be compressed."""
    vary = response.headers.get("Vary", "").removesuffix(", Accept-Encoding")
    return response.headers.get("Cache-Control"), vary


# For visitors without a session
# ------------------------------------------------------------------------------------


KEPT = "public, max-age=60, must-revalidate"


def test_public_pages_know_nobody_and_may_be_kept_by_everybody(paths, client):
    found = {}

    for name, path in paths.items():
        response = client.get(path)
        request = response.wsgi_request
        found[name] = (
            request.session.accessed,
            "CSRF_COOKIE" in request.META,
            dict(response.cookies),
            headers_of(response),
        )

    assert found == dict.fromkeys(paths, (False, False, {}, (KEPT, "Cookie")))


def test_an_unchanged_public_page_is_not_sent_again(paths, client):
    found = {}

    for name, path in paths.items():
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        found[name] = (again.status_code, again.content, headers_of(again)[0])

    assert found == dict.fromkeys(paths, (304, b"", KEPT))


def test_a_changed_page_has_another_tag(framework, client):
    ladder, level = (client.get(path) for path in ("/ladder/", "/ladder/tpm/"))

    again = client.get("/ladder/tpm/", headers={"If-None-Match": ladder["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] == level["ETag"]


# For those whom we know
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("cookie", ["sessionid", "guest", "messages"])
def test_a_page_that_may_name_its_reader_is_kept_by_nobody_else(
    framework, client, cookie
):
    client.cookies[cookie] = "anything"

    assert headers_of(client.get("/skills/")) == ("private, no-cache", "Cookie")


def test_the_header_of_a_page_names_its_reader(paths, alice_client):
    found = {name: headers_of(alice_client.get(path)) for name, path in paths.items()}

    assert found == dict.fromkeys(paths, ("private, no-cache", "Cookie"))
    assert b"Sign out" in alice_client.get("/ladder/").content


def test_pages_for_one_are_not_for_everybody(scene, alice, alice_client):
    made = scene(make_assessment(owner=alice))

    for name in FOR_ONE:
        path = address_of(name, made)
        assert "no-store" in headers_of(alice_client.get(path))[0], name
        assert "public" not in (headers_of(Client().get(path))[0] or ""), name


def test_a_stranger_can_still_sign_in(client, alice):
    path = reverse("account_login")

    client.post(path, {"login": alice.email, "password": "alice's password"})

    assert b"Sign out" in client.get(reverse("assessment:privacy")).content


# Time
# ------------------------------------------------------------------------------------


def is_quick(client, path):
    """Whether one of three takes so little processor time; the machine may be busy."""

    def once():
        begun = time.process_time()
        client.get(path)
        return time.process_time() - begun

    client.get(path)  # loads the framework and the templates
    return any(once() <= MOST_SECONDS for _ in range(3))


def test_public_pages_are_quick(paths, client):
    slow = [path for path in paths.values() if not is_quick(client, path)]

    assert slow == []
