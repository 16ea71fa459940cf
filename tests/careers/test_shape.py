"""The spec's own questions, its order and its tree."""

import subprocess
import sys
from dataclasses import replace

import pytest

from careers.problems import Problem, advice, quoted
from careers.shape import Requirement, items, name_of
from tests.factories import small_spec


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


def test_skill_knows_statements_hours_and_actions_of_a_step():
    skill = small_spec().skills_by_key["planning"]

    assert skill.statement(3) == "I show planning at level 3."
    assert skill.statement(0) == ""
    assert skill.hours == (5, 20, 40, 60, 80)
    assert [action.key for action in skill.actions_of_step(2)] == ["planning-2-3"]


def test_what_to_do_begins_with_the_first_piece():
    actions = small_spec().skills_by_key["leadership"].actions

    assert (actions[3].what_to_do, actions[4].what_to_do) == (
        "Use leadership in one real piece of work.",
        "Ask one person this week. Use leadership in one real piece of work.",
    )


def test_level_knows_its_requirements_and_must_haves():
    level = small_spec().levels_by_key["tpm"]

    assert level.requirement("testing") == Requirement("testing", 2, 3)
    assert [item.skill for item in level.must_haves] == ["planning", "communication"]


def test_requirement_of_an_unknown_skill_raises_key_error():
    with pytest.raises(KeyError, match="juggling"):
        small_spec().levels[0].requirement("juggling")


def test_group_knows_its_skills():
    keys = [skill.key for skill in small_spec().skills_in("people")]

    assert keys == ["communication", "leadership"]


def test_order_follows_groups_kinds_and_skills():
    spec = small_spec()
    shuffled = replace(
        spec,
        scale=spec.scale[::-1],
        skills=tuple(
            replace(skill, levels=skill.levels[::-1]) for skill in spec.skills[::-1]
        ),
        careers=spec.careers[::-1],
        levels=tuple(
            replace(level, requirements=level.requirements[::-1])
            for level in spec.levels[::-1]
        ),
    )

    assert shuffled.in_order() == spec.in_order() == spec


def test_order_of_equal_places_is_that_of_the_keys():
    spec = small_spec()
    skills = tuple(replace(skill, group="delivery", order=1) for skill in spec.skills)

    ordered = replace(spec, skills=skills).in_order()
    backwards = replace(spec, skills=skills[::-1]).in_order()

    keys = [skill.key for skill in ordered.skills]
    assert keys == sorted(keys)
    assert ordered == backwards


def test_unknown_keys_come_last_by_name():
    spec = small_spec()
    level = spec.levels[0]
    odd = (Requirement("zebra", 1, 1), Requirement("ant", 1, 1), *level.requirements)

    ordered = replace(spec, levels=(replace(level, requirements=odd),)).in_order()

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


def test_name_of_something_without_a_name_raises_type_error():
    with pytest.raises(TypeError, match="str has no name among its siblings"):
        name_of("planning")


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
