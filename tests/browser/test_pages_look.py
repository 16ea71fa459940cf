"""Pictures of every page for people to look at. `SCREENSHOTS=folder` turns it on.

    SCREENSHOTS=screenshots make test-browser

Each page is pictured whole, on a phone and a desktop, in light and dark.
"""

import os
from pathlib import Path

import pytest
from django.utils.text import slugify

from tests.browser.looks import SCREENS, THEMES
from tests.browser.visits import ACCOUNTS, OURS, STATES

FOLDER = os.environ.get("SCREENSHOTS")
PARTS = {
    "pages": OURS,
    "accounts": ACCOUNTS,
    "states": STATES,
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not FOLDER, reason="SCREENSHOTS names no folder for pictures."),
]


@pytest.mark.parametrize("part", PARTS)
def test_pages_are_pictured(open_browser, stage, part):
    for name, visit in PARTS[part].items():
        page = open_browser(getattr(stage, visit.who) if visit.who else None)
        visit.way(page, stage)
        picture(page, slugify(name.replace(":", " ")))
        page.context.close()

    pictures = list(Path(FOLDER).glob("*.png"))
    assert len(pictures) >= len(PARTS[part]) * len(SCREENS) * len(THEMES)


def picture(page, name):
    """Writes what the page shows in all looks."""
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            path = Path(FOLDER) / f"{name}-{screen}-{theme}.png"
            page.screenshot(path=path, full_page=True)
