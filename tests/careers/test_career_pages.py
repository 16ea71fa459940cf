"""Specializations and related careers: what they show and where they are."""

from dataclasses import replace

import pytest

from careers import pages
from careers.pages.career import levels_of_kind
from careers.shape import Certification, CertificationSupport, Requirement
from careers.standing import Fit, Standing
from careers.store import spec_of
from tests.factories import (
    make_assessment,
    make_framework,
    make_shipped_framework,
    small_spec,
)
from tests.reading import elements, links, section, texts

COORDINATOR = (
    Requirement("planning", 2, 5, must_have=True),
    Requirement("tooling", 4, 5, must_have=True),
    Requirement("testing", 2, 3),
    Requirement("communication", 3, 4, must_have=True),
    Requirement("leadership", 1, 1),
)


def page_of(key, requirements=None, **changes):
    """The page of a career of the small framework, with other requirements if given."""
    spec = small_spec(**changes)
    level = spec.levels_by_key[key]
    changed = replace(level, requirements=requirements or level.requirements)
    levels = tuple(changed if each is level else each for each in spec.levels)
    return pages.career_page(replace(spec, levels=levels), changed)


def shifts(page):
    return [(row.name, row.before, row.now, row.by) for row in page.shifts]


# What a page shows
# --------------------------------------------------------------------------------------


def test_career_shows_what_rises_first_and_what_falls_last():
    page = page_of("coordinator", COORDINATOR)

    assert shifts(page) == [
        ("Tooling", "3 Independent", "4 Leading", "+1"),
        ("Planning", "3 Independent", "2 Guided", "\N{MINUS SIGN}1"),
        ("Leadership", "2 Guided", "1 Aware", "\N{MINUS SIGN}1"),
    ]
    assert [row.mark.state for row in page.shifts] == ["up", "down", "down"]
    assert [row.must_have for row in page.shifts] == [True, True, False]
    assert page.shifts_note == (
        "One skill rises, two fall. The others stay as they are."
    )


def test_career_says_what_counts_for_more_and_for_less():
    page = page_of("coordinator", COORDINATOR)

    assert page.weights == (
        "Counts for more than at TPM: Tooling. Counts for less: Leadership."
    )
    assert page_of("cloud").weights == ""


def test_career_is_compared_with_the_rung_that_it_names():
    page = page_of("cloud")

    assert (page.kicker, page.shifts_title) == ("Specialization", "Compared with TPM")
    assert (page.base.title, page.base.url) == ("TPM", "/ladder/tpm/")
    requirement = page.groups[0].rows[1]
    assert (requirement.name, requirement.before) == ("Tooling", "was 3 at TPM")


def test_career_shows_all_requirements_and_how_sure_they_are():
    page = page_of("coordinator")

    asked = [row.name for group in page.groups for row in group.rows]
    assert asked == ["Planning", "Tooling", "Testing", "Communication", "Leadership"]
    assert [row.name for row in page.basis] == asked
    assert page.grade == "Our own judgment."
    assert page.kicker == "Related career"


def certificate(up_to, skill="tooling"):
    supports = (CertificationSupport(skill, up_to),)
    return Certification("x", "X", "An issuer", "None", "guide", supports=supports)


@pytest.mark.parametrize(
    ("certification", "helps"),
    [
        (certificate(4), ["Helps with Tooling up to 4."]),
        (certificate(3), []),  # the rung compared with asks for as much
        (certificate(5, "planning"), []),  # asked for as at that rung
    ],
)
def test_career_names_certifications_that_lead_beyond_its_base(certification, helps):
    page = page_of("cloud", certifications=(certification,))

    assert [each.helps for each in page.certifications] == helps


def test_list_says_what_each_asks_more_and_less_of():
    spec = small_spec()

    entry = pages.careers_page(spec, "related").entries[0]

    assert (entry.title, entry.url) == ("Coordinator", "/related/coordinator/")
    assert (entry.base, entry.more) == ("TPM", "")
    assert entry.less == "Planning, Leadership"


