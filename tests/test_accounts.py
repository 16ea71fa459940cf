"""What people get from the accounts library in our words: mails, and the word to wait."""

import re
from datetime import UTC, datetime
from pathlib import Path

import allauth
import pytest
from allauth.account import app_settings
from allauth.core.internal.ratelimit import parse_rates
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts import change_address
from tests.factories import make_assessment, make_guest
from tests.reading import texts
from tpmguide.accounts import LONGEST_WAIT, AccountAdapter

PASSWORD = "alice's password"
NEW = "a long way round"
# Limits that are told beside the field of a form, and none that no page of ours knows.
TOLD_IN_A_FORM = {  # see tests/test_account_limits.py
    "code",
    "login_failed",
    "login_failed_account",
    "login_failed_known",
}
WITHOUT_A_PAGE = {
    "change_phone",
    "request_login_code",
    "reset_password_from_key",
    "verify_phone",
}
# {limit: (address, is signed in, what is sent)}
OF_ASSESSMENTS = {  # see test_guests.py, test_own_data.py, test_pdf_process.py and others
    "begin",
    "begin_as_guest",
    "bring",
    "pdf",
    "search",
    "share",
    "take_along",
    "unclear",
}
LIMITED = {
    "signup": ("account_signup", False, {"email": "a@example.org", "password1": NEW}),
    "login": ("account_login", False, {"login": "a@example.org", "password": "x"}),
    "reset_password": ("account_reset_password", False, {"email": "a@example.org"}),
    "confirm_email": (
        "account_signup",
        False,
        {"email": "b@example.org", "password1": NEW},
    ),
    "manage_email": (
        "account_email",
        True,
        {"email": "c@example.org", "action_add": ""},
    ),
    "change_password": ("account_change_password", True, {"oldpassword": "x"}),
    "reauthenticate": ("account_reauthenticate", True, {"password": "x"}),
}


# Limits
# ------------------------------------------------------------------------------------


@pytest.fixture
def reach(settings, alice_client):
    """Sends a form until its limit is reached, with a limit of one a minute."""

    def reached(action):
        settings.ACCOUNT_RATE_LIMITS = {
            **settings.ACCOUNT_RATE_LIMITS,
            action: f"1/60s/{'key' if action == 'confirm_email' else 'ip'}",
        }
        address, is_signed_in, data = LIMITED[action]
        for _ in range(2):  # each in a browser of its own, unless Alice is signed in
            client = alice_client if is_signed_in else Client()
            answer = client.post(reverse(address), data)
        return answer

    return reached


def test_every_limit_is_walked_or_named():
    assert set(app_settings.RATE_LIMITS) == {
        *LIMITED,
        *TOLD_IN_A_FORM,
        *WITHOUT_A_PAGE,
        *OF_ASSESSMENTS,
    }


@pytest.mark.parametrize("action", LIMITED)
def test_whoever_reaches_a_limit_is_told_when_to_try_again(action, reach):
    answer = reach(action)

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Wait a minute, then try again." in page
    assert f'href="{reverse(LIMITED[action][0])}"' in page
    assert '<link rel="stylesheet"' in page


def test_no_limit_outlasts_what_is_said():
    rates = [
        rate
        for action in LIMITED
        for rate in parse_rates(app_settings.RATE_LIMITS[action])
    ]

    assert max(rate.duration for rate in rates) == LONGEST_WAIT


def test_the_word_to_wait_asks_no_row(reach, alice_client):
    reach("signup")

    with CaptureQueriesContext(connection) as queries:
        answer = Client().post(reverse("account_signup"), LIMITED["signup"][2])

    assert answer.status_code == 429
    assert len(queries) == 0


# Mails
# ------------------------------------------------------------------------------------


@pytest.fixture
def mails(alice, alice_client, mailoutbox):
    """Every kind of mail that the app sends."""
    host = {"headers": {"host": "127.0.0.1:8000"}}
    for name in ("alice", "cyril"):
        data = {"email": f"{name}@example.org", "password1": NEW}
        Client().post(reverse("account_reset_password"), data, **host)
        Client().post(reverse("account_signup"), data, **host)
    change_address(alice_client, "alice2@example.org", password=PASSWORD, **host)
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    alice_client.post(reverse("account_change_password"), words, **host)
    return mailoutbox


