"""What one career level asks for besides another."""

from careers.beside import moves, new_must_haves
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
