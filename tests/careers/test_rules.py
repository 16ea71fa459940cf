"""The rules of a framework, on the shipped one with one thing changed."""

import sys
from fractions import Fraction

import pytest

from careers.problems import MOST_PROBLEMS, warnings
from careers.rules import level_below_coverage, problems_of
from careers.shape import (
    ProficiencyLevel,
    Requirement,
    SkillLevel,
    SkillPrerequisite,
)
from tests.careers.changed import (
    SHIPPED,
    told,
    with_all_requirements,
    with_part,
    with_requirement,
    with_skill_level,
)
from tests.factories import changed_skill, small_spec

TOP = "technical-project-manager"

# Errors
# --------------------------------------------------------------------------------------


def test_must_have_requires_something():
    spec = with_requirement(SHIPPED, "tpm", "sdlc", must_have=True, required=0)

    assert told(spec) == [
        "levels/tpm/requirements/sdlc/required: A must-have cannot require 0. Require "
        "at least 1, or remove must_have."
    ]


def test_skill_needs_a_statement_and_a_hole_between_two_is_only_shown():
    levels = small_spec().skills[0].levels

    found = [
        [
            str(problem)
            for problem in problems_of(
                small_spec(skills=changed_skill("planning", levels=some), levels=())
            )
            if problem.path.startswith("skills/planning/levels")
        ]
        for some in ((), levels[1:4], (*levels[:1], *levels[3:]))
    ]

    assert found == [
        [
            "skills/planning/levels: There is no statement. Add one for at least one level."
        ],
        [],
        [
            "skills/planning/levels: The statement for level 2 is missing. Add it.",
            "skills/planning/levels: The statement for level 3 is missing. Add it.",
        ],
    ]


def test_level_requires_a_point_that_the_skill_has():
    levels = SHIPPED.skills_by_key["sdlc"].levels[:2]
    spec = with_part(SHIPPED, "skills", "sdlc", levels=levels)
    spec = with_requirement(spec, "tpm", "sdlc", required=3)

    assert (
        "levels/tpm/requirements/sdlc/required: The skill has no statement for 3. "
        "Require one of 1, 2, or add the statement."
    ) in told(spec)


def test_every_career_level_says_what_it_requires_of_every_skill():
    asked = SHIPPED.levels_by_key["tpm"].requirements
    spec = with_part(SHIPPED, "levels", "tpm", requirements=asked[1:])

    assert told(spec) == [
        "levels/tpm/requirements: The requirement for 'pm-tooling' is missing. Add it."
    ]


def needing(**needs):
    """The shipped framework with no prerequisites but these, as {skill: skills}."""
    skills = tuple(
        skill.replaced(
            prerequisites=tuple(
                SkillPrerequisite(skill=key, min_value=1, applies_from=1)
                for key in needs.get(skill.key, ())
            ),
        )
        for skill in SHIPPED.skills
    )
    return SHIPPED.replaced(skills=skills)


def test_action_is_for_one_step():
    action = SHIPPED.skills_by_key["sdlc"].actions[0].replaced(to_value=3)
    spec = with_part(SHIPPED, "skills", "sdlc", actions=(action,))

    assert told(spec) == [
        "skills/sdlc/actions/sdlc-0-1-do/to_value: An action is for one step. Write 1 "
        "here, or change from_value."
    ]


def test_years_run_upwards():
    spec = with_part(SHIPPED, "levels", "tpm", years_min=3, years_max=2)

    assert told(spec) == ["levels/tpm/years_max: This is below years_min. Correct one."]


def test_scale_has_every_value_once():
    scale = SHIPPED.scale

    assert told(SHIPPED.replaced(scale=(*scale[:3], *scale[4:]))) == [
        "scale: The scale has no 3. Add it."
    ]
    assert told(SHIPPED.replaced(scale=(*scale, scale[0]))) == [
        "scale/0: '0' stands here 2 times. Keep one of them."
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (range(2, 6), "The scale begins at 2. Begin it at 0 or 1."),
        ([1], "The scale has 2 to 10 points, not 1. Add or remove some."),
        (range(11), "The scale has 2 to 10 points, not 11. Add or remove some."),
    ],
)
def test_scale_of_another_form_is_refused(values, sentence):
    scale = tuple(
        ProficiencyLevel(value=value, name=f"Point {value}") for value in values
    )

    assert f"scale: {sentence}" in told(SHIPPED.replaced(scale=scale))


