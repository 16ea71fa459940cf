"""A ladder that says only what it must: nothing is put in the place of what is absent."""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse

from careers.files import parse_framework, text_of
from careers.problems import errors
from careers.shape import ProficiencyLevel, Requirement
from careers.store import spec_of
from tests.addresses import ADDRESSES, address_of
from tests.factories import (
    IN_SMALL_FRAMEWORK,
    make_assessment,
    make_framework,
    small_spec,
)
from tests.guides import make_guide
from tests.reading import section, texts


def bare_parts():
    """What makes a small framework bare, for `small_spec(**bare_parts())`."""
    spec = small_spec()
    return {
        "scale": tuple(
            ProficiencyLevel(value=each.value, name=each.name) for each in spec.scale
        ),
        "groups": tuple(g.replaced(kind="", description="") for g in spec.groups),
        "skills": tuple(bare_skill(skill) for skill in spec.skills),
        "levels": tuple(bare_level(level) for level in spec.levels),
        "certifications": (),
    }


def bare_skill(skill):
    return skill.replaced(
        levels=tuple(level.replaced(hours=None) for level in skill.levels),
        actions=tuple(
            action.replaced(hours=None, certifications=()) for action in skill.actions
        ),
        example="",
        evidence_prompts=(),
        questions=(),
    )


def bare_level(level):
    return level.replaced(
        years_min=None,
        years_max=None,
        pay_median=None,
        responsibilities=(),
        requirements=tuple(
            Requirement(skill=item.skill, required=item.required)
            for item in level.requirements
        ),
    )


def test_what_is_absent_is_no_error_and_stays_absent():
    spec = small_spec(**bare_parts())

    again = parse_framework({"a.yaml": text_of(spec)})

    assert (again.spec, errors(again.problems)) == (spec, [])
    assert "hours" not in text_of(spec)


def test_it_survives_the_database(db):
    framework = make_framework(**bare_parts())

    assert spec_of(framework) == small_spec(**bare_parts())


def test_hours_of_a_skill_are_known_for_all_steps_or_not_at_all():
    spec = small_spec()
    skill = spec.skills[0]
    first, *others = skill.levels

    some = skill.replaced(levels=(first.replaced(hours=None), *others))
    at_some_points = skill.replaced(levels=tuple(others))

    assert [
        spec.hours_of(each) for each in (skill, some, at_some_points, bare_skill(skill))
    ] == [(5, 20, 40, 60, 80), None, None, None]


def test_hours_of_a_scale_from_1_begin_with_the_step_to_2():
    spec = small_spec()

    assert spec.replaced(scale=spec.scale[1:]).hours_of(spec.skills[0]) == (
        20,
        40,
        60,
        80,
    )


def test_importance_and_must_haves_are_named_only_where_there_are_any(client, db):
    make_framework(**bare_parts())

    skill, level = client.get("/skills/planning/"), client.get("/ladder/tpm/")
    job = client.get("/ladder/tpm/job-description/")

    assert texts(skill, "tr")[1] == "1 Junior TPM 2 Guided"
    assert "mportance" not in texts(skill, "main")[0] + texts(level, "main")[0]
    assert "must-have" not in texts(level, "main")[0].lower()
    assert texts(job, "h3") == [skill.name for skill in small_spec().skills]
    assert "What counts most besides" not in section(job, "also")


def test_a_ground_is_given_only_where_there_is_one(client, db):
    bare = bare_parts()
    careers = tuple(
        each.replaced(basis="", evidence_grade="inferred")
        for each in small_spec().careers
    )
    tpm = bare["levels"][1]
    first, *others = tpm.requirements
    said = (first.replaced(basis="Said by ten leads."), *others)
    levels = [
        tpm.replaced(requirements=said) if x is tpm else x for x in bare["levels"]
    ]
    make_framework(key="told", **bare | {"careers": careers, "levels": tuple(levels)})
    make_framework(**bare | {"careers": careers})

    pages = [
        texts(client.get(f"{ladder}{page}"), "main")[0]
        for ladder in ("/frameworks/told", "")
        for page in ("/ladder/tpm/", "/specializations/cloud/")
    ]

    assert ["judgment" in page for page in pages] == [True, True, False, False]
    assert "Said by ten leads." in pages[0]
    assert [
        t
        for page in pages[2:]
        for t in ("Where this", "How sure", "How much each")
        if t in page
    ] == []


