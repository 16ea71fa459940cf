"""Which gap to work on first, and what each step costs and brings.

Source: docs/scoring.md, "Which gap first". Ranks compare the squares of the
priorities, which are exact; floats are for showing only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, sqrt

from .parameters import Number, Parameters
from .results import Gap
from .standing import RatedSkill, Standing
from .words import Lane


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An open gap before it has a rank; `square` is its priority, squared."""

    rated: RatedSkill
    need: Fraction
    close_hours: Fraction
    square: Fraction
    is_binding: bool


def ranked_gaps(standing: Standing) -> tuple[Gap, ...]:
    """Return every open gap: binding must-haves, then by priority, gap and order."""
    binding = {rated.key for rated in standing.binding}
    candidates = [
        _candidate(rated, rated.key in binding, standing)
        for rated in standing.rated
        if rated.gap
    ]
    if not candidates:
        return ()
    top_square = max(candidate.square for candidate in candidates)
    candidates.sort(key=_rank_key)
    return tuple(
        _gap(rank, candidate, top_square, standing)
        for rank, candidate in enumerate(candidates, start=1)
    )


def bundle_gain(standing: Standing) -> Fraction | None:
    """Return what raising all binding must-haves by one step brings, in points.

    None if no must-have is binding. Raising one alone may show nothing, because the
    others still hold the score.
    """
    binding = standing.binding
    if not binding:
        return None
    step = _step(binding[0], standing)
    return standing.readiness_if_raised(binding, step) - standing.readiness


def hours_between(start: Number, end: Number, hours: Sequence[Number]) -> Fraction:
    """Return the hours from one level to another; `hours[k]` is from k to k + 1.

    Inside a level the hours run evenly.

    >>> hours_between(Fraction(3, 2), 3, (8, 20, 40, 80, 120))
    Fraction(50, 1)
    """
    return Fraction(_hours_up_to(end, hours) - _hours_up_to(start, hours))


def _hours_up_to(level: Number, hours: Sequence[Number]) -> Number:
    whole_levels = floor(level)
    total: Number = sum(hours[:whole_levels])
    rest = level - whole_levels
    return total + rest * hours[whole_levels] if rest else total


def _candidate(rated: RatedSkill, is_binding: bool, standing: Standing) -> _Candidate:
    parameters = standing.parameters
    need = standing.points(rated.possible - rated.earned)
    close_hours = hours_between(
        rated.rating, rated.skill.required, _hours(rated, parameters)
    )
    bonus = 1 + parameters.must_have_bonus * rated.skill.must_have
    effort = (close_hours / 10) ** parameters.effort_exponent_doubled
    return _Candidate(
        rated=rated,
        need=need,
        close_hours=close_hours,
        square=(need * bonus) ** 2 / effort,
        is_binding=is_binding,
    )


def _rank_key(candidate: _Candidate) -> tuple[bool, Fraction, int]:
    return (not candidate.is_binding, -candidate.square, -candidate.rated.gap)


def _gap(
    rank: int, candidate: _Candidate, top_square: Fraction, standing: Standing
) -> Gap:
    rated, parameters = candidate.rated, standing.parameters
    step = _step(rated, standing)
    step_hours = hours_between(
        rated.rating, rated.rating + standing.levels(step), _hours(rated, parameters)
    )
    step_tens = step_hours / 10
    step_gain = _gain(rated, step, standing)
    banked = standing.points(rated.credit * step)
    return Gap(
        rank=rank,
        key=rated.key,
        must_have=rated.skill.must_have,
        gap=standing.levels(rated.gap),
        need=candidate.need,
        step=standing.levels(step),
        step_hours=step_hours,
        step_gain=step_gain,
        step_gain_banked=banked,
        step_gain_per_10h=step_gain / step_tens,
        step_banked_per_10h=banked / step_tens,
        close_hours=candidate.close_hours,
        close_gain=_gain(rated, rated.gap, standing),
        priority_raw=sqrt(candidate.square),
        priority=100 * sqrt(candidate.square / top_square),
        pinned=candidate.is_binding,
        lane=_lane(rated, step_hours, parameters),
    )


def _step(rated: RatedSkill, standing: Standing) -> int:
    """Return one step in parts of a level, or what is left of the gap."""
    return min(standing.parameters.step * standing.tally.unit, rated.gap)


def _hours(rated: RatedSkill, parameters: Parameters) -> Sequence[Number]:
    return parameters.hours if rated.skill.hours is None else rated.skill.hours


def _gain(rated: RatedSkill, parts: int, standing: Standing) -> Fraction:
    return standing.readiness_if_raised((rated,), parts) - standing.readiness


def _lane(rated: RatedSkill, step_hours: Fraction, parameters: Parameters) -> Lane:
    if rated.skill.must_have:
        return Lane.MUST
    return Lane.QUICK if step_hours <= parameters.quick_hours else Lane.BUILD
