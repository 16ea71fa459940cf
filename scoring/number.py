"""The number and the verdict: coverage, missing levels, readiness, band.

    coverage   B = 100 x sum of importance x min(rating, required)/required / importance
    readiness  R = B x (9/10) ^ missing must-have levels

Source: docs/scoring.md, "The number" and "The verdict". Inside, everything is whole: a
value is a numerator over a denominator, and becomes a `Fraction` where it is read.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, TypeVar

from .inputs import CREDIT, Answers, Target, bad_rating
from .parameters import Parameters


class Status(StrEnum):
    """May a number be shown?"""

    INSUFFICIENT = "insufficient"  # none, only the reasons
    PROVISIONAL = "provisional"  # one with bounds; at most 99, seldom ready
    COMPLETE = "complete"  # every applicable skill is answered


class Reason(StrEnum):
    """Why there is no number, in the order in which reasons are given."""

    COVERAGE_BELOW_MIN = "coverage_below_min"  # too little importance is answered
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
    READY = "ready"  # impossible while a must-have level is missing


BANDS: tuple[Band, ...] = tuple(Band)

R = TypeVar("R", bound="Readiness")


@dataclass(frozen=True, slots=True)
class Measured:
    """What there is with and without a number; importances are whole sums."""

    target: Target
    answers: Answers
    answered: int  # importance
    applicable: int  # importance

    @property
    def answered_share(self) -> Fraction:
        return Fraction(self.answered, self.applicable or 1)

    @property
    def not_applicable_share(self) -> Fraction:
        return 1 - Fraction(self.applicable, self.target.importance or 1)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Applicable skills without a rating: must-haves first, then by importance."""
        open_items = [
            item
            for item in self.target.by_key.values()
            if self.target.counts(item, self.answers.get(item.key))
            and self.target.rating_of(item.key, self.answers) is None
        ]
        open_items.sort(key=lambda item: (not item.is_must_have, -item.importance))
        return tuple(item.key for item in open_items)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Skills that are asked for and not applicable to this person."""
        return tuple(
            key
            for key, item in self.target.by_key.items()
            if not self.target.counts(item, self.answers.get(key))
        )


@dataclass(frozen=True, slots=True)
class Insufficient(Measured):
    """No number may be shown: the reasons, all that hold."""

    reasons: tuple[Reason, ...]

    status: ClassVar[Status] = Status.INSUFFICIENT
    is_measured: ClassVar[bool] = False
    open_must_haves: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Readiness(Measured):
    """One person against one target: the number and the verdict, no lists.

    Credits are whole sums, as is `missing_levels`.
    """

    credit: int  # of the answered
    credit_if_lowest: int  # and the unanswered at the lowest rating
    credit_if_met: int  # and the unanswered as required
    missing_levels: int  # of must-haves

    reasons: ClassVar[tuple[Reason, ...]] = ()
    is_measured: ClassVar[bool] = True

    @property
    def is_provisional(self) -> bool:
        return self.answered < self.applicable

    @property
    def status(self) -> Status:
        return Status.PROVISIONAL if self.is_provisional else Status.COMPLETE

    @property
    def coverage(self) -> Fraction:
        return coverage_of(self.credit, self.answered)

    @property
    def readiness(self) -> Fraction:
        return self._readiness(self.credit, self.answered)

    @property
    def band(self) -> Band:
        return self.band_if(self.credit, self.missing_levels)

    @property
    def open_must_haves(self) -> tuple[str, ...]:
        """Must-haves that are rated below their must-have level, in framework order."""
        return tuple(
            key
            for key, item in self.target.by_key.items()
            if (rating := self.target.rating_of(key, self.answers)) is not None
            and rating < item.must_have_level
        )

    @property
    def ready_line(self) -> int:
        return self.target.ready_line

    @property
    def lower_bound(self) -> Fraction:
        """Readiness with the unanswered at the lowest rating."""
        return self._readiness(self.credit_if_lowest, self.applicable)

    @property
    def upper_bound(self) -> Fraction:
        """Readiness with the unanswered as required."""
        return self._readiness(self.credit_if_met, self.applicable)

    @property
    def readiness_tenths(self) -> int:
        """Printed tenths of a point: rounded down, capped while provisional."""
        return self.tenths_if(self.credit, self.missing_levels)

    @property
    def score(self) -> int:
        """The printed number."""
        return self.readiness_tenths // 10

    def tenths_if(self, credit: int, missing: int) -> int:
        """Printed tenths if the answered had this credit and these missing levels."""
        numbers = self.target.parameters
        points, whole = points_of(credit, missing, self.answered, numbers)
        tenths = 10 * points // whole
        return (
            min(tenths, 10 * numbers.provisional_cap) if self.is_provisional else tenths
        )

    def band_if(self, credit: int, missing: int) -> Band:
        """The verdict if the answered had this credit and these missing levels."""
        numbers = self.target.parameters
        band = self._band_at(points_of(credit, missing, self.answered, numbers))
        if band is not Band.READY or not self.is_provisional:
            return band
        least = credit + self.credit_if_lowest - self.credit
        bound = self._band_at(points_of(least, missing, self.applicable, numbers))
        return Band.READY if bound is Band.READY else Band.NEARLY

    @property
    def band_lines(self) -> tuple[tuple[int, Band], ...]:
        """From how many points each verdict is said, the highest first; the last from 0."""
        numbers = self.target.parameters
        return (
            (self.ready_line, Band.READY),
            (numbers.nearly_line, Band.NEARLY),
            (numbers.developing_line, Band.DEVELOPING),
            (numbers.foundation_line, Band.FOUNDATION),
            (0, Band.EXPLORING),
        )

    def _band_at(self, points: tuple[int, int]) -> Band:
        numerator, denominator = points
        return next(
            band for line, band in self.band_lines if numerator >= line * denominator
        )

    def _readiness(self, credit: int, importance: int) -> Fraction:
        numbers = self.target.parameters
        return Fraction(*points_of(credit, self.missing_levels, importance, numbers))


def readiness_of(target: Target, answers: Answers) -> Readiness | Insufficient:
    """The number and the verdict of one person against one target.

    For the ladder, the fit with other careers and previews: at most 0.03 ms for twenty
    skills. Raises `ScoringError` for a rating that is not on the scale.
    """
    return measure(Readiness, target, answers)


def measure(kind: type[R], target: Target, answers: Answers) -> R | Insufficient:
    """`readiness_of`, as the given kind of it."""
    worth = answered = applicable = open_lowest = open_met = 0
    must_have_unanswered = False
    lowest, mask = target.lowest, (1 << target.shift) - 1
    for key, importance, is_must_have, worth_of in target.rows:
        answer = answers.get(key)
        rating = None if answer is None else answer.rating
        if answer is not None and answer.not_applicable:
            if not is_must_have:
                continue
            rating = None
        applicable += importance
        if rating is None:
            must_have_unanswered = must_have_unanswered or is_must_have
            open_lowest += worth_of[lowest] & mask
            open_met += importance
        elif rating in worth_of:
            answered += importance
            worth += worth_of[rating]
        else:
            raise bad_rating(key, rating, target)
    reasons = _reasons(target, answered, applicable, must_have_unanswered)
    if reasons:
        return Insufficient(target, answers, answered, applicable, reasons)
    credit = worth & mask
    return kind(
        target,
        answers,
        answered,
        applicable,
        credit=credit,
        credit_if_lowest=credit + open_lowest,
        credit_if_met=credit + CREDIT * open_met,
        missing_levels=worth >> target.shift,
    )


def coverage_of(credit: int, importance: int) -> Fraction:
    """Coverage, 0..100, of a credit; 0 where nothing is asked."""
    return Fraction(100 * credit, CREDIT * (importance or 1))


def points_of(
    credit: int, missing: int, importance: int, parameters: Parameters
) -> tuple[int, int]:
    """Readiness of a credit as (numerator, denominator), not reduced."""
    cut = parameters.must_have_cut
    kept = cut.denominator - cut.numerator
    return (
        100 * credit * kept**missing,
        CREDIT * importance * cut.denominator**missing,
    )


def _reasons(
    target: Target, answered: int, applicable: int, must_have_unanswered: bool
) -> tuple[Reason, ...]:
    if not applicable:
        return (Reason.NO_REQUIRED_SKILLS,)
    least = target.parameters.min_answered_share
    most = target.parameters.max_not_applicable_share
    set_aside = target.importance - applicable
    holds = {
        Reason.COVERAGE_BELOW_MIN: (
            answered * least.denominator < applicable * least.numerator
        ),
        Reason.MUST_HAVE_UNANSWERED: must_have_unanswered,
        Reason.TOO_MANY_NOT_APPLICABLE: (
            set_aside * most.denominator > target.importance * most.numerator
        ),
        Reason.NOTHING_ANSWERED: not answered,
    }
    return tuple(reason for reason, is_so in holds.items() if is_so)
