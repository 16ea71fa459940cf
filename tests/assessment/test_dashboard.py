"""The list of a person's assessments."""

import datetime
from copy import copy
from uuid import uuid4

import pytest

from assessment.models import Assessment
from assessment.views.report import PAGE_SIZE
from tests.factories import make_assessment, make_framework
from tests.reading import elements, links, texts

pytestmark = pytest.mark.django_db

ADDRESS = "/reports/"


def facts(page):
    """What stands below each name."""
    return [text for text in texts(page, "p", "quiet") if " · " in text or "of" in text]


def at(assessment, *moment):
    assessment.submitted_at = datetime.datetime(*moment, tzinfo=datetime.UTC)
    assessment.save(update_fields=["submitted_at"])
    return assessment


def test_an_empty_list_invites(framework, alice_client):
    page = alice_client.get(ADDRESS)

    assert texts(page, "h1") == ["Your reports"]  # as the menu calls it
    assert links(page)["Start the self-assessment"] == "/assess/"


@pytest.mark.parametrize("address", [ADDRESS, "/progress/", "/plan/"])
def test_who_is_signed_out_is_told_how_to_see_earlier_work(
    framework, client, alice_client, address
):
    page, own = client.get(address), alice_client.get(address)

    way = f"/accounts/login/?next={address}"
    said = "What you keep in an account stands here once you are signed in. Sign in"
    assert said in texts(page, "p", "small")
    main = page.content.decode().partition("<main")[2]
    assert f'<a href="{way}">Sign in</a>' in main
    assert "stands here once" not in own.content.decode()


def test_drafts_and_reports_of_mine_only(framework, alice, bob, alice_client):
    done = at(make_assessment(owner=alice, submit=True), 2026, 6, 30, 12, 0)
    draft = make_assessment(owner=alice, ratings={"testing": 1, "tooling": 0})
    make_assessment(owner=bob, submit=True)

    page = alice_client.get(ADDRESS)

    assert elements(page, "a", "report-line__name") == [
        ({"class": "report-line__name", "href": draft.get_absolute_url()}, "TPM"),
        ({"class": "report-line__name", "href": done.get_absolute_url()}, "TPM"),
    ]
    assert texts(page, "span", "report-line__score") == ["61"]
    assert texts(page, "span", "band-badge") == ["On the way"]
    assert facts(page)[0].startswith("2 of 5 answered, last changed ")
    assert facts(page)[1] == "30 June 2026 · version 1.0"
    again = next(a["href"] for a, text in elements(page, "a") if "Rate again" in text)
    key = done.framework.key
    assert again == f"/assess/?framework={key}&target=tpm&based_on={done.uid}"


def test_a_provisional_score_says_so(framework, alice, alice_client):
    ratings = {"planning": 3, "tooling": 3, "testing": 2, "communication": 3}
    at(make_assessment(owner=alice, ratings=ratings, submit=True), 2026, 6, 30)

    page = alice_client.get(ADDRESS)

    assert facts(page) == ["30 June 2026 · version 1.0"]
    assert texts(page, "span", "band-badge") == ["Nearly there, provisional"]
    assert texts(page, "span", "is-provisional") == ["99"]


def test_the_time_is_shown_where_several_are_of_one_day(framework, alice, alice_client):
    for moment in ((29, 12, 0), (30, 8, 5), (30, 18, 30)):
        at(make_assessment(owner=alice, submit=True), 2026, 6, *moment)

    assert facts(alice_client.get(ADDRESS)) == [
        "30 June 2026, 18:30 · version 1.0",
        "30 June 2026, 08:05 · version 1.0",
        "29 June 2026 · version 1.0",
    ]


def test_frameworks_are_named_where_there_are_several(framework, alice, alice_client):
    at(make_assessment(owner=alice, submit=True), 2026, 6, 30)
    assert facts(alice_client.get(ADDRESS)) == ["30 June 2026 · version 1.0"]

    other = make_framework(key="another", title="Another ladder")
    make_assessment(owner=alice, framework=other, ratings={"planning": 3})

    draft, report = facts(alice_client.get(ADDRESS))
    assert draft.startswith("Another ladder · 1 of 5 answered")
    assert report == "Small ladder · 30 June 2026 · version 1.0"


def test_two_versions_of_one_framework_are_not_several(framework, alice, alice_client):
    at(make_assessment(owner=alice, submit=True), 2026, 6, 29)
    make_framework(version="1.1", title="Another title")
    at(make_assessment(owner=alice, submit=True), 2026, 6, 30)

    assert facts(alice_client.get(ADDRESS)) == [
        "30 June 2026 · version 1.1",
        "29 June 2026 · version 1.0",
    ]


def test_a_name_stands_before_the_target(framework, alice, alice_client):
    report = make_assessment(owner=alice, submit=True)
    report.label = "Before <the> review"
    report.save(update_fields=["label"])

    page = alice_client.get(ADDRESS)

    assert texts(page, "a", "report-line__name") == ["Before <the> review · TPM"]


@pytest.mark.parametrize("count", [3, 500])
def test_it_costs_the_same_for_more(
    framework, alice, alice_client, count, django_assert_num_queries
):
    done = at(make_assessment(owner=alice, submit=True), 2026, 6, 30)
    draft = make_assessment(owner=alice, ratings={"testing": 1})
    for each in (done, draft):
        copies(each, count)
    alice_client.get(ADDRESS)

    # session, user, count of the pages, the page
    with django_assert_num_queries(4):
        page = alice_client.get(ADDRESS)

    assert len(page.context["page"]) == min(2 * count, PAGE_SIZE)


def copies(assessment, count):
    """So many in all, each of the day before the last."""
    rows = []
    for days in range(1, count):
        row = copy(assessment)
        row.pk, row.uid = None, uuid4()
        if row.submitted_at:
            row.submitted_at -= datetime.timedelta(days=days)
        rows.append(row)
    Assessment.objects.bulk_create(rows)


def test_it_turns_pages(framework, alice, alice_client):
    for _ in range(PAGE_SIZE + 1):
        make_assessment(owner=alice)

    first, second = alice_client.get(ADDRESS), alice_client.get(f"{ADDRESS}?page=2")

    assert [len(texts(page, "a", "report-line__name")) for page in (first, second)] == [
        PAGE_SIZE,
        1,
    ]
    assert (links(first)["Older"], links(second)["Newer"]) == ("?page=2", "?page=1")
