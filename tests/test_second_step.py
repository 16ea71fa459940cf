"""A second step at sign-in: an app with codes or a passkey; asked of who works here."""

import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from tests.accounts import prove
from tests.house import ROOT

PASSWORD = "alice's password"
SET_UP = "/accounts/second-step/totp/activate/"
STOP = "/accounts/second-step/totp/deactivate/"
CODES = "/accounts/second-step/recovery-codes/"
SECRET = re.compile(r"<code>([A-Z2-7]{32})</code>")
OF_LIBRARY = Path(allauth.__file__).parent / "templates/mfa"


def code_for(secret):
    """What an app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def set_up(client, password=PASSWORD):
    """Sets up an app for who is signed in; its secret."""
    prove(client, password)
    secret = SECRET.search(client.get(SET_UP).content.decode())[1]
    client.post(SET_UP, {"code": code_for(secret)})
    return secret


def sign_in(name="alice", **said):
    client = Client()
    words = {"login": f"{name}@example.org", "password": f"{name}'s password"}
    client.post(reverse("account_login"), words)
    for code in said.values():
        client.post(reverse("mfa_authenticate"), {"code": code})
    return client


def is_signed_in(client):
    answer = client.get(reverse("assessment:dashboard"))
    return answer.wsgi_request.user.is_authenticated


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-02 09:00", tick=False) as traveller:
        yield traveller


def test_with_an_app_the_password_alone_signs_nobody_in(alice, alice_client, clock):
    secret = set_up(alice_client)
    clock.shift(timedelta(minutes=2))

    assert not is_signed_in(sign_in())
    assert not is_signed_in(sign_in(code="000000"))
    assert is_signed_in(sign_in(code=code_for(secret)))


def test_a_code_signs_in_once_and_not_after_its_time(alice, alice_client, clock):
    secret = set_up(alice_client)
    clock.shift(timedelta(minutes=2))
    code = code_for(secret)

    assert is_signed_in(sign_in(code=code))
    assert not is_signed_in(sign_in(code=code))
    old = code_for(secret)
    clock.shift(timedelta(minutes=2))
    assert not is_signed_in(sign_in(code=old))


def test_a_recovery_code_signs_in_once(alice, alice_client):
    set_up(alice_client)
    page = alice_client.get(CODES).content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", page)

    assert len(codes) == 10
    assert is_signed_in(sign_in(code=codes[0]))
    assert not is_signed_in(sign_in(code=codes[0]))


def test_guesses_at_the_code_are_counted(alice, alice_client, clock):
    secret = set_up(alice_client)
    clock.shift(timedelta(minutes=10))
    client = sign_in()
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})

    assert not is_signed_in(client)


@pytest.mark.parametrize("page", [SET_UP, STOP, CODES, f"{CODES}generate/"])
def test_each_change_asks_who_it_is(alice, alice_client, clock, page):
    set_up(alice_client)
    if page == SET_UP:
        Authenticator.objects.all().delete()
    before = list(Authenticator.objects.values("type", "data"))
    copied = Client()
    copied.cookies["sessionid"] = alice_client.cookies["sessionid"].value
    clock.shift(timedelta(minutes=6))

    asked = copied.get(page)
    copied.post(page, {"code": "000000"})

    assert asked.status_code == 302
    assert "reauthenticate" in asked.url
    assert list(Authenticator.objects.values("type", "data")) == before


@pytest.mark.django_db(transaction=True)  # told once it is done
def test_each_change_is_told(alice, alice_client):
    set_up(alice_client)
    alice_client.post(STOP)

    assert [message.subject for message in mail.outbox] == [
        "An app with codes was added",
        "An app with codes was removed",
    ]
    assert {message.to[0] for message in mail.outbox} == {"alice@example.org"}
    assert not Authenticator.objects.exists()
    assert is_signed_in(sign_in())


def test_the_pages_show_what_is_set_up(alice, alice_client):
    index = reverse("mfa_index")
    before = alice_client.get(index).content.decode()
    set_up(alice_client)
    after = alice_client.get(index).content.decode()

    assert "Set up an app" in before
    assert "Recovery codes" not in before
    assert "Stop using it" in after
    assert "10 codes are left." in after


def test_a_passkey_is_called_by_its_number_until_it_has_a_name(alice, alice_client):
    prove(alice_client, PASSWORD)

    page = alice_client.get(reverse("mfa_add_webauthn")).content.decode()

    assert 'value="Passkey 1"' in page


def test_a_wrong_code_is_said_beside_it(alice, alice_client):
    prove(alice_client, PASSWORD)

    page = alice_client.post(SET_UP, {"code": "12"}).content.decode()

    assert "This is not the code." in page
    assert not Authenticator.objects.exists()


# Who works here
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["editor", "admin"])
def test_staff_without_a_second_step_are_led_to_it(settings, editor, admin, name):
    settings.STAFF_SECOND_STEP = True
    client = sign_in(name)

    refused = client.get("/admin/", follow=True)
    assert refused.request["PATH_INFO"] == reverse("mfa_index")
    assert "Set one up, then open the administration again." in refused.content.decode()
    assert client.get("/admin/careers/framework/").status_code == 302

    set_up(client, f"{name}'s password")
    assert client.get("/admin/").status_code == 200


def test_where_it_is_not_asked_of_staff_they_get_in_without(settings, editor):
    settings.STAFF_SECOND_STEP = False

    assert sign_in("editor").get("/admin/").status_code == 200


def test_others_are_not_led_there(settings, alice, alice_client):
    settings.STAFF_SECOND_STEP = True

    assert alice_client.get("/admin/", follow=True).status_code == 403


def test_nobody_sees_the_second_steps_of_others(admin_client):
    assert admin_client.get("/admin/mfa/authenticator/").status_code == 404


# Words
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    sorted(
        str(path.relative_to(OF_LIBRARY))
        for path in OF_LIBRARY.rglob("*.html")
        if not {"base", "snippets", "signup", "trust"}
        & set(re.split(r"[/_.]", str(path.relative_to(OF_LIBRARY))))
    ),
)
def test_pages_are_ours(name):
    origin = get_template(f"mfa/{name}").origin.name

    assert Path(origin).is_relative_to(ROOT / "templates")
