"""Every page of ours and of the accounts in light and dark, on a phone and a desktop.

axe finds nothing to complain about, no page is wider than its screen, no words of a table
run out of their cell into the next, and a thumb hits what it means to. That nothing is
refused by the content security policy or asked from others is watched in conftest.py.
"""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from assessment.answers import Answer
from careers.models import Framework
from tests import made_up
from tests.browser.looks import DESKTOP, PHONE, THEMES
from tests.browser.steps import unfold_all, wait_until
from tests.browser.visits import ACCOUNTS, MAIN, OURS, STATES
from tests.factories import (
    SKILLS,
    make_assessment,
    make_entry,
    make_framework,
    make_plan,
    small_spec,
)
from tests.guides import make_shipped_guide
from tests.house import said

pytestmark = pytest.mark.browser

NARROWEST = {"width": 320, "height": 640}
SMALLEST = 44  # pixels that a thumb needs
AXE_SCRIPT = Axe().axe_script
AXE_RUN = "options => axe.run(options).then(results => results.violations)"
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # it would load each stylesheet again, from wrong addresses
    "rules": {"target-size": {"enabled": True}},
}
# Themes differ in nothing but colours, to which tests/test_house_styles.py holds them.
OF_COLOURS = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": ["color-contrast", "link-in-text-block"],
}
WIDER_THAN_SCREEN = """async () => {
    await document.fonts.ready;  // until then words are as wide as in some other font
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > width + 1)
        .map(element => `${element.tagName.toLowerCase()}.${element.className}`)
        .slice(0, 3);
}"""

WIDER_THAN_CELL = """async () => (await document.fonts.ready, [...document.querySelectorAll("td, th")]
    .filter(cell => cell.offsetWidth > 1 && !(cell.closest("thead")?.offsetWidth <= 1))
    .filter(cell => cell.scrollWidth > cell.clientWidth + 1)
    .map(cell => `"${cell.innerText.trim()}" of ${cell.closest("table").className}`)
    .slice(0, 3))"""
# [(left, top, bottom)] of the words of elements.
LINES = """async elements => (await document.fonts.ready, elements.map(element => {
    const words = document.createRange();
    words.selectNodeContents(element);
    const {left, top, bottom} = words.getBoundingClientRect();
    return [left, top, bottom];
}))"""
# Controls that are lower than a thumb needs; a label is a part of its control. Words that
# are a link are left to axe, which asks for 24 px or room around them.
TOO_SMALL = """(smallest) => {
    const controls = "a[href], button, summary, select, textarea, input:not([type=hidden])";
    const isText = (e) => getComputedStyle(e).display === "inline";
    const height = (e) => e.getBoundingClientRect().height;
    const faults = new Set();
    for (const control of document.querySelectorAll(controls)) {
        if (!control.checkVisibility({visibilityProperty: true}) || isText(control)) continue;
        if (control.closest(".visually-hidden, .skip-link")) continue;
        const highest = Math.max(...[control, ...(control.labels ?? [])].map(height));
        if (highest + 0.5 < smallest) {
            const name = control.textContent.trim().slice(0, 30) || control.name;
            faults.add(`${control.tagName.toLowerCase()} "${name}": ${Math.round(highest)} px`);
        }
    }
    return [...faults];
}"""


LONG = "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen"  # 60 letters

# What is a fault
# ------------------------------------------------------------------------------------


def faults_of_width(page):
    """Elements too wide for one of the screens, and words too wide for their cell."""
    for screen in (NARROWEST, PHONE, DESKTOP):
        page.set_viewport_size(screen)
        for element in page.evaluate(WIDER_THAN_SCREEN):
            yield f"{element} is wider than {screen['width']} px."
        for words in page.evaluate(WIDER_THAN_CELL):
            yield f"{words} leaves its cell at {screen['width']} px."


def faults_of_looks(page, screens):
    """What axe finds on these screens in each theme."""
    for screen in screens:
        page.set_viewport_size(screen)
        for theme, options in zip(THEMES, (AXE_OPTIONS, OF_COLOURS), strict=True):
            page.emulate_media(color_scheme=theme)
            for fault in faults_of_axe(page, options):
                yield f"{theme}, {screen['width']} px: {fault}"


def faults_of_axe(page, options=AXE_OPTIONS):
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    for violation in page.evaluate(AXE_RUN, options):
        for node in violation["nodes"]:
            where = " ".join(str(part) for part in node["target"])
            yield f"{violation['id']} at {where}. {node['failureSummary']}"


def faults_of_visit(page, name, visit, stage):
    """What is wrong with what a visit leads to."""
    page.set_viewport_size(DESKTOP)
    visit.way(page, stage)
    screens = (DESKTOP, PHONE) if name in MAIN else (DESKTOP,)
    faults = [*faults_of_width(page), *faults_of_looks(page, screens)]
    if name in MAIN:
        unfold_all(page)
        faults += page.evaluate(TOO_SMALL, SMALLEST)
    return [f"{name}: {fault}" for fault in faults]


