"""How sure the number can be: the likely range, and when a change is more than noise.

Source: docs/scoring.md, "The likely range". This is the one place, with the shown
priorities, where floats are used: roots are not rational.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

from .errors import ScoringError
from .inputs import SkillInput, check_skills
from .parameters import CURRENT, Number, Parameters
from .readiness import Answers, reasons_against, tally_answers
from .results import Change, Scored
from .standing import Standing
from .target import Target


class _Blurred(NamedTuple):
    """One rating with its half-width, in levels; `slope` is points per level."""

    rating: float
    required: float
    width: float
    slope: float
    must_have: bool


def likely_range(
    standing: Standing, lower_bound: Fraction, upper_bound: Fraction
) -> tuple[float, float]:
    """Return the 80 % range of the readiness, in points, inside 0..100.

    It always contains the two bounds, which for a complete score are the score. A
    surplus above a requirement earns nothing, but it makes the low end safer.
    """
    low, high = _blur(_blurred(standing), float(standing.coverage), standing.parameters)
    return _holding(low, high, lower_bound, upper_bound)


def likely_range_of(
    target: Target,
    ratings: Mapping[str, Number | None],
    half_widths: Mapping[str, float],
    *,
    not_applicable: Collection[str] = frozenset(),
) -> tuple[float, float] | None:
    """Return the range that `score` gives for the same answers, from a prepared target.

    `half_widths` holds, for each rated skill, the levels by which its rating may be off
    (see `half_width`). None if there is no score. For whoever draws many targets at once.
    Raises `ScoringError` for a rating that is off the scale or not an exact number.
    """
    tally = tally_answers(target, Answers(ratings, not_applicable))
    if reasons_against(tally):
        return None
    blurred = []
    for key, required, _, weight, must_have in target.demands:
        rating = ratings.get(key)
        if rating is None or key in not_applicable:
            continue
        level = required / target.unit
        slope = 100 * weight / tally.answered / level
        blurred.append((float(rating), level, half_widths[key], slope, must_have))
    low, high = _blur(blurred, float(tally.coverage), target.parameters)
    return _holding(low, high, tally.lower_bound, tally.upper_bound)


def clear_change(
    before: SkillInput, after: SkillInput, parameters: Parameters = CURRENT
) -> Change:
    """Return how far a skill's rating moved, and whether that is more than noise.

    Only ratings, confidence and evidence are used. Raises `ScoringError` if a rating
    is missing.
    """
    difference = _rating_in(after, parameters) - _rating_in(before, parameters)
    square = _width_of(before, parameters) ** 2 + _width_of(after, parameters) ** 2
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


def half_width(
    confidence: str, evidence: str, parameters: Parameters = CURRENT
) -> Fraction:
    """Return the levels by which a rating may be off, either way."""
    return (
        parameters.range_z
        * parameters.confidence_spread[confidence]
        * parameters.evidence_factor[evidence]
    )


def _width_of(skill: SkillInput, parameters: Parameters) -> Fraction:
    return half_width(skill.confidence, skill.evidence, parameters)


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
            widths[kind] = float(_width_of(skill, standing.parameters))
        required = float(skill.required)
        blurred.append(
            _Blurred(
                rating=float(rated.rating),
                required=required,
                width=widths[kind],
                slope=100 * rated.possible / standing.tally.whole_credit / required,
                must_have=skill.must_have,
            )
        )
    return blurred


def _blur(
    blurred: Sequence[tuple[float, float, float, float, bool]],
    coverage: float,
    parameters: Parameters,
) -> tuple[float, float]:
    """Return the ends of the range, in points, before they hold the bounds."""
    downs, ups = [], []
    gap_at_low = gap_at_high = 0.0
    for rating, required, width, slope, must_have in blurred:
        low, high = max(rating - width, 0.0), rating + width
        earned = min(rating, required)
        downs.append(slope * (earned - min(low, required)))
        ups.append(slope * (min(high, required) - earned))
        if must_have and rating < required:
            gap_at_low = max(gap_at_low, required - low)
            gap_at_high = max(gap_at_high, required - high)
    return (
        min(coverage - _combined(downs, parameters), _ceiling(gap_at_low, parameters)),
        min(coverage + _combined(ups, parameters), _ceiling(gap_at_high, parameters)),
    )


def _holding(
    low: float, high: float, lower_bound: Fraction, upper_bound: Fraction
) -> tuple[float, float]:
    """Return the range so that it holds both bounds, inside 0..100."""
    return (
        max(0.0, min(low, float(lower_bound))),
        min(100.0, max(high, float(upper_bound))),
    )


def _combined(moves: Sequence[float], parameters: Parameters) -> float:
    """Return the joint size of single moves.

    They are correlated, because one person made all the ratings.
    """
    correlation = float(parameters.range_correlation)
    alone = sum(move * move for move in moves)
    together = sum(moves) ** 2
    return sqrt((1 - correlation) * alone + correlation * together)


def _ceiling(gap: float, parameters: Parameters) -> float:
    return 100 - parameters.ceiling_span / parameters.scale_top * gap