def is_in_our_words(body):
    of_the_request = ("http://", "127.0.0.1,")  # a link, or where a change was made
    words = [word for word in body.split() if not word.startswith(of_the_request)]
    names_a_machine = any("127.0.0.1" in w or "example.com" in w for w in words)
    begins, ends = body.startswith("Hello,\n\n"), body.endswith("\n\ntpmguide")
    return begins and ends and not names_a_machine and "&" not in body


def test_mails_speak_for_the_product_and_not_for_a_machine(mails):
    assert [mail.subject for mail in mails] == [
        "Your code for a new password",
        "You already have an account with tpmguide",
        "There is no account with this address",
        "Confirm your e-mail address for tpmguide",
        "Confirm your e-mail address for tpmguide",
        "Your account has another e-mail address",
        "Your password was changed",
    ]
    assert [mail.body for mail in mails if not is_in_our_words(mail.body)] == []


ALICE = {"email": "al'ice@example.org"}  # no mail and no notice shows signs of HTML
OF_LIBRARY = Path(allauth.__file__).parent / "templates"
APPS = ("account", "mfa", "usersessions")
NOT_SENT_HERE = {  # passwords sign in, codes reset, no confirmed address is told of
    "email_confirm",
    "login_code",
    "password_reset_key",
}


def of_library(kind, ending, without):
    """["mfa/email/totp_activated"], all that the library has of a kind."""
    return sorted(
        f"{app}/{kind}/{path.name.removesuffix(ending)}"
        for app in APPS
        for path in (OF_LIBRARY / app / kind).glob(f"*{ending}")
        if path.name.removesuffix(ending) not in without
    )


@pytest.mark.parametrize(
    "prefix", of_library("email", "_message.txt", {"base", *NOT_SENT_HERE})
)
def test_every_mail_of_the_accounts_is_in_our_words(prefix):
    context = ALICE | {
        "from_email": "al'ice@example.org",
        "deleted_email": "al'ice@example.org",
        "ip": "127.0.0.1",
        "user_agent": "Browser's own name",
        "timestamp": datetime(2026, 11, 27, 12, 5, tzinfo=UTC),
        "code": "ABC-DEF",
        "password_reset_url": "http://127.0.0.1:8000/new/",
    }
    if prefix.endswith("email_changed"):
        context["to_email"] = "b@example.org"

    message = AccountAdapter().render_mail(prefix, "alice@example.org", context)

    assert is_in_our_words(message.body)
    assert message.to == ["alice@example.org"]
    assert not re.search(r"\bemail\b|^Hello|\n", message.subject, re.IGNORECASE)


def test_a_mail_with_a_link_has_no_code_in_its_words():
    link = "http://127.0.0.1:8000/accounts/confirm-email/key/"
    name = "account/email/email_confirmation"

    body = AccountAdapter().render_mail(name, "", {"activate_url": link}).body

    assert is_in_our_words(body)
    assert f"\n\n{link}\n\n" in body
    assert "code" not in body


@pytest.mark.parametrize(
    "body",
    [
        "Hello from 127.0.0.1:8000!\n\nText\n\ntpmguide",
        "Hello,\n\nText for you at example.com\n\ntpmguide",
        "Hello,\n\nText\n\nThank you for using 127.0.0.1:8000!",
        "Hello,\n\nIt&#x27;s\n\ntpmguide",
    ],
)
def test_a_mail_in_other_words_is_caught(body):
    assert not is_in_our_words(body)


# What is said after a form
# ------------------------------------------------------------------------------------

SWITCHED_OFF = {"login_code_sent", "phone_verification_sent", "phone_verified"}


@pytest.mark.parametrize("name", of_library("messages", ".txt", SWITCHED_OFF))
def test_what_is_said_after_a_form_is_in_our_words(name, rf, alice):
    request = rf.get("/")
    request.session, request._messages = {}, CookieStorage(request)
    context = ALICE | {"user": alice}

    AccountAdapter().add_message(request, SUCCESS, f"{name}.txt", context)

    [text] = [str(message) for message in request._messages]
    assert text.endswith(".")
    assert "&" not in text
    assert not re.search(r"\bemail\b|success", text, re.IGNORECASE)


