"""Share links as rows: made, opened, ended."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from assessment import sharing
from assessment.actions import delete_assessment, release_assessments
from assessment.models import ShareLink
from tests.factories import make_assessment, make_guest, make_share_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(framework, alice):
    return make_assessment(owner=alice, submit=True)


def later(**span):
    """A moment from now on, ticking."""
    return time_machine.travel(timezone.now() + timedelta(**span))


def test_a_token_is_long_and_only_its_digest_is_stored(done):
    made = [make_share_link(done) for _ in range(3)]

    tokens = {token for _, token in made}
    stored = str(list(ShareLink.objects.values()))
    assert len(tokens) == 3
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)  # 256 bits
    assert [token for token in tokens if token in stored] == []
    assert [ShareLink.objects.of_token(token).get() for _, token in made] == [
        link for link, _ in made
    ]


@pytest.mark.parametrize("days", [7, 30, 90])
def test_a_link_lives_for_its_days(done, days):
    link, _ = make_share_link(done, days=days)
    states = []

    for moment in (timedelta(days=days, minutes=-1), timedelta(days=days, minutes=1)):
        with time_machine.travel(link.created_at + moment, tick=False):
            states.append((link.state, ShareLink.objects.live().count()))

    assert states == [("live", 1), ("expired", 0)]


def test_a_draft_is_not_shared(framework, alice):
    draft = make_assessment(owner=alice)

    with pytest.raises(ValueError, match="report of a person"):
        make_share_link(draft)


def test_what_nobody_owns_is_not_shared(framework):
    with pytest.raises(ValueError, match="report of a person"):
        make_share_link(make_assessment(owner=None, submit=True))


def test_a_report_has_so_many_live_links_and_no_more(done, alice):
    links = [make_share_link(done)[0] for _ in range(sharing.MOST_LIVE_LINKS)]
    with pytest.raises(sharing.TooManyLinks):
        make_share_link(done)

    make_share_link(make_assessment(owner=alice, submit=True))  # is another report
    sharing.revoke_share_link(link=links[0])
    make_share_link(done)

    assert done.share_links.live().count() == sharing.MOST_LIVE_LINKS


def test_links_that_expired_make_room(done):
    for _ in range(sharing.MOST_LIVE_LINKS):
        make_share_link(done, days=7)

    with later(days=8):
        make_share_link(done)

        assert done.share_links.live().count() == 1


def test_revoking_twice_keeps_the_first_moment(done):
    link, _ = make_share_link(done)
    sharing.revoke_share_link(link=link)
    first = ShareLink.objects.get().revoked_at

    with later(days=1):
        sharing.revoke_share_link(link=link)

    assert ShareLink.objects.get().revoked_at == first


def test_opening_is_stored_once_in_five_minutes(done):
    link, _ = make_share_link(done)
    start, opened = timezone.now(), []

    for seconds in (10, 309, 311):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            sharing.record_opening(link=link)
        opened.append((ShareLink.objects.get().last_opened_at - start).seconds)

    assert opened == [10, 10, 311]


def test_links_go_with_their_assessment(done, alice):
    make_share_link(done)
    kept, _ = make_share_link(make_assessment(owner=alice, submit=True))

    delete_assessment(assessment=done)

    assert list(ShareLink.objects.all()) == [kept]


def test_links_end_when_the_assessment_leaves_the_account(done, alice):
    make_share_link(done)
    other, _ = make_share_link(make_assessment(owner=alice, submit=True))

    release_assessments(owner=alice, guest=make_guest()[0], uids=[str(done.uid)])

    assert list(ShareLink.objects.live()) == [other]
