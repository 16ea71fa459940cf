"""Who may see whose: every rule of `access.py`, with each kind of visitor.

Alice owns a report and a draft, a guest holds a draft in this browser, and one assessment
is nobody's. Bob, another guest, staff and whoever is not known see none of them.
"""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone

from assessment import access
from assessment.actions import delete_assessment, rename_assessment
from assessment.models import Assessment, Download, Guest, PracticeNote
from assessment.sharing import grant_reading, revoke_share_link
from tests.factories import make_assessment, make_guest, make_share_link

pytestmark = pytest.mark.django_db


def request_of(person=None, browser=None, address="/", method="GET"):
    """What a view is asked by a person, by a browser that holds a token, or by both."""
    request = RequestFactory().generic(method, address)
    request.user = person or AnonymousUser()
    if browser:
        request.COOKIES = {key: each.value for key, each in browser.cookies.items()}
    request.resolver_match = resolve(request.path)
    return request


@pytest.fixture
def owned(framework, alice):
    """{name: assessment}, the oldest first; `browser` holds the guest's token."""
    guest, browser = make_guest()
    owned = {
        "report": make_assessment(owner=alice, submit=True),
        "guest's": make_assessment(guest=guest, ratings={"tooling": 2}),
        "draft": make_assessment(owner=alice, ratings={"tooling": 3}),
        "nobody's": make_assessment(owner=alice),
    }
    Assessment.objects.filter(pk=owned["nobody's"].pk).update(owner=None)
    return owned | {"browser": browser}


ALL = ("report", "guest's", "draft", "nobody's")
SEES = {
    "alice": ("draft", "report"),
    "the guest": ("guest's",),
    "alice, in the guest's browser": ("draft", "guest's", "report"),
    "bob": (),
    "bob, in the guest's browser": ("guest's",),
    "another guest": (),
    "whoever is not known": (),
    "an editor": (),
    "an admin": (),
}


@pytest.fixture
def visit(owned, alice, bob, editor, admin):
    """The request of a visitor by its name."""

    def of(name, **asks):
        person, browser = {
            "alice": (alice, None),
            "the guest": (None, owned["browser"]),
            "alice, in the guest's browser": (alice, owned["browser"]),
            "bob": (bob, None),
            "bob, in the guest's browser": (bob, owned["browser"]),
            "another guest": (None, make_guest()[1]),
            "whoever is not known": (None, Client()),
            "an editor": (editor, None),
            "an admin": (admin, None),
        }[name]
        return request_of(person, browser, **asks)

    return of


# Assessments
# ------------------------------------------------------------------------------------


def test_everybody_sees_their_own_the_newest_first(owned, visit):
    found = {who: list(access.own_assessments(visit(who))) for who in SEES}

    assert found == {who: [owned[name] for name in seen] for who, seen in SEES.items()}


def locked(request, uid):
    with access.locked_assessment(request, uid) as assessment:
        return assessment


LOOKUPS = {
    "read": access.get_assessment_or_404,
    "report": access.get_for_report_or_404,
    "answered": lambda request, uid: access.get_answered_or_404(request, uid)[0],
    "write": locked,
    "links": lambda request, uid: access.get_own_link_or_404(request, uid, uuid4()),
}


@pytest.mark.parametrize("lookup", ["read", "report", "answered", "write"])
def test_an_address_leads_to_what_is_ones_own(owned, visit, lookup):
    found = {who: [] for who in SEES}
    for who, name in product(SEES, ALL):
        try:
            assessment = LOOKUPS[lookup](visit(who), owned[name].uid)
        except access.NotYours:
            continue
        assert assessment == owned[name]
        found[who].append(name)

    assert {who: sorted(seen) for who, seen in found.items()} == {
        who: sorted(seen) for who, seen in SEES.items()
    }


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_what_is_anothers_answers_like_what_does_not_exist(owned, visit, lookup):
    said = []
    for uid in (owned["report"].uid, owned["nobody's"].uid, uuid4()):
        with pytest.raises(Http404) as refused:
            LOOKUPS[lookup](visit("bob"), uid)
        said.append((type(refused.value), str(refused.value)))

    assert len(set(said)) == 1


def test_answers_come_with_their_assessment(owned, visit, alice):
    empty = make_assessment(owner=alice)

    assessment, answers = access.get_answered_or_404(visit("alice"), owned["draft"].uid)
    nothing = access.get_answered_or_404(visit("alice"), empty.uid)

    assert assessment == owned["draft"]
    assert {key: each.value for key, each in answers.items()} == {"tooling": 3}
    assert nothing == (empty, {})


