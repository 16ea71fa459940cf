"""Without an account: start at once, keep it by signing in, mix with nobody."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.measuring import answers_of
from assessment.models import Assessment
from tests.factories import SKILLS, make_assessment

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"


def page(name, *args):
    return reverse(f"assessment:{name}", args=args)


def begin(client, target="tpm"):
    """Starts as a guest and returns the assessment."""
    client.post(page("begin"), {"target": target})
    return Assessment.objects.latest("pk")


def rate_all(client, assessment, value="3"):
    for group in ("delivery", "people"):
        sent = {f"{key}-value": value for key in SKILLS}
        client.post(page("rate", assessment.uid, group), sent)


def sign_in(client, person):
    return client.post(
        reverse("account_login"),
        {"login": person.email, "password": PASSWORD},
        follow=True,
    )


@pytest.fixture
def known(bob):
    """A person with a password."""
    bob.set_password(PASSWORD)
    bob.save()
    return bob


def test_a_guest_goes_from_start_to_report(framework, client):
    assessment = begin(client)
    rate_all(client, assessment)

    response = client.post(page("submit", assessment.uid), follow=True)

    assert response.redirect_chain[-1][0] == page("report", assessment.uid)
    assert response.context["report"].summary.score == 100
    assert "Only this browser can open this." in response.content.decode()


def test_a_guests_address_is_useless_elsewhere(framework, client, bob_client):
    assessment = begin(client)

    answers = [
        visitor.get(page("review", assessment.uid)).status_code
        for visitor in (client, Client(), bob_client)
    ]

    assert answers == [200, 404, 404]


def test_two_guests_never_mix(framework):
    first, second = Client(), Client()
    mine, theirs = begin(first), begin(second)

    listed = [
        [
            each.get_absolute_url()
            for each in visitor.get(page("dashboard")).context["drafts"]
        ]
        for visitor in (first, second)
    ]

    assert listed == [[mine.get_absolute_url()], [theirs.get_absolute_url()]]


def test_signing_in_claims_all_of_the_session(framework, client, known):
    uids = {begin(client).uid, begin(client, "senior-tpm").uid}

    response = sign_in(client, known)

    owned = Assessment.objects.filter(owner=known)
    assert set(owned.values_list("uid", flat=True)) == uids
    assert response.context["claimed"] == 2


def test_signing_up_claims_once_the_address_is_confirmed(framework, client):
    assessment = begin(client)
    client.post(
        reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD}
    )
    before = Assessment.objects.get().owner
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.M)[1]

    client.post(reverse("account_email_verification_sent"), {"code": code})

    assert before is None
    assert Assessment.objects.get(uid=assessment.uid).owner.email == "new@example.org"


def test_what_was_claimed_can_be_taken_out_and_put_in_again(framework, client, known):
    assessment = begin(client)
    sign_in(client, known)

    client.post(page("unclaim"))
    released = Assessment.objects.get().owner
    reachable = client.get(page("review", assessment.uid)).status_code
    client.post(page("claim"))

    assert (released, reachable) == (None, 200)
    assert Assessment.objects.get().owner == known


def test_taking_out_touches_only_what_this_sign_in_added(framework, client, known):
    make_assessment(owner=known)
    begin(client)
    sign_in(client, known)

    client.post(page("unclaim"))

    assert Assessment.objects.filter(owner=known).count() == 1


def test_what_somebody_owns_cannot_be_claimed(framework, client, alice, known):
    owned = make_assessment(owner=alice)
    begin(client)
    session = client.session
    session["assessments"] = [str(owned.uid)]
    session.save()

    sign_in(client, known)

    assert Assessment.objects.get(pk=owned.pk).owner == alice


def test_forgetting_asks_and_deletes_what_this_browser_holds(framework, client, alice):
    begin(client)
    other = make_assessment(owner=alice)

    asked = client.get(page("forget")).content.decode()
    client.post(page("forget"))

    assert "deleted for good" in asked
    assert list(Assessment.objects.all()) == [other]
    assert client.get(page("dashboard")).context["drafts"] == []


def test_a_guest_may_correct_an_answer(framework, client):
    assessment = begin(client)
    rate_all(client, assessment)
    client.post(page("submit", assessment.uid))

    client.post(page("correct", assessment.uid))

    new = Assessment.objects.latest("pk")
    assert (new.owner, new.based_on) == (None, assessment)
    assert client.get(new.get_absolute_url()).status_code == 302
    assert answers_of(new) == {}


def test_unclaimed_assessments_go_after_thirty_days(framework, alice, capsys):
    now = timezone.now()
    for owner, days in ((None, 29), (None, 31), (alice, 31)):
        made = make_assessment(owner=owner)
        long_ago = now - timedelta(days=days)
        Assessment.objects.filter(pk=made.pk).update(changed_at=long_ago)

    call_command("remove_unclaimed")

    left = [(a.owner, (now - a.changed_at).days) for a in Assessment.objects.all()]
    assert sorted(left, key=str) == sorted([(None, 29), (alice, 31)], key=str)
    assert capsys.readouterr().out == "1 unclaimed assessments deleted.\n"


def test_saving_an_answer_keeps_a_guests_draft_alive(framework, client):
    assessment = begin(client)
    long_ago = timezone.now() - timedelta(days=31)
    Assessment.objects.update(changed_at=long_ago)

    client.post(page("save", assessment.uid, "tooling"), {"tooling-value": "3"})
    call_command("remove_unclaimed")

    assert Assessment.objects.filter(uid=assessment.uid).exists()


def test_what_was_taken_out_outlives_signing_out_and_the_next_clean_up(
    framework, client, known
):
    assessment = begin(client)
    sign_in(client, known)
    Assessment.objects.update(changed_at=timezone.now() - timedelta(days=31))

    client.post(page("unclaim"))
    client.post(reverse("account_logout"))
    call_command("remove_unclaimed")

    assert client.get(page("review", assessment.uid)).status_code == 200


@pytest.mark.parametrize("key", ["\x00", "x" * 10_000, "../admin", "nobody-has-this"])
@pytest.mark.parametrize("name", ["start", "find_level"])
def test_an_odd_framework_is_not_found(framework, client, name, key):
    assert client.get(page(name), {"framework": key}).status_code == 404


def test_correcting_twice_opens_the_same_draft(framework, client):
    assessment = begin(client)
    rate_all(client, assessment)
    client.post(page("submit", assessment.uid))

    first = client.post(page("correct", assessment.uid)).url
    second = client.post(page("correct", assessment.uid)).url

    assert first == second
