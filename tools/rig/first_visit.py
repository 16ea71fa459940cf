"""`make first-visit`: when a first visitor with a slow phone can read, and what jumps.

Chromium with nothing in its cache, 400 kbit/s, 400 ms to the server and back and a
processor four times slower opens each page several times, in turns. Ends with 1 where a
median breaks a promise, or if the control, words that a font moves, was not found out.
"""

import subprocess
import sys
from collections import defaultdict
from statistics import median

from playwright.sync_api import sync_playwright

from tools.rig.crowd import arguments, databases, say
from tools.rig.guest import Guest
from tools.rig.reader import Reader
from tools.rig.server import ROOT, installation

# Milliseconds until the largest piece is painted and of the longest task; and what moved,
# its share of the screen times how far (https://web.dev/articles/cls): less than a line.
PROMISES = {"paint": 2000, "task": 200, "shift": 0.02}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}
SLOW_LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SLOWER = 4
SETTLED = 300  # ms in which the font's last words are drawn
PAGES = (
    "/",
    "/start/",
    "/ladder/",
    "/ladder/senior-tpm/",
    "/skills/risk-management/",
    "/how-it-works/",
    "/reports/example/",
)
WATCH = """
window.seen = {paint: 0, task: 0, shift: 0};
const each = (type, note) => new PerformanceObserver(
    list => list.getEntries().forEach(note)).observe({type, buffered: true});
each("largest-contentful-paint", entry => { window.seen.paint = entry.startTime; });
each("longtask", entry => {
    window.seen.task = Math.max(window.seen.task, entry.duration);
});
each("layout-shift", entry => { window.seen.shift += entry.value; });
"""


# The control: letters that stand in for the font are as wide as each other.
STAND_IN, WIDER = '"Figtree at first"', "monospace"


def main():
    asked = arguments(__doc__.partition("\n")[0], rounds=5)
    next(databases("sqlite"))  # says on what machine
    good = asked.control or measure(asked.rounds)
    good &= not measure(1, control=True)
    sys.exit(not good)


def measure(rounds, control=False):
    """Says what visits to a fresh installation came to; whether all promises are kept."""
    with installation() as (server, _), sync_playwright() as playwright:
        server.start()
        pages = {page: {} for page in PAGES} | pages_of_a_guest(server.port)
        browser = playwright.chromium.launch(executable_path=chromium())
        seen = defaultdict(list)
        for _ in range(rounds):
            for path, cookies in pages.items():
                address = f"http://127.0.0.1:{server.port}{path}"
                seen[path].append(visit(browser, address, cookies, control))
        browser.close()
    say(f"\n{'control' if control else f'medians of {rounds} visits'}")
    kept = [say_page(path, visits) for path, visits in seen.items()]
    return all(kept)


def chromium():
    found = subprocess.check_output(["sh", "tools/browser", "path"], cwd=ROOT)
    return found.decode().strip()


def pages_of_a_guest(port):
    """A page of cards and a report, each with the cookies of the guest who holds it."""
    reader, rater = Reader(port, 0), Guest(port, 1, (0, 0), 1)
    reader.arrive()
    rater.arrive()
    rater.browser.close()
    return {
        rater.page.action: rater.browser.cookies,
        reader.report: reader.browser.cookies,
    }


def visit(browser, address, cookies, control):
    """What a browser that has nothing but cookies sees of one page, as in PROMISES."""
    context = browser.new_context(**PHONE)
    context.add_cookies(
        [{"name": n, "value": v, "url": address} for n, v in cookies.items()]
    )
    context.add_init_script(WATCH)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if control:
        page.route("**/*.css", spoil)
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(SETTLED)
    seen = page.evaluate("window.seen")
    context.close()
    return seen


def spoil(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(STAND_IN, WIDER))


def say_page(path, visits):
    """Prints the medians of a page; whether none is above its promise."""
    found = {name: median(each[name] for each in visits) for name in PROMISES}
    say(
        f"  {found['paint'] / 1000:4.1f} s until the largest piece, "
        f"longest task {found['task']:3.0f} ms, moved {found['shift']:.3f}  {path}"
    )
    return all(found[name] <= most for name, most in PROMISES.items())


if __name__ == "__main__":
    main()
