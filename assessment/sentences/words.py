"""Bands, reasons and numbers as they are said in every sentence. Pure."""

from fractions import Fraction

from assessment.scoring import BANDS, CURRENT, Band, Reason

BAND_TITLES = {
    Band.READY: "Ready to make the case",
    Band.NEARLY: "Nearly there",
    Band.DEVELOPING: "On the way",
    Band.FOUNDATION: "Building the base",
    Band.EXPLORING: "Exploring",
}


def percent(share: Fraction) -> str:
    """A share as it is said: 4/5 is "80 %"."""
    return f"{float(100 * share):g} %"


REASON_SENTENCES = {
    Reason.COVERAGE_BELOW_MIN: f"Less than {percent(CURRENT.min_answered_share)} of what counts is answered.",
    Reason.MUST_HAVE_UNANSWERED: "A must-have of this level is not answered.",
    Reason.TOO_MANY_NOT_APPLICABLE: (
        f"More than {percent(CURRENT.max_not_applicable_share)} of what counts is left out "
        "as not relevant."
    ),
    Reason.NOTHING_ANSWERED: "Nothing is answered yet.",
    Reason.NO_REQUIRED_SKILLS: "This level asks for none of the skills that apply.",
}


def printed(tenths: int) -> str:
    """Tenths of a point as they are printed: 126 is "12.6"."""
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


def points_of(tenths: int) -> str:
    """Tenths with their unit: "12.6 points", "1.0 point"."""
    return f"{printed(tenths)} {'point' if tenths == 10 else 'points'}"


def decimal(number: Fraction) -> str:
    """A number as short as it can be said: 3/10 is "0.3"."""
    return f"{float(number):g}"


def band_step(band: Band) -> int:
    """1 for exploring … 5 for ready."""
    return BANDS.index(band) + 1


def span(low: int, high: int) -> str:
    """ "57 to 79", or one number where both ends are the same."""
    return str(low) if low == high else f"{low} to {high}"


def short_by(levels: int) -> str:
    """ "2 short", of the required level."""
    return f"{levels} short"
