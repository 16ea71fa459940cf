"""What the guide's pages are told about their reader: the latest report of their own."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from assessment.reader import standing_of
from careers.store import spec_of
from tests.factories import make_assessment, make_framework, make_guest
from tests.reading import links, texts

MEETS_TPM = {
    "planning": 3,
    "tooling": 3,
    "testing": 2,
    "communication": 3,
    "leadership": 2,
}


def marked(client, path="/ladder/"):
    """The tags that say where the reader stands."""
    tags = texts(client.get(path), "span", "tag")
    return [tag for tag in tags if tag in ("You", "Your target")]


def standing_in(client, framework):
    """The standing of who uses this browser."""
    request = client.get("/ladder/").wsgi_request
    return standing_of(request, spec_of(framework))


def test_standing_says_rung_target_and_results(framework, alice, alice_client):
    report = make_assessment(
        owner=alice, ratings=MEETS_TPM, target="senior-tpm", submit=True
    )

    standing = standing_in(alice_client, framework)

    assert (standing.now, standing.target) == ("tpm", "senior-tpm")
    assert standing.report_url == f"/reports/{report.uid}/"
    assert set(standing.results) == {
        "junior-tpm",
        "tpm",
        "senior-tpm",
        "cloud",
        "coordinator",
    }
    assert standing.results["tpm"] == "100 of 100, Ready to make the case"
    assert standing.results["senior-tpm"] == f"{report.score} of 100, On the way"


def test_a_level_without_a_score_has_no_result(framework, alice, alice_client):
    said = {"planning": 3, "tooling": 3, "communication": 3}
    make_assessment(owner=alice, ratings=said, target="junior-tpm", submit=True)

    results = standing_in(alice_client, framework).results

    assert results == {"junior-tpm": "99 of 100, Nearly there, provisional"}


def test_only_the_latest_report_counts(framework, alice, alice_client):
    make_assessment(owner=alice, ratings=MEETS_TPM, submit=True)
    make_assessment(owner=alice, target="senior-tpm", submit=True)
    make_assessment(owner=alice, target="cloud")  # a draft

    assert standing_in(alice_client, framework).target == "senior-tpm"


def test_a_report_on_another_version_says_nothing_here(framework, alice, alice_client):
    make_assessment(owner=alice, submit=True)
    newer = make_framework(version="2.0", title="Newer")

    assert standing_in(alice_client, newer) is None


def test_bob_sees_nothing_of_alice(framework, alice, bob_client):
    make_assessment(owner=alice, submit=True)

    assert marked(bob_client) == []
    assert marked(bob_client, "/ladder/tpm/") == []


def test_a_visitor_without_a_session_is_not_looked_up(framework, client):
    request = RequestFactory().get("/ladder/")  # has neither a session nor a user
    spec = spec_of(framework)

    with CaptureQueriesContext(connection) as queries:
        assert standing_of(request, spec) is None

    assert len(queries) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_standing_takes_two_queries(framework, alice, alice_client, count):
    for _ in range(count):
        make_assessment(owner=alice, submit=True)
    request = alice_client.get("/ladder/").wsgi_request

    with CaptureQueriesContext(connection) as queries:
        standing_of(request, spec_of(framework))

    assert len(queries) == 2


def test_a_guests_report_counts_in_their_own_browser_only(framework):
    guest, browser = make_guest()
    make_assessment(guest=guest, submit=True)

    assert marked(browser) == ["You", "Your target"]
    assert marked(Client()) == []


@pytest.mark.parametrize(
    ("ratings", "target", "text"),
    [
        (
            MEETS_TPM,
            "senior-tpm",
            "You hold TPM by your own rating. Your latest report, for Senior TPM: ",
        ),
        (dict.fromkeys(MEETS_TPM, 1), "cloud", "Your latest report, for Cloud: "),
    ],
)
def test_ladder_names_the_rung_that_is_held_and_the_target(
    framework, alice, alice_client, ratings, target, text
):
    report = make_assessment(owner=alice, ratings=ratings, target=target, submit=True)

    (note,) = texts(alice_client.get("/ladder/"), "p", "standing-note")

    assert note.startswith(f"{text}{report.score} of 100")


def test_pages_mark_the_reader_in_words(framework, alice, alice_client):
    report = make_assessment(
        owner=alice, ratings=MEETS_TPM, target="senior-tpm", submit=True
    )

    page = alice_client.get("/ladder/senior-tpm/")

    assert marked(alice_client) == ["You", "Your target"]
    assert texts(page, "p", "standing-note") == [
        f"Your target By your own rating: {report.score} of 100, On the way. "
        "Read your report"
    ]
    assert links(page)["Read your report"] == f"/reports/{report.uid}/"


def test_a_page_that_says_where_somebody_stands_is_not_stored(
    framework, alice, alice_client
):
    kept = [alice_client.get("/ladder/tpm/").headers["Cache-Control"]]
    make_assessment(owner=alice, submit=True)
    kept.append(alice_client.get("/ladder/tpm/").headers["Cache-Control"])

    assert ["no-store" in each for each in kept] == [False, True]


def test_another_frameworks_pages_know_their_own_reports(
    alice, alice_client, framework
):
    make_assessment(owner=alice, framework=make_framework(key="other"), submit=True)

    assert marked(alice_client) == []
    assert "Your target" in marked(alice_client, "/frameworks/other/ladder/")
