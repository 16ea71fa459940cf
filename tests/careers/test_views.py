"""The framework's pages as a reader gets them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import changed_skill, make_framework, make_shipped_framework
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
    assert "Four skills rise" in section(response, "next")
    assert section(response, "changes").startswith("What changes from Junior TPM")
    assert "Tell me of planning." in section(response, "questions")
    assert "importance 5 of 5. Our own judgment." in section(response, "basis")


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
