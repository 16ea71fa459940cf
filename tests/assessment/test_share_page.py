"""What the owner of a report sees of its share links."""

import pytest
import time_machine
from django.urls import reverse

from assessment import sharing
from assessment.views.share import MOST_LISTED
from tests.factories import make_assessment, make_share_link
from tests.reading import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(framework, alice):
    return make_assessment(owner=alice, submit=True)


def listed(client, assessment):
    """What the page says of each link."""
    page = client.get(reverse("assessment:share", args=[assessment.uid]))
    return texts(page, "li", "justify-content-between")


def test_links_are_listed_live_ones_first(done, alice_client):
    make_share_link(done, label="oldest")
    for number in range(MOST_LISTED):
        link, _ = make_share_link(done, label=f"ended {number}")
        sharing.revoke_share_link(link=link)
    make_share_link(done, label="newest")

    said = listed(alice_client, done)

    assert len(said) == MOST_LISTED
    assert [each.split(" Made ")[0] for each in said[:3]] == [
        "newest Live",
        "oldest Live",
        f"ended {MOST_LISTED - 1} Revoked",
    ]
    assert ["Revoke:" in each for each in said[:3]] == [True, True, False]


def test_the_list_says_which_links_show_the_case(done, alice_client):
    make_share_link(done, label="Report")
    make_share_link(done, label="Case", shows_case=True)

    said = listed(alice_client, done)

    assert [
        (each.split()[0], "Shows the promotion case." in each) for each in said
    ] == [("Case", True), ("Report", False)]


def test_the_page_says_what_a_link_to_the_case_shows(done, alice_client):
    answer = alice_client.get(reverse("assessment:share", args=[done.uid]))
    page = " ".join(answer.content.decode().split())

    assert "read the report or, if you choose so, its promotion case" in page
    assert "what you ask for and what was agreed" in page


@time_machine.travel("2026-03-01 09:30Z", tick=False)
def test_the_list_says_what_became_of_each_link(done, alice, alice_client):
    plain, _ = make_share_link(done, label="Plain")
    sharing.record_opening(link=plain)
    ended, _ = make_share_link(done, shown_name="Alice Doe", includes_notes=True)
    sharing.revoke_share_link(link=ended)
    make_share_link(done, days=7, includes_notes=True)
    make_share_link(done, days=8, shown_name="Alice <Doe>")

    with time_machine.travel("2026-03-10 09:30Z", tick=False):
        alice_client.force_login(alice)
        said = listed(alice_client, done)

    assert [
        (each.split(" Made ")[0].split()[-1], each[each.index("Made") :])
        for each in said
    ] == [
        (
            "Live",
            "Made 1 March 2026, expires 31 March 2026. Last opened 1 March 2026, 09:30. "
            "Without your notes, without a name. Revoke: Plain",
        ),
        (
            "Expired",
            "Made 1 March 2026, expired 9 March 2026. Never opened. Without your notes, "
            "under the name Alice <Doe>.",
        ),
        (
            "Expired",
            "Made 1 March 2026, expired 8 March 2026. Never opened. Includes your notes, "
            "without a name.",
        ),
        (
            "Revoked",
            "Made 1 March 2026, revoked 1 March 2026. Never opened. Includes your notes, "
            "under the name Alice Doe.",
        ),
    ]
