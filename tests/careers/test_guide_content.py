"""The guide that comes with the app is whole, and its figures are those of the source."""

from functools import lru_cache

import pytest
from django.urls import Resolver404, resolve

from careers.fields import items
from careers.files import SHIPPED_GUIDE, files_of, load_files, parse_guide
from careers.guide_shape import PAGES, GuideEntry
from careers.publishing import apply_guide, plan_guide
from careers.store import load_guide
from tests.factories import shipped_spec
from tests.guides import named, section_of


@lru_cache(maxsize=1)
def parsed():
    return parse_guide(load_files(SHIPPED_GUIDE))


def guide():
    return parsed().spec


def parts_with(name):
    return [part for _, part in items(guide()) if getattr(part, name, None)]


def test_there_is_neither_error_nor_warning():
    assert parsed().problems == []


def test_files_are_written_as_the_export_writes_them():
    exported = files_of(guide())

    assert parse_guide(exported).spec == guide()
    assert set(exported) == set(load_files(SHIPPED_GUIDE))


@pytest.mark.django_db
def test_it_survives_the_database():
    apply_guide(plan_guide(load_files(SHIPPED_GUIDE)))

    assert load_guide() == guide()


def leads_somewhere(link):
    """To a page that there is, or to one that the guide itself is about."""
    path = link.partition("#")[0]
    try:
        resolve(path)
    except Resolver404:
        return path.strip("/") in PAGES
    return True


def test_links_lead_somewhere():
    links = {part.link for part in parts_with("link")}

    assert len(links) > 8
    assert {link for link in links if not leads_somewhere(link)} == set()


def test_places_in_pages_are_there():
    places = {part.link for part in parts_with("link") if "#" in part.link}
    there = {
        f"/{page.key}/#{section.key}"
        for page in guide().pages
        for section in page.sections
    }

    assert places - there == set()
    assert places


def test_every_figure_has_a_source_that_is_named():
    used = {part.source for part in parts_with("source")}

    assert used == {source.key for source in guide().sources} - {"onet"}
    routes = section_of(guide(), "start", "education").entries
    assert "O*NET" in named(routes, "bachelor").basis


def test_the_median_that_nobody_found_leads_to_the_official_ones():
    official = section_of(guide(), "pay", "official")
    disagreeing = section_of(guide(), "pay", "figures-that-disagree")
    keys = [section.key for section in guide().pages_by_key["pay"].sections]

    doubt = named(disagreeing.facts, "median-of-all").doubt

    assert keys.index("official") < keys.index("figures-that-disagree")
    assert doubt.endswith(f"The official medians stand above, under {official.title}.")


@pytest.mark.parametrize(
    ("page", "section", "facts"),
    [
        (
            "role",
            "key-facts",
            {
                "official-pay": "USD 100,750",
                "official-growth": "5.6 percent",
                "official-openings": "About 78,200",
                "median-pay": "USD 102,620",
                "pay-range": "USD 70,000 to 160,000 and more",
                "growth": "7 percent",
                "growth-of-all-jobs": "2.8 percent",
                "openings": "About 85,000",
                "education": "A bachelor's degree, technical or in business",
            },
        ),
        (
            "start",
            "how-long",
            {
                "change-of-career": "6 to 18 months",
                "job-ready": "1 to 3 years",
                "hours-to-junior": "About 370",
            },
        ),
    ],
)
def test_facts_have_the_figures_of_their_source(page, section, facts):
    found = section_of(guide(), page, section).facts

    assert {fact.key: fact.value for fact in found} == facts


