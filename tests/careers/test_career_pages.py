"""Specializations and related careers: what they show and where they are."""

import pytest

from careers.shape import (
    Certification,
    CertificationSupport,
    ProficiencyLevel,
    Requirement,
    SkillLevel,
)
from careers.store import spec_of
from tests.factories import (
    make_assessment,
    make_framework,
    make_shipped_framework,
    small_spec,
)
from tests.reading import elements, links, section, texts

COORDINATOR = (
    Requirement(skill="planning", required=2, importance=5, must_have=True),
    Requirement(skill="tooling", required=4, importance=5, must_have=True),
    Requirement(skill="testing", required=2, importance=3),
    Requirement(skill="communication", required=3, importance=4, must_have=True),
    Requirement(skill="leadership", required=1, importance=1),
)


@pytest.fixture
def page_of(client, db):
    """The page of a career of the small framework, with other requirements if given."""

    def page(key, requirements=None, **changes):
        spec = small_spec(**changes)
        level = spec.levels_by_key[key]
        changed = level.replaced(requirements=requirements or level.requirements)
        levels = tuple(changed if each is level else each for each in spec.levels)
        make_framework(levels=levels, **changes)
        kind = spec.careers_by_key[level.career].kind
        path = {"specialization": "specializations", "related": "related"}[kind]
        return client.get(f"/{path}/{key}/")

    return page


# What a page shows
# --------------------------------------------------------------------------------------


def test_career_shows_what_rises_first_and_what_falls_last(page_of):
    page = page_of("coordinator", COORDINATOR)

    assert texts(page, "tr", "shift-table__row") == [
        "Tooling Must-have 4 Leading 3 Independent +1",
        "Planning Must-have 2 Guided 3 Independent \N{MINUS SIGN}1",
        "Leadership 1 Aware 2 Guided \N{MINUS SIGN}1",
    ]
    assert "1 skill rises. 2 skills fall. The others stay as they are." in section(
        page, "changes"
    )


def test_what_a_career_does_not_ask_for_is_said_in_words(page_of):
    leaves_out = (*COORDINATOR[:-1], COORDINATOR[-1].replaced(required=0))

    assert "Leadership Not asked for 2 Guided \N{MINUS SIGN}2" in texts(
        page_of("coordinator", leaves_out), "tr", "shift-table__row"
    )


def test_a_change_is_drawn_from_the_base_to_the_career(page_of):
    page = page_of("coordinator", COORDINATOR)

    drawn = [a["class"] for a, _ in elements(page, "svg", "level-shift")]
    before = [a["cx"] for a, _ in elements(page, "circle", "level-shift__before")]
    now = [a["cx"] for a, _ in elements(page, "circle", "level-shift__now")]
    assert drawn == ["level-shift", "level-shift is-down", "level-shift is-down"]
    assert list(zip(before, now, strict=True)) == [
        ("60%", "80%"),
        ("60%", "40%"),
        ("40%", "20%"),
    ]


def test_a_change_is_drawn_on_the_scale_of_its_framework(page_of):
    above = {6: "Above", 7: "Top"}
    page = page_of(
        "cloud",
        scale=(
            *small_spec().scale,
            *(ProficiencyLevel(value=value, name=above[value]) for value in above),
        ),
        skills=tuple(
            skill.replaced(
                levels=(
                    *skill.levels,
                    *(SkillLevel(value=value, statement="I do.") for value in above),
                )
            )
            for skill in small_spec().skills
        ),
    )

    drawn = [a["cx"] for a, _ in elements(page, "circle", "level-shift__now")]
    assert drawn == ["57%", "43%"]  # 4 and 3 of 7


def test_career_says_what_counts_for_more_and_for_less(page_of):
    changes = section(page_of("coordinator", COORDINATOR), "changes")

    assert "Counts for more than at TPM: Tooling." in changes
    assert "Counts for less than at TPM: Leadership." in changes


def test_career_that_weighs_the_skills_alike_says_nothing_of_it(page_of):
    assert "Counts for" not in section(page_of("cloud"), "changes")


def test_career_is_compared_with_the_rung_that_it_names(page_of):
    page = page_of("cloud")

    assert texts(page, "p", "kicker") == ["Specialization"]
    assert section(page, "changes").startswith("Compared with TPM")
    assert links(page)["See TPM"] == "/ladder/tpm/"
    (tooling,) = (t for t in texts(page, "li", "requirement") if "Tooling" in t)
    assert "4 Leading was 3 at TPM" in tooling


def test_career_shows_all_requirements_and_how_much_they_count(page_of):
    page = page_of("coordinator")

    names = texts(page, "h3", "requirement__name")
    assert names == ["Planning", "Tooling", "Testing", "Communication", "Leadership"]
    basis = section(page, "basis")
    assert [name for name in names if name not in basis] == []
    assert basis.startswith("How much each skill counts The importance of every")
    assert "judgment" not in basis


def certificate(up_to, skill="tooling"):
    supports = (
        CertificationSupport(skill="communication", up_to=5),
        CertificationSupport(skill=skill, up_to=up_to),
    )
    return Certification(
        key="x",
        name="X",
        issuer="An issuer",
        entry="None",
        verification="guide",
        supports=supports,
    )


@pytest.mark.parametrize(
    ("certification", "helps"),
    [
        (certificate(4), "X An issuer · Helps with Tooling up to 4."),
        (certificate(3), None),  # the rung compared with asks for as much
        (certificate(5, "planning"), None),  # asked for as at that rung
    ],
)
def test_career_names_certifications_that_lead_beyond_its_base(
    page_of, certification, helps
):
    page = page_of(
        "cloud", certifications=(*small_spec().certifications, certification)
    )

    shown = section(page, "certifications")
    assert (shown and shown.endswith(helps)) == (helps and True)


def test_list_says_what_each_asks_more_and_less_of(client, framework):
    page = client.get("/related/")

    (entry,) = texts(page, "li", "columns")
    assert links(page)["Coordinator"] == "/related/coordinator/"
    assert entry.endswith("Compared with TPM Less of Planning, Leadership")
    (cloud,) = texts(client.get("/specializations/"), "li", "columns")
    assert cloud.endswith("Compared with TPM More of Tooling, Testing")


# Pages and addresses
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "title", "count"),
    [
        ("/specializations/", "6 specializations", 6),
        ("/related/", "5 related careers", 5),
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
        for level in spec.levels_of_kind(kind):
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
    careers = tuple(each.replaced(topics=()) for each in small_spec().careers)
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
