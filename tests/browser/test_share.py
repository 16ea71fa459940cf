"""Sharing a report, with the owner and the reader in browsers of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessment.models import ShareLink
from tests.browser.steps import act, follow, press, see_title
from tests.factories import make_assessment

pytestmark = pytest.mark.browser

GONE = "Nothing is shared with you here"


@pytest.fixture
def report(spec, alice):
    return make_assessment(owner=alice, target="senior-tpm", submit=True)


def open_share_page(owner, report):
    owner.goto(f"/reports/{report.uid}/")
    act(owner, "Share link")
    see_title(owner, "Share this report")


def address_shown(owner):
    return owner.get_by_label("Its address").input_value()


def make_by_keyboard(owner, label, name):
    """Fills the form as somebody does who has no mouse, and sends it."""
    owner.get_by_label("Who is it for?").focus()
    owner.keyboard.type(label)
    owner.keyboard.press("Tab")
    owner.keyboard.press("ArrowUp")  # from 30 days to 7
    owner.keyboard.press("Tab")
    owner.keyboard.type(name)
    owner.keyboard.press("Tab")
    owner.keyboard.press("Space")
    owner.keyboard.press("Tab")
    owner.keyboard.press("Enter")
    expect(owner.get_by_text("The link is ready")).to_be_visible()


def told_by(page):
    """Collects the Referer of everything that the page asks for."""
    told = []
    page.on("request", lambda request: told.append(request.headers.get("referer", "")))
    return told


def test_a_report_is_read_elsewhere_until_it_is_revoked(open_browser, report, alice):
    owner, reader, stranger = open_browser(alice), open_browser(), open_browser()
    open_share_page(owner, report)
    make_by_keyboard(owner, "My manager", "Alice Doe")
    address = address_shown(owner)
    told = told_by(reader)

    reader.goto(address)
    clean = reader.url
    expect(reader.get_by_text("Shared with you by Alice Doe")).to_be_visible()
    follow(reader, "Skills")
    expect(reader).to_have_url("/skills/")
    reader.go_back()
    expect(reader.get_by_text("Shared with you by Alice Doe")).to_be_visible()
    reader.go_back()

    token = address.rstrip("/").rpartition("/")[2]
    assert reader.url == "about:blank"  # the address with the token is in no history
    assert token not in clean
    assert [each for each in told if token in each] == []
    assert any(clean in each for each in told)  # the clean address may be told
    stranger.goto(clean)
    see_title(stranger, GONE)
    reader.goto(clean)
    owner.get_by_role("button", name="Revoke").click()
    expect(owner.get_by_text("The link for My manager is revoked.")).to_be_visible()
    reader.reload()
    see_title(reader, GONE)
    follow(reader, "Skills")
    expect(reader).to_have_url("/skills/")
    reader.go_back()
    see_title(reader, GONE)
    reader.goto(address)
    see_title(reader, GONE)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_ends_with_its_days_and_with_its_report(
    open_browser, report, alice, scripts
):
    owner = open_browser(alice, java_script_enabled=scripts)
    reader = open_browser(java_script_enabled=scripts)
    addresses = []
    for label in ("First", "Second"):
        open_share_page(owner, report)
        owner.get_by_label("Who is it for?").fill(label)
        press(owner, "Make the link")
        addresses.append(address_shown(owner))
        reader.goto(addresses[-1])
        see_title(reader, owner_title(owner, report))
    shown = reader.url

    now = timezone.now()
    ShareLink.objects.filter(label="First").update(
        created_at=now - timedelta(days=30), expires_at=now
    )
    reader.goto(addresses[0])
    see_title(reader, GONE)
    owner.goto(f"/reports/{report.uid}/share/")
    expect(owner.get_by_text("Expired", exact=True)).to_be_visible()
    reader.goto(shown)
    see_title(reader, owner_title(owner, report))
    owner.goto(f"/assess/{report.uid}/delete/")
    press(owner, "Delete it for good")

    reader.reload()
    see_title(reader, GONE)
    assert not ShareLink.objects.exists()


def owner_title(owner, report):
    """The verdict, as the owner reads it."""
    owner.goto(f"/reports/{report.uid}/")
    return owner.get_by_role("heading", level=1).inner_text()


def test_the_address_is_copied_by_a_button(open_browser, report, alice):
    owner = open_browser(alice, permissions=["clipboard-read", "clipboard-write"])
    open_share_page(owner, report)
    owner.get_by_label("Who is it for?").fill("My manager")
    press(owner, "Make the link")

    press(owner, "Copy")

    expect(owner.get_by_text("Copied")).to_be_visible()
    copied = owner.evaluate("navigator.clipboard.readText()")
    assert copied == address_shown(owner)