@pytest.mark.parametrize("values", [range(2), range(1, 3), range(1, 11), range(10)])
def test_scale_has_two_to_ten_points_from_0_or_1(values):
    assert told(with_scale(values)) == []


def with_scale(values):
    """The shipped framework on another scale: at each point a statement, all asks 1."""
    statements = tuple(
        SkillLevel(value=value, statement=f"I show it at {value}.")
        for value in values
        if value
    )
    skills = tuple(
        each.replaced(levels=statements, prerequisites=(), actions=(), questions=())
        for each in SHIPPED.skills
    )
    spec = SHIPPED.replaced(
        scale=tuple(
            ProficiencyLevel(value=value, name=f"Point {value}") for value in values
        ),
        skills=skills,
        certifications=(),
    )
    for level in SHIPPED.levels:
        spec = with_all_requirements(spec, level.key, required=1)
    return spec


def test_number_beyond_the_scale_is_refused_where_it_stands():
    spec = with_requirement(with_scale(range(1, 4)), "tpm", "sdlc", required=4)
    action = SHIPPED.skills[0].actions[0].replaced(from_value=3, to_value=4)
    spec = with_part(spec, "skills", "pm-tooling", actions=(action,))

    assert told(spec) == [
        f"skills/pm-tooling/actions/{action.key}/from_value: Write a whole number from "
        "0 to 2, not 3.",
        f"skills/pm-tooling/actions/{action.key}/to_value: Write a whole number from 1 "
        "to 3, not 4.",
        "levels/tpm/requirements/sdlc/required: Write a whole number from 0 to 3, not "
        "4.",
    ]


def test_every_group_is_used():
    group = SHIPPED.groups[0].replaced(key="unused", name="Unused")
    spec = SHIPPED.replaced(groups=(*SHIPPED.groups, group))

    assert told(spec) == [
        "groups/unused: No skill belongs to this group. Add one, or remove the group."
    ]


def test_other_careers_have_one_level_with_their_key():
    key = "web3-decentralized"
    level = SHIPPED.levels_by_key[key].replaced(key="web4", order=2)
    spec = SHIPPED.replaced(levels=(*SHIPPED.levels, level))

    assert told(spec) == [
        f"careers/{key}: Only the ladder has several career levels. Keep one."
    ]


def test_level_of_another_career_has_the_key_of_its_career():
    level = SHIPPED.levels_by_key["web3-decentralized"].replaced(key="web4")
    others = (v for v in SHIPPED.levels if v.key != "web3-decentralized")

    spec = SHIPPED.replaced(levels=(*others, level))

    assert told(spec) == [
        "levels/web4: Its key must be that of its career, 'web3-decentralized'."
    ]


def test_rungs_have_places_of_their_own():
    spec = with_part(SHIPPED, "levels", "tpm", order=1)

    assert told(spec) == [
        f"careers/{TOP}: 2 of its levels have the order 1. Give each its own."
    ]


def test_career_without_a_level_is_an_error():
    levels = tuple(v for v in SHIPPED.levels if v.key != "technical-manager")

    assert told(SHIPPED.replaced(levels=levels)) == [
        "careers/technical-manager: This career has no career level. Add one."
    ]


@pytest.mark.parametrize(
    ("needs", "circles"),
    [
        ({"sdlc": ["databases"], "databases": ["requirements"]}, []),
        ({"sdlc": ["sdlc"]}, ["sdlc needs sdlc"]),
        (
            {
                "databases": ["sdlc"],
                "sdlc": ["requirements"],
                "requirements": ["databases"],
            },
            ["sdlc needs requirements needs databases needs sdlc"],
        ),
        (
            {"sdlc": ["databases", "requirements"], "databases": ["sdlc"]}
            | {"requirements": ["sdlc"]},
            ["sdlc needs databases needs sdlc", "sdlc needs requirements needs sdlc"],
        ),
    ],
)
def test_prerequisites_do_not_run_in_a_circle(needs, circles):
    sentences = told(needing(**needs))

    assert sorted(sentences) == [
        f"skills/sdlc/prerequisites: These skills need each other: {circle}. Remove one "
        "of these prerequisites."
        for circle in circles
    ]


