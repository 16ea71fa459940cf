"""What became of each skill from one version to a later one."""

import pytest

from careers.changes import Kind, TwoVersions, problems_of_replaces, renames_in
from careers.store import two_versions
from tests.factories import (
    changed_level,
    changed_skill,
    make_framework,
    make_with_planning_as,
    small_spec,
)


def with_skills(**replaces):
    """The small spec's skills by these keys, each with what it replaces."""
    first = small_spec().skills[0]
    return small_spec(
        skills=tuple(
            first.replaced(key=key, name=key.title(), order=n, replaces=tuple(replaced))
            for n, (key, replaced) in enumerate(replaces.items(), 1)
        )
    )


BEFORE = with_skills(a=(), b=(), c=())


@pytest.mark.parametrize(
    ("later", "kinds", "removed"),
    [
        ({"a": (), "b": (), "c": ()}, {"a": "kept", "b": "kept", "c": "kept"}, ""),
        ({"a": (), "b": ()}, {"a": "kept", "b": "kept"}, "c"),
        ({"d": ("a",), "b": (), "c": ()}, {"d": "replaced"}, ""),
        ({"d": ("a", "b"), "c": ()}, {"d": "merged", "c": "kept"}, ""),
        ({"d": ("a",), "e": ("a",), "b": ()}, {"d": "split", "e": "split"}, "c"),
        ({"a": (), "d": ("a",)}, {"a": "kept", "d": "split"}, "bc"),
        ({"d": ()}, {"d": "new"}, "abc"),
        ({"d": ("gone",)}, {"d": "new"}, "abc"),
        ({"a": ("b",), "c": ()}, {"a": "kept", "c": "kept"}, ""),
    ],
)
def test_each_skill_has_its_kind(later, kinds, removed):
    versions = TwoVersions(BEFORE, with_skills(**later))

    assert {key: versions.kind(key) for key in kinds} == kinds
    assert "".join(skill.key for skill in versions.removed) == removed


def test_only_one_that_is_itself_or_was_renamed_continues_another():
    later = with_skills(a=(), d=("b",), e=("c",), f=("c",))
    versions = TwoVersions(BEFORE, later)

    found = {key: versions.before(key) for key in later.skills_by_key}

    names = {key: skill and skill.key for key, skill in found.items()}
    assert names == {"a": "a", "d": "b", "e": None, "f": None}


def test_what_became_a_part_of_a_skill_that_goes_on_is_told_of_it():
    change = next(
        each
        for each in TwoVersions(BEFORE, with_skills(a=("b",), c=())).changes()
        if each.kind == Kind.KEPT
    )

    assert [skill.key for skill in change.absorbed] == ["b"]
    assert change.before.key == "a"
    # One that goes on by itself was not taken over.
    assert TwoVersions(BEFORE, with_skills(a=("b",), b=(), c=())).changes() == []


def test_a_skill_that_was_renamed_twice_is_found_by_what_stood_between():
    later = with_skills(z=("y",), b=(), c=())
    renames = renames_in([("y", ["a"]), ("z", ["y"])])

    assert TwoVersions(BEFORE, later).kind("z") == "new"
    assert TwoVersions(BEFORE, later, renames).before("z").key == "a"


@pytest.mark.django_db
def test_the_names_between_are_read_once(django_assert_num_queries):
    versions = [
        make_framework(),
        make_with_planning_as(("plans", ("planning",)), version="1.1"),
        make_with_planning_as(("roadmaps", ("plans",)), version="1.2"),
    ]
    first, last = versions[0].digest, versions[-1].digest

    assert two_versions(first, last).before("roadmaps").key == "planning"
    with django_assert_num_queries(0):
        assert two_versions(first, last).kind("roadmaps") == "replaced"


def test_points_are_the_same_by_their_values_or_else_by_their_names():
    spec = small_spec()
    renamed = tuple(each.replaced(name=f"New {each.name}") for each in spec.scale)
    named = TwoVersions(spec, spec.replaced(scale=renamed))
    shorter = TwoVersions(spec, spec.replaced(scale=(*spec.scale[:2], *renamed[2:4])))

    assert named.same_points == {0, 1, 2, 3, 4, 5}
    assert not named.has_moved_scale
    assert shorter.same_points == {0, 1}
    assert shorter.has_moved_scale


def test_changes_tell_requirement_importance_name_and_sentence():
    spec = small_spec()
    planning = spec.skills[0]
    sentence = planning.levels[2].replaced(statement="I plan for others, too.")
    skills = changed_skill(
        "planning",
        name="Plans",
        levels=(*planning.levels[:2], sentence, *planning.levels[3:]),
    )
    level = spec.levels_by_key["tpm"]
    levels = changed_level(
        "tpm",
        requirements=tuple(
            item.replaced(required=4, must_have=True)
            if item.skill == "testing"
            else item.replaced(importance=1)
            if item.skill == "tooling"
            else item
            for item in level.requirements
        ),
    )
    versions = TwoVersions(spec, small_spec(skills=skills, levels=levels))

    renamed, tooling, testing = versions.changes("tpm")

    assert (renamed.before.name, renamed.name) == ("Planning", "Plans")
    assert renamed.statements == [(3, planning.statement(3), "I plan for others, too.")]
    assert not renamed.has_moved_requirement
    assert tooling.has_moved_importance
    assert not tooling.has_moved_requirement
    assert (testing.required_before, testing.required) == (2, 4)
    assert (testing.was_must_have, testing.is_must_have) == (False, True)
    assert [each.name for each in versions.changes("junior-tpm")] == ["Plans"]
    assert [each.name for each in versions.changes("no-such")] == ["Plans"]


def test_a_replaced_key_that_no_skill_had_is_told():
    live = with_skills(planning=("plan",), testing=())
    later = with_skills(plans=("planing", "plan"), tests=("testing", "zzz"), testing=())

    found = problems_of_replaces(live, later)

    assert [str(each) for each in found] == [
        "skills/plans/replaces: Version 1.0 has no skill 'planing', so no rating moves "
        "over from it. Did you mean 'planning'?",
        "skills/tests/replaces: Version 1.0 has no skill 'zzz', so no rating moves over "
        "from it. Correct it, or remove it.",
    ]
    assert problems_of_replaces(live, live) == []
