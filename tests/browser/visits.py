"""Every page in every state that is worth a look, and the way to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect

from assessment.actions import save_answers
from assessment.answers import Answer
from assessment.busy import one_at_a_time
from assessment.models import ShareLink
from assessment.sharing import revoke_share_link
from tests.addresses import ADDRESSES, Who, address_of
from tests.browser.rating_states import (
    answer_changed_elsewhere,
    answer_not_saved,
    answers_given,
    answers_refused,
    answers_suggested,
    reason_missing,
    twenty_alike,
)
from tests.browser.steps import (
    PASSWORD,
    act,
    choose_target,
    enter_code,
    follow,
    open_acts,
    press,
    rate_all,
    see_title,
    sign_in,
    unfold_all,
)
from tests.factories import make_assessment, make_share_link
from tests.test_pages import PAGES, state_shown

YEAR = timedelta(days=365)
LONG = "A name that goes on and on. " * 4


@dataclass(frozen=True)
class Visit:
    """Who looks, by the name of their fixture or None for a guest, and the way there."""

    who: str | None
    way: Callable


def at(path):
    """The way that is an address, which must not lead on to another."""

    def way(page, stage):
        page.goto(path)
        assert urlsplit(page.url).path == path, f"{path} leads to {page.url}."

    return way


def press_at_once(page, name):
    """Presses a button of a form that the browser would not send, to see our answer."""
    button = page.get_by_role("main").get_by_role("button", name=name, exact=True)
    button.evaluate("button => button.form.noValidate = true")
    button.click()


# Ours: all that tests/addresses.py declares
# ------------------------------------------------------------------------------------


def _declared(name):
    def way(page, stage):
        scene = stage.of[state_shown(name)]
        if ADDRESSES[name].who is Who.HOLDER:
            page.goto(address_of("assessment:open_share", scene))
        at(address_of(name, scene))(page, stage)

    return way


OURS = {name: Visit("alice", _declared(name)) for name in PAGES}


# Accounts: all that allauth has an address for
# ------------------------------------------------------------------------------------


def sign_up_without_code(page, stage, email="new@example.org"):
    page.goto(reverse("account_signup"))
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Create account")
    see_title(page, "Confirm your e-mail address")


def forget_password(page, stage):
    page.goto(reverse("account_reset_password"))
    page.get_by_label("E-mail").fill(stage.alice.email)
    press(page, "Send the code")
    see_title(page, "Enter the code")


def choose_new_password(page, stage):
    forget_password(page, stage)
    enter_code(page)
    see_title(page, "Choose a new password")


def _of_accounts(name, who=None):
    return Visit(who, at(reverse(name)))


# The second step, at sign-in and before a change
# ------------------------------------------------------------------------------------

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in_key(page):
    """From now on the browser has what makes and uses passkeys."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def say_who_it_is(page, person):
    page.get_by_label("Password").fill(f"{person.username}'s password")
    press(page, "Go on")


def _use_app(person):
    if not Authenticator.objects.filter(user=person, type="totp"):
        TOTP.activate(person, "A" * 32)
        RecoveryCodes.activate(person)


def _with_app(name):
    """The way to a page of who uses an app with codes; those that change it ask first."""

    def way(page, stage):
        _use_app(stage.alice)
        page.goto(reverse(name))
        if urlsplit(page.url).path != reverse(name):
            say_who_it_is(page, stage.alice)
        assert urlsplit(page.url).path == reverse(name)
        expect(page.get_by_text("Error 404")).to_have_count(0)

    return Visit("alice", way)


def _asks_first(name):
    def way(page, stage):
        page.goto(reverse(name))
        say_who_it_is(page, stage.bob)
        assert urlsplit(page.url).path == reverse(name)

    return Visit("bob", way)


def _with_passkey(name):
    """The way to a page of who uses a passkey."""

    def way(page, stage):
        keys = Authenticator.objects.filter(user=stage.alice, type="webauthn")
        if not keys:
            plug_in_key(page)
            page.goto(reverse("mfa_add_webauthn"))
            say_who_it_is(page, stage.alice)
            page.get_by_label("Name").fill("My laptop")
            press(page, "Add the passkey")
            page.wait_for_url(lambda url: "add" not in url)
        of_one = name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
        path = reverse(name, kwargs={"pk": keys.get().pk} if of_one else {})
        page.goto(path)
        if urlsplit(page.url).path != path:
            say_who_it_is(page, stage.alice)
        assert urlsplit(page.url).path == path

    return Visit("alice", way)


