"""What a first visit sends over the line, and what moves in it, with nothing kept yet."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from whitenoise.compress import Compressor

from tests.browser.looks import PHONE
from tests.browser.steps import wait_until
from tools.rig.first_visit import PROMISES, SETTLED, WATCH

pytestmark = pytest.mark.browser

MOST_KB, MOST_REQUESTS, MOST_HTML_KB = 75, 6, 15
PAGES = (
    "/",
    "/ladder/",
    "/ladder/senior-tpm/",
    "/skills/risk-management/",
    "/pay/",
    "/market/",
    "/certifications/",
    "/questions/",
)
STAND_IN_LACKS = """() => [...document.fonts]
    .some(face => face.family.includes("at first") && face.status === "error")"""


class Visit:
    """What one browser asks for, in bytes as a server in production sends them."""

    def __init__(self, page):
        self.sizes = {}
        self.html = 0
        page.on("requestfinished", self._finished)

    def _finished(self, request):
        path = unquote(urlsplit(request.url).path)
        if path.startswith(settings.STATIC_URL):
            self.sizes[path] = sent_of(path.removeprefix(settings.STATIC_URL))
        else:
            self.html = len(gzip.compress(request.response().body(), 6))
            self.sizes[path] = self.html

    @property
    def kilobytes(self):
        return sum(self.sizes.values()) / 1024


def sent_of(name):
    """The size of a static file, compressed where `collectstatic` would do so."""
    file = Path(settings.STATIC_ROOT) / name
    packer = Compressor(use_gzip=False, quiet=True)
    if packer.should_compress(name):
        file = Path(next(iter(packer.compress(str(file))), file))
    return file.stat().st_size


def weigh(page, address):
    visit = Visit(page)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return visit


def test_a_first_visit_is_light(open_browser, stage):
    visits = [(None, address) for address in PAGES]
    visits.append((stage.alice, f"/reports/{stage.report.uid}/"))
    heavy = []
    for person, address in visits:
        page = open_browser(person)
        visit = weigh(page, address)
        page.context.close()
        assert len(visit.sizes) > 2
        if (
            visit.kilobytes > MOST_KB
            or len(visit.sizes) > MOST_REQUESTS
            or visit.html > MOST_HTML_KB * 1024
        ):
            heavy.append((address, visit.sizes))

    assert heavy == []


# What moves
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/skills/", "/reports/example/"])
def test_nothing_moves_when_the_font_arrives(address, open_browser, stage):
    page = open_browser(viewport=PHONE, is_mobile=True)
    page.add_init_script(WATCH)
    on_the_way = []
    page.route("**/*.ttf", lambda route: on_the_way.append(route))

    page.goto(address, wait_until="domcontentloaded")
    wait_until(page, lambda: on_the_way and page.evaluate("window.seen.paint"))
    if page.evaluate(STAND_IN_LACKS):
        pytest.skip("No font of this system is as wide as Arial.")
    for request in on_the_way:
        request.continue_()
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(SETTLED)

    assert page.evaluate("document.fonts.check('1em Figtree')")
    assert page.evaluate("window.seen.shift") <= PROMISES["shift"]