@pytest.fixture
def faults_of(open_browser, stage):
    """Makes each visit in a browser of its own, and returns what is wrong with it."""

    def found(visits):
        faults = []
        for name, visit in visits.items():
            page = open_browser(getattr(stage, visit.who) if visit.who else None)
            faults += faults_of_visit(page, name, visit, stage)
            page.context.close()
        return faults

    return found


# All pages
# ------------------------------------------------------------------------------------


def test_pages_of_ours_have_no_faults(open_browser, stage):
    """In one walk: whoever only reads needs no new browser for each page."""
    page = open_browser(stage.alice)

    faults = [
        fault
        for name, visit in OURS.items()
        for fault in faults_of_visit(page, name, visit, stage)
    ]

    assert not faults, said(faults)


def test_pages_of_accounts_have_no_faults(faults_of, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test's server has no https
    faults = faults_of(ACCOUNTS)

    assert not faults, said(faults)


def test_pages_in_odd_states_have_no_faults(faults_of):
    faults = faults_of(STATES)

    assert not faults, said(faults)


def test_longer_sentences_fit_a_phone(open_browser, stage, settings):
    """In a made-up language, whose sentences are 40 per cent longer."""
    made_up.install(settings)
    ours = {name: visit for name, visit in OURS.items() if name != "styleguide"}
    faults = []
    page = open_browser(stage.alice, viewport=PHONE)
    for name, visit in ours.items():
        visit.way(page, stage)
        for wide in (WIDER_THAN_SCREEN, WIDER_THAN_CELL):
            faults += [f"{name}: {found} is too wide." for found in page.evaluate(wide)]
        faults += [f"{name}: {fault}" for fault in faults_of_axe(page)]

    assert not faults, said(faults)


def test_a_new_installation_has_no_faults(open_browser, transactional_db):
    page = open_browser()

    page.goto("/")

    assert not Framework.objects.exists()
    faults = [*faults_of_width(page), *faults_of_looks(page, (DESKTOP,))]
    assert not faults, said(faults)


def test_the_main_pages_are_visited():
    assert MAIN - {*OURS, *ACCOUNTS, *STATES} == set()


# The tests can fail
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("snippet", "fault"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<button></button>", "button-name"),
        ("<p style='color: #ccc; background: #fff'>Pale</p>", "color-contrast"),
        ("<a href='#a' style='font-size: 8px'>a</a><br>" * 2, "target-size"),
    ],
)
def test_axe_finds_what_is_broken(page, snippet, fault):
    page.set_content(
        f"<html lang='en'><title>A</title><main><h1>A</h1>{snippet}</main>"
    )

    faults = list(faults_of_axe(page))

    assert {each.partition(" ")[0] for each in faults} == {fault}


def test_a_small_control_is_found(page):
    page.set_content("<p>Some <a href='#'>text</a></p><button>small</button>")

    [fault] = page.evaluate(TOO_SMALL, SMALLEST)

    assert fault.startswith('button "small"')


def test_a_page_that_is_too_wide_is_found(page):
    page.set_content("<p style='width: 360px'>A</p>")

    assert list(faults_of_width(page)) == ["p. is wider than 320 px."]


def test_words_that_leave_their_cell_are_found(page):
    page.set_content(
        "<table style='table-layout: fixed; width: 300px'><tr>"
        f"<td style='white-space: nowrap'>{'Far too long ' * 4}</td><td>B</td></tr></table>"
    )

    faults = list(faults_of_width(page))

    assert faults[0].endswith("leaves its cell at 320 px.")


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("document.body.setAttribute('onclick', 'f()')", "Content Security Policy"),
        ("console.error('Oh')", "says in the console: Oh"),
        ("setTimeout(() => { throw new Error('Oh') })", "a script that fails"),
        ("setTimeout(() => alert('Oh'))", "opens a dialog: Oh"),
        ("fetch('/static/missing.css')", "answers with 404"),
        ("open('http://127.0.0.1:1/')", "is not ours"),
    ],
)
def test_what_no_page_may_do_is_seen(open_browser, watches, script, fault):
    page = open_browser()
    page.goto("/accounts/login/")
    [watch] = watches

    page.evaluate(script)

    wait_until(page, lambda: watch.faults)
    assert fault in watch.faults[0]
    watch.faults.clear()


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("/apply/", ".contents__link"),
        ("/questions/", "#hardest p"),
        ("/me/profile/", "main .form-check-label"),
    ],
)
def test_texts_below_each_other_stand_apart(open_browser, scene, alice, address, parts):
    """A line of two rows and the next one, a paragraph and the next one."""
    make_shipped_guide()
    page = open_browser(alice, viewport=PHONE)
    page.goto(address)

    lines = page.locator(parts).evaluate_all(LINES)

    gaps = [
        other[1] - one[2]
        for one, other in pairwise(sorted(lines))
        if one[0] == other[0]
    ]
    assert min(gaps) >= 12


