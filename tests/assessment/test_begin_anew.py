"""The cookie of a guest is gone: what is on the page goes on in a new assessment."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment.answers import answers_of
from assessment.models import Assessment, Guest
from tests.factories import (
    make_assessment,
    make_framework,
    make_guest,
    small_spec,
)
from tests.reading import texts

pytestmark = pytest.mark.django_db

NOT_HELD = ["This browser no longer holds this assessment"]
PAGE = {"framework": settings.FRAMEWORK_KEY, "version": "1.0", "target": "tpm"}
SENT = PAGE | {
    "group": "delivery",
    "planning-value": "3",
    "planning-note": "<A> & B",
    "planning-revision": "7",
    "tooling-value": "2",
    "testing-value": "",
}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def page(name, *args):
    return reverse(f"assessment:{name}", args=args)


def rate(client, uid, sent=SENT, name="rate"):
    return client.post(page(name, uid, "delivery"), sent)


def carried(response):
    """What the page's form sends again, without the token."""
    main = response.content.decode().split("<main", 1)[1]
    sent = dict(HIDDEN.findall(main))
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def masked(response, uid):
    text = response.content.decode().replace(str(uid), "UID")
    return response.status_code, re.sub(r'(token" value=")[^"]+', r"\1", text)


@pytest.fixture
def theirs(framework):
    """A draft of a guest whose browser has lost the cookie."""
    guest, _ = make_guest()
    return make_assessment(guest=guest)


def test_the_page_of_the_rating_says_what_it_is_of(framework):
    guest, browser = make_guest()
    mine = make_assessment(guest=guest)

    rated = browser.get(page("rate", mine.uid, "delivery"))

    assert PAGE.items() <= carried(rated).items()
    assert carried(rated)["group"] == "delivery"


@pytest.mark.parametrize("name", ["rate", "keep"])
def test_what_is_sent_to_a_lost_assessment_is_carried_on(theirs, client, name):
    response = rate(client, theirs.uid, name=name)

    assert (response.status_code, texts(response, "h1")) == (404, NOT_HELD)
    assert carried(response) == SENT | {"planning-note": "&lt;A&gt; &amp; B"}
    assert f"next={page('rate', theirs.uid, 'delivery')}" in response.content.decode()
    assert answers_of(theirs) == {}


def test_a_foreign_assessment_answers_like_a_missing_one(theirs, alice):
    missing, owned = uuid4(), make_assessment(owner=alice)
    done = make_assessment(owner=alice, submit=True)

    found = {
        masked(rate(Client(), uid), uid)
        for uid in (missing, *map(uid_of, (theirs, owned, done)))
    }

    assert len(found) == 1


def uid_of(assessment):
    return assessment.uid


def test_who_is_signed_in_is_not_told_that_a_cookie_is_gone(theirs, bob_client):
    response = rate(bob_client, theirs.uid)

    assert texts(response, "h1") == ["There is nothing at this address"]


def test_what_no_page_of_ours_sent_is_not_carried(theirs, client):
    response = rate(client, theirs.uid, {"planning-value": "3"})

    assert texts(response, "h1") == ["There is nothing at this address"]


def test_a_group_that_is_not_there_is_no_lost_assessment(framework):
    guest, browser = make_guest()
    mine = make_assessment(guest=guest)

    response = browser.post(page("rate", mine.uid, "juggling"), SENT)

    assert texts(response, "h1") == ["There is nothing at this address"]


def test_it_begins_anew_with_the_answers_of_the_page(theirs, client):
    sent = carried(rate(client, theirs.uid))

    response = client.post(page("begin_anew"), sent | {"planning-note": "Kept"})

    new = Assessment.objects.latest("pk")
    answers = answers_of(new)
    assert response.url == page("rate", new.uid, "delivery")
    assert (new.target.key, new.owner) == ("tpm", None)
    assert {key: answer.value for key, answer in answers.items()} == {
        "planning": 3,
        "tooling": 2,
    }
    assert (answers["planning"].note, answers["planning"].revision) == ("Kept", 1)
    assert client.get(response.url).status_code == 200
    assert Guest.objects.count() == 2


def test_two_presses_begin_one(theirs, client):
    sent = carried(rate(client, theirs.uid))

    first = client.post(page("begin_anew"), sent)
    second = client.post(page("begin_anew"), sent)
    other = client.post(page("begin_anew"), sent | {"planning-value": "1"})

    assert first.url == second.url != other.url
    assert Assessment.objects.exclude(pk=theirs.pk).count() == 2


def test_what_is_not_valid_is_asked_for_and_can_be_mended(framework, client):
    wrong = SENT | {"tooling-url": "no address", "tooling-revision": "4"}

    response = client.post(page("begin_anew"), wrong)

    new = Assessment.objects.get()
    assert response.status_code == 422
    assert 'value="no address"' in response.content.decode()
    assert answers_of(new)["tooling"].url == ""
    assert f"next={page('rate', new.uid, 'delivery')}" in response.content.decode()
    mended = carried(response) | {"tooling-value": "4", "tooling-url": ""}
    client.post(page("rate", new.uid, "delivery"), mended)
    assert answers_of(new)["tooling"].value == 4


def test_who_has_signed_in_meanwhile_begins_in_the_account(
    framework, alice, alice_client
):
    alice_client.post(page("begin_anew"), SENT)

    assert Assessment.objects.get().owner == alice


@pytest.mark.parametrize(
    "changed", [{"target": "emperor"}, {"framework": "none"}, {"target": ""}]
)
def test_a_target_that_is_gone_is_asked_for_again(framework, client, changed):
    response = client.post(page("begin_anew"), SENT | changed)

    assert response.url == page("start")
    assert Assessment.objects.count() == 0


def test_a_sentence_that_reads_otherwise_now_is_not_taken_over(framework, client):
    skills = [
        skill.replaced(
            levels=(
                *skill.levels[:2],
                skill.levels[2].replaced(statement="New."),
                *skill.levels[3:],
            ),
        )
        if skill.key == "planning"
        else skill
        for skill in small_spec().skills
    ]
    make_framework(version="1.1", skills=tuple(skills))

    client.post(page("begin_anew"), SENT)

    new = Assessment.objects.get()
    assert (new.framework.version, answers_of(new).keys()) == ("1.1", {"tooling"})


# Every cookie is gone
# ------------------------------------------------------------------------------------


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("name", ["rate", "keep"])
def test_without_any_cookie_it_is_carried_on_too(theirs, strict, name):
    response = rate(strict, theirs.uid, name=name)

    assert (response.status_code, texts(response, "h1")) == (404, NOT_HELD)
    token = re.search(r'token" value="([^"]+)', response.content.decode())[1]
    sent = SENT | {"csrfmiddlewaretoken": token}
    assert strict.post(page("begin_anew"), sent).status_code == 302
    assert Assessment.objects.latest("pk") != theirs


def test_a_form_of_another_site_is_refused(theirs, strict):
    headers = {"origin": "https://other.example"}

    response = strict.post(page("rate", theirs.uid, "delivery"), SENT, headers=headers)

    assert response.status_code == 403


def test_who_still_holds_it_is_told_that_the_form_was_too_old(framework):
    guest, browser = make_guest()
    mine = make_assessment(guest=guest)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.update(browser.cookies)

    assert rate(strict, mine.uid).status_code == 403
