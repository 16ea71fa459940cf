"""Every tunable number of the model, in one frozen record per version.

An assessment remembers the version it was scored with, so a version that has been
used is never edited: a change of a number is a new entry in `PARAMETERS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from .words import Confidence, Evidence

Number = int | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The numbers of one version of the model (docs/scoring.md, "Parameters").

    Levels are points of the rating scale, points are points of the 0..100 score,
    shares are parts of one. `ceiling_span` is what the ceiling loses when the worst
    must-have lacks the whole scale; `must_have_rail` holds the largest must-have gap,
    in levels, that still allows ready, nearly, developing and foundation.
    `effort_exponent_doubled` is 2θ, a whole number, because priorities are compared
    by their squares, exactly. `weight_scale` is where importance is edited.
    """

    version: str
    scale_top: int

    ceiling_span: int
    min_answered_share: Fraction
    max_not_applicable_share: Fraction
    provisional_cap: int

    cut_ready: int
    cut_nearly: int
    cut_developing: int
    cut_foundation: int
    step_share_ready: Fraction
    step_share_nearly: Fraction
    must_have_rail: tuple[Number, Number, Number, Number]

    range_z: Fraction
    range_correlation: Fraction
    confidence_spread: Mapping[str, Fraction]
    evidence_factor: Mapping[str, Fraction]
    what_if_shift: Fraction

    must_have_bonus: int
    effort_exponent_doubled: int
    step: int
    quick_hours: int
    hours: tuple[Number, ...]
    weight_scale: tuple[int, int]
    step_progress_cap: Fraction


SCORING_VERSION = "1.0"

PARAMETERS: dict[str, Parameters] = {
    "1.0": Parameters(
        version="1.0",
        scale_top=5,
        ceiling_span=80,
        min_answered_share=Fraction(4, 5),
        max_not_applicable_share=Fraction(3, 10),
        provisional_cap=99,
        cut_ready=85,
        cut_nearly=70,
        cut_developing=50,
        cut_foundation=30,
        step_share_ready=Fraction(1, 2),
        step_share_nearly=Fraction(1, 4),
        must_have_rail=(0, 1, 3, 4),
        range_z=Fraction("1.2816"),
        range_correlation=Fraction(1, 4),
        confidence_spread=MappingProxyType(
            {
                Confidence.HIGH: Fraction("0.45"),
                Confidence.MEDIUM: Fraction("0.60"),
                Confidence.LOW: Fraction("0.80"),
            }
        ),
        evidence_factor=MappingProxyType(
            {
                Evidence.NONE: Fraction(1),
                Evidence.DESCRIBED: Fraction("0.90"),
                Evidence.LINKED: Fraction("0.75"),
                Evidence.VERIFIED: Fraction("0.50"),
            }
        ),
        what_if_shift=Fraction(3, 10),
        must_have_bonus=1,
        effort_exponent_doubled=1,
        step=1,
        quick_hours=20,
        hours=(8, 20, 40, 80, 120),
        weight_scale=(1, 5),
        step_progress_cap=Fraction(99, 100),
    )
}

CURRENT: Parameters = PARAMETERS[SCORING_VERSION]
