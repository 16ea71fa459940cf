"""How sure the number can be: the likely range, and when a change is more than noise.

Source: docs/scoring.md, "The likely range". This is the one place, with the shown
priorities, where floats are used: roots are not rational.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

from .errors import ScoringError
from .inputs import SkillInput, check_skills
from .parameters import CURRENT, Number, Parameters
from .results import Change, Scored
from .standing import Standing


class _Blurred(NamedTuple):
    """One rating with its half-width, in levels; `slope` is points per level."""

    rating: float
    required: float
    width: float
    slope: float
    is_open_must_have: bool

    @property
    def down(self) -> float:
        """The points of coverage lost if the true level is at the low end."""
        return self._points(self.rating) - self._points(self.rating - self.width)

    @property
    def up(self) -> float:
        """The points of coverage won if the true level is at the high end."""
        return self._points(self.rating + self.width) - self._points(self.rating)

    def _points(self, level: float) -> float:
        return self.slope * min(max(level, 0.0), self.required)


def likely_range(
    standing: Standing, lower_bound: Fraction, upper_bound: Fraction
) -> tuple[float, float]:
    """Return the 80 % range of the readiness, in points, inside 0..100.

    It always contains the two bounds, which for a complete score are the score. A
    surplus above a requirement earns nothing, but it makes the low end safer.
    """
    blurred = _blurred(standing)
    coverage, parameters = float(standing.coverage), standing.parameters
    low = min(
        coverage - _combined([item.down for item in blurred], parameters),
        _ceiling(_gaps_at_low_end(blurred), parameters),
    )
    high = min(
        coverage + _combined([item.up for item in blurred], parameters),
        _ceiling(_gaps_at_high_end(blurred), parameters),
    )
    return (
        max(0.0, min(low, float(lower_bound))),
        min(100.0, max(high, float(upper_bound))),
    )


def clear_change(
    before: SkillInput, after: SkillInput, parameters: Parameters = CURRENT
) -> Change:
    """Return how far a skill's rating moved, and whether that is more than noise.

    Only ratings, confidence and evidence are used. Raises `ScoringError` if a rating
    is missing.
    """
    difference = _rating_in(after, parameters) - _rating_in(before, parameters)
    square = half_width(before, parameters) ** 2 + half_width(after, parameters) ** 2
    return Change(
        difference=difference,
        noise=sqrt(square),
        is_clear=difference**2 > square,
    )


def score_noise(before: Scored, after: Scored) -> float:
    """Return half the mean width of the two ranges: a clear change is larger."""
    widths = [high - low for low, high in (before.likely_range, after.likely_range)]
    return sum(widths) / len(widths) / 2


def is_clear_score_change(before: Scored, after: Scored) -> bool:
    """True if the score moved by more than the noise of the two scores."""
    return abs(after.readiness - before.readiness) > score_noise(before, after)


def half_width(skill: SkillInput, parameters: Parameters) -> Fraction:
    """Return the levels by which a rating may be off, either way."""
    return (
        parameters.range_z
        * parameters.confidence_spread[skill.confidence]
        * parameters.evidence_factor[skill.evidence]
    )


def _rating_in(skill: SkillInput, parameters: Parameters) -> Number:
    check_skills([skill], parameters)
    if skill.rating is None:
        raise ScoringError("has no rating", "rate it both times", skill=skill.key)
    return skill.rating


def _blurred(standing: Standing) -> list[_Blurred]:
    widths: dict[tuple[str, str], float] = {}
    blurred = []
    for rated in standing.rated:
        skill = rated.skill
        kind = (skill.confidence, skill.evidence)
        if kind not in widths:
            widths[kind] = float(half_width(skill, standing.parameters))
        required = float(skill.required)
        blurred.append(
            _Blurred(
                rating=float(rated.rating),
                required=required,
                width=widths[kind],
                slope=100 * rated.possible / standing.tally.whole_credit / required,
                is_open_must_have=rated.is_open_must_have,
            )
        )
    return blurred


def _gaps_at_low_end(blurred: Sequence[_Blurred]) -> list[float]:
    return [
        item.required - max(0.0, item.rating - item.width)
        for item in blurred
        if item.is_open_must_have
    ]


def _gaps_at_high_end(blurred: Sequence[_Blurred]) -> list[float]:
    return [
        max(0.0, item.required - item.rating - item.width)
        for item in blurred
        if item.is_open_must_have
    ]


def _combined(moves: Sequence[float], parameters: Parameters) -> float:
    """Return the joint size of single moves.

    They are correlated, because one person made all the ratings.
    """
    correlation = float(parameters.range_correlation)
    alone = sum(move * move for move in moves)
    together = sum(moves) ** 2
    return sqrt((1 - correlation) * alone + correlation * together)


def _ceiling(gaps: Sequence[float], parameters: Parameters) -> float:
    points_per_level = parameters.ceiling_span / parameters.scale_top
    return 100 - points_per_level * max(gaps, default=0.0)
