"""`score`: the number with its reasons. Each reason is computed when it is first read.

Source: docs/scoring.md, "Where the points are", "Gaps", "The verdict".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from .inputs import (
    CREDIT,
    Answers,
    Evidence,
    Requirement,
    Target,
    check_answers,
    credit,
)
from .likely_range import likely_range_of
from .number import BANDS, Insufficient, Readiness, coverage_of, measure, points_of

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """An answered skill below what is required; gains are differences of printed tenths.

    Hours are None where the framework has none.
    """

    key: str
    rating: int
    required: int
    missing_levels: int  # of its own must-have level
    gain_step_tenths: int  # one level up
    gain_close_tenths: int  # up to what is required
    step_hours: int | None
    close_hours: int | None
    rank: int

    @property
    def gap(self) -> int:
        return self.required - self.rating


@dataclass(frozen=True, slots=True)
class Display:
    """Whole tenths of a point as printed; they add up.

    coverage - must-have cut - unanswered = readiness; lost + unanswered = 1000 - readiness.
    """

    score: int
    readiness_tenths: int
    coverage_tenths: int
    must_have_cut_tenths: int
    unanswered_tenths: int  # what the cap of a provisional number keeps back
    earned_tenths: dict[str, int]
    lost_tenths: dict[str, int]


@dataclass(frozen=True, slots=True)
class GroupScore:
    """A skill group's share of the answered importance, and its own coverage."""

    share: Fraction
    coverage: Fraction

    @property
    def coverage_tenths(self) -> int:
        return int(10 * self.coverage)


@dataclass(frozen=True, slots=True)
class Rated:
    """An answered requirement. Credits are whole; `closed` is what R gains if this gap
    alone is closed, over the denominator that all share.
    """

    item: Requirement
    rating: int
    credit: int
    missing: int
    closed: int

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def is_met(self) -> bool:
        return self.rating >= self.item.required