def test_list_says_how_the_reader_fits():
    fit = {"cloud": Fit(68, "On the way", 3)}
    standing = Standing(now="tpm", target="cloud", report_url="/reports/1/", fit=fit)
    spec = small_spec()

    cloud = pages.careers_page(spec, "specialization", standing).entries[0]
    coordinator = pages.careers_page(spec, "related", standing).entries[0]

    assert cloud.fit == "68 of 100, On the way"
    assert [mark.text for mark in cloud.marks] == ["Your target"]
    assert (coordinator.fit, coordinator.marks) == ("", ())


# Pages and addresses
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "title", "count"),
    [
        ("/specializations/", "Six specializations", 6),
        ("/related/", "Five related careers", 5),
    ],
)
def test_each_of_a_kind_is_listed_and_has_a_page(client, db, path, title, count):
    make_shipped_framework()
    response = client.get(path)

    found = {
        to for to in links(response).values() if to.startswith(path) and to != path
    }

    assert texts(response, "h1") == [title]
    assert len(found) == count
    assert {client.get(each).status_code for each in found} == {200}


def test_every_page_of_a_career_equals_the_framework(client, db):
    spec = spec_of(make_shipped_framework())
    for kind, path in (("specialization", "specializations"), ("related", "related")):
        for level in levels_of_kind(spec, kind):
            career = spec.careers_by_key[level.career]
            base = spec.levels_by_key[career.base_level]

            response = client.get(f"/{path}/{level.key}/")

            changed = {
                spec.skills_by_key[item.skill].name
                for item in level.requirements
                if item.required != base.requirement(item.skill).required
            }
            rows = texts(response, "a", "shift-table__link")
            assert (set(rows), len(rows)) == (changed, len(changed))
            assert len(elements(response, "svg", "level-shift")) == len(changed)
            assert texts(response, "h1") == [level.title]
            topics = section(response, "topics") or ""
            assert [each for each in career.topics if each not in topics] == []
            assert career.basis in section(response, "basis")


def test_career_can_be_a_target(client, framework):
    page = client.get("/specializations/cloud/")
    button, *_ = elements(page, "a", "btn-primary")

    start = client.get(button[0]["href"])

    sent = {a.get("name"): a.get("value") for a, _ in elements(start, "input")}
    assert button[1] == "Rate yourself against this"
    assert sent["target"] == "cloud"


@pytest.mark.parametrize("path", ["/specializations/", "/specializations/cloud/"])
def test_pages_show_the_reader_their_own_fit(
    client, framework, alice, alice_client, path
):
    make_assessment(owner=alice, target="cloud", submit=True)

    main = texts(alice_client.get(path), "main")[0]

    assert "of 100, On the way" in main
    assert "Your target" in main
    assert "of 100" not in texts(client.get(path), "main")[0]


def test_career_without_topics_has_no_such_section(client, db):
    careers = tuple(replace(each, topics=()) for each in small_spec().careers)
    make_framework(careers=careers)

    assert section(client.get("/specializations/cloud/"), "topics") is None


@pytest.mark.parametrize(
    "path",
    [
        "/specializations/none/",
        "/specializations/coordinator/",
        "/specializations/tpm/",
        "/related/none/",
        "/related/cloud/",
    ],
)
def test_what_is_not_of_the_kind_is_not_found(client, framework, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("below_ladder", "own"),
    [
        ("/ladder/cloud/", "/specializations/cloud/"),
        ("/ladder/coordinator/", "/related/coordinator/"),
        ("/frameworks/other/ladder/cloud/", "/frameworks/other/specializations/cloud/"),
    ],
)
def test_addresses_below_the_ladder_lead_on(client, framework, below_ladder, own):
    make_framework(key="other")

    response = client.get(below_ladder)

    assert (response.status_code, response.url) == (301, own)
