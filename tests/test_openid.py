"""Signing in with the account of a company, against a provider that runs here."""

import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
import requests
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessment.models import Assessment
from tests import openid_provider
from tests.accounts import code_of
from tests.factories import make_assessment, make_guest
from tests.test_second_step import code_for, set_up

DASHBOARD = "/reports/"


@pytest.fixture(scope="module")
def running_provider():
    with openid_provider.running() as provider:
        yield provider


@pytest.fixture
def provider(settings, running_provider, db):
    running_provider.__init__(running_provider.url)
    openid_provider.use(settings, running_provider)
    return running_provider


def lead(client, address="openid_sign_in", **sent):
    """Presses the button, and goes to the provider and back; the answer of the app."""
    there = client.post(reverse(address), sent)
    back = requests.get(there.url, allow_redirects=False, timeout=10)
    return client.get(back.headers["Location"].removeprefix("http://testserver"))


def who(client):
    return client.get(DASHBOARD).wsgi_request.user


def said(answer):
    return [str(each) for each in get_messages(answer.wsgi_request)]


# In
# ------------------------------------------------------------------------------------


def test_who_is_new_gets_an_account_of_which_the_address_alone_is_kept(provider):
    provider.person |= {"email": "new@example.org", "given_name": "Newt"}
    client = Client()

    answer = lead(client)

    person = User.objects.get()
    address = EmailAddress.objects.get()
    account = SocialAccount.objects.get()
    assert (answer.status_code, answer.url) == (302, DASHBOARD)
    assert who(client) == person
    assert (person.email, person.first_name, person.last_name) == (
        "new@example.org",
        "",
        "",
    )
    assert not person.has_usable_password()
    assert (address.email, address.verified) == ("new@example.org", True)
    assert (account.provider, account.uid) == (provider.url, "4711")
    assert account.extra_data == {}
    assert not SocialToken.objects.exists()
    assert mail.outbox == []


def test_it_is_asked_with_a_proof_that_a_stolen_code_lacks(provider):
    lead(Client())

    [asked] = provider.asked
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == "http://testserver/accounts/openid/callback/"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}


def test_the_second_time_the_same_account_opens_whatever_its_address(provider):
    lead(Client())
    provider.person |= {"email": "married@example.org"}
    client = Client()

    lead(client)

    assert who(client) == User.objects.get()
    assert who(client).email == "alice@example.org"


def test_where_one_wanted_to_go_is_gone_on_with(provider):
    assert lead(Client(), next="/plan/").url == "/plan/"
    assert lead(Client(), next="https://evil.example/").url == DASHBOARD


def test_what_a_guest_began_comes_along(provider, framework):
    guest, client = make_guest()
    begun = make_assessment(guest=guest)

    lead(client)

    assert Assessment.objects.get(pk=begun.pk).owner == who(client)
    assert client.cookies["guest"].value == ""


@pytest.mark.django_db(transaction=True)  # told once it is done
def test_an_account_with_the_address_is_joined_if_the_provider_knows_it(
    provider, alice
):
    client = Client()

    lead(client)

    assert who(client) == alice
    assert SocialAccount.objects.get().user == alice
    assert User.objects.get(pk=alice.pk).has_usable_password()
    [told] = mail.outbox
    assert told.to == ["alice@example.org"]
    assert told.subject == "The sign-in of a company was added"
    assert "an account of Example & Co that has this e-mail address" in told.body


@pytest.mark.parametrize("verified", [False, "false", None, "", 0])
def test_an_account_is_not_joined_where_the_provider_does_not_know(
    provider, alice, verified
):
    provider.person |= {"email_verified": verified}
    client = Client()

    answer = lead(client)

    assert not who(client).is_authenticated
    assert not SocialAccount.objects.exists()
    # As for an address that has none: a stranger does not learn of the account.
    assert answer.url == reverse("account_email_verification_sent")
    assert mail.outbox[0].subject.startswith("You already have an account")