def test_an_assessment_of_its_ratings_is_the_one_of_its_row(
    owned, visit, django_assert_num_queries
):
    row = Assessment.objects.for_report().get(pk=owned["draft"].pk)
    asked = visit("alice")

    with django_assert_num_queries(1):
        found, _ = access.get_answered_or_404(asked, row.uid)
        read = vars(found)
        parts = vars(found.framework), vars(found.target)

    def columns(of):
        return {name: value for name, value in of.items() if name[0] != "_"}

    rows = columns(vars(row)), columns(vars(row.framework)), columns(vars(row.target))
    reads = columns(read), *map(columns, parts)
    assert [
        of_row.items() >= of_rating.items()
        for of_row, of_rating in zip(rows, reads, strict=True)
    ] == [True] * 3
    not_needed = {
        "label",
        "corrects_id",
        "first_submitted_at",
        "readiness_tenths",
        "is_provisional",
        "band",
    }
    missing = [
        of_row.keys() - of_rating.keys()
        for of_row, of_rating in zip(rows, reads, strict=True)
    ]
    assert missing == [not_needed, set(), {"title"}]
    assert found.started_at == row.started_at  # read when it is asked for


def test_two_are_given_in_the_order_asked_for_if_both_are_ones_own(owned, visit):
    alice = visit("alice")
    report, draft = owned["report"], owned["draft"]

    assert access.get_two_or_404(alice, report.uid, draft.uid) == (report, draft)
    assert access.get_two_or_404(alice, draft.uid, report.uid) == (draft, report)
    for theirs in (owned["guest's"].uid, owned["nobody's"].uid, uuid4()):
        for pair in ((report.uid, theirs), (theirs, report.uid)):
            with pytest.raises(Http404):
                access.get_two_or_404(alice, *pair)


def test_what_goes_wrong_while_it_is_locked_changes_nothing(owned, visit):
    class Wrong(Exception):
        pass

    def rename_and_fail():
        with access.locked_assessment(visit("alice"), owned["draft"].uid) as draft:
            rename_assessment(assessment=draft, label="Half done")
            raise Wrong

    with pytest.raises(Wrong):
        rename_and_fail()

    assert Assessment.objects.get(pk=owned["draft"].pk).label == ""


# The token of a guest
# ------------------------------------------------------------------------------------


def holds(browser):
    return list(access.own_assessments(request_of(browser=browser)))


def test_a_token_that_was_made_elsewhere_holds_nothing(owned):
    browser = owned["browser"]
    token = access.guest_token(request_of(browser=browser))
    assert holds(browser) == [owned["guest's"]]

    answer = HttpResponse()
    answer.set_cookie(settings.GUEST_COOKIE_NAME, token)
    browser.cookies.update(answer.cookies)

    assert holds(browser) == []


@pytest.mark.parametrize(
    ("since", "count"), [(timedelta(minutes=-1), 1), (timedelta(minutes=1), 0)]
)
def test_a_token_holds_for_thirty_days_after_its_last_use(owned, since, count):
    with time_machine.travel(timezone.now() + Guest.KEPT_FOR + since):
        assert len(holds(owned["browser"])) == count


def test_a_token_is_read_once_a_request(owned):
    request = request_of(browser=owned["browser"])
    token = access.guest_token(request)

    request.COOKIES = {}

    assert access.guest_token(request) == token


# The way in
# ------------------------------------------------------------------------------------


def address_of(owned, page):
    return f"/reports/{owned['report'].uid}/{page}"


def test_a_stranger_at_a_persons_page_is_shown_the_way_in_and_back(owned, visit):
    address = address_of(owned, "fit/?second=tpm")
    back = f"next=%2Freports%2F{owned['report'].uid}%2Ffit%2F%3Fsecond%3Dtpm"

    for visitor in ("whoever is not known", "the guest"):
        way = access.way_in(visit(visitor, address=address))
        assert way == f"/accounts/login/?{back}"
    assert access.way_in(request_of(address=f"/reports/{uuid4()}/")) is not None


def test_who_is_signed_in_sends_a_form_or_is_elsewhere_needs_no_way_in(owned, visit):
    address = address_of(owned, "")

    assert access.way_in(visit("bob", address=address)) is None
    assert access.way_in(request_of(address=address, method="POST")) is None
    assert access.way_in(request_of(address="/reports/")) is None
    assert access.way_in(request_of(address="/skills/")) is None

    nowhere = request_of(address=address)
    nowhere.resolver_match = None
    assert access.way_in(nowhere) is None


# Practice notes
# ------------------------------------------------------------------------------------


