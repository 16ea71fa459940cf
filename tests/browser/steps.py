"""What a person does in the browser, step by step, and what they read there."""

import re
from decimal import Decimal

from django.core import mail
from playwright.sync_api import expect

PASSWORD = "a long walk by the sea"
CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.MULTILINE)
REPORT = re.compile(r"/reports/[0-9a-f-]{36}/$")
DASHBOARD = re.compile(r"/reports/$")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


def see_title(page, title):
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def wait_until(page, seen):
    """Lets the browser's events in until `seen()`, for five seconds at the most."""
    for _ in range(500):
        if seen():
            return
        page.wait_for_timeout(10)


# Accounts
# ------------------------------------------------------------------------------------


def sign_up(page, email="new@example.org"):
    """From the page "Create an account" until the address is confirmed."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Create account")
    see_title(page, "Confirm your e-mail address")
    enter_code(page)


def open_menu(page):
    """On a phone the site's links are behind a button."""
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()


def sign_in(page, email, password):
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def enter_code(page):
    """Enters the code of the last mail."""
    page.get_by_label("Code").fill(CODE.search(mail.outbox[-1].body).group())
    press(page, "Go on")


# Rating
# ------------------------------------------------------------------------------------


def choose_target(page, title):
    page.get_by_text("All targets, with a line each").click()
    page.locator(".choices__link", has_text=re.compile(f"^\\s*{title}\\b")).last.click()
    press(page, "Start rating")


def choose_rung(page, level):
    """The line that says what somebody on this rung leads."""
    page.get_by_role("link", name=re.compile(f"^{level.scope}", re.IGNORECASE)).click()
    press(page, "Start rating")


def open_draft(page, spec, draft, group=0):
    """The page of one skill group of a draft."""
    page.goto(f"/assess/{draft.uid}/rate/{spec.groups[group].key}/")
    return page


def card_of(page, key):
    """A skill's place on its page: the card, and what stands around it."""
    return page.locator(f"[id='{key}']")


def state_of(page, key):
    """What a card says of its saving; it is read out as it changes."""
    return card_of(page, key).get_by_role("status")


def level_of(page, key, value):
    """The radio of a skill's level."""
    return page.locator(f"[name='{key}-value'][value='{value}']")


def field_of(page, key, name):
    """A field of a skill's card, such as its note."""
    return page.locator(f"[name='{key}-{name}']")


def rate(page, key, value):
    level_of(page, key, value).check()


def see_saved(page, key):
    """Waits until the page says that it has stored a skill's card."""
    expect(state_of(page, key)).to_contain_text("Saved")


def unfold(page, key, name):
    """Opens one of the folded parts of a skill's card."""
    card_of(page, key).locator("summary", has_text=name).click()


def unfold_all(page):
    """Opens everything that is folded on the page."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def rate_group(page, spec, group, answers):
    """Rates every skill of the page that is open, and goes on to the next page."""
    see_title(page, group.name)
    for skill in spec.skills_in(group.key):
        rate(page, skill.key, answers[skill.key])
    press(page, "Save and continue")


def rate_all(page, spec, answers):
    """From the first page of the rating to the review."""
    for group in spec.groups:
        rate_group(page, spec, group, answers)
    see_title(page, "Look over your answers")


# The report
# ------------------------------------------------------------------------------------


def open_acts(page):
    """The menu of what can be done with a report."""
    press(page, "Share, save, more")
    menu = page.get_by_role("group", name="What you can do with this report")
    expect(menu).to_be_visible()
    return menu


def act(page, name):
    """Opens the menu of a report, and follows one of its links."""
    open_acts(page).get_by_role("link", name=re.compile(f"^{name}")).first.click()


def points_in(cells):
    """Points of a table's cells, as they are printed."""
    return [Decimal(text.replace("\u2212", "-")) for text in cells.all_inner_texts()]
