"""Guessing is slow, tells nothing, and locks nobody out but who guesses."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts import code_of
from tests.factories import make_assessment

PASSWORD, NEW = "alice's password", "a long way round"
LOGIN = "/accounts/login/"
TOO_OFTEN = "Too many failed login attempts."
HERE, ELSEWHERE = "127.0.0.1", "192.0.2.77"


# Time
# ------------------------------------------------------------------------------------


class Counting(MD5PasswordHasher):
    hashed: list[str] = []

    def encode(self, password, salt):
        self.hashed.append(password)
        return super().encode(password, salt)


@pytest.fixture
def cost(settings, monkeypatch):
    """What a form costs that takes long: (password hashes, mails)."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]

    def of(address, sent):
        monkeypatch.setattr(Counting, "hashed", [])
        before = len(mail.outbox)
        answer = Client().post(reverse(address), sent)
        assert answer.status_code in (200, 302)
        return len(Counting.hashed), len(mail.outbox) - before

    return of


@pytest.fixture
def people(settings, alice, bob, editor):
    """Alice signs in; Bob is switched off; the editor has no password."""
    bob.is_active = False
    bob.save()
    editor.set_unusable_password()
    editor.save()


@pytest.mark.parametrize("name", ["alice", "bob", "editor", "nobody"])
@pytest.mark.parametrize(
    ("address", "field", "expected"),
    [
        ("account_signup", "email", (1, 1)),
        ("account_login", "login", (1, 0)),
        ("account_reset_password", "email", (0, 1)),
    ],
)
def test_time_does_not_tell_who_has_an_account(
    people, cost, address, field, expected, name
):
    words = {field: f"{name}@example.org", "password": NEW, "password1": NEW}

    assert cost(address, words) == expected


# Codes
# ------------------------------------------------------------------------------------


@pytest.fixture
def waiting(client, alice):
    """A browser that waits for a code: the page that asks for it."""

    def of(flow):
        if flow == "reset":
            client.post(reverse("account_reset_password"), {"email": alice.email})
            return reverse("account_confirm_password_reset_code")
        said = {"email": "new@example.org", "password1": NEW}
        client.post(reverse("account_signup"), said)
        return reverse("account_email_verification_sent")

    return of


@pytest.mark.parametrize("flow", ["reset", "sign-up"])
@pytest.mark.parametrize("wrong", [2, 3, 23])
def test_of_codes_that_come_at_once_three_are_weighed(client, waiting, flow, wrong):
    page = waiting(flow)
    as_all_saw_it = Session.objects.get().session_data
    codes = ["XXXX-XXXX"] * wrong + [code_of(mail.outbox[-1])]

    for code in codes:
        Session.objects.update(session_data=as_all_saw_it)
        answer = client.post(page, {"code": code})

    was_taken = answer.status_code == 302
    assert was_taken == (wrong < 3)


def test_the_tries_with_another_code_are_counted_anew(client, waiting):
    page = waiting("reset")
    for _ in range(3):
        client.post(page, {"code": "XXXX-XXXX"})

    page = waiting("reset")
    taken = client.post(page, {"code": code_of(mail.outbox[-1])})

    assert taken.url == reverse("account_complete_password_reset")


# Passwords
# ------------------------------------------------------------------------------------


def sign_in(client, password, who="alice", address=HERE):
    words = {"login": f"{who}@example.org", "password": password}
    return client.post(LOGIN, words, REMOTE_ADDR=address)