def sign_in_until_second_step(page, stage):
    _use_app(stage.alice)
    page.goto(reverse("account_login"))
    sign_in(page, stage.alice.email, "alice's password")
    see_title(page, "Second step")


ACCOUNTS = {
    "account_login": _of_accounts("account_login"),
    "account_signup": _of_accounts("account_signup"),
    "account_inactive": _of_accounts("account_inactive"),
    "account_email_verification_sent": Visit(None, sign_up_without_code),
    "account_reset_password": _of_accounts("account_reset_password"),
    "account_confirm_password_reset_code": Visit(None, forget_password),
    "account_complete_password_reset": Visit(None, choose_new_password),
    "account_password_reset_completed": _of_accounts(
        "account_password_reset_completed"
    ),
    "account_logout": _of_accounts("account_logout", "alice"),
    "account_reauthenticate": _of_accounts("account_reauthenticate", "alice"),
    "account_email": _of_accounts("account_email", "alice"),
    "account_change_password": _of_accounts("account_change_password", "alice"),
    "usersessions_list": _of_accounts("usersessions_list", "alice"),
    "mfa_index": _of_accounts("mfa_index", "alice"),
    "mfa_activate_totp": _asks_first("mfa_activate_totp"),
    "mfa_add_webauthn": _asks_first("mfa_add_webauthn"),
    "mfa_deactivate_totp": _with_app("mfa_deactivate_totp"),
    "mfa_view_recovery_codes": _with_app("mfa_view_recovery_codes"),
    "mfa_generate_recovery_codes": _with_app("mfa_generate_recovery_codes"),
    "mfa_reauthenticate": _with_app("mfa_reauthenticate"),
    "mfa_list_webauthn": _with_passkey("mfa_list_webauthn"),
    "mfa_edit_webauthn": _with_passkey("mfa_edit_webauthn"),
    "mfa_remove_webauthn": _with_passkey("mfa_remove_webauthn"),
    "mfa_reauthenticate_webauthn": _with_passkey("mfa_reauthenticate_webauthn"),
    "mfa_authenticate": Visit(None, sign_in_until_second_step),
    "admin:login": Visit(None, lambda page, stage: page.goto("/admin/")),
}
NOT_SHOWN = {
    "account_confirm_login_code": "Signing in by code is switched off.",
    "account_set_password": "Looked at with the account of a company: test_openid.py.",
    "mfa_download_recovery_codes": "It is a file.",
    "openid_sign_in": "It is a button.",
    "openid_callback": "It leads on.",
    "openid_again": "tests/browser/test_openid.py looks at it, with a provider.",
}


# States of pages
# ------------------------------------------------------------------------------------


def sign_up_refused(page, stage):
    page.goto(reverse("account_signup"))
    page.get_by_label("E-mail").fill("not an address")
    page.get_by_label("Password").fill("12345678")
    press_at_once(page, "Create account")
    expect(page.get_by_text("This password is too common.")).to_be_visible()


def sign_in_refused(page, stage):
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail").fill(stage.alice.email)
    page.get_by_label("Password").fill("wrong")
    press_at_once(page, "Sign in")
    expect(page.locator("main")).to_contain_text("not correct")


def code_refused(page, stage):
    sign_up_without_code(page, stage)
    page.get_by_label("Code").fill("XXXX-XXXX")
    press(page, "Go on")
    expect(page.locator("main")).to_contain_text("Incorrect code")


def too_many_tries(page, stage):
    sign_up_without_code(page, stage, "hasty@example.org")
    press(page, "Send a new code")
    see_title(page, "That was too often in a short time")


def token_refused(page, stage):
    page.goto(reverse("account_login"))
    page.context.clear_cookies()
    press_at_once(page, "Sign in")
    expect(page.locator("h1")).not_to_have_text("Sign in")


