"""The spec's own questions, its order and its tree."""

import subprocess
import sys

import pytest

from careers.fields import items
from careers.files import completed
from careers.problems import Problem, advice, quoted
from careers.shape import Requirement
from tests.factories import changed_level, required, small_spec


def test_spec_modules_do_without_django():
    code = (
        "import sys, careers.files; "
        "sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )

    finished = subprocess.run([sys.executable, "-c", code], check=False)

    assert finished.returncode == 0


def test_ladder_has_the_rungs_from_the_lowest():
    spec = small_spec(levels=small_spec().levels[::-1])

    assert [level.key for level in spec.ladder] == ["junior-tpm", "tpm", "senior-tpm"]


@pytest.mark.parametrize(
    ("level", "below"),
    [
        ("junior-tpm", None),
        ("tpm", "junior-tpm"),
        ("senior-tpm", "tpm"),
        ("cloud", "tpm"),
        ("coordinator", None),
    ],
)
def test_level_below_is_the_rung_below_or_the_base_level(level, below):
    spec = small_spec()

    found = spec.level_below(spec.levels_by_key[level])

    assert found == spec.levels_by_key.get(below)


def test_skill_knows_statements_and_actions_of_a_step():
    skill = small_spec().skills_by_key["planning"]

    assert skill.statement(3) == "I show planning at level 3."
    assert skill.statement(0) == ""
    assert [action.key for action in skill.actions_of_step(2)] == ["planning-2-3"]


def test_skill_is_rated_on_the_lowest_point_and_on_those_that_it_has():
    spec = small_spec()
    skill = spec.skills[0]
    at_some_points = skill.replaced(levels=skill.levels[2:4])

    assert [
        [point.value for point in each.points_of(at_some_points)]
        for each in (spec, spec.replaced(scale=spec.scale[1:]))
    ] == [[0, 3, 4], [1, 3, 4]]


def test_what_a_level_leaves_out_is_not_asked():
    tpm = small_spec().levels[1]
    first = tpm.requirements[0]
    spec = small_spec(levels=(tpm.replaced(requirements=(first,)),))

    (level,) = completed(spec).levels

    assert level.requirements == (
        first,
        *(Requirement(skill=skill.key, required=0) for skill in spec.skills[1:]),
    )


def test_rung_that_says_nothing_stands_at_the_point_that_bears_its_name():
    skill, *others = small_spec().skills
    spec = small_spec(
        skills=(skill.replaced(levels=skill.levels[:2]), *others),
        levels=tuple(
            level.replaced(short_title=name, requirements=())
            for level, name in zip(
                small_spec().levels, ("Independent", "Elsewhere"), strict=False
            )
        ),
    )

    independent, elsewhere = completed(spec).levels

    assert [item.required for item in independent.requirements] == [2, 3, 3, 3, 3]
    assert [item.required for item in elsewhere.requirements] == [0, 0, 0, 0, 0]


def test_what_to_do_begins_with_the_first_piece():
    actions = small_spec().skills_by_key["leadership"].actions

    assert (actions[3].what_to_do, actions[4].what_to_do) == (
        "Use leadership in one real piece of work.",
        "Ask one person this week. Use leadership in one real piece of work.",
    )


def test_level_knows_its_requirements_and_must_haves():
    level = small_spec().levels_by_key["tpm"]

    assert level.requirement("testing") == Requirement(
        skill="testing", required=2, importance=3
    )
    assert [item.skill for item in level.must_haves] == ["planning", "communication"]


def test_requirement_of_an_unknown_skill_raises_key_error():
    with pytest.raises(KeyError, match="juggling"):
        small_spec().levels[0].requirement("juggling")


def test_group_knows_its_skills():
    keys = [skill.key for skill in small_spec().skills_in("people")]

    assert keys == ["communication", "leadership"]


def test_order_follows_groups_kinds_and_skills():
    spec = small_spec()
    shuffled = spec.replaced(
        scale=spec.scale[::-1],
        skills=tuple(
            skill.replaced(levels=skill.levels[::-1]) for skill in spec.skills[::-1]
        ),
        careers=spec.careers[::-1],
        levels=tuple(
            level.replaced(requirements=level.requirements[::-1])
            for level in spec.levels[::-1]
        ),
    )

    assert shuffled.in_order() == spec.in_order() == spec


def test_order_of_equal_places_is_that_of_the_keys():
    spec = small_spec()
    skills = tuple(skill.replaced(group="delivery", order=1) for skill in spec.skills)

    ordered = spec.replaced(skills=skills).in_order()
    backwards = spec.replaced(skills=skills[::-1]).in_order()

    keys = [skill.key for skill in ordered.skills]
    assert keys == sorted(keys)
    assert ordered == backwards


def test_unknown_keys_come_last_by_name():
    spec = small_spec()
    level = spec.levels[0]
    odd = (
        Requirement(skill="zebra", required=1, importance=1),
        Requirement(skill="ant", required=1, importance=1),
        *level.requirements,
    )

    ordered = spec.replaced(levels=(level.replaced(requirements=odd),)).in_order()

    asked = [item.skill for item in ordered.levels[0].requirements]
    assert asked == [*(item.skill for item in level.requirements), "ant", "zebra"]


def test_items_walks_parents_before_their_parts():
    paths = ["/".join(path) for path, _ in items(small_spec())]

    skills = [path for path in paths if path.startswith("skills/leadership")]
    assert skills[:3] == [
        "skills/leadership",
        "skills/leadership/levels/1",
        "skills/leadership/levels/2",
    ]
    assert "skills/leadership/prerequisites/communication" in skills
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("a/b", "error", "Mend it.", "c.yaml", 3), "c.yaml:3: a/b: Mend it."),
        (Problem("a/b", "error", "Mend it.", "c.yaml"), "c.yaml: a/b: Mend it."),
        (Problem("a/b", "error", "Mend it."), "a/b: Mend it."),
        (Problem("", "error", "Mend it.", "c.yaml", 3), "c.yaml:3: Mend it."),
    ],
)
def test_problem_reads_as_one_line(problem, text):
    assert str(problem) == text


