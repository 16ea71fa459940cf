"""The whole flow as a screen reader has it: names, roles, states and what is announced."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    card_of,
    choose_target,
    field_of,
    follow,
    level_of,
    press,
    rate,
    rate_all,
    see_saved,
    see_title,
    state_of,
    unfold,
)

pytestmark = pytest.mark.browser

TARGET = "senior-tpm"


def see(place, tree):
    """Holds a part of a page against a part of its accessibility tree."""
    expect(place).to_match_aria_snapshot(tree)


def test_the_whole_flow_is_named_and_announced(open_browser, spec):
    page = open_browser()
    page.goto("/")
    follow(page, "Start the self-assessment")
    see(
        page.get_by_role("main"),
        """
        - heading "Where are you today?" [level=1]
        - region "In this job, leading":
          - list:
            - listitem:
              - link /^Several projects or one critical initiative/
        - region "Choose the target yourself"
        """,
    )

    choose_target(page, spec.levels_by_key[TARGET].title)
    the_first_card_speaks(page, spec)
    rate_all(page, spec, {skill.key: 3 for skill in spec.skills})

    the_review_speaks(page, spec)
    press(page, "Submit and read the report")
    the_report_speaks(page, spec)


def the_first_card_speaks(page, spec):
    group = spec.groups[0]
    skill = spec.skills_in(group.key)[0]
    card = card_of(page, skill.key).get_by_role("group", name=skill.name)
    see_title(page, group.name)
    names = [
        f"{point.value} {point.name} {_text(spec, skill, point)}"
        for point in spec.scale
    ]
    for name in names:
        expect(card.get_by_role("radio", name=name, exact=True)).not_to_be_checked()
    expect(card).to_have_accessible_description(skill.description)
    expect(state_of(page, skill.key)).to_be_empty()

    rate(page, skill.key, 3)
    see_saved(page, skill.key)
    see(
        card,
        f"""
        - group "{skill.name}":
          - heading "{skill.name}" [level=2]
          - status:
            - paragraph: /Saved \\d\\d:\\d\\d/
          - radio "{names[3]}" [checked]
          - group "How sure are you?":
            - radio "Not very"
            - radio "Fairly" [checked]
            - radio "Very"
        """,
    )
    see(
        page.get_by_role("navigation", name="Skill groups"),
        f"""
        - navigation "Skill groups":
          - list:
            - listitem:
              - link "{group.name} 1 of {len(spec.skills_in(group.key))}"
              - list:
                - listitem:
                  - link "{skill.name} (answered)"
        """,
    )
    a_refusal_is_announced(page, skill)


def _text(spec, skill, point):
    return skill.statement(point.value) if point.value else point.definition


def a_refusal_is_announced(page, skill):
    unfold(page, skill.key, "Add evidence")
    link = field_of(page, skill.key, "url")
    link.fill("ftp://example.org/")
    link.press("Tab")
    expect(state_of(page, skill.key)).to_contain_text("https://")
    expect(link).to_have_attribute("aria-invalid", "true")
    expect(link).to_have_accessible_description(
        "Use an address that begins with https://."
    )
    link.fill("")
    link.press("Tab")
    see_saved(page, skill.key)
    expect(link).not_to_have_attribute("aria-invalid", "true")
    expect(level_of(page, skill.key, 3)).to_be_checked()


def the_review_speaks(page, spec):
    see(
        page.get_by_role("main"),
        """
        - heading "Look over your answers" [level=1]
        - button "Submit and read the report"
        """,
    )
    for skill in spec.skills:
        expect(page.get_by_role("link", name=skill.name).first).to_be_attached()


def the_report_speaks(page, spec):
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_count(1)
    see(
        main,
        """
        - region "Result":
          - heading [level=1]
          - 'img /Score \\d+ of 100; likely \\d+ to \\d+; ready from 90/'
          - heading /\\d of \\d must-haves met/ [level=2]
          - list:
            - listitem: /short|met/
        - list:
          - listitem:
            - link "Gaps"
        - link "Plan the first step"
        - button "Share, save, more"
        - region /gaps that matter most/
        - region "What you bring"
        - region "Every skill":
          - list "Show"
          - 'table "Every skill: your level and the required one, evidence, points for closing the gap"'
        - region "The ladder":
          - table "The same answers at every rung"
        - region "How sure, and how made"
        """,
    )
    table = main.get_by_role("table", name="Every skill")
    rows = [*spec.skills, *spec.groups]
    expect(table.get_by_role("rowheader")).to_have_count(len(rows))
