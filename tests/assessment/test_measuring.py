"""From rows to the scoring: what is quick equals what is thorough."""

import random

import pytest

from assessment.answers import Answer
from assessment.measuring import fits, losses, measure
from assessment.scoring import Scored
from tests.assessment.test_report import random_answers
from tests.factories import shipped_spec, small_spec


def headline(result):
    if not isinstance(result, Scored):
        return None
    return result.coverage, result.readiness, result.band


@pytest.mark.parametrize("seed", range(5))
def test_fits_are_the_scores_at_every_level(seed):
    spec, source = shipped_spec(), random.Random(seed)
    said = random_answers(spec, source.choice(spec.levels), source)

    found = fits(spec, said)

    assert list(found) == [level.key for level in spec.levels]
    for level in spec.levels:
        result, fit = measure(spec, level, said), found[level.key].headline
        quick = (fit.coverage, fit.readiness, fit.band)
        assert (None if fit.readiness is None else quick) == headline(result)
        if isinstance(result, Scored):
            lost = {loss.key: loss.tenths for loss in losses(spec, level, said)}
            shown = result.display.lost_tenths
            assert lost == {key: shown[key] for key in lost}
            assert sum(lost.values()) == 1000 - result.display.readiness_tenths


def test_a_skill_that_is_set_aside_counts_for_no_level():
    left_out = Answer(value=None, not_applicable=True, reason="Another team.")
    said = dict.fromkeys(("planning", "tooling", "communication", "leadership"), 3)
    said = {key: Answer(value=value) for key, value in said.items()}

    found = fits(small_spec(), said | {"testing": left_out})

    assert [found[key].headline.readiness for key in ("junior-tpm", "tpm")] == [
        100,
        100,
    ]