@pytest.mark.parametrize(
    ("doubted", "words"),
    [
        (("pay", "figures-that-disagree", "starting-pay"), "75,000"),
        (("role", "key-facts", "pay-range"), "Four of its seven levels"),
        (("role", "key-facts", "growth"), "2.8 percent"),
        (("role", "key-facts", "openings"), "77,000"),
        (("role", "key-facts", "median-pay"), "104,920"),
        (("start", "how-long", "change-of-career"), "1 to 3 years"),
        (("pay", "how-to-read", "by-level"), "exactly 5,000"),
        (("role", "where-it-leads", "titles"), "Technical Program Manager"),
    ],
)
def test_where_sources_disagree_the_figure_says_so(doubted, words):
    page, section, key = doubted
    section = section_of(guide(), page, section)

    (part,) = [each for each in (*section.facts, *section.entries) if each.key == key]

    assert words in part.doubt


def test_pay_by_region_is_that_of_the_source():
    found = {
        each.key: (each.currency, each.low, each.high, each.low_usd, each.high_usd)
        for each in guide().pay_ranges
    }

    assert found == {
        "united-states": ("USD", 90_000, 150_000, None, None),
        "canada": ("CAD", 80_000, 130_000, None, None),
        "germany-uk": ("EUR", 60_000, 95_000, 65_000, 105_000),
        "france": ("EUR", 55_000, 85_000, None, None),
        "poland-czech-republic": ("EUR", 35_000, 55_000, 38_000, 60_000),
        "australia": ("AUD", 100_000, 150_000, 65_000, 98_000),
        "singapore": ("SGD", 90_000, 140_000, 66_000, 103_000),
        "india": ("INR", 1_500_000, 3_000_000, 18_000, 36_000),
        "brazil-mexico": ("USD", 30_000, 60_000, None, None),
    }


def test_routes_of_education_have_the_times_and_costs_of_the_source():
    routes = section_of(guide(), "start", "education").entries

    assert [(route.time, route.cost) for route in routes] == [
        ("4 years", "USD 40,000 to 100,000 and more"),
        ("2 years after the first degree", "USD 30,000 to 60,000 and more"),
        ("12 to 24 weeks", "USD 10,000 to 20,000"),
        ("6 to 18 months", "Hundreds to low thousands of US dollars"),
    ]


def test_six_steps_say_what_they_are_built_from():
    steps = section_of(guide(), "start", "steps").entries

    assert len(steps) == 6
    assert all(step.basis for step in steps)


def test_hours_to_the_first_level_are_those_of_the_framework():
    framework = shipped_spec()
    junior = framework.levels_by_key["junior-tpm"]
    hours = sum(
        sum(framework.hours_of(skill)[: junior.requirement(skill.key).required])
        for skill in framework.skills
    )

    fact = named(section_of(guide(), "start", "how-long").facts, "hours-to-junior")

    assert fact.value == f"About {round(hours, -1)}"


def test_every_job_that_one_comes_from_names_a_rung_and_says_why():
    entries = section_of(guide(), "start", "coming-from").entries
    rungs = {level.key: level.short_title for level in shipped_spec().ladder}

    assert len(entries) == 6
    for each in entries:
        assert rungs[each.level].removesuffix(" TPM") in each.text
        assert [point.partition(":")[0] for point in each.points] == [
            "Carries over",
            "Usually missing",
            "First step",
        ]


def test_examples_are_marked_as_such():
    section = section_of(guide(), "apply", "resume-examples")

    assert section.kind == "examples"
    assert "made up" in section.text
    assert all(isinstance(each, GuideEntry) and each.points for each in section.entries)
    for each in section.entries:
        assert each.text.startswith("Profile: ")
        assert any(point.startswith("Learning: ") for point in each.points)


def test_the_letter_is_an_example_without_labels():
    section = section_of(guide(), "apply", "cover-letter-example")

    (letter,) = section.entries
    assert (section.kind, "made up" in section.text) == ("letter", True)
    assert letter.points[0].startswith("Dear ")
    assert letter.points[-1].endswith("Kind regards, Ben Okoro")


def test_questions_are_about_the_work_and_about_the_tool():
    found = {topic: len(asked) for topic, asked in guide().questions_by_topic}

    assert found == {"career": 9, "tool": 9}