@dataclass(frozen=True)
class Scored(Readiness):
    """The number, the verdict and every reason; lists are in framework order.

    `stored_range` is the likely range where it was computed before.
    """

    stored_range: Range | None = None

    # The skills

    @cached_property
    def rated(self) -> tuple[Rated, ...]:
        """The answered requirements."""
        found = []
        for key, item in self.target.by_key.items():
            rating = self.target.rating_of(key, self.answers)
            if rating is None:
                continue
            earned = credit(item, rating)
            missing = max(0, item.must_have_level - rating)
            closed = self._gain(CREDIT * item.importance - earned, missing)
            found.append(Rated(item, rating, earned, missing, closed))
        return tuple(found)

    @property
    def requirements_total(self) -> int:
        return len(self.rated) + len(self.unanswered)

    @property
    def requirements_met(self) -> int:
        return sum(each.is_met for each in self.rated)

    @property
    def meets_all(self) -> bool:
        return not self.is_provisional and self.requirements_met == len(self.rated)

    @property
    def evidence_count(self) -> int:
        """How many of the answers have something beside them."""
        return sum(
            self.answers[each.key].evidence != Evidence.NONE for each in self.rated
        )

    # Where the points are

    @cached_property
    def earned(self) -> Mapping[str, Fraction]:
        """Points of coverage by skill; they add up to coverage."""
        return {
            each.key: coverage_of(each.credit, self.answered) for each in self.rated
        }

    @cached_property
    def lost(self) -> Mapping[str, Fraction]:
        """The points to 100, shared out by what closing each gap alone gains."""
        short, whole = self._lost_of
        return {each.key: Fraction(short * each.closed, whole) for each in self.rated}

    @cached_property
    def display(self) -> Display:
        points, whole = self._points_now
        uncapped = 10 * points // whole
        coverage = 1000 * self.credit // (CREDIT * self.answered)
        short, lost_whole = self._lost_of
        keys = [each.key for each in self.rated]
        return Display(
            score=self.score,
            readiness_tenths=self.readiness_tenths,
            coverage_tenths=coverage,
            must_have_cut_tenths=coverage - uncapped,
            unanswered_tenths=uncapped - self.readiness_tenths,
            earned_tenths=_shared_out(
                keys,
                [1000 * each.credit for each in self.rated],
                CREDIT * self.answered,
                coverage,
            ),
            lost_tenths=_shared_out(
                keys,
                [10 * short * each.closed for each in self.rated],
                lost_whole,
                1000 - uncapped,
            ),
        )

    @cached_property
    def groups(self) -> Mapping[str, GroupScore]:
        """By group, in the order in which they first appear; skills without one are not in."""
        sums: dict[str, tuple[int, int]] = {}
        for each in self.rated:
            if group := each.item.group:
                earned, importance = sums.get(group, (0, 0))
                sums[group] = (earned + each.credit, importance + each.item.importance)
        return {
            group: GroupScore(
                Fraction(importance, self.answered),
                coverage_of(earned, importance),
            )
            for group, (earned, importance) in sums.items()
        }

    # Gaps

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """By what closing each alone gains, the most first."""
        open_ones = [each for each in self.rated if not each.is_met]
        open_ones.sort(key=lambda each: -each.closed)
        return tuple(self._gap(each, rank) for rank, each in enumerate(open_ones, 1))

    # How firm it is

    @cached_property
    def likely_range(self) -> Range:
        return self.stored_range or likely_range_of(self)

    @property
    def close_to_ready(self) -> bool:
        low, high = self.likely_range
        return low < self.ready_line <= high

    @cached_property
    def turning_up(self) -> tuple[str, ...]:
        """Answered skills of which one level more raises the verdict."""
        return self._turning(1)

    @cached_property
    def turning_down(self) -> tuple[str, ...]:
        """Answered skills of which one level less lowers the verdict."""
        return self._turning(-1)

    @cached_property
    def what_if_lower(self) -> Fraction:
        """Readiness if every rating were a part of a level lower; no verdict."""
        shift, lowest = self.target.parameters.what_if_shift, self.target.lowest
        parts = shift.denominator  # of a level
        earned = missing = 0
        for each in self.rated:
            item = each.item
            rating = max(lowest * parts, each.rating * parts - shift.numerator)
            met = min(rating, item.required * parts)
            earned += item.importance * met * CREDIT // item.required
            missing += max(0, item.must_have_level * parts - rating)
        levels, rest = divmod(missing, parts)
        points, whole = points_of(earned, levels, self.answered, self.target.parameters)
        cut = self.target.parameters.must_have_cut
        return Fraction(points, whole * parts) * (1 - cut * Fraction(rest, parts))

    # Helpers

    @cached_property
    def _points_now(self) -> tuple[int, int]:
        return self._points(0, 0)

    def _points(self, more_credit: int, less_missing: int) -> tuple[int, int]:
        return points_of(
            self.credit + more_credit,
            self.missing_levels - less_missing,
            self.answered,
            self.target.parameters,
        )

    @cached_property
    def _lost_of(self) -> tuple[int, int]:
        """`lost` of a skill is the first x its `closed` / the second."""
        points, whole = self._points_now
        return 100 * whole - points, whole * (sum(e.closed for e in self.rated) or 1)

    def _gain(self, more_credit: int, less_missing: int) -> int:
        """What R gains, in parts of the denominator of `_points`."""
        points, whole = self._points_now
        after, after_whole = self._points(more_credit, less_missing)
        return after * (whole // after_whole) - points

    def _gap(self, each: Rated, rank: int) -> Gap:
        item = each.item
        step = credit(item, each.rating + 1) - each.credit
        close = CREDIT * item.importance - each.credit
        hours = None
        if item.hours is not None:
            lowest = self.target.lowest
            hours = item.hours[each.rating - lowest : item.required - lowest]
        now = self.readiness_tenths
        return Gap(
            key=each.key,
            rating=each.rating,
            required=item.required,
            missing_levels=each.missing,
            gain_step_tenths=self._tenths_after(step, min(1, each.missing)) - now,
            gain_close_tenths=self._tenths_after(close, each.missing) - now,
            step_hours=None if hours is None else hours[0],
            close_hours=None if hours is None else sum(hours),
            rank=rank,
        )

    def _tenths_after(self, more_credit: int, less_missing: int) -> int:
        return self.tenths_if(
            self.credit + more_credit, self.missing_levels - less_missing
        )

    def _turning(self, change: int) -> tuple[str, ...]:
        now = BANDS.index(self.band)
        found = []
        for each in self.rated:
            rating = each.rating + change
            # Above the top is a surplus, which raises nothing.
            if rating < self.target.lowest:
                continue
            more = credit(each.item, rating) - each.credit
            missing = max(0, each.item.must_have_level - rating) - each.missing
            if not (more or missing):
                continue
            band = self.band_if(self.credit + more, self.missing_levels + missing)
            if (BANDS.index(band) - now) * change > 0:
                found.append(each.key)
        return tuple(found)


Result = Scored | Insufficient


def score(
    target: Target, answers: Answers, *, likely_range: Range | None = None
) -> Result:
    """The number of one person against one target, with all its reasons.

    `likely_range` is one that was stored; without it, it is computed when it is read.
    The same input gives the same result in any order of skills, but that ties follow it.
    Raises `ScoringError`, naming the skill and the cure. At most 2 ms for twenty skills,
    and 15 ms more for the range.
    """
    check_answers(target, answers)
    found = measure(Scored, target, answers)
    if likely_range and isinstance(found, Scored):
        return replace(found, stored_range=likely_range)
    return found


def _shared_out(
    keys: Iterable[str], numerators: Sequence[int], denominator: int, total: int
) -> dict[str, int]:
    """Whole parts that add up to `total`, by largest remainder; ties in order."""
    parts = [numerator // denominator for numerator in numerators]
    left = total - sum(parts)
    # No more are left than have a remainder, so that nothing of 0 gets one.
    by_remainder = sorted(
        range(len(numerators)), key=lambda place: -(numerators[place] % denominator)
    )
    for place in by_remainder[:left]:
        parts[place] += 1
    return dict(zip(keys, parts, strict=True))