def test_no_list_stands_empty(client, db):
    bare = bare_parts()
    bottom, *others = bare["levels"]
    bottom = bottom.replaced(
        requirements=tuple(x.replaced(required=0) for x in bottom.requirements)
    )
    levels = tuple(
        each.replaced(summary="", scope="", autonomy="", people_impact="")
        for each in (bottom, *others)
    )
    make_framework(**bare | {"levels": levels})

    found = [
        re.findall(r"<(dl|ul|ol|p)\b[^>]*>\s*</", client.get(page).content.decode())
        for page in ("/ladder/", "/ladder/junior-tpm/", "/ladder/tpm/")
    ]

    assert found == [[], [], []]


def silent(level):
    """A level of which nothing is known but its name."""
    return level.replaced(summary="", scope="", autonomy="", people_impact="")


def test_a_level_without_a_word_on_the_work_has_no_heading_for_it(client, db):
    bare = bare_parts()
    first, second, *others = map(silent, bare["levels"])
    told = second.replaced(scope="several teams")
    make_framework(**bare | {"levels": (first, told, *others)})

    nothing, something = (
        client.get(f"/ladder/{key}/") for key in ("junior-tpm", "tpm")
    )

    assert section(nothing, "work") is None
    assert "Take it as a job description" in texts(nothing, "main")[0]
    assert "Take it as a job description" in section(something, "work")


def test_the_ladder_lists_its_rungs_once_where_they_say_no_more(client, db):
    bare = bare_parts()
    rungs = tuple(map(silent, bare["levels"]))
    make_framework(**bare | {"levels": rungs})
    make_framework(key="told", **bare | {"levels": (*bare["levels"][:1], *rungs[1:])})

    once, twice = (
        client.get(page) for page in ("/ladder/", "/frameworks/told/ladder/")
    )

    assert section(once, "levels") is None
    assert "Junior TPM" in texts(once, "main")[0]
    assert "Junior" in section(twice, "levels")


@pytest.mark.parametrize("basis", ["", "Said by ten leads."])
def test_a_career_that_asks_for_nothing_has_no_ground_to_open(client, db, basis):
    spec = small_spec()
    cloud = spec.levels_by_key["cloud"]
    nothing = tuple(
        each.replaced(required=0, must_have=False) for each in cloud.requirements
    )
    make_framework(
        careers=tuple(each.replaced(basis=basis) for each in spec.careers),
        levels=tuple(
            each.replaced(requirements=nothing) if each is cloud else each
            for each in spec.levels
        ),
    )

    page = client.get("/specializations/cloud/")

    assert "of every requirement" not in page.content.decode()
    grade = "How sure we are Our own judgment. Said by ten leads."
    assert section(page, "basis") == (grade if basis else None)


def test_nothing_to_do_is_promised_where_there_is_nothing(alice, alice_client):
    bare = bare_parts()
    skills = tuple(skill.replaced(actions=()) for skill in bare["skills"])
    make_framework(**bare | {"skills": skills})
    made = make_assessment(
        owner=alice, submit=True, ratings=dict.fromkeys(small_spec().skills_by_key, 1)
    )
    pages = ("/", "/plan/", reverse("assessment:steps", args=[made.uid]))
    report = alice_client.get(made.get_absolute_url())

    said = [texts(alice_client.get(page), "main")[0] for page in pages]

    promised = "something to (?:do|learn)|small piece"
    assert [re.findall(promised, each) for each in said] == [[], [], []]
    assert "Practise an interview" not in texts(report, "main")[0]
    assert "Make this true next" in said[1]
    assert "Write what you will do for it." in said[2]


def test_no_page_breaks_or_prints_what_is_not_there(alice, alice_client):
    make_framework(**bare_parts())
    make_framework(key="another-ladder", **bare_parts())
    make_guide()
    scene = SimpleNamespace(**IN_SMALL_FRAMEWORK)
    scene.earlier = make_assessment(owner=alice, submit=True).uid
    scene.uid = make_assessment(owner=alice, submit=True).uid
    scene.link, scene.token = scene.uid, "t" * 43
    scene.item = scene.entry = scene.plan = scene.uid
    names = [
        name
        for name, address in ADDRESSES.items()
        if address.is_page
        and address.submitted == 200
        and name != "assessment:propose"  # without hours it leads to the steps
    ]

    faults = []
    for name in names:
        response = alice_client.get(address_of(name, scene))
        if response.status_code not in (200, 404):
            faults.append(f"{name} answers {response.status_code}")
        if re.search(r"\bNone\b|about  ?hours", response.content.decode()):
            faults.append(f"{name} prints what is absent")

    assert faults == []
