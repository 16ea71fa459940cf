"""The admin, where a page of ours is wider than Django's own."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse
from playwright.sync_api import expect

from careers.models import CareerLevel, Framework
from careers.publishing import report_unclear, start_draft
from careers.sheets import table_of_skills
from careers.tables import csv_of
from tests.browser.steps import wait_until
from tests.browser.test_accessibility import AXE_SCRIPT

AXE_RUN = """within => axe.run(within, {resultTypes: ["violations"], preload: false})
    .then(results => results.violations)"""
LONG_WORD = "x" * 60
WIDTH = "element => element.getBoundingClientRect().width"
RIGHT = "element => element.getBoundingClientRect().right"
pytestmark = pytest.mark.browser


def test_a_level_of_a_draft_is_no_wider_than_a_window(open_browser, spec, admin):
    draft = start_draft(framework=Framework.objects.get())
    level = CareerLevel.objects.filter(framework=draft).first()
    page = open_browser(admin, viewport={"width": 1280, "height": 900})

    page.goto(reverse("admin:careers_careerlevel_change", args=[level.pk]))

    assert page.locator("table textarea").count() >= 20  # one a skill
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == 1280


def test_a_skill_of_a_draft_is_no_wider_than_a_window(open_browser, spec, admin):
    draft = start_draft(framework=Framework.objects.get())
    skill = draft.skills.get(key=spec.skills[0].key)
    page = open_browser(admin, viewport={"width": 1280, "height": 900})

    page.goto(reverse("admin:careers_skill_change", args=[skill.pk]))

    tables = page.locator("#levels-group table, #asked table")
    assert tables.count() == 2
    right = tables.evaluate_all("all => all.map(x => x.getBoundingClientRect().right)")
    assert max(right) <= 1280
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    question = page.locator("#questions-group textarea").first
    assert question.evaluate(WIDTH) >= 500


def test_the_tools_of_a_framework_stand_below_its_name(open_browser, spec, admin):
    page = open_browser(admin, viewport={"width": 1280, "height": 900})

    page.goto(
        reverse("admin:careers_framework_change", args=[Framework.objects.get().pk])
    )

    name = page.locator("#content h2").first.bounding_box()
    tools = page.locator(".object-tools").bounding_box()
    assert name["y"] + name["height"] <= tools["y"]


def test_what_changed_can_be_read_on_a_phone(open_browser, spec, admin):
    page = open_browser(admin, viewport={"width": 390, "height": 844})

    page.goto(reverse("admin:index"))

    notes = page.locator(".versions td:last-child").first
    assert notes.evaluate(WIDTH) >= 100
    lines = page.locator(".versions tbody th").first.bounding_box()["height"]
    assert lines < 40  # a line and its room: the number is in one piece
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_what_an_editor_fills_in_before_publishing_is_whole_on_a_phone(
    open_browser, spec, admin
):
    draft = start_draft(framework=Framework.objects.get())
    page = open_browser(admin, viewport={"width": 390, "height": 844})

    page.goto(reverse("admin:careers_framework_preview", args=[draft.pk]))

    fields = page.locator("#content-main :is(select, textarea)")
    assert fields.count() == 2
    right = fields.evaluate_all("all => all.map(x => x.getBoundingClientRect().right)")
    assert max(right) <= page.locator("#content-main").evaluate(RIGHT)


def test_the_history_has_a_line_for_each_field(open_browser, spec, admin):
    draft = start_draft(framework=Framework.objects.get())
    level = draft.levels.first()
    lines = ["Planning, required: 2 → 3", "Planning, must have: no → yes"]
    LogEntry.objects.log_actions(
        admin.pk, [level], CHANGE, "\n".join(lines), single_object=True
    )
    page = open_browser(admin, viewport={"width": 1280, "height": 900})

    page.goto(reverse("admin:careers_careerlevel_history", args=[level.pk]))

    said = page.locator("#change-history td").last.inner_text()
    assert said.splitlines() == lines
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator("#change-history td").last.evaluate(WIDTH) >= 150


@pytest.fixture
def matrix(open_browser, spec, admin):
    """The page of the matrix of a draft, at the first cell."""
    draft = start_draft(framework=Framework.objects.get())
    page = open_browser(admin, viewport={"width": 1280, "height": 900})
    page.goto(reverse("admin:careers_framework_matrix", args=[draft.pk]))
    page.locator("tbody .matrix__in--level").first.focus()
    return page


def test_the_matrix_goes_by_keys(matrix):
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp"):
        matrix.keyboard.press(key)
    cell = (
        matrix.locator(".matrix tbody tr:not(.matrix__group)")
        .nth(1)
        .locator("td")
        .first
    )
    was = cell.locator("[type=checkbox]").is_checked()

    matrix.keyboard.press("5")
    matrix.keyboard.press("m")

    assert cell.locator(".matrix__in--level").input_value() == "5"
    assert cell.locator("[type=checkbox]").is_checked() is not was
    assert "is-typed" in cell.get_attribute("class")
    matrix.get_by_role("button", name="Save").click()
    matrix.get_by_text("1 cell saved.").wait_for()
    assert "is-changed" in cell.get_attribute("class")


def test_the_matrix_marks_which_careers_it_shows(matrix):
    shown = matrix.locator(".acts .act[aria-current]")
    others = matrix.locator(".acts .act:not([aria-current])")
    weight = "element => Number(getComputedStyle(element).fontWeight)"

    assert shown.inner_text() == "Ladder 7"
    assert shown.evaluate(weight) > others.first.evaluate(weight)


def test_a_digit_takes_the_place_of_what_is_there_however_late_the_script_comes(
    matrix,
):
    on_the_way = []
    matrix.route("**/matrix*.js", lambda route: on_the_way.append(route))
    matrix.reload(wait_until="commit")
    field = matrix.locator("tbody .matrix__in--level").first
    field.focus()
    wait_until(matrix, lambda: on_the_way)

    on_the_way.pop().continue_()
    expect(matrix.locator(".matrix__keys")).to_be_visible()
    matrix.keyboard.press("5")

    assert field.input_value() == "5"


def test_the_matrix_has_room_or_says_that_it_scrolls(matrix):
    hint = matrix.get_by_text("The table scrolls sideways")
    last = matrix.locator(".matrix thead th").last
    bar = matrix.get_by_role("button", name="Save")

    for width, has_room in ((1280, True), (390, False)):
        matrix.set_viewport_size({"width": width, "height": 800})
        expect(hint).to_be_visible(visible=not has_room)
        box = last.bounding_box()
        assert (box["x"] + box["width"] <= width) == has_room
        frame = matrix.locator(".matrix-frame").bounding_box()
        assert frame["y"] + frame["height"] <= bar.bounding_box()["y"]


def test_names_of_the_matrix_stay_in_view(matrix):
    matrix.set_viewport_size({"width": 390, "height": 800})
    frame = matrix.locator(".matrix-frame")

    frame.evaluate("frame => frame.scrollTo(frame.scrollWidth, frame.scrollHeight)")

    box = frame.bounding_box()
    name = matrix.locator("tbody .matrix__name").last.bounding_box()
    head = matrix.locator(".matrix thead th").last.bounding_box()
    assert abs(name["x"] - box["x"]) <= 2
    assert abs(head["y"] - box["y"]) <= 2
    assert matrix.evaluate("document.documentElement.scrollWidth") == 390


def test_the_pages_of_the_owners_are_accessible(open_browser, spec, admin):
    live = Framework.objects.get()
    report_unclear(framework=live, skill=spec.skills[0].key, value=1)
    draft = start_draft(framework=live)
    pages = (
        reverse("admin:careers_framework_matrix", args=[draft.pk]),
        reverse("admin:assessment_impact", args=[draft.pk]),
        reverse("admin:careers_unclearstatement_changelist"),
    )
    for theme in ("light", "dark"):
        page = open_browser(admin, color_scheme=theme)
        for path in pages:
            page.goto(path)
            page.evaluate(AXE_SCRIPT)
            faults = page.evaluate(AXE_RUN, {"include": [["#content-main"]]})
            assert [each["id"] for each in faults] == []


def test_a_table_without_a_skill_comes_in_and_every_state_is_accessible(
    open_browser, spec, admin, tmp_path
):
    table = [row for row in table_of_skills(spec) if row[0] != spec.skills[0].key]
    table[3] = [*table[3][:-1], LONG_WORD]
    path = tmp_path / "skills.csv"
    path.write_text(csv_of(table), encoding="utf-8")
    page = open_browser(
        admin, color_scheme="dark", viewport={"width": 320, "height": 800}
    )

    def look():
        page.wait_for_load_state()
        page.evaluate(AXE_SCRIPT)
        faults = page.evaluate(AXE_RUN, {"include": [["#content-main"]]})
        width = page.evaluate("document.documentElement.scrollWidth")
        assert ([each["id"] for each in faults], width) == ([], 320)
        for word in page.locator("ins").all():
            assert word.evaluate(RIGHT) <= 320

    page.goto(reverse("admin:careers_framework_import"))
    look()
    for ladder in ("", spec.key):  # a new one has no title yet
        page.get_by_label("Files").set_input_files(path)
        page.get_by_label("Ladder").select_option(ladder)
        page.get_by_role("button", name="Show what would change").press("Enter")
        look()
    page.get_by_role("button", name="Import into the draft").press("Enter")
    look()
    page.get_by_label("Remove what is listed").press("Space")
    page.get_by_role("button", name="Import into the draft").press("Enter")
    page.get_by_text("Not live yet").first.wait_for()

    held = Framework.objects.drafts().get().skills.values_list("key", flat=True)
    assert sorted(held) == sorted(skill.key for skill in spec.skills[1:])


def test_a_copy_is_made_on_an_accessible_page(open_browser, spec, admin):
    page = open_browser(admin, viewport={"width": 390, "height": 800})

    page.goto(
        reverse("admin:careers_framework_copy", args=[Framework.objects.get().pk])
    )
    page.evaluate(AXE_SCRIPT)
    faults = page.evaluate(AXE_RUN, {"include": [["#content-main"]]})
    page.get_by_label("Title").fill("Another ladder")
    page.get_by_role("button", name="Copy as a new ladder").press("Enter")
    page.get_by_text("Not live yet").first.wait_for()

    assert [each["id"] for each in faults] == []
    assert Framework.objects.drafts().get().key == "another-ladder"
