"""Notes for interview questions: kept by an account, held for a guest, seen by nobody else."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from assessment.answers import Answer
from assessment.models import NOTE_LENGTH, Assessment, PracticeNote
from assessment.practice import save_practice_notes
from tests.factories import (
    SKILLS,
    make_assessment,
    make_framework,
    make_guest,
    small_spec,
)
from tests.reading import elements, links, section, texts

KEY = "planning-tpm"


@pytest.fixture
def done(framework, alice):
    said = dict.fromkeys(SKILLS, Answer(value=2, note="From <my> last project."))
    return make_assessment(owner=alice, ratings=said, submit=True)


@pytest.fixture
def guest(framework):
    """A guest's browser, and the report that it holds."""
    guest, browser = make_guest()
    return browser, make_assessment(guest=guest, submit=True)


def page(assessment):
    return reverse("assessment:interview", args=[assessment.uid])


def sent(client, assessment, text, key=KEY, **changes):
    """Opens the page, writes one note, and sends the whole form."""
    form = client.get(page(assessment)).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    return client.post(page(assessment), fields | {key: text} | changes)


def shown(response, key=KEY):
    return response.context["form"][key].value()


def kept():
    return list(
        PracticeNote.objects.values_list("owner__username", "question_key", "text")
    )


def test_page_asks_about_gaps_and_strengths_with_ones_own_note(done, alice_client):
    response = alice_client.get(page(done))

    assert "Tell me of planning." in section(response, "gaps")
    assert "From <my> last project." in section(response, "gaps")
    assert "You 2, required 3" in section(response, "gaps")
    assert "3 Independent. I show planning at level 3." in section(response, "gaps")
    assert "You 2, required 2" in section(response, "strengths")
    assert len(texts(response, "textarea")) == 5
    assert (
        "Signs to listen for, our own judgment "
        "Strong Names what came of it. Weak Names what one should do."
    ) in section(response, "gaps")
    assert "Only you see your notes" in texts(response, "p", "lede")[0]


def test_a_note_is_kept_and_comes_back_as_it_was_written(done, alice_client):
    response = sent(alice_client, done, " One <b>\r\n\r\ntwo 👩‍💻 \x07 ")

    assert response.url == page(done)
    assert kept() == [("alice", KEY, "One <b>\n\ntwo 👩‍💻 \x07")]
    again = alice_client.get(page(done))
    assert shown(again) == "One <b>\n\ntwo 👩‍💻 \x07"
    assert "One &lt;b&gt;" in again.content.decode()


def test_sending_twice_keeps_one_note(done, alice_client):
    fields = {KEY: "Once", f"seen:{KEY}": ""}

    answers = [alice_client.post(page(done), fields) for _ in range(2)]

    assert [each.status_code for each in answers] == [302, 302]
    assert kept() == [("alice", KEY, "Once")]


def test_only_what_was_changed_is_written(done, alice_client):
    sent(alice_client, done, "First")
    before = PracticeNote.objects.get().updated_at

    sent(alice_client, done, "Other", key="testing-tpm")

    assert PracticeNote.objects.get(question_key=KEY).updated_at == before
    assert PracticeNote.objects.count() == 2


def test_an_emptied_note_is_deleted(done, alice_client):
    sent(alice_client, done, "First")

    sent(alice_client, done, "  \r\n ")

    assert kept() == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "x" * (NOTE_LENGTH + 1),
            "Shorten the note to 4,000 characters (it has 4,001).",
        ),
        ("a\x00b", "This text holds a sign that cannot be stored. Type it anew."),
    ],
)
def test_a_note_that_cannot_be_stored_stays_on_the_page(
    done, alice_client, text, reason
):
    response = sent(alice_client, done, text, **{"testing-tpm": "Also typed"})

    assert response.status_code == 422
    assert reason in texts(response, "p", "invalid-feedback")[0]
    assert shown(response) == text
    assert shown(response, "testing-tpm") == "Also typed"
    assert kept() == []


def test_a_stale_page_overwrites_nothing(done, alice, alice_client):
    stale = {KEY: "Mine", f"seen:{KEY}": ""}
    sent(alice_client, done, "Newer")

    refused = alice_client.post(page(done), stale)

    assert refused.status_code == 422
    assert "It says now: “Newer”" in texts(refused, "p", "invalid-feedback")[0]
    assert (shown(refused), shown(refused, f"seen:{KEY}")) == ("Mine", "Newer")
    assert kept() == [("alice", KEY, "Newer")]
    alice_client.post(page(done), {KEY: "Mine", f"seen:{KEY}": "Newer"})
    assert kept() == [("alice", KEY, "Mine")]


def test_a_stale_page_leaves_alone_what_was_not_touched_there(done, alice_client):
    sent(alice_client, done, "Newer")

    stale = {KEY: "", f"seen:{KEY}": "", "testing-tpm": "Typed", "seen:testing-tpm": ""}
    response = alice_client.post(page(done), stale)

    assert response.status_code == 302
    assert [text for _, _, text in kept()] == ["Newer", "Typed"]


def test_notes_are_those_of_the_reports_framework(done, alice, alice_client):
    other = make_assessment(
        owner=alice, framework=make_framework(key="other"), submit=True
    )
    sent(alice_client, done, "For the first")

    sent(alice_client, other, "For the other")

    assert shown(alice_client.get(page(done))) == "For the first"
    assert shown(alice_client.get(page(other))) == "For the other"