def test_long_chain_of_prerequisites_is_followed():
    skill = small_spec().skills[0]
    keys = [f"skill-{number}" for number in range(sys.getrecursionlimit() + 200)]
    skills = tuple(
        skill.replaced(
            key=key,
            prerequisites=(
                SkillPrerequisite(skill=needed, min_value=1, applies_from=1),
            ),
        )
        for key, needed in zip(keys, [*keys[1:], keys[0]], strict=True)
    )

    problems = problems_of(small_spec(skills=skills, levels=()))

    assert len(problems) == MOST_PROBLEMS


# Warnings
# --------------------------------------------------------------------------------------


def test_required_level_that_falls_is_a_warning():
    spec = with_requirement(SHIPPED, "senior-tpm", "sdlc", required=2)

    assert told(spec, warnings) == [
        "levels/senior-tpm/requirements/sdlc/required: 2 is less than the 3 that TPM "
        "requires. Check both."
    ]


def test_hours_that_fall_are_a_warning():
    spec = with_skill_level(SHIPPED, "sdlc", 3, hours=19)

    assert told(spec, warnings) == [
        "skills/sdlc/levels/3/hours: 19 hours are fewer than the 20 of the step before. "
        "Check both."
    ]


def test_skill_that_weighs_more_than_15_percent_is_a_warning():
    even = with_all_requirements(SHIPPED, "tpm", required=3, importance=1)
    heavy = with_requirement(even, "tpm", "sdlc", importance=4)  # 4 of 23
    less_heavy = with_requirement(even, "tpm", "sdlc", importance=3)  # 3 of 22

    assert heavy_skills(less_heavy) == []
    assert heavy_skills(heavy) == [
        "levels/tpm/requirements/sdlc/importance: This skill is 17.4 % of the weight. "
        "Lower its importance, so that it stays within 15 %."
    ]


@pytest.mark.parametrize(("skills", "is_told"), [(6, False), (7, True)])
def test_of_six_skills_none_can_stay_within_15_percent(skills, is_told):
    spec = with_all_requirements(
        SHIPPED, "tpm", required=0, importance=1, must_have=False
    )
    for skill in SHIPPED.skills[:skills]:
        spec = with_requirement(spec, "tpm", skill.key, required=1)
    heavy = with_requirement(spec, "tpm", SHIPPED.skills[0].key, importance=5)

    assert bool(heavy_skills(heavy)) is is_told


def test_of_more_than_ten_groups_not_all_can_have_10_percent():
    groups = tuple(
        SHIPPED.groups[0].replaced(key=f"group-{n}", name=f"Group {n}")
        for n in range(11)
    )
    skills = tuple(
        skill.replaced(group=f"group-{n % 11}")
        for n, skill in enumerate(SHIPPED.skills)
    )
    spec = SHIPPED.replaced(groups=groups, skills=skills)

    assert [each for each in told(spec, warnings) if "The group" in each] == []


def test_a_level_that_requires_nothing_is_a_warning():
    spec = with_all_requirements(SHIPPED, "junior-tpm", required=0, must_have=False)

    assert "levels/junior-tpm/requirements: This level requires nothing. Require " in (
        "".join(told(spec, warnings))
    )


def test_two_skills_of_one_name_are_a_warning():
    first, second, *rest = SHIPPED.skills
    twin = second.replaced(name=first.name.upper().replace(" ", "  "))

    assert told(SHIPPED.replaced(skills=(first, twin, *rest)), warnings) == [
        f"skills/{twin.key}/name: '{twin.name}' is the name of another one, too. Tell "
        "them apart."
    ]


def test_two_levels_of_one_short_title_are_a_warning():
    first, second, *rest = SHIPPED.levels
    twin = second.replaced(short_title=first.short_title)

    (sentence,) = told(SHIPPED.replaced(levels=(first, twin, *rest)), warnings)

    assert sentence.startswith(f"levels/{twin.key}/short_title: ")


def heavy_skills(spec):
    return [each for each in told(spec, warnings) if "/importance: " in each]