def test_the_same_is_said_where_addresses_are_not_confirmed(provider, alice, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
    provider.person |= {"email_verified": False}
    client = Client()

    answer = lead(client)

    assert not who(client).is_authenticated
    assert answer.url == reverse("account_login")
    assert said(answer) == [
        "There is an account with this e-mail address, and Example & Co does not say "
        "that the address is yours. Sign in with your password."
    ]


def test_an_address_that_the_provider_does_not_know_is_confirmed_by_code(provider):
    provider.person |= {"email": "new@example.org", "email_verified": False}
    client = Client()

    answer = lead(client)
    before = who(client).is_authenticated
    client.post(answer.url, {"code": code_of(mail.outbox[0])})

    assert not before
    assert who(client).email == "new@example.org"


def test_who_signed_up_for_another_is_shut_out(provider, alice):
    EmailAddress.objects.update(verified=False)

    lead(Client())

    assert not User.objects.get(pk=alice.pk).has_usable_password()


def test_staff_need_their_second_step_as_well(provider, editor, settings):
    settings.STAFF_SECOND_STEP = True
    provider.person |= {"email": editor.email}
    client = Client()

    lead(client)
    first = client.get("/admin/", follow=True)

    assert first.request["PATH_INFO"] == reverse("mfa_index")


def test_who_has_a_second_step_is_asked_for_it(provider, alice, alice_client):
    with time_machine.travel("2026-03-02 09:00", tick=False):
        secret = set_up(alice_client)
    client = Client()

    answer = lead(client)

    assert answer.url == reverse("mfa_authenticate")
    assert not who(client).is_authenticated
    client.post(answer.url, {"code": code_for(secret)})
    assert who(client) == alice


# Not in
# ------------------------------------------------------------------------------------


def test_without_settings_there_is_no_such_address(client, db):
    pages = [client.get(reverse(name)) for name in ("account_login", "account_signup")]

    assert client.post(reverse("openid_sign_in")).status_code == 404
    assert client.get(reverse("openid_callback")).status_code == 404
    assert all("/accounts/openid/" not in page.content.decode() for page in pages)


def test_the_button_names_the_company_and_may_lead_there(provider, client):
    for name in ("account_login", "account_signup"):
        page = client.get(reverse(name) + "?next=/plan/")
        html = page.content.decode()
        assert "Sign in with Example &amp; Co" in html
        assert html.count('<input type="hidden" name="next" value="/plan/">') == 2
        policy = page.headers["Content-Security-Policy"]
        assert f"form-action 'self' {provider.url};" in f"{policy};"


def test_who_stops_there_is_told_so(provider):
    provider.refuses = "access_denied"
    client = Client()

    answer = lead(client)

    assert answer.url == reverse("account_login")
    assert said(answer) == ["You are not signed in: you stopped at Example & Co."]


FAILED = [
    "Example & Co could not be asked who you are. Try again in a minute, or sign in with "
    "your password."
]


@pytest.mark.parametrize(
    "change",
    [
        {"refuses": "server_error"},
        {"in_token": {"sub": "another"}},
        {"in_token": {"aud": "another client"}},
        {"in_token": {"iss": "https://another.example"}},
        {"in_token": {"exp": 1}},
        {"person": {"email": "alice@example.org", "email_verified": True}},
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit_signs_nobody_in(provider, alice, change):
    for name, value in change.items():
        setattr(provider, name, value)
    client = Client()

    answer = lead(client)

    assert answer.url == reverse("account_login")
    assert said(answer) == FAILED
    assert not who(client).is_authenticated


def test_a_provider_that_calls_itself_otherwise_is_not_believed(provider):
    provider.issuer = "https://another.example"

    assert said(Client().post(reverse("openid_sign_in"))) == FAILED


def test_a_provider_that_is_away_is_said_to_be(provider, settings):
    openid_provider.use(settings, SimpleNamespace(url="http://127.0.0.1:9"))

    answer = Client().post(reverse("openid_sign_in"))

    assert (answer.status_code, answer.url) == (302, reverse("account_login"))
    assert said(answer) == FAILED


def test_a_code_of_another_browser_is_worth_nothing(provider):
    there = Client().post(reverse("openid_sign_in"))
    back = requests.get(there.url, allow_redirects=False, timeout=10)
    path = back.headers["Location"].removeprefix("http://testserver")
    victim = Client()

    answer = victim.get(path)

    assert said(answer) == FAILED
    assert not who(victim).is_authenticated


def test_a_get_leads_nowhere(provider, client):
    assert client.get(reverse("openid_sign_in")).status_code == 405
    assert provider.asked == []


@pytest.mark.django_db(transaction=True)
def test_a_provider_that_hangs_holds_two_requests_and_no_more(provider):
    provider.hold.clear()

    def press_and_end():
        press()
        connection.close()

    waiting = [threading.Thread(target=press_and_end) for _ in range(2)]
    for each in waiting:
        each.start()
    time.sleep(0.5)

    begun = time.monotonic()
    third = Client().post(reverse("openid_sign_in"))

    assert time.monotonic() - begun < 2
    assert said(third) == FAILED
    provider.hold.set()
    for each in waiting:
        each.join()


def press():
    Client().post(reverse("openid_sign_in"))


# Before a change
# ------------------------------------------------------------------------------------


@pytest.fixture
def without_password(provider):
    """Signed in, some time ago, with an account that has no password."""
    client = Client()
    lead(client)
    return client


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    ],
)
def test_a_change_is_asked_for_at_the_company(without_password, name):
    path = reverse(name)
    sent = {"email": "evil@example.org", "action_add": ""}

    answer = (
        without_password.post(path, sent)
        if name == "account_email"
        else without_password.get(path)
    )

    assert answer.status_code == 302
    assert answer.url == f"{reverse('openid_again')}?next={path.replace('/', '%2F')}"
    assert not EmailAddress.objects.filter(email="evil@example.org").exists()


def test_a_password_is_not_set_by_who_got_hold_of_the_session(without_password):
    words = {"password1": "a new pass phrase", "password2": "a new pass phrase"}

    answer = without_password.post(reverse("account_set_password"), words)

    assert answer.url == reverse("account_set_password")
    assert not User.objects.get().has_usable_password()
    assert "a new pass phrase" not in str(dict(without_password.session))


def test_signed_in_again_the_change_goes_on(without_password, provider):
    page = reverse("account_set_password")

    answer = lead(without_password, "openid_again", next=page)

    asked = provider.asked[-1]
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    assert answer.url == page
    assert without_password.get(page).status_code == 200
    with time_machine.travel(time.time() + 301):
        assert without_password.get(page).status_code == 302


def test_what_was_pressed_is_done_after_it(without_password, provider):
    path = reverse("assessment:leave")
    without_password.post(path)

    lead(without_password, "openid_again", next=path)

    assert User.objects.get().profile.leaves_at is not None


@pytest.mark.parametrize("who_signs_in", ["nobody", "another"])
def test_without_a_new_sign_in_of_the_same_person_nothing_goes_on(
    without_password, provider, who_signs_in
):
    if who_signs_in == "nobody":  # the provider has an open session, and does not ask
        provider.signed_in_at = time.time() - timedelta(hours=1).total_seconds()
    else:
        provider.person |= {"sub": "4712", "email": "another@example.org"}
    page = reverse("account_set_password")

    answer = lead(without_password, "openid_again", next=page)

    assert said(answer)[-1] == (
        "Example & Co did not ask you to sign in again, or somebody else did. Nothing is "
        "changed. You can get a password by mail instead."
    )
    assert without_password.get(page).status_code == 302
    assert who(without_password).email == "alice@example.org"


def test_where_the_company_is_not_asked_any_more_a_password_comes_by_mail(
    without_password, settings
):
    settings.OIDC_NAME = settings.OIDC_ISSUER = ""

    answer = without_password.get(reverse("account_set_password"))

    assert answer.url.startswith(reverse("account_reset_password"))
    assert without_password.get(answer.url).status_code == 200


def test_who_has_a_password_may_choose_how_to_prove_it(provider, alice, alice_client):
    lead(Client())

    page = alice_client.get(reverse("account_reauthenticate")).content.decode()

    assert "Sign in with Example &amp; Co again" in page
    assert reverse("openid_again") in page


def test_who_has_no_account_there_is_not_led_there(provider, alice_client):
    assert alice_client.get(reverse("openid_again")).status_code == 404


def test_nobody_looks_into_it_in_the_admin(admin_client):
    for name in ("socialapp", "socialaccount", "socialtoken"):
        assert admin_client.get(f"/admin/socialaccount/{name}/").status_code == 404
