"""Where the missing points are, for whoever shows many targets at once.

Source: docs/scoring.md, "Where the points are". `score` says the same among much else, at
many times the price: this starts from a prepared target.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import floor
from typing import NamedTuple

from .parameters import Number
from .points import apportion_tenths
from .readiness import Answers, Tally, reasons_against, tally_answers
from .target import Demand, Target, in_parts


class Loss(NamedTuple):
    """One skill that loses points, as printed in tenths of a point.

    `is_binding` tells the must-haves that hold earned points back.
    """

    key: str
    tenths: int
    is_binding: bool


def losses_of(
    target: Target,
    ratings: Mapping[str, Number | None],
    *,
    not_applicable: Collection[str] = frozenset(),
) -> tuple[Loss, ...]:
    """Return what each skill loses: binding must-haves first, then the largest.

    Ties are in the target's order. The tenths are those of `score`, and add up to what
    the printed readiness lacks to 100. Empty if nothing is lost or there is no score.
    Raises `ScoringError` for a rating that is off the scale or not an exact number.
    """
    answers = Answers(ratings, not_applicable)
    tally = tally_answers(target, answers)
    if reasons_against(tally):
        return ()
    short = [
        (demand, gap)
        for demand in target.demands
        if (gap := _gap(demand, answers, tally))
    ]
    held = tally.coverage - tally.readiness
    binding = [
        demand.key
        for demand, gap in short
        if held and demand.must_have and gap == tally.worst_gap
    ]
    lost = {
        demand.key: Fraction(100 * demand.credit * gap, tally.whole_credit)
        for demand, gap in short
    }
    for key in binding:
        lost[key] += held / len(binding)
    tenths = apportion_tenths(lost, 1000 - floor(10 * tally.readiness))
    losses = [Loss(key, tenths[key], key in binding) for key in lost]
    losses.sort(key=lambda loss: (not loss.is_binding, -lost[loss.key]))
    return tuple(losses)


def _gap(demand: Demand, answers: Answers, tally: Tally) -> int:
    """Return the parts of a level that are missing; 0 for a skill that has no rating."""
    rating = answers.ratings.get(demand.key)
    if rating is None or demand.key in answers.not_applicable:
        return 0
    required = demand.required * (tally.unit // tally.target.unit)
    return max(0, required - in_parts(rating, tally.unit))
