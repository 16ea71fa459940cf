"""Signing in with the account of a company, from the button to the page and back."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import openid_provider
from tests.browser.looks import DESKTOP, PHONE
from tests.browser.steps import press, see_title
from tests.browser.test_accessibility import faults_of_looks, faults_of_width
from tests.house import said

pytestmark = pytest.mark.browser


@pytest.fixture
def provider(settings):
    with openid_provider.running() as provider:
        openid_provider.use(settings, provider)
        yield provider


def look(page):
    faults = [*faults_of_width(page), *faults_of_looks(page, (PHONE, DESKTOP))]
    assert not faults, said(faults)


@pytest.mark.parametrize("script", [True, False])
def test_the_button_leads_there_and_back(
    open_browser, watches, provider, spec, alice, script
):
    page = open_browser(java_script_enabled=script)
    page.goto(reverse("account_login"))
    if script:
        look(page)

    press(page, "Sign in with Example & Co")
    see_title(page, "Your reports")
    expect(page.locator("main")).to_contain_text(f"You are signed in as {alice.email}")

    watches[0].foresaw(provider.url)


def test_a_first_password_is_chosen_after_a_new_sign_in(
    open_browser, watches, provider, spec
):
    provider.person |= {"email": "new@example.org"}
    page = open_browser()
    page.goto(reverse("account_signup"))
    look(page)
    press(page, "Sign in with Example & Co")
    see_title(page, "Your reports")

    page.goto(reverse("account_set_password"))
    see_title(page, "Is it you?")
    look(page)
    press(page, "Go on to Example & Co")

    see_title(page, "Choose a password")
    watches[0].foresaw(provider.url)


def test_without_its_origin_in_the_policy_the_form_leads_nowhere(
    open_browser, watches, provider, spec, settings
):
    """The control: a browser that minds the policy is what makes the others true."""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": policy | {"form-action": ["'self'"]}
    }
    page = open_browser()
    page.goto(reverse("account_login"))

    page.get_by_role("button", name="Sign in with Example & Co").click()
    page.wait_for_timeout(1000)

    assert provider.asked == []
    watches[0].foresaw("Content Security Policy", provider.url)