def test_quoted_words_are_short_and_visible():
    assert quoted("planning") == "'planning'"
    assert (
        quoted("a\0b\ud800") == "'a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}'"
    )
    assert quoted("a" * 60) == f"'{'a' * 60}'"
    assert quoted("a" * 61) == f"'{'a' * 59}…'"


def test_advice_names_what_is_near_or_something_else():
    known = {"planning", "testing"}

    assert advice("planing", known, "Remove it.") == "Did you mean 'planning'?"
    assert advice("juggling", known, "Remove it.") == "Remove it."


# What pages ask of a framework
# --------------------------------------------------------------------------------------


def keys(parts):
    return [part.key for part in parts]


def test_averages_are_rounded_half_up_and_told_by_kind():
    spec = small_spec(
        levels=changed_level(
            "tpm",
            requirements=required(
                planning=(3,),
                tooling=(2,),
                testing=(2,),
                communication=(3,),
                leadership=(0,),
            ),
        )
    )

    assert [
        (rung, str(people), str(technical))
        for rung, (people, technical) in spec.averages.items()
    ] == [
        ("junior-tpm", "1.0", "1.7"),
        ("tpm", "1.5", "2.3"),
        ("senior-tpm", "4.0", "3.3"),
    ]


@pytest.mark.parametrize("kinds", [("", ""), ("technical", ""), ("hard", "soft")])
def test_there_are_no_averages_where_groups_do_not_tell_both_kinds_apart(kinds):
    groups = tuple(
        group.replaced(kind=kind)
        for group, kind in zip(small_spec().groups, kinds, strict=True)
    )

    assert small_spec(groups=groups).averages == {}


def test_what_is_not_required_is_in_no_group():
    levels = changed_level(
        "tpm",
        requirements=required(
            planning=(0,),
            tooling=(1,),
            testing=(2,),
            communication=(0,),
            leadership=(0,),
        ),
    )
    spec = small_spec(levels=levels)

    ((group, items),) = spec.requirements_by_group(spec.levels_by_key["tpm"])

    assert group.key == "delivery"
    assert [(skill.key, item.required) for skill, item in items] == [
        ("tooling", 1),
        ("testing", 2),
    ]


@pytest.mark.parametrize(
    ("key", "following"), [("tpm", ["senior-tpm", "cloud"]), ("senior-tpm", [])]
)
def test_next_are_the_rung_above_and_what_starts_from_this_one(key, following):
    spec = small_spec()

    assert keys(spec.next_levels(spec.levels_by_key[key])) == following


def test_questions_and_certifications_are_narrowed_by_level_and_skill():
    spec = small_spec()

    assert len(spec.questions_where()) == 5
    assert spec.questions_where(level="junior-tpm") == []
    ((skill, question),) = spec.questions_where(level="tpm", skill="testing")
    assert (skill.key, question.key) == ("testing", "testing-tpm")
    assert keys(spec.certifications_where(level="junior-tpm")) == ["capm"]
    assert spec.certifications_where(level="tpm") == []
    assert spec.certifications_where(level="junior-tpm", skill="testing") == []
    assert spec.certifications_where(issuer="PMI") == list(spec.certifications)
    assert spec.certifications_where(issuer="Another") == []


def test_a_hash_tells_drafts_of_one_version_apart():
    spec = small_spec()
    draft = small_spec(levels=changed_level("tpm", summary="Otherwise."))

    assert hash(spec) == hash(small_spec())
    assert hash(spec) != hash(draft)
