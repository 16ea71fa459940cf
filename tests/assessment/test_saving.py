"""One answer at a time: saved, refused, in conflict, retried."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.answers import Answer, answers_of
from tests.factories import make_assessment

pytestmark = pytest.mark.django_db


def save(client, assessment, skill="tooling", **said):
    """What the page sends when one card changes."""
    address = reverse("assessment:save", args=[assessment.uid, skill])
    sent = {"confidence": "medium", "revision": "0"} | said
    return client.post(address, {f"{skill}-{name}": v for name, v in sent.items()})


@pytest.fixture
def draft(framework, alice):
    return make_assessment(owner=alice)


def test_saving_stores_and_hands_back_the_revision(draft, alice_client):
    response = save(alice_client, draft, value="3", note="What I did")

    stored = answers_of(draft)["tooling"]
    assert response.status_code == 200
    assert (stored.value, stored.note, stored.revision) == (3, "What I did", 1)
    assert 'name="tooling-revision" value="1"' in response.content.decode()


def test_saving_again_with_the_newest_revision_changes_it(draft, alice_client):
    save(alice_client, draft, value="3")

    response = save(alice_client, draft, value="4", revision="1")

    assert response.status_code == 200
    assert answers_of(draft)["tooling"].value == 4


def test_a_stale_save_overwrites_nothing_and_shows_both(draft, alice_client):
    save(alice_client, draft, value="4")

    response = save(alice_client, draft, value="2", revision="0")

    content = response.content.decode()
    assert response.status_code == 409
    assert answers_of(draft)["tooling"].value == 4
    assert "4 Leading" in content
    assert "2 Guided" in content
    assert 'data-revision="1"' in content


def test_a_retry_after_a_lost_answer_is_harmless(draft, alice_client):
    save(alice_client, draft, value="4", note="Same")

    response = save(alice_client, draft, value="4", note="Same", revision="0")

    assert response.status_code == 200
    assert answers_of(draft)["tooling"].revision == 1


@pytest.mark.parametrize("value", ["7", "three"])
def test_an_invalid_card_is_refused_in_words(draft, alice_client, value):
    response = save(alice_client, draft, value=value)

    assert response.status_code == 422
    assert "Choose one of the levels 0 to 5." in response.content.decode()
    assert answers_of(draft) == {}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "nowhere at all"}, "This is not a web address."),
        ({"note": "x" * 4001}, "Shorten the note"),
    ],
)
def test_a_level_is_saved_whatever_stands_beside_it(draft, alice_client, wrong, said):
    save(alice_client, draft, value="1", note="Mine", url="https://a.example/")

    response = save(alice_client, draft, revision="1", value="3", **wrong)

    kept = answers_of(draft)["tooling"]
    was = {"note": "Mine", "url": "https://a.example/"}
    assert response.status_code == 207
    assert "Saved, but not what is marked below." in response.content.decode()
    assert said in response.content.decode()
    assert (kept.value, kept.revision) == (3, 2)
    assert all(getattr(kept, name) == was[name] for name in wrong)
    assert 'value="2" hx-swap-oob' in response.content.decode()


def test_a_note_does_not_make_the_rating_younger(draft, alice_client):
    save(alice_client, draft, value="3")
    before = answers_of(draft)["tooling"].rated_at

    save(alice_client, draft, value="3", note="More", revision="1")

    after = answers_of(draft)["tooling"]
    assert (after.rated_at, after.note) == (before, "More")


def test_a_submitted_assessment_takes_nothing(framework, alice, alice_client):
    done = make_assessment(owner=alice, submit=True)

    response = save(alice_client, done, value="5", revision="1")

    assert response.status_code == 410
    assert answers_of(done)["tooling"].value == 2


@pytest.mark.parametrize("skill", ["juggling", "planning"])
def test_strangers_and_unknown_skills_are_not_found(draft, bob_client, skill):
    assert save(bob_client, draft, skill, value="3").status_code == 404


def test_an_unknown_skill_of_ones_own_is_not_found(draft, alice_client):
    assert save(alice_client, draft, "juggling", value="3").status_code == 404


LEFT_OUT = {"not_applicable": "on", "reason": "Not here"}


def queries_of(deed):
    """The tables that it reads and writes, in order."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    asked = [query["sql"].replace('"', "") for query in captured.captured_queries]
    return [
        re.search(
            r"(SELECT|INSERT|UPDATE).*?(?:FROM |INTO |UPDATE )(\w+)", sql
        ).groups()
        for sql in asked
        if "SAVEPOINT" not in sql  # a test is a transaction of its own
    ]


