"""What the owner of a report sees of its share links."""

import pytest
import time_machine

from assessment import sharing
from assessment.share_page import MOST_LINES, link_lines
from tests.factories import make_assessment, make_share_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(framework, alice):
    return make_assessment(owner=alice, submit=True)


def test_links_are_listed_live_ones_first(done):
    make_share_link(done, label="oldest")
    for number in range(MOST_LINES):
        link, _ = make_share_link(done, label=f"ended {number}")
        sharing.revoke_share_link(link=link)
    make_share_link(done, label="newest")

    lines = link_lines(done)

    labels = [line.label for line in lines]
    assert labels[:3] == ["newest", "oldest", f"ended {MOST_LINES - 1}"]
    assert len(lines) == MOST_LINES
    assert [line.is_live for line in lines[:3]] == [True, True, False]


@time_machine.travel("2026-03-01 09:30Z", tick=False)
def test_a_line_says_what_became_of_the_link(done):
    plain, _ = make_share_link(done)
    sharing.record_opening(link=plain)
    revoked, _ = make_share_link(done, shown_name="Alice Doe", includes_notes=True)
    sharing.revoke_share_link(link=revoked)
    make_share_link(done, days=7)

    with time_machine.travel("2026-03-10 09:30Z", tick=False):
        said = [(line.state, line.facts) for line in link_lines(done)]

    assert said == [
        (
            "Live",
            "Made 1 March 2026, expires 31 March 2026. Last opened 1 March 2026, 09:30. "
            "Without your notes, without a name.",
        ),
        (
            "Expired",
            "Made 1 March 2026, expired 8 March 2026. Never opened. Without your notes, "
            "without a name.",
        ),
        (
            "Revoked",
            "Made 1 March 2026, revoked 1 March 2026. Never opened. Includes your notes, "
            "under the name Alice Doe.",
        ),
    ]