def test_notes_are_of_who_is_signed_in_else_of_the_guest(owned, visit, alice):
    seen = {
        "alice": ["Alice's"],
        "the guest": ["The guest's"],
        "alice, in the guest's browser": ["Alice's"],
        "bob": [],
        "bob, in the guest's browser": [],
        "another guest": [],
        "whoever is not known": [],
        "an admin": [],
    }
    for text, whose in (
        ("Alice's", {"owner": alice}),
        ("The guest's", {"guest": owned["guest's"].guest}),
    ):
        PracticeNote.objects.create(
            **whose,
            framework_key="ladder",
            question_key="one",
            text=text,
            updated_at=timezone.now(),
        )

    found = {
        who: [note.text for note in access.own_practice_notes(visit(who))]
        for who in seen
    }

    assert found == seen


def test_a_download_is_of_who_is_signed_in(owned, visit, alice, bob):
    of_alice, of_bob = (
        Download.objects.create(owner=owner, asked_at=timezone.now())
        for owner in (alice, bob)
    )

    found = {who: list(access.own_downloads(visit(who))) for who in SEES}

    assert found == {who: [] for who in SEES} | {
        "alice": [of_alice],
        "alice, in the guest's browser": [of_alice],
        "bob": [of_bob],
        "bob, in the guest's browser": [of_bob],
    }


# Share links
# ------------------------------------------------------------------------------------


@pytest.fixture
def link(owned):
    made, token = make_share_link(owned["report"], days=7)
    made.token = token
    return made


def test_a_link_is_found_by_the_owner_of_its_report_and_under_it_alone(
    owned, visit, link, alice
):
    alices, report = visit("alice"), owned["report"]
    other = make_assessment(owner=alice, submit=True)

    assert access.get_own_link_or_404(alices, report.uid, link.uid) == link
    for request, uid, link_uid in (
        (alices, other.uid, link.uid),
        (alices, report.uid, uuid4()),
        (visit("bob"), report.uid, link.uid),
        (visit("an admin"), report.uid, link.uid),
    ):
        with pytest.raises(Http404):
            access.get_own_link_or_404(request, uid, link_uid)


def opened(owned, visit, link):
    """Bob, and the guest in his browser, have opened it."""
    bob = visit("bob")
    grant_reading(link=link, owner=bob.user, guest=None)
    grant_reading(link=link, owner=None, guest=owned["guest's"].guest)


@pytest.mark.parametrize(
    ("visitor", "reads"),
    [
        ("bob", True),
        ("the guest", True),
        ("alice, in the guest's browser", True),
        ("alice", False),  # her own report she reads as hers
        ("another guest", False),
        ("whoever is not known", False),
        ("an editor", False),
        ("an admin", False),
    ],
)
def test_a_shared_report_is_read_by_who_has_opened_its_link(
    owned, visit, link, visitor, reads
):
    opened(owned, visit, link)

    granted = access.get_granted_link(visit(visitor), link.uid)

    assert granted == (link if reads else None)
    assert granted is None or granted.assessment == owned["report"]


def test_who_reads_by_one_link_reads_by_no_other(owned, visit, link):
    other, _ = make_share_link(owned["report"])
    opened(owned, visit, link)

    assert access.get_granted_link(visit("bob"), other.uid) is None


def test_who_reads_a_shared_report_does_not_hold_it(owned, visit, link):
    opened(owned, visit, link)

    for lookup in LOOKUPS.values():
        with pytest.raises(Http404):
            lookup(visit("bob"), owned["report"].uid)


def test_a_token_opens_its_own_link_alone(owned, link):
    other, token = make_share_link(owned["report"])

    assert access.get_link_of_token(link.token) == link
    assert access.get_link_of_token(token) == other
    assert access.get_link_of_token(link.token[:-1]) is None
    assert access.get_link_of_token(link.token_digest) is None


def by_token_and_by_grant(visit, link):
    found = (
        access.get_link_of_token(link.token),
        access.get_granted_link(visit("bob"), link.uid),
    )
    return [each == link for each in found]


@pytest.mark.parametrize(
    ("minutes", "opens"), [(-1, [True, True]), (0, [False, False])]
)
def test_a_link_opens_until_it_expires(owned, visit, link, minutes, opens):
    opened(owned, visit, link)

    moment = link.expires_at + timedelta(minutes=minutes)
    with time_machine.travel(moment, tick=False):
        assert by_token_and_by_grant(visit, link) == opens


def test_a_link_that_was_revoked_opens_nothing(owned, visit, link):
    opened(owned, visit, link)
    assert by_token_and_by_grant(visit, link) == [True, True]

    revoke_share_link(link=link)

    assert by_token_and_by_grant(visit, link) == [False, False]


def test_a_report_that_was_deleted_is_not_shared_any_more(owned, visit, link):
    opened(owned, visit, link)

    delete_assessment(assessment=owned["report"])

    assert by_token_and_by_grant(visit, link) == [False, False]
