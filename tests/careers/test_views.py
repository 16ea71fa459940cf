"""The framework's pages as a reader gets them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    changed_level,
    changed_skill,
    make_framework,
    make_shipped_framework,
    required,
    small_spec,
)
from tests.reading import description, elements, links, section, texts

PAGES = ["/ladder/", "/ladder/tpm/", "/skills/", "/skills/{skill}/"]
SKILL = {make_framework: "planning", make_shipped_framework: "risk-management"}


@pytest.mark.parametrize("make", [make_framework, make_shipped_framework])
@pytest.mark.parametrize("page", PAGES)
def test_page_costs_one_query_whatever_the_framework(client, db, make, page):
    make()
    path = page.format(skill=SKILL[make])
    client.get(path)  # loads the framework into memory

    with CaptureQueriesContext(connection) as queries:
        client.get(path)

    assert len(queries) == 1


@pytest.mark.parametrize("page", PAGES)
def test_page_leaves_nothing_in_a_visitors_browser(client, framework, page):
    response = client.get(page.format(skill="planning"))

    assert response.status_code == 200
    assert response.cookies == {}
    assert not response.wsgi_request.session.modified
    assert "CSRF_COOKIE" not in response.wsgi_request.META


def test_pages_have_titles_and_descriptions_of_their_own(client, framework):
    responses = [client.get(page.format(skill="planning")) for page in PAGES]

    assert [texts(response, "title")[0] for response in responses] == [
        "The ladder · tpmguide",
        "TPM · tpmguide",
        "Skills · tpmguide",
        "Planning · tpmguide",
    ]
    assert len({description(response) for response in responses}) == 4


@pytest.mark.parametrize(
    ("page", "nav"),
    [
        ("/ladder/", "The ladder"),
        ("/ladder/tpm/", "The ladder"),
        ("/skills/", "Skills"),
        ("/skills/planning/", "Skills"),
    ],
)
def test_page_says_where_it_is(client, framework, page, nav):
    response = client.get(page)

    here = [
        text
        for attributes, text in elements(response, "a", "site-nav__link")
        if "aria-current" in attributes
    ]
    assert here == [nav]


@pytest.mark.parametrize(
    "path", ["/ladder/none/", "/ladder/planning/", "/skills/none/", "/skills/tpm/"]
)
def test_an_unknown_key_answers_404_in_the_products_look(client, framework, path):
    response = client.get(path)

    assert response.status_code == 404
    assert texts(response, "h1") == ["There is nothing at this address"]


@pytest.mark.parametrize("path", ["/ladder/", "/skills/", "/frameworks/none/ladder/"])
def test_without_a_published_framework_there_is_no_page(client, db, path):
    make_framework(publish=False)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["ladder/", "ladder/tpm/", "skills/", "skills/planning/"]
)
def test_the_served_framework_has_one_address(client, framework, path):
    response = client.get(f"/frameworks/{framework.key}/{path}")

    assert response.status_code == 301
    assert response.url == f"/{path}"


def test_another_framework_has_pages_that_link_to_each_other(client, framework):
    make_framework(key="other")

    response = client.get("/frameworks/other/ladder/tpm/")

    assert links(response)["Planning"] == "/frameworks/other/skills/planning/"
    assert links(response)["Rate yourself against this"] == (
        "/assess/?target=tpm&framework=other"
    )


def test_ladder_draws_one_picture_and_lists_every_level(client, framework):
    response = client.get("/ladder/")

    assert len(elements(response, "svg", "ladder-picture")) == 1
    assert texts(response, "span", "rungs__title") == [
        "Junior TPM",
        "TPM",
        "Senior TPM",
    ]
    assert "Median pay USD 100,000" in section(response, "levels")
    assert "the guide's own figure" in section(response, "levels")
    assert section(response, "specializations").endswith("Cloud Cloud in one sentence.")
    assert section(response, "related").endswith(
        "Coordinator Coordinator in one sentence."
    )
    assert "/specializations/cloud/" in links(response).values()


def test_ladder_says_what_rises_in_figures(client, framework):
    response = client.get("/ladder/")

    assert texts(response, "h1") == ["3 rungs, and what each one asks"]
    assert texts(response, "p", "lede") == [
        "From Junior TPM to Senior TPM, people and judgment skills rise from 1.0 to 4.0 "
        "on a scale of 0 to 5. Technical skills rise from 1.7 to 3.3."
    ]
    assert texts(response, "title")[1] == (
        "Average required level, 0 to 5, at 3 rungs from the lowest. People and "
        "judgment: 1.0, 2.5, 4.0. Technical: 1.7, 2.7, 3.3."
    )
    assert texts(response, "tr")[1:] == [
        "Junior TPM 1.0 1.7",
        "TPM 2.5 2.7",
        "Senior TPM 4.0 3.3",
    ]
    assert texts(response, "ul", "gap-key") == [
        "2 people and judgment skills 3 technical skills Average required level, 0 to 5"
    ]


def test_ladder_picture_keeps_the_texts_apart_when_lines_cross(client, framework):
    response = client.get("/ladder/")

    heights = [
        (text, attributes["dy"])
        for attributes, text in elements(response, "text", "ladder-picture__text")
    ]
    assert heights == [
        *[("1.0", "19"), ("1.7", "-10")],
        *[("2.5", "19"), ("2.7", "-10")],
        *[("4.0", "-10"), ("3.3", "19")],
    ]


def test_without_kinds_of_groups_there_is_no_picture_of_them(client, db):
    groups = tuple(group.replaced(kind="") for group in small_spec().groups)
    make_framework(groups=groups)

    for path in ("/ladder/", "/ladder/tpm/", "/"):
        response = client.get(path)
        assert elements(response, "svg", "ladder-picture") == []
        assert "eople and judgment" not in response.content.decode()
        assert len(elements(response, "ol", "rungs")) == 1


def test_ladder_says_autonomy_and_pay_below_its_picture_and_in_its_list(client, db):
    levels = changed_level("tpm", scope="one project", autonomy="alone")
    make_framework(levels=levels)

    response = client.get("/ladder/")

    assert texts(response, "span", "rungs__fact") == [
        "median pay USD 80,000",
        "alone",
        "median pay USD 100,000",
        "median pay USD 120,000",
    ]
    assert texts(response, "dl", "fact-list")[1] == (
        "Experience 2 to 4 years Scope One project Autonomy Alone "
        "Median pay USD 100,000"
    )
    assert elements(client.get("/ladder/tpm/"), "span", "rungs__fact") == []


def test_without_pay_there_is_no_word_of_it(client, db):
    levels = tuple(each.replaced(pay_median=None) for each in small_spec().levels)
    make_framework(levels=levels)

    assert "pay" not in texts(client.get("/ladder/"), "main")[0].lower()


def test_level_shows_what_it_asks_for(client, framework):
    response = client.get("/ladder/tpm/")

    names = texts(response, "h3", "requirement__name")
    assert names == ["Planning", "Tooling", "Testing", "Communication", "Leadership"]
    assert texts(response, "p", "requirement__level")[0] == (
        "3 Independent was 2 at Junior TPM"
    )
    assert texts(response, "p", "requirement__text")[0] == "I show planning at level 3."
    must_haves = [
        row for row in texts(response, "li", "requirement") if "Must-have" in row
    ]
    assert len(must_haves) == 2
    assert "What a TPM does." in section(response, "work")


def test_level_leads_to_one_thing_and_says_what_is_around_it(client, framework):
    response = client.get("/ladder/tpm/")

    buttons = elements(response, "a", "btn-primary")
    assert [(text, a["href"]) for a, text in buttons] == [
        (
            "Rate yourself against this",
            f"/assess/?target=tpm&framework={framework.key}",
        )
    ]
    assert "4 skills rise" in section(response, "next")
    assert section(response, "changes").startswith("What changes from Junior TPM")
    assert "Tell me of planning." in section(response, "questions")
    assert "Level 3, importance 5 of 5." in section(response, "basis")


def test_level_marks_what_is_new_since_the_rung_below(client, db):
    make_framework(
        levels=changed_level(
            "tpm",
            requirements=required(
                planning=(4, 3),
                tooling=(1, 3),
                testing=(1, 3),
                communication=(0,),
                leadership=(0,),
            ),
        )
    )

    response = client.get("/ladder/tpm/")

    assert texts(response, "p", "requirement__level") == [
        "4 Leading was 2 at Junior TPM",
        "1 Aware was 2 at Junior TPM",
        "1 Aware",
    ]
    marks = [
        attributes["class"].removeprefix("pips__")
        for attributes, _ in elements(response, "rect")
        if attributes["class"].startswith("pips__")
    ]
    assert marks == [
        *["on", "on", "new", "new", "off"],
        *["on", "off", "off", "off", "off"],
        *["on", "off", "off", "off", "off"],
    ]


def test_marks_follow_the_scale_of_the_framework(client, db):
    scale = small_spec().scale[:4]
    requirements = required(
        planning=(3,), tooling=(1,), testing=(1,), communication=(1,), leadership=(0,)
    )
    skills = tuple(
        each.replaced(levels=each.levels[:3], actions=each.actions[:3])
        for each in small_spec().skills
    )
    levels = tuple(
        each.replaced(requirements=requirements) for each in small_spec().levels
    )
    make_framework(scale=scale, skills=skills, levels=levels)

    level, skill = client.get("/ladder/tpm/"), client.get("/skills/planning/")

    assert "The marks are the levels 1 to 3;" in texts(level, "main")[0]
    assert len(elements(level, "rect", "pips__on")) == 3 + 1 + 1 + 1
    assert texts(skill, "title")[1] == (
        "Required level, 0 to 3: Junior TPM 3, TPM 3, Senior TPM 3."
    )
    steps = elements(skill, "line", "skill-levels__step")
    assert [attributes["y1"] for attributes, _ in steps] == ["0.00%"] * 3
    assert len(elements(skill, "line", "skill-levels__grid")) == 4


def test_level_says_changes_by_step_and_what_becomes_a_must_have(client, db):
    make_framework(
        levels=changed_level(
            "senior-tpm",
            requirements=required(
                planning=(0, 5),
                tooling=(3, 3, True),
                testing=(3, 3),
                communication=(4, 4, True),
                leadership=(3, 2),
            ),
        )
    )

    changes = section(client.get("/ladder/senior-tpm/"), "changes")

    assert changes == (
        "What changes from TPM 3 skills rise. 1 skill falls. The others stay as they "
        "are. From 2 Guided to 3 Independent Testing, Leadership From 3 Independent to "
        "4 Leading Communication No longer asked for Planning Now a "
        "must-have Tooling No longer a must-have Planning See TPM"
    )


def test_a_must_have_of_a_lower_rung_stays_one_and_says_since_when(client, db):
    make_framework(
        levels=changed_level(
            "tpm",
            requirements=required(
                planning=(3, 5),
                tooling=(3, 3, True),
                testing=(2, 3),
                communication=(3, 4, True),
                leadership=(2, 2),
            ),
        )
    )

    tpm = client.get("/ladder/tpm/")
    senior = client.get("/ladder/senior-tpm/")

    assert texts(tpm, "div", "requirement__head") == [
        "Planning Must-have since Junior TPM",
        "Tooling Must-have",
        "Testing",
        "Communication Must-have",
        "Leadership",
    ]
    assert texts(senior, "div", "requirement__head") == [
        "Planning Must-have",
        "Tooling Must-have since TPM",
        "Testing",
        "Communication Must-have",
        "Leadership",
    ]
    assert "3 must-haves" in figures(tpm)
    # Planning is a must-have of all three: it neither ends at TPM nor begins above it.
    assert "must-have" not in section(senior, "changes")
    asked = texts(client.get("/skills/planning/"), "tr")[1:4]
    assert ["Must-have" in row for row in asked] == [True, True, True]


def figures(response):
    """The list of figures, each as "value label"."""
    labels = texts(response, "dt", "figures__label")
    values = texts(response, "dd", "figures__value")
    return [f"{value} {label}" for value, label in zip(values, labels, strict=True)]


def test_level_shows_questions_certifications_and_grounds_of_its_own(client, framework):
    junior, tpm = client.get("/ladder/junior-tpm/"), client.get("/ladder/tpm/")

    assert section(junior, "questions") is None
    assert "CAPM PMI · Helps with Planning." in section(junior, "certifications")
    assert section(tpm, "certifications") is None
    assert "Level 3, importance 5 of 5." in section(tpm, "basis")
    assert "Leadership" not in section(junior, "basis")


def test_the_lowest_rung_speaks_of_no_changes(client, framework):
    response = client.get("/ladder/junior-tpm/")

    assert section(response, "changes") is None
    assert "#changes" not in links(response).values()


def test_every_level_and_skill_of_the_shipped_framework_has_a_page(client, db):
    make_shipped_framework()
    listed = {
        path
        for page in ("/ladder/", "/skills/")
        for path in links(client.get(page)).values()
        if re.match(r"/(ladder|skills|specializations|related)/.", path)
    }

    statuses = {path: client.get(path).status_code for path in listed}

    assert len(statuses) == 18 + 20
    assert set(statuses.values()) == {200}


def test_skills_are_listed_by_group(client, framework):
    response = client.get("/skills/")

    assert texts(response, "h2") == ["Delivery", "People", "The scale"]
    assert links(response)["Testing"] == "/skills/testing/"
    assert "Leadership of technical work." in section(response, "people")
    assert "0 Not yet I stand at 0." in section(response, "scale")


def test_skill_shows_statements_hours_and_actions(client, framework):
    levels = section(client.get("/skills/planning/"), "levels")

    assert "0 Not yet I stand at 0." in levels
    assert (
        "3 Independent I show planning at level 3. About 40 hours from 2 to 3" in levels
    )
    assert (
        "Practise planning towards 3 Use planning in one real piece of work." in levels
    )


def test_skill_shows_what_counts_beside_the_statement(client, framework):
    levels = section(client.get("/skills/planning/"), "levels")

    case = "I show planning at level 4. Counts You did it. Not yet You saw it."
    assert case in levels
    assert levels.count("Counts You") == 1


def test_skill_shows_its_example_where_it_has_one(client, db):
    make_framework(skills=changed_skill("testing", example=""))

    planning = section(client.get("/skills/planning/"), "why")
    testing = section(client.get("/skills/testing/"), "why")

    example = "For example: your planning helped a team. That counts as 2."
    assert f"What counts {example}" in planning
    assert "What counts" not in testing


def test_skill_shows_who_asks_for_it_as_picture_and_table(client, framework):
    response = client.get("/skills/planning/")

    assert len(elements(response, "svg", "skill-levels")) == 1
    rows = texts(response, "tr")[1:4]
    assert rows == [
        "1 Junior TPM 2 Guided Must-have 5 of 5",
        "2 TPM 3 Independent Must-have 5 of 5",
        "3 Senior TPM 4 Leading Must-have 5 of 5",
    ]


def test_skill_shows_what_else_belongs_to_it(client, framework):
    planning = client.get("/skills/planning/")
    leadership = client.get("/skills/leadership/")

    assert "Planning keeps a project going." in section(planning, "why")
    assert "When did planning help?" in section(planning, "why")
    assert "Tell me of planning." in section(planning, "questions")
    assert "CAPM" in section(planning, "certifications")
    assert section(planning, "basis").endswith("guide")
    assert section(planning, "prerequisites") is None
    assert "First Communication at 2 Guided" in section(leadership, "prerequisites")


def test_skill_tells_its_hours_only_where_all_are_known(client, db):
    planning = small_spec().skills_by_key["planning"]
    levels = tuple(
        each.replaced(hours=None) if each.value == 3 else each
        for each in planning.levels
    )
    make_framework(skills=changed_skill("planning", levels=levels))

    some, all_of_them = client.get("/skills/planning/"), client.get("/skills/testing/")

    assert "About 205 hours from 0 to 5." in section(all_of_them, "levels")
    assert "hours from 0 to 5" not in section(some, "levels")
    assert "hours from 2 to 3" not in section(some, "levels")
    assert "Practise planning towards 3" in section(some, "levels")


@pytest.mark.parametrize(
    ("skill", "note"),
    [
        ("leadership", "It rises up to Senior TPM, which asks for 4."),
        ("tooling", "From TPM on, it stays at 3."),
    ],
)
def test_skill_says_where_what_is_required_stops_rising(client, framework, skill, note):
    assert note in section(client.get(f"/skills/{skill}/"), "asked")


def levels_with(skill, of_rungs):
    """The small spec's levels, with what the rungs and then the others require of a skill."""
    return tuple(
        each.replaced(
            requirements=tuple(
                item.replaced(required=value) if item.skill == skill else item
                for item in each.requirements
            )
        )
        for each, value in zip(small_spec().levels, of_rungs, strict=True)
    )