@pytest.fixture
def kept():
    """A guest's browser signs in as Alice, and what it is told then."""

    def said(drafts=0, reports=0):
        guest, browser = make_guest()
        for number in range(drafts + reports):
            make_assessment(guest=guest, submit=number < reports)
        sent = {"login": "alice@example.org", "password": PASSWORD}
        page = browser.post(reverse("account_login"), sent, follow=True)
        return [str(message) for message in page.context["messages"]]

    return said


@pytest.mark.parametrize(
    ("drafts", "reports", "told"),
    [
        (0, 0, "You are signed in as alice@example.org."),
        (0, 1, "Your report is now kept in your account."),
        (1, 0, "Your assessment is now kept in your account."),
        (1, 1, "2 assessments are now kept in your account."),
        (0, 2, "2 assessments are now kept in your account."),
    ],
)
def test_signing_in_says_what_it_has_kept(
    framework, alice, kept, drafts, reports, told
):
    assert kept(drafts, reports) == [told]


@pytest.mark.parametrize(
    ("address", "is_signed_in", "wrong"),
    [
        ("account_login", False, {"login": "no", "password": "x"}),
        ("account_login", False, {"login": "alice@example.org", "password": "x"}),
        ("account_signup", False, {"email": "no", "password1": NEW}),
        ("account_reset_password", False, {"email": "no"}),
        ("account_email", True, {"email": "no", "action_add": ""}),
        ("account_email", True, {"email": "alice@example.org", "action_add": ""}),
    ],
)
def test_a_form_of_the_accounts_is_in_our_words(
    client, alice, alice_client, address, is_signed_in, wrong
):
    browser = alice_client if is_signed_in else client

    asked = browser.get(reverse(address)).content.decode()
    refused = browser.post(reverse(address), wrong).content.decode()

    for page in (asked, refused):
        assert (
            re.search(r"\bemails?\b", " ".join(words_of(page)), re.IGNORECASE) is None
        )
        assert "Remember Me" not in page
    assert 'class="invalid-feedback"' in refused or "alert" in refused


@pytest.mark.parametrize(
    ("address", "is_signed_in"),
    [
        ("account_login", False),
        ("account_reauthenticate", True),
        ("account_change_password", True),
    ],
)
def test_a_way_to_a_new_password_stands_once_below_the_form(
    client, alice_client, address, is_signed_in
):
    browser = alice_client if is_signed_in else client

    page = browser.get(reverse(address)).content.decode()

    assert page.count("Forgot your password?") == 1
    assert page.index("Forgot your password?") > page.index(
        'type="submit">', page.index("narrow-form")
    )


def words_of(page):
    """What is read on a page: its words, and what stands in empty fields."""
    yield from re.findall(r'placeholder="([^"]*)"', page)
    yield re.sub(r"<[^>]*>", " ", page)


def test_no_error_of_the_accounts_is_in_other_words():
    said = {
        key: str(text)
        for key, text in AccountAdapter.error_messages.items()
        if re.search(r"\bemails?\b", str(text), re.IGNORECASE)
    }

    assert said == {}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["http://[", "https://[::1]]/"])
@pytest.mark.parametrize(
    "name", ["login", "signup", "logout", "reset_password", "reauthenticate"]
)
def test_what_is_no_address_is_nowhere_to_go(client, alice_client, name, address):
    where, said = reverse(f"account_{name}"), {"next": address}

    answers = [
        answer
        for visitor in (client, alice_client)
        for answer in (visitor.get(where, said), visitor.post(where, said))
    ]

    assert {answer.status_code for answer in answers} <= {200, 302}
    assert not any(address in answer.get("Location", "") for answer in answers)


@pytest.mark.django_db
def test_a_page_of_the_library_stands_in_our_frame(client, settings):
    """No way leads to this one, so it is not told in our words."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False

    page = client.get(reverse("account_email_verification_sent"))

    assert texts(page, "a", "wordmark") == ["tpmguide"]
    assert len(texts(page, "h1")) == 1


@pytest.mark.django_db
def test_without_codes_the_page_of_the_address_promises_none(alice_client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False

    page = alice_client.get(reverse("account_email"))

    [sentence] = [each for each in texts(page, "p") if "new address" in each]
    assert "code" not in sentence
