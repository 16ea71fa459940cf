"""Changes of an account: only who knows the password makes them, and the owner is told."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts import change_address, code_of, prove

PASSWORD, NEW = "alice's password", "a long way round"
OTHER = "other@example.org"
NEW_ADDRESS = {"email": OTHER, "action_add": ""}


@pytest.fixture
def copied(alice_client):
    """A browser with a copy of Alice's open session."""
    thief = Client()
    thief.cookies["sessionid"] = alice_client.cookies["sessionid"].value
    return thief


def addresses():
    return list(EmailAddress.objects.values_list("email", "verified", "primary"))


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("account_email", NEW_ADDRESS),
        ("account_email", {"email": "alice@example.org", "action_remove": ""}),
        (
            "account_change_password",
            {"oldpassword": "x", "password1": NEW, "password2": NEW},
        ),
        ("account_set_password", {"password1": NEW, "password2": NEW}),
    ],
)
def test_a_copied_session_cannot_take_the_account(alice, copied, page, sent):
    assert copied.get(reverse("assessment:dashboard")).wsgi_request.user == alice

    copied.post(reverse(page), sent)
    copied.post(reverse("account_reauthenticate"), {"password": "a guess"})
    copied.post(reverse(page), sent)

    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    assert addresses() == [("alice@example.org", True, True)]
    assert mail.outbox == []


def test_an_address_is_changed_by_password_and_code_and_the_old_one_is_told(
    alice, alice_client
):
    asked = alice_client.post(reverse("account_email"), NEW_ADDRESS)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []

    sent = alice_client.post(
        asked.url, {"password": PASSWORD}
    )  # goes on with the change
    assert sent.url == reverse("account_email_verification_sent")
    assert [message.to for message in mail.outbox] == [[OTHER]]
    assert addresses() == [("alice@example.org", True, True)]

    done = alice_client.post(sent.url, {"code": code_of(mail.outbox[0])}, follow=True)

    alice.refresh_from_db()
    assert alice.email == OTHER
    assert addresses() == [(OTHER, True, True)]
    notice = mail.outbox[1]
    assert (notice.to, len(mail.outbox)) == (["alice@example.org"], 2)
    assert f"was changed from alice@example.org to {OTHER}" in notice.body
    page = done.content.decode()
    assert f"You sign in with <strong>{OTHER}</strong>" in page


def test_the_old_address_opens_nothing_after_a_change(alice_client):
    change_address(alice_client, OTHER, password=PASSWORD)

    def signs_in(address):
        browser = Client()
        said = {"login": address, "password": PASSWORD}
        return browser.post(reverse("account_login"), said).status_code == 302

    assert not signs_in("alice@example.org")
    assert signs_in(OTHER)


def test_an_address_of_somebody_else_is_not_taken(alice, bob, alice_client):
    prove(alice_client, PASSWORD)
    said = {"email": "bob@example.org", "action_add": ""}
    alice_client.post(reverse("account_email"), said)

    if mail.outbox:  # who has both mailboxes may try
        code = {"code": code_of(mail.outbox[-1])}
        alice_client.post(reverse("account_email_verification_sent"), code)

    assert User.objects.get(email="bob@example.org") == bob
    assert alice.emailaddress_set.get().email == "alice@example.org"


def test_the_page_of_the_address_keeps_what_was_typed_and_says_what_is_wrong(
    alice_client,
):
    prove(alice_client, PASSWORD)

    page = alice_client.post(
        reverse("account_email"), {"email": "other@", "action_add": ""}
    ).content.decode()

    assert 'value="other@"' in page
    assert "This is not an e-mail address." in page


def test_a_changed_password_is_told_and_signs_out_other_browsers(alice, alice_client):
    other = Client()
    other.force_login(alice)
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    alice_client.post(reverse("account_change_password"), words)

    (notice,) = mail.outbox
    assert notice.to == ["alice@example.org"]
    assert "The password of your tpmguide account was changed." in notice.body
    assert reverse("account_reset_password") in notice.body
    assert "from the network address 127.0.0.1" in notice.body
    dashboard = reverse("assessment:dashboard")
    assert alice_client.get(dashboard).wsgi_request.user == alice
    assert other.get(dashboard).wsgi_request.user.is_anonymous


def test_a_password_that_was_reset_is_told(client, alice):
    client.post(reverse("account_reset_password"), {"email": alice.email})
    code = {"code": code_of(mail.outbox[-1])}
    client.post(reverse("account_confirm_password_reset_code"), code)
    words = {"password1": NEW, "password2": NEW}
    client.post(reverse("account_complete_password_reset"), words)

    assert [message.to for message in mail.outbox] == [[alice.email]] * 2
    assert "with a code that was sent to this address" in mail.outbox[1].body


@pytest.mark.parametrize(
    ("sent", "subject", "event"),
    [
        (
            {"usable_password": "true", "password1": NEW, "password2": NEW},
            "Your password was changed",
            "password_changed",
        ),
        (
            {"usable_password": "false", "unset-password": ""},
            "Your password was removed",
            "password_removed",
        ),
    ],
)
def test_a_password_that_staff_change_is_told_and_signs_out_everywhere(
    alice, alice_client, admin_client, caplog, sent, subject, event
):
    page = reverse("admin:auth_user_password_change", args=[alice.pk])

    admin_client.post(page, sent, HTTP_USER_AGENT="Browser of staff")

    alice.refresh_from_db()
    assert not alice.check_password(PASSWORD)
    assert alice.check_password(NEW) == ("password1" in sent)
    (notice,) = mail.outbox
    assert (notice.to, notice.subject) == ([alice.email], subject)
    assert "Those who run tpmguide" in notice.body
    assert reverse("account_reset_password") in notice.body
    assert "Browser of staff" not in notice.body
    dashboard = reverse("assessment:dashboard")
    assert alice_client.get(dashboard).wsgi_request.user.is_anonymous
    assert alice.pk in [e.user for e in caplog.records if e.message == event]


def test_of_several_addresses_the_main_one_stays(alice, bob):
    EmailAddress.objects.create(user=alice, email=OTHER, verified=True)
    bob.emailaddress_set.update(primary=False)

    migration = import_module("tpmguide.migrations.0003_one_address_each")
    migration.keep_the_main_one(apps, None)

    assert sorted(addresses()) == [
        ("alice@example.org", True, True),
        ("bob@example.org", True, False),  # his only one
    ]
