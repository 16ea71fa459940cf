"""Where the points are: earned and lost per skill, and printed so that they add up.

Source: docs/scoring.md, "Where the points are".
"""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from .parameters import Number
from .results import Display, DomainScore
from .standing import Standing


def attainments(standing: Standing) -> dict[str, Fraction]:
    """Return the part of each requirement that is reached, 0..1; surplus is cut."""
    return {
        rated.key: Fraction(rated.earned, rated.possible) for rated in standing.rated
    }


def points_earned(standing: Standing) -> dict[str, Fraction]:
    """Return the points of coverage per skill; their sum less `held` is the score."""
    return {rated.key: standing.points(rated.earned) for rated in standing.rated}


def points_lost(standing: Standing) -> dict[str, Fraction]:
    """Return the missing points per skill; their sum is 100 less the score.

    Held points are lost by the binding must-haves, in equal parts.
    """
    lost = {
        rated.key: standing.points(rated.possible - rated.earned)
        for rated in standing.rated
    }
    binding = standing.binding
    for rated in binding:
        lost[rated.key] += standing.held / len(binding)
    return lost


def domain_scores(standing: Standing) -> dict[str, DomainScore]:
    """Return the scores inside each domain; Σ share · coverage is the coverage.

    Skills without a domain are in none, and then the sum is theirs short.
    """
    possible: dict[str, int] = {}
    earned: dict[str, int] = {}
    for rated in standing.rated:
        domain = rated.skill.domain
        if domain:
            possible[domain] = possible.get(domain, 0) + rated.possible
            earned[domain] = earned.get(domain, 0) + rated.earned
    return {
        domain: DomainScore(
            share=Fraction(possible[domain], standing.tally.whole_credit),
            coverage=Fraction(100 * earned[domain], possible[domain]),
        )
        for domain in possible
    }


def display_of(
    standing: Standing,
    earned: Mapping[str, Fraction],
    lost: Mapping[str, Fraction],
    *,
    cap: int,
) -> Display:
    """Return the printed numbers; the two whole ones are never above `cap`.

    Printed numbers are rounded down, so that a threshold never contradicts the number
    beside it and 100 is printed only for 100.
    """
    readiness_tenths = floor(10 * standing.readiness)
    coverage_tenths = floor(10 * standing.coverage)
    return Display(
        score=min(cap, floor(standing.readiness)),
        banked=min(cap, floor(standing.coverage)),
        readiness_tenths=readiness_tenths,
        coverage_tenths=coverage_tenths,
        held_tenths=coverage_tenths - readiness_tenths,
        earned_tenths=apportion_tenths(earned, coverage_tenths),
        lost_tenths=apportion_tenths(lost, 1000 - readiness_tenths),
    )


def apportion_tenths(points: Mapping[str, Number], total: int) -> dict[str, int]:
    """Return whole tenths per key that add up to `total`, by largest remainder.

    Each starts at its own tenths rounded down; what is then missing goes, one each,
    to the largest fractions, ties in input order, and never to a key without points.

    >>> apportion_tenths({"a": Fraction(100, 3), "b": Fraction(100, 3)}, 667)
    {'a': 334, 'b': 333}
    """
    tenths, rests = {}, {}
    for key, value in points.items():
        tenths[key], rest = divmod(10 * value.numerator, value.denominator)
        if value > 0:
            rests[key] = rest / value.denominator
    missing = total - sum(tenths.values())
    largest = sorted(rests, key=lambda key: -rests[key])
    for key in largest[:missing]:
        tenths[key] += 1
    return tenths
