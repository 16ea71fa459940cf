"""From numbers to words: the cuts, the two rails, and the verdict.

Source: docs/scoring.md, "The verdict".
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from .errors import ScoringError
from .inputs import is_exact_number, show
from .parameters import Number, Parameters
from .words import BANDS, Band


@dataclass(frozen=True, slots=True)
class Cuts:
    """The least coverage, in whole points, of each band above exploring."""

    ready: int
    nearly: int
    developing: int
    foundation: int


def cuts_for(
    level_below_coverage: Number | None,
    angoff_cut: Number | None,
    parameters: Parameters,
) -> Cuts:
    """Return the cuts of a target.

    `level_below_coverage` is what somebody who just meets the level below covers of
    the target (0..100; None where nothing lies below). Ready needs a share of the
    step that remains from there, so a person who has not moved is never ready.
    `angoff_cut`, the cut of a panel, replaces the rule for ready.
    """
    below = _checked_level_below(level_below_coverage)
    ready = _raised_cut(parameters.cut_ready, below, parameters.step_share_ready)
    if angoff_cut is not None:
        ready = ceil(_checked_panel_cut(angoff_cut))
    nearly = _raised_cut(parameters.cut_nearly, below, parameters.step_share_nearly)
    return Cuts(
        ready=ready,
        nearly=min(nearly, ready - 1),
        developing=parameters.cut_developing,
        foundation=parameters.cut_foundation,
    )


def coverage_rail(coverage: Number, cuts: Cuts) -> Band:
    """Return the band that the coverage allows."""
    if coverage >= cuts.ready:
        return Band.READY
    if coverage >= cuts.nearly:
        return Band.NEARLY
    if coverage >= cuts.developing:
        return Band.DEVELOPING
    if coverage >= cuts.foundation:
        return Band.FOUNDATION
    return Band.EXPLORING


def must_have_rail(gap: Number, parameters: Parameters) -> Band:
    """Return the band that the worst must-have gap, in levels, allows."""
    for band, limit in zip(reversed(BANDS), parameters.must_have_rail, strict=False):
        if gap <= limit:
            return band
    return Band.EXPLORING


def _raised_cut(least: int, below: Number, share: Fraction) -> int:
    return max(least, ceil(below + share * (100 - below)))


def _checked_level_below(coverage: Number | None) -> Number:
    if coverage is None:
        return 0
    if not is_exact_number(coverage) or not 0 <= coverage <= 100:
        raise ScoringError(
            f"level_below_coverage is {show(coverage)}",
            "give the coverage of the level below, 0 to 100, or leave it out",
        )
    return coverage


def _checked_panel_cut(cut: Number) -> Number:
    if not is_exact_number(cut):
        raise ScoringError(
            f"angoff_cut is {show(cut)}", "give a number of points, or leave it out"
        )
    return cut
