"""Every number of the model that could be chosen otherwise, by version.

A report is computed by the version that it was submitted with: a record that was used is
never edited, a change is a new version. Reasons and sources: docs/scoring.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The numbers of one version of the model."""

    version: str
    min_answered_share: Fraction  # of the importance, below it there is no number
    max_not_applicable_share: Fraction  # of the importance, above it there is none
    must_have_cut: Fraction  # of what is left, for each missing level
    ready_line: int  # verdicts start at these points of readiness
    nearly_line: int
    developing_line: int
    foundation_line: int
    strictest_ready_line: int  # an owner may raise a target's line so far
    provisional_cap: int  # highest printed score while something is unanswered
    what_if_shift: Fraction  # levels
    hours: tuple[int, ...]  # from level to level of 0..5, where a skill has no own ones
    draws: int  # re-ratings that the likely range is made of
    common_tenths: int  # of the error: shared by all skills of a person
    own_tenths: int  # of the error: of one skill
    error_scale_top: int  # errors are levels of a scale of 0..5
    spread_hundredths: Mapping[str, int]  # of a level, by evidence
    spread_hundredths_low: Mapping[str, int]  # the same with low confidence


CURRENT = Parameters(
    version="2.0",
    min_answered_share=Fraction(4, 5),
    max_not_applicable_share=Fraction(3, 10),
    must_have_cut=Fraction(1, 10),
    ready_line=90,
    nearly_line=80,
    developing_line=35,
    foundation_line=15,
    strictest_ready_line=100,
    provisional_cap=99,
    what_if_shift=Fraction(3, 10),
    hours=(8, 20, 40, 80, 120),
    draws=1000,
    common_tenths=6,
    own_tenths=8,
    error_scale_top=5,
    spread_hundredths=MappingProxyType(
        {"none": 60, "described": 57, "linked": 54, "verified": 36}
    ),
    spread_hundredths_low=MappingProxyType(
        {"none": 80, "described": 76, "linked": 72, "verified": 48}
    ),
)

PARAMETERS = {CURRENT.version: CURRENT}
