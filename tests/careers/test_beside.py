"""What one career level asks for besides another, and which skills a skill stands beside."""

import pytest

from careers.beside import built_on, moves, new_must_haves, peak_rung
from tests.factories import changed_level, required, small_spec


def keys(skills):
    return [skill.key for skill in skills]


def test_moves_are_what_rises_and_then_what_falls_from_the_lowest_level_up():
    levels = changed_level(
        "tpm",
        requirements=required(
            planning=(4,),
            tooling=(4,),
            testing=(5,),
            communication=(1,),
            leadership=(0,),
        ),
    )
    base = required(
        planning=(2,), tooling=(2,), testing=(4,), communication=(3,), leadership=(3,)
    )
    spec = small_spec(levels=levels)
    tpm = spec.levels_by_key["tpm"]

    found = moves(spec, tpm, tpm.replaced(requirements=base))

    assert [(before, now, keys(skills)) for before, now, skills in found] == [
        (2, 4, ["planning", "tooling"]),
        (4, 5, ["testing"]),
        (3, 0, ["leadership"]),
        (3, 1, ["communication"]),
    ]
    assert moves(spec, tpm, tpm) == []


def test_a_new_must_have_is_one_that_the_other_level_does_not_take_over():
    levels = changed_level(
        "tpm",
        requirements=required(
            planning=(3, 5),  # the rung below marks it
            tooling=(3, 3, True),
            testing=(2, 3),
            communication=(0, 4),
            leadership=(2, 2),
        ),
    )
    spec = small_spec(levels=levels)
    junior, tpm, _ = spec.ladder

    assert keys(new_must_haves(spec, tpm, junior)) == ["tooling"]
    assert keys(new_must_haves(spec, junior, tpm)) == ["communication"]


def test_a_must_have_that_was_taken_over_ends_where_it_is_not_required():
    kept = required(
        planning=(3, 5),  # the lowest rung marks it
        tooling=(3, 3),
        testing=(2, 3),
        communication=(3, 4),
        leadership=(2, 2),
    )
    planning_no_more = (kept[0].replaced(required=0), *kept[1:])
    junior, tpm, senior, *others = small_spec().levels
    rungs = (
        tpm.replaced(requirements=kept),
        senior.replaced(requirements=planning_no_more),
    )
    spec = small_spec(levels=(junior, *rungs, *others))

    assert keys(new_must_haves(spec, rungs[0], rungs[1])) == ["planning"]
    assert new_must_haves(spec, rungs[1], rungs[0]) == []


@pytest.mark.parametrize(
    ("required_of_rungs", "peak"),
    [
        ((2, 3, 4), "senior-tpm"),
        ((2, 3, 3), "tpm"),
        ((4, 1, 1), "junior-tpm"),
        ((0, 0, 0), None),
    ],
)
def test_peak_is_the_lowest_rung_that_requires_the_most(required_of_rungs, peak):
    levels = tuple(
        rung.replaced(requirements=required(planning=(value,)))
        for rung, value in zip(small_spec().ladder, required_of_rungs, strict=True)
    )
    spec = small_spec(levels=levels)

    found = peak_rung(spec, spec.skills_by_key["planning"])

    assert (found and found.key) == peak


def test_what_builds_on_a_skill_names_it():
    spec = small_spec()

    built = built_on(spec, spec.skills_by_key["communication"])

    assert [(other.key, each.min_value) for other, each in built] == [("leadership", 2)]
    assert built_on(spec, spec.skills_by_key["leadership"]) == []