def target_chosen(page, stage):
    page.goto(f"{reverse('assessment:start')}?target=senior-tpm")
    expect(page.get_by_role("button", name="Start rating")).to_be_visible()
    unfold_all(page)


def target_refused(page, stage):
    page.goto(f"{reverse('assessment:start')}?target=senior-tpm")
    target = page.locator("main [name='target']")
    target.evaluate("field => { field.value = 'nobody' }")
    press(page, "Start without them")
    expect(page.locator("main")).to_contain_text("This level is not in the framework")


def draft_is_open(page, stage):
    page.goto(f"{reverse('assessment:start')}?target={stage.draft.target.key}")
    press(page, "Start without them")
    expect(page.locator("main")).to_contain_text("You have begun an assessment")


def no_such_level(page, stage):
    skill = stage.spec.skills[0].key
    page.goto(f"/reports/{stage.report.uid}/what-if/?{skill}=9")
    expect(page.locator("main")).to_contain_text("Choose a level from 0 to 5.")


def review_of(name, text):
    def way(page, stage):
        page.goto(f"/assess/{getattr(stage, name).uid}/review/")
        unfold_all(page)
        expect(page.locator("main")).to_contain_text(text)

    return way


def submission_refused(page, stage):
    """Another tab has taken back what was enough for a score."""
    page.goto(f"/assess/{stage.emptied.uid}/review/")
    nothing = dict.fromkeys(stage.values, Answer(revision=1))
    save_answers(assessment=stage.emptied, answers=nothing)
    press(page, "Submit and read the report")
    expect(page.get_by_role("alert").first).to_contain_text("Not enough is answered")


def target_changed(page, stage):
    review_of("complete", "Look over")(page, stage)
    press(page, "Change the target")
    expect(page.locator(".messages")).to_contain_text("Your target is now")


def report_of(name, text):
    def way(page, stage):
        page.goto(f"/reports/{getattr(stage, name).uid}/")
        unfold_all(page)
        expect(page.locator("main")).to_contain_text(text)

    return way


def acts_shown(page, stage):
    page.goto(f"/reports/{stage.report.uid}/")
    open_acts(page)


def name_refused(page, stage):
    report_of("report", "Make this true next")(page, stage)
    act(page, "Name it")
    name = page.get_by_label("Name")
    name.evaluate("field => field.removeAttribute('maxlength')")
    name.fill(LONG)
    press(page, "Save the name")
    expect(page.locator("main")).to_contain_text("Shorten the name")


def name_saved(page, stage):
    report_of("report", "Make this true next")(page, stage)
    act(page, "Name it")
    page.get_by_label("Name").fill("Before the review")
    press(page, "Save the name")
    expect(page.locator(".messages")).to_contain_text("The name is saved")
    follow(page, "Your reports")
    follow(page, "Older")
    expect(page.locator("main")).to_contain_text("Before the review")


def pdf_is_being_made(page, stage):
    """What follows the link is a page, and not a download that failed."""
    report_of("report", "How it is made")(page, stage)
    with one_at_a_time("pdf"):
        act(page, "PDF with your notes")
        see_title(page, "Another PDF is being made")


def share_page(page, stage):
    page.goto(f"/reports/{stage.report.uid}/share/")
    see_title(page, "Share this report")


def share_refused(page, stage):
    share_page(page, stage)
    press_at_once(page, "Make the link")
    expect(page.locator("main")).to_contain_text("Write who it is for")


