"""The scoring is as quick as promised: ten times slower, on a busy machine, fails."""

from scoring.number import BANDS
from scoring.result import score
from tools.scoring_speed import PROMISES, measure, twenty_skills


def test_what_is_measured_has_everything_in_it():
    target, answers = twenty_skills()

    result = score(target, answers)

    assert len(result.rated) == 20
    assert result.open_must_haves
    assert result.gaps
    assert result.groups
    assert result.band in BANDS


def test_speed_promises_hold():
    slow = {
        name: milliseconds
        for name, milliseconds in measure().items()
        if milliseconds > 10 * PROMISES[name]
    }

    assert slow == {}