def test_group_that_weighs_less_than_10_percent_is_a_warning():
    first, *others = SHIPPED.skills_in("judgment-direction")
    spec = with_all_requirements(SHIPPED, "tpm", importance=2)
    spec = with_requirement(spec, "tpm", first.key, importance=1)
    for skill in others:
        spec = with_requirement(spec, "tpm", skill.key, required=0, must_have=False)
    nothing = with_requirement(spec, "tpm", first.key, required=0, must_have=False)

    light, none = (
        [each for each in told(each, warnings) if "The group" in each]
        for each in (spec, nothing)
    )

    assert light == [
        "levels/tpm/requirements: The group 'Judgment and direction' is only "
        "3 % of the weight. Raise it to 10 %."  # 1 of 33
    ]
    assert none == []


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        (["sdlc"], "'sdlc'"),
        (["sdlc", "databases", "requirements"], "'sdlc', 'requirements', 'databases'"),
        (
            ["sdlc", "databases", "requirements", "version-control"],
            "'sdlc', 'requirements', 'version-control' and 1 more",
        ),
    ],
)
def test_skills_of_which_nothing_is_required_any_more_are_one_warning(keys, named):
    spec = SHIPPED
    for key in keys:
        spec = with_requirement(spec, "tpm", key, required=0, must_have=False)

    of_tpm = [each for each in told(spec, warnings) if each.startswith("levels/tpm/")]

    assert of_tpm == [
        f"levels/tpm/requirements: Nothing is required of {named}, of which Junior TPM "
        "requires something. Check both."
    ]


def test_too_many_must_haves_are_a_warning():
    few = [item.skill for item in SHIPPED.levels_by_key["tpm"].must_haves]
    spec = SHIPPED
    for skill in ["sdlc", "requirements", "databases", "version-control"]:
        spec = with_requirement(spec, "tpm", skill, must_have=True)
    count = len(spec.levels_by_key["tpm"].must_haves)

    assert len(few) <= 5 < count
    assert told(spec, warnings) == [
        f"levels/tpm/requirements: {count} must-haves are many. Keep the 5 that matter "
        "most."
    ]


def test_rungs_that_are_hardly_different_are_a_warning():
    below = SHIPPED.levels_by_key["junior-tpm"]
    spec = with_part(SHIPPED, "levels", "tpm", requirements=below.requirements)

    assert told(spec, warnings)[:1] == [
        "levels/tpm: Junior TPM covers 100 of 100 and has the same must-haves. Raise "
        "what this rung requires, or join the two."
    ]


def test_like_rungs_with_other_must_haves_are_no_warning():
    below = SHIPPED.levels_by_key["junior-tpm"]
    asked = below.requirements
    free = next(item for item in asked if not item.must_have and item.required)
    spec = with_part(SHIPPED, "levels", "tpm", requirements=asked)
    spec = with_requirement(spec, "tpm", free.skill, must_have=True)

    assert told(spec, warnings) == []


def test_ready_line_that_the_rung_below_reaches_is_a_warning():
    rungs = SHIPPED.ladder
    coverage = level_below_coverage(rungs[-2], rungs[-1])
    over, under = int(coverage) + 1, int(coverage)
    key = rungs[-1].key

    assert under >= 85
    assert told(with_part(SHIPPED, "levels", key, ready_line=over), warnings) == []
    assert told(with_part(SHIPPED, "levels", key, ready_line=under), warnings) == [
        f"levels/{key}/ready_line: Someone who just meets {rungs[-2].short_title} covers "
        f"{under} of 100 already. Raise the cut, or leave it out."
    ]


def test_coverage_of_the_rung_below():
    below = SHIPPED.ladder[0].replaced(
        requirements=(
            Requirement(skill="a", required=2, importance=1),
            Requirement(skill="b", required=3, importance=2),
        ),
    )
    level = SHIPPED.ladder[1].replaced(
        requirements=(
            Requirement(skill="a", required=4, importance=1),  # half of it: 1/2
            Requirement(skill="b", required=2, importance=2),  # all of it: 2
            Requirement(skill="c", required=1, importance=3),  # nothing
            Requirement(skill="d", required=0, importance=5),  # not asked
        ),
    )

    assert level_below_coverage(below, level) == Fraction(250, 6)


def test_coverage_of_a_rung_that_asks_nothing_is_zero():
    nothing = SHIPPED.ladder[0].replaced(
        requirements=(Requirement(skill="a", required=0, importance=1),)
    )

    assert level_below_coverage(nothing, nothing) == 0
