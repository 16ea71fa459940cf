"""From rows to the scoring: what is quick equals what is thorough."""

import random
from dataclasses import replace

import pytest

from assessment.answers import Answer, fits, measure, place, targets
from scoring.inputs import Evidence
from scoring.number import Readiness
from scoring.parameters import CURRENT, PARAMETERS
from scoring.result import Scored
from tests.factories import changed_level, shipped_spec, small_spec


def random_answers(spec, source):
    """Somebody's answers: a few skills left out or not answered, some with evidence."""
    found = {}
    for skill in spec.skills:
        kind = source.random()
        if kind < 0.04:
            found[skill.key] = Answer(not_applicable=True, reason="Another team.")
        elif kind > 0.05:
            found[skill.key] = Answer(
                value=source.randint(0, 5),
                confidence=source.choice(["low", "medium", "high"]),
                url=source.choice(["", "https://example.org/"]),
            )
    return found


@pytest.mark.parametrize("seed", range(5))
def test_fits_and_places_are_the_scores_at_every_level(seed):
    spec, source = shipped_spec(), random.Random(seed)
    said = random_answers(spec, source)

    found, placement = fits(spec, said), place(spec, spec.ladder[0], said)

    assert list(found) == [level.key for level in spec.levels]
    for level in spec.levels:
        result, quick = measure(spec, level, said), found[level.key]
        assert isinstance(quick, Readiness) is isinstance(result, Scored)
        assert quick.reasons == result.reasons
        if isinstance(result, Scored):
            assert (quick.readiness, quick.band) == (result.readiness, result.band)
    assert placement.rungs == tuple(found[rung.key] for rung in spec.ladder)


def test_a_target_says_what_the_level_asks_for():
    spec = small_spec()
    level = spec.levels_by_key["tpm"]

    target = targets(spec)["tpm"]

    for item in target.requirements:
        requirement = level.requirement(item.key)
        assert (item.required, item.importance) == (
            requirement.required,
            requirement.importance,
        )
        assert item.group == spec.skills_by_key[item.key].group
        assert item.hours == spec.hours_of(spec.skills_by_key[item.key])
    assert (target.lowest, target.top, target.ready_line) == (0, 5, 90)


def test_a_ready_line_of_an_owner_is_never_below_that_of_the_version(monkeypatch):
    stricter = replace(CURRENT, version="made up", ready_line=95)
    monkeypatch.setitem(PARAMETERS, "made up", stricter)
    spec = small_spec(levels=changed_level("tpm", ready_line=92))

    lines = [targets(spec, version)["tpm"].ready_line for version in PARAMETERS]

    assert lines == [92, 95]


@pytest.mark.parametrize(("note", "shows"), [("", False), (" \n", False), ("x", True)])
def test_blanks_are_no_evidence(note, shows):
    evidence = Answer(value=3, note=note).evidence

    assert evidence is (Evidence.DESCRIBED if shows else Evidence.NONE)


def test_a_skill_that_is_left_out_counts_for_no_level():
    left_out = Answer(value=None, not_applicable=True, reason="Another team.")
    said = dict.fromkeys(("planning", "tooling", "communication", "leadership"), 3)
    said = {key: Answer(value=value) for key, value in said.items()}

    found = fits(small_spec(), said | {"testing": left_out})

    assert [found[key].readiness for key in ("junior-tpm", "tpm")] == [100, 100]
