"""What matters most in a target: each number of it changed, one at a time.

Source: docs/scoring.md, "How sensitive the score is".
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from .inputs import SkillInput
from .parameters import CURRENT, Parameters
from .readiness import answers_in, reasons_against, tally_answers
from .results import Effect, Sensitivity
from .standing import RatedSkill, Standing, standing_of
from .target import Target, ceiling_at, prepare

CHANGES = (1, -1)


def what_matters_most(
    skills: Sequence[SkillInput],
    parameters: Parameters = CURRENT,
    *,
    target: Target | None = None,
) -> Sensitivity:
    """Return what every required level ± 1 and every weight ± 1 would do.

    Each list is ordered by the size of the difference; ties are in input order, +1
    before -1. Changes that leave 1..top of the scale, or the scale of weights, are
    left out. Only answered skills are changed: the readiness is made of them alone.
    Both lists are empty if there is no score. `target` is what `prepare` makes of the
    skills, for whoever has it already. Raises `ScoringError` as `score` does.
    """
    target = target or prepare(skills, parameters=parameters)
    tally = tally_answers(target, answers_in(skills))
    if reasons_against(tally):
        return Sensitivity((), ())
    standing = standing_of(skills, tally)
    return Sensitivity(
        required=_effects(standing, _if_required_changes, _may_require),
        weight=_effects(standing, _if_weight_changes, _may_weigh),
    )


class _Coverage(NamedTuple):
    """A coverage as two whole numbers, with the ceiling that lies over it."""

    points: int
    of: int
    ceiling: Fraction

    @property
    def readiness(self) -> Fraction:
        ceiling = self.ceiling
        if self.points * ceiling.denominator >= ceiling.numerator * self.of:
            return ceiling
        return Fraction(self.points, self.of)


def _effects(
    standing: Standing,
    coverage_if: Callable[[Standing, RatedSkill, int], _Coverage],
    is_allowed: Callable[[RatedSkill, int, Parameters], bool],
) -> tuple[Effect, ...]:
    effects = [
        _effect(rated, change, coverage_if(standing, rated, change), standing)
        for rated in standing.rated
        for change in CHANGES
        if is_allowed(rated, change, standing.parameters)
    ]
    effects.sort(key=lambda effect: -abs(float(effect.difference)))
    return tuple(effects)


def _effect(
    rated: RatedSkill, change: int, coverage: _Coverage, standing: Standing
) -> Effect:
    readiness = coverage.readiness
    return Effect(rated.key, change, readiness, readiness - standing.readiness)


def _may_require(rated: RatedSkill, change: int, parameters: Parameters) -> bool:
    return 1 <= rated.skill.required + change <= parameters.scale_top


def _may_weigh(rated: RatedSkill, change: int, parameters: Parameters) -> bool:
    least, most = parameters.weight_scale
    return least <= rated.skill.weight + change <= most


def _if_required_changes(
    standing: Standing, rated: RatedSkill, change: int
) -> _Coverage:
    """Ask for another level: the skill's attainment and its gap both change."""
    tally = standing.tally
    required = rated.required + change * tally.unit
    elsewhere = tally.credit - rated.earned
    here = rated.possible * min(rated.level, required)
    return _Coverage(
        100 * (elsewhere * required + here),
        tally.whole_credit * required,
        _ceiling_if_required(standing, rated, required),
    )


def _ceiling_if_required(
    standing: Standing, changed: RatedSkill, required: int
) -> Fraction:
    if not changed.skill.must_have:
        return standing.ceiling
    gaps = (rated.gap for rated in standing.open_must_haves if rated is not changed)
    worst_gap = max(0, required - changed.level, *gaps)
    return ceiling_at(standing.levels(worst_gap), standing.parameters)


def _if_weight_changes(standing: Standing, rated: RatedSkill, change: int) -> _Coverage:
    """Weigh one skill anew: what it earns and the whole both change."""
    weight = Fraction(rated.skill.weight)
    parts, unit = weight.numerator, weight.denominator
    credit = standing.tally.credit * parts + change * unit * rated.earned
    whole = standing.tally.whole_credit * parts + change * unit * rated.possible
    return _Coverage(100 * credit, whole, standing.ceiling)