@pytest.mark.parametrize(
    ("address", "one", "other"),
    [
        ("/accounts/second-step/", "main li p", "main li .btn"),
        ("/progress/", "main .empty", "main .empty + p"),
        ("/assess/{draft}/review/", "main .alert", "main .alert + ul"),
        ("/assess/{draft}/review/", "main .alert + ul", "main .alert + ul + p"),
        ("/plan/items/{item}/focus/", "main .alert", "main .section"),
        ("/case/{report}/", "main details .btn", "main details .caption"),
    ],
)
def test_what_stands_near_each_other_has_room(
    open_browser, scene, alice, address, one, other
):
    page = open_browser(alice if "/progress/" not in address else None, viewport=PHONE)
    draft = make_assessment(owner=alice, target="senior-tpm")
    report = make_assessment(owner=alice, target="senior-tpm", submit=True)
    item = make_plan(alice, ("sdlc", 3)).items.get()
    page.goto(address.format(draft=draft.uid, report=report.uid, item=item.uid))
    page.evaluate("document.fonts.ready.then(() => true)")  # it moves what is below

    a, b = (page.locator(each).first.bounding_box() for each in (one, other))

    below, beside = b["y"] - a["y"] - a["height"], b["x"] - a["x"] - a["width"]
    assert max(below, beside) >= 12


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/reports/{report}/share/", "[name=days][value='30']"),
        ("/reports/{report}/share/", "[name=includes_notes]"),
        ("/assess/{draft}/rate/delivery-craft/", "[name='sdlc-not_applicable']"),
    ],
)
def test_what_is_ticked_is_seen_in_each_theme(
    open_browser, spec, alice, address, field, theme
):
    """Its sign has the colour of words on the same ground."""
    page = open_browser(alice, color_scheme=theme)
    draft = make_assessment(owner=alice, target="senior-tpm")
    report = make_assessment(owner=alice, target="senior-tpm", submit=True)
    page.goto(address.format(draft=draft.uid, report=report.uid))
    unfold_all(page)

    page.locator(field).check()

    sign, ground = page.locator(field).evaluate(
        "e => [getComputedStyle(e, '::before'), getComputedStyle(e)].map(s => s.backgroundColor)"
    )
    words, button = page.locator("main .btn-primary").first.evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    assert (sign, ground) == (words, button)


def test_a_score_of_100_stands_beside_the_name_of_its_report(open_browser, spec, alice):
    make_assessment(
        owner=alice, ratings=dict.fromkeys(spec.skills_by_key, 5), submit=True
    )
    page = open_browser(alice)
    page.goto("/reports/")

    score = page.locator(".report-line__score")
    name = page.locator(".report-line__text")

    assert score.inner_text() == "100"
    box = score.bounding_box()
    assert box["x"] + box["width"] < name.bounding_box()["x"]


def long_words():
    """Changes of the small framework: a word of 60 letters in each name and sentence."""
    spec = small_spec()

    def longer(part, *names):
        return part.replaced(**dict.fromkeys(names, LONG))

    return {
        "title": LONG,
        "scale": tuple(longer(point, "definition") for point in spec.scale),
        "groups": tuple(longer(each, "name", "description") for each in spec.groups),
        "skills": tuple(
            longer(skill, "name", "description", "why_it_matters", "example").replaced(
                levels=tuple(longer(each, "statement") for each in skill.levels),
                actions=tuple(
                    longer(each, "title", "description") for each in skill.actions
                ),
            )
            for skill in spec.skills
        ),
        "careers": tuple(longer(each, "title", "summary") for each in spec.careers),
        "levels": tuple(
            longer(level, "title", "summary", "scope", "autonomy").replaced(
                short_title=f"{LONG[:38]}{n}"
            )
            for n, level in enumerate(spec.levels)
        ),
    }


def test_a_word_of_60_letters_makes_no_page_wider(
    open_browser, live_server, transactional_db, alice
):
    make_framework(**long_words())
    values = dict.fromkeys(SKILLS, 1)
    earlier, report = (
        make_assessment(owner=alice, ratings=values, submit=True) for _ in range(2)
    )
    draft = make_assessment(
        owner=alice, ratings={"planning": Answer(value=1, note=LONG)}
    )
    make_entry(make_plan(alice, ("planning", 2)).items.get(), text=LONG)
    page = open_browser(alice)

    faults = []
    for path in (
        "/ladder/",
        "/ladder/tpm/",
        "/skills/",
        "/skills/planning/",
        "/specializations/cloud/",
        "/assess/",
        f"/assess/{draft.uid}/rate/delivery/",
        f"/assess/{draft.uid}/review/",
        f"/reports/{report.uid}/",
        f"/reports/{report.uid}/compare/",
        f"/reports/{report.uid}/then/{earlier.uid}/",
        f"/case/{report.uid}/",
        "/plan/",
        "/journal/",
        "/progress/",
    ):
        page.goto(path)
        for screen in (NARROWEST, PHONE):
            page.set_viewport_size(screen)
            for element in page.evaluate(WIDER_THAN_SCREEN):
                faults.append(f"{path}: {element} at {screen['width']} px")

    assert not faults, said(faults)
