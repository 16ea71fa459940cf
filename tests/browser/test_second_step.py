"""An app with codes and a passkey, as they are set up and used in a browser."""

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.looks import DESKTOP, PHONE
from tests.browser.steps import follow, press, see_title, sign_in, wait_until
from tests.browser.test_accessibility import faults_of_looks, faults_of_width
from tests.browser.visits import (
    choose_new_password,
    plug_in_key,
    say_who_it_is,
    sign_in_until_second_step,
    sign_up_without_code,
)
from tests.house import said

pytestmark = pytest.mark.browser

PASSWORD = "alice's password"


@pytest.fixture
def page(open_browser, alice, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test's server has no https
    return open_browser(alice)


def look(page):
    """The page as it is must do on each screen, in light and dark."""
    faults = [*faults_of_width(page), *faults_of_looks(page, (PHONE, DESKTOP))]
    assert not faults, said(faults)


def open_index(page):
    page.goto(reverse("mfa_index"))
    see_title(page, "Second step at sign-in")


def sign_in_again(page, alice):
    page.goto(reverse("account_logout"))
    press(page.get_by_role("main"), "Sign out")
    page.goto(reverse("account_login"))
    sign_in(page, alice.email, PASSWORD)
    see_title(page, "Second step")


def code_for(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter + 1))


def test_an_app_is_set_up_and_its_code_asked_for(page, alice):
    open_index(page)
    look(page)
    follow(page, "Set up an app")
    say_who_it_is(page, alice)
    see_title(page, "Set up an app with codes")
    look(page)
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code").fill(code_for(secret).replace("0", "1")[::-1])
    press(page, "Use the app")
    expect(page.locator("main")).to_contain_text("This is not the code.")
    secret = page.locator("main code").inner_text()
    counter = next(iter(yield_hotp_counters_from_time()))
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, counter)))
    press(page, "Use the app")
    see_title(page, "Recovery codes")
    look(page)
    open_index(page)
    look(page)

    sign_in_again(page, alice)
    look(page)
    page.get_by_label("Code").fill(code_for(secret))
    press(page.get_by_role("main"), "Sign in")

    see_title(page, "Your reports")
    page.goto(reverse("mfa_deactivate_totp"))
    look(page)


def test_a_passkey_is_added_and_signs_in(page, alice):
    plug_in_key(page)
    open_index(page)
    follow(page, "Add a passkey")
    say_who_it_is(page, alice)
    see_title(page, "Add a passkey")
    look(page)
    page.get_by_label("Name").fill("My laptop")
    press(page, "Add the passkey")
    see_title(page, "Recovery codes")
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.locator("main")).to_contain_text("My laptop")
    look(page)

    sign_in_again(page, alice)
    look(page)
    press(page, "Use a passkey")

    see_title(page, "Your reports")
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.locator("main")).to_contain_text("Last used on")
    follow(page, "Remove My laptop")
    see_title(page, "Is it you?")
    look(page)
    say_who_it_is(page, alice)
    see_title(page, "Remove this passkey?")
    look(page)
    press(page, "Remove it")
    expect(page.locator("main")).to_contain_text("You have none.")


def test_a_passkey_is_not_sent_for_before_the_script_is_there(page, alice):
    plug_in_key(page)
    open_index(page)
    follow(page, "Add a passkey")
    say_who_it_is(page, alice)
    see_title(page, "Add a passkey")
    on_the_way = []
    page.route("**/passkey*.js", lambda route: on_the_way.append(route))
    page.reload(wait_until="commit")
    button = page.get_by_role("button", name="Add the passkey")
    expect(button).to_be_disabled()
    wait_until(page, lambda: on_the_way)

    on_the_way.pop().continue_()

    expect(button).to_be_enabled()


def forget_password_on_the_way(page, stage):
    page.goto(f"{reverse('account_reset_password')}?next=/progress/")
    page.get_by_label("E-mail").fill(stage.alice.email)
    press(page, "Send the code")
    see_title(page, "Enter the code")


@pytest.mark.parametrize(
    "begin",
    [
        choose_new_password,
        forget_password_on_the_way,
        sign_in_until_second_step,
        sign_up_without_code,
    ],
)
def test_what_was_begun_is_cancelled(open_browser, stage, begin):
    page = open_browser()
    begin(page, stage)
    begun = page.url

    press(page, "Cancel")
    see_title(page, "Sign in")
    page.goto(begun)

    see_title(page, "Get a new password" if "complete" in begun else "Sign in")