# Whose they are
# ------------------------------------------------------------------------------------


def test_bob_neither_reads_nor_writes_alices_notes(done, alice_client, bob, bob_client):
    sent(alice_client, done, "Mine alone")
    his = make_assessment(owner=bob, submit=True)

    answer = bob_client.post(page(done), {KEY: "Bob was here", f"seen:{KEY}": ""})
    before = shown(bob_client.get(page(his)))
    sent(bob_client, his, "His")

    assert answer.status_code == bob_client.get(page(done)).status_code == 404
    assert sorted(kept()) == [("alice", KEY, "Mine alone"), ("bob", KEY, "His")]
    assert (before, shown(bob_client.get(page(his)))) == ("", "His")


def test_notes_are_on_no_other_page_and_not_in_the_admin(done, alice_client):
    sent(alice_client, done, "Mine alone")

    found = alice_client.get(reverse("assessment:report", args=[done.uid]))

    assert "Mine alone" not in found.content.decode()
    assert page(done) in links(found).values()
    assert not admin.site.is_registered(PracticeNote)
    assert "Mine" not in str(PracticeNote.objects.get())


def test_notes_go_with_the_account_and_not_with_the_report(done, alice, alice_client):
    sent(alice_client, done, "Mine")

    alice_client.post(reverse("assessment:delete", args=[done.uid]))
    outlived = kept()
    alice.delete()

    assert outlived == [("alice", KEY, "Mine")]
    assert kept() == []


# Guests
# ------------------------------------------------------------------------------------


def test_a_guests_notes_are_held_for_this_browser(guest):
    client, report = guest

    response = sent(client, report, "Typed as a guest")

    assert response.url == page(report)
    again = client.get(page(report))
    assert shown(again) == "Typed as a guest"
    assert (
        "This browser holds your notes. Sign in to keep them." in again.content.decode()
    )
    assert links(again)["sign in"].endswith(f"?next={page(report)}")
    assert kept() == [(None, KEY, "Typed as a guest")]
    assert Client().get(page(report)).status_code == 404


def test_notes_of_two_guests_never_mix(guest):
    client, report = guest
    other, browser = make_guest()
    theirs = make_assessment(guest=other, submit=True)
    sent(client, report, "Mine")

    before = shown(browser.get(page(theirs)))
    sent(browser, theirs, "Theirs")

    assert before == ""
    assert shown(client.get(page(report))) == "Mine"
    assert shown(browser.get(page(theirs))) == "Theirs"


def sign_in(client, person):
    fields = {"login": person.email, "password": f"{person.username}'s password"}
    client.post(reverse("account_login"), fields)


def test_signing_in_keeps_what_a_guest_typed(guest, alice):
    client, report = guest
    sent(client, report, "Typed as a guest")

    sign_in(client, alice)

    assert Assessment.objects.get(pk=report.pk).owner == alice
    assert kept() == [("alice", KEY, "Typed as a guest")]
    assert shown(client.get(page(report))) == "Typed as a guest"


@pytest.fixture
def both_wrote(guest, alice):
    """Alice signs in where a guest wrote on a question that she had noted before."""
    client, report = guest
    save_practice_notes(
        owner=alice,
        framework_key=report.framework.key,
        notes={KEY: "From long ago", "testing-tpm": "The same"},
    )
    sent(client, report, "Typed as a guest", **{"testing-tpm": "The same"})
    sign_in(client, alice)
    return client, report


def test_what_the_account_noted_before_stays_beside_it(both_wrote):
    client, report = both_wrote

    response = client.get(page(report))

    assert shown(response) == "From long ago\n\nTyped as a guest"
    assert shown(response, "testing-tpm") == "The same"
    assert sorted(kept()) == [
        ("alice", KEY, "From long ago\n\nTyped as a guest"),
        ("alice", "testing-tpm", "The same"),
    ]


def unclaim(client):
    client.post(reverse("assessment:unclaim"))


def test_notes_go_out_of_the_account_with_what_was_claimed(guest, alice):
    client, report = guest
    sent(client, report, "Typed as a guest")
    sign_in(client, alice)

    unclaim(client)

    assert kept() == [(None, KEY, "Typed as a guest")]


def test_each_gets_back_what_they_wrote(both_wrote):
    unclaim(both_wrote[0])

    assert sorted(kept(), key=str) == [
        ("alice", KEY, "From long ago"),
        ("alice", "testing-tpm", "The same"),
        (None, KEY, "Typed as a guest"),
    ]


@pytest.mark.parametrize(
    "since", ["Typed as a guest, and more", "Not Typed as a guest"]
)
def test_what_was_changed_since_stays_in_the_account(guest, alice, since):
    client, report = guest
    sent(client, report, "Typed as a guest")
    sign_in(client, alice)
    sent(client, report, since)

    unclaim(client)

    assert kept() == [("alice", KEY, since)]


def test_forgetting_on_this_device_forgets_the_notes(guest):
    client, report = guest
    sent(client, report, "Typed as a guest")

    client.post(reverse("assessment:forget"))

    assert kept() == []


def test_without_a_near_question_the_page_says_so(db, alice, alice_client):
    skills = tuple(each.replaced(questions=()) for each in small_spec().skills)
    make_framework(skills=skills)
    report = make_assessment(owner=alice, submit=True)

    response = alice_client.get(page(report))

    assert texts(response, "h2", "empty__title") == ["No question fits yet"]
    assert elements(response, "textarea") == []
