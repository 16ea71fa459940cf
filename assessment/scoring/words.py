"""The closed sets of words that go into and come out of the engine.

Each word is text, so it goes to JSON and to a template as it stands. This module
must not hold numbers: those are in `parameters`.
"""

from enum import StrEnum


class Status(StrEnum):
    """May a score be shown? (docs/scoring.md, "When there is a score")"""

    INSUFFICIENT = "insufficient"  # no number may be shown, only the reasons
    PROVISIONAL = "provisional"  # a number with bounds; never 100, seldom ready
    COMPLETE = "complete"  # every applicable skill is answered


class Reason(StrEnum):
    """Why there is no score, in the order in which reasons are given."""

    COVERAGE_BELOW_MIN = "coverage_below_min"  # too little of the weight is answered
    MUST_HAVE_UNANSWERED = "must_have_unanswered"
    TOO_MANY_NOT_APPLICABLE = "too_many_not_applicable"
    NOTHING_ANSWERED = "nothing_answered"
    NO_REQUIRED_SKILLS = "no_required_skills"  # stands alone: nothing to measure


class Band(StrEnum):
    """The verdict, from the lowest to the highest; `BANDS` keeps that order."""

    EXPLORING = "exploring"
    FOUNDATION = "foundation"
    DEVELOPING = "developing"
    NEARLY = "nearly"
    READY = "ready"  # forbidden while a must-have is open


class Confidence(StrEnum):
    """How sure the person is of a rating; widens the range, never moves the score."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Evidence(StrEnum):
    """What stands behind a rating; narrows the range, never moves the score."""

    NONE = "none"
    DESCRIBED = "described"
    LINKED = "linked"
    VERIFIED = "verified"  # reserved for reviews by somebody else


class Lane(StrEnum):
    """What kind of work a gap asks for."""

    MUST = "must"  # a must-have, however long it takes
    QUICK = "quick"  # the next step is short
    BUILD = "build"  # the next step takes weeks


BANDS: tuple[Band, ...] = tuple(Band)


def lower_band(first: Band, second: Band) -> Band:
    """Return the lower of two bands; a verdict is never better than either rail."""
    return min(first, second, key=BANDS.index)