@pytest.mark.parametrize("stored", [{}, {"tooling": Answer(1)}])
@pytest.mark.parametrize("said", [{"value": "3"}, LEFT_OUT])
def test_saving_takes_five_plain_queries(framework, alice, alice_client, stored, said):
    draft = make_assessment(owner=alice, ratings=stored)
    revision = str(len(stored))
    save(alice_client, draft, "planning", value="1")

    queries = queries_of(lambda: save(alice_client, draft, revision=revision, **said))

    assert queries == [
        ("SELECT", "django_session"),
        ("SELECT", "auth_user"),
        ("SELECT", "assessment_assessment"),
        ("SELECT", "assessment_rating"),
        ("INSERT", "assessment_rating"),
    ]


def test_the_draft_is_locked_before_its_answers_are_read(draft, alice_client):
    """On PostgreSQL; so of two tabs, the second reads what the first has stored."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite locks all of the database when the transaction begins")
    with CaptureQueriesContext(connection) as captured:
        save(alice_client, draft, value="3")

    asked = [query["sql"] for query in captured.captured_queries]
    locks = [n for n, sql in enumerate(asked) if "FOR UPDATE" in sql]
    reads = [n for n, sql in enumerate(asked) if 'FROM "assessment_rating"' in sql]
    assert locks
    assert locks[0] < reads[0]


def test_a_skill_left_out_can_be_edited_and_rated_again(draft, alice_client):
    save(alice_client, draft, value="3")
    left_out = {"not_applicable": "on", "reason": "Not here"}
    save(alice_client, draft, revision="1", **left_out)

    edited = save(
        alice_client, draft, revision="2", **left_out | {"reason": "Bought in"}
    )
    rated = save(alice_client, draft, revision="3", value="2", reason="Bought in")

    stored = answers_of(draft)["tooling"]
    assert (edited.status_code, rated.status_code) == (200, 200)
    assert (stored.value, stored.not_applicable, stored.reason) == (2, False, "")


def test_a_conflict_shows_notes_and_links_too(draft, alice_client):
    save(alice_client, draft, value="3", note="Written there")

    response = save(alice_client, draft, value="3", note="Written here")

    content = response.content.decode()
    assert response.status_code == 409
    assert "note “Written there”" in content
    assert "note “Written here”" in content


def test_too_much_left_out_is_said_at_once(framework, alice, alice_client):
    # Planning 5, tooling 3, testing 3, communication 4; leadership is not asked.
    ratings = {"testing": Answer(not_applicable=True, reason="Not here")}
    draft = make_assessment(owner=alice, target="junior-tpm", ratings=ratings)

    leadership = save(alice_client, draft, "leadership", **LEFT_OUT).content.decode()
    tooling = save(alice_client, draft, **LEFT_OUT).content.decode()
    rated = save(alice_client, draft, revision="1", value="2").content.decode()

    said = "What you left out is 40\N{NO-BREAK SPACE}% of the importance of this level."
    assert [text.count(said) for text in (leadership, tooling, rated)] == [0, 2, 0]
    assert [text.count('id="left-out"') for text in (tooling, rated)] == [1, 1]


def test_what_is_wrong_is_named_after_its_field(draft, alice_client):
    response = save(alice_client, draft, value="3", url="nowhere at all")

    assert 'id="id_tooling-url_error"' in response.content.decode()
