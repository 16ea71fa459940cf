"""`make admin`: who may do everything, and who may no longer."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

PASSWORD = "a long and private sentence"


@pytest.fixture
def make_admin(db, monkeypatch, capsys):
    def run(email, password=PASSWORD):
        monkeypatch.setenv("ADMIN_EMAIL", email)
        monkeypatch.setenv("ADMIN_PASSWORD", password)
        call_command("make_admin")
        return capsys.readouterr().out

    return run


def addresses_of(user):
    found = EmailAddress.objects.filter(user=user)
    return list(found.values_list("email", "verified", "primary"))


def test_a_new_administrator_can_sign_in_at_the_admin(make_admin, client):
    said = make_admin("Owner@Example.org")

    client.post(
        "/accounts/login/", {"login": "owner@example.org", "password": PASSWORD}
    )
    assert client.get("/admin/").status_code == 200
    assert said == (
        "owner@example.org is an administrator now (a new account). "
        "Sign in at /admin/.\n"
    )


def test_an_account_is_promoted_and_keeps_only_this_address(make_admin, alice_client):
    alice = User.objects.get(username="alice")
    EmailAddress.objects.create(user=alice, email="other@example.org", verified=True)

    make_admin("alice@example.org")

    alice.refresh_from_db()
    assert alice.is_superuser
    assert alice.check_password(PASSWORD)
    assert addresses_of(alice) == [("alice@example.org", True, True)]


def test_promotion_ends_the_sessions_from_before(make_admin, alice_client):
    make_admin("alice@example.org")

    assert alice_client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("not an address", PASSWORD, "Enter a valid email address."),
        ("a@example.org", "short", "This password is too short."),
        ("amelia@example.org", "amelia@example.org", "too similar to the"),
    ],
)
def test_what_is_no_good_is_refused_and_nothing_is_made(
    make_admin, email, password, sentence
):
    with pytest.raises(CommandError, match=sentence):
        make_admin(email, password)

    assert not User.objects.exists()


def test_without_a_terminal_the_two_names_are_said(db, monkeypatch):
    monkeypatch.delenv("ADMIN_EMAIL", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())

    with pytest.raises(CommandError, match="set ADMIN_EMAIL and ADMIN_PASSWORD"):
        call_command("make_admin")
