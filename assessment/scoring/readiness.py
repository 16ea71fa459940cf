"""Coverage, ceiling, readiness and band: the headline, and nothing else.

Everything that shows a number for a person goes through here: `score` for the
report, `readiness_of` for whatever needs many numbers quickly. All sums are whole
numbers; fractions are made once, at the end, when somebody asks for them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm
from typing import NamedTuple

from .bands import coverage_rail, must_have_rail
from .inputs import EXACT_TYPES, SkillInput, check_rating
from .parameters import Number, Parameters
from .target import Demand, Target, ceiling_at, in_parts
from .words import Band, Reason, Status, lower_band


@dataclass(frozen=True, slots=True)
class Readiness:
    """The headline. All but the status is None if the status is insufficient."""

    status: Status
    coverage: Fraction | None = None
    ceiling: Fraction | None = None
    readiness: Fraction | None = None
    band: Band | None = None


class Answers(NamedTuple):
    """What one person said: levels by skill key, and the keys they set aside."""

    ratings: Mapping[str, Number | None]
    not_applicable: Collection[str]


class Tally(NamedTuple):
    """The sums of one person's answers against one target.

    Weights and credits are whole numbers in the target's units; `unit` parts are one
    level. `asked` is the weight of every requirement, `applicable` that of those that
    count for this person, `answered` that of those with a rating.
    """

    target: Target
    asked: int
    applicable: int
    answered: int
    credit: int
    full_credit: int
    worst_gap: int
    unit: int
    must_have_unanswered: bool

    @property
    def answered_share(self) -> Fraction:
        return Fraction(self.answered, self.applicable)

    @property
    def not_applicable_share(self) -> Fraction:
        return 1 - Fraction(self.applicable, self.asked)

    @property
    def whole_credit(self) -> int:
        """The credit that is 100 points of coverage."""
        return self.full_credit * self.answered

    @property
    def coverage(self) -> Fraction:
        return Fraction(100 * self.credit, self.whole_credit)

    @property
    def worst_must_have_gap(self) -> Fraction:
        return Fraction(self.worst_gap, self.unit)

    @property
    def readiness(self) -> Fraction:
        return min(self.coverage, self.ceiling)

    @property
    def ceiling(self) -> Fraction:
        return ceiling_at(self.worst_must_have_gap, self.target.parameters)

    @property
    def lower_bound(self) -> Fraction:
        """Readiness if every unanswered skill were at level 0."""
        return self._bound(self.credit)

    @property
    def upper_bound(self) -> Fraction:
        """Readiness if every unanswered skill were at its requirement."""
        unanswered = self.applicable - self.answered
        return self._bound(self.credit + self.full_credit * unanswered)

    def _bound(self, credit: int) -> Fraction:
        coverage = Fraction(100 * credit, self.full_credit * self.applicable)
        return min(coverage, self.ceiling)


def readiness_of(
    target: Target,
    ratings: Mapping[str, Number | None],
    *,
    not_applicable: Collection[str] = frozenset(),
) -> Readiness:
    """Return the headline of one person against a prepared target.

    `ratings` maps skill keys to levels; a missing key and None are "not answered".
    Keys that the target does not ask for are not used. The answer equals that of
    `score` for the same skills, at a fraction of the price: at most 0.05 ms for 20
    skills, measured from a prepared target and a mapping of ratings.

    Raises `ScoringError` for a rating that is off the scale or not an exact number.
    """
    return headline(tally_answers(target, Answers(ratings, not_applicable)))


def headline(tally: Tally) -> Readiness:
    """Return what a tally amounts to."""
    if reasons_against(tally):
        return Readiness(Status.INSUFFICIENT)
    coverage, ceiling = tally.coverage, tally.ceiling
    return Readiness(
        status=status_of(tally),
        coverage=coverage,
        ceiling=ceiling,
        readiness=min(coverage, ceiling),
        band=verdict(tally),
    )


def answers_in(skills: Iterable[SkillInput]) -> Answers:
    """Return the answers that skills carry."""
    ratings, set_aside = {}, set()
    for skill in skills:
        ratings[skill.key] = skill.rating
        if skill.not_applicable:
            set_aside.add(skill.key)
    return Answers(ratings, frozenset(set_aside))


def tally_answers(target: Target, answers: Answers) -> Tally:
    """Add up the answers; raises `ScoringError` for a rating that is no rating."""
    ratings, not_applicable = answers
    unit = _common_unit(target, ratings)
    stretch = unit // target.unit
    top = target.parameters.scale_top * unit
    asked = applicable = answered = credit = worst_gap = 0
    must_have_unanswered = False
    for key, required, credit_per_part, weight, must_have in target.demands:
        asked += weight
        set_aside = key in not_applicable
        if set_aside and not must_have:
            continue
        applicable += weight
        rating = ratings.get(key)
        if rating is None or set_aside:
            must_have_unanswered = must_have_unanswered or must_have
            continue
        answered += weight
        level = in_parts(rating, unit)
        if not 0 <= level <= top:
            check_rating(key, rating, target.parameters)
        gap = required * stretch - level
        credit += credit_per_part * (level if gap > 0 else required * stretch)
        if must_have and gap > worst_gap:
            worst_gap = gap
    return Tally(
        target=target,
        asked=asked,
        applicable=applicable,
        answered=answered,
        credit=credit,
        full_credit=target.full_credit * stretch,
        worst_gap=worst_gap,
        unit=unit,
        must_have_unanswered=must_have_unanswered,
    )


def reasons_against(tally: Tally) -> tuple[Reason, ...]:
    """Return why no score may be shown; empty if one may."""
    parameters = tally.target.parameters
    if not tally.applicable:
        return (Reason.NO_REQUIRED_SKILLS,)
    if tally.answered == tally.asked:
        return ()
    checks = (
        (Reason.COVERAGE_BELOW_MIN, _is_answered_too_little(tally, parameters)),
        (Reason.MUST_HAVE_UNANSWERED, tally.must_have_unanswered),
        (Reason.TOO_MANY_NOT_APPLICABLE, _is_too_much_set_aside(tally, parameters)),
        (Reason.NOTHING_ANSWERED, not tally.answered),
    )
    return tuple(reason for reason, applies in checks if applies)


def unanswered_in(target: Target, answers: Answers) -> tuple[str, ...]:
    """Return what to answer next: must-haves first, then by weight, input order."""
    missing = [demand for demand in target.demands if _is_unanswered(demand, answers)]
    missing.sort(key=lambda demand: (not demand.must_have, -demand.weight))
    return tuple(demand.key for demand in missing)


def open_must_haves_in(target: Target, answers: Answers) -> tuple[str, ...]:
    """Return the answered must-haves below their requirement, in input order."""
    return tuple(
        demand.key
        for demand in target.demands
        if demand.must_have and _is_short(demand, target, answers)
    )


def status_of(tally: Tally) -> Status:
    """Return the status of a tally that may be scored."""
    if tally.answered < tally.applicable:
        return Status.PROVISIONAL
    return Status.COMPLETE


def verdict(tally: Tally) -> Band:
    """Return the band: the lower rail, and ready only if no answer can undo it."""
    target = tally.target
    band = lower_band(
        coverage_rail(floor(tally.coverage), target.cuts),
        must_have_rail(tally.worst_must_have_gap, target.parameters),
    )
    is_held_back = (
        band is Band.READY
        and status_of(tally) is Status.PROVISIONAL
        and tally.lower_bound < target.cuts.ready
    )
    return Band.NEARLY if is_held_back else band


def _is_unanswered(demand: Demand, answers: Answers) -> bool:
    if demand.key in answers.not_applicable:
        return demand.must_have
    return answers.ratings.get(demand.key) is None


def _is_short(demand: Demand, target: Target, answers: Answers) -> bool:
    rating = answers.ratings.get(demand.key)
    if rating is None or demand.key in answers.not_applicable:
        return False
    return rating * target.unit < demand.required


def _is_answered_too_little(tally: Tally, parameters: Parameters) -> bool:
    return tally.answered_share < parameters.min_answered_share


def _is_too_much_set_aside(tally: Tally, parameters: Parameters) -> bool:
    return tally.not_applicable_share > parameters.max_not_applicable_share


def _common_unit(target: Target, ratings: Mapping[str, Number | None]) -> int:
    """Return the parts of a level in which requirements and ratings are whole."""
    denominators = {target.unit}
    for key, rating in ratings.items():
        if rating is None:
            continue
        if type(rating) not in EXACT_TYPES:
            check_rating(key, rating, target.parameters)
        denominators.add(rating.denominator)
    return lcm(*denominators)
