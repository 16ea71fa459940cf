"""Sharing a report, and reading one that is shared."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment import sharing
from assessment.actions import delete_assessment
from assessment.answers import Answer
from assessment.models import Guest, ShareGrant, ShareLink
from tests.assessment.test_guests import PASSWORD, begin, rate_all, sign_in
from tests.factories import SKILLS, make_assessment, make_share_link

pytestmark = pytest.mark.django_db

SAID = {"label": "My manager", "days": 30}
NOTE = "Planned <b>two</b> releases & more."
URL = "https://example.org/plan?a=1&b=2"
REASON = "Another team does it."


def page(name, *args):
    return reverse(f"assessment:{name}", args=args)


@pytest.fixture
def done(framework, alice):
    said = dict.fromkeys(SKILLS, 3) | {
        "planning": Answer(3, note=NOTE, url=URL),
        "tooling": Answer(not_applicable=True, reason=REASON),
    }
    return make_assessment(owner=alice, ratings=said, submit=True)


def share(client, assessment, **said):
    """Makes a link on its page, and returns what is shown then."""
    said = {**SAID, **said}
    return client.post(page("share", assessment.uid), said, follow=True)


def address_in(response):
    return re.search(r'readonly value="([^"]+)"', response.content.decode())[1]


def read(client, token):
    return client.get(page("open_share", token), follow=True)


def stored_everywhere():
    tables = ShareLink, ShareGrant, Guest, Session
    return str([list(table.objects.values()) for table in tables])


# The owner
# ------------------------------------------------------------------------------------


def test_the_address_is_shown_once_and_opens_the_report(done, alice_client, client):
    response = share(alice_client, done)
    address = address_in(response)
    again = alice_client.get(page("share", done.uid)).content.decode()

    shown = client.get(address, follow=True)

    assert response.redirect_chain == [(page("share", done.uid), 302)]
    assert address.startswith("http://testserver/shared/")
    assert "shown only this once" in response.content.decode()
    assert "readonly" not in again
    assert "My manager" in again
    assert shown.context["report"].result.score == 100


def test_the_token_is_stored_nowhere(done, alice_client, client):
    token = address_in(share(alice_client, done)).split("/")[-2]
    read(client, token)

    assert token not in stored_everywhere()
    assert ShareLink.objects.of_token(token).count() == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"label": " "}, "Write who it is for, so that you can tell your links apart."),
        ({"label": "x" * 81}, "Shorten this to 80 characters."),
        ({"days": 365}, "Choose 7, 30 or 90 days."),
        ({"days": ""}, "Choose how long the link works."),
        ({"shown_name": "x" * 81}, "Shorten this to 80 characters."),
    ],
)
def test_a_wrong_entry_is_explained_and_kept(done, alice_client, said, error):
    response = share(alice_client, done, **{"shown_name": "Alice Doe", **said})

    form = response.context["form"]
    assert response.status_code == 422
    assert [each for errors in form.errors.values() for each in errors] == [error]
    assert form["shown_name"].value() == said.get("shown_name", "Alice Doe")
    assert not ShareLink.objects.exists()


def test_too_many_links_are_refused_in_words(done, alice_client):
    for _ in range(sharing.MOST_LIVE_LINKS):
        make_share_link(done)

    response = share(alice_client, done, label="One more")

    assert response.status_code == 422
    assert "This report has 10 links that work" in response.content.decode()
    assert response.context["form"]["label"].value() == "One more"


def test_revoking_ends_the_view_of_who_reads_at_this_moment(done, alice_client, client):
    link, token = make_share_link(done)
    before = read(client, token).status_code

    revoked = alice_client.post(page("revoke", done.uid, link.uid), follow=True)

    after = [
        client.get(page("shared_report", link.uid)).status_code,
        read(client, token).status_code,
    ]
    assert [before, *after] == [200, 404, 404]
    assert "The link for My manager is revoked." in revoked.content.decode()


def test_a_link_is_revoked_only_at_its_own_report(done, alice, alice_client):
    other = make_assessment(owner=alice, submit=True)
    link, _ = make_share_link(other)

    response = alice_client.post(page("revoke", done.uid, link.uid))

    assert (response.status_code, ShareLink.objects.live().count()) == (404, 1)


def test_a_guest_signs_in_to_share_and_comes_back(framework, client, bob):
    bob.set_password(PASSWORD)
    bob.save()
    mine = begin(client)
    rate_all(client, mine)
    client.post(page("submit", mine.uid))
    here = page("share", mine.uid)

    asked = client.get(here).content.decode()
    refused = client.post(here, SAID)
    sign_in(client, bob)

    assert f"{reverse('account_signup')}?next={here}" in asked
    assert f"{reverse('account_login')}?next={here}" in asked
    assert b"Keep this report first" in refused.content
    assert share(client, mine).status_code == 200
    assert ShareLink.objects.get().assessment.owner == bob


# The reader
# ------------------------------------------------------------------------------------


def test_the_token_leaves_the_address_at_once(done, client):
    link, token = make_share_link(done)

    response = client.get(page("open_share", token))
    shown = client.get(response.url)

    assert response.url == page("shared_report", link.uid)
    assert str(done.uid) not in response.url
    assert response["Referrer-Policy"] == "no-referrer"
    assert token not in shown.content.decode()
    assert str(done.uid) not in shown.content.decode()


def test_nobody_keeps_or_indexes_what_is_shared(done, client):
    link, token = make_share_link(done)
    paths = [page("open_share", token), page("shared_report", link.uid)]
    dead = [page("open_share", "dead"), page("shared_report", done.uid)]
    answers = [client.get(path) for path in paths]
    answers += [Client().get(path) for path in dead]  # without a session

    for response in answers:
        path = response.request["PATH_INFO"]
        assert response["X-Robots-Tag"] == "noindex, nofollow", path
        assert "no-store" in response["Cache-Control"], path
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"], path


@pytest.mark.parametrize("includes", [False, True])
def test_notes_links_and_reasons_are_shown_if_included(done, client, includes):
    _, token = make_share_link(done, includes_notes=includes)

    response = read(client, token)

    content = response.content.decode()
    parts = [
        "Planned &lt;b&gt;two&lt;/b&gt; releases &amp; more.",
        'href="https://example.org/plan?a=1&amp;b=2" rel="noopener noreferrer nofollow"',
        REASON,
        'id="notes"',
    ]
    assert [part in content for part in parts] == [includes] * len(parts)


def test_an_address_that_is_not_of_the_web_is_never_a_link(done, client):
    done.ratings.filter(note=NOTE).update(url="javascript:alert(1)")
    _, token = make_share_link(done, includes_notes=True)

    content = read(client, token).content.decode()

    assert "Planned" in content
    assert "javascript:" not in content


def test_a_name_is_shown_only_if_it_was_given(done, alice, client):
    done.label = "Private label"
    done.save()
    texts = []
    for shown in ({}, {"shown_name": "Alice <Doe>"}):
        _, token = make_share_link(done, **shown)
        texts.append(read(client, token).content.decode())

    for text in texts:
        assert [
            s for s in (alice.email, "Private label", "My manager") if s in text
        ] == []
    assert "Shared with you by the person who rated themselves" in texts[0]
    assert "Shared with you by Alice &lt;Doe&gt;" in texts[1]


def test_a_shared_report_shows_what_the_owner_reads(done, alice_client, client):
    _, token = make_share_link(done, includes_notes=True)
    report = alice_client.get(page("report", done.uid)).context["report"]

    shared = read(client, token)

    seen = shared.context["report"]
    assert (seen.result, seen.answers) == (report.result, report.answers)


def test_a_shared_report_offers_nothing_that_acts_on_it(done, client):
    _, token = make_share_link(done)

    content = read(client, token).content.decode()

    assert 'method="post"' not in content
    assert "/assess/" not in content.split("<main")[1].split("</main>")[0]
    assert "You are not signed in" not in content
    assert "It supports a conversation; it is not a promotion decision." in content


def test_a_shared_report_is_narrowed_by_a_link(done, client):
    link, token = make_share_link(done)
    read(client, token)

    shown = client.get(page("shared_report", link.uid), {"show": "must-haves"})

    lines = [line for _, lines in shown.context["groups"] for line in lines]
    assert [line.key for line in lines] == ["planning", "communication"]


@pytest.mark.parametrize(
    "end", ["expired", "revoked", "deleted", "deactivated", "never granted"]
)
def test_a_link_that_ended_answers_like_one_that_never_was(done, client, end):
    link, token = make_share_link(done, days=7)
    nothing = client.get(page("open_share", "x" * 43))
    if end != "never granted":
        read(client, token)
    later = timedelta(days=8 if end == "expired" else 0)
    if end == "revoked":
        sharing.revoke_share_link(link=link)
    if end == "deleted":
        delete_assessment(assessment=done)
    if end == "deactivated":
        done.owner.is_active = False
        done.owner.save()

    with time_machine.travel(timezone.now() + later):
        found = [client.get(page("shared_report", link.uid))]
        found += (
            [] if end == "never granted" else [client.get(page("open_share", token))]
        )

    for each in found:
        assert (each.status_code, each.content) == (404, nothing.content)
        assert each["Referrer-Policy"] == nothing["Referrer-Policy"] == "strict-origin"
    assert b"Nothing is shared with you here" in nothing.content


def test_opening_is_told_to_the_owner(done, client):
    link, token = make_share_link(done)

    read(client, token)
    client.get(page("open_share", "x" * 43))

    opened = ShareLink.objects.get().last_opened_at
    assert timedelta(0) <= opened - link.created_at < timedelta(minutes=1)


def test_a_grant_ends_in_this_browser_with_signing_out(done, bob_client):
    link, token = make_share_link(done)
    read(bob_client, token)
    shown = page("shared_report", link.uid)
    before = [bob_client.get(shown).status_code, Client().get(shown).status_code]

    bob_client.post(reverse("account_logout"))

    assert before == [200, 404]
    assert bob_client.get(shown).status_code == 404


def test_a_grant_of_an_account_is_of_its_owner_alone(done, bob_client, alice_client):
    link, token = make_share_link(done)
    read(bob_client, token)

    assert alice_client.get(page("shared_report", link.uid)).status_code == 404


def test_signing_in_keeps_the_right_to_read_and_unclaiming_gives_it_back(
    done, client, bob
):
    bob.set_password(PASSWORD)
    bob.save()
    link, token = make_share_link(done)
    read(client, token)
    shown = page("shared_report", link.uid)

    sign_in(client, bob)
    signed_in = client.get(shown).status_code, ShareGrant.objects.get().owner
    client.post(page("unclaim"))
    released = client.get(shown).status_code, ShareGrant.objects.get().owner

    assert (signed_in, released) == ((200, bob), (200, None))


def test_a_reader_holds_so_many_grants_and_drops_the_oldest(alice, framework, client):
    reports = [make_assessment(owner=alice, submit=True) for _ in range(3)]
    made = [make_share_link(reports[n % 3]) for n in range(sharing.MOST_GRANTS + 1)]
    other, other_token = make_share_link(reports[0])
    read(Client(), other_token)

    for _, token in (*made, made[-1]):  # opening again costs no other grant
        read(client, token)

    granted = ShareGrant.objects.order_by("pk").values_list("link", flat=True)
    assert list(granted) == [other.pk, *(link.pk for link, _ in made[1:])]


def test_a_guest_reads_with_two_queries(done, client, django_assert_num_queries):
    link, token = make_share_link(done, includes_notes=True)
    read(client, token)

    # link with assessment and framework, ratings
    with django_assert_num_queries(2):
        client.get(page("shared_report", link.uid))


def test_a_shared_report_needs_five_queries_at_most(
    done, bob_client, django_assert_num_queries
):
    link, token = make_share_link(done, includes_notes=True)
    read(bob_client, token)

    # session, user, link with assessment and framework, ratings
    with django_assert_num_queries(4):
        bob_client.get(page("shared_report", link.uid))