@pytest.mark.parametrize(
    ("said", "address"),
    [({}, HERE), ({"X-Forwarded-For": ELSEWHERE}, ELSEWHERE)],
    ids=["by nobody", "by a proxy"],
)
def test_who_comes_by_a_unix_socket_is_counted_as_a_proxy_tells_or_as_this_machine(
    framework, alice, settings, said, address
):
    """The server gives no address then."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    browser = Client(headers=said, REMOTE_ADDR="")

    begun = browser.post("/assess/begin/", {"target": "tpm"}).status_code
    browser.post(LOGIN, {"login": alice.email, "password": PASSWORD})

    assert begun == 302
    assert UserSession.objects.get(user=alice).ip == address


def guess(times, who="alice", address=ELSEWHERE):
    for _ in range(times):
        answer = sign_in(Client(), "a guess", who, address)
    return answer.content.decode()


def test_who_guesses_is_stopped_and_the_owner_gets_in(alice):
    assert TOO_OFTEN not in guess(5)
    assert TOO_OFTEN in guess(1)
    assert sign_in(Client(), PASSWORD, address=ELSEWHERE).status_code == 200

    assert sign_in(Client(), PASSWORD).status_code == 302


def test_guesses_from_many_connections_are_counted_together(alice, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"login_failed_account": "10/h/key"}
    for number in range(5):
        assert TOO_OFTEN not in guess(2, address=f"192.0.2.{number}")

    assert TOO_OFTEN in guess(1)


def test_a_browser_that_is_known_gets_in_whatever_others_guess(alice, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"login_failed_account": "5/h/key"}
    known = Client()
    sign_in(known, PASSWORD)
    known.post(reverse("account_logout"))
    guess(5)
    for who in ("bob", "cyril", "dora", "eve"):  # all that one connection may
        guess(5, who, address=HERE)

    assert sign_in(Client(), PASSWORD).status_code == 200
    assert sign_in(known, PASSWORD).status_code == 302


def test_a_known_browser_has_five_tries_and_is_known_for_one_account(alice, bob):
    browser = Client()
    sign_in(browser, PASSWORD)
    browser.post(reverse("account_logout"))

    for _ in range(5):
        refused = sign_in(browser, "a guess").content.decode()
        assert TOO_OFTEN not in refused
    assert TOO_OFTEN in sign_in(browser, PASSWORD).content.decode()

    guess(5, "bob", address=HERE)
    assert TOO_OFTEN in sign_in(browser, "bob's password", "bob").content.decode()


def test_what_a_browser_is_known_by_names_nobody_and_cannot_be_made(alice, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"login_failed_account": "5/h/key"}
    browser = Client()
    sign_in(browser, PASSWORD)
    mark = browser.cookies["known"].value
    assert "alice" not in mark

    guess(5)
    forger = Client()
    forger.cookies["known"] = f"x{mark}"

    assert sign_in(forger, PASSWORD).status_code == 200


def test_right_passwords_do_not_count(alice):
    for _ in range(8):
        assert sign_in(Client(), PASSWORD).status_code == 302


def test_who_has_reset_the_password_may_sign_in(client, alice, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"login_failed_account": "5/h/key"}
    guess(5, address=HERE)
    client.post(reverse("account_reset_password"), {"email": alice.email})
    code = {"code": code_of(mail.outbox[-1])}
    client.post(reverse("account_confirm_password_reset_code"), code)
    words = {"password1": NEW, "password2": NEW}
    client.post(reverse("account_complete_password_reset"), words)

    assert sign_in(Client(), NEW).status_code == 302


# Other pages that are limited
# ------------------------------------------------------------------------------------


def test_share_links_are_made_thirty_an_hour(framework, alice, alice_client, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"share": "2/h/key"}
    done = make_assessment(owner=alice, submit=True)
    page = reverse("assessment:share", args=[done.uid])
    said = {"label": "My manager", "days": 30}

    answers = [alice_client.post(page, said) for _ in range(3)]

    assert [each.status_code for each in answers] == [302, 302, 429]
    assert answers[2]["Retry-After"] == "3600"
    assert "this page takes only so many requests" in answers[2].content.decode()
    assert alice_client.get(page).status_code == 200
    assert done.share_links.count() == 2


def test_searches_are_limited_by_connection(framework, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"search": "2/m/ip"}
    page = reverse("assessment:search")

    def search(address, **words):
        return Client().get(page, words, REMOTE_ADDR=address).status_code

    assert [search(HERE, q="risk") for _ in range(3)] == [200, 200, 429]
    assert (search(HERE), search(ELSEWHERE, q="risk")) == (200, 200)