def link_made(page, stage):
    """The address is shown, and below it links in every state."""
    revoked, _ = make_share_link(stage.report, label=LONG[:80].replace(" ", "_"))
    revoke_share_link(link=revoked)
    expired, _ = make_share_link(stage.report, label="Last year")
    ShareLink.objects.filter(pk=expired.pk).update(
        created_at=F("created_at") - YEAR, expires_at=F("expires_at") - YEAR
    )
    share_page(page, stage)
    page.get_by_label("Who is it for?").fill("My manager")
    press(page, "Make the link")
    expect(page.get_by_label("Its address")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_be_visible()


def notes_shared(page, stage):
    key = next(iter(stage.values))
    url = f"https://example.org/{'plan-' * 80}"
    said = stage.values | {key: Answer(3, note="W" * 300, url=url)}
    noted = make_assessment(
        owner=stage.alice, ratings=said, target="senior-tpm", submit=True
    )
    _, token = make_share_link(noted, shown_name="A" * 80, includes_notes=True)
    page.goto(reverse("assessment:open_share", args=[token]))
    expect(page.locator("#notes")).to_contain_text("W" * 300)


def practice_refused(page, stage):
    page.goto(address_of("assessment:interview", stage.of["submitted"]))
    page.get_by_label("Your notes on").first.fill("x" * 4001)
    page.get_by_role("button", name="Save your notes").first.click()
    expect(page.get_by_text("Shorten the note to 4,000 characters")).to_be_visible()


def nothing_shared(page, stage):
    page.goto(reverse("assessment:open_share", args=["unknown"]))
    see_title(page, "Nothing is shared with you here")


def guest_shares(page, stage):
    """A report of this browser alone: in no account, so that nobody could revoke."""
    page.goto(reverse("assessment:start"))
    choose_target(page, stage.spec.levels_by_key["senior-tpm"].title)
    rate_all(page, stage.spec, stage.values)
    press(page, "Submit and read the report")
    act(page, "Share link")
    see_title(page, "Keep this report first")


def nothing_there(page, stage):
    page.goto("/nowhere/")
    expect(page.locator("h1")).to_be_visible()


STATES = {
    "home of a guest": Visit(None, at("/")),
    "sign-up refused": Visit(None, sign_up_refused),
    "sign-in refused": Visit(None, sign_in_refused),
    "code refused": Visit(None, code_refused),
    "too many tries": Visit(None, too_many_tries),
    "form without its token": Visit(None, token_refused),
    "not found": Visit(None, nothing_there),
    "nothing assessed": Visit("bob", at("/reports/")),
    "target chosen": Visit(None, target_chosen),
    "target refused": Visit("alice", target_refused),
    "draft is open": Visit("alice", draft_is_open),
    "answers refused": Visit("alice", answers_refused),
    "answers given": Visit("alice", answers_given),
    "answers suggested": Visit("alice", answers_suggested),
    "answer not saved": Visit("alice", answer_not_saved),
    "answer changed elsewhere": Visit("alice", answer_changed_elsewhere),
    "reason missing": Visit("alice", reason_missing),
    "twenty alike": Visit("alice", twenty_alike),
    "no such level": Visit("alice", no_such_level),
    "review of too little": Visit("alice", review_of("draft", "Not enough")),
    "review of most": Visit("alice", review_of("most", "will be provisional")),
    "submission refused": Visit("alice", submission_refused),
    "target changed": Visit("alice", target_changed),
    "provisional report": Visit("alice", report_of("provisional", "Answer 2 more")),
    "provisional report of ready": Visit(
        "alice", report_of("most_met", "Even with the rest at")
    ),
    "report of all met": Visit("alice", report_of("all_met", "What you bring")),
    "report of nothing met": Visit("alice", report_of("none_met", "First, towards")),
    "report with skills left out": Visit(
        "alice", report_of("left_out", "One skill is left out")
    ),
    "acts of a report": Visit("alice", acts_shown),
    "name refused": Visit("alice", name_refused),
    "name saved": Visit("alice", name_saved),
    "PDF is being made": Visit("alice", pdf_is_being_made),
    "share refused": Visit("alice", share_refused),
    "share link made": Visit("alice", link_made),
    "notes shared": Visit(None, notes_shared),
    "practice refused": Visit("alice", practice_refused),
    "nothing shared": Visit(None, nothing_shared),
    "share of a guest": Visit(None, guest_shares),
}
MAIN = {
    "home of a guest",
    "assessment:start",
    "target chosen",
    "assessment:rate",
    "acts of a report",
    "answers refused",
    "answers suggested",
    "assessment:review",
    "assessment:dashboard",
    "assessment:report",
    "share link made",
    "notes shared",
    "provisional report",
    "report of all met",
    "careers:level",
    "careers:skill",
    "account_signup",
}
