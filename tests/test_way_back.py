"""Whoever signs in from a page of their own comes back to it."""

import re
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from assessment.models import Assessment
from tests.factories import SKILLS, make_assessment
from tests.reading import texts

pytestmark = pytest.mark.django_db

PASSWORD = "alice's password"
HEADER = re.compile(r'<header class="site-head">.*?</header>', re.DOTALL)
NOT_YOURS = ["There is nothing here for you to open"]


def page(name, *args):
    return reverse(f"assessment:{name}", args=args)


def links(html, text):
    """Where the links of this text lead."""
    found = re.findall(rf'<a[^>]+href="([^"]+)"[^>]*>{text}</a>', html)
    return [unescape(each) for each in found]


def in_header(response, text):
    return links(HEADER.search(response.content.decode())[0], text)


@pytest.fixture
def report(framework, alice):
    return make_assessment(owner=alice, submit=True)


@pytest.mark.parametrize("query", ["", "?show=gaps&x=%26"])
def test_a_bookmark_of_ones_report_leads_there_by_signing_in(report, client, query):
    address = page("report", report.uid) + query
    asked = client.get(address)

    ways = links(asked.content.decode(), "Sign in")
    form = client.get(ways[0])
    sent = {"login": "alice@example.org", "password": PASSWORD}
    sent |= dict(re.findall(r'name="(next)" value="([^"]*)"', form.content.decode()))
    sent["next"] = unescape(sent["next"])
    landed = client.post(reverse("account_login"), sent)

    assert (asked.status_code, texts(asked, "h1")) == (404, NOT_YOURS)
    assert len(ways) == 2  # in the header, and on the page
    assert len(set(ways)) == 1
    assert landed.url == address
    assert client.get(landed.url).status_code == 200


def test_a_guest_comes_back_to_the_report_by_signing_up(framework, client):
    client.post(page("begin"), {"target": "tpm"})
    mine = Assessment.objects.get()
    for group in ("delivery", "people"):
        values = {f"{key}-value": "3" for key in SKILLS}
        client.post(page("rate", mine.uid, group), values)
    client.post(page("submit", mine.uid))
    address = page("report", mine.uid)

    way = in_header(client.get(address), "Create account")[0]
    sent = {"email": "new@example.org", "password1": PASSWORD, "next": address}
    client.post(way, sent)
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.M)[1]
    landed = client.post(reverse("account_email_verification_sent"), {"code": code})

    assert landed.url == address
    assert client.get(address).status_code == 200


def test_from_signing_in_to_signing_up_the_address_is_kept(report, client):
    way = links(client.get(page("report", report.uid)).content.decode(), "Sign in")[0]

    onward = links(client.get(way).content.decode(), "Create one")[0]
    form = client.get(onward).content.decode()

    assert f'name="next" value="{page("report", report.uid)}"' in form


@pytest.mark.parametrize("name", ["report", "resume", "review", "what_if", "share"])
def test_every_own_page_offers_it_and_says_no_more(report, alice, name):
    draft = make_assessment(owner=alice)
    missing = "00000000-0000-4000-8000-000000000000"

    def said(uid):
        text = Client().get(page(name, uid)).content.decode()
        return text.replace(str(uid), "UID")

    assert said(report.uid) == said(draft.uid) == said(missing)
    assert len(links(said(missing), "Sign in")) == 2


def test_who_is_signed_in_is_not_asked_to(report, bob_client):
    answer = bob_client.get(page("report", report.uid))

    assert texts(answer, "h1") == ["There is nothing at this address"]
    assert links(answer.content.decode(), "Sign in") == []


def test_a_wrong_address_asks_nobody_to_sign_in(framework, client):
    assert links(client.get("/nothing/").content.decode(), "Sign in") == []


def test_what_was_sent_is_no_address_to_come_back_to(report, client):
    answer = client.post(page("rename", report.uid), {"label": "Mine"})

    assert answer.status_code == 404
    assert links(answer.content.decode(), "Sign in") == []


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/reports/?page=1", "?next=/reports/%3Fpage%3D1"),
        ("/assess/?target=tpm", "?next=/assess/%3Ftarget%3Dtpm"),
        ("/ladder/", ""),
    ],
)
def test_the_header_keeps_the_address_of_own_pages(framework, client, path, kept):
    answer = client.get(path)

    assert in_header(answer, "Sign in") == [f"/accounts/login/{kept}"]
    assert in_header(answer, "Create account") == [f"/accounts/signup/{kept}"]