def test_skill_says_which_rung_requires_the_most_where_a_higher_one_requires_less(
    client, db
):
    make_framework(levels=levels_with("testing", (1, 3, 2, 0, 0)))

    asked = section(client.get("/skills/testing/"), "asked")

    assert "TPM asks for the most of it: 3." in asked


def test_skill_that_no_rung_requires_says_so(client, db):
    make_framework(levels=levels_with("testing", (0, 0, 0, 1, 0)))

    response = client.get("/skills/testing/")

    assert "No rung of the ladder asks for it." in section(response, "asked")
    assert texts(response, "tr")[1] == "1 Junior TPM Not asked for"


def test_skill_lists_other_careers_apart(client, framework):
    rows = texts(client.get("/skills/tooling/"), "tr")

    assert rows[5:] == ["Cloud 4 Leading 3 of 5", "Coordinator 3 Independent 3 of 5"]


def test_prerequisites_are_said_on_both_sides(client, framework):
    leadership = section(client.get("/skills/leadership/"), "prerequisites")
    communication = section(client.get("/skills/communication/"), "prerequisites")

    assert leadership.endswith(
        "First Communication at 2 Guided, before you go for 3 Independent here"
    )
    assert communication.endswith(
        "Then Leadership at 3 Independent builds on 2 Guided here"
    )


def test_skill_says_how_far_a_certification_helps(client, framework):
    certifications = section(client.get("/skills/planning/"), "certifications")

    assert certifications.endswith(
        "CAPM PMI Helps up to 2 Guided. To enter: A course. Looked up in a public "
        "source: check with the issuer."
    )
